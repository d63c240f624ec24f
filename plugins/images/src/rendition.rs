//! Encodes linear light as the pixels of a rendition.

use std::borrow::Cow;

use rikaste_plugin::image::{Color, Layout, Pixels, Rendition, Tone};

use crate::frame::PaddedCanvas;
use crate::light::{FULL, LightImage, srgb8_codes, unpremultiply_alpha};
use crate::raster::ColorModel;
use crate::tone;

/// Encodes a scaled upright image with the requested tone and background.
pub(crate) fn encode_rendition(
    light: &LightImage,
    canvas: Option<PaddedCanvas>,
    wanted: &Rendition,
) -> Pixels {
    let (light, background) = match wanted.tone {
        Tone::Color => (Cow::Borrowed(light), wanted.background),
        Tone::Grey | Tone::BlackAndWhite => {
            (tone::convert_to_grey(light), wanted.background.map(tone::convert_color_to_grey))
        }
    };
    let mut pixels = render_color(&light, canvas, background);
    if wanted.tone == Tone::BlackAndWhite {
        tone::dither_to_black_and_white(&mut pixels);
    }
    pixels
}

fn render_color(
    light: &LightImage,
    canvas: Option<PaddedCanvas>,
    background: Option<Color>,
) -> Pixels {
    let (width, height) = (light.width, light.height);
    let layout = choose_layout(light, canvas, background);
    let size = match layout {
        Layout::Grey => 1,
        Layout::Rgb => 3,
        Layout::Rgba => 4,
    };
    let is_beside = canvas.is_some();
    let canvas = canvas.unwrap_or(PaddedCanvas { width, height, left: 0, top: 0 });
    let around = background.map_or([0; 4], |Color { red, green, blue }| [red, green, blue, 0]);
    let mut bytes = vec![0; canvas.width * canvas.height * size];
    if size < 4 && is_beside {
        bytes.chunks_exact_mut(size).for_each(|pixel| pixel.copy_from_slice(&around[..size]));
    }
    let lines = bytes.chunks_exact_mut(canvas.width * size).skip(canvas.top).take(height);
    for (y, line) in lines.enumerate() {
        let line = &mut line[canvas.left * size..][..width * size];
        RowPlanes::new(light, y).write_pixels(line, size, around);
    }
    Pixels { width: canvas.width as u32, height: canvas.height as u32, layout, bytes }
}

/// Chooses the layout with the fewest channels.
fn choose_layout(
    light: &LightImage,
    canvas: Option<PaddedCanvas>,
    background: Option<Color>,
) -> Layout {
    let shows_background = light.alpha || canvas.is_some();
    match background {
        None if shows_background => Layout::Rgba,
        Some(Color { red, green, blue }) if shows_background && (red != green || red != blue) => {
            Layout::Rgb
        }
        _ if light.model == ColorModel::Grey => Layout::Grey,
        _ => Layout::Rgb,
    }
}

/// The planes of one row.
struct RowPlanes<'a> {
    colors: &'a [i16],
    alpha: Option<&'a [i16]>,
    width: usize,
}

impl<'a> RowPlanes<'a> {
    fn new(light: &'a LightImage, y: usize) -> Self {
        let (colors, alpha) = light.row_planes(y).split_at(light.width * light.model.channels());
        Self { colors, alpha: light.alpha.then_some(alpha), width: light.width }
    }

    /// Writes three channels in one pass, which is the common case.
    fn write_rgb(&self, line: &mut [u8], codes: &[u8]) {
        let (red, rest) = self.colors.split_at(self.width);
        let (green, blue) = rest.split_at(self.width);
        let pixels = line.as_chunks_mut::<3>().0.iter_mut();
        for (((pixel, red), green), blue) in pixels.zip(red).zip(green).zip(blue) {
            *pixel = [red, green, blue].map(|light| codes[*light as usize]);
        }
    }

    /// Writes pixels of `size` bytes. Pixels of four bytes have alpha; all others are blended with
    /// the background.
    fn write_pixels(&self, line: &mut [u8], size: usize, background: [u8; 4]) {
        let codes = srgb8_codes();
        if self.alpha.is_none() && size == 3 && self.colors.len() == 3 * self.width {
            return self.write_rgb(line, codes);
        }
        let last = self.colors.len() / self.width - 1;
        for (channel, back) in background.into_iter().take(size.min(3)).enumerate() {
            let plane = &self.colors[channel.min(last) * self.width..][..self.width];
            let to = line.iter_mut().skip(channel).step_by(size);
            match self.alpha {
                None => to.zip(plane).for_each(|(to, light)| *to = codes[*light as usize]),
                Some(alpha) => {
                    for ((to, light), alpha) in to.zip(plane).zip(alpha) {
                        let code = codes[unpremultiply_alpha(*light, *alpha) as usize];
                        *to = if size == 4 { code } else { blend_over(code, back, *alpha) };
                    }
                }
            }
        }
        if size == 4 {
            let to = line.iter_mut().skip(3).step_by(4);
            match self.alpha {
                None => to.for_each(|to| *to = u8::MAX),
                Some(alpha) => {
                    to.zip(alpha).for_each(|(to, alpha)| *to = blend_over(u8::MAX, 0, *alpha))
                }
            }
        }
    }
}

/// Blends one value over another. It mixes sRGB values and not light, as browsers and design
/// programs do.
fn blend_over(front: u8, back: u8, alpha: i16) -> u8 {
    let (alpha, full) = (i32::from(alpha), i32::from(FULL));
    ((i32::from(front) * alpha + i32::from(back) * (full - alpha) + full / 2) / full) as u8
}
