//! Progressive JPEG by mozjpeg's ways, in Rust.
//!
//! Its tables, its scans and its Huffman codes make files a fifth smaller than a plain progressive
//! encoder's of the same looks (SSIMULACRA2). Its search for coefficients that are cheaper to say,
//! trellis quantisation, would take off 7 % of a picture of 1600 pixels, and nothing of a thumbnail,
//! for twice the time. It is left out: browsers are served WebP, and who is left with JPEG are
//! marketplaces, which fetch a picture once.

use mozjpeg_rs::{Encoder, Preset, Subsampling, TrellisConfig};

use super::{EncodeQuality, PixelLayout, PixelSlice};

/// From here on colours are kept as sharp as light is: who asks for that much is to see no soft red edge.
const SHARP_COLOURS: u8 = 90;

/// A JPEG of pixels that are within its bounds and opaque.
pub(super) fn encode_jpeg(
    pixels: &PixelSlice<'_>,
    quality: EncodeQuality,
) -> Result<Vec<u8>, String> {
    let colours = if quality.get() < SHARP_COLOURS { Subsampling::S420 } else { Subsampling::S444 };
    let encoder = Encoder::new(Preset::ProgressiveBalanced)
        .quality(quality.get())
        .subsampling(colours)
        .trellis(TrellisConfig::disabled());
    let (bytes, width, height) = (pixels.bytes, pixels.width, pixels.height);
    match pixels.layout {
        PixelLayout::Grey => encoder.encode_gray(bytes, width, height),
        PixelLayout::Rgb => encoder.encode_rgb(bytes, width, height),
        PixelLayout::Rgba => unreachable!("what is transparent was refused"),
    }
    .map_err(|error| error.to_string())
}
