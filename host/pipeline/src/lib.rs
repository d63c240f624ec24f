//! The pipeline: drop → import → merge → enrich → assess → commit → index → publish.
//!
//! One thread owns a [`Pipeline`], and with it the store's writer and the index's; drops go through it one
//! after another, and each is one transaction that ends in a release, or in none. Whatever fails on the way,
//! the last release stands.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;

use rikaste_model::moment::Moment;
use rikaste_model::release::{Release, ReleaseNumber};
use rikaste_model::shop::Shop;
use rikaste_search::{SearchError, SearchWriter};
use rikaste_store::{ReleaseCommit, Store, StoreError, StoreWriter};

use rikaste_import::{MappingSet, RejectsFile};
use rikaste_media::renditions::RenditionService;
use rikaste_runtime::Configuration;
use tokio::sync::watch;

mod adoption;
mod archive;
mod configured_stages;
mod content_withdrawal;
mod drop_import;
mod drop_trial;
mod edit_tally;
mod emptied_values;
mod full_range;
mod import_reason;
mod inbox_drop;
mod index_catch_up;
mod missing_references;
mod model_prices;
mod photo_import;
mod photo_preparation;
mod plugin_importers;
mod price_checks;
mod price_withdrawal;
mod product_job;
mod release_builder;
mod rerun;
mod shadowed_values;
mod stage_timings;
mod table_import;
mod undo;
mod untaken_files;
mod worker_pool;

pub use adoption::{Adoption, ReloadOutcome, ReloadReport};
pub use archive::{UnpackedArchive, is_archive, unpack_archive};
use configured_stages::ConfiguredStages;
pub use drop_trial::{DropTrial, TrialShop};
pub use import_reason::{ApprovalScope, FileCheck, ImportReason, ReimportCause};
pub use inbox_drop::{DroppedPhoto, FileStat, InboxDrop, PhotoFetchResult, PhotoFile, TableFile};
pub use photo_preparation::PreparedPhotos;
pub use plugin_importers::{decode_answer, plugin_importers};
pub use stage_timings::StageTimings;
pub use undo::{ChannelEffect, UndoEffect, UndoOutcome, UndoPlanner, UndoRefusal};
pub use untaken_files::{UntakenFiles, UntakenReason};

/// Why the pipeline cannot go on. Bad input is never a reason: that is in the receipt.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The store failed; nothing of the drop was released.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The search index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A file could not be read, or the asset store not be written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: std::io::Error,
    },
    /// The worker threads do not start.
    #[error("the threads that process products do not start: {0}")]
    Threads(std::io::Error),
    /// The file of the refused rows cannot be made.
    #[error("the file of the refused rows cannot be written: {0}")]
    Rejects(std::io::Error),
}

/// How far a drop is, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportProgress {
    /// Bytes of the file that were read.
    pub bytes: u64,
    /// Bytes that there are.
    pub size: u64,
    /// Rows that were read.
    pub rows: u64,
}

/// The pipeline and everything it owns.
pub struct Pipeline {
    configuration: watch::Sender<Arc<Configuration>>,
    stages: ConfiguredStages,
    mappings: MappingSet,
    writer: StoreWriter,
    search_writer: SearchWriter,
    on_release: Box<dyn FnMut(&Release) + Send>,
    on_progress: Box<dyn FnMut(ImportProgress) + Send>,
    stage_timings: StageTimings,
    rejects: Option<RejectsFile>,
}

impl Pipeline {
    /// A pipeline that runs a configuration, on all cores. `renditions` says where renditions and assets are;
    /// `on_release` gets every release as soon as readers can have it.
    ///
    /// # Errors
    /// When the store or the index cannot be written.
    pub fn new(
        store: &Store,
        index: SearchWriter,
        configuration: Configuration,
        mappings: MappingSet,
        renditions: &RenditionService,
        on_release: impl FnMut(&Release) + Send + 'static,
    ) -> Result<Self, PipelineError> {
        let threads = std::thread::available_parallelism().map_or(2, NonZero::get);
        let mut pipeline =
            Self::with_threads(store, index, configuration, mappings, renditions, threads)?;
        pipeline.on_release = Box::new(on_release);
        Ok(pipeline)
    }

    /// The same on so many threads, whose releases nobody gets.
    fn with_threads(
        store: &Store,
        index: SearchWriter,
        configuration: Configuration,
        mappings: MappingSet,
        renditions: &RenditionService,
        threads: usize,
    ) -> Result<Self, PipelineError> {
        let mut writer = store.open_writer()?;
        let channels = &configuration.shop.channels;
        let mut channel_ids = Vec::with_capacity(channels.len());
        writer.begin_transaction()?;
        for channel in channels {
            channel_ids.push(writer.find_or_insert_channel(channel.code.as_str())?);
        }
        writer.commit_transaction(&ReleaseCommit::default())?;
        Ok(Self {
            stages: ConfiguredStages::start(&configuration, channel_ids, renditions, threads)?,
            configuration: watch::Sender::new(Arc::new(configuration)),
            mappings,
            writer,
            search_writer: index,
            on_release: Box::new(|_| ()),
            on_progress: Box::new(|_| ()),
            stage_timings: StageTimings::default(),
            rejects: None,
        })
    }

    /// The configuration that runs.
    #[must_use]
    pub fn configuration(&self) -> Arc<Configuration> {
        Arc::clone(&self.configuration.borrow())
    }

    /// The configuration that runs, and each that takes its place, before the release that it makes.
    #[must_use]
    pub fn subscribe_configuration(&self) -> watch::Receiver<Arc<Configuration>> {
        self.configuration.subscribe()
    }

    /// Sets the callback for how far a drop is.
    pub fn on_progress(&mut self, callback: impl FnMut(ImportProgress) + Send + 'static) {
        self.on_progress = Box::new(callback);
    }

    /// The rows of the last drop that were refused, for whoever puts them where people find them.
    pub fn take_rejects(&mut self) -> Option<RejectsFile> {
        self.rejects.take()
    }

    /// The shop, as it is configured now.
    #[must_use]
    pub fn shop(&self) -> Arc<Shop> {
        Arc::clone(&self.stages.context.shop)
    }

    /// What develops photos.
    #[must_use]
    pub fn rendition_service(&self) -> &RenditionService {
        &self.stages.rendition_service
    }

    /// Where the time of the last drop went.
    #[must_use]
    pub fn stage_timings(&self) -> StageTimings {
        self.stage_timings
    }

    /// The store's writer, to read with while no drop is under way.
    #[must_use]
    pub fn reader(&self) -> &rikaste_store::StoreReader {
        &self.writer
    }

    /// Keeps what is known of pictures that products name by URL, and forgets those that none does.
    ///
    /// # Errors
    /// When the store fails.
    pub fn store_remote_photos(
        &mut self,
        pictures: &[rikaste_store::RemotePhoto],
        unused: &[String],
    ) -> Result<(), PipelineError> {
        self.writer.begin_transaction()?;
        for picture in pictures {
            self.writer.store_remote_photo(picture)?;
        }
        for url in unused {
            self.writer.delete_remote_photo(url)?;
        }
        self.writer.commit_transaction(&ReleaseCommit::default())?;
        Ok(())
    }

    /// Keeps which release a device says it shows.
    ///
    /// # Errors
    /// When the store fails.
    pub fn store_acknowledgement(
        &mut self,
        channel: &str,
        device: &str,
        release: ReleaseNumber,
        now: Moment,
    ) -> Result<(), PipelineError> {
        self.writer.begin_transaction()?;
        self.writer.store_device_ack(channel, device, release, now)?;
        self.writer.commit_transaction(&ReleaseCommit::default())?;
        Ok(())
    }

    /// Has files read by other mappings from now on. Whether they say anything else than before.
    pub fn replace_mappings(&mut self, mappings: MappingSet) -> bool {
        let differ = mappings.digest() != self.mappings.digest();
        self.mappings = mappings;
        differ
    }
}
