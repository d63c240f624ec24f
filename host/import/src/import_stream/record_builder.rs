//! Desk: where rows and elements become records, wherever they come from.

use std::borrow::Cow;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{ImportRecord, RecordBody};
use rikaste_model::words;
use rikaste_model::words::TextArgument;

use super::StreamProgress;
use crate::column_plan::ColumnPlan;
use crate::document_value::DocumentValue;
use crate::file_error::FileError;
use crate::json::ElementResult;
use crate::nested_variants::{ListPaths, NestedVariants, ObjectLists};
use crate::path_columns::PathColumns;
use crate::rejects::RejectsWriter;
use crate::row::{LeafCell, RowCells, RowView};
use crate::row_diagnostics::{RowDiagnostics, RowRefusal};
use crate::row_groups::{GroupPlan, RowBuffer};
use crate::row_reader::{RowOutcome, RowReader};
use crate::table::{TableReader, find_total_word};

/// All of a reading but the file itself, so that an element may lie in the file's buffer while it is taken.
pub(super) struct RecordBuilder<'r, 'a> {
    pub(super) plan: &'r mut ColumnPlan<'a>,
    pub(super) constants: &'r [(u16, String)],
    pub(super) row_reader: &'r mut RowReader<'a>,
    pub(super) row_buffer: &'r mut RowBuffer,
    pub(super) rejects: &'r mut RejectsWriter,
    pub(super) list_paths: &'r ListPaths<'a>,
    pub(super) variants: &'r mut Option<NestedVariants<'a>>,
    pub(super) file_name: &'r str,
    pub(super) is_inspection: bool,
    pub(super) missing_column: &'r mut Option<FileError>,
    pub(super) progress: &'r mut StreamProgress,
    pub(super) records: &'r mut Vec<ImportRecord>,
    pub(super) messages: &'r mut DiagnosticCollector,
}

impl<'a> RecordBuilder<'_, 'a> {
    /// Takes the rows that lie ready, of one product.
    pub(super) fn add_group(&mut self, group: &GroupPlan) {
        self.progress.rows += self.row_buffer.len() as u64;
        let mut refused: Option<RowRefusal> = None;
        for made in group.build_rows(self.plan, self.row_buffer) {
            let row = RowView {
                number: made.row,
                cells: RowCells::Leaves(&made.leaves),
                constants: self.constants,
                group: Some(&made.group),
            };
            // A model's row is counted as its variant's.
            let rows = u64::from(made.group.extra_rows) + u64::from(!made.group.is_model);
            match self.row_reader.read_row(self.plan, &row, self.records, self.messages) {
                RowOutcome::Accepted(_) => {}
                RowOutcome::Skipped => self.progress.skipped += rows,
                RowOutcome::Refused(why) => {
                    self.progress.rejected += rows;
                    refused.get_or_insert(why);
                }
            }
        }
        // A row of a product says little without the others: all of them go to the rejects.
        if let Some(why) = refused {
            for (number, record) in self.row_buffer.rows() {
                self.rejects.write_row(*number, record, &why);
            }
        }
    }

    /// Takes an element of a document.
    pub(super) fn add_element(
        &mut self,
        number: u32,
        element: ElementResult<'_>,
    ) -> Result<RowOutcome, FileError> {
        let element = match element {
            Ok(element) => DocumentValue::Object(element),
            Err(problem) => {
                let mut notes = RowDiagnostics { messages: self.messages, row: number, sku: None };
                let refusal = Box::new(Diagnostic::new_error(problem.code, problem.message));
                return Ok(RowOutcome::Refused(notes.record_refusal(refusal)));
            }
        };
        let claims = |path: &str, value: &DocumentValue<'_>| {
            self.row_reader.has_reviews_at(path)
                || self
                    .variants
                    .as_ref()
                    .is_some_and(|variants| variants.has_variants_at(path, value))
        };
        let (leaves, lists) =
            self.list_paths.read_cells(self.plan, &element, &claims, self.messages)?;
        self.check_columns()?;
        let before = self.records.len();
        let fate = self.add_leaves(number, &leaves);
        if let RowOutcome::Accepted(sku) = &fate {
            self.add_nested_lists(sku, number, before, &lists)?;
        }
        Ok(fate)
    }

    /// Makes records of the lists of objects in an element whose own record is at `at`.
    fn add_nested_lists(
        &mut self,
        sku: &Sku,
        number: u32,
        at: usize,
        lists: &ObjectLists<'_>,
    ) -> Result<(), FileError> {
        for (path, list) in lists {
            if self.row_reader.has_reviews_at(path) {
                self.row_reader.read_reviews(sku, number, list, self.records, self.messages)?;
            } else if let Some(variants) = self.variants
                && list.iter().any(|value| variants.has_variants_at(path, value))
            {
                if let RecordBody::Product(product) = &mut self.records[at].body {
                    product.is_model = true;
                }
                let (plan, taker) = (&mut *self.plan, &mut *self.row_reader);
                let (records, messages) = (&mut *self.records, &mut *self.messages);
                variants.read_variants(
                    (path, list),
                    sku,
                    number,
                    plan,
                    taker,
                    records,
                    messages,
                )?;
            } else if !self.list_paths.is_list_read(path) {
                self.plan.column_of_path(path, self.messages)?;
            }
        }
        Ok(())
    }

    /// Takes an element that a plugin read.
    pub(super) fn add_plugin_element(
        &mut self,
        element: rikaste_runtime::ImportedElement,
    ) -> Result<RowOutcome, FileError> {
        let mut leaves = Vec::with_capacity(element.leaves.len());
        for (path, content) in element.leaves {
            let column = self.plan.column_of_path(&path, self.messages)?;
            leaves.push(LeafCell { column, content: content.into() });
        }
        self.add_cells(element.row, &leaves)
    }

    /// The columns of cells, where an element's members are all that is asked of it.
    pub(super) fn known_paths(&self) -> Option<&PathColumns> {
        self.list_paths.is_empty().then_some(&self.plan.path_columns)
    }

    /// Takes an element of which there are cells already.
    pub(super) fn add_cells(
        &mut self,
        number: u32,
        leaves: &[LeafCell<'_>],
    ) -> Result<RowOutcome, FileError> {
        self.check_columns()?;
        Ok(self.add_leaves(number, leaves))
    }

    /// Whether there are the columns that rows cannot do without, as far as elements have shown any.
    fn check_columns(&mut self) -> Result<(), FileError> {
        if !self.plan.sku.is_empty() || self.missing_column.is_some() {
            return Ok(());
        }
        match self.plan.check_required_columns(self.file_name) {
            Err(reason) if self.is_inspection => {
                self.row_reader.is_inspection = true;
                *self.missing_column = Some(reason);
                Ok(())
            }
            checked => checked,
        }
    }

    fn add_leaves(&mut self, number: u32, leaves: &[LeafCell<'_>]) -> RowOutcome {
        let (cells, constants) = (RowCells::Leaves(leaves), self.constants);
        let row = RowView { number, cells, constants, group: None };
        let fate = self.row_reader.read_row(self.plan, &row, self.records, self.messages);
        if let RowOutcome::Refused(why) = &fate {
            self.rejects.write_leaves(number, leaves, constants, why);
        }
        fate
    }

    /// Takes the next row of a sheet that is not blank; nothing when there is none.
    pub(super) fn add_table_row(
        &mut self,
        sheet: &mut TableReader<'a>,
    ) -> Result<Option<RowOutcome>, FileError> {
        let (plan, taker) = (&mut *self.plan, &mut *self.row_reader);
        while let Some(line) = sheet.next_row()? {
            let cells = RowCells::Table(line, plan.width);
            let row =
                RowView { number: line.number, cells, constants: self.constants, group: None };
            if row.is_blank() {
                continue;
            }
            taker.is_last_row_short = line.record.len() < plan.width;
            let mut notes = RowDiagnostics { messages: self.messages, row: row.number, sku: None };
            if let Some(word) =
                find_total_word(&sku_text(plan, &row), line.record.iter().map(str::trim))
            {
                notes.push_diagnostic(Diagnostic::new_info(
                    "row-total",
                    words!("row-total", word = word),
                ));
                continue;
            }
            if let Err(refusal) = check_row_length(plan, &line.record, &mut notes) {
                let refusal = notes.record_refusal(refusal);
                self.rejects.write_row(row.number, &line.record, &refusal);
                return Ok(Some(RowOutcome::Refused(refusal)));
            }
            let fate = taker.read_row(plan, &row, self.records, self.messages);
            match &fate {
                RowOutcome::Refused(why) => self.rejects.write_row(row.number, &line.record, why),
                RowOutcome::Accepted(_) => self.rejects.remember_row(row.number, &line.record),
                RowOutcome::Skipped => {}
            }
            return Ok(Some(fate));
        }
        Ok(None)
    }
}

/// What stands where the SKU should.
fn sku_text<'r>(plan: &ColumnPlan<'_>, row: &RowView<'r>) -> Cow<'r, str> {
    let texts = plan.sku.iter().map(|column| row.cell_text(*column));
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// Refuses a row with more cells than the header has: one of them is in the wrong place, and
/// nobody can tell which. Of a row with fewer, the missing ones say nothing.
fn check_row_length(
    plan: &ColumnPlan<'_>,
    record: &csv::StringRecord,
    notes: &mut RowDiagnostics<'_>,
) -> Result<(), RowRefusal> {
    let (cells, width) = (record.len(), plan.width);
    let beyond = |cell: usize| record.get(cell).is_some_and(|cell| !cell.trim().is_empty());
    if (width..cells).any(beyond) {
        let message = words!("row-too-long", cells = cells, width = width);
        return Err(Box::new(Diagnostic::new_error("row-length", message)));
    }
    if cells < width {
        let missing = &plan.names[cells..width];
        let names = TextArgument::from_names(missing.iter().take(5));
        let more = if missing.len() > 5 { ", …" } else { "" };
        let message = words!("row-too-short", names = names, more = more);
        notes.push_diagnostic(Diagnostic::new_warning("row-length", message));
    }
    Ok(())
}
