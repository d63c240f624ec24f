//! What is done to one product between merge and commit, on a worker thread: enrich, assess,
//! project, encode.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_model::code::{Gtin, PluginName};
use rikaste_model::diagnostic::{Diagnostic, Severity};
use rikaste_model::merge::Changed;
use rikaste_model::moment::Moment;
use rikaste_model::product::ProductId;
use rikaste_model::product::{Product, Review};
use rikaste_model::projection::SearchDocument;
use rikaste_model::projection::{Completeness, Subject};
use rikaste_model::release::DocumentHash;
use rikaste_model::shop::{Channel, Shop};
use rikaste_model::words;
use rikaste_store::{
    ChannelMark, ProjectionState, Put, encode_commerce, encode_content, encode_reviews,
};

use rikaste_runtime::enrich::{Candidate, EnrichCounts, Worker};

/// A product on its way to the workers.
pub(super) struct Work {
    pub(super) id: ProductId,
    pub(super) product: Product,
    pub(super) parent: Option<Arc<Product>>,
    /// The reviews of all variants of its model.
    pub(super) group_reviews: Arc<[Review]>,
    /// Which parts are to be stored.
    pub(super) changed: Changed,
    /// What was shown of it before.
    pub(super) before: ProjectionState,
    /// By which GTIN it was found before.
    pub(super) gtin_before: Option<Gtin>,
}

/// What is known of a product that the stages do not change.
struct Known {
    id: ProductId,
    changed: Changed,
    before: ProjectionState,
    gtin_before: Option<Gtin>,
}

impl Work {
    fn split(self) -> (Candidate, Known) {
        let Self { id, product, parent, group_reviews, changed, before, gtin_before } = self;
        let candidate = Candidate { product, parent, group_reviews, enriched: false };
        (candidate, Known { id, changed, before, gtin_before })
    }
}

/// A batch of products, all for the same release.
pub(super) struct Batch {
    pub(super) works: Vec<Work>,
    pub(super) at: Moment,
    /// Whether plugins are asked: not when only time went by.
    pub(super) enrich: bool,
}

/// A product ready to be committed.
pub(super) struct Done {
    pub(super) id: ProductId,
    pub(super) put: Put,
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
pub(super) struct Finished {
    pub(super) done: Vec<Done>,
    pub(super) counts: EnrichCounts,
    pub(super) enriching: Duration,
    pub(super) projecting: Duration,
}

/// The shop and the numbers of its channels in the store.
pub(super) struct Scene {
    pub(super) shop: Arc<Shop>,
    /// In the order of `shop.channels`.
    pub(super) channel_ids: Vec<u16>,
}

impl Scene {
    /// Takes a batch through the stages.
    pub(super) fn run(&self, worker: &mut Worker, batch: Batch) -> Finished {
        let Batch { works, at, enrich } = batch;
        // A model is not for sale: what it says reaches plugins through its variants. What no source
        // says anything about is not shown.
        let is_quiet =
            |work: &Work| work.product.content.is_model || work.product.content.is_unsaid();
        let (quiet, products): (Vec<_>, Vec<_>) = works.into_iter().partition(is_quiet);
        let mut candidates: Vec<Candidate> = Vec::with_capacity(products.len());
        let mut rest = Vec::with_capacity(products.len());
        for work in products {
            let (candidate, known) = work.split();
            candidates.push(candidate);
            rest.push(known);
        }
        let were_stale: Vec<bool> =
            candidates.iter().map(|one| failing(&one.product).next().is_some()).collect();
        let began = Instant::now();
        let counts = if enrich {
            worker.enrich(&self.shop, &mut candidates)
        } else {
            EnrichCounts::default()
        };
        let enriching = began.elapsed();
        let quiet = quiet.into_iter().map(Work::split).map(|split| (split, false));
        let all = candidates.into_iter().zip(rest).zip(were_stale).chain(quiet);
        let done = all
            .map(|((candidate, known), was_stale)| self.finish(candidate, known, was_stale, at))
            .collect();
        Finished { done, counts, enriching, projecting: began.elapsed() - enriching }
    }

    fn finish(&self, mut candidate: Candidate, known: Known, was_stale: bool, at: Moment) -> Done {
        let Known { id, mut changed, before, gtin_before } = known;
        changed.content |= candidate.enriched;
        let product = &mut candidate.product;
        // A price that began or ended since it was looked at last goes on record.
        let points = product.commerce.history.len();
        product.commerce.settle(at);
        let priced = product.commerce.history.len() != points;
        let put = Put {
            content: changed.content.then(|| encode_content(&product.content)),
            commerce: (changed.commerce || priced).then(|| encode_commerce(&product.commerce)),
            reviews: changed.reviews.then(|| encode_reviews(&product.reviews)),
        };
        let stale: Vec<_> = failing(product).cloned().collect();
        let stale = (was_stale || !stale.is_empty()).then_some(stale);
        let messages = if candidate.enriched { messages(product) } else { Vec::new() };
        let subject = Subject::new(&self.shop, product, candidate.parent.as_deref(), at);
        let mut state = ProjectionState {
            channels: Vec::new(),
            search: None,
            next_boundary: subject.next_boundary(),
        };
        let mut shown: Vec<&Channel> = Vec::new();
        for (channel, number) in self.shop.channels.iter().zip(&self.channel_ids) {
            let projection = subject.project(channel);
            if let Some(document) = &projection.document {
                shown.push(channel);
                state.channels.push(ChannelMark {
                    channel: *number,
                    hash: DocumentHash::of(document),
                    locales: projection.completeness.iter().map(locale_mark).collect(),
                });
            }
        }
        let search = subject.search_document(id, &shown);
        state.search = search.as_ref().map(SearchDocument::fingerprint);
        let search = (state.search != before.search).then_some(search);
        let gtin = subject.gtin();
        Done {
            id,
            put,
            before,
            state,
            gtin_before,
            gtin,
            search,
            enriched: candidate.enriched,
            stale,
            messages,
        }
    }
}

/// The plugins that fail on a product.
pub(super) fn failing(product: &Product) -> impl Iterator<Item = &PluginName> {
    let failing = product.content.enrichments.iter().filter(|made| made.failure.is_some());
    failing.map(|made| &made.plugin)
}

fn locale_mark(completeness: &Completeness) -> u8 {
    match (completeness.missing.is_empty(), completeness.fallback.is_empty()) {
        (true, true) => 0,
        (true, false) => 1,
        (false, _) => 2,
    }
}

/// The warnings and failures of a product's plugins.
fn messages(product: &Product) -> Vec<Diagnostic> {
    let mut messages = Vec::new();
    for enrichment in &product.content.enrichments {
        let plugin = &enrichment.plugin;
        let warnings = enrichment.diagnostics.iter().filter(|d| d.severity >= Severity::Warning);
        messages.extend(warnings.map(|warning| {
            let message =
                words!("plugin-said", message = warning.message.clone(), plugin = plugin.as_str());
            let message = message.into();
            Diagnostic { severity: Severity::Warning, message, ..warning.clone() }
        }));
        messages.extend(enrichment.failure.as_ref().map(|why| {
            let message =
                words!("plugin-failed", plugin = plugin.as_str(), reason = why.to_string());
            Diagnostic::warning("plugin-failed", message)
        }));
    }
    messages.into_iter().map(|message| message.at_sku(product.sku.clone())).collect()
}
