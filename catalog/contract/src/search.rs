//! Search.

use serde::{Deserialize, Serialize};

use crate::{ChannelDocument, MoneyText, OrderedMap};

/// The answer of `GET /v1/channels/{channel}/search`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchAnswer<'a> {
    /// The release that the index and the documents stand on.
    pub release: u64,
    /// How many products match.
    pub total: u64,
    /// How well they match.
    pub matched: MatchedWords,
    /// The products, best first, or in the order that was asked for.
    pub products: Vec<ChannelDocument<'a>>,
    /// The values that products were found with, by the parameter that filters by them: `category`,
    /// `brand`, `family`, `attr.color`.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, Vec<FacetValue>>))]
    pub facets: OrderedMap<'static, Vec<FacetValue>>,
    /// What people call each of the facets, in the locale that was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, String>))]
    pub facet_labels: OrderedMap<'static, String>,
    /// What the products that match cost, whatever `min_price` and `max_price` are: the ends of a slider. Absent if
    /// none of them has a price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_range: Option<PriceBounds>,
    /// How long it took, in microseconds.
    pub took_us: u64,
}

/// From the lowest to the highest price, sales included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceBounds {
    /// The lowest.
    pub min: MoneyText,
    /// The highest.
    pub max: MoneyText,
}

/// Which of the words that were searched for the products have. `every`: every word as it was typed;
/// `similar`: no product has those, these have similar ones; `some`: no product has all of the words,
/// these have some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MatchedWords {
    /// Every word as it was typed.
    Every,
    /// No product has every word as it was typed; these have similar ones.
    Similar,
    /// No product has all of the words; these have some.
    Some,
}

/// A value to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FacetValue {
    /// What the parameter takes.
    pub value: String,
    /// What people read, in the locale that was asked for.
    pub label: String,
    /// How many products have it.
    pub count: u32,
}
