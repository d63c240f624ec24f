//! A product's photos as a channel shows them, which is as renditions; its films and documents.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rikaste_contract::{
    ChannelDocument, DocumentAttachment, DocumentPhoto, NamedRendition, OrderedMap, SourceSetImage,
};

use crate::photo::{
    ImageFormat, PhotoMetadata, PhotoRole, Rendition, RenditionName, RenditionProfile,
};
use crate::product::{ContentHash, Photo};
use crate::shop::{Channel, WebAddress};

pub(super) fn add_photos<'v>(
    document: &mut ChannelDocument<'v>,
    photos: &'v [Photo],
    channel: &'v Channel,
    web: &'v WebAddress,
) {
    let shown = photos.iter();
    let shown: Vec<ShownPhoto<'_>> =
        shown.filter_map(|photo| ShownPhoto::from_photo(photo, &channel.images, web)).collect();
    let Some((first, others)) = shown.split_first() else { return };
    document.image_link = Some(first.link.clone().into());
    if !others.is_empty() {
        let links = others.iter().map(|photo| photo.link.clone().into());
        document.additional_image_link = Some(links.collect());
    }
    document.images = Some(shown.into_iter().map(ShownPhoto::describe).collect());
}

/// Films and documents, which are published as they were dropped.
pub(super) fn add_attachments<'v>(
    document: &mut ChannelDocument<'v>,
    photos: &'v [Photo],
    web: &WebAddress,
) {
    let list = |role: PhotoRole| {
        let mut attachments = photos.iter().filter(|photo| photo.role == role).peekable();
        attachments.peek()?;
        let attachments = attachments.map(|photo| DocumentAttachment {
            link: asset_link(web, photo.asset, &photo.file_name),
            file_name: photo.file_name.as_str().into(),
            size: photo.size,
        });
        Some(attachments.collect())
    };
    document.videos = list(PhotoRole::Video);
    document.documents = list(PhotoRole::Document);
}

/// Where a channel with this profile shows a photo; nothing where it does not.
#[must_use]
pub fn photo_link(photo: &Photo, profile: &RenditionProfile, web: &WebAddress) -> Option<String> {
    match photo.role.is_attachment() {
        true => Some(asset_link(web, photo.asset, &photo.file_name)),
        false => ShownPhoto::from_photo(photo, profile, web).map(|shown| shown.link),
    }
}

/// A photo that a channel shows.
struct ShownPhoto<'a> {
    photo: &'a Photo,
    facts: &'a PhotoMetadata,
    profile: &'a RenditionProfile,
    web: &'a WebAddress,
    link: String,
    /// Of what is linked.
    size: (u32, u32),
}

impl<'a> ShownPhoto<'a> {
    /// Nothing where the channel wants no picture of it, or nobody developed it: as it was dropped
    /// it may say where it was taken.
    fn from_photo(
        photo: &'a Photo,
        profile: &'a RenditionProfile,
        web: &'a WebAddress,
    ) -> Option<Self> {
        let facts = photo.facts.as_deref()?;
        let named = profile.link.as_ref().and_then(|name| profile.renditions.get(name));
        let rendition = named
            .cloned()
            .or_else(|| profile.list_srcset(facts.width).last())
            .or_else(|| profile.renditions.values().next().cloned())?;
        let size = rendition.frame.compute_size((facts.width, facts.height));
        let link = link_with_extension(web, &rendition, photo, facts);
        Some(Self { photo, facts, profile, web, link, size })
    }

    fn describe(self) -> DocumentPhoto<'a> {
        let facts = self.facts;
        let srcset: Vec<SourceSetImage> = self
            .profile
            .list_srcset(facts.width)
            .map(|rendition| self.describe_source(&rendition))
            .collect();
        let formats = self.profile.formats.iter().map(|format| format.extension().into());
        let renditions = self.profile.renditions.iter();
        let renditions: OrderedMap<'_, _> = renditions
            .map(|(name, rendition)| (name.as_str(), self.describe_rendition(rendition)))
            .collect();
        DocumentPhoto {
            role: self.photo.role.as_str().into(),
            file_name: self.photo.file_name.as_str().into(),
            width: self.size.0,
            height: self.size.1,
            placeholder: (!facts.thumbhash.is_empty()).then(|| STANDARD.encode(&facts.thumbhash)),
            color: facts.colors.first().map(|swatch| swatch.color.to_string()),
            formats: (!srcset.is_empty()).then(|| formats.collect()),
            srcset: (!srcset.is_empty()).then_some(srcset),
            renditions: (!renditions.is_empty()).then_some(renditions),
            link: self.link.into(),
        }
    }

    fn describe_source(&self, rendition: &Rendition) -> SourceSetImage {
        let (width, height) = self.rendition_size(rendition);
        let name = rendition.name(&self.photo.asset, &self.facts.maker);
        SourceSetImage { width, height, link: link_without_extension(self.web, name) }
    }

    fn describe_rendition(&self, rendition: &Rendition) -> NamedRendition {
        let (width, height) = self.rendition_size(rendition);
        let link = link_with_extension(self.web, rendition, self.photo, self.facts);
        NamedRendition { width, height, link }
    }

    fn rendition_size(&self, rendition: &Rendition) -> (u32, u32) {
        rendition.frame.compute_size((self.facts.width, self.facts.height))
    }
}

/// Where a rendition is read by programs that look at endings: in the format that most take.
fn link_with_extension(
    web: &WebAddress,
    rendition: &Rendition,
    photo: &Photo,
    facts: &PhotoMetadata,
) -> String {
    let formats = &rendition.formats;
    let mut plain = ImageFormat::BY_PREFERENCE.iter().filter(|format| format.is_universal());
    let plain = plain.find(|format| formats.contains(format)).copied();
    let format = plain.or(formats.first().copied()).unwrap_or(ImageFormat::Jpeg);
    let name = rendition.name(&photo.asset, &facts.maker);
    format!("{}/assets/{name}.{}", web.base_path(), format.extension())
}

/// Where it is read by browsers, which say what they take.
fn link_without_extension(web: &WebAddress, name: RenditionName) -> String {
    format!("{}/assets/{name}", web.base_path())
}

/// Where a file is read as it was dropped: its hash, and its extension, which says what it is.
fn asset_link(web: &WebAddress, asset: ContentHash, file_name: &str) -> String {
    let base = web.base_path();
    match file_name.rsplit_once('.') {
        Some((_, extension)) => format!("{base}/assets/{asset}.{}", extension.to_ascii_lowercase()),
        None => format!("{base}/assets/{asset}"),
    }
}
