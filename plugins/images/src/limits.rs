//! How large a photo may be, and how much memory it may take.

use crate::decode::DecodeError;

/// Google Merchant takes no larger picture.
pub(crate) const MOST_PIXELS: u64 = 64_000_000;

/// The longest side that JPEG can express; what is longer is a claim and no photo.
pub(crate) const LONGEST_SIDE: u32 = 65_535;

/// What the sides of a wanted picture may be, as the contract has it.
pub(crate) const LONGEST_FRAME: u32 = 8192;

/// What the encoded bytes may be.
pub(crate) const MOST_BYTES: usize = 64 << 20;

/// What a photo may take at once. An instance has 768 MiB; the rest is for the program, the stack,
/// tables, and what lies between blocks.
const MEMORY: u64 = 720 << 20;

/// Frames of an animation; more are no product photo, and each costs time though one is shown.
pub(crate) const MOST_FRAMES: u32 = 1000;

/// Holds the size that a header claims against the limits.
pub(crate) fn check_size(width: u32, height: u32) -> Result<(), DecodeError> {
    if width == 0 || height == 0 {
        return Err(DecodeError::Broken("its width or height is zero".to_owned()));
    }
    if width > LONGEST_SIDE
        || height > LONGEST_SIDE
        || u64::from(width) * u64::from(height) > MOST_PIXELS
    {
        return Err(DecodeError::TooLarge { width, height });
    }
    Ok(())
}

/// Holds what a step is going to have in memory at once, in bytes, against the limit.
pub(crate) fn check_memory(bytes: u64) -> Result<(), DecodeError> {
    if bytes > MEMORY {
        return Err(DecodeError::Memory { needed: bytes >> 20, most: MEMORY >> 20 });
    }
    Ok(())
}
