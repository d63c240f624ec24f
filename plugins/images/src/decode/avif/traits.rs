//! What is said of a picture beside its pixels: its size, its colours, how it is turned.

use super::super::{DecodeError, broken};
use super::boxes::{Numbers, Part};
use super::colour::Cicp;
use super::items::{Item, Items};
use crate::orient::{Orientation, join_turns};

/// What says that an auxiliary picture is how much can be seen of another.
const ALPHA: [&[u8]; 2] =
    [b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1"];

/// What is said of an item.
#[derive(Default)]
pub(super) struct Traits<'a> {
    pub(super) size: Option<(u32, u32)>,
    pub(super) cicp: Option<Cicp>,
    pub(super) profile: Option<&'a [u8]>,
    crop: Option<Crop>,
    turns: Option<Orientation>,
    pub(super) is_alpha: bool,
    pub(super) operating_point: u8,
    /// How bright the brightest pixel is, in nits.
    pub(super) brightest: Option<u16>,
}

impl<'a> Traits<'a> {
    pub(super) fn of(items: &Items<'a>, item: &Item) -> Result<Self, DecodeError> {
        let mut traits = Self::default();
        for property in items.properties(item) {
            let (part, must) = property?;
            traits.put(part, must)?;
        }
        Ok(traits)
    }

    pub(super) fn size(&self) -> Result<(u32, u32), DecodeError> {
        self.size.ok_or_else(|| broken("it does not say how large it is"))
    }

    pub(super) fn orientation(&self) -> Orientation {
        self.turns.unwrap_or(Orientation::NoTransforms)
    }

    /// Whether it is shown otherwise than it is stored.
    pub(super) fn is_changed(&self) -> bool {
        self.crop.is_some() || self.orientation() != Orientation::NoTransforms
    }

    /// What is shown of a picture of this size.
    pub(super) fn shown(&self, size: (u32, u32)) -> Result<Frame, DecodeError> {
        match &self.crop {
            Some(crop) => crop.of(size).ok_or_else(|| broken("what is to be cut out is not in it")),
            None => Ok(Frame { left: 0, top: 0, width: size.0, height: size.1 }),
        }
    }

    fn put(&mut self, Part { name, body }: Part<'a>, must: bool) -> Result<(), DecodeError> {
        let mut numbers = Numbers(body);
        let is_new = match &name {
            b"ispe" => {
                numbers.version()?;
                self.size.replace((numbers.long()?, numbers.long()?)).is_none()
            }
            b"colr" => match &numbers.name()? {
                b"nclx" => {
                    let [primaries, transfer, matrix] =
                        [numbers.short()?, numbers.short()?, numbers.short()?];
                    let is_full = numbers.byte()? & 0x80 != 0;
                    let cicp = Cicp { primaries, transfer, matrix, is_full };
                    self.cicp.replace(cicp).is_none()
                }
                b"prof" | b"rICC" => self.profile.replace(numbers.0).is_none(),
                _ => true,
            },
            b"auxC" => {
                numbers.version()?;
                let kind = numbers.0.split(|byte| *byte == 0).next();
                self.is_alpha = kind.is_some_and(|kind| ALPHA.contains(&kind));
                true
            }
            // HEIF has them done in the order in which they are listed, and MIAF in this one.
            b"clap" if self.turns.is_some() => {
                return Err(DecodeError::Unsupported("an AVIF that is cut after it is turned"));
            }
            b"clap" => self.crop.replace(Crop::read(numbers)?).is_none(),
            b"irot" => {
                // Quarters, against the clock.
                let exif = [1, 8, 3, 6][usize::from(numbers.byte()? & 3)];
                self.turn(exif);
                true
            }
            b"imir" => {
                let exif = if numbers.byte()? & 1 == 0 { 4 } else { 2 };
                self.turn(exif);
                true
            }
            b"a1op" => {
                self.operating_point = numbers.byte()? & 31;
                true
            }
            // All layers one after another, of which the last is best.
            b"lsel" if numbers.short()? != u16::MAX => {
                return Err(DecodeError::Unsupported("an AVIF of which one layer is to be shown"));
            }
            b"clli" => {
                self.brightest = Some(numbers.short()?).filter(|nits| *nits > 0);
                true
            }
            // What the picture itself says, and what is for others to know.
            b"av1C" | b"pixi" | b"pasp" | b"lsel" | b"a1lx" | b"mdcv" | b"cclv" | b"amve" => true,
            _ if must => {
                return Err(DecodeError::Unsupported("an AVIF with a property that is not known"));
            }
            _ => true,
        };
        if is_new { Ok(()) } else { Err(broken("it says something of a picture twice")) }
    }

    fn turn(&mut self, exif: u8) {
        let turn = Orientation::from_exif(exif).unwrap_or(Orientation::NoTransforms);
        self.turns = Some(join_turns(self.orientation(), turn));
    }
}

/// A part of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// `clap`: what is cut out, as fractions: width, height, and how far its middle is from the
/// picture's.
struct Crop([(i64, i64); 4]);

impl Crop {
    fn read(mut numbers: Numbers) -> Result<Self, DecodeError> {
        let mut fractions = [(0, 0); 4];
        for fraction in &mut fractions {
            *fraction = (i64::from(numbers.long()? as i32), i64::from(numbers.long()? as i32));
        }
        Ok(Self(fractions))
    }

    /// `None` where it is no whole pixels, or not in the picture.
    fn of(&self, (width, height): (u32, u32)) -> Option<Frame> {
        let [across, down, right, below] = self.0;
        let (left, width) = Self::side(width, across, right)?;
        let (top, height) = Self::side(height, down, below)?;
        Some(Frame { left, top, width, height })
    }

    fn side(side: u32, (size, per): (i64, i64), (off, off_per): (i64, i64)) -> Option<(u32, u32)> {
        if per <= 0 || off_per <= 0 || size % per != 0 {
            return None;
        }
        let size = size / per;
        // Twice of where it begins, times what the offset is parts of.
        let twice = (i64::from(side) - size).checked_mul(off_per)?.checked_add(2 * off)?;
        if twice % (2 * off_per) != 0 {
            return None;
        }
        let start = twice / (2 * off_per);
        let is_within = size > 0 && start >= 0 && start + size <= i64::from(side);
        is_within.then_some((start as u32, size as u32))
    }
}
