//! Models and their variants.

use std::sync::Arc;

use rikaste_model::code::Sku;
use rikaste_model::merge::ChangedParts;
use rikaste_model::product::{Product, ProductId};
use rikaste_runtime::enrich::EnrichmentCandidate;

use super::{CachedModel, MAX_CACHED_MODELS, ReleaseBuilder};
use crate::PipelineError;

impl ReleaseBuilder<'_> {
    /// Notes whose variant a product is, and tells. What is named as a parent is a model from then on.
    pub(super) fn store_parent(
        &mut self,
        id: ProductId,
        product: &Product,
        is_new: bool,
    ) -> Result<Option<ProductId>, PipelineError> {
        let named = match &product.content.parent {
            Some(sku) if *sku != product.sku => Some(self.writer.find_or_insert_product(sku)?),
            _ => None,
        };
        let model = named.map(|(model, _)| model);
        let known = if is_new { None } else { self.writer.find_model(id)? };
        if model == known {
            return Ok(model);
        }
        self.writer.store_parent(id, model)?;
        let Some(model) = model else { return Ok(None) };
        // One variant more may bring reviews to the others.
        self.models.remove(&model);
        if !product.reviews.is_empty() {
            self.pending.extend(self.writer.list_variants(model)?);
        }
        self.store_as_model(model, product.content.parent.as_ref())?;
        Ok(Some(model))
    }

    /// A product that is named as a parent is a model from then on, whatever its own row says.
    fn store_as_model(&mut self, id: ProductId, sku: Option<&Sku>) -> Result<(), PipelineError> {
        self.wait_for_product(id)?;
        let known = self.writer.load_product(id, self.number)?;
        let Some(mut model) = known.or_else(|| sku.cloned().map(Product::new)) else {
            return Ok(());
        };
        if model.content.is_model {
            return Ok(());
        }
        model.content.is_model = true;
        self.store_product(id, &model, ChangedParts { content: true, ..ChangedParts::default() })?;
        self.pending.insert(id);
        Ok(())
    }

    /// A product with its model, and the reviews of the model and all its variants. A product
    /// without a model has its own.
    pub(super) fn load_candidate(
        &mut self,
        model: Option<ProductId>,
        product: Product,
    ) -> Result<EnrichmentCandidate, PipelineError> {
        let group = model.map(|model| self.load_group(model)).transpose()?.flatten();
        let (parent, group_reviews) = match group {
            Some(group) => (Some(group.product), group.reviews),
            None => (None, Arc::from(product.reviews.as_slice())),
        };
        Ok(EnrichmentCandidate { product, parent, group_reviews, is_changed: false })
    }

    fn load_group(&mut self, model: ProductId) -> Result<Option<CachedModel>, PipelineError> {
        if let Some(known) = self.models.get(&model) {
            return Ok(Some(known.clone()));
        }
        let Some(parent) = self.writer.load_product(model, self.number)? else { return Ok(None) };
        let mut reviews = parent.reviews.clone();
        for variant in self.writer.list_variants(model)? {
            reviews.extend(self.writer.load_reviews(variant, self.number)?);
        }
        let group = CachedModel { product: Arc::new(parent), reviews: reviews.into() };
        if self.models.len() >= MAX_CACHED_MODELS {
            self.models.clear();
        }
        self.models.insert(model, group.clone());
        Ok(Some(group))
    }
}
