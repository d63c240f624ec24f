//! Receipts: what became of each file that was dropped.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{DiagnosticEntry, TimeText};

/// The answer of `GET /v1/receipts`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptList {
    /// The newest first, without their messages.
    pub receipts: Vec<ReceiptSummary>,
}

/// A receipt with everything that it says: the answer of `GET /v1/receipts/{id}`, and the file
/// `receipts/….json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptDocument {
    /// What it says in short.
    #[serde(flatten)]
    pub summary: ReceiptSummary,
    /// How many messages there was no room for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_messages: u64,
    /// The messages, in the order of the file.
    pub messages: Vec<DiagnosticEntry>,
    /// The headers of the file, in order. Absent in the file beside the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
}

/// The answer to an approval or a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalAnswer {
    /// The file that was held, from the inbox on.
    pub file: String,
}

/// A receipt without its messages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptSummary {
    /// The receipt's number. Absent in the file beside the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// The file, from the inbox on.
    pub file: String,
    /// What the file is about, which follows from its folder.
    pub kind: DroppedFileKind,
    /// What came of it.
    pub outcome: ReceiptOutcome,
    /// What came of it, in an English sentence.
    pub summary: String,
    /// The shop's language, in which every `local_…` is.
    pub language: ReceiptLanguage,
    /// What came of it, in a sentence in the shop's language.
    pub local_summary: String,
    /// The release that it made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<u64>,
    /// The release that took back what the file said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<u64>,
    /// When the file was read. In UTC in the file beside the page.
    pub at: TimeText,
    /// How long it took.
    pub milliseconds: u64,
    /// The file's size in bytes.
    pub size: u64,
    /// The hash of its bytes (BLAKE3, hexadecimal). A drop of several photos has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// How the file was read, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub read_as: String,
    /// How many rows came to what.
    pub rows: ReceiptRowCounts,
    /// Values that were left out of rows that were accepted.
    pub cells_left_out: u64,
    /// The rows that were refused, in a file to be mended and dropped again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejects: Option<RejectedRowsFile>,
    /// Why all of the file was refused although rows of it could be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub too_many: Option<TooManyRejectedRows>,
    /// What a person has to answer before anything of the file is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<ReceiptQuestion>,
    /// What happened to products.
    pub products: ReceiptProductCounts,
    /// How many messages of each code there are.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub message_counts: BTreeMap<String, u64>,
}

/// What a dropped file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DroppedFileKind {
    /// Products.
    Products,
    /// Reviews of products.
    Reviews,
    /// Stock levels.
    Stock,
    /// Prices.
    Prices,
    /// Photos, films and documents.
    Images,
    /// Values that a person set.
    Edits,
}

/// What came of a dropped file. `released`: something changed and a release was made; `unchanged`: it
/// has nothing new; `held`: too many products would leave the range, or a column that decides about a
/// sale is not understood, and a person has to answer first; `refused`: a person answered no; `rejected`: it could not be read, or no row
/// of it could be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReceiptOutcome {
    /// Something changed: a release was made.
    Released,
    /// It has nothing new: no release.
    Unchanged,
    /// A person has to answer a question first: its messages say which.
    Held,
    /// A person answered that nothing of it is to be taken.
    Refused,
    /// It could not be read, or no row of it could be used.
    Rejected,
}

/// The languages of receipts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReceiptLanguage {
    /// English.
    En,
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// German.
    De,
}

/// How many rows came to what. Every row is in exactly one of `new`, `changed`, `unchanged` and
/// `rejected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptRowCounts {
    /// Rows of products (reviews, …) that were not known.
    pub new: u64,
    /// Rows that changed something.
    pub changed: u64,
    /// Rows that have nothing new.
    pub unchanged: u64,
    /// Rows that were refused.
    pub rejected: u64,
    /// Rows whose content is in the catalogue: `new`, `changed` and `unchanged`. Absent in the
    /// file beside the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<u64>,
}

/// The file of the rows that were refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RejectedRowsFile {
    /// The file, from the folder of receipts on.
    pub file: String,
    /// How many rows it has.
    pub rows: u64,
}

/// More rows were bad than the shop, or a mapping, lets a file have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TooManyRejectedRows {
    /// How many rows were bad.
    pub bad: u64,
    /// How many rows were read.
    pub rows: u64,
    /// The most that may be bad.
    #[cfg_attr(feature = "openapi", schema(examples("5 %")))]
    pub limit: String,
}

/// What a person has to answer before anything of a held file is taken: products that would go, values
/// that would be withdrawn, or columns that are not understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptQuestion {
    /// How many products would go out of the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<u64>,
    /// Of how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// How many values would be withdrawn that an earlier version of the file stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<u64>,
    /// Of how many products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub products: Option<u64>,
    /// Of which attributes and kinds of links, those with most values first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<String>,
    /// Columns that decide about a sale and are not understood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<AskedColumn>,
}

/// A column that decides about a sale and is not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedColumn {
    /// Its header.
    pub column: String,
    /// What it seems to decide, in the shop's language.
    pub decides: String,
    /// The first different texts in it.
    pub values: Vec<String>,
}

/// What happened to products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptProductCounts {
    /// Products whose data changed, by themselves or through their model.
    pub touched: u64,
    /// Of these, how many went through at least one plugin.
    pub enriched: u64,
    /// Plugin outcomes that were computed.
    pub plugin_runs: u64,
    /// Plugin outcomes that were reused.
    pub memo_hits: u64,
    /// Channel documents that changed.
    pub documents: u64,
    /// Products that were taken out of the range; of a file that is held, those that would be.
    pub gone: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}
