//! The checks that make a [`Shop`] of what people wrote.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::Deserialize;
use smol_str::SmolStr;

use super::{
    DefaultFallback, RawAssortment, RawChannel, RawLocation, RawLocations, RawModel, RawShop,
};
use crate::code::{
    AttributeCode, CategoryCode, ChannelCode, FamilyCode, LocationCode, PriceListCode, SourceCode,
};
use crate::locale::Locale;
use crate::publication::PublicationState;
use crate::shop::channel::LocaleChain;
use crate::shop::mistakes::{ConfigChecker, NameKind};
use crate::shop::product_url::check_product_url;
use crate::shop::{
    AttributeDefinition, Channel, ChannelAssortment, FullRanges, LocaleLabels, LocationKind,
    PriceList, ProductCategory, ProductFamily, STANDARD_ATTRIBUTES, SearchUse, Shop,
    SourcePriorities, SourcePriority, StockLocation,
};
use crate::value::DataType;
use crate::well_known;
use crate::words::Language;

pub(super) fn build_shop(check: &ConfigChecker, raw: RawShop) -> Shop {
    check.check_present("name", raw.name.is_some());
    check.check_present("time_zone", raw.time_zone.is_some());
    check.check_present("price_list", raw.price_list.is_some());
    let zone = raw.time_zone.map_or(TimeZone::UTC, |name| {
        TimeZone::get(&name).unwrap_or_else(|_| {
            let message =
                format!("\"{name}\" is not a time zone; write one such as Europe/Helsinki");
            check.invalid_key("time_zone", message);
            TimeZone::UTC
        })
    });
    if raw.locales.is_empty() && !check.removed_keys().iter().any(|key| key == "locales") {
        check.invalid_key("locales", "there is none; write at least one, such as [\"fi-FI\"]");
    }
    if let Some(price_list) = &raw.price_list {
        check.check_known(
            "price_list",
            NameKind::PriceList,
            price_list.as_str(),
            raw.price_lists.keys().map(PriceListCode::as_str),
        );
    }
    let spare_price_list = || PriceListCode::new("retail").expect("a valid code");
    let mut locations = Vec::new();
    for (code, table) in raw.locations {
        let key = format!("locations.{code}");
        let location = RawLocation::deserialize(table).map_err(|e| e.message().to_owned());
        let checked = LocationCode::new(&code).map_err(|e| e.to_string());
        match checked.and_then(|code| Ok((code, location?))) {
            Ok((code, RawLocation { label, kind })) => {
                let label = label.unwrap_or_else(|| code.to_string());
                locations.push(StockLocation { code, label, kind });
            }
            Err(message) => check.invalid_key(&key, message.trim_end().replace('\n', " ")),
        }
    }
    if let Some(location) = &raw.stock_location {
        check.check_known(
            "stock_location",
            NameKind::Location,
            location.as_str(),
            locations.iter().map(|location| location.code.as_str()),
        );
    }
    let price_lists = raw.price_lists.into_iter().map(|(code, list)| {
        let label = list.label.unwrap_or_else(|| code.to_string());
        (code, PriceList { currency: list.currency, label })
    });
    Shop {
        name: raw.name.unwrap_or_default(),
        zone,
        language: raw
            .language
            .or_else(|| raw.locales.first().map(Language::from_locale))
            .unwrap_or_default(),
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
        price_list: raw.price_list.unwrap_or_else(spare_price_list),
        price_lists: price_lists.collect(),
        locations,
        stock_location: raw.stock_location,
        attributes: build_standard_attributes(),
        families: BTreeMap::new(),
        categories: BTreeMap::new(),
        associations: BTreeMap::new(),
        channels: Vec::new(),
        remote_photos: raw.pictures,
        web: raw.web.check_address(check),
        keep_releases: raw.keep_releases.max(1),
    }
}

/// That what wins is an attribute.
pub(super) fn check_sources(
    check: &ConfigChecker,
    sources: &BTreeMap<SourceCode, SourcePriority>,
    shop: &Shop,
) {
    for (source, priority) in sources {
        for attribute in priority.attributes.keys() {
            check.check_known(
                &format!("sources.{source}.attributes"),
                NameKind::Attribute,
                attribute.as_str(),
                shop.attributes.keys().map(AttributeCode::as_str),
            );
        }
    }
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

pub(super) fn add_model(check: &ConfigChecker, raw: RawModel, shop: &mut Shop) {
    let locales = shop.locales.clone();
    let spread = |labels: LocaleLabels| spread_language_labels(labels, &locales);
    for (code, attribute) in raw.attributes {
        let key = format!("attributes.{code}");
        if matches!(code.as_str(), "sku" | "parent" | "kind" | "price" | "stock") {
            check.invalid_key(&key, "this name is taken by the program; choose another");
            continue;
        }
        // Shops that had a `status` of their own before keep it as it is.
        if let Some(standard) = shop.attributes.get(&code)
            && code.as_str() != well_known::STATUS
            && standard.data_type != attribute.r#type
        {
            let message = format!("this attribute is always of type {}", standard.data_type);
            check.invalid_key(&key, message);
            continue;
        }
        let options = attribute.options.into_iter();
        shop.attributes.insert(
            code,
            AttributeDefinition {
                data_type: attribute.r#type,
                localizable: attribute.localizable,
                scopable: attribute.scopable,
                search: attribute.search,
                facet: attribute.facet,
                unit: attribute.unit,
                options: options.map(|(code, label)| (code, spread(label))).collect(),
                label: spread(attribute.label),
                by_plugin: None,
            },
        );
    }
    shop.categories = raw
        .categories
        .into_iter()
        .map(|(code, category)| {
            (code, ProductCategory { label: spread(category.label), parent: category.parent })
        })
        .collect();
    for (code, category) in &shop.categories {
        let key = format!("categories.{code}.parent");
        if let Some(parent) = &category.parent {
            check.check_known(
                &key,
                NameKind::Category,
                parent.as_str(),
                shop.categories.keys().map(CategoryCode::as_str),
            );
        }
        check_no_cycle(check, &key, code, &shop.categories);
    }
    for (code, family) in raw.families {
        let known = || shop.attributes.keys().map(AttributeCode::as_str).collect::<Vec<_>>();
        for attribute in family.attributes.iter().chain(&family.required) {
            check.check_known(
                &format!("families.{code}"),
                NameKind::Attribute,
                attribute.as_str(),
                known(),
            );
        }
        let family = ProductFamily {
            label: spread(family.label),
            attributes: family.attributes,
            required: family.required,
        };
        shop.families.insert(code, family);
    }
    shop.associations =
        raw.associations.into_iter().map(|(code, a)| (code, spread(a.label))).collect();
}

fn check_no_cycle(
    check: &ConfigChecker,
    key: &str,
    code: &CategoryCode,
    categories: &BTreeMap<CategoryCode, ProductCategory>,
) {
    let mut at = code;
    for _ in 0..=categories.len() {
        match categories.get(at).and_then(|category| category.parent.as_ref()) {
            Some(parent) => at = parent,
            None => return,
        }
    }
    let message = format!("the category {code} is inside itself; mend one of the parents");
    check.invalid_key(key, message);
}

/// Gives a label under a language to each of the shop's locales that speaks it and has no label of its own.
fn spread_language_labels(mut labels: LocaleLabels, locales: &[Locale]) -> LocaleLabels {
    let own = |locale: &&Locale| !labels.contains_key(*locale);
    let missing: Vec<_> = locales.iter().filter(own).cloned().collect();
    for locale in missing {
        let language = Locale::new(locale.language()).ok();
        if let Some(label) = language.and_then(|language| labels.get(&language).cloned()) {
            labels.insert(locale, label);
        }
    }
    labels.retain(|key, _| {
        key.as_str() != key.language()
            || locales.contains(key)
            || !locales.iter().any(|locale| locale.language() == key.as_str())
    });
    labels
}

pub(super) fn build_channel(
    check: &ConfigChecker,
    raw: RawChannel,
    shop: &Shop,
    fallback: DefaultFallback,
) -> Option<Channel> {
    let stem = check.path().file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    let code = match ChannelCode::new(stem) {
        Ok(code) => code,
        Err(error) => {
            check.invalid_key(
                "file name",
                format!("{error}; the file's name is the channel's code"),
            );
            return None;
        }
    };
    // Whether the shop has its own price list is checked where shop.toml names it.
    if let Some(price_list) = &raw.price_list {
        check.check_known(
            "price_list",
            NameKind::PriceList,
            price_list.as_str(),
            shop.price_lists.keys().map(PriceListCode::as_str),
        );
    }
    let price_list = raw.price_list.unwrap_or_else(|| shop.price_list.clone());
    let known_locations = || shop.locations.iter().map(|l| l.code.as_str()).collect::<Vec<_>>();
    let of_kind = |kind: Option<LocationKind>| {
        let locations = shop.locations.iter();
        let locations = locations.filter(|l| kind.is_none_or(|kind| kind == l.kind));
        locations.map(|l| l.code.clone()).collect()
    };
    let locations = match raw.locations {
        Some(RawLocations::Codes(locations)) => {
            for location in &locations {
                check.check_known(
                    "locations",
                    NameKind::Location,
                    location.as_str(),
                    known_locations(),
                );
            }
            locations
        }
        Some(RawLocations::Kind(kind)) => of_kind(Some(kind)),
        None => of_kind(None),
    };
    let locales = raw.locales.unwrap_or_else(|| shop.locales.clone());
    let fallback = raw.fallback.unwrap_or_else(|| match (fallback, shop.locales.first()) {
        (DefaultFallback::First, Some(first)) => {
            locales.iter().map(|locale| (locale.clone(), vec![first.clone()])).collect()
        }
        _ => BTreeMap::new(),
    });
    let chains = build_chains(check, shop, &locales, &fallback);
    let product_url = raw.product_url.and_then(|url| check_product_url(check, &url, &chains));
    Some(Channel {
        label: raw.label.unwrap_or_else(|| code.to_string()),
        code,
        public: raw.public,
        locales: chains,
        price_list,
        locations,
        required: raw.required,
        withhold_incomplete: raw.withhold_incomplete,
        attributes: raw.attributes,
        assortment: check_assortment(check, shop, raw.assortment),
        images: raw.images.check_profile(check),
        origins: raw
            .origins
            .map(|origins| origins.check_origins(check, raw.public))
            .unwrap_or_default(),
        product_url,
    })
}

fn build_chains(
    check: &ConfigChecker,
    shop: &Shop,
    locales: &[Locale],
    fallback: &BTreeMap<Locale, Vec<Locale>>,
) -> Vec<LocaleChain> {
    if locales.is_empty() && !shop.locales.is_empty() {
        check.invalid_key("locales", "there is none; write at least one of shop.toml's");
    }
    let known = || shop.locales.iter().map(Locale::as_str).collect::<Vec<_>>();
    for locale in locales.iter().chain(fallback.values().flatten()) {
        check.check_known("locales", NameKind::Locale, locale.as_str(), known());
    }
    for locale in fallback.keys() {
        check.check_known(
            "fallback",
            NameKind::Locale,
            locale.as_str(),
            locales.iter().map(Locale::as_str).collect::<Vec<_>>(),
        );
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
    locales
        .iter()
        .map(|locale| LocaleChain { locale: locale.clone(), chain: chain(locale) })
        .collect()
}

fn check_assortment(check: &ConfigChecker, shop: &Shop, raw: RawAssortment) -> ChannelAssortment {
    for category in &raw.categories {
        check.check_known(
            "assortment.categories",
            NameKind::Category,
            category.as_str(),
            shop.categories.keys().map(CategoryCode::as_str),
        );
    }
    for family in &raw.families {
        check.check_known(
            "assortment.families",
            NameKind::Family,
            family.as_str(),
            shop.families.keys().map(FamilyCode::as_str),
        );
    }
    for attribute in raw.conditions.keys() {
        check.check_known(
            "assortment.where",
            NameKind::Attribute,
            attribute.as_str(),
            shop.attributes.keys().map(AttributeCode::as_str),
        );
    }
    ChannelAssortment {
        categories: raw.categories,
        families: raw.families,
        conditions: raw.conditions,
    }
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
            "SHOP/channels/web.toml:2: price_list: there is no price list \"retial\"; did you mean \"retail\"?"
        );
        assert_eq!(
            message(
                "[categories.a]\nparent = \"b\"\n[categories.b]\nparent = \"a\"\n",
                "locales = [\"fi-FI\"]"
            ),
            "the configuration has 2 mistakes:\n  SHOP/model.toml:2: categories.a.parent: the category a is inside itself; mend one of the parents\n  SHOP/model.toml:4: categories.b.parent: the category b is inside itself; mend one of the parents"
        );
        assert_eq!(
            message("[attributes.images]\ntype = \"text\"\n", "locales = [\"fi-FI\"]"),
            "SHOP/model.toml:1: attributes.images: this attribute is always of type assets"
        );
    }

    #[test]
    fn every_mistake_is_reported_at_once_with_its_line() {
        let model = "[attributes.color]\ntype = \"optoins\"\n[attributes.size]\ntype = \"options\"\nfacets = true\n\
            [attributes.length]\nunit = \"m\"\n[families.coat]\nrequired = [\"sise\", \"colour\"]\n";
        let web = "prise_list = \"retail\"\nlocales = [\"fi-FI\", \"swedish\", \"de-DE\"]\nlocations = \"shop\"\n\
            [images]\nquality = 101\n[images.renditions.label]\nfit = \"crop\"\nwidth = 9000\n";
        let found = shop_with(model, web).expect_err("refused");
        expect_test::expect![[r#"
            the configuration has 11 mistakes:
              SHOP/model.toml:2: attributes.color.type: unknown variant `optoins`, expected one of `text`, `rich-text`, `boolean`, `integer`, `decimal`, `date`, `options`, `measurement`, `money`, `assets`, `table`; did you mean "options"?
              SHOP/model.toml:5: attributes.size.facets: unknown field `facets`, expected one of `type`, `localizable`, `scopable`, `search`, `facet`, `unit`, `options`, `label`; did you mean "facet"?
              SHOP/model.toml:6: attributes.length: missing field `type`; add it
              SHOP/model.toml:8: families.coat: there is no attribute "sise"; did you mean "size"?
              SHOP/model.toml:8: families.coat: there is no attribute "colour"; define it or leave it out
              SHOP/channels/web.toml:1: prise_list: unknown field `prise_list`, expected one of `label`, `public`, `locales`, `price_list`, `locations`, `required`, `withhold_incomplete`, `attributes`, `fallback`, `assortment`, `images`, `origins`, `product_url`; did you mean "price_list"?
              SHOP/channels/web.toml:2: locales: "swedish" is not a locale; write a language and a region, such as fi-FI
              SHOP/channels/web.toml:3: locations: locations are a list of codes, or "store" or "warehouse"
              SHOP/channels/web.toml:5: images.quality: 101 is not between 1 and 100
              SHOP/channels/web.toml:6: images.renditions.label: 9000 pixels are not between 1 and 8192
              SHOP/channels/web.toml:6: images.renditions.label: to pad or crop, it needs both a width and a height"#]].assert_eq(&found);
    }

    #[test]
    fn lines_that_are_no_toml_are_reported_together() {
        let found =
            shop_with("[attributes.a\ntype = \"text\"\n", "locales = [\"fi-FI\"\nlabel = Web\n");
        expect_test::expect![[r#"
            the configuration has 2 mistakes:
              SHOP/model.toml:1: unclosed table, expected `]`
              SHOP/channels/web.toml:2: missing comma between array elements, expected `,`"#]]
        .assert_eq(&found.expect_err("refused"));
    }

    #[test]
    fn a_channel_has_the_locales_and_locations_of_the_shop_unless_it_names_some() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).expect("file");
        };
        std::fs::create_dir(folder.path().join("channels")).expect("folder");
        write(
            "shop.toml",
            "name = \"T\"\ntime_zone = \"UTC\"\nlocales = [\"fi-FI\", \"sv-FI\", \"sv-SE\"]\nfallback = \"first\"\n\
             price_list = \"retail\"\n[price_lists.retail]\ncurrency = \"EUR\"\n[locations.oulu]\n\
             [locations.depot]\nkind = \"warehouse\"\n",
        );
        write(
            "model.toml",
            "[attributes.name]\ntype = \"text\"\nlabel = { fi = \"Nimi\", sv = \"Namn\", \"sv-FI\" = \"Benämning\", de = \"Name\" }\n",
        );
        write("channels/a.toml", "");
        write("channels/b.toml", "locations = \"store\"\nlocales = [\"sv-SE\"]\n[fallback]\n");
        let shop = Shop::load_from_folder(folder.path()).expect("valid");
        let describe = |channel: &Channel| {
            let chains: Vec<String> = channel
                .locales
                .iter()
                .map(|c| c.chain.iter().map(Locale::as_str).collect::<Vec<_>>().join(">"))
                .collect();
            let places: Vec<_> = channel.locations.iter().map(LocationCode::as_str).collect();
            format!("{} at {}", chains.join(" "), places.join(" "))
        };
        let channels: Vec<_> = shop.channels.iter().map(describe).collect();
        assert_eq!(channels, ["fi-FI sv-FI>fi-FI sv-SE>fi-FI at depot oulu", "sv-SE at oulu"]);
        let labels = &shop.find_attribute("name").expect("it is there").label;
        let labels: Vec<_> = labels.iter().map(|(l, text)| format!("{l} {text}")).collect();
        assert_eq!(labels, ["de Name", "fi-FI Nimi", "sv-FI Benämning", "sv-SE Namn"]);
    }
}
