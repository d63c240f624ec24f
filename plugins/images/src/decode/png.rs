//! PNG. Of an animated one, the picture that programs without animations show.

use image::ImageFormat;

use super::image_crate::{ImageContent, open_image, read_content};
use super::{DecodeError, Decoded, broken, first_of, trailing};
use crate::format::Format;
use crate::limits;

/// Bytes that the decoder may allocate for profiles, palettes and rows.
const WORK: u64 = 16 << 20;

/// Texts in a file. `image` keeps each of them in memory (test `png_of_millions_of_chunks`).
const MOST_TEXTS: usize = 1000;

/// Entries of a palette.
const MOST_COLORS: usize = 256;

pub(super) fn decode(photo: &[u8]) -> Result<Decoded, DecodeError> {
    let chunks = PngChunks::read(photo)?;
    // The decoder counts a text twice, and no text is longer than the file.
    let texts = 2 * photo.len() as u64;
    let decoder = open_image(photo, ImageFormat::Png, WORK + texts)?;
    let ImageContent { raster, orientation, profile } =
        read_content(decoder, photo.len() as u64 + texts)?;
    let mut remarks = Vec::new();
    if chunks.frames > 1 {
        remarks.push(first_of(chunks.frames));
    }
    if chunks.end < photo.len() {
        remarks.push(trailing(photo.len() - chunks.end));
    }
    Ok(Decoded {
        format: Format::Png,
        raster,
        orientation,
        profile,
        frames: chunks.frames,
        remarks,
    })
}

/// What `image` does not tell of the chunks: the end, whether all are there (test
/// `what_ends_too_early_is_refused_at_every_byte`), and the number of frames (test
/// `frames_are_counted`).
struct PngChunks {
    end: usize,
    frames: u32,
}

impl PngChunks {
    fn read(photo: &[u8]) -> Result<Self, DecodeError> {
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
                _ if is_first => return Err(broken("it does not begin with its header")),
                // The decoder takes a palette of whole entries for granted (test
                // `png_with_a_palette_that_is_none`).
                b"PLTE" if !length.is_multiple_of(3) || length > 3 * MOST_COLORS => {
                    return Err(broken("its palette has a wrong length"));
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

/// Holds the size in the header against the limits. `image` reports no size that is out of range
/// (test `png_that_claims_too_much`).
fn check_header(body: &[u8]) -> Result<(), DecodeError> {
    let size = read_number(body).zip(body.get(4..).and_then(read_number));
    let (width, height) = size.ok_or_else(|| broken("its header is too short"))?;
    limits::check_size(width, height)
}

fn read_number(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().copied().map(u32::from_be_bytes)
}
