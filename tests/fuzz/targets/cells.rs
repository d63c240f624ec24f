//! Cells: a text read as everything that can stand in one. JSON carries it, so that none of its
//! bytes are lost on the way.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rikaste_fuzz::explain;
use rikaste_model::record::DropKind;
use serde_json::{Map, Value};

const PRODUCT: [&str; 24] = [
    "name",
    "description-fi_FI-web",
    "color",
    "size",
    "weight",
    "volume",
    "reflective",
    "available_from",
    "water_column",
    "rating",
    "deposit",
    "photos",
    "sizes",
    "gtin",
    "brand",
    "family",
    "categories",
    "images",
    "price-retail",
    "price-sweden",
    "stock-helsinki",
    "care-product",
    "parent",
    "kind",
];
const OTHERS: [(DropKind, &[&str]); 4] = [
    (DropKind::Reviews, &["rating", "title", "text", "date", "verified", "locale", "author"]),
    (DropKind::Stock, &["location", "quantity"]),
    (DropKind::Prices, &["price_list", "price", "currency", "valid_from", "valid_until"]),
    (DropKind::Edits, &["attribute", "value", "locale", "valid_from", "by"]),
];

fuzz_target!(|text: &str| {
    let read = |kind, names: &[&str], given: &[(&str, &str)]| {
        let cell = |(name, text): (&str, &str)| (name.to_owned(), Value::from(text));
        let mut row = Map::from_iter(names.iter().map(|name| cell((name, text))));
        row.extend(given.iter().copied().map(cell));
        explain(kind, "a.jsonl", Value::Object(row).to_string().as_bytes())
    };
    let products = read(DropKind::Products, &PRODUCT, &[("sku", "A")]);
    assert!(products.is_ok(), "one row of valid JSON");
    let (kind, names) = OTHERS[text.len() % OTHERS.len()];
    let _ = read(kind, names, &[("sku", "A")]);
    let _ = match kind {
        DropKind::Prices => {
            read(kind, names, &[("sku", "A"), ("price_list", "retail"), ("currency", "EUR")])
        }
        DropKind::Edits => {
            read(kind, names, &[("sku", "A"), ("attribute", "weight"), ("locale", "")])
        }
        DropKind::Stock => read(kind, names, &[("sku", "A"), ("location", "helsinki")]),
        _ => read(kind, names, &[("sku", "A"), ("rating", "5"), ("date", "2026-01-02")]),
    };
});
