//! Samples of a raster: squares of its pixels, as they are.

use crate::raster::{Model, Raster};

/// Pixels along the side of a square.
pub(super) const SIDE: usize = 64;

/// Squares along each side of the picture.
const COUNT: usize = 8;

/// Squares spread over a picture, or all of it where it is small.
pub(crate) struct Grains {
    pub(super) squares: Vec<Square>,
}

/// Rows of pixels, in eight bits and the file's own colours; inks as the light that is left.
pub(super) struct Square {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<[u8; 3]>,
}

impl Grains {
    pub(crate) fn of(raster: &Raster) -> Self {
        let mut squares = Vec::new();
        for top in starts(raster.height) {
            for left in starts(raster.width) {
                squares.push(Square::of(raster, left, top));
            }
        }
        Self { squares }
    }
}

/// Where squares begin along a side: spread evenly, none over another.
fn starts(side: usize) -> impl Iterator<Item = usize> {
    let count = side.div_ceil(SIDE).min(COUNT);
    let room = side.saturating_sub(SIDE);
    (0..count).map(move |index| if count > 1 { room * index / (count - 1) } else { 0 })
}

impl Square {
    fn of(raster: &Raster, left: usize, top: usize) -> Self {
        let width = SIDE.min(raster.width - left);
        let height = SIDE.min(raster.height - top);
        let mut pixels = Vec::with_capacity(width * height);
        for y in top..top + height {
            pixels.extend((left..left + width).map(|x| color(raster, x, y)));
        }
        Self { width, height, pixels }
    }
}

/// A pixel's colour, on white where it is transparent.
fn color(raster: &Raster, x: usize, y: usize) -> [u8; 3] {
    let pixel = raster.pixel(x, y);
    let times = |a: u8, b: u8| (u16::from(a) * u16::from(b) / 255) as u8;
    let color = match raster.model {
        Model::Grey => [pixel[0]; 3],
        Model::Rgb => [pixel[0], pixel[1], pixel[2]],
        Model::Cmyk => [pixel[0], pixel[1], pixel[2]].map(|light| times(light, pixel[3])),
    };
    if !raster.alpha {
        return color;
    }
    let alpha = pixel[raster.model.channels()];
    color.map(|level| times(level, alpha) + (255 - alpha))
}
