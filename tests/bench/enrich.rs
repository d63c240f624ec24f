//! What enriching costs all in all: keys, memo, the plugins in their sandbox and the checking of
//! what they answer, on one thread, with a shop like the demo's.
//!
//! `cargo bench --bench enrich` runs it.

mod allocator;
#[expect(dead_code)]
mod clock;
mod products;

use std::sync::Arc;

use clock::Clock;
use products::{OnePhoto, distinct, photo};
use rikaste_model::code::Sku;
use rikaste_model::shop::Shop;
use rikaste_runtime::enrich::{EnrichCounts, EnrichWorker, EnricherSet, EnrichmentCandidate};
use rikaste_runtime::{LoadedPlugins, PluginRuntime};

const PRODUCTS: usize = 20_000;
const ROUNDS: usize = 6;
/// What the pipeline hands over at a time.
const BATCH: usize = 128;

fn main() {
    let cache = tempfile::tempdir().expect("a temporary folder");
    let runtime = PluginRuntime::new(cache.path()).expect("an engine");
    let (shop, loaded) = products::demo(&runtime);
    let mut products: Vec<_> = (0..PRODUCTS).map(distinct).collect();
    measure("all plugins", &shop, &loaded, &mut products);
    measure("all plugins, five sizes each", &shop, &loaded, &mut sizes());
    for plugin in &loaded.enrichers {
        let alone =
            LoadedPlugins { enrichers: vec![Arc::clone(plugin)], ..LoadedPlugins::default() };
        measure(plugin.name().as_str(), &shop, &alone, &mut products);
    }
    start(&shop, &loaded);
}

/// The best of some rounds: whatever else the machine does only ever adds.
fn measure(name: &str, shop: &Shop, loaded: &LoadedPlugins, products: &mut [EnrichmentCandidate]) {
    let (mut new, mut unchanged) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        products.iter_mut().for_each(|one| one.product.content.enrichments.clear());
        let mut worker = worker(loaded);
        let mut round = |products: &mut [EnrichmentCandidate]| {
            let mut counts = EnrichCounts::default();
            let clock = Clock::of_thread();
            products.chunks_mut(BATCH).for_each(|batch| counts += worker.enrich_batch(shop, batch));
            (clock.elapsed().as_secs_f64() * 1e6 / products.len() as f64, counts)
        };
        new = new.min(round(products).0);
        let (again, counts) = round(products);
        assert_eq!(counts.plugin_runs, 0);
        unchanged = unchanged.min(again);
    }
    println!("{name:>30}: new {new:6.2} µs a product, unchanged {unchanged:5.2} µs");
}

fn start(shop: &Shop, loaded: &LoadedPlugins) {
    const STARTS: usize = 100;
    let mut one = [distinct(0)];
    worker(loaded).enrich_batch(shop, &mut one.clone());
    let clock = Clock::of_thread();
    for _ in 0..STARTS {
        worker(loaded).enrich_batch(shop, &mut one);
        one[0].product.content.enrichments.clear();
    }
    let micros = clock.elapsed().as_secs_f64() * 1e6 / STARTS as f64;
    println!("{:>30}: {micros:.0} µs for a worker with four new instances", "start");
}

fn worker(loaded: &LoadedPlugins) -> EnrichWorker {
    Arc::new(EnricherSet::new(loaded, Arc::new(OnePhoto(photo())))).new_worker()
}

/// As many products, but five at a time are sizes of one model: alike in what plugins read.
fn sizes() -> Vec<EnrichmentCandidate> {
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
