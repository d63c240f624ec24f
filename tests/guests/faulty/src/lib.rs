//! A plugin that does what a product's attribute `fault` tells it to, most of it wrong. For the
//! host's tests.
//!
//! A product without a fault gets the note `{name}: well` in every locale of the shop.

use std::collections::HashMap;
use std::env;
use std::fmt;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::hint::black_box;
use std::net::{TcpStream, ToSocketAddrs};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rikaste_plugin::{
    Attribute, ConfigError, Context, Enricher, Manifest, Outcome, Patch, Product, Table, assets,
    log,
};
use serde::Deserialize;

/// Tests change these letters in the built file, to have other versions of the plugin.
static VERSION: &str = "version: 0.1.0";

/// The same: `calm`; `glad` ends notes in `glad`; `sour` has no patch for anyone; `late` has none
/// for products whose name begins with `Late`; `keep` counts products and ends notes in the count.
static MOOD: &str = "mood: calm";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// The plugin.
pub struct Faulty {
    config: Config,
}

/// How it is to behave whatever the product.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// What notes end in, in place of `well`.
    ending: Option<String>,
}

/// It lets an empty ending through, which the plugin itself refuses.
const SCHEMA: &str = r#"{
  "type": "object",
  "additionalProperties": false,
  "properties": { "ending": { "type": "string", "description": "What notes end in." } }
}"#;

impl Enricher for Faulty {
    type Config = Config;

    fn describe() -> Manifest {
        let version = black_box(VERSION).trim_start_matches("version: ");
        Manifest::new("faulty", version, "Does what a product tells it to.")
            .reads("sku")
            .reads("name")
            .reads("fault")
            .reads("note")
            .reads("images")
            .writes(Attribute::text("note").localizable())
            .writes(Attribute::integer("number"))
            .writes(Attribute::table("grid"))
            .config_schema(SCHEMA)
    }

    fn new(config: Config) -> Result<Self, ConfigError> {
        match config.ending.as_deref() {
            Some("") => Err(ConfigError::new("ending", "write at least one letter")),
            _ => Ok(Self { config }),
        }
    }

    fn enrich(&self, context: &Context, product: &Product) -> Outcome {
        let mut patch = self.well(context, product);
        let is_late = product.text("name", None).is_some_and(|name| name.starts_with("Late"));
        match mood() {
            "sour" => return Err("it is in no mood".to_owned()),
            "late" if is_late => return Err("it is too late".to_owned()),
            _ => {}
        }
        if let Some(fault) = product.text("fault", None) {
            misbehave(fault, product, &mut patch)?;
        }
        Ok(patch)
    }

    fn enrich_batch(&self, context: &Context, products: &[Product]) -> Vec<Outcome> {
        let mut outcomes: Vec<_> =
            products.iter().map(|product| self.enrich(context, product)).collect();
        let any = |fault| products.iter().any(|product| product.text("fault", None) == Some(fault));
        if any("count") {
            outcomes.pop();
        }
        if any("mixed-up") {
            outcomes.reverse();
        }
        outcomes
    }
}

impl Faulty {
    fn well(&self, context: &Context, product: &Product) -> Patch {
        let mut patch = Patch::new();
        let name = product.text("name", None).unwrap_or("?");
        let ending = match mood() {
            "keep" => COUNT.fetch_add(1, Ordering::Relaxed).to_string(),
            "glad" => "glad".to_owned(),
            _ => "well".to_owned(),
        };
        let ending = self.config.ending.as_ref().unwrap_or(&ending);
        for locale in &context.locales {
            patch.text("note", format!("{name}: {ending}")).locale(locale.as_str());
        }
        patch
    }
}

fn mood() -> &'static str {
    black_box(MOOD).trim_start_matches("mood: ")
}

fn misbehave(fault: &str, product: &Product, patch: &mut Patch) -> Result<(), String> {
    match fault {
        "panic" => panic!("no use for {}", product.text("sku", None).unwrap_or("?")),
        "loop" => spin(),
        "recursion" => drop(patch.integer("number", recurse(1))),
        "memory" => hoard(),
        "error" => return Err("the name says nothing".to_owned()),
        "escape" => return Err("\x1b[2J\x1b]0;owned\x07 all is well\r\nsaid the host".to_owned()),
        "undeclared" => drop(patch.text("price", "0")),
        "locale" => drop(patch.text("note", "bonjour").locale("fr-FR")),
        "channel" => drop(patch.text("note", "x").channel("web")),
        "not-localizable" => drop(patch.integer("number", 1).locale("fi-FI")),
        "type" => drop(patch.text("number", "one")),
        "window" => drop(patch.text("note", "x").window("2026-12-24", "2026-12-01")),
        "date" => drop(patch.text("note", "x").window("24.12.2026", "2026-12-31")),
        "twice" => drop(patch.text("note", "again").locale("fi-FI")),
        "long" => drop(patch.text("note", "x".repeat(100_000))),
        "control" => drop(patch.text("note", "a\u{1}b")),
        "many" => {
            for number in 0..2_000 {
                patch.integer("number", number);
            }
        }
        "output" => {
            for _ in 0..1_000 {
                patch.text("note", "x".repeat(60_000));
            }
        }
        "tiny" => {
            for number in 0..1_000_000 {
                patch.integer("number", number);
            }
        }
        "grid" => {
            patch.table("grid", Table { columns: vec!["a".to_owned()], rows: vec![vec![]] });
        }
        "log" => (0..100_000).for_each(|line| log::info(&format!("line {line}"))),
        "print" => (0..10_000).for_each(|line| println!("line {line} of what nobody reads")),
        "sleep" => thread::sleep(Duration::from_secs(3_600)),
        "clock" => drop(patch.integer("number", clock())),
        "random" => drop(patch.integer("number", random())),
        "address" => drop(patch.integer("number", (&raw const *product).addr() as i64)),
        "hash-order" => drop(patch.integer("number", hash_order())),
        "file" => return outside(fs::read("/etc/passwd")),
        "write-file" => return outside(fs::write("/tmp/left-by-a-plugin", "x")),
        "socket" => return outside(TcpStream::connect("127.0.0.1:80")),
        "lookup" => return outside("localhost:80".to_socket_addrs()),
        "variable" => return outside(env::var("PATH")),
        "argument" => return outside(env::args().next().ok_or("no arguments")),
        "thread" => return outside(thread::Builder::new().spawn(|| ())),
        "process" => return outside(Command::new("sh").spawn()),
        "asset" => drop(patch.integer("number", read(product)?)),
        burn if burn.starts_with("burn ") => {
            let turns = burn[5..].parse().map_err(|_| "burn what?".to_owned())?;
            for turn in 0..turns {
                black_box::<u32>(turn);
            }
        }
        "foreign-asset" => drop(assets::read(&"0".repeat(64), 0, 10)?),
        _ => {}
    }
    Ok(())
}

fn spin() {
    let mut number = 1_u64;
    loop {
        number = black_box(number.wrapping_mul(3));
    }
}

fn recurse(depth: i64) -> i64 {
    let frame = black_box([depth; 64]);
    if depth == i64::MAX { depth } else { recurse(depth + 1) + frame[0] }
}

fn hoard() {
    let mut hoard = Vec::new();
    loop {
        hoard.push(black_box(vec![1_u8; 1 << 20]));
    }
}

fn clock() -> i64 {
    let started = Instant::now();
    thread::sleep(Duration::from_secs(5));
    let today = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(today.as_nanos() + started.elapsed().as_nanos()).unwrap_or(-1)
}

/// What comes first out of a map depends on the seed of its hashes.
fn hash_order() -> i64 {
    let map: HashMap<i64, ()> = (0..1_000).map(|number| (number, ())).collect();
    map.into_keys().next().unwrap_or(-1)
}

/// What of the world outside can be had: nothing, and this is why.
fn outside<T: fmt::Debug, E: fmt::Debug>(tried: Result<T, E>) -> Result<(), String> {
    Err(match tried {
        Ok(got) => format!("there is a way out: {got:?}"),
        Err(why) => format!("no way out: {why:?}"),
    })
}

fn random() -> i64 {
    i64::from_le_bytes(RandomState::new().hash_one("seed").to_le_bytes())
}

fn read(product: &Product) -> Result<i64, String> {
    let image = product.images.first().ok_or("no image")?;
    let bytes = assets::read(&image.asset, 2, 1 << 30)?;
    Ok(bytes.iter().map(|byte| i64::from(*byte)).sum())
}

rikaste_plugin::export!(Faulty);
