//! What undoing comes to, told before it is done.

use std::collections::{BTreeSet, HashSet};

use rikaste_model::code::ChannelCode;
use rikaste_model::moment::Moment;
use rikaste_model::product::{Product, ProductId};
use rikaste_model::projection::ProductView;
use rikaste_model::release::{DocumentHash, ReleaseNumber};
use rikaste_model::shop_request::UndoTarget;
use rikaste_store::{FeedNumber, ProjectionState, StoreError, StoreReader};

use super::drop_undo::UndoPlanner;
use super::{UndoRefusal, find_current_release, refuse_rollback};
use crate::PipelineError;

/// What undoing comes to, before plugins make of it what they make.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UndoEffect {
    /// Products whose data changes.
    pub products: u64,
    /// Statements of the drop that stay, because later files state them or something else.
    pub kept: u64,
    /// What becomes of each channel, in the order of the shop.
    pub channels: Vec<ChannelEffect>,
}

/// What becomes of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelEffect {
    /// The channel.
    pub channel: ChannelCode,
    /// Products that it shows otherwise.
    pub changed: u64,
    /// Products that it shows and did not.
    pub added: u64,
    /// Products that it shows no more.
    pub removed: u64,
}

/// What a product would be.
type FutureProducts<'f> = dyn Fn(ProductId) -> Result<Option<Product>, StoreError> + 'f;

impl UndoPlanner<'_> {
    /// What undoing comes to, or why it is not done.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn preview(
        &self,
        target: UndoTarget,
    ) -> Result<Result<UndoEffect, UndoRefusal>, PipelineError> {
        match target {
            UndoTarget::Release(to) => self.preview_rollback(to),
            UndoTarget::Drop(drop) => {
                let undo = match self.plan_drop(drop)? {
                    Ok(undo) => undo,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                let current = find_current_release(self.reader)?;
                let (mut changed, mut kept) = (BTreeSet::new(), 0);
                for id in undo.products() {
                    let Some(mut product) = self.reader.load_product(id, current)? else {
                        continue;
                    };
                    let changes = undo.undo_in_product(self.reader, id, &mut product, self.now)?;
                    kept += changes.kept;
                    if changes.reverted > 0 {
                        changed.insert(id);
                    }
                }
                let future = |id| {
                    let product = self.reader.load_product(id, current)?;
                    let undone = product.map(|mut product| {
                        undo.undo_in_product(self.reader, id, &mut product, self.now)?;
                        Ok(product)
                    });
                    undone.transpose()
                };
                let effect = self.count_effect(&changed, &future)?;
                Ok(Ok(UndoEffect { kept, ..effect }))
            }
        }
    }

    fn preview_rollback(
        &self,
        to: ReleaseNumber,
    ) -> Result<Result<UndoEffect, UndoRefusal>, PipelineError> {
        if let Some(refusal) = refuse_rollback(self.reader, to)? {
            return Ok(Err(refusal));
        }
        let current = find_current_release(self.reader)?;
        let mut changed = BTreeSet::new();
        let mut after = None;
        loop {
            let page = self.reader.list_products_after(after, 1_000)?;
            let Some(last) = page.last() else { break };
            after = Some(*last);
            for id in page {
                if !self.reader.is_same_at(id, [to, current])? {
                    changed.insert(id);
                }
            }
        }
        let future = |id| {
            let Some(mut product) = self.reader.load_product_without_reviews(id, to)? else {
                return Ok(None);
            };
            // Photos stay as they are.
            if let Some(now) = self.reader.load_product_without_reviews(id, current)? {
                product.content.photos = now.content.photos;
            }
            Ok(Some(product))
        };
        Ok(Ok(self.count_effect(&changed, &future)?))
    }

    fn count_effect(
        &self,
        changed: &BTreeSet<ProductId>,
        future: &FutureProducts<'_>,
    ) -> Result<UndoEffect, PipelineError> {
        let mut channels = Vec::new();
        for channel in &self.shop.channels {
            channels.push(self.reader.find_channel_id(channel.code.as_str())?);
        }
        let current = self.reader.load_current_release()?;
        let at = current.map_or(self.now, |release| release.effective_at.max(self.now));
        let effects = self.shop.channels.iter().map(|channel| ChannelEffect {
            channel: channel.code.clone(),
            changed: 0,
            added: 0,
            removed: 0,
        });
        let mut counter = EffectCounter {
            planner: self,
            channels,
            at,
            counted: HashSet::new(),
            effects: effects.collect(),
        };
        for id in changed {
            counter.count_product(*id, future)?;
            for variant in self.reader.list_variants(*id)? {
                counter.count_product(variant, future)?;
            }
        }
        let products = changed.len() as u64;
        Ok(UndoEffect { products, kept: 0, channels: counter.effects })
    }
}

/// Counts the documents that change.
struct EffectCounter<'a, 'p> {
    planner: &'a UndoPlanner<'p>,
    /// The numbers of the shop's channels; none of one that has shown nothing yet.
    channels: Vec<Option<FeedNumber>>,
    at: Moment,
    counted: HashSet<ProductId>,
    effects: Vec<ChannelEffect>,
}

impl EffectCounter<'_, '_> {
    fn count_product(
        &mut self,
        id: ProductId,
        future: &FutureProducts<'_>,
    ) -> Result<(), StoreError> {
        if !self.counted.insert(id) {
            return Ok(());
        }
        let reader: &StoreReader = self.planner.reader;
        let before = reader.load_projection_state(id)?;
        let product = future(id)?;
        let model = product.as_ref().and_then(|product| product.content.parent.as_ref());
        let model = model.map(|sku| reader.find_product_id(sku)).transpose()?.flatten();
        let model = model.filter(|model| *model != id).map(future).transpose()?.flatten();
        for (index, channel) in self.planner.shop.channels.iter().enumerate() {
            let old = self.channels[index].and_then(|number| shown_hash(&before, number));
            let document = product.as_ref().and_then(|product| {
                let view = ProductView::new(self.planner.shop, product, model.as_ref(), self.at);
                view.project_channel(channel).document
            });
            let new = document.map(|document| DocumentHash::hash_document(&document));
            let effect = &mut self.effects[index];
            match (old, new) {
                (Some(old), Some(new)) if old != new => effect.changed += 1,
                (None, Some(_)) => effect.added += 1,
                (Some(_), None) => effect.removed += 1,
                _ => {}
            }
        }
        Ok(())
    }
}

fn shown_hash(state: &ProjectionState, channel: FeedNumber) -> Option<DocumentHash> {
    state.channels.iter().find(|shown| shown.channel == channel).map(|shown| shown.hash)
}
