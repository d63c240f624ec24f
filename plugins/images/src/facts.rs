//! Facts about a photo that follow from its pixels.
//!
//! Most facts come from a small upright thumbnail in sRGB. Sharpness and the number of colours
//! would be lost in it, so they come from patches of the raster.

mod colors;
mod content;
mod focus;
mod hash;
mod lettering;
mod margin;
mod sample_patches;
mod sharpness;
mod thumbnail;

pub(crate) use lettering::is_text;
pub(crate) use sample_patches::SamplePatches;
pub(crate) use thumbnail::FactsThumbnail;

use rikaste_plugin::image::{Facts, Point};

use crate::format::PhotoFormat;
use crate::orient::Orientation;

/// Facts that are known without the thumbnail.
pub(crate) struct KnownFacts {
    pub(crate) format: PhotoFormat,
    /// Width and height of the upright photo, in pixels.
    pub(crate) size: (usize, usize),
    pub(crate) orientation: Orientation,
    pub(crate) frames: u32,
    pub(crate) profile: Option<String>,
    pub(crate) transparent: bool,
    pub(crate) focus: Point,
}

/// Finds the focal point.
pub(crate) fn find_focus(thumbnail: &FactsThumbnail) -> Point {
    focus::find_focus(thumbnail)
}

/// Collects all facts.
pub(crate) fn collect_facts(
    seen: KnownFacts,
    thumbnail: &FactsThumbnail,
    patches: &SamplePatches,
) -> Facts {
    Facts {
        media_type: seen.format.media_type().to_owned(),
        width: seen.size.0 as u32,
        height: seen.size.1 as u32,
        orientation: seen.orientation.to_exif(),
        frames: seen.frames,
        profile: seen.profile,
        transparent: seen.transparent,
        white_background: margin::has_white_margin(thumbnail),
        sharpness: sharpness::measure_sharpness(patches),
        colors: colors::find_colors(thumbnail),
        thumbhash: hash::encode_thumbhash(thumbnail),
        perceptual_hash: hash::perceptual_hash(thumbnail),
        focus: seen.focus,
        content: content::classify_content(patches, thumbnail),
    }
}

#[cfg(test)]
mod tests;
