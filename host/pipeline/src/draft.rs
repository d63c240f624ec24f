//! A release in the making: everything between the first changed product and the commit.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

use rikaste_model::code::{Gtin, Sku};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::merge::Changed;
use rikaste_model::moment::Moment;
use rikaste_model::product::ProductId;
use rikaste_model::product::{Product, Review};
use rikaste_model::projection::Subject;
use rikaste_model::receipt::{Messages, ProductCounts};
use rikaste_model::release::{Cause, ChannelState, Release};
use rikaste_model::resolve::View;
use rikaste_model::shop::Shop;
use rikaste_model::words;
use rikaste_search::SearchWriter;
use rikaste_store::{ProjectionState, SEARCH, Writer};

use super::crew::Crew;
use super::work::{Batch, Done, Finished, Scene, Work, failing};
use super::{LineError, Stages};

mod kin;
mod portraits;

/// Products in a batch: 64 is as quick per product as 1,024 across the plugin boundary, and
/// twice that halves what the queues cost.
const BATCH: usize = 128;
/// Models that are kept at hand for the variants that follow in the file.
const MODELS: usize = 1_024;
/// The most products whose photos are compared with their siblings' in one drop.
const PORTRAITS: usize = 5_000;

/// A release in the making, and what it needs to be made.
pub(super) struct Draft<'a> {
    pub(super) writer: &'a mut Writer,
    crew: &'a mut Crew,
    index: &'a mut SearchWriter,
    scene: &'a Scene,
    number: u64,
    at: Moment,
    enrich: bool,
    channels: Vec<ChannelState>,
    floor: u64,
    batch: Vec<Work>,
    /// Products that are on their way to the workers or back: what the store has of them is old.
    under_way: HashSet<ProductId>,
    /// Products that went through the stages, and those that a plugin changed: each counts once,
    /// however often it is looked at.
    touched: HashSet<ProductId>,
    enriched: HashSet<ProductId>,
    /// Products that something they depend on changed for.
    pending: BTreeSet<ProductId>,
    models: HashMap<ProductId, Model>,
    has_assets: bool,
    /// Products that have other photos than before: the first of them are compared with their siblings.
    portraits: BTreeSet<ProductId>,
    /// Whether anything was stored.
    changed: bool,
    /// Pictures at URLs that nobody asked for yet.
    pictures: u64,
    pub(super) counts: ProductCounts,
    pub(super) stages: Stages,
    /// What plugins have to say about the products that were enriched.
    pub(super) messages: Messages,
}

/// A model and what its variants share.
#[derive(Clone)]
struct Model {
    product: Arc<Product>,
    reviews: Arc<[Review]>,
}

/// A product's model, and the reviews that count for it.
type Group = (Option<Arc<Product>>, Arc<[Review]>);

impl<'a> Draft<'a> {
    /// Begins a release: a transaction is open from here on.
    pub(super) fn begin(
        writer: &'a mut Writer,
        crew: &'a mut Crew,
        index: &'a mut SearchWriter,
        scene: &'a Scene,
        now: Moment,
        enrich: bool,
    ) -> Result<Self, LineError> {
        writer.begin()?;
        let current = writer.current()?;
        let number = current.as_ref().map_or(1, |release| release.number + 1);
        let at = current.as_ref().map_or(now, |release| release.effective_at.max(now));
        let known =
            |code: &str| current.as_ref().and_then(|release| release.channel(code)).cloned();
        let channels = scene.shop.channels.iter().map(|channel| {
            known(channel.code.as_str())
                .unwrap_or_else(|| ChannelState::empty(channel.code.clone()))
        });
        Ok(Self {
            channels: channels.collect(),
            floor: number.saturating_sub(u64::from(scene.shop.keep_releases)),
            has_assets: writer.has_assets()?,
            pictures: 0,
            writer,
            crew,
            index,
            scene,
            number,
            at,
            enrich,
            batch: Vec::with_capacity(BATCH),
            under_way: HashSet::new(),
            touched: HashSet::new(),
            enriched: HashSet::new(),
            pending: BTreeSet::new(),
            models: HashMap::new(),
            portraits: BTreeSet::new(),
            changed: false,
            counts: ProductCounts::default(),
            stages: Stages::default(),
            messages: Messages::default(),
        })
    }

    pub(super) fn shop(&self) -> &'a Shop {
        &self.scene.shop
    }

    /// What is said of a product by itself.
    pub(super) fn view<'p>(&self, product: &'p Product) -> View<'p> {
        View::of(product, None, &self.scene.shop.standings)
    }

    pub(super) fn at(&self) -> Moment {
        self.at
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The product of this SKU, made where there is none; and whether it was made now.
    pub(super) fn product(&mut self, sku: &Sku) -> Result<(ProductId, Product, bool), LineError> {
        let (id, made) = self.writer.ensure_product(sku)?;
        if made {
            return Ok((id, Product::new(sku.clone()), true));
        }
        self.come_back(id)?;
        // It may have been made as the model that a variant names, or be gone since a rollback.
        match self.writer.product(id, self.number)? {
            Some(product) => {
                let bare = product.content.is_unsaid();
                Ok((id, product, bare))
            }
            None => Ok((id, Product::new(sku.clone()), true)),
        }
    }

    /// Takes a product whose content a row changed: on to the workers, or, for a model, into the
    /// store at once, its variants to follow.
    pub(super) fn changed_content(
        &mut self,
        id: ProductId,
        mut product: Product,
        changed: Changed,
        is_new: bool,
        gtin_before: Option<Gtin>,
    ) -> Result<(), LineError> {
        let model = self.settle_parent(id, &product, is_new)?;
        let photos = self.photos(id, &product)?;
        if photos != product.content.photos {
            self.portrayed(id);
        }
        product.content.photos = photos;
        if is_new {
            self.take_from_shorter(id, &product.content.photos)?;
        }
        self.changed = true;
        if product.content.is_model {
            self.store(id, &product, changed)?;
            self.models.remove(&id);
            self.pending.extend(self.writer.variants(id)?);
            if !is_new {
                self.pending.insert(id);
            }
            return Ok(());
        }
        self.pending.remove(&id);
        let before =
            if is_new { ProjectionState::default() } else { self.writer.projection(id)? };
        let (parent, group_reviews) = self.group(model, &product)?;
        self.push(Work { id, product, parent, group_reviews, changed, before, gtin_before })
    }

    /// Stores the changed parts of a product now, and has it projected (with those that depend on it) at the end.
    pub(super) fn changed_facts(
        &mut self,
        id: ProductId,
        product: &Product,
        changed: Changed,
    ) -> Result<(), LineError> {
        self.changed = true;
        self.store(id, product, changed)?;
        self.pending.insert(id);
        let model = if product.content.is_model { Some(id) } else { self.writer.model_of(id)? };
        if let Some(model) = model {
            self.models.remove(&model);
            // Reviews count for every variant, prices and texts of a model for those without.
            if changed.reviews || product.content.is_model {
                self.pending.extend(self.writer.variants(model)?);
            }
        }
        Ok(())
    }

    /// Has a product looked at again at the end.
    pub(super) fn revisit(&mut self, id: ProductId) {
        self.pending.insert(id);
    }

    fn store(
        &mut self,
        id: ProductId,
        product: &Product,
        changed: Changed,
    ) -> Result<(), LineError> {
        use rikaste_store::{Put, encode_commerce, encode_content, encode_reviews};
        let put = Put {
            content: changed.content.then(|| encode_content(&product.content)),
            commerce: changed.commerce.then(|| encode_commerce(&product.commerce)),
            reviews: changed.reviews.then(|| encode_reviews(&product.reviews)),
        };
        self.writer.put(id, self.number, &put)?;
        Ok(())
    }

    /// Waits until what is under way of a product is stored, if it is under way.
    fn come_back(&mut self, id: ProductId) -> Result<(), LineError> {
        if self.under_way.contains(&id) { self.drain() } else { Ok(()) }
    }

    fn push(&mut self, work: Work) -> Result<(), LineError> {
        self.under_way.insert(work.id);
        if self.touched.insert(work.id) {
            self.counts.touched += 1;
        }
        self.batch.push(work);
        if self.batch.len() == BATCH { self.send() } else { Ok(()) }
    }

    fn send(&mut self) -> Result<(), LineError> {
        while self.crew.is_busy() {
            let finished = self.crew.collect(true);
            self.absorb(finished)?;
        }
        let works = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        if !works.is_empty() {
            self.crew.submit(Batch { works, at: self.at, enrich: self.enrich });
        }
        loop {
            match self.crew.collect(false) {
                None => return Ok(()),
                finished => self.absorb(finished)?,
            }
        }
    }

    pub(super) fn drain(&mut self) -> Result<(), LineError> {
        self.send()?;
        loop {
            match self.crew.collect(true) {
                None => return Ok(()),
                finished => self.absorb(finished)?,
            }
        }
    }

    /// Stores what came back from the workers.
    fn absorb(&mut self, finished: Option<Finished>) -> Result<(), LineError> {
        let Some(Finished { done, counts, enriching, projecting }) = finished else {
            return Ok(());
        };
        self.stages.enrich += enriching;
        self.stages.project += projecting;
        let began = Instant::now();
        self.counts.plugin_runs += counts.plugin_runs;
        self.counts.memo_hits += counts.memo_hits;
        for done in done {
            self.absorb_one(done)?;
        }
        self.stages.store += began.elapsed();
        Ok(())
    }

    fn absorb_one(&mut self, mut done: Done) -> Result<(), LineError> {
        self.under_way.remove(&done.id);
        if done.enriched && self.enriched.insert(done.id) {
            self.counts.enriched += 1;
        }
        if let Some(stale) = &done.stale {
            self.writer.set_stale(done.id, stale)?;
        }
        done.messages.drain(..).for_each(|message| self.messages.push(message));
        if done.put != rikaste_store::Put::default() {
            self.changed = true;
            self.writer.put(done.id, self.number, &done.put)?;
            if self.floor > 0 {
                self.writer.forget_versions(done.id, self.floor)?;
            }
        }
        self.writer.set_gtin(done.id, done.gtin_before, done.gtin)?;
        if done.state == done.before {
            return Ok(());
        }
        self.changed = true;
        self.writer.put_projection(done.id, &done.state)?;
        for index in 0..self.channels.len() {
            self.mark_channel(index, &done)?;
        }
        if let Some(search) = done.search {
            self.writer.log_change(SEARCH, self.number, done.id)?;
            match search {
                Some(document) => self.index.put(&document)?,
                None => self.index.remove(done.id.0),
            }
        }
        Ok(())
    }

    /// Takes a product's document in one channel from what it was to what it is.
    fn mark_channel(&mut self, index: usize, done: &Done) -> Result<(), LineError> {
        let number = self.scene.channel_ids[index];
        let mark = |state: &'_ ProjectionState| {
            state.channels.iter().find(|mark| mark.channel == number).cloned()
        };
        let (old, new) = (mark(&done.before), mark(&done.state));
        if old == new {
            return Ok(());
        }
        let state = &mut self.channels[index];
        let locales = &self.scene.shop.channels[index].locales;
        for (mark, sign) in [(&old, -1), (&new, 1)] {
            for (chain, level) in locales.iter().zip(mark.iter().flat_map(|mark| &mark.locales)) {
                let counts = state.locale(&chain.locale);
                let count = match level {
                    0 => &mut counts.complete,
                    1 => &mut counts.fallback,
                    _ => &mut counts.incomplete,
                };
                *count = count.saturating_add_signed(sign);
            }
        }
        let (old, new) = (old.map(|mark| mark.hash), new.map(|mark| mark.hash));
        if old != new {
            state.replace(old, new);
            self.counts.documents += 1;
            self.writer.log_change(number, self.number, done.id)?;
        }
        Ok(())
    }

    /// Takes everything that is still to be looked at through the stages.
    pub(super) fn settle(&mut self) -> Result<(), LineError> {
        self.drain()?;
        for id in std::mem::take(&mut self.pending) {
            self.look_again(id)?;
        }
        self.drain()?;
        if self.pictures > 0 {
            let message = words!("pictures-wait", count = std::mem::take(&mut self.pictures));
            self.messages.push(Diagnostic::info("pictures-wait", message));
        }
        Ok(())
    }

    fn look_again(&mut self, id: ProductId) -> Result<(), LineError> {
        let before = self.writer.projection(id)?;
        let Some(product) = self.writer.product(id, self.number)? else {
            return self.take_away(id, before);
        };
        let model = self.writer.model_of(id)?;
        let (parent, group_reviews) = self.group(model, &product)?;
        let gtin_before = Subject::new(&self.scene.shop, &product, None, self.at).gtin();
        self.push(Work {
            id,
            product,
            parent,
            group_reviews,
            changed: Changed::default(),
            before,
            gtin_before,
        })
    }

    /// A product that is gone (after a rollback to before it came).
    fn take_away(&mut self, id: ProductId, before: ProjectionState) -> Result<(), LineError> {
        let search = before.search.is_some().then_some(None);
        self.absorb_one(Done {
            id,
            put: rikaste_store::Put::default(),
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

    /// A product that a rollback brought back as it was: its place in its group and its photos follow.
    pub(super) fn restored(&mut self, id: ProductId) -> Result<(), LineError> {
        self.changed = true;
        if let Some(product) = self.writer.product(id, self.number)? {
            self.writer.set_stale(id, failing(&product))?;
            self.settle_parent(id, &product, false)?;
        }
        self.pending.insert(id);
        self.pending.extend(self.writer.variants(id)?);
        Ok(())
    }

    /// Forgets what every channel shows, to find it anew.
    pub(super) fn start_over(&mut self) -> Result<(), LineError> {
        self.writer.clear_projections()?;
        for state in &mut self.channels {
            *state = ChannelState::empty(state.channel.clone());
        }
        self.index.clear()?;
        Ok(())
    }

    /// Ends it without a release: what was stored is let go of.
    pub(super) fn abandon(self) -> Result<(), LineError> {
        while self.crew.collect(true).is_some() {}
        self.writer.rollback()?;
        self.index.rollback()?;
        Ok(())
    }

    /// Whether anything is to be released.
    pub(super) fn has_changes(&self) -> bool {
        self.changed
    }

    /// The release as it stands.
    pub(super) fn release(&self, cause: Cause) -> Release {
        Release {
            number: self.number,
            effective_at: self.at,
            cause,
            channels: self.channels.clone(),
        }
    }
}
