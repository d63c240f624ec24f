//! Facts of photos and their alternative texts.
//!
//! Only a file's header is read, a few kilobytes at a time and no more than a fixed amount, so
//! that neither a large nor a crafted file costs much. What it says is a fact of the photo: its
//! format whatever the name claims, its orientation, and its size as a viewer sees it.
//!
//! The alternative text is put together from the product's name in each locale, its colour where
//! that is a word of the locale and not in the name already, and what the photo shows: words side
//! by side in the nominative, because in Finnish they would change in a sentence.

mod alt;
mod exif;
mod header;
mod plugin;

pub use plugin::Images;

rikaste_plugin::export!(Images);
