//! Channels: what a reader has to know before it reads one.

use serde::{Deserialize, Serialize};

/// The answer of `GET /v1/channels`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelList {
    /// In the order of their codes. Without a token, only the public ones.
    pub channels: Vec<ChannelInfo>,
}

/// A channel as its readers see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelInfo {
    /// Its name in addresses.
    pub code: String,
    /// Its name for people.
    pub label: String,
    /// The shop's name.
    pub shop: String,
    /// Whether it may be read without a token.
    pub public: bool,
    /// Its locales as BCP 47 tags, the first one before the others.
    #[cfg_attr(feature = "openapi", schema(examples(json!(["fi-FI", "sv-SE"]))))]
    pub locales: Vec<String>,
    /// The currency of its prices (ISO 4217).
    #[cfg_attr(feature = "openapi", schema(examples("EUR")))]
    pub currency: String,
    /// The price list that it shows.
    pub price_list: PriceListInfo,
    /// The time zone of every moment that it shows (IANA).
    #[cfg_attr(feature = "openapi", schema(examples("Europe/Helsinki")))]
    pub time_zone: String,
    /// The locations whose stock it shows.
    pub locations: Vec<LocationInfo>,
}

/// A price list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceListInfo {
    /// Its code.
    pub code: String,
    /// Its name for people.
    pub label: String,
}

/// A place that holds stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocationInfo {
    /// Its code, which `stock` of documents has as a member.
    pub code: String,
    /// Its name for people.
    pub label: String,
    /// What kind of place it is.
    pub kind: PlaceKind,
}

/// What kind of place holds stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PlaceKind {
    /// Customers come here.
    Store,
    /// Customers do not come here.
    Warehouse,
}
