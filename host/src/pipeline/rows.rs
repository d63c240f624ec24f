//! Import and merge: the rows of a file on their way into a draft.

use std::time::Instant;

use rikaste_catalog::code::Gtin;
use rikaste_catalog::diagnostic::Diagnostic;
use rikaste_catalog::merge::merge;
use rikaste_catalog::product::{DropId, Product};
use rikaste_catalog::projection::Subject;
use rikaste_catalog::receipt::{Messages, RowCounts};
use rikaste_catalog::record::{Record, RecordBody};
use rikaste_catalog::words;
use smol_str::SmolStr;

use super::draft::Draft;
use super::landed::Landed;
use super::{Drop, LineError, Progress};
use crate::import::{Importer, Unreadable};

/// Rows that are taken from the importer at a time.
const ROWS: usize = 256;

/// What came of a file's rows.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) rows: RowCounts,
    /// The row that was counted last, and how.
    last: Option<(u32, Fate)>,
    /// Rows about products that there are not; they count among the rejected.
    unknown: u64,
    pub(super) messages: Messages,
    pub(super) read_as: String,
    pub(super) columns: Vec<SmolStr>,
    /// Why nothing of it can be used.
    pub(super) unreadable: bool,
}

/// Rows of one file on their way into a draft.
pub(super) struct Intake<'a> {
    pub(super) importer: &'a Importer<'a>,
    pub(super) drop: &'a Drop,
    pub(super) file: &'a Landed,
    pub(super) id: DropId,
}

impl Intake<'_> {
    pub(super) fn take_rows(
        &self,
        draft: &mut Draft<'_>,
        taken: &mut Taken,
        tell: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<(), LineError> {
        let path = &self.drop.paths[0];
        let name = self.drop.file.rsplit('/').next().unwrap_or(&self.drop.file);
        let mut reading = match self.importer.open_file(self.drop.kind, name, path) {
            Ok(reading) => reading,
            Err(unreadable) => {
                taken.unreadable(&unreadable);
                return Ok(());
            }
        };
        taken.read_as = reading.read_as().to_owned();
        taken.columns = reading.columns().to_vec();
        let mut records = Vec::with_capacity(ROWS);
        loop {
            let reading_began = Instant::now();
            let progress = match reading.next(ROWS, &mut records, &mut taken.messages) {
                Ok(progress) => progress,
                Err(unreadable) => {
                    taken.unreadable(&unreadable);
                    return Ok(());
                }
            };
            let merging = Instant::now();
            draft.stages.import += merging.duration_since(reading_began);
            taken.rows.rejected = progress.rejected + taken.unknown;
            for record in records.drain(..) {
                self.take_row(draft, record, taken)?;
            }
            draft.stages.merge += merging.elapsed();
            tell(Progress { bytes: progress.bytes, size: self.file.size, rows: progress.rows });
            if progress.finished {
                // JSON learns its columns as it goes.
                taken.columns = reading.columns().to_vec();
                return Ok(());
            }
        }
    }

    fn take_row(
        &self,
        draft: &mut Draft<'_>,
        record: Record,
        taken: &mut Taken,
    ) -> Result<(), LineError> {
        let is_product = matches!(record.body, RecordBody::Product(_));
        let (row, more) = (record.row, record.more);
        if !is_product && draft.writer.product_id(&record.sku)?.is_none() {
            taken.unknown += 1;
            taken.rows.rejected += 1;
            let message = words!("product-unknown", sku = record.sku.as_str());
            taken
                .messages
                .push(Diagnostic::error("product-unknown", message).at_row(row).at_sku(record.sku));
            return Ok(());
        }
        let (id, mut product, is_new) = draft.product(&record.sku)?;
        let gtin_before = gtin(draft, &product);
        let changed = merge(&mut product, record, self.id, draft.at());
        taken.count(
            row,
            more,
            if !changed.any() {
                Fate::Unchanged
            } else if is_new {
                Fate::New
            } else {
                Fate::Changed
            },
        );
        if !changed.any() {
            return Ok(());
        }
        if is_product {
            draft.changed_content(id, product, changed, is_new, gtin_before)
        } else {
            draft.changed_facts(id, &product, changed)
        }
    }
}

/// What a row came to, the least telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Unchanged,
    Changed,
    New,
}

impl Taken {
    /// Counts a row. One that made several records (variants, reviews in it) is counted once, by
    /// what says most about it.
    fn count(&mut self, row: u32, more: u32, fate: Fate) {
        *self.counter(fate) += u64::from(more);
        match self.last {
            Some((last, before)) if last == row => {
                if fate <= before {
                    return;
                }
                *self.counter(before) -= 1;
            }
            _ => {}
        }
        *self.counter(fate) += 1;
        self.last = Some((row, fate));
    }

    fn counter(&mut self, fate: Fate) -> &mut u64 {
        match fate {
            Fate::Unchanged => &mut self.rows.unchanged,
            Fate::Changed => &mut self.rows.changed,
            Fate::New => &mut self.rows.new,
        }
    }

    fn unreadable(&mut self, why: &Unreadable) {
        self.unreadable = true;
        self.messages.push(why.diagnostic());
    }
}

fn gtin(draft: &Draft<'_>, product: &Product) -> Option<Gtin> {
    if product.content.sources.is_empty() {
        return None;
    }
    Subject::new(draft.shop(), product, None, draft.at()).gtin()
}
