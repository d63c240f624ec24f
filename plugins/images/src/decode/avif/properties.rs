//! The properties of an item: its size, colours and orientation.

use super::super::{DecodeError, broken_photo};
use super::boxes::{ByteReader, ContainerBox};
use super::colour::Cicp;
use super::items::{ImageItem, ItemTable};
use crate::orient::{Orientation, join_turns};

/// The types of auxiliary images that are alpha.
const ALPHA: [&[u8]; 2] =
    [b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1"];

/// The properties of an item.
#[derive(Default)]
pub(super) struct ItemProperties<'a> {
    pub(super) size: Option<(u32, u32)>,
    pub(super) cicp: Option<Cicp>,
    pub(super) profile: Option<&'a [u8]>,
    aperture: Option<CleanAperture>,
    turns: Option<Orientation>,
    pub(super) is_alpha: bool,
    pub(super) operating_point: u8,
    /// The luminance of the brightest pixel, in nits.
    pub(super) peak_nits: Option<u16>,
}

impl<'a> ItemProperties<'a> {
    pub(super) fn read_item(items: &ItemTable<'a>, item: &ImageItem) -> Result<Self, DecodeError> {
        let mut properties = Self::default();
        for property in items.item_properties(item) {
            let (part, is_essential) = property?;
            properties.read_property(part, is_essential)?;
        }
        Ok(properties)
    }

    pub(super) fn size(&self) -> Result<(u32, u32), DecodeError> {
        self.size.ok_or_else(|| broken_photo("it does not say how large it is"))
    }

    pub(super) fn orientation(&self) -> Orientation {
        self.turns.unwrap_or(Orientation::NoTransforms)
    }

    /// Whether the image is cropped or turned.
    pub(super) fn is_transformed(&self) -> bool {
        self.aperture.is_some() || self.orientation() != Orientation::NoTransforms
    }

    /// The visible area of an image of this size.
    pub(super) fn visible_area(&self, size: (u32, u32)) -> Result<PixelArea, DecodeError> {
        match &self.aperture {
            Some(crop) => crop
                .find_area(size)
                .ok_or_else(|| broken_photo("what is to be cut out is not in it")),
            None => Ok(PixelArea { left: 0, top: 0, width: size.0, height: size.1 }),
        }
    }

    fn read_property(
        &mut self,
        ContainerBox { box_type: name, body }: ContainerBox<'a>,
        is_essential: bool,
    ) -> Result<(), DecodeError> {
        let mut reader = ByteReader(body);
        let is_new = match &name {
            b"ispe" => {
                reader.read_version()?;
                self.size.replace((reader.read_long()?, reader.read_long()?)).is_none()
            }
            b"colr" => match &reader.read_box_type()? {
                b"nclx" => {
                    let [primaries, transfer, matrix] =
                        [reader.read_short()?, reader.read_short()?, reader.read_short()?];
                    let is_full = reader.read_byte()? & 0x80 != 0;
                    let cicp = Cicp { primaries, transfer, matrix, is_full };
                    self.cicp.replace(cicp).is_none()
                }
                b"prof" | b"rICC" => self.profile.replace(reader.0).is_none(),
                _ => true,
            },
            b"auxC" => {
                reader.read_version()?;
                let kind = reader.0.split(|byte| *byte == 0).next();
                self.is_alpha = kind.is_some_and(|kind| ALPHA.contains(&kind));
                true
            }
            // HEIF applies transformations in the listed order. MIAF requires this one.
            b"clap" if self.turns.is_some() => {
                return Err(DecodeError::Unsupported("an AVIF that is cut after it is turned"));
            }
            b"clap" => self.aperture.replace(CleanAperture::read_fractions(reader)?).is_none(),
            b"irot" => {
                // Quarter turns against the clock.
                let exif = [1, 8, 3, 6][usize::from(reader.read_byte()? & 3)];
                self.add_turn(exif);
                true
            }
            b"imir" => {
                let exif = if reader.read_byte()? & 1 == 0 { 4 } else { 2 };
                self.add_turn(exif);
                true
            }
            b"a1op" => {
                self.operating_point = reader.read_byte()? & 31;
                true
            }
            // This value selects all layers, of which the last is the best.
            b"lsel" if reader.read_short()? != u16::MAX => {
                return Err(DecodeError::Unsupported("an AVIF of which one layer is to be shown"));
            }
            b"clli" => {
                self.peak_nits = Some(reader.read_short()?).filter(|nits| *nits > 0);
                true
            }
            // Repetitions of the coded data, and properties for other purposes.
            b"av1C" | b"pixi" | b"pasp" | b"lsel" | b"a1lx" | b"mdcv" | b"cclv" | b"amve" => true,
            _ if is_essential => {
                return Err(DecodeError::Unsupported("an AVIF with a property that is not known"));
            }
            _ => true,
        };
        if is_new { Ok(()) } else { Err(broken_photo("it says something of a picture twice")) }
    }

    fn add_turn(&mut self, exif: u8) {
        let turn = Orientation::from_exif(exif).unwrap_or(Orientation::NoTransforms);
        self.turns = Some(join_turns(self.orientation(), turn));
    }
}

/// An area of an image in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PixelArea {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// The box `clap`. Its fractions are the width, the height, and the offsets of the centre.
struct CleanAperture([(i64, i64); 4]);

impl CleanAperture {
    fn read_fractions(mut reader: ByteReader) -> Result<Self, DecodeError> {
        let mut fractions = [(0, 0); 4];
        for fraction in &mut fractions {
            *fraction =
                (i64::from(reader.read_long()? as i32), i64::from(reader.read_long()? as i32));
        }
        Ok(Self(fractions))
    }

    /// Returns `None` if the area has no whole pixels or is outside the image.
    fn find_area(&self, (width, height): (u32, u32)) -> Option<PixelArea> {
        let [across, down, right, below] = self.0;
        let (left, width) = Self::find_side(width, across, right)?;
        let (top, height) = Self::find_side(height, down, below)?;
        Some(PixelArea { left, top, width, height })
    }

    fn find_side(
        side: u32,
        (size, per): (i64, i64),
        (off, off_per): (i64, i64),
    ) -> Option<(u32, u32)> {
        if per <= 0 || off_per <= 0 || size % per != 0 {
            return None;
        }
        let size = size / per;
        // Twice the start, multiplied by the denominator of the offset.
        let twice = (i64::from(side) - size).checked_mul(off_per)?.checked_add(2 * off)?;
        if twice % (2 * off_per) != 0 {
            return None;
        }
        let start = twice / (2 * off_per);
        let is_within = size > 0 && start >= 0 && start + size <= i64::from(side);
        is_within.then_some((start as u32, size as u32))
    }
}
