//! Targets: what a column says something about.

use rikaste_model::code::{
    AssociationCode, AttributeCode, ChannelCode, LocationCode, PriceListCode,
};
use rikaste_model::locale::Locale;
use rikaste_model::record::DropKind;
use rikaste_model::shop::Attribute;
use rikaste_model::value::{Currency, DataType};

use super::cells::alt_texts;

/// What a column says something about.
#[derive(Debug, Clone)]
pub(super) enum Target<'a> {
    /// Nothing: a mapping says so.
    Ignored,
    /// Nothing that is known.
    Unknown,
    /// Whom the row is about.
    Sku,
    /// Whether the row is a product model.
    Kind,
    /// The model that the row is a variant of.
    Parent,
    /// The variants of the model that the row is.
    Variants,
    /// An attribute in a place.
    Value(Slot<'a>),
    /// A price.
    Price(PriceSlot),
    /// Pieces at a location.
    Stock(LocationCode),
    /// Links of a kind.
    Links(AssociationCode),
    /// A part of a review, a price, a stock level or an edit.
    Field(Field),
}

impl Target<'_> {
    /// Whether it is an amount that needs a unit.
    pub(super) fn is_measurement(&self) -> bool {
        matches!(self, Self::Value(slot) if slot.attribute.data_type == DataType::Measurement)
    }

    /// Whether it is a value that is checked so.
    pub(super) fn is_checked(&self, as_: Check) -> bool {
        matches!(self, Self::Value(slot) if slot.check == as_)
    }

    /// Whether it is what names the photos of a product.
    pub(super) fn names_photos(&self) -> bool {
        matches!(self, Self::Value(slot) if slot.code.as_str() == alt_texts::PHOTOS)
    }

    /// Whether a cell may say several things.
    pub(super) fn is_list(&self) -> bool {
        match self {
            Self::Links(_) | Self::Variants => true,
            Self::Value(slot) => {
                matches!(slot.attribute.data_type, DataType::Assets | DataType::Options)
            }
            _ => false,
        }
    }
}

/// Where a value goes.
#[derive(Debug, Clone)]
pub(super) struct Slot<'a> {
    pub(super) code: AttributeCode,
    pub(super) attribute: &'a Attribute,
    pub(super) check: Check,
    pub(super) locale: Option<Locale>,
    pub(super) channel: Option<ChannelCode>,
}

/// What an attribute's data must be besides of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// Nothing.
    None,
    /// A GTIN.
    Gtin,
    /// A family of the shop.
    Family,
    /// Categories of the shop.
    Categories,
    /// Alternative texts of photos.
    AltTexts,
}

/// Where a price goes, as far as the column says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PriceSlot {
    pub(super) list: Option<PriceListCode>,
    pub(super) currency: Option<Currency>,
}

/// A part of a review, a price, a stock level or an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Source,
    Id,
    Rating,
    Locale,
    Title,
    Text,
    Author,
    Date,
    Verified,
    Incentivised,
    Location,
    Quantity,
    PriceList,
    Price,
    Currency,
    ValidFrom,
    ValidUntil,
    Attribute,
    Channel,
    Value,
    By,
}

impl Slot<'_> {
    /// Whether a locale that the whole row is in narrows it.
    pub(super) fn is_open(&self) -> bool {
        self.locale.is_none() && self.attribute.localizable
    }
}

impl Check {
    pub(super) fn of(attribute: &str) -> Self {
        match attribute {
            "gtin" => Self::Gtin,
            "family" => Self::Family,
            "categories" => Self::Categories,
            alt_texts::ATTRIBUTE => Self::AltTexts,
            _ => Self::None,
        }
    }
}

const REVIEWS: [(Field, &[&str]); 10] = [
    (Field::Source, &["source", "platform", "provider", "review_source"]),
    (Field::Id, &["id", "review_id", "reviewid"]),
    (Field::Rating, &["rating", "stars", "score", "review_rating", "review_score"]),
    (Field::Locale, &["locale", "language", "lang", "locale_name", "review_locale"]),
    (Field::Title, &["title", "headline", "subject", "summary", "review_title"]),
    (
        Field::Text,
        &[
            "text",
            "content",
            "body",
            "comment",
            "review",
            "review_text",
            "review_content",
            "description",
        ],
    ),
    (
        Field::Author,
        &[
            "author",
            "name",
            "nickname",
            "reviewer",
            "reviewer_name",
            "display_name",
            "customer_name",
        ],
    ),
    (
        Field::Date,
        &[
            "date",
            "created",
            "created_at",
            "review_date",
            "submitted",
            "submitted_at",
            "published_at",
        ],
    ),
    (Field::Verified, &["verified", "verified_buyer", "verified_purchase", "is_verified"]),
    (
        Field::Incentivised,
        &["incentivised", "incentivized", "is_incentivised", "is_incentivized", "rewarded"],
    ),
];

const STOCK: [(Field, &[&str]); 2] = [
    (Field::Location, &["location", "warehouse", "store", "stock_location"]),
    (Field::Quantity, &["quantity", "qty", "stock", "balance", "on_hand", "saldo"]),
];

const PRICES: [(Field, &[&str]); 5] = [
    (Field::PriceList, &["price_list", "pricelist", "list"]),
    (Field::Price, &["price", "amount"]),
    (Field::Currency, &["currency"]),
    (Field::ValidFrom, &["valid_from", "from", "start_date"]),
    (Field::ValidUntil, &["valid_until", "until", "end_date"]),
];

const EDITS: [(Field, &[&str]); 7] = [
    (Field::Attribute, &["attribute"]),
    (Field::Locale, &["locale", "language"]),
    (Field::Channel, &["channel"]),
    (Field::ValidFrom, &["valid_from", "from"]),
    (Field::ValidUntil, &["valid_until", "until"]),
    (Field::Value, &["value"]),
    (Field::By, &["by", "editor", "user"]),
];

impl Field {
    /// The fields of rows of a kind, and the names that each goes by; the first is its own.
    pub(super) fn of_kind(kind: DropKind) -> &'static [(Self, &'static [&'static str])] {
        match kind {
            DropKind::Products | DropKind::Images => &[],
            DropKind::Reviews => &REVIEWS,
            DropKind::Stock => &STOCK,
            DropKind::Prices => &PRICES,
            DropKind::Edits => &EDITS,
        }
    }
}
