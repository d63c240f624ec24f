//! One drop, from its files to a release or a receipt that says why there is none.

use std::time::Instant;

use rikaste_import::{FileImporter, MappingSet, PluginImporters};
use rikaste_media::renditions::RenditionService;
use rikaste_model::merge::ImportAge;
use rikaste_model::moment::Moment;
use rikaste_model::product::{ContentHash, DropId};
use rikaste_model::receipt::{ApprovalQuestion, DropOutcome, ProductCounts, Receipt, RejectedRows};
use rikaste_model::record::DropKind;
use rikaste_model::release::{Release, ReleaseCause, ReleaseNumber};
use rikaste_model::words;
use rikaste_store::asset_folder::hash_file;
use rikaste_store::{DropMetadata, ReleaseCommit};

use super::archive::ArchiveImport;
use super::content_withdrawal::ContentWithdrawal;
use super::full_range::FullRangeTracker;
use super::photo_import::{PhotoImport, render_progress};
use super::photo_preparation::PreparedPhotos;
use super::price_checks::PriceChecks;
use super::price_withdrawal::PriceWithdrawal;
use super::release_builder::ReleaseBuilder;
use super::table_import::{ImportOutcome, TableImport};
use super::{
    ApprovalScope, FileStat, ImportProgress, ImportReason, InboxDrop, Pipeline, PipelineError,
    StageTimings, TableFile,
};

/// What a receipt says of the imported file or files, whatever comes of them.
pub(super) struct DropIdentity {
    pub(super) kind: DropKind,
    pub(super) name: String,
    /// `None` of several photos, and of one that was refused.
    pub(super) hash: Option<ContentHash>,
    /// By what it is read. `None` of photos.
    pub(super) import_fingerprint: Option<ContentHash>,
    /// `None` of several photos.
    pub(super) stat: Option<FileStat>,
    pub(super) now: Moment,
    pub(super) began: Instant,
}

/// What a drop holds.
pub(super) enum DropContents<'a> {
    Table(&'a TableFile),
    Photos(&'a InboxDrop, PreparedPhotos),
}

/// What the pipeline has beside a release builder.
pub(super) struct ReleaseInputs<'a> {
    pub(super) mappings: &'a MappingSet,
    pub(super) importers: &'a PluginImporters,
    pub(super) rendition_service: &'a RenditionService,
    pub(super) on_progress: &'a mut (dyn FnMut(ImportProgress) + Send),
}

impl Pipeline {
    /// Imports a drop that arrived.
    ///
    /// # Errors
    /// When the machine fails, not the input: nothing of the drop is released then, and it can
    /// be imported again.
    pub fn import_drop(
        &mut self,
        drop: &InboxDrop,
        now: Moment,
        dry_run: bool,
    ) -> Result<Receipt, PipelineError> {
        self.import_with_reason(ImportReason::Arrived, drop, now, dry_run)
    }

    /// Imports a drop that need not have arrived just now. Its photos are read and rendered first.
    ///
    /// # Errors
    /// As of [`import_drop`](Self::import_drop).
    pub fn import_with_reason(
        &mut self,
        reason: ImportReason,
        drop: &InboxDrop,
        now: Moment,
        dry_run: bool,
    ) -> Result<Receipt, PipelineError> {
        let began = Instant::now();
        self.stage_timings = StageTimings::default();
        self.rejects = None;
        let table = match drop {
            InboxDrop::Table(table) => table,
            InboxDrop::Untaken(files) => return self.report_untaken_files(files, now, dry_run),
            InboxDrop::Photos(_) | InboxDrop::RemotePhotos(_) => {
                let count = drop.photos().count() as u64;
                let mut report = |progress| (self.on_progress)(render_progress(progress, count));
                let photos =
                    PreparedPhotos::from_drop(&self.stages.rendition_service, drop, &mut report)?;
                return self.import_photos(drop, photos, now, began, dry_run);
            }
        };
        let fingerprint = self.import_fingerprint(table);
        let identity = DropIdentity::from_table(table, fingerprint, now, began)?;
        if reason == ImportReason::Arrived
            && let Some((receipt, metadata)) = self.find_known_receipt(table, &identity)?
        {
            if !dry_run {
                self.store_receipt(&receipt, identity.modified(), metadata)?;
            }
            return Ok(receipt);
        }
        self.import_contents(reason, DropContents::Table(table), &identity, dry_run)
    }

    pub(super) fn import_contents(
        &mut self,
        reason: ImportReason,
        contents: DropContents<'_>,
        identity: &DropIdentity,
        dry_run: bool,
    ) -> Result<Receipt, PipelineError> {
        if !dry_run {
            // So that the release of the drop says nothing but what the drop changed.
            self.release_due_windows(identity.now)?;
        }
        let result = self.import_into_release(reason, contents, identity, dry_run);
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
        reason: ImportReason,
        contents: DropContents<'_>,
        identity: &DropIdentity,
        dry_run: bool,
    ) -> Result<(Receipt, Option<Release>), PipelineError> {
        let (mut builder, mut inputs) = self.begin_release(identity.now, true)?;
        let id = builder.writer.next_drop_id()?;
        let mut import = ImportOutcome::default();
        let mut metadata = DropMetadata::default();
        reason.to_diagnostic().into_iter().for_each(|note| import.messages.push_diagnostic(note));
        match contents {
            DropContents::Photos(drop, photos) => {
                PhotoImport(inputs.rendition_service).import_drop(
                    &mut builder,
                    drop,
                    photos,
                    &mut import,
                )?;
            }
            DropContents::Table(table) => {
                metadata = import_table(
                    table,
                    reason,
                    id,
                    identity,
                    &mut builder,
                    &mut import,
                    &mut inputs,
                )?;
            }
        }
        let outcome = settle_outcome(reason, identity, &mut builder, &mut import)?;
        metadata.missing_skus = std::mem::take(&mut import.missing_skus);
        let products = match &import.question {
            Some(ApprovalQuestion::Removal { gone, .. }) => {
                ProductCounts { gone: *gone, ..ProductCounts::default() }
            }
            Some(ApprovalQuestion::Withdrawal { .. } | ApprovalQuestion::Columns { .. }) => {
                ProductCounts::default()
            }
            None => builder.counts,
        };
        let stages = builder.stage_timings;
        let release = (outcome == DropOutcome::Released).then(|| {
            builder.to_release(ReleaseCause::Drop { drop: id, file: identity.name.clone() })
        });
        let number = release.as_ref().map(|release| release.number);
        let receipt = import.take_receipt(identity, id, outcome, number, products);
        if dry_run {
            builder.discard_changes()?;
            return Ok((receipt, None));
        }
        let rejects = import.rejects_file.take();
        if release.is_none() {
            // Of a file that made no release only the receipt is kept.
            builder.discard_changes()?;
            self.store_receipt(&receipt, identity.modified(), metadata)?;
            self.rejects = rejects;
            return Ok((receipt, None));
        }
        let committing = Instant::now();
        self.writer.commit_transaction(&ReleaseCommit {
            release: release.clone(),
            receipt: Some((receipt.clone(), identity.modified())),
            drop_metadata: metadata,
            keep_releases: self.stages.context.shop.keep_releases,
        })?;
        self.stage_timings = StageTimings { commit: committing.elapsed(), ..stages };
        self.rejects = rejects;
        Ok((receipt, release))
    }

    pub(super) fn begin_release(
        &mut self,
        now: Moment,
        enrich: bool,
    ) -> Result<(ReleaseBuilder<'_>, ReleaseInputs<'_>), PipelineError> {
        let builder = ReleaseBuilder::begin_release(
            &mut self.writer,
            &mut self.stages.worker_pool,
            &mut self.search_writer,
            &self.stages.context,
            now,
            enrich,
        )?;
        let inputs = ReleaseInputs {
            mappings: &self.mappings,
            importers: &self.stages.importers,
            rendition_service: &self.stages.rendition_service,
            on_progress: self.on_progress.as_mut(),
        };
        Ok((builder, inputs))
    }

    /// Readers switch to the release; search follows.
    pub(super) fn publish_release(&mut self, release: &Release) -> Result<(), PipelineError> {
        (self.on_release)(release);
        let began = Instant::now();
        self.search_writer.commit_release(release.number)?;
        self.stage_timings.index = began.elapsed();
        self.writer.checkpoint_log()?;
        Ok(())
    }

    /// Lets go of whatever was begun. The store drops an open transaction when it is closed, too,
    /// so a failure here loses nothing.
    pub(super) fn discard_changes(&mut self) {
        while self.stages.worker_pool.collect_batch(true).is_some() {}
        if let Err(error) = self.writer.rollback_transaction() {
            tracing::warn!("the store could not roll back: {error}");
        }
        if let Err(error) = self.search_writer.rollback_changes() {
            tracing::warn!("the index could not roll back: {error}");
        }
    }

    pub(super) fn store_receipt(
        &mut self,
        receipt: &Receipt,
        modified: i64,
        metadata: DropMetadata,
    ) -> Result<(), PipelineError> {
        self.writer.begin_transaction()?;
        self.writer.commit_transaction(&ReleaseCommit {
            release: None,
            receipt: Some((receipt.clone(), modified)),
            drop_metadata: metadata,
            keep_releases: 0,
        })?;
        Ok(())
    }
}

/// Imports a table or an archive; gives what the store keeps of how it was read.
fn import_table(
    table: &TableFile,
    reason: ImportReason,
    id: DropId,
    identity: &DropIdentity,
    builder: &mut ReleaseBuilder<'_>,
    import: &mut ImportOutcome,
    inputs: &mut ReleaseInputs<'_>,
) -> Result<DropMetadata, PipelineError> {
    let importer = FileImporter::new(builder.shop(), inputs.mappings);
    let importer = importer.with_plugins(inputs.importers.clone());
    let mut metadata =
        DropMetadata { import_fingerprint: identity.import_fingerprint, ..DropMetadata::default() };
    let mut import_age = ImportAge::new(id);
    if let ImportReason::Reimport { original_drop, .. } = reason {
        let effective_ages = builder.writer.load_effective_ages()?;
        import_age = ImportAge { drop: id, effective_age: original_drop, effective_ages };
        metadata.effective_age = Some(original_drop);
    }
    if let Some(range) = importer.find_full_range(table.kind, table.name()) {
        metadata.range = Some(range.name.clone());
        import.range_tracker = Some(FullRangeTracker::start_tracking(range, builder, id)?);
    }
    import.price_checks = Some(PriceChecks::new(builder, id, &table.file)?);
    import.price_withdrawal = PriceWithdrawal::start_tracking(table, builder, id)?;
    if !matches!(reason, ImportReason::Reimport { .. }) {
        import.content_withdrawal = ContentWithdrawal::start_tracking(table, builder, id)?;
    }
    let file_size = identity.file_size();
    let import_step =
        TableImport { importer: &importer, table, file_size, import_age, first_column: 0 };
    if ArchiveImport::can_import(&table.path) {
        let archive = ArchiveImport { table, photo_import: PhotoImport(inputs.rendition_service) };
        archive.import_contents(&import_step, builder, import, inputs.on_progress)?;
    } else if table.kind == DropKind::Images {
        import.reject_archive(words!("archive-broken", reason = words!("archive-no-zip")));
    } else {
        import_step.import_rows(builder, import, inputs.on_progress)?;
    }
    Ok(metadata)
}

/// Brings the import to its end, and says what it came to.
fn settle_outcome(
    reason: ImportReason,
    identity: &DropIdentity,
    builder: &mut ReleaseBuilder<'_>,
    import: &mut ImportOutcome,
) -> Result<DropOutcome, PipelineError> {
    let is_usable = !import.unreadable
        && import.too_many.is_none()
        && (import.rows.accepted() > 0 || builder.has_changes());
    if !is_usable {
        return Ok(DropOutcome::Rejected);
    }
    import.ask_about_columns(reason, identity);
    if import.question.is_none()
        && let Some(withdrawal) = import.content_withdrawal.take()
    {
        let approved = reason.is_approved(ApprovalScope::Withdrawal, identity.hash);
        let messages = &mut import.messages;
        if import.range_tracker.is_none() {
            withdrawal.tell_of_unnamed_rows(import.rows, messages);
        }
        import.question = withdrawal.withdraw(builder, messages, &identity.name, approved)?;
    }
    if import.question.is_none()
        && let Some(tracker) = import.range_tracker.take()
    {
        let approved = reason.is_approved(ApprovalScope::Removal, identity.hash);
        import.question = tracker.remove_missing_products(
            builder,
            &mut import.messages,
            &identity.name,
            approved,
        )?;
    }
    if import.question.is_none() {
        if let Some(checks) = import.price_checks.take() {
            checks.push_diagnostics(&mut import.messages);
        }
        if let Some(withdrawal) = import.price_withdrawal.take() {
            withdrawal.withdraw(builder, &mut import.messages)?;
        }
        builder.process_pending()?;
        builder.compare_main_photos()?;
        let references = std::mem::take(&mut builder.references);
        references.push_diagnostics(builder, &mut import.messages)?;
        let model_prices = std::mem::take(&mut builder.model_prices);
        model_prices.push_diagnostics(builder, &mut import.messages)?;
    }
    import.messages.append_collected(std::mem::take(&mut builder.messages));
    Ok(match import.question {
        Some(_) => DropOutcome::Held,
        None if builder.has_changes() => DropOutcome::Released,
        None => DropOutcome::Unchanged,
    })
}

impl DropIdentity {
    fn from_table(
        table: &TableFile,
        import_fingerprint: ContentHash,
        now: Moment,
        began: Instant,
    ) -> Result<Self, PipelineError> {
        let failed = |source| PipelineError::File { path: table.path.clone(), source };
        let (hash, size) = hash_file(&table.path).map_err(failed)?;
        let stat = FileStat { size, ..FileStat::from_path(&table.path).map_err(failed)? };
        let (kind, name) = (table.kind, table.file.clone());
        let (hash, import_fingerprint) = (Some(hash), Some(import_fingerprint));
        Ok(Self { kind, name, hash, import_fingerprint, stat: Some(stat), now, began })
    }

    /// As receipts have it: 0 of several photos.
    fn file_size(&self) -> u64 {
        self.stat.map_or(0, |stat| stat.size)
    }

    /// As the store has it, whose column takes no NULL: 0 of several photos.
    pub(super) fn modified(&self) -> i64 {
        self.stat.map_or(0, |stat| stat.modified)
    }

    pub(super) fn milliseconds(&self) -> u64 {
        self.began.elapsed().as_millis() as u64
    }
}

impl ImportOutcome {
    /// Holds the drop for columns that decide about a sale and are not understood. A file that was
    /// imported before is not asked about again: what it lacks was never in the catalogue.
    fn ask_about_columns(&mut self, reason: ImportReason, identity: &DropIdentity) {
        let columns = std::mem::take(&mut self.column_questions);
        if columns.is_empty() {
            return;
        }
        let is_taken = matches!(reason, ImportReason::Reimport { .. })
            || reason.is_approved(ApprovalScope::Columns, identity.hash);
        for question in &columns {
            self.messages.push_diagnostic(match is_taken {
                true => question.to_left_out_warning(),
                false => question.to_diagnostic(&identity.name),
            });
        }
        if !is_taken {
            self.question = Some(ApprovalQuestion::Columns { columns });
        }
    }

    pub(super) fn take_receipt(
        &mut self,
        identity: &DropIdentity,
        id: DropId,
        outcome: DropOutcome,
        release: Option<ReleaseNumber>,
        products: ProductCounts,
    ) -> Receipt {
        let (cells_left_out, warnings) = (self.messages.left_out(), self.messages.warning_count());
        let (messages, message_counts) = std::mem::take(&mut self.messages).into_diagnostics();
        let rejects = self.rejects_file.as_ref();
        Receipt {
            drop: id,
            kind: identity.kind,
            file: identity.name.clone(),
            hash: identity.hash,
            size: identity.file_size(),
            at: identity.now,
            milliseconds: identity.milliseconds(),
            outcome,
            release,
            undone: None,
            read_as: std::mem::take(&mut self.read_as),
            columns: std::mem::take(&mut self.columns),
            rows: self.rows,
            cells_left_out,
            warnings,
            rejects: rejects.map(|made| RejectedRows { hash: made.hash, rows: made.rows }),
            too_many: self.too_many,
            question: self.question.take(),
            products,
            messages,
            message_counts,
        }
    }
}
