//! Questions to the interface: addresses, and what stands after their question marks. The first line
//! goes into a search as what somebody typed; each further one is an address.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rikaste_fuzz::pipeline::PipelineShop;
use rikaste_http::InProcessApi;
use tokio::runtime::{Builder, Runtime};

struct Shop {
    api: InProcessApi,
    runtime: Runtime,
    _pipeline: PipelineShop,
}

thread_local!(static SHOP: Shop = {
    let shop = PipelineShop::filled();
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    Shop { api: shop.api(), runtime, _pipeline: shop }
});

fuzz_target!(|text: &str| {
    let mut lines = text.lines();
    let typed: String =
        lines.next().unwrap_or_default().bytes().map(|byte| format!("%{byte:02X}")).collect();
    let search = format!("/v1/channels/web/search?q={typed}&locale=en-GB");
    let addresses =
        lines.take(4).filter(|line| !line.contains("/events")).map(|line| format!("/{line}"));
    SHOP.with(|shop| {
        for address in std::iter::once(search).chain(addresses) {
            let answer = shop.runtime.block_on(shop.api.get_address(&address));
            let body = String::from_utf8_lossy(&answer.body);
            assert!(answer.status < 500, "{address}: {} {body}", answer.status);
        }
    });
});
