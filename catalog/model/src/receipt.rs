//! Receipts: what became of a drop, row by row.

use crate::release::ReleaseNumber;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use smol_str::SmolStr;

use crate::diagnostic::Diagnostic;
use crate::moment::Moment;
use crate::product::{ContentHash, DropId};
use crate::record::DropKind;

mod collector;
mod kept;
mod question;
mod share;

pub use collector::DiagnosticCollector;
pub use question::{ApprovalQuestion, ColumnQuestion, SalesColumnClass};
pub use share::{Percentage, PercentageError};

/// The most lines of messages that a receipt keeps; beyond it they are counted.
pub const MESSAGE_LIMIT: usize = 2_000;

/// The most codes that messages are counted by: plugins make up their own, and might for each row.
/// The messages of further codes are counted as [`OTHER_CODES`].
pub const CODE_LIMIT: usize = 1_000;

/// See [`CODE_LIMIT`].
pub const OTHER_CODES: &str = "other";

/// What became of a drop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The drop's number.
    pub drop: DropId,
    /// What it was about.
    pub kind: DropKind,
    /// The file, from the inbox on: `products/spring.csv`. For photos that came together, the folder.
    pub file: String,
    /// The hash of its bytes; `None` of several photos, and of a photo that was refused unread.
    #[serde(deserialize_with = "read_hash")]
    pub hash: Option<ContentHash>,
    /// Its size in bytes; 0 of several photos.
    pub size: u64,
    /// When it was imported.
    pub at: Moment,
    /// How long it took.
    pub milliseconds: u64,
    /// What came of it.
    pub outcome: DropOutcome,
    /// The release it made, if it made one.
    pub release: Option<ReleaseNumber>,
    /// The release that took back what it said, if one did.
    #[serde(default)]
    pub undone: Option<ReleaseNumber>,
    /// How it was read, in words: `CSV, semicolon, UTF-8`.
    pub read_as: String,
    /// The headers, in order: what a cell's column number refers to.
    pub columns: Vec<SmolStr>,
    /// How many rows came to what.
    pub rows: RowCounts,
    /// How many cells, or parts of them, were left out of rows that were imported.
    #[serde(default)]
    pub cells_left_out: u64,
    /// How many warnings there were, the ones not kept included.
    #[serde(default)]
    pub warnings: u64,
    /// The file of the rows that were refused.
    #[serde(default)]
    pub rejects: Option<RejectedRows>,
    /// Why all of it was refused although rows of it could be used.
    #[serde(default)]
    pub too_many: Option<TooManyBadRows>,
    /// What somebody has to approve before anything of it is imported.
    #[serde(default)]
    pub question: Option<ApprovalQuestion>,
    /// How many products were touched, and how.
    pub products: ProductCounts,
    /// What there is to say, in the order of the rows; at most [`MESSAGE_LIMIT`].
    #[serde(with = "kept")]
    pub messages: Vec<Diagnostic>,
    /// How many messages of each code there were, the ones not kept included.
    pub message_counts: BTreeMap<SmolStr, u64>,
}

/// Receipts that were stored before the hash was optional have zeros where there is none.
fn read_hash<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<ContentHash>, D::Error> {
    let hash = Option::<ContentHash>::deserialize(deserializer)?;
    Ok(hash.filter(|hash| hash.0 != [0; 32]))
}

/// What came of a drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DropOutcome {
    /// Something changed: a release was made.
    Released,
    /// It says what is known already: no release.
    Unchanged,
    /// Somebody has to answer a question first: nothing was taken from it yet.
    Held,
    /// Somebody answered that nothing of it is to be taken.
    Refused,
    /// It could not be read, or no row of it could be used: nothing was taken from it.
    Rejected,
}

impl Receipt {
    /// How many messages there were that no line stands for.
    #[must_use]
    pub fn count_omitted_messages(&self) -> u64 {
        let all: u64 = self.message_counts.values().sum();
        let told: u64 = self.messages.iter().map(collector::count_messages).sum();
        all.saturating_sub(told)
    }
}

/// How many rows came to what. Every row is in exactly one of the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowCounts {
    /// Rows of products (reviews, …) that were not known.
    pub new: u64,
    /// Rows that changed something.
    pub changed: u64,
    /// Rows that say what is known already.
    pub unchanged: u64,
    /// Rows that were refused.
    pub rejected: u64,
}

/// The file of the rows that were refused, beside the receipt, to be mended and dropped again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRows {
    /// The hash of its bytes: a later drop of the file puts another in its place.
    pub hash: ContentHash,
    /// How many rows it has.
    pub rows: u64,
}

/// More rows were bad than the shop, or a mapping, lets a file have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TooManyBadRows {
    /// How many rows were bad.
    pub bad: u64,
    /// Of how many that were read.
    pub rows: u64,
    /// The most that may be bad.
    pub limit: Percentage,
}

/// What happened to products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProductCounts {
    /// Products whose data changed, by themselves or through their model.
    pub touched: u64,
    /// Of these, how many went through at least one plugin.
    pub enriched: u64,
    /// Plugin outcomes that were made anew.
    pub plugin_runs: u64,
    /// Plugin outcomes that were reused.
    pub memo_hits: u64,
    /// Channel documents that changed.
    pub documents: u64,
    /// Products that were taken out of the range, or, of a drop that is held, that would be.
    #[serde(default)]
    pub gone: u64,
}

impl RowCounts {
    /// Rows whose content stands in the catalogue.
    #[must_use]
    pub fn accepted(&self) -> u64 {
        self.new + self.changed + self.unchanged
    }
}
