//! JPEG: baseline and progressive, in grey, RGB, YCbCr, CMYK and YCCK.
//!
//! The segments of a file are read before any pixel is decoded. They show how much memory decoding
//! needs, and whether all scans are there.
//!
//! `image` shows a torn file with a grey end (test `image_shows_a_torn_jpeg`). It makes RGB
//! of inks without their profile (test `image_flattens_inks`), and ignores a torn profile (test
//! `image_drops_a_torn_profile`).
//!
//! `zune-jpeg` decodes the pixels. Even its strict mode misses data that a marker ends too early
//! (see [`sentinel`]), and its limits do not cover memory. So this module reads the segments first.

mod sentinel;
mod structure;

use structure::{ColorCoding, JpegStructure};
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{DecodeError, DecodedPhoto, broken_photo, warn_trailing_bytes};
use crate::format::PhotoFormat;
use crate::limits;
use crate::orient::{Orientation, read_orientation};
use crate::raster::{ColorModel, Raster, SampleBuffer};

/// Fewer trailing bytes are padding.
const FEW_BYTES: usize = 64;

pub(super) fn decode_jpeg(mut photo: Vec<u8>) -> Result<DecodedPhoto, DecodeError> {
    let structure = JpegStructure::read_segments(&photo)?;
    limits::check_size(structure.width, structure.height)?;
    check_cost(&structure, photo.len())?;
    structure.check_scans()?;
    let coding = structure.color_coding()?;
    let profile = structure.join_profile(&photo);
    let orientation = structure.exif.clone().and_then(|range| read_orientation(&photo[range]));
    // The decoder would convert YCCK to RGB without the profile, and would take marked RGB for
    // CMYK. It has no option for the transform of a file, so the marker is changed.
    if let Some(offset) = structure.transform_offset {
        photo[offset] = if structure.components.len() == 4 { 0 } else { 1 };
    }
    let behind = photo.len() - structure.end;
    // Phones append a second JPEG for bright screens. It is no reason to warn.
    let is_more = photo[structure.end..].starts_with(&[0xff, 0xd8]);
    for channel in sentinel::split_channels(&photo, &structure)? {
        decode_pixels(&channel, ColorCoding::Grey)?;
    }
    let marked = sentinel::add_sentinels(&photo, &structure);
    drop(photo);
    let mut samples = decode_pixels(&marked, coding)?;
    match coding {
        ColorCoding::Ycck => ycck_to_light(&mut samples),
        ColorCoding::Cmyk { inverted: false } => samples.iter_mut().for_each(|ink| *ink = !*ink),
        _ => {}
    }
    Ok(DecodedPhoto {
        format: PhotoFormat::Jpeg,
        raster: Raster {
            width: structure.width as usize,
            height: structure.height as usize,
            model: match coding {
                ColorCoding::Grey => ColorModel::Grey,
                ColorCoding::Rgb | ColorCoding::Ycc => ColorModel::Rgb,
                ColorCoding::Cmyk { .. } | ColorCoding::Ycck => ColorModel::Cmyk,
            },
            alpha: false,
            samples: SampleBuffer::Eight(samples),
        },
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        profile,
        frames: 1,
        remarks: (behind > FEW_BYTES && !is_more)
            .then(|| warn_trailing_bytes(behind))
            .into_iter()
            .collect(),
    })
}

/// Checks what decoding costs in time and memory.
fn check_cost(structure: &JpegStructure, encoded: usize) -> Result<(), DecodeError> {
    let pixels = u64::from(structure.width) * u64::from(structure.height);
    // Allows 64 megapixels in 20 scans, or a small photo in many.
    let scans = structure.scans.len();
    if scans > 200 || scans as u64 * pixels > 20 * limits::MOST_PIXELS {
        return Err(DecodeError::TooManyScans { scans });
    }
    let coefficients = if structure.is_buffered() { structure.count_coefficients() * 2 } else { 0 };
    let encoded = (2 * encoded + structure.count_restarts() * sentinel::SENTINEL_LENGTH) as u64;
    limits::check_memory(encoded + pixels * structure.components.len() as u64 + coefficients)
}

fn decode_pixels(photo: &[u8], coding: ColorCoding) -> Result<Vec<u8>, DecodeError> {
    let space = match coding {
        ColorCoding::Grey => ColorSpace::Luma,
        ColorCoding::Ycc => ColorSpace::RGB,
        ColorCoding::Rgb => ColorSpace::YCbCr,
        ColorCoding::Cmyk { .. } | ColorCoding::Ycck => ColorSpace::CMYK,
    };
    let options = DecoderOptions::new_fast()
        .set_strict_mode(true)
        .set_max_width(limits::LONGEST_SIDE as usize)
        .set_max_height(limits::LONGEST_SIDE as usize)
        .jpeg_set_max_scans(usize::MAX)
        .jpeg_set_out_colorspace(space);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(photo), options);
    decoder.decode().map_err(|error| convert_error(&error))
}

fn convert_error(error: &DecodeErrors) -> DecodeError {
    match error {
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => DecodeError::Truncated,
        error => broken_photo(format!("{error:?}").trim_matches('"')),
    }
}

/// Converts YCCK to the light that each ink lets through. Adobe's YCCK has the YCbCr of inverted
/// inks, and inverted K.
fn ycck_to_light(samples: &mut [u8]) {
    for pixel in samples.as_chunks_mut::<4>().0 {
        let (y, cb, cr) =
            (i32::from(pixel[0]) << 16, i32::from(pixel[1]) - 128, i32::from(pixel[2]) - 128);
        // ITU-T T.871, in 65,536ths.
        let level = |value: i32| 255 - ((value + (1 << 15)) >> 16).clamp(0, 255) as u8;
        pixel[0] = level(y + 91_881 * cr);
        pixel[1] = level(y - 22_554 * cb - 46_802 * cr);
        pixel[2] = level(y + 116_130 * cb);
    }
}
