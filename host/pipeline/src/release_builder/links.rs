//! Links to other products: shown while the catalogue has the product that they lead to.

use std::collections::BTreeSet;

use rikaste_model::code::Sku;
use rikaste_model::merge::ChangedParts;
use rikaste_model::product::{Product, ProductId};

use super::ReleaseBuilder;
use crate::PipelineError;

/// Products of which it is remembered whether the catalogue has them.
const MAX_REMEMBERED: usize = 1_000_000;

impl ReleaseBuilder<'_> {
    /// Notes to whom a product is linked, and which of these there are not. Those that are linked to it are
    /// looked at again if it came or went.
    pub(super) fn record_links(
        &mut self,
        id: ProductId,
        product: &mut Product,
        is_new: bool,
    ) -> Result<(), PipelineError> {
        let is_there = !product.content.has_no_source();
        if is_new || !is_there {
            self.linked_from.extend(self.writer.list_linked_from(&product.sku)?);
        }
        self.remember_presence(id, is_there);
        let has_links = product.content.sources.iter().any(|layer| !layer.associations.is_empty());
        if has_links || !is_new {
            self.store_links(id, product)?;
        }
        product.content.missing_links = self.find_missing_links(product)?;
        Ok(())
    }

    pub(super) fn store_links(
        &mut self,
        id: ProductId,
        product: &Product,
    ) -> Result<(), PipelineError> {
        Ok(self.writer.store_link_uses(id, &link_targets(product))?)
    }

    /// Looks again at the products that are linked to what came or went.
    pub(super) fn update_links(&mut self) -> Result<(), PipelineError> {
        for id in std::mem::take(&mut self.linked_from) {
            let Some(mut product) = self.writer.load_product(id, self.number)? else { continue };
            let missing = self.find_missing_links(&product)?;
            if missing == product.content.missing_links {
                continue;
            }
            product.content.missing_links = missing;
            let changed = ChangedParts { content: true, ..ChangedParts::default() };
            self.store_changed_parts(id, &product, changed)?;
        }
        Ok(())
    }

    /// Notes the links of a product that is looked at again. True when others are missing than before.
    pub(super) fn refresh_links(
        &mut self,
        id: ProductId,
        product: &mut Product,
    ) -> Result<bool, PipelineError> {
        if link_targets(product).is_empty() && product.content.missing_links.is_empty() {
            return Ok(false);
        }
        self.store_links(id, product)?;
        let missing = self.find_missing_links(product)?;
        Ok(std::mem::replace(&mut product.content.missing_links, missing.clone()) != missing)
    }

    fn find_missing_links(&mut self, product: &Product) -> Result<Vec<Sku>, PipelineError> {
        let mut missing = Vec::new();
        for target in link_targets(product) {
            if !self.is_in_catalogue(target)? {
                missing.push(target.clone());
            }
        }
        Ok(missing)
    }

    fn is_in_catalogue(&mut self, sku: &Sku) -> Result<bool, PipelineError> {
        let Some(id) = self.writer.find_product_id(sku)? else { return Ok(false) };
        if let Some(is_there) = self.presence.get(&id) {
            return Ok(*is_there);
        }
        let product = self.writer.load_product_without_reviews(id, self.number)?;
        let is_there = product.is_some_and(|product| !product.content.has_no_source());
        self.remember_presence(id, is_there);
        Ok(is_there)
    }

    fn remember_presence(&mut self, id: ProductId, is_there: bool) {
        if self.presence.len() >= MAX_REMEMBERED {
            self.presence.clear();
        }
        self.presence.insert(id, is_there);
    }
}

/// The SKUs that a product is linked to.
fn link_targets(product: &Product) -> BTreeSet<&Sku> {
    let links = product.content.sources.iter().flat_map(|layer| &layer.associations);
    links.map(|link| &link.sku).collect()
}
