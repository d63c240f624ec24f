//! What a channel profile says of photos: `[images]`.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use super::ShopError;
use super::raw::Checker;
use crate::picture::{Color, Fit, Format, Frame, ImageProfile, Rendition, Tone};

/// Widths, and further renditions, that a channel may want: each is made of every photo.
const MOST: usize = 16;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawImages {
    widths: Option<Vec<u32>>,
    formats: Option<Vec<Format>>,
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
    fit: Fit,
    background: Option<String>,
    #[serde(default)]
    tone: Tone,
    #[serde(default)]
    enlarge: bool,
    formats: Option<Vec<Format>>,
    quality: Option<u8>,
}

impl RawImages {
    pub(super) fn check(self, check: &Checker<'_>) -> Result<ImageProfile, ShopError> {
        let usual = ImageProfile::default();
        let mut widths = self.widths.unwrap_or(usual.widths);
        widths.sort_unstable();
        widths.dedup();
        for width in &widths {
            side(check, "images.widths", *width)?;
        }
        few(check, "images.widths", widths.len())?;
        few(check, "images.renditions", self.renditions.len())?;
        let formats = self.formats.unwrap_or(usual.formats);
        quality(check, "images.quality", self.quality)?;
        written(check, "images.formats", &formats)?;
        let mut renditions = BTreeMap::new();
        for (name, raw) in self.renditions {
            let key = format!("images.renditions.{name}");
            let rendition = raw.check(check, &key)?;
            renditions.insert(name, rendition);
        }
        if let Some(link) = &self.link {
            let known = renditions.keys().map(SmolStr::as_str);
            check.known("images.link", "rendition", link, known)?;
        }
        Ok(ImageProfile {
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
    fn check(self, check: &Checker<'_>, key: &str) -> Result<Rendition, ShopError> {
        for side_ in [self.width, self.height].into_iter().flatten() {
            side(check, key, side_)?;
        }
        match (self.width, self.height) {
            (None, None) => {
                return Err(
                    check.invalid(key, "it has neither width nor height; give at least one")
                );
            }
            (Some(_), Some(_)) => {}
            _ if self.fit == Fit::Inside => {}
            _ => {
                let message = "to pad or crop, it needs both a width and a height";
                return Err(check.invalid(key, message));
            }
        }
        let background = match &self.background {
            None => None,
            Some(text) => Some(Color::parse(text).ok_or_else(|| {
                let message =
                    format!("{text:?} is no colour; write it as #ffffff, or as white or black");
                check.invalid(format!("{key}.background"), message)
            })?),
        };
        quality(check, &format!("{key}.quality"), self.quality)?;
        let formats = self.formats.unwrap_or_else(|| vec![Format::Jpeg]);
        written(check, &format!("{key}.formats"), &formats)?;
        let frame = Frame {
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

fn side(check: &Checker<'_>, key: &str, pixels: u32) -> Result<(), ShopError> {
    if (1..=Frame::MOST).contains(&pixels) {
        return Ok(());
    }
    Err(check.invalid(key, format!("{pixels} pixels are not between 1 and {}", Frame::MOST)))
}

fn few(check: &Checker<'_>, key: &str, count: usize) -> Result<(), ShopError> {
    if count <= MOST {
        return Ok(());
    }
    let message = format!("there are {count}; each is made of every photo, and at most {MOST} are");
    Err(check.invalid(key, message))
}

fn quality(check: &Checker<'_>, key: &str, quality: Option<u8>) -> Result<(), ShopError> {
    match quality {
        Some(quality) if !(1..=100).contains(&quality) => {
            Err(check.invalid(key, format!("{quality} is not between 1 and 100")))
        }
        _ => Ok(()),
    }
}

fn written(check: &Checker<'_>, key: &str, formats: &[Format]) -> Result<(), ShopError> {
    if formats.is_empty() {
        return Err(check.invalid(key, "there is none; write at least \"jpeg\""));
    }
    Ok(())
}
