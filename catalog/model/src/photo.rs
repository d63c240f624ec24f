//! Pictures: what is known of a photo, and which pictures a channel wants of it.
//!
//! A channel never shows a photo as it was dropped but renditions of it. What a rendition's file is
//! called follows from (photo, maker, frame, quality) alone, so that a document can name it and a
//! server find it without asking anybody, and the same rendition of two channels is one file.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::product::ContentHash;

mod frame;
mod metadata;
mod position;
mod role;

pub use frame::{ColorMode, FitMode, RenditionFrame};
pub use metadata::{ColorSwatch, FocusPoint, PhotoContent, PhotoMetadata};
pub use position::{PhotoPosition, compare_positions};
pub use role::{PhotoRole, PhotoRoleError};

/// How the bytes of a pixel are laid out, 8 bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PixelLayout {
    /// One byte: how light it is, with the transfer curve of sRGB.
    Grey,
    /// Red, green and blue.
    Rgb,
    /// Red, green, blue, and how opaque they are; the colours are not multiplied by it.
    Rgba,
}

impl PixelLayout {
    /// Bytes of one pixel.
    #[must_use]
    pub fn bytes_per_pixel(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

/// An sRGB colour; `#rrggbb` in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Color {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Color {
    /// White.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };

    /// The colour of `#rrggbb`, or `white`, or `black`.
    #[must_use]
    pub fn parse_text(text: &str) -> Option<Self> {
        match text {
            "white" => return Some(Self::WHITE),
            "black" => return Some(Self { red: 0, green: 0, blue: 0 }),
            _ => {}
        }
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self { red, green, blue })
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// What a picture is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageFormat {
    /// What everybody reads.
    Jpeg,
    /// What browsers read, and a third smaller.
    WebP,
    /// Without loss: for labels and drawings.
    Png,
    /// A tenth smaller than WebP, and slow to make: only where a profile asks for it.
    #[cfg(feature = "avif")]
    Avif,
}

impl ImageFormat {
    /// All of them; the first that a reader takes and a channel has is what the reader gets.
    pub const BY_PREFERENCE: &[Self] = &[
        #[cfg(feature = "avif")]
        Self::Avif,
        Self::WebP,
        Self::Jpeg,
        Self::Png,
    ];

    /// Whether every reader of pictures reads it, and not browsers only.
    #[must_use]
    pub fn is_universal(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }

    /// What its files end with.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Png => "png",
            #[cfg(feature = "avif")]
            Self::Avif => "avif",
        }
    }

    /// The format of files that end so.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::BY_PREFERENCE.iter().copied().find(|format| format.extension() == extension)
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
            Self::Png => "image/png",
            #[cfg(feature = "avif")]
            Self::Avif => "image/avif",
        }
    }
}

/// A picture that a channel wants of every photo.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rendition {
    /// Size and shape.
    pub frame: RenditionFrame,
    /// What it is written as; the first is what a link without an ending means to a reader that takes anything.
    pub formats: Vec<ImageFormat>,
    /// From 1 to 100; none: what suits each format.
    pub quality: Option<u8>,
}

impl Rendition {
    /// What its files are called, without their endings.
    #[must_use]
    pub fn name(&self, photo: &ContentHash, maker: &ContentHash) -> RenditionName {
        let recipe = postcard::to_allocvec(&(photo, maker, &self.frame, self.quality));
        let recipe = recipe.expect("memory takes it, and the types have no maps of unknown size");
        let mut name = [0; 16];
        name.copy_from_slice(&ContentHash::hash_bytes(&recipe).0[..16]);
        RenditionName(name)
    }
}

/// The name of a rendition: 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RenditionName([u8; 16]);

impl RenditionName {
    /// Reads what `Display` writes.
    #[must_use]
    pub fn parse_hex(text: &str) -> Option<Self> {
        let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let bytes = text.as_bytes();
        if bytes.len() != 32 || !bytes.iter().all(|b| is_digit(*b)) {
            return None;
        }
        Some(Self(u128::from_str_radix(text, 16).ok()?.to_be_bytes()))
    }
}

impl fmt::Display for RenditionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

/// What a channel wants of photos, and what it asks of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RenditionProfile {
    /// The widths of which a browser chooses one, ascending, in pixels.
    pub widths: Vec<u32>,
    /// What those are written as.
    pub formats: Vec<ImageFormat>,
    /// From 1 to 100; none: what suits each format.
    pub quality: Option<u8>,
    /// Further pictures by name.
    pub renditions: BTreeMap<SmolStr, Rendition>,
    /// Which of those `image_link` is; none: the widest.
    pub link: Option<SmolStr>,
    /// The least width and height of a photo, in pixels, that the channel takes.
    pub minimum: Option<[u32; 2]>,
}

impl Default for RenditionProfile {
    /// What suits a shop that says nothing.
    fn default() -> Self {
        Self {
            widths: vec![320, 640, 960, 1280, 1920],
            formats: vec![ImageFormat::WebP, ImageFormat::Jpeg],
            quality: None,
            renditions: BTreeMap::new(),
            link: None,
            minimum: None,
        }
    }
}

impl RenditionProfile {
    /// The pictures of which a browser chooses one, of a photo of this width: none wider than the
    /// photo but the last, which is the photo's own width where the profile asks for more.
    pub fn list_srcset(&self, width: u32) -> impl Iterator<Item = Rendition> {
        let narrower = self.widths.iter().filter(move |wanted| **wanted < width);
        let last = self.widths.iter().find(move |wanted| **wanted >= width);
        narrower.chain(last).map(|width| self.build_rendition(*width))
    }

    /// All that it may want of a photo of whatever size.
    pub fn list_all_renditions(&self) -> impl Iterator<Item = Rendition> {
        let widths = self.widths.iter().map(|width| self.build_rendition(*width));
        widths.chain(self.renditions.values().cloned())
    }

    /// What it wants of a photo of this width.
    pub fn list_renditions(&self, width: u32) -> impl Iterator<Item = Rendition> {
        self.list_srcset(width).chain(self.renditions.values().cloned())
    }

    fn build_rendition(&self, width: u32) -> Rendition {
        Rendition {
            frame: RenditionFrame::with_width(width),
            formats: self.formats.clone(),
            quality: self.quality,
        }
    }
}

#[cfg(test)]
mod tests;
