//! The segments of a JPEG file (ITU-T T.81, annex B).

use std::ops::Range;

use super::super::DecodeError;
use super::super::broken_photo;

/// A colour component of the frame header.
#[derive(Clone, Copy, Debug)]
pub(super) struct FrameComponent {
    id: u8,
    horizontal: u32,
    vertical: u32,
    table: u8,
}

/// One scan over the image.
#[derive(Clone, Debug)]
pub(super) struct ScanSegment {
    /// The offset of its marker.
    pub(super) start: usize,
    /// Its entropy-coded data, including restart markers.
    pub(super) coded_data: Range<usize>,
    /// The identifiers of its components.
    component_ids: Vec<u8>,
    /// The index of its first coefficient.
    first_coefficient: u8,
    /// Whether it refines coefficients of an earlier scan.
    refines: bool,
    restart_interval: u32,
    restarts: usize,
}

/// The segments that decoding depends on.
#[derive(Debug, Default)]
pub(super) struct JpegStructure {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) components: Vec<FrameComponent>,
    pub(super) progressive: bool,
    pub(super) scans: Vec<ScanSegment>,
    /// MCUs between restarts as declared last. Zero means no restarts.
    restart_interval: u32,
    /// The segments of tables in their order, each with its marker.
    pub(super) tables: Vec<Range<usize>>,
    /// EXIF data without its identifier.
    pub(super) exif: Option<Range<usize>>,
    /// The offset of the colour transform in Adobe's segment.
    pub(super) transform_offset: Option<usize>,
    transform: Option<u8>,
    is_jfif: bool,
    /// Whether a scan has fewer components than the frame.
    is_noninterleaved: bool,
    /// The pieces of the profile: number, count and range.
    profile: Vec<(u8, u8, Range<usize>)>,
    /// The offset behind the end marker.
    pub(super) end: usize,
}

/// How the channels of a pixel are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColorCoding {
    Grey,
    Ycc,
    Rgb,
    Cmyk {
        /// Whether the highest value means no ink, as in files of Adobe's programs.
        inverted: bool,
    },
    Ycck,
}

impl JpegStructure {
    /// Reads all segments from the start marker to the end marker.
    pub(super) fn read_segments(photo: &[u8]) -> Result<Self, DecodeError> {
        let mut structure = Self::default();
        let mut at = 2;
        loop {
            let marker;
            (marker, at) = find_marker(photo, at).ok_or(DecodeError::Truncated)?;
            let start = at - 2;
            match marker {
                // Restarts, and a marker without a meaning.
                0x01 | 0xd0..=0xd7 => continue,
                0xd8 => return Err(broken_photo("a second picture begins within it")),
                0xd9 => break,
                _ => {}
            }
            let length = photo.get(at..at + 2).ok_or(DecodeError::Truncated)?;
            let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
            if length < 2 {
                return Err(broken_photo("a part of it has no length"));
            }
            let body = at + 2..at + length;
            let bytes = photo.get(body.clone()).ok_or(DecodeError::Truncated)?;
            at = body.end;
            match marker {
                0xc0..=0xc2 => structure.read_frame_header(marker, bytes)?,
                0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                    return Err(DecodeError::Unsupported(
                        "a JPEG of a rare kind (lossless, hierarchical or arithmetic)",
                    ));
                }
                0xda => {
                    let restarts;
                    (restarts, at) = find_scan_end(photo, at);
                    structure.read_scan_header(start, body.end..at, bytes, restarts)?;
                }
                0xc4 | 0xdb => structure.tables.push(start..at),
                0xdd => {
                    structure.tables.push(start..at);
                    let interval = bytes.first_chunk().copied();
                    let interval =
                        interval.ok_or_else(|| broken_photo("its restarts have no length"))?;
                    structure.restart_interval = u16::from_be_bytes(interval).into();
                }
                0xe0..=0xef => structure.read_application_data(marker, body, bytes),
                _ => {}
            }
        }
        if structure.components.is_empty() || structure.scans.is_empty() {
            return Err(broken_photo("it has no pixels"));
        }
        structure.end = at;
        Ok(structure)
    }

    fn read_frame_header(&mut self, marker: u8, bytes: &[u8]) -> Result<(), DecodeError> {
        if !self.components.is_empty() {
            return Err(broken_photo("it has two frame headers"));
        }
        let [precision, h1, h0, w1, w0, count, rest @ ..] = bytes else {
            return Err(broken_photo("its frame header is too short"));
        };
        if *precision != 8 {
            return Err(DecodeError::Unsupported("a JPEG with more than 8 bits for each colour"));
        }
        self.height = u32::from(u16::from_be_bytes([*h1, *h0]));
        self.width = u32::from(u16::from_be_bytes([*w1, *w0]));
        self.progressive = marker == 0xc2;
        let (components, _) = rest.as_chunks::<3>();
        if components.len() < usize::from(*count) {
            return Err(broken_photo("its frame header is too short"));
        }
        self.components = components[..usize::from(*count)]
            .iter()
            .map(|[id, sampling, table]| FrameComponent {
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
            return Err(broken_photo("its frame header has no sampling"));
        }
        Ok(())
    }

    fn read_scan_header(
        &mut self,
        start: usize,
        bits: Range<usize>,
        header: &[u8],
        restarts: usize,
    ) -> Result<(), DecodeError> {
        let short = || broken_photo("the header of one of its passes is too short");
        let (count, rest) = header.split_first().ok_or_else(short)?;
        let (channels, rest) = rest.split_at_checked(usize::from(*count) * 2).ok_or_else(short)?;
        let [from, _, bit, ..] = rest else { return Err(short()) };
        let channels: Vec<u8> = channels.iter().step_by(2).copied().collect();
        self.is_noninterleaved |= channels.len() < self.components.len();
        let (from, refines, interval) = (*from, bit >> 4 != 0, self.restart_interval);
        self.scans.push(ScanSegment {
            start,
            coded_data: bits,
            component_ids: channels,
            first_coefficient: from,
            refines,
            restart_interval: interval,
            restarts,
        });
        Ok(())
    }

    /// Checks that scans have enough restarts and bits. A decoder takes missing bits for zeros.
    pub(super) fn check_scans(&self) -> Result<(), DecodeError> {
        for scan in &self.scans {
            let (units, blocks) = self.count_units(scan)?;
            let intervals = units.div_ceil(u64::from(scan.restart_interval).max(1));
            if scan.restart_interval == 0 && scan.restarts > 0 {
                return Err(broken_photo("it has restarts where none are declared"));
            }
            if scan.restart_interval > 0 && (scan.restarts as u64 + 1) < intervals {
                return Err(DecodeError::Truncated);
            }
            // Such a scan has one raw bit for each block, and nothing in it can be missed by
            // decoding.
            let is_bare = self.progressive && scan.first_coefficient == 0 && scan.refines;
            if is_bare && (scan.coded_data.len() as u64) < (units * blocks).div_ceil(8) {
                return Err(DecodeError::Truncated);
            }
        }
        Ok(())
    }

    /// Counts the units of a scan and the blocks in each unit.
    fn count_units(&self, scan: &ScanSegment) -> Result<(u64, u64), DecodeError> {
        let of = |id: &u8| self.components.iter().find(|component| component.id == *id);
        let found: Option<Vec<&FrameComponent>> = scan.component_ids.iter().map(of).collect();
        let found = found.filter(|found| !found.is_empty());
        let found = found.ok_or_else(|| broken_photo("one of its passes is of no colour"))?;
        let (across, down) = self.max_sampling();
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

    /// The frame header of a grey photo that has the only component of a scan.
    pub(super) fn single_channel_header(&self, scan: &ScanSegment) -> Option<[u8; 13]> {
        let [id] = scan.component_ids[..] else { return None };
        let FrameComponent { horizontal, vertical, table, .. } =
            self.components.iter().find(|component| component.id == id)?;
        let (across, down) = self.max_sampling();
        let side = |side: u32, part: &u32, most: u32| (side * part).div_ceil(most) as u16;
        let [w1, w0] = side(self.width, horizontal, across).to_be_bytes();
        let [h1, h0] = side(self.height, vertical, down).to_be_bytes();
        Some([0xff, 0xc0, 0, 11, 8, h1, h0, w1, w0, 1, id, 0x11, *table])
    }

    /// The largest sampling factors, horizontally and vertically.
    fn max_sampling(&self) -> (u32, u32) {
        let most =
            |of: fn(&FrameComponent) -> u32| self.components.iter().map(of).max().unwrap_or(1);
        (most(|c| c.horizontal), most(|c| c.vertical))
    }

    /// Counts the restarts of all scans.
    pub(super) fn count_restarts(&self) -> usize {
        self.scans.iter().map(|scan| scan.restarts).sum()
    }

    fn read_application_data(&mut self, marker: u8, body: Range<usize>, bytes: &[u8]) {
        match (marker, bytes) {
            (0xe0, [b'J', b'F', b'I', b'F', 0, ..]) => self.is_jfif = true,
            (0xe1, [b'E', b'x', b'i', b'f', 0, _, ..]) if self.exif.is_none() => {
                self.exif = Some(body.start + 6..body.end);
            }
            (0xe2, name) if name.starts_with(b"ICC_PROFILE\0") && name.len() > 14 => {
                self.profile.push((name[12], name[13], body.start + 14..body.end));
            }
            (0xee, [b'A', b'd', b'o', b'b', b'e', _, _, _, _, _, _, transform, ..]) => {
                self.transform_offset = Some(body.start + 11);
                self.transform = Some(*transform);
            }
            _ => {}
        }
    }

    pub(super) fn color_coding(&self) -> Result<ColorCoding, DecodeError> {
        let ids: Vec<u8> = self.components.iter().map(|component| component.id).collect();
        Ok(match (ids.as_slice(), self.transform) {
            ([_], _) => ColorCoding::Grey,
            ([_, _, _], Some(0)) if !self.is_jfif => ColorCoding::Rgb,
            // The decoder takes these identifiers for RGB and does not convert them.
            ([b'R', b'G', b'B'], _) => ColorCoding::Ycc,
            ([_, _, _], _) => ColorCoding::Ycc,
            ([_, _, _, _], Some(2)) => ColorCoding::Ycck,
            ([_, _, _, _], transform) => ColorCoding::Cmyk { inverted: transform.is_some() },
            _ => return Err(DecodeError::Unsupported("a JPEG with an unusual number of colours")),
        })
    }

    /// Whether the decoder holds all coefficients in memory.
    pub(super) fn is_buffered(&self) -> bool {
        self.progressive || self.is_noninterleaved
    }

    /// Counts the coefficients of all blocks.
    pub(super) fn count_coefficients(&self) -> u64 {
        let (horizontal, vertical) = self.max_sampling();
        let columns = u64::from(self.width.div_ceil(8 * horizontal));
        let lines = u64::from(self.height.div_ceil(8 * vertical));
        let blocks: u64 =
            self.components.iter().map(|c| u64::from(c.horizontal * c.vertical)).sum();
        columns * lines * blocks * 64
    }

    /// Joins the pieces of the profile. The result is empty if a piece is missing.
    pub(super) fn join_profile(&self, photo: &[u8]) -> Option<Vec<u8>> {
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

/// Finds the next marker and the offset behind it. Some programs leave bytes between segments.
fn find_marker(photo: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += photo.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        at += photo[at..].iter().position(|byte| *byte != 0xff)?;
        if photo[at] != 0 {
            return Some((photo[at], at + 1));
        }
    }
}

/// Counts the restarts of a scan, and finds its end at another marker.
fn find_scan_end(photo: &[u8], mut at: usize) -> (usize, usize) {
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
