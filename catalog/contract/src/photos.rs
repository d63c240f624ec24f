//! The photo report: every photo, film and document that was dropped, and what is known of it.

use serde::{Deserialize, Serialize};

use crate::{DiagnosticEntry, OrderedMap};

/// The answer of `GET /v1/photos`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoReport {
    /// All photos, films and documents there are, and pictures that could not be fetched.
    pub total: u64,
    /// In the order of their names. Pictures that products name by URL and that could not be
    /// fetched come first, 100 at most.
    pub photos: Vec<PhotoEntry>,
    /// What to give as `after`; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A photo, film or document that was dropped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoEntry {
    /// The name that it was dropped under, or its URL if it could not be fetched.
    pub file_name: String,
    /// What kind of file it is.
    pub kind: StoredFileKind,
    /// What became of it.
    pub state: PhotoState,
    /// In bytes.
    pub size: u64,
    /// The address of a film or document. Photos are never served as they were dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Products that have it.
    #[cfg_attr(feature = "openapi", schema(max_items = 12))]
    pub products: Vec<PhotoUser>,
    /// How many products name it beside those.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub more_products: Option<u64>,
    /// What there is to say about it, as receipts say it.
    pub remarks: Vec<DiagnosticEntry>,
    /// A small rendition of the photo, in the photo's own shape where any channel has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<PhotoPreview>,
    /// What the plugin that decoded it found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<PhotoFacts>,
}

/// What kind of file something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StoredFileKind {
    /// A picture, which is shown as renditions.
    Photo,
    /// A film, which is published as it was dropped.
    Video,
    /// A document, which is published as it was dropped.
    Document,
}

/// What became of a photo, film or document. `shown`: a product shows it; `orphan`: it waits for its
/// product; `refused`: it cannot be used; `undeveloped`: its renditions are not made yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PhotoState {
    /// A product shows it.
    Shown,
    /// It waits for its product.
    Orphan,
    /// It cannot be used.
    Refused,
    /// Its renditions are not made yet.
    Undeveloped,
}

/// A rendition that is shown on the contact sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoPreview {
    /// Its address.
    pub link: String,
    /// In pixels.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub width: u32,
    /// In pixels.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub height: u32,
}

/// What the plugin that decoded a photo found out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoFacts {
    /// What the file is, whatever its name says.
    #[cfg_attr(feature = "openapi", schema(examples("image/jpeg")))]
    pub media_type: String,
    /// In pixels, upright.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub width: u32,
    /// In pixels, upright.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub height: u32,
    /// What it shows.
    pub content: PictureContent,
    /// Whether its margin is white.
    pub white_background: bool,
    /// Whether any pixel is transparent.
    pub transparent: bool,
    /// From 0, no edge at all, to 1, edges as sharp as pixels can be.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub sharpness: f64,
    /// What it is coloured in, most first.
    pub colors: Vec<PhotoColor>,
    /// Frames of an animation; absent where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 2))]
    pub frames: Option<u32>,
    /// The colour profile that it was converted from, where that was another than sRGB's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
}

/// What a picture shows: a `photo`; a `graphic`, which is a drawing, text or logo; or `blank`, which is
/// one colour or hardly more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PictureContent {
    /// A photo.
    Photo,
    /// A drawing, a text, a logo.
    Graphic,
    /// One colour, or hardly more.
    Blank,
}

/// A colour and how much of the picture it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoColor {
    /// Red, green and blue (sRGB).
    #[cfg_attr(feature = "openapi", schema(pattern = "^#[0-9a-f]{6}$"))]
    pub color: String,
    /// Its part of the picture, from 0 to 1.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub share: f64,
}

/// A product that has a photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoUser {
    /// The product.
    pub sku: String,
    /// `true` for a product model. Its variants show the photo where they have none of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<bool>,
    /// The product's name, in the locale that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The photo's role: `main`, `detail`, `swatch`, `care-label`, `video` or `document`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Its place among the photos of the product, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub order: Option<u64>,
    /// The alternative text, and who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<AltText>,
    /// The channels that show the product.
    pub channels: Vec<String>,
}

/// What is read out to people who cannot see a photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AltText {
    /// The text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// `shop` where a file of the shop gives it, `machine` where a plugin made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_by: Option<String>,
    /// Other columns that the shop's table of alternative texts has.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, String>))]
    pub other: OrderedMap<'static, String>,
}

/// All that is known of a photo, as explanations have it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoDetails {
    /// What the file is, whatever its name says.
    pub media_type: String,
    /// In pixels, upright.
    pub width: u32,
    /// In pixels, upright.
    pub height: u32,
    /// How the file has it, from 1 to 8; 1 is upright (EXIF 2.32, tag Orientation).
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 8))]
    pub orientation: u8,
    /// Frames of an animation; 1 where it is none.
    pub frames: u32,
    /// The colour profile that it was converted from; `null` where that was sRGB's.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub profile: Option<String>,
    /// Whether any pixel is transparent.
    pub transparent: bool,
    /// Whether its margin is white.
    pub white_background: bool,
    /// From 0, no edge at all, to 1, edges as sharp as pixels can be.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub sharpness: f64,
    /// What it shows.
    pub content: PictureContent,
    /// Where a viewer looks: parts of the width and of the height, from the upper left corner.
    pub focus: [f64; 2],
    /// What it is coloured in, most first.
    pub colors: Vec<PhotoColor>,
    /// What the plugin has to say about it.
    pub remarks: Vec<crate::PluginRemark>,
}
