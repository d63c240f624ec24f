//! What is done to one product between merge and commit, on a worker thread: enrich, assess,
//! project, encode.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_model::code::{Gtin, PluginName};
use rikaste_model::diagnostic::{Diagnostic, Severity};
use rikaste_model::merge::ChangedParts;
use rikaste_model::moment::Moment;
use rikaste_model::product::{Product, ProductId};
use rikaste_model::projection::{LocaleCompleteness, ProductView, SearchDocument};
use rikaste_model::release::DocumentHash;
use rikaste_model::shop::{Channel, Shop};
use rikaste_model::words;
use rikaste_model::words::DiagnosticMessage;
use rikaste_store::{
    ChannelProjectionState, FeedNumber, PartUpdate, ProjectionState, encode_commerce,
    encode_content, encode_reviews,
};

use rikaste_runtime::enrich::{EnrichCounts, EnrichWorker, EnrichmentCandidate};
use rikaste_runtime::find_known_text;

/// A product on its way to the workers.
pub(super) struct ProductJob {
    pub(super) id: ProductId,
    /// The product, its model, and the reviews of all variants.
    pub(super) candidate: EnrichmentCandidate,
    /// Which parts are to be stored.
    pub(super) changed: ChangedParts,
    /// What was shown of it before.
    pub(super) before: ProjectionState,
    /// By which GTIN it was found before.
    pub(super) gtin_before: Option<Gtin>,
    /// Whether a plugin failed on it before.
    pub(super) was_stale: bool,
}

/// A batch of products, all for the same release.
pub(super) struct ProductBatch {
    pub(super) jobs: Vec<ProductJob>,
    pub(super) at: Moment,
    /// Whether plugins run: not when only time went by.
    pub(super) enrich: bool,
}

/// A product ready to be committed.
pub(super) struct ProcessedProduct {
    pub(super) id: ProductId,
    pub(super) update: PartUpdate,
    pub(super) before: ProjectionState,
    pub(super) state: ProjectionState,
    pub(super) gtin_before: Option<Gtin>,
    pub(super) gtin: Option<Gtin>,
    /// What search sees, when that changed; `Some(None)`: nothing any more.
    pub(super) search: Option<Option<SearchDocument>>,
    pub(super) enriched: bool,
    /// The plugins that fail on it now, if any did before or does now.
    pub(super) stale: Option<Vec<PluginName>>,
    /// What plugins have to say about it that somebody should act on.
    pub(super) messages: Vec<Diagnostic>,
}

/// A batch ready to be committed.
pub(super) struct ProcessedBatch {
    pub(super) products: Vec<ProcessedProduct>,
    pub(super) counts: EnrichCounts,
    pub(super) enriching: Duration,
    pub(super) projecting: Duration,
}

/// The shop and the numbers of its channels in the store.
pub(super) struct PipelineContext {
    pub(super) shop: Arc<Shop>,
    /// In the order of `shop.channels`.
    pub(super) channel_ids: Vec<FeedNumber>,
}

impl PipelineContext {
    /// Takes a batch through the stages.
    pub(super) fn process_batch(
        &self,
        worker: &mut EnrichWorker,
        batch: ProductBatch,
    ) -> ProcessedBatch {
        let ProductBatch { mut jobs, at, enrich } = batch;
        // A model is not for sale: what it says reaches plugins through its variants. What no source
        // says anything about is not shown.
        let is_enriched = |one: &&mut EnrichmentCandidate| {
            !one.product.content.is_model && !one.product.content.has_no_source()
        };
        let began = Instant::now();
        let counts = if enrich {
            let candidates = jobs.iter_mut().map(|job| &mut job.candidate);
            let mut candidates: Vec<_> = candidates.filter(is_enriched).collect();
            worker.enrich_batch(&self.shop, &mut candidates)
        } else {
            EnrichCounts::default()
        };
        let enriching = began.elapsed();
        let products = jobs.into_iter().map(|job| self.process_product(job, at)).collect();
        ProcessedBatch { products, counts, enriching, projecting: began.elapsed() - enriching }
    }

    fn process_product(&self, job: ProductJob, at: Moment) -> ProcessedProduct {
        let ProductJob { id, mut candidate, mut changed, before, gtin_before, was_stale } = job;
        changed.content |= candidate.is_changed;
        let product = &mut candidate.product;
        // A price that began or ended since it was looked at last goes on record.
        let points = product.commerce.history.len();
        product.commerce.record_past_prices(at);
        let priced = product.commerce.history.len() != points;
        let put = PartUpdate {
            content: changed.content.then(|| encode_content(&product.content)),
            commerce: (changed.commerce || priced).then(|| encode_commerce(&product.commerce)),
            reviews: changed.reviews.then(|| encode_reviews(&product.reviews)),
        };
        let stale: Vec<_> = failing_plugins(product).cloned().collect();
        let stale = (was_stale || !stale.is_empty()).then_some(stale);
        let messages = if candidate.is_changed { plugin_diagnostics(product) } else { Vec::new() };
        let view = ProductView::new(&self.shop, product, candidate.parent.as_deref(), at);
        let mut state = ProjectionState {
            channels: Vec::new(),
            search: None,
            next_boundary: view.next_boundary(),
        };
        let mut shown: Vec<&Channel> = Vec::new();
        for (channel, number) in self.shop.channels.iter().zip(&self.channel_ids) {
            let projection = view.project_channel(channel);
            if let Some(document) = &projection.document {
                shown.push(channel);
                state.channels.push(ChannelProjectionState {
                    channel: *number,
                    hash: DocumentHash::hash_document(document),
                    locales: projection
                        .completeness
                        .iter()
                        .map(LocaleCompleteness::level)
                        .collect(),
                });
            }
        }
        let search = view.build_search_document(id, &shown);
        state.search = search.as_ref().map(SearchDocument::fingerprint);
        let search = (state.search != before.search).then_some(search);
        let gtin = view.gtin();
        ProcessedProduct {
            id,
            update: put,
            before,
            state,
            gtin_before,
            gtin,
            search,
            enriched: candidate.is_changed,
            stale,
            messages,
        }
    }
}

/// The plugins that fail on a product.
pub(super) fn failing_plugins(product: &Product) -> impl Iterator<Item = &PluginName> {
    let failing = product.content.enrichments.iter().filter(|made| made.failure.is_some());
    failing.map(|made| &made.plugin)
}

/// Whether a plugin fails on a product.
pub(super) fn has_failing_plugin(product: &Product) -> bool {
    failing_plugins(product).next().is_some()
}

/// The warnings and failures of a product's plugins.
fn plugin_diagnostics(product: &Product) -> Vec<Diagnostic> {
    let mut messages = Vec::new();
    for enrichment in &product.content.enrichments {
        let plugin = &enrichment.plugin;
        let warnings = enrichment.diagnostics.iter().filter(|d| d.severity >= Severity::Warning);
        messages.extend(warnings.map(|warning| {
            // What the program says about the plugin names it.
            let message = match find_known_text(&warning.message.to_string()) {
                DiagnosticMessage::Plain(text) => {
                    words!("plugin-said", message = text, plugin = plugin.as_str()).into()
                }
                known => known,
            };
            Diagnostic { severity: Severity::Warning, message, ..warning.clone() }
        }));
        messages.extend(enrichment.failure.as_ref().map(|why| {
            // It begins with the plugin's name and version.
            let is_named = why.starts_with(plugin.as_str());
            let reason =
                why.split_once(" failed: ").filter(|_| is_named).map_or(&**why, |(_, why)| why);
            let reason = find_known_text(reason);
            let message = words!("plugin-failed", plugin = plugin.as_str(), reason = reason);
            Diagnostic::new_warning("plugin-failed", message)
        }));
    }
    messages.into_iter().map(|message| message.at_sku(product.sku.clone())).collect()
}
