//! Rows that belong together, wherever they stand.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rikaste_model::record::DropKind;

use super::{MappingSet, TestShop, describe_body, import, outcome};

fn check(csv: &str, expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Products, "a.csv", csv.as_bytes()));
}

const SHOPIFY: &str =
    "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src";

#[test]
fn variants_are_joined_in_any_order() {
    check(
        &format!(
            "{SHOPIFY}\ncap,Cap,Acme,Size,S,CP-S,8.00,\ntee,Tee,Acme,Size,S,TE-S,10.00,\n\
             cap,,,,M,CP-M,8.00,\ntee,,,,M,TE-M,10.00,\ncap,Kap,,,,,,a.jpg\n"
        ),
        expect![[r#"
            CSV, comma, UTF-8, preset Shopify
            2 cap: model; parent none; [1] name = Cap; [2] brand = Acme; [7] images = a.jpg
            2 CP-S: parent cap; [4] size = S; [6] price retail = 8.00 EUR
            4 CP-M: parent cap; [4] size = M; [6] price retail = 8.00 EUR
            3 tee: model; parent none; [1] name = Tee; [2] brand = Acme; [7] images cleared
            3 TE-S: parent tee; [4] size = S; [6] price retail = 10.00 EUR
            5 TE-M: parent tee; [4] size = M; [6] price retail = 10.00 EUR
            warning row 6, Title "Kap": another row of this product says something else here; the first was taken
            5 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn rows_that_add_to_a_product_are_joined() {
    check(
        "sku,images,name-fi_FI,care-product,price\nA,1.jpg,Takki,X,\nB,b.jpg,,,1\nA,2.jpg,,Y,5\nA,1.jpg,Takki,,\nA,3.jpg,Jakku,,\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] images = 1.jpg, 2.jpg; [2] name fi-FI = Takki; care-product → X×1 Y×1; [4] price retail = 5.00 EUR
            3 B: [1] images = b.jpg; [2] name fi-FI cleared; care-product → ; [4] price retail = 1.00 EUR
            info row 4, A: row 2 is about this SKU, too; what both say was put together
            info row 5, A: row 2 is about this SKU, too; what both say was put together
            info row 6, A: row 2 is about this SKU, too; what both say was put together
            error row 6, A, name-fi_FI: row 2 of this file says another name of this product; this row was not taken; make the two agree
            5 rows, 1 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_variant_with_the_sku_of_its_model_is_the_product() {
    let model = "901,variable,SC-9,Wool scarf,,,Sale,,Size,One size\n";
    let variant = "902,variation,SC-9,Wool scarf - One size,12,29.00,,SC-9,Size,One size\n";
    let header = "ID,Type,SKU,Name,Stock,Regular price,Categories,Parent,Attribute 1 name,Attribute 1 value(s)\n";
    check(
        &format!("{header}{model}{variant}"),
        expect![[r#"
            CSV, comma, UTF-8, preset WooCommerce
            2 SC-9: parent none; [3] name = Wool scarf; [6] categories = sale; [9] size = One size; [5] price retail = 29.00 EUR
            warning Stock: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            warning row 3, SC-9, Parent "SC-9": the product is its own parent; leave the cell empty, or write its model's SKU; the value was left out
            info row 3, SC-9: row 2 is about this SKU, too; what both say was put together
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        &format!("{header}{variant}{model}"),
        expect![[r#"
            CSV, comma, UTF-8, preset WooCommerce
            2 SC-9: parent none; [3] name = Wool scarf; [6] categories = sale; [9] size = One size; [5] price retail = 29.00 EUR
            warning Stock: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            warning row 2, SC-9, Parent "SC-9": the product is its own parent; leave the cell empty, or write its model's SKU; the value was left out
            info row 3, SC-9: row 2 is about this SKU, too; what both say was put together
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_model_that_is_named_by_number_may_come_later() {
    check(
        "ID,Type,SKU,Name,Regular price,Parent\n2,variation,A-1,x,1,id:1\n1,variable,A,X,,\n3,variation,A-2,x,1,id:9\n",
        expect![[r#"
            CSV, comma, UTF-8, preset WooCommerce
            3 A: model; parent none; [3] name = X; [4] price retail = none
            2 A-1: parent A; [3] name = x; [4] price retail = 1.00 EUR
            4 A-2: [3] name = x; [4] price retail = 1.00 EUR
            warning row 4, A-2, Parent "9": no row of this file has the number 9; put the model into the same file; the value was left out
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
}

/// What a file says of each product, whatever the order of its rows.
fn say_of_products(header: &str, rows: &[String]) -> BTreeMap<String, String> {
    let folder = TestShop::new();
    let csv = format!("{header}\n{}\n", rows.join("\n"));
    let shop = folder.shop();
    let read = import(&shop, &MappingSet::default(), DropKind::Products, "a.csv", csv.as_bytes())
        .expect("a table");
    assert_eq!(read.progress.rejected, 0, "{csv}{:?}", read.messages);
    let sort = |text: String| {
        let mut parts: Vec<_> = text.split([';', ',', '=']).map(|p| p.trim().to_owned()).collect();
        parts.sort();
        parts.join("; ")
    };
    let said = read.records.iter();
    let said = said.map(|record| (record.sku.to_string(), sort(describe_body(&record.body))));
    said.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_rows_says_the_same_of_grouped_products(
        order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle(),
        sizes in 1..4_usize,
    ) {
        let mut rows = Vec::new();
        for product in ["cap", "tee", "hat"] {
            for size in 0..3 {
                // The first row alone has what holds for all.
                let first = if size == 0 { format!("{product} name,Acme,Size") } else { ",,".into() };
                let own = match size < sizes {
                    true => format!("S{size},{product}-{size},{size}.00,"),
                    false => format!(",,,{product}-{size}.jpg"),
                };
                rows.push(format!("{product},{first},{own}"));
            }
        }
        let shuffled: Vec<String> = order.iter().map(|at| rows[*at].clone()).collect();
        prop_assert_eq!(say_of_products(SHOPIFY, &rows), say_of_products(SHOPIFY, &shuffled));
    }

    #[test]
    fn any_order_of_rows_says_the_same_of_products_in_several_rows(
        cells in proptest::collection::vec((0..3_usize, "[a-c]?", any::<bool>()), 1..8),
        order in any::<prop::sample::Index>(),
    ) {
        let row = |(sku, color, named): &(usize, String, bool)| {
            let name = if *named { format!("name {sku}") } else { String::new() };
            format!("P{sku},{color}{},{name}", if color.is_empty() { "" } else { ".jpg" })
        };
        let rows: Vec<String> = cells.iter().map(row).collect();
        let mut turned = rows.clone();
        turned.rotate_left(order.index(rows.len()));
        turned.reverse();
        let header = "sku,images,name-fi_FI";
        prop_assert_eq!(say_of_products(header, &rows), say_of_products(header, &turned));
    }
}
