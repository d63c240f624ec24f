//! What enriching costs, with the plugins that come with the program and a shop like the demo's.
//!
//! `cargo test --release -p rikaste enrich::bench -- --ignored --nocapture`

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rikaste_catalog::code::Sku;
use rikaste_catalog::locale::Locale;
use rikaste_catalog::product::{Hash, Photo};
use rikaste_catalog::shop::{Attribute, Shop};
use rikaste_catalog::value::{Data, DataType, Value};

use super::testing::*;
use super::{Candidate, EnrichCounts};
use crate::bundled;
use crate::plugin::Loaded;

const LOCALES: [&str; 4] = ["fi-FI", "sv-SE", "en-GB", "de-DE"];
const PRODUCTS: usize = 20_000;
const ROUNDS: usize = 6;
const BATCH: usize = 128;

#[test]
#[ignore = "a measurement, for the release profile"]
fn cost_per_product() {
    let (shop, loaded) = demo_shop();
    let mut products: Vec<_> = (0..PRODUCTS).map(distinct).collect();
    measure("all plugins", &shop, &loaded, &mut products);
    measure("all plugins, five sizes each", &shop, &loaded, &mut sizes());
    for plugin in &loaded.plugins {
        let alone = Loaded { plugins: vec![Arc::clone(plugin)], broken: Vec::new() };
        measure(plugin.name().as_str(), &shop, &alone, &mut products);
    }
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

/// The best of some rounds: whatever else the machine does only ever adds.
fn measure(name: &str, shop: &Shop, loaded: &Loaded, products: &mut [Candidate]) {
    let (mut new, mut unchanged) = (f64::MAX, f64::MAX);
    let mut counts = EnrichCounts::default();
    let mut steps = 0;
    for _ in 0..ROUNDS {
        products.iter_mut().for_each(|one| one.product.content.enrichments.clear());
        let mut worker = worker(loaded);
        let mut round = |products: &mut [Candidate]| {
            let clock = Clock::start();
            counts = EnrichCounts::default();
            products.chunks_mut(BATCH).for_each(|batch| counts += worker.enrich(shop, batch));
            clock.micros() / products.len() as f64
        };
        new = new.min(round(products));
        unchanged = unchanged.min(round(products));
        steps = worker
            .runners()
            .iter()
            .filter_map(|runner| Some(runner.instance()?.used().steps))
            .sum();
    }
    assert_eq!(counts.plugin_runs, 0);
    let last = products.chunks(BATCH).next_back().map_or(1, <[_]>::len) as u64;
    let made = products.iter().flat_map(|one| &one.product.content.enrichments);
    let values = made.map(|enrichment| enrichment.values.len()).sum::<usize>() / products.len();
    println!(
        "{name:>30}: new {new:6.2} µs, unchanged {unchanged:5.2} µs; {values} values, {} steps",
        steps / last
    );
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
    let loaded = load_from(&bundled::PLUGINS, &configs, &mut shop);
    let broken: Vec<_> = loaded.broken.iter().map(ToString::to_string).collect();
    assert_eq!(broken, Vec::<String>::new());
    (shop, loaded)
}

/// As many products, but five at a time are sizes of one model: alike in what plugins read.
fn sizes() -> Vec<Candidate> {
    let of_model = |number| {
        let model = distinct(number);
        (0..5).map(move |size| {
            let mut variant = model.clone();
            variant.product.sku = Sku::new(&format!("HH-{number}-{size}")).expect("valid");
            variant
        })
    };
    (0..PRODUCTS / 5).flat_map(of_model).collect()
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
