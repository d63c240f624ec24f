//! Files that are sent instead of dropped: what would become of one, and dropping it.

use serde::{Deserialize, Serialize};

use crate::{ProductDiff, ReceiptDocument};

/// What would become of a file: the answer of `POST /v1/dry-runs`. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DropPreview {
    /// What the receipt would say, without a number. Its `release` is the one that would be made.
    pub receipt: ReceiptDocument,
    /// How the file is read. Absent where it cannot be opened; the receipt says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<FileReading>,
    /// The file of this name that lies in the inbox. Absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_inbox: Option<InboxFileState>,
    /// The first products that would change, with old and new values. Their origins have no receipt.
    pub changes: Vec<ProductDiff>,
    /// Whether more products would change.
    pub has_more_changes: bool,
}

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileReading {
    /// Rows in it.
    pub rows: u64,
    /// Of these, how many a mapping leaves out.
    pub skipped: u64,
    /// Its columns, in order; of JSON, its paths.
    pub columns: Vec<ReadColumn>,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadColumn {
    /// Its header.
    pub name: String,
    /// What is read from it, as a mapping says it. Absent: it is not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(examples("name-fi-FI")))]
    pub to: Option<String>,
    /// Rows in which it is filled.
    pub filled: u64,
    /// Something that stands in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
}

/// A file in the inbox beside one that was sent under its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum InboxFileState {
    /// It has the same bytes.
    Same,
    /// It has others: it would be replaced.
    Other,
}

/// The answer of `POST /v1/drops`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DropAnswer {
    /// The file, from the inbox on: its receipt has this name.
    pub file: String,
    /// Whether a file of this name with other bytes was replaced.
    pub replaced: bool,
}
