//! Boxes, of which the container consists (ISO/IEC 14496-12): a size, a name of four letters, and
//! a body that may be boxes again.
//!
//! Nothing here goes into a box by itself, so files do not say how deep.

use super::super::{DecodeError, broken};

pub(super) type Name = [u8; 4];

/// A box without its header.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) name: Name,
    pub(super) body: &'a [u8],
}

/// What a box says of itself.
pub(super) struct Header {
    pub(super) name: Name,
    /// Bytes of the header.
    pub(super) length: usize,
    /// Bytes of the box with its header; `None` is all that follow.
    pub(super) size: Option<u64>,
}

impl Header {
    /// `None` where there are too few bytes for one.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let [a, b, c, d, name @ ..] = *bytes.first_chunk::<8>()?;
        let (length, size) = match u32::from_be_bytes([a, b, c, d]) {
            0 => (8, None),
            1 => (16, Some(u64::from_be_bytes(*bytes.get(8..)?.first_chunk()?))),
            size => (8, Some(u64::from(size))),
        };
        Some(Self { name, length, size })
    }

    /// Where the box ends that begins with these bytes; `None` where it does not end within them.
    pub(super) fn end(&self, bytes: &[u8]) -> Option<usize> {
        let end = self.size.map_or(Some(bytes.len()), |size| usize::try_from(size).ok())?;
        (self.length..=bytes.len()).contains(&end).then_some(end)
    }
}

/// The boxes in the body of another.
pub(super) struct Boxes<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Boxes<'a> {
    type Item = Result<Part<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = std::mem::take(&mut self.0);
        if bytes.is_empty() {
            return None;
        }
        let header = Header::read(bytes);
        let part = header.and_then(|header| {
            let end = header.end(bytes)?;
            self.0 = &bytes[end..];
            Some(Part { name: header.name, body: &bytes[header.length..end] })
        });
        Some(part.ok_or_else(|| broken("a box in it is larger than what it is in")))
    }
}

/// Numbers of a box, one after another.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'a>(pub(super) &'a [u8]);

impl<'a> Numbers<'a> {
    /// A number of so many bytes, at most eight; of none it is zero.
    pub(super) fn sized(&mut self, bytes: usize) -> Result<u64, DecodeError> {
        let taken = self.bytes(bytes)?;
        Ok(taken.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    pub(super) fn byte(&mut self) -> Result<u8, DecodeError> {
        Ok(self.sized(1)? as u8)
    }

    pub(super) fn short(&mut self) -> Result<u16, DecodeError> {
        Ok(self.sized(2)? as u16)
    }

    pub(super) fn long(&mut self) -> Result<u32, DecodeError> {
        Ok(self.sized(4)? as u32)
    }

    pub(super) fn bytes(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let (taken, rest) =
            self.0.split_at_checked(count).ok_or_else(|| broken("a box in it is too short"))?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn name(&mut self) -> Result<Name, DecodeError> {
        Ok(self.long()?.to_be_bytes())
    }

    /// The version and the flags with which many boxes begin.
    pub(super) fn version(&mut self) -> Result<(u8, u32), DecodeError> {
        let number = self.long()?;
        Ok(((number >> 24) as u8, number & 0xff_ffff))
    }
}
