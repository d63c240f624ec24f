//! Classifies a picture as photo, graphic or blank.

use rikaste_plugin::image::Content;

use super::{FactsThumbnail, SamplePatches};

/// How far the pixels of a blank picture may be from its median colour.
const NEAR: u8 = 12;

/// The most colours of a graphic beside its background.
const FEW: usize = 8;

pub(super) fn classify_content(patches: &SamplePatches, thumbnail: &FactsThumbnail) -> Content {
    if is_blank(thumbnail) {
        Content::Blank
    } else if is_drawn(patches) {
        Content::Graphic
    } else {
        Content::Photo
    }
}

/// Whether all but five of a thousand pixels are near the median colour.
fn is_blank(thumbnail: &FactsThumbnail) -> bool {
    let mut colors: Vec<[u8; 3]> =
        (0..thumbnail.pixels.len()).map(|at| thumbnail.color_on_white(at)).collect();
    let middle = [0, 1, 2].map(|channel| {
        let at = colors.len() / 2;
        colors.select_nth_unstable_by_key(at, |color| color[channel]).1[channel]
    });
    let far = colors
        .iter()
        .filter(|color| {
            color.iter().zip(middle).any(|(level, middle)| level.abs_diff(middle) > NEAR)
        })
        .count();
    far * 1000 <= colors.len() * 5
}

/// Whether a few colours cover most of the foreground and most pixels equal their neighbours.
fn is_drawn(patches: &SamplePatches) -> bool {
    let mut counts = vec![0_u32; 1 << 15];
    for pixel in patches.patches.iter().flat_map(|patch| &patch.pixels) {
        counts[coarse_index(*pixel)] += 1;
    }
    let mut ranked: Vec<(usize, u32)> =
        counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let Some(((background, _), others)) = ranked.split_first() else { return false };
    let before: u32 = others.iter().map(|(_, count)| count).sum();
    let few: u32 = others.iter().take(FEW).map(|(_, count)| count).sum();
    let (mut same, mut pairs) = (0_u32, 0_u32);
    for patch in &patches.patches {
        for row in patch.pixels.chunks_exact(patch.width) {
            for pair in row.windows(2) {
                if coarse_index(pair[0]) != *background {
                    pairs += 1;
                    same += u32::from(pair[0].iter().zip(pair[1]).all(|(a, b)| a.abs_diff(b) <= 2));
                }
            }
        }
    }
    few * 10 >= before * 7 && same * 2 >= pairs
}

/// Reduces a colour to five bits per channel.
fn coarse_index(color: [u8; 3]) -> usize {
    color.iter().fold(0, |all, level| all << 5 | usize::from(level >> 3))
}
