//! What later files state, too. They are read as they are read now.

use rikaste_model::product::DropId;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::DropKind;
use rikaste_model::undo::StatementKey;
use rikaste_model::words;
use rikaste_model::words::LocalizedText;
use rikaste_store::asset_folder::hash_file;

use super::drop_undo::{DropUndo, RevertedStatements, UndoPlanner};
use crate::{PipelineError, is_archive};

/// Rows that are read at once.
const ROWS_PER_READ: usize = 256;

impl UndoPlanner<'_> {
    /// Notes what files after the drop state, too. A reason instead, when that cannot be told of one.
    pub(super) fn read_later_files(
        &self,
        undo: &mut DropUndo,
        reverted: &RevertedStatements,
    ) -> Result<Option<LocalizedText>, PipelineError> {
        let Some(first) = undo.receipts().map(|receipt| receipt.drop).min() else {
            return Ok(None);
        };
        let later = self.reader.list_later_files(first)?.into_iter();
        let later: Vec<_> = later
            .filter(|(kind, _, id)| reverted.may_be_stated_by(*kind) && !undo.is_same_drop(*id))
            .collect();
        for (kind, file, id) in later {
            if let Some(reason) = self.read_later_file(undo, reverted, (kind, &file, id))? {
                return Ok(Some(reason));
            }
        }
        Ok(None)
    }

    fn read_later_file(
        &self,
        undo: &mut DropUndo,
        reverted: &RevertedStatements,
        (kind, file, id): (DropKind, &str, DropId),
    ) -> Result<Option<LocalizedText>, PipelineError> {
        let path = self.inbox.join(file);
        let imported = self.reader.load_receipt(id)?.and_then(|receipt| receipt.hash);
        let found = hash_file(&path).ok().map(|(hash, _)| hash);
        if imported.is_none() || found != imported {
            return Ok(Some(words!("undo-file-changed", file = file)));
        }
        if is_archive(&path) {
            return Ok(Some(words!("undo-file-archive", file = file)));
        }
        let name = file.rsplit('/').next().unwrap_or(file);
        let unreadable = Ok(Some(words!("undo-file-unreadable", file = file)));
        let Ok(mut reading) = self.importer.open_file(kind, name, &path) else { return unreadable };
        let mut records = Vec::with_capacity(ROWS_PER_READ);
        loop {
            let mut messages = DiagnosticCollector::default();
            let Ok(progress) = reading.next_batch(ROWS_PER_READ, &mut records, &mut messages)
            else {
                return unreadable;
            };
            for record in records.drain(..) {
                let Some(id) = self.reader.find_product_id(&record.sku)? else { continue };
                if !undo.has_product(id) {
                    continue;
                }
                StatementKey::visit_record(&record, |key| {
                    let hash = undo.hash_statement(id, &key);
                    if reverted.hashes.contains(&hash) {
                        undo.restated.insert(hash);
                    }
                });
            }
            if progress.finished {
                return Ok(None);
            }
        }
    }
}
