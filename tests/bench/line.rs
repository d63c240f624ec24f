//! The pipeline under load: 100,000 generated products of about 1 KB in three locales, through the
//! bundled plugins to released and searchable.
//!
//! `cargo bench --bench line` runs it; `cargo bench --bench line -- 10000` with another number of
//! products. It prints what it measured and asserts nothing.

mod allocator;
mod rows;

use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rikaste::open::OpenShop;
use rikaste::watch::InboxWatch;
use rikaste_model::moment::Moment;
use rikaste_model::receipt::Receipt;
use rikaste_model::record::DropKind;
use rikaste_model::release::ReleaseNumber;
use rikaste_pipeline::{InboxDrop, Pipeline};
use rikaste_search::SearchQuery;
use rows::write_rows;

fn main() {
    // `cargo bench` adds `--bench`.
    let count =
        std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    rows::write_shop(root);
    let bytes = write_rows(&root.join("first.csv"), count, |row| row);
    println!("{count} products, {:.0} bytes a row", bytes as f64 / f64::from(count));
    let (released, releases) = mpsc::channel();
    let mut open = OpenShop::open_folder(root, move |release| {
        let _ = released.send((release.number, Instant::now()));
    })
    .expect("the shop opens");

    report("first drop", count, &mut open.pipeline, &take(&root.join("first.csv")));
    report("the same file again", count, &mut open.pipeline, &take(&root.join("first.csv")));
    write_rows(&root.join("renamed.csv"), count, |row| row);
    report(
        "the same rows, another file",
        count,
        &mut open.pipeline,
        &take(&root.join("renamed.csv")),
    );
    let mut number = 0;
    write_rows(&root.join("changed.csv"), count, |row| {
        number += 1;
        if number % 100 == 0 { row.replace("Takki", "Uusi takki") } else { row }
    });
    report("1 % changed", count, &mut open.pipeline, &take(&root.join("changed.csv")));
    while releases.try_recv().is_ok() {}
    one_row(&mut open, &releases);
    println!("peak memory {} MB", peak_memory() / 1_000);
}

/// From writing a file of one row into a watched inbox to the change in feed and search.
fn one_row(open: &mut OpenShop, releases: &mpsc::Receiver<(ReleaseNumber, Instant)>) {
    let mut watch = InboxWatch::start_watching(&open.folder).expect("the inbox is watched");
    let never = crossbeam_channel::never::<()>();
    let channel = open.pipeline.shop().channels[0].code.clone();
    let (mut feed, mut search) = (Vec::new(), Vec::new());
    for n in 0..60 {
        let name = format!("sku,name-fi_FI\nP{n},Ainutlaatuinen{n}x\n");
        let path = open.folder.inbox_folder_for(DropKind::Products).join(format!("one-{n}.csv"));
        let began = Instant::now();
        std::fs::write(&path, name).expect("written");
        for drop in watch.wait_for_drops(began + Duration::from_secs(10), &never) {
            open.pipeline.import_drop(&drop, Moment::now(), false).expect("taken");
        }
        let (_, at) = releases.try_recv().expect("a release was made");
        feed.push(at.duration_since(began));
        let query = format!("ainutlaatuinen{n}x");
        let found = open.index.search_products(&SearchQuery::new(&channel, &query)).expect("found");
        assert_eq!(found.total, 1, "{query}");
        search.push(began.elapsed());
    }
    for (what, mut times) in [("feed", feed), ("search", search)] {
        times.sort();
        let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
        println!("one row, from file to {what}: p50 {:.1} ms, p95 {:.1} ms", at(50), at(95));
    }
}

fn take(path: &Path) -> InboxDrop {
    InboxDrop::from_file(DropKind::Products, path.to_owned()).expect("a name that is text")
}

fn report(what: &str, count: u32, line: &mut Pipeline, drop: &InboxDrop) {
    let began = Instant::now();
    let receipt: Receipt = line.import_drop(drop, Moment::now(), false).expect("taken");
    let took = began.elapsed().as_secs_f64();
    println!(
        "{what}: {took:.2} s, {:.0} products/s; {:?}; plugin runs {}, memo hits {}, rows {:?}",
        f64::from(count) / took,
        receipt.outcome,
        receipt.products.plugin_runs,
        receipt.products.memo_hits,
        receipt.rows
    );
    if let Some(message) = receipt.messages.first() {
        println!("  first of {} messages: {message}", receipt.messages.len());
    }
    for (stage, time) in line.stage_timings().named_times() {
        if !time.is_zero() {
            println!(
                "  {stage:<8} {:>7.2} s  {:>9.0}/s",
                time.as_secs_f64(),
                f64::from(count) / time.as_secs_f64()
            );
        }
    }
}

/// In KB; 0 where the system does not report it.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
