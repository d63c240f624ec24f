//! Receipts: what became of a drop, row by row.

use crate::release::ReleaseNumber;
use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Deserializer, Serialize};
use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Severity};
use crate::moment::Moment;
use crate::product::{ContentHash, DropId};
use crate::record::DropKind;

mod kept;
mod question;
mod share;

pub use question::{ApprovalQuestion, ColumnQuestion, SalesColumnClass};
pub use share::{Percentage, PercentageError};

/// The most messages that a receipt keeps; beyond it they are counted.
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

/// Collects the messages of one drop: counts all, keeps the first.
#[derive(Debug, Default)]
pub struct DiagnosticCollector {
    kept: Vec<Diagnostic>,
    counts: BTreeMap<SmolStr, u64>,
    left_out: u64,
    warnings: u64,
    /// What was said of columns that is said once.
    said_of_columns: HashSet<(SmolStr, Option<SmolStr>)>,
}

impl DiagnosticCollector {
    /// Takes one in.
    pub fn push_diagnostic(&mut self, diagnostic: Diagnostic) {
        self.count_code(diagnostic.code.clone(), 1);
        self.warnings += u64::from(diagnostic.severity == Severity::Warning);
        if self.kept.len() < MESSAGE_LIMIT {
            self.kept.push(diagnostic);
        }
    }

    /// Takes in what is said once of a column: of its code, the later ones are only counted.
    pub fn push_once_per_column(&mut self, diagnostic: Diagnostic) {
        let key = (diagnostic.code.clone(), diagnostic.place.column.clone());
        let is_known = self.said_of_columns.contains(&key);
        if is_known || self.said_of_columns.len() >= MESSAGE_LIMIT {
            self.count_code(diagnostic.code, 1);
            return;
        }
        self.said_of_columns.insert(key);
        self.push_diagnostic(diagnostic);
    }

    /// Has every message changed that is kept.
    pub fn update_each(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.kept.iter_mut().for_each(change);
    }

    /// Counts a cell that was left out.
    pub fn count_left_out(&mut self) {
        self.left_out += 1;
    }

    /// How many cells were left out.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// How many warnings there were.
    #[must_use]
    pub fn warning_count(&self) -> u64 {
        self.warnings
    }

    /// Takes in what was collected elsewhere.
    pub fn append_collected(&mut self, other: Self) {
        let room = MESSAGE_LIMIT - self.kept.len();
        self.kept.extend(other.kept.into_iter().take(room));
        self.left_out += other.left_out;
        self.warnings += other.warnings;
        for (code, count) in other.counts {
            self.count_code(code, count);
        }
    }

    fn count_code(&mut self, code: SmolStr, count: u64) {
        let has_room = self.counts.len() < CODE_LIMIT || self.counts.contains_key(&code);
        let code = if has_room { code } else { SmolStr::new_static(OTHER_CODES) };
        *self.counts.entry(code).or_default() += count;
    }

    /// What was kept, in the order of the rows, and the counts of all.
    #[must_use]
    pub fn into_diagnostics(mut self) -> (Vec<Diagnostic>, BTreeMap<SmolStr, u64>) {
        // What is about the file comes first, what is about a product as a whole last.
        self.kept.sort_by_key(|message| match (message.place.row, &message.place.sku) {
            (Some(row), _) => row,
            (None, None) => 0,
            (None, Some(_)) => u32::MAX,
        });
        (self.kept, self.counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_are_made_up_do_not_fill_the_receipt() {
        let made_up = |at: usize| Diagnostic {
            code: SmolStr::new(format!("code-{at}")),
            ..Diagnostic::new_info("code", "made up")
        };
        let mut messages = DiagnosticCollector::default();
        (0..CODE_LIMIT).for_each(|at| messages.push_diagnostic(made_up(at)));
        let mut more = DiagnosticCollector::default();
        (0..CODE_LIMIT + 2).for_each(|at| more.push_diagnostic(made_up(at + 1)));
        messages.append_collected(more);
        let (_, counts) = messages.into_diagnostics();
        assert_eq!((counts["code-0"], counts["code-1"], counts[OTHER_CODES]), (1, 2, 3));
        assert_eq!(counts.len(), CODE_LIMIT + 1);
        assert_eq!(counts.values().sum::<u64>(), 2 * CODE_LIMIT as u64 + 2);
    }
}
