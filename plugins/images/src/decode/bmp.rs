//! BMP, in the variants that `image` decodes.

use image::ImageFormat;

use super::image_crate::{ImageContent, open_image, read_content};
use super::{DecodeError, DecodedPhoto};
use crate::format::PhotoFormat;
use crate::limits;

/// The offset of the information header.
const HEADER: usize = 14;

/// The size of the header of version 5, which can have a profile.
const NEWEST: u32 = 124;

pub(super) fn decode_bmp(photo: &[u8]) -> Result<DecodedPhoto, DecodeError> {
    check_size(photo)?;
    let decoder = open_image(photo, ImageFormat::Bmp, u64::MAX)?;
    let ImageContent { raster, orientation, .. } = read_content(decoder, photo.len() as u64)?;
    Ok(DecodedPhoto {
        format: PhotoFormat::Bmp,
        raster,
        orientation,
        profile: find_profile(photo),
        frames: 1,
        remarks: Vec::new(),
    })
}

/// Checks the claimed size. `image` refuses a large one without naming it (test
/// `bmp_that_claims_too_much`).
fn check_size(photo: &[u8]) -> Result<(), DecodeError> {
    let number = |at| read_number(photo, at).ok_or(DecodeError::Truncated);
    if number(HEADER)? == 12 {
        // The oldest header has two numbers of sixteen bits.
        let size = number(HEADER + 4)?;
        return limits::check_size(size & 0xffff, size >> 16);
    }
    // A negative height means that rows go from top to bottom.
    let height = number(HEADER + 8)? as i32;
    limits::check_size(number(HEADER + 4)?, height.unsigned_abs())
}

/// Finds the embedded ICC profile, which `image` does not read (test `the_profile_is_found`).
fn find_profile(photo: &[u8]) -> Option<Vec<u8>> {
    let is_embedded = photo.get(HEADER + 56..)?.starts_with(b"DEBM");
    if read_number(photo, HEADER)? != NEWEST || !is_embedded {
        return None;
    }
    let start = HEADER.checked_add(read_number(photo, HEADER + 112)? as usize)?;
    let end = start.checked_add(read_number(photo, HEADER + 116)? as usize)?;
    Some(photo.get(start..end).unwrap_or_default().to_vec())
}

fn read_number(photo: &[u8], at: usize) -> Option<u32> {
    photo.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests;
