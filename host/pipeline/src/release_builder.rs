//! A release in the making: everything between the first changed product and the commit.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

use rikaste_model::code::{Gtin, Sku};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::merge::ChangedParts;
use rikaste_model::moment::Moment;
use rikaste_model::product::{Product, ProductId, ProductReview};
use rikaste_model::projection::CompletenessLevel;
use rikaste_model::receipt::{DiagnosticCollector, ProductCounts};
use rikaste_model::release::{ChannelState, Release, ReleaseCause, ReleaseNumber};
use rikaste_model::resolve::ResolvedValues;
use rikaste_model::shop::Shop;
use rikaste_model::words;
use rikaste_search::SearchWriter;
use rikaste_store::{FeedNumber, ProjectionState, StoreWriter};

use super::missing_references::MissingReferences;
use super::model_prices::ModelPrices;
use super::product_job::{
    PipelineContext, ProcessedBatch, ProcessedProduct, ProductBatch, ProductJob, failing_plugins,
    has_failing_plugin,
};
use super::worker_pool::WorkerPool;
use super::{PipelineError, StageTimings};

mod links;
mod main_photos;
mod model_groups;

/// Products in a batch: 64 is as quick per product as 1,024 across the plugin boundary, and
/// twice that halves what the queues cost.
const BATCH_SIZE: usize = 128;
/// Models that are kept at hand for the variants that follow in the file.
const MAX_CACHED_MODELS: usize = 1_024;
/// The most products whose photos are compared with their siblings' in one drop.
const MAX_PHOTO_COMPARISONS: usize = 5_000;

/// A release in the making, and what it needs to be made.
pub(super) struct ReleaseBuilder<'a> {
    pub(super) writer: &'a mut StoreWriter,
    worker_pool: &'a mut WorkerPool,
    search_writer: &'a mut SearchWriter,
    context: &'a PipelineContext,
    number: ReleaseNumber,
    at: Moment,
    enrich: bool,
    channels: Vec<ChannelState>,
    oldest_kept: ReleaseNumber,
    batch: Vec<ProductJob>,
    /// Products that are on their way to the workers or back: what the store has of them is old.
    in_flight: HashSet<ProductId>,
    /// Products that went through the stages, and those that a plugin changed: each counts once,
    /// however often it is looked at.
    touched: HashSet<ProductId>,
    enriched: HashSet<ProductId>,
    /// Products that something they depend on changed for.
    pending: BTreeSet<ProductId>,
    models: HashMap<ProductId, CachedModel>,
    /// Products that are linked to one which came or went.
    linked_from: BTreeSet<ProductId>,
    /// Products that were found in the catalogue, or not, while links were looked at.
    presence: HashMap<ProductId, bool>,
    has_assets: bool,
    /// Products that have other photos than before: the first of them are compared with their siblings.
    photos_to_compare: BTreeSet<ProductId>,
    /// Whether anything was stored.
    changed: bool,
    /// Pictures at URLs that were not requested yet.
    unfetched_photos: u64,
    pub(super) counts: ProductCounts,
    /// Whom the rows of the drop name.
    pub(super) references: MissingReferences,
    /// Which products of the drop have a price.
    pub(super) model_prices: ModelPrices,
    pub(super) stage_timings: StageTimings,
    /// What plugins have to say about the products that were enriched.
    pub(super) messages: DiagnosticCollector,
}

/// A model and what its variants share.
#[derive(Clone)]
struct CachedModel {
    product: Arc<Product>,
    reviews: Arc<[ProductReview]>,
}

impl<'a> ReleaseBuilder<'a> {
    /// Begins a release: a transaction is open from here on.
    pub(super) fn begin_release(
        writer: &'a mut StoreWriter,
        worker_pool: &'a mut WorkerPool,
        index: &'a mut SearchWriter,
        context: &'a PipelineContext,
        now: Moment,
        enrich: bool,
    ) -> Result<Self, PipelineError> {
        writer.begin_transaction()?;
        let current = writer.load_current_release()?;
        let number =
            current.as_ref().map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number).next();
        let at = current.as_ref().map_or(now, |release| release.effective_at.max(now));
        let known =
            |code: &str| current.as_ref().and_then(|release| release.find_channel(code)).cloned();
        let channels = context.shop.channels.iter().map(|channel| {
            known(channel.code.as_str())
                .unwrap_or_else(|| ChannelState::new_empty(channel.code.clone()))
        });
        Ok(Self {
            channels: channels.collect(),
            oldest_kept: number.go_back(context.shop.keep_releases),
            has_assets: writer.has_assets()?,
            unfetched_photos: 0,
            writer,
            worker_pool,
            search_writer: index,
            context,
            number,
            at,
            enrich,
            batch: Vec::with_capacity(BATCH_SIZE),
            in_flight: HashSet::new(),
            touched: HashSet::new(),
            enriched: HashSet::new(),
            pending: BTreeSet::new(),
            models: HashMap::new(),
            linked_from: BTreeSet::new(),
            presence: HashMap::new(),
            photos_to_compare: BTreeSet::new(),
            changed: false,
            counts: ProductCounts::default(),
            references: MissingReferences::default(),
            model_prices: ModelPrices::default(),
            stage_timings: StageTimings::default(),
            messages: DiagnosticCollector::default(),
        })
    }

    pub(super) fn shop(&self) -> &'a Shop {
        &self.context.shop
    }

    /// The values of a product by itself.
    pub(super) fn own_values<'p>(&self, product: &'p Product) -> ResolvedValues<'p> {
        ResolvedValues::from_product(product, None, &self.context.shop.source_priorities)
    }

    /// The GTIN of a product by itself. One that no source says anything about has none.
    pub(super) fn find_own_gtin(&self, product: &Product) -> Option<Gtin> {
        match product.content.has_no_source() {
            true => None,
            false => self.own_values(product).find_gtin(self.at),
        }
    }

    pub(super) fn at(&self) -> Moment {
        self.at
    }

    pub(super) fn number(&self) -> ReleaseNumber {
        self.number
    }

    /// The product of this SKU and number, made where there is none.
    pub(super) fn load_or_insert_product(
        &mut self,
        sku: &Sku,
        known_id: Option<ProductId>,
    ) -> Result<(ProductId, Product), PipelineError> {
        let Some(id) = known_id else {
            return Ok((self.writer.insert_product(sku)?, Product::new(sku.clone())));
        };
        self.wait_for_product(id)?;
        let product = self.writer.load_product_with_sku(id, sku.clone(), self.number)?;
        // It may be gone since a rollback.
        Ok((id, product.unwrap_or_else(|| Product::new(sku.clone()))))
    }

    /// A product as it is in this release, once what is under way of it is stored.
    pub(super) fn load_settled_product(
        &mut self,
        id: ProductId,
    ) -> Result<Option<Product>, PipelineError> {
        self.wait_for_product(id)?;
        Ok(self.writer.load_product(id, self.number)?)
    }

    /// Takes a product whose content a row changed: on to the workers, or, for a model, into the
    /// store at once, its variants to follow.
    pub(super) fn apply_content_change(
        &mut self,
        id: ProductId,
        mut product: Product,
        changed: ChangedParts,
        is_new: bool,
        gtin_before: Option<Gtin>,
    ) -> Result<(), PipelineError> {
        let model = self.store_parent(id, &product, is_new)?;
        let photos = self.record_photo_use(id, &product)?;
        if photos != product.content.photos {
            self.queue_photo_comparison(id);
        }
        product.content.photos = photos;
        if is_new {
            self.update_shorter_sku_photos(id, &product.content.photos)?;
        }
        self.record_links(id, &mut product, is_new)?;
        self.changed = true;
        if product.content.is_model {
            self.store_product(id, &product, changed)?;
            self.models.remove(&id);
            self.pending.extend(self.writer.list_variants(id)?);
            if !is_new {
                self.pending.insert(id);
            }
            return Ok(());
        }
        self.pending.remove(&id);
        let before = if is_new {
            ProjectionState::default()
        } else {
            self.writer.load_projection_state(id)?
        };
        let candidate = self.load_candidate(model, product)?;
        self.queue_job(ProductJob {
            id,
            was_stale: has_failing_plugin(&candidate.product),
            candidate,
            changed,
            before,
            gtin_before,
        })
    }

    /// Stores the changed parts of a product now, and has it projected (with those that depend on it) at the end.
    pub(super) fn store_changed_parts(
        &mut self,
        id: ProductId,
        product: &Product,
        changed: ChangedParts,
    ) -> Result<(), PipelineError> {
        self.changed = true;
        self.store_product(id, product, changed)?;
        self.pending.insert(id);
        let model = if product.content.is_model { Some(id) } else { self.writer.find_model(id)? };
        if let Some(model) = model {
            self.models.remove(&model);
            // Reviews count for every variant, prices and texts of a model for those without.
            if changed.reviews || product.content.is_model {
                self.pending.extend(self.writer.list_variants(model)?);
            }
        }
        Ok(())
    }

    /// Has a product looked at again at the end.
    pub(super) fn mark_dirty(&mut self, id: ProductId) {
        self.pending.insert(id);
    }

    fn store_product(
        &mut self,
        id: ProductId,
        product: &Product,
        changed: ChangedParts,
    ) -> Result<(), PipelineError> {
        use rikaste_store::{PartUpdate, encode_commerce, encode_content, encode_reviews};
        let put = PartUpdate {
            content: changed.content.then(|| encode_content(&product.content)),
            commerce: changed.commerce.then(|| encode_commerce(&product.commerce)),
            reviews: changed.reviews.then(|| encode_reviews(&product.reviews)),
        };
        self.writer.store_parts(id, self.number, &put)?;
        Ok(())
    }

    /// Waits until what is under way of a product is stored, if it is under way.
    fn wait_for_product(&mut self, id: ProductId) -> Result<(), PipelineError> {
        if self.in_flight.contains(&id) { self.drain_workers() } else { Ok(()) }
    }

    fn queue_job(&mut self, job: ProductJob) -> Result<(), PipelineError> {
        self.in_flight.insert(job.id);
        if self.touched.insert(job.id) {
            self.counts.touched += 1;
        }
        self.batch.push(job);
        if self.batch.len() == BATCH_SIZE { self.submit_batch() } else { Ok(()) }
    }

    fn submit_batch(&mut self) -> Result<(), PipelineError> {
        while self.worker_pool.is_busy() {
            let finished = self.worker_pool.collect_batch(true);
            self.store_batch(finished)?;
        }
        let jobs = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH_SIZE));
        if !jobs.is_empty() {
            let batch = ProductBatch { jobs, at: self.at, enrich: self.enrich };
            self.worker_pool.submit_batch(batch);
        }
        loop {
            match self.worker_pool.collect_batch(false) {
                None => return Ok(()),
                finished => self.store_batch(finished)?,
            }
        }
    }

    pub(super) fn drain_workers(&mut self) -> Result<(), PipelineError> {
        self.submit_batch()?;
        loop {
            match self.worker_pool.collect_batch(true) {
                None => return Ok(()),
                finished => self.store_batch(finished)?,
            }
        }
    }

    /// Stores what came back from the workers.
    fn store_batch(&mut self, finished: Option<ProcessedBatch>) -> Result<(), PipelineError> {
        let Some(ProcessedBatch { products: done, counts, enriching, projecting }) = finished
        else {
            return Ok(());
        };
        self.stage_timings.enrich += enriching;
        self.stage_timings.project += projecting;
        let began = Instant::now();
        self.counts.plugin_runs += counts.plugin_runs;
        self.counts.memo_hits += counts.memo_hits;
        for done in done {
            self.store_processed(done)?;
        }
        self.stage_timings.store += began.elapsed();
        Ok(())
    }

    fn store_processed(&mut self, mut done: ProcessedProduct) -> Result<(), PipelineError> {
        self.in_flight.remove(&done.id);
        if done.enriched && self.enriched.insert(done.id) {
            self.counts.enriched += 1;
        }
        if let Some(stale) = &done.stale {
            self.writer.store_stale_plugins(done.id, stale)?;
        }
        done.messages.drain(..).for_each(|message| self.messages.push_diagnostic(message));
        if done.update != rikaste_store::PartUpdate::default() {
            self.changed = true;
            self.writer.store_parts(done.id, self.number, &done.update)?;
            if self.oldest_kept > ReleaseNumber::BEFORE_FIRST {
                self.writer.delete_unneeded_versions(done.id, self.oldest_kept)?;
            }
        }
        self.writer.store_gtin(done.id, done.gtin_before, done.gtin)?;
        if done.state == done.before {
            return Ok(());
        }
        self.changed = true;
        self.writer.store_projection_state(done.id, &done.state)?;
        for index in 0..self.channels.len() {
            self.record_channel_change(index, &done)?;
        }
        if let Some(search) = done.search {
            self.writer.insert_change(FeedNumber::SEARCH, self.number, done.id)?;
            match search {
                Some(document) => self.search_writer.insert_document(&document)?,
                None => self.search_writer.remove_product(done.id.0),
            }
        }
        Ok(())
    }

    /// Takes a product's document in one channel from what it was to what it is.
    fn record_channel_change(
        &mut self,
        index: usize,
        done: &ProcessedProduct,
    ) -> Result<(), PipelineError> {
        let number = self.context.channel_ids[index];
        let mark = |state: &'_ ProjectionState| {
            state.channels.iter().find(|mark| mark.channel == number).cloned()
        };
        let (old, new) = (mark(&done.before), mark(&done.state));
        if old == new {
            return Ok(());
        }
        let state = &mut self.channels[index];
        let locales = &self.context.shop.channels[index].locales;
        for (mark, sign) in [(&old, -1), (&new, 1)] {
            for (chain, level) in locales.iter().zip(mark.iter().flat_map(|mark| &mark.locales)) {
                let counts = state.locale_state_mut(&chain.locale);
                let count = match level {
                    CompletenessLevel::Complete => &mut counts.complete,
                    CompletenessLevel::Fallback => &mut counts.fallback,
                    CompletenessLevel::Incomplete => &mut counts.incomplete,
                };
                *count = count.saturating_add_signed(sign);
            }
        }
        let (old, new) = (old.map(|mark| mark.hash), new.map(|mark| mark.hash));
        if old != new {
            state.replace_document(old, new);
            self.counts.documents += 1;
            self.writer.insert_change(number, self.number, done.id)?;
        }
        Ok(())
    }

    /// Takes everything that is still to be looked at through the stages.
    pub(super) fn process_pending(&mut self) -> Result<(), PipelineError> {
        self.drain_workers()?;
        self.update_links()?;
        for id in std::mem::take(&mut self.pending) {
            self.reprocess_product(id)?;
        }
        self.drain_workers()?;
        if self.unfetched_photos > 0 {
            let message =
                words!("pictures-wait", count = std::mem::take(&mut self.unfetched_photos));
            self.messages.push_diagnostic(Diagnostic::new_info("pictures-wait", message));
        }
        Ok(())
    }

    fn reprocess_product(&mut self, id: ProductId) -> Result<(), PipelineError> {
        let before = self.writer.load_projection_state(id)?;
        let Some(mut product) = self.writer.load_product(id, self.number)? else {
            return self.remove_product(id, before);
        };
        // A store of an older program has not noted its links.
        let content = self.refresh_links(id, &mut product)?;
        let model = self.writer.find_model(id)?;
        let gtin_before = self.own_values(&product).find_gtin(self.at);
        let candidate = self.load_candidate(model, product)?;
        self.queue_job(ProductJob {
            id,
            was_stale: has_failing_plugin(&candidate.product),
            candidate,
            changed: ChangedParts { content, ..ChangedParts::default() },
            before,
            gtin_before,
        })
    }

    /// A product that is gone (after a rollback to before it came).
    fn remove_product(
        &mut self,
        id: ProductId,
        before: ProjectionState,
    ) -> Result<(), PipelineError> {
        let search = before.search.is_some().then_some(None);
        self.store_processed(ProcessedProduct {
            id,
            update: rikaste_store::PartUpdate::default(),
            before,
            state: ProjectionState::default(),
            gtin_before: None,
            gtin: None,
            search,
            enriched: false,
            stale: Some(Vec::new()),
            messages: Vec::new(),
        })
    }

    /// A product that a rollback brought back as it was: its place in its group follows. Photos stay as they are now.
    pub(super) fn record_restored(&mut self, id: ProductId) -> Result<(), PipelineError> {
        self.changed = true;
        if let Some(product) = self.writer.load_product(id, self.number)? {
            self.writer.store_stale_plugins(id, failing_plugins(&product))?;
            self.store_parent(id, &product, false)?;
            self.store_links(id, &product)?;
            self.update_photos(id)?;
        }
        self.pending.insert(id);
        self.pending.extend(self.writer.list_variants(id)?);
        Ok(())
    }

    /// Forgets what every channel shows, to find it anew.
    pub(super) fn clear_projections(&mut self) -> Result<(), PipelineError> {
        self.writer.delete_projection_states()?;
        for state in &mut self.channels {
            *state = ChannelState::new_empty(state.channel.clone());
        }
        self.search_writer.remove_all_products()?;
        Ok(())
    }

    /// Ends it without a release: what was stored is let go of.
    pub(super) fn discard_changes(self) -> Result<(), PipelineError> {
        while self.worker_pool.collect_batch(true).is_some() {}
        self.writer.rollback_transaction()?;
        self.search_writer.rollback_changes()?;
        Ok(())
    }

    /// Whether anything is to be released.
    pub(super) fn has_changes(&self) -> bool {
        self.changed
    }

    /// The release as it stands.
    pub(super) fn to_release(&self, cause: ReleaseCause) -> Release {
        Release {
            number: self.number,
            effective_at: self.at,
            cause,
            channels: self.channels.clone(),
        }
    }
}
