//! What a channel profile says of photos: `[images]`.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use super::ShopError;
use super::raw::ConfigChecker;
use crate::photo::{
    Color, ColorMode, FitMode, ImageFormat, Rendition, RenditionFrame, RenditionProfile,
};

/// Widths, and further renditions, that a channel may want: each is made of every photo.
const MAX_RENDITIONS: usize = 16;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawImages {
    widths: Option<Vec<u32>>,
    formats: Option<Vec<ImageFormat>>,
    quality: Option<u8>,
    link: Option<SmolStr>,
    minimum: Option<[u32; 2]>,
    #[serde(default)]
    renditions: BTreeMap<SmolStr, RawRendition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRendition {
    width: Option<u32>,
    height: Option<u32>,
    #[serde(default)]
    fit: FitMode,
    background: Option<String>,
    #[serde(default)]
    tone: ColorMode,
    #[serde(default)]
    enlarge: bool,
    formats: Option<Vec<ImageFormat>>,
    quality: Option<u8>,
}

impl RawImages {
    pub(super) fn check_profile(
        self,
        check: &ConfigChecker<'_>,
    ) -> Result<RenditionProfile, ShopError> {
        let usual = RenditionProfile::default();
        let mut widths = self.widths.unwrap_or(usual.widths);
        widths.sort_unstable();
        widths.dedup();
        for width in &widths {
            check_side(check, "images.widths", *width)?;
        }
        check_count(check, "images.widths", widths.len())?;
        check_count(check, "images.renditions", self.renditions.len())?;
        let formats = self.formats.unwrap_or(usual.formats);
        check_quality(check, "images.quality", self.quality)?;
        check_formats(check, "images.formats", &formats)?;
        let mut renditions = BTreeMap::new();
        for (name, raw) in self.renditions {
            let key = format!("images.renditions.{name}");
            let rendition = raw.check_rendition(check, &key)?;
            renditions.insert(name, rendition);
        }
        if let Some(link) = &self.link {
            let known = renditions.keys().map(SmolStr::as_str);
            check.check_known("images.link", "rendition", link, known)?;
        }
        Ok(RenditionProfile {
            widths,
            formats,
            quality: self.quality,
            renditions,
            link: self.link,
            minimum: self.minimum,
        })
    }
}

impl RawRendition {
    fn check_rendition(self, check: &ConfigChecker<'_>, key: &str) -> Result<Rendition, ShopError> {
        for side_ in [self.width, self.height].into_iter().flatten() {
            check_side(check, key, side_)?;
        }
        match (self.width, self.height) {
            (None, None) => {
                return Err(
                    check.invalid_key(key, "it has neither width nor height; give at least one")
                );
            }
            (Some(_), Some(_)) => {}
            _ if self.fit == FitMode::Inside => {}
            _ => {
                let message = "to pad or crop, it needs both a width and a height";
                return Err(check.invalid_key(key, message));
            }
        }
        let background = match &self.background {
            None => None,
            Some(text) => Some(Color::parse_text(text).ok_or_else(|| {
                let message =
                    format!("{text:?} is no colour; write it as #ffffff, or as white or black");
                check.invalid_key(format!("{key}.background"), message)
            })?),
        };
        check_quality(check, &format!("{key}.quality"), self.quality)?;
        let formats = self.formats.unwrap_or_else(|| vec![ImageFormat::Jpeg]);
        check_formats(check, &format!("{key}.formats"), &formats)?;
        let frame = RenditionFrame {
            width: self.width,
            height: self.height,
            fit: self.fit,
            background,
            tone: self.tone,
            enlarge: self.enlarge,
        };
        Ok(Rendition { frame, formats, quality: self.quality })
    }
}

fn check_side(check: &ConfigChecker<'_>, key: &str, pixels: u32) -> Result<(), ShopError> {
    if (1..=RenditionFrame::MAX_SIDE).contains(&pixels) {
        return Ok(());
    }
    Err(check.invalid_key(
        key,
        format!("{pixels} pixels are not between 1 and {}", RenditionFrame::MAX_SIDE),
    ))
}

fn check_count(check: &ConfigChecker<'_>, key: &str, count: usize) -> Result<(), ShopError> {
    if count <= MAX_RENDITIONS {
        return Ok(());
    }
    let message =
        format!("there are {count}; each is made of every photo, and at most {MAX_RENDITIONS} are");
    Err(check.invalid_key(key, message))
}

fn check_quality(
    check: &ConfigChecker<'_>,
    key: &str,
    quality: Option<u8>,
) -> Result<(), ShopError> {
    match quality {
        Some(quality) if !(1..=100).contains(&quality) => {
            Err(check.invalid_key(key, format!("{quality} is not between 1 and 100")))
        }
        _ => Ok(()),
    }
}

fn check_formats(
    check: &ConfigChecker<'_>,
    key: &str,
    formats: &[ImageFormat],
) -> Result<(), ShopError> {
    if formats.is_empty() {
        return Err(check.invalid_key(key, "there is none; write at least \"jpeg\""));
    }
    Ok(())
}
