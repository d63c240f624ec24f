//! From a guest's data to the catalogue's, where it is what it says it is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rikaste_model::diagnostic::cut_excerpt;
use rikaste_model::product::ContentHash;
use rikaste_model::shop::{LocaleLabels, find_nearest_name};
use rikaste_model::value::{
    Currency, CurrencyError, DataType, Measurement, Money, RichText, RichTextError, TableData,
    ValueData,
};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::bindings::rikaste::plugin::types;
use super::{guest_text, limits};

/// Why data is not what it says it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// Nothing is in it.
    #[error("it is empty; leave out what there is nothing to say about")]
    Empty,
    /// A text is too long.
    #[error("a text has {0} bytes; at most {limit} are allowed", limit = limits::TEXT_BYTES)]
    TooLong(usize),
    /// There are too many of something.
    #[error("it has {count} {what}; at most {limit} are allowed")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// Their number.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A character is not printable.
    #[error("a text contains the control character {0:?}")]
    Unprintable(char),
    /// Rich text is not of the small set.
    #[error(transparent)]
    RichText(#[from] RichTextError),
    /// A decimal is none.
    #[error("\"{0}\" is not a decimal number such as -12.50")]
    Decimal(String),
    /// A date is none.
    #[error("\"{0}\" is not a date; write it as 2026-12-24")]
    Date(String),
    /// A currency is none.
    #[error(transparent)]
    Currency(#[from] CurrencyError),
    /// A unit is none.
    #[error("\"{0}\" is not a unit")]
    Unit(String),
    /// An option that the shop does not have.
    #[error("the shop has no option \"{option}\" of it{}", hint.as_ref().map(|hint| format!("; it has \"{hint}\"")).unwrap_or_default())]
    UnknownOption {
        /// The code of the option.
        option: String,
        /// Which may have been meant.
        hint: Option<String>,
    },
    /// An asset's name is none.
    #[error("\"{0}\" is not the name of an asset; take those of the product's images")]
    Asset(String),
    /// A table's row has too few or too many cells.
    #[error("row {row} of the table has {cells} cells for {columns} columns")]
    RowLength {
        /// Which, counted from 1.
        row: usize,
        /// How many it has.
        cells: usize,
        /// How many it should have.
        columns: usize,
    },
}

/// The type of a guest's data.
#[must_use]
pub fn data_type_of(raw: &types::Data) -> DataType {
    match raw {
        types::Data::Text(_) => DataType::Text,
        types::Data::RichText(_) => DataType::RichText,
        types::Data::Boolean(_) => DataType::Boolean,
        types::Data::Integer(_) => DataType::Integer,
        types::Data::Decimal(_) => DataType::Decimal,
        types::Data::Date(_) => DataType::Date,
        types::Data::Options(_) => DataType::Options,
        types::Data::Measurement(_) => DataType::Measurement,
        types::Data::Money(_) => DataType::Money,
        types::Data::Assets(_) => DataType::Assets,
        types::Data::Table(_) => DataType::Table,
    }
}

/// The data, checked.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn lift_data(raw: types::Data) -> Result<ValueData, DataError> {
    let data = match raw {
        types::Data::Text(text) => ValueData::Text(check_text(text)?),
        types::Data::RichText(text) => ValueData::RichText(RichText::parse(&check_text(text)?)?),
        types::Data::Boolean(value) => ValueData::Boolean(value),
        types::Data::Integer(value) => ValueData::Integer(value),
        types::Data::Decimal(text) => ValueData::Decimal(parse_decimal(&text)?),
        types::Data::Date(text) => ValueData::Date(parse_date(&text)?),
        types::Data::Options(codes) => ValueData::Options(check_names("options", codes)?),
        types::Data::Measurement(value) => ValueData::Measurement(Measurement {
            amount: parse_decimal(&value.amount)?,
            unit: parse_unit(&value.unit)?,
        }),
        types::Data::Money(money) => ValueData::Money(Money {
            amount: parse_decimal(&money.amount)?,
            currency: Currency::new(&money.currency)?,
        }),
        types::Data::Assets(assets) => ValueData::Assets(check_asset_names(assets)?),
        types::Data::Table(value) => ValueData::Table(lift_table(value)?),
    };
    if data.is_empty() { Err(DataError::Empty) } else { Ok(data) }
}

/// Whether the shop has these options. A shop that lists none takes any.
///
/// # Errors
/// The first that it does not have.
pub fn check_options(
    data: &ValueData,
    known: &BTreeMap<SmolStr, LocaleLabels>,
) -> Result<(), DataError> {
    let options = data.as_options().unwrap_or_default();
    match options.iter().find(|option| !known.is_empty() && !known.contains_key(*option)) {
        None => Ok(()),
        Some(option) => Err(DataError::UnknownOption {
            option: cut_excerpt(option),
            hint: find_nearest_name(option, known.keys().map(SmolStr::as_str)).map(str::to_owned),
        }),
    }
}

fn check_text(text: String) -> Result<String, DataError> {
    if text.len() > limits::TEXT_BYTES {
        return Err(DataError::TooLong(text.len()));
    }
    guest_text::find_unprintable(&text).map_or(Ok(text), |c| Err(DataError::Unprintable(c)))
}

fn parse_decimal(text: &str) -> Result<Decimal, DataError> {
    Decimal::from_str_exact(text).map_err(|_| DataError::Decimal(cut_excerpt(text)))
}

fn parse_date(text: &str) -> Result<Date, DataError> {
    let error = || DataError::Date(cut_excerpt(text));
    // The parser would take a time after it, too.
    if text.len() == 10 { text.parse().map_err(|_| error()) } else { Err(error()) }
}

fn parse_unit(text: &str) -> Result<SmolStr, DataError> {
    let right = (1..=32).contains(&text.len()) && guest_text::find_unprintable(text).is_none();
    if right { Ok(SmolStr::new(text)) } else { Err(DataError::Unit(cut_excerpt(text))) }
}

fn check_names(what: &'static str, names: Vec<String>) -> Result<Vec<SmolStr>, DataError> {
    if names.len() > limits::CODES {
        return Err(DataError::TooMany { what, count: names.len(), limit: limits::CODES });
    }
    if names.iter().any(String::is_empty) {
        return Err(DataError::Empty);
    }
    names.into_iter().map(|name| check_text(name).map(SmolStr::new)).collect()
}

fn check_asset_names(raw: Vec<String>) -> Result<Vec<SmolStr>, DataError> {
    let assets = check_names("assets", raw)?;
    match assets.iter().find(|name| ContentHash::from_hex(name).is_none()) {
        None => Ok(assets),
        Some(name) => Err(DataError::Asset(cut_excerpt(name))),
    }
}

fn lift_table(raw: types::Table) -> Result<TableData, DataError> {
    let columns = raw.columns.len();
    let cells = columns.saturating_mul(raw.rows.len());
    if cells > limits::CELLS {
        return Err(DataError::TooMany { what: "cells", count: cells, limit: limits::CELLS });
    }
    if let Some((index, row)) = raw.rows.iter().enumerate().find(|(_, row)| row.len() != columns) {
        return Err(DataError::RowLength { row: index + 1, cells: row.len(), columns });
    }
    let mut bytes = 0;
    let mut cell = |text: String| {
        bytes += text.len();
        if bytes > limits::TEXT_BYTES { Err(DataError::TooLong(bytes)) } else { check_text(text) }
    };
    Ok(TableData {
        columns: raw
            .columns
            .into_iter()
            .map(|name| cell(name).map(SmolStr::new))
            .collect::<Result<_, _>>()?,
        rows: raw
            .rows
            .into_iter()
            .map(|row| row.into_iter().map(&mut cell).collect())
            .collect::<Result<_, _>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(raw: types::Data, expected: &Expect) {
        expected.assert_eq(
            &lift_data(raw).map_or_else(|error| error.to_string(), |data| format!("{data:?}")),
        );
    }

    fn money(amount: &str, currency: &str) -> types::Data {
        types::Data::Money(types::Money {
            amount: amount.to_owned(),
            currency: currency.to_owned(),
        })
    }

    fn measurement(amount: &str, unit: &str) -> types::Data {
        types::Data::Measurement(types::Measurement {
            amount: amount.to_owned(),
            unit: unit.to_owned(),
        })
    }

    #[test]
    fn data_is_what_it_says_it_is() {
        check(types::Data::Decimal("-12.50".to_owned()), &expect!["Decimal(-12.50)"]);
        check(types::Data::Date("2026-12-24".to_owned()), &expect!["Date(2026-12-24)"]);
        check(types::Data::Options(vec!["sand".to_owned()]), &expect![[r#"Options(["sand"])"#]]);
        check(money("25.50", "eur"), &expect!["Money(Money { amount: 25.50, currency: EUR })"]);
        check(
            measurement("0.4", "kg"),
            &expect![[r#"Measurement(Measurement { amount: 0.4, unit: "kg" })"#]],
        );
        check(
            types::Data::RichText("<p>a<br>b</p>".to_owned()),
            &expect![[r#"RichText("<p>a<br>b</p>")"#]],
        );
    }

    #[test]
    fn what_it_is_not_is_said() {
        check(
            types::Data::Text("  ".to_owned()),
            &expect!["it is empty; leave out what there is nothing to say about"],
        );
        check(
            types::Data::Decimal("1e5".to_owned()),
            &expect![[r#""1e5" is not a decimal number such as -12.50"#]],
        );
        check(
            types::Data::Decimal("12,50".to_owned()),
            &expect![[r#""12,50" is not a decimal number such as -12.50"#]],
        );
        check(
            types::Data::Date("2026-02-30".to_owned()),
            &expect![[r#""2026-02-30" is not a date; write it as 2026-12-24"#]],
        );
        check(
            types::Data::Date("2026-12-24T08:00".to_owned()),
            &expect![[r#""2026-12-24T08:00" is not a date; write it as 2026-12-24"#]],
        );
        check(
            types::Data::Options(vec![]),
            &expect!["it is empty; leave out what there is nothing to say about"],
        );
        check(
            types::Data::Options(vec![String::new()]),
            &expect!["it is empty; leave out what there is nothing to say about"],
        );
        check(
            types::Data::Options(vec!["x".to_owned(); 1_001]),
            &expect!["it has 1001 options; at most 1000 are allowed"],
        );
        check(
            types::Data::Assets(vec!["photo.jpg".to_owned()]),
            &expect![[
                r#""photo.jpg" is not the name of an asset; take those of the product's images"#
            ]],
        );
        check(
            money("1", "euro"),
            &expect![[r#""euro" is not a currency; write its three-letter code, such as EUR"#]],
        );
        check(measurement("1", ""), &expect![[r#""" is not a unit"#]]);
        check(
            types::Data::RichText("<u>a</u>".to_owned()),
            &expect![
                "`<u>` is not allowed here; p, br, ul, ol, li, strong, em, b, i, h3, h4 are, without attributes"
            ],
        );
    }

    #[test]
    fn an_option_the_shop_does_not_have_comes_with_the_nearest() {
        let known = BTreeMap::from([
            (SmolStr::new("sand"), LocaleLabels::new()),
            (SmolStr::new("moss"), LocaleLabels::new()),
        ]);
        let options = |code: &str| ValueData::Options(vec![code.into()]);
        assert_eq!(check_options(&options("moss"), &known), Ok(()));
        assert_eq!(check_options(&options("anything"), &BTreeMap::new()), Ok(()));
        let error = check_options(&options("snad"), &known).expect_err("unknown");
        assert_eq!(error.to_string(), "the shop has no option \"snad\" of it; it has \"sand\"");
    }
}
