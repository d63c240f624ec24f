//! A file as it is when it is taken in.

use std::path::Path;
use std::time::Instant;

use rikaste_model::moment::Moment;
use rikaste_model::product::{DropId, Hash};
use rikaste_model::receipt::{DropOutcome, ProductCounts, Receipt, Rejects};
use rikaste_model::release::Release;

use super::rows::Taken;
use super::{Drop, LineError};
use rikaste_store::asset_folder::hash_file;

/// A file as it is when it is taken in.
pub(super) struct Landed {
    pub(super) hash: Hash,
    pub(super) size: u64,
    pub(super) modified: i64,
}

impl Landed {
    pub(super) fn look(drop: &Drop) -> Result<Self, LineError> {
        let [path] = drop.paths.as_slice() else {
            return Ok(Self { hash: Hash([0; 32]), size: 0, modified: 0 });
        };
        let failed = |source| LineError::File { path: path.clone(), source };
        let (hash, size) = hash_file(path).map_err(failed)?;
        Ok(Self { hash, size, modified: modified(path).map_err(failed)? })
    }

    #[expect(clippy::too_many_arguments, reason = "a receipt is what all stages have to say")]
    pub(super) fn receipt(
        &self,
        drop: &Drop,
        id: DropId,
        now: Moment,
        began: Instant,
        taken: &mut Taken,
        outcome: DropOutcome,
        release: Option<&Release>,
        products: ProductCounts,
    ) -> Receipt {
        let (cells_left_out, warnings) = (taken.messages.left_out(), taken.messages.warnings());
        let (messages, message_counts) = std::mem::take(&mut taken.messages).finish();
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
                .rejects
                .as_ref()
                .map(|made| Rejects { hash: made.hash, rows: made.rows }),
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
pub fn modified(path: &Path) -> std::io::Result<i64> {
    let modified = std::fs::metadata(path)?.modified()?;
    let since = modified.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Ok(i64::try_from(since.as_nanos()).unwrap_or(i64::MAX))
}
