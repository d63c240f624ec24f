//! Short hashes that stand for a picture.

use super::FactsThumbnail;
use crate::light::LightImage;
use crate::scale::{ChannelLayout, SourceRegion, scale_region};
use crate::tone;

/// The longer side of the input of ThumbHash, which refuses more than 100.
const THUMB: usize = 96;

/// The side of the grey image that is hashed, and of its block of low frequencies.
const GREY: usize = 32;
const LOW: usize = 8;

/// Encodes a placeholder: <https://evanw.github.io/thumbhash/>.
pub(super) fn encode_thumbhash(thumbnail: &FactsThumbnail) -> Vec<u8> {
    let longest = thumbnail.width.max(thumbnail.height);
    if longest <= THUMB {
        return thumbhash::rgba_to_thumb_hash(
            thumbnail.width,
            thumbnail.height,
            thumbnail.pixels.as_flattened(),
        );
    }
    let side = |side: usize| (side * THUMB / longest).max(1);
    let copy = FactsThumbnail::new(resize_light(
        &thumbnail.light,
        side(thumbnail.width),
        side(thumbnail.height),
    ));
    thumbhash::rgba_to_thumb_hash(copy.width, copy.height, copy.pixels.as_flattened())
}

/// Tells which of the 64 lowest frequencies of the luminance are above their median (Zauner, 2010).
///
/// Scaling and compression hardly change them.
pub(super) fn perceptual_hash(thumbnail: &FactsThumbnail) -> u64 {
    let grey = tone::convert_to_grey(&thumbnail.light);
    let grey = FactsThumbnail::new(resize_light(&grey, GREY, GREY));
    let mut levels = [[0.0; GREY]; GREY];
    for (index, level) in levels.as_flattened_mut().iter_mut().enumerate() {
        *level = f64::from(grey.color_on_white(index)[0]);
    }
    let low = low_frequencies(&levels);
    // The mean luminance dominates all frequencies, so it is left out of the median.
    let mut ranked: Vec<i32> = low.as_flattened()[1..].to_vec();
    ranked.sort_unstable();
    let median = ranked[ranked.len() / 2];
    let bit = |(at, frequency): (usize, &i32)| u64::from(*frequency > median) << at;
    low.as_flattened().iter().enumerate().map(bit).sum()
}

/// The low part of the discrete cosine transform. It is rounded, so that numerical noise does not
/// differ between uniform pictures.
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

fn resize_light(light: &LightImage, width: usize, height: usize) -> LightImage {
    let all = SourceRegion {
        left: 0.0,
        top: 0.0,
        width: light.width as f64,
        height: light.height as f64,
    };
    scale_region(
        light,
        all,
        ChannelLayout { model: light.model, alpha: light.alpha },
        width,
        height,
    )
}
