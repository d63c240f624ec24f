//! Answers about products beside the feed: a model with its variants, several products at once.

use serde::{Deserialize, Serialize};

use crate::ChannelDocument;

/// The answer of `GET /v1/channels/{channel}/products/{sku}`: a product, or a product model with its variants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProductAnswer<'a> {
    /// A model; it has `variants`.
    Model(Box<ModelDocument<'a>>),
    /// A product.
    Product(Box<ChannelDocument<'a>>),
}

/// A product model: what it says of itself, as a document, and its variants. It is not part of the feed, which has the
/// variants alone. Member names follow `ProductGroup` of schema.org.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModelDocument<'a> {
    /// What the model says. Its variants show what they have of their own in the place of it.
    #[serde(flatten)]
    pub document: ChannelDocument<'a>,
    /// Attributes with options whose values tell the variants apart.
    #[cfg_attr(feature = "openapi", schema(examples(json!(["color", "size"]))))]
    pub varies_by: Vec<String>,
    /// The documents of those variants that the channel shows.
    pub variants: Vec<ChannelDocument<'a>>,
    /// How many more variants the model has, shown or not. Absent if there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more_variants: Option<u64>,
}

/// The answer of `GET /v1/channels/{channel}/products`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductBatch<'a> {
    /// The documents, in the order in which they were asked for.
    pub products: Vec<ChannelDocument<'a>>,
    /// The SKUs of which the channel shows no product.
    pub missing: Vec<String>,
}

/// Products: the answer of `GET /v1/channels/{channel}/gtin/{gtin}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductList<'a> {
    /// The documents of those that the channel shows.
    pub products: Vec<ChannelDocument<'a>>,
}
