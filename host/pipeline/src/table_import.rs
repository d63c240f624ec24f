//! Import and merge: the rows of a file on their way into a release.

use std::time::Instant;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::merge::{ChangedParts, ImportAge, merge_record};
use rikaste_model::moment::Moment;
use rikaste_model::product::{Price, Product, ProductId};
use rikaste_model::receipt::{
    ApprovalQuestion, ColumnQuestion, DiagnosticCollector, RowCounts, TooManyBadRows,
};
use rikaste_model::record::{DropKind, ImportRecord, JoinConflict, RecordBody, RecordJoin};
use rikaste_model::words;
use rikaste_model::words::LocalizedText;
use smol_str::SmolStr;

use super::content_withdrawal::ContentWithdrawal;
use super::edit_tally::EditTally;
use super::emptied_values::EmptiedValues;
use super::full_range::FullRangeTracker;
use super::model_prices::has_stated_price;
use super::price_checks::PriceChecks;
use super::price_withdrawal::PriceWithdrawal;
use super::release_builder::ReleaseBuilder;
use super::shadowed_values::ShadowedValues;
use super::{ImportProgress, PipelineError, TableFile};
use rikaste_import::{FileError, FileImporter, ImportStream, RejectsFile};

/// Rows that are read from the importer at a time: their records are merged while they are in the cache.
const ROWS_PER_READ: usize = 64;

/// Of so many rows it is worth asking whether the others can still make up for the bad ones.
const MIN_ROWS_TO_JUDGE: u64 = 1_000;

/// What came of a file's rows.
#[derive(Default)]
pub(super) struct ImportOutcome {
    pub(super) rows: RowCounts,
    /// The row that was counted last, and how.
    last_row: Option<(u32, RowOutcome)>,
    /// The row that was refused last because there is no such product.
    last_unknown_row: Option<u32>,
    /// Rows that were read and refused when they came to their products; they count among the rejected.
    refused_later: u64,
    /// The SKUs of these.
    pub(super) missing_skus: Vec<Sku>,
    /// Whom it names, if it is the whole range of its source.
    pub(super) range_tracker: Option<FullRangeTracker>,
    /// What its prices are beside those that were there; nothing for a drop without prices.
    pub(super) price_checks: Option<PriceChecks>,
    /// What its earlier versions said of prices, if it came before.
    pub(super) price_withdrawal: Option<PriceWithdrawal>,
    /// What its earlier versions said of products, if it came before.
    pub(super) content_withdrawal: Option<ContentWithdrawal>,
    shadowed_values: ShadowedValues,
    /// Columns that decide about a sale and are not understood.
    pub(super) column_questions: Vec<ColumnQuestion>,
    emptied_values: EmptiedValues,
    edit_tally: EditTally,
    /// What somebody has to approve before anything of it is imported.
    pub(super) question: Option<ApprovalQuestion>,
    pub(super) messages: DiagnosticCollector,
    pub(super) read_as: String,
    pub(super) columns: Vec<SmolStr>,
    /// The rows that were refused.
    pub(super) rejects_file: Option<RejectsFile>,
    /// Why all of it is refused although rows of it could be used.
    pub(super) too_many: Option<TooManyBadRows>,
    /// Why nothing of it can be used.
    pub(super) unreadable: bool,
}

/// Rows of one file on their way into a release.
pub(super) struct TableImport<'a> {
    pub(super) importer: &'a FileImporter<'a>,
    pub(super) table: &'a TableFile,
    /// The size of the file in bytes.
    pub(super) file_size: u64,
    pub(super) import_age: ImportAge,
    /// How many columns other files of the drop have before this one's.
    pub(super) first_column: u16,
}

impl TableImport<'_> {
    pub(super) fn import_rows(
        &self,
        builder: &mut ReleaseBuilder<'_>,
        outcome: &mut ImportOutcome,
        on_progress: &mut (dyn FnMut(ImportProgress) + Send),
    ) -> Result<(), PipelineError> {
        let TableFile { kind, path, .. } = self.table;
        let mut reading = match self.importer.open_file(*kind, self.table.name(), path) {
            Ok(reading) => reading,
            Err(unreadable) => {
                outcome.record_unreadable(&unreadable);
                return Ok(());
            }
        };
        if *kind != DropKind::Products {
            // Whether there is the product, only the store knows.
            reading.keep_rows_for_refusal();
        }
        outcome.read_as = reading.read_as().to_owned();
        outcome.columns = reading.columns().to_vec();
        let mut records = Vec::with_capacity(ROWS_PER_READ);
        loop {
            let reading_began = Instant::now();
            let progress =
                match reading.next_batch(ROWS_PER_READ, &mut records, &mut outcome.messages) {
                    Ok(progress) => progress,
                    Err(unreadable) => {
                        outcome.record_unreadable(&unreadable);
                        return Ok(());
                    }
                };
            let merging = Instant::now();
            builder.stage_timings.import += merging.duration_since(reading_began);
            outcome.rows.rejected = progress.rejected + outcome.refused_later;
            for record in records.drain(..) {
                self.import_row(builder, record, outcome, &mut reading)?;
            }
            builder.stage_timings.merge += merging.elapsed();
            on_progress(ImportProgress {
                bytes: progress.bytes,
                size: self.file_size,
                rows: progress.rows,
            });
            let left = match progress.finished {
                true => Some(0),
                false if progress.rows < MIN_ROWS_TO_JUDGE => None,
                false => Some(reading.max_rows_left(self.file_size)),
            };
            let rows = progress.rows - progress.skipped;
            if let (Some(limit), Some(left)) = (reading.reject_above(), left)
                && limit.is_exceeded(outcome.rows.rejected, rows + left)
            {
                outcome.reject_all_rows(TooManyBadRows { bad: outcome.rows.rejected, rows, limit });
                return Ok(());
            }
            if progress.finished {
                if rows == 0 {
                    outcome.push_diagnostic(Diagnostic::new_error(
                        "file-skipped",
                        words!("file-skipped"),
                    ));
                }
                outcome.rejects_file = reading.write_rejects().map_err(PipelineError::Rejects)?;
                if let Some(rejects) =
                    outcome.rejects_file.as_ref().filter(|rejects| rejects.omitted_rows > 0)
                {
                    let message =
                        words!("rejects-cut", rows = rejects.rows, left = rejects.omitted_rows);
                    outcome.push_diagnostic(Diagnostic::new_info("rejects-cut", message));
                }
                // JSON learns its columns as it goes, and CSV its encoding.
                outcome.read_as = reading.read_as().to_owned();
                outcome.columns = reading.columns().to_vec();
                outcome.column_questions = reading.list_questions();
                if let Some(tracker) = &mut outcome.range_tracker {
                    tracker.record_end(&reading, progress.rejected, path);
                }
                if let Some(tracker) = &mut outcome.price_withdrawal {
                    tracker.record_end(&reading, progress.rejected);
                }
                std::mem::take(&mut outcome.edit_tally).push_diagnostics(&mut outcome.messages);
                std::mem::take(&mut outcome.shadowed_values)
                    .push_diagnostics(&mut outcome.messages);
                std::mem::take(&mut outcome.emptied_values).push_diagnostics(
                    &outcome.columns,
                    self.first_column,
                    &mut outcome.messages,
                );
                return Ok(());
            }
        }
    }

    fn import_row(
        &self,
        builder: &mut ReleaseBuilder<'_>,
        mut record: ImportRecord,
        outcome: &mut ImportOutcome,
        reading: &mut ImportStream<'_>,
    ) -> Result<(), PipelineError> {
        if self.first_column > 0 {
            record
                .body
                .for_each_column(|column| *column = column.saturating_add(self.first_column));
        }
        let is_product = matches!(record.body, RecordBody::Product(_));
        let (row, more) = (record.row, record.extra_rows);
        let known_id = builder.writer.find_product_id(&record.sku)?;
        if !is_product && known_id.is_none() {
            outcome.reject_unknown_product(reading, row, record.sku);
            return Ok(());
        }
        let (id, mut product) = builder.load_or_insert_product(&record.sku, known_id)?;
        // One that is known may be only the model that a variant names, or be out of the range.
        let is_new = product.content.has_no_source();
        if !is_product && !product.content.is_in_catalogue() {
            outcome.reject_unknown_product(reading, row, record.sku);
            return Ok(());
        }
        let is_empty = matches!(&record.body, RecordBody::Product(row) if row.says_nothing());
        if is_new && !product.content.is_model && is_empty {
            outcome.reject_empty_row(reading, row, more, record.sku);
            return Ok(());
        }
        if let Some(tracker) = &mut outcome.range_tracker {
            tracker.record_row(id, &product, &record);
        }
        if let Err(conflict) = join_earlier_rows(&mut record, &product) {
            let column = conflict.column.and_then(|column| column.checked_sub(self.first_column));
            let conflict = JoinConflict { column, ..conflict };
            outcome.reject_conflict(reading, row, more, record.sku, &conflict);
            return Ok(());
        }
        builder.references.record_row(&record);
        if reading.is_wide_edits() {
            outcome.edit_tally.record_row(&record);
        }
        if known_id.is_some() && is_new && self.is_reimport() && !product.content.is_model {
            // It was taken out of the range after this file came.
            outcome.count_row(row, more, RowOutcome::Unchanged);
            return Ok(());
        }
        let gtin_before = if is_product { builder.find_own_gtin(&product) } else { None };
        outcome.emptied_values.record_row(&product, &record);
        outcome.shadowed_values.record_row(&product, &record, &builder.shop().source_priorities);
        let has_prices = match &record.body {
            RecordBody::Prices(_) => true,
            RecordBody::Product(row) => !row.prices.is_empty(),
            _ => false,
        };
        let prices_before = match has_prices {
            true => product.commerce.prices.clone(),
            false => Vec::new(),
        };
        if let Some(tracker) = &mut outcome.price_withdrawal {
            tracker.record_row(id, &product, &record);
        }
        if let Some(tracker) = &mut outcome.content_withdrawal {
            tracker.record_row(id, &product, &record);
        }
        let states_price = has_stated_price(&record);
        let changed = merge_record(&mut product, record, &self.import_age, builder.at());
        if states_price {
            builder.model_prices.record_row(id, &product, row);
        }
        if has_prices {
            outcome.compare_prices(id, &product, &prices_before, changed, builder.at());
        }
        outcome.count_row(
            row,
            more,
            if !changed.has_changes() {
                RowOutcome::Unchanged
            } else if is_new {
                RowOutcome::New
            } else {
                RowOutcome::Changed
            },
        );
        if !changed.has_changes() {
            return Ok(());
        }
        if is_product {
            builder.apply_content_change(id, product, changed, is_new, gtin_before)
        } else {
            builder.store_changed_parts(id, &product, changed)
        }
    }
}

impl TableImport<'_> {
    fn is_reimport(&self) -> bool {
        self.import_age.effective_age != self.import_age.drop
    }
}

/// What a row came to, the least telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RowOutcome {
    Unchanged,
    Changed,
    New,
}

impl ImportOutcome {
    /// Counts a row. One that made several records (variants, reviews in it) is counted once, by
    /// what says most about it.
    fn count_row(&mut self, row: u32, more: u32, outcome: RowOutcome) {
        *self.outcome_counter(outcome) += u64::from(more);
        match self.last_row {
            Some((last, before)) if last == row => {
                if outcome <= before {
                    return;
                }
                *self.outcome_counter(before) -= 1;
            }
            _ => {}
        }
        *self.outcome_counter(outcome) += 1;
        self.last_row = Some((row, outcome));
    }

    /// A row that would make a product of which nothing is known.
    fn reject_empty_row(&mut self, reading: &mut ImportStream<'_>, row: u32, more: u32, sku: Sku) {
        let rows = 1 + u64::from(more);
        self.refused_later += rows;
        self.rows.rejected += rows;
        self.missing_skus.push(sku.clone());
        let message = words!("row-says-nothing", sku = sku.as_str());
        let refusal = Diagnostic::new_error("row-says-nothing", message);
        let refusal = refusal.at_row(row).at_sku(sku);
        reading.refuse_row(&refusal);
        self.push_diagnostic(refusal);
    }

    /// A row that says otherwise what an earlier row about its product says.
    fn reject_conflict(
        &mut self,
        reading: &mut ImportStream<'_>,
        row: u32,
        more: u32,
        sku: Sku,
        conflict: &JoinConflict,
    ) {
        let rows = 1 + u64::from(more);
        self.refused_later += rows;
        self.rows.rejected += rows;
        let mut refusal = rikaste_import::describe_conflict(conflict).at_row(row).at_sku(sku);
        let columns = reading.columns();
        refusal.place.column =
            conflict.column.and_then(|column| columns.get(usize::from(column)).cloned());
        reading.refuse_row(&refusal);
        self.push_diagnostic(refusal);
    }

    /// Looks at the prices of a product after a row, beside those before it.
    fn compare_prices(
        &mut self,
        id: ProductId,
        product: &Product,
        before: &[Price],
        changed: ChangedParts,
        at: Moment,
    ) {
        if let Some(tracker) = &mut self.price_withdrawal {
            tracker.record_merged(id, product, at);
        }
        if let Some(checks) = self.price_checks.as_mut().filter(|_| changed.commerce) {
            checks.record_row(&product.sku, before, &product.commerce, at);
        }
    }

    /// A row about a product that is not there.
    fn reject_unknown_product(&mut self, reading: &mut ImportStream<'_>, row: u32, sku: Sku) {
        // A row may make several records.
        if self.last_unknown_row.replace(row) == Some(row) {
            return;
        }
        self.refused_later += 1;
        self.rows.rejected += 1;
        self.missing_skus.push(sku.clone());
        let message = words!("product-unknown", sku = sku.as_str());
        let refusal = Diagnostic::new_error("product-unknown", message).at_row(row).at_sku(sku);
        reading.refuse_row(&refusal);
        self.push_diagnostic(refusal);
    }

    fn outcome_counter(&mut self, outcome: RowOutcome) -> &mut u64 {
        match outcome {
            RowOutcome::Unchanged => &mut self.rows.unchanged,
            RowOutcome::Changed => &mut self.rows.changed,
            RowOutcome::New => &mut self.rows.new,
        }
    }

    fn push_diagnostic(&mut self, message: Diagnostic) {
        self.messages.push_diagnostic(message);
    }

    /// Lets go of all rows because too many of them are bad.
    fn reject_all_rows(&mut self, too_many: TooManyBadRows) {
        let TooManyBadRows { bad, rows, limit } = too_many;
        self.too_many = Some(too_many);
        self.rows = RowCounts { rejected: rows, ..RowCounts::default() };
        let message =
            words!("file-too-many-rejected", bad = bad, rows = rows, limit = limit.to_string());
        self.push_diagnostic(Diagnostic::new_error("file-too-many-rejected", message));
    }

    /// Refuses the whole drop.
    pub(super) fn reject_archive(&mut self, message: LocalizedText) {
        self.unreadable = true;
        self.messages.push_diagnostic(Diagnostic::new_error("file-archive", message));
    }

    /// Takes in what came of a file of the drop, which messages name.
    pub(super) fn merge_part(&mut self, mut part: Self, name: Option<&str>) {
        self.rows.new += part.rows.new;
        self.rows.changed += part.rows.changed;
        self.rows.unchanged += part.rows.unchanged;
        self.rows.rejected += part.rows.rejected;
        self.unreadable |= part.unreadable;
        self.too_many = self.too_many.take().or(part.too_many);
        // Of several tables, the rows of one: a file to be mended has one header.
        self.rejects_file = self.rejects_file.take().or(part.rejects_file);
        self.columns.append(&mut part.columns);
        self.column_questions.append(&mut part.column_questions);
        if let Some(name) = name {
            part.messages.update_each(|diagnostic| {
                let message = diagnostic.message.clone();
                diagnostic.message = words!("archive-in", name = name, message = message).into();
            });
        }
        self.messages.append_collected(part.messages);
    }

    fn record_unreadable(&mut self, why: &FileError) {
        self.unreadable = true;
        self.messages.push_diagnostic(why.to_diagnostic());
    }
}

/// Puts what the rows before have stated of the product beside what a later one adds.
fn join_earlier_rows(record: &mut ImportRecord, product: &Product) -> Result<(), JoinConflict> {
    let RecordBody::Product(row) = &mut record.body else { return Ok(()) };
    if row.join == RecordJoin::Replaces {
        return Ok(());
    }
    let mut stated = row.stated_before(product);
    stated.join_row(row.clone())?;
    *row = stated;
    Ok(())
}
