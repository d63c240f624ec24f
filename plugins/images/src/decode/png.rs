//! PNG. Of an animation, the default image is decoded.

use image::ImageFormat;

use super::image_crate::{ImageContent, open_image, read_content};
use super::{DecodeError, DecodedPhoto, broken_photo, warn_first_frame, warn_trailing_bytes};
use crate::format::PhotoFormat;
use crate::limits;

/// Bytes that the decoder may allocate for profiles, palettes and rows.
const WORK: u64 = 16 << 20;

/// The most text chunks. `image` keeps each of them in memory (test `png_of_millions_of_chunks`).
const MOST_TEXTS: usize = 1000;

/// The most entries of a palette.
const MOST_COLORS: usize = 256;

pub(super) fn decode_png(photo: &[u8]) -> Result<DecodedPhoto, DecodeError> {
    let chunks = PngChunks::read_chunks(photo)?;
    // The decoder counts the bytes of a text twice, and texts are no longer than the file.
    let texts = 2 * photo.len() as u64;
    let decoder = open_image(photo, ImageFormat::Png, WORK + texts)?;
    let ImageContent { raster, orientation, profile } =
        read_content(decoder, photo.len() as u64 + texts)?;
    let mut remarks = Vec::new();
    if chunks.frames > 1 {
        remarks.push(warn_first_frame(chunks.frames));
    }
    if chunks.end < photo.len() {
        remarks.push(warn_trailing_bytes(photo.len() - chunks.end));
    }
    Ok(DecodedPhoto {
        format: PhotoFormat::Png,
        raster,
        orientation,
        profile,
        frames: chunks.frames,
        remarks,
    })
}

/// What `image` does not report of the chunks. It counts no frames (test `frames_are_counted`). It
/// notices neither a missing end (test `what_ends_too_early_is_refused_at_every_byte`) nor trailing
/// bytes (test `bytes_behind_a_picture_are_told`).
struct PngChunks {
    end: usize,
    frames: u32,
}

impl PngChunks {
    fn read_chunks(photo: &[u8]) -> Result<Self, DecodeError> {
        let (mut at, mut frames, mut texts) = (8, 1, 0);
        loop {
            let (head, data) = photo
                .get(at..)
                .and_then(|rest| rest.split_first_chunk::<8>())
                .ok_or(DecodeError::Truncated)?;
            let [l3, l2, l1, l0, name @ ..] = *head;
            let length = u32::from_be_bytes([l3, l2, l1, l0]) as usize;
            let body = data.get(..length).ok_or(DecodeError::Truncated)?;
            let is_first = at == 8;
            at += 12 + length;
            if at > photo.len() {
                return Err(DecodeError::Truncated);
            }
            match &name {
                b"IHDR" if is_first => check_header(body)?,
                _ if is_first => return Err(broken_photo("it does not begin with its header")),
                // The decoder assumes whole entries (test `png_with_a_palette_that_is_none`).
                b"PLTE" if !length.is_multiple_of(3) || length > 3 * MOST_COLORS => {
                    return Err(broken_photo("its palette has a wrong length"));
                }
                b"acTL" => frames = read_number(body).unwrap_or(1).max(1),
                b"tEXt" | b"zTXt" | b"iTXt" => texts += 1,
                b"IEND" => break,
                _ => {}
            }
            if texts > MOST_TEXTS {
                return Err(DecodeError::TooManyParts);
            }
        }
        if frames > limits::MOST_FRAMES {
            return Err(DecodeError::TooManyFrames);
        }
        Ok(Self { end: at, frames })
    }
}

/// Checks the claimed size. `image` refuses a large one without naming it (test
/// `png_that_claims_too_much`).
fn check_header(body: &[u8]) -> Result<(), DecodeError> {
    let size = read_number(body).zip(body.get(4..).and_then(read_number));
    let (width, height) = size.ok_or_else(|| broken_photo("its header is too short"))?;
    limits::check_size(width, height)
}

fn read_number(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().copied().map(u32::from_be_bytes)
}
