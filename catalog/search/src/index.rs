//! The readers' side: snapshots, each of one release.

use rikaste_model::release::ReleaseNumber;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use smol_str::SmolStr;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::{DocId, Index, IndexReader, ReloadPolicy, Searcher, SegmentReader};

use super::error::SearchError;
use super::layout::{IndexLayout, parse_facet};
use super::plan;
use super::query::{FacetName, SearchQuery, SearchResults};

/// The search index as readers see it. Clones share one snapshot, which the writer replaces with
/// every release.
#[derive(Clone)]
pub struct SearchIndex(Arc<SharedIndex>);

struct SharedIndex {
    layout: Arc<IndexLayout>,
    reader: IndexReader,
    /// Replaced whole, so that a searcher and its release number are never apart. The lock is
    /// held only to clone the pointer.
    snapshot: RwLock<Arc<IndexSnapshot>>,
}

/// One release, as it can be searched.
pub(super) struct IndexSnapshot {
    pub(super) release: ReleaseNumber,
    pub(super) searcher: Searcher,
    /// For each segment, in the searcher's order.
    pub(super) products: Vec<Arc<SegmentProducts>>,
}

/// What is asked of every product that matches, taken out of a segment's packed columns: to read
/// it there takes longer than all else that is done to a match. About 40 bytes a product.
pub(super) struct SegmentProducts {
    /// Each product's number.
    pub(super) numbers: Vec<u32>,
    /// The values of facets that there are; `None`: not one of this layout's.
    pub(super) values: Vec<Option<(FacetName, SmolStr)>>,
    /// The place in `values` of each product's values, product after product.
    places: Vec<u32>,
    /// Where in `places` each product begins, and where the last one ends.
    starts: Vec<u32>,
}

impl SearchIndex {
    pub(super) fn load_from_engine(
        index: &Index,
        layout: Arc<IndexLayout>,
        release: ReleaseNumber,
    ) -> Result<Self, SearchError> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let snapshot = Arc::new(IndexSnapshot::from_searcher(reader.searcher(), release, None)?);
        Ok(Self(Arc::new(SharedIndex { layout, reader, snapshot: RwLock::new(snapshot) })))
    }

    /// The release that searches read.
    #[must_use]
    pub fn release(&self) -> ReleaseNumber {
        self.snapshot().release
    }

    /// How many products there are.
    #[must_use]
    pub fn product_count(&self) -> u64 {
        self.snapshot().searcher.num_docs()
    }

    /// Finds, counts and orders products.
    ///
    /// # Errors
    /// When the channel or locale is unknown, or the index cannot be read. No text is an error.
    pub fn search_products(&self, query: &SearchQuery<'_>) -> Result<SearchResults, SearchError> {
        plan::search_snapshot(&self.snapshot(), &self.0.layout, query)
    }

    /// Each product's number and its document's fingerprint, by number: what to compare with the
    /// store. A product that is in the index twice, which is a fault, is here twice.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn read_fingerprints(&self) -> Result<Vec<(u32, u64)>, SearchError> {
        let snapshot = self.snapshot();
        let mut found =
            Vec::with_capacity(usize::try_from(snapshot.searcher.num_docs()).unwrap_or_default());
        for segment in snapshot.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (products, fingerprints) = (columns.u64("product")?, columns.u64("fingerprint")?);
            for doc in segment.doc_ids_alive() {
                let product = products.first(doc).and_then(|product| u32::try_from(product).ok());
                if let (Some(product), Some(fingerprint)) = (product, fingerprints.first(doc)) {
                    found.push((product, fingerprint));
                }
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Files whose content is not what was written: reads the whole index.
    ///
    /// # Errors
    /// When a file cannot be read at all.
    pub fn find_damaged_files(&self) -> Result<Vec<PathBuf>, SearchError> {
        let mut files: Vec<_> =
            self.snapshot().searcher.index().validate_checksum()?.into_iter().collect();
        files.sort_unstable();
        Ok(files)
    }

    /// Opens every part of every segment. A file that is cut short or gone is otherwise noticed
    /// only by the first query that needs it.
    pub(super) fn probe_segments(&self) -> Result<(), SearchError> {
        let snapshot = self.snapshot();
        for segment in snapshot.searcher.segment_readers() {
            for (field, entry) in self.0.layout.schema.fields() {
                if entry.is_indexed() {
                    segment.inverted_index(field)?;
                }
                if entry.has_fieldnorms() {
                    segment.get_fieldnorms_reader(field)?;
                }
                if entry.is_fast() {
                    segment.fast_fields().dynamic_column_handles(entry.name())?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn layout(&self) -> &Arc<IndexLayout> {
        &self.0.layout
    }

    /// Lets readers see what was committed as `release`. Called by the writer alone, between two
    /// commits, so the searcher that is loaded is that commit's.
    pub(super) fn publish_release(&self, release: ReleaseNumber) -> Result<(), SearchError> {
        self.0.reader.reload()?;
        let previous = self.snapshot();
        let next = Arc::new(IndexSnapshot::from_searcher(
            self.0.reader.searcher(),
            release,
            Some(&previous),
        )?);
        *self.0.snapshot.write().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(())
    }

    fn snapshot(&self) -> Arc<IndexSnapshot> {
        // Nothing panics while holding the lock; if something did, the pointer would still be whole.
        Arc::clone(&self.0.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl IndexSnapshot {
    fn from_searcher(
        searcher: Searcher,
        release: ReleaseNumber,
        previous: Option<&Self>,
    ) -> Result<Self, SearchError> {
        let known: HashMap<SegmentId, &Arc<SegmentProducts>> = previous
            .into_iter()
            .flat_map(|snapshot| snapshot.searcher.segment_readers().iter().zip(&snapshot.products))
            .map(|(segment, products)| (segment.segment_id(), products))
            .collect();
        let products = searcher.segment_readers().iter().map(|segment| {
            match known.get(&segment.segment_id()) {
                Some(products) => Ok(Arc::clone(products)),
                None => SegmentProducts::read_segment(segment).map(Arc::new),
            }
        });
        Ok(Self { release, products: products.collect::<Result<_, _>>()?, searcher })
    }
}

impl SegmentProducts {
    fn read_segment(segment: &SegmentReader) -> Result<Self, SearchError> {
        let numbers = segment.fast_fields().u64("product")?.first_or_default_col(0);
        // The column was written from a u32.
        let numbers = (0..segment.max_doc()).map(|doc| numbers.get_val(doc) as u32).collect();
        let mut products =
            Self { numbers, values: Vec::new(), places: Vec::new(), starts: vec![0] };
        match segment.fast_fields().str("facet")? {
            Some(column) => products.add_facets(&column)?,
            None => products.starts.resize(segment.max_doc() as usize + 1, 0),
        }
        Ok(products)
    }

    fn add_facets(&mut self, column: &StrColumn) -> Result<(), SearchError> {
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            self.values.push(std::str::from_utf8(terms.key()).ok().and_then(parse_facet));
        }
        let known = self.values.len() as u64;
        for doc in 0..column.num_rows() {
            let places = column.ords().values_for_doc(doc).filter(|place| *place < known);
            self.places.extend(places.map(|place| place as u32));
            self.starts.push(self.places.len() as u32);
        }
        Ok(())
    }

    /// The places in `values` of a product's values.
    pub(super) fn facet_places(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        &self.places[self.starts[doc] as usize..self.starts[doc + 1] as usize]
    }
}
