//! The channel document of a product.

use std::borrow::Cow;

use rikaste_contract::{
    AssociatedProduct, AttributeData, CategoryPath, ChannelDocument, LabelText, LocalizedContent,
    MoneyText, OrderedMap, StockAvailability,
};

use super::{ProductView, is_localised, photos};
use crate::category::CategoryLevel;
use crate::code::{AssociationCode, AttributeCode};
use crate::locale::Locale;
use crate::product::ProductAssociation;
use crate::publication::PublicationState;
use crate::resolve::{ResolvedValue, choose_value};
use crate::shop::{Channel, LocaleChain, Shop, find_label};
use crate::value::ValueData;
use crate::well_known;
use smol_str::SmolStr;

/// Attributes that have a place of their own in the document.
const DEDICATED_ATTRIBUTES: [&str; 7] = [
    well_known::NAME,
    well_known::DESCRIPTION,
    well_known::FAMILY,
    well_known::CATEGORIES,
    well_known::GTIN,
    well_known::BRAND,
    well_known::IMAGES,
];

/// Builds the document of a product that the channel shows.
struct DocumentBuilder<'v, 'a> {
    view: &'v ProductView<'a>,
    channel: &'v Channel,
    /// The values of each attribute that the channel publishes among its attributes.
    published: Vec<(&'v AttributeCode, &'v [ResolvedValue<'a>])>,
}

/// The document of a product that the channel shows.
pub(super) fn build_document<'v>(
    view: &'v ProductView<'_>,
    channel: &'v Channel,
) -> ChannelDocument<'v> {
    let builder = DocumentBuilder::new(view, channel);
    let locales = channel.locales.iter().map(|chain| builder.localize(chain));
    let mut document = ChannelDocument {
        id: Cow::Borrowed(view.product.sku.as_str()),
        item_group_id: view.product.content.parent.as_ref().map(|sku| sku.as_str().into()),
        gtin: builder.find_text(well_known::GTIN),
        family: builder.find_text(well_known::FAMILY),
        brand: builder.find_text(well_known::BRAND),
        categories: list_categories(view),
        attributes: builder.list_attributes(),
        associations: list_associations(view),
        localized: Some(locales.collect()),
        ..ChannelDocument::default()
    };
    photos::add_photos(&mut document, view.photos(), channel, &view.shop.web);
    photos::add_attachments(&mut document, view.photos(), &view.shop.web);
    add_prices(&mut document, view, channel);
    add_stock(&mut document, view, channel);
    document
}

impl<'v, 'a> DocumentBuilder<'v, 'a> {
    fn new(view: &'v ProductView<'a>, channel: &'v Channel) -> Self {
        let groups = view.resolved_values.group_by_attribute();
        let published = groups.filter(|(attribute, _)| {
            !DEDICATED_ATTRIBUTES.contains(&attribute.as_str())
                && channel.can_publish(attribute)
                && !is_plain_status(view.shop, attribute)
        });
        Self { view, channel, published: published.collect() }
    }

    fn choose<'s>(
        &self,
        values: &'s [ResolvedValue<'a>],
        chain: &[Locale],
    ) -> Option<&'s ResolvedValue<'a>> {
        choose_value(values, chain, Some(&self.channel.code), self.view.at)
    }

    /// The text of a standard attribute, which is the same in every locale.
    fn find_text(&self, attribute: &str) -> Option<Cow<'v, str>> {
        let data = self.view.find_unlocalised_value(attribute, self.channel)?;
        (!data.is_empty()).then(|| data_text(data))
    }

    /// The attributes that are the same in every locale.
    fn list_attributes(&self) -> OrderedMap<'v, AttributeData<'v>> {
        let mut attributes = OrderedMap::with_capacity(self.published.len());
        for (attribute, values) in &self.published {
            if is_localised(values) {
                continue;
            }
            if let Some(resolved) = self.choose(values, &[])
                && !resolved.value.data.is_empty()
            {
                let data = AttributeData::from(&resolved.value.data);
                attributes.0.push((attribute.as_str().into(), data));
            }
        }
        attributes
    }

    /// What one locale adds: its texts, and which of them are in another locale.
    fn localize(&self, chain: &'v LocaleChain) -> (&'v str, LocalizedContent<'v>) {
        let mut fallbacks = FallbackRecorder { chain, found: OrderedMap::default() };
        let content = LocalizedContent {
            title: self.localize_text(well_known::NAME, "title", &mut fallbacks),
            description: self.localize_text(well_known::DESCRIPTION, "description", &mut fallbacks),
            attributes: self.localize_attributes(&mut fallbacks),
            labels: self.list_labels(chain),
            fallback: (!fallbacks.found.is_empty()).then_some(fallbacks.found),
        };
        (chain.locale.as_str(), content)
    }

    fn localize_text(
        &self,
        attribute: &str,
        member: &'v str,
        fallbacks: &mut FallbackRecorder<'v>,
    ) -> Option<Cow<'v, str>> {
        let values = self.view.resolved_values.find_by_attribute(attribute);
        if !self.channel.can_publish(&values.first()?.value.attribute) {
            return None;
        }
        let resolved = self.choose(values, &fallbacks.chain.chain)?;
        fallbacks.record_value(member, resolved);
        Some(data_text(&resolved.value.data))
    }

    fn localize_attributes(
        &self,
        fallbacks: &mut FallbackRecorder<'v>,
    ) -> Option<OrderedMap<'v, AttributeData<'v>>> {
        let mut attributes = OrderedMap::default();
        for (attribute, values) in &self.published {
            if !is_localised(values) {
                continue;
            }
            if let Some(resolved) = self.choose(values, &fallbacks.chain.chain)
                && !resolved.value.data.is_empty()
            {
                let data = AttributeData::from(&resolved.value.data);
                attributes.0.push((attribute.as_str().into(), data));
                fallbacks.record_value(attribute.as_str(), resolved);
            }
        }
        (!attributes.is_empty()).then_some(attributes)
    }

    /// What people call the codes in this locale, where the model has it.
    fn list_labels(&self, chain: &'v LocaleChain) -> OrderedMap<'v, LabelText<'v>> {
        let view = self.view;
        let mut labels = OrderedMap::default();
        let mut add = |name: &'v str, label| labels.0.push((name.into(), label));
        if let (Some(code), Some(family)) = (&view.family, view.find_family()) {
            let label = find_label(&family.label, &chain.chain, code.as_str());
            add("family", LabelText::One(label.into()));
        }
        if let Some(first) = view.categories.first() {
            let names = first.iter().map(|level| label_category(view, chain, level).into());
            add("categories", LabelText::Many(names.collect()));
        }
        for (code, values) in &self.published {
            let attribute = view.shop.attributes.get(*code);
            let Some(attribute) = attribute.filter(|attribute| !attribute.options.is_empty())
            else {
                continue;
            };
            let resolved = self.choose(values, &chain.chain);
            if let Some(ValueData::Options(options)) = resolved.map(|one| &one.value.data) {
                let names = options.iter().map(|option| match attribute.options.get(option) {
                    Some(label) => find_label(label, &chain.chain, option).into(),
                    None => option.as_str().into(),
                });
                add(code.as_str(), LabelText::Many(names.collect()));
            }
        }
        labels
    }
}

/// Whether an attribute only says what a document says by being there: that the product is offered.
/// A status that a shop made of its own is published.
fn is_plain_status(shop: &Shop, attribute: &AttributeCode) -> bool {
    let options = shop.attributes.get(attribute).map(|status| &status.options);
    attribute.as_str() == well_known::STATUS
        && options.is_some_and(|options| {
            let is_known = |code: &SmolStr| PublicationState::from_code(code).is_some();
            !options.is_empty() && options.keys().all(is_known)
        })
}

/// What people call a category in a locale.
fn label_category<'v>(
    view: &'v ProductView<'_>,
    chain: &LocaleChain,
    level: &'v CategoryLevel,
) -> &'v str {
    let own = level.name.as_ref().unwrap_or(&level.code).as_str();
    let known = view.shop.categories.get(level.code.as_str());
    known.map_or(own, |category| find_label(&category.label, &chain.chain, own))
}

/// Notes which texts of a locale are in another one.
struct FallbackRecorder<'v> {
    chain: &'v LocaleChain,
    found: OrderedMap<'v, Cow<'v, str>>,
}

impl<'v> FallbackRecorder<'v> {
    fn record_value(&mut self, member: &'v str, resolved: &ResolvedValue<'v>) {
        let locale = resolved.value.locale.as_ref();
        if let Some(locale) = locale.filter(|locale| **locale != self.chain.locale) {
            self.found.0.push((member.into(), locale.as_str().into()));
        }
    }
}

fn data_text(data: &ValueData) -> Cow<'_, str> {
    match data {
        ValueData::Text(text) => Cow::Borrowed(text),
        ValueData::RichText(text) => Cow::Borrowed(text.as_str()),
        other => Cow::Owned(other.to_string()),
    }
}

fn list_categories<'v>(view: &'v ProductView<'_>) -> Option<Vec<CategoryPath<'v>>> {
    let code = |level: &'v CategoryLevel| Cow::Borrowed(level.code.as_str());
    let categories = view.categories.iter().map(|levels| CategoryPath {
        code: levels.last().map(code).unwrap_or_default(),
        path: levels.iter().map(code).collect(),
    });
    (!view.categories.is_empty()).then(|| categories.collect())
}

fn add_prices(document: &mut ChannelDocument<'_>, view: &ProductView<'_>, channel: &Channel) {
    let Some(now) = view.commerce().price_at(&channel.price_list, view.at) else { return };
    document.price = Some(MoneyText(now.price.to_string()));
    let Some(sale) = now.sale else { return };
    document.sale_price = Some(MoneyText(sale.price.to_string()));
    if let (Some(start), Some(end)) = (sale.window.start, sale.window.end) {
        let zone = &view.shop.zone;
        document.sale_price_effective_date =
            Some(format!("{}/{}", start.to_text(zone), end.to_text(zone)));
    }
    document.lowest_price_30_days = Some(MoneyText(sale.lowest_30_days.to_string()));
}

fn add_stock<'v>(document: &mut ChannelDocument<'v>, view: &'v ProductView<'_>, channel: &Channel) {
    let levels = view.product.commerce.stock.iter();
    let levels = levels.filter(|level| channel.locations.contains(&level.location));
    let stock: OrderedMap<'v, i64> =
        levels.map(|level| (level.location.as_str(), level.quantity)).collect();
    if stock.is_empty() {
        return;
    }
    let is_available = stock.0.iter().any(|(_, quantity)| *quantity > 0);
    document.availability = Some(match is_available {
        true => StockAvailability::InStock,
        false => StockAvailability::OutOfStock,
    });
    document.stock = Some(stock);
}

fn list_associations<'v>(
    view: &ProductView<'v>,
) -> Option<OrderedMap<'v, Vec<AssociatedProduct<'v>>>> {
    let links = resolve_associations(view);
    let links = links.into_iter().map(|(kind, links)| {
        let links = links.into_iter().map(|link| AssociatedProduct {
            id: link.sku.as_str().into(),
            quantity: link.quantity,
            product: None,
        });
        (kind.as_str(), links.collect())
    });
    let links: OrderedMap<'v, _> = links.collect();
    (!links.is_empty()).then_some(links)
}

/// Of each kind, the links that the strongest source names, the product's own before its model's.
pub(crate) fn resolve_associations<'a>(
    view: &ProductView<'a>,
) -> Vec<(&'a AssociationCode, Vec<&'a ProductAssociation>)> {
    let products = std::iter::once(view.product).chain(view.parent);
    let layers = products.flat_map(|product| {
        let missing = &product.content.missing_links;
        product.content.sources.iter().rev().map(move |layer| (layer, missing))
    });
    let mut kinds: Vec<(&AssociationCode, Vec<&ProductAssociation>)> = Vec::new();
    for (layer, missing) in layers {
        let known = kinds.len();
        for link in &layer.associations {
            if kinds[..known].iter().any(|(kind, _)| **kind == link.kind) {
                continue;
            }
            // What is not there is not shown, and hides what a weaker source links to all the same.
            let shown = Some(link).filter(|link| !missing.contains(&link.sku));
            match kinds[known..].iter_mut().find(|(kind, _)| **kind == link.kind) {
                Some((_, links)) => links.extend(shown),
                None => kinds.push((&link.kind, shown.into_iter().collect())),
            }
        }
    }
    kinds.retain(|(_, links)| !links.is_empty());
    kinds.sort_by_key(|(kind, _)| *kind);
    kinds
}
