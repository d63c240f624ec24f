//! Workbooks: XLSX, XLSB, ODS and XLS, as their first bytes say.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use rikaste_fuzz::{expect_damaged_workbooks, explain, kind, package};

fuzz_target!(init: expect_damaged_workbooks(), |bytes: &[u8]| {
    let _ = explain(kind(bytes), "a.xlsx", bytes);
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    package::mutate(data, size, most, seed)
});
