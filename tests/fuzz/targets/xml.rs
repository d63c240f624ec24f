//! XML: any, BMEcat, Google's feeds.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rikaste_fuzz::explain(rikaste_fuzz::kind(bytes), "a.xml", bytes);
});
