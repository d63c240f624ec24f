//! Rules: what a column means, and how its cells are read.

use std::collections::BTreeMap;

use rikaste_model::value::Currency;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::Glob;
use rikaste_tables::ValuePath;

/// What a column means, and how its cells are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnRule {
    /// A target in the convention's words, `ignore` or `variants`; absent: by its own name.
    pub(crate) to: Option<String>,
    /// What amounts are divided by: 100 where they are in cents.
    pub(crate) divide: Option<Decimal>,
    /// What stands between the parts of a list.
    pub(crate) split: Option<String>,
    /// What makes a separator behind it part of a name.
    pub(crate) escape: Option<char>,
    /// What stands between the levels of a category's path.
    pub(crate) levels: Option<String>,
    /// What ends each of the parts, where more follows that is of no interest.
    pub(crate) cut_at: Option<String>,
    /// Where in a cell that holds JSON the list is.
    pub(crate) json: Option<ValuePath>,
    /// Of parts such as `sku=A,size=S`, the one that counts.
    pub(crate) key: Option<String>,
    /// What is done to the text before it is read, in this order.
    pub(crate) steps: Vec<TextStep>,
    /// What an empty cell says.
    pub(crate) default: Option<String>,
    /// The decimal mark of this column.
    pub(crate) decimal: Option<char>,
    /// How dates are written, as `strptime` has it.
    pub(crate) date: Option<String>,
    /// The unit of measurements that name none.
    pub(crate) unit: Option<SmolStr>,
    /// The currency of amounts that name none.
    pub(crate) currency: Option<Currency>,
    /// Whether names become codes: `Office Furniture` → `office-furniture`.
    pub(crate) slug: bool,
    /// Whether a time in a `valid_until` is the last moment inside, and not the first one after.
    pub(crate) inclusive: bool,
    /// The best rating that there is.
    pub(crate) scale: Option<Decimal>,
    /// Where it stands when a price holds.
    pub(crate) window: Option<WindowColumns>,
    /// What to read in place of what is written.
    pub(crate) values: BTreeMap<String, String>,
    /// Set where a cell holds names and values: `size=32,color=Black`.
    pub(crate) pairs: Option<PairFormat>,
}

/// What is done to a text before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TextStep {
    /// Takes out HTML tags; paragraphs become lines.
    StripHtml,
    /// Makes line breaks of written `\n`.
    Unescape,
    /// Puts one text in the place of another.
    Replace(String, String),
    /// Changes the case.
    Case(LetterCase),
}

/// How letters are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LetterCase {
    /// all small
    Lower,
    /// ALL LARGE
    Upper,
    /// The first one large, the others as they are.
    Sentence,
}

impl ColumnRule {
    /// Whether texts are read as they stand there.
    pub(crate) fn is_plain(&self) -> bool {
        self.steps.is_empty() && self.values.is_empty() && self.default.is_none()
    }

    /// Whether an empty cell says something all the same.
    pub(crate) fn has_empty_value(&self) -> bool {
        self.default.is_some() || self.values.contains_key("")
    }
}

/// The columns that say from when and until when a price holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WindowColumns {
    /// Its first day or moment.
    pub(crate) from: Option<String>,
    /// Its end.
    pub(crate) until: Option<String>,
}

/// How names and values stand in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PairFormat {
    /// Between the pairs: `,`.
    pub(crate) between: String,
    /// Between name and value: `=`.
    pub(crate) within: String,
    /// Between the parts of a value.
    pub(crate) list: Option<String>,
    /// What ends the value, where more follows that is of no interest.
    pub(crate) cut_at: Option<String>,
}

/// Columns that come in twos, one with a name and one with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PairColumns {
    /// The columns of names: `attribute_key_*`.
    pub(crate) key: Glob,
    /// The columns of values: `value_*`; what the star stands for is the same. If it ends in a
    /// locale (`6.en_US`), the value is in it.
    pub(crate) value: Glob,
    /// What stands between several names, and between their values.
    pub(crate) split: Option<String>,
    /// What stands between the parts of a value, and what makes one of them part of a name.
    pub(crate) list: Option<String>,
    /// What makes a separator of `list` behind it part of a name.
    pub(crate) escape: Option<char>,
    /// What ends a name or a value, where more follows that is of no interest.
    pub(crate) cut_at: Option<String>,
}

/// A list of objects inside an element that each have a name and a value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeatureRule {
    /// The list: `FeaturesGroups[].Features[]`.
    pub(crate) path: String,
    /// Inside each, what it is about.
    pub(crate) name: String,
    /// Inside each, what it says.
    pub(crate) value: String,
}

/// Where reviews are inside the elements of a file of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReviewPaths {
    /// The list of them.
    pub(crate) path: String,
    /// What they are called after.
    pub(crate) source: String,
    /// The best rating that there is.
    pub(crate) scale: Option<Decimal>,
    /// Names inside each, by the field of a review that they are.
    pub(crate) fields: Vec<(String, String)>,
}

/// How a mapping says that several rows are one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupRule {
    /// The columns that name the product: the first of them that the file has counts.
    pub(crate) key_columns: Vec<Glob>,
    /// Columns that are about the variant.
    pub(crate) variants: Vec<Glob>,
    /// Of these, the ones by which variants differ.
    pub(crate) axes: Vec<Glob>,
    /// What stands there where there is nothing to choose.
    pub(crate) no_choice: Vec<String>,
    /// Columns of which the first row speaks for the others.
    pub(crate) first_row_only: Vec<Glob>,
    /// Columns about the product, although those about variants name them, too.
    pub(crate) product: Vec<Glob>,
    /// Whether all columns of `by` together name the product.
    pub(crate) joined: bool,
    /// Whether what names the product is its name, and no SKU.
    pub(crate) by_name: bool,
    /// A column, and what stands in the row that a product begins with, where no column names it.
    pub(crate) starts: Option<(String, String)>,
    /// How rows of prices become one.
    pub(crate) spread: Option<SpreadRule>,
}

/// How rows that each state one price of a product become one row with a column for each.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpreadRule {
    /// The column that says which price it is.
    pub(crate) column: String,
    /// The column of amounts.
    pub(crate) value: String,
    /// What the amount is, by what stands in the column.
    pub(crate) to: BTreeMap<String, String>,
}
