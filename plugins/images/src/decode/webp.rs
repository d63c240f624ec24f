//! WebP. Of an animation, the first frame is decoded.

use std::io::Cursor;

use image::{ImageDecoder as _, ImageFormat};
use image_webp::WebPDecoder;

use super::image_crate::{ImageContent, open_image, read_content};
use super::{
    DecodeError, DecodedPhoto, broken_photo, convert_io_error, warn_first_frame,
    warn_trailing_bytes,
};
use crate::format::PhotoFormat;
use crate::limits;

pub(super) fn decode_webp(photo: &[u8]) -> Result<DecodedPhoto, DecodeError> {
    let end = find_end(photo)?;
    let whole = &photo[..end];
    if let Some((width, height)) = read_canvas(whole) {
        limits::check_size(width, height)?;
    }
    let frames = count_frames(whole)?;
    let decoder = open_image(whole, ImageFormat::WebP, u64::MAX)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    // Lossless images without alpha are decoded to RGBA first. An animation needs a canvas as well.
    let work = pixels * if frames > 1 { 8 } else { 4 };
    let ImageContent { raster, orientation, profile } =
        read_content(decoder, photo.len() as u64 + work)?;
    let mut remarks = Vec::new();
    if frames > 1 {
        remarks.push(warn_first_frame(frames));
    }
    if photo.len() > end {
        remarks.push(warn_trailing_bytes(photo.len() - end));
    }
    Ok(DecodedPhoto { format: PhotoFormat::WebP, raster, orientation, profile, frames, remarks })
}

/// Finds the end that the container claims. `image` notices neither missing bytes (test
/// `what_ends_too_early_is_refused_at_every_byte`) nor trailing ones (test
/// `bytes_behind_a_picture_are_told`).
fn find_end(photo: &[u8]) -> Result<usize, DecodeError> {
    let size = photo.get(4..).and_then(|rest| rest.first_chunk().copied());
    let size = u32::from_le_bytes(size.ok_or(DecodeError::Truncated)?) as usize;
    let end = size.saturating_add(8);
    if end > photo.len() { Err(DecodeError::Truncated) } else { Ok(end) }
}

/// Reads the canvas of an extended file. `image` refuses a large one without naming its size (test
/// `webp_that_claims_too_much`).
fn read_canvas(photo: &[u8]) -> Option<(u32, u32)> {
    let [b'V', b'P', b'8', b'X', _, _, _, _, _, _, _, _, w0, w1, w2, h0, h1, h2] =
        *photo.get(12..)?.first_chunk()?
    else {
        return None;
    };
    Some((u32::from_le_bytes([w0, w1, w2, 0]) + 1, u32::from_le_bytes([h0, h1, h2, 0]) + 1))
}

/// Counts frames, which `image` does not (test `frames_are_counted`).
fn count_frames(photo: &[u8]) -> Result<u32, DecodeError> {
    let decoder = WebPDecoder::new(Cursor::new(photo)).map_err(|error| match error {
        image_webp::DecodingError::IoError(error) => convert_io_error(&error),
        error => broken_photo(error),
    })?;
    let frames = if decoder.is_animated() { decoder.num_frames().max(1) } else { 1 };
    if frames > limits::MOST_FRAMES { Err(DecodeError::TooManyFrames) } else { Ok(frames) }
}
