//! WebP. Of an animated one, the first frame.

use std::io::Cursor;

use image::{ImageDecoder as _, ImageFormat};
use image_webp::WebPDecoder;

use super::image_crate::{ImageContent, open_image, read_content};
use super::{DecodeError, Decoded, broken, first_of, trailing, unreadable};
use crate::format::Format;
use crate::limits;

pub(super) fn decode(photo: &[u8]) -> Result<Decoded, DecodeError> {
    let end = find_end(photo)?;
    let whole = &photo[..end];
    if let Some((width, height)) = read_canvas(whole) {
        limits::check_size(width, height)?;
    }
    let frames = count_frames(whole)?;
    let decoder = open_image(whole, ImageFormat::WebP, u64::MAX)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    // A lossless image without alpha is decoded to RGBA first; an animation has a canvas as well.
    let work = pixels * if frames > 1 { 8 } else { 4 };
    let ImageContent { raster, orientation, profile } =
        read_content(decoder, photo.len() as u64 + work)?;
    let mut remarks = Vec::new();
    if frames > 1 {
        remarks.push(first_of(frames));
    }
    if photo.len() > end {
        remarks.push(trailing(photo.len() - end));
    }
    Ok(Decoded { format: Format::WebP, raster, orientation, profile, frames, remarks })
}

/// Where the container ends by its own account. `image` does not tell whether bytes are missing or
/// follow (tests `what_ends_too_early_is_refused_at_every_byte` and `bytes_behind_a_picture_are_told`).
fn find_end(photo: &[u8]) -> Result<usize, DecodeError> {
    let size = photo.get(4..).and_then(|rest| rest.first_chunk().copied());
    let size = u32::from_le_bytes(size.ok_or(DecodeError::Truncated)?) as usize;
    let end = size.saturating_add(8);
    if end > photo.len() { Err(DecodeError::Truncated) } else { Ok(end) }
}

/// The canvas of an extended file. `image` refuses a large one without its size (test
/// `webp_that_claims_too_much`).
fn read_canvas(photo: &[u8]) -> Option<(u32, u32)> {
    let [b'V', b'P', b'8', b'X', _, _, _, _, _, _, _, _, w0, w1, w2, h0, h1, h2] =
        *photo.get(12..)?.first_chunk()?
    else {
        return None;
    };
    Some((u32::from_le_bytes([w0, w1, w2, 0]) + 1, u32::from_le_bytes([h0, h1, h2, 0]) + 1))
}

/// The number of frames, which `image` does not tell (test `frames_are_counted`).
fn count_frames(photo: &[u8]) -> Result<u32, DecodeError> {
    let decoder = WebPDecoder::new(Cursor::new(photo)).map_err(|error| match error {
        image_webp::DecodingError::IoError(error) => unreadable(&error),
        error => broken(error),
    })?;
    let frames = if decoder.is_animated() { decoder.num_frames().max(1) } else { 1 };
    if frames > limits::MOST_FRAMES { Err(DecodeError::TooManyFrames) } else { Ok(frames) }
}
