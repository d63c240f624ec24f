//! ZIP archives, dropped into a shop: unpacked, every file in it taken, nothing kept.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use rikaste_fuzz::pipeline::PipelineShop;
use rikaste_fuzz::{expect_damaged_workbooks, kind, package};

thread_local!(static SHOP: RefCell<PipelineShop> = RefCell::new(PipelineShop::filled()));

fuzz_target!(init: expect_damaged_workbooks(), |bytes: &[u8]| {
    SHOP.with_borrow_mut(|shop| shop.import_drop(kind(bytes), "a.zip", bytes, true));
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    package::mutate(data, size, most, seed)
});
