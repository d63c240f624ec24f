//! JPEG: baseline and progressive; grey, RGB, YCbCr, CMYK and YCCK.
//!
//! The segments of a file are read before anything is decoded. They tell how much memory decoding
//! takes, and whether the image is complete.
//!
//! `image` shows a torn file with a grey end, makes RGB of inks without their profile, and ignores a
//! torn profile (tests `a_torn_jpeg_is_a_picture_to_it`, `inks_are_rgb_to_it` and
//! `a_torn_profile_is_none_to_it`).

mod fence;
mod parts;

use parts::{Coding, Parts};
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{DecodeError, Decoded, broken, trailing};
use crate::format::Format;
use crate::limits;
use crate::orient::{Orientation, read_orientation};
use crate::raster::{Model, Raster, Samples};

/// Trailing bytes below this are padding of some program.
const FEW_BYTES: usize = 64;

pub(super) fn decode(mut photo: Vec<u8>) -> Result<Decoded, DecodeError> {
    let parts = Parts::read(&photo)?;
    limits::check_size(parts.width, parts.height)?;
    check_cost(&parts, photo.len())?;
    parts.check_scans()?;
    let coding = parts.coding()?;
    let profile = parts.profile(&photo);
    let orientation = parts.exif.clone().and_then(|range| read_orientation(&photo[range]));
    // The decoder would convert what is marked as YCCK to RGB without the profile, and takes RGB
    // that is marked as such for CMYK.
    if let Some(mark) = parts.adobe_transform {
        photo[mark] = if parts.components.len() == 4 { 0 } else { 1 };
    }
    let behind = photo.len() - parts.end;
    // A second picture is no rubbish: phones add one for bright screens.
    let is_more = photo[parts.end..].starts_with(&[0xff, 0xd8]);
    for channel in fence::apart(&photo, &parts)? {
        pixels(&channel, Coding::Grey)?;
    }
    let fenced = fence::fenced(&photo, &parts);
    drop(photo);
    let mut samples = pixels(&fenced, coding)?;
    match coding {
        Coding::Ycck => ycck_to_light(&mut samples),
        Coding::Cmyk { inverted: false } => samples.iter_mut().for_each(|ink| *ink = !*ink),
        _ => {}
    }
    Ok(Decoded {
        format: Format::Jpeg,
        raster: Raster {
            width: parts.width as usize,
            height: parts.height as usize,
            model: match coding {
                Coding::Grey => Model::Grey,
                Coding::Rgb | Coding::Ycc => Model::Rgb,
                Coding::Cmyk { .. } | Coding::Ycck => Model::Cmyk,
            },
            alpha: false,
            samples: Samples::Eight(samples),
        },
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        profile,
        frames: 1,
        remarks: (behind > FEW_BYTES && !is_more).then(|| trailing(behind)).into_iter().collect(),
    })
}

/// Holds what decoding takes against the limits.
fn check_cost(parts: &Parts, encoded: usize) -> Result<(), DecodeError> {
    let pixels = u64::from(parts.width) * u64::from(parts.height);
    // 64 megapixels in 20 passes, or a small picture in many.
    let scans = parts.scans.len();
    if scans > 200 || scans as u64 * pixels > 20 * limits::MOST_PIXELS {
        return Err(DecodeError::TooManyScans { scans });
    }
    let coefficients = if parts.is_buffered() { parts.coefficients() * 2 } else { 0 };
    let encoded = (2 * encoded + parts.restarts() * fence::BYTES) as u64;
    limits::check_memory(encoded + pixels * parts.components.len() as u64 + coefficients)
}

fn pixels(photo: &[u8], coding: Coding) -> Result<Vec<u8>, DecodeError> {
    let space = match coding {
        Coding::Grey => ColorSpace::Luma,
        Coding::Ycc => ColorSpace::RGB,
        Coding::Rgb => ColorSpace::YCbCr,
        Coding::Cmyk { .. } | Coding::Ycck => ColorSpace::CMYK,
    };
    let options = DecoderOptions::new_fast()
        .set_strict_mode(true)
        .set_max_width(limits::LONGEST_SIDE as usize)
        .set_max_height(limits::LONGEST_SIDE as usize)
        .jpeg_set_max_scans(usize::MAX)
        .jpeg_set_out_colorspace(space);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(photo), options);
    decoder.decode().map_err(|error| reason(&error))
}

fn reason(error: &DecodeErrors) -> DecodeError {
    match error {
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => DecodeError::Truncated,
        error => broken(format!("{error:?}").trim_matches('"')),
    }
}

/// Adobe's YCCK: YCbCr of what inks take away, and inverted K. What comes out is how much light each
/// ink lets through.
fn ycck_to_light(samples: &mut [u8]) {
    for pixel in samples.as_chunks_mut::<4>().0 {
        let (y, cb, cr) =
            (i32::from(pixel[0]) << 16, i32::from(pixel[1]) - 128, i32::from(pixel[2]) - 128);
        // ITU-T T.871, in sixteenths of thousandths.
        let level = |value: i32| 255 - ((value + (1 << 15)) >> 16).clamp(0, 255) as u8;
        pixel[0] = level(y + 91_881 * cr);
        pixel[1] = level(y - 22_554 * cb - 46_802 * cr);
        pixel[2] = level(y + 116_130 * cb);
    }
}
