//! Channel documents in the manual: what comes of the files above them, photos and plugins aside. And a receipt.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use rikaste_import::{FileImporter, MappingSet};
use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::merge::{ImportAge, merge_record};
use rikaste_model::moment::Moment;
use rikaste_model::photo::{
    Color, ColorSwatch, FocusPoint, PhotoContent, PhotoMetadata, PhotoRole,
};
use rikaste_model::product::{ContentHash, DropId, Photo, Product};
use rikaste_model::projection::ProductView;
use rikaste_model::receipt::{DropOutcome, ProductCounts, Receipt, RejectedRows, RowCounts};
use rikaste_model::record::DropKind;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop::Shop;
use rikaste_model::words;
use rikaste_model::words::Language;
use rikaste_receipts::ReceiptLocale;

use super::blocks::{CodeBlock, ExpectedBlocks, read_blocks};
use super::records::read_all;
use super::root;
use super::shop::ExampleShop;

/// A photo, a film and a leaflet of a product, as if they had been dropped.
fn example_photos(sku: &str) -> Vec<Photo> {
    let facts = PhotoMetadata {
        maker: ContentHash::hash_bytes(b"maker"),
        media_type: "image/jpeg".into(),
        width: 1_920,
        height: 1_280,
        orientation: 1,
        frames: 1,
        profile: None,
        transparent: false,
        white_background: true,
        sharpness: 620,
        colors: vec![ColorSwatch { color: Color { red: 200, green: 180, blue: 145 }, share: 900 }],
        thumbhash: (1..=21).collect(),
        perceptual_hash: 1,
        focus: FocusPoint { x: 500, y: 500 },
        content: PhotoContent::Photo,
        remarks: Vec::new(),
    };
    let photo = |name: String, role, size, facts| Photo {
        asset: ContentHash::hash_bytes(name.as_bytes()),
        file_name: name.into(),
        size,
        role,
        facts,
    };
    vec![
        photo(format!("{sku}.jpg"), PhotoRole::Main, 1_200_000, Some(Arc::new(facts))),
        photo(format!("{sku}.mp4"), PhotoRole::Video, 4_100_000, None),
        photo(format!("{sku}-care.pdf"), PhotoRole::Document, 52_000, None),
    ]
}

/// Takes the records of a file into the products.
fn take_in(products: &mut BTreeMap<Sku, Product>, shop: &Shop, block: &CodeBlock, drop: u32) {
    let (folder, name) = block.word(1).split_once('/').expect("a file with its folder");
    let kind = DropKind::from_folder(folder).expect("a folder of the inbox");
    let mappings = MappingSet::default();
    let importer = FileImporter::new(shop, &mappings);
    let bytes = Cursor::new(block.text.clone().into_bytes());
    let (records, messages) = importer
        .open_source(kind, name, bytes)
        .and_then(|mut reading| read_all(&mut reading))
        .unwrap_or_else(|error| panic!("{}{error}", block.place()));
    assert_eq!(messages, [""; 0], "{}", block.place());
    let at = Moment::parse_in_zone("2026-10-01", &shop.zone).expect("a day");
    for record in records {
        let sku = record.sku.clone();
        let product = products.entry(sku.clone()).or_insert_with(|| Product::new(sku));
        merge_record(product, record, &ImportAge::new(DropId(drop)), at);
        product.commerce.record_current_prices(at);
    }
}

#[test]
fn the_channel_document_is_what_comes_of_the_files_above_it() {
    let path = root().join("host/manual/channel-document.md");
    let mut expected = ExpectedBlocks::new(&path);
    let mut products = BTreeMap::new();
    let (mut drop, mut documents) = (0, 0);
    let shop = ExampleShop::new().load().expect("the example shop is valid");
    for block in read_blocks(&path) {
        if block.word(0) == "csv" {
            drop += 1;
            take_in(&mut products, &shop, &block, drop);
        }
        if !block.is(&["json", "document"]) {
            continue;
        }
        let sku = Sku::new(block.word(2)).expect("a SKU");
        let at = Moment::parse_in_zone(block.word(3), &shop.zone).expect("a day");
        let mut product = products[&sku].clone();
        product.content.photos = example_photos(sku.as_str());
        let parent = product.content.parent.as_ref().and_then(|sku| products.get(sku));
        let view = ProductView::new(&shop, &product, parent, at);
        let channel = shop.find_channel("web").expect("the channel of configuration.md");
        let document = view.build_document(channel).expect("the channel shows it");
        let document = match block.word(4) {
            "" => document,
            locale => document.flatten_locale(locale).expect("the document has the locale"),
        };
        let document = serde_json::to_string_pretty(&document).expect("JSON");
        expected.compare(&block, format!("{document}\n"));
        documents += 1;
    }
    assert_eq!(documents, 2);
    expected.finish();
}

/// A receipt with one refused row.
fn example_receipt() -> Receipt {
    let problem = words!("row-not-taken", problem = words!("sku-missing"));
    Receipt {
        drop: DropId(3),
        kind: DropKind::Products,
        file: "products/spring.csv".to_owned(),
        hash: Some(ContentHash::hash_bytes(b"spring")),
        size: 12_345,
        at: Moment(1_795_000_000),
        milliseconds: 412,
        outcome: DropOutcome::Released,
        release: Some(ReleaseNumber(12)),
        undone: None,
        read_as: "CSV, semicolon, UTF-8".to_owned(),
        columns: vec!["sku".into(), "price-EUR".into()],
        rows: RowCounts { new: 50, changed: 5, unchanged: 3, rejected: 1 },
        cells_left_out: 0,
        warnings: 0,
        rejects: Some(RejectedRows { hash: ContentHash::hash_bytes(b"rejects"), rows: 1 }),
        too_many: None,
        question: None,
        products: ProductCounts {
            touched: 55,
            enriched: 55,
            plugin_runs: 110,
            memo_hits: 110,
            documents: 165,
            gone: 0,
        },
        messages: vec![Diagnostic::new_error("sku-missing", problem).at_row(17).at_cell("sku", "")],
        message_counts: BTreeMap::from([("sku-missing".into(), 1)]),
    }
}

#[test]
fn the_receipt_is_as_receipts_are_written() {
    let path = root().join("host/manual/receipts.md");
    let mut expected = ExpectedBlocks::new(&path);
    let blocks = read_blocks(&path);
    let block = blocks.iter().find(|block| block.is(&["json", "receipt"])).expect("a receipt");
    let zone = jiff::tz::TimeZone::get("Europe/Helsinki").expect("a zone");
    let manner = ReceiptLocale { language: Language::Fi, zone: &zone };
    expected
        .compare(block, format!("{}\n", rikaste_receipts::render_json(&example_receipt(), manner)));
    expected.finish();
}
