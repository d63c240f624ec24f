//! The channel document: what a channel shows of a product.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{MoneyText, OrderedMap, ReleaseEvent};

/// What most documents are shorter than, in bytes: those of the demo have 3,000 to 4,600.
const USUAL_BYTES: usize = 6_144;

/// The attributes of a product by code.
type AttributeMap<'a> = OrderedMap<'a, AttributeData<'a>>;

/// What a channel shows of a product. What the product does not have is left out.
///
/// Its JSON without white space is canonical: the same product gives the same bytes, and their
/// hash is the document's identity. Member names follow Google's product data specification where
/// that has one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelDocument<'a> {
    /// The SKU.
    pub id: Cow<'a, str>,
    /// The SKU of the product model that it is a variant of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_group_id: Option<Cow<'a, str>>,
    /// 14 digits (GS1 General Specifications).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<Cow<'a, str>>,
    /// The code of its product family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Cow<'a, str>>,
    /// Its brand, as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<Cow<'a, str>>,
    /// Its categories, the main one first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<CategoryPath<'a>>>,
    /// The address of its main photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(examples("/assets/264180424beeeec6170ca53e5e85c02a.jpg"))
    )]
    pub image_link: Option<Cow<'a, str>>,
    /// The addresses of its other photos.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(examples(json!(["/assets/8a35727f7c3aba310dd559870e5a9d34.jpg"]))))]
    pub additional_image_link: Option<Vec<Cow<'a, str>>>,
    /// All its photos, the main one first, with what a page needs to show them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<DocumentPhoto<'a>>>,
    /// Its films.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub videos: Option<Vec<DocumentAttachment<'a>>>,
    /// Its documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<Vec<DocumentAttachment<'a>>>,
    /// The price without a sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<MoneyText>,
    /// The price of a sale that is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_price: Option<MoneyText>,
    /// From when until when the sale is on: two moments with a slash between (ISO 8601). Absent if
    /// the sale has no beginning or no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_price_effective_date: Option<String>,
    /// The lowest price of the 30 days before the sale (Directive 98/6/EC, article 6a).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowest_price_30_days: Option<MoneyText>,
    /// Whether any location of the channel has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability: Option<StockAvailability>,
    /// How many pieces each location of the channel has, by the location's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, i64>))]
    pub stock: Option<OrderedMap<'a, i64>>,
    /// Attributes that are the same in every locale, by code.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, AttributeData>))]
    pub attributes: AttributeMap<'a>,
    /// Products that belong to it, by the code of the kind of association.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, Vec<AssociatedProduct>>))]
    pub associations: Option<OrderedMap<'a, Vec<AssociatedProduct<'a>>>>,
    /// Texts by locale, in the order of the channel's locales. Absent when `locale` was asked for:
    /// the members of that locale are then the document's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, LocalizedContent>))]
    pub localized: Option<OrderedMap<'a, LocalizedContent<'a>>>,
    /// The locale that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_language: Option<Cow<'a, str>>,
    /// The name, in the locale that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Cow<'a, str>>,
    /// The description, in the locale that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Cow<'a, str>>,
    /// What people call the codes, in the locale that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, LabelText>))]
    pub labels: Option<OrderedMap<'a, LabelText<'a>>>,
    /// Texts that are in another locale than the one that was asked for, and in which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, String>))]
    pub fallback: Option<OrderedMap<'a, Cow<'a, str>>>,
}

impl ChannelDocument<'_> {
    /// The document in canonical JSON: members in their order, without white space.
    #[must_use]
    pub fn to_canonical_json(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(USUAL_BYTES);
        serde_json::to_writer(&mut bytes, self).expect("texts, numbers and lists are JSON");
        bytes
    }

    /// The document with one locale's texts as its own, and without the others. `None` if the
    /// document does not have the locale.
    #[must_use]
    pub fn flatten_locale(mut self, locale: &str) -> Option<Self> {
        let localized = self.localized.take()?;
        let (name, texts) = localized.0.into_iter().find(|(name, _)| name == locale)?;
        self.content_language = Some(name);
        self.title = texts.title;
        self.description = texts.description;
        self.attributes.0.extend(texts.attributes.unwrap_or_default().0);
        self.labels = Some(texts.labels);
        self.fallback = texts.fallback;
        Some(self)
    }
}

/// What a document has in one locale.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocalizedContent<'a> {
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Cow<'a, str>>,
    /// The description: plain text, or HTML with the few tags that the program lets through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Cow<'a, str>>,
    /// Attributes that have a value for each locale, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, AttributeData>))]
    pub attributes: Option<AttributeMap<'a>>,
    /// What people call the codes: of the family, of the categories from the outermost one on, and
    /// of options by their attribute.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, LabelText>))]
    pub labels: OrderedMap<'a, LabelText<'a>>,
    /// Texts that are in another locale, by member or attribute, and in which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, String>))]
    pub fallback: Option<OrderedMap<'a, Cow<'a, str>>>,
}

/// The data of an attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AttributeData<'a> {
    /// A text; also decimals (`"0.5"`), dates (`"2026-12-24"`) and amounts (`"89.90 EUR"`).
    Text(Cow<'a, str>),
    /// Yes or no.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Codes of options, or names of photos, in order.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    Names(Cow<'a, [SmolStr]>),
    /// An amount with a unit.
    Measurement(MeasurementData<'a>),
    /// The rows of a table, each with its cells by the name of their column.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<HashMap<String, String>>))]
    Table(Vec<OrderedMap<'a, Cow<'a, str>>>),
}

impl AttributeData<'_> {
    /// The data without what it borrows.
    #[must_use]
    pub fn into_owned(self) -> AttributeData<'static> {
        match self {
            Self::Text(text) => AttributeData::Text(own_text(text)),
            Self::Boolean(value) => AttributeData::Boolean(value),
            Self::Integer(value) => AttributeData::Integer(value),
            Self::Names(names) => AttributeData::Names(Cow::Owned(names.into_owned())),
            Self::Measurement(MeasurementData { amount, unit }) => {
                AttributeData::Measurement(MeasurementData { amount, unit: own_text(unit) })
            }
            Self::Table(rows) => {
                let own_row = |row: OrderedMap<'_, Cow<'_, str>>| {
                    let cells = row.0.into_iter();
                    cells.map(|(column, cell)| (own_text(column), own_text(cell))).collect()
                };
                AttributeData::Table(rows.into_iter().map(own_row).collect())
            }
        }
    }
}

fn own_text(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

/// An amount with a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasurementData<'a> {
    /// A decimal number.
    #[cfg_attr(feature = "openapi", schema(examples("0.5")))]
    pub amount: String,
    /// The unit's symbol.
    #[cfg_attr(feature = "openapi", schema(examples("kg")))]
    pub unit: Cow<'a, str>,
}

/// What people call one code, or each of several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LabelText<'a> {
    /// Of a single code, such as the family's.
    One(Cow<'a, str>),
    /// Of each code in their order.
    Many(Vec<Cow<'a, str>>),
}

/// A category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryPath<'a> {
    /// Its code.
    pub code: Cow<'a, str>,
    /// The codes from the outermost category to itself.
    pub path: Vec<Cow<'a, str>>,
}

/// A photo as a page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentPhoto<'a> {
    /// The address of the rendition that the channel shows first. It has an ending, by which programs know its format.
    #[cfg_attr(
        feature = "openapi",
        schema(examples("/assets/264180424beeeec6170ca53e5e85c02a.jpg"))
    )]
    pub link: Cow<'a, str>,
    /// What it shows of the product: `main`, `detail`, `swatch` or `care-label`.
    #[cfg_attr(feature = "openapi", schema(examples("main")))]
    pub role: Cow<'a, str>,
    /// The name that it was dropped under, or its URL.
    #[cfg_attr(feature = "openapi", schema(examples("HH-1001-110.jpg")))]
    pub file_name: Cow<'a, str>,
    /// Of the rendition at `link`, in pixels.
    #[cfg_attr(feature = "openapi", schema(examples(1920)))]
    pub width: u32,
    /// Of the rendition at `link`, in pixels.
    #[cfg_attr(feature = "openapi", schema(examples(1280)))]
    pub height: u32,
    /// What to show while it is loaded: a ThumbHash in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(content_encoding = "base64", examples("AQIDBAUGBwgJCgsMDQ4PEBESExQV"))
    )]
    pub placeholder: Option<String>,
    /// The colour that there is most of (sRGB).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^#[0-9a-f]{6}$", examples("#c8b491")))]
    pub color: Option<String>,
    /// The endings of the formats that the addresses of `srcset` have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(examples(json!(["avif", "webp", "jpg"]))))]
    pub formats: Option<Vec<Cow<'a, str>>>,
    /// Renditions for `srcset` of HTML, the narrowest first. Their addresses have no ending: the
    /// reader's `Accept` decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub srcset: Option<Vec<SourceSetImage>>,
    /// Renditions that the channel defines, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, NamedRendition>))]
    pub renditions: Option<OrderedMap<'a, NamedRendition>>,
}

/// A rendition for `srcset` of HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceSetImage {
    /// In pixels.
    #[cfg_attr(feature = "openapi", schema(examples(320)))]
    pub width: u32,
    /// In pixels.
    #[cfg_attr(feature = "openapi", schema(examples(213)))]
    pub height: u32,
    /// Its address, without an ending.
    #[cfg_attr(feature = "openapi", schema(examples("/assets/5cd4fdbc842977a9308c063e51c63570")))]
    pub link: String,
}

/// A rendition that the channel defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedRendition {
    /// In pixels.
    #[cfg_attr(feature = "openapi", schema(examples(1500)))]
    pub width: u32,
    /// In pixels.
    #[cfg_attr(feature = "openapi", schema(examples(1500)))]
    pub height: u32,
    /// Its address, with an ending.
    #[cfg_attr(
        feature = "openapi",
        schema(examples("/assets/e64609d4005accc96bf55a2f0cc3e06a.jpg"))
    )]
    pub link: String,
}

/// A film or document, which is published as it was dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentAttachment<'a> {
    /// Its address.
    pub link: String,
    /// The name that it was dropped under.
    pub file_name: Cow<'a, str>,
    /// In bytes.
    pub size: u64,
}

/// Whether a product is available.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StockAvailability {
    /// A location of the channel has it.
    InStock,
    /// No location of the channel has it.
    OutOfStock,
}

/// A product that belongs to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssociatedProduct<'a> {
    /// Its SKU.
    pub id: Cow<'a, str>,
    /// How many of it.
    pub quantity: u32,
    /// Its document, where `include=associations` was asked for and the channel shows it. It names the products that
    /// belong to it without their documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub product: Option<Box<ChannelDocument<'a>>>,
}

/// A line of `GET /v1/channels/{channel}/changes`. Apply all of them at once, and only when the
/// last one has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChannelChange<'a> {
    /// A product that is new or changed.
    Upsert {
        /// Its document.
        upsert: Box<ChannelDocument<'a>>,
    },
    /// A product that the channel does not show any more.
    Delete {
        /// Its SKU.
        delete: Cow<'a, str>,
    },
    /// The last line: what the reader now stands on.
    Release(ReleaseEvent),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> ChannelDocument<'static> {
        serde_json::from_str(json).expect("a document")
    }

    #[test]
    fn one_locale_is_laid_over_the_document() {
        let document = parse(
            r#"{"id":"A","attributes":{"size":"M"},"localized":{"fi-FI":{"title":"Takki","attributes":{"care":"Pese"},"labels":{},"fallback":{"title":"en-GB"}},"sv-SE":{"labels":{}}}}"#,
        );
        assert_eq!(document.clone().flatten_locale("fi"), None);
        let flat = document.flatten_locale("fi-FI").expect("it has the locale");
        assert_eq!(
            String::from_utf8_lossy(&flat.to_canonical_json()),
            r#"{"id":"A","attributes":{"size":"M","care":"Pese"},"content_language":"fi-FI","title":"Takki","labels":{},"fallback":{"title":"en-GB"}}"#
        );
    }

    #[test]
    fn a_document_that_is_read_and_written_again_has_the_same_bytes() {
        let json = r##"{"id":"HH-1","item_group_id":"HH","gtin":"04006381333931","brand":"Häv \"x\"","categories":[{"code":"jackets","path":["clothing","jackets"]}],"image_link":"/assets/1.jpg","additional_image_link":["/assets/2.jpg"],"images":[{"link":"/assets/1.jpg","role":"main","file_name":"HH-1.jpg","width":3,"height":4,"placeholder":"AQI=","color":"#010203","formats":["webp"],"srcset":[{"width":3,"height":4,"link":"/assets/1"}],"renditions":{"tile":{"width":1,"height":1,"link":"/assets/9.jpg"}}}],"documents":[{"link":"/assets/3.pdf","file_name":"HH-1.pdf","size":5}],"price":"20.00 EUR","sale_price":"15.00 EUR","sale_price_effective_date":"2026-11-21T12:00:00+02:00/2026-12-01T12:00:00+02:00","lowest_price_30_days":"20.00 EUR","availability":"out_of_stock","stock":{"z":-1,"a":0},"attributes":{"z":true,"a":-7,"b":"0.50","c":["x","y"],"d":{"amount":"1.5","unit":"kg"},"e":[{"to":"EU","from":"38"},{"to":"UK","from":"6"}],"f":[],"g":""},"associations":{"spare":[{"id":"HH-9","quantity":2}]},"localized":{"fi-FI":{"title":"Takki","description":"<p>x</p>","attributes":{"care":"Pese"},"labels":{"family":"Takit","categories":["Vaatteet","Takit"]},"fallback":{"care":"en-GB"}},"en-GB":{"labels":{}}}}"##;
        assert_eq!(String::from_utf8_lossy(&parse(json).to_canonical_json()), json);
    }
}
