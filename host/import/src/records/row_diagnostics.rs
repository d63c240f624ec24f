//! Notes: what a row's reader has to say about its cells.

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::{Diagnostic, cut_excerpt};
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::words;
use smol_str::SmolStr;

use crate::records::parse::{CellProblem, clean_key};

/// Collects the messages about one row.
pub(crate) struct RowDiagnostics<'m> {
    pub(crate) messages: &'m mut DiagnosticCollector,
    pub(crate) row: u32,
    pub(crate) sku: Option<Sku>,
    /// Whether there is a cell that nothing was read from, though something stands in it.
    pub(crate) has_unread_cells: bool,
}

/// Why a row is refused.
pub(crate) type RowRefusal = Box<Diagnostic>;

/// Refuses the row.
pub(crate) fn refuse_row(problem: &CellProblem) -> RowRefusal {
    let message = words!("row-not-taken", problem = problem.message.clone());
    Box::new(Diagnostic::new_error(problem.code, message))
}

/// Refuses the row for what stands in one of its cells.
pub(crate) fn refuse_cell(column: &str, value: &str, problem: &CellProblem) -> RowRefusal {
    let mut refusal = refuse_row(problem);
    refusal.place.column = Some(SmolStr::new(column));
    refusal.place.value = Some(cut_excerpt(value));
    refusal
}

impl<'m> RowDiagnostics<'m> {
    pub(crate) fn new(messages: &'m mut DiagnosticCollector, row: u32, sku: Option<Sku>) -> Self {
        Self { messages, row, sku, has_unread_cells: false }
    }

    /// Counts a cell that is left out.
    pub(crate) fn count_left_out(&mut self) {
        self.has_unread_cells = true;
        self.messages.count_left_out();
    }

    /// Says that a cell was left out, or a part of it.
    pub(crate) fn warn_left_out(&mut self, column: &str, value: &str, problem: &CellProblem) {
        self.count_left_out();
        let message = words!("value-left-out", problem = problem.message.clone());
        self.push_diagnostic(Diagnostic::new_warning(problem.code, message).at_cell(column, value));
    }

    /// Adds why the row is refused, and returns all diagnostics.
    pub(crate) fn record_refusal(&mut self, mut refusal: RowRefusal) -> RowRefusal {
        self.push_diagnostic((*refusal).clone());
        refusal.place.row = Some(self.row);
        refusal
    }

    /// Says that a key or a name had characters which nobody sees.
    pub(crate) fn note_invisible(&mut self, column: &str, text: &str) {
        if !text.is_ascii() && clean_key(text) != text.trim() {
            let shown: String = text.chars().flat_map(show_character).collect();
            let note = Diagnostic::new_info("invisible-characters", words!("invisible-characters"));
            self.push_diagnostic(note.at_cell(column, &shown));
        }
    }

    pub(crate) fn push_diagnostic(&mut self, diagnostic: Diagnostic) {
        let mut diagnostic = diagnostic.at_row(self.row);
        diagnostic.place.sku.clone_from(&self.sku);
        self.messages.push_diagnostic(diagnostic);
    }
}

/// A character as it can be seen: a letter by itself, what has no width by its number.
fn show_character(c: char) -> impl Iterator<Item = char> {
    let mut text = [0; 4];
    let is_seen = c == ' ' || !clean_key(c.encode_utf8(&mut text)).is_empty();
    let number = (!is_seen).then(|| format!("[U+{:04X}]", u32::from(c)));
    let shown = number.unwrap_or_else(|| c.to_string());
    shown.chars().collect::<Vec<_>>().into_iter()
}
