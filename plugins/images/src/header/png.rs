//! PNG: the IHDR chunk with its checksum, and an eXIf chunk before the pixels.

use std::io::{Read, Seek};

use super::{Format, Header, HeaderError, MOST_PARTS, Orientation, bytes_at, exif_orientation};

pub(super) fn read(file: &mut (impl Read + Seek)) -> Result<Header, HeaderError> {
    let ihdr: [u8; 25] = bytes_at(file, 8)?;
    let [0, 0, 0, 13, b'I', b'H', b'D', b'R', w3, w2, w1, w0, h3, h2, h1, h0, depth, color, ..] =
        ihdr
    else {
        return Err(HeaderError::Broken("its first chunk is not IHDR"));
    };
    if crc32(&ihdr[4..21]).to_be_bytes() != ihdr[21..] {
        return Err(HeaderError::Broken("the checksum of IHDR is wrong"));
    }
    if !depth_fits(color, depth) {
        return Err(HeaderError::Broken("PNG has no such colour type and bit depth"));
    }
    Ok(Header {
        format: Format::Png,
        width: u32::from_be_bytes([w3, w2, w1, w0]),
        height: u32::from_be_bytes([h3, h2, h1, h0]),
        orientation: orientation(file)?,
    })
}

fn orientation(file: &mut (impl Read + Seek)) -> Result<Orientation, HeaderError> {
    let mut at = 33;
    for _ in 0..MOST_PARTS {
        let [l3, l2, l1, l0, kind @ ..]: [u8; 8] = bytes_at(file, at)?;
        match &kind {
            b"IDAT" => return Ok(Orientation::UPRIGHT),
            b"IEND" => return Err(HeaderError::Broken("there are no pixels in it")),
            b"eXIf" => return exif_orientation(file, at + 8),
            _ => at += 12 + u64::from(u32::from_be_bytes([l3, l2, l1, l0])),
        }
    }
    Err(HeaderError::TooDeep)
}

/// The pairs that the PNG specification allows (table 11.1).
fn depth_fits(color: u8, depth: u8) -> bool {
    match color {
        0 => matches!(depth, 1 | 2 | 4 | 8 | 16),
        3 => matches!(depth, 1 | 2 | 4 | 8),
        2 | 4 | 6 => matches!(depth, 8 | 16),
        _ => false,
    }
}

/// The checksum of ISO 3309, bit by bit: it is of 17 bytes.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}
