//! Files of the inbox that are not read, for where they lie or what they are called: a receipt says so.

use std::time::Instant;

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::moment::Moment;
use rikaste_model::receipt::{DropOutcome, ProductCounts, Receipt};
use rikaste_model::record::DropKind;
use rikaste_model::words;
use rikaste_model::words::{LocalizedText, TextArgument};
use rikaste_store::DropMetadata;

use super::archive::guess_drop_kind;
use super::drop_import::DropIdentity;
use super::table_import::ImportOutcome;
use super::{FileStat, InboxDrop, Pipeline, PipelineError};

/// Files that are not read for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UntakenFiles {
    /// What they are about, as far as their folders or names tell.
    pub kind: DropKind,
    /// Why they are not read.
    pub reason: UntakenReason,
    /// Their paths from the inbox on, in order.
    pub files: Vec<String>,
    /// Photos that were taken in place of them, where that is the reason.
    pub taken: Vec<String>,
    /// All of their bytes, and the time of the newest.
    pub stat: FileStat,
}

/// Why a file of the inbox is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum UntakenReason {
    /// It lies in the inbox itself.
    InboxItself,
    /// It lies in this folder of the inbox, which is of no kind.
    UnknownFolder(String),
    /// It is a symbolic link, which could lead anywhere.
    Link,
    /// Its name is not UTF-8 text.
    NameNotText,
    /// Its name leaves no room for the name of a receipt.
    NameTooLong,
    /// It is a photo, and one of the same name lies in another folder.
    PhotoName,
}

impl UntakenFiles {
    /// The code of the message that tells.
    pub const CODE: &str = "untaken";
    /// The longest name of a table in bytes: its receipts and rejects have names that begin with it, and
    /// file systems allow 255 bytes.
    pub const MAX_NAME_BYTES: usize = 255 - ".rejected.csv.html".len();

    /// Files that are not read, with the size and time of each; there is at least one.
    #[must_use]
    pub fn new(
        reason: UntakenReason,
        mut files: Vec<(String, FileStat)>,
        taken: Vec<String>,
    ) -> Self {
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let size = files.iter().map(|(_, stat)| stat.size).sum();
        let modified = files.iter().map(|(_, stat)| stat.modified).max().unwrap_or_default();
        let files: Vec<String> = files.into_iter().map(|(file, _)| file).collect();
        let kind = files.first().and_then(|file| {
            let folder = file.split_once('/').and_then(|(top, _)| DropKind::from_folder(top));
            folder.or_else(|| guess_drop_kind(file))
        });
        let kind = kind.unwrap_or(DropKind::Products);
        Self { kind, reason, files, taken, stat: FileStat { size, modified } }
    }

    fn to_message(&self) -> LocalizedText {
        let files = TextArgument::from_names(&self.files);
        match &self.reason {
            UntakenReason::InboxItself => {
                words!("untaken-root", files = files, folders = folder_names())
            }
            UntakenReason::UnknownFolder(folder) => words!(
                "untaken-folder",
                folder = folder.as_str(),
                files = files,
                folders = folder_names()
            ),
            UntakenReason::Link => words!("untaken-link", files = files),
            UntakenReason::NameNotText => words!("untaken-name-text", files = files),
            UntakenReason::NameTooLong => {
                words!("untaken-name-long", files = files, limit = Self::MAX_NAME_BYTES)
            }
            UntakenReason::PhotoName => {
                let taken = TextArgument::from_names(&self.taken);
                words!("untaken-photo-name", files = files, taken = taken)
            }
        }
    }
}

/// `inbox/products, inbox/prices, …`
fn folder_names() -> String {
    DropKind::ALL.map(|kind| format!("inbox/{}", kind.folder())).join(", ")
}

impl Pipeline {
    /// Whether a receipt tells of these files as they are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_reported(&self, files: &UntakenFiles) -> Result<bool, PipelineError> {
        let name = InboxDrop::Untaken(files.clone()).receipt_name();
        let last = self.writer.find_last_drop(files.kind, &name)?;
        Ok(last.is_some_and(|last| {
            let stat = FileStat { size: last.size, modified: last.modified };
            last.rejected && stat == files.stat
        }))
    }

    /// Tells of files that are not read.
    pub(super) fn report_untaken_files(
        &mut self,
        files: &UntakenFiles,
        now: Moment,
        dry_run: bool,
    ) -> Result<Receipt, PipelineError> {
        let identity = DropIdentity {
            kind: files.kind,
            name: InboxDrop::Untaken(files.clone()).receipt_name(),
            hash: None,
            import_fingerprint: None,
            stat: Some(files.stat),
            now,
            began: Instant::now(),
        };
        let mut import = ImportOutcome::default();
        let message = files.to_message();
        import.messages.push_diagnostic(Diagnostic::new_error(UntakenFiles::CODE, message));
        let id = self.writer.next_drop_id()?;
        let products = ProductCounts::default();
        let receipt = import.take_receipt(&identity, id, DropOutcome::Rejected, None, products);
        if !dry_run {
            self.store_receipt(&receipt, identity.modified(), DropMetadata::default())?;
        }
        Ok(receipt)
    }
}
