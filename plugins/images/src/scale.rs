//! Scales linear light with a Lanczos kernel of three lobes.
//!
//! Rows are combined first, as the output needs them, so only the rows under the kernel are in
//! memory as light. Each combined row is then scaled horizontally. Weights have fourteen bits, and
//! integer arithmetic gives equal results on every machine.
//!
//! `fast_image_resize` and `pic-scale` need the whole image in memory. The light of 64 megapixels
//! with alpha takes 512 MB, and an instance has 768 MiB for everything.

mod kernel;
mod weights;

use weights::{ColumnWeights, RowWeights};

use crate::light::LightImage;
use crate::raster::ColorModel;

/// A source of rows of linear light.
pub(crate) trait RowSource {
    fn width(&self) -> usize;
    fn height(&self) -> usize;
    fn channels(&self) -> usize;
    /// Writes each channel of a row to the start of a plane. Planes are `stride` values apart.
    fn read_row(&self, y: usize, planes: &mut [i16], stride: usize);
}

/// An area of an image in pixels. Its edges may lie within a pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SourceRegion {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// The channels of the scaled pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChannelLayout {
    pub(crate) model: ColorModel,
    pub(crate) alpha: bool,
}

/// Scales a region to this size.
pub(crate) fn scale_region(
    source: &impl RowSource,
    region: SourceRegion,
    kind: ChannelLayout,
    width: usize,
    height: usize,
) -> LightImage {
    let channels = source.channels();
    debug_assert_eq!(channels, kind.model.channels() + usize::from(kind.alpha));
    let columns = ColumnWeights::new(source.width(), region.left, region.width, width);
    let lines = RowWeights::new(source.height(), region.top, region.height, height);
    // Reads of whole vectors at the end of a row stay within the plane.
    let stride = (source.width() + columns.padding()).next_multiple_of(kernel::BLOCK);

    let mut ring: Vec<Vec<i16>> = vec![vec![0; channels * stride]; lines.max_rows()];
    let (mut filled, places) = (0, ring.len());
    let mut mixed = vec![0_i16; channels * stride];
    let mut data = vec![0_i16; width * height * channels];
    for (y, out) in data.chunks_exact_mut(width * channels).enumerate() {
        let (start, weights) = lines.line_weights(y);
        filled = filled.max(start);
        while filled < start + weights.len() {
            source.read_row(filled, &mut ring[filled % places], stride);
            filled += 1;
        }
        let single = weights.len() == 1;
        if !single {
            let rows = (start..start + weights.len()).map(|row| ring[row % places].as_slice());
            kernel::mix_rows(&rows.collect::<Vec<_>>(), weights, &mut mixed);
        }
        let line = if single { &ring[start % places] } else { &mixed };
        for (plane, out) in line.chunks_exact(stride).zip(out.chunks_exact_mut(width)) {
            columns.scale_row(plane, out);
        }
    }
    LightImage { width, height, model: kind.model, alpha: kind.alpha, data }
}

#[cfg(test)]
mod tests;
