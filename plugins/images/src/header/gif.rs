//! GIF: the logical screen.

use std::io::{Read, Seek};

use super::{Format, Header, HeaderError, Orientation, bytes_at};

pub(super) fn read(file: &mut (impl Read + Seek)) -> Result<Header, HeaderError> {
    let [w0, w1, h0, h1] = bytes_at(file, 6)?;
    Ok(Header {
        format: Format::Gif,
        width: u16::from_le_bytes([w0, w1]).into(),
        height: u16::from_le_bytes([h0, h1]).into(),
        orientation: Orientation::UPRIGHT,
    })
}
