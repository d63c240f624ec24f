//! Exports of programs that many shops have, in small: each is known by its headers.

use expect_test::{Expect, expect};
use rikaste_catalog::record::DropKind;

use super::{Folder, outcome};

fn check(name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&outcome(&Folder::new(), DropKind::Products, name, text.as_bytes()));
}

#[test]
fn shopify() {
    check(
        "products_export_1.csv",
        "\
Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Barcode,Image Src,Image Position,Status
kuura,Rain jacket Kuura,<p>Dry in any weather.</p>,Hilla,Jackets,\"rain, kids\",TRUE,Color,Moss,Size,110,HH-1-M110,410,5,59.90,'6412345678909,https://cdn.example/a.jpg,1,active
kuura,,,,,,,,Night,,110,HH-1-N110,410,2,59.90,,https://cdn.example/b.jpg,2,
kuura,,,,,,,,Night,,116,,430,0,59.90,,,,
kuura,,,,,,,,,,,,,,,,https://cdn.example/c.jpg,3,
pipo,Beanie,,Hilla,Hats,,TRUE,Title,Default Title,,,HH-2,60,9,19.90,,https://cdn.example/d.jpg,1,active
pipo,,,,,,,,,,,,,,,,https://cdn.example/e.jpg,2,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Shopify
            2 kuura: model; parent none; [1] name = Rain jacket Kuura; [2] description = <p>Dry in any weather.</p>; [3] brand = Hilla; [16] images = a.jpg, b.jpg, c.jpg
            2 HH-1-M110: parent kuura; [12] weight = 0.41 kg; [8] color = moss; [10] size = 110; [14] price retail = 59.90 EUR
            3 HH-1-N110: parent kuura; [12] weight = 0.41 kg; [15] gtin cleared; [8] color = night; [10] size = 110; [14] price retail = 59.90 EUR
            4 kuura-night-116: parent kuura; [12] weight = 0.43 kg; [15] gtin cleared; [8] color = night; [10] size = 116; [14] price retail = 59.90 EUR
            6 HH-2: parent none; [1] name = Beanie; [2] description cleared; [3] brand = Hilla; [16] images = d.jpg, e.jpg; [12] weight = 0.06 kg; [15] gtin cleared; [14] price retail = 19.90 EUR
            warning Type: nothing was read from this column: nothing in this shop is called "product_type"
            warning Tags: nothing was read from this column: nothing in this shop is called "tags"
            warning Variant Inventory Qty: nothing was read from this column: the shop has several stock locations (central, helsinki); say which one is meant, as in "stock-central"
            warning Status: nothing was read from this column: nothing in this shop is called "status"
            warning row 2, HH-1-M110, Variant Barcode "'6412345678909": the check digit of "6412345678909" is 9, but it should be 7; the value was left out
            6 rows, 0 rejected, 0 skipped
        "#]],
    );
}
