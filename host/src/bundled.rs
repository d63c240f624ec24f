//! The plugins that come with the program. `build.rs` makes them of `plugins/`.

use crate::plugin::Bundled;

macro_rules! bundled {
    ($($name:literal),*) => {
        [$(Bundled { name: $name, wasm: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".wasm")) }),*]
    };
}

/// By name.
pub const PLUGINS: [Bundled; 4] = bundled!["care", "images", "reviews", "seasonal-copy"];

/// The guest that does what a product tells it to.
#[cfg(test)]
pub const TEST_GUEST: Bundled = bundled!["test-guest"][0];
