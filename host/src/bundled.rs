//! The plugins that come with the program. `build.rs` makes them of `plugins/`.

use crate::plugin::Bundled;

macro_rules! bundled {
    ($($name:literal),*) => {
        [$(Bundled { name: $name, wasm: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".wasm")) }),*]
    };
}

/// By name.
pub const PLUGINS: [Bundled; 5] =
    bundled!["alt-text", "care", "images", "reviews", "seasonal-copy"];

/// Plugins that come along and do not run until somebody enables them: few shops have a use for them.
pub static OPTIONAL: [Bundled; 1] = bundled!["pricat"];

/// The one of these with this name.
#[must_use]
pub fn optional(name: &str) -> Option<&'static Bundled> {
    OPTIONAL.iter().find(|plugin| plugin.name == name)
}

/// What the files begin with that these read: a receipt names the plugin that is to be enabled without
/// compiling it.
const BEGINNINGS: [(&str, &[&[u8]]); 1] = [("pricat", &[b"UNA", b"UNB+"])];

/// The one of [`OPTIONAL`] that may read a file which begins like this.
#[must_use]
pub fn optional_for(head: &[u8]) -> Option<&'static str> {
    let begins = |beginnings: &[&[u8]]| beginnings.iter().any(|magic| head.starts_with(magic));
    BEGINNINGS.iter().find(|(_, beginnings)| begins(beginnings)).map(|(name, _)| *name)
}

/// The guest that does what a product tells it to.
#[cfg(test)]
pub const TEST_GUEST: Bundled = bundled!["test-guest"][0];

/// The importer that does what a line of a file tells it to.
#[cfg(test)]
pub const TEST_IMPORTER: Bundled = bundled!["test-importer"][0];

/// The image processor that does what a photo tells it to.
#[cfg(test)]
pub const TEST_PICTURE: Bundled = bundled!["test-picture"][0];
