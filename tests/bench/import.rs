//! Reading product files beside what a merchant's developer would write: Python's `csv` and `json`,
//! Node's `csv-parse`, and the crates that the importer stands on, used bare.
//!
//! `cargo bench --bench import` runs it on a million rows; `cargo bench --bench import -- 10000` on
//! another number. Node needs csv-parse: `npm install --prefix target/bench csv-parse`. All figures
//! are processor's time, and all but those of strings and values end in products with types, whose SKUs
//! are looked at for repetitions. It prints what it measured and asserts nothing but counts.

mod allocator;
#[expect(dead_code, reason = "other benches measure threads")]
mod clock;

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use calamine::Reader as _;
use clock::Clock;
use rikaste_import::{FileImporter, MappingSet, PluginImporters};
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::DropKind;
use rikaste_model::shop::Shop;
use rikaste_pipeline::plugin_importers;
use rikaste_runtime::{Plugin, PluginComponent, PluginLimits, PluginPolicy, PluginRuntime};
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// What the pipeline takes at a time.
const ROWS: usize = 64;

/// The rows of the workbook and the articles of the price catalogue: both come in tens of thousands.
const FEWER: u32 = 5;

const SHOP: &str = r#"
name = "Bench"
time_zone = "Europe/Helsinki"
locales = ["fi-FI", "en-GB"]
price_list = "retail"
[price_lists.retail]
currency = "EUR"
"#;

const MODEL: &str = r#"
[attributes]
name = { type = "text", localizable = true }
color = { type = "options" }
size = { type = "options" }
weight = { type = "measurement", unit = "kg" }
available_from = { type = "date" }
brand = { type = "text" }
gtin = { type = "text" }
[families.jacket]
"#;

const HEADER: [&str; 10] = [
    "sku",
    "parent",
    "family",
    "name-fi_FI",
    "name-en_GB",
    "color",
    "size",
    "weight",
    "price-EUR",
    "available_from",
];

fn main() {
    // `cargo bench` adds `--bench`.
    let count =
        std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    std::fs::create_dir_all(root.join("channels")).expect("a folder");
    for (name, text) in
        [("shop.toml", SHOP), ("model.toml", MODEL), ("channels/web.toml", "locales = [\"fi-FI\"]")]
    {
        std::fs::write(root.join(name), text).expect("written");
    }
    let shop = Shop::load_from_folder(root).unwrap_or_else(|error| panic!("{error}"));
    let bench = Bench { shop, mappings: MappingSet::default() };

    bench.csv(&root.join("range.csv"), count);
    bench.json_lines(&root.join("range.jsonl"), count);
    bench.xml(&root.join("range.xml"), count / FEWER);
    bench.workbook(&root.join("range.xlsx"), count / FEWER);
    bench.price_catalogue(&root.join("range.edi"), count / FEWER);
}

struct Bench {
    shop: Shop,
    mappings: MappingSet,
}

impl Bench {
    fn csv(&self, path: &Path, count: u32) {
        write(path, |file| {
            writeln!(file, "{}", HEADER.join(";"))?;
            (0..count).try_for_each(|row| writeln!(file, "{}", cells(row).join(";")))
        });
        begin("CSV", path, count);
        measure("csv crate, a row's cells as strings", count, || {
            let mut reader =
                csv::ReaderBuilder::new().delimiter(b';').from_path(path).expect("a file");
            reader.records().map(|row| owned(&row.expect("a row")).len() / HEADER.len()).sum()
        });
        measure("csv crate, types and repetitions", count, || {
            let reader = csv::ReaderBuilder::new().delimiter(b';').from_path(path);
            unrepeated(reader.expect("a file").deserialize().map(|row| row.expect("a row")))
        });
        self.importer(path, count, &PluginImporters::default());
        others(path, count);
        let western = path.with_file_name("western.csv");
        let text = std::fs::read_to_string(path).expect("text").replace("Kuura", "Yö");
        std::fs::write(&western, encoding_rs::WINDOWS_1252.encode(&text).0).expect("written");
        drop(text);
        begin("CSV in Windows-1252", &western, count);
        self.importer(&western, count, &PluginImporters::default());
    }

    fn json_lines(&self, path: &Path, count: u32) {
        write(path, |file| {
            (0..count).try_for_each(|row| {
                let object: serde_json::Map<_, _> =
                    HEADER.iter().zip(cells(row)).map(|(k, v)| ((*k).into(), v.into())).collect();
                writeln!(file, "{}", serde_json::Value::Object(object))
            })
        });
        begin("JSON Lines", path, count);
        measure("serde_json, a value for each line", count, || {
            let lines = BufReader::new(File::open(path).expect("a file")).lines();
            lines
                .map(|line| {
                    let value = serde_json::from_str::<serde_json::Value>(&line.expect("text"));
                    value.expect("an object").as_object().map_or(0, |object| object.len() / 10)
                })
                .sum()
        });
        measure("serde_json, types and repetitions", count, || {
            let lines = BufReader::new(File::open(path).expect("a file")).lines();
            let rows = lines.map(|line| serde_json::from_str(&line.expect("text")));
            unrepeated(rows.map(|row| row.expect("a row")))
        });
        self.importer(path, count, &PluginImporters::default());
        others(path, count);
    }

    fn xml(&self, path: &Path, count: u32) {
        write(path, |file| {
            writeln!(file, "<range>")?;
            for row in 0..count {
                write!(file, "<product>")?;
                for (name, cell) in HEADER.iter().zip(cells(row)) {
                    write!(file, "<{name}>{cell}</{name}>")?;
                }
                writeln!(file, "</product>")?;
            }
            writeln!(file, "</range>")
        });
        begin("XML", path, count);
        self.importer(path, count, &PluginImporters::default());
    }

    fn workbook(&self, path: &Path, count: u32) {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, name) in (0..).zip(HEADER) {
            sheet.write(0, column, name).expect("a cell");
        }
        for row in 0..count {
            for (column, cell) in (0..).zip(cells(row)) {
                match cell.replace(',', ".").parse::<f64>() {
                    Ok(number) => sheet.write(row + 1, column, number).expect("a cell"),
                    Err(_) => sheet.write(row + 1, column, cell).expect("a cell"),
                };
            }
        }
        workbook.save(path).expect("saved");
        drop(workbook);
        begin("XLSX", path, count);
        measure("calamine, its whole range of cells", count, || {
            let mut book = calamine::open_workbook_auto(path).expect("a workbook");
            let range = book.worksheet_range_at(0).expect("a sheet").expect("readable");
            range.rows().skip(1).map(|row| row.len() / HEADER.len()).sum()
        });
        self.importer(path, count, &PluginImporters::default());
        others(path, count);
    }

    fn price_catalogue(&self, path: &Path, count: u32) {
        write(path, |file| catalogue(file, count));
        begin("PRICAT, by its plugin", path, count);
        let cache = tempfile::tempdir().expect("a temporary folder");
        let importers =
            plugin_importers(&[pricat(&PluginRuntime::new(cache.path()).expect("an engine"))]);
        self.importer(path, count, &importers);
    }

    fn importer(&self, path: &Path, count: u32, importers: &PluginImporters) {
        measure("rikaste", count, || {
            let importer =
                FileImporter::new(&self.shop, &self.mappings).with_plugins(importers.clone());
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            let mut reading = importer.open_file(DropKind::Products, name, path).expect("readable");
            let (mut records, mut messages) = (Vec::new(), DiagnosticCollector::default());
            loop {
                records.clear();
                let progress =
                    reading.next_batch(ROWS, &mut records, &mut messages).expect("readable");
                if progress.finished {
                    assert_eq!(progress.rejected, 0, "{:?}", messages.into_diagnostics().0.first());
                    return progress.rows as usize;
                }
            }
        });
    }
}

/// A product as a developer has serde read it who knows this file and no other.
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is what is measured")]
struct Typed {
    sku: String,
    parent: String,
    family: String,
    #[serde(rename = "name-fi_FI")]
    name_fi: String,
    #[serde(rename = "name-en_GB")]
    name_en: String,
    color: String,
    size: String,
    #[serde(deserialize_with = "kilograms")]
    weight: Decimal,
    #[serde(rename = "price-EUR", deserialize_with = "number")]
    price: Decimal,
    available_from: jiff::civil::Date,
}

fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    decimal(&Cow::<str>::deserialize(from)?).map_err(D::Error::custom)
}

fn kilograms<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    let text = Cow::<str>::deserialize(from)?;
    let number = text.strip_suffix(" kg").ok_or_else(|| D::Error::custom("no kilograms"))?;
    decimal(number).map_err(D::Error::custom)
}

fn decimal(text: &str) -> Result<Decimal, rust_decimal::Error> {
    text.replace(',', ".").parse()
}

/// How many products there are whose SKUs no other has.
fn unrepeated(rows: impl Iterator<Item = Typed>) -> usize {
    let mut seen = HashSet::new();
    rows.filter(|row| seen.insert(row.sku.clone())).map(black_box).count()
}

fn begin(what: &str, path: &Path, count: u32) {
    let bytes = path.metadata().expect("a file").len();
    println!("\n{what}: {count} products, {:.0} MB", bytes as f64 / 1e6);
}

/// The best of three, by the processor's time: whatever else the machine does only ever adds.
fn measure(what: &str, count: u32, run: impl Fn() -> usize) {
    let before = forget_peak();
    let seconds = (0..3).map(|_| {
        let clock = Clock::of_process();
        assert_eq!(run(), count as usize, "{what}");
        clock.elapsed().as_secs_f64()
    });
    report(what, count, seconds.fold(f64::MAX, f64::min), peak().saturating_sub(before));
}

fn report(what: &str, count: u32, seconds: f64, mebibytes: u64) {
    let a_second = f64::from(count) / seconds;
    println!("{what:>38}: {a_second:>9.0} products/s, {mebibytes:>5} MiB");
}

/// What is written in other languages; what is not there is reported, and left out.
fn others(path: &Path, count: u32) {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bench");
    let modules = target().join("bench/node_modules");
    let is_csv = path.extension().is_some_and(|end| end == "csv");
    let is_book = path.extension().is_some_and(|end| end == "xlsx");
    let (python, node) = match (is_csv, is_book) {
        (true, _) => ("Python, csv.DictReader", "Node, csv-parse"),
        (_, true) => ("Python, openpyxl", ""),
        _ => ("Python, json", "Node, readline and JSON.parse"),
    };
    for (what, program, script) in [(python, "python3", "import.py"), (node, "node", "import.cjs")]
    {
        if what.is_empty() {
            continue;
        }
        let mut command = Command::new(program);
        command.arg(scripts.join(script)).arg(path).env("NODE_PATH", &modules);
        match command.output() {
            Ok(output) if output.status.success() => {
                let text = String::from_utf8_lossy(&output.stdout);
                let figures: Vec<f64> =
                    text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
                assert_eq!(figures[0] as u32, count, "{what}");
                report(what, count, figures[1], figures[2] as u64);
            }
            Ok(output) => {
                let text = String::from_utf8_lossy(&output.stderr);
                let why = text.lines().rfind(|line| line.contains("rror")).unwrap_or("it failed");
                println!("{what:>38}: left out: {why}");
            }
            Err(error) => println!("{what:>38}: left out: {program}: {error}"),
        }
    }
}

/// The folder that is built into: the bench itself is in its `release/deps`.
fn target() -> PathBuf {
    let exe = std::env::current_exe().expect("a path");
    exe.ancestors().nth(3).expect("a target folder").to_owned()
}

/// The plugin for price catalogues.
fn pricat(runtime: &PluginRuntime) -> Arc<Plugin> {
    let wasm = rikaste_bundled::find_optional("pricat").expect("it comes along").wasm;
    let described = PluginComponent::load_bundled(runtime, "pricat", wasm).expect("it loads");
    let terms = PluginPolicy { limits: PluginLimits::DEFAULT, ceded_attributes: Vec::new() };
    Arc::new(described.into_plugin("{}".to_owned(), terms).expect("it takes it"))
}

fn write(path: &Path, rows: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>) {
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    rows(&mut file).and_then(|()| file.flush()).expect("written");
}

/// A row of a plausible range.
fn cells(row: u32) -> [String; 10] {
    [
        format!("HH-{row:06}-{}", 98 + row % 7 * 6),
        format!("HH-{row:06}"),
        "jacket".to_owned(),
        format!("Sadetakki Kuura {row}"),
        format!("Rain jacket Kuura, lined {row}"),
        ["moss", "night", "sand"][row as usize % 3].to_owned(),
        (98 + row % 7 * 6).to_string(),
        format!("0,{} kg", 1 + row % 9),
        format!("{},90", 19 + row % 200),
        format!("2026-0{}-1{}", 1 + row % 9, row % 10),
    ]
}

fn owned(row: &csv::StringRecord) -> Vec<String> {
    row.iter().map(str::to_owned).collect()
}

/// A supplier's price catalogue.
fn catalogue(file: &mut impl Write, count: u32) -> std::io::Result<()> {
    writeln!(file, "UNB+UNOC:3+A+B+261115:0930+1'\nUNH+1+PRICAT:D:96A:UN'")?;
    writeln!(file, "BGM+9+1+9'\nCUX+2:EUR:8'")?;
    for article in 0..count {
        let gtin = gtin(400_000_000_000 + u64::from(article));
        let (net, price, weight) = (9 + article % 100, 19 + article % 200, 1 + article % 9);
        writeln!(file, "LIN+{article}+1+{gtin}:EN'\nPIA+1+BL-{article}:SA'")?;
        writeln!(file, "IMD+F+ANM+:::Untuvatakki {article}:, vuorillinen:FI'")?;
        writeln!(file, "IMD+F+ANM+:::Down jacket {article}, lined::EN'\nIMD+F+BRN+:::Hilla'")?;
        writeln!(file, "MEA+PD+AAB+KGM:0.{weight}'")?;
        writeln!(file, "PRI+AAA:{net}.50:CA'\nPRI+AAE:{price}.90:CA:SRP'")?;
    }
    writeln!(file, "UNT+{}+1'\nUNZ+1+1'", 4 + u64::from(count) * 8)
}

/// Twelve digits and their check digit.
fn gtin(digits: u64) -> u64 {
    let digit = |place: u32| digits / 10_u64.pow(place) % 10;
    let sum: u64 = (0..12).map(|place| digit(place) * if place % 2 == 0 { 3 } else { 1 }).sum();
    digits * 10 + (10 - sum % 10) % 10
}

/// Forgets the most memory that the process has had, where the system can; gives what it has, in MiB.
fn forget_peak() -> u64 {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    peak()
}

/// The most memory that the process has had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: u64 =
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0);
    kib >> 10
}
