//! Checks the first directory of a TIFF before the decoder reads it.
//!
//! The decoder allocates several times what an entry claims to hold.

use std::ops::Range;

use super::super::{DecodeError, broken_photo};
use crate::limits;

/// The most entries. Scanners write about 40.
const MOST_ENTRIES: usize = 1000;

/// The most numbers in one entry that the decoder reads, such as offsets of strips.
const MOST_NUMBERS: usize = 1 << 18;

const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const PROFILE: u16 = 34675;

/// Bytes of a number of each type.
const SIZES: [usize; 13] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/// A checked directory.
pub(super) struct TiffDirectory {
    /// The range of the embedded profile.
    pub(super) profile: Option<Range<usize>>,
}

struct DirectoryReader<'a> {
    photo: &'a [u8],
    is_big: bool,
}

impl DirectoryReader<'_> {
    fn read_short(&self, at: usize) -> Result<u16, DecodeError> {
        let bytes =
            *self.photo.get(at..).and_then(<[u8]>::first_chunk).ok_or(DecodeError::Truncated)?;
        Ok(if self.is_big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn read_long(&self, at: usize) -> Result<u32, DecodeError> {
        let bytes =
            *self.photo.get(at..).and_then(<[u8]>::first_chunk).ok_or(DecodeError::Truncated)?;
        Ok(if self.is_big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }
}

impl TiffDirectory {
    pub(super) fn read_first(photo: &[u8]) -> Result<Self, DecodeError> {
        let reader = DirectoryReader { photo, is_big: photo.starts_with(b"MM") };
        if reader.read_short(2)? != 42 {
            return Err(DecodeError::Unsupported("a TIFF for more than 4 GB"));
        }
        let start = reader.read_long(4)? as usize;
        let count = usize::from(reader.read_short(start)?);
        if count > MOST_ENTRIES {
            return Err(broken_photo("its directory is too long"));
        }
        let mut directory = Self { profile: None };
        let (mut width, mut height) = (None, None);
        for entry in (0..count).map(|entry| start + 2 + entry * 12) {
            let (tag, kind) =
                (reader.read_short(entry)?, usize::from(reader.read_short(entry + 2)?));
            let numbers = reader.read_long(entry + 4)? as usize;
            let size = SIZES.get(kind).copied().unwrap_or(0).saturating_mul(numbers);
            let at = if size > 4 { reader.read_long(entry + 8)? as usize } else { entry + 8 };
            if at.saturating_add(size) > photo.len() {
                return Err(DecodeError::Truncated);
            }
            match tag {
                PROFILE => directory.profile = Some(at..at + size),
                // The decoder does not read private entries.
                _ if tag < 32_768 && numbers > MOST_NUMBERS => {
                    return Err(broken_photo("one of its entries is too long"));
                }
                WIDTH => {
                    width = Some(if kind == 3 {
                        u32::from(reader.read_short(at)?)
                    } else {
                        reader.read_long(at)?
                    })
                }
                HEIGHT => {
                    height = Some(if kind == 3 {
                        u32::from(reader.read_short(at)?)
                    } else {
                        reader.read_long(at)?
                    })
                }
                _ => {}
            }
        }
        let (Some(width), Some(height)) = (width, height) else {
            return Err(broken_photo("it has no width or no height"));
        };
        limits::check_size(width, height)?;
        Ok(directory)
    }
}
