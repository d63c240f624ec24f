//! Boxes of the container (ISO/IEC 14496-12): a size, a type of four letters, and a body.
//!
//! A body may contain boxes, but the reader never recurses. A file cannot cause deep nesting.

use super::super::{DecodeError, broken_photo};

pub(super) type BoxType = [u8; 4];

/// The body of a box and its type.
#[derive(Clone, Copy)]
pub(super) struct ContainerBox<'a> {
    pub(super) box_type: BoxType,
    pub(super) body: &'a [u8],
}

/// The header of a box.
pub(super) struct BoxHeader {
    pub(super) box_type: BoxType,
    /// The size of the header in bytes.
    pub(super) length: usize,
    /// The size of the box with its header, in bytes. `None` means that it ends with the file.
    pub(super) size: Option<u64>,
}

impl BoxHeader {
    /// Returns `None` if there are too few bytes.
    pub(super) fn read_header(bytes: &[u8]) -> Option<Self> {
        let [a, b, c, d, name @ ..] = *bytes.first_chunk::<8>()?;
        let (length, size) = match u32::from_be_bytes([a, b, c, d]) {
            0 => (8, None),
            1 => (16, Some(u64::from_be_bytes(*bytes.get(8..)?.first_chunk()?))),
            size => (8, Some(u64::from(size))),
        };
        Some(Self { box_type: name, length, size })
    }

    /// Finds the end of the box in its bytes. Returns `None` if it ends beyond them.
    pub(super) fn find_end(&self, bytes: &[u8]) -> Option<usize> {
        let end = self.size.map_or(Some(bytes.len()), |size| usize::try_from(size).ok())?;
        (self.length..=bytes.len()).contains(&end).then_some(end)
    }
}

/// Iterates over the boxes in a body.
pub(super) struct BoxIterator<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for BoxIterator<'a> {
    type Item = Result<ContainerBox<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = std::mem::take(&mut self.0);
        if bytes.is_empty() {
            return None;
        }
        let header = BoxHeader::read_header(bytes);
        let part = header.and_then(|header| {
            let end = header.find_end(bytes)?;
            self.0 = &bytes[end..];
            Some(ContainerBox { box_type: header.box_type, body: &bytes[header.length..end] })
        });
        Some(part.ok_or_else(|| broken_photo("a box in it is larger than what it is in")))
    }
}

/// Reads big-endian numbers from a body.
#[derive(Clone, Copy)]
pub(super) struct ByteReader<'a>(pub(super) &'a [u8]);

impl<'a> ByteReader<'a> {
    /// Reads a number of at most eight bytes. A number of no bytes is zero.
    pub(super) fn read_sized(&mut self, bytes: usize) -> Result<u64, DecodeError> {
        let content = self.read_bytes(bytes)?;
        Ok(content.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    pub(super) fn read_byte(&mut self) -> Result<u8, DecodeError> {
        Ok(self.read_sized(1)? as u8)
    }

    pub(super) fn read_short(&mut self) -> Result<u16, DecodeError> {
        Ok(self.read_sized(2)? as u16)
    }

    pub(super) fn read_long(&mut self) -> Result<u32, DecodeError> {
        Ok(self.read_sized(4)? as u32)
    }

    pub(super) fn read_bytes(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let (content, rest) = self
            .0
            .split_at_checked(count)
            .ok_or_else(|| broken_photo("a box in it is too short"))?;
        self.0 = rest;
        Ok(content)
    }

    pub(super) fn read_box_type(&mut self) -> Result<BoxType, DecodeError> {
        Ok(self.read_long()?.to_be_bytes())
    }

    /// Reads the version and the flags of a full box.
    pub(super) fn read_version(&mut self) -> Result<(u8, u32), DecodeError> {
        let number = self.read_long()?;
        Ok(((number >> 24) as u8, number & 0xff_ffff))
    }
}
