//! Completeness: what a product lacks in a channel, locale by locale.

use rikaste_contract::CompletenessLevel;
use smol_str::SmolStr;

use super::{ProductView, is_localised};
use crate::locale::Locale;
use crate::resolve::choose_value;
use crate::shop::{Channel, LocaleChain};
use crate::well_known;

/// How complete a product is in one locale of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocaleCompleteness {
    /// The locale.
    pub locale: Locale,
    /// How many values are required.
    pub required: usize,
    /// Required, and there is none in this locale or its fallbacks.
    pub missing: Vec<SmolStr>,
    /// Required, and taken from a fallback.
    pub fallback: Vec<FallbackValue>,
}

impl LocaleCompleteness {
    /// The level that these values amount to.
    #[must_use]
    pub fn level(&self) -> CompletenessLevel {
        match (self.missing.is_empty(), self.fallback.is_empty()) {
            (true, true) => CompletenessLevel::Complete,
            (true, false) => CompletenessLevel::Fallback,
            (false, _) => CompletenessLevel::Incomplete,
        }
    }
}

/// A required value that this locale lacks and a fallback has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FallbackValue {
    /// The attribute's code.
    pub attribute: SmolStr,
    /// Whose value is shown instead.
    pub shown: Locale,
}

pub(super) fn assess_completeness(
    view: &ProductView<'_>,
    channel: &Channel,
) -> Vec<LocaleCompleteness> {
    let family = view.find_family().map(|family| family.required.as_slice()).unwrap_or_default();
    let mut required: Vec<SmolStr> = channel.required.clone();
    for attribute in family {
        if !required.iter().any(|known| known == attribute.as_str()) {
            required.push(SmolStr::new(attribute));
        }
    }
    channel.locales.iter().map(|chain| assess_locale(view, channel, chain, &required)).collect()
}

fn assess_locale(
    view: &ProductView<'_>,
    channel: &Channel,
    chain: &LocaleChain,
    required: &[SmolStr],
) -> LocaleCompleteness {
    let mut completeness = LocaleCompleteness {
        locale: chain.locale.clone(),
        required: required.len(),
        missing: Vec::new(),
        fallback: Vec::new(),
    };
    for attribute in required {
        match attribute.as_str() {
            well_known::IMAGES if view.photos().iter().any(|photo| photo.facts.is_some()) => {}
            well_known::PRICE
                if view.commerce().price_at(&channel.price_list, view.at).is_some() => {}
            well_known::IMAGES | well_known::PRICE => completeness.missing.push(attribute.clone()),
            code => {
                let values = view.resolved_values.find_by_attribute(code);
                let locales = if is_localised(values) { chain.chain.as_slice() } else { &[] };
                let found = choose_value(values, locales, Some(&channel.code), view.at);
                match found.filter(|resolved| !resolved.value.data.is_empty()) {
                    None => completeness.missing.push(attribute.clone()),
                    Some(resolved) => {
                        let other = resolved
                            .value
                            .locale
                            .as_ref()
                            .filter(|locale| **locale != chain.locale);
                        completeness.fallback.extend(other.map(|shown| FallbackValue {
                            attribute: attribute.clone(),
                            shown: shown.clone(),
                        }));
                    }
                }
            }
        }
    }
    completeness
}
