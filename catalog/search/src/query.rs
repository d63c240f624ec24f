//! What can be asked, and what is answered.

use smol_str::SmolStr;

use rikaste_model::code::{AttributeCode, ChannelCode};
use rikaste_model::locale::Locale;
use rikaste_model::release::ReleaseNumber;

/// A search in one channel.
#[derive(Debug, Clone)]
pub struct SearchQuery<'a> {
    /// Whose products.
    pub channel: &'a ChannelCode,
    /// In which of the channel's locales and its fallbacks; none: in all of them.
    pub locale: Option<&'a Locale>,
    /// Words, a SKU or a GTIN. Empty: every product. The last word matches as a prefix unless
    /// white space follows it. What is beyond 256 characters or 12 words is not read.
    pub text: &'a str,
    /// All of these must hold.
    pub filters: &'a [FacetFilter],
    /// Only what the channel has in stock.
    pub in_stock: bool,
    /// Only what costs at least this, in the smallest unit.
    pub min_price: Option<i64>,
    /// Only what costs at most this, in the smallest unit.
    pub max_price: Option<i64>,
    /// In which order.
    pub sort: SortOrder,
    /// How many; at most 1,000.
    pub limit: usize,
    /// How many to pass over; beyond 10,000 nothing follows.
    pub offset: usize,
}

impl<'a> SearchQuery<'a> {
    /// A search for these words in a channel: its first 24 products by relevance.
    #[must_use]
    pub fn new(channel: &'a ChannelCode, text: &'a str) -> Self {
        Self {
            channel,
            locale: None,
            text,
            filters: &[],
            in_stock: false,
            min_price: None,
            max_price: None,
            sort: SortOrder::Relevance,
            limit: 24,
            offset: 0,
        }
    }
}

/// A condition: one of these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetFilter {
    /// Of which facet.
    pub facet: FacetName,
    /// Any of them will do; a category stands for those below it as well.
    pub any_of: Vec<SmolStr>,
}

/// What products are counted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetName {
    /// A category and all above it.
    Category,
    /// The kind of product.
    Family,
    /// The brand.
    Brand,
    /// The options of an attribute.
    Attribute(AttributeCode),
}

/// In which order products come; those that are equal come by their number in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortOrder {
    /// The best match first.
    #[default]
    Relevance,
    /// The cheapest first, those without a price last.
    PriceAscending,
    /// The dearest first, those without a price last.
    PriceDescending,
    /// By name, in the alphabet of the query's locale or the channel's first; those without a name last.
    Name,
    /// What came into the store last first.
    Newest,
}

/// The answer to a [`SearchQuery`], all of it from one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchResults {
    /// The release it stands on.
    pub release: ReleaseNumber,
    /// How well the products match.
    pub matched: MatchQuality,
    /// How many products match.
    pub total: usize,
    /// Their numbers in the store: `limit` of them after `offset`, in order.
    pub products: Vec<u32>,
    /// How many of all that match there are of each value.
    pub facets: Vec<FacetCounts>,
    /// What all that match cost, whatever prices were asked for; none: nothing has a price.
    pub prices: Option<PriceRange>,
}

/// From the lowest to the highest price, in the smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceRange {
    /// The lowest.
    pub min: i64,
    /// The highest.
    pub max: i64,
}

/// How well products match the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchQuality {
    /// They have every word.
    Every,
    /// Nothing had every word as it was typed; these do when one letter of a longer word may be
    /// wrong, missing or too many.
    Similar,
    /// Nothing had every word, nor nearly; these have at least half of them.
    Some,
}

/// A facet and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCounts {
    /// What the products are counted by.
    pub name: FacetName,
    /// Its values, the most frequent first, then by code; at most 500.
    pub values: Vec<FacetValueCount>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValueCount {
    /// The code, or the brand as it is written.
    pub code: SmolStr,
    /// How many products have it.
    pub count: u32,
}
