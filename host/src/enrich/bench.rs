//! What enriching costs, with the plugins that come with the program and a shop like the demo's.
//!
//! `cargo test --release -p rikaste enrich::bench -- --ignored --nocapture`

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rikaste_catalog::locale::Locale;
use rikaste_catalog::product::{Hash, Photo};
use rikaste_catalog::shop::{Attribute, Shop};
use rikaste_catalog::value::{Data, DataType, Value};

use super::testing::*;
use super::{Candidate, EnrichCounts, Worker};
use crate::bundled;
use crate::plugin::{self, Loaded};

const LOCALES: [&str; 4] = ["fi-FI", "sv-SE", "en-GB", "de-DE"];
const PRODUCTS: usize = 20_000;
const BATCH: usize = 128;

#[test]
#[ignore = "a measurement, for the release profile"]
fn four_plugins_over_distinct_products() {
    let (shop, loaded) = demo_shop();
    let products: Vec<_> = (0..PRODUCTS).map(distinct).collect();
    measure("distinct, all plugins", &shop, &mut worker(&loaded), products.clone());
    for plugin in &loaded.plugins {
        let alone = Loaded { plugins: vec![Arc::clone(plugin)], broken: Vec::new() };
        measure(plugin.name().as_str(), &shop, &mut worker(&alone), products.clone());
    }
}

#[test]
#[ignore = "a measurement, for the release profile"]
fn four_plugins_over_unchanged_products() {
    let (shop, loaded) = demo_shop();
    let mut worker = worker(&loaded);
    let mut products: Vec<_> = (0..1_000).map(distinct).collect();
    worker.enrich(&shop, &mut products);
    let clock = Clock::start();
    for _ in 0..100 {
        products
            .chunks_mut(BATCH)
            .for_each(|batch| assert_eq!(worker.enrich(&shop, batch).plugin_runs, 0));
    }
    println!("{:>30}: {:.2} µs per product", "unchanged", clock.micros() / 100_000.0);
}

#[test]
#[ignore = "a measurement, for the release profile"]
fn cost_of_one_fresh_instance() {
    let (shop, loaded) = demo_shop();
    let mut one = [distinct(0)];
    worker(&loaded).enrich(&shop, &mut one.clone());
    let clock = Clock::start();
    for _ in 0..100 {
        worker(&loaded).enrich(&shop, &mut one);
        one[0].product.content.enrichments.clear();
    }
    println!(
        "{:>30}: {:.0} µs for a worker with four new instances",
        "start",
        clock.micros() / 100.0
    );
}

/// Processor time of this thread where the system tells it (Linux), for a machine that has more to
/// do; else the time that went by.
struct Clock(Instant, Option<u64>);

impl Clock {
    fn start() -> Self {
        Self(Instant::now(), Self::on_processor())
    }

    fn on_processor() -> Option<u64> {
        let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        times.split(' ').next()?.parse().ok()
    }

    fn micros(&self) -> f64 {
        match (self.1, Self::on_processor()) {
            (Some(before), Some(now)) => (now - before) as f64 / 1_000.0,
            _ => self.0.elapsed().as_secs_f64() * 1e6,
        }
    }
}

fn measure(name: &str, shop: &Shop, worker: &mut Worker, mut products: Vec<Candidate>) {
    let mut run = |label: &str, products: &mut [Candidate]| {
        let clock = Clock::start();
        let mut counts = EnrichCounts::default();
        for batch in products.chunks_mut(BATCH) {
            counts += worker.enrich(shop, batch);
        }
        let each = clock.micros() / products.len() as f64;
        println!("{name:>30}, {label}: {each:6.2} µs per product, {counts:?}");
    };
    run("new", &mut products);
    run("unchanged", &mut products);
}

fn demo_shop() -> (Shop, Loaded) {
    let mut shop = shop(&LOCALES);
    for (code, data_type, localizable) in [
        ("name", DataType::Text, true),
        ("description", DataType::Text, true),
        ("care_text", DataType::Text, true),
        ("material", DataType::Text, true),
        ("color", DataType::Options, false),
        ("family", DataType::Options, false),
    ] {
        shop.attributes
            .insert(attribute(code), Attribute { localizable, ..Attribute::of(data_type) });
    }
    let configs = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/plugins");
    let loaded = plugin::load(&RUNTIME, &bundled::PLUGINS, &configs, &mut shop);
    let broken: Vec<_> = loaded.broken.iter().map(ToString::to_string).collect();
    assert_eq!(broken, Vec::<String>::new());
    (shop, loaded)
}

/// A jacket, some 25 values, unlike any other in every input.
fn distinct(number: usize) -> Candidate {
    let localized = |code: &str, texts: [&str; 4]| {
        let values = LOCALES.into_iter().zip(texts).map(|(locale, words)| Value {
            locale: Some(Locale::new(locale).expect("valid")),
            ..text(code, &format!("{words} {number}"))
        });
        values.collect::<Vec<_>>()
    };
    let option =
        |code: &str, option: &str| Value::new(attribute(code), Data::Options(vec![option.into()]));
    let mut values = localized(
        "name",
        [
            "Kuoritakki Tunturi",
            "Skaljacka Tunturi",
            "Tunturi shell jacket",
            "Hardshelljacke Tunturi",
        ],
    );
    values.extend(localized(
        "description",
        [
            "Kevyt ja vedenpitävä takki syksyn retkille, teipatut saumat ja säädettävä huppu.",
            "Lätt och vattentät jacka för höstens turer, tejpade sömmar och justerbar huva.",
            "Light waterproof jacket for autumn hikes with taped seams and an adjustable hood.",
            "Leichte wasserdichte Jacke für Herbsttouren, getapte Nähte und verstellbare Kapuze.",
        ],
    ));
    values.extend(localized(
        "material",
        ["100 % polyamidi", "100 % polyamid", "100% polyamide", "100 % Polyamid"],
    ));
    values.push(text(
        "care_text",
        &format!("Konepesu 40 °C, ei valkaisua, ei rumpukuivausta, silitys max 110 °C. {number}"),
    ));
    values.extend([
        option("color", "sand"),
        option("family", "jacket"),
        option("size", "110"),
        option("brand", "Hilla"),
    ]);
    values.extend(
        ["season", "lining", "hood", "pockets", "fit", "origin", "weight", "collar"]
            .map(|code| text(code, "x")),
    );
    let mut product = product(&format!("HH-{number}"), values);
    let file = photo();
    product.content.photos = vec![Photo {
        file_name: format!("HH-{number}.jpg").into(),
        asset: Hash::of(&file),
        size: file.len() as u64,
        role: "main".into(),
    }];
    Candidate {
        group_reviews: (0..3).map(|index| review(&format!("{number}-{index}"))).collect(),
        ..candidate(product)
    }
}
