//! What search sees of a product: one document for all channels and locales.

use smol_str::SmolStr;

use super::ProductView;
use super::search_document::{ChannelEntry, LocaleText, SearchDocument};
use crate::code::{AttributeCode, Gtin};
use crate::locale::Locale;
use crate::product::ProductId;
use crate::resolve::choose_value;
use crate::shop::{AttributeDefinition, Channel, SearchUse};
use crate::value::ValueData;
use crate::well_known;

impl ProductView<'_> {
    /// What search sees; nothing when no channel shows the product. `shown` says which do.
    #[must_use]
    pub fn build_search_document(
        &self,
        id: ProductId,
        shown: &[&Channel],
    ) -> Option<SearchDocument> {
        if shown.is_empty() {
            return None;
        }
        Some(SearchDocument {
            product: id.0,
            sku: self.product.sku.clone(),
            gtin: self.gtin(),
            brand: self
                .find_global_value(well_known::BRAND)
                .and_then(ValueData::as_text)
                .map(SmolStr::new),
            family: self.family.clone(),
            categories: self
                .categories
                .iter()
                .map(|levels| levels.iter().map(|level| level.code.clone()).collect())
                .collect(),
            facets: self.collect_facets(),
            texts: self.shop.locales.iter().map(|locale| self.collect_texts(locale)).collect(),
            channels: shown.iter().map(|channel| self.build_channel_entry(channel)).collect(),
        })
    }

    /// The GTIN, by which the product is found.
    #[must_use]
    pub fn gtin(&self) -> Option<Gtin> {
        self.resolved_values.find_gtin(self.at)
    }

    fn find_global_value(&self, attribute: &str) -> Option<&ValueData> {
        choose_value(self.resolved_values.find_by_attribute(attribute), &[], None, self.at)
            .map(|resolved| &resolved.value.data)
    }

    fn collect_facets(&self) -> Vec<(AttributeCode, SmolStr)> {
        let counted = self
            .resolved_values
            .group_by_attribute()
            .filter(|(code, _)| self.find_attribute(code).is_some_and(|a| a.facet));
        let mut facets = Vec::new();
        for (code, values) in counted {
            if let Some(resolved) = choose_value(values, &[], None, self.at)
                && let ValueData::Options(options) = &resolved.value.data
                && code.as_str() != well_known::CATEGORIES
            {
                facets.extend(options.iter().map(|option| (code.clone(), option.clone())));
            }
        }
        facets
    }

    fn find_attribute(&self, code: &AttributeCode) -> Option<&AttributeDefinition> {
        self.shop.attributes.get(code)
    }

    fn build_channel_entry(&self, channel: &Channel) -> ChannelEntry {
        let price = self.commerce().price_at(&channel.price_list, self.at);
        let charged = price.map(|now| now.sale.map_or(now.price, |sale| sale.price));
        let stock = &self.product.commerce.stock;
        ChannelEntry {
            channel: channel.code.clone(),
            price: charged.and_then(|money| {
                i64::try_from((money.amount * rust_decimal::Decimal::ONE_HUNDRED).trunc()).ok()
            }),
            in_stock: stock
                .iter()
                .any(|level| level.quantity > 0 && channel.locations.contains(&level.location)),
        }
    }

    /// What search reads of the product in a locale.
    #[must_use]
    pub fn collect_texts(&self, locale: &Locale) -> LocaleText {
        let mut texts =
            LocaleText { locale: locale.clone(), title: String::new(), text: String::new() };
        let locales = std::slice::from_ref(locale);
        for (code, values) in self.resolved_values.group_by_attribute() {
            let Some(attribute) = self.find_attribute(code) else { continue };
            let Some(resolved) = choose_value(values, locales, None, self.at) else { continue };
            match (attribute.search, &resolved.value.data) {
                (SearchUse::Title, data) => push_value(&mut texts.title, data),
                (SearchUse::Text, data) => push_value(&mut texts.text, data),
                (SearchUse::None, ValueData::Options(options)) if attribute.facet => {
                    for label in
                        options.iter().filter_map(|o| attribute.options.get(o)?.get(locale))
                    {
                        push_line(&mut texts.text, label);
                    }
                }
                (SearchUse::None, _) => {}
            }
        }
        if let Some(label) = self.find_family().and_then(|family| family.label.get(locale)) {
            push_line(&mut texts.text, label);
        }
        for level in self.categories.iter().flatten() {
            let known = self.shop.categories.get(level.code.as_str());
            let label = known.and_then(|category| category.label.get(locale).map(String::as_str));
            if let Some(label) = label.or(level.name.as_deref()) {
                push_line(&mut texts.text, label);
            }
        }
        texts
    }
}

fn push_value(text: &mut String, data: &ValueData) {
    match data {
        ValueData::Text(line) => push_line(text, line),
        ValueData::RichText(line) => push_line(text, line.as_str()),
        other => push_line(text, &other.to_string()),
    }
}

fn push_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
