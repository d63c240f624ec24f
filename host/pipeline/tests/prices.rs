//! Prices on their way through the pipeline: what a file that comes again takes back, and what is said of
//! prices beside the others.

use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rikaste_import::MappingSet;
use rikaste_media::encode::ENCODER_REVISION;
use rikaste_media::renditions::{RenditionService, RenditionStore};
use rikaste_model::code::{PriceListCode, Sku};
use rikaste_model::moment::Moment;
use rikaste_model::record::DropKind;
use rikaste_model::shop::Shop;
use rikaste_pipeline::{InboxDrop, Pipeline};
use rikaste_runtime::enrich::EnricherSet;
use rikaste_runtime::{
    Configuration, ConfigurationFingerprint, LoadedPlugins, NoAssets, PluginSettings,
};
use rikaste_search::SearchOptions;
use rikaste_store::Store;
use rikaste_store::asset_folder::AssetFolder;

const SHOP: &str = "name = \"T\"\ntime_zone = \"Europe/Helsinki\"\nlocales = [\"en-GB\"]\nprice_list = \"retail\"\n\
    [price_lists.retail]\ncurrency = \"EUR\"\n[price_lists.sweden]\ncurrency = \"SEK\"\n";

/// 2026-11-29T10:00, in Helsinki.
const NOW: Moment = Moment(1_795_939_200);

/// A shop without plugins.
struct PriceShop {
    folder: tempfile::TempDir,
    store: Store,
    shop: Arc<Shop>,
    pipeline: Pipeline,
}

impl PriceShop {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        let write =
            |name: &str, text: &str| std::fs::write(path.join(name), text).expect("written");
        for folder in ["channels", "inbox", "inbox/products", "inbox/prices"] {
            std::fs::create_dir(path.join(folder)).expect("a folder");
        }
        write("shop.toml", SHOP);
        write("model.toml", "[attributes.name]\ntype = \"text\"\n");
        write("channels/web.toml", "locales = [\"en-GB\"]\n");
        let shop = Arc::new(Shop::load_from_folder(path).expect("a shop"));
        let store = Store::open_or_create(&path.join("store")).expect("a store");
        let options = SearchOptions { threads: 1, memory_per_thread: 15_000_000 };
        let index =
            rikaste_search::open_index(&path.join("index"), &shop, options).expect("an index");
        let service = RenditionService::new(
            RenditionStore::new(path.join("renditions")),
            AssetFolder::new(path.join("assets")),
            &[],
            [],
        );
        let loaded = LoadedPlugins::default();
        let fingerprint = ConfigurationFingerprint::new(&shop, &loaded, ENCODER_REVISION).to_hash();
        let plugins = Arc::new(EnricherSet::new(&loaded, Arc::new(NoAssets)));
        let settings = PluginSettings::default();
        let configuration = Configuration::new(shop.clone(), plugins, settings, fingerprint);
        let mappings = MappingSet::default();
        let pipeline =
            Pipeline::new(&store, index.writer, configuration, mappings, &service, |_| ())
                .expect("a pipeline");
        Self { folder, store, shop, pipeline }
    }

    /// Drops a file, and tells what the receipt says of prices.
    fn drop_file(&mut self, name: &str, text: &str) -> String {
        let path = self.folder.path().join("inbox").join(name);
        std::fs::write(&path, text).expect("written");
        let kind = name.split('/').next().and_then(DropKind::from_folder).expect("a kind");
        let drop = InboxDrop::from_file(kind, path).expect("a table");
        let receipt = self.pipeline.import_drop(&drop, NOW, false).expect("the machine is well");
        let mut said = String::new();
        for message in receipt.messages {
            if message.code.contains("price") {
                writeln!(said, "{message}").expect("memory takes it");
            }
        }
        said
    }

    /// What is stated of a product, and what it costs at a moment.
    fn prices(&self, sku: &str) -> String {
        let reader = self.store.open_reader().expect("a reader");
        let release = reader.load_current_release().expect("a database").expect("a release").number;
        let id = reader.find_product_id(&Sku::new(sku).expect("valid")).expect("a database");
        let product = reader.load_product(id.expect("known"), release).expect("a database");
        let mut text = String::new();
        for price in product.expect("a product").commerce.prices {
            let bound = |bound: Option<Moment>| {
                bound.map(|at| at.to_local_text(&self.shop.zone)).unwrap_or_default()
            };
            let window = format!("{}..{}", bound(price.window.start), bound(price.window.end));
            writeln!(text, "{} {} {window}", price.list, price.money).expect("memory takes it");
        }
        text
    }

    fn price_at(&self, sku: &str, at: &str) -> String {
        let reader = self.store.open_reader().expect("a reader");
        let release = reader.load_current_release().expect("a database").expect("a release").number;
        let id = reader.find_product_id(&Sku::new(sku).expect("valid")).expect("a database");
        let product = reader.load_product(id.expect("known"), release).expect("a database");
        let at = Moment::parse_in_zone(at, &self.shop.zone).expect("a moment");
        let list = PriceListCode::new("retail").expect("valid");
        match product.expect("a product").commerce.price_at(&list, at) {
            None => "no price".to_owned(),
            Some(price) => match price.sale {
                None => price.price.to_string(),
                Some(sale) => format!("{} instead of {}", sale.price, price.price),
            },
        }
    }
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(text);
}

#[test]
fn a_corrected_file_takes_back_what_it_said_before() {
    let mut shop = PriceShop::new();
    shop.drop_file("products/erp.csv", "sku,price\nA,79.90\nB,49.90\nC,10\n");
    // The days stand in columns that nobody knows: a price for ever.
    shop.drop_file("prices/week.csv", "sku,price\nA,59.90\nB,39.90\n");
    check(
        &shop.prices("A"),
        &expect![[r#"
        retail 59.90 EUR ..
    "#]],
    );
    let said = shop.drop_file(
        "prices/week.csv",
        "sku,price,valid_from,valid_until\nA,59.90,2026-12-05,2026-12-06\nB,39.90,2026-12-05,2026-12-06\n",
    );
    check(
        &said,
        &expect![[r#"
        prices that an earlier version of this file stated and this one does not, now withdrawn: 2: "A: 59.90 EUR → 79.90 EUR", "B: 39.90 EUR → 49.90 EUR"
    "#]],
    );
    check(
        &(shop.prices("A") + &shop.prices("B")),
        &expect![[r#"
        retail 79.90 EUR ..
        retail 59.90 EUR 2026-12-05..2026-12-07
        retail 49.90 EUR ..
        retail 39.90 EUR 2026-12-05..2026-12-07
    "#]],
    );
    // Another weekend, and B is not in it any more.
    let said = shop.drop_file(
        "prices/week.csv",
        "sku,price,valid_from,valid_until\nA,59.90,2026-12-12,2026-12-13\n",
    );
    check(
        &said,
        &expect![[r#"
            prices that an earlier version of this file stated and this one does not, now withdrawn: 2: "A: 59.90 EUR (2026-12-05 – 2026-12-06)", "B: 39.90 EUR (2026-12-05 – 2026-12-06)"
        "#]],
    );
    check(
        &(shop.prices("A") + &shop.prices("B")),
        &expect![[r#"
        retail 79.90 EUR ..
        retail 59.90 EUR 2026-12-12..2026-12-14
        retail 49.90 EUR ..
    "#]],
    );
    assert_eq!(shop.prices("C"), "retail 10.00 EUR ..\n");
}

#[test]
fn an_update_of_a_few_leaves_the_others_alone() {
    let mut shop = PriceShop::new();
    shop.drop_file("products/erp.csv", "sku,price\nA,10\nB,10\nC,10\nD,10\n");
    shop.drop_file(
        "prices/delta.csv",
        "sku,price,valid_until\nA,9,2026-12-06\nB,9,2026-12-06\nC,9,2026-12-06\n",
    );
    let said = shop.drop_file("prices/delta.csv", "sku,price,valid_until\nD,9,2026-12-06\n");
    check(
        &said,
        &expect![[r#"
            prices that an earlier version of this file stated and this one does not, and that stay: 3: "A: 9.00 EUR (… – 2026-12-06)", "B: 9.00 EUR (… – 2026-12-06)", "C: 9.00 EUR (… – 2026-12-06)"; to take one away, drop its SKU with an empty price and the same days
        "#]],
    );
    check(
        &shop.prices("B"),
        &expect![[r#"
        retail 10.00 EUR ..
        retail 9.00 EUR ..2026-12-07
    "#]],
    );
}

#[test]
fn ordinary_prices_of_an_update_stay() {
    let mut shop = PriceShop::new();
    shop.drop_file("products/erp.csv", "sku,name\nA,Mug\nB,Cup\n");
    shop.drop_file("prices/nightly.csv", "sku,price_list,price\nA,retail,10\nB,retail,20\n");
    let said = shop.drop_file("prices/nightly.csv", "sku,price_list,price\nA,sweden,99\n");
    assert_eq!(said, "");
    check(
        &(shop.prices("A") + &shop.prices("B")),
        &expect![[r#"
        retail 10.00 EUR ..
        sweden 99.00 SEK ..
        retail 20.00 EUR ..
    "#]],
    );
    // The only ordinary price there is does not go.
    let said = shop.drop_file(
        "prices/nightly.csv",
        "sku,price_list,price,valid_until\nA,retail,8,2026-12-06\n",
    );
    check(
        &said,
        &expect![[r#"
            prices that an earlier version of this file stated and this one does not, and that stay: 1: "A: 10.00 EUR"; to take one away, drop its SKU with an empty price and the same days
        "#]],
    );
    check(
        &shop.prices("A"),
        &expect![[r#"
        retail 10.00 EUR ..
        retail 8.00 EUR ..2026-12-07
        sweden 99.00 SEK ..
    "#]],
    );
}

#[test]
fn refused_rows_withdraw_nothing() {
    let mut shop = PriceShop::new();
    shop.drop_file("products/erp.csv", "sku,price\nA,10\n");
    shop.drop_file(
        "prices/a.csv",
        "sku,price,valid_from,valid_until\nA,9,2026-12-05,2026-12-06\nA,8,2026-12-12,2026-12-13\n",
    );
    let said = shop.drop_file(
        "prices/a.csv",
        "sku,price,valid_from,valid_until\nA,9,2026-12-05,2026-12-06\nA,eight,2026-12-12,2026-12-13\n",
    );
    check(
        &said,
        &expect![[r#"
            prices that an earlier version of this file stated and this one does not: 1: "A: 8.00 EUR (2026-12-12 – 2026-12-13)"; they stay because refused rows may be about them; mend the rows and drop the whole file again
        "#]],
    );
    check(
        &shop.prices("A"),
        &expect![[r#"
        retail 10.00 EUR ..
        retail 9.00 EUR 2026-12-05..2026-12-07
        retail 8.00 EUR 2026-12-12..2026-12-14
    "#]],
    );
}

#[test]
fn sales_of_product_files_follow_their_next_version() {
    let mut shop = PriceShop::new();
    let header = "sku,price,sale_price,sale_from,sale_until\n";
    shop.drop_file(
        "products/shop.csv",
        &format!("{header}A,10,8,2026-12-05,2026-12-06\nB,10,8,2026-12-05,2026-12-06\n"),
    );
    let said =
        shop.drop_file("products/shop.csv", &format!("{header}A,10,8,2026-12-12,2026-12-13\n"));
    check(
        &said,
        &expect![[r#"
            prices that an earlier version of this file stated and this one does not, now withdrawn: 1: "A: 8.00 EUR (2026-12-05 – 2026-12-06)"
        "#]],
    );
    check(
        &(shop.prices("A") + &shop.prices("B")),
        &expect![[r#"
        retail 10.00 EUR ..
        retail 8.00 EUR 2026-12-12..2026-12-14
        retail 10.00 EUR ..
        retail 8.00 EUR 2026-12-05..2026-12-07
    "#]],
    );
    // A file without columns about sales says nothing about them.
    assert_eq!(shop.drop_file("products/shop.csv", "sku,price\nA,11\n"), "");
    check(
        &shop.prices("A"),
        &expect![[r#"
        retail 11.00 EUR ..
        retail 8.00 EUR 2026-12-12..2026-12-14
    "#]],
    );
}

#[test]
fn prices_are_judged_beside_the_others() {
    let mut shop = PriceShop::new();
    shop.drop_file("products/erp.csv", "sku,price\nZ0,0.00\nZ1,49.00\nZ2,19.00\nZ3,\nZ4,10\n");
    let said = shop.drop_file(
        "prices/sale.csv",
        "sku,price,valid_from,valid_until\nZ1,59.00,2026-11-01,2031-01-01\nZ2,19.00,2026-11-01,2031-01-01\nZ4,12,2027-01-01,\n",
    );
    check(
        &said,
        &expect![[r#"
        prices that begin on a day and have no end: 1; if a sale is meant, write its last day in valid_until
        prices for a time that are above the ordinary price, and so not shown as a sale: 1: "Z1: 59.00 EUR > 49.00 EUR"
    "#]],
    );
    assert_eq!(shop.price_at("Z1", "2026-12-01"), "59.00 EUR");
    assert_eq!(shop.price_at("Z2", "2026-12-01"), "19.00 EUR");
    let said = shop.drop_file("products/erp.csv", "sku,price\nZ0,0.00\nZ1,0\nZ4,11\n");
    check(
        &said,
        &expect![[r#"
        prices for a time that are above the ordinary price, and so not shown as a sale: 1: "Z1: 59.00 EUR > 0.00 EUR"
        products that cost something before and cost 0 now: 1: "Z1: 49.00 EUR → 0.00 EUR"; if that is not meant, leave the price empty or write it
    "#]],
    );
}

#[test]
fn a_file_that_replaces_a_price_by_hand_says_so() {
    let mut shop = PriceShop::new();
    shop.drop_file("products/erp.csv", "sku,price\nA,249.90\nB,10\n");
    shop.drop_file("prices/by-hand.csv", "sku,price\nA,235\n");
    assert_eq!(shop.price_at("A", "2026-12-01"), "235.00 EUR");
    let said = shop.drop_file("products/erp.csv", "sku,price\nA,249.90\nB,11\n");
    check(
        &said,
        &expect![[r#"
        prices of other price files that this file replaces: 1: "A: 235.00 EUR → 249.90 EUR (prices/by-hand.csv)"; to let one hold over this file, drop it again with a first day in valid_from
    "#]],
    );
    // The advice of the message.
    shop.drop_file("prices/by-hand.csv", "sku,price,valid_from\nA,235,2026-11-29\n");
    assert_eq!(shop.drop_file("products/erp.csv", "sku,price\nA,250\nB,12\n"), "");
    assert_eq!(shop.price_at("A", "2026-12-01"), "235.00 EUR instead of 250.00 EUR");
    // The same list of another night is not another file.
    shop.drop_file("prices/night-28.csv", "sku,price\nB,13\n");
    assert_eq!(shop.drop_file("prices/night-29.csv", "sku,price\nB,14\n"), "");
}

#[test]
fn a_sale_lasts_to_the_end_of_its_last_day() {
    let mut shop = PriceShop::new();
    shop.drop_file("products/p.csv", "sku,price\nT1,40\nT2,50\nT3,20\n");
    shop.drop_file(
        "prices/offers.csv",
        "sku,price,valid_from,valid_until\nT1,30,2027-10-25,2027-10-31\n\
         T2,35,2027-10-31T02:30,2027-10-31T05:00\nT3,15,2027-10-31,2027-10-31\n",
    );
    for (sku, at, price) in [
        ("T1", "2027-10-24T23:59", "40.00 EUR"),
        ("T1", "2027-10-25T00:00", "30.00 EUR instead of 40.00 EUR"),
        ("T1", "2027-10-31T23:59:59", "30.00 EUR instead of 40.00 EUR"),
        ("T1", "2027-11-01T00:00", "40.00 EUR"),
        ("T2", "2027-10-31T04:30", "35.00 EUR instead of 50.00 EUR"),
        ("T2", "2027-10-31T05:00", "50.00 EUR"),
        ("T3", "2027-10-31T12:00", "15.00 EUR instead of 20.00 EUR"),
    ] {
        assert_eq!(shop.price_at(sku, at), price, "{sku} {at}");
    }
}

/// Rows of a price file: a SKU, cents, and a weekend or none.
fn versions() -> impl Strategy<Value = Vec<Vec<(u8, i64, Option<u8>)>>> {
    let row = (0..3_u8, 1..5_000_i64, proptest::option::of(0..3_u8));
    proptest::collection::vec(proptest::collection::vec(row, 1..5), 1..4)
}

fn price_file(rows: &[(u8, i64, Option<u8>)]) -> String {
    let mut text = "sku,price,valid_from,valid_until\n".to_owned();
    let mut seen = std::collections::BTreeSet::new();
    for (sku, cents, weekend) in rows {
        if !seen.insert((sku, weekend)) {
            continue;
        }
        let (from, until) = match weekend {
            None => (String::new(), String::new()),
            Some(week) => {
                (format!("2026-12-{:02}", 5 + 7 * week), format!("2026-12-{:02}", 6 + 7 * week))
            }
        };
        let price = format!("{}.{:02}", cents / 100, cents % 100);
        writeln!(text, "S{sku},{price},{from},{until}").expect("memory takes it");
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Of the products that it names, a file leaves the prices that it would without its earlier versions.
    #[test]
    fn earlier_versions_leave_no_trace(versions in versions()) {
        let (mut corrected, mut once) = (PriceShop::new(), PriceShop::new());
        let erp = "sku,price\nS0,60\nS1,70\nS2,80\n";
        corrected.drop_file("products/erp.csv", erp);
        once.drop_file("products/erp.csv", erp);
        let last = versions.last().expect("at least one");
        for version in &versions {
            corrected.drop_file("prices/a.csv", &price_file(version));
        }
        once.drop_file("prices/a.csv", &price_file(last));
        for sku in last.iter().map(|(sku, ..)| format!("S{sku}")) {
            prop_assert_eq!(corrected.prices(&sku), once.prices(&sku), "{}", sku);
        }
    }
}
