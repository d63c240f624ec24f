//! Plugins that do their worst: each is contained, what is said about it names it and says what to do,
//! and the plugin beside it makes of the same products what it makes of them alone.
//!
//! `tests/hostile/` has a file for each that does wrong when it is loaded, or with every product;
//! `tests/guests/faulty` does what a product tells it to. What happens to a compiler that is given a
//! bomb is tested where it is run, in `tests/e2e/compile.rs`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use expect_test::{Expect, expect};
use rikaste_catalog::product::Enrichment;
use rikaste_catalog::shop::Shop;

use super::*;
use crate::bundled::TEST_GUEST;
use crate::enrich::Candidate;
use crate::enrich::testing::{chosen, faulty, shop, worker};

/// The neighbour: a plugin that does well.
const GOLDEN: Bundled =
    Bundled { name: "golden", wasm: include_bytes!("../../../tests/golden/0.1.0.wasm") };

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/hostile");

/// A plugins' folder and an engine, for as long as a test runs.
struct Yard {
    folder: tempfile::TempDir,
    runtime: Runtime,
}

impl Yard {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = Runtime::start(1, Some(folder.path().join("cache"))).expect("an engine");
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
    fn load(&self, beside: &[Bundled]) -> (Shop, Loaded) {
        let mut plugins = chosen(beside);
        let files = fs::read_dir(self.plugins()).into_iter().flatten();
        for path in files.map(|entry| entry.expect("readable").path()) {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let wasm = fs::read(&path).expect("readable").into();
            plugins.push(Chosen { name, path: Some(path), wasm });
        }
        let mut shop = shop(&["fi-FI", "en-GB"]);
        let settings = Settings::default();
        let loaded = load(&self.runtime, plugins, &self.plugins(), &settings, &mut shop);
        (shop, loaded)
    }

    /// What is said about the hostile plugin, first when it is loaded and then about each product.
    /// The neighbour must come out as it does alone.
    fn outcome(&self, bundled: &[Bundled], batch: &mut [Candidate]) -> String {
        let mut alone = batch.to_vec();
        let mut alone_shop = shop(&["fi-FI", "en-GB"]);
        let nowhere = self.folder.path().join("nowhere");
        let only = chosen(&[GOLDEN]);
        let golden = load(&self.runtime, only, &nowhere, &Settings::default(), &mut alone_shop);
        worker(&golden).enrich(&alone_shop, &mut alone);

        let (shop, loaded) = self.load(bundled);
        worker(&loaded).enrich(&shop, batch);
        for (product, alone) in batch.iter().zip(&alone) {
            assert_eq!(of(product, "golden"), of(alone, "golden"));
            let texts = of(product, "golden").map_or(0, |golden| golden.values.len());
            assert_eq!(texts, 2, "the neighbour has something to say");
        }
        let folder = format!("{}/", self.plugins().display());
        let say = |broken: &Broken| format!("{broken}\n").replace(&folder, "");
        let said: String = loaded.broken.iter().map(say).collect();
        let mut said = said.replace(&"a".repeat(limits::MESSAGE_BYTES), "aaa…");
        let per_product: Vec<_> = batch.iter().map(said_about).collect();
        if per_product.iter().all(|about| *about == per_product[0]) {
            said.push_str(&per_product[0]);
        } else {
            for (product, about) in batch.iter().zip(&per_product) {
                let about = if about.is_empty() { "well\n" } else { about };
                let _ = write!(said, "{}: {about}", product.product.sku);
            }
        }
        said
    }
}

fn of<'a>(candidate: &'a Candidate, plugin: &str) -> Option<&'a Enrichment> {
    let mut all = candidate.product.content.enrichments.iter();
    all.find(|enrichment| enrichment.plugin.as_str() == plugin)
}

/// Failure and diagnostics of all but the neighbour.
fn said_about(candidate: &Candidate) -> String {
    let mut said = String::new();
    for enrichment in &candidate.product.content.enrichments {
        assert!(enrichment.plugin.as_str() != "golden" || enrichment.failure.is_none());
        if let Some(why) = &enrichment.failure {
            let _ = writeln!(said, "{why}");
        }
        for diagnostic in enrichment.diagnostics.iter().take(2) {
            let _ = writeln!(said, "{diagnostic}");
        }
    }
    said
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

fn three() -> [Candidate; 3] {
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
fn what_is_no_component_is_not_run() {
    let yard = Yard::new();
    check_bytes(
        &yard,
        b"",
        &expect![[r#"
        the plugin hostile is left out: it is not WebAssembly (hostile.wasm)
    "#]],
    );
    check_bytes(
        &yard,
        b"PK\x03\x04 and so on",
        &expect![[r#"
        the plugin hostile is left out: it is not WebAssembly (hostile.wasm)
    "#]],
    );
    check_bytes(
        &yard,
        &GOLDEN.wasm[..GOLDEN.wasm.len() / 2],
        &expect![[r#"
            the plugin hostile is left out: it is not whole; was it still being written? Copy it again (failed to parse WebAssembly module: wasm component contains an invalid module section: section range 2896..73114 is out of bounds (bound = 39747)) (hostile.wasm)
        "#]],
    );
    check_bytes(
        &yard,
        &GOLDEN.wasm[..8],
        &expect![[r#"
        the plugin hostile is left out: it does not export `describe`; a plugin implements the world `rikaste:plugin/enricher@0.1.0` (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "a-module",
        &expect![[r#"
        the plugin hostile is left out: it is a WebAssembly module and not a component; build it with `--target wasm32-wasip2` (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "of-another-world",
        &expect![[r#"
        the plugin hostile is left out: it does not export `describe`; a plugin implements the world `rikaste:plugin/enricher@0.1.0` (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "of-other-types",
        &expect![[r#"
        the plugin hostile is left out: it does not fit the contract 0.1.0: type-checking export func `configure`: expected 1-tuple, found 0-tuple (hostile.wasm)
    "#]],
    );
}

#[test]
fn another_version_of_the_contract_is_said_in_words() {
    let yard = Yard::new();
    check(
        &yard,
        "contract-2.0",
        &expect![[r#"
        the plugin hostile is left out: it was built for version 2.0.0 of the plugin contract and this host speaks 0.1.0; rebuild it with the SDK of 0.1.0 (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "contract-0.2",
        &expect![[r#"
        the plugin hostile is left out: it was built for version 0.2.0 of the plugin contract and this host speaks 0.1.0; rebuild it with the SDK of 0.1.0 (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "contract-2.0-export",
        &expect![[r#"
        the plugin hostile is left out: it was built for version 2.0.0 of the plugin contract and this host speaks 0.1.0; rebuild it with the SDK of 0.1.0 (hostile.wasm)
    "#]],
    );
}

#[test]
fn what_plugins_do_not_have_is_refused_by_name() {
    let yard = Yard::new();
    check(
        &yard,
        "imports-http",
        &expect![[r#"
        the plugin hostile is left out: it imports wasi:http/outgoing-handler@0.2.0: plugins have no network; put what it would fetch into a product file or the plugin's configuration (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "imports-something",
        &expect![[r#"
        the plugin hostile is left out: it imports acme:shop/prices@1.0.0: plugins see nothing but what their `reads` names (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "imports-a-function",
        &expect![[r#"
        the plugin hostile is left out: it imports now: plugins see nothing but what their `reads` names (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "imports-a-module",
        &expect![[r#"
        the plugin hostile is left out: it imports code: plugins see nothing but what their `reads` names (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "imports-the-wasi-to-come",
        &expect![[r#"
        the plugin hostile is left out: it imports wasi:clocks/monotonic-clock@0.3.0: this host has WASI 0.2; build the plugin for `wasm32-wasip2` (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "imports-another-log",
        &expect![[r#"
        the plugin hostile is left out: it does not fit the contract 0.1.0: component imports instance `rikaste:plugin/log@0.1.0`, but a matching implementation was not found in the linker: instance export `write` has the wrong type: type mismatch with parameters: expected 2-tuple, found 1-tuple (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "imports-a-socket-of-its-own",
        &expect![[r#"
        the plugin hostile is left out: it does not fit the contract 0.1.0: component imports instance `wasi:sockets/quic@0.2.0`, but a matching implementation was not found in the linker: instance export `connect` has the wrong type: function implementation is missing (hostile.wasm)
    "#]],
    );
}

#[test]
fn who_needs_too_much_from_the_beginning_is_not_begun_with() {
    let yard = Yard::new();
    check(
        &yard,
        "memory-from-the-beginning",
        &expect![[r#"
        the plugin hostile is left out: it needs 512 MiB of memory to begin with; at most 256 MiB are allowed (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "memories-by-the-dozen",
        &expect![[r#"
        the plugin hostile is left out: it needs 41 memories; at most 4 are allowed (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "memory-is-shared",
        &expect![[r#"
            the plugin hostile is left out: it cannot be compiled: failed to parse WebAssembly module: threads must be enabled for shared memories (at offset 0x102) (hostile.wasm)
        "#]],
    );
    check(
        &yard,
        "table-from-the-beginning",
        &expect![[r#"
        the plugin hostile is left out: it needs a table of 1000000 elements; at most 20000 are allowed (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "tables-by-the-dozen",
        &expect![[r#"
        the plugin hostile is left out: it needs 40 tables; at most 16 are allowed (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "instances-by-the-hundred",
        &expect![[r#"
        the plugin hostile is left out: it needs more than there is room for; build it of fewer parts (The component transitively contains 200 core module instances, which exceeds the configured maximum of 64 in the pooling allocator) (hostile.wasm)
    "#]],
    );
}

#[test]
fn who_does_wrong_while_it_starts_is_left_out() {
    let yard = Yard::new();
    check(
        &yard,
        "start-loops",
        &expect![[r#"
        the plugin hostile is left out: it cannot describe itself: it took more than 500 million steps; is there a loop without an end? (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "start-traps",
        &expect![[r#"
        the plugin hostile is left out: it cannot describe itself: it stopped itself without saying why (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "configure-loops",
        &expect![[r#"
        the plugin hostile 1.0.0 is left out: it fails when it is configured: it took more than 500 million steps; is there a loop without an end? (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "configure-talks",
        &expect![[r#"
        the plugin hostile 1.0.0 is left out: hostile.toml: aaa… (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "realloc-loops",
        &expect![[r#"
        the plugin hostile 1.0.0 is left out: it fails when it is configured: it took more than 500 million steps; is there a loop without an end? (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "realloc-lies",
        &expect![[r#"
        the plugin hostile 1.0.0 is left out: it fails when it is configured: what it hands over is not of the contract; was it built with other bindings? (realloc return: beyond end of memory) (hostile.wasm)
    "#]],
    );
}

#[test]
fn who_does_not_say_what_it_is_is_left_out() {
    let yard = Yard::new();
    check(
        &yard,
        "describe-loops",
        &expect![[r#"
        the plugin hostile is left out: it cannot describe itself: it took more than 500 million steps; is there a loop without an end? (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-recurses",
        &expect![[r#"
        the plugin hostile is left out: it cannot describe itself: its stack overflowed; is there a recursion without an end? (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-points-nowhere",
        &expect![[r#"
        the plugin hostile is left out: it cannot describe itself: what it hands over is not of the contract; was it built with other bindings? (pointer out of bounds of memory) (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-points-too-far",
        &expect![[r#"
        the plugin hostile is left out: it cannot describe itself: what it hands over is not of the contract; was it built with other bindings? (list pointer/length out of bounds of memory) (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-is-no-text",
        &expect![[r#"
        the plugin hostile is left out: it cannot describe itself: what it hands over is not of the contract; was it built with other bindings? (invalid utf-8 sequence of 1 bytes from index 0) (hostile.wasm)
    "#]],
    );
}

#[test]
fn who_lies_about_itself_is_left_out() {
    let yard = Yard::new();
    check(
        &yard,
        "describe-version-is-none",
        &expect![[r#"
        the plugin hostile is left out: its manifest is wrong: its version "1.0" is not a semantic version such as 1.0.0 (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-goes-on-and-on",
        &expect![[r#"
        the plugin hostile is left out: its manifest is wrong: its description has 1048576 bytes; at most 1024 are allowed (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-reads-everything",
        &expect![[r#"
        the plugin hostile is left out: its manifest is wrong: its `reads` has 100000 names; at most 256 are allowed (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-writes-everything",
        &expect![[r#"
        the plugin hostile is left out: its manifest is wrong: its `writes` has 100000 attributes; at most 256 are allowed (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-reads-nonsense",
        &expect![[r#"
            the plugin hostile is left out: its manifest is wrong: in `reads`: the attribute code "a b" contains ' '; letters, digits, `_`, `-` and `.` are allowed (hostile.wasm)
        "#]],
    );
    check(
        &yard,
        "describe-writes-stock",
        &expect![[r#"
        the plugin hostile is left out: its manifest is wrong: `writes` names stock, which plugins can only read (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-schema-is-none",
        &expect![[r#"
        the plugin hostile is left out: the schema of its configuration is wrong: at `/type`: "strng" is not a type; did you mean "string"? (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-schema-is-endless",
        &expect![[r#"
        the plugin hostile 1.0.0 is left out: the schema of its configuration is wrong: it takes more than 100000 steps, or a depth of more than 64, to check a configuration; does it refer to itself? (hostile.wasm)
    "#]],
    );
    check(
        &yard,
        "describe-changes",
        &expect![[r#"
        the plugin hostile is left out: hostile 1.0.0 does not describe itself twice in the same words; `describe` must answer with constants only (hostile.wasm)
    "#]],
    );
}

#[test]
fn who_fails_on_every_product_fails_alone() {
    let yard = Yard::new();
    check(
        &yard,
        "enrich-loops",
        &expect![[r#"
        hostile 1.0.0 failed: it took more than 500 million steps; is there a loop without an end?
    "#]],
    );
    check(
        &yard,
        "enrich-recurses",
        &expect![[r#"
        hostile 1.0.0 failed: its stack overflowed; is there a recursion without an end?
    "#]],
    );
    check(
        &yard,
        "enrich-takes-memory",
        &expect![[r#"
        hostile 1.0.0 failed: it needs more than 256 MiB of memory
    "#]],
    );
    check(
        &yard,
        "enrich-takes-tables",
        &expect![[r#"
        hostile 1.0.0 failed: it needs a table of more than 20000 elements
    "#]],
    );
    check(
        &yard,
        "enrich-takes-handles",
        &expect![[r#"
            hostile 1.0.0 failed: it has more than 1000 handles open; does it close what it opens?
        "#]],
    );
    check(
        &yard,
        "enrich-stops",
        &expect![[r#"
        hostile 1.0.0 failed: it stopped itself without saying why
    "#]],
    );
    check(
        &yard,
        "enrich-divides-by-nothing",
        &expect![[r#"
        hostile 1.0.0 failed: wasm trap: integer divide by zero
    "#]],
    );
    check(
        &yard,
        "enrich-calls-nothing",
        &expect![[r#"
        hostile 1.0.0 failed: wasm trap: uninitialized element
    "#]],
    );
}

#[test]
fn an_answer_that_is_none_is_not_taken() {
    let yard = Yard::new();
    check(
        &yard,
        "enrich-points-nowhere",
        &expect![[r#"
        hostile 1.0.0 failed: what it hands over is not of the contract; was it built with other bindings? (pointer out of bounds of memory)
    "#]],
    );
    check(
        &yard,
        "enrich-points-too-far",
        &expect![[r#"
        hostile 1.0.0 failed: what it hands over is not of the contract; was it built with other bindings? (list pointer/length out of bounds of memory)
    "#]],
    );
    check(
        &yard,
        "enrich-answers-too-often",
        &expect![[r#"
        hostile 1.0.0 failed: it was given 1 products and answered 2
    "#]],
    );
    check(
        &yard,
        "enrich-answers-nothing",
        &expect![[r#"
        hostile 1.0.0 failed: it was given 1 products and answered 0
    "#]],
    );
    check(
        &yard,
        "enrich-answers-neither",
        &expect![[r#"
        hostile 1.0.0 failed: what it hands over is not of the contract; was it built with other bindings? (invalid expected discriminant)
    "#]],
    );
    check(
        &yard,
        "enrich-is-no-text",
        &expect![[r#"
        hostile 1.0.0 failed: what it hands over is not of the contract; was it built with other bindings? (invalid utf-8 sequence of 1 bytes from index 0)
    "#]],
    );
    check(
        &yard,
        "enrich-a-million-values",
        &expect![[r#"
        hostile 1.0.0 failed: it handed over more than 16 MiB at once
    "#]],
    );
    check(
        &yard,
        "enrich-too-many-values",
        &expect![[r#"
        A: the plugin hostile 1.0.0 proposes a value of  that is left out: its manifest does not name  in `writes`
        the plugin hostile 1.0.0 proposes a value of  that is left out: its manifest does not name  in `writes`
        B: well
        C: well
    "#]],
    );
    check(
        &yard,
        "enrich-a-huge-text",
        &expect![[r#"
        hostile 1.0.0 failed: it handed over more than 16 MiB at once
    "#]],
    );
}

/// The plugin that does what a product tells it to, and the product between two others.
fn check_fault(yard: &Yard, fault: &str, expected: &Expect) {
    let mut batch = [faulty("A", None), faulty("B", Some(fault)), faulty("C", None)];
    let said = yard.outcome(&[GOLDEN, TEST_GUEST], &mut batch);
    for well in [&batch[0], &batch[2]] {
        let notes: Vec<_> = notes(well).collect();
        let name = format!("Name of {}", well.product.sku);
        assert_eq!(notes, [format!("{name}: well"), format!("{name}: well")]);
    }
    expected.assert_eq(&without_position(&said));
}

/// Where in the test guest a panic is changes with every line that is added to it.
fn without_position(said: &str) -> String {
    let Some((before, after)) = said.split_once("src/lib.rs:") else { return said.to_owned() };
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    format!("{before}src/lib.rs:…:{after}")
}

/// What the test guest says in every language.
fn notes(candidate: &Candidate) -> impl Iterator<Item = String> {
    let values = of(candidate, "faulty").map_or(&[][..], |enrichment| &enrichment.values);
    values.iter().filter(|v| v.attribute.as_str() == "note").map(|v| v.data.to_string())
}

#[test]
fn who_fails_on_a_product_keeps_the_others() {
    let yard = Yard::new();
    check_fault(
        &yard,
        "panic",
        &expect![[r#"
            A: well
            B: faulty 0.1.0 failed: it panicked: panicked at tests/guests/faulty/src/lib.rs:…:
            no use for B (in rikaste_test_guest::Faulty::enrich, called by rikaste_test_guest::Faulty::enrich_batch)
            C: well
        "#]],
    );
    check_fault(
        &yard,
        "loop",
        &expect![[r#"
            A: well
            B: faulty 0.1.0 failed: it took more than 500 million steps; is there a loop without an end? (in rikaste_test_guest::Faulty::enrich, called by rikaste_test_guest::Faulty::enrich_batch)
            C: well
        "#]],
    );
    check_fault(
        &yard,
        "recursion",
        &expect![[r#"
            A: well
            B: faulty 0.1.0 failed: it reached outside its memory; is there a recursion without an end? (in rikaste_test_guest::recurse)
            C: well
        "#]],
    );
    check_fault(
        &yard,
        "memory",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: it needs more than 256 MiB of memory
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "tiny",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: it needs more than 256 MiB of memory
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "output",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: it handed over more than 16 MiB at once
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "error",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: the name says nothing
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "count",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: it was given 1 products and answered 0
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "undeclared",
        &expect![[r#"
        A: well
        B: price: the plugin faulty 0.1.0 proposes a value of price that is left out: its manifest does not name price in `writes`
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "locale",
        &expect![[r#"
        A: well
        B: note, fr-FR: the plugin faulty 0.1.0 proposes a value of note that is left out: the shop has no locale "fr-FR"
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "channel",
        &expect![[r#"
        A: well
        B: note: the plugin faulty 0.1.0 proposes a value of note that is left out: it has a channel, and its manifest says that it is not scopable
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "not-localizable",
        &expect![[r#"
        A: well
        B: number, fi-FI: the plugin faulty 0.1.0 proposes a value of number that is left out: it has a locale, and its manifest says that it is not localizable
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "type",
        &expect![[r#"
        A: well
        B: number: the plugin faulty 0.1.0 proposes a value of number that is left out: its manifest says that it is integer, and this is text
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "window",
        &expect![[r#"
        A: well
        B: note: the plugin faulty 0.1.0 proposes a value of note that is left out: its window ends before it begins
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "date",
        &expect![[r#"
        A: well
        B: note: the plugin faulty 0.1.0 proposes a value of note that is left out: "24.12.2026" is not a date; write it as 2026-12-24 or 2026-12-24T08:00
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "twice",
        &expect![[r#"
        A: well
        B: note, fi-FI: the plugin faulty 0.1.0 proposes a value of note that is left out: there is another value for the same locale, channel and window
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "long",
        &expect![[r#"
        A: well
        B: note: the plugin faulty 0.1.0 proposes a value of note that is left out: a text has 100000 bytes; at most 65536 are allowed
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "control",
        &expect![[r#"
        A: well
        B: note: the plugin faulty 0.1.0 proposes a value of note that is left out: a text contains the control character '\u{1}'
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "many",
        &expect![[r#"
        A: well
        B: number: the plugin faulty 0.1.0 proposes a value of number that is left out: there is another value for the same locale, channel and window
        number: the plugin faulty 0.1.0 proposes a value of number that is left out: there is another value for the same locale, channel and window
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "grid",
        &expect![[r#"
        A: well
        B: grid: the plugin faulty 0.1.0 proposes a value of grid that is left out: row 1 of the table has 0 cells for 1 columns
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "foreign-asset",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: 0000000000000000000000000000000000000000000000000000000000000000 is not among the images of the products at hand; name `images` in `reads`
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "escape",
        &expect![[r#"
            A: well
            B: faulty 0.1.0 failed: �[2J�]0;owned� all is well�
            said the host
            C: well
        "#]],
    );
}

#[test]
fn the_world_outside_is_not_there() {
    let yard = Yard::new();
    check_fault(
        &yard,
        "file",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: no way out: Os { code: 44, kind: NotFound, message: "No such file or directory" }
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "write-file",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: no way out: Os { code: 44, kind: NotFound, message: "No such file or directory" }
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "socket",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: no way out: Os { code: 2, kind: PermissionDenied, message: "Permission denied" }
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "lookup",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: no way out: Custom { kind: Uncategorized, error: "failed to lookup address information: Non-recoverable error" }
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "variable",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: no way out: NotPresent
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "argument",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: no way out: "no arguments"
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "thread",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: no way out: Os { code: 58, kind: Unsupported, message: "Not supported" }
        C: well
    "#]],
    );
    check_fault(
        &yard,
        "process",
        &expect![[r#"
        A: well
        B: faulty 0.1.0 failed: no way out: Error { kind: Unsupported, message: "operation not supported on this platform" }
        C: well
    "#]],
    );
}

#[test]
fn who_says_too_much_or_waits_harms_nobody() {
    let yard = Yard::new();
    for fault in ["log", "print", "sleep", "clock", "random", "address"] {
        check_fault(&yard, fault, &expect![""]);
    }
}

#[test]
fn two_instances_make_the_same_bytes_of_addresses_clocks_and_hash_orders() {
    let yard = Yard::new();
    let (shop, loaded) = yard.load(&[TEST_GUEST]);
    let once = || {
        let mut batch =
            ["address", "hash-order", "random", "clock"].map(|fault| faulty(fault, Some(fault)));
        worker(&loaded).enrich(&shop, &mut batch);
        batch.map(|candidate| of(&candidate, "faulty").expect("enriched").clone())
    };
    let first = once();
    assert!(first.iter().all(|enrichment| enrichment.values.len() == 3), "{first:?}");
    assert_eq!(first, once());
}

/// The contract has outcomes in the order of products: one that answers in another order is
/// believed. What it can spoil by this is what it writes itself.
#[test]
fn who_mixes_up_products_spoils_only_its_own_values() {
    let yard = Yard::new();
    let mut batch = [faulty("A", None), faulty("B", Some("mixed-up")), faulty("C", None)];
    assert_eq!(yard.outcome(&[GOLDEN, TEST_GUEST], &mut batch), "");
    assert_eq!(notes(&batch[0]).next().as_deref(), Some("Name of C: well"));
}

#[test]
fn one_in_a_hundred_panics_beside_a_neighbour() {
    let yard = Yard::new();
    let fault = |number: usize| (number % 100 == 42).then_some("panic");
    let mut batch: Vec<_> =
        (0..200).map(|number| faulty(&format!("P{number}"), fault(number))).collect();
    yard.outcome(&[GOLDEN, TEST_GUEST], &mut batch);
    for (number, candidate) in batch.iter().enumerate() {
        assert_eq!(notes(candidate).count(), if fault(number).is_some() { 0 } else { 2 });
    }
}

#[test]
fn a_file_that_is_replaced_while_its_plugin_runs_is_of_no_concern_until_it_is_loaded() {
    let yard = Yard::new();
    yard.put("golden.wasm", GOLDEN.wasm);
    let (shop, loaded) = yard.load(&[]);
    let enrich = || {
        let mut batch = three();
        worker(&loaded).enrich(&shop, &mut batch);
        batch.map(|candidate| of(&candidate, "golden").expect("enriched").clone())
    };
    let before = enrich();
    yard.put("golden.wasm", &GOLDEN.wasm[..GOLDEN.wasm.len() / 3]);
    assert_eq!(enrich(), before, "what is loaded goes on");
    let (_, half) = yard.load(&[]);
    assert!(half.plugins.is_empty(), "half a file is none");
    fs::remove_file(yard.plugins().join("golden.wasm")).expect("there");
    assert_eq!(enrich(), before, "even when its file is gone");
}

#[test]
fn every_file_is_tested() {
    let text = include_str!("hostile.rs");
    for entry in fs::read_dir(FOLDER).expect("there") {
        let name = entry.expect("readable").file_name().into_string().expect("text");
        let case = name.strip_suffix(".wat").expect("WAT");
        let is_a_part = ["well", "contract"].contains(&case);
        assert!(is_a_part || text.contains(&format!("\"{case}\"")), "{name} is not tested");
    }
}
