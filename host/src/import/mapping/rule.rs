//! Rules: what a column means, and how its cells are read.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Glob;

/// What a column means, and how its cells are read.
#[derive(Debug, Clone, Default)]
pub(in crate::import) struct Rule {
    /// A target in the convention's words, `ignore` or `variants`; absent: by its own name.
    pub(in crate::import) to: Option<String>,
    /// What amounts are divided by: 100 where they are in cents.
    pub(in crate::import) divide: Option<Decimal>,
    /// What stands between the parts of a list.
    pub(in crate::import) split: Option<String>,
    /// Of parts such as `sku=A,size=S`, the one that counts.
    pub(in crate::import) key: Option<String>,
    /// Whether a written `\n` is a line break.
    pub(in crate::import) unescape: bool,
    /// Whether names become codes: `Office Furniture` → `office-furniture`.
    pub(in crate::import) slug: bool,
    /// Whether a `valid_until` is the last moment inside, and not the first one after.
    pub(in crate::import) inclusive: bool,
    /// What to read in place of what is written.
    pub(in crate::import) values: BTreeMap<String, String>,
    /// Set where a cell holds names and values: `size=32,color=Black`.
    pub(in crate::import) pairs: Option<PairCells>,
}

/// How names and values stand in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct PairCells {
    /// Between the pairs: `,`.
    pub(in crate::import) between: String,
    /// Between name and value: `=`.
    pub(in crate::import) within: String,
}

/// Columns that come in twos, one with a name and one with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct PairColumns {
    /// The columns of names: `attribute_key_*`.
    pub(in crate::import) key: Glob,
    /// The columns of values: `value_*`; what the star stands for is the same. If it ends in a
    /// locale (`6.en_US`), the value is in it.
    pub(in crate::import) value: Glob,
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
