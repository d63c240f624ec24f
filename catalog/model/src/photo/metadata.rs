//! What is known of a photo.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Color;
use crate::product::ContentHash;

/// What a plugin found out about a photo, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PhotoMetadata {
    /// Who made its renditions: a hash of the plugin's file, its configuration, and the program's
    /// encoders. Another maker makes other files.
    pub maker: ContentHash,
    /// What the file is, whatever its name says: `image/jpeg`.
    pub media_type: SmolStr,
    /// In pixels, upright.
    pub width: u32,
    /// In pixels, upright.
    pub height: u32,
    /// How the file has it, as in EXIF, 1 to 8; 1 is upright.
    pub orientation: u8,
    /// Frames of an animation; 1 where it is none.
    pub frames: u32,
    /// The colour profile that it was converted from, where that was another than sRGB's.
    pub profile: Option<SmolStr>,
    /// Whether any pixel is.
    pub transparent: bool,
    /// Whether its margin is white.
    pub white_background: bool,
    /// From 0, no edge at all, to 1000, edges as sharp as pixels can be.
    pub sharpness: u16,
    /// What it is coloured in, most first.
    pub colors: Vec<ColorSwatch>,
    /// A ThumbHash.
    pub thumbhash: Vec<u8>,
    /// Alike pictures differ in few bits.
    pub perceptual_hash: u64,
    /// Where a viewer looks.
    pub focus: FocusPoint,
    /// What it shows.
    pub content: PhotoContent,
    /// What the plugin has to say about it, a code and words for each.
    pub remarks: Vec<(SmolStr, String)>,
}

/// A colour and how much of the picture it is, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColorSwatch {
    /// The colour.
    pub color: Color,
    /// Its share of the picture, in thousandths.
    pub share: u16,
}

/// A place in a picture, in thousandths of its width and height from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FocusPoint {
    /// From the left.
    pub x: u16,
    /// From the top.
    pub y: u16,
}

/// What a picture shows, as far as its pixels show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PhotoContent {
    /// A photo.
    Photo,
    /// A drawing, a text, a logo.
    Graphic,
    /// One colour, or hardly more.
    Blank,
}

impl PhotoMetadata {
    /// In how many bits of 64 this picture and another differ; pictures that look the same differ in few.
    #[must_use]
    pub fn hash_distance(&self, other: &Self) -> u32 {
        (self.perceptual_hash ^ other.perceptual_hash).count_ones()
    }
}
