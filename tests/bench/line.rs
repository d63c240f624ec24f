//! The line under load: 100,000 generated products of about 1 KB in three locales, through the
//! bundled plugins to released and searchable.
//!
//! `cargo bench --bench line` runs it; `cargo bench --bench line -- 10000` with another number of
//! products. It prints what it measured and asserts nothing.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rikaste::open::OpenShop;
use rikaste::pipeline::{Drop, Line};
use rikaste::watch::{Watch, one_file};
use rikaste_catalog::moment::Moment;
use rikaste_catalog::receipt::Receipt;
use rikaste_catalog::record::DropKind;
use rikaste_catalog::search::Query;

const SHOP: &str = r#"
name = "Bench"
time_zone = "Europe/Helsinki"
locales = ["fi-FI", "sv-SE", "en-GB"]
price_list = "retail"
[price_lists.retail]
currency = "EUR"
[locations.helsinki]
[locations.central]
"#;

const MODEL: &str = r#"
[attributes.name]
type = "text"
localizable = true
search = "title"
[attributes.description]
type = "text"
localizable = true
search = "text"
[attributes.care_text]
type = "text"
[attributes.material]
type = "text"
[attributes.color]
type = "options"
facet = true
[attributes.size]
type = "options"
[families.jacket]
[families.boots]
[categories.clothing]
[categories.outerwear]
parent = "clothing"
"#;

const CHANNEL: &str = r#"
public = true
locales = ["fi-FI", "sv-SE", "en-GB"]
required = ["name", "description", "price"]
[fallback]
"sv-SE" = ["en-GB"]
"#;

const SEASONS: &str = r#"
[[seasons]]
code = "winter"
start = "2026-11-01"
end = "2027-03-01"
families = ["jacket"]
[seasons.badge]
"fi-FI" = "Talven suosikki"
"en-GB" = "Winter favourite"
[seasons.description]
"fi-FI" = "{description} {name} kuuluu talven mallistoon."
"#;

fn main() {
    // `cargo bench` adds `--bench`.
    let count =
        std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    for (name, text) in [
        ("shop.toml", SHOP),
        ("model.toml", MODEL),
        ("channels/web.toml", CHANNEL),
        ("channels/screen.toml", CHANNEL),
        ("channels/seller.toml", CHANNEL),
        ("plugins/seasonal-copy.toml", SEASONS),
    ] {
        write(&root.join(name), text);
    }
    let bytes = write_rows(&root.join("first.csv"), count, |row| row);
    println!("{count} products, {:.0} bytes a row", bytes as f64 / f64::from(count));
    let (released, releases) = mpsc::channel();
    let mut open = OpenShop::open(root, move |release| {
        let _ = released.send((release.number, Instant::now()));
    })
    .expect("the shop opens");

    report("first drop", count, &mut open.line, &take(&root.join("first.csv")));
    report("the same file again", count, &mut open.line, &take(&root.join("first.csv")));
    write_rows(&root.join("renamed.csv"), count, |row| row);
    report("the same rows, another file", count, &mut open.line, &take(&root.join("renamed.csv")));
    let mut number = 0;
    write_rows(&root.join("changed.csv"), count, |row| {
        number += 1;
        if number % 100 == 0 { row.replace("Takki", "Uusi takki") } else { row }
    });
    report("1 % changed", count, &mut open.line, &take(&root.join("changed.csv")));
    while releases.try_recv().is_ok() {}
    one_row(&mut open, &releases);
    println!("peak memory {} MB", peak_memory() / 1_000);
}

/// From writing a file of one row into a watched inbox to the change in feed and search.
fn one_row(open: &mut OpenShop, releases: &mpsc::Receiver<(u64, Instant)>) {
    let mut watch = Watch::start(&open.folder).expect("the inbox is watched");
    let never = crossbeam_channel::never::<()>();
    let channel = open.shop.channels[0].code.clone();
    let (mut feed, mut search) = (Vec::new(), Vec::new());
    for n in 0..60 {
        let name = format!("sku,name-fi_FI\nP{n},Ainutlaatuinen{n}x\n");
        let path = open.folder.inbox_of(DropKind::Products).join(format!("one-{n}.csv"));
        let began = Instant::now();
        std::fs::write(&path, name).expect("written");
        for drop in watch.next(began + Duration::from_secs(10), &never) {
            open.line.take(&drop, Moment::now(), false).expect("taken");
        }
        let (_, at) = releases.try_recv().expect("a release was made");
        feed.push(at.duration_since(began));
        let query = format!("ainutlaatuinen{n}x");
        let found = open.index.search(&Query::new(&channel, &query)).expect("found");
        assert_eq!(found.total, 1, "{query}");
        search.push(began.elapsed());
    }
    for (what, mut times) in [("feed", feed), ("search", search)] {
        times.sort();
        let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
        println!("one row, from file to {what}: p50 {:.1} ms, p95 {:.1} ms", at(50), at(95));
    }
}

fn take(path: &Path) -> Drop {
    one_file(DropKind::Products, path.to_owned()).expect("a name that is text")
}

fn report(what: &str, count: u32, line: &mut Line, drop: &Drop) {
    let began = Instant::now();
    let receipt: Receipt = line.take(drop, Moment::now(), false).expect("taken");
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
    for (stage, time) in line.stages().times() {
        if !time.is_zero() {
            println!(
                "  {stage:<8} {:>7.2} s  {:>9.0}/s",
                time.as_secs_f64(),
                f64::from(count) / time.as_secs_f64()
            );
        }
    }
}

/// Writes the products, each as `change` makes it; gives the file's size. Nothing of it is kept in
/// memory, which is measured.
fn write_rows(path: &Path, count: u32, mut change: impl FnMut(String) -> String) -> u64 {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    file.write_all(HEADER.as_bytes()).expect("written");
    for n in 0..count {
        file.write_all(change(row(n)).as_bytes()).expect("written");
    }
    file.into_inner().expect("written").metadata().expect("a size").len()
}

const HEADER: &str = "sku,family,categories,brand,gtin,name-fi_FI,name-sv_SE,name-en_GB,description-fi_FI,description-sv_SE,description-en_GB,care_text,material,color,size,price-EUR,stock-helsinki\n";

/// Words enough that no two descriptions are alike.
fn row(n: u32) -> String {
    const FI: [&str; 12] = [
        "lämmin",
        "kevyt",
        "vedenpitävä",
        "hengittävä",
        "kestävä",
        "pehmeä",
        "talvinen",
        "syksyinen",
        "käytännöllinen",
        "tyylikäs",
        "helppohoitoinen",
        "luotettava",
    ];
    const SV: [&str; 12] = [
        "varm",
        "lätt",
        "vattentät",
        "andande",
        "hållbar",
        "mjuk",
        "vintrig",
        "höstlig",
        "praktisk",
        "stilig",
        "lättskött",
        "pålitlig",
    ];
    const EN: [&str; 12] = [
        "warm",
        "light",
        "waterproof",
        "breathable",
        "durable",
        "soft",
        "wintry",
        "autumnal",
        "practical",
        "stylish",
        "easy-care",
        "reliable",
    ];
    let mut seed = n.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let mut next = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize
    };
    let mut text = |words: &[&str; 12], length: usize| {
        let mut text = String::new();
        for _ in 0..length {
            let _ = write!(text, "{} ", words[next() % 12]);
        }
        text.trim_end().to_owned()
    };
    let (fi, sv, en) = (text(&FI, 26), text(&SV, 26), text(&EN, 26));
    let family = ["jacket", "boots"][n as usize % 2];
    let care = [
        "Konepesu 40 °C, ei rumpukuivausta",
        "Machine wash 30 gentle, do not bleach",
        "Vain käsinpesu; tasokuivaus",
    ][n as usize % 3];
    let color = ["sand", "moss", "night", "red"][n as usize % 4];
    let digits = 952_000_000_000_u64 + u64::from(n);
    format!(
        "P{n},{family},outerwear,Brand {},{digits}{},Takki {n} {fi_name},Jacka {n},Jacket {n},{fi},{sv},{en},\"{care}\",80 % cotton 20 % polyester,{color},{},{}.90,{}\n",
        n % 50,
        check_digit(digits),
        100 + n % 6 * 10,
        10 + n % 190,
        n % 9,
        fi_name = FI[n as usize % 12],
    )
}

fn check_digit(mut digits: u64) -> u64 {
    let (mut sum, mut weight) = (0, 3);
    while digits > 0 {
        sum += digits % 10 * weight;
        digits /= 10;
        weight = 4 - weight;
    }
    (10 - sum % 10) % 10
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

/// In KB; 0 where the system does not tell.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
