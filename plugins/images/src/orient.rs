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

    /// Turned like this, and then like another.
    pub(crate) fn then(self, next: Self) -> Self {
        let same = |turned: &Self| {
            // Three corners tell all eight apart.
            [(0, 0), (1, 0), (0, 1)].into_iter().all(|corner| {
                let (x, y) = next.origin(corner, (1, 1));
                turned.origin(corner, (1, 1)) == self.origin((x, y), (1, 1))
            })
        };
        (1..=8).map(Self).find(same).unwrap_or(Self::UPRIGHT)
    }

    /// Turns a picture upright.
    pub(crate) fn apply(self, stored: Light) -> Light {
        if self == Self::UPRIGHT {
            return stored;
        }
        let (width, height) = self.turned((stored.width, stored.height));
        let channels = stored.channels();
        let last = (stored.width - 1, stored.height - 1);
        let mut data = vec![0; stored.data.len()];
        for (y, row) in data.chunks_exact_mut(width * channels).enumerate() {
            for (channel, plane) in row.chunks_exact_mut(width).enumerate() {
                for (x, light) in plane.iter_mut().enumerate() {
                    let (column, line) = self.origin((x, y), last);
                    *light = stored.data[(line * channels + channel) * stored.width + column];
                }
            }
        }
        Light { width, height, data, ..stored }
    }

    /// Where an upright pixel is stored, in a picture whose last pixel is this.
    fn origin(self, (x, y): (usize, usize), (right, bottom): (usize, usize)) -> (usize, usize) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_turn_after_another() {
        for (first, then, both) in [
            (1, 7, 7),
            (6, 6, 3),
            (6, 8, 1),
            (8, 8, 3),
            (2, 4, 3),
            // Stored the other way round and turned is not the same as turned and mirrored.
            (6, 2, 5),
            (2, 6, 7),
            (8, 4, 5),
        ] {
            assert_eq!(Orientation(first).then(Orientation(then)).0, both, "{first} {then}");
        }
    }
}
