//! What the sandbox costs: the bundled plugins on the same products as ordinary Rust and in the
//! runtime with all limits on, on instances that are reused and on fresh ones, in calls of one
//! product to 1,024. Outcomes must be the same, to the byte.
//!
//! `cargo bench --bench sandbox` runs it with 100,000 products; `cargo bench --bench sandbox -- 10000
//! care` with another number, and one plugin.

mod allocator;
#[expect(dead_code)]
mod clock;
mod native;
mod products;

use std::array;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use native::{Native, Volume};
use products::OnePhoto;
use rikaste_model::shop::Shop;
use rikaste_runtime::enrich::EnrichmentCandidate;
use rikaste_runtime::{
    AssetReader, DeclaredInputs, GuestContext, GuestProduct, PatchValidator, Plugin, PluginInput,
    PluginRunner, PluginRuntime, ProductOutcome, limits, new_event_loop,
};

/// Products that are in memory at a time; the longest call.
const CHUNK: usize = 1_024;

/// Calls of so many products, and whether each is on a fresh instance.
const WAYS: [(usize, bool); 8] = [
    (1, false),
    (8, false),
    (32, false),
    (limits::MAX_BATCH, false),
    (128, false),
    (CHUNK, false),
    (1, true),
    (limits::MAX_BATCH, true),
];

/// The way that the pipeline takes, of [`WAYS`].
const LINE: usize = 3;

/// One plugin, native and sandboxed, and what it took.
struct Measured {
    plugin: Arc<Plugin>,
    native: Native,
    context: rikaste_plugin::Context,
    runners: [PluginRunner; WAYS.len()],
    took: Took,
}

#[derive(Default)]
struct Took {
    products: usize,
    native: Duration,
    /// Copying products into the contract's types, and dropping them.
    copying: Duration,
    sandboxed: [Duration; WAYS.len()],
    checking: Duration,
    steps: u64,
    given: Volume,
    answered: Volume,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let cache = tempfile::tempdir().expect("a temporary folder");
    let runtime = PluginRuntime::new(cache.path()).expect("an engine");
    let (shop, loaded) = products::demo(&runtime);
    let chosen = |plugin: &&Arc<Plugin>| {
        let name = plugin.name().as_str();
        let known: Vec<_> = loaded.enrichers.iter().map(|plugin| plugin.name().as_str()).collect();
        !arguments.iter().any(|argument| known.contains(&argument.as_str()))
            || arguments.iter().any(|argument| argument == name)
    };
    let mut measured: Vec<_> =
        loaded.enrichers.iter().filter(chosen).map(|plugin| Measured::new(plugin, &shop)).collect();
    // Once for nothing: caches, branch predictors, tables that are made when first needed.
    run(&mut measured, &shop, 0..CHUNK);
    measured.iter_mut().for_each(|one| one.took = Took::default());
    for start in (0..count).step_by(CHUNK) {
        run(&mut measured, &shop, start..count.min(start + CHUNK));
    }
    println!("{count} products; µs a product, processor time");
    measured.iter().for_each(|one| one.took.print(one.plugin.name().as_str()));
    let all = measured.iter().fold(Took::default(), |all, one| all.and(&one.took));
    all.print("all of them");
}

fn run(measured: &mut [Measured], shop: &Shop, numbers: Range<usize>) {
    let products: Vec<_> = numbers.map(products::distinct).collect();
    measured.iter_mut().for_each(|one| one.run(shop, &products));
}

impl Measured {
    fn new(plugin: &Arc<Plugin>, shop: &Shop) -> Self {
        let photo = products::photo();
        let name = rikaste_model::product::ContentHash::hash_bytes(&photo).to_string();
        rikaste_plugin::assets::testing::register(name, photo);
        Self {
            native: native::plugin(plugin.name().as_str(), plugin.config()),
            context: native::context(shop),
            runners: array::from_fn(|_| runner(plugin)),
            plugin: Arc::clone(plugin),
            took: Took::default(),
        }
    }

    fn run(&mut self, shop: &Shop, products: &[EnrichmentCandidate]) {
        let reads = &self.plugin.manifest().reads;
        let inputs: Vec<_> = products
            .iter()
            .map(|one| DeclaredInputs::from_input(reads, plugin_input(one)))
            .collect();
        let expected = self.run_native(shop, &inputs);
        for way in 0..WAYS.len() {
            let outcomes = self.run_sandboxed(way, shop, &inputs);
            assert_eq!(outcomes.len(), expected.len());
            for (product, (outcome, expected)) in outcomes.iter().zip(&expected).enumerate() {
                assert_same(self.plugin.name().as_str(), product, outcome, expected);
            }
            if way == LINE {
                self.check(shop, outcomes);
            }
        }
        self.took.products += products.len();
    }

    /// What the plugin answers as ordinary Rust, written out.
    fn run_native(&mut self, shop: &Shop, inputs: &[DeclaredInputs<'_>]) -> Vec<String> {
        let mut expected = Vec::with_capacity(inputs.len());
        for batch in inputs.chunks(limits::MAX_BATCH) {
            let clock = Clock::of_thread();
            let products: Vec<_> = batch.iter().map(|input| native::product(input, shop)).collect();
            self.took.copying += clock.elapsed();
            let clock = Clock::of_thread();
            let outcomes = (self.native)(&self.context, &products);
            self.took.native += clock.elapsed();
            products.iter().for_each(|product| self.took.given.given(product));
            outcomes.iter().for_each(|outcome| self.took.answered.answered(outcome));
            let clock = Clock::of_thread();
            drop(products);
            self.took.copying += clock.elapsed();
            expected.extend(outcomes.iter().map(|outcome| match outcome {
                Ok(patch) => format!("{patch:?}"),
                Err(why) => why.clone(),
            }));
        }
        expected
    }

    fn run_sandboxed(
        &mut self,
        way: usize,
        shop: &Shop,
        inputs: &[DeclaredInputs<'_>],
    ) -> Vec<ProductOutcome> {
        let (length, is_fresh) = WAYS[way];
        let context = GuestContext::from_shop(shop);
        let runner = &mut self.runners[way];
        let mut outcomes = Vec::with_capacity(inputs.len());
        let clock = Clock::of_thread();
        new_event_loop().block_on(async {
            for batch in inputs.chunks(length) {
                if is_fresh {
                    *runner = self::runner(&self.plugin);
                }
                let given: Vec<_> = batch
                    .iter()
                    .map(|input| GuestProduct::from_inputs(input, &shop.zone))
                    .collect();
                let inputs: Vec<_> = batch.iter().collect();
                outcomes.extend(runner.run_batch(&context, &given, &inputs).await);
                if way == LINE {
                    self.took.steps +=
                        runner.instance().map_or(0, |instance| instance.last_usage().steps);
                }
            }
        });
        self.took.sandboxed[way] += clock.elapsed();
        outcomes
    }

    /// What the host does with outcomes, native or not.
    fn check(&mut self, shop: &Shop, outcomes: Vec<ProductOutcome>) {
        let mut rules = PatchValidator::new(self.plugin.manifest(), self.plugin.policy(), shop);
        let mut accepted = Vec::with_capacity(outcomes.len());
        let clock = Clock::of_thread();
        accepted.extend(outcomes.into_iter().map(|outcome| match outcome {
            ProductOutcome::Patch(patch) => rules.accept_patch(patch),
            ProductOutcome::Failed(why) | ProductOutcome::Deferred(why) => panic!("{why}"),
        }));
        self.took.checking += clock.elapsed();
    }
}

fn runner(plugin: &Arc<Plugin>) -> PluginRunner {
    let photo: Arc<dyn AssetReader> = Arc::new(OnePhoto(products::photo()));
    PluginRunner::new(Arc::clone(plugin), photo)
}

fn plugin_input(one: &EnrichmentCandidate) -> PluginInput<'_> {
    PluginInput {
        product: &one.product,
        parent: None,
        earlier_enrichments: &[],
        reviews: &one.group_reviews,
    }
}

/// Both sides' types are made of the same contract, so what they print is the same, too.
fn assert_same(plugin: &str, product: usize, outcome: &ProductOutcome, expected: &str) {
    let outcome = match outcome {
        ProductOutcome::Patch(patch) => format!("{patch:?}"),
        ProductOutcome::Failed(why) | ProductOutcome::Deferred(why) => why.clone(),
    };
    assert_eq!(outcome, expected, "{plugin}, product {product}");
}

impl Took {
    fn and(mut self, other: &Self) -> Self {
        self.products = other.products;
        self.native += other.native;
        self.copying += other.copying;
        self.sandboxed.iter_mut().zip(other.sandboxed).for_each(|(all, one)| *all += one);
        self.checking += other.checking;
        self.steps += other.steps;
        for (all, one) in [(&mut self.given, other.given), (&mut self.answered, other.answered)] {
            all.pieces += one.pieces;
            all.bytes += one.bytes;
        }
        self
    }

    fn print(&self, name: &str) {
        let a_product = |took: Duration| took.as_secs_f64() * 1e6 / self.products as f64;
        let each = |total: usize| total / self.products;
        let (native, copied) = (a_product(self.native), a_product(self.native + self.copying));
        println!(
            "\n{name}: native {native:.2}, with the products copied for it {copied:.2}; \
             checking the outcome {:.2}\n  {} steps; {} texts of {} bytes in, {} of {} out",
            a_product(self.checking),
            self.steps / self.products as u64,
            each(self.given.pieces),
            each(self.given.bytes),
            each(self.answered.pieces),
            each(self.answered.bytes),
        );
        let row = |title: &str, figure: &dyn Fn(f64) -> String| {
            let figures = self.sandboxed.map(|took| format!("{:>8}", figure(a_product(took))));
            println!("  {title:<22}{}", figures.concat());
        };
        let heads = WAYS.map(|(length, is_fresh)| {
            format!("{:>8}", format!("{}{length}", if is_fresh { "fresh " } else { "" }))
        });
        println!("  {:<22}{}", "products to a call", heads.concat());
        row("sandboxed", &|took| format!("{took:.2}"));
        row("times native", &|took| format!("{:.2}", took / native));
        row("times native, copied", &|took| format!("{:.2}", took / copied));
    }
}
