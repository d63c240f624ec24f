//! TIFF: the first page, in strips or tiles, of up to 16 bits.
//!
//! `image` refuses several kinds of pixels, makes RGB of inks without their profile, and does not
//! tell whether there are more pages (tests `tiff_has_fewer_kinds_to_it` and `inks_are_rgb_to_it`).

mod directory;

use std::io::Cursor;

use directory::Directory;
use rikaste_plugin::image::Remark;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::{DecodeError, Decoded, broken, unreadable};
use crate::format::Format;
use crate::limits;
use crate::orient::Orientation;
use crate::raster::{Model, Raster, Samples};

/// Numbers of a pixel; what is more than colours and alpha is masks of some program.
const MOST_CHANNELS: usize = 8;

/// That alpha is multiplied into colours already.
const ASSOCIATED: u16 = 1;

pub(super) fn decode(photo: &[u8]) -> Result<Decoded, DecodeError> {
    let directory = Directory::read(photo)?;
    let mut decoder = Decoder::new(Cursor::new(photo)).map_err(|error| reason(&error))?;
    let (width, height) = decoder.dimensions().map_err(|error| reason(&error))?;
    limits::check_size(width, height)?;
    let color = decoder.colortype().map_err(|error| reason(&error))?;
    let layout = decoder.image_buffer_layout().map_err(|error| reason(&error))?;
    let size = layout.complete_len.max(layout.len);
    // Once as it is read, and once in order.
    limits::check_memory(photo.len() as u64 + 2 * size as u64)?;
    let mut limits = Limits::default();
    limits.decoding_buffer_size = size;
    limits.intermediate_buffer_size = size.max(1 << 20);
    let mut decoder = decoder.with_limits(limits);
    let kind = Kind::of(color, &mut decoder)?;
    let mut read = DecodingResult::U8(Vec::new());
    decoder.read_image_to_buffer(&mut read).map_err(|error| reason(&error))?;
    let stored = Stored {
        width: width as usize,
        height: height as usize,
        planes: layout.planes.max(1),
        kind,
    };
    let samples = match read {
        DecodingResult::U8(bytes) => stored.eight(bytes),
        DecodingResult::U16(numbers) => stored.sixteen(numbers),
        _ => return Err(DecodeError::Unsupported("a TIFF with numbers of an unusual kind")),
    };
    let samples = samples.ok_or_else(|| broken("it has fewer pixels than it says"))?;
    let orientation = decoder.find_tag_unsigned::<u8>(Tag::Orientation).ok().flatten();
    let remarks = decoder.more_images().then(|| {
        Remark::warning("image-several-pages", "The file has more pages; only the first is shown")
    });
    Ok(Decoded {
        format: Format::Tiff,
        raster: Raster {
            width: width as usize,
            height: height as usize,
            model: stored.kind.model,
            alpha: stored.kind.alpha.is_some(),
            samples,
        },
        orientation: orientation
            .and_then(Orientation::from_exif)
            .unwrap_or(Orientation::NoTransforms),
        profile: directory.profile.map(|range| photo[range].to_vec()),
        frames: 1,
        remarks: remarks.into_iter().collect(),
    })
}

/// What the numbers of a pixel are.
struct Kind {
    model: Model,
    alpha: Option<Alpha>,
    /// Numbers of a pixel as stored; those behind colours and alpha are left out.
    stored: usize,
    bits: u8,
    /// Ink, which is the other way round than light.
    ink: bool,
    /// Luma and colour differences.
    differences: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alpha {
    Apart,
    Multiplied,
}

impl Kind {
    fn of(color: ColorType, decoder: &mut Decoder<Cursor<&[u8]>>) -> Result<Self, DecodeError> {
        let extra = decoder.find_tag_unsigned_vec::<u16>(Tag::ExtraSamples).ok().flatten();
        let kind_of_alpha = match extra.as_deref() {
            Some([ASSOCIATED, ..]) => Alpha::Multiplied,
            _ => Alpha::Apart,
        };
        let count = decoder.find_tag_unsigned::<u16>(Tag::SamplesPerPixel).ok().flatten();
        let count = usize::from(count.unwrap_or(1));
        let (model, alpha, bits) = match color {
            ColorType::Gray(bits) => (Model::Grey, None, bits),
            ColorType::GrayA(bits) => (Model::Grey, Some(kind_of_alpha), bits),
            ColorType::Multiband { bit_depth, num_samples: 2 } if extra.is_some() => {
                (Model::Grey, Some(kind_of_alpha), bit_depth)
            }
            ColorType::RGB(bits) | ColorType::YCbCr(bits) => (Model::Rgb, None, bits),
            ColorType::RGBA(bits) => (Model::Rgb, Some(kind_of_alpha), bits),
            ColorType::CMYK(bits) => (Model::Cmyk, None, bits),
            ColorType::CMYKA(bits) => (Model::Cmyk, Some(kind_of_alpha), bits),
            _ => return Err(DecodeError::Unsupported("a TIFF with colours of an unusual kind")),
        };
        if !matches!(bits, 1 | 2 | 4 | 8 | 16) || bits < 8 && count > 1 || count > MOST_CHANNELS {
            return Err(DecodeError::Unsupported("a TIFF with numbers of an unusual length"));
        }
        Ok(Self {
            model,
            alpha,
            stored: count,
            bits,
            ink: model == Model::Cmyk,
            differences: matches!(color, ColorType::YCbCr(_)),
        })
    }

    fn channels(&self) -> usize {
        self.model.channels() + usize::from(self.alpha.is_some())
    }
}

/// What was read.
struct Stored {
    width: usize,
    height: usize,
    planes: usize,
    kind: Kind,
}

impl Stored {
    fn eight(&self, bytes: Vec<u8>) -> Option<Samples> {
        let kind = &self.kind;
        let numbers = if kind.bits < 8 { self.unpacked(&bytes)? } else { bytes };
        let mut samples = self.in_order(numbers)?;
        if kind.bits < 8 {
            let most = (1_u8 << kind.bits) - 1;
            samples.iter_mut().for_each(|number| *number *= u8::MAX / most);
        }
        if kind.differences {
            samples.as_chunks_mut().0.iter_mut().for_each(to_rgb);
        }
        if kind.ink {
            self.invert(&mut samples, |number| !number);
        }
        if kind.alpha == Some(Alpha::Multiplied) {
            self.divide(&mut samples, u32::from(u8::MAX));
        }
        Some(Samples::Eight(samples))
    }

    fn sixteen(&self, numbers: Vec<u16>) -> Option<Samples> {
        let mut samples = self.in_order(numbers)?;
        if self.kind.ink {
            self.invert(&mut samples, |number| !number);
        }
        if self.kind.alpha == Some(Alpha::Multiplied) {
            self.divide(&mut samples, u32::from(u16::MAX));
        }
        Some(Samples::Sixteen(samples))
    }

    /// A number of each pixel, which are packed in rows of whole bytes.
    fn unpacked(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let bits = usize::from(self.kind.bits);
        let each = 8 / bits;
        let stride = self.width.div_ceil(each);
        let mut numbers = Vec::with_capacity(self.width * self.height);
        for row in bytes.get(..stride * self.height)?.chunks_exact(stride) {
            numbers.extend((0..self.width).map(|x| {
                row[x / each] >> (8 - bits - x % each * bits) & (((1_u16 << bits) - 1) as u8)
            }));
        }
        Some(numbers)
    }

    /// Pixel by pixel, and without numbers that are no colour.
    fn in_order<T: Copy>(&self, numbers: Vec<T>) -> Option<Vec<T>> {
        let (pixels, channels, stored) =
            (self.width * self.height, self.kind.channels(), self.kind.stored);
        if numbers.len() < pixels * stored || stored < channels {
            return None;
        }
        if self.planes == 1 && stored == channels {
            return Some(numbers);
        }
        let (step, apart) = if self.planes > 1 { (1, pixels) } else { (stored, 1) };
        let mut samples = Vec::with_capacity(pixels * channels);
        for pixel in 0..pixels {
            samples.extend((0..channels).map(|channel| numbers[pixel * step + channel * apart]));
        }
        Some(samples)
    }

    fn invert<T: Copy>(&self, samples: &mut [T], inverse: impl Fn(T) -> T) {
        let colors = self.kind.model.channels();
        for pixel in samples.chunks_exact_mut(self.kind.channels()) {
            pixel[..colors].iter_mut().for_each(|number| *number = inverse(*number));
        }
    }

    /// Takes alpha out of colours.
    fn divide<T: Copy + Into<u32> + TryFrom<u32>>(&self, samples: &mut [T], most: u32) {
        let colors = self.kind.model.channels();
        for pixel in samples.chunks_exact_mut(self.kind.channels()) {
            let alpha: u32 = pixel[colors].into();
            if alpha == 0 {
                continue;
            }
            for number in &mut pixel[..colors] {
                let light: u32 = (*number).into();
                let apart = ((light * most + alpha / 2) / alpha).min(most);
                if let Ok(apart) = T::try_from(apart) {
                    *number = apart;
                }
            }
        }
    }
}

/// ITU-T T.871.
fn to_rgb(pixel: &mut [u8; 3]) {
    let [y, cb, cr] = pixel.map(i32::from);
    let (y, cb, cr) = (y << 16, cb - 128, cr - 128);
    let level = |value: i32| ((value + (1 << 15)) >> 16).clamp(0, 255) as u8;
    *pixel =
        [level(y + 91_881 * cr), level(y - 22_554 * cb - 46_802 * cr), level(y + 116_130 * cb)];
}

fn reason(error: &TiffError) -> DecodeError {
    match error {
        TiffError::IoError(error) => unreadable(error),
        TiffError::UnsupportedError(_) => DecodeError::Unsupported("a TIFF of a kind that is rare"),
        error => broken(error),
    }
}
