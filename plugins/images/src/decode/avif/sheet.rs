//! The raster that is made row by row.

use super::traits::Frame;
use crate::raster::{Model, Raster, Samples};

pub(super) struct Sheet {
    raster: Raster,
    left: usize,
    /// Samples that are there.
    made: usize,
}

/// Red, green and blue of a row, from 0 to 1. What is grey is green alone.
pub(super) type Row = [Vec<f32>; 3];

impl Sheet {
    /// Room for what is shown, of sixteen bits or of eight.
    pub(super) fn new(shown: Frame, model: Model, alpha: bool, is_deep: bool) -> Self {
        let (width, height) = (shown.width as usize, shown.height as usize);
        let count = width * height * (model.channels() + usize::from(alpha));
        let samples =
            if is_deep { Samples::Sixteen(vec![0; count]) } else { Samples::Eight(vec![0; count]) };
        let raster = Raster { width, height, model, alpha, samples };
        Self { raster, left: shown.left as usize, made: 0 }
    }

    /// The next row, and how much can be seen of it.
    pub(super) fn put(&mut self, row: &Row, alpha: Option<&Vec<f32>>) {
        let shown = self.left..self.left + self.raster.width;
        let mut planes: Vec<&[f32]> = match self.raster.model {
            Model::Grey => vec![&row[1][shown.clone()]],
            _ => row.iter().map(|plane| &plane[shown.clone()]).collect(),
        };
        planes.extend(alpha.map(|alpha| &alpha[shown]));
        let channels = planes.len();
        let made = self.made;
        self.made += channels * self.raster.width;
        match &mut self.raster.samples {
            Samples::Eight(samples) => {
                fill(&mut samples[made..self.made], &planes, |share| (share * 255.0 + 0.5) as u8);
            }
            Samples::Sixteen(samples) => {
                fill(&mut samples[made..self.made], &planes, |share| {
                    (share * 65_535.0 + 0.5) as u16
                });
            }
        }
    }

    pub(super) fn raster(self) -> Raster {
        self.raster
    }
}

/// Puts planes beside each other. What is out of range is at its end.
fn fill<T>(samples: &mut [T], planes: &[&[f32]], number: impl Fn(f32) -> T) {
    for (channel, plane) in planes.iter().enumerate() {
        let to = samples.iter_mut().skip(channel).step_by(planes.len());
        for (to, share) in to.zip(*plane) {
            *to = number(*share);
        }
    }
}

/// Takes out of colours what can be seen of them, where it is multiplied into them.
pub(super) fn divide(row: &mut Row, alpha: &[f32]) {
    for plane in row {
        for (number, alpha) in plane.iter_mut().zip(alpha) {
            if *alpha > 0.0 {
                *number = (*number / alpha.min(1.0)).min(1.0);
            }
        }
    }
}
