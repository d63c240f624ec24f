//! What a product was before a file spoke of it, as far as its releases are kept.

use std::collections::{HashMap, HashSet};

use rikaste_model::code::SourceCode;
use rikaste_model::product::{
    DropId, LinkOrigin, Product, ProductAssociation, ProductId, SourceValue,
};

use crate::PipelineError;
use crate::release_builder::ReleaseBuilder;

/// What a product was before the earlier versions of a file.
pub(super) struct ProductHistory<'a> {
    id: ProductId,
    earlier: &'a HashSet<DropId>,
    /// By the drop before which it was so; nothing where that release is not kept.
    before: HashMap<DropId, Option<Product>>,
}

impl<'a> ProductHistory<'a> {
    pub(super) fn new(id: ProductId, earlier: &'a HashSet<DropId>) -> Self {
        Self { id, earlier, before: HashMap::new() }
    }

    fn load_before(
        &mut self,
        builder: &ReleaseBuilder<'_>,
        drop: DropId,
    ) -> Result<Option<&Product>, PipelineError> {
        if !self.before.contains_key(&drop) {
            let receipt = builder.writer.load_receipt(drop)?;
            let release = receipt.and_then(|receipt| receipt.release);
            let before = release.map(|release| release.go_back(1));
            let oldest = builder.writer.find_oldest_kept_release()?;
            let product = match before.filter(|before| *before >= oldest) {
                Some(before) => builder.writer.load_product_without_reviews(self.id, before)?,
                None => None,
            };
            self.before.insert(drop, product);
        }
        Ok(self.before[&drop].as_ref())
    }

    /// The value that the earlier versions had taken the place of.
    pub(super) fn find_value(
        &mut self,
        builder: &ReleaseBuilder<'_>,
        source: &SourceCode,
        value: &SourceValue,
    ) -> Result<Option<SourceValue>, PipelineError> {
        let mut drop = value.cell.drop;
        loop {
            let Some(product) = self.load_before(builder, drop)? else { return Ok(None) };
            let layers = product.content.sources.iter();
            let mut values = layers.filter(|layer| layer.source == *source).flat_map(|l| &l.values);
            let found = values.find(|known| known.value.has_same_scope(&value.value)).cloned();
            match found {
                // Of a drop that came earlier still, and so on: this ends at the first.
                Some(found) if self.earlier.contains(&found.cell.drop) => {
                    if found.cell.drop >= drop {
                        return Ok(None);
                    }
                    drop = found.cell.drop;
                }
                found => return Ok(found),
            }
        }
    }

    /// The same of links of one kind.
    pub(super) fn find_links(
        &mut self,
        builder: &ReleaseBuilder<'_>,
        origin: &LinkOrigin,
    ) -> Result<(Vec<ProductAssociation>, Option<LinkOrigin>), PipelineError> {
        let earlier = self.earlier;
        let mut drop = origin.drop;
        loop {
            let Some(product) = self.load_before(builder, drop)? else {
                return Ok((Vec::new(), None));
            };
            let is_same =
                |known: &&LinkOrigin| known.source == origin.source && known.kind == origin.kind;
            let before = product.content.link_origins.iter().find(is_same).cloned();
            let Some(before) = before else { return Ok((Vec::new(), None)) };
            if !earlier.contains(&before.drop) {
                let layers = product.content.sources.iter();
                let links = layers
                    .filter(|layer| layer.source == origin.source)
                    .flat_map(|layer| &layer.associations)
                    .filter(|link| link.kind == origin.kind);
                return Ok((links.cloned().collect(), Some(before)));
            }
            if before.drop >= drop {
                return Ok((Vec::new(), None));
            }
            drop = before.drop;
        }
    }
}
