//! BMP: the core header of OS/2 and the headers of Windows.

use std::io::{Read, Seek};

use super::{Format, Header, HeaderError, Orientation, bytes_at};

pub(super) fn read(file: &mut (impl Read + Seek)) -> Result<Header, HeaderError> {
    let (width, height) = match u32::from_le_bytes(bytes_at(file, 14)?) {
        12 => {
            let [w0, w1, h0, h1] = bytes_at(file, 18)?;
            (u16::from_le_bytes([w0, w1]).into(), u16::from_le_bytes([h0, h1]).into())
        }
        40..=256 => {
            let width = i32::from_le_bytes(bytes_at(file, 18)?);
            let height = i32::from_le_bytes(bytes_at(file, 22)?);
            if width < 0 {
                return Err(HeaderError::Broken("its width is negative"));
            }
            // Rows from the top have a negative height.
            (width.unsigned_abs(), height.unsigned_abs())
        }
        _ => return Err(HeaderError::NotAnImage),
    };
    Ok(Header { format: Format::Bmp, width, height, orientation: Orientation::UPRIGHT })
}
