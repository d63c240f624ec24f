//! Prices that hold for a time which other columns of the row name: `special_price` with
//! `special_price_from_date` and `special_price_to_date`.
//!
//! A reduction without dates holds until it is taken back. It is kept beside the ordinary price, as a
//! window without an end, so that channels show both.

use rikaste_model::moment::{Moment, Window};
use rikaste_model::words;
use smol_str::SmolStr;

use crate::columns::{ColumnPlan, PlannedColumn, WindowColumns, is_same_name};
use crate::records::parse::{self, CellProblem};
use crate::records::row::RowView;
use crate::records::row_diagnostics::RowDiagnostics;

/// What a reduction holds for that names no day.
pub(crate) const UNDATED_WINDOW: Window = Window { start: Some(Moment(0)), end: None };

/// When the price in a cell holds; `None` where its days cannot be read, which is reported.
pub(crate) fn read_price_window(
    plan: &ColumnPlan<'_>,
    row: &RowView<'_>,
    column: &PlannedColumn<'_>,
    dates: &WindowColumns,
    notes: &mut RowDiagnostics<'_>,
) -> Option<Window> {
    let (rule, zone) = (&column.rule, &plan.convention().shop.zone);
    let format = rule.date.as_deref();
    let mut read = |name: &Option<String>, is_last: bool| {
        let is = |known: &SmolStr| name.as_deref().is_some_and(|name| is_same_name(name, known));
        let at = plan.names().iter().position(is);
        let text = at.and_then(|at| u16::try_from(at).ok()).map(|at| row.cell_text(at));
        let Some(text) = text.filter(|text| !text.is_empty()) else { return Some(None) };
        let moment = match is_last {
            true => parse::parse_moment_after(&text, format, zone),
            false => parse::parse_moment(&text, format, zone),
        };
        moment
            .map(Some)
            .map_err(|problem| {
                notes.warn_left_out(name.as_deref().unwrap_or_default(), &text, &problem);
            })
            .ok()
    };
    let (start, end) = (read(&dates.from, false), read(&dates.until, rule.inclusive));
    let window = Window { start: start?, end: end? };
    if window.is_always() {
        return Some(UNDATED_WINDOW);
    }
    if window.is_empty() {
        let problem = CellProblem::new("window-empty", words!("window-empty"));
        notes.warn_left_out(&column.name, "", &problem);
        return None;
    }
    Some(window)
}
