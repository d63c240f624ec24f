//! The checks that make a [`Shop`] of what people wrote.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::tz::TimeZone;
use serde::Deserialize;
use smol_str::SmolStr;

use super::{RawAssortment, RawChannel, RawLocation, RawModel, RawShop, read_toml};
use crate::code::{
    AttributeCode, CategoryCode, ChannelCode, FamilyCode, LocationCode, PriceListCode, SourceCode,
};
use crate::locale::Locale;
use crate::publication::PublicationState;
use crate::shop::channel::LocaleChain;
use crate::shop::{
    AttributeDefinition, Channel, ChannelAssortment, FullRanges, LocaleLabels, PriceList,
    ProductCategory, ProductFamily, STANDARD_ATTRIBUTES, SearchUse, Shop, ShopError,
    SourcePriorities, SourcePriority, StockLocation, find_nearest_name,
};
use crate::value::DataType;
use crate::well_known;
use crate::words::Language;

/// Says what is wrong in one file.
pub(in crate::shop) struct ConfigChecker<'a>(pub(in crate::shop) &'a Path);

impl ConfigChecker<'_> {
    pub(in crate::shop) fn invalid_key(
        &self,
        key: impl Into<String>,
        message: impl Into<String>,
    ) -> ShopError {
        ShopError::Invalid { path: self.0.to_owned(), key: key.into(), message: message.into() }
    }

    /// That `name` is among the known ones.
    pub(in crate::shop) fn check_known<'k>(
        &self,
        key: &str,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) -> Result<(), ShopError> {
        if known.clone().into_iter().any(|k| k == name) {
            return Ok(());
        }
        let hint = match find_nearest_name(name, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "define it or leave it out".to_owned(),
        };
        Err(self.invalid_key(key, format!("there is no {what} \"{name}\"; {hint}")))
    }
}

pub(super) fn build_shop(path: &Path, raw: RawShop) -> Result<Shop, ShopError> {
    let check = ConfigChecker(path);
    let zone = TimeZone::get(&raw.time_zone).map_err(|_| {
        check.invalid_key(
            "time_zone",
            format!("\"{}\" is not a time zone; write one such as Europe/Helsinki", raw.time_zone),
        )
    })?;
    if raw.locales.is_empty() {
        return Err(
            check.invalid_key("locales", "there is none; write at least one, such as [\"fi-FI\"]")
        );
    }
    check.check_known(
        "price_list",
        "price list",
        raw.price_list.as_str(),
        raw.price_lists.keys().map(PriceListCode::as_str),
    )?;
    let mut locations = Vec::new();
    for (code, table) in raw.locations {
        let key = format!("locations.{code}");
        let location =
            RawLocation::deserialize(table).map_err(|e| check.invalid_key(&key, e.to_string()))?;
        let code = LocationCode::new(&code).map_err(|e| check.invalid_key(&key, e.to_string()))?;
        let label = location.label.unwrap_or_else(|| code.to_string());
        locations.push(StockLocation { code, label, kind: location.kind });
    }
    let price_lists = raw.price_lists.into_iter().map(|(code, list)| {
        let label = list.label.unwrap_or_else(|| code.to_string());
        (code, PriceList { currency: list.currency, label })
    });
    Ok(Shop {
        name: raw.name,
        zone,
        language: raw.language.unwrap_or_else(|| Language::from_locale(&raw.locales[0])),
        reject_file_above: raw.import.reject_file_above,
        full_ranges: FullRanges {
            files: raw.import.full,
            max_removed_share: raw
                .import
                .most_gone
                .unwrap_or(FullRanges::default().max_removed_share),
        },
        source_priorities: SourcePriorities::new(raw.sources),
        locales: raw.locales,
        price_list: raw.price_list,
        price_lists: price_lists.collect(),
        locations,
        attributes: build_standard_attributes(),
        families: BTreeMap::new(),
        categories: BTreeMap::new(),
        associations: BTreeMap::new(),
        channels: Vec::new(),
        remote_photos: raw.pictures,
        keep_releases: raw.keep_releases.max(1),
    })
}

/// That what wins is an attribute.
pub(super) fn check_sources(
    check: &ConfigChecker<'_>,
    sources: &BTreeMap<SourceCode, SourcePriority>,
    shop: &Shop,
) -> Result<(), ShopError> {
    for (source, priority) in sources {
        for attribute in priority.attributes.keys() {
            check.check_known(
                &format!("sources.{source}.attributes"),
                "attribute",
                attribute.as_str(),
                shop.attributes.keys().map(AttributeCode::as_str),
            )?;
        }
    }
    Ok(())
}

pub(super) fn build_standard_attributes() -> BTreeMap<AttributeCode, AttributeDefinition> {
    STANDARD_ATTRIBUTES
        .into_iter()
        .map(|name| {
            let code = AttributeCode::new(name).expect("the standard codes are valid");
            let attribute = match name {
                well_known::CATEGORIES => AttributeDefinition::from_data_type(DataType::Options),
                well_known::IMAGES => AttributeDefinition::from_data_type(DataType::Assets),
                well_known::BRAND => AttributeDefinition {
                    search: SearchUse::Text,
                    facet: true,
                    ..AttributeDefinition::from_data_type(DataType::Text)
                },
                well_known::STATUS => AttributeDefinition {
                    scopable: true,
                    options: PublicationState::ALL
                        .into_iter()
                        .map(|state| (SmolStr::new_static(state.code()), LocaleLabels::new()))
                        .collect(),
                    ..AttributeDefinition::from_data_type(DataType::Options)
                },
                _ => AttributeDefinition::from_data_type(DataType::Text),
            };
            (code, attribute)
        })
        .collect()
}

pub(super) fn add_model(path: &Path, raw: RawModel, shop: &mut Shop) -> Result<(), ShopError> {
    let check = ConfigChecker(path);
    for (code, attribute) in raw.attributes {
        let key = format!("attributes.{code}");
        if matches!(code.as_str(), "sku" | "parent" | "kind" | "price" | "stock") {
            return Err(check.invalid_key(key, "this name is taken by the program; choose another"));
        }
        // Shops that had a `status` of their own before keep it as it is.
        if let Some(standard) = shop.attributes.get(&code)
            && code.as_str() != well_known::STATUS
            && standard.data_type != attribute.r#type
        {
            let message = format!("this attribute is always of type {}", standard.data_type);
            return Err(check.invalid_key(key, message));
        }
        shop.attributes.insert(
            code,
            AttributeDefinition {
                data_type: attribute.r#type,
                localizable: attribute.localizable,
                scopable: attribute.scopable,
                search: attribute.search,
                facet: attribute.facet,
                unit: attribute.unit,
                options: attribute.options,
                label: attribute.label,
                by_plugin: None,
            },
        );
    }
    shop.categories = raw
        .categories
        .into_iter()
        .map(|(code, category)| {
            (code, ProductCategory { label: category.label, parent: category.parent })
        })
        .collect();
    for (code, category) in &shop.categories {
        let key = format!("categories.{code}.parent");
        if let Some(parent) = &category.parent {
            check.check_known(
                &key,
                "category",
                parent.as_str(),
                shop.categories.keys().map(CategoryCode::as_str),
            )?;
        }
        check_no_cycle(&check, &key, code, &shop.categories)?;
    }
    for (code, family) in raw.families {
        let known = || shop.attributes.keys().map(AttributeCode::as_str).collect::<Vec<_>>();
        for attribute in family.attributes.iter().chain(&family.required) {
            check.check_known(
                &format!("families.{code}"),
                "attribute",
                attribute.as_str(),
                known(),
            )?;
        }
        let family = ProductFamily {
            label: family.label,
            attributes: family.attributes,
            required: family.required,
        };
        shop.families.insert(code, family);
    }
    shop.associations = raw.associations.into_iter().map(|(code, a)| (code, a.label)).collect();
    Ok(())
}

fn check_no_cycle(
    check: &ConfigChecker<'_>,
    key: &str,
    code: &CategoryCode,
    categories: &BTreeMap<CategoryCode, ProductCategory>,
) -> Result<(), ShopError> {
    let mut at = code;
    for _ in 0..=categories.len() {
        match categories.get(at).and_then(|category| category.parent.as_ref()) {
            Some(parent) => at = parent,
            None => return Ok(()),
        }
    }
    Err(check
        .invalid_key(key, format!("the category {code} is inside itself; mend one of the parents")))
}

pub(super) fn load_channel(path: &Path, shop: &Shop) -> Result<Channel, ShopError> {
    let raw: RawChannel = read_toml(path)?;
    let check = ConfigChecker(path);
    let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    let code = ChannelCode::new(stem).map_err(|e| {
        check.invalid_key("file name", format!("{e}; the file's name is the channel's code"))
    })?;
    let price_list = raw.price_list.unwrap_or_else(|| shop.price_list.clone());
    check.check_known(
        "price_list",
        "price list",
        price_list.as_str(),
        shop.price_lists.keys().map(PriceListCode::as_str),
    )?;
    let known_locations = || shop.locations.iter().map(|l| l.code.as_str()).collect::<Vec<_>>();
    let locations = match raw.locations {
        Some(locations) => {
            for location in &locations {
                check.check_known("locations", "location", location.as_str(), known_locations())?;
            }
            locations
        }
        None => shop.locations.iter().map(|l| l.code.clone()).collect(),
    };
    Ok(Channel {
        label: raw.label.unwrap_or_else(|| code.to_string()),
        code,
        public: raw.public,
        locales: build_chains(&check, shop, &raw.locales, &raw.fallback)?,
        price_list,
        locations,
        required: raw.required,
        withhold_incomplete: raw.withhold_incomplete,
        attributes: raw.attributes,
        assortment: check_assortment(&check, shop, raw.assortment)?,
        images: raw.images.check_profile(&check)?,
    })
}

fn build_chains(
    check: &ConfigChecker<'_>,
    shop: &Shop,
    locales: &[Locale],
    fallback: &BTreeMap<Locale, Vec<Locale>>,
) -> Result<Vec<LocaleChain>, ShopError> {
    if locales.is_empty() {
        return Err(
            check.invalid_key("locales", "there is none; write at least one of shop.toml's")
        );
    }
    let known = || shop.locales.iter().map(Locale::as_str).collect::<Vec<_>>();
    for locale in locales.iter().chain(fallback.values().flatten()) {
        check.check_known("locales", "locale", locale.as_str(), known())?;
    }
    for locale in fallback.keys() {
        check.check_known(
            "fallback",
            "locale",
            locale.as_str(),
            locales.iter().map(Locale::as_str).collect::<Vec<_>>(),
        )?;
    }
    let chain = |locale: &Locale| {
        let mut chain = vec![locale.clone()];
        for next in fallback.get(locale).into_iter().flatten() {
            if !chain.contains(next) {
                chain.push(next.clone());
            }
        }
        chain
    };
    Ok(locales
        .iter()
        .map(|locale| LocaleChain { locale: locale.clone(), chain: chain(locale) })
        .collect())
}

fn check_assortment(
    check: &ConfigChecker<'_>,
    shop: &Shop,
    raw: RawAssortment,
) -> Result<ChannelAssortment, ShopError> {
    for category in &raw.categories {
        check.check_known(
            "assortment.categories",
            "category",
            category.as_str(),
            shop.categories.keys().map(CategoryCode::as_str),
        )?;
    }
    for family in &raw.families {
        check.check_known(
            "assortment.families",
            "family",
            family.as_str(),
            shop.families.keys().map(FamilyCode::as_str),
        )?;
    }
    for attribute in raw.conditions.keys() {
        check.check_known(
            "assortment.where",
            "attribute",
            attribute.as_str(),
            shop.attributes.keys().map(AttributeCode::as_str),
        )?;
    }
    Ok(ChannelAssortment {
        categories: raw.categories,
        families: raw.families,
        conditions: raw.conditions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop_with(model: &str, web: &str) -> Result<Shop, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("inside")).expect("folder");
            std::fs::write(path, text).expect("file");
        };
        write(
            "shop.toml",
            "name = \"Test\"\ntime_zone = \"Europe/Helsinki\"\nlocales = [\"fi_FI\", \"en-GB\"]\nprice_list = \"retail\"\n[price_lists.retail]\ncurrency = \"EUR\"\n",
        );
        write("model.toml", model);
        write("channels/web.toml", web);
        Shop::load_from_folder(folder.path())
            .map_err(|e| e.to_string().replace(&folder.path().display().to_string(), "SHOP"))
    }

    #[test]
    fn a_channel_asks_itself_first_and_then_its_fallbacks() {
        let shop = shop_with(
            "",
            "locales = [\"fi-FI\", \"en-GB\"]\n[fallback]\n\"en-GB\" = [\"fi_FI\", \"en-GB\"]\n",
        )
        .expect("valid");
        let chains: Vec<_> = shop.channels[0]
            .locales
            .iter()
            .map(|c| c.chain.iter().map(Locale::as_str).collect::<Vec<_>>())
            .collect();
        assert_eq!(chains, [vec!["fi-FI"], vec!["en-GB", "fi-FI"]]);
    }

    #[test]
    fn what_does_not_exist_is_named_with_what_was_meant() {
        let message = |model, web| shop_with(model, web).expect_err("refused");
        assert_eq!(
            message("", "locales = [\"fi-FI\"]\nprice_list = \"retial\"\n"),
            "SHOP/channels/web.toml: price_list: there is no price list \"retial\"; did you mean \"retail\"?"
        );
        assert_eq!(
            message(
                "[categories.a]\nparent = \"b\"\n[categories.b]\nparent = \"a\"\n",
                "locales = [\"fi-FI\"]"
            ),
            "SHOP/model.toml: categories.a.parent: the category a is inside itself; mend one of the parents"
        );
        assert_eq!(
            message("[attributes.images]\ntype = \"text\"\n", "locales = [\"fi-FI\"]"),
            "SHOP/model.toml: attributes.images: this attribute is always of type assets"
        );
        assert!(
            message("", "locales = [\"fi-FI\"]\nprise_list = \"retail\"\n")
                .contains("unknown field `prise_list`")
        );
    }
}
