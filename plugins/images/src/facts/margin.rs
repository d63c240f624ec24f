//! Detects a white margin, which marketplaces require.

use super::FactsThumbnail;

/// The lowest level of white. Beside an edge, JPEG makes white slightly darker.
const WHITE: u8 = 248;

/// The width of the margin in pixels of the thumbnail.
const MARGIN: usize = 2;

/// Thousandths of the margin that may have another colour, such as a shadow.
const OTHER: usize = 10;

pub(super) fn has_white_margin(thumbnail: &FactsThumbnail) -> bool {
    let (width, height) = (thumbnail.width, thumbnail.height);
    let mut count = 0;
    let mut other = 0;
    for (index, [red, green, blue, alpha]) in thumbnail.pixels.iter().enumerate() {
        let (x, y) = (index % width, index / width);
        if x.min(width - 1 - x).min(y).min(height - 1 - y) < MARGIN {
            count += 1;
            other += usize::from(*red.min(green).min(blue) < WHITE || *alpha < u8::MAX);
        }
    }
    other * 1000 <= count * OTHER
}
