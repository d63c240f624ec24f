//! The plugins that come with the program. `build.rs` makes them of `plugins/`.

use rikaste_embed::{EmbeddedPlugin, embed_component};

/// The bundled plugins, sorted by name.
pub const PLUGINS: [EmbeddedPlugin; 5] = [
    embed_component!("alt-text"),
    embed_component!("care"),
    embed_component!("images"),
    embed_component!("reviews"),
    embed_component!("seasonal-copy"),
];

/// Plugins that come along and do not run until somebody enables them: few shops have a use for them.
pub static OPTIONAL_PLUGINS: [EmbeddedPlugin; 1] = [embed_component!("pricat")];

/// The one of these with this name.
#[must_use]
pub fn find_optional(name: &str) -> Option<&'static EmbeddedPlugin> {
    OPTIONAL_PLUGINS.iter().find(|plugin| plugin.name == name)
}

/// What the files begin with that these read: a receipt names the plugin that is to be enabled without
/// compiling it.
const BEGINNINGS: [(&str, &[&[u8]]); 1] = [("pricat", &[b"UNA", b"UNB+"])];

/// The one of [`OPTIONAL_PLUGINS`] that may read a file which begins like this.
#[must_use]
pub fn find_optional_for(head: &[u8]) -> Option<&'static str> {
    let begins = |beginnings: &[&[u8]]| beginnings.iter().any(|magic| head.starts_with(magic));
    BEGINNINGS.iter().find(|(_, beginnings)| begins(beginnings)).map(|(name, _)| *name)
}
