//! Cells: what people and other programs write, read leniently but never guessed.
//!
//! Each function takes a text without white space around it and gives typed data or a
//! [`Problem`], which says what is wrong and what to write. Where two readings are possible and
//! would differ, as in `1.299` euros or `03/04/2026`, neither is taken.

use rikaste_model::words::Message;

mod boolean;
mod date;
mod html;
mod measurement;
mod money;
mod number;
mod options;
mod text;

pub(super) use boolean::boolean;
pub(super) use date::{date, moment, moment_after};
pub(super) use html::{holds_markup, sanitise, strip_markup};
pub(super) use measurement::{is_unit, measurement};
pub(super) use money::{Named, amount, currency};
pub(super) use number::{Style, decimal, integer};
pub(super) use options::{Options, split_list};
pub(super) use text::{plain, slug, unescape, ungarbled};

/// Why a cell cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// A stable name: `number-ambiguous`.
    pub(super) code: &'static str,
    /// What is wrong and what to write.
    pub(super) message: Message,
}

impl Problem {
    pub(super) fn new(code: &'static str, message: impl Into<Message>) -> Self {
        Self { code, message: message.into() }
    }
}
