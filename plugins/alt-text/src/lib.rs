//! Alternative texts of photos, for who cannot see them.
//!
//! A text is put together from the product's name in each locale, its colour where that is a word of
//! the locale and not in the name already, and what the photo shows: words side by side in the
//! nominative, because in Finnish they would change in a sentence. The photos themselves are not
//! looked at. What the shop's own files say of a photo wins; `made_by` tells which of both a text is.

mod alt_text;
mod plugin;
mod supplied;

pub use plugin::AltTexts;

rikaste_plugin::export!(AltTexts);
