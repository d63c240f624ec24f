//! Limits on the size of a photo and on the memory to process it.

use crate::decode::DecodeError;

/// The most pixels of a photo. Google Merchant accepts no more.
pub(crate) const MOST_PIXELS: u64 = 64_000_000;

/// The longest side of a photo in pixels, which is the maximum of JPEG.
pub(crate) const LONGEST_SIDE: u32 = 65_535;

/// The longest side of a rendition in pixels, as the plugin interface defines it.
pub(crate) const LONGEST_FRAME: u32 = 8192;

/// The most bytes of an encoded photo.
pub(crate) const MOST_BYTES: usize = 64 << 20;

/// The most memory for one photo, in bytes. An instance has 768 MiB. The rest is for the program,
/// the stack, tables and allocator overhead.
const MEMORY: u64 = 720 << 20;

/// The most frames of an animation. Each costs time although only one is shown.
pub(crate) const MOST_FRAMES: u32 = 1000;

/// Checks the size that a header claims.
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

/// Checks how many bytes a step needs at once.
pub(crate) fn check_memory(bytes: u64) -> Result<(), DecodeError> {
    if bytes > MEMORY {
        return Err(DecodeError::Memory { needed: bytes >> 20, most: MEMORY >> 20 });
    }
    Ok(())
}
