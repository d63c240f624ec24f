//! The line: drop → import → merge → enrich → assess → commit → index → publish.
//!
//! One thread owns a [`Pipeline`], and with it the store's writer and the index's; drops go through it one
//! after another, and each is one transaction that ends in a release, or in none. Whatever fails on the way,
//! the last release stands.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use rikaste_model::merge::ImportAge;
use rikaste_model::moment::Moment;
use rikaste_model::product::ContentHash;
use rikaste_model::receipt::{ApprovalQuestion, DropOutcome, ProductCounts, Receipt, RowCounts};
use rikaste_model::record::DropKind;
use rikaste_model::release::{Release, ReleaseCause, ReleaseNumber};
use rikaste_model::shop::Shop;
use rikaste_search::{SearchError, SearchWriter};
use rikaste_store::{DropMetadata, ReleaseCommit, Store, StoreError, StoreWriter};

use rikaste_import::{FileImporter, MappingSet, PluginImporters, RejectsFile};
use rikaste_media::renditions::RenditionService;
use rikaste_runtime::enrich::EnricherSet;

mod archive;
mod file_stat;
mod full_range;
mod import_reason;
mod inbox_drop;
mod index_catch_up;
mod photo_import;
mod plugin_importers;
mod product_job;
mod release_builder;
mod rerun;
mod shadowed_values;
mod stage_timings;
mod table_import;
mod worker_pool;

use archive::ArchiveImport;
pub use archive::{UnpackedArchive, is_archive, unpack_archive};

use file_stat::FileStat;
pub use file_stat::read_modified_time;
use full_range::FullRangeTracker;
pub use import_reason::{ImportReason, ReimportCause};
pub use inbox_drop::{InboxDrop, PhotoFetchResult};
use photo_import::PhotoImport;
pub use photo_import::{SharedMainPhoto, find_photo_owners, photo_warnings};
pub use plugin_importers::{decode_answer, plugin_importers};
use product_job::PipelineContext;
use release_builder::ReleaseBuilder;
pub use stage_timings::StageTimings;
use table_import::{ImportOutcome, TableImport};
use worker_pool::WorkerPool;

/// Why the line cannot go on. Bad input is never a reason: that is in the receipt.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
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
        wanted: ReleaseNumber,
        /// The oldest kept.
        floor: ReleaseNumber,
        /// The newest.
        current: ReleaseNumber,
    },
}

/// How far a drop is, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportProgress {
    /// Bytes of the file that were read.
    pub bytes: u64,
    /// Bytes that there are.
    pub size: u64,
    /// Rows that were read.
    pub rows: u64,
}

/// The line and everything it owns.
pub struct Pipeline {
    context: Arc<PipelineContext>,
    mappings: MappingSet,
    importers: PluginImporters,
    rendition_service: RenditionService,
    writer: StoreWriter,
    worker_pool: WorkerPool,
    search_writer: SearchWriter,
    on_release: Box<dyn FnMut(&Release) + Send>,
    on_progress: Box<dyn FnMut(ImportProgress) + Send>,
    stage_timings: StageTimings,
    rejects: Option<RejectsFile>,
}

impl Pipeline {
    /// Sets the line up. `on_release` is told of every release as soon as readers can have it.
    ///
    /// # Errors
    /// When the store or the index cannot be written.
    pub fn new(
        store: &Store,
        index: SearchWriter,
        shop: Arc<Shop>,
        mappings: MappingSet,
        studio: RenditionService,
        enrichers: &Arc<EnricherSet>,
        on_release: impl FnMut(&Release) + Send + 'static,
    ) -> Result<Self, PipelineError> {
        let mut writer = store.open_writer()?;
        let mut channel_ids = Vec::with_capacity(shop.channels.len());
        writer.begin_transaction()?;
        for channel in &shop.channels {
            channel_ids.push(writer.find_or_insert_channel(channel.code.as_str())?);
        }
        writer.commit_transaction(&ReleaseCommit::default())?;
        let scene = Arc::new(PipelineContext { shop, channel_ids });
        let crew = WorkerPool::start_workers(&scene, enrichers)
            .map_err(|source| PipelineError::File { path: PathBuf::from("threads"), source })?;
        Ok(Self {
            context: scene,
            mappings,
            importers: plugin_importers(enrichers.importers()),
            rendition_service: studio,
            writer,
            worker_pool: crew,
            search_writer: index,
            on_release: Box::new(on_release),
            on_progress: Box::new(|_| ()),
            stage_timings: StageTimings::default(),
            rejects: None,
        })
    }

    /// Has someone told how far a drop is.
    pub fn on_progress(&mut self, tell: impl FnMut(ImportProgress) + Send + 'static) {
        self.on_progress = Box::new(tell);
    }

    /// The rows of the last drop that were refused, for whoever puts them where people find them.
    pub fn take_rejects(&mut self) -> Option<RejectsFile> {
        self.rejects.take()
    }

    /// The shop whose line it is.
    #[must_use]
    pub fn shop(&self) -> Arc<Shop> {
        Arc::clone(&self.context.shop)
    }

    /// What develops photos.
    #[must_use]
    pub fn rendition_service(&self) -> &RenditionService {
        &self.rendition_service
    }

    /// Where the time of the last drop went.
    #[must_use]
    pub fn stage_timings(&self) -> StageTimings {
        self.stage_timings
    }

    /// The store's writer, to read with while no drop is under way.
    #[must_use]
    pub fn reader(&self) -> &rikaste_store::StoreReader {
        &self.writer
    }

    /// Takes a drop through the line.
    ///
    /// # Errors
    /// When the machine fails, not the input: nothing of the drop is released then, and it can
    /// be taken again.
    pub fn import_drop(
        &mut self,
        drop: &InboxDrop,
        now: Moment,
        dry_run: bool,
    ) -> Result<Receipt, PipelineError> {
        self.import_with_reason(ImportReason::Arrived, drop, now, dry_run)
    }

    /// The same for a file that did not just arrive.
    ///
    /// # Errors
    /// As of [`import_drop`](Self::import_drop).
    pub fn import_with_reason(
        &mut self,
        occasion: ImportReason,
        drop: &InboxDrop,
        now: Moment,
        dry_run: bool,
    ) -> Result<Receipt, PipelineError> {
        let began = Instant::now();
        self.stage_timings = StageTimings::default();
        self.rejects = None;
        let file = FileStat::read_from_drop(drop)?;
        let known = match occasion {
            ImportReason::Arrived => self.find_unchanged_receipt(drop, &file, now, began)?,
            _ => None,
        };
        if let Some((receipt, note)) = known {
            if !dry_run {
                self.store_receipt(&receipt, file.modified, note)?;
            }
            return Ok(receipt);
        }
        if !dry_run {
            // So that the release of the drop says nothing but what the drop changed.
            self.release_due_windows(now)?;
        }
        let result = self.import_into_release(occasion, drop, &file, (now, began), dry_run);
        if result.is_err() || dry_run {
            self.discard_changes();
        }
        let (receipt, release) = result?;
        if let Some(release) = release {
            self.publish_release(&release)?;
        }
        Ok(receipt)
    }

    fn import_into_release(
        &mut self,
        occasion: ImportReason,
        drop: &InboxDrop,
        file: &FileStat,
        (now, began): (Moment, Instant),
        dry_run: bool,
    ) -> Result<(Receipt, Option<Release>), PipelineError> {
        let (mut draft, progress) = self.begin_release(now, true)?;
        let id = draft.writer.next_drop_id()?;
        let mut taken = ImportOutcome::default();
        let mut note = DropMetadata::default();
        occasion.to_diagnostic().into_iter().for_each(|told| taken.messages.push_diagnostic(told));
        match drop.kind {
            DropKind::Images => PhotoImport(progress.rendition_service).import_photos(
                &mut draft,
                drop,
                &mut taken,
                progress.on_progress,
            )?,
            _ => {
                let importer = FileImporter::new(draft.shop(), progress.mappings);
                let importer = importer.with_plugins(progress.importers.clone());
                note.import_fingerprint =
                    Some(importer.compute_fingerprint(drop.kind, drop.name()));
                let mut voice = ImportAge::new(id);
                if let ImportReason::Reimport { original_drop: speaks_as, .. } = occasion {
                    voice = ImportAge {
                        drop: id,
                        effective_age: speaks_as,
                        effective_ages: draft.writer.load_effective_ages()?,
                    };
                    note.effective_age = Some(speaks_as);
                }
                if let Some(range) = importer.find_full_range(drop.kind, drop.name()) {
                    note.range = Some(range.name.clone());
                    taken.range_tracker =
                        Some(FullRangeTracker::start_tracking(range, &draft, id)?);
                }
                let intake = TableImport {
                    importer: &importer,
                    drop,
                    file_stat: file,
                    import_age: voice,
                    first_column: 0,
                };
                if ArchiveImport::can_import(&drop.paths[0]) {
                    let archive = ArchiveImport {
                        drop,
                        photo_import: PhotoImport(progress.rendition_service),
                    };
                    archive.import_contents(
                        &intake,
                        &mut draft,
                        &mut taken,
                        progress.on_progress,
                    )?;
                } else {
                    intake.import_rows(&mut draft, &mut taken, progress.on_progress)?;
                }
            }
        }
        let usable = !taken.unreadable
            && taken.too_many.is_none()
            && (taken.rows.accepted() > 0 || draft.has_changes());
        if usable && let Some(roll) = taken.range_tracker.take() {
            let approved = matches!(occasion, ImportReason::Approved(hash) if hash == file.hash);
            taken.question = roll.remove_missing_products(
                &mut draft,
                &mut taken.messages,
                &drop.file,
                approved,
            )?;
        }
        if usable && taken.question.is_none() {
            draft.process_pending()?;
            draft.compare_main_photos()?;
        }
        note.missing_skus = std::mem::take(&mut taken.missing_skus);
        let outcome = match (usable, draft.has_changes()) {
            (false, _) => DropOutcome::Rejected,
            _ if taken.question.is_some() => DropOutcome::Held,
            (true, false) => DropOutcome::Unchanged,
            (true, true) => DropOutcome::Released,
        };
        let released = outcome == DropOutcome::Released;
        if usable {
            taken.messages.append_collected(std::mem::take(&mut draft.messages));
        }
        let counts = match taken.question {
            Some(ApprovalQuestion { gone, .. }) => {
                ProductCounts { gone, ..ProductCounts::default() }
            }
            None => draft.counts,
        };
        let stages = draft.stage_timings;
        let release = released
            .then(|| draft.to_release(ReleaseCause::Drop { drop: id, file: drop.file.clone() }));
        let receipt =
            file.build_receipt(drop, id, now, began, &mut taken, outcome, release.as_ref(), counts);
        if dry_run {
            draft.discard_changes()?;
            return Ok((receipt, None));
        }
        let rejects = taken.rejects_file.take();
        if !released {
            // What an unreadable file began is let go of; only its receipt is kept.
            draft.discard_changes()?;
            self.store_receipt(&receipt, file.modified, note)?;
            self.rejects = rejects;
            return Ok((receipt, None));
        }
        let keep = self.context.shop.keep_releases;
        let committing = Instant::now();
        self.writer.commit_transaction(&ReleaseCommit {
            release: release.clone(),
            receipt: Some((receipt.clone(), file.modified)),
            drop_metadata: note,
            keep_releases: keep,
        })?;
        self.stage_timings = StageTimings { commit: committing.elapsed(), ..stages };
        self.rejects = rejects;
        Ok((receipt, release))
    }

    /// Keeps a setting of the program's own.
    ///
    /// # Errors
    /// When the store fails.
    pub fn store_setting(&mut self, name: &str, value: &str) -> Result<(), PipelineError> {
        self.writer.begin_transaction()?;
        self.writer.store_setting(name, value)?;
        self.writer.commit_transaction(&ReleaseCommit::default())?;
        Ok(())
    }

    /// Keeps what is known of pictures that products name by URL, and forgets those that none does.
    ///
    /// # Errors
    /// When the store fails.
    pub fn store_remote_photos(
        &mut self,
        pictures: &[rikaste_store::RemotePhoto],
        unused: &[String],
    ) -> Result<(), PipelineError> {
        self.writer.begin_transaction()?;
        for picture in pictures {
            self.writer.store_remote_photo(picture)?;
        }
        for url in unused {
            self.writer.delete_remote_photo(url)?;
        }
        self.writer.commit_transaction(&ReleaseCommit::default())?;
        Ok(())
    }

    /// Keeps which release a device says it shows.
    ///
    /// # Errors
    /// When the store fails.
    pub fn store_acknowledgement(
        &mut self,
        channel: &str,
        device: &str,
        release: ReleaseNumber,
        now: Moment,
    ) -> Result<(), PipelineError> {
        self.writer.begin_transaction()?;
        self.writer.store_device_ack(channel, device, release, now)?;
        self.writer.commit_transaction(&ReleaseCommit::default())?;
        Ok(())
    }

    fn begin_release(
        &mut self,
        now: Moment,
        enrich: bool,
    ) -> Result<(ReleaseBuilder<'_>, ReleaseInputs<'_>), PipelineError> {
        let draft = ReleaseBuilder::begin_release(
            &mut self.writer,
            &mut self.worker_pool,
            &mut self.search_writer,
            &self.context,
            now,
            enrich,
        )?;
        let aside = ReleaseInputs {
            mappings: &self.mappings,
            importers: &self.importers,
            rendition_service: &self.rendition_service,
            on_progress: self.on_progress.as_mut(),
        };
        Ok((draft, aside))
    }

    /// Readers switch to the release; search follows. Only [`adopt_plugins`](Self::adopt_plugins) leaves this to
    /// its caller, who has to have readers know the new plugins first.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn publish_release(&mut self, release: &Release) -> Result<(), PipelineError> {
        (self.on_release)(release);
        let began = Instant::now();
        self.search_writer.commit_release(release.number)?;
        self.stage_timings.index = began.elapsed();
        self.writer.checkpoint_log()?;
        Ok(())
    }

    /// Lets go of whatever was begun. The store drops an open transaction when it is closed, too,
    /// so a failure here loses nothing.
    fn discard_changes(&mut self) {
        while self.worker_pool.collect_batch(true).is_some() {}
        if let Err(error) = self.writer.rollback_transaction() {
            tracing::warn!("the store could not roll back: {error}");
        }
        if let Err(error) = self.search_writer.rollback_changes() {
            tracing::warn!("the index could not roll back: {error}");
        }
    }

    fn store_receipt(
        &mut self,
        receipt: &Receipt,
        modified: i64,
        note: DropMetadata,
    ) -> Result<(), PipelineError> {
        self.writer.begin_transaction()?;
        self.writer.commit_transaction(&ReleaseCommit {
            release: None,
            receipt: Some((receipt.clone(), modified)),
            drop_metadata: note,
            keep_releases: 0,
        })?;
        Ok(())
    }

    /// The receipt of a file that says, byte for byte, what the catalogue stands on already.
    fn find_unchanged_receipt(
        &mut self,
        drop: &InboxDrop,
        file: &FileStat,
        now: Moment,
        began: Instant,
    ) -> Result<Option<(Receipt, DropMetadata)>, PipelineError> {
        if drop.kind == DropKind::Images {
            return Ok(None);
        }
        let Some(seen) = self.writer.find_last_drop(drop.kind, &drop.file)? else {
            return Ok(None);
        };
        let current = self
            .writer
            .load_current_release()?
            .map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number);
        let stands = !seen.rejected && !seen.awaits_approval && seen.base_release == current;
        if !stands
            || seen.hash != file.hash
            || seen.import_fingerprint != Some(self.import_fingerprint(drop))
        {
            return Ok(None);
        }
        let Some(last) = self.writer.load_receipt(seen.id)? else { return Ok(None) };
        let rows = RowCounts {
            unchanged: last.rows.accepted(),
            rejected: last.rows.rejected,
            ..RowCounts::default()
        };
        let note = DropMetadata {
            import_fingerprint: seen.import_fingerprint,
            effective_age: None,
            range: seen.range,
            missing_skus: self.writer.list_missing_skus(seen.id)?,
        };
        let receipt = Receipt {
            drop: self.writer.next_drop_id()?,
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
    pub fn replace_mappings(&mut self, mappings: MappingSet) -> bool {
        let differ = mappings.digest() != self.mappings.digest();
        self.mappings = mappings;
        differ
    }

    /// Whether the mapping that is for a drop cannot be used.
    #[must_use]
    pub fn has_broken_mapping(&self, drop: &InboxDrop) -> bool {
        self.mappings.is_broken_for(drop.kind, drop.name())
    }

    /// The hash of all that decides what a file says, beside what stands in it.
    #[must_use]
    pub fn import_fingerprint(&self, drop: &InboxDrop) -> ContentHash {
        let importer = FileImporter::new(&self.context.shop, &self.mappings);
        importer.with_plugins(self.importers.clone()).compute_fingerprint(drop.kind, drop.name())
    }
}

/// What the line has beside a draft.
struct ReleaseInputs<'a> {
    mappings: &'a MappingSet,
    importers: &'a PluginImporters,
    rendition_service: &'a RenditionService,
    on_progress: &'a mut (dyn FnMut(ImportProgress) + Send),
}
