//! Bytes of any kind in place of a plugin: never a panic, and either words or a plugin that runs
//! within its limits.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::enrich::testing::{RUNTIME, faulty, shop, worker};

const GOLDEN: &[u8] = include_bytes!("../../../tests/golden/0.1.0.wasm");

/// Loads it and, if it is a plugin, runs products through it; whether it was one.
fn survive(runtime: &PluginRuntime, wasm: &[u8]) -> bool {
    let mut shop = shop(&["fi-FI"]);
    let chosen =
        vec![EnabledPlugin { name: "golden".to_owned(), path: None, wasm: wasm.to_vec().into() }];
    let nowhere = Path::new("/no/such/folder");
    let loaded = load_plugins(runtime, chosen, nowhere, &PluginSettings::default(), &mut shop);
    assert_eq!(loaded.enrichers.len() + loaded.broken.len(), 1);
    for broken in &loaded.broken {
        let message = broken.to_string();
        assert!(message.starts_with("the plugin golden") && message.len() < 4_096, "{message}");
    }
    let mut batch = [faulty("A", None), faulty("B", None)];
    worker(&loaded).enrich_batch(&shop, &mut batch);
    !loaded.enrichers.is_empty()
}

#[test]
fn a_file_that_is_cut_off_is_none_wherever_it_is_cut() {
    let runtime = PluginRuntime::with_workers(1, None).expect("an engine");
    // Whole sections may be missing at the end and it is still a component: one that says nothing.
    for length in (0..GOLDEN.len()).step_by(1_024).chain([7, 8, 9, GOLDEN.len() - 1]) {
        assert!(!survive(&runtime, &GOLDEN[..length]), "{length} bytes");
    }
    assert!(survive(&runtime, GOLDEN));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn flipped_bits_harm_nobody(flips in proptest::collection::vec((0..GOLDEN.len(), 0_u32..8), 1..4)) {
        let mut wasm = GOLDEN.to_vec();
        for (at, bit) in flips {
            wasm[at] ^= 1 << bit;
        }
        survive(&RUNTIME, &wasm);
    }
}

proptest! {
    #[test]
    fn bytes_without_sense_harm_nobody(mut bytes in proptest::collection::vec(any::<u8>(), 0..512), header in 0..3) {
        let header: &[u8] = match header {
            0 => b"",
            1 => b"\0asm\x01\0\0\0",
            _ => b"\0asm\x0d\0\x01\0",
        };
        bytes.splice(0..0, header.iter().copied());
        prop_assert!(!survive(&RUNTIME, &bytes));
    }
}
