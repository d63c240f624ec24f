//! From the file's colours to sRGB.
//!
//! Done on the scaled picture. Where the profile is sRGB's own, as with most, nothing is done.

use std::sync::LazyLock;

use moxcms::{
    ColorProfile, DataColorSpace, Layout, ProfileText, RenderingIntent, TransformOptions,
};
use rikaste_plugin::image::Remark;

use crate::light::{FULL, Light, codes16, curve16, unpremultiply};
use crate::raster::Model;

mod inks;

/// What is to be done with a picture's colours.
pub(crate) struct Conversion {
    way: Way,
    /// The profile's name, where it is another than sRGB's.
    pub(crate) name: Option<String>,
    pub(crate) remark: Option<Remark>,
}

enum Way {
    /// They are sRGB's.
    Keep,
    Profile(Box<Profile>),
    /// There is no profile for inks.
    Inks,
}

struct Profile {
    run: std::sync::Arc<moxcms::Transform16BitExecutor>,
    /// Channels that the profile takes, which may be three for a grey picture.
    takes: usize,
    inverted: bool,
}

/// A larger one is no profile; those of printing presses have 2 to 3 MB.
const MOST_BYTES: usize = 16 << 20;

impl Conversion {
    /// From what a file says of its colours.
    pub(crate) fn new(embedded: Option<&[u8]>, model: Model) -> Self {
        let Some(bytes) = embedded else { return Self::assumed(model, None) };
        match Self::from_profile(bytes, model) {
            Ok(conversion) => conversion,
            Err(reason) => Self::assumed(
                model,
                Some(Remark::warning(
                    "image-profile-broken",
                    format!(
                        "The colour profile in the picture {reason}, so its colours were taken for \
                         the usual ones{}. If they look wrong, save the picture anew as sRGB",
                        if model == Model::Cmyk { " of a printing press" } else { " (sRGB)" }
                    ),
                )),
            ),
        }
    }

    fn assumed(model: Model, remark: Option<Remark>) -> Self {
        if model != Model::Cmyk {
            return Self { way: Way::Keep, name: None, remark };
        }
        let remark = remark.unwrap_or_else(|| {
            Remark::warning(
                "image-cmyk-without-profile",
                "The picture has the colours of print (CMYK) and no profile that says of which, so \
                 they were estimated. Save it as sRGB, or with its profile",
            )
        });
        Self { way: Way::Inks, name: None, remark: Some(remark) }
    }

    fn from_profile(bytes: &[u8], model: Model) -> Result<Self, &'static str> {
        if bytes.is_empty() || bytes.len() > MOST_BYTES {
            return Err("is not whole");
        }
        let profile = ColorProfile::new_from_slice(bytes).map_err(|_| "cannot be read")?;
        let (takes, layout) = match (profile.color_space, model) {
            (DataColorSpace::Rgb, Model::Rgb | Model::Grey) => (3, Layout::Rgb),
            (DataColorSpace::Gray, Model::Grey) => (1, Layout::Gray),
            (DataColorSpace::Cmyk, Model::Cmyk) => (4, Layout::Rgba),
            _ => return Err("is for other colours than the picture has"),
        };
        let options = TransformOptions {
            rendering_intent: RenderingIntent::RelativeColorimetric,
            prefer_fixed_point: false,
            ..TransformOptions::default()
        };
        let run = profile
            .create_transform_16bit(layout, srgb(), Layout::Rgb, options)
            .map_err(|_| "cannot be used")?;
        let way = Profile { run, takes, inverted: model == Model::Cmyk };
        if way.is_identity().ok_or("cannot be used")? {
            return Ok(Self { way: Way::Keep, name: None, remark: None });
        }
        let name = profile.description.as_ref().and_then(text).unwrap_or("unnamed").to_owned();
        Ok(Self { way: Way::Profile(Box::new(way)), name: Some(name), remark: None })
    }

    /// Whether nothing is done.
    pub(crate) fn keeps(&self) -> bool {
        matches!(self.way, Way::Keep)
    }

    /// Converts a picture.
    pub(crate) fn apply(&self, light: Light) -> Light {
        match &self.way {
            Way::Keep => light,
            Way::Profile(profile) => {
                convert(&light, profile.takes, |from, to| profile.convert(from, to))
            }
            Way::Inks => convert(&light, 4, inks::convert),
        }
    }
}

fn srgb() -> &'static ColorProfile {
    static SRGB: LazyLock<ColorProfile> = LazyLock::new(ColorProfile::new_srgb);
    &SRGB
}

fn text(text: &ProfileText) -> Option<&str> {
    let text = match text {
        ProfileText::PlainString(text) => text,
        ProfileText::Localizable(all) => &all.first()?.value,
        ProfileText::Description(description) => &description.ascii_string,
    };
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    (!text.is_empty() && text.len() <= 200).then_some(text)
}

impl Profile {
    /// Pixels of 16-bit numbers to 16-bit sRGB.
    fn convert(&self, from: &mut [u16], to: &mut [u16]) {
        if self.inverted {
            from.iter_mut().for_each(|ink| *ink = u16::MAX - *ink);
        }
        if self.run.transform(from, to).is_err() {
            // Only for slices of unequal pixel counts, which these are not.
            to.fill(0);
        }
    }

    /// Whether colours come out as they went in, to half a step of eight bits or so. `None` where
    /// they do not come out.
    fn is_identity(&self) -> Option<bool> {
        const LEVELS: [u16; 6] = [0, 0x1800, 0x4000, 0x8000, 0xc000, 0xffff];
        const NEAR: u16 = 257;
        if self.takes == 4 {
            return Some(false);
        }
        let mut from = Vec::new();
        for red in LEVELS {
            for green in if self.takes == 3 { &LEVELS[..] } else { &LEVELS[..1] } {
                for blue in if self.takes == 3 { &LEVELS[..] } else { &LEVELS[..1] } {
                    from.extend([red, *green, *blue].iter().take(self.takes));
                }
            }
        }
        let mut to = vec![0; from.len() / self.takes * 3];
        self.run.transform(&from, &mut to).ok()?;
        let expected = from.chunks_exact(self.takes).flat_map(|pixel| {
            if let [red, green, blue] = pixel { [*red, *green, *blue] } else { [pixel[0]; 3] }
        });
        Some(to.iter().zip(expected).all(|(to, expected)| to.abs_diff(expected) <= NEAR))
    }
}

/// Converts row by row. `run` makes sRGB's numbers of the file's, of which it takes so many for a
/// pixel.
fn convert(light: &Light, takes: usize, run: impl Fn(&mut [u16], &mut [u16])) -> Light {
    let (codes, curve) = (codes16(), curve16());
    let (width, colors) = (light.width, light.model.channels());
    let model = if light.model == Model::Cmyk { Model::Rgb } else { light.model };
    let channels = model.channels() + usize::from(light.alpha);
    let mut from = vec![0_u16; width * takes];
    let mut to = vec![0_u16; width * 3];
    let mut data = vec![0; width * light.height * channels];
    for (y, out) in data.chunks_exact_mut(width * channels).enumerate() {
        let row = light.row(y);
        let alpha = light.alpha.then(|| &row[colors * width..]);
        for (x, pixel) in from.chunks_exact_mut(takes).enumerate() {
            for (channel, code) in pixel.iter_mut().enumerate() {
                let amount = row[channel.min(colors - 1) * width + x];
                let amount = alpha.map_or(amount, |alpha| unpremultiply(amount, alpha[x]));
                *code = codes[amount as usize];
            }
        }
        run(&mut from, &mut to);
        let (planes, out_alpha) = out.split_at_mut(model.channels() * width);
        for (channel, plane) in planes.chunks_exact_mut(width).enumerate() {
            // Of what was grey the middle channel is as good as any.
            let channel = if model == Model::Grey { 1 } else { channel };
            for (amount, pixel) in plane.iter_mut().zip(to.chunks_exact(3)) {
                *amount = curve[usize::from(pixel[channel])];
            }
            if let Some(alpha) = alpha {
                crate::light::premultiply(plane, alpha);
            }
        }
        if let Some(alpha) = alpha {
            out_alpha.copy_from_slice(alpha);
        }
    }
    debug_assert!(data.iter().all(|amount| (0..=FULL).contains(amount)));
    Light { width, height: light.height, model, alpha: light.alpha, data }
}
