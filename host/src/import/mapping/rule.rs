//! Rules: what a column means, and how its cells are read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rikaste_catalog::value::Currency;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::Glob;
use crate::import::parse::{strip_markup, unescape};
use crate::import::path::Path as ListPath;

/// What a column means, and how its cells are read.
#[derive(Debug, Clone, Default)]
pub(in crate::import) struct Rule {
    /// A target in the convention's words, `ignore` or `variants`; absent: by its own name.
    pub(in crate::import) to: Option<String>,
    /// What amounts are divided by: 100 where they are in cents.
    pub(in crate::import) divide: Option<Decimal>,
    /// What stands between the parts of a list.
    pub(in crate::import) split: Option<String>,
    /// What ends each of the parts, where more follows that is of no interest.
    pub(in crate::import) until: Option<String>,
    /// Where in a cell that holds JSON the list is.
    pub(in crate::import) json: Option<ListPath>,
    /// Of parts such as `sku=A,size=S`, the one that counts.
    pub(in crate::import) key: Option<String>,
    /// What is done to the text before it is read, in this order.
    pub(in crate::import) steps: Vec<Step>,
    /// What an empty cell says.
    pub(in crate::import) default: Option<String>,
    /// The decimal mark of this column.
    pub(in crate::import) decimal: Option<char>,
    /// How dates are written, as `strptime` has it.
    pub(in crate::import) date: Option<String>,
    /// The unit of measurements that name none.
    pub(in crate::import) unit: Option<SmolStr>,
    /// The currency of amounts that name none.
    pub(in crate::import) currency: Option<Currency>,
    /// Whether names become codes: `Office Furniture` → `office-furniture`.
    pub(in crate::import) slug: bool,
    /// Whether a `valid_until` is the last moment inside, and not the first one after.
    pub(in crate::import) inclusive: bool,
    /// Where it stands when a price holds.
    pub(in crate::import) window: Option<Dates>,
    /// What to read in place of what is written.
    pub(in crate::import) values: BTreeMap<String, String>,
    /// Set where a cell holds names and values: `size=32,color=Black`.
    pub(in crate::import) pairs: Option<PairCells>,
}

/// What is done to a text before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Step {
    /// Takes out HTML tags; paragraphs become lines.
    StripHtml,
    /// Makes line breaks of written `\n`.
    Unescape,
    /// Puts one text in the place of another.
    Replace(String, String),
    /// Changes the case.
    Case(Case),
}

/// How letters are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::import) enum Case {
    /// all small
    Lower,
    /// ALL LARGE
    Upper,
    /// The first one large, the others as they are.
    Sentence,
}

impl Rule {
    /// Whether texts are read as they stand there.
    pub(in crate::import) fn is_plain(&self) -> bool {
        self.steps.is_empty() && self.values.is_empty() && self.default.is_none()
    }

    /// Whether an empty cell says something all the same.
    pub(in crate::import) fn fills_empty(&self) -> bool {
        self.default.is_some() || self.values.contains_key("")
    }

    /// The text after the steps, without white space around it.
    pub(in crate::import) fn prepared<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        if self.steps.is_empty() {
            return text;
        }
        let text = self.steps.iter().fold(text.into_owned(), |text, step| step.done(&text));
        Cow::Owned(text.trim().to_owned())
    }
}

impl Step {
    fn done(&self, text: &str) -> String {
        match self {
            Self::StripHtml => strip_markup(text),
            Self::Unescape => unescape(text).into_owned(),
            Self::Replace(from, to) => text.replace(from, to),
            Self::Case(Case::Lower) => text.to_lowercase(),
            Self::Case(Case::Upper) => text.to_uppercase(),
            Self::Case(Case::Sentence) => {
                let mut letters = text.chars();
                letters.next().map_or(String::new(), |first| {
                    first.to_uppercase().collect::<String>() + letters.as_str()
                })
            }
        }
    }
}

/// The columns that say from when and until when a price holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct Dates {
    /// Its first day or moment.
    pub(in crate::import) from: Option<String>,
    /// Its end.
    pub(in crate::import) until: Option<String>,
}

/// How names and values stand in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct PairCells {
    /// Between the pairs: `,`.
    pub(in crate::import) between: String,
    /// Between name and value: `=`.
    pub(in crate::import) within: String,
    /// What ends the value, where more follows that is of no interest.
    pub(in crate::import) until: Option<String>,
}

/// Columns that come in twos, one with a name and one with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct PairColumns {
    /// The columns of names: `attribute_key_*`.
    pub(in crate::import) key: Glob,
    /// The columns of values: `value_*`; what the star stands for is the same. If it ends in a
    /// locale (`6.en_US`), the value is in it.
    pub(in crate::import) value: Glob,
    /// What stands between several names, and between their values.
    pub(in crate::import) split: Option<String>,
    /// What ends a name or a value, where more follows that is of no interest.
    pub(in crate::import) until: Option<String>,
}

/// A list of objects inside an element that each have a name and a value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct Features {
    /// The list: `FeaturesGroups[].Features[]`.
    pub(in crate::import) path: String,
    /// Inside each, what it is about.
    pub(in crate::import) name: String,
    /// Inside each, what it says.
    pub(in crate::import) value: String,
}

/// Where reviews are inside the elements of a file of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct ReviewPaths {
    /// The list of them.
    pub(in crate::import) path: String,
    /// What they are called after.
    pub(in crate::import) source: String,
    /// Names inside each, by the field of a review that they are.
    pub(in crate::import) fields: Vec<(String, String)>,
}
