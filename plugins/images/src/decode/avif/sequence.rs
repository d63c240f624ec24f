//! The headers of AV1 (AV1 Bitstream & Decoding Process, 5.3 to 5.5): size, samples and colours.
//!
//! The decoder reads them again. Here they show what decoding will cost.

use super::super::{DecodeError, broken_photo};
use super::boxes::ByteReader;
use super::colour::Cicp;

const SEQUENCE: u8 = 1;
const FRAME_HEADER: u8 = 3;
const FRAME: u8 = 6;

/// The most frames of one image. A still has one frame, and layers have a few more.
const MOST_FRAMES: usize = 16;

/// The subsampling of chroma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChromaSampling {
    None,
    /// One sample for a square of four pixels (4:2:0).
    Quarter,
    /// One sample for two pixels in a row (4:2:2).
    Half,
    All,
}

impl ChromaSampling {
    /// Whether chroma is halved horizontally and vertically.
    pub(super) fn halved_sides(self) -> (bool, bool) {
        (matches!(self, Self::Quarter | Self::Half), self == Self::Quarter)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SequenceHeader {
    /// The largest width and height of a frame.
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bits: u8,
    pub(super) chroma: ChromaSampling,
    pub(super) cicp: Cicp,
    /// Whether chroma is sampled at the left and at the top pixels instead of between pixels.
    pub(super) is_left: bool,
    pub(super) is_top: bool,
    pub(super) has_grain: bool,
    /// The number of coded frames. Not all of them are visible.
    pub(super) frames: usize,
}

impl SequenceHeader {
    /// Reads the coded data of an item.
    pub(super) fn read_header(coded: &[u8]) -> Result<Self, DecodeError> {
        let mut found: Option<Self> = None;
        let mut frames = 0;
        let mut rest = coded;
        while let [header, after @ ..] = rest {
            let kind = header >> 3 & 15;
            let after = if header & 4 == 0 { after } else { after.get(1..).unwrap_or_default() };
            let (length, after) =
                if header & 2 == 0 { (after.len(), after) } else { read_length(after)? };
            let (body, after) = after.split_at_checked(length).ok_or(DecodeError::Truncated)?;
            match kind {
                SEQUENCE => {
                    let sequence = BitReader::new(body).read_sequence()?;
                    if found.is_some_and(|found| found != sequence) {
                        return Err(broken_photo("it says two things of itself"));
                    }
                    found = Some(sequence);
                }
                FRAME_HEADER | FRAME => frames += 1,
                _ => {}
            }
            rest = after;
        }
        let sequence = found.ok_or_else(|| broken_photo("it does not say how it is coded"))?;
        if frames == 0 {
            return Err(DecodeError::Truncated);
        }
        if frames > MOST_FRAMES {
            return Err(DecodeError::TooManyParts);
        }
        Ok(Self { frames, ..sequence })
    }

    /// The memory of one decoded frame, in bytes.
    pub(super) fn frame_bytes(&self) -> u64 {
        // The decoder pads sides to whole blocks.
        let side = |side: u32| u64::from(side).next_multiple_of(128) + 64;
        let numbers = side(self.width) * side(self.height);
        let numbers = match self.chroma {
            ChromaSampling::None => numbers,
            ChromaSampling::Quarter => numbers * 3 / 2,
            ChromaSampling::Half => numbers * 2,
            ChromaSampling::All => numbers * 3,
        };
        numbers * if self.bits > 8 { 2 } else { 1 }
    }
}

/// Reads a LEB128 number.
fn read_length(bytes: &[u8]) -> Result<(usize, &[u8]), DecodeError> {
    let mut number = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(4) {
        number |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Ok((number, &bytes[at + 1..]));
        }
    }
    Err(DecodeError::Truncated)
}

/// Reads numbers bit by bit, most significant first.
struct BitReader<'a> {
    bytes: ByteReader<'a>,
    byte: u8,
    left: u8,
}

impl<'a> BitReader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: ByteReader(bytes), byte: 0, left: 0 }
    }

    fn read_number(&mut self, bits: u8) -> Result<u32, DecodeError> {
        let mut number = 0;
        for _ in 0..bits {
            if self.left == 0 {
                (self.byte, self.left) = (self.bytes.read_byte()?, 8);
            }
            self.left -= 1;
            number = number << 1 | u32::from(self.byte >> self.left & 1);
        }
        Ok(number)
    }

    fn read_flag(&mut self) -> Result<bool, DecodeError> {
        Ok(self.read_number(1)? == 1)
    }

    /// Reads `sequence_header_obu`.
    fn read_sequence(&mut self) -> Result<SequenceHeader, DecodeError> {
        let profile = self.read_number(3)?;
        self.read_number(1)?;
        let is_reduced = self.read_flag()?;
        if is_reduced {
            self.read_number(5)?;
        } else {
            self.skip_operating_points()?;
        }
        let (across, down) = (self.read_number(4)? as u8 + 1, self.read_number(4)? as u8 + 1);
        let (width, height) = (self.read_number(across)? + 1, self.read_number(down)? + 1);
        if !is_reduced && self.read_flag()? {
            self.read_number(7)?;
        }
        self.read_number(3)?;
        if !is_reduced {
            self.skip_tools()?;
        }
        self.read_number(3)?;
        let (bits, chroma, cicp, position) = self.read_color_config(profile)?;
        let has_grain = self.read_flag()?;
        let (is_left, is_top) = (position == 1 || position == 2, position == 2);
        Ok(SequenceHeader {
            width,
            height,
            bits,
            chroma,
            cicp,
            is_left,
            is_top,
            has_grain,
            frames: 0,
        })
    }

    fn skip_operating_points(&mut self) -> Result<(), DecodeError> {
        let mut delay = None;
        if self.read_flag()? {
            self.read_number(32)?;
            self.read_number(32)?;
            if self.read_flag()? {
                let zeros = self.count_zeros()?;
                self.read_number(zeros)?;
            }
            if self.read_flag()? {
                delay = Some(self.read_number(5)? as u8 + 1);
                self.read_number(32)?;
                self.read_number(10)?;
            }
        }
        let has_displays = self.read_flag()?;
        for _ in 0..=self.read_number(5)? {
            self.read_number(12)?;
            if self.read_number(5)? > 7 {
                self.read_number(1)?;
            }
            if let Some(delay) = delay
                && self.read_flag()?
            {
                self.read_number(delay)?;
                self.read_number(delay)?;
                self.read_number(1)?;
            }
            if has_displays && self.read_flag()? {
                self.read_number(4)?;
            }
        }
        Ok(())
    }

    /// Counts zeros before a one.
    fn count_zeros(&mut self) -> Result<u8, DecodeError> {
        for zeros in 0..32 {
            if self.read_flag()? {
                return Ok(zeros);
            }
        }
        Err(broken_photo("it says nothing of itself that makes sense"))
    }

    fn skip_tools(&mut self) -> Result<(), DecodeError> {
        self.read_number(4)?;
        let has_order = self.read_flag()?;
        if has_order {
            self.read_number(2)?;
        }
        let forces_screen = if self.read_flag()? { 2 } else { self.read_number(1)? };
        if forces_screen > 0 && !self.read_flag()? {
            self.read_number(1)?;
        }
        if has_order {
            self.read_number(3)?;
        }
        Ok(())
    }

    /// Reads `color_config` with the position of chroma samples.
    fn read_color_config(
        &mut self,
        profile: u32,
    ) -> Result<(u8, ChromaSampling, Cicp, u32), DecodeError> {
        let is_high = self.read_flag()?;
        let bits = match (is_high, profile == 2 && is_high && self.read_flag()?) {
            (false, _) => 8,
            (true, false) => 10,
            (true, true) => 12,
        };
        let is_grey = profile != 1 && self.read_flag()?;
        let mut cicp = Cicp::UNSPECIFIED;
        if self.read_flag()? {
            cicp.primaries = self.read_number(8)? as u16;
            cicp.transfer = self.read_number(8)? as u16;
            cicp.matrix = self.read_number(8)? as u16;
        }
        if is_grey {
            cicp.is_full = self.read_flag()?;
            return Ok((bits, ChromaSampling::None, cicp, 0));
        }
        let mut position = 0;
        let chroma;
        if (cicp.primaries, cicp.transfer, cicp.matrix) == (1, 13, 0) {
            // The code points of sRGB imply RGB in full range.
            (cicp.is_full, chroma) = (true, ChromaSampling::All);
        } else {
            cicp.is_full = self.read_flag()?;
            chroma = match profile {
                0 => ChromaSampling::Quarter,
                1 => ChromaSampling::All,
                _ if bits < 12 => ChromaSampling::Half,
                _ if !self.read_flag()? => ChromaSampling::All,
                _ if self.read_flag()? => ChromaSampling::Quarter,
                _ => ChromaSampling::Half,
            };
            if chroma == ChromaSampling::Quarter {
                position = self.read_number(2)?;
            }
        }
        self.read_number(1)?;
        Ok((bits, chroma, cicp, position))
    }
}
