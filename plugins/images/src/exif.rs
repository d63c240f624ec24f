//! The first directory of a TIFF structure, which is what EXIF data is.

use std::io::{Read, Seek};

use crate::header::{HeaderError, Orientation, bytes_at};

/// What is of interest in a directory.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Directory {
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
    pub(crate) orientation: Option<Orientation>,
}

/// Entries that are looked at; cameras write about 15.
const MOST_ENTRIES: u16 = 256;

/// Reads the first directory of the structure that starts at `base`.
pub(crate) fn read(file: &mut (impl Read + Seek), base: u64) -> Result<Directory, HeaderError> {
    let order = match bytes_at(file, base)? {
        [b'I', b'I', 42, 0] => Order::Little,
        [b'M', b'M', 0, 42] => Order::Big,
        _ => return Err(HeaderError::Broken("its EXIF data is not TIFF")),
    };
    let at = base + u64::from(order.long(bytes_at(file, base + 4)?));
    let count = order.short(bytes_at(file, at)?).min(MOST_ENTRIES);
    let mut directory = Directory::default();
    for entry in 0..u64::from(count) {
        let [t0, t1, k0, k1, c0, c1, c2, c3, value @ ..]: [u8; 12] =
            bytes_at(file, at + 2 + entry * 12)?;
        let value = match (order.short([k0, k1]), order.long([c0, c1, c2, c3])) {
            (3, 1) => u32::from(order.short([value[0], value[1]])),
            (4, 1) => order.long(value),
            _ => continue,
        };
        match order.short([t0, t1]) {
            0x0100 => directory.width = Some(value),
            0x0101 => directory.height = Some(value),
            0x0112 => directory.orientation = Orientation::from_exif(value),
            _ => {}
        }
    }
    Ok(directory)
}

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn short(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    fn long(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }
}
