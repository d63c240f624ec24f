//! Which of the files in the inbox are to be imported, and why.
//!
//! A file that lies in the inbox as it did at its last import is skipped. It is imported again if it
//! is read differently now (a merchant added an attribute, corrected a mapping), or if products
//! exist now that it named in vain. Of the files of one range the newest counts: an older one is
//! never imported again. A file that was only written again is read, but makes no release. One that somebody
//! refused or took back is read when it is written again, and not before.

use std::path::Path;

use rikaste_import::FileImporter;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::{ContentHash, DropId, ProductId};
use rikaste_model::receipt::{ApprovalQuestion, DropOutcome, ProductCounts, Receipt, RowCounts};
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_model::words;
use rikaste_store::{DropMetadata, PreviousDrop};

use super::drop_import::DropIdentity;
use super::{FileStat, InboxDrop, PhotoFile, Pipeline, PipelineError, TableFile};

/// Why a drop is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportReason {
    /// The file came.
    #[default]
    Arrived,
    /// It was imported before and would come to something else now. It keeps the age it had: what
    /// later files state stays.
    Reimport {
        /// The drop whose age it has.
        original_drop: DropId,
        /// What is another than before.
        cause: ReimportCause,
    },
    /// Somebody answered what the file with this hash was held for.
    Approved {
        /// The hash of the file.
        hash: ContentHash,
        /// What was answered.
        scope: ApprovalScope,
    },
}

/// What somebody approved of. Columns are asked about first and products that would go last, so whoever
/// approves of a later question saw the earlier ones, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApprovalScope {
    /// That columns are left out.
    Columns,
    /// That values are withdrawn, and that columns are left out.
    Withdrawal,
    /// That products go out of the range, and that columns are left out.
    Removal,
}

/// Why a file would come to something else than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReimportCause {
    /// It is read by something else: attributes, lists of the shop, its mapping, the importer.
    ReaderChanged,
    /// There are products now that it named in vain.
    ProductsAppeared,
}

/// What is to be done about a table of the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileCheck {
    /// It is to be imported.
    Import(ImportReason),
    /// It was imported before, in this drop, and nothing is new.
    Unchanged(DropId),
}

impl ImportReason {
    /// Of a file that was imported before. A drop that was held, or that nothing was imported from,
    /// has no age: it counts as new.
    fn from_previous(previous: &PreviousDrop, cause: ReimportCause) -> Self {
        match previous.awaits_approval {
            true => Self::Arrived,
            false => Self::Reimport { original_drop: previous.effective_age, cause },
        }
    }

    /// What the receipt says about it.
    pub(super) fn to_diagnostic(self) -> Option<Diagnostic> {
        let message = match self {
            Self::Arrived => return None,
            Self::Reimport { cause: ReimportCause::ReaderChanged, .. } => words!("taken-read-anew"),
            Self::Reimport { cause: ReimportCause::ProductsAppeared, .. } => {
                words!("taken-products-came")
            }
            Self::Approved { scope: ApprovalScope::Columns, .. } => words!("taken-without-columns"),
            Self::Approved { scope: ApprovalScope::Withdrawal, .. } => {
                words!("taken-with-withdrawal")
            }
            Self::Approved { scope: ApprovalScope::Removal, .. } => words!("taken-approved"),
        };
        Some(Diagnostic::new_info("taken-again", message))
    }

    /// Whether somebody approved of so much of the file with this hash.
    pub(super) fn is_approved(self, needed: ApprovalScope, file: Option<ContentHash>) -> bool {
        matches!(self, Self::Approved { hash, scope } if Some(hash) == file && scope >= needed)
    }
}

impl ApprovalScope {
    /// What somebody who answers a question approves of.
    #[must_use]
    pub fn of_question(question: &ApprovalQuestion) -> Self {
        match question {
            ApprovalQuestion::Removal { .. } => Self::Removal,
            ApprovalQuestion::Withdrawal { .. } => Self::Withdrawal,
            ApprovalQuestion::Columns { .. } => Self::Columns,
        }
    }
}

impl Pipeline {
    /// Whether a table of the inbox is to be imported, and why.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn check_table(&self, table: &TableFile) -> Result<FileCheck, PipelineError> {
        let Some(previous) = self.writer.find_last_drop(table.kind, &table.file)? else {
            return Ok(FileCheck::Import(ImportReason::Arrived));
        };
        if previous.rejected || !has_stat(&table.path, previous.size, previous.modified) {
            return Ok(FileCheck::Import(ImportReason::Arrived));
        }
        // Somebody said that it is not to be taken: it is, when it is another file.
        if previous.is_set_aside {
            return Ok(FileCheck::Unchanged(previous.id));
        }
        let reimport = |cause| Ok(FileCheck::Import(ImportReason::from_previous(&previous, cause)));
        if let Some(range) = &previous.range
            && self.writer.is_superseded(range, previous.id)?
        {
            return Ok(FileCheck::Unchanged(previous.id));
        }
        // What was imported stands; it would be refused now only because its mapping is broken.
        if self.has_broken_mapping(table) {
            return Ok(FileCheck::Unchanged(previous.id));
        }
        if previous.import_fingerprint != Some(self.import_fingerprint(table)) {
            return reimport(ReimportCause::ReaderChanged);
        }
        for sku in self.writer.list_missing_skus(previous.id)? {
            if let Some(id) = self.writer.find_product_id(&sku)?
                && self.has_product(id)?
            {
                return reimport(ReimportCause::ProductsAppeared);
            }
        }
        Ok(FileCheck::Unchanged(previous.id))
    }

    /// Those of the inbox's tables that lie there as they did when they were imported last, and are
    /// read by something else now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_files_to_reread(
        &self,
        inbox: Vec<TableFile>,
    ) -> Result<Vec<InboxDrop>, PipelineError> {
        let mut files = Vec::new();
        for table in inbox {
            if let Some(previous) = self.writer.find_last_drop(table.kind, &table.file)?
                && !previous.is_set_aside
                && has_stat(&table.path, previous.size, previous.modified)
                && previous.import_fingerprint != Some(self.import_fingerprint(&table))
            {
                files.push(InboxDrop::Table(table));
            }
        }
        Ok(files)
    }

    /// The files in the inbox that named products in vain which are there now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_unblocked_files(
        &self,
        folder: &ShopFolder,
    ) -> Result<Vec<(InboxDrop, ImportReason)>, PipelineError> {
        let mut drops = Vec::new();
        for (kind, file, products) in self.writer.list_unblocked_files()? {
            let came = products.into_iter().map(|id| self.has_product(id));
            if !came.collect::<Result<Vec<_>, _>>()?.contains(&true) {
                continue;
            }
            if let Some(previous) = self.writer.find_last_drop(kind, &file)?
                && !previous.is_set_aside
                && let Some(InboxDrop::Table(table)) =
                    InboxDrop::from_inbox(&folder.inbox_folder(), &file)
                && has_stat(&table.path, previous.size, previous.modified)
                && !self.has_broken_mapping(&table)
            {
                let cause = ReimportCause::ProductsAppeared;
                let reason = ImportReason::from_previous(&previous, cause);
                drops.push((InboxDrop::Table(table), reason));
            }
        }
        Ok(drops)
    }

    /// Those of the photos that were not imported before, or have changed since.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_new_photos(&self, photos: &[PhotoFile]) -> Result<Vec<PhotoFile>, PipelineError> {
        let mut new = Vec::with_capacity(photos.len());
        for photo in photos {
            let known = self.writer.load_asset(photo.name())?;
            if !known.is_some_and(|asset| has_stat(&photo.path, asset.size, asset.modified)) {
                new.push(photo.clone());
            }
        }
        Ok(new)
    }

    /// The receipt of a file that was taken before: it says, byte for byte, what the catalogue stands on
    /// already, or was moved into another folder.
    pub(super) fn find_known_receipt(
        &self,
        table: &TableFile,
        identity: &DropIdentity,
    ) -> Result<Option<(Receipt, DropMetadata)>, PipelineError> {
        match self.find_moved_receipt(table, identity)? {
            Some(moved) => Ok(Some(moved)),
            None => self.find_unchanged_receipt(table, identity),
        }
    }

    /// The receipt of a file that was moved or copied into a subfolder, with its time. Whoever puts old
    /// files away there does not want what they said to count again.
    fn find_moved_receipt(
        &self,
        table: &TableFile,
        identity: &DropIdentity,
    ) -> Result<Option<(Receipt, DropMetadata)>, PipelineError> {
        let (Some(stat), Some(hash)) = (identity.stat, identity.hash) else { return Ok(None) };
        if table.file.matches('/').count() < 2
            || self.writer.find_last_drop(table.kind, &table.file)?.is_some()
        {
            return Ok(None);
        }
        let (size, modified) = (stat.size, stat.modified);
        let Some(previous) = self.writer.find_same_drop(table.kind, hash, size, modified)? else {
            return Ok(None);
        };
        let Some(known) = self.build_known_receipt(&previous, identity)? else { return Ok(None) };
        let (mut receipt, mut metadata) = known;
        let message = words!("taken-before", file = receipt.file.as_str());
        receipt.messages = vec![Diagnostic::new_info("taken-before", message)];
        receipt.message_counts = [("taken-before".into(), 1)].into();
        (receipt.warnings, receipt.cells_left_out, receipt.rejects) = (0, 0, None);
        receipt.file = table.file.clone();
        metadata.effective_age = Some(previous.effective_age);
        Ok(Some((receipt, metadata)))
    }

    /// The receipt of a file that says, byte for byte, what the catalogue stands on already.
    fn find_unchanged_receipt(
        &self,
        table: &TableFile,
        identity: &DropIdentity,
    ) -> Result<Option<(Receipt, DropMetadata)>, PipelineError> {
        let Some(previous) = self.writer.find_last_drop(table.kind, &table.file)? else {
            return Ok(None);
        };
        let current = self
            .writer
            .load_current_release()?
            .map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number);
        // One that has the age of another drop may say what later files have overruled.
        let stands = !previous.rejected
            && !previous.awaits_approval
            && !previous.is_set_aside
            && previous.effective_age == previous.id
            && previous.base_release == current;
        if !stands
            || previous.hash != identity.hash
            || previous.import_fingerprint != identity.import_fingerprint
        {
            return Ok(None);
        }
        self.build_known_receipt(&previous, identity)
    }

    /// A receipt that says that nothing changed since a drop.
    fn build_known_receipt(
        &self,
        previous: &PreviousDrop,
        identity: &DropIdentity,
    ) -> Result<Option<(Receipt, DropMetadata)>, PipelineError> {
        let Some(last) = self.writer.load_receipt(previous.id)? else { return Ok(None) };
        let rows = RowCounts {
            unchanged: last.rows.accepted(),
            rejected: last.rows.rejected,
            ..RowCounts::default()
        };
        let metadata = DropMetadata {
            import_fingerprint: previous.import_fingerprint,
            effective_age: None,
            range: previous.range.clone(),
            missing_skus: self.writer.list_missing_skus(previous.id)?,
        };
        let receipt = Receipt {
            drop: self.writer.next_drop_id()?,
            at: identity.now,
            milliseconds: identity.milliseconds(),
            outcome: DropOutcome::Unchanged,
            release: None,
            rows,
            products: ProductCounts::default(),
            ..last
        };
        Ok(Some((receipt, metadata)))
    }

    /// The hash of all that decides what a file says, beside what stands in it.
    pub(super) fn import_fingerprint(&self, table: &TableFile) -> ContentHash {
        self.file_importer().compute_fingerprint(table.kind, table.name())
    }

    /// Reads files as they are read now.
    pub(super) fn file_importer(&self) -> FileImporter<'_> {
        let importer = FileImporter::new(&self.stages.context.shop, &self.mappings);
        importer.with_plugins(self.stages.importers.clone())
    }

    fn has_broken_mapping(&self, table: &TableFile) -> bool {
        self.mappings.is_broken_for(table.kind, table.name())
    }

    fn has_product(&self, id: ProductId) -> Result<bool, PipelineError> {
        let current = self.writer.load_current_release()?;
        let current = current.map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number);
        let product = self.writer.load_product_without_reviews(id, current)?;
        Ok(product.is_some_and(|product| product.content.is_in_catalogue()))
    }
}

/// Whether a file has this size and modification time.
fn has_stat(path: &Path, size: u64, modified: i64) -> bool {
    FileStat::from_path(path).is_ok_and(|now| now == FileStat { size, modified })
}
