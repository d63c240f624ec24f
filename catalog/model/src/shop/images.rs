//! What a channel profile says of photos: `[images]`.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use super::mistakes::{ConfigChecker, NameKind};
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
    pub(super) fn check_profile(self, check: &ConfigChecker) -> RenditionProfile {
        let usual = RenditionProfile::default();
        let mut widths = self.widths.unwrap_or(usual.widths);
        widths.sort_unstable();
        widths.dedup();
        for width in &widths {
            check_side(check, "images.widths", *width);
        }
        check_count(check, "images.widths", widths.len());
        check_count(check, "images.renditions", self.renditions.len());
        let formats = self.formats.unwrap_or(usual.formats);
        check_quality(check, "images.quality", self.quality);
        check_formats(check, "images.formats", &formats);
        let mut renditions = BTreeMap::new();
        for (name, raw) in self.renditions {
            let key = format!("images.renditions.{name}");
            renditions.extend(raw.check_rendition(check, &key).map(|rendition| (name, rendition)));
        }
        if let Some(link) = &self.link {
            let known = renditions.keys().map(SmolStr::as_str);
            check.check_known("images.link", NameKind::Rendition, link, known);
        }
        RenditionProfile {
            widths,
            formats,
            quality: self.quality,
            renditions,
            link: self.link,
            minimum: self.minimum,
        }
    }
}

impl RawRendition {
    fn check_rendition(self, check: &ConfigChecker, key: &str) -> Option<Rendition> {
        for side_ in [self.width, self.height].into_iter().flatten() {
            check_side(check, key, side_);
        }
        match (self.width, self.height) {
            (None, None) => {
                check.invalid_key(key, "it has neither width nor height; give at least one");
                return None;
            }
            (Some(_), Some(_)) => {}
            _ if self.fit == FitMode::Inside => {}
            _ => {
                let message = "to pad or crop, it needs both a width and a height";
                check.invalid_key(key, message);
            }
        }
        let background = match &self.background {
            None => None,
            Some(text) => {
                let color = Color::parse_text(text);
                if color.is_none() {
                    let message =
                        format!("{text:?} is no colour; write it as #ffffff, or as white or black");
                    check.invalid_key(&format!("{key}.background"), message);
                }
                color
            }
        };
        check_quality(check, &format!("{key}.quality"), self.quality);
        let formats = self.formats.unwrap_or_else(|| vec![ImageFormat::Jpeg]);
        check_formats(check, &format!("{key}.formats"), &formats);
        let frame = RenditionFrame {
            width: self.width,
            height: self.height,
            fit: self.fit,
            background,
            tone: self.tone,
            enlarge: self.enlarge,
        };
        Some(Rendition { frame, formats, quality: self.quality })
    }
}

fn check_side(check: &ConfigChecker, key: &str, pixels: u32) {
    if (1..=RenditionFrame::MAX_SIDE).contains(&pixels) {
        return;
    }
    check.invalid_key(
        key,
        format!("{pixels} pixels are not between 1 and {}", RenditionFrame::MAX_SIDE),
    );
}

fn check_count(check: &ConfigChecker, key: &str, count: usize) {
    if count <= MAX_RENDITIONS {
        return;
    }
    let message =
        format!("there are {count}; each is made of every photo, and at most {MAX_RENDITIONS} are");
    check.invalid_key(key, message);
}

fn check_quality(check: &ConfigChecker, key: &str, quality: Option<u8>) {
    if let Some(quality) = quality.filter(|quality| !(1..=100).contains(quality)) {
        check.invalid_key(key, format!("{quality} is not between 1 and 100"));
    }
}

fn check_formats(check: &ConfigChecker, key: &str, formats: &[ImageFormat]) {
    if formats.is_empty() {
        check.invalid_key(key, "there is none; write at least \"jpeg\"");
    }
}
