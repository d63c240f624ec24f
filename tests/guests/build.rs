//! Builds the test guests. Only tests and benches depend on this package, so no program that ships builds them.

/// Packages, and the names under which the crate embeds them.
const GUESTS: [(&str, &str); 3] = [
    ("rikaste-test-guest", "test-guest"),
    ("rikaste-test-importer", "test-importer"),
    ("rikaste-test-picture", "test-picture"),
];

fn main() {
    rikaste_embed::build_components(&GUESTS, &["tests/guests"]);
}
