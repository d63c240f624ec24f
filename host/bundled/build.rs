//! Builds the bundled plugins, so that `cargo run` and `cargo test` need no step of their own.

/// Packages, and the names under which the crate embeds them.
const PLUGINS: [(&str, &str); 6] = [
    ("rikaste-alt-text", "alt-text"),
    ("rikaste-care", "care"),
    ("rikaste-images", "images"),
    ("rikaste-pricat", "pricat"),
    ("rikaste-reviews", "reviews"),
    ("rikaste-seasonal-copy", "seasonal-copy"),
];

fn main() {
    rikaste_embed::build_components(&PLUGINS, &["plugins"]);
}
