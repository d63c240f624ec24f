//! Square patches of the raster, unscaled.

use crate::raster::{ColorModel, Raster};

/// The side of a patch in pixels.
pub(super) const SIDE: usize = 64;

/// The most patches along each side.
const COUNT: usize = 8;

/// Patches spread over a raster. A small raster is covered completely.
pub(crate) struct SamplePatches {
    pub(super) patches: Vec<SamplePatch>,
}

/// Rows of eight-bit pixels in the colours of the file. Inks are the light they let through.
pub(super) struct SamplePatch {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<[u8; 3]>,
}

impl SamplePatches {
    pub(crate) fn from_raster(raster: &Raster) -> Self {
        let mut patches = Vec::new();
        for top in patch_starts(raster.height) {
            for left in patch_starts(raster.width) {
                patches.push(SamplePatch::from_raster(raster, left, top));
            }
        }
        Self { patches }
    }
}

/// Where patches begin along a side: evenly spread and without overlap.
fn patch_starts(side: usize) -> impl Iterator<Item = usize> {
    let count = side.div_ceil(SIDE).min(COUNT);
    let room = side.saturating_sub(SIDE);
    (0..count).map(move |index| if count > 1 { room * index / (count - 1) } else { 0 })
}

impl SamplePatch {
    fn from_raster(raster: &Raster, left: usize, top: usize) -> Self {
        let width = SIDE.min(raster.width - left);
        let height = SIDE.min(raster.height - top);
        let mut pixels = Vec::with_capacity(width * height);
        for y in top..top + height {
            pixels.extend((left..left + width).map(|x| color_on_white(raster, x, y)));
        }
        Self { width, height, pixels }
    }
}

/// The colour of a pixel, blended with white if it is transparent.
fn color_on_white(raster: &Raster, x: usize, y: usize) -> [u8; 3] {
    let pixel = raster.read_pixel(x, y);
    let times = |a: u8, b: u8| (u16::from(a) * u16::from(b) / 255) as u8;
    let color = match raster.model {
        ColorModel::Grey => [pixel[0]; 3],
        ColorModel::Rgb => [pixel[0], pixel[1], pixel[2]],
        ColorModel::Cmyk => [pixel[0], pixel[1], pixel[2]].map(|light| times(light, pixel[3])),
    };
    if !raster.alpha {
        return color;
    }
    let alpha = pixel[raster.model.channels()];
    color.map(|level| times(level, alpha) + (255 - alpha))
}
