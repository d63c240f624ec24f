//! Whatever a plugin does, its neighbours' values come out right.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};

use super::testing::*;
use super::{Candidate, EnrichCounts};
use crate::bundled::TEST_GUEST;
use crate::plugin::{self, Loaded, Runtime};

fn check(fault: &str, expected: &Expect) {
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("A", None), faulty("B", Some(fault)), faulty("C", None)];
    worker.enrich(&shop, &mut batch);
    assert_well(&batch[0]);
    assert_well(&batch[2]);
    expected.assert_eq(&summary(&batch[1]));
}

fn assert_well(candidate: &Candidate) {
    let name = format!("Name of {}", candidate.product.sku);
    assert_eq!(
        summary(candidate),
        format!("note fi-FI = {name}: well\nnote en-GB = {name}: well\n")
    );
}

#[test]
fn what_is_wrong_about_a_value_is_said_and_the_rest_stands() {
    check(
        "undeclared",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: price: the plugin faulty 0.1.0 proposes a value of price that is left out: its manifest does not name price in `writes`
    "#]],
    );
    check(
        "locale",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: note, fr-FR: the plugin faulty 0.1.0 proposes a value of note that is left out: the shop has no locale "fr-FR"
    "#]],
    );
    check(
        "channel",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: note: the plugin faulty 0.1.0 proposes a value of note that is left out: it has a channel, and its manifest says that it is not scopable
    "#]],
    );
    check(
        "not-localizable",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: number, fi-FI: the plugin faulty 0.1.0 proposes a value of number that is left out: it has a locale, and its manifest says that it is not localizable
    "#]],
    );
    check(
        "type",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: number: the plugin faulty 0.1.0 proposes a value of number that is left out: its manifest says that it is integer, and this is text
    "#]],
    );
    check(
        "window",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: note: the plugin faulty 0.1.0 proposes a value of note that is left out: its window ends before it begins
    "#]],
    );
    check(
        "date",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: note: the plugin faulty 0.1.0 proposes a value of note that is left out: "24.12.2026" is not a date; write it as 2026-12-24 or 2026-12-24T08:00
    "#]],
    );
    check(
        "twice",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: note, fi-FI: the plugin faulty 0.1.0 proposes a value of note that is left out: there is another value for the same locale, channel and window
    "#]],
    );
    check(
        "long",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: note: the plugin faulty 0.1.0 proposes a value of note that is left out: a text has 100000 bytes; at most 65536 are allowed
    "#]],
    );
    check(
        "control",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: note: the plugin faulty 0.1.0 proposes a value of note that is left out: a text contains the control character '\u{1}'
    "#]],
    );
    check(
        "grid",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        error plugin-value-refused: grid: the plugin faulty 0.1.0 proposes a value of grid that is left out: row 1 of the table has 0 cells for 1 columns
    "#]],
    );
}

#[test]
fn a_failure_is_the_product_s_own() {
    check(
        "error",
        &expect![[r#"
            failure: faulty 0.1.0 failed: the name says nothing
        "#]],
    );
    check(
        "count",
        &expect![[r#"
        failure: faulty 0.1.0 failed: it was given 1 products and answered 0
    "#]],
    );
    check(
        "recursion",
        &expect![[r#"
            failure: faulty 0.1.0 failed: it reached outside its memory; is there a recursion without an end?
        "#]],
    );
    check(
        "memory",
        &expect![[r#"
        failure: faulty 0.1.0 failed: it needs more than 256 MiB of memory
    "#]],
    );
    check(
        "output",
        &expect![[r#"
            failure: faulty 0.1.0 failed: it handed over more than 16 MiB at once
        "#]],
    );
    check(
        "foreign-asset",
        &expect![[r#"
            failure: faulty 0.1.0 failed: 0000000000000000000000000000000000000000000000000000000000000000 is not among the images of the products at hand; name `images` in `reads`
        "#]],
    );
}

#[test]
fn a_panic_says_where_and_why() {
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("B", Some("panic"))];
    worker.enrich(&shop, &mut batch);
    let failure = enrichment(&batch[0]).failure.as_deref().expect("a failure");
    let start = "faulty 0.1.0 failed: it panicked: panicked at tests/guests/faulty/src/lib.rs:";
    assert!(failure.starts_with(start) && failure.ends_with("no use for B"), "{failure}");
}

#[test]
fn a_loop_without_end_runs_out_of_steps() {
    check(
        "loop",
        &expect![[r#"
        failure: faulty 0.1.0 failed: it took more than 500 million steps; is there a loop without an end?
    "#]],
    );
}

#[test]
fn there_is_no_time_and_waiting_is_over_at_once() {
    check(
        "sleep",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
    "#]],
    );
    check(
        "clock",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
        number = 0
    "#]],
    );
}

#[test]
fn random_numbers_are_the_same_on_every_instance() {
    let number = || {
        let (shop, mut worker) = faulty_shop();
        let mut batch = [faulty("A", Some("random"))];
        worker.enrich(&shop, &mut batch);
        summary(&batch[0])
    };
    assert!(number().contains("number = "));
    assert_eq!(number(), number());
}

#[test]
fn a_flood_of_lines_harms_nobody() {
    check(
        "log",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
    "#]],
    );
    check(
        "print",
        &expect![[r#"
        note fi-FI = Name of B: well
        note en-GB = Name of B: well
    "#]],
    );
}

#[test]
fn a_photo_of_the_product_at_hand_can_be_read() {
    let sum: u32 = (2..100).sum();
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("A", Some("asset"))];
    worker.enrich(&shop, &mut batch);
    assert!(summary(&batch[0]).contains(&format!("number = {sum}\n")), "{}", summary(&batch[0]));
}

#[test]
fn too_many_values_are_cut_and_said() {
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("A", Some("many"))];
    worker.enrich(&shop, &mut batch);
    let summary = summary(&batch[0]);
    assert!(summary.contains("number = 0\n") && !summary.contains("number = 1\n"), "{summary}");
    assert_eq!(enrichment(&batch[0]).diagnostics.len(), plugin::limits::DIAGNOSTICS);
}

#[test]
fn one_in_a_hundred_panics_and_all_others_are_well() {
    let (shop, mut worker) = faulty_shop();
    let fault = |number: usize| (number % 100 == 7).then_some("panic");
    let mut batch: Vec<_> =
        (0..300).map(|number| faulty(&format!("P{number}"), fault(number))).collect();
    let counts = worker.enrich(&shop, &mut batch);
    assert_eq!(counts, EnrichCounts { plugin_runs: 300, memo_hits: 0, failed: 3 });
    for (number, candidate) in batch.iter().enumerate() {
        match fault(number) {
            None => assert_well(candidate),
            Some(_) => {
                let failure = enrichment(candidate).failure.as_deref().expect("a failure");
                assert!(failure.contains(&format!("no use for P{number}")), "{failure}");
            }
        }
    }
}

#[test]
fn the_same_inputs_are_not_run_again() {
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("A", None), faulty("B", Some("panic")), faulty("A", None)];
    let first = worker.enrich(&shop, &mut batch);
    assert_eq!(first, EnrichCounts { plugin_runs: 2, memo_hits: 1, failed: 1 });
    let kept = batch.clone().map(|candidate| candidate.product);

    let again = worker.enrich(&shop, &mut batch);
    assert_eq!(again, EnrichCounts { plugin_runs: 0, memo_hits: 3, failed: 0 });
    assert!(batch.iter().all(|candidate| !candidate.enriched));
    assert_eq!(batch.map(|candidate| candidate.product), kept);

    let mut new = [faulty("A", None), faulty("B", Some("panic"))];
    let shared = worker.enrich(&shop, &mut new);
    assert_eq!(shared, EnrichCounts { plugin_runs: 0, memo_hits: 2, failed: 1 });
    assert_eq!(new.map(|candidate| candidate.product), [kept[0].clone(), kept[1].clone()]);
}

#[test]
fn a_failure_keeps_the_last_good_values() {
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("A", None)];
    worker.enrich(&shop, &mut batch);
    let good = enrichment(&batch[0]).clone();

    batch[0].product.content.sources = faulty("A", Some("panic")).product.content.sources;
    worker.enrich(&shop, &mut batch);
    let stale = enrichment(&batch[0]);
    assert_eq!(stale.values, good.values);
    assert!(stale.failure.is_some() && stale.memo != good.memo);

    batch[0].product.content.sources = faulty("A", None).product.content.sources;
    worker.enrich(&shop, &mut batch);
    assert_eq!(*enrichment(&batch[0]), good);
}

#[test]
fn a_plugin_reads_the_value_beneath_its_own() {
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("A", None)];
    worker.enrich(&shop, &mut batch);
    let counts = worker.enrich(&shop, &mut batch);
    assert_eq!(counts.memo_hits, 1, "its own note is no input of it");

    let layer = &mut batch[0].product.content.sources[0];
    layer.values.push(rikaste_catalog::product::SourceValue {
        value: text("note", "imported"),
        cell: CELL,
    });
    let counts = worker.enrich(&shop, &mut batch);
    assert_eq!(counts.plugin_runs, 1, "an imported note is");
}

#[test]
fn what_a_plugin_made_goes_with_it_and_stays_when_it_is_broken() {
    let (shop, mut faulty_worker) = faulty_shop();
    let mut batch = [faulty("A", None)];
    faulty_worker.enrich(&shop, &mut batch);

    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("faulty.wasm"), b"\0asm\x0d\0\x01\0").expect("written");
    let mut broken_shop = shop.clone();
    let broken = plugin::load(&RUNTIME, &[], folder.path(), &mut broken_shop);
    let mut stale = batch.clone();
    worker(&broken).enrich(&broken_shop, &mut stale);
    assert_eq!(enrichment(&stale[0]).values, enrichment(&batch[0]).values);
    let failure = enrichment(&stale[0]).failure.as_deref().expect("a failure");
    assert!(
        failure.starts_with("the plugin faulty is left out: it does not export `describe`"),
        "{failure}"
    );
    assert!(stale[0].enriched);

    worker(&Loaded::default()).enrich(&shop, &mut batch);
    assert!(batch[0].product.content.enrichments.is_empty());
    assert!(batch[0].enriched);
}

fn load_with(files: &[(&str, &[u8])]) -> (Loaded, String) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("written");
    }
    let mut shop = shop(&["fi-FI"]);
    let loaded = plugin::load(&RUNTIME, &[TEST_GUEST], folder.path(), &mut shop);
    let broken = loaded.broken.iter().map(|broken| format!("{broken}\n")).collect::<String>();
    let broken = broken.replace(&format!("{}/", folder.path().display()), "");
    (loaded, broken)
}

#[test]
fn a_wrong_file_is_named_with_what_is_wrong_and_the_others_run() {
    let check = |files: &[(&str, &[u8])], plugins: usize, expected: &Expect| {
        let (loaded, broken) = load_with(files);
        assert_eq!(loaded.plugins.len(), plugins);
        expected.assert_eq(&broken);
    };
    check(&[], 1, &expect![""]);
    check(&[("faulty.toml", b"ending = \"fine\"")], 1, &expect![""]);
    check(
        &[("faulty.toml", b"ending = \"\"")],
        0,
        &expect![[r#"
        the plugin faulty is left out: faulty.toml: `ending`: write at least one letter
    "#]],
    );
    check(
        &[("faulty.toml", b"endnig = \"fine\"")],
        0,
        &expect![[r#"
        the plugin faulty is left out: faulty.toml: `endnig`: unknown field `endnig`, expected `ending`
    "#]],
    );
    check(
        &[("faulty.toml", b"ending = ")],
        0,
        &expect![[r#"
        the plugin faulty is left out: faulty.toml: TOML parse error at line 1, column 10
          |
        1 | ending = 
          |          ^
        string values must be quoted, expected literal string

    "#]],
    );
    check(
        &[("fualty.toml", b"")],
        1,
        &expect![[r#"
        the plugin fualty is left out: there is no plugin of this name; there is faulty (fualty.toml)
    "#]],
    );
    check(
        &[("x.wasm", b"PK"), ("y.wasm", b"\0asm\x01\0\0\0")],
        1,
        &expect![[r#"
        the plugin x is left out: it is not WebAssembly (x.wasm)
        the plugin y is left out: it is a WebAssembly module and not a component; build it with `--target wasm32-wasip2` (y.wasm)
    "#]],
    );
    check(
        &[("z.wasm", b"\0asm\x0d\0\x01\0")],
        1,
        &expect![[r#"
        the plugin z is left out: it does not export `describe`; a plugin implements the world `rikaste:plugin/enricher@0.1.0` (z.wasm)
    "#]],
    );
}

#[test]
fn a_shop_has_the_attributes_that_plugins_write_unless_it_has_others() {
    let mut own = shop(&["fi-FI"]);
    assert!(load(&[TEST_GUEST], &mut own).broken.is_empty());
    let note = own.attribute("note").expect("defined");
    assert!(note.localizable && note.by_plugin.as_deref() == Some("faulty"));

    let mut other = shop(&["fi-FI"]);
    let number = rikaste_catalog::shop::Attribute::of(rikaste_catalog::value::DataType::Date);
    other.attributes.insert(attribute("number"), number);
    let loaded = load(&[TEST_GUEST], &mut other);
    expect!["the plugin faulty is left out: the plugin writes number as integer, but model.toml has it as date; make them the same"].assert_eq(&loaded.broken[0].to_string());
    assert!(other.attribute("note").is_none());
}

#[test]
fn compiled_plugins_are_kept_and_a_damaged_one_is_compiled_again() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = cache.path().join("private");
    let load = || {
        let runtime = Runtime::start(1, Some(folder.clone())).expect("an engine");
        plugin::load(&runtime, &[TEST_GUEST], Path::new("/no/such/folder"), &mut shop(&["fi-FI"]))
            .plugins
            .len()
    };
    let entry =
        || fs::read_dir(&folder).expect("made").next().expect("an entry").expect("readable").path();
    assert_eq!(load(), 1);
    let whole = fs::read(entry()).expect("readable");
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    fs::write(entry(), damaged).expect("written");
    assert_eq!(load(), 1);
    assert_eq!(fs::read(entry()).expect("readable"), whole);
    fs::write(entry(), b"").expect("written");
    assert_eq!(load(), 1);
    assert_eq!(fs::read(entry()).expect("readable").len(), whole.len());
}
