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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enrich::testing::{CELL, attribute, product, text};
    use rikaste_catalog::code::{AssociationCode, PriceListCode, SourceCode};
    use rikaste_catalog::moment::Window;
    use rikaste_catalog::product::{Hash, SourceLayer};
    use rikaste_catalog::value::{Currency, Money};
    use rust_decimal::Decimal;

    fn subject<'a>(product: &'a Product, parent: Option<&'a Product>) -> Subject<'a> {
        Subject {
            product,
            parent,
            beneath: &product.content.enrichments,
            reviews: &product.reviews,
        }
    }

    fn link(kind: &str, sku: &str) -> Association {
        let kind = AssociationCode::new(kind).expect("valid");
        Association { kind, sku: Sku::new(sku).expect("valid"), quantity: 1 }
    }

    fn linked(sku: &str, layers: &[&[(&str, &str)]]) -> Product {
        let mut product = product(sku, Vec::new());
        product.content.sources = (0..)
            .zip(layers)
            .map(|(priority, links)| SourceLayer {
                source: SourceCode::new(&format!("s{priority}")).expect("valid"),
                priority,
                values: Vec::new(),
                associations: links.iter().map(|(kind, sku)| link(kind, sku)).collect(),
            })
            .collect();
        product
    }

    #[test]
    fn only_what_is_declared_is_seen_in_the_order_of_the_manifest() {
        let product = product("A", vec![text("name", "n"), text("color", "c"), text("size", "s")]);
        let reads =
            Reads { attributes: vec![attribute("size"), attribute("name")], ..Reads::default() };
        let inputs = Inputs::of(&reads, subject(&product, None));
        let seen: Vec<_> = inputs.values.iter().map(|value| value.attribute.as_str()).collect();
        assert_eq!(seen, ["size", "name"]);
        assert_eq!(Inputs { values: Vec::new(), ..inputs }, Inputs::default());
    }

    #[test]
    fn links_of_a_kind_are_those_of_the_strongest_source() {
        let model = linked("M", &[&[("spare", "M1"), ("care", "M2")]]);
        let own = linked(
            "A",
            &[&[("spare", "weak"), ("accessory", "A1")], &[("spare", "A2"), ("spare", "A3")]],
        );
        let reads = Reads { associations: true, ..Reads::default() };
        let inputs = Inputs::of(&reads, subject(&own, Some(&model)));
        let seen: Vec<_> = inputs.associations.iter().map(|link| link.sku.as_str()).collect();
        assert_eq!(seen, ["A1", "M2", "A2", "A3"]);
    }

    #[test]
    fn photos_and_prices_are_the_model_s_where_there_are_none() {
        let mut model = product("M", Vec::new());
        let photo = |name: &str| Photo {
            file_name: name.into(),
            asset: Hash::of(name.as_bytes()),
            size: 1,
            role: "main".into(),
        };
        model.content.photos.push(photo("model.jpg"));
        let money = Money { amount: Decimal::ONE, currency: Currency::new("EUR").expect("valid") };
        let list = PriceListCode::new("retail").expect("valid");
        model.commerce.prices.push(Price { list, window: Window::ALWAYS, money, cell: CELL });
        let mut own = product("A", Vec::new());
        let reads = Reads { images: true, prices: true, ..Reads::default() };
        let inputs = Inputs::of(&reads, subject(&own, Some(&model)));
        assert_eq!(
            (inputs.photos, inputs.prices),
            (&*model.content.photos, &*model.commerce.prices)
        );
        own.content.photos.push(photo("own.jpg"));
        let inputs = Inputs::of(&reads, subject(&own, Some(&model)));
        assert_eq!(inputs.photos, own.content.photos);
    }
}
