//! Pixels as linear light.
//!
//! Each value has fifteen bits. The darkest step of eight-bit sRGB is then ten values wide, and a
//! product with a weight fits into 32 bits. A SIMD vector holds eight values.

use std::sync::LazyLock;

use crate::raster::ColorModel;
use crate::scale::RowSource;

/// The highest amount of light, and the alpha of an opaque pixel.
pub(crate) const FULL: i16 = i16::MAX;

const STEPS: usize = FULL as usize + 1;

/// Rows from the top. Each row is a sequence of planes; alpha comes last and is premultiplied.
#[derive(Clone)]
pub(crate) struct LightImage {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) model: ColorModel,
    pub(crate) alpha: bool,
    pub(crate) data: Vec<i16>,
}

impl LightImage {
    pub(crate) fn channels(&self) -> usize {
        self.model.channels() + usize::from(self.alpha)
    }

    /// All planes of a row.
    pub(crate) fn row_planes(&self, y: usize) -> &[i16] {
        let length = self.width * self.channels();
        &self.data[y * length..(y + 1) * length]
    }
}

impl RowSource for LightImage {
    fn width(&self) -> usize {
        self.width
    }

    fn height(&self) -> usize {
        self.height
    }

    fn channels(&self) -> usize {
        Self::channels(self)
    }

    fn read_row(&self, y: usize, planes: &mut [i16], stride: usize) {
        for (to, from) in
            planes.chunks_exact_mut(stride).zip(self.row_planes(y).chunks_exact(self.width))
        {
            to[..self.width].copy_from_slice(from);
        }
    }
}

/// Decodes sRGB to linear light; both range from 0 to 1 (IEC 61966-2-1).
fn decode_srgb(code: f64) -> f64 {
    if code <= 0.040_45 { code / 12.92 } else { ((code + 0.055) / 1.055).powf(2.4) }
}

/// Encodes linear light as sRGB.
fn encode_srgb(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// The light of each eight-bit sRGB value.
pub(crate) fn srgb8_curve() -> &'static [i16; 256] {
    static CURVE: LazyLock<[i16; 256]> = LazyLock::new(|| {
        std::array::from_fn(|code| {
            (decode_srgb(code as f64 / 255.0) * f64::from(FULL)).round() as i16
        })
    });
    &CURVE
}

/// The light of each sixteen-bit sRGB value.
pub(crate) fn srgb16_curve() -> &'static [i16] {
    static CURVE: LazyLock<Vec<i16>> = LazyLock::new(|| {
        (0..=u16::MAX)
            .map(|code| (decode_srgb(f64::from(code) / 65535.0) * f64::from(FULL)).round() as i16)
            .collect()
    });
    &CURVE
}

/// The eight-bit sRGB value of each amount of light.
pub(crate) fn srgb8_codes() -> &'static [u8] {
    static CODES: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut codes = vec![0; STEPS];
        for code in 0..255_u8 {
            let next = decode_srgb((f64::from(code) + 0.5) / 255.0) * f64::from(FULL);
            codes[next.ceil() as usize..].fill(code + 1);
        }
        codes
    });
    &CODES
}

/// The sixteen-bit sRGB value of each amount of light.
pub(crate) fn srgb16_codes() -> &'static [u16] {
    static CODES: LazyLock<Vec<u16>> = LazyLock::new(|| {
        (0..STEPS)
            .map(|light| (encode_srgb(light as f64 / f64::from(FULL)) * 65535.0).round() as u16)
            .collect()
    });
    &CODES
}

/// Multiplies light by alpha.
pub(crate) fn premultiply_alpha(light: &mut [i16], alpha: &[i16]) {
    for (light, alpha) in light.iter_mut().zip(alpha) {
        let product = i32::from(*light) * i32::from(*alpha);
        *light = ((product + i32::from(FULL) / 2) / i32::from(FULL)) as i16;
    }
}

/// Divides light by alpha. A fully transparent pixel is black.
pub(crate) fn unpremultiply_alpha(light: i16, alpha: i16) -> i16 {
    if alpha <= 0 {
        return 0;
    }
    let light = (i32::from(light) * i32::from(FULL) + i32::from(alpha) / 2) / i32::from(alpha);
    light.min(i32::from(FULL)) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_survives_the_way_to_light_and_back() {
        for code in 0..=255_u8 {
            assert_eq!(srgb8_codes()[srgb8_curve()[usize::from(code)] as usize], code);
        }
        for light in 0..=FULL {
            let code = srgb16_codes()[light as usize];
            assert!((srgb16_curve()[usize::from(code)] - light).abs() <= 1, "{light}");
        }
    }

    #[test]
    fn the_darkest_step_is_several_steps_of_light() {
        assert_eq!(srgb8_curve()[1], 10);
        assert_eq!(srgb8_curve()[255], FULL);
    }
}
