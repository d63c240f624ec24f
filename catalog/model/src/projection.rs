//! Projection: what a channel sees of a product at a moment.
//!
//! A channel document is a pure function of (product, its model, channel profile, moment) and is
//! written as canonical JSON: the same product gives the same bytes, so a hash of them tells
//! whether a channel has to hear of a change. The form of the document is in ARCHITECTURE.md.

use crate::code::{AttributeCode, CategoryCode, FamilyCode};
use crate::moment::Moment;
use crate::product::{Photo, Product, ProductCommerce};
use crate::resolve::{ResolvedValue, ResolvedValues, choose_value};
use crate::shop::{Channel, ProductFamily, Shop};
use crate::value::ValueData;
use crate::well_known;

mod completeness;
mod document;
mod flatten;
mod json;
mod photos;
mod search_document;
mod searchable;

pub use completeness::{CompletenessLevel, FallbackValue, LocaleCompleteness};
pub use flatten::flatten_locale;
pub use photos::photo_link;
pub use search_document::{ChannelEntry, LocaleText, SearchDocument};

/// A product with everything that its projections depend on.
#[derive(Debug)]
pub struct ProductView<'a> {
    pub(crate) shop: &'a Shop,
    pub(crate) product: &'a Product,
    pub(crate) parent: Option<&'a Product>,
    pub(crate) resolved_values: ResolvedValues<'a>,
    pub(crate) at: Moment,
    pub(crate) family: Option<FamilyCode>,
    pub(crate) categories: Vec<CategoryCode>,
}

/// What a channel sees of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductProjection {
    /// Its document, if the channel shows it.
    pub document: Option<Vec<u8>>,
    /// How complete it is in each of the channel's locales.
    pub completeness: Vec<LocaleCompleteness>,
}

impl<'a> ProductView<'a> {
    /// Looks at a product at a moment.
    #[must_use]
    pub fn new(
        shop: &'a Shop,
        product: &'a Product,
        parent: Option<&'a Product>,
        at: Moment,
    ) -> Self {
        let resolved_values =
            ResolvedValues::from_product(product, parent, &shop.source_priorities);
        let unlocalised = |attribute| {
            choose_value(resolved_values.find_by_attribute(attribute), &[], None, at)
                .map(|said| &said.value.data)
        };
        let family = unlocalised(well_known::FAMILY)
            .and_then(ValueData::as_text)
            .and_then(|code| FamilyCode::new(code).ok());
        let categories =
            unlocalised(well_known::CATEGORIES).and_then(ValueData::as_options).unwrap_or_default();
        let categories =
            categories.iter().filter_map(|code| CategoryCode::new(code).ok()).collect();
        Self { shop, product, parent, resolved_values, at, family, categories }
    }

    /// What the channel sees.
    #[must_use]
    pub fn project_channel(&self, channel: &Channel) -> ProductProjection {
        let content = &self.product.content;
        if content.is_model || content.has_no_source() || !self.is_in_assortment(channel) {
            return ProductProjection { document: None, completeness: Vec::new() };
        }
        let completeness = completeness::assess_completeness(self, channel);
        let withheld =
            channel.withhold_incomplete && completeness.iter().all(|c| !c.missing.is_empty());
        let document = (!withheld).then(|| document::write_document(self, channel));
        ProductProjection { document, completeness }
    }

    /// The next moment after this when a projection may change by itself.
    #[must_use]
    pub fn next_boundary(&self) -> Option<Moment> {
        let values = self.resolved_values.next_boundary(self.at);
        let prices = self.commerce().next_boundary(self.at);
        [values, prices].into_iter().flatten().min()
    }

    /// The values of the product and its model.
    #[must_use]
    pub fn resolved_values(&self) -> &ResolvedValues<'a> {
        &self.resolved_values
    }

    pub(crate) fn find_family(&self) -> Option<&'a ProductFamily> {
        self.shop.families.get(self.family.as_ref()?)
    }

    /// The product's own photos, or its model's where it has none.
    pub(crate) fn photos(&self) -> &'a [Photo] {
        match self.parent {
            Some(parent) if self.product.content.photos.is_empty() => &parent.content.photos,
            _ => &self.product.content.photos,
        }
    }

    /// The product's own prices, or its model's where it has none; the stock is always its own.
    pub(crate) fn commerce(&self) -> &'a ProductCommerce {
        match self.parent {
            Some(parent) if self.product.commerce.prices.is_empty() => &parent.commerce,
            _ => &self.product.commerce,
        }
    }

    /// What is said of an attribute that is the same in every locale.
    pub(crate) fn find_unlocalised_value(
        &self,
        attribute: &str,
        channel: &Channel,
    ) -> Option<&'a ValueData> {
        let said = choose_value(
            self.resolved_values.find_by_attribute(attribute),
            &[],
            Some(&channel.code),
            self.at,
        );
        said.map(|said| &said.value.data)
    }

    fn is_in_assortment(&self, channel: &Channel) -> bool {
        let assortment = &channel.assortment;
        let in_category = |wanted: &CategoryCode| {
            self.categories
                .iter()
                .any(|category| self.shop.category_path(category).contains(&wanted))
        };
        let has = |attribute: &AttributeCode, wanted: &[String]| {
            let Some(data) = self.find_unlocalised_value(attribute.as_str(), channel) else {
                return false;
            };
            match data.as_options() {
                Some(codes) => codes.iter().any(|code| wanted.iter().any(|w| w == code)),
                None => wanted.contains(&data.to_string()),
            }
        };
        (assortment.categories.is_empty() || assortment.categories.iter().any(in_category))
            && (assortment.families.is_empty()
                || self.family.as_ref().is_some_and(|family| assortment.families.contains(family)))
            && assortment.conditions.iter().all(|(attribute, wanted)| has(attribute, wanted))
    }
}

/// Whether any of these values is for a locale.
pub(crate) fn is_localised(said: &[ResolvedValue<'_>]) -> bool {
    said.iter().any(|said| said.value.locale.is_some())
}
