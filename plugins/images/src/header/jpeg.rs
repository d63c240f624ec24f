//! JPEG (ITU-T T.81): segments up to the frame header.

use std::io::{Read, Seek};

use super::{Format, Header, HeaderError, MOST_PARTS, Orientation, bytes_at, exif_orientation};

pub(super) fn read(file: &mut (impl Read + Seek)) -> Result<Header, HeaderError> {
    let mut orientation = None;
    let mut at = 2;
    for _ in 0..MOST_PARTS {
        let [ff, marker] = bytes_at(file, at)?;
        if ff != 0xff {
            return Err(HeaderError::Broken("a segment does not start where the one before ends"));
        }
        match marker {
            // Fill bytes, and markers that stand alone.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            0xd9 | 0xda => {
                return Err(HeaderError::Broken("there is no frame header before the pixels"));
            }
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let [_, _, _, h1, h0, w1, w0] = bytes_at(file, at + 2)?;
                return Ok(Header {
                    format: Format::Jpeg,
                    width: u16::from_be_bytes([w1, w0]).into(),
                    height: u16::from_be_bytes([h1, h0]).into(),
                    orientation: orientation.unwrap_or(Orientation::UPRIGHT),
                });
            }
            _ => {
                let length = u64::from(u16::from_be_bytes(bytes_at(file, at + 2)?));
                if length < 2 {
                    return Err(HeaderError::Broken("a segment is shorter than its length"));
                }
                if marker == 0xe1 && orientation.is_none() && is_exif(file, at, length)? {
                    orientation = Some(exif_orientation(file, at + 10)?);
                }
                at += 2 + length;
            }
        }
    }
    Err(HeaderError::TooDeep)
}

fn is_exif(file: &mut (impl Read + Seek), segment: u64, length: u64) -> Result<bool, HeaderError> {
    Ok(length >= 16 && bytes_at(file, segment + 4)? == *b"Exif\0\0")
}
