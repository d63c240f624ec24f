//! The record builder: from raw rows to records, wherever the rows come from.

use std::borrow::Cow;
use std::rc::Rc;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::{ColumnQuestion, DiagnosticCollector};
use rikaste_model::record::{ImportRecord, JoinConflict, RecordBody, RecordJoin};
use rikaste_model::words;
use rikaste_model::words::TextArgument;
use rikaste_tables::{
    DocumentValue, ElementResult, LeafCell, LeafContent, PathColumns, RawRow, RowFit, TableRow,
    find_total_word,
};

use super::column_profiler::{AttributeProposal, ColumnProfiler};
use super::list_paths::{ListPaths, ObjectLists};
use super::nested_variants::NestedVariants;
use super::row::{RowCells, RowView};
use super::row_diagnostics::{RowDiagnostics, RowRefusal};
use super::row_groups::{GroupCollector, RowGrouper};
use super::row_reader::{PlanReading, RowContext, RowOutcome, RowReader};
use crate::columns::{ColumnPlan, PathUse};
use crate::file_error::FileError;
use crate::rejects::RejectsWriter;

/// Whether records are made, or the file is only looked at.
#[derive(Debug)]
pub(crate) enum ReadMode {
    /// Records are made. A missing column fails the file.
    Import,
    /// The file is looked at. Where a column is `missing` that rows cannot do without, its rows are
    /// skipped.
    Inspect {
        /// Why the file could not be imported.
        missing: Option<FileError>,
    },
}

/// What rows become.
pub(crate) struct RecordOutput<'o> {
    pub(crate) records: &'o mut Vec<ImportRecord>,
    pub(crate) messages: &'o mut DiagnosticCollector,
}

/// What became of a raw row.
pub(crate) enum RawOutcome {
    /// It is a row of the file.
    Row(RowOutcome),
    /// It is a message of a decoder. It counts in a batch: there might be no end to them.
    Message,
    /// It is blank, or a total.
    NoRow,
}

/// Records that wait for the end of the file.
#[derive(Debug, Default)]
struct HeldRecords(Vec<ImportRecord>);

/// The most records that wait. With more, those before are made up of what was seen so far.
const MAX_HELD: usize = 50_000;

/// What became of the rows of one product.
#[derive(Debug, Default)]
pub(crate) struct GroupOutcome {
    pub(crate) rows: u64,
    pub(crate) rejected: u64,
    pub(crate) skipped: u64,
}

/// Makes records of the raw rows of one file.
pub(crate) struct RecordBuilder<'a> {
    reading: PlanReading<'a>,
    row_reader: RowReader<'a>,
    list_paths: ListPaths<'a>,
    variants: Option<NestedVariants<'a>>,
    collector: GroupCollector,
    /// Records that wait for the end of the file, and to which it still adds.
    held: HeldRecords,
    rejects: RejectsWriter,
    mode: ReadMode,
    /// What every row says, by the mapping: the plan's, in a place of its own while rows borrow it.
    constants: Rc<[(u16, String)]>,
    /// Whether the last row of a table ends before the header does.
    is_last_row_short: bool,
    file_name: String,
}

impl<'a> RecordBuilder<'a> {
    pub(crate) fn new(
        plan: ColumnPlan<'a>,
        mode: ReadMode,
        rejects: RejectsWriter,
        file_name: &str,
    ) -> Self {
        let (convention, mapping) = (plan.convention(), plan.mapping());
        Self {
            row_reader: RowReader::new(convention, mapping),
            list_paths: ListPaths::from_mapping(mapping),
            variants: NestedVariants::new(convention, mapping),
            constants: plan.constants().into(),
            reading: PlanReading::new(plan),
            collector: GroupCollector::default(),
            held: HeldRecords::default(),
            rejects,
            mode,
            is_last_row_short: false,
            file_name: file_name.to_owned(),
        }
    }

    pub(crate) fn plan(&self) -> &ColumnPlan<'a> {
        &self.reading.plan
    }

    pub(crate) fn file_name(&self) -> &str {
        &self.file_name
    }

    /// What was seen in the columns.
    pub(crate) fn profiler(&self) -> &ColumnProfiler {
        self.reading.profiler()
    }

    /// Looks at all columns, those that are read included.
    pub(crate) fn profile_all(&mut self) {
        self.reading.profile_all();
    }

    pub(crate) fn rejects_mut(&mut self) -> &mut RejectsWriter {
        &mut self.rejects
    }

    /// The rows that were refused, as a file; `None` when none was.
    pub(crate) fn finish_rejects(&mut self) -> std::io::Result<Option<crate::RejectsFile>> {
        let headers = self.reading.plan.own_headers();
        self.rejects.finish_file(&headers)
    }

    /// Why the file could not be imported.
    pub(crate) fn missing_column(&self) -> Option<&FileError> {
        match &self.mode {
            ReadMode::Inspect { missing } => missing.as_ref(),
            ReadMode::Import => None,
        }
    }

    /// Whom the refused rows are about, as far as they say so.
    pub(crate) fn refused_skus(&self) -> &[Sku] {
        self.row_reader.refused_skus()
    }

    /// Whether the last row of a table ends before the header does.
    pub(crate) fn is_last_row_short(&self) -> bool {
        self.is_last_row_short
    }

    /// Attributes that the file seems to have and the shop does not.
    pub(crate) fn propose_attributes(&self) -> Vec<AttributeProposal> {
        let mut proposals = self.reading.propose_attributes();
        let of_variants = self.variants.as_ref().map(NestedVariants::proposals).unwrap_or_default();
        for proposal in of_variants {
            if !proposals.iter().any(|known| known.code == proposal.code) {
                proposals.push(proposal);
            }
        }
        proposals
    }

    /// Checks at the end what only all rows together tell.
    pub(crate) fn check_file(&self) -> Result<(), FileError> {
        self.row_reader.check_rating_scale()
    }

    /// Says at the end what is said once of the whole file: which columns nothing was read from, and how
    /// many prices are of a kind.
    pub(crate) fn report_file(&mut self, messages: &mut DiagnosticCollector) {
        self.row_reader.report_prices(messages);
        self.row_reader.report_not_offered(messages);
        self.row_reader.report_empty_edits(messages);
        if let Some(column) = self.row_reader.unplaced_stock() {
            self.reading.plan.note_unplaced_stock(column, messages);
        }
        self.reading.report_left_out(messages);
        self.reading.warn_unknown_columns(messages);
        if let Some(variants) = &self.variants {
            variants.warn_unknown_columns(messages);
        }
    }

    /// Columns that decide about a sale and are read as nothing.
    pub(crate) fn list_questions(&self) -> Vec<ColumnQuestion> {
        let mut questions = self.reading.list_questions();
        let of_variants = self.variants.as_ref().map(NestedVariants::list_questions);
        questions.extend(of_variants.unwrap_or_default());
        questions
    }

    /// The columns of paths, where an element's members are all that is asked of it.
    pub(crate) fn known_paths(&self) -> Option<&PathColumns> {
        self.list_paths.is_empty().then(|| self.reading.plan.path_columns())
    }

    /// Whether several rows of the file are one product.
    pub(crate) fn groups_rows(&self) -> bool {
        self.missing_column().is_none() && self.reading.plan.group().is_some()
    }

    /// Makes the records of a raw row.
    pub(crate) fn add_row(
        &mut self,
        row: RawRow<'_>,
        output: &mut RecordOutput<'_>,
    ) -> Result<RawOutcome, FileError> {
        Ok(RawOutcome::Row(match row {
            RawRow::Table(row) => return Ok(self.add_table_row(row, output)),
            RawRow::Cells { number, cells } => {
                self.check_columns()?;
                self.add_leaves(number, &cells, RowContext::default(), output)
            }
            RawRow::Element { number, element, continues_product } => self.add_element(
                number,
                element,
                RowContext { continues_product, is_nested: false },
                output,
            )?,
            RawRow::Decoded { number, leaves } => self.add_decoded(number, leaves, output)?,
            RawRow::Refused(problem) => {
                output.messages.push_diagnostic(problem.clone());
                RowOutcome::Refused(Box::new(problem))
            }
            RawRow::Diagnostic(message) => {
                output.messages.push_diagnostic(message);
                return Ok(RawOutcome::Message);
            }
        }))
    }

    /// Takes a row of a table in, whose product may have more of them.
    pub(crate) fn collect_row(&mut self, row: &TableRow) -> std::io::Result<()> {
        let (plan, collector) = (&self.reading.plan, &mut self.collector);
        RowGrouper::new(plan).map_or(Ok(()), |grouper| grouper.push_row(collector, row))
    }

    /// Refuses a row of a product of several that is not as the others are; `None` where it is.
    pub(crate) fn refuse_misfit(
        &mut self,
        row: &TableRow,
        output: &mut RecordOutput<'_>,
    ) -> Option<RowOutcome> {
        if row.record.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let mut notes = RowDiagnostics::new(output.messages, row.number, None);
        let refusal = check_row_fit(&self.reading.plan, row, &mut notes).err()?;
        let refusal = notes.record_refusal(refusal);
        self.rejects.write_row(row.number, &row.record, &refusal);
        Some(RowOutcome::Refused(refusal))
    }

    /// The rows of the file by their products.
    pub(crate) fn collector_mut(&mut self) -> &mut GroupCollector {
        &mut self.collector
    }

    /// Rows that were read and made no records yet.
    pub(crate) fn rows_waiting(&self) -> u64 {
        self.collector.rows_waiting()
    }

    /// Makes the records of the rows of one product; `None` when there are no more rows.
    pub(crate) fn add_group(
        &mut self,
        output: &mut RecordOutput<'_>,
    ) -> std::io::Result<Option<GroupOutcome>> {
        let Some(grouper) = RowGrouper::new(&self.reading.plan) else { return Ok(None) };
        let Some(rows) = self.collector.next_group()? else { return Ok(None) };
        let mut outcome = GroupOutcome { rows: rows.len() as u64, ..GroupOutcome::default() };
        let mut refused: Option<RowRefusal> = None;
        let constants = Rc::clone(&self.constants);
        let before = output.records.len();
        for (column, row, text) in grouper.find_differences(&rows) {
            let message = words!("group-differs");
            let name = &self.reading.plan.column_at(column).name;
            let warning = Diagnostic::new_warning("group-differs", message).at_row(row);
            output.messages.push_diagnostic(warning.at_cell(name, text));
        }
        for made in grouper.build_rows(&rows) {
            let row = RowView {
                number: made.row,
                cells: RowCells::Leaves(&made.leaves),
                constants: &constants,
                group: Some(&made.group),
            };
            // A model's row is counted as its variant's.
            let own_rows = u64::from(made.group.extra_rows) + u64::from(!made.group.is_model);
            let context = RowContext::default();
            match self.row_reader.read_row(&mut self.reading, &row, context, output) {
                RowOutcome::Accepted(_) => {}
                RowOutcome::Skipped => outcome.skipped += own_rows,
                RowOutcome::Refused(why) if made.group.is_model => {
                    // Without their model its variants say too little.
                    output.records.truncate(before);
                    outcome.rejected = outcome.rows;
                    refused = Some(why);
                    break;
                }
                RowOutcome::Refused(why) => {
                    outcome.rejected += own_rows;
                    refused.get_or_insert(why);
                }
            }
        }
        // A row of a product says little without the others: all of them go to the rejects.
        if let Some(why) = refused {
            for (number, record) in &rows {
                self.rejects.write_row(*number, record, &why);
            }
        }
        self.hold_records(before, output);
        Ok(Some(outcome))
    }

    /// Keeps the records of a row that cannot be made up before the end of the file.
    fn hold_records(&mut self, before: usize, output: &mut RecordOutput<'_>) {
        if !self.row_reader.take_undecided() {
            return;
        }
        self.held.0.extend(output.records.drain(before..));
        if self.held.0.len() >= MAX_HELD {
            self.release_held(output);
        }
    }

    /// Gives out the records that waited, as all rows of the file have them.
    pub(crate) fn release_held(&mut self, output: &mut RecordOutput<'_>) {
        let mut held = std::mem::take(&mut self.held.0);
        self.row_reader.decide_records(&self.reading.plan, &mut held, output.messages);
        output.records.append(&mut held);
    }

    fn add_table_row(&mut self, row: &TableRow, output: &mut RecordOutput<'_>) -> RawOutcome {
        let (plan, constants) = (&self.reading.plan, Rc::clone(&self.constants));
        let cells = RowCells::Table(row, plan.width());
        let view = RowView { number: row.number, cells, constants: &constants, group: None };
        if view.is_blank() {
            return RawOutcome::NoRow;
        }
        self.is_last_row_short = row.record.len() < plan.width();
        let mut notes = RowDiagnostics::new(output.messages, row.number, None);
        if let Some(word) =
            find_total_word(&sku_text(plan, &view), row.record.iter().map(str::trim))
        {
            let message = words!("row-total", word = word);
            notes.push_diagnostic(Diagnostic::new_info("row-total", message));
            return RawOutcome::NoRow;
        }
        if let Err(refusal) = check_row_fit(plan, row, &mut notes) {
            let refusal = notes.record_refusal(refusal);
            self.rejects.write_row(row.number, &row.record, &refusal);
            return RawOutcome::Row(RowOutcome::Refused(refusal));
        }
        let outcome = self.read_view(&view, RowContext::default(), output);
        match &outcome {
            RowOutcome::Refused(why) => self.rejects.write_row(row.number, &row.record, why),
            RowOutcome::Accepted(sku) => {
                let may_be_refused = output.records.last().is_some_and(|last| {
                    last.sku == *sku
                        && matches!(&last.body, RecordBody::Product(product)
                            if product.join != RecordJoin::Replaces || product.says_nothing())
                });
                self.rejects.remember_row(row.number, &row.record, may_be_refused);
            }
            RowOutcome::Skipped => {}
        }
        RawOutcome::Row(outcome)
    }

    fn add_element(
        &mut self,
        number: u32,
        element: ElementResult<'_>,
        context: RowContext,
        output: &mut RecordOutput<'_>,
    ) -> Result<RowOutcome, FileError> {
        let element = match element {
            Ok(element) => DocumentValue::Object(element),
            Err(problem) => {
                let mut notes = RowDiagnostics::new(output.messages, number, None);
                let refusal = Box::new(Diagnostic::new_error(problem.code, problem.message));
                return Ok(RowOutcome::Refused(notes.record_refusal(refusal)));
            }
        };
        let (row_reader, variants) = (&self.row_reader, &self.variants);
        let claims = |path: &str, value: &DocumentValue<'_>| {
            row_reader.has_reviews_at(path)
                || variants.as_ref().is_some_and(|variants| variants.has_variants_at(path, value))
        };
        let plan = &mut self.reading.plan;
        let (leaves, lists) =
            self.list_paths.read_cells(plan, &element, &claims, output.messages)?;
        self.check_columns()?;
        let before = output.records.len();
        let outcome = self.add_leaves(number, &leaves, context, output);
        if let RowOutcome::Accepted(sku) = &outcome {
            self.add_nested_lists(sku, number, before, &lists, output)?;
        }
        Ok(outcome)
    }

    /// Makes records of the lists of objects in an element whose own record is at `at`.
    fn add_nested_lists(
        &mut self,
        sku: &Sku,
        number: u32,
        at: usize,
        lists: &ObjectLists<'_>,
        output: &mut RecordOutput<'_>,
    ) -> Result<(), FileError> {
        for (path, list) in lists {
            if self.row_reader.has_reviews_at(path) {
                self.row_reader.read_reviews(sku, number, list, output)?;
            } else if let Some(variants) = &mut self.variants
                && list.iter().any(|value| variants.has_variants_at(path, value))
            {
                if let RecordBody::Product(product) = &mut output.records[at].body {
                    product.is_model = true;
                }
                let (plan, rows) = (&mut self.reading.plan, &mut self.row_reader);
                variants.read_variants((path, list), (sku, number), plan, rows, output)?;
            } else if !self.list_paths.is_list_read(path) {
                self.reading.plan.column_of_path(path, PathUse::Read, output.messages)?;
            }
        }
        Ok(())
    }

    fn add_decoded(
        &mut self,
        number: u32,
        leaves: Vec<(String, LeafContent<'static>)>,
        output: &mut RecordOutput<'_>,
    ) -> Result<RowOutcome, FileError> {
        let mut cells = Vec::with_capacity(leaves.len());
        for (path, content) in leaves {
            let plan = &mut self.reading.plan;
            let column = plan.column_of_path(&path, PathUse::Read, output.messages)?;
            cells.push(LeafCell { column, content });
        }
        self.check_columns()?;
        Ok(self.add_leaves(number, &cells, RowContext::default(), output))
    }

    /// Checks that there are the columns that rows cannot do without, as far as elements have shown any.
    fn check_columns(&mut self) -> Result<(), FileError> {
        let plan = &self.reading.plan;
        if !plan.sku_columns().is_empty() || self.missing_column().is_some() {
            return Ok(());
        }
        let checked = plan.check_required_columns(&self.file_name);
        match (checked, &mut self.mode) {
            (Err(problem), ReadMode::Inspect { missing }) => {
                *missing = Some(problem);
                Ok(())
            }
            (checked, _) => checked,
        }
    }

    fn add_leaves(
        &mut self,
        number: u32,
        leaves: &[LeafCell<'_>],
        context: RowContext,
        output: &mut RecordOutput<'_>,
    ) -> RowOutcome {
        let (cells, constants) = (RowCells::Leaves(leaves), Rc::clone(&self.constants));
        let row = RowView { number, cells, constants: &constants, group: None };
        let outcome = self.read_view(&row, context, output);
        if let RowOutcome::Refused(why) = &outcome {
            self.rejects.write_leaves(number, leaves, &constants, why);
        }
        outcome
    }

    /// Reads a row, or only looks at it where a column is missing.
    fn read_view(
        &mut self,
        row: &RowView<'_>,
        context: RowContext,
        output: &mut RecordOutput<'_>,
    ) -> RowOutcome {
        if self.missing_column().is_some() {
            self.row_reader.profile_row(&mut self.reading, row);
            return RowOutcome::Skipped;
        }
        let before = output.records.len();
        let outcome = self.row_reader.read_row(&mut self.reading, row, context, output);
        let outcome = self.join_repeated(row.number, outcome, before, output);
        self.hold_records(before, output);
        outcome
    }

    /// Adds a row to the record of an earlier row about the same product, if that is still at hand.
    fn join_repeated(
        &mut self,
        number: u32,
        outcome: RowOutcome,
        before: usize,
        output: &mut RecordOutput<'_>,
    ) -> RowOutcome {
        let Some(record) = output.records.get(before) else { return outcome };
        let is_repeated = matches!(&record.body, RecordBody::Product(product) if product.join != RecordJoin::Replaces);
        if !is_repeated {
            return outcome;
        }
        let (earlier, new) = output.records.split_at_mut(before);
        let mut known = earlier.iter_mut().rev().chain(self.held.0.iter_mut().rev());
        let Some(known) = known.find(|known| known.sku == new[0].sku) else { return outcome };
        let (RecordBody::Product(product), RecordBody::Product(row)) =
            (&mut known.body, &new[0].body)
        else {
            return outcome;
        };
        // What joins an earlier row may be refused yet: that row is whoever stores the records' to judge.
        let is_sure = product.join == RecordJoin::Replaces;
        match product.join_row(row.clone()) {
            Err(_) if !is_sure => outcome,
            Ok(()) => {
                known.extra_rows += 1 + new[0].extra_rows;
                output.records.remove(before);
                outcome
            }
            Err(conflict) => {
                let sku = known.sku.clone();
                output.records.truncate(before);
                let plan = &self.reading.plan;
                let column = conflict.column.map(|column| plan.column_at(column).name.clone());
                let mut refusal = Box::new(describe_conflict(&conflict));
                refusal.place.column = column;
                let mut notes = RowDiagnostics::new(output.messages, number, Some(sku));
                RowOutcome::Refused(notes.record_refusal(refusal))
            }
        }
    }
}

/// Why a row is refused that says otherwise what an earlier row about the product says.
#[must_use]
pub fn describe_conflict(conflict: &JoinConflict) -> Diagnostic {
    let message = words!(
        "row-conflict",
        first = conflict.first.to_string(),
        subject = conflict.subject.as_str()
    );
    Diagnostic::new_error("row-conflict", message)
}

/// What stands where the SKU should.
fn sku_text<'r>(plan: &ColumnPlan<'_>, row: &RowView<'r>) -> Cow<'r, str> {
    let texts = plan.sku_columns().iter().map(|column| row.cell_text(*column));
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// Refuses a row that is not as the others are, or whose cells do not go with the header: one of them
/// is in the wrong place, and it is unknown which. Where the file leaves out empty cells at the end of
/// rows, the missing ones say nothing.
fn check_row_fit(
    plan: &ColumnPlan<'_>,
    row: &TableRow,
    notes: &mut RowDiagnostics<'_>,
) -> Result<(), RowRefusal> {
    if let RowFit::Misfit(problem) = &row.fit {
        return Err(problem.clone());
    }
    let record = &row.record;
    let (cells, width) = (record.len(), plan.width());
    let beyond = |cell: usize| record.get(cell).is_some_and(|cell| !cell.trim().is_empty());
    if (width..cells).any(beyond) {
        let message = words!("row-too-long", cells = cells, width = width);
        return Err(Box::new(Diagnostic::new_error("row-length", message)));
    }
    if cells < width {
        let missing = &plan.names()[cells..width];
        let names = TextArgument::from_names(missing.iter().take(5));
        let more = if missing.len() > 5 { ", …" } else { "" };
        if matches!(row.fit, RowFit::Fits) {
            let message = words!("row-ends-early", names = names, more = more);
            return Err(Box::new(Diagnostic::new_error("row-length", message)));
        }
        let message = words!("row-too-short", names = names, more = more);
        notes.push_diagnostic(Diagnostic::new_warning("row-length", message));
    }
    Ok(())
}
