//! A product's photos as a channel shows them, which is as renditions; its films and documents.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::json::JsonWriter;
use crate::photo::{
    ImageFormat, PhotoMetadata, PhotoRole, Rendition, RenditionName, RenditionProfile,
};
use crate::product::{ContentHash, Photo};
use crate::shop::Channel;

pub(super) fn write_photos(json: &mut JsonWriter, photos: &[Photo], channel: &Channel) {
    let shown: Vec<ShownPhoto<'_>> =
        photos.iter().filter_map(|photo| ShownPhoto::from_photo(photo, &channel.images)).collect();
    let Some((first, others)) = shown.split_first() else { return };
    json.write_key("image_link").write_text(&first.link);
    if !others.is_empty() {
        json.write_key("additional_image_link")
            .write_array(others, |json, shown| json.write_text(&shown.link));
    }
    json.write_key("images")
        .write_array(&shown, |json, shown| json.write_object(|json| shown.write_members(json)));
}

/// Films and documents, which are published as they were dropped.
pub(super) fn write_attachments(json: &mut JsonWriter, photos: &[Photo]) {
    for (member, role) in [("videos", PhotoRole::Video), ("documents", PhotoRole::Document)] {
        let shown: Vec<&Photo> = photos.iter().filter(|photo| photo.role == role).collect();
        if shown.is_empty() {
            continue;
        }
        json.write_key(member).write_array(shown, |json, photo| {
            json.write_object(|json| {
                json.write_key("link").write_text(&asset_link(photo.asset, &photo.file_name));
                json.write_key("file_name").write_text(&photo.file_name);
                json.write_key("size").write_integer(i64::try_from(photo.size).unwrap_or(i64::MAX));
            });
        });
    }
}

/// Where a channel with this profile shows a photo; nothing where it does not.
#[must_use]
pub fn photo_link(photo: &Photo, profile: &RenditionProfile) -> Option<String> {
    match photo.role.is_attachment() {
        true => Some(asset_link(photo.asset, &photo.file_name)),
        false => ShownPhoto::from_photo(photo, profile).map(|shown| shown.link),
    }
}

/// A photo that a channel shows.
struct ShownPhoto<'a> {
    photo: &'a Photo,
    facts: &'a PhotoMetadata,
    profile: &'a RenditionProfile,
    link: String,
    /// Of what is linked.
    size: (u32, u32),
}

impl<'a> ShownPhoto<'a> {
    /// Nothing where the channel wants no picture of it, or nobody developed it: as it was dropped
    /// it may say where it was taken.
    fn from_photo(photo: &'a Photo, profile: &'a RenditionProfile) -> Option<Self> {
        let facts = photo.facts.as_deref()?;
        let named = profile.link.as_ref().and_then(|name| profile.renditions.get(name));
        let rendition = named
            .cloned()
            .or_else(|| profile.list_srcset(facts.width).last())
            .or_else(|| profile.renditions.values().next().cloned())?;
        let size = rendition.frame.compute_size((facts.width, facts.height));
        let link = link_with_extension(&rendition, photo, facts);
        Some(Self { photo, facts, profile, link, size })
    }

    fn write_members(&self, json: &mut JsonWriter) {
        json.write_key("link").write_text(&self.link);
        json.write_key("role").write_text(self.photo.role.as_str());
        json.write_key("file_name").write_text(&self.photo.file_name);
        let (facts, (width, height)) = (self.facts, self.size);
        json.write_key("width").write_integer(i64::from(width));
        json.write_key("height").write_integer(i64::from(height));
        if !facts.thumbhash.is_empty() {
            json.write_key("placeholder").write_text(&STANDARD.encode(&facts.thumbhash));
        }
        if let Some(swatch) = facts.colors.first() {
            json.write_key("color").write_display(swatch.color);
        }
        let srcset: Vec<Rendition> = self.profile.list_srcset(facts.width).collect();
        if !srcset.is_empty() {
            json.write_key("formats")
                .write_texts(self.profile.formats.iter().map(|f| f.extension()));
            json.write_key("srcset").write_array(&srcset, |json, rendition| {
                json.write_object(|json| {
                    let (width, height) = rendition.frame.compute_size((facts.width, facts.height));
                    json.write_key("width").write_integer(i64::from(width));
                    json.write_key("height").write_integer(i64::from(height));
                    let name = rendition.name(&self.photo.asset, &facts.maker);
                    json.write_key("link").write_text(&link_without_extension(name));
                });
            });
        }
        if self.profile.renditions.is_empty() {
            return;
        }
        json.write_key("renditions").write_object(|json| {
            for (name, rendition) in &self.profile.renditions {
                json.write_key(name).write_object(|json| {
                    let (width, height) = rendition.frame.compute_size((facts.width, facts.height));
                    json.write_key("width").write_integer(i64::from(width));
                    json.write_key("height").write_integer(i64::from(height));
                    json.write_key("link")
                        .write_text(&link_with_extension(rendition, self.photo, facts));
                });
            }
        });
    }
}

/// Where a rendition is read by programs that look at endings: in the format that most take.
fn link_with_extension(rendition: &Rendition, photo: &Photo, facts: &PhotoMetadata) -> String {
    let formats = &rendition.formats;
    let mut plain = ImageFormat::BY_PREFERENCE.iter().filter(|format| format.is_universal());
    let plain = plain.find(|format| formats.contains(format)).copied();
    let format = plain.or(formats.first().copied()).unwrap_or(ImageFormat::Jpeg);
    let name = rendition.name(&photo.asset, &facts.maker);
    format!("/assets/{name}.{}", format.extension())
}

/// Where it is read by browsers, which say what they take.
fn link_without_extension(name: RenditionName) -> String {
    format!("/assets/{name}")
}

/// Where a file is read as it was dropped: its hash, and its extension, which says what it is.
fn asset_link(asset: ContentHash, file_name: &str) -> String {
    match file_name.rsplit_once('.') {
        Some((_, extension)) => format!("/assets/{asset}.{}", extension.to_ascii_lowercase()),
        None => format!("/assets/{asset}"),
    }
}
