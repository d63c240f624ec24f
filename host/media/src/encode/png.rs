//! PNG, lossless.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, SrgbRenderingIntent};

use super::{PixelLayout, PixelSlice};

/// A PNG of pixels.
pub(super) fn encode_png(pixels: &PixelSlice<'_>) -> Result<Vec<u8>, String> {
    let packed: Vec<u8>;
    let (color, depth, bytes) = match pixels.layout {
        PixelLayout::Grey => {
            let depth = find_bit_depth(pixels.bytes);
            packed = pack_greys(pixels, depth);
            (ColorType::Grayscale, depth, packed.as_slice())
        }
        PixelLayout::Rgb => (ColorType::Rgb, BitDepth::Eight, pixels.bytes),
        PixelLayout::Rgba => (ColorType::Rgba, BitDepth::Eight, pixels.bytes),
    };
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, pixels.width, pixels.height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    encoder.set_compression(Compression::Balanced);
    if depth != BitDepth::Eight {
        // Bytes that hold several pixels say nothing about their neighbours (PNG, 12.7).
        encoder.set_filter(Filter::NoFilter);
    }
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer.write_image_data(bytes).map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(file)
}

/// The fewest bits that hold every one of these greys: a black-and-white label picture takes one, as e-paper does.
fn find_bit_depth(greys: &[u8]) -> BitDepth {
    let mut seen = [false; 256];
    for &grey in greys {
        seen[usize::from(grey)] = true;
    }
    let every =
        |step: usize| seen.iter().enumerate().all(|(grey, &seen)| !seen || grey % step == 0);
    if every(255) {
        BitDepth::One
    } else if every(85) {
        BitDepth::Two
    } else if every(17) {
        BitDepth::Four
    } else {
        BitDepth::Eight
    }
}

/// Greys in so many bits each, the first pixel in the highest; every row begins a byte (PNG, 7.2).
fn pack_greys(pixels: &PixelSlice<'_>, depth: BitDepth) -> Vec<u8> {
    let bits = depth as u8;
    let in_byte = usize::from(8 / bits);
    let mut packed = Vec::with_capacity(pixels.bytes.len().div_ceil(in_byte));
    for row in pixels.bytes.chunks_exact(pixels.width as usize) {
        packed.extend(row.chunks(in_byte).map(|greys| {
            greys
                .iter()
                .zip(1..)
                .fold(0, |byte, (grey, nth)| byte | (grey >> (8 - bits)) << (8 - bits * nth))
        }));
    }
    packed
}
