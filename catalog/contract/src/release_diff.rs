//! What changed: old and new values of a release, product by product.

use serde::{Deserialize, Serialize};

use crate::{ValidityWindow, ValueSource};

/// What differs between two releases: the answer of `GET /v1/releases/{release}/changes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseDiff {
    /// The earlier release.
    pub since: u64,
    /// The later one.
    pub release: u64,
    /// The products that differ, in the order in which they came into the catalogue.
    pub products: Vec<ProductDiff>,
    /// What to give as `after` for the products that follow. Absent when these are the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// What differs in a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductDiff {
    /// Its SKU.
    pub sku: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether it came, went or only changed.
    pub change: ProductChange,
    /// What differs; at most 200.
    pub values: Vec<ValueDiff>,
    /// How many more there are.
    pub more_values: u64,
}

/// Whether a product came, went or only changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProductChange {
    /// It came, or came back.
    Added,
    /// It went: no file says anything about it any more.
    Removed,
    /// It changed.
    Changed,
}

/// A value that differs. The one that counts is compared, whoever says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ValueDiff {
    /// What kind of value it is.
    pub kind: ComparedKind,
    /// The code of the attribute, price list, location or association type. Empty where there is only one.
    pub code: String,
    /// What people call it.
    pub label: String,
    /// The locale that it is for; absent: for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The channel that it is for; absent: for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// When it is valid; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<ValidityWindow>,
    /// What it was, as text, cut after 500 characters. Absent: there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What it is. Absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Where the new value is from. Absent where there is none, and for links, photos, reviews and models.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<ValueSource>,
}

/// What kind of value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ComparedKind {
    /// A value of an attribute.
    Value,
    /// A price of a list.
    Price,
    /// Pieces at a location.
    Stock,
    /// Links of a kind to other products.
    Links,
    /// The photos.
    Photos,
    /// How many reviews there are.
    Reviews,
    /// The product model.
    Model,
}
