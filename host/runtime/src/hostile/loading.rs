//! What is wrong with a plugin before it has seen a product.

use expect_test::expect;

use super::*;

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
            the plugin hostile is left out: it does not export `describe`; a plugin implements the world `rikaste:plugin/enricher@0.1.0`, `importer` or `image-processor` (hostile.wasm)
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
            the plugin hostile is left out: it does not export `describe`; a plugin implements the world `rikaste:plugin/enricher@0.1.0`, `importer` or `image-processor` (hostile.wasm)
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
