//! The readers' side: snapshots, each of one release.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use smol_str::SmolStr;
use tantivy::index::SegmentId;
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, SegmentReader};

use super::error::SearchError;
use super::layout::{Layout, read_facet};
use super::plan;
use super::query::{FacetName, Query, Results};

/// The search index as readers see it. Clones share one snapshot, which the writer replaces with
/// every release.
#[derive(Clone)]
pub struct SearchIndex(Arc<Shared>);

struct Shared {
    layout: Arc<Layout>,
    reader: IndexReader,
    /// Replaced whole, so that a searcher and its release number are never apart. The lock is
    /// held only to clone the pointer.
    snapshot: RwLock<Arc<Snapshot>>,
}

/// One release, as it can be searched.
pub(super) struct Snapshot {
    pub(super) release: u64,
    pub(super) searcher: Searcher,
    /// For each segment, in the searcher's order.
    pub(super) facets: Vec<Arc<FacetValues>>,
}

/// The values of facets in a segment, by their ordinal in its column. Kept because to look one up
/// in the column's dictionary costs more than to count a thousand.
pub(super) struct FacetValues(pub(super) Vec<Option<(FacetName, SmolStr)>>);

impl SearchIndex {
    pub(super) fn load(
        index: &Index,
        layout: Arc<Layout>,
        release: u64,
    ) -> Result<Self, SearchError> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let snapshot = Arc::new(Snapshot::of(reader.searcher(), release, None)?);
        Ok(Self(Arc::new(Shared { layout, reader, snapshot: RwLock::new(snapshot) })))
    }

    /// The release that searches stand on; 0 when nothing was ever committed.
    #[must_use]
    pub fn release(&self) -> u64 {
        self.snapshot().release
    }

    /// How many products there are.
    #[must_use]
    pub fn products(&self) -> u64 {
        self.snapshot().searcher.num_docs()
    }

    /// Finds, counts and orders products.
    ///
    /// # Errors
    /// When the channel or locale is unknown, or the index cannot be read. No text is an error.
    pub fn search(&self, query: &Query<'_>) -> Result<Results, SearchError> {
        plan::search(&self.snapshot(), &self.0.layout, query)
    }

    /// Each product's number and its document's fingerprint, by number: what to compare with the
    /// store. A product that is in the index twice, which is a fault, is here twice.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn fingerprints(&self) -> Result<Vec<(u32, u64)>, SearchError> {
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
    pub fn damaged_files(&self) -> Result<Vec<PathBuf>, SearchError> {
        let mut files: Vec<_> =
            self.snapshot().searcher.index().validate_checksum()?.into_iter().collect();
        files.sort_unstable();
        Ok(files)
    }

    /// Opens every part of every segment. A file that is cut short or gone is otherwise noticed
    /// only by the first query that needs it.
    pub(super) fn probe(&self) -> Result<(), SearchError> {
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

    pub(super) fn layout(&self) -> &Arc<Layout> {
        &self.0.layout
    }

    /// Lets readers see what was committed as `release`. Called by the writer alone, between two
    /// commits, so the searcher that is loaded is that commit's.
    pub(super) fn publish(&self, release: u64) -> Result<(), SearchError> {
        self.0.reader.reload()?;
        let previous = self.snapshot();
        let next = Arc::new(Snapshot::of(self.0.reader.searcher(), release, Some(&previous))?);
        *self.0.snapshot.write().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(())
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        // Nothing panics while holding the lock; if something did, the pointer would still be whole.
        Arc::clone(&self.0.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Snapshot {
    fn of(searcher: Searcher, release: u64, previous: Option<&Self>) -> Result<Self, SearchError> {
        let known: HashMap<SegmentId, &Arc<FacetValues>> = previous
            .into_iter()
            .flat_map(|snapshot| snapshot.searcher.segment_readers().iter().zip(&snapshot.facets))
            .map(|(segment, facets)| (segment.segment_id(), facets))
            .collect();
        let facets = searcher.segment_readers().iter().map(|segment| {
            match known.get(&segment.segment_id()) {
                Some(facets) => Ok(Arc::clone(facets)),
                None => FacetValues::read(segment).map(Arc::new),
            }
        });
        Ok(Self { release, facets: facets.collect::<Result<_, _>>()?, searcher })
    }
}

impl FacetValues {
    fn read(segment: &SegmentReader) -> Result<Self, SearchError> {
        let Some(column) = segment.fast_fields().str("facet")? else { return Ok(Self(Vec::new())) };
        let mut values = Vec::with_capacity(column.dictionary().num_terms());
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            values.push(std::str::from_utf8(terms.key()).ok().and_then(read_facet));
        }
        Ok(Self(values))
    }
}
