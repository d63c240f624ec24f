//! WebP (RFC 9649): lossy, lossless and extended.

use std::io::{Read, Seek, SeekFrom};

use super::{Format, Header, HeaderError, MOST_PARTS, Orientation, bytes_at, exif_orientation};

pub(super) fn read(file: &mut (impl Read + Seek)) -> Result<Header, HeaderError> {
    let size = u64::from(u32::from_le_bytes(bytes_at(file, 4)?));
    if file.seek(SeekFrom::End(0))? < size.saturating_add(8) {
        return Err(HeaderError::Truncated);
    }
    let kind: [u8; 4] = bytes_at(file, 12)?;
    let (width, height, orientation) = match &kind {
        b"VP8 " => {
            let [_, _, _, 0x9d, 0x01, 0x2a, w0, w1, h0, h1] = bytes_at(file, 20)? else {
                return Err(HeaderError::Broken("its frame does not start with a key frame"));
            };
            let fourteen = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
            (fourteen(w0, w1), fourteen(h0, h1), Orientation::UPRIGHT)
        }
        b"VP8L" => {
            let [0x2f, b0, b1, b2, b3] = bytes_at(file, 20)? else {
                return Err(HeaderError::Broken("its lossless frame has no signature"));
            };
            let bits = u32::from_le_bytes([b0, b1, b2, b3]);
            ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, Orientation::UPRIGHT)
        }
        b"VP8X" => {
            let [flags, _, _, _, w0, w1, w2, h0, h1, h2] = bytes_at(file, 20)?;
            let has_exif = flags & 0x08 != 0;
            let orientation =
                if has_exif { orientation(file, size + 8)? } else { Orientation::UPRIGHT };
            (
                u32::from_le_bytes([w0, w1, w2, 0]) + 1,
                u32::from_le_bytes([h0, h1, h2, 0]) + 1,
                orientation,
            )
        }
        _ => return Err(HeaderError::Broken("its first chunk is not of pixels")),
    };
    Ok(Header { format: Format::WebP, width, height, orientation })
}

/// The EXIF chunk comes after the pixels, which are stepped over.
fn orientation(file: &mut (impl Read + Seek), end: u64) -> Result<Orientation, HeaderError> {
    let mut at = 12;
    for _ in 0..MOST_PARTS {
        if at + 8 > end {
            return Ok(Orientation::UPRIGHT);
        }
        let [k0, k1, k2, k3, size @ ..]: [u8; 8] = bytes_at(file, at)?;
        if [k0, k1, k2, k3] == *b"EXIF" {
            // Some writers put JPEG's introduction before the data.
            let introduced = at + 14 <= end && bytes_at(file, at + 8)? == *b"Exif\0\0";
            return exif_orientation(file, at + if introduced { 14 } else { 8 });
        }
        let size = u64::from(u32::from_le_bytes(size));
        at += 8 + size + size % 2;
    }
    Err(HeaderError::TooDeep)
}
