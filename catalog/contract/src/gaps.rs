//! Gaps: what products lack in a channel, locale by locale.

use serde::{Deserialize, Serialize};

/// Products that lack a required value, or show it from another locale: the answer of
/// `GET /v1/channels/{channel}/gaps`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GapReport {
    /// The channel.
    pub channel: String,
    /// The products, in the order in which they came into the catalogue.
    pub products: Vec<ProductGaps>,
    /// What to give as `after` for the products that follow. Absent when these are the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// What a product lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductGaps {
    /// Its SKU.
    pub sku: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether the channel does not show it because of that.
    pub withheld: bool,
    /// What it lacks in each locale, of those that are asked for and in which it lacks something.
    pub locales: Vec<LocaleGaps>,
}

/// What a product lacks in a locale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocaleGaps {
    /// The locale.
    pub locale: String,
    /// Required values that there are none of.
    pub missing: Vec<GapAttribute>,
    /// Required values that are shown from another locale.
    pub fallback: Vec<GapAttribute>,
}

/// A value that is required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GapAttribute {
    /// The attribute's code; `images` and `price`, too.
    pub attribute: String,
    /// What people call it.
    pub label: String,
    /// Whether it has a value in each locale. What has not lacks in all of them at once.
    pub localizable: bool,
    /// The locale that is shown instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
}
