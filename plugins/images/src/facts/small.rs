//! The small copy that facts are found on.

use crate::light::{FULL, Light, codes8, unpremultiply};

/// A small upright picture in sRGB, alpha not multiplied in.
pub(crate) struct Small {
    pub(super) light: Light,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<[u8; 4]>,
}

impl Small {
    pub(crate) fn new(light: Light) -> Self {
        let (width, height) = (light.width, light.height);
        let colors = light.model.channels();
        let codes = codes8();
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let row = light.row(y);
            for x in 0..width {
                let alpha = if light.alpha { row[colors * width + x] } else { FULL };
                let code = |channel: usize| {
                    let light = row[channel.min(colors - 1) * width + x];
                    codes[unpremultiply(light, alpha) as usize]
                };
                let alpha = (i32::from(alpha) * 255 + i32::from(FULL) / 2) / i32::from(FULL);
                pixels.push([code(0), code(1), code(2), alpha as u8]);
            }
        }
        Self { light, width, height, pixels }
    }

    /// A pixel as it looks on white.
    pub(super) fn on_white(&self, index: usize) -> [u8; 3] {
        let [red, green, blue, alpha] = self.pixels[index];
        let alpha = u32::from(alpha);
        [red, green, blue]
            .map(|code| ((u32::from(code) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
    }
}

/// How bright a colour looks, in sRGB's numbers: Rec. ITU-R BT.601.
pub(super) fn luma([red, green, blue]: [u8; 3]) -> u8 {
    ((u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114 + 500) / 1000) as u8
}
