//! Devices: which release each of them shows.

use serde::{Deserialize, Serialize};

use crate::TimeText;

/// What a device sends when it has switched to a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "device": "till-3", "release": 12 })))]
pub struct DeviceAckRequest {
    /// What the device calls itself, always the same.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub device: String,
    /// The release that it shows now.
    pub release: u64,
}

/// The answer to a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceAckAnswer {
    /// The current release.
    pub current: u64,
    /// How many releases the device lags behind.
    pub behind: u64,
}

/// The answer of `GET /v1/channels/{channel}/devices`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceList {
    /// The current release.
    pub release: u64,
    /// Every device that reported a release.
    pub devices: Vec<DeviceState>,
}

/// Which release a device shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceState {
    /// What the device calls itself.
    pub device: String,
    /// The release that it reported last.
    pub release: u64,
    /// How many releases it lags behind.
    pub behind: u64,
    /// When it reported that release.
    pub at: TimeText,
}
