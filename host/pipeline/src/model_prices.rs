//! Prices of models that no variant follows: a variant with a price of its own has none of its model's.

use std::collections::{BTreeMap, HashSet};

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::{Product, ProductId};
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{ImportRecord, PriceRecord, RecordBody};
use rikaste_model::words;

use super::PipelineError;
use super::price_checks::ShownPrices;
use super::release_builder::ReleaseBuilder;

/// Products that are kept to be looked at in the end.
const MAX_PRODUCTS: usize = 1_000_000;

/// Which products of a drop have a price.
#[derive(Default)]
pub(super) struct ModelPrices {
    /// Products that are no variants, and the row of their first price.
    candidates: BTreeMap<ProductId, (u32, Sku)>,
    /// Variants that are known to have a price.
    priced_variants: HashSet<ProductId>,
}

impl ModelPrices {
    /// Notes the price of a row, once it is merged.
    pub(super) fn record_row(&mut self, id: ProductId, product: &Product, row: u32) {
        let count = self.candidates.len() + self.priced_variants.len();
        if count >= MAX_PRODUCTS || product.commerce.prices.is_empty() {
            return;
        }
        match product.content.parent {
            Some(_) => {
                self.priced_variants.insert(id);
            }
            None => {
                self.candidates.entry(id).or_insert_with(|| (row, product.sku.clone()));
            }
        }
    }

    /// Says which models have a price that no variant follows.
    pub(super) fn push_diagnostics(
        self,
        builder: &ReleaseBuilder<'_>,
        messages: &mut DiagnosticCollector,
    ) -> Result<(), PipelineError> {
        let mut ignored = ShownPrices::default();
        let mut first: Option<&(u32, Sku)> = None;
        if !self.candidates.is_empty() {
            for model in builder.writer.list_models()? {
                let Some(place) = self.candidates.get(&model) else { continue };
                if self.is_ignored(model, builder)? {
                    ignored.add(|| format!("{} ({})", place.1, place.0));
                    first = first.filter(|known| known.0 <= place.0).or(Some(place));
                }
            }
        }
        if let Some((row, sku)) = first {
            let (count, models) = (ignored.count(), ignored.to_argument());
            let message = words!("model-price-ignored", count = count, models = models);
            let note = Diagnostic::new_info("model-price-ignored", message);
            messages.push_diagnostic(note.at_row(*row).at_sku(sku.clone()));
        }
        Ok(())
    }

    /// Whether a model has variants, and all of them a price of their own.
    fn is_ignored(
        &self,
        model: ProductId,
        builder: &ReleaseBuilder<'_>,
    ) -> Result<bool, PipelineError> {
        let mut has_variants = false;
        for id in builder.writer.list_variants(model)? {
            if self.priced_variants.contains(&id) {
                has_variants = true;
                continue;
            }
            let variant = builder.writer.load_product_without_reviews(id, builder.number())?;
            let Some(variant) = variant.filter(|it| !it.content.has_no_source()) else { continue };
            if variant.commerce.prices.is_empty() {
                return Ok(false);
            }
            has_variants = true;
        }
        Ok(has_variants)
    }
}

/// Whether a record states a price.
pub(super) fn has_stated_price(record: &ImportRecord) -> bool {
    let prices: &[PriceRecord] = match &record.body {
        RecordBody::Prices(prices) => prices,
        RecordBody::Product(row) => &row.prices,
        _ => &[],
    };
    prices.iter().any(|price| price.money.is_some())
}
