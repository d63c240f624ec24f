//! Pixels as amounts of light, which can be added and halved.
//!
//! Fifteen bits hold them: the darkest step of sRGB's eight bits is ten steps of these, and two such
//! numbers fit a 32-bit product with a weight, eight of them one vector of the machine.

use std::sync::LazyLock;

use crate::raster::Model;
use crate::scale::Rows;

/// All the light there is, and the alpha of an opaque pixel.
pub(crate) const FULL: i16 = i16::MAX;

const STEPS: usize = FULL as usize + 1;

/// Rows from the top; in each, one plane after the other, alpha last and multiplied in.
#[derive(Clone)]
pub(crate) struct Light {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) model: Model,
    pub(crate) alpha: bool,
    pub(crate) data: Vec<i16>,
}

impl Light {
    pub(crate) fn channels(&self) -> usize {
        self.model.channels() + usize::from(self.alpha)
    }

    /// The planes of a row, one after the other.
    pub(crate) fn row(&self, y: usize) -> &[i16] {
        let length = self.width * self.channels();
        &self.data[y * length..(y + 1) * length]
    }
}

impl Rows for Light {
    fn width(&self) -> usize {
        self.width
    }

    fn height(&self) -> usize {
        self.height
    }

    fn channels(&self) -> usize {
        Self::channels(self)
    }

    fn read(&self, y: usize, planes: &mut [i16], stride: usize) {
        for (to, from) in planes.chunks_exact_mut(stride).zip(self.row(y).chunks_exact(self.width))
        {
            to[..self.width].copy_from_slice(from);
        }
    }
}

/// IEC 61966-2-1, from a number of 0 to 1 to light of 0 to 1.
fn to_light(code: f64) -> f64 {
    if code <= 0.040_45 { code / 12.92 } else { ((code + 0.055) / 1.055).powf(2.4) }
}

/// The other way.
fn to_code(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// The light of eight-bit sRGB numbers.
pub(crate) fn curve8() -> &'static [i16; 256] {
    static CURVE: LazyLock<[i16; 256]> = LazyLock::new(|| {
        std::array::from_fn(|code| (to_light(code as f64 / 255.0) * f64::from(FULL)).round() as i16)
    });
    &CURVE
}

/// The light of sixteen-bit sRGB numbers; 65,536 of them.
pub(crate) fn curve16() -> &'static [i16] {
    static CURVE: LazyLock<Vec<i16>> = LazyLock::new(|| {
        (0..=u16::MAX)
            .map(|code| (to_light(f64::from(code) / 65535.0) * f64::from(FULL)).round() as i16)
            .collect()
    });
    &CURVE
}

/// The eight-bit sRGB number of each amount of light.
pub(crate) fn codes8() -> &'static [u8] {
    static CODES: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut codes = vec![0; STEPS];
        for code in 0..255_u8 {
            let next = to_light((f64::from(code) + 0.5) / 255.0) * f64::from(FULL);
            codes[next.ceil() as usize..].fill(code + 1);
        }
        codes
    });
    &CODES
}

/// The sixteen-bit sRGB number of each amount of light.
pub(crate) fn codes16() -> &'static [u16] {
    static CODES: LazyLock<Vec<u16>> = LazyLock::new(|| {
        (0..STEPS)
            .map(|light| (to_code(light as f64 / f64::from(FULL)) * 65535.0).round() as u16)
            .collect()
    });
    &CODES
}

/// Multiplies alpha into light.
pub(crate) fn premultiply(light: &mut [i16], alpha: &[i16]) {
    for (light, alpha) in light.iter_mut().zip(alpha) {
        let product = i32::from(*light) * i32::from(*alpha);
        *light = ((product + i32::from(FULL) / 2) / i32::from(FULL)) as i16;
    }
}

/// Takes it out again. What is invisible is black.
pub(crate) fn unpremultiply(light: i16, alpha: i16) -> i16 {
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
            assert_eq!(codes8()[curve8()[usize::from(code)] as usize], code);
        }
        for light in 0..=FULL {
            let code = codes16()[light as usize];
            assert!((curve16()[usize::from(code)] - light).abs() <= 1, "{light}");
        }
    }

    #[test]
    fn the_darkest_step_is_several_steps_of_light() {
        assert_eq!(curve8()[1], 10);
        assert_eq!(curve8()[255], FULL);
    }
}
