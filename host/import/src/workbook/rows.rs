//! Rows of a sheet, put together of cells as they come.

use std::collections::HashSet;

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::words;

use super::cell::Cell;
use super::column_letters;
use crate::sheet::{CellKind, Line, Noted};
use crate::unreadable::{COLUMN_LIMIT, RECORD_LIMIT, Unreadable};

/// A row and the cells in it that are errors.
#[derive(Debug, Clone, Default)]
pub(super) struct BookRow {
    pub(super) line: Line,
    pub(super) errors: Vec<CellError>,
}

/// A cell with `#N/A` and the like.
#[derive(Debug, Clone)]
pub(super) struct CellError {
    column: usize,
    text: String,
}

impl CellError {
    pub(super) fn noted(&self, row: u32) -> Noted {
        let cell = format!("{}{row}", column_letters(self.column));
        let message = words!("cell-error", cell = cell, error = self.text.as_str());
        Noted::at(Diagnostic::warning("cell-error", message), row).in_column(self.column)
    }
}

/// Takes a row; false when no more are wanted.
pub(super) type Take<'t> = &'t mut dyn FnMut(BookRow) -> bool;

/// Puts rows together.
pub(super) struct Rows<'t> {
    take: Take<'t>,
    row: BookRow,
    /// Formulas whose values are not known.
    unsolved: Option<&'t HashSet<(u32, u32)>>,
    /// Rows are still wanted.
    wanted: bool,
}

impl<'t> Rows<'t> {
    pub(super) fn new(take: Take<'t>, unsolved: Option<&'t HashSet<(u32, u32)>>) -> Self {
        Self { take, row: BookRow::default(), unsolved, wanted: true }
    }

    /// Takes a cell, counted from 0. Of two in the same place the first stays. False when no more
    /// are wanted.
    pub(super) fn put(
        &mut self,
        row: u32,
        column: u32,
        cell: Cell<'_>,
    ) -> Result<bool, Unreadable> {
        let number = row.saturating_add(1);
        if self.row.line.number != number {
            self.finish();
            self.row.line.number = number;
        }
        let cell = match cell {
            Cell::Empty if self.unsolved.is_some_and(|cells| cells.contains(&(row, column))) => {
                Cell::Unsolved
            }
            cell => cell,
        };
        if matches!(cell, Cell::Empty) {
            return Ok(self.wanted);
        }
        let column = column as usize;
        if column >= COLUMN_LIMIT {
            return Err(Unreadable::TooManyColumns);
        }
        let line = &mut self.row.line;
        if column < line.record.len() {
            return Ok(self.wanted);
        }
        while line.record.len() < column {
            line.record.push_field("");
            line.kinds.push(CellKind::Text);
        }
        let (text, kind) = cell.text();
        if let Cell::Error(error) = &cell {
            self.row.errors.push(CellError { column, text: error.clone() });
        }
        line.kinds.push(kind);
        line.record.push_field(&text);
        if line.record.as_slice().len() as u64 > RECORD_LIMIT {
            return Err(Unreadable::TooLong { row: number });
        }
        Ok(self.wanted)
    }

    /// Gives out the row that is under way.
    pub(super) fn finish(&mut self) {
        if !self.row.line.record.is_empty() && self.wanted {
            self.wanted = (self.take)(std::mem::take(&mut self.row));
        }
        self.row = BookRow::default();
    }
}
