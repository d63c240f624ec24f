//! BMP: of Windows since version 2 and OS/2, with palettes, 16 to 32 bits, and run lengths.

mod runs;

use super::{DecodeError, Decoded, broken};
use crate::format::Format;
use crate::limits;
use crate::orient::Orientation;
use crate::raster::{Model, Raster, Samples};

/// Where the second header begins.
const HEADER: usize = 14;

/// How pixels are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Plain,
    /// Run lengths of this many bits.
    Runs(u32),
    Masks,
}

struct Header<'a> {
    photo: &'a [u8],
    /// The length of the second header, which is what tells versions apart.
    length: usize,
    width: usize,
    height: usize,
    upwards: bool,
    bits: u32,
    packing: Packing,
    /// Where pixels begin.
    pixels: usize,
}

pub(super) fn decode(photo: &[u8]) -> Result<Decoded, DecodeError> {
    let header = Header::read(photo)?;
    let (width, height) = (header.width, header.height);
    let colors = if header.bits > 8 { Some(header.masks()?) } else { None };
    let alpha = colors.is_some_and(|masks| masks[3].is_some());
    let channels = if alpha { 4 } else { 3 };
    limits::check_memory((photo.len() + width * height * (channels + 1)) as u64)?;
    let samples = match colors {
        Some(masks) => header.colors(masks, channels)?,
        None => header.looked_up()?,
    };
    Ok(Decoded {
        format: Format::Bmp,
        raster: Raster {
            width,
            height,
            model: Model::Rgb,
            alpha,
            samples: Samples::Eight(if header.upwards {
                flipped(samples, width * channels)
            } else {
                samples
            }),
        },
        orientation: Orientation::UPRIGHT,
        profile: header.profile(),
        frames: 1,
        remarks: Vec::new(),
    })
}

fn short(photo: &[u8], at: usize) -> Result<u16, DecodeError> {
    let bytes = photo.get(at..).and_then(|rest| rest.first_chunk().copied());
    bytes.map(u16::from_le_bytes).ok_or(DecodeError::Truncated)
}

fn long(photo: &[u8], at: usize) -> Result<u32, DecodeError> {
    let bytes = photo.get(at..).and_then(|rest| rest.first_chunk().copied());
    bytes.map(u32::from_le_bytes).ok_or(DecodeError::Truncated)
}

impl<'a> Header<'a> {
    fn read(photo: &'a [u8]) -> Result<Self, DecodeError> {
        let length = long(photo, HEADER)? as usize;
        let (width, height, upwards, bits, packing) = match length {
            12 => {
                let width = u32::from(short(photo, HEADER + 4)?);
                let height = u32::from(short(photo, HEADER + 6)?);
                (width, height, true, short(photo, HEADER + 10)?, 0)
            }
            16..=124 => {
                let height = long(photo, HEADER + 8)? as i32;
                let packing = if length > 16 { long(photo, HEADER + 16)? } else { 0 };
                let width = long(photo, HEADER + 4)?;
                (width, height.unsigned_abs(), height > 0, short(photo, HEADER + 14)?, packing)
            }
            _ => return Err(broken("its header is of no known version")),
        };
        limits::check_size(width, height)?;
        let packing = match (packing, bits) {
            (0, 1 | 2 | 4 | 8 | 16 | 24 | 32) => Packing::Plain,
            (1, 8) => Packing::Runs(8),
            (2, 4) => Packing::Runs(4),
            (3 | 6, 16 | 32) => Packing::Masks,
            (4, _) | (5, _) => return Err(DecodeError::Unsupported("a JPEG or PNG inside a BMP")),
            _ => return Err(broken("it is packed in no known way")),
        };
        Ok(Self {
            photo,
            length,
            width: width as usize,
            height: height as usize,
            upwards,
            bits: u32::from(bits),
            packing,
            pixels: long(photo, 10)? as usize,
        })
    }

    /// Rows as they are stored.
    fn rows(&self) -> Result<impl Iterator<Item = &'a [u8]>, DecodeError> {
        let stride = (self.width * self.bits as usize).div_ceil(32) * 4;
        let end = self.pixels.saturating_add(stride * self.height);
        let rows = self.photo.get(self.pixels..end).ok_or(DecodeError::Truncated)?;
        Ok(rows.chunks_exact(stride))
    }

    /// The pixels of a palette.
    fn looked_up(&self) -> Result<Vec<u8>, DecodeError> {
        let palette = self.palette()?;
        let mut samples = Vec::with_capacity(self.width * self.height * 3);
        let mut push = |index: u8| {
            // Programs write shorter palettes than their numbers go, and show black.
            samples.extend(palette.get(usize::from(index)).copied().unwrap_or_default());
        };
        if let Packing::Runs(bits) = self.packing {
            let packed = self.photo.get(self.pixels..).ok_or(DecodeError::Truncated)?;
            runs::unpack(packed, bits, self.width, self.height)?.into_iter().for_each(push);
        } else {
            let (bits, each) = (self.bits as usize, 8 / self.bits as usize);
            for row in self.rows()? {
                for x in 0..self.width {
                    let shift = 8 - bits - x % each * bits;
                    push(row[x / each] >> shift & (((1_u16 << bits) - 1) as u8));
                }
            }
        }
        Ok(samples)
    }

    fn palette(&self) -> Result<Vec<[u8; 3]>, DecodeError> {
        let entry = if self.length == 12 { 3 } else { 4 };
        let most = 1 << self.bits;
        let declared = if self.length >= 36 { long(self.photo, HEADER + 32)? as usize } else { 0 };
        let count = if declared == 0 { most } else { declared.min(most) };
        let start = HEADER + self.length;
        // It may end where pixels begin although it is declared longer.
        let end = (start + count * entry).min(self.pixels.max(start));
        let entries = self.photo.get(start..end).ok_or(DecodeError::Truncated)?;
        Ok(entries.chunks_exact(entry).map(|color| [color[2], color[1], color[0]]).collect())
    }

    /// Where red, green, blue and alpha are in a pixel.
    fn masks(&self) -> Result<[Option<Mask>; 4], DecodeError> {
        let masks = match (self.packing, self.bits) {
            // The three masks follow the shortest header, and are part of the others.
            (Packing::Masks, _) => {
                let mask = |index: usize| long(self.photo, HEADER + 40 + index * 4);
                let has_alpha = self.length >= 56 || long(self.photo, HEADER + 16)? == 6;
                [mask(0)?, mask(1)?, mask(2)?, if has_alpha { mask(3)? } else { 0 }]
            }
            (_, 16) => [0x7c00, 0x03e0, 0x001f, 0],
            _ => [0x00ff_0000, 0x0000_ff00, 0x0000_00ff, 0],
        };
        Ok(masks.map(Mask::new))
    }

    /// The pixels of masks.
    fn colors(&self, masks: [Option<Mask>; 4], channels: usize) -> Result<Vec<u8>, DecodeError> {
        let size = self.bits as usize / 8;
        let mut samples = Vec::with_capacity(self.width * self.height * channels);
        for row in self.rows()? {
            for pixel in row.chunks_exact(size).take(self.width) {
                let number = pixel.iter().rev().fold(0, |all, byte| all << 8 | u32::from(*byte));
                samples.extend(
                    masks[..channels].iter().map(|mask| mask.map_or(0, |mask| mask.level(number))),
                );
            }
        }
        Ok(samples)
    }

    /// The profile of the newest version.
    fn profile(&self) -> Option<Vec<u8>> {
        let photo = self.photo;
        if self.length < 124 || photo.get(HEADER + 56..HEADER + 60)? != b"DEBM" {
            return None;
        }
        let start = HEADER.checked_add(long(photo, HEADER + 112).ok()? as usize)?;
        let end = start.checked_add(long(photo, HEADER + 116).ok()? as usize)?;
        Some(photo.get(start..end).unwrap_or_default().to_vec())
    }
}

/// Bits of a pixel that are one channel.
#[derive(Clone, Copy)]
struct Mask {
    shift: u32,
    most: u32,
}

impl Mask {
    fn new(bits: u32) -> Option<Self> {
        let shift = bits.trailing_zeros();
        (bits != 0).then(|| Self { shift, most: bits >> shift })
    }

    fn level(self, pixel: u32) -> u8 {
        let value = u64::from(pixel >> self.shift & self.most);
        ((value * 255 + u64::from(self.most) / 2) / u64::from(self.most)) as u8
    }
}

/// Rows the other way round.
fn flipped(mut samples: Vec<u8>, row: usize) -> Vec<u8> {
    let height = samples.len() / row;
    let (above, below) = samples.split_at_mut(height / 2 * row);
    for (above, below) in above.chunks_exact_mut(row).zip(below.rchunks_exact_mut(row)) {
        above.swap_with_slice(below);
    }
    samples
}

#[cfg(test)]
mod tests;
