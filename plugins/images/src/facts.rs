//! What the pixels tell of a photo.
//!
//! Nearly all is found on a small upright copy in sRGB. Only what would be lost in it, how sharp
//! the pixels are and of how many colours, is found on samples of the raster.

mod colors;
mod content;
mod focus;
mod grains;
mod hash;
mod lettering;
mod margin;
mod sharpness;
mod small;

pub(crate) use grains::Grains;
pub(crate) use lettering::is_text;
pub(crate) use small::Small;

use rikaste_plugin::image::{Facts, Point};

use crate::format::Format;
use crate::orient::Orientation;

/// What is known of a photo without its small copy.
pub(crate) struct Seen {
    pub(crate) format: Format,
    /// Pixels, upright.
    pub(crate) size: (usize, usize),
    pub(crate) orientation: Orientation,
    pub(crate) frames: u32,
    pub(crate) profile: Option<String>,
    pub(crate) transparent: bool,
    pub(crate) focus: Point,
}

/// Where a viewer looks.
pub(crate) fn focus(small: &Small) -> Point {
    focus::find(small)
}

/// Finds all facts.
pub(crate) fn find(seen: Seen, small: &Small, grains: &Grains) -> Facts {
    Facts {
        media_type: seen.format.media_type().to_owned(),
        width: seen.size.0 as u32,
        height: seen.size.1 as u32,
        orientation: seen.orientation.to_exif(),
        frames: seen.frames,
        profile: seen.profile,
        transparent: seen.transparent,
        white_background: margin::is_white(small),
        sharpness: sharpness::of(grains),
        colors: colors::of(small),
        thumbhash: hash::thumb(small),
        perceptual_hash: hash::perceptual(small),
        focus: seen.focus,
        content: content::of(grains, small),
    }
}

#[cfg(test)]
mod tests;
