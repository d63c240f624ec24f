//! What one plugin is given of one product: the values and facets that its manifest names.
//!
//! An attribute's values are those that lie beneath the plugin, so a plugin may read what it
//! writes. Everything is borrowed from the catalogue's own products; most of the time it is only
//! hashed.

use rikaste_catalog::code::Sku;
use rikaste_catalog::product::{
    Association, Enrichment, Photo, Price, Product, Review, StockLevel,
};
use rikaste_catalog::resolve::visible;
use rikaste_catalog::value::Value;

use super::manifest::Reads;

/// What is declared, of one product.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inputs<'a> {
    /// Its SKU.
    pub sku: Option<&'a Sku>,
    /// Its values, in the order of the manifest's `reads`.
    pub values: Vec<&'a Value>,
    /// Reviews of its model group.
    pub reviews: &'a [Review],
    /// Its stock.
    pub stock: &'a [StockLevel],
    /// Its prices.
    pub prices: &'a [Price],
    /// Its links.
    pub associations: Vec<&'a Association>,
    /// Its photos, or its model's where it has none.
    pub photos: &'a [Photo],
}

/// A product and what belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The product.
    pub product: &'a Product,
    /// Its model.
    pub parent: Option<&'a Product>,
    /// What plugins made of it that run before.
    pub beneath: &'a [Enrichment],
    /// Reviews of its model group.
    pub reviews: &'a [Review],
}

impl<'a> Inputs<'a> {
    /// What a plugin with these reads sees of the product.
    #[must_use]
    pub fn of(reads: &Reads, subject: Subject<'a>) -> Self {
        let mut inputs = Self { sku: reads.sku.then_some(&subject.product.sku), ..Self::default() };
        let mut seen = Vec::new();
        for attribute in &reads.attributes {
            visible(subject.product, subject.parent, subject.beneath, attribute, &mut seen);
            inputs.values.extend_from_slice(&seen);
        }
        if reads.reviews {
            inputs.reviews = subject.reviews;
        }
        if reads.stock {
            inputs.stock = &subject.product.commerce.stock;
        }
        if reads.prices {
            inputs.prices = prices(subject);
        }
        if reads.associations {
            inputs.associations = associations(subject);
        }
        if reads.images {
            inputs.photos = photos(subject);
        }
        inputs
    }
}

/// Its own, or where it has none its model's: variants are often priced together.
fn prices(subject: Subject<'_>) -> &[Price] {
    match subject.parent {
        Some(parent) if subject.product.commerce.prices.is_empty() => &parent.commerce.prices,
        _ => &subject.product.commerce.prices,
    }
}

fn photos(subject: Subject<'_>) -> &[Photo] {
    match subject.parent {
        Some(parent) if subject.product.content.photos.is_empty() => &parent.content.photos,
        _ => &subject.product.content.photos,
    }
}

/// Of each kind, all that the strongest source says of it; the product's own before its model's.
fn associations(subject: Subject<'_>) -> Vec<&Association> {
    let mut all: Vec<&Association> = Vec::new();
    let layers = [Some(subject.product), subject.parent].into_iter().flatten();
    for layer in layers.flat_map(|product| product.content.sources.iter().rev()) {
        let stronger = all.len();
        for link in &layer.associations {
            if !all[..stronger].iter().any(|known| known.kind == link.kind) {
                all.push(link);
            }
        }
    }
    all.sort_by(|a, b| a.kind.cmp(&b.kind));
    all
}
