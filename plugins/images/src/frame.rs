//! Which part of a picture goes where in a rendition.

use rikaste_plugin::image::{Fit, Point, Rendition};

use crate::decode::DecodeError;
use crate::limits;

/// How a rendition is made of an upright picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Plan {
    /// The part of the picture that is shown.
    pub(crate) part: Part,
    /// Pixels that it is scaled to.
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// What it is put on, where that is larger.
    pub(crate) canvas: Option<Canvas>,
}

/// A part of a picture; 1 is its whole width or height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Part {
    pub(crate) const ALL: Self = Self { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };
}

/// Pixels around a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Canvas {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) left: usize,
    pub(crate) top: usize,
}

impl Plan {
    /// For an upright picture of this size.
    pub(crate) fn new(
        wanted: &Rendition,
        (width, height): (usize, usize),
        focus: Point,
    ) -> Result<Self, DecodeError> {
        let within =
            |side: Option<u32>| side.is_none_or(|s| (1..=limits::LONGEST_FRAME).contains(&s));
        if !within(wanted.width) || !within(wanted.height) {
            return Err(DecodeError::Rendition("its sides are to be 1 to 8,192 pixels"));
        }
        let size = (width as u64, height as u64);
        let frame = (wanted.width.map(u64::from), wanted.height.map(u64::from));
        match (wanted.fit, frame) {
            (Fit::Inside, frame) => Ok(inside(size, frame, wanted.enlarge)),
            (Fit::Pad, (Some(across), Some(down))) => {
                let plan = inside(size, frame, wanted.enlarge);
                Ok(plan.on_canvas(across as usize, down as usize))
            }
            (Fit::Crop, (Some(across), Some(down))) => {
                Ok(crop(size, (across, down), wanted.enlarge, focus))
            }
            _ => Err(DecodeError::Rendition(
                "to be padded or cropped, it needs a width and a height",
            )),
        }
    }

    fn on_canvas(self, width: usize, height: usize) -> Self {
        let canvas = Canvas {
            width,
            height,
            left: (width - self.width) / 2,
            top: (height - self.height) / 2,
        };
        let is_full = (self.width, self.height) == (width, height);
        Self { canvas: (!is_full).then_some(canvas), ..self }
    }

    /// How much larger the picture becomes along its sides.
    pub(crate) fn scale(&self, (width, height): (usize, usize)) -> (f64, f64) {
        (
            self.width as f64 / (self.part.width * width as f64),
            self.height as f64 / (self.part.height * height as f64),
        )
    }

    /// Pixels that come out.
    pub(crate) fn size(&self) -> (usize, usize) {
        self.canvas.map_or((self.width, self.height), |canvas| (canvas.width, canvas.height))
    }
}

/// `side` times `of` by `by`, to the nearest pixel, halves up, and at least one.
fn portion(side: u64, of: u64, by: u64) -> u64 {
    ((2 * side * of + by) / (2 * by)).max(1)
}

type Sides = (u64, u64);

fn inside(size: Sides, frame: (Option<u64>, Option<u64>), enlarge: bool) -> Plan {
    let (width, height) = size;
    let (across, down) = match frame {
        (None, None) => size,
        (Some(across), None) => (across, portion(height, across, width)),
        (None, Some(down)) => (portion(width, down, height), down),
        (Some(across), Some(down)) if across * height <= down * width => {
            (across, portion(height, across, width))
        }
        (Some(_), Some(down)) => (portion(width, down, height), down),
    };
    let (across, down) =
        if !enlarge && (across > width || down > height) { size } else { (across, down) };
    Plan { part: Part::ALL, width: across as usize, height: down as usize, canvas: None }
}

fn crop(size: Sides, frame: Sides, enlarge: bool, focus: Point) -> Plan {
    // Whether the picture's whole width is shown, or its whole height.
    let is_wide = frame.0 * size.1 >= frame.1 * size.0;
    let is_enlarged = if is_wide { frame.0 > size.0 } else { frame.1 > size.1 };
    let (out_width, out_height) = if !is_enlarged || enlarge {
        frame
    } else if is_wide {
        (size.0, portion(size.0, frame.1, frame.0))
    } else {
        (portion(size.1, frame.0, frame.1), size.1)
    };
    let (width, height) = (size.0 as f64, size.1 as f64);
    // In the picture's pixels, the largest part of the frame's shape.
    let needed = if is_wide { frame.0 as f64 / width } else { frame.1 as f64 / height };
    let (across, down) = (frame.0 as f64 / needed, frame.1 as f64 / needed);
    let is_unscaled = (out_width, out_height) != frame || needed == 1.0;
    // The focal point in the middle, as far as the picture goes.
    let start = |focus: u16, part: f64, side: f64| {
        let middle = f64::from(focus.min(1000)) / 1000.0 * side;
        (middle - part / 2.0).clamp(0.0, (side - part).max(0.0))
    };
    let (left, top) = (start(focus.x, across, width), start(focus.y, down, height));
    // Unscaled pixels are taken as they are, not between two of them.
    let snap = |at: f64| if is_unscaled { at.round() } else { at };
    Plan {
        part: Part {
            left: snap(left) / width,
            top: snap(top) / height,
            width: (across / width).min(1.0),
            height: (down / height).min(1.0),
        },
        width: out_width as usize,
        height: out_height as usize,
        canvas: None,
    }
}

#[cfg(test)]
mod tests;
