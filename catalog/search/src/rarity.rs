//! How rare words are, which is what a match is worth.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::index::IndexSnapshot;
use super::layout::IndexLayout;

/// In how many products of a hundred a word of a title is taken to be.
const TITLE_PERCENT: u64 = 1;

/// In how many products of a hundred a word of a text is taken to be at least.
const TEXT_PERCENT: u64 = 2;

/// BM25's statistics, levelled. Taken as they are, a word that is rare in texts and frequent in
/// titles would count more in a text, and a chair would come after a table that goes with chairs.
/// So every word of a title is taken to be as rare as any other, and no word of a text rarer.
pub(super) struct TermRarity<'a> {
    searcher: &'a Searcher,
    layout: &'a IndexLayout,
    products: u64,
}

impl<'a> TermRarity<'a> {
    pub(super) fn from_snapshot(snapshot: &'a IndexSnapshot, layout: &'a IndexLayout) -> Self {
        Self { searcher: &snapshot.searcher, layout, products: snapshot.searcher.num_docs() }
    }
}

impl Bm25StatisticsProvider for TermRarity<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        if self.layout.is_title_field(term.field()) {
            return Ok(self.products * TITLE_PERCENT / 100);
        }
        // Deleted documents count until they are merged away, hence the upper bound.
        let found = self.searcher.doc_freq(term)?;
        Ok(found.max(self.products * TEXT_PERCENT / 100).min(self.products))
    }
}
