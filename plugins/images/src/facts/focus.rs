//! The focal point of a photo.
//!
//! A pixel attracts attention by its difference from the border, by edges, by saturation and by
//! skin colour. The focal point is the centre of attention. It is the middle of the photo if
//! nothing stands out.

use rikaste_plugin::image::Point;

use super::{FactsThumbnail, thumbnail};

/// Weights of the difference from the border, of edges, of saturation and of skin colour.
const BORDER: f32 = 1.0;
const EDGE: f32 = 0.8;
const SATURATION: f32 = 0.3;
const SKIN: f32 = 1.2;

/// Attention below this value belongs to the background.
const FLOOR: f32 = 0.12;

/// The mean attention below which nothing stands out.
const FAINT: f32 = 0.0003;

pub(super) fn find_focus(thumbnail: &FactsThumbnail) -> Point {
    let colors: Vec<[u8; 3]> =
        (0..thumbnail.pixels.len()).map(|at| thumbnail.color_on_white(at)).collect();
    let border = border_color(thumbnail, &colors);
    let (mut sum, mut across, mut down) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (index, color) in colors.iter().enumerate() {
        let (x, y) = (index % thumbnail.width, index / thumbnail.width);
        let draw = measure_attention(thumbnail, &colors, index, *color, border)
            * f32::from(thumbnail.pixels[index][3])
            / 255.0;
        let draw = f64::from((draw - FLOOR).max(0.0));
        sum += draw;
        across += draw * (x as f64 + 0.5) / thumbnail.width as f64;
        down += draw * (y as f64 + 0.5) / thumbnail.height as f64;
    }
    if sum < f64::from(FAINT) * colors.len() as f64 {
        return Point { x: 500, y: 500 };
    }
    let thousandths = |at: f64| (at / sum * 1000.0).round() as u16;
    Point { x: thousandths(across), y: thousandths(down) }
}

/// The mean colour along the border.
fn border_color(thumbnail: &FactsThumbnail, colors: &[[u8; 3]]) -> [f32; 3] {
    let (right, bottom) = (thumbnail.width - 1, thumbnail.height - 1);
    let mut sums = [0_u32; 3];
    let mut count = 0;
    for (index, color) in colors.iter().enumerate() {
        let (x, y) = (index % thumbnail.width, index / thumbnail.width);
        if x == 0 || y == 0 || x == right || y == bottom {
            sums.iter_mut().zip(color).for_each(|(sum, level)| *sum += u32::from(*level));
            count += 1;
        }
    }
    sums.map(|sum| sum as f32 / count as f32)
}

fn measure_attention(
    thumbnail: &FactsThumbnail,
    colors: &[[u8; 3]],
    index: usize,
    color: [u8; 3],
    border: [f32; 3],
) -> f32 {
    let difference = color
        .iter()
        .zip(border)
        .map(|(level, border)| (f32::from(*level) - border).abs() / 255.0)
        .fold(0.0, f32::max);
    let (x, width) = (index % thumbnail.width, thumbnail.width);
    let at = |index: usize| f32::from(thumbnail::color_luma(colors[index]));
    let (left, right) =
        (if x > 0 { index - 1 } else { index }, if x + 1 < width { index + 1 } else { index });
    let (up, down) = (
        index.checked_sub(width).unwrap_or(index),
        if index + width < colors.len() { index + width } else { index },
    );
    let edge = (4.0 * at(index) - at(left) - at(right) - at(up) - at(down)).abs() / 255.0;
    BORDER * difference
        + EDGE * edge.min(1.0)
        + SATURATION * color_saturation(color) * difference
        + SKIN * skin_likeness(color) * difference
}

fn color_saturation(color: [u8; 3]) -> f32 {
    let most = f32::from(*color.iter().max().expect("there are three"));
    let least = f32::from(*color.iter().min().expect("there are three"));
    if most < 32.0 { 0.0 } else { (most - least) / most }
}

/// How near a colour is to human skin. Skin has nearly the same hue for all people and differs in
/// brightness.
fn skin_likeness([red, green, blue]: [u8; 3]) -> f32 {
    let [red, green, blue] = [red, green, blue].map(f32::from);
    let length = (red * red + green * green + blue * blue).sqrt();
    if length < 60.0 {
        return 0.0;
    }
    let [r, g, b] = [red / length - 0.78, green / length - 0.50, blue / length - 0.37];
    (1.0 - (r * r + g * g + b * b).sqrt() / 0.12).max(0.0)
}
