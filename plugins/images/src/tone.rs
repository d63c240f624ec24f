//! Grey, and black and white.

use std::borrow::Cow;

use rikaste_plugin::image::{Color, Layout, Pixels};

use crate::light::{FULL, Light, codes8, curve8};
use crate::raster::Model;

/// Rec. ITU-R BT.709: how bright each of sRGB's primaries is, in 32,768ths.
const BRIGHTNESS: [i32; 3] = [6966, 23436, 2366];

fn brightness(red: i16, green: i16, blue: i16) -> i16 {
    let [r, g, b] = BRIGHTNESS;
    let sum = i32::from(red) * r + i32::from(green) * g + i32::from(blue) * b;
    ((sum + (1 << 14)) >> 15).min(i32::from(FULL)) as i16
}

/// A picture without its colours, as bright as it was.
pub(crate) fn grey(light: &Light) -> Cow<'_, Light> {
    if light.model == Model::Grey {
        return Cow::Borrowed(light);
    }
    let width = light.width;
    let mut data = Vec::with_capacity(width * light.height * (1 + usize::from(light.alpha)));
    for y in 0..light.height {
        let row = light.row(y);
        let (red, rest) = row.split_at(width);
        let (green, rest) = rest.split_at(width);
        let (blue, alpha) = rest.split_at(width);
        data.extend(red.iter().zip(green).zip(blue).map(|((r, g), b)| brightness(*r, *g, *b)));
        data.extend_from_slice(alpha);
    }
    Cow::Owned(Light { width, height: light.height, model: Model::Grey, alpha: light.alpha, data })
}

/// A colour without its colour.
pub(crate) fn grey_color(color: Color) -> Color {
    let light = |code: u8| curve8()[usize::from(code)];
    let grey =
        codes8()[brightness(light(color.red), light(color.green), light(color.blue)) as usize];
    Color { red: grey, green: grey, blue: grey }
}

/// Makes every pixel of a grey picture black or white, and fully transparent or not at all.
///
/// What a pixel is off by goes to its neighbours that are still to come (Floyd and Steinberg,
/// 1976), in turns from the left and from the right, so that no worms form. Light is what is
/// counted: an area of a mid grey gets as many white pixels as reflect that much.
pub(crate) fn dither(pixels: &mut Pixels) {
    let (width, curve) = (pixels.width as usize, curve8());
    let size = if pixels.layout == Layout::Grey { 1 } else { 4 };
    // A place more on each side for what goes over the edges.
    let mut here = vec![0_i32; width + 2];
    let mut below = vec![0_i32; width + 2];
    for (y, row) in pixels.bytes.chunks_exact_mut(width * size).enumerate() {
        let backwards = y % 2 == 1;
        for step in 0..width {
            let x = if backwards { width - 1 - step } else { step };
            let pixel = &mut row[x * size..(x + 1) * size];
            if size == 4 {
                pixel[3] = if pixel[3] < 128 { 0 } else { u8::MAX };
                if pixel[3] == 0 {
                    pixel.fill(0);
                    continue;
                }
            }
            let wanted = i32::from(curve[usize::from(pixel[0])]) + (here[x + 1] + 8) / 16;
            let white = wanted > i32::from(FULL) / 2;
            pixel[..size.min(3)].fill(if white { u8::MAX } else { 0 });
            let off = wanted - if white { i32::from(FULL) } else { 0 };
            let (ahead, behind) = if backwards { (x, x + 2) } else { (x + 2, x) };
            here[ahead] += off * 7;
            below[behind] += off * 3;
            below[x + 1] += off * 5;
            below[ahead] += off;
        }
        std::mem::swap(&mut here, &mut below);
        below.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(level: u8) -> Pixels {
        Pixels { width: 64, height: 64, layout: Layout::Grey, bytes: vec![level; 64 * 64] }
    }

    #[test]
    fn as_many_pixels_are_white_as_reflect_the_light() {
        for level in [0, 30, 99, 188, 230, 255] {
            let mut pixels = flat(level);
            dither(&mut pixels);
            assert!(pixels.bytes.iter().all(|byte| *byte == 0 || *byte == 255));
            let white = pixels.bytes.iter().filter(|byte| **byte == 255).count() as f64;
            let light = f64::from(curve8()[usize::from(level)]) / f64::from(FULL);
            assert!((white / 4096.0 - light).abs() < 0.01, "{level}: {white} of 4096");
        }
    }

    #[test]
    fn a_grey_is_as_bright_as_its_colour() {
        let grey = |red, green, blue| grey_color(Color { red, green, blue }).red;
        assert_eq!(grey(255, 255, 255), 255);
        assert_eq!(grey(0, 0, 0), 0);
        assert!(grey(0, 255, 0) > grey(255, 0, 0) && grey(255, 0, 0) > grey(0, 0, 255));
    }
}
