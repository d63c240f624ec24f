//! What runs a configuration. It is made of one and goes with it: nothing in it is set by itself.

use std::sync::Arc;

use rikaste_import::PluginImporters;
use rikaste_media::renditions::RenditionService;
use rikaste_runtime::Configuration;
use rikaste_store::FeedNumber;

use super::product_job::PipelineContext;
use super::worker_pool::WorkerPool;
use super::{PipelineError, plugin_importers};

/// The stages of the pipeline that plugins and the shop decide about.
pub(super) struct ConfiguredStages {
    threads: usize,
    pub(super) context: Arc<PipelineContext>,
    pub(super) worker_pool: WorkerPool,
    pub(super) importers: PluginImporters,
    pub(super) rendition_service: RenditionService,
}

impl ConfiguredStages {
    /// Starts the workers of a configuration, so many `threads`. `channel_ids` are in the order of its channels, and
    /// `renditions` says where renditions and assets are.
    pub(super) fn start(
        configuration: &Configuration,
        channel_ids: Vec<FeedNumber>,
        renditions: &RenditionService,
        threads: usize,
    ) -> Result<Self, PipelineError> {
        let shop = Arc::clone(&configuration.shop);
        let context = Arc::new(PipelineContext { shop, channel_ids });
        let profiles = configuration.shop.channels.iter().map(|channel| channel.images.clone());
        let processors = configuration.plugins.processors();
        let worker_pool = WorkerPool::start_workers(&context, &configuration.plugins, threads)
            .map_err(PipelineError::Threads)?;
        Ok(Self {
            threads,
            context,
            worker_pool,
            importers: plugin_importers(configuration.plugins.importers()),
            rendition_service: renditions.with_processors(processors, profiles),
        })
    }
    /// The same of another configuration.
    pub(super) fn start_next(
        &self,
        configuration: &Configuration,
        channel_ids: Vec<FeedNumber>,
    ) -> Result<Self, PipelineError> {
        Self::start(configuration, channel_ids, &self.rendition_service, self.threads)
    }
}
