//! Rows of a sheet, put together of cells as they come.

use std::collections::HashSet;

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::words;

use super::cell::WorkbookCell;
use super::column_letters;
use crate::read_error::{COLUMN_LIMIT, RECORD_LIMIT, ReadError};
use crate::table::{CellKind, TableDiagnostic, TableRow};

/// A row and the cells in it that are errors.
#[derive(Debug, Clone, Default)]
pub(crate) struct WorkbookRow {
    pub(crate) line: TableRow,
    pub(crate) errors: Vec<CellError>,
}

/// A cell with `#N/A` and the like.
#[derive(Debug, Clone)]
pub(crate) struct CellError {
    column: usize,
    text: String,
}

impl CellError {
    pub(crate) fn to_diagnostic(&self, row: u32) -> TableDiagnostic {
        let cell = format!("{}{row}", column_letters(self.column));
        let message = words!("cell-error", cell = cell, error = self.text.as_str());
        TableDiagnostic::for_row(Diagnostic::new_warning("cell-error", message), row)
            .in_column(self.column)
    }
}

/// Takes a row; false when no more are wanted.
pub(crate) type RowConsumer<'t> = &'t mut dyn FnMut(WorkbookRow) -> bool;

/// Puts rows together.
pub(crate) struct RowAssembler<'t> {
    take: RowConsumer<'t>,
    row: WorkbookRow,
    /// Formulas whose values are not known.
    formulas_without_value: Option<&'t HashSet<(u32, u32)>>,
    /// Rows are still wanted.
    wanted: bool,
}

impl<'t> RowAssembler<'t> {
    pub(crate) fn new(
        take: RowConsumer<'t>,
        formulas_without_value: Option<&'t HashSet<(u32, u32)>>,
    ) -> Self {
        Self { take, row: WorkbookRow::default(), formulas_without_value, wanted: true }
    }

    /// Takes a cell, counted from 0. Of two in the same place the first stays. False when no more
    /// are wanted.
    pub(crate) fn add_cell(
        &mut self,
        row: u32,
        column: u32,
        cell: WorkbookCell<'_>,
    ) -> Result<bool, ReadError> {
        let number = row.saturating_add(1);
        if self.row.line.number != number {
            self.finish_row();
            self.row.line.number = number;
        }
        let cell = match cell {
            WorkbookCell::Empty
                if self
                    .formulas_without_value
                    .is_some_and(|cells| cells.contains(&(row, column))) =>
            {
                WorkbookCell::FormulaWithoutValue
            }
            cell => cell,
        };
        if matches!(cell, WorkbookCell::Empty) {
            return Ok(self.wanted);
        }
        let column = column as usize;
        if column >= COLUMN_LIMIT {
            return Err(ReadError::TooManyColumns);
        }
        let line = &mut self.row.line;
        if column < line.record.len() {
            return Ok(self.wanted);
        }
        while line.record.len() < column {
            line.record.push_field("");
            line.kinds.push(CellKind::Text);
        }
        let (text, kind) = cell.to_text();
        if let WorkbookCell::Error(error) = &cell {
            self.row.errors.push(CellError { column, text: error.clone() });
        }
        line.kinds.push(kind);
        line.record.push_field(&text);
        if line.record.as_slice().len() as u64 > RECORD_LIMIT {
            return Err(ReadError::TooLong { row: number });
        }
        Ok(self.wanted)
    }

    /// Gives out the row that is under way.
    pub(crate) fn finish_row(&mut self) {
        if !self.row.line.record.is_empty() && self.wanted {
            self.wanted = (self.take)(std::mem::take(&mut self.row));
        }
        self.row = WorkbookRow::default();
    }
}
