//! Cells of a sheet: what they say as a text.
//!
//! A number comes with the fifteen digits that a spreadsheet shows of it, a date as in ISO 8601,
//! whatever format the cell is shown in: 0.25 for a quarter, though it says 25 %.

use std::borrow::Cow;

use calamine::{Data, DataRef, ExcelDateTime};

use crate::table::CellKind;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WorkbookCell<'c> {
    Empty,
    Text(Cow<'c, str>),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    Moment(ExcelDateTime),
    Error(String),
    /// A formula without a value.
    FormulaWithoutValue,
}

impl<'c> From<&'c DataRef<'_>> for WorkbookCell<'c> {
    fn from(data: &'c DataRef<'_>) -> Self {
        match data {
            DataRef::Empty => Self::Empty,
            DataRef::Int(number) => Self::Integer(*number),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::String(text) => Self::Text(Cow::Borrowed(text)),
            DataRef::SharedString(text) => Self::Text(Cow::Borrowed(text)),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => iso_date_cell(text),
            DataRef::Bool(value) => Self::Boolean(*value),
            DataRef::DateTime(moment) => Self::Moment(*moment),
            DataRef::Error(error) => Self::Error(error.to_string()),
        }
    }
}

impl<'c> From<&'c Data> for WorkbookCell<'c> {
    fn from(data: &'c Data) -> Self {
        match data {
            Data::Empty => Self::Empty,
            Data::Int(number) => Self::Integer(*number),
            Data::Float(number) => Self::Number(*number),
            Data::String(text) => Self::Text(Cow::Borrowed(text)),
            Data::DateTimeIso(text) | Data::DurationIso(text) => iso_date_cell(text),
            Data::Bool(value) => Self::Boolean(*value),
            Data::DateTime(moment) => Self::Moment(*moment),
            Data::Error(error) => Self::Error(error.to_string()),
        }
    }
}

/// A date, without a midnight behind it.
pub(crate) fn iso_date_cell(text: &str) -> WorkbookCell<'_> {
    let day = text.strip_suffix("T00:00:00").or_else(|| text.strip_suffix("T00:00:00Z"));
    WorkbookCell::Text(Cow::Borrowed(day.unwrap_or(text)))
}

impl WorkbookCell<'_> {
    /// Its text, and what that is.
    pub(crate) fn to_text(&self) -> (Cow<'_, str>, CellKind) {
        match self {
            Self::Empty => (Cow::Borrowed(""), CellKind::Text),
            Self::Error(_) | Self::FormulaWithoutValue => (Cow::Borrowed(""), CellKind::NoValue),
            Self::Text(text) => (Cow::Borrowed(text), CellKind::Text),
            Self::Integer(number) => (Cow::Owned(number.to_string()), CellKind::Number),
            Self::Number(number) => (Cow::Owned(format_number(*number)), CellKind::Number),
            Self::Boolean(value) => {
                (Cow::Borrowed(if *value { "true" } else { "false" }), CellKind::Boolean)
            }
            Self::Moment(moment) => match format_moment(*moment) {
                Some(text) => (Cow::Owned(text), CellKind::Text),
                None => (Cow::Owned(format_number(moment.as_f64())), CellKind::Number),
            },
        }
    }
}

/// A number with at most fifteen digits, never with an exponent.
fn format_number(number: f64) -> String {
    const EXACT: f64 = 1e15;
    if number.fract() == 0.0 && number.abs() < EXACT {
        return (number as i64).to_string();
    }
    let shortest = number.to_string();
    if shortest.bytes().filter(u8::is_ascii_digit).count() <= 15 {
        return shortest;
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

/// A date, a time, or both; nothing where it is in no calendar.
fn format_moment(moment: ExcelDateTime) -> Option<String> {
    /// 10000-01-01 as Excel counts days.
    const END: f64 = 2_958_466.0;
    const DAY: f64 = 86_400.0;
    let days = moment.as_f64();
    if !(0.0..END).contains(&days) {
        return None;
    }
    if moment.is_duration() || days < 1.0 {
        let seconds = (days * DAY).round() as u64;
        return Some(format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60));
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
    })
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_have_the_digits_that_a_spreadsheet_shows() {
        for (number, text) in [
            (6_412_345_678_910.0, "6412345678910"),
            (0.1 + 0.2, "0.3"),
            (1.1 * 3.0, "3.3"),
            (19.9, "19.9"),
            (0.25, "0.25"),
            (-5.0, "-5"),
            (1e15, "1000000000000000"),
            (12_345_678.9, "12345678.9"),
            (0.000_001, "0.000001"),
        ] {
            assert_eq!(format_number(number), text);
        }
    }

    #[test]
    fn moments_are_written_as_in_iso_8601() {
        let text = |days: f64, kind| format_moment(ExcelDateTime::new(days, kind, false));
        let day = ExcelDateTimeType::DateTime;
        assert_eq!(text(46082.0, day).as_deref(), Some("2026-03-01"));
        assert_eq!(text(46082.5, day).as_deref(), Some("2026-03-01T12:00:00"));
        assert_eq!(text(0.25, day).as_deref(), Some("06:00:00"));
        assert_eq!(text(1.5, ExcelDateTimeType::TimeDelta).as_deref(), Some("36:00:00"));
        assert_eq!(text(-1.0, day), None);
        assert_eq!(text(1e300, day), None);
    }
}
