//! The search index: one entry a product, found by its words, its SKU or its GTIN, filtered and
//! counted by what it is.
//!
//! The index is derived. The store is the truth; each commit here carries the number of the
//! release it stands on, so that on start the two can be compared and what is missing replayed.
//! An index that is damaged, or was made for other locales, channels or rules of analysis, is
//! emptied and says so ([`OpenedIndex::rebuild`]); it is never an error that stops the program.
//!
//! One [`SearchWriter`] is owned by the thread that commits releases. Readers clone
//! [`SearchIndex`] and always see one release whole: the number and the searcher it belongs to
//! are swapped together.

mod analysis;
mod collect;
mod error;
mod index;
mod language;
mod layout;
mod open;
mod plan;
mod query;
mod rarity;
mod text_query;
mod vocabulary;
mod writer;

#[cfg(test)]
mod tests;

pub use error::SearchError;
pub use index::SearchIndex;
pub use open::{OpenedIndex, RebuildReason, SearchOptions, open_index, open_index_to_read};
pub use query::{
    FacetCounts, FacetFilter, FacetName, FacetValueCount, MatchQuality, PriceRange, SearchQuery,
    SearchResults, SortOrder,
};
pub use vocabulary::{LanguageVocabulary, VocabularyBuilder, WordForms};
pub use writer::SearchWriter;
