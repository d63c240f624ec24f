//! Converts the colours of a file to sRGB.
//!
//! The conversion runs on the scaled image. Most files are in sRGB and need none.

use std::sync::LazyLock;

use moxcms::{
    ColorProfile, DataColorSpace, Layout, ProfileText, RenderingIntent, TransformOptions,
};
use rikaste_plugin::image::Remark;

use crate::light::{FULL, LightImage, srgb16_codes, srgb16_curve, unpremultiply_alpha};
use crate::raster::ColorModel;

mod inks;

/// How the colours of an image become sRGB.
pub(crate) struct ColorConversion {
    method: ConversionMethod,
    /// The name of the profile, unless it is sRGB.
    pub(crate) name: Option<String>,
    pub(crate) remark: Option<Remark>,
}

enum ConversionMethod {
    /// The colours are sRGB already.
    Keep,
    Profile(Box<ProfileTransform>),
    /// The image has inks and no profile.
    Inks,
}

struct ProfileTransform {
    executor: std::sync::Arc<moxcms::Transform16BitExecutor>,
    /// Channels that the profile takes. For a grey image they may be three.
    input_channels: usize,
    inverted: bool,
}

/// The most bytes of a profile. Those of printing presses have 2 to 3 MB.
const MOST_BYTES: usize = 16 << 20;

impl ColorConversion {
    /// Chooses the conversion by the embedded profile.
    pub(crate) fn new(embedded: Option<&[u8]>, model: ColorModel) -> Self {
        let Some(bytes) = embedded else { return Self::without_profile(model, None) };
        match Self::from_profile(bytes, model) {
            Ok(conversion) => conversion,
            Err(reason) => Self::without_profile(
                model,
                Some(Remark::warning(
                    "image-profile-broken",
                    format!(
                        "The colour profile in the picture {reason}, so its colours were taken for \
                         the usual ones{}. If they look wrong, save the picture anew as sRGB",
                        if model == ColorModel::Cmyk { " of a printing press" } else { " (sRGB)" }
                    ),
                )),
            ),
        }
    }

    fn without_profile(model: ColorModel, remark: Option<Remark>) -> Self {
        if model != ColorModel::Cmyk {
            return Self { method: ConversionMethod::Keep, name: None, remark };
        }
        let remark = remark.unwrap_or_else(|| {
            Remark::warning(
                "image-cmyk-without-profile",
                "The picture has the colours of print (CMYK) and no profile that says of which, so \
                 they were estimated. Save it as sRGB, or with its profile",
            )
        });
        Self { method: ConversionMethod::Inks, name: None, remark: Some(remark) }
    }

    fn from_profile(bytes: &[u8], model: ColorModel) -> Result<Self, &'static str> {
        if bytes.is_empty() || bytes.len() > MOST_BYTES {
            return Err("is not whole");
        }
        let profile = ColorProfile::new_from_slice(bytes).map_err(|_| "cannot be read")?;
        let (takes, layout) = match (profile.color_space, model) {
            (DataColorSpace::Rgb, ColorModel::Rgb | ColorModel::Grey) => (3, Layout::Rgb),
            (DataColorSpace::Gray, ColorModel::Grey) => (1, Layout::Gray),
            (DataColorSpace::Cmyk, ColorModel::Cmyk) => (4, Layout::Rgba),
            _ => return Err("is for other colours than the picture has"),
        };
        let options = TransformOptions {
            rendering_intent: RenderingIntent::RelativeColorimetric,
            prefer_fixed_point: false,
            ..TransformOptions::default()
        };
        let run = profile
            .create_transform_16bit(layout, srgb_profile(), Layout::Rgb, options)
            .map_err(|_| "cannot be used")?;
        let way = ProfileTransform {
            executor: run,
            input_channels: takes,
            inverted: model == ColorModel::Cmyk,
        };
        if way.is_near_identity().ok_or("cannot be used")? {
            return Ok(Self { method: ConversionMethod::Keep, name: None, remark: None });
        }
        let name =
            profile.description.as_ref().and_then(first_text).unwrap_or("unnamed").to_owned();
        Ok(Self {
            method: ConversionMethod::Profile(Box::new(way)),
            name: Some(name),
            remark: None,
        })
    }

    /// Whether the image stays as it is.
    pub(crate) fn is_identity(&self) -> bool {
        matches!(self.method, ConversionMethod::Keep)
    }

    /// Converts an image.
    pub(crate) fn convert_image(&self, light: LightImage) -> LightImage {
        match &self.method {
            ConversionMethod::Keep => light,
            ConversionMethod::Profile(profile) => {
                convert_rows(&light, profile.input_channels, |from, to| {
                    profile.convert_pixels(from, to)
                })
            }
            ConversionMethod::Inks => convert_rows(&light, 4, inks::convert_inks),
        }
    }
}

fn srgb_profile() -> &'static ColorProfile {
    static SRGB: LazyLock<ColorProfile> = LazyLock::new(ColorProfile::new_srgb);
    &SRGB
}

fn first_text(text: &ProfileText) -> Option<&str> {
    let text = match text {
        ProfileText::PlainString(text) => text,
        ProfileText::Localizable(all) => &all.first()?.value,
        ProfileText::Description(description) => &description.ascii_string,
    };
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    (!text.is_empty() && text.len() <= 200).then_some(text)
}

impl ProfileTransform {
    /// Converts sixteen-bit pixels to sixteen-bit sRGB.
    fn convert_pixels(&self, from: &mut [u16], to: &mut [u16]) {
        if self.inverted {
            from.iter_mut().for_each(|ink| *ink = u16::MAX - *ink);
        }
        if self.executor.transform(from, to).is_err() {
            // The only error is a different number of pixels, which cannot happen here.
            to.fill(0);
        }
    }

    /// Whether colours change by at most half an eight-bit step. Returns `None` if the transform
    /// fails.
    fn is_near_identity(&self) -> Option<bool> {
        const LEVELS: [u16; 6] = [0, 0x1800, 0x4000, 0x8000, 0xc000, 0xffff];
        const NEAR: u16 = 257;
        if self.input_channels == 4 {
            return Some(false);
        }
        let mut from = Vec::new();
        for red in LEVELS {
            for green in if self.input_channels == 3 { &LEVELS[..] } else { &LEVELS[..1] } {
                for blue in if self.input_channels == 3 { &LEVELS[..] } else { &LEVELS[..1] } {
                    from.extend([red, *green, *blue].iter().take(self.input_channels));
                }
            }
        }
        let mut to = vec![0; from.len() / self.input_channels * 3];
        self.executor.transform(&from, &mut to).ok()?;
        let expected = from.chunks_exact(self.input_channels).flat_map(|pixel| {
            if let [red, green, blue] = pixel { [*red, *green, *blue] } else { [pixel[0]; 3] }
        });
        Some(to.iter().zip(expected).all(|(to, expected)| to.abs_diff(expected) <= NEAR))
    }
}

/// Converts an image row by row. `run` takes pixels of `takes` channels and writes sRGB.
fn convert_rows(
    light: &LightImage,
    takes: usize,
    run: impl Fn(&mut [u16], &mut [u16]),
) -> LightImage {
    let (codes, curve) = (srgb16_codes(), srgb16_curve());
    let (width, colors) = (light.width, light.model.channels());
    let model = if light.model == ColorModel::Cmyk { ColorModel::Rgb } else { light.model };
    let channels = model.channels() + usize::from(light.alpha);
    let mut from = vec![0_u16; width * takes];
    let mut to = vec![0_u16; width * 3];
    let mut data = vec![0; width * light.height * channels];
    for (y, out) in data.chunks_exact_mut(width * channels).enumerate() {
        let row = light.row_planes(y);
        let alpha = light.alpha.then(|| &row[colors * width..]);
        for (x, pixel) in from.chunks_exact_mut(takes).enumerate() {
            for (channel, code) in pixel.iter_mut().enumerate() {
                let amount = row[channel.min(colors - 1) * width + x];
                let amount = alpha.map_or(amount, |alpha| unpremultiply_alpha(amount, alpha[x]));
                *code = codes[amount as usize];
            }
        }
        run(&mut from, &mut to);
        let (planes, out_alpha) = out.split_at_mut(model.channels() * width);
        for (channel, plane) in planes.chunks_exact_mut(width).enumerate() {
            // All three channels of a grey pixel are equal, so one of them suffices.
            let channel = if model == ColorModel::Grey { 1 } else { channel };
            for (amount, pixel) in plane.iter_mut().zip(to.chunks_exact(3)) {
                *amount = curve[usize::from(pixel[channel])];
            }
            if let Some(alpha) = alpha {
                crate::light::premultiply_alpha(plane, alpha);
            }
        }
        if let Some(alpha) = alpha {
            out_alpha.copy_from_slice(alpha);
        }
    }
    debug_assert!(data.iter().all(|amount| (0..=FULL).contains(amount)));
    LightImage { width, height: light.height, model, alpha: light.alpha, data }
}
