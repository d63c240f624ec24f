//! Cells: what people and other programs write, read leniently but never guessed.
//!
//! Each function takes a text without white space around it and gives typed data or a
//! [`CellProblem`], which says what is wrong and what to write. Where two readings are possible and
//! would differ, as in `1.299` euros or `03/04/2026`, neither is chosen.

pub(crate) use rikaste_tables::CellProblem;

mod boolean;
mod date;
mod lists;
mod measurement;
mod money;
mod non_values;
mod number;
mod options;
mod text;

pub(crate) use boolean::parse_boolean;
pub(crate) use date::{EndTime, parse_date, parse_moment, parse_window, parse_window_end};
pub(crate) use lists::{
    ListFormat, has_code_commas, has_spaced_comma, split_at_commas, split_list, unescape_separators,
};
pub(crate) use measurement::{can_convert_unit, is_known_unit, is_unit_symbol, parse_measurement};
pub(crate) use money::{NamedCurrency, parse_amount, parse_currency};
pub(crate) use non_values::{
    is_blank_markup, is_placeholder, is_spreadsheet_error, may_say_nothing,
};
pub(crate) use number::{NumberFormat, parse_decimal, parse_integer};
pub(crate) use options::OptionLookup;
pub(crate) use text::{
    clean_key, clean_name, clean_text, decode_entities, repair_mojibake, strip_guard, to_slug,
    trim_text, unescape_text,
};
