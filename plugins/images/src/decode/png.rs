//! PNG, of an animated one the picture that programs without animations show.

use std::io::Cursor;

use png::{BitDepth, ColorType, DecodeOptions, Decoder, DecodingError, Limits, Transformations};

use super::{DecodeError, Decoded, broken, first_of, trailing, unreadable};
use crate::exif;
use crate::format::Format;
use crate::limits;
use crate::orient::Orientation;
use crate::raster::{Model, Raster, Samples};

/// What the decoder may take beside the pixels: profiles, palettes, rows.
const WORK: usize = 16 << 20;

pub(super) fn decode(photo: &[u8]) -> Result<Decoded, DecodeError> {
    let (width, height) = claimed(photo)?;
    limits::check_size(width, height)?;
    let behind = photo.len() - end(photo)?;
    let mut options = DecodeOptions::default();
    options.set_ignore_adler32(false);
    options.set_ignore_text_chunk(true);
    let mut decoder = Decoder::new_with_options(Cursor::new(photo), options);
    decoder.set_limits(Limits { bytes: WORK });
    decoder.set_transformations(Transformations::EXPAND);
    let mut reader = decoder.read_info().map_err(|error| reason(&error))?;
    let (color, depth) = reader.output_color_type();
    let (model, alpha) = match color {
        ColorType::Grayscale => (Model::Grey, false),
        ColorType::GrayscaleAlpha => (Model::Grey, true),
        ColorType::Rgba => (Model::Rgb, true),
        ColorType::Rgb | ColorType::Indexed => (Model::Rgb, false),
    };
    let size = reader.output_buffer_size().ok_or(DecodeError::TooLarge { width, height })?;
    // Sixteen bits are there twice for a moment.
    let copies = if depth == BitDepth::Sixteen { 2 } else { 1 };
    let narrow = copies == 2 && limits::check_memory((photo.len() + 2 * size) as u64).is_err();
    limits::check_memory((photo.len() + size) as u64)?;
    let mut bytes = vec![0; size];
    reader.next_frame(&mut bytes).map_err(|error| reason(&error))?;
    let info = reader.info();
    let orientation = info.exif_metadata.as_deref().and_then(exif::orientation);
    let profile = info.icc_profile.as_ref().map(|profile| profile.to_vec());
    let frames = info.animation_control.map_or(1, |control| control.num_frames.max(1));
    if frames > limits::MOST_FRAMES {
        return Err(DecodeError::TooManyFrames);
    }
    let mut remarks = Vec::new();
    if frames > 1 {
        remarks.push(first_of(frames));
    }
    if behind > 0 {
        remarks.push(trailing(behind));
    }
    let samples = match depth {
        BitDepth::Sixteen if narrow => Samples::Eight(narrowed(bytes)),
        BitDepth::Sixteen => Samples::Sixteen(
            bytes.as_chunks().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect(),
        ),
        _ => Samples::Eight(bytes),
    };
    Ok(Decoded {
        format: Format::Png,
        raster: Raster { width: width as usize, height: height as usize, model, alpha, samples },
        orientation: orientation.unwrap_or(Orientation::UPRIGHT),
        profile,
        frames,
        remarks,
    })
}

/// The upper eight bits of big-endian pairs, where they were.
fn narrowed(mut bytes: Vec<u8>) -> Vec<u8> {
    let count = bytes.len() / 2;
    for at in 0..count {
        bytes[at] = bytes[2 * at];
    }
    bytes.truncate(count);
    bytes
}

/// Width and height, before anything is made of them.
fn claimed(photo: &[u8]) -> Result<(u32, u32), DecodeError> {
    let header: &[u8; 16] =
        photo.get(8..24).and_then(|h| h.first_chunk()).ok_or(DecodeError::Truncated)?;
    if &header[4..8] != b"IHDR" {
        return Err(broken("it does not begin with its header"));
    }
    let number = |at: usize| {
        u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    Ok((number(8), number(12)))
}

/// Entries of a palette at most.
const ENTRIES: usize = 256;

/// Where the last chunk ends. Without it, what came may not be all. The palette is whole entries: the
/// decoder takes it for granted.
fn end(photo: &[u8]) -> Result<usize, DecodeError> {
    let mut at = 8;
    loop {
        let head: [u8; 8] = photo
            .get(at..)
            .and_then(|rest| rest.first_chunk().copied())
            .ok_or(DecodeError::Truncated)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        at = at.saturating_add(12).saturating_add(length);
        if at > photo.len() {
            return Err(DecodeError::Truncated);
        }
        if &head[4..] == b"PLTE" && (!length.is_multiple_of(3) || length > 3 * ENTRIES) {
            return Err(broken("its palette is of no whole number of colours, or of too many"));
        }
        if &head[4..] == b"IEND" {
            return Ok(at);
        }
    }
}

fn reason(error: &DecodingError) -> DecodeError {
    match error {
        DecodingError::IoError(error) => unreadable(error),
        DecodingError::LimitsExceeded => {
            DecodeError::Memory { needed: (WORK >> 20) as u64 + 1, most: (WORK >> 20) as u64 }
        }
        error => broken(error),
    }
}
