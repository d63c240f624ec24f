//! The boxes at the top level of a file.

use super::super::{DecodeError, broken_photo};
use super::boxes::{BoxHeader, BoxIterator, BoxType};
use crate::limits;

pub(super) struct AvifFile<'a> {
    /// The body of `meta`, which describes all items.
    pub(super) meta: &'a [u8],
    /// Frames of the sequence beside the still.
    pub(super) frames: u32,
    /// The offset behind the last box.
    pub(super) end: usize,
}

impl<'a> AvifFile<'a> {
    pub(super) fn read_boxes(photo: &'a [u8]) -> Result<Self, DecodeError> {
        let (mut meta, mut movie, mut end) = (None, None, 0);
        while let Some(header) = BoxHeader::read_header(&photo[end..]) {
            let rest = &photo[end..];
            let is_usual = is_known_box(&header.box_type);
            let Some(length) = header.find_end(rest) else {
                if is_usual {
                    return Err(DecodeError::Truncated);
                }
                break;
            };
            let is_name = header.box_type.iter().all(|letter| (b' '..=b'~').contains(letter));
            if !is_name || header.size.is_none() && !is_usual {
                break;
            }
            let body = &rest[header.length..length];
            let twice = match &header.box_type {
                b"meta" => meta.replace(body),
                b"moov" => movie.replace(body),
                _ => None,
            };
            if twice.is_some() {
                return Err(broken_photo("one of its boxes is there twice"));
            }
            end += length;
        }
        let frames = movie.map_or(Ok(1), count_frames)?;
        if frames > limits::MOST_FRAMES {
            return Err(DecodeError::TooManyFrames);
        }
        match meta {
            Some(meta) => Ok(Self { meta, frames, end }),
            None if movie.is_some() => {
                Err(DecodeError::Unsupported("an AVIF that is a film without a still"))
            }
            None => Err(DecodeError::Truncated),
        }
    }
}

/// Whether a box has a common type. An incomplete box of another type is trailing data and no
/// truncated box.
fn is_known_box(name: &BoxType) -> bool {
    matches!(
        name,
        b"ftyp" | b"meta" | b"mdat" | b"moov" | b"moof" | b"mfra" | b"free" | b"skip" | b"uuid"
    )
}

/// Counts the frames of the longest track.
fn count_frames(movie: &[u8]) -> Result<u32, DecodeError> {
    let mut within = vec![movie];
    for name in [b"trak", b"mdia", b"minf", b"stbl", b"stsz"] {
        let mut found = Vec::new();
        for body in within {
            for part in BoxIterator(body) {
                let part = part?;
                if part.box_type == *name {
                    found.push(part.body);
                }
            }
        }
        within = found;
    }
    let count = |sizes: &&[u8]| sizes.get(8..).and_then(|rest| rest.first_chunk().copied());
    Ok(within.iter().filter_map(count).map(u32::from_be_bytes).max().unwrap_or(1).max(1))
}
