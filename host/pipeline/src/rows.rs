//! Import and merge: the rows of a file on their way into a draft.

use std::path::PathBuf;
use std::time::Instant;

use rikaste_model::code::{Gtin, Sku};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::merge::{Voice, merge};
use rikaste_model::product::Product;
use rikaste_model::projection::Subject;
use rikaste_model::receipt::{Messages, Question, RowCounts, TooMany};
use rikaste_model::record::{DropKind, Record, RecordBody};
use rikaste_model::words;
use rikaste_model::words::Words;
use smol_str::SmolStr;

use super::draft::Draft;
use super::landed::Landed;
use super::overruled::Overruled;
use super::roll::Roll;
use super::{Drop, LineError, Progress};
use rikaste_import::{Importer, Reading, RejectsFile, Unreadable};

/// Rows that are taken from the importer at a time: their records are merged while they are in the cache.
const ROWS: usize = 64;

/// Of so many rows it is worth asking whether the others can still make up for the bad ones.
const EARLY: u64 = 1_000;

/// What came of a file's rows.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) rows: RowCounts,
    /// The row that was counted last, and how.
    last: Option<(u32, Fate)>,
    /// Rows about products that there are not; they count among the rejected.
    unknown: u64,
    /// The SKUs of these.
    pub(super) missing: Vec<Sku>,
    /// Whom it names, if it is the whole range of its source.
    pub(super) roll: Option<Roll>,
    overruled: Overruled,
    /// What somebody has to say before anything of it is taken.
    pub(super) question: Option<Question>,
    pub(super) messages: Messages,
    pub(super) read_as: String,
    pub(super) columns: Vec<SmolStr>,
    /// The rows that were refused.
    pub(super) rejects: Option<RejectsFile>,
    /// Why all of it is refused although rows of it could be used.
    pub(super) too_many: Option<TooMany>,
    /// Why nothing of it can be used.
    pub(super) unreadable: bool,
}

/// Rows of one file on their way into a draft.
pub(super) struct Intake<'a> {
    pub(super) importer: &'a Importer<'a>,
    pub(super) drop: &'a Drop,
    pub(super) file: &'a Landed,
    pub(super) voice: Voice,
    /// How many columns other files of the drop have before this one's.
    pub(super) first_column: u16,
}

impl Intake<'_> {
    pub(super) fn take_rows(
        &self,
        draft: &mut Draft<'_>,
        taken: &mut Taken,
        tell: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<(), LineError> {
        let path = &self.drop.paths[0];
        let name = self.drop.name();
        let mut reading = match self.importer.open_file(self.drop.kind, name, path) {
            Ok(reading) => reading,
            Err(unreadable) => {
                taken.unreadable(&unreadable);
                return Ok(());
            }
        };
        if self.drop.kind != DropKind::Products {
            // Whether there is the product, only the store knows.
            reading.may_refuse();
        }
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
                self.take_row(draft, record, taken, &mut reading)?;
            }
            draft.stages.merge += merging.elapsed();
            tell(Progress { bytes: progress.bytes, size: self.file.size, rows: progress.rows });
            let left = match progress.finished {
                true => Some(0),
                false if progress.rows < EARLY => None,
                false => Some(reading.most_rows_left(self.file.size)),
            };
            let rows = progress.rows - progress.skipped;
            if let (Some(limit), Some(left)) = (reading.reject_above(), left)
                && limit.is_exceeded(taken.rows.rejected, rows + left)
            {
                taken.refuse(TooMany { bad: taken.rows.rejected, rows, limit });
                return Ok(());
            }
            if progress.finished {
                if rows == 0 {
                    taken.say(Diagnostic::error("file-skipped", words!("file-skipped")));
                }
                let failed = |source| LineError::File { path: PathBuf::from("rejects"), source };
                taken.rejects = reading.rejects().map_err(failed)?;
                if let Some(rejects) = taken.rejects.as_ref().filter(|rejects| rejects.left > 0) {
                    let message = words!("rejects-cut", rows = rejects.rows, left = rejects.left);
                    taken.say(Diagnostic::info("rejects-cut", message));
                }
                // JSON learns its columns as it goes, and CSV its encoding.
                taken.read_as = reading.read_as().to_owned();
                taken.columns = reading.columns().to_vec();
                if let Some(roll) = &mut taken.roll {
                    roll.end(&reading, progress.rejected, path);
                }
                std::mem::take(&mut taken.overruled).tell(&mut taken.messages);
                return Ok(());
            }
        }
    }

    fn take_row(
        &self,
        draft: &mut Draft<'_>,
        mut record: Record,
        taken: &mut Taken,
        reading: &mut Reading<'_>,
    ) -> Result<(), LineError> {
        if self.first_column > 0 {
            record.body.each_column(|column| *column = column.saturating_add(self.first_column));
        }
        let is_product = matches!(record.body, RecordBody::Product(_));
        let (row, more) = (record.row, record.more);
        let is_known = draft.writer.product_id(&record.sku)?.is_some();
        if !is_product && !is_known {
            taken.unknown_product(reading, row, record.sku);
            return Ok(());
        }
        let (id, mut product, is_new) = draft.product(&record.sku)?;
        if !is_product && !product.content.is_there() {
            taken.unknown_product(reading, row, record.sku);
            return Ok(());
        }
        if let Some(roll) = &mut taken.roll {
            roll.note(id, &product, &record);
        }
        if is_known && is_new && self.is_again() && !product.content.is_model {
            // It was taken out of the range after this file came.
            taken.count(row, more, Fate::Unchanged);
            return Ok(());
        }
        let gtin_before = gtin(draft, &product);
        taken.overruled.note(&product, &record, &draft.shop().standings);
        let changed = merge(&mut product, record, &self.voice, draft.at());
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

impl Intake<'_> {
    fn is_again(&self) -> bool {
        self.voice.speaks_as != self.voice.drop
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

    /// A row about a product that is not there.
    fn unknown_product(&mut self, reading: &mut Reading<'_>, row: u32, sku: Sku) {
        self.unknown += 1;
        self.rows.rejected += 1;
        self.missing.push(sku.clone());
        let message = words!("product-unknown", sku = sku.as_str());
        let refusal = Diagnostic::error("product-unknown", message).at_row(row).at_sku(sku);
        reading.refuse(&refusal);
        self.say(refusal);
    }

    fn counter(&mut self, fate: Fate) -> &mut u64 {
        match fate {
            Fate::Unchanged => &mut self.rows.unchanged,
            Fate::Changed => &mut self.rows.changed,
            Fate::New => &mut self.rows.new,
        }
    }

    fn say(&mut self, message: Diagnostic) {
        self.messages.push(message);
    }

    /// Lets go of all rows because too many of them are bad.
    fn refuse(&mut self, too_many: TooMany) {
        let TooMany { bad, rows, limit } = too_many;
        self.too_many = Some(too_many);
        self.rows = RowCounts { rejected: rows, ..RowCounts::default() };
        let message =
            words!("file-too-many-rejected", bad = bad, rows = rows, limit = limit.to_string());
        self.say(Diagnostic::error("file-too-many-rejected", message));
    }

    /// Refuses the whole drop.
    pub(super) fn refuse_archive(&mut self, message: Words) {
        self.unreadable = true;
        self.messages.push(Diagnostic::error("file-archive", message));
    }

    /// Takes in what came of a file of the drop, which messages name.
    pub(super) fn add(&mut self, mut part: Self, name: Option<&str>) {
        self.rows.new += part.rows.new;
        self.rows.changed += part.rows.changed;
        self.rows.unchanged += part.rows.unchanged;
        self.rows.rejected += part.rows.rejected;
        self.unreadable |= part.unreadable;
        self.too_many = self.too_many.take().or(part.too_many);
        // Of several tables, the rows of one: a file to be mended has one header.
        self.rejects = self.rejects.take().or(part.rejects);
        self.columns.append(&mut part.columns);
        if let Some(name) = name {
            part.messages.each(|diagnostic| {
                let message = diagnostic.message.clone();
                diagnostic.message = words!("archive-in", name = name, message = message).into();
            });
        }
        self.messages.append(part.messages);
    }

    fn unreadable(&mut self, why: &Unreadable) {
        self.unreadable = true;
        self.messages.push(why.diagnostic());
    }
}

pub(super) fn gtin(draft: &Draft<'_>, product: &Product) -> Option<Gtin> {
    if product.content.sources.is_empty() {
        return None;
    }
    Subject::new(draft.shop(), product, None, draft.at()).gtin()
}
