//! Facets: what products are counted and filtered by, with what people call it.

use rikaste_contract::{FacetValue, OrderedMap};
use rikaste_model::category::last_category_name;
use rikaste_model::code::AttributeCode;
use rikaste_model::locale::Locale;
use rikaste_model::shop::{Channel, LocaleLabels, Shop, find_label, find_nearest_name};
use rikaste_model::value::DataType;
use rikaste_model::well_known;
use rikaste_search::{FacetName, FacetValueCount, SearchResults};
use smol_str::SmolStr;

use super::{ATTRIBUTE, ApiProblem};

/// The facets of an answer, by the parameter that filters by each.
pub(super) struct LabelledFacets {
    pub(super) values: OrderedMap<'static, Vec<FacetValue>>,
    /// What people call the facets.
    pub(super) labels: OrderedMap<'static, String>,
}

impl LabelledFacets {
    /// Those that the channel publishes, in a locale or the channel's first.
    pub(super) fn from_results(
        shop: &Shop,
        channel: &Channel,
        locale: Option<&Locale>,
        results: &SearchResults,
    ) -> Self {
        let chain =
            locale.and_then(|locale| channel.find_chain(locale)).or(channel.locales.first());
        let chain = chain.map_or(&[][..], |chain| &chain.chain);
        let mut facets = Self { values: OrderedMap::default(), labels: OrderedMap::default() };
        for name in [FacetName::Category, FacetName::Brand, FacetName::Family] {
            facets.insert_facet(shop, chain, &name, &[]);
        }
        for counted in &results.facets {
            if !matches!(&counted.name, FacetName::Attribute(code) if !channel.can_publish(code)) {
                facets.insert_facet(shop, chain, &counted.name, &counted.values);
            }
        }
        facets
    }

    fn insert_facet(
        &mut self,
        shop: &Shop,
        chain: &[Locale],
        name: &FacetName,
        values: &[FacetValueCount],
    ) {
        let code = facet_attribute(name);
        let label = shop.find_attribute(code).map(|attribute| &attribute.label);
        let label = label.map_or(code, |labels| find_label(labels, chain, code));
        let values = values.iter().map(|value| label_value(shop, chain, name, value)).collect();
        self.labels.insert(facet_parameter(name), label.to_owned());
        self.values.insert(facet_parameter(name), values);
    }
}

fn label_value(
    shop: &Shop,
    chain: &[Locale],
    name: &FacetName,
    value: &FacetValueCount,
) -> FacetValue {
    let label = match find_value_labels(shop, name, &value.code) {
        Some(labels) => SmolStr::new(find_label(labels, chain, &value.code)),
        None if *name == FacetName::Category => last_category_name(&value.code),
        None => value.code.clone(),
    };
    FacetValue { value: value.code.to_string(), label: label.to_string(), count: value.count }
}

fn facet_parameter(name: &FacetName) -> String {
    match name {
        FacetName::Category => "category".to_owned(),
        FacetName::Family => "family".to_owned(),
        FacetName::Brand => "brand".to_owned(),
        FacetName::Attribute(code) => format!("{ATTRIBUTE}{code}"),
    }
}

/// The attribute whose values a facet counts.
fn facet_attribute(name: &FacetName) -> &str {
    match name {
        FacetName::Category => well_known::CATEGORIES,
        FacetName::Family => well_known::FAMILY,
        FacetName::Brand => well_known::BRAND,
        FacetName::Attribute(code) => code.as_str(),
    }
}

fn find_value_labels<'s>(shop: &'s Shop, name: &FacetName, code: &str) -> Option<&'s LocaleLabels> {
    match name {
        FacetName::Category => shop.categories.get(code).map(|category| &category.label),
        FacetName::Family => shop.families.get(code).map(|family| &family.label),
        FacetName::Attribute(attribute) => shop.attributes.get(attribute)?.options.get(code),
        FacetName::Brand => None,
    }
}

/// Refuses to filter by an attribute that the channel does not count products by.
pub(super) fn check_facet(
    shop: &Shop,
    channel: &Channel,
    code: &AttributeCode,
) -> Result<(), ApiProblem> {
    let facets: Vec<&str> = list_facets(shop, channel).collect();
    if facets.contains(&code.as_str()) {
        return Ok(());
    }
    let hint = match find_nearest_name(code.as_str(), facets.iter().copied()) {
        Some(near) => format!("did you mean {ATTRIBUTE}{near}?"),
        None if facets.is_empty() => "it has none of attributes".to_owned(),
        None => format!("it has {ATTRIBUTE}{}", facets.join(&format!(", {ATTRIBUTE}"))),
    };
    let detail = format_args!("the channel has no such facet; {hint}");
    Err(ApiProblem::bad_parameter(&format!("{ATTRIBUTE}{code}"), detail))
}

/// The attributes that products of a channel are counted by.
fn list_facets<'s>(shop: &'s Shop, channel: &Channel) -> impl Iterator<Item = &'s str> {
    let facets = shop.attributes.iter().filter(|(code, attribute)| {
        attribute.facet
            && attribute.data_type == DataType::Options
            && code.as_str() != well_known::CATEGORIES
            && channel.can_publish(code)
    });
    facets.map(|(code, _)| code.as_str())
}
