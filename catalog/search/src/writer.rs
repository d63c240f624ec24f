//! The writer's side: products in and out, a commit for each release.

use std::collections::HashSet;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{Index, IndexWriter};

use super::error::SearchError;
use super::index::SearchIndex;
use super::layout::LookupKey;
use super::open::{CommitPayload, SearchOptions};
use rikaste_model::projection::SearchDocument;
use rikaste_model::release::ReleaseNumber;

/// Changes the index. There is one, and the thread that commits releases owns it.
///
/// What was put or removed is seen by nobody before [`commit_release`](Self::commit_release). After an error
/// call [`rollback_changes`](Self::rollback_changes) before anything else: the index is then as it was committed
/// last.
pub struct SearchWriter {
    engine: IndexWriter,
    index: SearchIndex,
    /// The products that are in, so that a new one costs no search for an old one to delete.
    products: HashSet<u32>,
}

impl SearchWriter {
    pub(super) fn open_engine(
        index: &Index,
        options: SearchOptions,
    ) -> Result<IndexWriter, SearchError> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(options.threads.clamp(1, 2))
            .memory_budget_per_thread(options.memory_per_thread.max(15_000_000))
            .num_merge_threads(1)
            .build();
        let engine = index.writer_with_options(options)?;
        engine.set_merge_policy(Box::new(build_merge_policy()));
        Ok(engine)
    }

    pub(super) fn new(engine: IndexWriter, index: SearchIndex) -> Result<Self, SearchError> {
        let products = list_products(&index)?;
        Ok(Self { engine, index, products })
    }

    /// Puts a product in, in the place of what was there of it.
    ///
    /// # Errors
    /// When it names a channel or locale that the shop does not have, or writing failed.
    pub fn insert_document(&mut self, document: &SearchDocument) -> Result<(), SearchError> {
        let layout = self.index.layout();
        let entry = layout.build_document(document)?;
        if !self.products.insert(document.product) {
            self.engine.delete_term(layout.build_key_term(&LookupKey::Product(document.product)));
        }
        self.engine.add_document(entry)?;
        Ok(())
    }

    /// Takes a product out. One that is not in is none the worse for it.
    pub fn remove_product(&mut self, product: u32) {
        if self.products.remove(&product) {
            self.engine
                .delete_term(self.index.layout().build_key_term(&LookupKey::Product(product)));
        }
    }

    /// Takes everything out.
    ///
    /// # Errors
    /// When writing failed.
    pub fn remove_all_products(&mut self) -> Result<(), SearchError> {
        // What is still on its way into a segment would come after the deletion.
        self.rollback_changes()?;
        self.engine.delete_all_documents()?;
        self.products.clear();
        Ok(())
    }

    /// Makes all that was put and removed durable, and lets readers see it, as this release.
    ///
    /// # Errors
    /// When writing failed; readers go on seeing the release before.
    pub fn commit_release(&mut self, release: ReleaseNumber) -> Result<(), SearchError> {
        let layout = self.index.layout().fingerprint.clone();
        let mut prepared = self.engine.prepare_commit()?;
        prepared.set_payload(&CommitPayload { release, layout }.to_string());
        prepared.commit()?;
        self.index.publish_release(release)
    }

    /// Forgets what was put and removed since the last commit.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn rollback_changes(&mut self) -> Result<(), SearchError> {
        self.engine.rollback()?;
        self.engine.set_merge_policy(Box::new(build_merge_policy()));
        self.products = list_products(&self.index)?;
        Ok(())
    }

    /// Waits until no merge is under way, and closes the writer.
    ///
    /// # Errors
    /// When a merge failed.
    pub fn finish_merges(self) -> Result<(), SearchError> {
        Ok(self.engine.wait_merging_threads()?)
    }
}

fn list_products(index: &SearchIndex) -> Result<HashSet<u32>, SearchError> {
    Ok(index.read_fingerprints()?.into_iter().map(|(product, _)| product).collect())
}

/// Small releases make small segments; each eight become one. A segment of which a third was
/// replaced is written anew. Segments of half a million products are left alone.
fn build_merge_policy() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(8);
    policy.set_min_layer_size(1_000);
    policy.set_max_docs_before_merge(500_000);
    policy.set_del_docs_ratio_before_merge(0.3);
    policy
}
