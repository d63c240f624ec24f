//! Cells: what people and other programs write, read leniently but never guessed.
//!
//! Each function takes a text without white space around it and gives typed data or a
//! [`CellProblem`], which says what is wrong and what to write. Where two readings are possible and
//! would differ, as in `1.299` euros or `03/04/2026`, neither is taken.

use rikaste_model::words::DiagnosticMessage;

mod boolean;
mod date;
mod measurement;
mod money;
mod number;
mod options;
mod text;

pub(super) use boolean::parse_boolean;
pub(super) use date::{parse_date, parse_moment, parse_moment_after};
pub(super) use measurement::{is_known_unit, parse_measurement};
pub(super) use money::{NamedCurrency, parse_amount, parse_currency};
pub(super) use number::{NumberFormat, parse_decimal, parse_integer};
pub(super) use options::{OptionLookup, split_list};
pub(super) use text::{clean_text, repair_mojibake, to_slug, unescape_text};

/// Why a cell cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellProblem {
    /// A stable name: `number-ambiguous`.
    pub(super) code: &'static str,
    /// What is wrong and what to write.
    pub(super) message: DiagnosticMessage,
}

impl CellProblem {
    pub(super) fn new(code: &'static str, message: impl Into<DiagnosticMessage>) -> Self {
        Self { code, message: message.into() }
    }
}
