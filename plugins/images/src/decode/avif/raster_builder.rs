//! Builds a raster row by row.

use super::properties::PixelArea;
use crate::raster::{ColorModel, Raster, SampleBuffer};

pub(super) struct RasterBuilder {
    raster: Raster,
    left: usize,
    /// The number of written samples.
    written: usize,
}

/// Red, green and blue of a row from 0 to 1. Grey is in green only.
pub(super) type RgbRow = [Vec<f32>; 3];

impl RasterBuilder {
    /// Allocates a raster of the visible area, with sixteen bits or eight.
    pub(super) fn new(shown: PixelArea, model: ColorModel, alpha: bool, is_deep: bool) -> Self {
        let (width, height) = (shown.width as usize, shown.height as usize);
        let count = width * height * (model.channels() + usize::from(alpha));
        let samples = if is_deep {
            SampleBuffer::Sixteen(vec![0; count])
        } else {
            SampleBuffer::Eight(vec![0; count])
        };
        let raster = Raster { width, height, model, alpha, samples };
        Self { raster, left: shown.left as usize, written: 0 }
    }

    /// Appends the visible part of a row and of its alpha.
    pub(super) fn append_row(&mut self, row: &RgbRow, alpha: Option<&Vec<f32>>) {
        let shown = self.left..self.left + self.raster.width;
        let mut planes: Vec<&[f32]> = match self.raster.model {
            ColorModel::Grey => vec![&row[1][shown.clone()]],
            _ => row.iter().map(|plane| &plane[shown.clone()]).collect(),
        };
        planes.extend(alpha.map(|alpha| &alpha[shown]));
        let channels = planes.len();
        let made = self.written;
        self.written += channels * self.raster.width;
        match &mut self.raster.samples {
            SampleBuffer::Eight(samples) => {
                interleave_planes(&mut samples[made..self.written], &planes, |share| {
                    (share * 255.0 + 0.5) as u8
                });
            }
            SampleBuffer::Sixteen(samples) => {
                interleave_planes(&mut samples[made..self.written], &planes, |share| {
                    (share * 65_535.0 + 0.5) as u16
                });
            }
        }
    }

    pub(super) fn into_raster(self) -> Raster {
        self.raster
    }
}

/// Interleaves planes. Values out of range are clamped.
fn interleave_planes<T>(samples: &mut [T], planes: &[&[f32]], number: impl Fn(f32) -> T) {
    for (channel, plane) in planes.iter().enumerate() {
        let to = samples.iter_mut().skip(channel).step_by(planes.len());
        for (to, share) in to.zip(*plane) {
            *to = number(*share);
        }
    }
}

/// Divides premultiplied colours by alpha.
pub(super) fn divide_by_alpha(row: &mut RgbRow, alpha: &[f32]) {
    for plane in row {
        for (number, alpha) in plane.iter_mut().zip(alpha) {
            if *alpha > 0.0 {
                *number = (*number / alpha.min(1.0)).min(1.0);
            }
        }
    }
}
