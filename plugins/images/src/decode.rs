//! Decodes a photo by its format.

mod avif;
mod bmp;
mod gif;
mod image_crate;
mod jpeg;
mod png;
mod tiff;
mod webp;

use rikaste_plugin::image::{Refusal, Remark};

use crate::format::PhotoFormat;
use crate::limits;
use crate::orient::Orientation;
use crate::raster::Raster;

/// A decoded photo.
#[derive(Debug)]
pub(crate) struct DecodedPhoto {
    pub(crate) format: PhotoFormat,
    pub(crate) raster: Raster,
    pub(crate) orientation: Orientation,
    /// The embedded ICC profile.
    pub(crate) profile: Option<Vec<u8>>,
    pub(crate) frames: u32,
    pub(crate) remarks: Vec<Remark>,
}

/// Why a photo is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DecodeError {
    #[error("The file is empty; it was perhaps not copied whole, give it again")]
    Empty,
    #[error("The file is not an image; give a JPEG, PNG, WebP, AVIF, GIF, BMP or TIFF file")]
    NotAnImage,
    #[error("The file is {0}, which is not taken; save the picture as JPEG, PNG or WebP")]
    Unsupported(&'static str),
    #[error("The picture ends too early; the file was perhaps not copied whole, give it again")]
    Truncated,
    #[error("The picture is broken: {0}; save it anew and give it again")]
    Broken(String),
    #[error(
        "The picture is {width}×{height} pixels; at most 64 megapixels and {} pixels a side are \
         taken. Scale it down and give it again",
        limits::LONGEST_SIDE
    )]
    TooLarge { width: u32, height: u32 },
    #[error(
        "The file has {} MB; at most {} MB are taken. Save it with less detail and give it again",
        .0.div_ceil(1 << 20),
        limits::MOST_BYTES >> 20
    )]
    TooManyBytes(usize),
    #[error(
        "The picture would take {needed} MB of memory, and {most} MB are there; scale it down, or \
         save it with 8 bits for each colour and not progressive"
    )]
    Memory { needed: u64, most: u64 },
    #[error(
        "The picture has more than {} frames; give one of them as a picture of its own",
        limits::MOST_FRAMES
    )]
    TooManyFrames,
    #[error(
        "The picture is in {scans} passes, which would take too long to put together; save it anew"
    )]
    TooManyScans { scans: usize },
    #[error("The picture is put together from too many parts; save it anew as one")]
    TooManyParts,
    #[error("A picture that is wanted cannot be: {0}; change the rendition")]
    Rendition(&'static str),
}

impl DecodeError {
    fn refusal_code(&self) -> &'static str {
        match self {
            Self::Empty | Self::Truncated => "image-truncated",
            Self::NotAnImage => "image-not-an-image",
            Self::Unsupported(_) => "image-format-unsupported",
            Self::Broken(_) => "image-broken",
            Self::TooLarge { .. } | Self::TooManyBytes(_) => "image-too-large",
            Self::Memory { .. } => "image-memory",
            Self::TooManyFrames | Self::TooManyScans { .. } | Self::TooManyParts => {
                "image-too-complex"
            }
            Self::Rendition(_) => "image-rendition-invalid",
        }
    }
}

impl From<DecodeError> for Refusal {
    fn from(error: DecodeError) -> Self {
        Self::new(error.refusal_code(), error.to_string())
    }
}

/// A photo that a decoder finds damaged, with the decoder's own reason.
fn broken_photo(error: impl std::fmt::Display) -> DecodeError {
    DecodeError::Broken(error.to_string())
}

/// Converts an error of reading from memory.
fn convert_io_error(error: &std::io::Error) -> DecodeError {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => DecodeError::Truncated,
        _ => broken_photo(error),
    }
}

/// Detects the format and decodes the photo.
pub(crate) fn decode_photo(photo: Vec<u8>) -> Result<DecodedPhoto, DecodeError> {
    if photo.len() > limits::MOST_BYTES {
        return Err(DecodeError::TooManyBytes(photo.len()));
    }
    match PhotoFormat::detect_format(&photo)? {
        PhotoFormat::Jpeg => jpeg::decode_jpeg(photo),
        PhotoFormat::Png => png::decode_png(&photo),
        PhotoFormat::WebP => webp::decode_webp(&photo),
        PhotoFormat::Avif => avif::decode_avif(&photo),
        PhotoFormat::Gif => gif::decode_gif(&photo),
        PhotoFormat::Bmp => bmp::decode_bmp(&photo),
        PhotoFormat::Tiff => tiff::decode_tiff(&photo),
    }
}

/// Warns of bytes behind the image.
fn warn_trailing_bytes(count: usize) -> Remark {
    Remark::warning(
        "image-trailing-bytes",
        format!(
            "{count} bytes follow the picture in its file; they were left out. If they are not from \
             your camera or program, save the picture anew"
        ),
    )
}

/// Warns that only the first of several frames is shown.
fn warn_first_frame(frames: u32) -> Remark {
    Remark::warning(
        "image-animated",
        format!("The picture has {frames} frames; only the first is shown"),
    )
}
