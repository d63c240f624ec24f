//! Scaling with Lanczos' kernel of three lobes, on amounts of light.
//!
//! Columns are combined first, row by row as they are wanted, so that of a large picture only the
//! rows under the kernel are in memory as light; then each row. Weights have fourteen bits, and all
//! is done in integers: the same on every machine.

mod kernel;
mod weights;

use weights::{Columns, Lines};

use crate::light::Light;
use crate::raster::Model;

/// What can be scaled: rows of amounts of light.
pub(crate) trait Rows {
    fn width(&self) -> usize;
    fn height(&self) -> usize;
    fn channels(&self) -> usize;
    /// Puts each channel of a row at the begin of a plane; planes are `stride` apart.
    fn read(&self, y: usize, planes: &mut [i16], stride: usize);
}

/// A part of a picture, in its pixels; edges may lie within a pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// What the scaled pixels are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) model: Model,
    pub(crate) alpha: bool,
}

/// Makes this many pixels of a region.
pub(crate) fn scale(
    source: &impl Rows,
    region: Region,
    kind: Kind,
    width: usize,
    height: usize,
) -> Light {
    let channels = source.channels();
    debug_assert_eq!(channels, kind.model.channels() + usize::from(kind.alpha));
    let columns = Columns::new(source.width(), region.left, region.width, width);
    let lines = Lines::new(source.height(), region.top, region.height, height);
    // Reading whole vectors at a row's end must not leave its plane.
    let stride = (source.width() + columns.padded()).next_multiple_of(kernel::BLOCK);

    let mut ring: Vec<Vec<i16>> = vec![vec![0; channels * stride]; lines.most()];
    let (mut filled, places) = (0, ring.len());
    let mut mixed = vec![0_i16; channels * stride];
    let mut data = vec![0_i16; width * height * channels];
    for (y, out) in data.chunks_exact_mut(width * channels).enumerate() {
        let (start, weights) = lines.of(y);
        filled = filled.max(start);
        while filled < start + weights.len() {
            source.read(filled, &mut ring[filled % places], stride);
            filled += 1;
        }
        let single = weights.len() == 1;
        if !single {
            let rows = (start..start + weights.len()).map(|row| ring[row % places].as_slice());
            kernel::mix(&rows.collect::<Vec<_>>(), weights, &mut mixed);
        }
        let line = if single { &ring[start % places] } else { &mixed };
        for (plane, out) in line.chunks_exact(stride).zip(out.chunks_exact_mut(width)) {
            columns.apply(plane, out);
        }
    }
    Light { width, height, model: kind.model, alpha: kind.alpha, data }
}

#[cfg(test)]
mod tests;
