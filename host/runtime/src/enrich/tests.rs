//! Whatever a plugin does, its neighbours' values come out right.

use expect_test::{Expect, expect};

use super::testing::*;
use super::{EnrichCounts, EnrichWorker, EnrichmentCandidate};
use crate::{LoadedPlugins, PluginLimits};
use rikaste_embed::EmbeddedPlugin;

fn check(fault: &str, expected: &Expect) {
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("A", None), faulty("B", Some(fault)), faulty("C", None)];
    worker.enrich_batch(&shop, &mut batch);
    assert_well(&batch[0]);
    assert_well(&batch[2]);
    expected.assert_eq(&summary(&batch[1]));
}

fn assert_well(candidate: &EnrichmentCandidate) {
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
            failure: faulty 0.1.0 failed: it reached outside its memory; is there a recursion without an end? (in rikaste_test_guest::recurse)
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
    worker.enrich_batch(&shop, &mut batch);
    let failure = enrichment(&batch[0]).failure.as_deref().expect("a failure");
    let start = "faulty 0.1.0 failed: it panicked: panicked at tests/guests/faulty/src/lib.rs:";
    let end = "no use for B (in rikaste_test_guest::Faulty::enrich, called by rikaste_test_guest::Faulty::enrich_batch)";
    assert!(failure.starts_with(start) && failure.ends_with(end), "{failure}");
}

#[test]
fn a_loop_without_end_runs_out_of_steps() {
    check(
        "loop",
        &expect![[r#"
            failure: faulty 0.1.0 failed: it took more than 500 million steps; is there a loop without an end? (in rikaste_test_guest::Faulty::enrich, called by rikaste_test_guest::Faulty::enrich_batch)
        "#]],
    );
}

/// A product's steps are counted alone on a fresh instance, whatever its company.
#[test]
fn the_verdict_is_the_same_in_any_company() {
    const BURNS: [&str; 3] = ["burn 1000", "burn 300000", "burn 900000"];
    let (shop, default) = limited(PluginLimits::DEFAULT);
    let mut worker = default();
    let mut steps = |sku| {
        worker.enrich_batch(&shop, &mut [faulty(sku, Some(BURNS[2]))]);
        worker.runners()[0].instance().expect("it behaved").last_usage().steps
    };
    // The second finds an instance that has been used, where some things are done already.
    let (fresh, used) = (steps("P002"), steps("P005"));
    assert!(used < fresh, "{used} of {fresh}");
    let products = |count: usize| {
        let burn = |number: usize| Some(BURNS[number % BURNS.len()]);
        (0..count).map(move |number| faulty(&format!("P{number:03}"), burn(number)))
    };
    // Enough for the third kind on a used instance, and not on a fresh one.
    let steps = fresh.midpoint(used);
    let (shop, worker) = limited(PluginLimits { steps, ..PluginLimits::DEFAULT });
    let verdicts = |worker: &mut EnrichWorker, batch: usize| {
        let mut products: Vec<_> = products(60).collect();
        products.chunks_mut(batch).for_each(|batch| {
            worker.enrich_batch(&shop, batch);
        });
        products.iter().map(|one| enrichment(one).failure.clone()).collect::<Vec<_>>()
    };
    let expected = verdicts(&mut worker(), 1);
    let guilty: Vec<_> = expected.iter().map(Option::is_some).collect();
    assert_eq!(guilty, [false, false, true].repeat(20));
    for batch in [2, 7, 60] {
        assert_eq!(verdicts(&mut worker(), batch), expected, "batches of {batch}");
    }
    let mut used = worker();
    verdicts(&mut used, 3);
    std::thread::scope(|scope| {
        let threads = [5, 32].map(|batch| scope.spawn(move || verdicts(&mut worker(), batch)));
        assert_eq!(verdicts(&mut used, 16), expected, "a worker that ran before");
        for thread in threads {
            assert_eq!(thread.join().expect("ended"), expected);
        }
    });
}

#[test]
fn a_plugin_that_remembers_is_found_out() {
    let mut wasm = rikaste_test_guests::TEST_GUEST.wasm.to_vec();
    let at = wasm.windows(10).position(|part| part == b"mood: calm").expect("it is there");
    wasm[at..at + 10].copy_from_slice(b"mood: keep");
    let guest = EmbeddedPlugin { name: "faulty", wasm: wasm.leak() };
    let mut shop = shop(&["fi-FI"]);
    let loaded = load_bundled(&[guest], &mut shop);
    let mut batch = [faulty("A", None), faulty("B", None), faulty("C", None)];
    worker(&loaded).enrich_batch(&shop, &mut batch);
    // What comes of a product alone is what counts.
    assert_eq!(summary(&batch[2]), "note fi-FI = Name of C: 0\n");
    assert_eq!(loaded.enrichers[0].metrics().counts().nondeterministic_count(), 1);

    let (shop, steady) = limited(PluginLimits::DEFAULT);
    let mut worker = steady();
    let mut batch: Vec<_> = (0..1_200).map(|number| faulty(&format!("P{number}"), None)).collect();
    worker.enrich_batch(&shop, &mut batch);
    assert_eq!(worker.runners()[0].plugin().metrics().counts().nondeterministic_count(), 0);
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
        worker.enrich_batch(&shop, &mut batch);
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
    worker.enrich_batch(&shop, &mut batch);
    assert!(summary(&batch[0]).contains(&format!("number = {sum}\n")), "{}", summary(&batch[0]));
}

#[test]
fn too_many_values_are_cut_and_said() {
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("A", Some("many"))];
    worker.enrich_batch(&shop, &mut batch);
    let summary = summary(&batch[0]);
    assert!(summary.contains("number = 0\n") && !summary.contains("number = 1\n"), "{summary}");
    assert_eq!(enrichment(&batch[0]).diagnostics.len(), crate::limits::DIAGNOSTICS);
}

#[test]
fn one_in_a_hundred_panics_and_all_others_are_well() {
    let (shop, mut worker) = faulty_shop();
    let fault = |number: usize| (number % 100 == 7).then_some("panic");
    let mut batch: Vec<_> =
        (0..300).map(|number| faulty(&format!("P{number}"), fault(number))).collect();
    let counts = worker.enrich_batch(&shop, &mut batch);
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
    let pair = || [faulty("A", None), faulty("B", Some("panic"))];
    let mut batch = [pair(), pair()].concat();
    let first = worker.enrich_batch(&shop, &mut batch);
    assert_eq!(first, EnrichCounts { plugin_runs: 2, memo_hits: 2, failed: 2 });
    let products =
        |batch: &[EnrichmentCandidate]| batch.iter().map(|c| c.product.clone()).collect::<Vec<_>>();
    let kept = products(&batch);

    let again = worker.enrich_batch(&shop, &mut batch);
    assert_eq!(again, EnrichCounts { plugin_runs: 0, memo_hits: 4, failed: 0 });
    assert!(batch.iter().all(|candidate| !candidate.is_changed));
    assert_eq!(products(&batch), kept);

    let mut new = pair();
    let shared = worker.enrich_batch(&shop, &mut new);
    assert_eq!(shared, EnrichCounts { plugin_runs: 0, memo_hits: 2, failed: 1 });
    assert_eq!(products(&new), kept[..2]);
}

#[test]
fn inputs_that_come_again_are_remembered_from_the_second_time() {
    let (shop, mut worker) = faulty_shop();
    let mut runs = || worker.enrich_batch(&shop, &mut [faulty("A", None)]).plugin_runs;
    assert_eq!([runs(), runs(), runs(), runs()], [1, 1, 0, 0]);
}

#[test]
fn a_failure_keeps_the_last_good_values() {
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("A", None)];
    worker.enrich_batch(&shop, &mut batch);
    let good = enrichment(&batch[0]).clone();

    batch[0].product.content.sources = faulty("A", Some("panic")).product.content.sources;
    worker.enrich_batch(&shop, &mut batch);
    let stale = enrichment(&batch[0]);
    assert_eq!(stale.values, good.values);
    assert!(stale.failure.is_some() && stale.memo != good.memo);

    batch[0].product.content.sources = faulty("A", None).product.content.sources;
    worker.enrich_batch(&shop, &mut batch);
    assert_eq!(*enrichment(&batch[0]), good);
}

#[test]
fn a_plugin_reads_the_value_beneath_its_own() {
    let (shop, mut worker) = faulty_shop();
    let mut batch = [faulty("A", None)];
    worker.enrich_batch(&shop, &mut batch);
    let counts = worker.enrich_batch(&shop, &mut batch);
    assert_eq!(counts.memo_hits, 1, "its own note is no input of it");

    let layer = &mut batch[0].product.content.sources[0];
    layer
        .values
        .push(rikaste_model::product::SourceValue { value: text("note", "imported"), cell: CELL });
    let counts = worker.enrich_batch(&shop, &mut batch);
    assert_eq!(counts.plugin_runs, 1, "an imported note is");
}

#[test]
fn what_a_plugin_made_goes_with_it_and_stays_when_it_is_broken() {
    let (shop, mut faulty_worker) = faulty_shop();
    let mut batch = [faulty("A", None)];
    faulty_worker.enrich_batch(&shop, &mut batch);

    let mut broken_shop = shop.clone();
    let empty = EmbeddedPlugin { name: "faulty", wasm: b"\0asm\x0d\0\x01\0" };
    let broken = load_bundled(&[empty], &mut broken_shop);
    let mut stale = batch.clone();
    worker(&broken).enrich_batch(&broken_shop, &mut stale);
    assert_eq!(enrichment(&stale[0]).values, enrichment(&batch[0]).values);
    let failure = enrichment(&stale[0]).failure.as_deref().expect("a failure");
    assert!(
        failure.starts_with("the plugin faulty is left out: it does not export `describe`"),
        "{failure}"
    );
    assert!(stale[0].is_changed);

    worker(&LoadedPlugins::default()).enrich_batch(&shop, &mut batch);
    assert!(batch[0].product.content.enrichments.is_empty());
    assert!(batch[0].is_changed);
}
