//! Whether a picture's margin is white, as marketplaces want it.

use super::Small;

/// JPEG makes this of white beside an edge.
const WHITE: u8 = 248;

/// Pixels of the small copy.
const MARGIN: usize = 2;

/// Of a thousand pixels of the margin these may be of another colour: a shadow that touches it.
const OTHER: usize = 10;

pub(super) fn is_white(small: &Small) -> bool {
    let (width, height) = (small.width, small.height);
    let mut count = 0;
    let mut other = 0;
    for (index, [red, green, blue, alpha]) in small.pixels.iter().enumerate() {
        let (x, y) = (index % width, index / width);
        if x.min(width - 1 - x).min(y).min(height - 1 - y) < MARGIN {
            count += 1;
            other += usize::from(*red.min(green).min(blue) < WHITE || *alpha < u8::MAX);
        }
    }
    other * 1000 <= count * OTHER
}
