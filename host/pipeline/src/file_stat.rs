//! A file as it is when it is taken in.

use std::path::Path;
use std::time::Instant;

use rikaste_model::moment::Moment;
use rikaste_model::product::{ContentHash, DropId};
use rikaste_model::receipt::{DropOutcome, ProductCounts, Receipt, RejectedRows};
use rikaste_model::release::Release;

use super::table_import::ImportOutcome;
use super::{InboxDrop, PipelineError};
use rikaste_store::asset_folder::hash_file;

/// A file as it is when it is taken in.
pub(super) struct FileStat {
    pub(super) hash: ContentHash,
    pub(super) size: u64,
    pub(super) modified: i64,
}

impl FileStat {
    pub(super) fn read_from_drop(drop: &InboxDrop) -> Result<Self, PipelineError> {
        let [path] = drop.paths.as_slice() else {
            return Ok(Self { hash: ContentHash([0; 32]), size: 0, modified: 0 });
        };
        let failed = |source| PipelineError::File { path: path.clone(), source };
        let (hash, size) = hash_file(path).map_err(failed)?;
        Ok(Self { hash, size, modified: read_modified_time(path).map_err(failed)? })
    }

    #[expect(clippy::too_many_arguments, reason = "a receipt is what all stages have to say")]
    pub(super) fn build_receipt(
        &self,
        drop: &InboxDrop,
        id: DropId,
        now: Moment,
        began: Instant,
        taken: &mut ImportOutcome,
        outcome: DropOutcome,
        release: Option<&Release>,
        products: ProductCounts,
    ) -> Receipt {
        let (cells_left_out, warnings) =
            (taken.messages.left_out(), taken.messages.warning_count());
        let (messages, message_counts) = std::mem::take(&mut taken.messages).into_diagnostics();
        Receipt {
            drop: id,
            kind: drop.kind,
            file: drop.file.clone(),
            hash: self.hash,
            size: self.size,
            at: now,
            milliseconds: began.elapsed().as_millis() as u64,
            outcome,
            release: release.map(|release| release.number),
            read_as: std::mem::take(&mut taken.read_as),
            columns: std::mem::take(&mut taken.columns),
            rows: taken.rows,
            cells_left_out,
            warnings,
            rejects: taken
                .rejects_file
                .as_ref()
                .map(|made| RejectedRows { hash: made.hash, rows: made.rows }),
            too_many: taken.too_many,
            question: taken.question,
            products,
            messages,
            message_counts,
        }
    }
}

/// When a file was modified last, in nanoseconds since 1970.
///
/// # Errors
/// When the file cannot be looked at.
pub fn read_modified_time(path: &Path) -> std::io::Result<i64> {
    let modified = std::fs::metadata(path)?.modified()?;
    let since = modified.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Ok(i64::try_from(since.as_nanos()).unwrap_or(i64::MAX))
}
