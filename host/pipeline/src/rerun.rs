//! Releases that no file makes: because time went by, or derived data is lost.

use rikaste_model::moment::Moment;
use rikaste_model::release::{Release, ReleaseCause};
use rikaste_store::ReleaseCommit;

use super::drop_import::ReleaseInputs;
use super::photo_import::rerender_photos;
use super::release_builder::ReleaseBuilder;
use super::{Pipeline, PipelineError};

impl Pipeline {
    /// Makes the release that a validity window calls for: what changes because time went by.
    /// `None` when no window opened or closed. No plugin runs.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn release_due_windows(&mut self, now: Moment) -> Result<Option<Release>, PipelineError> {
        let due = self.writer.list_due_products(now)?;
        if due.is_empty() {
            return Ok(None);
        }
        self.make_release(now, false, ReleaseCause::Window, |builder, _| {
            due.iter().for_each(|id| builder.mark_dirty(*id));
            Ok(())
        })
    }

    /// Makes everything that is derived from the products anew: what channels show and the search
    /// index. A release is made only if channels showed something else before.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn rebuild_derived(&mut self, now: Moment) -> Result<Option<Release>, PipelineError> {
        let Some(current) = self.writer.load_current_release()? else { return Ok(None) };
        let result = self.rebuild_derived_inner(&current, now);
        if result.is_err() {
            self.discard_changes();
        }
        let release = result?;
        match &release {
            Some(release) => self.publish_release(release)?,
            None => self.search_writer.commit_release(current.number)?,
        }
        Ok(release)
    }

    fn rebuild_derived_inner(
        &mut self,
        current: &Release,
        now: Moment,
    ) -> Result<Option<Release>, PipelineError> {
        let (mut builder, inputs) = self.begin_release(now, true)?;
        builder.clear_projections()?;
        rerender_photos(&mut builder, inputs.rendition_service, inputs.on_progress)?;
        mark_all_dirty(&mut builder)?;
        builder.process_pending()?;
        let release = builder.to_release(ReleaseCause::Configuration);
        if release.root_hash() == current.root_hash() {
            self.writer.delete_changes(release.number)?;
            self.writer.commit_transaction(&ReleaseCommit::default())?;
            return Ok(None);
        }
        self.commit_release(release).map(Some)
    }

    pub(super) fn make_release(
        &mut self,
        now: Moment,
        enrich: bool,
        cause: ReleaseCause,
        mark: impl FnOnce(&mut ReleaseBuilder<'_>, ReleaseInputs<'_>) -> Result<(), PipelineError>,
    ) -> Result<Option<Release>, PipelineError> {
        let result = self.make_release_inner(now, enrich, cause, mark);
        if !matches!(result, Ok(Some(_))) {
            self.discard_changes();
        }
        if let Ok(Some(release)) = &result {
            let release = release.clone();
            self.publish_release(&release)?;
        }
        result
    }

    fn make_release_inner(
        &mut self,
        now: Moment,
        enrich: bool,
        cause: ReleaseCause,
        mark: impl FnOnce(&mut ReleaseBuilder<'_>, ReleaseInputs<'_>) -> Result<(), PipelineError>,
    ) -> Result<Option<Release>, PipelineError> {
        let (mut builder, inputs) = self.begin_release(now, enrich)?;
        mark(&mut builder, inputs)?;
        builder.process_pending()?;
        if !builder.has_changes() {
            return Ok(None);
        }
        let release = builder.to_release(cause);
        self.commit_release(release).map(Some)
    }

    /// Ends a release builder with its release.
    pub(super) fn commit_release(&mut self, release: Release) -> Result<Release, PipelineError> {
        let keep = self.stages.context.shop.keep_releases;
        self.writer.commit_transaction(&ReleaseCommit {
            release: Some(release.clone()),
            keep_releases: keep,
            ..ReleaseCommit::default()
        })?;
        Ok(release)
    }
}

pub(super) fn mark_all_dirty(builder: &mut ReleaseBuilder<'_>) -> Result<(), PipelineError> {
    let mut after = None;
    loop {
        let page = builder.writer.list_products_after(after, 1_000)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(*last);
        page.iter().for_each(|id| builder.mark_dirty(*id));
    }
}
