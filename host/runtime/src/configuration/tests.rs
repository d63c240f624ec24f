use std::collections::BTreeSet;

use expect_test::expect;
use rikaste_model::code::{AttributeCode, FamilyCode};
use rikaste_model::receipt::Percentage;
use rikaste_model::shop::{AllowedOrigins, AttributeDefinition, ProductFamily, SearchUse};
use rikaste_model::value::DataType;
use rikaste_model::words::Language;

use super::*;

const SHOP: &str = r#"
name = "Test"
time_zone = "Europe/Helsinki"
locales = ["fi-FI", "en-GB"]
price_list = "retail"
[price_lists.retail]
currency = "EUR"
[locations.helsinki]
[sources.erp]
priority = 3
[pictures]
hosts = ["cdn.example.com"]
"#;

const MODEL: &str = r#"
[attributes.color]
type = "options"
facet = true
options.moss = { "fi-FI" = "Sammal" }
[families.coats]
attributes = ["color"]
[categories.clothes]
[associations.accessory]
"#;

fn load_shop() -> Shop {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file");
    };
    std::fs::create_dir(folder.path().join("channels")).expect("a folder");
    write("shop.toml", SHOP);
    write("model.toml", MODEL);
    write("channels/web.toml", "public = true\nlocales = [\"fi-FI\"]\n");
    Shop::load_from_folder(folder.path()).expect("the shop is valid")
}

fn fingerprint(shop: &Shop) -> ConfigurationFingerprint<'_> {
    let care = PluginIdentity { name: "care", digest: "d1".to_owned(), configuration: "{\"a\":1}" };
    ConfigurationFingerprint {
        program_version: "0.1.0",
        encoder_revision: 1,
        shop,
        plugins: vec![care],
        left_out: Vec::new(),
    }
}

#[test]
fn equal_configurations_have_the_same_fingerprint() {
    assert_eq!(fingerprint(&load_shop()).to_hash(), fingerprint(&load_shop()).to_hash());
    // What was released stays as it is when the program is built again: a change of this value
    // has every shop process its catalogue once.
    expect!["d7db0f2b56e74ddb96a8047a0f5336cc500c82188c44471acd650dfb8dcd8dfe"]
        .assert_eq(&fingerprint(&load_shop()).to_hash().to_string());
}

#[test]
fn what_is_processed_changes_the_fingerprint() {
    let changes: [fn(&mut Shop); 25] = [
        |shop| shop.zone = jiff::tz::TimeZone::get("Europe/Stockholm").expect("a zone"),
        |shop| shop.language = Language::En,
        |shop| shop.reject_file_above = Some(Percentage::from_percent(5)),
        |shop| shop.full_ranges.files.push("range*.csv".to_owned()),
        |shop| shop.full_ranges.max_removed_share = Percentage::from_percent(6),
        |shop| shop.source_priorities = Default::default(),
        |shop| shop.locales.reverse(),
        |shop| shop.price_lists.values_mut().for_each(|list| list.label.push('2')),
        |shop| shop.locations[0].label.push('2'),
        |shop| shop.stock_location = Some(shop.locations[0].code.clone()),
        |shop| shop.attributes.clear(),
        |shop| color(shop).facet = false,
        |shop| color(shop).localizable = true,
        |shop| color(shop).scopable = true,
        |shop| color(shop).search = SearchUse::Title,
        |shop| color(shop).data_type = DataType::Text,
        |shop| color(shop).unit = Some("cm".into()),
        |shop| color(shop).by_plugin = Some("care".into()),
        |shop| color(shop).options.values_mut().for_each(BTreeMap::clear),
        |shop| coats(shop).required.push(AttributeCode::new("color").expect("a code")),
        |shop| shop.categories.clear(),
        |shop| shop.associations.clear(),
        |shop| shop.channels[0].images.widths.push(7),
        |shop| shop.remote_photos.hosts.clear(),
        |shop| shop.keep_releases += 1,
    ];
    let mut seen = BTreeSet::from([fingerprint(&load_shop()).to_hash()]);
    for (at, change) in changes.iter().enumerate() {
        let mut shop = load_shop();
        change(&mut shop);
        assert!(seen.insert(fingerprint(&shop).to_hash()), "change {at} changes nothing");
    }
}

/// A test of the manual's keys has the whole list.
#[test]
fn what_is_only_served_changes_no_fingerprint() {
    let mut shop = load_shop();
    shop.name.push('2');
    shop.channels[0].public = false;
    shop.channels[0].origins = AllowedOrigins::Every;
    assert_ne!(shop, load_shop());
    assert_eq!(fingerprint(&shop).to_hash(), fingerprint(&load_shop()).to_hash());
}

#[test]
fn plugins_and_program_change_the_fingerprint() {
    type Change = fn(&mut ConfigurationFingerprint<'_>);
    let changes: [Change; 7] = [
        |made| made.program_version = "0.1.1",
        |made| made.encoder_revision = 2,
        |made| made.plugins[0].name = "cure",
        |made| made.plugins[0].digest.push('2'),
        |made| made.plugins[0].configuration = "{\"a\":2}",
        |made| made.plugins.clear(),
        |made| made.left_out.push("care: it is broken".to_owned()),
    ];
    let shop = load_shop();
    let mut seen = BTreeSet::from([fingerprint(&shop).to_hash()]);
    for (at, change) in changes.iter().enumerate() {
        let mut made = fingerprint(&shop);
        change(&mut made);
        assert!(seen.insert(made.to_hash()), "change {at} changes nothing");
    }
}

fn color(shop: &mut Shop) -> &mut AttributeDefinition {
    shop.attributes.get_mut(&AttributeCode::new("color").expect("a code")).expect("it is there")
}

fn coats(shop: &mut Shop) -> &mut ProductFamily {
    shop.families.get_mut(&FamilyCode::new("coats").expect("a code")).expect("it is there")
}
