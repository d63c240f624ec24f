//! Turning pictures upright.

use crate::light::Light;

/// How the pixels are to be turned to be seen upright, as in EXIF: 1 is as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Orientation(u8);

impl Orientation {
    pub(crate) const UPRIGHT: Self = Self(1);

    /// `None` for a value that EXIF does not have.
    pub(crate) fn from_exif(value: u32) -> Option<Self> {
        (1..=8).contains(&value).then_some(Self(value as u8))
    }

    pub(crate) fn number(self) -> u8 {
        self.0
    }

    /// Width and height, turned. It is its own reverse.
    pub(crate) fn turned<T>(self, (width, height): (T, T)) -> (T, T) {
        if self.0 >= 5 { (height, width) } else { (width, height) }
    }

    /// Turns a picture upright.
    pub(crate) fn apply(self, stored: Light) -> Light {
        if self == Self::UPRIGHT {
            return stored;
        }
        let (width, height) = self.turned((stored.width, stored.height));
        let channels = stored.channels();
        let mut data = vec![0; stored.data.len()];
        for (y, row) in data.chunks_exact_mut(width * channels).enumerate() {
            for (channel, plane) in row.chunks_exact_mut(width).enumerate() {
                for (x, light) in plane.iter_mut().enumerate() {
                    let (column, line) = self.origin(x, y, &stored);
                    *light = stored.data[(line * channels + channel) * stored.width + column];
                }
            }
        }
        Light { width, height, data, ..stored }
    }

    /// Where an upright pixel is stored.
    fn origin(self, x: usize, y: usize, stored: &Light) -> (usize, usize) {
        let (right, bottom) = (stored.width - 1, stored.height - 1);
        match self.0 {
            2 => (right - x, y),
            3 => (right - x, bottom - y),
            4 => (x, bottom - y),
            5 => (y, x),
            6 => (y, bottom - x),
            7 => (right - y, bottom - x),
            8 => (right - y, x),
            _ => (x, y),
        }
    }
}
