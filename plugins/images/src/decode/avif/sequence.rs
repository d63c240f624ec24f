//! What an AV1 picture says of itself before its pixels (AV1 Bitstream & Decoding Process, 5.3 to
//! 5.5): how large it is, of what numbers it consists, and what they stand for.
//!
//! The decoder reads it again; here it is to know what decoding will take.

use super::super::{DecodeError, broken};
use super::boxes::Numbers;
use super::colour::Cicp;

const SEQUENCE: u8 = 1;
const FRAME_HEADER: u8 = 3;
const FRAME: u8 = 6;

/// Frames of one picture. A still is one, and one that comes in layers has a few; each takes as long
/// as a picture.
const MOST_FRAMES: usize = 16;

/// For how many pixels there is one of each of the two colour differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chroma {
    None,
    /// One for a square of four.
    Quarter,
    /// One for two beside each other.
    Half,
    All,
}

impl Chroma {
    /// Whether there is one for two, across and down.
    pub(super) fn halved(self) -> (bool, bool) {
        (matches!(self, Self::Quarter | Self::Half), self == Self::Quarter)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sequence {
    /// No frame of it is larger.
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bits: u8,
    pub(super) chroma: Chroma,
    pub(super) cicp: Cicp,
    /// Whether the colour differences are those of the left pixels, and of the upper ones, and not of
    /// the middle between two.
    pub(super) is_left: bool,
    pub(super) is_top: bool,
    pub(super) has_grain: bool,
    /// Frames that are coded, which are not all shown.
    pub(super) frames: usize,
}

impl Sequence {
    /// From the bytes of an item.
    pub(super) fn read(coded: &[u8]) -> Result<Self, DecodeError> {
        let mut found: Option<Self> = None;
        let mut frames = 0;
        let mut rest = coded;
        while let [header, after @ ..] = rest {
            let kind = header >> 3 & 15;
            let after = if header & 4 == 0 { after } else { after.get(1..).unwrap_or_default() };
            let (length, after) =
                if header & 2 == 0 { (after.len(), after) } else { length(after)? };
            let (body, after) = after.split_at_checked(length).ok_or(DecodeError::Truncated)?;
            match kind {
                SEQUENCE => {
                    let sequence = Bits::of(body).sequence()?;
                    if found.is_some_and(|found| found != sequence) {
                        return Err(broken("it says two things of itself"));
                    }
                    found = Some(sequence);
                }
                FRAME_HEADER | FRAME => frames += 1,
                _ => {}
            }
            rest = after;
        }
        let sequence = found.ok_or_else(|| broken("it does not say how it is coded"))?;
        if frames == 0 {
            return Err(DecodeError::Truncated);
        }
        if frames > MOST_FRAMES {
            return Err(DecodeError::TooManyParts);
        }
        Ok(Self { frames, ..sequence })
    }

    /// What the planes of one frame take in the decoder.
    pub(super) fn bytes(&self) -> u64 {
        // Sides are whole blocks.
        let side = |side: u32| u64::from(side).next_multiple_of(128) + 64;
        let numbers = side(self.width) * side(self.height);
        let numbers = match self.chroma {
            Chroma::None => numbers,
            Chroma::Quarter => numbers * 3 / 2,
            Chroma::Half => numbers * 2,
            Chroma::All => numbers * 3,
        };
        numbers * if self.bits > 8 { 2 } else { 1 }
    }
}

/// A number of seven bits a byte, the lowest first.
fn length(bytes: &[u8]) -> Result<(usize, &[u8]), DecodeError> {
    let mut number = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(4) {
        number |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Ok((number, &bytes[at + 1..]));
        }
    }
    Err(DecodeError::Truncated)
}

/// Numbers of so many bits, the highest first.
struct Bits<'a> {
    bytes: Numbers<'a>,
    byte: u8,
    left: u8,
}

impl<'a> Bits<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes: Numbers(bytes), byte: 0, left: 0 }
    }

    fn number(&mut self, bits: u8) -> Result<u32, DecodeError> {
        let mut number = 0;
        for _ in 0..bits {
            if self.left == 0 {
                (self.byte, self.left) = (self.bytes.byte()?, 8);
            }
            self.left -= 1;
            number = number << 1 | u32::from(self.byte >> self.left & 1);
        }
        Ok(number)
    }

    fn is_set(&mut self) -> Result<bool, DecodeError> {
        Ok(self.number(1)? == 1)
    }

    /// `sequence_header_obu`
    fn sequence(&mut self) -> Result<Sequence, DecodeError> {
        let profile = self.number(3)?;
        self.number(1)?;
        let is_reduced = self.is_set()?;
        if is_reduced {
            self.number(5)?;
        } else {
            self.operating_points()?;
        }
        let (across, down) = (self.number(4)? as u8 + 1, self.number(4)? as u8 + 1);
        let (width, height) = (self.number(across)? + 1, self.number(down)? + 1);
        if !is_reduced && self.is_set()? {
            self.number(7)?;
        }
        self.number(3)?;
        if !is_reduced {
            self.tools()?;
        }
        self.number(3)?;
        let (bits, chroma, cicp, position) = self.colour(profile)?;
        let has_grain = self.is_set()?;
        let (is_left, is_top) = (position == 1 || position == 2, position == 2);
        Ok(Sequence { width, height, bits, chroma, cicp, is_left, is_top, has_grain, frames: 0 })
    }

    fn operating_points(&mut self) -> Result<(), DecodeError> {
        let mut delay = None;
        if self.is_set()? {
            self.number(32)?;
            self.number(32)?;
            if self.is_set()? {
                let zeros = self.zeros()?;
                self.number(zeros)?;
            }
            if self.is_set()? {
                delay = Some(self.number(5)? as u8 + 1);
                self.number(32)?;
                self.number(10)?;
            }
        }
        let has_displays = self.is_set()?;
        for _ in 0..=self.number(5)? {
            self.number(12)?;
            if self.number(5)? > 7 {
                self.number(1)?;
            }
            if let Some(delay) = delay
                && self.is_set()?
            {
                self.number(delay)?;
                self.number(delay)?;
                self.number(1)?;
            }
            if has_displays && self.is_set()? {
                self.number(4)?;
            }
        }
        Ok(())
    }

    /// Zeros before a one.
    fn zeros(&mut self) -> Result<u8, DecodeError> {
        for zeros in 0..32 {
            if self.is_set()? {
                return Ok(zeros);
            }
        }
        Err(broken("it says nothing of itself that makes sense"))
    }

    fn tools(&mut self) -> Result<(), DecodeError> {
        self.number(4)?;
        let has_order = self.is_set()?;
        if has_order {
            self.number(2)?;
        }
        let forces_screen = if self.is_set()? { 2 } else { self.number(1)? };
        if forces_screen > 0 && !self.is_set()? {
            self.number(1)?;
        }
        if has_order {
            self.number(3)?;
        }
        Ok(())
    }

    /// `color_config`, and where the colour differences are taken.
    fn colour(&mut self, profile: u32) -> Result<(u8, Chroma, Cicp, u32), DecodeError> {
        let is_high = self.is_set()?;
        let bits = match (is_high, profile == 2 && is_high && self.is_set()?) {
            (false, _) => 8,
            (true, false) => 10,
            (true, true) => 12,
        };
        let is_grey = profile != 1 && self.is_set()?;
        let mut cicp = Cicp::UNSPECIFIED;
        if self.is_set()? {
            cicp.primaries = self.number(8)? as u16;
            cicp.transfer = self.number(8)? as u16;
            cicp.matrix = self.number(8)? as u16;
        }
        if is_grey {
            cicp.is_full = self.is_set()?;
            return Ok((bits, Chroma::None, cicp, 0));
        }
        let mut position = 0;
        let chroma;
        if (cicp.primaries, cicp.transfer, cicp.matrix) == (1, 13, 0) {
            // RGB, of which nothing more is said.
            (cicp.is_full, chroma) = (true, Chroma::All);
        } else {
            cicp.is_full = self.is_set()?;
            chroma = match profile {
                0 => Chroma::Quarter,
                1 => Chroma::All,
                _ if bits < 12 => Chroma::Half,
                _ if !self.is_set()? => Chroma::All,
                _ if self.is_set()? => Chroma::Quarter,
                _ => Chroma::Half,
            };
            if chroma == Chroma::Quarter {
                position = self.number(2)?;
            }
        }
        self.number(1)?;
        Ok((bits, chroma, cicp, position))
    }
}
