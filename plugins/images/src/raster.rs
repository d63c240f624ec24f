//! Decoded pixels in the colour space and the orientation of the file.

use crate::light::{FULL, premultiply_alpha, srgb8_curve, srgb16_curve};
use crate::scale::RowSource;

/// The colour model of the channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColorModel {
    Grey,
    Rgb,
    /// The light that each ink lets through; the highest value means no ink. Values rise with
    /// brightness, as in the other models.
    Cmyk,
}

impl ColorModel {
    pub(crate) fn channels(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

#[derive(Debug)]
pub(crate) enum SampleBuffer {
    Eight(Vec<u8>),
    Sixteen(Vec<u16>),
}

/// Pixels in rows from the top, without padding. The channels of a pixel are interleaved; alpha
/// comes last and is not premultiplied.
#[derive(Debug)]
pub(crate) struct Raster {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) model: ColorModel,
    pub(crate) alpha: bool,
    pub(crate) samples: SampleBuffer,
}

impl Raster {
    pub(crate) fn channels(&self) -> usize {
        self.model.channels() + usize::from(self.alpha)
    }

    /// The size in memory, in bytes.
    pub(crate) fn memory_bytes(&self) -> u64 {
        match &self.samples {
            SampleBuffer::Eight(samples) => samples.len() as u64,
            SampleBuffer::Sixteen(samples) => samples.len() as u64 * 2,
        }
    }

    /// Whether any pixel is transparent.
    pub(crate) fn has_transparency(&self) -> bool {
        let channels = self.channels();
        self.alpha
            && match &self.samples {
                SampleBuffer::Eight(samples) => {
                    samples.iter().skip(channels - 1).step_by(channels).any(|a| *a != u8::MAX)
                }
                SampleBuffer::Sixteen(samples) => {
                    samples.iter().skip(channels - 1).step_by(channels).any(|a| *a != u16::MAX)
                }
            }
    }

    /// The channels of one pixel, reduced to eight bits. Unused entries are zero.
    pub(crate) fn read_pixel(&self, x: usize, y: usize) -> [u8; 5] {
        let channels = self.channels();
        let at = (y * self.width + x) * channels;
        let mut pixel = [0; 5];
        match &self.samples {
            SampleBuffer::Eight(samples) => {
                pixel[..channels].copy_from_slice(&samples[at..at + channels]);
            }
            SampleBuffer::Sixteen(samples) => {
                for (to, from) in pixel.iter_mut().zip(&samples[at..at + channels]) {
                    *to = (from >> 8) as u8;
                }
            }
        }
        pixel
    }
}

/// Rows of a raster as linear light, with premultiplied alpha.
pub(crate) struct RasterRows<'a> {
    raster: &'a Raster,
    /// If it is not set, the alpha channel is dropped because every pixel is opaque.
    alpha: bool,
}

impl<'a> RasterRows<'a> {
    pub(crate) fn new(raster: &'a Raster, alpha: bool) -> Self {
        Self { raster, alpha }
    }
}

impl RowSource for RasterRows<'_> {
    fn width(&self) -> usize {
        self.raster.width
    }

    fn height(&self) -> usize {
        self.raster.height
    }

    fn channels(&self) -> usize {
        self.raster.model.channels() + usize::from(self.alpha)
    }

    fn read_row(&self, y: usize, planes: &mut [i16], stride: usize) {
        let (width, stored) = (self.raster.width, self.raster.channels());
        let row = y * width * stored..(y + 1) * width * stored;
        let colors = self.raster.model.channels();
        match &self.raster.samples {
            SampleBuffer::Eight(samples) => {
                let curve = srgb8_curve();
                split_channels(&samples[row], stored, colors, planes, stride, |value| {
                    curve[usize::from(value)]
                });
            }
            SampleBuffer::Sixteen(samples) => {
                let curve = srgb16_curve();
                split_channels(&samples[row], stored, colors, planes, stride, |value| {
                    curve[usize::from(value)]
                });
            }
        }
        if !self.alpha {
            return;
        }
        let (color, alpha) = planes.split_at_mut(colors * stride);
        match &self.raster.samples {
            SampleBuffer::Eight(samples) => {
                let start = y * width * stored;
                for (x, to) in alpha[..width].iter_mut().enumerate() {
                    let value = i32::from(samples[start + x * stored + colors]);
                    *to = ((value * i32::from(FULL) + 127) / 255) as i16;
                }
            }
            SampleBuffer::Sixteen(samples) => {
                let start = y * width * stored;
                for (x, to) in alpha[..width].iter_mut().enumerate() {
                    *to = (samples[start + x * stored + colors] >> 1) as i16;
                }
            }
        }
        for plane in color.chunks_exact_mut(stride) {
            premultiply_alpha(&mut plane[..width], &alpha[..width]);
        }
    }
}

/// Writes each channel of a row to its own plane.
fn split_channels<T: Copy>(
    row: &[T],
    stored: usize,
    colors: usize,
    planes: &mut [i16],
    stride: usize,
    light: impl Fn(T) -> i16,
) {
    // The common case of three channels needs one pass only.
    if stored == 3
        && let Some(([red, green, blue], _)) = split_three_planes(planes, stride)
    {
        for (((pixel, red), green), blue) in row.chunks_exact(3).zip(red).zip(green).zip(blue) {
            *red = light(pixel[0]);
            *green = light(pixel[1]);
            *blue = light(pixel[2]);
        }
        return;
    }
    for (channel, plane) in planes.chunks_exact_mut(stride).take(colors).enumerate() {
        for (to, pixel) in plane.iter_mut().zip(row.chunks_exact(stored)) {
            *to = light(pixel[channel]);
        }
    }
}

fn split_three_planes(planes: &mut [i16], stride: usize) -> Option<([&mut [i16]; 3], &mut [i16])> {
    let (red, rest) = planes.split_at_mut_checked(stride)?;
    let (green, rest) = rest.split_at_mut_checked(stride)?;
    let (blue, rest) = rest.split_at_mut_checked(stride)?;
    Some(([red, green, blue], rest))
}
