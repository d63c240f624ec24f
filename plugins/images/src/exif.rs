//! The orientation in EXIF data, which is a TIFF structure.
//!
//! Broken EXIF data does not break a photo: it then has no orientation.

use crate::orient::Orientation;

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;
const LONG: u16 = 4;

/// The orientation that EXIF data has, which may begin with its usual mark.
pub(crate) fn orientation(data: &[u8]) -> Option<Orientation> {
    let data = data.strip_prefix(b"Exif\0\0").unwrap_or(data);
    let order = match data.first_chunk()? {
        [b'I', b'I', 42, 0] => Order::Little,
        [b'M', b'M', 0, 42] => Order::Big,
        _ => return None,
    };
    let at = usize::try_from(order.long(data, 4)?).ok()?;
    let directory = data.get(at..)?;
    let count = usize::from(order.short(directory, 0)?);
    directory
        .get(2..)?
        .chunks_exact(12)
        .take(count)
        .find(|entry| order.short(entry, 0) == Some(ORIENTATION))
        .and_then(|entry| match order.short(entry, 2)? {
            SHORT => order.short(entry, 8).map(u32::from),
            LONG => order.long(entry, 8),
            _ => None,
        })
        .and_then(Orientation::from_exif)
}

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn short(self, data: &[u8], at: usize) -> Option<u16> {
        let bytes = *data.get(at..)?.first_chunk()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        })
    }

    fn long(self, data: &[u8], at: usize) -> Option<u32> {
        let bytes = *data.get(at..)?.first_chunk()?;
        Some(match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_byte_orders() {
        let little = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0";
        assert_eq!(orientation(little).map(Orientation::number), Some(6));
        assert_eq!(orientation(big).map(Orientation::number), Some(8));
    }

    #[test]
    fn a_value_that_does_not_exist_is_none() {
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x09\0\0";
        assert_eq!(orientation(big), None);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..64), big: bool) {
            orientation(&bytes);
            let mut data = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
            data.extend(bytes);
            orientation(&data);
        }
    }
}
