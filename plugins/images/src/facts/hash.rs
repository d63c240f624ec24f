//! Short numbers that stand for a picture.

use super::Small;
use crate::light::Light;
use crate::scale::{Kind, Region, scale};
use crate::tone;

/// The longer side of what ThumbHash takes; it refuses more than 100.
const THUMB: usize = 96;

/// The side of the grey picture that is hashed, and of the part of its frequencies that count.
const GREY: usize = 32;
const LOW: usize = 8;

/// A placeholder: <https://evanw.github.io/thumbhash/>.
pub(super) fn thumb(small: &Small) -> Vec<u8> {
    let longest = small.width.max(small.height);
    if longest <= THUMB {
        return thumbhash::rgba_to_thumb_hash(
            small.width,
            small.height,
            small.pixels.as_flattened(),
        );
    }
    let side = |side: usize| (side * THUMB / longest).max(1);
    let copy = Small::new(resized(&small.light, side(small.width), side(small.height)));
    thumbhash::rgba_to_thumb_hash(copy.width, copy.height, copy.pixels.as_flattened())
}

/// Which of the 64 lowest frequencies of the brightness are above their median (Zauner, 2010).
///
/// They hardly change when a picture is scaled or compressed again.
pub(super) fn perceptual(small: &Small) -> u64 {
    let grey = tone::grey(&small.light);
    let grey = Small::new(resized(&grey, GREY, GREY));
    let mut levels = [[0.0; GREY]; GREY];
    for (index, level) in levels.as_flattened_mut().iter_mut().enumerate() {
        *level = f64::from(grey.on_white(index)[0]);
    }
    let low = low_frequencies(&levels);
    // The mean brightness is far above all others; without it the rest are on both sides.
    let mut ranked: Vec<i32> = low.as_flattened()[1..].to_vec();
    ranked.sort_unstable();
    let median = ranked[ranked.len() / 2];
    let bit = |(at, frequency): (usize, &i32)| u64::from(*frequency > median) << at;
    low.as_flattened().iter().enumerate().map(bit).sum()
}

/// The discrete cosine transform, as far as it is wanted; rounded, so that noise of the calculation
/// is no difference between pictures of one colour.
fn low_frequencies(levels: &[[f64; GREY]; GREY]) -> [[i32; LOW]; LOW] {
    let wave: [[f64; GREY]; LOW] = std::array::from_fn(|frequency| {
        std::array::from_fn(|at| {
            (std::f64::consts::PI * frequency as f64 * (at as f64 + 0.5) / GREY as f64).cos()
        })
    });
    let dot = |a: &[f64; GREY], b: &[f64; GREY]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let rows: [[f64; GREY]; LOW] =
        std::array::from_fn(|frequency| std::array::from_fn(|y| dot(&levels[y], &wave[frequency])));
    std::array::from_fn(|down| {
        std::array::from_fn(|across| dot(&rows[across], &wave[down]).round() as i32)
    })
}

fn resized(light: &Light, width: usize, height: usize) -> Light {
    let all =
        Region { left: 0.0, top: 0.0, width: light.width as f64, height: light.height as f64 };
    scale(light, all, Kind { model: light.model, alpha: light.alpha }, width, height)
}
