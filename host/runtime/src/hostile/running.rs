//! What a plugin does wrong with the products it is given.

use expect_test::{Expect, expect};

use super::*;
use rikaste_test_guests::TEST_GUEST;

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
    // It has them for the first product of a call; the last is made again alone.
    check(
        &yard,
        "enrich-too-many-values",
        &expect![[r#"
        A: the plugin hostile 1.0.0 proposes a value of  that is left out: its manifest does not name  in `writes`
        the plugin hostile 1.0.0 proposes a value of  that is left out: its manifest does not name  in `writes`
        B: well
        C: the plugin hostile 1.0.0 proposes a value of  that is left out: its manifest does not name  in `writes`
        the plugin hostile 1.0.0 proposes a value of  that is left out: its manifest does not name  in `writes`
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
    let outcome = yard.outcome(&[GOLDEN, TEST_GUEST], &mut batch);
    for well in [&batch[0], &batch[2]] {
        let notes: Vec<_> = notes(well).collect();
        let name = format!("Name of {}", well.product.sku);
        assert_eq!(notes, [format!("{name}: well"), format!("{name}: well")]);
    }
    expected.assert_eq(&without_position(&outcome));
}

/// Where in the test guest a panic is changes with every line that is added to it.
fn without_position(text: &str) -> String {
    let Some((before, after)) = text.split_once("src/lib.rs:") else { return text.to_owned() };
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    format!("{before}src/lib.rs:…:{after}")
}

/// What the test guest says in every language.
fn notes(candidate: &EnrichmentCandidate) -> impl Iterator<Item = String> {
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
        worker(&loaded).enrich_batch(&shop, &mut batch);
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
        worker(&loaded).enrich_batch(&shop, &mut batch);
        batch.map(|candidate| of(&candidate, "golden").expect("enriched").clone())
    };
    let before = enrich();
    yard.put("golden.wasm", &GOLDEN.wasm[..GOLDEN.wasm.len() / 3]);
    assert_eq!(enrich(), before, "what is loaded goes on");
    let (_, half) = yard.load(&[]);
    assert!(half.enrichers.is_empty(), "half a file is none");
    fs::remove_file(yard.plugins().join("golden.wasm")).expect("there");
    assert_eq!(enrich(), before, "even when its file is gone");
}
