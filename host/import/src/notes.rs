//! Notes: what a row's reader has to say about its cells.

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::{Diagnostic, excerpt};
use rikaste_model::receipt::Messages;
use rikaste_model::words;
use smol_str::SmolStr;

use super::parse::Problem;

/// Collects the messages about one row.
pub(super) struct Notes<'m> {
    pub(super) messages: &'m mut Messages,
    pub(super) row: u32,
    pub(super) sku: Option<Sku>,
}

/// Why a row is refused.
pub(super) type Refusal = Box<Diagnostic>;

/// Refuses the row.
pub(super) fn refused_row(problem: &Problem) -> Refusal {
    let message = words!("row-not-taken", problem = problem.message.clone());
    Box::new(Diagnostic::error(problem.code, message))
}

/// Refuses the row for what stands in one of its cells.
pub(super) fn refused(column: &str, value: &str, problem: &Problem) -> Refusal {
    let mut refusal = refused_row(problem);
    refusal.place.column = Some(SmolStr::new(column));
    refusal.place.value = Some(excerpt(value));
    refusal
}

impl Notes<'_> {
    /// Says that a cell was left out, or a part of it.
    pub(super) fn left_out(&mut self, column: &str, value: &str, problem: &Problem) {
        self.messages.count_left_out();
        let message = words!("value-left-out", problem = problem.message.clone());
        self.push(Diagnostic::warning(problem.code, message).at_cell(column, value));
    }

    /// Says why the row is refused, and gives what was said.
    pub(super) fn refuse(&mut self, mut refusal: Refusal) -> Refusal {
        self.push((*refusal).clone());
        refusal.place.row = Some(self.row);
        refusal
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let mut diagnostic = diagnostic.at_row(self.row);
        diagnostic.place.sku.clone_from(&self.sku);
        self.messages.push(diagnostic);
    }
}
