//! WebP, of an animated one the first frame.

use std::io::Cursor;

use image_webp::{DecodingError, WebPDecoder};

use super::{DecodeError, Decoded, broken, first_of, trailing, unreadable};
use crate::exif;
use crate::format::Format;
use crate::limits;
use crate::orient::Orientation;
use crate::raster::{Model, Raster, Samples};

/// What metadata may take.
const WORK: usize = 16 << 20;

pub(super) fn decode(photo: &[u8]) -> Result<Decoded, DecodeError> {
    let end = end(photo)?;
    if let Some((width, height)) = canvas(photo) {
        limits::check_size(width, height)?;
    }
    let mut decoder = WebPDecoder::new(Cursor::new(&photo[..end])).map_err(|e| reason(&e))?;
    decoder.set_memory_limit(WORK);
    let (width, height) = decoder.dimensions();
    limits::check_size(width, height)?;
    let frames = if decoder.is_animated() { decoder.num_frames().max(1) } else { 1 };
    if frames > limits::MOST_FRAMES {
        return Err(DecodeError::TooManyFrames);
    }
    let pixels = u64::from(width) * u64::from(height);
    // Lossy ones are decoded to YCbCr first, lossless ones to RGBA; an animation has a canvas.
    limits::check_memory(photo.len() as u64 + pixels * if frames > 1 { 12 } else { 8 })?;
    let alpha = decoder.has_alpha();
    let mut bytes =
        vec![0; decoder.output_buffer_size().ok_or(DecodeError::TooLarge { width, height })?];
    if decoder.is_animated() {
        decoder.read_frame(&mut bytes).map_err(|error| reason(&error))?;
    } else {
        decoder.read_image(&mut bytes).map_err(|error| reason(&error))?;
    }
    // Metadata that cannot be read does not break a picture.
    let profile = decoder.icc_profile().unwrap_or(Some(Vec::new()));
    let exif = decoder.exif_metadata().unwrap_or_default();
    let mut remarks = Vec::new();
    if frames > 1 {
        remarks.push(first_of(frames));
    }
    if photo.len() > end {
        remarks.push(trailing(photo.len() - end));
    }
    Ok(Decoded {
        format: Format::WebP,
        raster: Raster {
            width: width as usize,
            height: height as usize,
            model: Model::Rgb,
            alpha,
            samples: Samples::Eight(bytes),
        },
        orientation: exif.and_then(|data| exif::orientation(&data)).unwrap_or(Orientation::UPRIGHT),
        profile,
        frames,
        remarks,
    })
}

/// Where the container says that it ends.
fn end(photo: &[u8]) -> Result<usize, DecodeError> {
    let size: [u8; 4] = photo
        .get(4..)
        .and_then(|rest| rest.first_chunk().copied())
        .ok_or(DecodeError::Truncated)?;
    let end = (u32::from_le_bytes(size) as usize).saturating_add(8);
    if end > photo.len() {
        return Err(DecodeError::Truncated);
    }
    Ok(end)
}

/// The canvas of an extended file, which the decoder would refuse without saying how large it is.
fn canvas(photo: &[u8]) -> Option<(u32, u32)> {
    let [b'V', b'P', b'8', b'X', _, _, _, _, _, _, _, _, w0, w1, w2, h0, h1, h2] =
        *photo.get(12..)?.first_chunk()?
    else {
        return None;
    };
    Some((u32::from_le_bytes([w0, w1, w2, 0]) + 1, u32::from_le_bytes([h0, h1, h2, 0]) + 1))
}

fn reason(error: &DecodingError) -> DecodeError {
    match error {
        DecodingError::IoError(error) => unreadable(error),
        DecodingError::NotEnoughInitData | DecodingError::BitStreamError => DecodeError::Truncated,
        error => broken(error),
    }
}
