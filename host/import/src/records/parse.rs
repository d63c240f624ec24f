//! Cells: what people and other programs write, read leniently but never guessed.
//!
//! Each function takes a text without white space around it and gives typed data or a
//! [`CellProblem`], which says what is wrong and what to write. Where two readings are possible and
//! would differ, as in `1.299` euros or `03/04/2026`, neither is chosen.

pub(crate) use rikaste_tables::CellProblem;

mod boolean;
mod date;
mod measurement;
mod money;
mod number;
mod options;
mod text;

pub(crate) use boolean::parse_boolean;
pub(crate) use date::{EndTime, parse_date, parse_moment, parse_window, parse_window_end};
pub(crate) use measurement::{is_known_unit, parse_measurement};
pub(crate) use money::{NamedCurrency, parse_amount, parse_currency};
pub(crate) use number::{NumberFormat, parse_decimal, parse_integer};
pub(crate) use options::{OptionLookup, split_list};
pub(crate) use text::{clean_text, repair_mojibake, to_slug, unescape_text};
