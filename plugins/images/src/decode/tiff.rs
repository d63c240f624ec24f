//! TIFF: the first page, in strips or tiles, with up to sixteen bits.
//!
//! `image` refuses several kinds of pixels (test `image_refuses_kinds_of_tiff`). It makes RGB of
//! inks without their profile (test `image_flattens_inks`), and does not report whether there are more
//! pages.

mod directory;

use std::io::Cursor;

use directory::TiffDirectory;
use rikaste_plugin::image::Remark;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::{DecodeError, DecodedPhoto, broken_photo, convert_io_error};
use crate::format::PhotoFormat;
use crate::limits;
use crate::orient::Orientation;
use crate::raster::{ColorModel, Raster, SampleBuffer};

/// The most stored channels of a pixel. Programs store masks behind colours and alpha.
const MOST_CHANNELS: usize = 8;

/// The value of `ExtraSamples` for premultiplied alpha.
const ASSOCIATED: u16 = 1;

pub(super) fn decode_tiff(photo: &[u8]) -> Result<DecodedPhoto, DecodeError> {
    let directory = TiffDirectory::read_first(photo)?;
    let mut decoder = Decoder::new(Cursor::new(photo)).map_err(|error| convert_error(&error))?;
    let (width, height) = decoder.dimensions().map_err(|error| convert_error(&error))?;
    limits::check_size(width, height)?;
    let color = decoder.colortype().map_err(|error| convert_error(&error))?;
    let layout = decoder.image_buffer_layout().map_err(|error| convert_error(&error))?;
    let size = layout.complete_len.max(layout.len);
    // The samples are in memory twice: as stored, and in the order of the raster.
    limits::check_memory(photo.len() as u64 + 2 * size as u64)?;
    let mut limits = Limits::default();
    limits.decoding_buffer_size = size;
    limits.intermediate_buffer_size = size.max(1 << 20);
    let mut decoder = decoder.with_limits(limits);
    let kind = PixelFormat::read_format(color, &mut decoder)?;
    let mut read = DecodingResult::U8(Vec::new());
    decoder.read_image_to_buffer(&mut read).map_err(|error| convert_error(&error))?;
    let stored = StoredPixels {
        width: width as usize,
        height: height as usize,
        planes: layout.planes.max(1),
        format: kind,
    };
    let samples = match read {
        DecodingResult::U8(bytes) => stored.convert_eight_bits(bytes),
        DecodingResult::U16(numbers) => stored.convert_sixteen_bits(numbers),
        _ => return Err(DecodeError::Unsupported("a TIFF with numbers of an unusual kind")),
    };
    let samples = samples.ok_or_else(|| broken_photo("it has fewer pixels than it says"))?;
    let orientation = decoder.find_tag_unsigned::<u8>(Tag::Orientation).ok().flatten();
    let remarks = decoder.more_images().then(|| {
        Remark::warning("image-several-pages", "The file has more pages; only the first is shown")
    });
    Ok(DecodedPhoto {
        format: PhotoFormat::Tiff,
        raster: Raster {
            width: width as usize,
            height: height as usize,
            model: stored.format.model,
            alpha: stored.format.alpha.is_some(),
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

/// How the samples of a pixel are stored.
struct PixelFormat {
    model: ColorModel,
    alpha: Option<AlphaKind>,
    /// Stored channels of a pixel, including masks that are left out.
    stored_channels: usize,
    bits: u8,
    /// Whether samples are inks, whose values fall with brightness.
    is_ink: bool,
    /// Whether samples are luma and colour differences.
    is_ycc: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum AlphaKind {
    Apart,
    Multiplied,
}

impl PixelFormat {
    fn read_format(
        color: ColorType,
        decoder: &mut Decoder<Cursor<&[u8]>>,
    ) -> Result<Self, DecodeError> {
        let extra = decoder.find_tag_unsigned_vec::<u16>(Tag::ExtraSamples).ok().flatten();
        let kind_of_alpha = match extra.as_deref() {
            Some([ASSOCIATED, ..]) => AlphaKind::Multiplied,
            _ => AlphaKind::Apart,
        };
        let count = decoder.find_tag_unsigned::<u16>(Tag::SamplesPerPixel).ok().flatten();
        let count = usize::from(count.unwrap_or(1));
        let (model, alpha, bits) = match color {
            ColorType::Gray(bits) => (ColorModel::Grey, None, bits),
            ColorType::GrayA(bits) => (ColorModel::Grey, Some(kind_of_alpha), bits),
            ColorType::Multiband { bit_depth, num_samples: 2 } if extra.is_some() => {
                (ColorModel::Grey, Some(kind_of_alpha), bit_depth)
            }
            ColorType::RGB(bits) | ColorType::YCbCr(bits) => (ColorModel::Rgb, None, bits),
            ColorType::RGBA(bits) => (ColorModel::Rgb, Some(kind_of_alpha), bits),
            ColorType::CMYK(bits) => (ColorModel::Cmyk, None, bits),
            ColorType::CMYKA(bits) => (ColorModel::Cmyk, Some(kind_of_alpha), bits),
            _ => return Err(DecodeError::Unsupported("a TIFF with colours of an unusual kind")),
        };
        if !matches!(bits, 1 | 2 | 4 | 8 | 16) || bits < 8 && count > 1 || count > MOST_CHANNELS {
            return Err(DecodeError::Unsupported("a TIFF with numbers of an unusual length"));
        }
        Ok(Self {
            model,
            alpha,
            stored_channels: count,
            bits,
            is_ink: model == ColorModel::Cmyk,
            is_ycc: matches!(color, ColorType::YCbCr(_)),
        })
    }

    fn count_channels(&self) -> usize {
        self.model.channels() + usize::from(self.alpha.is_some())
    }
}

/// The size and the format of decoded samples.
struct StoredPixels {
    width: usize,
    height: usize,
    planes: usize,
    format: PixelFormat,
}

impl StoredPixels {
    fn convert_eight_bits(&self, bytes: Vec<u8>) -> Option<SampleBuffer> {
        let kind = &self.format;
        let numbers = if kind.bits < 8 { self.unpack_bits(&bytes)? } else { bytes };
        let mut samples = self.interleave_channels(numbers)?;
        if kind.bits < 8 {
            let most = (1_u8 << kind.bits) - 1;
            samples.iter_mut().for_each(|number| *number *= u8::MAX / most);
        }
        if kind.is_ycc {
            samples.as_chunks_mut().0.iter_mut().for_each(convert_to_rgb);
        }
        if kind.is_ink {
            self.invert_colors(&mut samples, |number| !number);
        }
        if kind.alpha == Some(AlphaKind::Multiplied) {
            self.divide_by_alpha(&mut samples, u32::from(u8::MAX));
        }
        Some(SampleBuffer::Eight(samples))
    }

    fn convert_sixteen_bits(&self, numbers: Vec<u16>) -> Option<SampleBuffer> {
        let mut samples = self.interleave_channels(numbers)?;
        if self.format.is_ink {
            self.invert_colors(&mut samples, |number| !number);
        }
        if self.format.alpha == Some(AlphaKind::Multiplied) {
            self.divide_by_alpha(&mut samples, u32::from(u16::MAX));
        }
        Some(SampleBuffer::Sixteen(samples))
    }

    /// Unpacks samples of less than eight bits. Rows begin at whole bytes.
    fn unpack_bits(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let bits = usize::from(self.format.bits);
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

    /// Interleaves the channels and leaves out masks.
    fn interleave_channels<T: Copy>(&self, numbers: Vec<T>) -> Option<Vec<T>> {
        let (pixels, channels, stored) =
            (self.width * self.height, self.format.count_channels(), self.format.stored_channels);
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

    fn invert_colors<T: Copy>(&self, samples: &mut [T], inverse: impl Fn(T) -> T) {
        let colors = self.format.model.channels();
        for pixel in samples.chunks_exact_mut(self.format.count_channels()) {
            pixel[..colors].iter_mut().for_each(|number| *number = inverse(*number));
        }
    }

    /// Divides colours by premultiplied alpha.
    fn divide_by_alpha<T: Copy + Into<u32> + TryFrom<u32>>(&self, samples: &mut [T], most: u32) {
        let colors = self.format.model.channels();
        for pixel in samples.chunks_exact_mut(self.format.count_channels()) {
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

/// Converts YCbCr to RGB (ITU-T T.871).
fn convert_to_rgb(pixel: &mut [u8; 3]) {
    let [y, cb, cr] = pixel.map(i32::from);
    let (y, cb, cr) = (y << 16, cb - 128, cr - 128);
    let level = |value: i32| ((value + (1 << 15)) >> 16).clamp(0, 255) as u8;
    *pixel =
        [level(y + 91_881 * cr), level(y - 22_554 * cb - 46_802 * cr), level(y + 116_130 * cb)];
}

fn convert_error(error: &TiffError) -> DecodeError {
    match error {
        TiffError::IoError(error) => convert_io_error(error),
        TiffError::UnsupportedError(_) => DecodeError::Unsupported("a TIFF of a kind that is rare"),
        error => broken_photo(error),
    }
}
