//! The thumbnail for facts.

use crate::light::{FULL, LightImage, srgb8_codes, unpremultiply_alpha};

/// A small upright image in sRGB, with alpha that is not premultiplied.
pub(crate) struct FactsThumbnail {
    pub(super) light: LightImage,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<[u8; 4]>,
}

impl FactsThumbnail {
    pub(crate) fn new(light: LightImage) -> Self {
        let (width, height) = (light.width, light.height);
        let colors = light.model.channels();
        let codes = srgb8_codes();
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let row = light.row_planes(y);
            for x in 0..width {
                let alpha = if light.alpha { row[colors * width + x] } else { FULL };
                let code = |channel: usize| {
                    let light = row[channel.min(colors - 1) * width + x];
                    codes[unpremultiply_alpha(light, alpha) as usize]
                };
                let alpha = (i32::from(alpha) * 255 + i32::from(FULL) / 2) / i32::from(FULL);
                pixels.push([code(0), code(1), code(2), alpha as u8]);
            }
        }
        Self { light, width, height, pixels }
    }

    /// The colour of a pixel on white.
    pub(super) fn color_on_white(&self, index: usize) -> [u8; 3] {
        let [red, green, blue, alpha] = self.pixels[index];
        let alpha = u32::from(alpha);
        [red, green, blue]
            .map(|code| ((u32::from(code) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
    }
}

/// The luma of an sRGB colour (ITU-R BT.601).
pub(super) fn color_luma([red, green, blue]: [u8; 3]) -> u8 {
    ((u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114 + 500) / 1000) as u8
}
