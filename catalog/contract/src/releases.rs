//! Releases: one number for what every channel shows.

use serde::{Deserialize, Serialize};

use crate::{OrderedMap, TimeText};

/// The answer of `GET /v1/releases`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseList {
    /// The newest first.
    pub releases: Vec<ReleaseInfo>,
}

/// A release.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseInfo {
    /// Its number: 1, 2, 3, …; 0 before the first.
    pub release: u64,
    /// The fingerprint of everything that every channel shows. Absent before the first release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// The moment that it shows. Absent before the first release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_at: Option<TimeText>,
    /// The channels by code; without a token, only the public ones.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, ChannelFingerprint>))]
    pub channels: OrderedMap<'static, ChannelFingerprint>,
    /// Why it was made. Only with a token: it names files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<ReleaseReason>,
}

/// What a channel shows in a release, in numbers. The same `root` means the same documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelFingerprint {
    /// The fingerprint of everything that the channel shows.
    pub root: String,
    /// How many products it shows.
    pub products: u64,
    /// How complete the products are, by locale.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, CompletenessCounts>))]
    pub locales: OrderedMap<'static, CompletenessCounts>,
}

/// Products by how complete they are in a locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompletenessCounts {
    /// They have every required value in the locale.
    pub complete: u64,
    /// They have every required value, some of them in another locale.
    pub fallback: u64,
    /// They lack a required value.
    pub incomplete: u64,
}

/// Why a release was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReleaseReason {
    /// A file was dropped.
    Drop {
        /// The number of the drop and of its receipt.
        drop: u32,
        /// The file, from the inbox on.
        file: String,
    },
    /// A validity window of a value or price opened or closed.
    Window,
    /// The configuration or the plugins changed.
    Configuration,
    /// An earlier release was brought back.
    Rollback {
        /// The number of that release.
        to: u64,
    },
    /// What a file said was taken back.
    Undo {
        /// The number of the drop and of its receipt.
        drop: u32,
        /// The file, from the inbox on.
        file: String,
    },
}

/// The last line of changes, and the data of an event: a release by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseEvent {
    /// The release that the reader now stands on, or can have.
    pub release: u64,
}

/// The answer of `GET /v1/health`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthReport {
    /// That the program can read its store.
    pub status: HealthStatus,
    /// The current release.
    pub release: u64,
    /// The release that search stands on; a moment behind while a release is being indexed.
    pub search_release: u64,
}

/// Whether the program works. One that does not answers with a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum HealthStatus {
    /// It does.
    Ok,
}
