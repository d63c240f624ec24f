//! GIF: the first frame on its canvas.

use gif::{DecodeOptions, DecodingError};
use image::ImageFormat;

use super::image_crate::{ImageContent, open_image, read_content};
use super::{
    DecodeError, DecodedPhoto, broken_photo, convert_io_error, warn_first_frame,
    warn_trailing_bytes,
};
use crate::format::PhotoFormat;
use crate::limits;

/// Bytes of a decoded pixel.
const PIXEL: u64 = 4;

pub(super) fn decode_gif(photo: &[u8]) -> Result<DecodedPhoto, DecodeError> {
    let blocks = GifBlocks::read_blocks(photo)?;
    let drawn = blocks.first_pixels * PIXEL;
    let decoder = open_image(photo, ImageFormat::Gif, drawn)?;
    let ImageContent { raster, orientation, profile } =
        read_content(decoder, photo.len() as u64 + drawn)?;
    let mut remarks = Vec::new();
    if blocks.frames > 1 {
        remarks.push(warn_first_frame(blocks.frames));
    }
    if blocks.trailing > 0 {
        remarks.push(warn_trailing_bytes(blocks.trailing));
    }
    Ok(DecodedPhoto {
        format: PhotoFormat::Gif,
        raster,
        orientation,
        profile,
        frames: blocks.frames,
        remarks,
    })
}

/// What `image` does not report of the blocks. It counts no frames (test `frames_are_counted`). It
/// notices neither a missing end (test `what_ends_too_early_is_refused_at_every_byte`) nor trailing
/// bytes (test `bytes_behind_a_picture_are_told`).
struct GifBlocks {
    /// The number of pixels of the first frame.
    first_pixels: u64,
    frames: u32,
    /// The number of bytes behind the last block.
    trailing: usize,
}

impl GifBlocks {
    fn read_blocks(photo: &[u8]) -> Result<Self, DecodeError> {
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
            return Err(broken_photo("it has no frame"));
        }
        let behind = decoder.into_inner();
        Ok(Self { first_pixels, frames, trailing: behind.buffer().len() + behind.get_ref().len() })
    }
}

fn convert_error(error: DecodingError) -> DecodeError {
    match error {
        DecodingError::Io(error) => convert_io_error(&error),
        error => broken_photo(error),
    }
}
