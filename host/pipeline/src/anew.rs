//! Releases that no file makes: what was dropped, looked at anew. Because time went by, the configuration or
//! the plugins are others, somebody goes back, or what was derived is lost.

use std::path::PathBuf;
use std::sync::Arc;

use rikaste_model::moment::Moment;
use rikaste_model::release::{Cause, Release};
use rikaste_model::shop::Shop;
use rikaste_store::Commit;

use super::crew::Crew;
use super::draft::Draft;
use super::photos::redevelop;
use super::work::Scene;
use super::{Aside, Line, LineError};
use rikaste_import::Importers;
use rikaste_runtime::enrich::Enrichers;

impl Line {
    /// Makes the release that a validity window calls for: what changes because time went by.
    /// Nothing when no window opened or closed. No plugin is asked.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn open_windows(&mut self, now: Moment) -> Result<Option<Release>, LineError> {
        let due = self.writer.due(now)?;
        if due.is_empty() {
            return Ok(None);
        }
        self.remake(now, false, Cause::Window, |draft, _| {
            due.iter().for_each(|id| draft.revisit(*id));
            Ok(())
        })
    }

    /// Looks at every product anew: after the configuration or the plugins changed.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn reconfigure(&mut self, now: Moment) -> Result<Option<Release>, LineError> {
        self.remake(now, true, Cause::Configuration, |draft, aside| {
            redevelop(draft, aside.studio, aside.tell)?;
            mark_all(draft)
        })
    }

    /// Runs other plugins from now on, and makes a release of what they change. `accept` is asked
    /// when they ran on every product and before anything counts: if it says no, nothing
    /// changed, and the line goes on with the plugins that it had.
    ///
    /// # Errors
    /// When the machine fails; the line then goes on with the plugins that it had, too.
    pub fn adopt<N>(
        &mut self,
        shop: Arc<Shop>,
        enrichers: &Arc<Enrichers>,
        now: Moment,
        accept: impl FnOnce() -> Result<(), N>,
    ) -> Result<Result<Option<Release>, N>, LineError> {
        // So that the release says nothing but what the plugins changed.
        self.open_windows(now)?;
        let scene = Arc::new(Scene { shop, channel_ids: self.scene.channel_ids.clone() });
        let crew = Crew::start(&scene, enrichers)
            .map_err(|source| LineError::File { path: PathBuf::from("threads"), source })?;
        let profiles = scene.shop.channels.iter().map(|channel| channel.images.clone());
        let studio = self.studio.with(enrichers.processors(), profiles);
        let scene = std::mem::replace(&mut self.scene, scene);
        let crew = std::mem::replace(&mut self.crew, crew);
        let studio = std::mem::replace(&mut self.studio, studio);
        let result = self.adopted(now, accept);
        if matches!(result, Ok(Ok(_))) {
            self.importers = Importers::new(enrichers.importers());
        } else {
            self.abandon();
            (self.scene, self.crew, self.studio) = (scene, crew, studio);
        }
        result
    }

    fn adopted<N>(
        &mut self,
        now: Moment,
        accept: impl FnOnce() -> Result<(), N>,
    ) -> Result<Result<Option<Release>, N>, LineError> {
        let (mut draft, aside) = self.begin(now, true)?;
        redevelop(&mut draft, aside.studio, aside.tell)?;
        mark_all(&mut draft)?;
        draft.settle()?;
        if let Err(no) = accept() {
            return Ok(Err(no));
        }
        if !draft.has_changes() {
            draft.abandon()?;
            return Ok(Ok(None));
        }
        let release = draft.release(Cause::Configuration);
        self.commit(release).map(|release| Ok(Some(release)))
    }

    /// Brings back the catalogue as it was at release `to`, as a new release.
    ///
    /// # Errors
    /// When that release is not kept, or the machine fails.
    pub fn roll_back(&mut self, to: u64, now: Moment) -> Result<Option<Release>, LineError> {
        let (floor, current) =
            (self.writer.floor()?, self.writer.current()?.map_or(0, |r| r.number));
        if to < floor || to >= current {
            return Err(LineError::NoSuchRelease {
                wanted: to,
                floor,
                current: current.saturating_sub(1),
            });
        }
        self.open_windows(now)?;
        self.remake(now, false, Cause::Rollback { to }, |draft, _| {
            let number = draft.number();
            for id in draft.writer.restore(to, number)? {
                draft.restored(id)?;
            }
            Ok(())
        })
    }

    /// Makes everything that is derived from the products anew: what channels show and the search
    /// index. A release is made only if channels showed something else before.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn rebuild(&mut self, now: Moment) -> Result<Option<Release>, LineError> {
        let Some(current) = self.writer.current()? else { return Ok(None) };
        let result = self.rebuilt(&current, now);
        if result.is_err() {
            self.abandon();
        }
        let release = result?;
        match &release {
            Some(release) => self.publish(release)?,
            None => self.index.commit(current.number)?,
        }
        Ok(release)
    }

    fn rebuilt(&mut self, current: &Release, now: Moment) -> Result<Option<Release>, LineError> {
        let (mut draft, aside) = self.begin(now, true)?;
        draft.start_over()?;
        redevelop(&mut draft, aside.studio, aside.tell)?;
        mark_all(&mut draft)?;
        draft.settle()?;
        let release = draft.release(Cause::Configuration);
        if release.root() == current.root() {
            self.writer.unlog(release.number)?;
            self.writer.commit(&Commit::default())?;
            return Ok(None);
        }
        self.commit(release).map(Some)
    }

    fn remake(
        &mut self,
        now: Moment,
        enrich: bool,
        cause: Cause,
        mark: impl FnOnce(&mut Draft<'_>, Aside<'_>) -> Result<(), LineError>,
    ) -> Result<Option<Release>, LineError> {
        let result = self.remade(now, enrich, cause, mark);
        if !matches!(result, Ok(Some(_))) {
            self.abandon();
        }
        if let Ok(Some(release)) = &result {
            let release = release.clone();
            self.publish(&release)?;
        }
        result
    }

    fn remade(
        &mut self,
        now: Moment,
        enrich: bool,
        cause: Cause,
        mark: impl FnOnce(&mut Draft<'_>, Aside<'_>) -> Result<(), LineError>,
    ) -> Result<Option<Release>, LineError> {
        let (mut draft, aside) = self.begin(now, enrich)?;
        mark(&mut draft, aside)?;
        draft.settle()?;
        if !draft.has_changes() {
            return Ok(None);
        }
        let release = draft.release(cause);
        self.commit(release).map(Some)
    }

    /// Ends a draft with its release.
    fn commit(&mut self, release: Release) -> Result<Release, LineError> {
        let keep = self.scene.shop.keep_releases;
        self.writer.commit(&Commit {
            release: Some(release.clone()),
            keep,
            ..Commit::default()
        })?;
        Ok(release)
    }
}

fn mark_all(draft: &mut Draft<'_>) -> Result<(), LineError> {
    let mut after = None;
    loop {
        let page = draft.writer.products_after(after, 1_000)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(*last);
        page.iter().for_each(|id| draft.revisit(*id));
    }
}
