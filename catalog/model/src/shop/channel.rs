//! Channel profiles: who sees what of the catalogue.

use std::collections::BTreeMap;

use serde::Serialize;
use smol_str::SmolStr;

use crate::code::{
    AttributeCode, CategoryCode, ChannelCode, FamilyCode, LocationCode, PriceListCode,
};
use crate::locale::Locale;
use crate::photo::RenditionProfile;

use super::origins::AllowedOrigins;
use super::product_url::ProductUrl;

/// A channel's profile. What the channel shows is a pure function of (release, profile, moment).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Channel {
    /// Its code, the name of its file.
    pub code: ChannelCode,
    /// What people call it.
    pub label: String,
    /// Whether it may be read without a token. Only the interface over HTTP asks.
    #[serde(skip)]
    pub public: bool,
    /// Its locales, and for each the chain that is asked: itself first, then its fallbacks.
    pub locales: Vec<LocaleChain>,
    /// Whose prices it shows.
    pub price_list: PriceListCode,
    /// Whose stock it shows.
    pub locations: Vec<LocationCode>,
    /// What a product must have to be complete: attribute codes, `images`, `price`.
    pub required: Vec<SmolStr>,
    /// Whether a product that lacks a required value in every locale is kept back.
    pub withhold_incomplete: bool,
    /// What is published; `None`: every attribute.
    pub attributes: Option<Vec<AttributeCode>>,
    /// Which products it shows.
    pub assortment: ChannelAssortment,
    /// What it wants of photos.
    pub images: RenditionProfile,
    /// Which other sites' pages may read it. Only the interface over HTTP asks.
    #[serde(skip)]
    pub origins: AllowedOrigins,
    /// Where the shop's own site shows its products. Only sitemaps, which are made when they are asked for, have it.
    #[serde(skip)]
    pub product_url: Option<ProductUrl>,
}

/// A locale and where its values may come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LocaleChain {
    /// The locale.
    pub locale: Locale,
    /// The locale itself, then its fallbacks in order.
    pub chain: Vec<Locale>,
}

/// Which products a channel shows: all conditions must hold; none given: every product.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ChannelAssortment {
    /// In one of these categories or below.
    pub categories: Vec<CategoryCode>,
    /// Of one of these families.
    pub families: Vec<FamilyCode>,
    /// With one of these values, for each attribute.
    pub conditions: BTreeMap<AttributeCode, Vec<String>>,
}

impl Channel {
    /// The chain of a locale of this channel.
    #[must_use]
    pub fn find_chain(&self, locale: &Locale) -> Option<&LocaleChain> {
        self.locales.iter().find(|chain| chain.locale == *locale)
    }

    /// Whether the attribute is published.
    #[must_use]
    pub fn can_publish(&self, attribute: &AttributeCode) -> bool {
        self.attributes.as_ref().is_none_or(|published| published.contains(attribute))
    }
}
