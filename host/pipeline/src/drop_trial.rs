//! Trying a file out: what would become of it, on a copy of the catalogue.
//!
//! The copy has a pipeline of its own, which does to it all that a drop does: plugins run, questions are asked, and a
//! release is made of the copy. So a trial cannot say anything else than the drop, and the shop's own pipeline neither
//! waits for it nor sees it. A trial has one thread for products, so that it leaves room for drops.

use std::path::Path;

use rikaste_import::MappingSet;
use rikaste_media::renditions::{RenditionService, RenditionStore};
use rikaste_model::moment::Moment;
use rikaste_model::receipt::Receipt;
use rikaste_model::release::ReleaseNumber;
use rikaste_runtime::Configuration;
use rikaste_search::SearchOptions;
use rikaste_store::Store;
use rikaste_store::asset_folder::AssetFolder;
use tempfile::TempDir;

use super::{ImportReason, InboxDrop, Pipeline, PipelineError, TableFile};

/// Threads for products.
const THREADS: usize = 1;
/// What the copy's search index gathers before it writes to disk; nobody searches in it.
const INDEX_MEMORY: usize = 15_000_000;

/// The shop in which files are tried out.
pub struct TrialShop<'a> {
    /// The folder of its store.
    pub store: &'a Path,
    /// Where copies of the store may lie, beside it.
    pub scratch: &'a Path,
    /// What it runs.
    pub configuration: &'a Configuration,
    /// How it reads files.
    pub mappings: MappingSet,
}

/// What became of a file in a copy of the catalogue.
#[derive(Debug)]
pub struct DropTrial {
    /// What the receipt would say. Where it names a release, the copy has it.
    pub receipt: Receipt,
    /// The copy.
    pub store: Store,
    /// Where the copy lies.
    pub folder: TempDir,
}

impl DropTrial {
    /// Tries out a table, which is no archive, as if it had arrived `now`.
    ///
    /// # Errors
    /// When the store cannot be copied, or the machine fails otherwise.
    pub fn run(shop: TrialShop<'_>, table: TableFile, now: Moment) -> Result<Self, PipelineError> {
        let TrialShop { store, scratch, configuration, mappings } = shop;
        let failed = |source| PipelineError::File { path: scratch.to_owned(), source };
        let folder = tempfile::tempdir_in(scratch).map_err(failed)?;
        Store::copy_database(store, &folder.path().join(Store::FILE_NAME))?;
        let copy = Store::open_or_create(folder.path())?;
        let options = SearchOptions { threads: 1, memory_per_thread: INDEX_MEMORY };
        let index =
            rikaste_search::open_index(&folder.path().join("index"), &configuration.shop, options)?;
        let renditions = RenditionService::new(
            RenditionStore::new(folder.path().join("renditions")),
            AssetFolder::new(folder.path().join("assets")),
            &[],
            [],
        );
        let own = configuration.with_fresh_counters();
        let mut pipeline =
            Pipeline::with_threads(&copy, index.writer, own, mappings, &renditions, THREADS)?;
        let drop = InboxDrop::Table(table);
        let receipt = pipeline.import_with_reason(ImportReason::Arrived, &drop, now, false)?;
        Ok(Self { receipt, store: copy, folder })
    }

    /// The release before the one that the trial made; `None` where it made none.
    #[must_use]
    pub fn release_before(&self) -> Option<ReleaseNumber> {
        Some(self.receipt.release?.go_back(1))
    }
}
