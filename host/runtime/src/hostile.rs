//! Plugins that do their worst: each is contained, the message about it names it and says what to do,
//! and the plugin beside it makes of the same products what it makes of them alone.
//!
//! `tests/hostile/` has a file for each that does wrong when it is loaded, or with every product;
//! `tests/guests/faulty` does what a product tells it to. What happens to a compiler that is given a
//! bomb is tested where it is run, in `tests/e2e/compile.rs`.

mod loading;
mod running;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use expect_test::Expect;
use rikaste_model::product::PluginEnrichment;
use rikaste_model::shop::Shop;

use rikaste_embed::EmbeddedPlugin;

use super::*;
use crate::enrich::EnrichmentCandidate;
use crate::enrich::testing::{chosen, faulty, shop, worker};

/// The neighbour: a plugin that does well.
const GOLDEN: EmbeddedPlugin =
    EmbeddedPlugin { name: "golden", wasm: include_bytes!("../../../tests/golden/0.1.0.wasm") };

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/hostile");

/// A plugins' folder and an engine, for as long as a test runs.
struct Yard {
    folder: tempfile::TempDir,
    runtime: PluginRuntime,
}

impl Yard {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime =
            PluginRuntime::with_workers(1, Some(folder.path().join("cache"))).expect("an engine");
        Self { folder, runtime }
    }

    fn plugins(&self) -> PathBuf {
        self.folder.path().join("plugins")
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::create_dir_all(self.plugins()).expect("a folder");
        fs::write(self.plugins().join(name), bytes).expect("written");
    }

    /// Loads these beside whatever is in the folder, which is enabled.
    fn load(&self, beside: &[EmbeddedPlugin]) -> (Shop, LoadedPlugins) {
        let mut plugins = chosen(beside);
        let files = fs::read_dir(self.plugins()).into_iter().flatten();
        for path in files.map(|entry| entry.expect("readable").path()) {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let wasm = fs::read(&path).expect("readable").into();
            plugins.push(EnabledPlugin { name, path: Some(path), wasm });
        }
        let mut shop = shop(&["fi-FI", "en-GB"]);
        let settings = PluginSettings::default();
        let loaded = load_plugins(&self.runtime, plugins, &self.plugins(), &settings, &mut shop);
        (shop, loaded)
    }

    /// What is reported about the hostile plugin, first when it is loaded and then about each product.
    /// The neighbour must come out as it does alone.
    fn outcome(&self, bundled: &[EmbeddedPlugin], batch: &mut [EnrichmentCandidate]) -> String {
        let mut alone = batch.to_vec();
        let mut alone_shop = shop(&["fi-FI", "en-GB"]);
        let nowhere = self.folder.path().join("nowhere");
        let only = chosen(&[GOLDEN]);
        let golden = load_plugins(
            &self.runtime,
            only,
            &nowhere,
            &PluginSettings::default(),
            &mut alone_shop,
        );
        worker(&golden).enrich_batch(&alone_shop, &mut alone);

        let (shop, loaded) = self.load(bundled);
        worker(&loaded).enrich_batch(&shop, batch);
        for (product, alone) in batch.iter().zip(&alone) {
            assert_eq!(of(product, "golden"), of(alone, "golden"));
            let texts = of(product, "golden").map_or(0, |golden| golden.values.len());
            assert_eq!(texts, 2, "the neighbour has something to say");
        }
        let folder = format!("{}/", self.plugins().display());
        let say = |broken: &BrokenPlugin| format!("{broken}\n").replace(&folder, "");
        let text: String = loaded.broken.iter().map(say).collect();
        let mut text = text.replace(&"a".repeat(limits::MESSAGE_BYTES), "aaa…");
        let per_product: Vec<_> = batch.iter().map(describe_enrichments).collect();
        if per_product.iter().all(|about| *about == per_product[0]) {
            text.push_str(&per_product[0]);
        } else {
            for (product, about) in batch.iter().zip(&per_product) {
                let about = if about.is_empty() { "well\n" } else { about };
                let _ = write!(text, "{}: {about}", product.product.sku);
            }
        }
        text
    }
}

fn of<'a>(candidate: &'a EnrichmentCandidate, plugin: &str) -> Option<&'a PluginEnrichment> {
    let mut all = candidate.product.content.enrichments.iter();
    all.find(|enrichment| enrichment.plugin.as_str() == plugin)
}

/// Failure and diagnostics of all but the neighbour.
fn describe_enrichments(candidate: &EnrichmentCandidate) -> String {
    let mut text = String::new();
    for enrichment in &candidate.product.content.enrichments {
        assert!(enrichment.plugin.as_str() != "golden" || enrichment.failure.is_none());
        if let Some(why) = &enrichment.failure {
            let _ = writeln!(text, "{why}");
        }
        for diagnostic in enrichment.diagnostics.iter().take(2) {
            let _ = writeln!(text, "{diagnostic}");
        }
    }
    text
}

/// The component of a file: as it is, or a core module's parts that take the place of those of the
/// well-behaved one.
fn wasm(case: &str) -> Vec<u8> {
    let read = |name: &str| fs::read_to_string(format!("{FOLDER}/{name}.wat")).expect(name);
    let text = read(case);
    if text.contains("(component") || text.contains("(module") {
        return wat::parse_str(text).expect("WAT");
    }
    let own: BTreeSet<_> = parts(&text).map(name_of).map(str::to_owned).collect();
    let well = read("well");
    let rest: Vec<_> = parts(&well).filter(|part| !own.contains(name_of(part))).collect();
    let module = format!("{text}\n{}", rest.join("\n\n"));
    wat::parse_str(read("contract").replace(";; MODULE", &module))
        .unwrap_or_else(|e| panic!("{case}: {e}"))
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").filter(|part| part.contains('('))
}

/// The first two words of code: `(func $enrich`.
fn name_of(part: &str) -> &str {
    let start = if part.starts_with('(') { 0 } else { part.find("\n(").map_or(0, |at| at + 1) };
    let code = &part[start..];
    let end = code.match_indices(' ').nth(1).map_or(code.len(), |(at, _)| at);
    &code[..end]
}

fn three() -> [EnrichmentCandidate; 3] {
    [faulty("A", None), faulty("B", None), faulty("C", None)]
}

fn check(yard: &Yard, case: &str, expected: &Expect) {
    check_bytes(yard, &wasm(case), expected);
}

fn check_bytes(yard: &Yard, wasm: &[u8], expected: &Expect) {
    yard.put("hostile.wasm", wasm);
    expected.assert_eq(&yard.outcome(&[GOLDEN], &mut three()));
}

#[test]
fn every_file_is_tested() {
    let text = [include_str!("hostile/loading.rs"), include_str!("hostile/running.rs")].concat();
    for entry in fs::read_dir(FOLDER).expect("there") {
        let name = entry.expect("readable").file_name().into_string().expect("text");
        let case = name.strip_suffix(".wat").expect("WAT");
        let is_a_part = ["well", "contract"].contains(&case);
        assert!(is_a_part || text.contains(&format!("\"{case}\"")), "{name} is not tested");
    }
}
