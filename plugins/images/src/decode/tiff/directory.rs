//! The first directory of a TIFF, looked at before the decoder believes it.
//!
//! The decoder allocates what an entry claims to hold, and several times that.

use std::ops::Range;

use super::super::{DecodeError, broken};
use crate::limits;

/// Entries of a directory; scanners write about 40.
const MOST_ENTRIES: usize = 1000;

/// Numbers of one entry that the decoder reads: places of strips and tiles, and a palette.
const MOST_NUMBERS: usize = 1 << 18;

const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const PROFILE: u16 = 34675;

/// Bytes of a number of each type.
const SIZES: [usize; 13] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/// What was looked at.
pub(super) struct Directory {
    /// The bytes of the embedded profile.
    pub(super) profile: Option<Range<usize>>,
}

struct Reader<'a> {
    photo: &'a [u8],
    is_big: bool,
}

impl Reader<'_> {
    fn short(&self, at: usize) -> Result<u16, DecodeError> {
        let bytes =
            *self.photo.get(at..).and_then(<[u8]>::first_chunk).ok_or(DecodeError::Truncated)?;
        Ok(if self.is_big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Result<u32, DecodeError> {
        let bytes =
            *self.photo.get(at..).and_then(<[u8]>::first_chunk).ok_or(DecodeError::Truncated)?;
        Ok(if self.is_big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }
}

impl Directory {
    pub(super) fn read(photo: &[u8]) -> Result<Self, DecodeError> {
        let reader = Reader { photo, is_big: photo.starts_with(b"MM") };
        if reader.short(2)? != 42 {
            return Err(DecodeError::Unsupported("a TIFF for more than 4 GB"));
        }
        let start = reader.long(4)? as usize;
        let count = usize::from(reader.short(start)?);
        if count > MOST_ENTRIES {
            return Err(broken("its directory is too long"));
        }
        let mut directory = Self { profile: None };
        let (mut width, mut height) = (None, None);
        for entry in (0..count).map(|entry| start + 2 + entry * 12) {
            let (tag, kind) = (reader.short(entry)?, usize::from(reader.short(entry + 2)?));
            let numbers = reader.long(entry + 4)? as usize;
            let size = SIZES.get(kind).copied().unwrap_or(0).saturating_mul(numbers);
            let at = if size > 4 { reader.long(entry + 8)? as usize } else { entry + 8 };
            if at.saturating_add(size) > photo.len() {
                return Err(DecodeError::Truncated);
            }
            match tag {
                PROFILE => directory.profile = Some(at..at + size),
                // What programs keep for themselves is not read.
                _ if tag < 32_768 && numbers > MOST_NUMBERS => {
                    return Err(broken("one of its entries is too long"));
                }
                WIDTH => {
                    width = Some(if kind == 3 {
                        u32::from(reader.short(at)?)
                    } else {
                        reader.long(at)?
                    })
                }
                HEIGHT => {
                    height = Some(if kind == 3 {
                        u32::from(reader.short(at)?)
                    } else {
                        reader.long(at)?
                    })
                }
                _ => {}
            }
        }
        let (Some(width), Some(height)) = (width, height) else {
            return Err(broken("it has no width or no height"));
        };
        limits::check_size(width, height)?;
        Ok(directory)
    }
}
