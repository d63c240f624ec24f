//! The way into the `image` crate.

use std::error::Error as _;
use std::io::Cursor;

use image::{ColorType, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::{DecodeError, broken_photo, convert_io_error};
use crate::limits;
use crate::orient::{Orientation, read_orientation};
use crate::raster::{ColorModel, Raster, SampleBuffer};

/// The part of a photo that `image` decodes.
pub(super) struct ImageContent {
    pub(super) raster: Raster,
    pub(super) orientation: Orientation,
    /// The ICC profile. It is empty if it cannot be read.
    pub(super) profile: Option<Vec<u8>>,
}

/// Reads the header of a file. The decoder may allocate `work` bytes beside the pixels.
pub(super) fn open_image(
    photo: &[u8],
    format: ImageFormat,
    work: u64,
) -> Result<impl ImageDecoder, DecodeError> {
    let mut reader = ImageReader::with_format(Cursor::new(photo), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(work);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(convert_error)?;
    let (width, height) = decoder.dimensions();
    limits::check_size(width, height)?;
    Ok(decoder)
}

/// Decodes the pixels while `beside` more bytes are in memory.
pub(super) fn read_content(
    mut decoder: impl ImageDecoder,
    beside: u64,
) -> Result<ImageContent, DecodeError> {
    let (width, height) = decoder.dimensions();
    let (model, alpha, is_deep) = match decoder.color_type() {
        ColorType::L8 => (ColorModel::Grey, false, false),
        ColorType::La8 => (ColorModel::Grey, true, false),
        ColorType::Rgb8 => (ColorModel::Rgb, false, false),
        ColorType::Rgba8 => (ColorModel::Rgb, true, false),
        ColorType::L16 => (ColorModel::Grey, false, true),
        ColorType::La16 => (ColorModel::Grey, true, true),
        ColorType::Rgb16 => (ColorModel::Rgb, false, true),
        ColorType::Rgba16 => (ColorModel::Rgb, true, true),
        _ => return Err(DecodeError::Unsupported("an image with colours of an unusual kind")),
    };
    let size = decoder.total_bytes();
    limits::check_memory(beside + size)?;
    // Unreadable metadata does not break a photo.
    let profile = decoder.icc_profile().unwrap_or(Some(Vec::new()));
    let exif = decoder.exif_metadata().unwrap_or_default();
    let mut bytes = vec![0; size as usize];
    decoder.read_image(&mut bytes).map_err(convert_error)?;
    let samples = if !is_deep {
        SampleBuffer::Eight(bytes)
    } else if limits::check_memory(beside + 2 * size).is_ok() {
        let pairs = bytes.as_chunks().0.iter();
        SampleBuffer::Sixteen(pairs.map(|pair| u16::from_ne_bytes(*pair)).collect())
    } else {
        SampleBuffer::Eight(keep_upper_bytes(bytes))
    };
    Ok(ImageContent {
        raster: Raster { width: width as usize, height: height as usize, model, alpha, samples },
        orientation: exif
            .as_deref()
            .and_then(read_orientation)
            .unwrap_or(Orientation::NoTransforms),
        profile,
    })
}

/// Reduces sixteen-bit values to eight bits in the same allocation.
fn keep_upper_bytes(mut bytes: Vec<u8>) -> Vec<u8> {
    let count = bytes.len() / 2;
    for at in 0..count {
        bytes[at] = (u16::from_ne_bytes([bytes[2 * at], bytes[2 * at + 1]]) >> 8) as u8;
    }
    bytes.truncate(count);
    bytes
}

fn convert_error(error: ImageError) -> DecodeError {
    match error {
        ImageError::IoError(error) => convert_io_error(&error),
        ImageError::Unsupported(_) => DecodeError::Unsupported("an image of a rare kind"),
        ImageError::Limits(_) => broken_photo("its metadata takes too much memory"),
        error => error.source().map_or_else(|| broken_photo(&error), broken_photo),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upper_byte_of_each_number_is_kept() {
        let bytes = [0x1234_u16, 0xfe01].map(u16::to_ne_bytes).concat();
        assert_eq!(keep_upper_bytes(bytes), [0x12, 0xfe]);
    }
}
