//! The geometry of a rendition: which area of a photo is shown, and at what size.

use rikaste_plugin::image::{Fit, Point, Rendition};

use crate::decode::DecodeError;
use crate::limits;

/// How a rendition is made of an upright photo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RenditionPlan {
    /// The area of the photo that is shown.
    pub(crate) area: RelativeArea,
    /// The size to which the area is scaled, in pixels.
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// The canvas around the scaled area, if it is larger.
    pub(crate) canvas: Option<PaddedCanvas>,
}

/// An area of a photo, in fractions of its width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RelativeArea {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl RelativeArea {
    pub(crate) const ALL: Self = Self { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };
}

/// A canvas that is larger than the image on it, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PaddedCanvas {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) left: usize,
    pub(crate) top: usize,
}

impl RenditionPlan {
    /// Plans the rendition of an upright photo of this size.
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
            (Fit::Inside, frame) => Ok(plan_inside(size, frame, wanted.enlarge)),
            (Fit::Pad, (Some(across), Some(down))) => {
                let plan = plan_inside(size, frame, wanted.enlarge);
                Ok(plan.pad_to(across as usize, down as usize))
            }
            (Fit::Crop, (Some(across), Some(down))) => {
                Ok(plan_crop(size, (across, down), wanted.enlarge, focus))
            }
            _ => Err(DecodeError::Rendition(
                "to be padded or cropped, it needs a width and a height",
            )),
        }
    }

    fn pad_to(self, width: usize, height: usize) -> Self {
        let canvas = PaddedCanvas {
            width,
            height,
            left: (width - self.width) / 2,
            top: (height - self.height) / 2,
        };
        let is_full = (self.width, self.height) == (width, height);
        Self { canvas: (!is_full).then_some(canvas), ..self }
    }

    /// The factors by which width and height are scaled.
    pub(crate) fn scale_factors(&self, (width, height): (usize, usize)) -> (f64, f64) {
        (
            self.width as f64 / (self.area.width * width as f64),
            self.height as f64 / (self.area.height * height as f64),
        )
    }

    /// The size of the rendition in pixels.
    pub(crate) fn output_size(&self) -> (usize, usize) {
        self.canvas.map_or((self.width, self.height), |canvas| (canvas.width, canvas.height))
    }
}

/// Scales a side by `of / by`. The result is rounded to the nearest pixel and at least one.
fn scale_side(side: u64, of: u64, by: u64) -> u64 {
    ((2 * side * of + by) / (2 * by)).max(1)
}

type PixelSize = (u64, u64);

fn plan_inside(size: PixelSize, frame: (Option<u64>, Option<u64>), enlarge: bool) -> RenditionPlan {
    let (width, height) = size;
    let (across, down) = match frame {
        (None, None) => size,
        (Some(across), None) => (across, scale_side(height, across, width)),
        (None, Some(down)) => (scale_side(width, down, height), down),
        (Some(across), Some(down)) if across * height <= down * width => {
            (across, scale_side(height, across, width))
        }
        (Some(_), Some(down)) => (scale_side(width, down, height), down),
    };
    let (across, down) =
        if !enlarge && (across > width || down > height) { size } else { (across, down) };
    RenditionPlan {
        area: RelativeArea::ALL,
        width: across as usize,
        height: down as usize,
        canvas: None,
    }
}

fn plan_crop(size: PixelSize, frame: PixelSize, enlarge: bool, focus: Point) -> RenditionPlan {
    // Whether the whole width of the photo is shown, or its whole height.
    let is_wide = frame.0 * size.1 >= frame.1 * size.0;
    let is_enlarged = if is_wide { frame.0 > size.0 } else { frame.1 > size.1 };
    let (out_width, out_height) = if !is_enlarged || enlarge {
        frame
    } else if is_wide {
        (size.0, scale_side(size.0, frame.1, frame.0))
    } else {
        (scale_side(size.1, frame.0, frame.1), size.1)
    };
    let (width, height) = (size.0 as f64, size.1 as f64);
    // The largest area with the shape of the frame, in pixels of the photo.
    let needed = if is_wide { frame.0 as f64 / width } else { frame.1 as f64 / height };
    let (across, down) = (frame.0 as f64 / needed, frame.1 as f64 / needed);
    let is_unscaled = (out_width, out_height) != frame || needed == 1.0;
    // Centres the area on the focal point, within the photo.
    let start = |focus: u16, part: f64, side: f64| {
        let middle = f64::from(focus.min(1000)) / 1000.0 * side;
        (middle - part / 2.0).clamp(0.0, (side - part).max(0.0))
    };
    let (left, top) = (start(focus.x, across, width), start(focus.y, down, height));
    // An unscaled area starts at a whole pixel.
    let snap = |at: f64| if is_unscaled { at.round() } else { at };
    RenditionPlan {
        area: RelativeArea {
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
