//! Conversion to grey, and to black and white.

use std::borrow::Cow;

use rikaste_plugin::image::{Color, Layout, Pixels};

use crate::light::{FULL, LightImage, srgb8_codes, srgb8_curve};
use crate::raster::ColorModel;

/// Luminance of the sRGB primaries in 32,768ths (ITU-R BT.709).
const BRIGHTNESS: [i32; 3] = [6966, 23436, 2366];

fn relative_luminance(red: i16, green: i16, blue: i16) -> i16 {
    let [r, g, b] = BRIGHTNESS;
    let sum = i32::from(red) * r + i32::from(green) * g + i32::from(blue) * b;
    ((sum + (1 << 14)) >> 15).min(i32::from(FULL)) as i16
}

/// Converts an image to grey of the same luminance.
pub(crate) fn convert_to_grey(light: &LightImage) -> Cow<'_, LightImage> {
    if light.model == ColorModel::Grey {
        return Cow::Borrowed(light);
    }
    let width = light.width;
    let mut data = Vec::with_capacity(width * light.height * (1 + usize::from(light.alpha)));
    for y in 0..light.height {
        let row = light.row_planes(y);
        let (red, rest) = row.split_at(width);
        let (green, rest) = rest.split_at(width);
        let (blue, alpha) = rest.split_at(width);
        data.extend(
            red.iter().zip(green).zip(blue).map(|((r, g), b)| relative_luminance(*r, *g, *b)),
        );
        data.extend_from_slice(alpha);
    }
    Cow::Owned(LightImage {
        width,
        height: light.height,
        model: ColorModel::Grey,
        alpha: light.alpha,
        data,
    })
}

/// Converts a colour to grey of the same luminance.
pub(crate) fn convert_color_to_grey(color: Color) -> Color {
    let light = |code: u8| srgb8_curve()[usize::from(code)];
    let grey = srgb8_codes()
        [relative_luminance(light(color.red), light(color.green), light(color.blue)) as usize];
    Color { red: grey, green: grey, blue: grey }
}

/// Makes every pixel of a grey image black or white, and opaque or fully transparent.
///
/// The error of a pixel is spread over pixels that follow (Floyd and Steinberg, 1976). Rows
/// alternate in direction, which avoids visible patterns. The error is counted in light, so an area
/// keeps its brightness.
pub(crate) fn dither_to_black_and_white(pixels: &mut Pixels) {
    let (width, curve) = (pixels.width as usize, srgb8_curve());
    let size = if pixels.layout == Layout::Grey { 1 } else { 4 };
    // One place more on each side takes errors beyond the edges.
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
            dither_to_black_and_white(&mut pixels);
            assert!(pixels.bytes.iter().all(|byte| *byte == 0 || *byte == 255));
            let white = pixels.bytes.iter().filter(|byte| **byte == 255).count() as f64;
            let light = f64::from(srgb8_curve()[usize::from(level)]) / f64::from(FULL);
            assert!((white / 4096.0 - light).abs() < 0.01, "{level}: {white} of 4096");
        }
    }

    #[test]
    fn a_grey_is_as_bright_as_its_colour() {
        let grey = |red, green, blue| convert_color_to_grey(Color { red, green, blue }).red;
        assert_eq!(grey(255, 255, 255), 255);
        assert_eq!(grey(0, 0, 0), 0);
        assert!(grey(0, 255, 0) > grey(255, 0, 0) && grey(255, 0, 0) > grey(0, 0, 255));
    }
}
