//! What a plugin that fails costs the others: the same drop with a plugin that panics on one product
//! in a hundred, and with the same plugin behaving.
//!
//! `cargo bench --bench trapping` runs it with 20,000 products, `-- 100000` with another number. The
//! failing products are spread evenly, which is the worst for batches: each has one.

mod allocator;
#[expect(dead_code)]
mod clock;
mod rows;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use clock::Clock;
use rikaste::open::OpenShop;
use rikaste_model::code::PluginName;
use rikaste_model::moment::Moment;
use rikaste_model::record::DropKind;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::InboxDrop;
use rikaste_runtime::{PluginCatalog, PluginRuntime};

/// The plugin that does what a product tells it to.
const GUEST: &[u8] = rikaste_test_guests::TEST_GUEST.wasm;

const ROUNDS: usize = 3;

/// What one drop took.
#[derive(Clone, Copy)]
struct Took {
    /// On all processors together.
    processor: Duration,
    clock: Duration,
}

fn main() {
    let count =
        std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(20_000);
    let mut best = [None::<Took>; 2];
    for _ in 0..ROUNDS {
        for (fails, best) in [false, true].into_iter().zip(&mut best) {
            let took = drop_once(count, fails);
            if best.is_none_or(|best| took.processor < best.processor) {
                *best = Some(took);
            }
        }
    }
    let [calm, failing] = best.map(|took| took.expect("there are rounds"));
    let slower = |of: fn(&Took) -> Duration| {
        (of(&failing).as_secs_f64() / of(&calm).as_secs_f64() - 1.0) * 100.0
    };
    println!(
        "best of {ROUNDS}: slower by {:.1} % of processor time, {:.1} % by the clock",
        slower(|took| took.processor),
        slower(|took| took.clock)
    );
}

fn drop_once(count: u32, fails: bool) -> Took {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    rows::write_shop(root);
    let model = fs::read_to_string(root.join("model.toml")).expect("there");
    fs::write(root.join("model.toml"), model + "[attributes.fault]\ntype = \"text\"\n")
        .expect("written");
    enable(root);
    let file = root.join("first.csv");
    write(&file, count, fails);
    let mut open = OpenShop::open_folder(root, |_| {}).expect("the shop opens");
    let drop = InboxDrop::from_file(DropKind::Products, file).expect("a name that is text");
    let (clock, began) = (Clock::of_process(), Instant::now());
    let receipt = open.pipeline.import_drop(&drop, Moment::now(), false).expect("taken");
    let took = Took { processor: clock.elapsed(), clock: began.elapsed() };
    let counts = open
        .pipeline
        .configuration()
        .plugins
        .plugin_counts(&PluginName::new("faulty").expect("valid"))
        .expect("it runs");
    println!(
        "{}: {:.2} s of processor time, {:.2} s by the clock, {} plugin runs; {counts:?}",
        if fails { "1 in 100 panics" } else { "all goes well " },
        took.processor.as_secs_f64(),
        took.clock.as_secs_f64(),
        receipt.products.plugin_runs,
    );
    took
}

fn enable(root: &Path) {
    let path = root.join("plugins/faulty.wasm");
    fs::write(&path, GUEST).expect("written");
    let folder = ShopFolder::new(root);
    let runtime = PluginRuntime::new(&folder.code_cache_folder()).expect("an engine");
    let catalog = PluginCatalog::new(&folder, &rikaste_bundled::PLUGINS);
    let file = catalog.inspect_file(&runtime, &path).expect("read");
    catalog.enable_file(file).expect("enabled");
}

fn write(path: &Path, count: u32, fails: bool) {
    let mut number = 0;
    rows::write_rows(path, count, |row| {
        number += 1;
        let fault = if fails && number % 100 == 50 { "panic" } else { "" };
        format!("{},{fault}\n", row.trim_end())
    });
    let text = fs::read_to_string(path).expect("there");
    fs::write(path, text.replacen('\n', ",fault\n", 1)).expect("written");
}
