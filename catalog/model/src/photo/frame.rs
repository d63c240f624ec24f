//! Frames: how large a picture is, and how a photo gets into it.

use serde::{Deserialize, Serialize};

use super::Color;

/// Size and shape of a picture that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RenditionFrame {
    /// In pixels; none: as wide as it gets, with [`FitMode::Inside`] only.
    pub width: Option<u32>,
    /// In pixels; none: as high as it gets, with [`FitMode::Inside`] only.
    pub height: Option<u32>,
    /// How a photo gets into it.
    pub fit: FitMode,
    /// What is behind transparent pixels and beside a padded photo; none: both are transparent.
    pub background: Option<Color>,
    /// In which colours.
    pub tone: ColorMode,
    /// Whether a photo smaller than the frame is enlarged.
    pub enlarge: bool,
}

/// How a photo gets into a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FitMode {
    /// As large as goes in, in its own shape.
    #[default]
    Inside,
    /// All of it in the middle, and background beside it.
    Pad,
    /// The frame is full, the rest is cut off; the focal point stays.
    Crop,
}

/// In which colours a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColorMode {
    /// All.
    #[default]
    Color,
    /// Greys.
    Grey,
    /// Black and white, dithered: for electronic paper.
    BlackAndWhite,
}

impl RenditionFrame {
    /// The longest side of a picture that can be wanted, in pixels.
    pub const MAX_SIDE: u32 = 8_192;

    /// As wide as this, in the photo's own shape.
    #[must_use]
    pub const fn with_width(width: u32) -> Self {
        Self {
            width: Some(width),
            height: None,
            fit: FitMode::Inside,
            background: None,
            tone: ColorMode::Color,
            enlarge: false,
        }
    }

    /// How large the picture of a photo of this size is: the rule that `wit/` has for every plugin.
    #[must_use]
    pub fn compute_size(&self, (width, height): (u32, u32)) -> (u32, u32) {
        let (wide, high) = (self.width.unwrap_or(u32::MAX), self.height.unwrap_or(u32::MAX));
        match self.fit {
            FitMode::Pad => (wide, high),
            FitMode::Inside => {
                let is_smaller = width <= wide && height <= high;
                if is_smaller && !self.enlarge {
                    return (width, height);
                }
                scale_to_fit((width, height), (wide, high))
            }
            FitMode::Crop => {
                let covers = width >= wide && height >= high;
                if covers || self.enlarge {
                    return (wide, high);
                }
                scale_to_fit((wide, high), (width, height))
            }
        }
    }
}

/// The largest size of the shape of `from` inside `into`: one side is that of `into`, the other is
/// rounded to the nearest pixel, halves up, and at least 1.
fn scale_to_fit(from: (u32, u32), into: (u32, u32)) -> (u32, u32) {
    let ((w, h), (wide, high)) = (from, into);
    let (w, h, wide, high) = (u128::from(w), u128::from(h), u128::from(wide), u128::from(high));
    let side = |of: u128, to: u128, by: u128| ((2 * of * to + by) / (2 * by)).max(1);
    let (w, h) =
        if wide * h <= high * w { (wide, side(h, wide, w)) } else { (side(w, high, h), high) };
    (w.min(wide) as u32, h.min(high) as u32)
}
