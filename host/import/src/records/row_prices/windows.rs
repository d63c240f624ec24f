//! When prices hold, by the columns that say so: `special_price_from_date` and `special_price_to_date`
//! of one price, `sale_from` and `sale_until` of a row.
//!
//! A reduction without dates holds until it is taken back. It is kept beside the ordinary price, as a
//! window without an end, so that channels show both.

use rikaste_model::moment::{Moment, Window};
use smol_str::SmolStr;

use crate::columns::{ColumnPlan, PlannedColumn, PriceTerm, WindowColumns, is_same_name};
use crate::records::fields::{empty_window_problem, end_time_of};
use crate::records::parse;
use crate::records::row::RowView;
use crate::records::row_diagnostics::RowDiagnostics;

/// What a reduction holds for that names no day.
pub(crate) const UNDATED_WINDOW: Window = Window { start: Some(Moment(0)), end: None };

/// Days that cannot be read, which was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnreadableWindow;

/// When the price in a cell holds; no window where the row names no day.
pub(crate) fn read_rule_window(
    plan: &ColumnPlan<'_>,
    row: &RowView<'_>,
    column: &PlannedColumn<'_>,
    dates: &WindowColumns,
    notes: &mut RowDiagnostics<'_>,
) -> Result<Option<Window>, UnreadableWindow> {
    let find = |name: &Option<String>| {
        let is = |known: &SmolStr| name.as_deref().is_some_and(|name| is_same_name(name, known));
        let at = plan.names().iter().position(is);
        at.and_then(|at| u16::try_from(at).ok())
    };
    let (from, until) = (find(&dates.from), find(&dates.until));
    read_window(plan, row, (column, column), (from, until), notes)
}

/// When the sale of a row is on, by its columns about that; no window where they name no day.
pub(crate) fn read_sale_window(
    plan: &ColumnPlan<'_>,
    row: &RowView<'_>,
    notes: &mut RowDiagnostics<'_>,
) -> Result<Option<Window>, UnreadableWindow> {
    let find = |term| plan.price_columns().find_term(term);
    if let Some(at) = find(PriceTerm::SaleDates) {
        let text = row.cell_text(at);
        if !text.is_empty() {
            let read = parse::parse_window(&text, &plan.convention().shop.zone);
            let read = read.and_then(|window| match window.is_empty() {
                true => Err(empty_window_problem(&text, "")),
                false => Ok(window),
            });
            return read.map(Some).map_err(|problem| {
                notes.warn_left_out(&plan.column_at(at).name, &text, &problem);
                UnreadableWindow
            });
        }
    }
    let (from, until) = (find(PriceTerm::SaleFrom), find(PriceTerm::SaleUntil));
    let own = |at: Option<u16>| at.map(|at| plan.column_at(at));
    let (Some(a), Some(b)) = (own(from.or(until)), own(until.or(from))) else { return Ok(None) };
    read_window(plan, row, (a, b), (from, until), notes)
}

/// The window between two cells, each read by the rule of a column.
fn read_window(
    plan: &ColumnPlan<'_>,
    row: &RowView<'_>,
    (from_column, until_column): (&PlannedColumn<'_>, &PlannedColumn<'_>),
    (from, until): (Option<u16>, Option<u16>),
    notes: &mut RowDiagnostics<'_>,
) -> Result<Option<Window>, UnreadableWindow> {
    let zone = &plan.convention().shop.zone;
    let text = |at: Option<u16>| at.map(|at| row.cell_text(at)).unwrap_or_default();
    let (from_text, until_text) = (text(from), text(until));
    let rule = &until_column.rule;
    let start = parse::parse_moment(&from_text, from_column.rule.date.as_deref(), zone);
    let end = parse::parse_window_end(&until_text, rule.date.as_deref(), zone, end_time_of(rule));
    let mut window = Window::ALWAYS;
    for (bound, text, read, at) in
        [(&mut window.start, &from_text, start, from), (&mut window.end, &until_text, end, until)]
    {
        if text.is_empty() {
            continue;
        }
        let name = at.map(|at| plan.column_at(at).name.clone()).unwrap_or_default();
        *bound = Some(read.map_err(|problem| {
            notes.warn_left_out(&name, text, &problem);
            UnreadableWindow
        })?);
    }
    if window.is_empty() {
        let problem = empty_window_problem(&from_text, &until_text);
        notes.warn_left_out(&until_column.name, &until_text, &problem);
        return Err(UnreadableWindow);
    }
    Ok((!window.is_always()).then_some(window))
}
