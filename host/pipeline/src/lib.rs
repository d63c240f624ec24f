//! The line: drop → import → merge → enrich → assess → commit → index → publish.
//!
//! One thread owns a [`Line`], and with it the store's writer and the index's; drops go through it one
//! after another, and each is one transaction that ends in a release, or in none. Whatever fails on the way,
//! the last release stands.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use rikaste_model::merge::Voice;
use rikaste_model::moment::Moment;
use rikaste_model::product::{DropId, Hash};
use rikaste_model::receipt::{DropOutcome, ProductCounts, Question, Receipt, RowCounts};
use rikaste_model::record::DropKind;
use rikaste_model::release::{Cause, Release};
use rikaste_model::shop::Shop;
use rikaste_search::{SearchError, SearchWriter};
use rikaste_store::{Commit, DropNote, Store, StoreError, Writer};

use rikaste_import::{Importer, Importers, Mappings, RejectsFile};
use rikaste_media::studio::Studio;
use rikaste_runtime::enrich::Enrichers;

mod anew;
mod archive;
mod crew;
mod draft;
mod drop;
mod index;
mod landed;
mod occasion;
mod overruled;
mod photos;
mod roll;
mod rows;
mod stages;
mod work;

use archive::Archive;
pub use archive::{Unpacked, is_archive, unpack};

use crew::Crew;
use draft::Draft;
pub use drop::{Attempt, Drop};
use landed::Landed;
pub use landed::modified;
pub use occasion::{Because, Occasion};
use photos::Darkroom;
pub use photos::{Sibling, look, owners};
use roll::Roll;
use rows::{Intake, Taken};
pub use stages::Stages;
use work::Scene;

/// Why the line cannot go on. Bad input is never a reason: that is in the receipt.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// The store failed; nothing of the drop was released.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The search index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A file could not be read, or the asset store not be written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The release to go back to is not kept.
    #[error("release {wanted} is not kept; releases {floor} to {current} are")]
    NoSuchRelease {
        /// The one that was asked for.
        wanted: u64,
        /// The oldest kept.
        floor: u64,
        /// The newest.
        current: u64,
    },
}

/// How far a drop is, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes of the file that were read.
    pub bytes: u64,
    /// Bytes that there are.
    pub size: u64,
    /// Rows that were read.
    pub rows: u64,
}

/// The line and everything it owns.
pub struct Line {
    scene: Arc<Scene>,
    mappings: Mappings,
    importers: Importers,
    studio: Studio,
    writer: Writer,
    crew: Crew,
    index: SearchWriter,
    on_release: Box<dyn FnMut(&Release) + Send>,
    on_progress: Box<dyn FnMut(Progress) + Send>,
    stages: Stages,
    rejects: Option<RejectsFile>,
}

impl Line {
    /// Sets the line up. `on_release` is told of every release as soon as readers can have it.
    ///
    /// # Errors
    /// When the store or the index cannot be written.
    pub fn new(
        store: &Store,
        index: SearchWriter,
        shop: Arc<Shop>,
        mappings: Mappings,
        studio: Studio,
        enrichers: &Arc<Enrichers>,
        on_release: impl FnMut(&Release) + Send + 'static,
    ) -> Result<Self, LineError> {
        let mut writer = store.writer()?;
        let mut channel_ids = Vec::with_capacity(shop.channels.len());
        writer.begin()?;
        for channel in &shop.channels {
            channel_ids.push(writer.ensure_channel(channel.code.as_str())?);
        }
        writer.commit(&Commit::default())?;
        let scene = Arc::new(Scene { shop, channel_ids });
        let crew = Crew::start(&scene, enrichers)
            .map_err(|source| LineError::File { path: PathBuf::from("threads"), source })?;
        Ok(Self {
            scene,
            mappings,
            importers: Importers::new(enrichers.importers()),
            studio,
            writer,
            crew,
            index,
            on_release: Box::new(on_release),
            on_progress: Box::new(|_| ()),
            stages: Stages::default(),
            rejects: None,
        })
    }

    /// Has someone told how far a drop is.
    pub fn on_progress(&mut self, tell: impl FnMut(Progress) + Send + 'static) {
        self.on_progress = Box::new(tell);
    }

    /// The rows of the last drop that were refused, for whoever puts them where people find them.
    pub fn take_rejects(&mut self) -> Option<RejectsFile> {
        self.rejects.take()
    }

    /// The shop whose line it is.
    #[must_use]
    pub fn shop(&self) -> Arc<Shop> {
        Arc::clone(&self.scene.shop)
    }

    /// What develops photos.
    #[must_use]
    pub fn studio(&self) -> &Studio {
        &self.studio
    }

    /// Where the time of the last drop went.
    #[must_use]
    pub fn stages(&self) -> Stages {
        self.stages
    }

    /// The store's writer, to read with while no drop is under way.
    #[must_use]
    pub fn reader(&self) -> &rikaste_store::Reader {
        &self.writer
    }

    /// Takes a drop through the line.
    ///
    /// # Errors
    /// When the machine fails, not the input: nothing of the drop is released then, and it can
    /// be taken again.
    pub fn take(&mut self, drop: &Drop, now: Moment, dry_run: bool) -> Result<Receipt, LineError> {
        self.take_on(Occasion::Arrived, drop, now, dry_run)
    }

    /// The same for a file that did not just arrive.
    ///
    /// # Errors
    /// As of [`take`](Self::take).
    pub fn take_on(
        &mut self,
        occasion: Occasion,
        drop: &Drop,
        now: Moment,
        dry_run: bool,
    ) -> Result<Receipt, LineError> {
        let began = Instant::now();
        self.stages = Stages::default();
        self.rejects = None;
        let file = Landed::look(drop)?;
        let known = match occasion {
            Occasion::Arrived => self.known_already(drop, &file, now, began)?,
            _ => None,
        };
        if let Some((receipt, note)) = known {
            if !dry_run {
                self.keep_receipt(&receipt, file.modified, note)?;
            }
            return Ok(receipt);
        }
        if !dry_run {
            // So that the release of the drop says nothing but what the drop changed.
            self.open_windows(now)?;
        }
        let result = self.draft(occasion, drop, &file, (now, began), dry_run);
        if result.is_err() || dry_run {
            self.abandon();
        }
        let (receipt, release) = result?;
        if let Some(release) = release {
            self.publish(&release)?;
        }
        Ok(receipt)
    }

    fn draft(
        &mut self,
        occasion: Occasion,
        drop: &Drop,
        file: &Landed,
        (now, began): (Moment, Instant),
        dry_run: bool,
    ) -> Result<(Receipt, Option<Release>), LineError> {
        let (mut draft, progress) = self.begin(now, true)?;
        let id = draft.writer.next_drop()?;
        let mut taken = Taken::default();
        let mut note = DropNote::default();
        occasion.told().into_iter().for_each(|told| taken.messages.push(told));
        match drop.kind {
            DropKind::Images => {
                Darkroom(progress.studio).take(&mut draft, drop, &mut taken, progress.tell)?
            }
            _ => {
                let importer = Importer::new(draft.shop(), progress.mappings);
                let importer = importer.with(progress.importers.clone());
                note.read_by = Some(importer.basis(drop.kind, drop.name()));
                let mut voice = Voice::new(id);
                if let Occasion::Again { speaks_as, .. } = occasion {
                    voice = Voice { drop: id, speaks_as, ages: draft.writer.ages()? };
                    note.speaks_as = Some(speaks_as);
                }
                if let Some(range) = importer.range(drop.kind, drop.name()) {
                    note.range = Some(range.name.clone());
                    taken.roll = Some(Roll::begin(range, &draft, id)?);
                }
                let intake = Intake { importer: &importer, drop, file, voice, first_column: 0 };
                if Archive::is_one(&drop.paths[0]) {
                    let archive = Archive { drop, darkroom: Darkroom(progress.studio) };
                    archive.take(&intake, &mut draft, &mut taken, progress.tell)?;
                } else {
                    intake.take_rows(&mut draft, &mut taken, progress.tell)?;
                }
            }
        }
        let usable = !taken.unreadable
            && taken.too_many.is_none()
            && (taken.rows.accepted() > 0 || draft.has_changes());
        if usable && let Some(roll) = taken.roll.take() {
            let approved = matches!(occasion, Occasion::Approved(hash) if hash == file.hash);
            taken.question = roll.close(&mut draft, &mut taken.messages, &drop.file, approved)?;
        }
        if usable && taken.question.is_none() {
            draft.settle()?;
            draft.compare_portraits()?;
        }
        note.missing = std::mem::take(&mut taken.missing);
        let outcome = match (usable, draft.has_changes()) {
            (false, _) => DropOutcome::Rejected,
            _ if taken.question.is_some() => DropOutcome::Held,
            (true, false) => DropOutcome::Unchanged,
            (true, true) => DropOutcome::Released,
        };
        let released = outcome == DropOutcome::Released;
        if usable {
            taken.messages.append(std::mem::take(&mut draft.messages));
        }
        let counts = match taken.question {
            Some(Question { gone, .. }) => ProductCounts { gone, ..ProductCounts::default() },
            None => draft.counts,
        };
        let stages = draft.stages;
        let release =
            released.then(|| draft.release(Cause::Drop { drop: id.0, file: drop.file.clone() }));
        let receipt =
            file.receipt(drop, id, now, began, &mut taken, outcome, release.as_ref(), counts);
        if dry_run {
            draft.abandon()?;
            return Ok((receipt, None));
        }
        let rejects = taken.rejects.take();
        if !released {
            // What an unreadable file began is let go of; only its receipt is kept.
            draft.abandon()?;
            self.keep_receipt(&receipt, file.modified, note)?;
            self.rejects = rejects;
            return Ok((receipt, None));
        }
        let keep = self.scene.shop.keep_releases;
        let committing = Instant::now();
        self.writer.commit(&Commit {
            release: release.clone(),
            receipt: Some((receipt.clone(), file.modified)),
            note,
            keep,
        })?;
        self.stages = Stages { commit: committing.elapsed(), ..stages };
        self.rejects = rejects;
        Ok((receipt, release))
    }

    /// Keeps a setting of the program's own.
    ///
    /// # Errors
    /// When the store fails.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), LineError> {
        self.writer.begin()?;
        self.writer.set_setting(name, value)?;
        self.writer.commit(&Commit::default())?;
        Ok(())
    }

    /// Keeps what is known of pictures that products name by URL, and forgets those that none does.
    ///
    /// # Errors
    /// When the store fails.
    pub fn keep_pictures(
        &mut self,
        pictures: &[rikaste_store::Picture],
        unused: &[String],
    ) -> Result<(), LineError> {
        self.writer.begin()?;
        for picture in pictures {
            self.writer.put_picture(picture)?;
        }
        for url in unused {
            self.writer.forget_picture(url)?;
        }
        self.writer.commit(&Commit::default())?;
        Ok(())
    }

    /// Keeps which release a device says it shows.
    ///
    /// # Errors
    /// When the store fails.
    pub fn acknowledge(
        &mut self,
        channel: &str,
        device: &str,
        release: u64,
        now: Moment,
    ) -> Result<(), LineError> {
        self.writer.begin()?;
        self.writer.ack(channel, device, release, now)?;
        self.writer.commit(&Commit::default())?;
        Ok(())
    }

    fn begin(&mut self, now: Moment, enrich: bool) -> Result<(Draft<'_>, Aside<'_>), LineError> {
        let draft = Draft::begin(
            &mut self.writer,
            &mut self.crew,
            &mut self.index,
            &self.scene,
            now,
            enrich,
        )?;
        let aside = Aside {
            mappings: &self.mappings,
            importers: &self.importers,
            studio: &self.studio,
            tell: self.on_progress.as_mut(),
        };
        Ok((draft, aside))
    }

    /// Readers switch to the release; search follows. Only [`adopt`](Self::adopt) leaves this to
    /// its caller, who has to have readers know the new plugins first.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn publish(&mut self, release: &Release) -> Result<(), LineError> {
        (self.on_release)(release);
        let began = Instant::now();
        self.index.commit(release.number)?;
        self.stages.index = began.elapsed();
        self.writer.tidy()?;
        Ok(())
    }

    /// Lets go of whatever was begun. The store drops an open transaction when it is closed, too,
    /// so a failure here loses nothing.
    fn abandon(&mut self) {
        while self.crew.collect(true).is_some() {}
        if let Err(error) = self.writer.rollback() {
            tracing::warn!("the store could not roll back: {error}");
        }
        if let Err(error) = self.index.rollback() {
            tracing::warn!("the index could not roll back: {error}");
        }
    }

    fn keep_receipt(
        &mut self,
        receipt: &Receipt,
        modified: i64,
        note: DropNote,
    ) -> Result<(), LineError> {
        self.writer.begin()?;
        self.writer.commit(&Commit {
            release: None,
            receipt: Some((receipt.clone(), modified)),
            note,
            keep: 0,
        })?;
        Ok(())
    }

    /// The receipt of a file that says, byte for byte, what the catalogue stands on already.
    fn known_already(
        &mut self,
        drop: &Drop,
        file: &Landed,
        now: Moment,
        began: Instant,
    ) -> Result<Option<(Receipt, DropNote)>, LineError> {
        if drop.kind == DropKind::Images {
            return Ok(None);
        }
        let Some(seen) = self.writer.last_drop(drop.kind, &drop.file)? else { return Ok(None) };
        let current = self.writer.current()?.map_or(0, |release| release.number);
        let stands = !seen.rejected && !seen.held && seen.stands_on == current;
        if !stands || seen.hash != file.hash || seen.read_by != Some(self.basis(drop)) {
            return Ok(None);
        }
        let Some(last) = self.writer.receipt(seen.id)? else { return Ok(None) };
        let rows = RowCounts {
            unchanged: last.rows.accepted(),
            rejected: last.rows.rejected,
            ..RowCounts::default()
        };
        let note = DropNote {
            read_by: seen.read_by,
            speaks_as: None,
            range: seen.range,
            missing: self.writer.missing(DropId(seen.id))?,
        };
        let receipt = Receipt {
            drop: self.writer.next_drop()?,
            at: now,
            milliseconds: began.elapsed().as_millis() as u64,
            outcome: DropOutcome::Unchanged,
            release: None,
            rows,
            products: ProductCounts::default(),
            ..last
        };
        Ok(Some((receipt, note)))
    }

    /// Has files read by other mappings from now on. Whether they say anything else than before.
    pub fn follow_mappings(&mut self, mappings: Mappings) -> bool {
        let differ = mappings.digest() != self.mappings.digest();
        self.mappings = mappings;
        differ
    }

    /// Whether the mapping that is for a drop cannot be used.
    #[must_use]
    pub fn lacks_mapping(&self, drop: &Drop) -> bool {
        self.mappings.is_broken_for(drop.kind, drop.name())
    }

    /// The hash of all that decides what a file says, beside what stands in it.
    #[must_use]
    pub fn basis(&self, drop: &Drop) -> Hash {
        let importer = Importer::new(&self.scene.shop, &self.mappings);
        importer.with(self.importers.clone()).basis(drop.kind, drop.name())
    }
}

/// What the line has beside a draft.
struct Aside<'a> {
    mappings: &'a Mappings,
    importers: &'a Importers,
    studio: &'a Studio,
    tell: &'a mut (dyn FnMut(Progress) + Send),
}
