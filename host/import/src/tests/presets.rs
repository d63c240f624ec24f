//! Exports of programs that many shops have, in small: each is known by its headers.

use expect_test::{Expect, expect};
use rikaste_model::record::DropKind;

use super::preset_files::assert_case_of_headers_ignored;
use super::{TestShop, outcome};

fn check(name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Products, name, text.as_bytes()));
    assert_case_of_headers_ignored(&TestShop::new(), DropKind::Products, name, text);
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
            2 kuura: model; parent none; [1] name = Rain jacket Kuura; [2] description = <p>Dry in any weather.</p>; [3] brand = Hilla; [6] status = active; [16] images = a.jpg, b.jpg, c.jpg
            2 HH-1-M110: parent kuura; [12] weight = 0.41 kg; [8] color = moss; [10] size = 110; [14] price retail = 59.90 EUR
            3 HH-1-N110: parent kuura; [12] weight = 0.41 kg; [15] gtin cleared; [8] color = night; [10] size = 110; [14] price retail = 59.90 EUR
            4 kuura-night-116: parent kuura; [12] weight = 0.43 kg; [15] gtin cleared; [8] color = night; [10] size = 116; [14] price retail = 59.90 EUR
            6 HH-2: parent none; [1] name = Beanie; [2] description cleared; [3] brand = Hilla; [6] status = active; [16] images = d.jpg, e.jpg; [12] weight = 0.06 kg; [15] gtin cleared; [14] price retail = 19.90 EUR
            warning Type: nothing was read from this column: nothing in this shop is called "product_type"; it is filled in 2 of 5 rows, such as "Jackets", and looks like the type text; `rikaste attribute add product_type` takes it in
            warning Tags: nothing was read from this column: nothing in this shop is called "tags"; it is filled in 1 of 5 rows, such as "rain, kids", and looks like the type text; `rikaste attribute add tags` takes it in
            warning Variant Inventory Qty: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            info row 2, kuura, Image Src "https://cdn.example/a.jpg, https://cdn.example/b.jpg, https://cdn.example/c.jpg": no pictures are fetched from cdn.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            warning row 2, HH-1-M110, Variant Barcode "'6412345678909": the check digit of "6412345678909" is 9, but it should be 7; the value was left out
            6 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn woocommerce() {
    check(
        "wc-product-export.csv",
        "\
ID,Type,SKU,\"GTIN, UPC, EAN, or ISBN\",Name,Published,\"Short description\",Description,\"In stock?\",Stock,\"Weight (kg)\",\"Regular price\",Categories,Tags,Images,Parent,Upsells,\"Attribute 1 name\",\"Attribute 1 value(s)\",\"Attribute 1 visible\",\"Meta: _x\"
12,variable,,,Rain jacket Kuura,1,Dry.,\"Dry in any weather.\\nReally.\",1,,,,\"Clothing > Outerwear, Sale\",rain,\"https://shop.example/a.jpg, https://shop.example/b.jpg\",,,Color,\"Moss, Night\",1,
13,variation,HH-1-M,6412345678907,Rain jacket Kuura - Moss,1,,,1,4,0.41,59.90,,,https://shop.example/m.jpg,id:12,,Color,Moss,,
14,variation,HH-1-N,,Rain jacket Kuura - Night,1,,,1,0,0.41,59.90,,,,id:12,,Color,Night,,
15,simple,HH-2,,Beanie &amp; <b>warm</b>,1,,,1,9,0.06,19.90,Outerwear,,,,HH-1-M,,,,
16,variation,HH-3-X,,Orphan,1,,,1,9,0.06,19.90,,,,id:99,,,,,
",
        expect![[r#"
            CSV, comma, UTF-8, preset WooCommerce
            2 12: model; parent none; [3] gtin cleared; [4] name = Rain jacket Kuura; [5] status = active; [7] description = Dry in any weather.
            Really.; [10] weight cleared; [12] categories = outerwear, sale; [14] images = a.jpg, b.jpg; [18] color = moss, night; [11] price retail = none
            3 HH-1-M: parent 12; [3] gtin = 06412345678907; [4] name = Rain jacket Kuura - Moss; [5] status = active; [7] description cleared; [10] weight = 0.41 kg; [12] categories cleared; [14] images = m.jpg; [18] color = moss; [11] price retail = 59.90 EUR
            4 HH-1-N: parent 12; [3] gtin cleared; [4] name = Rain jacket Kuura - Night; [5] status = active; [7] description cleared; [10] weight = 0.41 kg; [12] categories cleared; [14] images cleared; [18] color = night; [11] price retail = 59.90 EUR
            5 HH-2: parent none; [3] gtin cleared; [4] name = Beanie & warm; [5] status = active; [7] description cleared; [10] weight = 0.06 kg; [12] categories = outerwear; [14] images cleared; [11] price retail = 19.90 EUR
            6 HH-3-X: [3] gtin cleared; [4] name = Orphan; [5] status = active; [7] description cleared; [10] weight = 0.06 kg; [12] categories cleared; [14] images cleared; [11] price retail = 19.90 EUR
            warning Short description: nothing was read from this column: nothing in this shop is called "short_description"; it is filled in 1 of 5 rows, such as "Dry.", and looks like the type text; `rikaste attribute add short_description` takes it in
            warning Stock: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            warning Tags: nothing was read from this column: nothing in this shop is called "tags"; it is filled in 1 of 5 rows, such as "rain", and looks like the type text; `rikaste attribute add tags` takes it in
            warning Upsells: nothing was read from this column: nothing in this shop is called "upsell"; it is filled in 1 of 5 rows, such as "HH-1-M", and looks like the type text; `rikaste attribute add upsell` takes it in
            info row 2, 12, Images "https://shop.example/a.jpg, https://shop.example/b.jpg": no pictures are fetched from shop.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            warning row 6, HH-3-X, Parent "99": no row of this file has the number 99; put the model into the same file; the value was left out
            5 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn magento() {
    check(
        "export_catalog_product.csv",
        "\
sku,store_view_code,attribute_set_code,product_type,categories,name,description,weight,price,base_image,additional_images,additional_attributes,configurable_variations,qty,related_skus
HH-1,,jacket,configurable,\"Default Category/Outerwear\",Rain jacket Kuura,<p>Dry.</p>,,59.9000,/h/h/hh-1.jpg,\"/h/h/hh-1b.jpg,/h/h/hh-1c.jpg\",\"reflective=Yes,water_column=8000\",\"sku=HH-1-M,color=Moss|sku=HH-1-N,color=Night\",0,HC-1
HH-1,fi,,,,Kuura-sadetakki,,,,,,,,,
HH-1,et,,,,Vihmajope,,,,,,,,,
HH-1-M,,jacket,simple,,Rain jacket Kuura moss,,0.41,59.9000,,,color=Moss,,4,
HH-1-N,,jacket,simple,,Rain jacket Kuura night,,0.41,59.9000,,,color=Night,,0,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Magento 2
            2 HH-1: model; [2] family = jacket; [4] categories = outerwear; [5] name = Rain jacket Kuura; [6] description = <p>Dry.</p>; [7] weight cleared; [9] images = hh-1.jpg, hh-1b.jpg, hh-1c.jpg; [11] reflective = true; [11] water_column = 8000; [8] price retail = 59.90 EUR
            2 HH-1-M: parent HH-1
            2 HH-1-N: parent HH-1
            3 HH-1: [5] name fi-FI = Kuura-sadetakki
            5 HH-1-M: [2] family = jacket; [4] categories cleared; [5] name = Rain jacket Kuura moss; [6] description cleared; [7] weight = 0.41 kg; [9] images cleared; [11] color = moss; [8] price retail = 59.90 EUR
            6 HH-1-N: [2] family = jacket; [4] categories cleared; [5] name = Rain jacket Kuura night; [6] description cleared; [7] weight = 0.41 kg; [9] images cleared; [11] color = night; [8] price retail = 59.90 EUR
            warning qty: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            warning related_skus: nothing was read from this column: nothing in this shop is called "related"; it is filled in 1 of 5 rows, such as "HC-1", and looks like the type text; `rikaste attribute add related` takes it in
            info row 4, store_view_code "et": rows of "et" are left out: it is no locale of this shop; say which one it is in a mapping: [locale] values = { "et" = "…" } (said once)
            5 rows, 0 rejected, 1 skipped
        "#]],
    );
}

#[test]
fn akeneo() {
    check(
        "products_export.csv",
        "\
sku;categories;enabled;family;groups;parent;name-en_GB;name-fi_FI;description-en_GB-web;color;weight;weight-unit;X_SELL-groups;care-product-products
HH-1-M;outerwear,sale;1;jacket;;HH-1;Kuura moss;Kuura sammal;<p>Dry.</p>;moss;410;GRAM;;HC-1
HH-1-N;outerwear;1;jacket;;HH-1;Kuura night;;;night;0.41;KILOGRAM;;
",
        expect![[r#"
            CSV, semicolon, UTF-8, preset Akeneo products
            2 HH-1-M: parent HH-1; [1] categories = outerwear, sale; [2] status = active; [3] family = jacket; [6] name en-GB = Kuura moss; [7] name fi-FI = Kuura sammal; [8] description en-GB web = <p>Dry.</p>; [9] color = moss; [10] weight = 0.41 kg; care-product → HC-1×1
            3 HH-1-N: parent HH-1; [1] categories = outerwear; [2] status = active; [3] family = jacket; [6] name en-GB = Kuura night; [7] name fi-FI cleared; [8] description en-GB web cleared; [9] color = night; [10] weight = 0.41 kg; care-product → 
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn akeneo_models() {
    check(
        "models.csv",
        "\
code;family_variant;parent;categories;name-en_GB;care-product-products
HH-1;jacket_color;;outerwear;Kuura;HC-1
",
        expect![[r#"
            CSV, semicolon, UTF-8, preset Akeneo product models
            2 HH-1: model; parent none; [3] categories = outerwear; [4] name en-GB = Kuura; care-product → HC-1×1
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn prestashop() {
    check(
        "products_import.csv",
        "\
Product ID;Active (0/1);Name *;Categories (x,y,z...);Price tax included;Tax rules ID;Reference #;Manufacturer;EAN13;Weight;Quantity;Summary;Description;Tags (x,y,z...);Image URLs (x,y,z...);Feature(Name:Value:Position)
1;1;Rain jacket Kuura;Home,Outerwear;59,90;1;HH-1;Hilla;6412345678907;0,41;4;Dry;<p>Dry in any weather</p>;rain,kids;https://shop.example/1.jpg,https://shop.example/2.jpg;Color:Moss:1,Size:110:2
2;1;Beanie;Outerwear;19,90;1;;Hilla;;0,06;9;;;;;
",
        expect![[r#"
            CSV, semicolon, UTF-8, preset PrestaShop
            2 HH-1: [1] status = active; [2] name = Rain jacket Kuura; [3] categories = outerwear; [7] brand = Hilla; [8] gtin = 06412345678907; [9] weight = 0.41 kg; [12] description = <p>Dry in any weather</p>; [14] images = 1.jpg, 2.jpg; [15] color = moss; [15] size = 110; [4] price retail = 59.90 EUR
            3 2: [1] status = active; [2] name = Beanie; [3] categories = outerwear; [7] brand = Hilla; [8] gtin cleared; [9] weight = 0.06 kg; [12] description cleared; [14] images cleared; [4] price retail = 19.90 EUR
            warning Quantity: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            warning Summary: nothing was read from this column: nothing in this shop is called "short_description"; it is filled in 1 of 2 rows, such as "Dry", and looks like the type text; `rikaste attribute add short_description` takes it in
            warning Tags (x,y,z...): nothing was read from this column: nothing in this shop is called "tags"; it is filled in 1 of 2 rows, such as "rain,kids", and looks like the type text; `rikaste attribute add tags` takes it in
            warning row 2, HH-1, Categories (x,y,z...) "Home": there is no category "Home"; define it in model.toml or write one that is there; the value was left out
            info row 2, HH-1, Image URLs (x,y,z...) "https://shop.example/1.jpg,https://shop.example/2.jpg": no pictures are fetched from shop.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn spryker() {
    check(
        "product_abstract.csv",
        "\
category_key,category_product_order,abstract_sku,name.en_GB,name.fi_FI,url.en_GB,attribute_key_1,value_1,attribute_key_2,value_2.fi_FI,color_code,description.en_GB,tax_set_name
outerwear,16,001,Kuura,Kuura,/en/kuura,color,moss,size,110,#000,Dry,Clothing
",
        expect![[r#"
            CSV, comma, UTF-8, preset Spryker abstract products
            2 001: model; [0] categories = outerwear; [3] name en-GB = Kuura; [4] name fi-FI = Kuura; [11] description en-GB = Dry; [7] color = moss
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn spryker_concrete() {
    check(
        "product_concrete.csv",
        "\
abstract_sku,concrete_sku,name.en_GB,name.fi_FI,attribute_key_1,value_1,is_searchable.en_GB,bundled
001,001_25904006,Kuura moss,Kuura sammal,color,moss,1,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Spryker concrete products
            2 001_25904006: parent 001; [2] name en-GB = Kuura moss; [3] name fi-FI = Kuura sammal; [5] color = moss
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn vendure() {
    check(
        "vendure.csv",
        "\
name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets
Kuura,kuura,Dry in any weather,kuura.jpg|kuura-2.jpg,category:outerwear|brand:Hilla,color|size,moss|110,HH-1-M110,59.90,standard,4,false,kuura-m.jpg,
,,,,,,night|110,HH-1-N110,59.90,standard,2,false,,
Beanie,beanie,Warm,beanie.jpg,brand:Hilla,,,HH-2,19.90,standard,9,false,,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Vendure
            2 kuura: model; parent none; [0] name = Kuura; [2] description = Dry in any weather; [3] images = kuura.jpg, kuura-2.jpg; [4] categories = outerwear; [4] brand = Hilla
            2 HH-1-M110: parent kuura; [12] images = kuura-m.jpg; [6] color = moss; [6] size = 110; [8] price retail = 59.90 EUR
            3 HH-1-N110: parent kuura; [12] images cleared; [6] color = night; [6] size = 110; [8] price retail = 59.90 EUR
            4 HH-2: parent none; [0] name = Beanie; [2] description = Warm; [3] images = beanie.jpg; [4] brand = Hilla; [8] price retail = 19.90 EUR
            warning stockOnHand: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn spree() {
    check(
        "spree_products.csv",
        "\
product_id,sku,name,slug,status,brand_name,description,tags,price,currency,weight,weight_unit,inventory_count,image1_src,image2_src,option1_name,option1_value,option2_name,option2_value,category1
1,HH-1,Kuura,kuura,active,Hilla,Dry,rain,59.90,EUR,,,,https://shop.example/1.jpg,https://shop.example/2.jpg,,,,,Clothing -> Outerwear
1,HH-1-M,,kuura,,,,,59.90,EUR,0.41,kg,4,,,color,moss,size,110,
1,HH-1-N,,kuura,,,,,59.90,EUR,410,g,2,,,color,night,size,110,
2,HH-2,Beanie,beanie,active,Hilla,Warm,,19.90,EUR,60,g,9,,,,,,,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Spree
            2 HH-1: model; parent none; [2] name = Kuura; [4] status = active; [5] brand = Hilla; [6] description = Dry; [13] images = 1.jpg, 2.jpg; [19] categories = outerwear
            3 HH-1-M: parent HH-1; [10] weight = 0.41 kg; [16] color = moss; [18] size = 110; [8] price retail = 59.90 EUR
            4 HH-1-N: parent HH-1; [10] weight = 0.41 kg; [16] color = night; [18] size = 110; [8] price retail = 59.90 EUR
            5 HH-2: parent none; [2] name = Beanie; [4] status = active; [5] brand = Hilla; [6] description = Warm; [13] images cleared; [19] categories cleared; [10] weight = 0.06 kg; [8] price retail = 19.90 EUR
            warning tags: nothing was read from this column: nothing in this shop is called "tags"; it is filled in 1 of 4 rows, such as "rain", and looks like the type text; `rikaste attribute add tags` takes it in
            warning inventory_count: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            info row 2, HH-1, image1_src "https://shop.example/1.jpg": no pictures are fetched from shop.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            4 rows, 0 rejected, 0 skipped
        "#]],
    );
}

/// A product's own row has a price of 0 where its variants, below it, have prices.
#[test]
fn spree_template() {
    check(
        "product_template.csv",
        "\
handle,sku,name,status,description,price,currency,option1_name,option1_value
kuura,HH-1,Kuura,active,Dry,0,EUR,color,
kuura,HH-1-M,,,,59.90,EUR,,moss
kuura,HH-1-N,,,,49.90,EUR,,night
pipo,HH-2,Beanie,active,Warm,19.90,EUR,,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Spree
            2 HH-1: model; parent none; [2] name = Kuura; [3] status = active; [4] description = Dry
            3 HH-1-M: parent HH-1; [8] color = moss; [5] price retail = 59.90 EUR
            4 HH-1-N: parent HH-1; [8] color = night; [5] price retail = 49.90 EUR
            5 HH-2: parent none; [2] name = Beanie; [3] status = active; [4] description = Warm; [5] price retail = 19.90 EUR
            4 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn sylius() {
    check(
        "sylius.csv",
        "\
Code,Locale,Name,Description,Short_description,Meta_description,Meta_keywords,Main_taxon,Taxons,Channels,Enabled,Price,Image_main
HH-1,en_GB,Kuura,Dry,,,,outerwear,sale|outerwear,WEB,1,5990,kuura.jpg
HH-1,fi_FI,Kuura-takki,Kuiva,,,,outerwear,sale|outerwear,WEB,1,5990,kuura.jpg
",
        expect![[r#"
            CSV, comma, UTF-8, preset Sylius
            2 HH-1: [2] name en-GB = Kuura; [3] description en-GB = Dry; [7] categories = outerwear, sale; [10] status = active; [12] images = kuura.jpg; [11] price retail = 59.90 EUR
            3 HH-1: [2] name fi-FI = Kuura-takki; [3] description fi-FI = Kuiva
            warning Short_description: nothing was read from this column: nothing in this shop is called "short_description"
            warning Meta_description: nothing was read from this column: nothing in this shop is called "seo_description"
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn google() {
    check(
        "feed.tsv",
        "\
id\ttitle\tdescription\tlink\timage link\tadditional image link\tavailability\tprice\tbrand\tgtin\titem group id\tcolor\tsize\tproduct type\tshipping weight
HH-1-M\tKuura moss\tDry\thttps://shop.example/kuura\thttps://shop.example/1.jpg\thttps://shop.example/2.jpg,https://shop.example/3.jpg\tin_stock\t59.90 EUR\tHilla\t6412345678907\tHH-1\tmoss\t110\tClothing > Outerwear\t0.41 kg
",
        expect![[r#"
            CSV, tab, UTF-8, preset Google Merchant
            2 HH-1-M: parent HH-1; [1] name = Kuura moss; [2] description = Dry; [4] images = 1.jpg, 2.jpg, 3.jpg; [6] status = active; [8] brand = Hilla; [9] gtin = 06412345678907; [11] color = moss; [12] size = 110; [13] categories = outerwear; [14] weight = 0.41 kg; [7] price retail = 59.90 EUR
            info row 2, HH-1-M, image link "https://shop.example/1.jpg": no pictures are fetched from shop.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn bagisto() {
    check(
        "products.csv",
        "\
sku,parent_sku,locale,attribute_family_code,type,categories,images,name,description,status,weight,price,inventories,related_skus,configurable_variants
HH-1,,en,jacket,configurable,Clothing/Outerwear,\"1.webp,2.webp\",Kuura,Dry,1,,59.90,,HC-1,\"sku=HH-1-M,color=moss|sku=HH-1-N,color=night\"
HH-1-M,HH-1,en,jacket,simple,,,Kuura moss,,1,0.41,59.90,\"helsinki=4,central=100\",,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Bagisto
            2 HH-1: model; parent none; [3] family = jacket; [5] categories = outerwear; [6] images = 1.webp, 2.webp; [7] name en-GB = Kuura; [8] description en-GB = Dry; [9] status = active; [10] weight cleared; [11] price retail = 59.90 EUR
            2 HH-1-M: parent HH-1
            2 HH-1-N: parent HH-1
            3 HH-1-M: parent HH-1; [3] family = jacket; [5] categories cleared; [6] images cleared; [7] name en-GB = Kuura moss; [8] description en-GB cleared; [9] status = active; [10] weight = 0.41 kg; [11] price retail = 59.90 EUR; [12] stock helsinki = 4; [12] stock central = 100
            warning related_skus: nothing was read from this column: nothing in this shop is called "related"; it is filled in 1 of 2 rows, such as "HC-1", and looks like the type text; `rikaste attribute add related` takes it in
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn oro() {
    check(
        "products.csv",
        "\
sku,name,description,category,category_sort_order,price,MSRP,unit,precision,type,featured,page_template,brand_id
0RT28,Headlamp,Light,Sale,1,12.50,15.00,item,0,simple,1,,1
",
        expect![[r#"
            CSV, comma, UTF-8, preset OroCommerce
            2 0RT28: [1] name = Headlamp; [2] description = Light; [3] categories = sale; [5] price retail = 12.50 EUR
            warning MSRP: nothing was read from this column: "msrp" is neither a price list of this shop nor the currency of one; there are retail (EUR), sweden (SEK)
            warning unit: nothing was read from this column: nothing in this shop is called "unit"; it is filled in 1 of 1 rows, such as "item", and looks like the type text; `rikaste attribute add unit` takes it in
            warning featured: nothing was read from this column: nothing in this shop is called "featured"; it is filled in 1 of 1 rows, such as "1", and looks like the type integer; `rikaste attribute add featured` takes it in
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn commercetools() {
    check(
        "products.json",
        r#"{"results": [{"id": "c1", "key": "kuura", "version": 3, "productType": {"typeId": "product-type", "id": "t1"},
  "name": {"en-GB": "Kuura", "fi-FI": "Kuura"}, "description": {"en-GB": "Dry"}, "slug": {"en-GB": "kuura"},
  "categories": [{"typeId": "category", "id": "c9"}],
  "masterVariant": {"id": 1, "sku": "HH-1-M", "prices": [{"value": {"type": "centPrecision", "currencyCode": "EUR", "centAmount": 5990, "fractionDigits": 2}}],
    "images": [{"url": "https://cdn.example/m.jpg"}], "attributes": [{"name": "color", "value": "moss"}, {"name": "size", "value": "110"}]},
  "variants": [{"id": 2, "sku": "HH-1-N", "prices": [{"value": {"currencyCode": "EUR", "centAmount": 4990}}], "images": [], "attributes": [{"name": "color", "value": "night"}]}]}]}"#,
        expect![[r#"
            JSON, records in results, UTF-8, preset commercetools
            1 kuura: model; [4] name en-GB = Kuura; [5] name fi-FI = Kuura; [6] description en-GB = Dry
            1 HH-1-M: parent kuura; [11] images = m.jpg; [14] color = moss; [15] size = 110; [12] price retail = 59.90 EUR
            1 HH-1-N: parent kuura; [14] color = night; [12] price retail = 49.90 EUR
            info row 1, HH-1-M, images[].url "https://cdn.example/m.jpg": no pictures are fetched from cdn.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn icecat() {
    check(
        "icecat.json",
        r#"{"msg": "OK", "data": {"GeneralInfo": {"IcecatId": 1234, "Title": "Kuura 110", "Brand": "Hilla", "BrandPartCode": "HH-1", "GTIN": ["6412345678907"],
  "Category": {"CategoryID": "9", "Name": {"Value": "Outerwear", "Language": "EN"}}, "Description": {"LongDesc": "<b>Dry</b>"}},
  "Gallery": [{"ID": "1", "Pic": "https://images.example/1.jpg"}, {"ID": "2", "Pic": "https://images.example/2.jpg"}]}}"#,
        expect![[r#"
            JSON, records in data, UTF-8, preset Icecat
            1 HH-1: [1] name = Kuura 110; [2] brand = Hilla; [4] categories = outerwear; [5] description = <b>Dry</b>; [6] images = 1.jpg, 2.jpg; [7] gtin = 06412345678907
            info row 1, HH-1, Gallery[].Pic "https://images.example/1.jpg, https://images.example/2.jpg": no pictures are fetched from images.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn schema_org() {
    check(
        "products.jsonld",
        r#"[{"@context": "https://schema.org", "@type": "Product", "sku": "HH-1", "name": "Kuura", "description": "Dry", "gtin13": "6412345678907",
  "brand": {"@type": "Brand", "name": "Hilla"}, "image": ["https://shop.example/1.jpg", "https://shop.example/2.jpg"], "color": "moss",
  "offers": {"@type": "Offer", "price": "59.90", "priceCurrency": "EUR"}}]"#,
        expect![[r#"
            JSON array, UTF-8, preset schema.org
            1 HH-1: [3] name = Kuura; [4] description = Dry; [5] gtin = 06412345678907; [7] brand = Hilla; [8] images = 1.jpg, 2.jpg; [9] color = moss; [10] price retail = 59.90 EUR
            info row 1, HH-1, image "https://shop.example/1.jpg, https://shop.example/2.jpg": no pictures are fetched from shop.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn google_as_rss() {
    check(
        "feed.xml",
        r#"<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title><link>https://shop.example</link>
<item><g:id>HH-1-M</g:id><g:title>Kuura</g:title><g:description>Dry</g:description><g:link>https://shop.example/kuura</g:link><g:image_link>https://shop.example/1.jpg</g:image_link><g:additional_image_link>https://shop.example/2.jpg</g:additional_image_link><g:additional_image_link>https://shop.example/3.jpg</g:additional_image_link><g:availability>in_stock</g:availability><g:price>59.90 EUR</g:price><g:brand>Hilla</g:brand><g:gtin>6412345678907</g:gtin><g:item_group_id>HH-1</g:item_group_id></item>
</channel></rss>"#,
        expect![[r#"
            XML, records in rss/channel/item, UTF-8, preset Google Merchant
            1 HH-1-M: parent HH-1; [1] name = Kuura; [2] description = Dry; [4] images = 1.jpg, 2.jpg, 3.jpg; [6] status = active; [8] brand = Hilla; [9] gtin = 06412345678907; [7] price retail = 59.90 EUR
            info row 1, HH-1-M, image_link "https://shop.example/1.jpg": no pictures are fetched from shop.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn odoo() {
    check(
        "odoo.csv",
        "\
External ID;Internal Reference;Name;Product Type;Barcode;Sales Price;Weight;Sales Description;Attribute values
t1;;Rain jacket;Goods;;110;;Waterproof;
p1;RJ-M-S;Rain jacket;;6412345678907;;0,42;;Color:Moss,Size:S
p2;RJ-N-M;Rain jacket;;;;0,43;;Color:Night,Size:M
p2;RJ-N-M;Rain jacket;;;;0,43;;Color:Night,Size:M
t2;UM-1;Umbrella;Goods;;19,90;0,3;;
t3;;Nameless;Goods;;1;;;
",
        expect![[r#"
            CSV, semicolon, UTF-8, preset Odoo
            2 rain-jacket: model; parent none; [2] name = Rain jacket; [7] description = Waterproof; [5] price retail = 110.00 EUR
            3 RJ-M-S: parent rain-jacket; [4] gtin = 06412345678907; [6] weight = 0.42 kg; [8] color = moss; [8] size = S
            4 RJ-N-M: parent rain-jacket; [4] gtin cleared; [6] weight = 0.43 kg; [8] color = night; [8] size = M
            5 RJ-N-M: parent rain-jacket; [4] gtin cleared; [6] weight = 0.43 kg; [8] color = night; [8] size = M
            6 UM-1: parent none; [2] name = Umbrella; [7] description cleared; [4] gtin cleared; [6] weight = 0.3 kg; [5] price retail = 19.90 EUR
            info row 5, RJ-N-M: row 4 is about this SKU, too; what both say was put together
            error row 7, Internal Reference "": the row has no SKU; the row was not taken
            6 rows, 1 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn magento_stock_sources() {
    let csv = "source_code,sku,status,quantity\nhelsinki,01234,1,10.000\nhelsinki,1234,1,3.0000\ncentral,1234-A,0,8.0000\n";
    expect![[r#"
        CSV, comma, UTF-8, preset Magento 2 stock sources
        2 01234: [3] stock helsinki = 10
        3 1234: [3] stock helsinki = 3
        4 1234-A: [3] stock central = 0
        3 rows, 0 rejected, 0 skipped
    "#]]
    .assert_eq(&outcome(&TestShop::new(), DropKind::Stock, "stock_sources.csv", csv.as_bytes()));
}

#[test]
fn bigcommerce() {
    check(
        "bigcommerce.csv",
        "\
Item,ID,Name,Type,SKU,Options,Inventory Tracking,Current Stock,Low Stock,Price,Cost Price,Retail Price,Sale Price,Brand ID,Channels,Categories,Description,UPC/EAN,Weight,Is Visible,Variant Image URL,Internal Image URL (Export),Image URL (Import),Image Description,Video Title
Product,77,Rain jacket Kuura,physical,HH-1,,variant,0,0,59.90,20,0.00,49.90,4,1,23;24,<p>Dry.</p>,,0.41,TRUE,,,,,
Variant,101,,,HH-1-M,Type=Rectangle|Name=Color|Value=MossType=Rectangle|Name=Size|Value=110,,4,0,,,,,,,,,6412345678907,,,https://cdn.example/m.jpg,,,,
Variant,102,,,HH-1-N,Type=Swatch|Name=Color|Value=Night[#000033]|Type=Dropdown|Name=Size|Value=116,,0,0,69.90,,,39.90,,,,,,0.43,,,,,,
Image,301,,,,,,,,,,,,,,,,,,,,https://cdn.example/1.jpg,,Front,
Image,302,,,,,,,,,,,,,,,,,,,,https://cdn.example/2.jpg,,Back,
Product,78,Beanie,physical,HH-2,,none,0,0,19.90,,24.90,0.00,,1,23,Warm,,0.06,FALSE,,,,,
Image,303,,,,,,,,,,,,,,,,,,,,https://cdn.example/3.jpg,,,
Video,9,,,,,,,,,,,,,,,,,,,,,,,Film
",
        expect![[r#"
            CSV, comma, UTF-8, preset BigCommerce
            2 HH-1: model; parent none; [2] name = Rain jacket Kuura; [16] description = <p>Dry.</p>; [19] status = active; [21] images = 1.jpg, 2.jpg
            3 HH-1-M: parent HH-1; [5] color = moss; [5] size = 110; [17] gtin = 06412345678907; [18] weight = 0.41 kg; [20] images = m.jpg; [9] price retail = 59.90 EUR; [12] price retail = 49.90 EUR 1970-01-01T02:00:00..
            4 HH-1-N: parent HH-1; [5] color = night; [5] size = 116; [17] gtin cleared; [18] weight = 0.43 kg; [20] images cleared; [9] price retail = 69.90 EUR; [12] price retail = 39.90 EUR 1970-01-01T02:00:00..
            7 HH-2: parent none; [2] name = Beanie; [16] description = Warm; [19] status = draft; [21] images = 3.jpg; [17] gtin cleared; [18] weight = 0.06 kg; [9] price retail = 19.90 EUR; [12] price retail = none 1970-01-01T02:00:00..
            info sale prices of 0 taken for none: 1
            info sale prices without an end, which hold until a file takes them back: 2
            info one product of the file is not offered in any channel, because the file says so ("HH-2")
            warning Current Stock: nothing was read from this column: nothing in this shop is called "current_stock"; it is filled in 3 of 4 rows, such as "4", and looks like the type integer; `rikaste attribute add current_stock` takes it in
            warning Brand ID: nothing was read from this column: nothing in this shop is called "brand_id"; did you mean "brand"?
            warning Categories: nothing was read from this column: nothing in this shop is called "category_ids"; it is filled in 2 of 4 rows, such as "23;24", and looks like the type text; `rikaste attribute add category_ids` takes it in
            warning Image Description: nothing was read from this column: nothing in this shop is called "image_alt"; did you mean "images"?
            info row 2, HH-1, Internal Image URL (Export) "https://cdn.example/1.jpg, https://cdn.example/2.jpg": no pictures are fetched from cdn.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            8 rows, 0 rejected, 0 skipped
        "#]],
    );
    let first = "Item,ID,Name,Type,SKU,Options,Inventory Tracking\nVariant,1,,,HH-9,Type=Rectangle|Name=Color|Value=Moss,\n";
    check(
        "orphan.csv",
        first,
        expect![[r#"
        CSV, comma, UTF-8, preset BigCommerce
        error row 2, SKU "": the row has no SKU; the row was not taken
        1 rows, 1 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn bigcommerce_before() {
    check(
        "products-2019.csv",
        "\
Item Type,Product ID,Product Name,Product Type,Product Code/SKU,Brand Name,Product Description,Price,Retail Price,Sale Price,Product Weight,Allow Purchases?,Product Visible?,Track Inventory,Current Stock Level,Category,Product Image File - 1,Product Image Description - 1,Product UPC/EAN
Product,77,Rain jacket Kuura,P,HH-1,Hilla,Dry.,59.90,0.00,49.90,0.41,Y,Y,by option,0,Outerwear;Sale,a.jpg,Front,6412345678907
  SKU,,\"[S]Color=Moss,[RB]Size=110\",,HH-1-M,,,,,,,,,,4,,,,
  Rule,,,,HH-1-M,,,[ADD]5,,,,Y,Y,,,,,,
Product,78,Beanie,P,HH-2,Hilla,Warm,19.90,24.90,0.00,0.06,N,Y,none,0,Outerwear,b.jpg,,
",
        expect![[r#"
            CSV, comma, UTF-8, preset BigCommerce, older export
            2 HH-1: [2] name = Rain jacket Kuura; [5] brand = Hilla; [6] description = Dry.; [10] weight = 0.41 kg; [11] status = active; [15] categories = outerwear, sale; [16] images = a.jpg; [18] gtin = 06412345678907; [7] price retail = 59.90 EUR; [9] price retail = 49.90 EUR 1970-01-01T02:00:00..
            5 HH-2: [2] name = Beanie; [5] brand = Hilla; [6] description = Warm; [10] weight = 0.06 kg; [11] status = draft; [15] categories = outerwear; [16] images = b.jpg; [18] gtin cleared; [7] price retail = 19.90 EUR; [9] price retail = none 1970-01-01T02:00:00..
            info sale prices of 0 taken for none: 1
            info sale prices without an end, which hold until a file takes them back: 1
            info one product of the file is not offered in any channel, because the file says so ("HH-2")
            info Item Type: rows that the preset leaves out, by what stands in this column: 2 ("SKU", "Rule")
            warning Current Stock Level: nothing was read from this column: nothing in this shop is called "current_stock"; it is filled in 2 of 2 rows, such as "0", and looks like the type integer; `rikaste attribute add current_stock` takes it in
            4 rows, 0 rejected, 2 skipped
        "#]],
    );
}

/// The template for new products: the product's own row has no SKU, a price of 0, and its name.
#[test]
fn spree_template_of_products_without_numbers() {
    check(
        "product_import_file_template.csv",
        "\
slug,sku,name,price,compare_at_price,currency,status,description,category1,option1_name,option1_value,option2_name,option2_value,image1_src,weight,weight_unit,available_on,discontinue_on,inventory_count,metafield.properties.wattage
kuura-jacket,,Kuura,0,,EUR,active,Dry,Clothing -> Outerwear,,,,,https://shop.example/1.webp,,kg,,,,
kuura-jacket,KUURA-M,,59.90,,EUR,,,,Color,Moss,,,https://shop.example/2.webp,0.41,kg,,,5000,
kuura-jacket,KUURA-N,,59.90,69.90,EUR,,,,Color,Night,,,https://shop.example/3.webp,0.41,kg,,,5000,
",
        expect![[r#"
            CSV, comma, UTF-8, preset Spree
            2 kuura-jacket: model; parent none; [2] name = Kuura; [6] status = active; [7] description = Dry; [8] categories = outerwear; [13] images = 1.webp, 2.webp, 3.webp; [16] status ..1970-01-01T02:00:00 cleared; [17] status 9223372036854775807.. cleared
            3 KUURA-M: parent kuura-jacket; [14] weight = 0.41 kg; [10] color = moss; [3] price retail = 59.90 EUR; [4] price retail = none 1970-01-01T02:00:00..
            4 KUURA-N: parent kuura-jacket; [14] weight = 0.41 kg; [10] color = night; [4] price retail = 69.90 EUR; [3] price retail = 59.90 EUR 1970-01-01T02:00:00..
            info sale prices without an end, which hold until a file takes them back: 1
            warning inventory_count: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            warning metafield.properties.wattage: nothing was read from this column: nothing in this shop is called "metafield.properties.wattage"
            info row 2, kuura-jacket, image1_src "https://shop.example/1.webp, https://shop.example/2.webp, https://shop.example/3…": no pictures are fetched from shop.example: drop them into inbox/images under their file names, or have whoever runs the shop add it to hosts in [pictures] of shop.toml (said once for the host)
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
}
