//! The boxes of which a file consists.

use super::super::{DecodeError, broken};
use super::boxes::{Boxes, Header, Name};
use crate::limits;

pub(super) struct File<'a> {
    /// What says which pictures there are.
    pub(super) meta: &'a [u8],
    /// Frames of the sequence that is there beside a still.
    pub(super) frames: u32,
    /// Where the last box ends.
    pub(super) end: usize,
}

impl<'a> File<'a> {
    pub(super) fn read(photo: &'a [u8]) -> Result<Self, DecodeError> {
        let (mut meta, mut movie, mut end) = (None, None, 0);
        while let Some(header) = Header::read(&photo[end..]) {
            let rest = &photo[end..];
            let is_usual = is_usual(&header.name);
            let Some(length) = header.end(rest) else {
                if is_usual {
                    return Err(DecodeError::Truncated);
                }
                break;
            };
            let is_name = header.name.iter().all(|letter| (b' '..=b'~').contains(letter));
            if !is_name || header.size.is_none() && !is_usual {
                break;
            }
            let body = &rest[header.length..length];
            let twice = match &header.name {
                b"meta" => meta.replace(body),
                b"moov" => movie.replace(body),
                _ => None,
            };
            if twice.is_some() {
                return Err(broken("one of its boxes is there twice"));
            }
            end += length;
        }
        let frames = movie.map_or(Ok(1), frames)?;
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

/// Whether it is the name of a box. What has none of these names and does not end within the file is
/// no box that was cut, but something behind the last one.
fn is_usual(name: &Name) -> bool {
    matches!(
        name,
        b"ftyp" | b"meta" | b"mdat" | b"moov" | b"moof" | b"mfra" | b"free" | b"skip" | b"uuid"
    )
}

/// Frames of the track that has the most.
fn frames(movie: &[u8]) -> Result<u32, DecodeError> {
    let mut within = vec![movie];
    for name in [b"trak", b"mdia", b"minf", b"stbl", b"stsz"] {
        let mut found = Vec::new();
        for body in within {
            for part in Boxes(body) {
                let part = part?;
                if part.name == *name {
                    found.push(part.body);
                }
            }
        }
        within = found;
    }
    let count = |sizes: &&[u8]| sizes.get(8..).and_then(|rest| rest.first_chunk().copied());
    Ok(within.iter().filter_map(count).map(u32::from_be_bytes).max().unwrap_or(1).max(1))
}
