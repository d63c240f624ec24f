//! From light to the bytes of a rendition.

use std::borrow::Cow;

use rikaste_plugin::image::{Color, Layout, Pixels, Rendition, Tone};

use crate::frame::Canvas;
use crate::light::{FULL, Light, codes8, unpremultiply};
use crate::raster::Model;
use crate::tone;

/// Encodes a scaled upright picture as it is wanted.
pub(crate) fn encode(light: &Light, canvas: Option<Canvas>, wanted: &Rendition) -> Pixels {
    let (light, background) = match wanted.tone {
        Tone::Color => (Cow::Borrowed(light), wanted.background),
        Tone::Grey | Tone::BlackAndWhite => {
            (tone::grey(light), wanted.background.map(tone::grey_color))
        }
    };
    let mut pixels = plain(&light, canvas, background);
    if wanted.tone == Tone::BlackAndWhite {
        tone::dither(&mut pixels);
    }
    pixels
}

fn plain(light: &Light, canvas: Option<Canvas>, background: Option<Color>) -> Pixels {
    let (width, height) = (light.width, light.height);
    let layout = layout(light, canvas, background);
    let size = match layout {
        Layout::Grey => 1,
        Layout::Rgb => 3,
        Layout::Rgba => 4,
    };
    let is_beside = canvas.is_some();
    let canvas = canvas.unwrap_or(Canvas { width, height, left: 0, top: 0 });
    let around = background.map_or([0; 4], |Color { red, green, blue }| [red, green, blue, 0]);
    let mut bytes = vec![0; canvas.width * canvas.height * size];
    if size < 4 && is_beside {
        bytes.chunks_exact_mut(size).for_each(|pixel| pixel.copy_from_slice(&around[..size]));
    }
    let lines = bytes.chunks_exact_mut(canvas.width * size).skip(canvas.top).take(height);
    for (y, line) in lines.enumerate() {
        let line = &mut line[canvas.left * size..][..width * size];
        Row::new(light, y).write(line, size, around);
    }
    Pixels { width: canvas.width as u32, height: canvas.height as u32, layout, bytes }
}

/// The fewest channels that hold what is wanted.
fn layout(light: &Light, canvas: Option<Canvas>, background: Option<Color>) -> Layout {
    let shows_background = light.alpha || canvas.is_some();
    match background {
        None if shows_background => Layout::Rgba,
        Some(Color { red, green, blue }) if shows_background && (red != green || red != blue) => {
            Layout::Rgb
        }
        _ if light.model == Model::Grey => Layout::Grey,
        _ => Layout::Rgb,
    }
}

/// The planes of a row.
struct Row<'a> {
    colors: &'a [i16],
    alpha: Option<&'a [i16]>,
    width: usize,
}

impl<'a> Row<'a> {
    fn new(light: &'a Light, y: usize) -> Self {
        let (colors, alpha) = light.row(y).split_at(light.width * light.model.channels());
        Self { colors, alpha: light.alpha.then_some(alpha), width: light.width }
    }

    /// What nearly every photo has, in one go.
    fn write_three(&self, line: &mut [u8], codes: &[u8]) {
        let (red, rest) = self.colors.split_at(self.width);
        let (green, blue) = rest.split_at(self.width);
        let pixels = line.as_chunks_mut::<3>().0.iter_mut();
        for (((pixel, red), green), blue) in pixels.zip(red).zip(green).zip(blue) {
            *pixel = [red, green, blue].map(|light| codes[*light as usize]);
        }
    }

    /// Writes pixels of so many bytes: with four of them the last is alpha, otherwise they are put
    /// on a background.
    fn write(&self, line: &mut [u8], size: usize, background: [u8; 4]) {
        let codes = codes8();
        if self.alpha.is_none() && size == 3 && self.colors.len() == 3 * self.width {
            return self.write_three(line, codes);
        }
        let last = self.colors.len() / self.width - 1;
        for (channel, back) in background.into_iter().take(size.min(3)).enumerate() {
            let plane = &self.colors[channel.min(last) * self.width..][..self.width];
            let to = line.iter_mut().skip(channel).step_by(size);
            match self.alpha {
                None => to.zip(plane).for_each(|(to, light)| *to = codes[*light as usize]),
                Some(alpha) => {
                    for ((to, light), alpha) in to.zip(plane).zip(alpha) {
                        let code = codes[unpremultiply(*light, *alpha) as usize];
                        *to = if size == 4 { code } else { over(code, back, *alpha) };
                    }
                }
            }
        }
        if size == 4 {
            let to = line.iter_mut().skip(3).step_by(4);
            match self.alpha {
                None => to.for_each(|to| *to = u8::MAX),
                Some(alpha) => to.zip(alpha).for_each(|(to, alpha)| *to = over(u8::MAX, 0, *alpha)),
            }
        }
    }
}

/// One number over another. Not light is mixed but sRGB's numbers, as browsers and the programs
/// of designers do: shadows look as they were drawn.
fn over(front: u8, back: u8, alpha: i16) -> u8 {
    let (alpha, full) = (i32::from(alpha), i32::from(FULL));
    ((i32::from(front) * alpha + i32::from(back) * (full - alpha) + full / 2) / full) as u8
}
