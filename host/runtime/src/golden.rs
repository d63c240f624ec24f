//! What was released stays as it was: the text of every version of the contract, and that components
//! built to it are taken. `tests/golden/README.md` says what the components are.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use expect_test::expect;
use jiff::tz::TimeZone;
use rikaste_model::code::{AssociationCode, ChannelCode, LocationCode, PriceListCode, Sku};
use rikaste_model::moment::{Moment, Window};
use rikaste_model::product::{ContentHash, Price, ProductAssociation, StockLevel};
use rikaste_model::shop::{Channel, ChannelAssortment, Shop};
use rikaste_model::value::{Currency, Money};
use rust_decimal::Decimal;

use rikaste_embed::EmbeddedPlugin;

use crate::enrich::EnrichmentCandidate;
use crate::enrich::testing::{CELL, enrichment, faulty, load_from, review, shop, text, worker};

/// Every released version of the contract: its text's BLAKE3 hash, and a component built to it.
const RELEASED: [(&str, &str, &[u8]); 1] = [(
    "0.1.0",
    "bec77c3f6cec7b9aa70233270890cefb9166d76ddb507c5cb1b84807de58160c",
    include_bytes!("../../../tests/golden/0.1.0.wasm"),
)];

#[test]
fn a_released_version_of_the_contract_never_changes() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../wit"));
    let mut versions: Vec<_> = fs::read_dir(folder)
        .expect("there")
        .map(|entry| entry.expect("readable").file_name().into_string().expect("text"))
        .collect();
    versions.sort();
    assert_eq!(
        versions,
        RELEASED.map(|(version, ..)| version),
        "every version in wit/ has its hash and its golden component here"
    );
    for (version, hash, _) in RELEASED {
        // On Windows, a checkout may have other line ends.
        let wit = fs::read_to_string(folder.join(version).join("plugin.wit")).expect("there");
        let found = ContentHash::hash_bytes(wit.replace("\r\n", "\n").as_bytes()).to_string();
        assert_eq!(
            found, hash,
            "wit/{version}/plugin.wit was changed. Version {version} is released: plugins were built to it as it \
             was, and the component model takes a record with one more field for another type. Put it back, and \
             write what is to change into a new folder, wit/NEW-VERSION/, with an adapter in the host and a \
             golden component (tests/golden/README.md)."
        );
    }
}

#[test]
fn a_golden_component_is_given_everything_and_gives_every_kind_of_data() {
    for (version, _, wasm) in RELEASED {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("golden.toml"), "ending = \"!\"").expect("written");
        let mut shop = shop_with_a_channel();
        let name = "golden";
        let loaded = load_from(&[EmbeddedPlugin { name, wasm }], folder.path(), &mut shop);
        let broken: Vec<_> = loaded.broken.iter().map(ToString::to_string).collect();
        assert!(broken.is_empty(), "{version}: {broken:?}");

        let mut batch = [full("all"), full("fail")];
        worker(&loaded).enrich_batch(&shop, &mut batch);
        let [all, failed] = &batch;
        expect![[r#"
            golden_text Some("fi-FI") None Window { start: None, end: None } Text("A; Name of A; shop/1 4 fi-FI Hyvä takki Pitää vettä ja on kevyt kantaa mukana. Koko oli juuri sopiva, hihat vähän pitkät. Aino 2026-05-17 true false; helsinki=-3; retail:89.90 EURSome(\"2026-11-20\")..None; accessory>B*2; a.jpg main 100 Ok(4950)! fi-FI")
            golden_text Some("en-GB") None Window { start: None, end: None } Text("A; Name of A; shop/1 4 fi-FI Hyvä takki Pitää vettä ja on kevyt kantaa mukana. Koko oli juuri sopiva, hihat vähän pitkät. Aino 2026-05-17 true false; helsinki=-3; retail:89.90 EURSome(\"2026-11-20\")..None; accessory>B*2; a.jpg main 100 Ok(4950)! en-GB")
            golden_rich_text None None Window { start: None, end: None } RichText("<p>rich</p>")
            golden_boolean None Some("web") Window { start: None, end: None } Boolean(true)
            golden_integer None None Window { start: Some(Moment(1796076000)), end: Some(Moment(1798106400)) } Integer(-7)
            golden_decimal None None Window { start: None, end: None } Decimal(-12.50)
            golden_date None None Window { start: None, end: None } Date(2026-12-24)
            golden_options None None Window { start: None, end: None } Options(["one", "two"])
            golden_measurement None None Window { start: None, end: None } Measurement(Measurement { amount: 0.4, unit: "kg" })
            golden_money None None Window { start: None, end: None } Money(Money { amount: 25.50, currency: EUR })
            golden_assets None None Window { start: None, end: None } Assets(["8e2eb1bba3040b8f611a1240a0e111c74b45cfc9caed10b95f6372db1c40b8b5"])
            golden_table None None Window { start: None, end: None } Table(TableData { columns: ["a", "ä"], rows: [["a", "ä"]] })
            warning golden-warning: golden_text, fi-FI: one of each
        "#]].assert_eq(&everything(all));
        expect![[r#"
            failure: golden 1.0.0 failed: it was told to
        "#]]
        .assert_eq(&everything(failed));
    }
}

#[test]
fn a_golden_component_refuses_a_configuration_in_its_own_words() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("golden.toml"), "ending = \"no\"").expect("written");
    let golden = EmbeddedPlugin { name: "golden", wasm: RELEASED[0].2 };
    let loaded = load_from(&[golden], folder.path(), &mut shop(&["fi-FI"]));
    let message =
        loaded.broken[0].to_string().replace(&format!("{}/", folder.path().display()), "");
    expect!["the plugin golden 1.0.0 is left out: golden.toml: `ending`: anything but no"]
        .assert_eq(&message);
}

fn shop_with_a_channel() -> Shop {
    let mut shop = shop(&["fi-FI", "en-GB"]);
    shop.channels.push(Channel {
        code: ChannelCode::new("web").expect("valid"),
        label: String::new(),
        public: true,
        locales: Vec::new(),
        price_list: shop.price_list.clone(),
        locations: Vec::new(),
        required: Vec::new(),
        withhold_incomplete: false,
        attributes: None,
        assortment: ChannelAssortment::default(),
        images: rikaste_model::photo::RenditionProfile::default(),
        origins: rikaste_model::shop::AllowedOrigins::default(),
        product_url: None,
    });
    shop
}

/// A product that has something of all that a plugin can read.
fn full(mode: &str) -> EnrichmentCandidate {
    let mut full = faulty("A", None);
    full.group_reviews = Arc::from([review("1")]);
    let content = &mut full.product.content.sources[0];
    content
        .values
        .push(rikaste_model::product::SourceValue { value: text("golden", mode), cell: CELL });
    content.associations.push(ProductAssociation {
        kind: AssociationCode::new("accessory").expect("valid"),
        sku: Sku::new("B").expect("valid"),
        quantity: 2,
    });
    let zone = TimeZone::get("Europe/Helsinki").expect("bundled");
    let start = Moment::parse_in_zone("2026-11-20", &zone).expect("a date");
    full.product.commerce.prices.push(Price {
        list: PriceListCode::new("retail").expect("valid"),
        window: Window { start: Some(start), end: None },
        money: Money {
            amount: Decimal::new(8_990, 2),
            currency: Currency::new("EUR").expect("a currency"),
        },
        cell: CELL,
    });
    full.product.commerce.stock.push(StockLevel {
        location: LocationCode::new("helsinki").expect("valid"),
        quantity: -3,
        cell: CELL,
    });
    full
}

/// What the plugin made of it, a value a line.
fn everything(candidate: &EnrichmentCandidate) -> String {
    let enrichment = enrichment(candidate);
    let values = enrichment.values.iter().map(|value| {
        let data = format!("{:?}", value.data);
        format!(
            "{} {:?} {:?} {:?} {data}",
            value.attribute, value.locale, value.channel, value.window
        )
    });
    let diagnostics =
        enrichment.diagnostics.iter().map(|d| format!("{} {}: {d}", d.severity, d.code));
    let failure = enrichment.failure.iter().map(|why| format!("failure: {why}"));
    values.chain(diagnostics).chain(failure).map(|line| line + "\n").collect()
}
