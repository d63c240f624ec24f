//! A product's photos as a channel shows them, which is as renditions; its films and documents.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::json::Json;
use crate::picture::{Facts, Format, ImageProfile, Rendition, RenditionName};
use crate::product::{Hash, Photo};
use crate::shop::Channel;

pub(super) fn write(json: &mut Json, photos: &[Photo], channel: &Channel) {
    let shown: Vec<Shown<'_>> =
        photos.iter().filter_map(|photo| Shown::of(photo, &channel.images)).collect();
    let Some((first, others)) = shown.split_first() else { return };
    json.key("image_link").text(&first.link);
    if !others.is_empty() {
        json.key("additional_image_link").array(others, |json, shown| json.text(&shown.link));
    }
    json.key("images").array(&shown, |json, shown| json.object(|json| shown.write(json)));
}

/// Films and documents, which are published as they were dropped.
pub(super) fn write_attachments(json: &mut Json, photos: &[Photo]) {
    for (member, role) in [("videos", Photo::VIDEO), ("documents", Photo::DOCUMENT)] {
        let shown: Vec<&Photo> = photos.iter().filter(|photo| photo.role == role).collect();
        if shown.is_empty() {
            continue;
        }
        json.key(member).array(shown, |json, photo| {
            json.object(|json| {
                json.key("link").text(&asset_link(photo.asset, &photo.file_name));
                json.key("file_name").text(&photo.file_name);
                json.key("size").integer(i64::try_from(photo.size).unwrap_or(i64::MAX));
            });
        });
    }
}

/// Where a channel with this profile shows a photo; nothing where it does not.
#[must_use]
pub fn link(photo: &Photo, profile: &ImageProfile) -> Option<String> {
    match attachment(photo) {
        true => Some(asset_link(photo.asset, &photo.file_name)),
        false => Shown::of(photo, profile).map(|shown| shown.link),
    }
}

fn attachment(photo: &Photo) -> bool {
    [Photo::VIDEO, Photo::DOCUMENT].contains(&photo.role.as_str())
}

/// A photo that a channel shows.
struct Shown<'a> {
    photo: &'a Photo,
    facts: &'a Facts,
    profile: &'a ImageProfile,
    link: String,
    /// Of what is linked.
    size: (u32, u32),
}

impl<'a> Shown<'a> {
    /// Nothing where the channel wants no picture of it, or nobody developed it: as it was dropped
    /// it may say where it was taken.
    fn of(photo: &'a Photo, profile: &'a ImageProfile) -> Option<Self> {
        let facts = photo.facts.as_deref()?;
        let named = profile.link.as_ref().and_then(|name| profile.renditions.get(name));
        let rendition = named
            .cloned()
            .or_else(|| profile.srcset(facts.width).last())
            .or_else(|| profile.renditions.values().next().cloned())?;
        let size = rendition.frame.size((facts.width, facts.height));
        let link = plain_link(&rendition, photo, facts);
        Some(Self { photo, facts, profile, link, size })
    }

    fn write(&self, json: &mut Json) {
        json.key("link").text(&self.link);
        json.key("role").text(&self.photo.role);
        json.key("file_name").text(&self.photo.file_name);
        let (facts, (width, height)) = (self.facts, self.size);
        json.key("width").integer(i64::from(width));
        json.key("height").integer(i64::from(height));
        if !facts.thumbhash.is_empty() {
            json.key("placeholder").text(&STANDARD.encode(&facts.thumbhash));
        }
        if let Some(swatch) = facts.colors.first() {
            json.key("color").display(swatch.color);
        }
        let srcset: Vec<Rendition> = self.profile.srcset(facts.width).collect();
        if !srcset.is_empty() {
            json.key("formats").texts(self.profile.formats.iter().map(|f| f.extension()));
            json.key("srcset").array(&srcset, |json, rendition| {
                json.object(|json| {
                    let (width, height) = rendition.frame.size((facts.width, facts.height));
                    json.key("width").integer(i64::from(width));
                    json.key("height").integer(i64::from(height));
                    let name = rendition.name(&self.photo.asset, &facts.maker);
                    json.key("link").text(&open_link(name));
                });
            });
        }
        if self.profile.renditions.is_empty() {
            return;
        }
        json.key("renditions").object(|json| {
            for (name, rendition) in &self.profile.renditions {
                json.key(name).object(|json| {
                    let (width, height) = rendition.frame.size((facts.width, facts.height));
                    json.key("width").integer(i64::from(width));
                    json.key("height").integer(i64::from(height));
                    json.key("link").text(&plain_link(rendition, self.photo, facts));
                });
            }
        });
    }
}

/// Where a rendition is read by programs that look at endings: in the format that most take.
fn plain_link(rendition: &Rendition, photo: &Photo, facts: &Facts) -> String {
    let formats = &rendition.formats;
    let mut plain = Format::BY_PREFERENCE.iter().filter(|format| format.is_for_all());
    let plain = plain.find(|format| formats.contains(format)).copied();
    let format = plain.or(formats.first().copied()).unwrap_or(Format::Jpeg);
    let name = rendition.name(&photo.asset, &facts.maker);
    format!("/assets/{name}.{}", format.extension())
}

/// Where it is read by browsers, which say what they take.
fn open_link(name: RenditionName) -> String {
    format!("/assets/{name}")
}

/// Where a file is read as it was dropped: its hash, and its extension, which says what it is.
fn asset_link(asset: Hash, file_name: &str) -> String {
    match file_name.rsplit_once('.') {
        Some((_, extension)) => format!("/assets/{asset}.{}", extension.to_ascii_lowercase()),
        None => format!("/assets/{asset}"),
    }
}
