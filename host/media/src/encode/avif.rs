//! AVIF by rav1e: AV1 intra frames in the container of `avif-serialize`.
//!
//! Luma and colour differences are BT.709's of sRGB numbers, full range, a colour for each four pixels; the
//! container says so (`colr` of kind `nclx`), as does the AV1 header. Nothing else gets into the file.

use avif_serialize::Aviffy;
use avif_serialize::constants::MatrixCoefficients as Matrix;
use rav1e::color::{
    ChromaSamplePosition, ChromaSampling, ColorDescription, ColorPrimaries, MatrixCoefficients,
    PixelRange, TransferCharacteristics,
};
use rav1e::config::SpeedSettings;
use rav1e::prelude::{
    BlockSize, Config, Context, EncoderConfig, EncoderStatus, PartitionRange, Rational, Tune,
};

use super::{EncodeQuality, PixelLayout, PixelSlice};

/// rav1e's, 0 to 10. At 6 it takes twice the time for files that are no smaller.
const SPEED: u8 = 8;

/// How finely transparency is stored, 0 to 255; less is finer.
const ALPHA_QUANTIZER: usize = 16;

/// An AVIF of pixels that are within its bounds.
pub(super) fn encode_avif(
    pixels: &PixelSlice<'_>,
    quality: EncodeQuality,
) -> Result<Vec<u8>, String> {
    encode_with_quantizer(pixels, compute_quantizer(quality), SPEED)
}

/// At 80 a picture looks as a WebP of 80 does.
fn compute_quantizer(quality: EncodeQuality) -> usize {
    match usize::from(quality.get()) {
        fine @ 80.. => (100 - fine) * 11 / 2,
        coarse => 110 + (80 - coarse) * 145 / 80,
    }
}

fn encode_with_quantizer(
    pixels: &PixelSlice<'_>,
    quantizer: usize,
    speed: u8,
) -> Result<Vec<u8>, String> {
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let planes = ColorPlanes::from_pixels(pixels);
    let sampling =
        if planes.colors.is_some() { ChromaSampling::Cs420 } else { ChromaSampling::Cs400 };
    let half = width.div_ceil(2);
    let [blue, red] = planes.colors.unwrap_or_default();
    let color = [(planes.luma.as_slice(), width), (&blue, half), (&red, half)];
    let count = if sampling == ChromaSampling::Cs400 { 1 } else { 3 };
    let color = encode_frame((width, height), &color[..count], sampling, quantizer, speed)?;
    let opacity = match &planes.alpha {
        Some(alpha) => {
            let planes = [(alpha.as_slice(), width)];
            let quantizer = ALPHA_QUANTIZER;
            Some(encode_frame((width, height), &planes, ChromaSampling::Cs400, quantizer, speed)?)
        }
        None => None,
    };
    let mut container = Aviffy::new();
    // What is left are the defaults: sRGB's primaries and curve, full range.
    container.set_matrix_coefficients(Matrix::Bt709);
    container.set_monochrome(sampling == ChromaSampling::Cs400);
    container.set_chroma_subsampling((true, true));
    Ok(container.to_vec(&color, opacity.as_deref(), pixels.width, pixels.height, 8))
}

/// One picture as AV1 has it.
fn encode_frame(
    (width, height): (usize, usize),
    planes: &[(&[u8], usize)],
    chroma_sampling: ChromaSampling,
    quantizer: usize,
    speed: u8,
) -> Result<Vec<u8>, String> {
    let mut speed_settings = SpeedSettings::from_preset(speed);
    // Larger blocks take the weave out of cloth and save little.
    speed_settings.partition.partition_range =
        PartitionRange::new(BlockSize::BLOCK_8X8, BlockSize::BLOCK_16X16);
    speed_settings.rdo_lookahead_frames = 1;
    let encoder = EncoderConfig {
        width,
        height,
        time_base: Rational::new(1, 1),
        bit_depth: 8,
        chroma_sampling,
        chroma_sample_position: ChromaSamplePosition::Unknown,
        pixel_range: PixelRange::Full,
        color_description: Some(ColorDescription {
            color_primaries: ColorPrimaries::BT709,
            transfer_characteristics: TransferCharacteristics::SRGB,
            matrix_coefficients: MatrixCoefficients::BT709,
        }),
        still_picture: true,
        quantizer,
        min_quantizer: quantizer as u8,
        tune: Tune::Psychovisual,
        speed_settings,
        ..EncoderConfig::default()
    };
    let config = Config::new().with_encoder_config(encoder).with_threads(1);
    let mut context: Context<u8> = config.new_context().map_err(|error| error.to_string())?;
    let mut frame = context.new_frame();
    for (plane, (bytes, stride)) in frame.planes.iter_mut().zip(planes) {
        plane.copy_from_raw_u8(bytes, *stride, 1);
    }
    context.send_frame(frame).map_err(|error| error.to_string())?;
    context.flush();
    let mut coded = Vec::new();
    loop {
        match context.receive_packet() {
            Ok(mut packet) => coded.append(&mut packet.data),
            Err(EncoderStatus::Encoded) => {}
            Err(EncoderStatus::LimitReached) => return Ok(coded),
            Err(error) => return Err(error.to_string()),
        }
    }
}

/// A picture by its parts, each row by row.
struct ColorPlanes {
    luma: Vec<u8>,
    /// Blue and red as differences, of half the width and height; none where all is grey.
    colors: Option<[Vec<u8>; 2]>,
    alpha: Option<Vec<u8>>,
}

impl ColorPlanes {
    fn from_pixels(pixels: &PixelSlice<'_>) -> Self {
        let size = pixels.layout.bytes_per_pixel();
        let of_pixel =
            |pixel: &[u8]| [f32::from(pixel[0]), f32::from(pixel[1]), f32::from(pixel[2])];
        if pixels.layout == PixelLayout::Grey {
            return Self { luma: pixels.bytes.to_vec(), colors: None, alpha: None };
        }
        let lights = pixels
            .bytes
            .chunks_exact(size)
            .map(|pixel| round_to_byte(compute_luma(of_pixel(pixel))));
        let lights = lights.collect();
        let stride = pixels.width as usize * size;
        let mut colors = [Vec::new(), Vec::new()];
        for rows in pixels.bytes.chunks(2 * stride) {
            for at in (0..stride).step_by(2 * size) {
                // At an uneven edge the last pixel stands for the one that is not there.
                let across = [at, if at + size < stride { at + size } else { at }];
                let down = [0, if rows.len() > stride { stride } else { 0 }];
                let four = down.iter().flat_map(|row| across.map(|at| of_pixel(&rows[row + at..])));
                let [red, green, blue] = four.fold([0.0; 3], |sum: [f32; 3], pixel| {
                    [sum[0] + pixel[0] / 4.0, sum[1] + pixel[1] / 4.0, sum[2] + pixel[2] / 4.0]
                });
                let light = compute_luma([red, green, blue]);
                colors[0].push(round_to_byte((blue - light) / 1.8556 + 128.0));
                colors[1].push(round_to_byte((red - light) / 1.5748 + 128.0));
            }
        }
        let alpha = pixels.bytes.iter().skip(3).step_by(4).copied();
        let is_clear = pixels.layout == PixelLayout::Rgba;
        Self { luma: lights, colors: Some(colors), alpha: is_clear.then(|| alpha.collect()) }
    }
}

/// BT.709's.
fn compute_luma([red, green, blue]: [f32; 3]) -> f32 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn round_to_byte(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests;
