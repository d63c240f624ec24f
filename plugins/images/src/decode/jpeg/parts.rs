//! The parts of a JPEG file, by its markers (ITU-T T.81, annex B).

use std::ops::Range;

use super::super::DecodeError;
use super::super::broken;

/// One colour channel, as the frame header declares it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Component {
    id: u8,
    horizontal: u32,
    vertical: u32,
    table: u8,
}

/// One pass over the picture.
#[derive(Clone, Debug)]
pub(super) struct Scan {
    /// From its marker on.
    pub(super) start: usize,
    /// Its bits, with the restarts in them.
    pub(super) bits: Range<usize>,
    /// The identifiers of its channels.
    channels: Vec<u8>,
    /// The first of the numbers of a block that it has.
    from: u8,
    /// Whether it adds a bit to numbers that an earlier one brought.
    refines: bool,
    interval: u32,
    restarts: usize,
}

/// What a JPEG file consists of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) components: Vec<Component>,
    pub(super) progressive: bool,
    pub(super) scans: Vec<Scan>,
    /// MCUs between restarts, as it was declared last; 0: there are none.
    interval: u32,
    /// What passes are decoded with, in order, each from its marker on.
    pub(super) tables: Vec<Range<usize>>,
    /// EXIF data, without the mark before it.
    pub(super) exif: Option<Range<usize>>,
    /// Where the colour transform that Adobe's programs write is.
    pub(super) adobe_transform: Option<usize>,
    transform: Option<u8>,
    is_jfif: bool,
    /// Whether the first scan has fewer channels than the picture.
    is_apart: bool,
    /// The parts of a profile: number, of how many, where.
    profile: Vec<(u8, u8, Range<usize>)>,
    /// Where the picture ends.
    pub(super) end: usize,
}

/// How the channels of a pixel are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Grey,
    Ycc,
    Rgb,
    Cmyk {
        /// The full number is no ink, as Adobe's programs write it.
        inverted: bool,
    },
    Ycck,
}

impl Parts {
    /// Walks through a file from its start marker to its end marker.
    pub(super) fn read(photo: &[u8]) -> Result<Self, DecodeError> {
        let mut parts = Self::default();
        let mut at = 2;
        loop {
            let marker;
            (marker, at) = next_marker(photo, at).ok_or(DecodeError::Truncated)?;
            let start = at - 2;
            match marker {
                // Restarts, and a marker without a meaning.
                0x01 | 0xd0..=0xd7 => continue,
                0xd8 => return Err(broken("a second picture begins within it")),
                0xd9 => break,
                _ => {}
            }
            let length = photo.get(at..at + 2).ok_or(DecodeError::Truncated)?;
            let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
            if length < 2 {
                return Err(broken("a part of it has no length"));
            }
            let body = at + 2..at + length;
            let bytes = photo.get(body.clone()).ok_or(DecodeError::Truncated)?;
            at = body.end;
            match marker {
                0xc0..=0xc2 => parts.frame(marker, bytes)?,
                0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                    return Err(DecodeError::Unsupported(
                        "a JPEG of a rare kind (lossless, hierarchical or arithmetic)",
                    ));
                }
                0xda => {
                    let restarts;
                    (restarts, at) = end_of_scan(photo, at);
                    parts.scan(start, body.end..at, bytes, restarts)?;
                }
                0xc4 | 0xdb => parts.tables.push(start..at),
                0xdd => {
                    parts.tables.push(start..at);
                    let interval = bytes.first_chunk().copied();
                    let interval = interval.ok_or_else(|| broken("its restarts have no length"))?;
                    parts.interval = u16::from_be_bytes(interval).into();
                }
                0xe0..=0xef => parts.application(marker, body, bytes),
                _ => {}
            }
        }
        if parts.components.is_empty() || parts.scans.is_empty() {
            return Err(broken("it has no pixels"));
        }
        parts.end = at;
        Ok(parts)
    }

    fn frame(&mut self, marker: u8, bytes: &[u8]) -> Result<(), DecodeError> {
        if !self.components.is_empty() {
            return Err(broken("it has two frame headers"));
        }
        let [precision, h1, h0, w1, w0, count, rest @ ..] = bytes else {
            return Err(broken("its frame header is too short"));
        };
        if *precision != 8 {
            return Err(DecodeError::Unsupported("a JPEG with more than 8 bits for each colour"));
        }
        self.height = u32::from(u16::from_be_bytes([*h1, *h0]));
        self.width = u32::from(u16::from_be_bytes([*w1, *w0]));
        self.progressive = marker == 0xc2;
        let (components, _) = rest.as_chunks::<3>();
        if components.len() < usize::from(*count) {
            return Err(broken("its frame header is too short"));
        }
        self.components = components[..usize::from(*count)]
            .iter()
            .map(|[id, sampling, table]| Component {
                id: *id,
                horizontal: u32::from(sampling >> 4),
                vertical: u32::from(sampling & 15),
                table: *table,
            })
            .collect();
        if self
            .components
            .iter()
            .any(|c| !(1..=4).contains(&c.horizontal) || !(1..=4).contains(&c.vertical))
        {
            return Err(broken("its frame header has no sampling"));
        }
        Ok(())
    }

    fn scan(
        &mut self,
        start: usize,
        bits: Range<usize>,
        header: &[u8],
        restarts: usize,
    ) -> Result<(), DecodeError> {
        let short = || broken("the header of one of its passes is too short");
        let (count, rest) = header.split_first().ok_or_else(short)?;
        let (channels, rest) = rest.split_at_checked(usize::from(*count) * 2).ok_or_else(short)?;
        let [from, _, bit, ..] = rest else { return Err(short()) };
        let channels: Vec<u8> = channels.iter().step_by(2).copied().collect();
        self.is_apart |= channels.len() < self.components.len();
        let (from, refines, interval) = (*from, bit >> 4 != 0, self.interval);
        self.scans.push(Scan { start, bits, channels, from, refines, interval, restarts });
        Ok(())
    }

    /// Whether all passes can be whole, as far as that can be told without decoding them: where a
    /// decoder finds no bits it goes on as if they were zeros.
    pub(super) fn check_scans(&self) -> Result<(), DecodeError> {
        for scan in &self.scans {
            let (units, blocks) = self.units(scan)?;
            let intervals = units.div_ceil(u64::from(scan.interval).max(1));
            if scan.interval == 0 && scan.restarts > 0 {
                return Err(broken("it has restarts where none are declared"));
            }
            if scan.interval > 0 && (scan.restarts as u64 + 1) < intervals {
                return Err(DecodeError::Truncated);
            }
            // One bit for each block and nothing else; whatever those are, none is missed.
            let is_bare = self.progressive && scan.from == 0 && scan.refines;
            if is_bare && (scan.bits.len() as u64) < (units * blocks).div_ceil(8) {
                return Err(DecodeError::Truncated);
            }
        }
        Ok(())
    }

    /// What a pass is counted in, how many of them it has, and the blocks of each.
    fn units(&self, scan: &Scan) -> Result<(u64, u64), DecodeError> {
        let of = |id: &u8| self.components.iter().find(|component| component.id == *id);
        let found: Option<Vec<&Component>> = scan.channels.iter().map(of).collect();
        let found = found.filter(|found| !found.is_empty());
        let found = found.ok_or_else(|| broken("one of its passes is of no colour"))?;
        let (across, down) = self.sampling();
        let side =
            |side: u32, part: u32, most: u32| u64::from(side * part).div_ceil(u64::from(8 * most));
        let (units, blocks) = match found[..] {
            [alone] => {
                let columns = side(self.width, alone.horizontal, across);
                (columns * side(self.height, alone.vertical, down), 1)
            }
            _ => {
                let blocks = found.iter().map(|c| u64::from(c.horizontal * c.vertical)).sum();
                (side(self.width, 1, across) * side(self.height, 1, down), blocks)
            }
        };
        Ok((units, blocks))
    }

    /// The frame header of a grey picture that a pass of one channel is.
    pub(super) fn alone(&self, scan: &Scan) -> Option<[u8; 13]> {
        let [id] = scan.channels[..] else { return None };
        let Component { horizontal, vertical, table, .. } =
            self.components.iter().find(|component| component.id == id)?;
        let (across, down) = self.sampling();
        let side = |side: u32, part: &u32, most: u32| (side * part).div_ceil(most) as u16;
        let [w1, w0] = side(self.width, horizontal, across).to_be_bytes();
        let [h1, h0] = side(self.height, vertical, down).to_be_bytes();
        Some([0xff, 0xc0, 0, 11, 8, h1, h0, w1, w0, 1, id, 0x11, *table])
    }

    /// The most across and down.
    fn sampling(&self) -> (u32, u32) {
        let most = |of: fn(&Component) -> u32| self.components.iter().map(of).max().unwrap_or(1);
        (most(|c| c.horizontal), most(|c| c.vertical))
    }

    /// Restarts of all passes.
    pub(super) fn restarts(&self) -> usize {
        self.scans.iter().map(|scan| scan.restarts).sum()
    }

    fn application(&mut self, marker: u8, body: Range<usize>, bytes: &[u8]) {
        match (marker, bytes) {
            (0xe0, [b'J', b'F', b'I', b'F', 0, ..]) => self.is_jfif = true,
            (0xe1, [b'E', b'x', b'i', b'f', 0, _, ..]) if self.exif.is_none() => {
                self.exif = Some(body.start + 6..body.end);
            }
            (0xe2, name) if name.starts_with(b"ICC_PROFILE\0") && name.len() > 14 => {
                self.profile.push((name[12], name[13], body.start + 14..body.end));
            }
            (0xee, [b'A', b'd', b'o', b'b', b'e', _, _, _, _, _, _, transform, ..]) => {
                self.adobe_transform = Some(body.start + 11);
                self.transform = Some(*transform);
            }
            _ => {}
        }
    }

    pub(super) fn coding(&self) -> Result<Coding, DecodeError> {
        let ids: Vec<u8> = self.components.iter().map(|component| component.id).collect();
        Ok(match (ids.as_slice(), self.transform) {
            ([_], _) => Coding::Grey,
            ([_, _, _], Some(0)) if !self.is_jfif => Coding::Rgb,
            // The decoder goes by these too, and hands them on as they are.
            ([b'R', b'G', b'B'], _) => Coding::Ycc,
            ([_, _, _], _) => Coding::Ycc,
            ([_, _, _, _], Some(2)) => Coding::Ycck,
            ([_, _, _, _], transform) => Coding::Cmyk { inverted: transform.is_some() },
            _ => return Err(DecodeError::Unsupported("a JPEG with an unusual number of colours")),
        })
    }

    /// Whether all of the picture is in memory before pixels are made.
    pub(super) fn is_buffered(&self) -> bool {
        self.progressive || self.is_apart
    }

    /// Numbers of all blocks.
    pub(super) fn coefficients(&self) -> u64 {
        let (horizontal, vertical) = self.sampling();
        let columns = u64::from(self.width.div_ceil(8 * horizontal));
        let lines = u64::from(self.height.div_ceil(8 * vertical));
        let blocks: u64 =
            self.components.iter().map(|c| u64::from(c.horizontal * c.vertical)).sum();
        columns * lines * blocks * 64
    }

    /// The embedded profile, put together. Empty where parts of it are missing: it is broken then.
    pub(super) fn profile(&self, photo: &[u8]) -> Option<Vec<u8>> {
        let mut pieces = self.profile.clone();
        pieces.sort_by_key(|(number, _, _)| *number);
        let (_, count, _) = pieces.first()?;
        let is_whole = pieces.len() == usize::from(*count)
            && pieces
                .iter()
                .zip(1_u32..)
                .all(|((number, ..), expected)| u32::from(*number) == expected);
        if !is_whole {
            return Some(Vec::new());
        }
        Some(pieces.into_iter().flat_map(|(_, _, range)| photo[range].iter().copied()).collect())
    }
}

/// The next marker, and where what belongs to it begins. Programs leave bytes between the parts
/// now and then.
fn next_marker(photo: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += photo.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        at += photo[at..].iter().position(|byte| *byte != 0xff)?;
        if photo[at] != 0 {
            return Some((photo[at], at + 1));
        }
    }
}

/// How many restarts a scan has, and where its bits end: at a marker that is no restart.
fn end_of_scan(photo: &[u8], mut at: usize) -> (usize, usize) {
    let mut restarts = 0;
    while let Some(found) = photo[at..].iter().position(|byte| *byte == 0xff) {
        at += found;
        match photo.get(at + 1) {
            Some(0) => at += 2,
            Some(0xd0..=0xd7) => {
                restarts += 1;
                at += 2;
            }
            Some(0xff) => at += 1,
            Some(_) => return (restarts, at),
            None => break,
        }
    }
    (restarts, photo.len())
}
