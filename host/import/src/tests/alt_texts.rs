//! Alternative texts in product files.

use rikaste_model::value::{TableData, ValueData};

use super::*;

/// Each text with its locale and the photo that it is of.
fn check(file: &str, expected: &[&str]) {
    let folder = TestShop::new();
    let model = format!("{MODEL}[attributes.image_alt]\ntype = \"table\"\nlocalizable = true\n");
    folder.write("model.toml", &model);
    let shop = folder.shop();
    let mappings = MappingSet::load_folder(folder.path(), &shop).expect("a folder");
    let read = import(&shop, &mappings, DropKind::Products, "x.csv", file.as_bytes());
    let read = read.expect("it can be read");
    let mut texts = Vec::new();
    for record in read.records {
        let RecordBody::Product(product) = record.body else { panic!("rows are of products") };
        for cell in product.cells {
            let CellChange::Set(value) = cell.change else { continue };
            if let ValueData::Table(TableData { columns, rows }) = value.data {
                assert_eq!(columns, ["file_name", "alt", "made_by"]);
                let locale =
                    value.locale.map_or_else(|| "*".to_owned(), |locale| locale.to_string());
                let lines =
                    rows.iter().map(|row| format!("{} {locale} {}", record.sku, row.join("|")));
                texts.extend(lines);
            }
        }
    }
    assert_eq!(texts, expected, "{:?}", read.messages);
}

#[test]
fn texts_are_of_the_photos_that_the_row_names() {
    check(
        "sku,images,image_alt-fi_FI,image_alt-en_GB\n\
         A,a.jpg|b.jpg|c.jpg,Edestä||Takaa,Front\n\
         B,b.jpg,Yksi|Kaksi,\n",
        &[
            "A fi-FI a.jpg|Edestä|shop",
            "A fi-FI c.jpg|Takaa|shop",
            "A en-GB a.jpg|Front|shop",
            "B fi-FI b.jpg|Yksi|shop",
        ],
    );
}

#[test]
fn where_no_photo_is_named_a_text_keeps_its_place() {
    check("sku,Alt text\nA,Front||Back\n", &["A * |Front|shop", "A * ||shop", "A * |Back|shop"]);
}

#[test]
fn shopify_has_a_text_in_the_row_of_each_photo() {
    check(
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Image Alt Text\n\
         kuura,Jacket,Color,Moss,K-M,59.90,https://cdn.example/a.jpg?v=1,\n\
         kuura,,,Night,K-N,59.90,https://cdn.example/b.jpg,Back\n\
         kuura,,,Rust,K-R,59.90,,\n\
         kuura,,,,,,https://cdn.example/c.jpg,Back\n",
        &["kuura * b.jpg|Back|shop", "kuura * c.jpg|Back|shop"],
    );
}

#[test]
fn prestashop_lists_them_with_commas() {
    check(
        "Product ID;Active (0/1);Name *;Image URLs (x,y,z...);Image alt texts (x,y,z...);Reference #\n\
         1;1;Jacket;http://x.example/a.jpg,http://x.example/b.jpg;Front,Back;A\n",
        &["A * a.jpg|Front|shop", "A * b.jpg|Back|shop"],
    );
}
