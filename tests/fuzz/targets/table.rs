//! Tables: letters, delimiter, quotation marks, header, cells.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rikaste_fuzz::explain(rikaste_fuzz::kind(bytes), "a.csv", bytes);
});
