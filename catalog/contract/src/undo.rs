//! Undoing: what it comes to, told before it is done.

use serde::{Deserialize, Serialize};

use crate::TimeText;

/// What undoing comes to: the answer of `GET /v1/releases/{release}/rollback` and `GET /v1/receipts/{id}/undo`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoPreview {
    /// The release that this stands on: `seen` of the request that undoes.
    pub release: u64,
    /// The release that would be shown again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u64>,
    /// The file that would be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<UndoneDrop>,
    /// Why nothing can be undone, and what to do. Absent when it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<UndoRefusal>,
    /// How many products get other data.
    pub products: u64,
    /// How many values of the file stay, because later files say the same or something else.
    pub kept: u64,
    /// What becomes of each channel, before plugins make of it what they make.
    pub channels: Vec<UndoneChannel>,
    /// The later files that go along, newest first; at most 100.
    pub along: Vec<UndoneDrop>,
    /// How many more go along.
    pub more_along: u64,
    /// How many drops of photos there are among the later ones. Photos stay.
    pub photo_drops: u64,
}

/// Why nothing can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoRefusal {
    /// The reason, in English.
    pub reason: String,
    /// The reason, in the shop's language.
    pub local_reason: String,
    /// The release that can be rolled back to instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roll_back_to: Option<u64>,
}

/// A drop that would be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoneDrop {
    /// The number of the drop and of its receipt.
    pub id: u32,
    /// The file, from the inbox on.
    pub file: String,
    /// When the file was read.
    pub at: TimeText,
    /// The release that it made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<u64>,
}

/// What becomes of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoneChannel {
    /// The channel's code.
    pub channel: String,
    /// What people call it.
    pub label: String,
    /// Products that it shows otherwise.
    pub changed: u64,
    /// Products that it shows and did not.
    pub added: u64,
    /// Products that it shows no more.
    pub removed: u64,
}

/// The answer to a request to undo something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoAnswer {
    /// The release that stood when it was asked for. The next one shows what was undone.
    pub release: u64,
}
