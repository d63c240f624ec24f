//! Whether a picture is a photo, a drawing or nothing.

use rikaste_plugin::image::Content;

use super::{Grains, Small};

/// Levels that a blank picture's pixels may be apart from its colour.
const NEAR: u8 = 12;

/// Colours of a drawing, beside the one behind it.
const FEW: usize = 8;

pub(super) fn of(grains: &Grains, small: &Small) -> Content {
    if is_blank(small) {
        Content::Blank
    } else if is_drawn(grains) {
        Content::Graphic
    } else {
        Content::Photo
    }
}

/// All but five of a thousand pixels are near one colour.
fn is_blank(small: &Small) -> bool {
    let mut colors: Vec<[u8; 3]> = (0..small.pixels.len()).map(|at| small.on_white(at)).collect();
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

/// Of what is before the background most is of a few colours, and most pixels are as their
/// neighbours.
fn is_drawn(grains: &Grains) -> bool {
    let mut counts = vec![0_u32; 1 << 15];
    for pixel in grains.squares.iter().flat_map(|square| &square.pixels) {
        counts[coarse(*pixel)] += 1;
    }
    let mut ranked: Vec<(usize, u32)> =
        counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let Some(((background, _), others)) = ranked.split_first() else { return false };
    let before: u32 = others.iter().map(|(_, count)| count).sum();
    let few: u32 = others.iter().take(FEW).map(|(_, count)| count).sum();
    let (mut same, mut pairs) = (0_u32, 0_u32);
    for square in &grains.squares {
        for row in square.pixels.chunks_exact(square.width) {
            for pair in row.windows(2) {
                if coarse(pair[0]) != *background {
                    pairs += 1;
                    same += u32::from(pair[0].iter().zip(pair[1]).all(|(a, b)| a.abs_diff(b) <= 2));
                }
            }
        }
    }
    few * 10 >= before * 7 && same * 2 >= pairs
}

/// A colour in five bits a channel.
fn coarse(color: [u8; 3]) -> usize {
    color.iter().fold(0, |all, level| all << 5 | usize::from(level >> 3))
}
