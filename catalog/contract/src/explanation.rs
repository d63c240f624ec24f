//! Explanations: why each channel shows what it shows of a product.

use serde::{Deserialize, Serialize};

use crate::{AttributeData, DiagnosticEntry, MoneyText, PhotoDetails, TimeText};

/// The answer of `GET /v1/explain/{sku}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductExplanation {
    /// The product.
    pub sku: String,
    /// Whether it is a product of its own, a model or a variant.
    pub kind: ProductRole,
    /// The SKU of a variant's model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// That the model is named and not in the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_model: Option<MissingModel>,
    /// The current release.
    pub release: u64,
    /// The moment that is explained.
    pub at: TimeText,
    /// The SKUs of a model's variants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variants: Option<Vec<String>>,
    /// Every value, attribute by attribute, the strongest first.
    pub values: Vec<ValueExplanation>,
    /// The prices, list by list.
    pub prices: Vec<PriceListExplanation>,
    /// The product's own stock; a model's is never its variants'.
    pub stock: Vec<StockExplanation>,
    /// The product's own photos, or its model's where it has none.
    pub photos: Vec<PhotoExplanation>,
    /// What each channel makes of the product.
    pub channels: Vec<ChannelExplanation>,
    /// The plugins that enriched it.
    pub plugins: Vec<PluginExplanation>,
    /// What plugins have to say about it, and which of them failed.
    pub diagnostics: Vec<DiagnosticEntry>,
}

/// A model that a product names and the catalogue does not have: the product stands alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissingModel {
    /// In words.
    pub text: String,
    /// Its SKU.
    pub sku: String,
    /// The row that names it. Absent where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<ValueSource>,
}

/// What a product is to its model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProductRole {
    /// A product of its own.
    Product,
    /// A variant of a model.
    Variant,
    /// A model, which variants inherit from.
    Model,
}

/// A value of an attribute, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ValueExplanation {
    /// The attribute's code.
    pub attribute: String,
    /// The locale that it is for; absent: for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The channel that it is for; absent: for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// When it is valid; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<ValidityWindow>,
    /// Whether the window is open at the moment that is explained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// The attribute's data type: `text`, `options`, `table`, …
    #[serde(rename = "type")]
    pub data_type: String,
    /// The data as documents have it.
    #[cfg_attr(feature = "openapi", schema(value_type = AttributeData))]
    pub data: AttributeData<'static>,
    /// Who sets it.
    pub layer: ValueLayer,
    /// Whether it is the product model's.
    pub inherited: bool,
    /// Whether the plugin that made it failed since; absent for values of others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale: Option<bool>,
    /// Whether it counts in any locale of any channel.
    pub wins: bool,
    /// Where it is shown.
    pub shown: Vec<ValueUse>,
    /// Where it comes from.
    pub origin: ValueSource,
    /// Why it does not count, where another value goes before it in the same place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overruled: Option<String>,
}

/// From, included, until, excluded. A bound that is absent is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ValidityWindow {
    /// The first moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<TimeText>,
    /// The first moment after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<TimeText>,
}

/// Who sets a value: a `source`, which is files of products, prices or stock; a `plugin`; or a person
/// by an `edit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ValueLayer {
    /// A source: files of products, prices or stock.
    Source,
    /// A plugin.
    Plugin,
    /// A person, by hand.
    Edit,
}

/// A place where a value is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ValueUse {
    /// The channel.
    pub channel: String,
    /// The locale; absent: it is the same in every locale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The locale and the one that is shown instead, when another was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(examples("sv-SE ← en-GB")))]
    pub fallback: Option<String>,
}

/// Where a value, price or stock level comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ValueSource {
    /// A cell of a file.
    File {
        /// In words.
        text: String,
        /// The number of the drop and of its receipt.
        drop: u32,
        /// The file, from the inbox on. Absent if its receipt is not kept any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        /// As an editor or spreadsheet counts it; the header is row 1.
        row: u32,
        /// The column's header.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<String>,
        /// When the file was read. Absent if its receipt is not kept any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<TimeText>,
        /// The source that the file belongs to. Absent for prices and stock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
        /// The source's priority; the higher one wins. Absent for prices and stock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<i32>,
    },
    /// A plugin.
    Plugin {
        /// In words.
        text: String,
        /// The plugin's name.
        plugin: String,
        /// Its version.
        version: String,
        /// The hash of its file (BLAKE3, hexadecimal).
        digest: String,
        /// Attributes and facets that it reads.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        inputs: Option<Vec<String>>,
        /// Why it failed on the product as it is now; the value is that of its last success.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<String>,
    },
    /// A person, through a file of edits.
    Edit {
        /// In words.
        text: String,
        /// The number of the drop and of its receipt.
        drop: u32,
        /// The file, from the inbox on. Absent if its receipt is not kept any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        /// As an editor or spreadsheet counts it; the header is row 1.
        row: u32,
        /// The column's header.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<String>,
        /// Who set it.
        by: String,
        /// When that person set it.
        at: TimeText,
    },
}

impl ValueSource {
    /// Where it comes from, in words.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::File { text, .. } | Self::Plugin { text, .. } | Self::Edit { text, .. } => text,
        }
    }
}

/// The prices of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceListExplanation {
    /// The list's code.
    pub list: String,
    /// Its name for people.
    pub label: String,
    /// Whether the prices are the product model's.
    pub inherited: bool,
    /// The price without a sale; absent if there is none now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<MoneyText>,
    /// The price of a sale that is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_price: Option<MoneyText>,
    /// When the sale is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_window: Option<ValidityWindow>,
    /// The lowest price of the 30 days before the sale (Directive 98/6/EC, article 6a).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowest_price_30_days: Option<MoneyText>,
    /// Every price that is known, those of other times, too.
    pub prices: Vec<PriceExplanation>,
    /// What was charged from when on, the oldest first.
    pub history: Vec<PricePoint>,
}

/// A price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceExplanation {
    /// The amount.
    pub price: MoneyText,
    /// When it is valid; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<ValidityWindow>,
    /// Whether the window is open at the moment that is explained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// Where it comes from.
    pub origin: ValueSource,
}

/// What was charged from a moment on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PricePoint {
    /// The moment.
    pub at: TimeText,
    /// The price; `null`: the product had none any more.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub price: Option<MoneyText>,
}

/// How many pieces a location has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockExplanation {
    /// The location's code.
    pub location: String,
    /// Its name for people.
    pub label: String,
    /// Pieces; negative where more were sold than there were.
    pub quantity: i64,
    /// Where it comes from.
    pub origin: ValueSource,
}

/// A photo of the product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoExplanation {
    /// The name that it was dropped under.
    pub file_name: String,
    /// What it shows of the product: `main`, `detail`, `swatch`, `care-label`, `video`, `document`.
    pub role: String,
    /// In bytes.
    pub size: u64,
    /// Where a channel shows it; `null` if none does.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub link: Option<String>,
    /// Whether it is the product model's.
    pub inherited: bool,
    /// What the plugin that decoded it found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<PhotoDetails>,
}

/// What a plugin has to say about a photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PluginRemark {
    /// A name that stays.
    pub code: String,
    /// In the plugin's words.
    pub message: String,
}

/// What a channel makes of the product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelExplanation {
    /// The channel.
    pub channel: String,
    /// Whether it shows the product.
    pub shown: bool,
    /// The hash of the document that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Why it does not show the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
    /// How complete the product is in each locale of the channel.
    pub completeness: Vec<CompletenessExplanation>,
}

/// How complete a product is in a locale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompletenessExplanation {
    /// The locale.
    pub locale: String,
    /// How complete it is.
    pub state: CompletenessLevel,
    /// How many values the channel requires.
    pub required: u64,
    /// The required attributes that it lacks.
    pub missing: Vec<String>,
    /// The required attributes that it has in another locale only.
    pub fallback: Vec<FallbackExplanation>,
}

/// How complete a product is in a locale. `complete`: it has every required value; `fallback`: some of
/// them in another locale only; `incomplete`: it lacks one.
// The store keeps the place in this list, so the order stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CompletenessLevel {
    /// It has every required value in the locale.
    Complete,
    /// It has every required value, some of them in another locale.
    Fallback,
    /// It lacks a required value.
    Incomplete,
}

/// A required value that is in another locale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FallbackExplanation {
    /// The attribute's code.
    pub attribute: String,
    /// The locale and the one that is shown instead.
    #[cfg_attr(feature = "openapi", schema(examples("sv-SE ← en-GB")))]
    pub fallback: String,
}

/// What a plugin made of the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PluginExplanation {
    /// The plugin's name.
    pub plugin: String,
    /// The version that did.
    pub version: String,
    /// The hash of its file (BLAKE3, hexadecimal).
    pub digest: String,
    /// How many values it made.
    pub values: u64,
    /// Whether it failed since, so that the values are those of its last success.
    pub stale: bool,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}
