//! Pixels as a decoder gives them: in the file's colour space, turned as they were stored.

use crate::light::{FULL, curve8, curve16, premultiply};
use crate::scale::Rows;

/// What the numbers of a pixel stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Model {
    Grey,
    Rgb,
    /// How much light each ink lets through: the full number is no ink at all. So it runs the way
    /// of the others, and scales like them.
    Cmyk,
}

impl Model {
    pub(crate) fn channels(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

#[derive(Debug)]
pub(crate) enum Samples {
    Eight(Vec<u8>),
    Sixteen(Vec<u16>),
}

/// Rows from the top, without gaps; a pixel's channels beside each other, alpha last and not
/// multiplied in.
#[derive(Debug)]
pub(crate) struct Raster {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) model: Model,
    pub(crate) alpha: bool,
    pub(crate) samples: Samples,
}

impl Raster {
    pub(crate) fn channels(&self) -> usize {
        self.model.channels() + usize::from(self.alpha)
    }

    /// In memory.
    pub(crate) fn bytes(&self) -> u64 {
        match &self.samples {
            Samples::Eight(samples) => samples.len() as u64,
            Samples::Sixteen(samples) => samples.len() as u64 * 2,
        }
    }

    /// Whether any pixel is transparent.
    pub(crate) fn is_transparent(&self) -> bool {
        let channels = self.channels();
        self.alpha
            && match &self.samples {
                Samples::Eight(samples) => {
                    samples.iter().skip(channels - 1).step_by(channels).any(|a| *a != u8::MAX)
                }
                Samples::Sixteen(samples) => {
                    samples.iter().skip(channels - 1).step_by(channels).any(|a| *a != u16::MAX)
                }
            }
    }

    /// The channels of one pixel in eight bits, without alpha where there is none.
    pub(crate) fn pixel(&self, x: usize, y: usize) -> [u8; 5] {
        let channels = self.channels();
        let at = (y * self.width + x) * channels;
        let mut pixel = [0; 5];
        match &self.samples {
            Samples::Eight(samples) => {
                pixel[..channels].copy_from_slice(&samples[at..at + channels]);
            }
            Samples::Sixteen(samples) => {
                for (to, from) in pixel.iter_mut().zip(&samples[at..at + channels]) {
                    *to = (from >> 8) as u8;
                }
            }
        }
        pixel
    }
}

/// A raster as amounts of light, alpha multiplied in.
pub(crate) struct RasterLight<'a> {
    raster: &'a Raster,
    /// Without it the alpha channel is left out: every pixel is opaque.
    alpha: bool,
}

impl<'a> RasterLight<'a> {
    pub(crate) fn new(raster: &'a Raster, alpha: bool) -> Self {
        Self { raster, alpha }
    }
}

impl Rows for RasterLight<'_> {
    fn width(&self) -> usize {
        self.raster.width
    }

    fn height(&self) -> usize {
        self.raster.height
    }

    fn channels(&self) -> usize {
        self.raster.model.channels() + usize::from(self.alpha)
    }

    fn read(&self, y: usize, planes: &mut [i16], stride: usize) {
        let (width, stored) = (self.raster.width, self.raster.channels());
        let row = y * width * stored..(y + 1) * width * stored;
        let colors = self.raster.model.channels();
        match &self.raster.samples {
            Samples::Eight(samples) => {
                let curve = curve8();
                split(&samples[row], stored, colors, planes, stride, |value| {
                    curve[usize::from(value)]
                });
            }
            Samples::Sixteen(samples) => {
                let curve = curve16();
                split(&samples[row], stored, colors, planes, stride, |value| {
                    curve[usize::from(value)]
                });
            }
        }
        if !self.alpha {
            return;
        }
        let (color, alpha) = planes.split_at_mut(colors * stride);
        match &self.raster.samples {
            Samples::Eight(samples) => {
                let start = y * width * stored;
                for (x, to) in alpha[..width].iter_mut().enumerate() {
                    let value = i32::from(samples[start + x * stored + colors]);
                    *to = ((value * i32::from(FULL) + 127) / 255) as i16;
                }
            }
            Samples::Sixteen(samples) => {
                let start = y * width * stored;
                for (x, to) in alpha[..width].iter_mut().enumerate() {
                    *to = (samples[start + x * stored + colors] >> 1) as i16;
                }
            }
        }
        for plane in color.chunks_exact_mut(stride) {
            premultiply(&mut plane[..width], &alpha[..width]);
        }
    }
}

/// Puts each channel of a row into a plane of its own.
fn split<T: Copy>(
    row: &[T],
    stored: usize,
    colors: usize,
    planes: &mut [i16],
    stride: usize,
    light: impl Fn(T) -> i16,
) {
    // Channels in one go where there are three, which is what nearly every photo has.
    if stored == 3
        && let Some(([red, green, blue], _)) = three(planes, stride)
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

fn three(planes: &mut [i16], stride: usize) -> Option<([&mut [i16]; 3], &mut [i16])> {
    let (red, rest) = planes.split_at_mut_checked(stride)?;
    let (green, rest) = rest.split_at_mut_checked(stride)?;
    let (blue, rest) = rest.split_at_mut_checked(stride)?;
    Some(([red, green, blue], rest))
}
