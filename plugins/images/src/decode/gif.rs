//! GIF: the first frame on its canvas.

use gif::{ColorOutput, DecodeOptions, DecodingError, MemoryLimit};

use super::{DecodeError, Decoded, broken, first_of, trailing, unreadable};
use crate::format::Format;
use crate::limits;
use crate::orient::Orientation;
use crate::raster::{Model, Raster, Samples};

const CHANNELS: usize = 4;

pub(super) fn decode(photo: &[u8]) -> Result<Decoded, DecodeError> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    options.check_lzw_end_code(false);
    options.set_memory_limit(MemoryLimit::Bytes(
        (limits::MOST_PIXELS * 4).try_into().expect("it is not zero"),
    ));
    let mut decoder = options.read_info(photo).map_err(|error| reason(&error))?;
    let (width, height) = (u32::from(decoder.width()), u32::from(decoder.height()));
    limits::check_size(width, height)?;
    let frame = decoder.next_frame_info().map_err(|error| reason(&error))?;
    let Some(frame) = frame else { return Err(broken("it has no frame")) };
    let place = Place {
        left: usize::from(frame.left),
        top: usize::from(frame.top),
        width: usize::from(frame.width),
        height: usize::from(frame.height),
    };
    limits::check_size(u32::from(frame.width), u32::from(frame.height))?;
    let shown = u64::from(width) * u64::from(height);
    let drawn = place.width as u64 * place.height as u64;
    limits::check_memory(photo.len() as u64 + (shown + drawn) * CHANNELS as u64)?;
    let mut pixels = vec![0; place.width * place.height * CHANNELS];
    decoder.read_into_buffer(&mut pixels).map_err(|error| reason(&error))?;
    let mut frames = 1;
    while decoder.next_frame_info().map_err(|error| reason(&error))?.is_some() {
        frames += 1;
        if frames > limits::MOST_FRAMES {
            return Err(DecodeError::TooManyFrames);
        }
    }
    let profile = decoder.icc_profile().map(<[u8]>::to_vec);
    let mut remarks = Vec::new();
    if frames > 1 {
        remarks.push(first_of(frames));
    }
    let behind = decoder.into_inner();
    let count = behind.buffer().len() + behind.get_ref().len();
    if count > 0 {
        remarks.push(trailing(count));
    }
    let (width, height) = (width as usize, height as usize);
    Ok(Decoded {
        format: Format::Gif,
        raster: Raster {
            width,
            height,
            model: Model::Rgb,
            alpha: true,
            samples: Samples::Eight(place.on_canvas(pixels, width, height)),
        },
        orientation: Orientation::UPRIGHT,
        profile,
        frames,
        remarks,
    })
}

/// Where a frame is on its canvas.
struct Place {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Place {
    fn on_canvas(&self, pixels: Vec<u8>, width: usize, height: usize) -> Vec<u8> {
        if (self.left, self.top, self.width, self.height) == (0, 0, width, height) {
            return pixels;
        }
        let mut canvas = vec![0; width * height * CHANNELS];
        let seen = self.width.min(width.saturating_sub(self.left)) * CHANNELS;
        let lines = canvas.chunks_exact_mut(width * CHANNELS).skip(self.top);
        for (to, from) in lines.zip(pixels.chunks_exact(self.width * CHANNELS)) {
            if seen > 0 {
                to[self.left * CHANNELS..][..seen].copy_from_slice(&from[..seen]);
            }
        }
        canvas
    }
}

fn reason(error: &DecodingError) -> DecodeError {
    match error {
        DecodingError::Io(error) => unreadable(error),
        error => broken(error),
    }
}
