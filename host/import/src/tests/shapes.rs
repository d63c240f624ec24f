//! Presets for files that come beside a program's main export, and for what they say in a way of
//! their own: combinations, pictures, features, prices for a time.

use expect_test::{Expect, expect};
use rikaste_model::record::DropKind;

use super::preset_files::assert_case_of_headers_ignored;
use super::{TestShop, outcome};

/// A shop with what the exports speak about.
fn shop() -> TestShop {
    let folder = TestShop::new();
    let model = [super::MODEL, "[attributes.material]\ntype = \"text\"\n[associations.related]\n"];
    folder.write("model.toml", &model.concat());
    let more = "[price_lists.usa]\ncurrency = \"USD\"\n";
    folder.write("shop.toml", &[super::SHOP, more].concat());
    folder
}

fn check(name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&outcome(&shop(), DropKind::Products, name, text.as_bytes()));
    assert_case_of_headers_ignored(&shop(), DropKind::Products, name, text);
}

/// Two products, one of them with two variants; one price holds in one country only.
#[test]
fn commercetools_csv() {
    check(
        "export.csv",
        "\
_published,productType,variantId,name.en,name.fi,description.en,slug.en,categories,tax,sku,prices,images,color,size,weight
true,jacket,1,Rain jacket Kuura,Kuura-sadetakki,Dry in any weather.,kuura,Clothing>Outerwear;Sale,standard,HH-1-M,EUR 5990;SEK 64900;DE-EUR 5490,https://cdn.example/a.jpg|800x600|Kuura;https://cdn.example/b.jpg,moss,110,0.41
,,2,,,,,,,HH-1-N,EUR 5990,,night,110,0.41
true,jacket,1,Beanie,,,pipo,Sale,standard,HH-2,EUR 1990,https://cdn.example/c.jpg,moss,,0.06
",
        expect![[r#"
            CSV, comma, UTF-8, preset commercetools CSV
            2 kuura: model; parent none; [3] name en-GB = Rain jacket Kuura; [4] name fi-FI = Kuura-sadetakki; [5] description en-GB = Dry in any weather.; [7] categories = outerwear, sale
            2 HH-1-M: parent kuura; [11] images = a.jpg, b.jpg; [12] color = moss; [13] size = 110; [14] weight = 0.41 kg; [10] price retail = 59.90 EUR; [10] price sweden = 649.00 SEK
            3 HH-1-N: parent kuura; [11] images cleared; [12] color = night; [13] size = 110; [14] weight = 0.41 kg; [10] price retail = 59.90 EUR
            4 HH-2: parent none; [3] name en-GB = Beanie; [4] name fi-FI cleared; [5] description en-GB cleared; [7] categories = sale; [11] images = c.jpg; [12] color = moss; [13] size cleared; [14] weight = 0.06 kg; [10] price retail = 19.90 EUR
            warning row 2, HH-1-M, prices "DE-EUR 5490": "DE" is not a currency; write its three-letter code, such as EUR; the value was left out
            info row 2, HH-1-M, images "https://cdn.example/a.jpg|800x600|Kuura;https://cdn.example/b.jpg": no pictures are fetched from cdn.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
    // The same with every row filled.
    check(
        "export-filled.csv",
        "\
productType,variantId,sku,prices,slug.en,name.en,color
jacket,1,HH-1-M,EUR 5990,kuura,Kuura,moss
jacket,2,HH-1-N,EUR 5990,kuura,Kuura,night
jacket,1,HH-2,EUR 1990,pipo,Beanie,
",
        expect![[r#"
            CSV, comma, UTF-8, preset commercetools CSV
            2 kuura: model; parent none; [5] name en-GB = Kuura
            2 HH-1-M: parent kuura; [6] color = moss; [3] price retail = 59.90 EUR
            3 HH-1-N: parent kuura; [6] color = night; [3] price retail = 59.90 EUR
            4 HH-2: parent none; [5] name en-GB = Beanie; [6] color cleared; [3] price retail = 19.90 EUR
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn prestashop_combinations() {
    check(
        "combinations_import.csv",
        "\
Product ID*;Product Reference;Attribute (Name:Type:Position)*;Value (Value:Position)*;Supplier reference;Reference;EAN13;UPC;Wholesale price;Impact on price;Ecotax;Quantity;Minimal quantity;Low stock level;Impact on weight;Default (0 = No, 1 = Yes);Combination available date;Image position;Image URLs (x,y,z...);Image alt texts (x,y,z...);ID / Name of shop;Advanced Stock Managment;Depends on stock;Warehouse
1;HH-1;Color:color:0, Size:select:1;Moss:0, 110:0;;HH-1-M;6412345678907;;;5,00;0;4;1;;0;1;;1;https://shop.example/m.jpg;;0;0;0;0
1;HH-1;Color:color:0, Size:select:1;Night:0, 110:0;;HH-1-N;;;;0;0;2;1;;0;0;;;;;0;0;0;0
1;HH-1;Color:color:0;Night:0;;;;;;0;0;2;1;;0;0;;;;;0;0;0;0
",
        expect![[r#"
            CSV, semicolon, UTF-8, preset PrestaShop combinations
            2 HH-1-M: parent HH-1; [6] gtin = 06412345678907; [16] status ..1970-01-01T02:00:00 cleared; [18] images = m.jpg; [3] color = moss; [3] size = 110
            3 HH-1-N: parent HH-1; [6] gtin cleared; [16] status ..1970-01-01T02:00:00 cleared; [18] images cleared; [3] color = night; [3] size = 110
            warning Quantity: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            warning Image alt texts (x,y,z...): nothing was read from this column: nothing in this shop is called "image_alt"; did you mean "images"?
            error Impact on price: this column is not understood, and it seems to say how much a variant costs more or less than its model ("5,00"); nothing of the file was taken. Whether tax is in it, the file does not say, so it is not added up: write the price of each variant into a column "price", or drop these prices into inbox/prices. To leave it out for good, write in a mapping, under [columns]: "Impact on price" = "ignore". To take this file without it, run: rikaste drop approve combinations_import.csv
            info row 2, HH-1-M, Image URLs (x,y,z...) "https://shop.example/m.jpg": no pictures are fetched from shop.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            error row 4, Reference "": the row has no SKU; the row was not taken
            3 rows, 1 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn icecat_xml() {
    let text = r#"<?xml version="1.0" encoding="UTF-8"?>
<ICECAT-interface xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <Product Code="1" HighPic="https://images.example/h.jpg" ID="1234" Name="Kuura" Prod_id="HH-1" Quality="ICECAT" ReleaseDate="2026-01-01" Title="Hilla Kuura 110">
  <CategoryFeatureGroup ID="9" No="1"><FeatureGroup ID="1"><Name Value="Design"/></FeatureGroup></CategoryFeatureGroup>
  <Category ID="7"><Name ID="1" Value="Outerwear" langid="1"/></Category>
  <EANCode EAN="6412345678907"/><EANCode EAN="4006381333931"/>
  <ProductDescription ID="5" langid="1" LongDesc="Dry\nin any weather" ShortDesc="Dry"/>
  <ProductFeature CategoryFeatureGroup_ID="9" ID="1" No="1" Presentation_Value="Moss" Value="Moss"><Feature ID="2"><Name ID="3" Value="Color" langid="1"/></Feature></ProductFeature>
  <ProductFeature CategoryFeatureGroup_ID="9" ID="2" No="2" Presentation_Value="410 g" Value="410"><Feature ID="3"><Measure ID="4" Sign="g"/><Name ID="4" Value="Weight" langid="1"/></Feature></ProductFeature>
  <ProductFeature CategoryFeatureGroup_ID="9" ID="3" No="3" Presentation_Value="Nylon" Value="Nylon"><Feature ID="4"><Name ID="5" Value="Shell" langid="1"/></Feature></ProductFeature>
  <ProductGallery><ProductPicture Pic="https://images.example/1.jpg" Size="9"/><ProductPicture Pic="https://images.example/2.jpg"/></ProductGallery>
  <ProductMultimediaObject><MultimediaObject ContentType="application/pdf" URL="https://objects.example/m.pdf"/></ProductMultimediaObject>
  <ProductRelated ID="1"><Product ID="5" Prod_id="HH-2" Name="Beanie"><Supplier ID="1" Name="Hilla"/></Product></ProductRelated>
  <Supplier ID="1" Name="Hilla"/>
  <SummaryDescription><ShortSummaryDescription langid="1">Hilla Kuura</ShortSummaryDescription><LongSummaryDescription langid="1">Hilla Kuura, moss</LongSummaryDescription></SummaryDescription>
 </Product>
</ICECAT-interface>"#;
    check(
        "HH-1.xml",
        text,
        expect![[r#"
            XML, records in ICECAT-interface/Product, UTF-8, preset Icecat XML
            1 HH-1: [7] name en-GB = Hilla Kuura 110; [12] description en-GB = Dry
            in any weather; [15] brand = Hilla; [18] categories = outerwear; [19] gtin = 06412345678907; [20] images = 1.jpg, 2.jpg; [23] color = moss; [24] weight = 0.41 kg; related → HH-2×1
            warning Name: nothing was read from this column: nothing in this shop is called "model_name"; it is filled in 1 of 1 rows, such as "Kuura", and looks like the type text; `rikaste attribute add model_name` takes it in
            warning ProductDescription.ShortDesc: nothing was read from this column: nothing in this shop is called "short_description"; it is filled in 1 of 1 rows, such as "Dry", and looks like the type text; `rikaste attribute add short_description` takes it in
            warning SummaryDescription.ShortSummaryDescription: nothing was read from this column: nothing in this shop is called "short_description"; it is filled in 1 of 1 rows, such as "Hilla Kuura", and looks like the type text; `rikaste attribute add short_description` takes it in
            warning ProductMultimediaObject.MultimediaObject[].URL: nothing was read from this column: nothing in this shop is called "multimedia"; it is filled in 1 of 1 rows, such as "https://objects.example/m.pdf", and looks like the type text; `rikaste attribute add multimedia` takes it in
            warning Shell: nothing was read from this column: nothing in this shop is called "Shell"; it is filled in 1 of 1 rows, such as "Nylon", and looks like the type text; `rikaste attribute add shell` takes it in
            info row 1, HH-1, ProductGallery.ProductPicture[].Pic "https://images.example/1.jpg, https://images.example/2.jpg": no pictures are fetched from images.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    // One in a language that the shop does not have says nothing in another.
    let spanish = text.replace("langid=\"1\"", "langid=\"6\"");
    check(
        "HH-1.xml",
        &spanish,
        expect![[r#"
            XML, records in ICECAT-interface/Product, UTF-8, preset Icecat XML
            warning Name: nothing was read from this column: nothing in this shop is called "model_name"; it is filled in 1 of 1 rows, such as "Kuura", and looks like the type text; `rikaste attribute add model_name` takes it in
            warning ProductDescription.ShortDesc: nothing was read from this column: nothing in this shop is called "short_description"; it is filled in 1 of 1 rows, such as "Dry", and looks like the type text; `rikaste attribute add short_description` takes it in
            warning SummaryDescription.ShortSummaryDescription: nothing was read from this column: nothing in this shop is called "short_description"; it is filled in 1 of 1 rows, such as "Hilla Kuura", and looks like the type text; `rikaste attribute add short_description` takes it in
            warning ProductMultimediaObject.MultimediaObject[].URL: nothing was read from this column: nothing in this shop is called "multimedia"; it is filled in 1 of 1 rows, such as "https://objects.example/m.pdf", and looks like the type text; `rikaste attribute add multimedia` takes it in
            warning Shell: nothing was read from this column: nothing in this shop is called "Shell"; it is filled in 1 of 1 rows, such as "Nylon", and looks like the type text; `rikaste attribute add shell` takes it in
            info row 1, ProductDescription.langid "6": rows of "6" are left out: it is no locale of this shop; say which one it is in a mapping: [locale] values = { "6" = "…" } (said once)
            1 rows, 0 rejected, 1 skipped
        "#]],
    );
    // What there is one of is written as what there may be several of.
    let one = r#"<ICECAT-interface><Product Prod_id="HH-3" Title="Kuura"><EANCode EAN="6412345678907"/>
        <ProductFeature Presentation_Value="night"><Feature><Name Value="Color"/></Feature></ProductFeature></Product></ICECAT-interface>"#;
    check(
        "HH-3.xml",
        one,
        expect![[r#"
        XML, records in ICECAT-interface/Product, UTF-8, preset Icecat XML
        1 HH-3: [1] name = Kuura; [2] gtin = 06412345678907; [3] color = night
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn icecat_json_has_features() {
    let text = r#"{"msg": "OK", "data": {"GeneralInfo": {"IcecatId": 1, "Title": "Kuura", "BrandPartCode": "HH-1"},
        "FeaturesGroups": [{"ID": 1, "Features": [{"PresentationValue": "Moss", "Feature": {"Name": {"Value": "Color"}}}]},
            {"ID": 2, "Features": [{"PresentationValue": "410 g", "Feature": {"Name": {"Value": "Weight"}}}]}]}}"#;
    check(
        "icecat.json",
        text,
        expect![[r#"
        JSON, records in data, UTF-8, preset Icecat
        1 HH-1: [1] name = Kuura; [3] color = moss; [4] weight = 0.41 kg
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn eshop() {
    let text = r#"[{"Id": 1, "Type": "Footwear", "Brand": "Hilla", "Name": "Boots", "Description": "Dry.", "Price": 109.99},
        {"Id": 2, "Type": "Hats", "Brand": "Hilla", "Name": "Beanie", "Description": "Warm.", "Price": 19.9}]"#;
    check(
        "catalog.json",
        text,
        expect![[r#"
        JSON array, UTF-8, preset eShop catalogue
        1 1: [2] brand = Hilla; [3] name = Boots; [4] description = Dry.; [5] price retail = 109.99 EUR
        2 2: [2] brand = Hilla; [3] name = Beanie; [4] description = Warm.; [5] price retail = 19.90 EUR
        warning Type: nothing was read from this column: nothing in this shop is called "product_type"; it is filled in 2 of 2 rows, such as "Footwear", and looks like the type text; `rikaste attribute add product_type` takes it in
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
}

/// Pictures of a model, of a variant, and of one with two; a language that is repeated adds nothing.
#[test]
fn spryker_images() {
    check(
        "product_image.csv",
        "\
image_set_name,external_url_large,external_url_small,locale,abstract_sku,concrete_sku,sort_order,product_image_key,product_image_set_key,alt_text_small.en_US
default,https://images.example/001-a.jpg,https://images.example/s/001-a.jpg,fi_FI,001,,0,i1,,
default,https://images.example/001-b.jpg,https://images.example/s/001-b.jpg,fi_FI,001,,1,i2,,
default,https://images.example/001-1.jpg,https://images.example/s/001-1.jpg,fi_FI,,001_1,0,i3,,
default,https://images.example/001-a.jpg,https://images.example/s/001-a.jpg,en_GB,001,,0,i1,,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Spryker images
            2 001: [1] images = 001-a.jpg, 001-b.jpg
            4 001_1: [1] images = 001-1.jpg
            5 001: 
            info row 2, 001, external_url_large "https://images.example/001-a.jpg, https://images.example/001-b.jpg": no pictures are fetched from images.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            4 rows, 0 rejected, 0 skipped
        "#]],
    );
}

/// A reduction with days, one without, and none.
#[test]
fn prices_for_a_time() {
    check(
        "export_catalog_product.csv",
        "\
sku,store_view_code,attribute_set_code,product_type,price,special_price,special_price_from_date,special_price_to_date,additional_attributes
A,,jacket,simple,59.9000,49.9000,2026-11-20 00:00:00,2026-11-30,
B,,jacket,simple,59.9000,39.9000,,,
C,,jacket,simple,59.9000,,,,
D,,jacket,simple,59.9000,49.9000,2026-11-30,2026-11-20,
E,,jacket,simple,59.9000,49.9000,soon,,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Magento 2
            2 A: [2] family = jacket; [4] price retail = 59.90 EUR; [5] price retail = none 1970-01-01T02:00:00..; [5] price retail = 49.90 EUR 2026-11-20..2026-12-01
            3 B: [2] family = jacket; [4] price retail = 59.90 EUR; [5] price retail = 39.90 EUR 1970-01-01T02:00:00..
            4 C: [2] family = jacket; [4] price retail = 59.90 EUR; [5] price retail = none 1970-01-01T02:00:00..
            5 D: [2] family = jacket; [4] price retail = 59.90 EUR
            6 E: [2] family = jacket; [4] price retail = 59.90 EUR
            info sale prices without an end, which hold until a file takes them back: 1
            warning row 5, D, special_price "2026-11-20": it ends before it begins: 2026-11-30 – 2026-11-20; the value was left out
            warning row 6, E, special_price_from_date "soon": this is not a date; write it as 2026-12-31; the value was left out
            5 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "wc-product-export.csv",
        "\
ID,Type,SKU,Name,\"Date sale price starts\",\"Date sale price ends\",\"Sale price\",\"Regular price\"
12,simple,A,Beanie,2026-11-20,2026-11-30,14.90,19.90
13,simple,B,Scarf,,,14.90,19.90
14,simple,C,Gloves,,,,19.90
",
        expect![[r#"
            CSV, comma, UTF-8, preset WooCommerce
            2 A: [3] name = Beanie; [7] price retail = 19.90 EUR; [6] price retail = none 1970-01-01T02:00:00..; [6] price retail = 14.90 EUR 2026-11-20..2026-12-01
            3 B: [3] name = Scarf; [7] price retail = 19.90 EUR; [6] price retail = 14.90 EUR 1970-01-01T02:00:00..
            4 C: [3] name = Gloves; [7] price retail = 19.90 EUR; [6] price retail = none 1970-01-01T02:00:00..
            info sale prices without an end, which hold until a file takes them back: 1
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_window_and_features_are_checked_when_they_are_loaded() {
    let check = |mapping: &str, expected: Expect| {
        let folder = TestShop::new();
        let head = "files = [\"a.csv\"]\nkind = \"products\"\n";
        folder.write("mappings/a.toml", &format!("{head}{mapping}"));
        expected.assert_eq(&outcome(&folder, DropKind::Products, "a.csv", b"sku\nA\n"));
    };
    check(
        "[columns]\na = { to = \"name\", window = { from = \"b\" } }\n",
        expect![[
            r#"SHOP/mappings/a.toml: columns.a.window: only prices of products hold for a time; write it beside to = "sale_price""#
        ]],
    );
    check(
        "[columns]\na = { to = \"price\", window = { since = \"b\" } }\n",
        expect![[r#"
        SHOP/mappings/a.toml: TOML parse error at line 4, column 32
          |
        4 | a = { to = "price", window = { since = "b" } }
          |                                ^^^^^
        unknown field `since`, expected `from` or `until`
    "#]],
    );
    check(
        "[features]\npath = \"a[x]\"\nname = \"b\"\nvalue = \"c\"\n",
        expect![[
            r#"SHOP/mappings/a.toml: features.path: write a path such as "Features[]" or "Feature.Name""#
        ]],
    );
}

#[test]
fn links_in_files_of_their_own() {
    let folder = TestShop::new();
    let kinds = "[associations.related]\n[associations.up-sell]\n[associations.crosssell]\n";
    folder.write("model.toml", &[super::MODEL, kinds].concat());
    let magento = "sku,linked_sku\n\"A\",\"B\nC\"\nB,A\n";
    let oro = "\"SKU relation from\",\"SKU relation to\"\nA,B\nA,C\nB,A\n";
    let files = [
        ("related.csv", magento),
        ("Upsell_products.csv", magento),
        ("magento-crosssell.csv", magento),
        ("related_products.csv", oro),
        ("upsell_products.csv", oro),
    ];
    let outcomes =
        files.map(|(name, text)| outcome(&folder, DropKind::Products, name, text.as_bytes()));
    expect![[r#"
        CSV, comma, UTF-8, preset Magento 2 related products
        2 A: related → B×1 C×1
        3 B: related → A×1
        2 rows, 0 rejected, 0 skipped
        CSV, comma, UTF-8, preset Magento 2 up-sells
        2 A: up-sell → B×1 C×1
        3 B: up-sell → A×1
        2 rows, 0 rejected, 0 skipped
        CSV, comma, UTF-8, preset Magento 2 cross-sells
        2 A: crosssell → B×1 C×1
        3 B: crosssell → A×1
        2 rows, 0 rejected, 0 skipped
        CSV, comma, UTF-8, preset OroCommerce related products
        2 A: related → B×1 C×1
        4 B: related → A×1
        3 rows, 0 rejected, 0 skipped
        CSV, comma, UTF-8, preset OroCommerce up-sells
        2 A: up-sell → B×1 C×1
        4 B: up-sell → A×1
        3 rows, 0 rejected, 0 skipped
    "#]]
    .assert_eq(&outcomes.concat());
}

/// A product has a row for each kind of link; one whose links are a rule says nothing.
#[test]
fn spryker_relations() {
    let folder = TestShop::new();
    let kinds = "[associations.related]\n[associations.upsell]\n";
    folder.write("model.toml", &[super::MODEL, kinds].concat());
    let text = "\
product,relation_type,rule,product_relation_key,is_active,is_rebuild_scheduled
001,up-selling,\"{\"\"rules\"\":[{\"\"field\"\":\"\"product_sku\"\",\"\"operator\"\":\"\"in\"\",\"\"value\"\":\"\"002,003\"\"}]}\",Prk-1,1,1
001,related-products,\"{\"\"rules\"\":[{\"\"field\"\":\"\"product_sku\"\",\"\"value\"\":\"\"004\"\"},{\"\"field\"\":\"\"product_sku\"\",\"\"value\"\":\"\"005\"\"}]}\",Prk-2,1,1
002,related-products,\"{\"\"rules\"\":[{\"\"field\"\":\"\"category\"\",\"\"value\"\":\"\"Cameras\"\"}]}\",Prk-3,1,1
001,up-selling,\"{\"\"rules\"\":[]}\",Prk-4,1,1
";
    expect![[r#"
        CSV, comma, UTF-8, preset Spryker relations
        2 001: upsell → 002×1 003×1
        3 001: related → 004×1 005×1
        4 002: 
        warning row 4, 002, related-products "{"rules":[{"field":"category","value":"Cameras"}]}": nothing stands in this cell where the mapping looks for it; it was left out
        warning row 5, 001, up-selling "{"rules":[]}": nothing stands in this cell where the mapping looks for it; it was left out
        info row 5, 001: row 2 is about this SKU, too; what both say was put together
        4 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&outcome(
        &folder,
        DropKind::Products,
        "product_relation.csv",
        text.as_bytes(),
    ));
}

/// Products with names of their own each, 2,500 in all, and a known one among the last.
fn many_names(folder: &TestShop) -> String {
    let rows = (0..500).map(|row| {
        let own = (0..5).map(|n| format!("\"a{row}_{n}\": \"{n}\""));
        let own = own.collect::<Vec<_>>().join(", ");
        let color = if row == 499 { ", \"color\": \"moss\"" } else { "" };
        format!("{{\"sku\": \"A-{row}\", \"attributes\": {{{own}}}{color}}}")
    });
    let text = rows.collect::<Vec<_>>().join("\n");
    let outcome = outcome(folder, DropKind::Products, "a.jsonl", text.as_bytes());
    let shown =
        |line: &&str| !line.contains("nothing was read from this column") && !line.ends_with(": ");
    outcome.lines().filter(shown).map(|line| format!("{line}\n")).collect()
}

#[test]
fn names_beyond_all_number_are_left_out() {
    let folder = TestShop::new();
    expect![[r#"
        JSON Lines, UTF-8
        500 A-499: [2001] color = moss
        warning the file has more than 2000 different names; nothing was read from further ones that mean nothing in this shop, such as "attributes.a399_4"; a pattern in a mapping leaves names out, such as "attributes.*" = "ignore"
        warning nothing was read from 1 959 more columns, among them "attributes.a8_0", "attributes.a8_1", "attributes.a8_2", "attributes.a8_3", "attributes.a8_4", "attributes.a9_0", "attributes.a9_1", "attributes.a9_2", "attributes.a9_3", "attributes.a9_4", "attributes.a10_0", "attributes.a10_1", and 8 more; `rikaste import --explain` shows all of them
        500 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&many_names(&folder));
    folder.write(
        "mappings/a.toml",
        "files = [\"a.jsonl\"]\nkind = \"products\"\n[columns]\n\"attributes.*\" = \"ignore\"\n\
         \"attributes.a7_1\" = \"name\"\n",
    );
    expect![[r#"
        JSON Lines, UTF-8, mapping a.toml
        8 A-7: [2] name = 1
        500 A-499: [3] color = moss
        500 rows, 0 rejected, 0 skipped
    "#]]
    .assert_eq(&many_names(&folder));
}
