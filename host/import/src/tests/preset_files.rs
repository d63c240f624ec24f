//! What holds for every preset: it has a test, and the case of an export's headers does not matter. Small exports
//! of prices, stock and reviews are here as well.

use std::path::Path;

use expect_test::{Expect, expect};
use rikaste_model::record::DropKind;

use super::{TestShop, describe_body, import, outcome};
use crate::MappingSet;

fn check(kind: DropKind, name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), kind, name, text.as_bytes()));
    assert_case_of_headers_ignored(&TestShop::new(), kind, name, text);
}

/// A table is read as the same records by the same preset when its headers are in capitals.
pub(super) fn assert_case_of_headers_ignored(
    folder: &TestShop,
    kind: DropKind,
    name: &str,
    text: &str,
) {
    if !Path::new(name).extension().is_some_and(|end| end == "csv" || end == "tsv") {
        return;
    }
    let (headers, rows) = text.split_once('\n').expect("a header row");
    let shop = folder.shop();
    let read = |text: &str| {
        let imported = import(&shop, &MappingSet::default(), kind, name, text.as_bytes());
        let imported = imported.unwrap_or_else(|error| panic!("{name}: {}", error.to_diagnostic()));
        let records = imported.records.iter();
        let records: Vec<_> = records
            .map(|record| format!("{} {}: {}", record.row, record.sku, describe_body(&record.body)))
            .collect();
        (imported.read_as, records)
    };
    assert_eq!(read(&format!("{}\n{rows}", headers.to_uppercase())), read(text));
}

#[test]
fn magento_sample_products() {
    check(
        DropKind::Products,
        "products_gear_bags.csv",
        "\
name,sku,category,price,qty,attribute_set,special_price
Duffle bag Halla,HH-9,\"Outerwear
Sale\",34.00,100,jacket,32.00
",
        expect![[r#"
            CSV, comma, UTF-8, preset Magento 2 sample products
            2 HH-9: [0] name = Duffle bag Halla; [2] categories = outerwear, sale; [5] family = jacket; [3] price retail = 34.00 EUR; [6] price retail = 32.00 EUR 1970-01-01T02:00:00..
            info sale prices without an end, which hold until a file takes them back: 1
            warning qty: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn spryker_prices() {
    check(
        DropKind::Prices,
        "product_price.csv",
        "\
abstract_sku,concrete_sku,price_type,store,currency,value_net,value_gross,price_data.volume_prices,from_included,to_included
001,,DEFAULT,DE,EUR,5000,5990,,,
,001_25904006,DEFAULT,DE,EUR,4000,4990,,2026-11-20,2026-11-30
001,,ORIGINAL,DE,EUR,6000,6990,,,
002,,DEFAULT,DE,EUR,5000,5990,,,
002,,ORIGINAL,DE,EUR,5000,5990,,,
003,,ORIGINAL,DE,EUR,6000,6990,,,
004,,,DE,EUR,5000,5990,,,
004,,B2B,DE,EUR,3000,3990,,,
005,,ORIGINAL,DE,EUR,6000,6990,,2026-11-20,2026-11-30
005,,DEFAULT,DE,EUR,4000,4990,,2026-11-20,2026-11-30
006,,DEFAULT,DE,SEK,5000,59900,,,
006,,DEFAULT,DE,EUR,5000,5990,,,
006,,DEFAULT,DE,EUR,5100,6090,,,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Spryker prices
            2 001: [11] price retail = 69.90 EUR; [10] price retail = 59.90 EUR 1970-01-01T02:00:00..
            3 001_25904006: [10] price retail = 49.90 EUR 2026-11-20..2026-12-01
            5 002: [10] price retail = 59.90 EUR; [11] price retail = none 1970-01-01T02:00:00..
            8 004: [10] price retail = 59.90 EUR; [11] price retail = none 1970-01-01T02:00:00..
            11 005: [10] price retail = 49.90 EUR 2026-11-20..2026-12-01
            12 006: [10] price sweden = 599.00 SEK; [11] price sweden = none 1970-01-01T02:00:00..
            13 006: [10] price retail = 59.90 EUR; [11] price retail = none 1970-01-01T02:00:00..
            info sale prices without an end, which hold until a file takes them back: 1
            info price_type: rows that the preset leaves out, by what stands in this column: 1 ("B2B")
            error row 7, 003, value_gross (DEFAULT) "": the row has no price; the row was not taken
            error row 10, 005, value_gross (DEFAULT) "": the row has no price; the row was not taken
            error row 14, 006: row 13 of this file speaks about this SKU, price list and time already; this row was not taken; keep one of the two
            13 rows, 3 rejected, 1 skipped
        "#]],
    );
}

#[test]
fn spryker_stock() {
    check(
        DropKind::Stock,
        "product_stock.csv",
        "\
name,concrete_sku,quantity,is_never_out_of_stock,is_bundle
helsinki,001_25904006,10,0,0
central,001_25904006,0,1,0
",
        expect![[r#"
            CSV, comma, UTF-8, preset Spryker stock
            2 001_25904006: [2] stock helsinki = 10
            3 001_25904006: [2] stock central = 0
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn spryker_reviews() {
    check(
        DropKind::Reviews,
        "product_review.csv",
        "\
abstract_product_sku,customer_reference,locale_name,nickname,summary,description,rating,status,created_at
001,DE--1,en_GB,Aino,Warm,Fits well.,5,approved,2026-11-03
001,DE--2,en_GB,Ben,Cold,Does not fit.,1,rejected,2026-11-04
",
        expect![[r#"
            CSV, comma, UTF-8, preset Spryker reviews
            2 001: ReviewRecord { source: "spryker", id: "3df1fc7e15b4a88740ea569fdb6d9b90", rating: 5, locale: Some("en-GB"), title: "Warm", text: "Fits well.", author: "Aino", date: Some("2026-11-03"), verified: false, incentivised: false }
            info status: rows that the preset leaves out, by what stands in this column: 1 ("rejected")
            2 rows, 0 rejected, 1 skipped
        "#]],
    );
}

/// A rule that is written in the header's own case goes first.
#[test]
fn a_mapping_reads_headers_of_any_case() {
    let folder = TestShop::new();
    folder.write(
        "mappings/erp.toml",
        r#"
        files = ["erp_*.csv"]
        kind = "products"
        sku = "artikel"
        parent = "modell"
        is_model = { column = "art", equals = "M" }
        [where]
        "verkäuflich" = "ja"
        [columns]
        "höhe" = "weight"
        farbe = "color"
        FARBE = "size"
        preis = "price"
        "text *" = "name-*"
        "#,
    );
    let expected = expect![[r#"
        CSV, semicolon, UTF-8, mapping erp.toml
        2 HH-1: model; parent none; [4] weight = 2 kg; [5] size = 110; [6] color = moss; [8] name fi-FI = Kuura; [7] price retail = 59.90 EUR
        2 rows, 0 rejected, 1 skipped
    "#]];
    let text = "\
ARTIKEL;MODELL;ART;VERKÄUFLICH;HÖHE;FARBE;farbe;PREIS;TEXT FI
HH-1;;M;ja;2 kg;110;moss;59,90;Kuura
HH-2;HH-1;V;nein;2 kg;110;moss;59,90;Kuura
";
    expected.assert_eq(&outcome(&folder, DropKind::Products, "ERP_1.csv", text.as_bytes()));
}

/// An outcome names the preset, so every preset has one in the expectations of these tests.
#[test]
fn every_preset_has_a_test() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read_folder = |folder: &str| {
        let files = std::fs::read_dir(source.join(folder)).expect("a folder");
        let paths = files.map(|file| file.expect("a file").path()).filter(|path| path.is_file());
        paths
            .map(|path| (path.clone(), std::fs::read_to_string(path).expect("UTF-8")))
            .collect::<Vec<_>>()
    };
    let mut tests = read_folder("tests");
    // It needs a folder that is not in the repository.
    tests.retain(|(path, _)| !path.ends_with("real.rs"));
    let untested: Vec<_> = read_folder("columns/presets")
        .into_iter()
        .filter(|(_, preset)| {
            let preset: toml::Table = preset.parse().expect("TOML");
            let ending = format!(", preset {}\n", preset["label"].as_str().expect("a label"));
            !tests.iter().any(|(_, test)| test.contains(&ending))
        })
        .map(|(path, _)| path)
        .collect();
    assert!(untested.is_empty(), "no test in src/tests reads an export of {untested:?}");
}
