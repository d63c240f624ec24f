//! How long the plugin takes for a product, natively: `cargo run --release --example measure`.

use std::time::Instant;

use rikaste_care::CarePlugin;
use rikaste_plugin::{Context, Enricher, Patch, Product};

const BATCHES: usize = 400;

fn main() {
    let plugin = CarePlugin::new(Default::default()).expect("the default configuration is valid");
    let locales = ["fi-FI", "sv-SE", "en-GB", "de-DE"].map(Into::into).to_vec();
    let context = Context { locales, channels: Vec::new() };
    let products: Vec<Product> = (0..256).map(product).collect();
    let start = Instant::now();
    let values: usize = (0..BATCHES)
        .flat_map(|_| plugin.enrich_batch(&context, &products))
        .map(|outcome| outcome.map_or(0, |patch| patch.values.len()))
        .sum();
    let micros = start.elapsed().as_secs_f64() * 1e6 / (BATCHES * products.len()) as f64;
    println!("{micros:.2} µs per product, {values} values");
}

/// Neighbours differ, so that no outcome is used twice.
fn product(index: usize) -> Product {
    let texts = [
        "Konepesu 40 °C, hellävarainen. Ei valkaisua. Ei rumpukuivausta. Silitys kielletty.",
        "Machine wash 30 gentle; do not bleach; line dry; iron low; do not dry clean",
        "Hienopesu 30. Tasokuivaus. DNB",
    ];
    let mut patch = Patch::new();
    patch.text("care_text", texts[index % texts.len()]);
    patch.text("material", "Päällinen: 80 % villa, 20 % polyamidi; Vuori: 100 % polyesteri");
    Product { values: patch.values, ..Product::empty() }
}
