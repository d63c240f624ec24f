//! Fields of a row that is about one review, price, stock level or edit.

use std::borrow::Cow;

use rikaste_model::moment::Window;
use rikaste_model::words;
use rikaste_model::words::LocalizedText;

use crate::columns::RecordField;
use crate::columns::{ColumnPlan, ColumnRule, PlannedColumn};
use crate::records::parse::{self, CellProblem, EndTime};
use crate::records::row::{CellContent, RowView};
use crate::records::row_diagnostics::{RowRefusal, refuse_cell, refuse_row};

/// The fields of one row.
pub(crate) struct RowFields<'p, 'a, 'r> {
    pub(crate) plan: &'p ColumnPlan<'a>,
    pub(crate) row: &'p RowView<'r>,
}

impl<'p, 'a, 'r> RowFields<'p, 'a, 'r> {
    /// The cell of a field, if the row has one that is not empty.
    pub(crate) fn find_cell(
        &self,
        field: RecordField,
    ) -> Option<(&'p PlannedColumn<'a>, u16, CellContent<'r>)> {
        let at = self.plan.column_of_field(field)?;
        let content = self.row.find_cell(at)?;
        let empty = content.is_empty() && !self.plan.column_at(at).rule.has_empty_value();
        (!empty).then(|| (self.plan.column_at(at), at, content))
    }

    /// The text of a field; empty when it has none.
    pub(crate) fn field_text(&self, field: RecordField) -> Cow<'r, str> {
        match self.find_cell(field) {
            Some((column, _, content)) => content.read_text(&column.rule),
            None => Cow::Borrowed(""),
        }
    }

    /// Reads a field; a text that cannot be read refuses the row.
    pub(crate) fn read_field<T>(
        &self,
        field: RecordField,
        read: impl Fn(&str) -> Result<T, CellProblem>,
    ) -> Result<Option<T>, RowRefusal> {
        let Some((column, _, content)) = self.find_cell(field) else {
            return Ok(None);
        };
        let text = content.read_text(&column.rule);
        read(&text).map(Some).map_err(|problem| refuse_cell(&column.name, &text, &problem))
    }

    /// The window that the row names.
    pub(crate) fn read_window(&self) -> Result<Window, RowRefusal> {
        let zone = &self.plan.convention().shop.zone;
        let column = |field| self.find_cell(field).map(|(column, ..)| &column.rule);
        let format = |field| column(field).and_then(|rule| rule.date.as_deref());
        let (from, until) = (format(RecordField::ValidFrom), format(RecordField::ValidUntil));
        let end_time = column(RecordField::ValidUntil).map_or(EndTime::Exact, end_time_of);
        let start =
            self.read_field(RecordField::ValidFrom, |text| parse::parse_moment(text, from, zone))?;
        let end = self.read_field(RecordField::ValidUntil, |text| {
            parse::parse_window_end(text, until, zone, end_time)
        })?;
        let window = Window { start, end };
        if let Some((column, _, content)) = self.find_cell(RecordField::ValidUntil)
            && window.is_empty()
        {
            let from = self.field_text(RecordField::ValidFrom);
            let problem = empty_window_problem(&from, &content.text());
            return Err(refuse_cell(&column.name, &content.text(), &problem));
        }
        Ok(window)
    }

    /// Refuses the row because a field is missing.
    pub(crate) fn missing_field(&self, field: RecordField, message: LocalizedText) -> RowRefusal {
        let problem = CellProblem::new("value-missing", message);
        match self.plan.column_of_field(field) {
            Some(at) => refuse_cell(&self.plan.column_at(at).name, "", &problem),
            None => refuse_row(&problem),
        }
    }
}

/// What is wrong with a window that ends before it begins.
pub(crate) fn empty_window_problem(from: &str, until: &str) -> CellProblem {
    CellProblem::new("window-empty", words!("window-empty", from = from, until = until))
}

/// What a time of day at the end of a window means in a column.
pub(crate) fn end_time_of(rule: &ColumnRule) -> EndTime {
    if rule.inclusive { EndTime::LastSecond } else { EndTime::Exact }
}
