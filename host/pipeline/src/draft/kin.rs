//! Models and their variants.

use std::sync::Arc;

use rikaste_model::code::Sku;
use rikaste_model::merge::Changed;
use rikaste_model::product::Product;
use rikaste_model::product::ProductId;

use super::{Draft, Group, MODELS, Model};
use crate::LineError;

impl Draft<'_> {
    /// Notes whose variant a product is, and tells. What is named as a parent is a model from then on.
    pub(super) fn settle_parent(
        &mut self,
        id: ProductId,
        product: &Product,
        is_new: bool,
    ) -> Result<Option<ProductId>, LineError> {
        let named = match &product.content.parent {
            Some(sku) if *sku != product.sku => Some(self.writer.ensure_product(sku)?),
            _ => None,
        };
        let model = named.map(|(model, _)| model);
        let known = if is_new { None } else { self.writer.model_of(id)? };
        if model == known {
            return Ok(model);
        }
        self.writer.set_parent(id, model)?;
        let Some(model) = model else { return Ok(None) };
        // One variant more may bring reviews to the others.
        self.models.remove(&model);
        if !product.reviews.is_empty() {
            self.pending.extend(self.writer.variants(model)?);
        }
        self.make_model(model, product.content.parent.as_ref())?;
        Ok(Some(model))
    }

    /// A product that is named as a parent is a model from then on, whatever its own row says.
    fn make_model(&mut self, id: ProductId, sku: Option<&Sku>) -> Result<(), LineError> {
        self.come_back(id)?;
        let known = self.writer.product(id, self.number)?;
        let Some(mut model) = known.or_else(|| sku.cloned().map(Product::new)) else {
            return Ok(());
        };
        if model.content.is_model {
            return Ok(());
        }
        model.content.is_model = true;
        self.store(id, &model, Changed { content: true, ..Changed::default() })?;
        self.pending.insert(id);
        Ok(())
    }

    /// The product's model, and the reviews of the model and all its variants. A product without a
    /// model has its own.
    pub(super) fn group(
        &mut self,
        model: Option<ProductId>,
        product: &Product,
    ) -> Result<Group, LineError> {
        let Some(model) = model else {
            return Ok((None, Arc::from(product.reviews.as_slice())));
        };
        if let Some(known) = self.models.get(&model) {
            return Ok((Some(Arc::clone(&known.product)), Arc::clone(&known.reviews)));
        }
        let Some(parent) = self.writer.product(model, self.number)? else {
            return Ok((None, Arc::from(product.reviews.as_slice())));
        };
        let mut reviews = parent.reviews.clone();
        for variant in self.writer.variants(model)? {
            reviews.extend(self.writer.reviews(variant, self.number)?);
        }
        let known = Model { product: Arc::new(parent), reviews: reviews.into() };
        if self.models.len() >= MODELS {
            self.models.clear();
        }
        self.models.insert(model, known.clone());
        Ok((Some(known.product), known.reviews))
    }
}
