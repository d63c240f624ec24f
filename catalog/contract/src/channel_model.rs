//! A channel's model: what its documents are made of, as the shop names it.

use serde::{Deserialize, Serialize};

use crate::{LocationInfo, OrderedMap};

/// The answer of `GET /v1/channels/{channel}/model`. Labels are in the channel's locales, each from the first of the
/// locale's fallbacks that has one; a locale without any is left out, and the code stands for the label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelModel {
    /// The channel's code.
    pub channel: String,
    /// The attributes that it shows, in the order of their codes.
    pub attributes: Vec<ModelAttribute>,
    /// The kinds of products.
    pub families: Vec<ModelFamily>,
    /// The categories, as a tree by `parent`.
    pub categories: Vec<ModelCategory>,
    /// The kinds of links between products.
    pub associations: Vec<ModelName>,
    /// The locations whose stock it shows.
    pub locations: Vec<LocationInfo>,
}

/// An attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModelAttribute {
    /// Its code, which `attributes` of documents has as a member.
    pub code: String,
    /// Its name for people, by locale.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, String>))]
    pub labels: OrderedMap<'static, String>,
    /// Its data type: `text`, `options`, `table`, …
    #[serde(rename = "type")]
    pub data_type: String,
    /// Whether it has a value for each locale.
    pub localizable: bool,
    /// Whether search counts its values: under `brand` for the brand, else under `attr.` and the code.
    pub facet: bool,
    /// The unit of measurements that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The options that the shop names; an attribute of options without any takes every code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<ModelName>>,
}

/// A code and its name for people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModelName {
    /// The code.
    pub code: String,
    /// Its name for people, by locale.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, String>))]
    pub labels: OrderedMap<'static, String>,
}

/// A kind of product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModelFamily {
    /// Its code, which is `family` of documents.
    pub code: String,
    /// Its name for people, by locale.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, String>))]
    pub labels: OrderedMap<'static, String>,
    /// The attributes that describe its products; none: any.
    pub attributes: Vec<String>,
}

/// A place in the range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModelCategory {
    /// Its code.
    pub code: String,
    /// The code of the category that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Its name for people, by locale.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, String>))]
    pub labels: OrderedMap<'static, String>,
}
