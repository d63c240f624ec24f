//! Projection: what a channel sees of a product at a moment.
//!
//! A channel document is a pure function of (product, its model, channel profile, moment) and is
//! written as canonical JSON: the same product gives the same bytes, so a hash of them tells
//! whether a channel has to hear of a change. The form of the document is
//! [`ChannelDocument`].

use rikaste_contract::ChannelDocument;

use crate::category::{CategoryLevel, split_category_levels};
use crate::code::{AttributeCode, CategoryCode, FamilyCode};
use crate::moment::Moment;
use crate::product::{Photo, Product, ProductCommerce};
use crate::publication::PublicationState;
use crate::resolve::{ResolvedValue, ResolvedValues, choose_value};
use crate::shop::{Channel, ProductFamily, Shop};
use crate::value::ValueData;
use crate::well_known;

mod attribute_data;
mod completeness;
mod document;
mod photos;
mod search_document;
mod searchable;

pub use completeness::{FallbackValue, LocaleCompleteness};
pub use photos::photo_link;
pub use rikaste_contract::CompletenessLevel;
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
    /// The path of each category, topmost level first.
    pub(crate) categories: Vec<Vec<CategoryLevel>>,
}

/// What a channel sees of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductProjection {
    /// Its document in canonical JSON, if the channel shows it.
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
                .map(|resolved| &resolved.value.data)
        };
        let family = unlocalised("family")
            .and_then(ValueData::as_text)
            .and_then(|code| FamilyCode::new(code).ok());
        let categories =
            unlocalised("categories").and_then(ValueData::as_options).unwrap_or_default();
        let categories = categories.iter().filter(|text| !text.is_empty());
        let categories = categories.map(|text| find_category_levels(shop, text)).collect();
        Self { shop, product, parent, resolved_values, at, family, categories }
    }

    /// What the channel sees.
    #[must_use]
    pub fn project_channel(&self, channel: &Channel) -> ProductProjection {
        let Some(completeness) = self.assess_completeness(channel) else {
            return ProductProjection { document: None, completeness: Vec::new() };
        };
        let document = (!is_withheld(channel, &completeness))
            .then(|| document::build_document(self, channel).to_canonical_json());
        ProductProjection { document, completeness }
    }

    /// The document that the channel shows, as a value; `None` if it does not show the product.
    #[must_use]
    pub fn build_document<'v>(&'v self, channel: &'v Channel) -> Option<ChannelDocument<'v>> {
        let completeness = self.assess_completeness(channel)?;
        (!is_withheld(channel, &completeness)).then(|| document::build_document(self, channel))
    }

    /// What a model says of itself, as a channel would show it. `None` of what is no model. The channel shows a model
    /// where it shows a variant of it, which the caller knows.
    #[must_use]
    pub fn build_model_document<'v>(&'v self, channel: &'v Channel) -> Option<ChannelDocument<'v>> {
        self.product.content.is_model.then(|| document::build_document(self, channel))
    }

    /// How complete the product is in each of the channel's locales; `None` if the channel cannot
    /// show it, however complete it is.
    #[must_use]
    pub fn assess_completeness(&self, channel: &Channel) -> Option<Vec<LocaleCompleteness>> {
        let content = &self.product.content;
        if content.is_model
            || content.has_no_source()
            || !self.is_in_assortment(channel)
            || self.publication_state(channel) != PublicationState::Active
        {
            return None;
        }
        Some(completeness::assess_completeness(self, channel))
    }

    /// The next moment after this when a projection may change by itself.
    #[must_use]
    pub fn next_boundary(&self) -> Option<Moment> {
        let values = self.resolved_values.next_boundary(self.at);
        let prices = self.commerce().next_boundary(self.at);
        [values, prices].into_iter().flatten().min()
    }

    /// The moment that it is looked at.
    #[must_use]
    pub fn at(&self) -> Moment {
        self.at
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

    /// The value of an attribute that is the same in every locale.
    pub(crate) fn find_unlocalised_value(
        &self,
        attribute: &str,
        channel: &Channel,
    ) -> Option<&'a ValueData> {
        let resolved = choose_value(
            self.resolved_values.find_by_attribute(attribute),
            &[],
            Some(&channel.code),
            self.at,
        );
        resolved.map(|resolved| &resolved.value.data)
    }

    /// Whether the product and its model are offered in the channel: the more restrictive of both.
    #[must_use]
    pub fn publication_state(&self, channel: &Channel) -> PublicationState {
        let values = self.resolved_values.find_by_attribute(well_known::STATUS);
        // Its own come before its model's.
        let (own, of_model) = values.split_at(values.partition_point(|value| !value.inherited));
        let state = |values: &[ResolvedValue<'_>]| {
            let chosen = choose_value(values, &[], Some(&channel.code), self.at);
            chosen.map(|resolved| PublicationState::of_data(&resolved.value.data, self.shop))
        };
        state(own).max(state(of_model)).unwrap_or(PublicationState::Active)
    }

    fn is_in_assortment(&self, channel: &Channel) -> bool {
        let assortment = &channel.assortment;
        let in_category = |wanted: &CategoryCode| {
            self.categories.iter().flatten().any(|level| level.code == wanted.as_str())
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

/// The levels above a category of the model and itself, or those that a file names.
fn find_category_levels(shop: &Shop, text: &str) -> Vec<CategoryLevel> {
    let Some((code, _)) = shop.categories.get_key_value(text) else {
        return split_category_levels(text);
    };
    let path = shop.category_path(code).into_iter();
    path.map(|code| CategoryLevel { code: code.as_str().into(), name: None }).collect()
}

/// Whether a channel keeps a product back that is so complete.
#[must_use]
pub fn is_withheld(channel: &Channel, completeness: &[LocaleCompleteness]) -> bool {
    channel.withhold_incomplete && completeness.iter().all(|one| !one.missing.is_empty())
}

/// Whether any of these values is for a locale.
pub(crate) fn is_localised(values: &[ResolvedValue<'_>]) -> bool {
    values.iter().any(|resolved| resolved.value.locale.is_some())
}

#[cfg(test)]
mod tests;
