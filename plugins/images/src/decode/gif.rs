//! GIF: the first frame on its canvas.

use gif::{DecodeOptions, DecodingError};
use image::ImageFormat;

use super::image_crate::{ImageContent, open_image, read_content};
use super::{DecodeError, Decoded, broken, first_of, trailing, unreadable};
use crate::format::Format;
use crate::limits;

/// Bytes of a decoded pixel.
const PIXEL: u64 = 4;

pub(super) fn decode(photo: &[u8]) -> Result<Decoded, DecodeError> {
    let blocks = GifBlocks::read(photo)?;
    let drawn = blocks.first_pixels * PIXEL;
    let decoder = open_image(photo, ImageFormat::Gif, drawn)?;
    let ImageContent { raster, orientation, profile } =
        read_content(decoder, photo.len() as u64 + drawn)?;
    let mut remarks = Vec::new();
    if blocks.frames > 1 {
        remarks.push(first_of(blocks.frames));
    }
    if blocks.trailing > 0 {
        remarks.push(trailing(blocks.trailing));
    }
    Ok(Decoded {
        format: Format::Gif,
        raster,
        orientation,
        profile,
        frames: blocks.frames,
        remarks,
    })
}

/// What `image` does not tell of the blocks: whether all are there (test
/// `what_ends_too_early_is_refused_at_every_byte`), the number of frames (test
/// `frames_are_counted`), and what follows (test `bytes_behind_a_picture_are_told`).
struct GifBlocks {
    /// Pixels of the first frame.
    first_pixels: u64,
    frames: u32,
    /// Bytes behind the last block.
    trailing: usize,
}

impl GifBlocks {
    fn read(photo: &[u8]) -> Result<Self, DecodeError> {
        let mut options = DecodeOptions::new();
        options.skip_frame_decoding(true);
        let mut decoder = options.read_info(photo).map_err(convert_error)?;
        limits::check_size(decoder.width().into(), decoder.height().into())?;
        let (mut first_pixels, mut frames) = (0, 0);
        while let Some(frame) = decoder.next_frame_info().map_err(convert_error)? {
            if frames == 0 {
                limits::check_size(frame.width.into(), frame.height.into())?;
                first_pixels = u64::from(frame.width) * u64::from(frame.height);
            }
            frames += 1;
            if frames > limits::MOST_FRAMES {
                return Err(DecodeError::TooManyFrames);
            }
        }
        if frames == 0 {
            return Err(broken("it has no frame"));
        }
        let behind = decoder.into_inner();
        Ok(Self { first_pixels, frames, trailing: behind.buffer().len() + behind.get_ref().len() })
    }
}

fn convert_error(error: DecodingError) -> DecodeError {
    match error {
        DecodingError::Io(error) => unreadable(&error),
        error => broken(error),
    }
}
