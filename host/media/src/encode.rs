//! Pixels to picture files, natively on the host.
//!
//! A dropped photo is only ever looked into by a plugin in its sandbox, which answers with plain pixels. Those are safe
//! to hand to fast native encoders: whatever they hold, a picture of so many bytes is all that they can be. So the
//! host never decodes what it was given, and never lets a plugin write the bytes that customers are served.
//!
//! Pixels are sRGB, and nothing but pixels gets into a file: no EXIF, no comment, no thumbnail, so neither the place a
//! photo was taken nor its camera can slip through. A PNG says that it is sRGB (13 bytes), as does an AVIF. JPEG and WebP say nothing,
//! since an untagged picture is sRGB to browsers ([CSS Color 4, "Untagged colors"]) and to marketplaces, and a profile
//! would be a tenth of a thumbnail's bytes.
//!
//! [CSS Color 4, "Untagged colors"]: https://www.w3.org/TR/css-color-4/#untagged

#[cfg(feature = "avif")]
mod avif;
mod jpeg;
mod png;
#[cfg(test)]
mod tests;
mod webp;

use rikaste_model::photo::{ImageFormat, PixelLayout};
use thiserror::Error;

/// The revision of what is made of the same pixels. It belongs in the key of whatever remembers an encoded picture: it
/// is raised when an encoder's version or its settings change a byte of the pictures in the test beside this module.
pub const ENCODER_REVISION: u32 = 1;

/// The pixels of a picture, row by row from the top left, without gaps.
#[derive(Debug, Clone, Copy)]
pub struct PixelSlice<'a> {
    width: u32,
    height: u32,
    layout: PixelLayout,
    bytes: &'a [u8],
}

/// Why bytes are not the pixels that they are declared to be.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PixelSliceError {
    /// There is nothing to see.
    #[error("a picture of {width}×{height} pixels has no pixels")]
    Empty {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Too few bytes, or too many.
    #[error(
        "a picture of {width}×{height} pixels ({layout:?}) needs {needed} bytes and came with {found}"
    )]
    Length {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// How they are laid out.
        layout: PixelLayout,
        /// How many bytes that makes.
        needed: u64,
        /// How many there are.
        found: usize,
    },
}

impl<'a> PixelSlice<'a> {
    /// These bytes as a picture.
    ///
    /// # Errors
    /// When a side is 0, or the bytes are not exactly as many as the sides and the layout need.
    pub fn new(
        width: u32,
        height: u32,
        layout: PixelLayout,
        bytes: &'a [u8],
    ) -> Result<Self, PixelSliceError> {
        if width == 0 || height == 0 {
            return Err(PixelSliceError::Empty { width, height });
        }
        let needed =
            (u64::from(width) * u64::from(height)).saturating_mul(layout.bytes_per_pixel() as u64);
        if needed != bytes.len() as u64 {
            return Err(PixelSliceError::Length {
                width,
                height,
                layout,
                needed,
                found: bytes.len(),
            });
        }
        Ok(Self { width, height, layout, bytes })
    }

    /// Pixels across, at least 1.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels down, at least 1.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// How the bytes are laid out.
    #[must_use]
    pub fn layout(&self) -> PixelLayout {
        self.layout
    }

    /// The bytes, row by row.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

/// Whether files of this format can be transparent.
#[must_use]
pub fn has_alpha(format: ImageFormat) -> bool {
    format != ImageFormat::Jpeg
}

/// The most pixels that a side of such a file can have.
#[must_use]
pub fn longest_side(format: ImageFormat) -> u32 {
    match format {
        // libjpeg's bound, a little under the format's 65,535, which other decoders have taken over.
        ImageFormat::Jpeg => 65_500,
        // 14 bits in the header of VP8 (RFC 9649, 2.5).
        ImageFormat::WebP => 16_383,
        // 31 bits in the header (PNG, 11.2.1).
        ImageFormat::Png => i32::MAX as u32,
        // 16 bits in the sequence header (AV1, 5.5.1).
        #[cfg(feature = "avif")]
        ImageFormat::Avif => 65_535,
    }
}

/// How good a lossy picture is, from 1 to 100, on the scale its format's encoders share; more is better and longer.
/// Lossless formats do not heed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EncodeQuality(u8);

impl EncodeQuality {
    /// This quality, if it is one.
    #[must_use]
    pub fn new(quality: u8) -> Option<Self> {
        (1..=100).contains(&quality).then_some(Self(quality))
    }

    /// What a format's pictures are made with where nobody says otherwise.
    #[must_use]
    pub fn default_for(format: ImageFormat) -> Self {
        match format {
            // Both what sharp takes.
            ImageFormat::Jpeg | ImageFormat::WebP => Self(80),
            ImageFormat::Png => Self(100),
            #[cfg(feature = "avif")]
            ImageFormat::Avif => Self(80),
        }
    }

    /// From 1 to 100.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

/// Why no file was made of pixels.
#[derive(Debug, Error)]
pub enum EncodeError {
    /// It cannot be transparent.
    #[error(
        "a JPEG cannot be transparent: lay the picture on a colour first, or make a WebP or PNG of it"
    )]
    Transparent,
    /// It cannot be that large.
    #[error(
        "a picture of {width}×{height} pixels is too large for {}: at most {} a side; ask for a smaller one",
        format.media_type(), longest_side(*format)
    )]
    TooLarge {
        /// What was asked for.
        format: ImageFormat,
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// The encoder gave up, as when there is no memory left.
    #[error("no {} could be made of {width}×{height} pixels: {reason}", format.media_type())]
    Failed {
        /// What was asked for.
        format: ImageFormat,
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// What the encoder reports.
        reason: String,
    },
}

/// A file of these pixels. The same pixels, format and quality give the same bytes as long as [`ENCODER_REVISION`] stays. It
/// runs on the calling thread alone: pictures are many, so it is they that are spread over the processors.
///
/// # Errors
/// When the format cannot hold the picture, or the encoder fails.
pub fn encode_image(
    pixels: &PixelSlice<'_>,
    format: ImageFormat,
    quality: EncodeQuality,
) -> Result<Vec<u8>, EncodeError> {
    let (width, height) = (pixels.width, pixels.height);
    if width.max(height) > longest_side(format) {
        return Err(EncodeError::TooLarge { format, width, height });
    }
    if pixels.layout == PixelLayout::Rgba && !has_alpha(format) {
        return Err(EncodeError::Transparent);
    }
    match format {
        ImageFormat::Jpeg => jpeg::encode_jpeg(pixels, quality),
        ImageFormat::WebP => webp::encode_webp(pixels, quality),
        ImageFormat::Png => png::encode_png(pixels),
        #[cfg(feature = "avif")]
        ImageFormat::Avif => avif::encode_avif(pixels, quality),
    }
    .map_err(|reason| EncodeError::Failed { format, width, height, reason })
}
