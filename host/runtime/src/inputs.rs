//! What one plugin is given of one product: the values and facets that its manifest names.
//!
//! An attribute's values are those that lie beneath the plugin, so a plugin may read what it
//! writes. Everything is borrowed from the catalogue's own products; most of the time it is only
//! hashed.

use rikaste_model::code::{AttributeCode, Sku};
use rikaste_model::product::{
    Photo, PluginEnrichment, Price, Product, ProductAssociation, ProductContent, ProductReview,
    StockLevel,
};
use rikaste_model::value::AttributeValue;

use super::manifest::DeclaredReads;

/// What is declared, of one product.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeclaredInputs<'a> {
    /// Its SKU.
    pub sku: Option<&'a Sku>,
    /// Its values, in the order of the manifest's `reads`.
    pub values: Vec<&'a AttributeValue>,
    /// Reviews of its model group.
    pub reviews: &'a [ProductReview],
    /// Its stock.
    pub stock: &'a [StockLevel],
    /// Its prices.
    pub prices: &'a [Price],
    /// Its links.
    pub associations: Vec<&'a ProductAssociation>,
    /// Its photos, or its model's where it has none.
    pub photos: &'a [Photo],
}

/// A product and what belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct PluginInput<'a> {
    /// The product.
    pub product: &'a Product,
    /// Its model.
    pub parent: Option<&'a Product>,
    /// What plugins made of it that run before.
    pub earlier_enrichments: &'a [PluginEnrichment],
    /// Reviews of its model group.
    pub reviews: &'a [ProductReview],
}

impl<'a> DeclaredInputs<'a> {
    /// What a plugin with these reads sees of the product.
    #[must_use]
    pub fn from_input(reads: &DeclaredReads, input: PluginInput<'a>) -> Self {
        let mut inputs = Self { sku: reads.sku.then_some(&input.product.sku), ..Self::default() };
        inputs.values = select_values(&reads.attributes, input);
        if reads.reviews {
            inputs.reviews = input.reviews;
        }
        if reads.stock {
            inputs.stock = &input.product.commerce.stock;
        }
        if reads.prices {
            inputs.prices = select_prices(input);
        }
        if reads.associations {
            inputs.associations = select_associations(input);
        }
        if reads.images {
            inputs.photos = select_photos(input);
        }
        inputs
    }
}

/// Of each attribute, for each locale, channel and window, the strongest of what edits, earlier
/// plugins and sources say, the product's own before its model's; what plugins made of the model is
/// not among it, as they run on what the variant inherits. In an order that does not depend on who
/// says it.
fn select_values<'a>(
    attributes: &[AttributeCode],
    input: PluginInput<'a>,
) -> Vec<&'a AttributeValue> {
    // Every product passes here for every plugin, so each value is looked at once and not once for
    // each attribute.
    let mut found: Vec<(usize, &AttributeValue)> = Vec::with_capacity(16);
    let mut push = |value: &'a AttributeValue| {
        let code = value.attribute.as_str();
        if let Some(index) = attributes.iter().position(|attribute| attribute.as_str() == code) {
            found.push((index, value));
        }
    };
    let own = &input.product.content;
    own.edits.iter().for_each(|edit| push(&edit.value));
    input
        .earlier_enrichments
        .iter()
        .rev()
        .flat_map(|enrichment| &enrichment.values)
        .for_each(&mut push);
    source_values(own).for_each(&mut push);
    if let Some(model) = input.parent.map(|parent| &parent.content) {
        model.edits.iter().for_each(|edit| push(&edit.value));
        source_values(model).for_each(&mut push);
    }
    // The sort is stable, so of those in the same place the first is still the strongest.
    found.sort_by(|(a_index, a), (b_index, b)| {
        let place = |value: &'a AttributeValue| (&value.locale, &value.channel, value.window);
        a_index.cmp(b_index).then_with(|| place(a).cmp(&place(b)))
    });
    found.dedup_by(|(_, weaker), (_, stronger)| stronger.has_same_scope(weaker));
    found.into_iter().map(|(_, value)| value).collect()
}

/// What sources say, the strongest first.
fn source_values(content: &ProductContent) -> impl Iterator<Item = &AttributeValue> {
    content.sources.iter().rev().flat_map(|layer| layer.values.iter().map(|source| &source.value))
}

/// Its own, or where it has none its model's: variants are often priced together.
fn select_prices(input: PluginInput<'_>) -> &[Price] {
    match input.parent {
        Some(parent) if input.product.commerce.prices.is_empty() => &parent.commerce.prices,
        _ => &input.product.commerce.prices,
    }
}

/// Films and documents come after all photos.
fn select_photos(input: PluginInput<'_>) -> &[Photo] {
    let all = own_or_inherited_photos(input);
    let is_photo = |photo: &Photo| !photo.role.is_attachment();
    &all[..all.partition_point(is_photo)]
}

fn own_or_inherited_photos(input: PluginInput<'_>) -> &[Photo] {
    match input.parent {
        Some(parent) if input.product.content.photos.is_empty() => &parent.content.photos,
        _ => &input.product.content.photos,
    }
}

/// Of each kind, all that the strongest source says of it; the product's own before its model's.
fn select_associations(input: PluginInput<'_>) -> Vec<&ProductAssociation> {
    let mut all: Vec<&ProductAssociation> = Vec::new();
    let layers = [Some(input.product), input.parent].into_iter().flatten();
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
    use rikaste_model::code::{AssociationCode, PluginName, PriceListCode, SourceCode};
    use rikaste_model::locale::Locale;
    use rikaste_model::moment::{Moment, Window};
    use rikaste_model::photo::PhotoRole;
    use rikaste_model::product::{ContentHash, ManualEdit, SourceLayer};
    use rikaste_model::value::{Currency, Money};
    use rust_decimal::Decimal;

    fn plugin_input<'a>(product: &'a Product, parent: Option<&'a Product>) -> PluginInput<'a> {
        PluginInput {
            product,
            parent,
            earlier_enrichments: &product.content.enrichments,
            reviews: &product.reviews,
        }
    }

    fn link(kind: &str, sku: &str) -> ProductAssociation {
        let kind = AssociationCode::new(kind).expect("valid");
        ProductAssociation { kind, sku: Sku::new(sku).expect("valid"), quantity: 1 }
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
        let reads = DeclaredReads {
            attributes: vec![attribute("size"), attribute("name")],
            ..DeclaredReads::default()
        };
        let inputs = DeclaredInputs::from_input(&reads, plugin_input(&product, None));
        let seen: Vec<_> = inputs.values.iter().map(|value| value.attribute.as_str()).collect();
        assert_eq!(seen, ["size", "name"]);
        assert_eq!(DeclaredInputs { values: Vec::new(), ..inputs }, DeclaredInputs::default());
    }

    #[test]
    fn of_each_place_the_strongest_is_seen_once() {
        let in_finnish = |words: &str| AttributeValue {
            locale: Some(Locale::new("fi-FI").expect("valid")),
            ..text("name", words)
        };
        let mut model = product("M", vec![in_finnish("model"), text("brand", "model")]);
        model.content.enrichments = vec![made_of(in_finnish("made of the model"))];
        let mut own = product(
            "A",
            vec![in_finnish("weak"), text("name", "everywhere"), text("size", "source")],
        );
        own.content
            .sources
            .push(product("A", vec![in_finnish("strong")]).content.sources.remove(0));
        let seen = |own: &Product| {
            let attributes = ["size", "name", "brand"].map(attribute).to_vec();
            let inputs = DeclaredInputs::from_input(
                &DeclaredReads { attributes, ..DeclaredReads::default() },
                plugin_input(own, Some(&model)),
            );
            inputs.values.iter().map(|value| value.data.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(seen(&own), ["source", "everywhere", "strong", "model"]);
        own.content.enrichments =
            vec![made_of(text("size", "first")), made_of(text("size", "second"))];
        assert_eq!(seen(&own), ["second", "everywhere", "strong", "model"]);
        own.content.edits.push(ManualEdit {
            value: text("size", "edit"),
            cell: CELL,
            by: "Aino".into(),
            at: Moment(0),
        });
        assert_eq!(seen(&own), ["edit", "everywhere", "strong", "model"]);
    }

    fn made_of(value: AttributeValue) -> PluginEnrichment {
        PluginEnrichment {
            plugin: PluginName::new("earlier").expect("valid"),
            version: "1.0.0".into(),
            digest: ContentHash([0; 32]),
            memo: ContentHash([0; 32]),
            values: vec![value],
            diagnostics: Vec::new(),
            failure: None,
        }
    }

    #[test]
    fn links_of_a_kind_are_those_of_the_strongest_source() {
        let model = linked("M", &[&[("spare", "M1"), ("care", "M2")]]);
        let own = linked(
            "A",
            &[&[("spare", "weak"), ("accessory", "A1")], &[("spare", "A2"), ("spare", "A3")]],
        );
        let reads = DeclaredReads { associations: true, ..DeclaredReads::default() };
        let inputs = DeclaredInputs::from_input(&reads, plugin_input(&own, Some(&model)));
        let seen: Vec<_> = inputs.associations.iter().map(|link| link.sku.as_str()).collect();
        assert_eq!(seen, ["A1", "M2", "A2", "A3"]);
    }

    #[test]
    fn photos_and_prices_are_the_model_s_where_there_are_none() {
        let mut model = product("M", Vec::new());
        let photo = |name: &str| Photo {
            file_name: name.into(),
            asset: ContentHash::hash_bytes(name.as_bytes()),
            size: 1,
            role: PhotoRole::Main,
            facts: None,
        };
        model.content.photos.push(photo("model.jpg"));
        let money = Money { amount: Decimal::ONE, currency: Currency::new("EUR").expect("valid") };
        let list = PriceListCode::new("retail").expect("valid");
        model.commerce.prices.push(Price { list, window: Window::ALWAYS, money, cell: CELL });
        let mut own = product("A", Vec::new());
        let reads = DeclaredReads { images: true, prices: true, ..DeclaredReads::default() };
        let inputs = DeclaredInputs::from_input(&reads, plugin_input(&own, Some(&model)));
        assert_eq!(
            (inputs.photos, inputs.prices),
            (&*model.content.photos, &*model.commerce.prices)
        );
        own.content.photos.push(photo("own.jpg"));
        let inputs = DeclaredInputs::from_input(&reads, plugin_input(&own, Some(&model)));
        assert_eq!(inputs.photos, own.content.photos);
    }
}
