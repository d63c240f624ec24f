//! Values: typed data of an attribute, for a locale, a channel and a time.

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::code::{AttributeCode, ChannelCode};
use crate::locale::Locale;
use crate::moment::Window;

mod currency;
pub mod rich_text;

pub use currency::{Currency, CurrencyError};
pub use rich_text::{RichText, RichTextError};

/// What an attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataType {
    /// Plain text.
    Text,
    /// HTML of a small set of tags: see [`rich_text`].
    RichText,
    /// Yes or no.
    Boolean,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A calendar date.
    Date,
    /// One or more codes of the attribute's options.
    Options,
    /// An amount with a unit.
    Measurement,
    /// An amount with a currency.
    Money,
    /// Names of assets, in order.
    Assets,
    /// Rows under named columns.
    Table,
}

/// The data of one value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ValueData {
    /// See [`DataType::Text`].
    Text(String),
    /// See [`DataType::RichText`].
    RichText(RichText),
    /// See [`DataType::Boolean`].
    Boolean(bool),
    /// See [`DataType::Integer`].
    Integer(i64),
    /// See [`DataType::Decimal`].
    Decimal(Decimal),
    /// See [`DataType::Date`].
    Date(Date),
    /// See [`DataType::Options`].
    Options(Vec<SmolStr>),
    /// See [`DataType::Measurement`].
    Measurement(Measurement),
    /// See [`DataType::Money`].
    Money(Money),
    /// See [`DataType::Assets`].
    Assets(Vec<SmolStr>),
    /// See [`DataType::Table`].
    Table(TableData),
}

/// An amount of some unit: `0.4` `kg`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Measurement {
    /// The amount, in the unit.
    pub amount: Decimal,
    /// Of what: `kg`, `cm`, `l`.
    pub unit: SmolStr,
}

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// How much, in the currency's main unit.
    pub amount: Decimal,
    /// Of which currency.
    pub currency: Currency,
}

/// Rows of text under named columns; every row has a cell for each column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct TableData {
    /// Column names.
    pub columns: Vec<SmolStr>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
}

/// One value of an attribute. What is absent holds for all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AttributeValue {
    /// Whose value it is.
    pub attribute: AttributeCode,
    /// For which locale.
    pub locale: Option<Locale>,
    /// For which channel.
    pub channel: Option<ChannelCode>,
    /// When the value applies.
    pub window: Window,
    /// The data of the attribute's type.
    pub data: ValueData,
}

impl AttributeValue {
    /// A value for every locale and channel, always.
    #[must_use]
    pub fn new(attribute: AttributeCode, data: ValueData) -> Self {
        Self { attribute, locale: None, channel: None, window: Window::ALWAYS, data }
    }

    /// Whether both say something about the same attribute, locale, channel and window: one
    /// replaces the other.
    #[must_use]
    pub fn has_same_scope(&self, other: &Self) -> bool {
        self.attribute == other.attribute
            && self.locale == other.locale
            && self.channel == other.channel
            && self.window == other.window
    }
}

impl ValueData {
    /// The type of this data.
    #[must_use]
    pub fn data_type(&self) -> DataType {
        match self {
            Self::Text(_) => DataType::Text,
            Self::RichText(_) => DataType::RichText,
            Self::Boolean(_) => DataType::Boolean,
            Self::Integer(_) => DataType::Integer,
            Self::Decimal(_) => DataType::Decimal,
            Self::Date(_) => DataType::Date,
            Self::Options(_) => DataType::Options,
            Self::Measurement(_) => DataType::Measurement,
            Self::Money(_) => DataType::Money,
            Self::Assets(_) => DataType::Assets,
            Self::Table(_) => DataType::Table,
        }
    }

    /// The text of text and rich text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::RichText(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The codes of options.
    #[must_use]
    pub fn as_options(&self) -> Option<&[SmolStr]> {
        match self {
            Self::Options(codes) => Some(codes),
            _ => None,
        }
    }

    /// Whether nothing is in it: an empty text, no options, no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::RichText(text) => text.as_str().trim().is_empty(),
            Self::Options(names) | Self::Assets(names) => names.is_empty(),
            Self::Table(table) => table.rows.is_empty(),
            _ => false,
        }
    }
}

/// What a person reads: one line, lists with commas.
impl fmt::Display for ValueData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::RichText(text) => f.write_str(text.as_str()),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Decimal(value) => write!(f, "{value}"),
            Self::Date(value) => write!(f, "{value}"),
            Self::Options(names) | Self::Assets(names) => f.write_str(&names.join(", ")),
            Self::Measurement(m) => write!(f, "{} {}", m.amount, m.unit),
            Self::Money(money) => write!(f, "{money}"),
            Self::Table(table) => {
                write!(f, "{} rows of {}", table.rows.len(), table.columns.join(", "))
            }
        }
    }
}

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::RichText => "rich-text",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Date => "date",
            Self::Options => "options",
            Self::Measurement => "measurement",
            Self::Money => "money",
            Self::Assets => "assets",
            Self::Table => "table",
        })
    }
}

/// `25.50 EUR`, as Google Merchant writes it, with at least two decimals.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut amount = self.amount.normalize();
        if amount.scale() < 2 {
            amount.rescale(2);
        }
        write!(f, "{amount} {}", self.currency)
    }
}
