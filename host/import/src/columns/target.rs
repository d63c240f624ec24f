//! Targets: what a column says something about.

use rikaste_model::code::{
    AssociationCode, AttributeCode, ChannelCode, LocationCode, PriceListCode,
};
use rikaste_model::locale::Locale;
use rikaste_model::publication::PublicationState;
use rikaste_model::record::DropKind;
use rikaste_model::shop::AttributeDefinition;
use rikaste_model::value::{Currency, DataType};
use rikaste_model::well_known;

/// What a column says something about.
#[derive(Debug, Clone)]
pub(crate) enum ColumnTarget<'a> {
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
    Value(AttributeTarget<'a>),
    /// A price, or what one is reckoned from.
    Price(PriceTarget),
    /// What holds for all prices of the row.
    PriceTerm(PriceTerm),
    /// Pieces at a location.
    Stock(LocationCode),
    /// Links of a kind.
    Links(AssociationCode),
    /// From when or until when the product is offered: a window of its status.
    StatusBound(StatusBound),
    /// A part of a review, a price, a stock level or an edit.
    Field(RecordField),
}

/// What a day says about when a product is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusBound {
    /// Before it the product is not offered.
    From,
    /// After it the product is not offered.
    Until,
}

impl StatusBound {
    /// What a mapping calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::From => "status_from",
            Self::Until => "status_until",
        }
    }
}

impl ColumnTarget<'_> {
    /// Whether it is an amount that needs a unit.
    pub(crate) fn is_measurement(&self) -> bool {
        matches!(self, Self::Value(slot) if slot.attribute.data_type == DataType::Measurement)
    }

    /// Whether it is money or a number of pieces.
    pub(crate) fn is_amount(&self) -> bool {
        matches!(self, Self::Price(_) | Self::Stock(_))
    }

    /// Whether what stands there is compared, letter by letter.
    pub(crate) fn is_key(&self) -> bool {
        match self {
            Self::Parent | Self::Variants | Self::Links(_) => true,
            Self::Value(slot) => {
                slot.check == AttributeRule::Gtin || slot.attribute.data_type == DataType::Options
            }
            _ => false,
        }
    }

    /// Whether it is a value that is checked so.
    pub(crate) fn has_rule(&self, as_: AttributeRule) -> bool {
        matches!(self, Self::Value(slot) if slot.check == as_)
    }

    /// Whether it says whether the product is offered, in the shop's words or those that are known.
    pub(crate) fn is_status(&self) -> bool {
        matches!(self, Self::Value(slot) if slot.code.as_str() == well_known::STATUS)
    }

    /// Whether it is what names the photos of a product.
    pub(crate) fn is_photo_list(&self) -> bool {
        matches!(self, Self::Value(slot) if slot.code.as_str() == well_known::IMAGES)
    }

    /// Whether a cell may say several things.
    pub(crate) fn is_list(&self) -> bool {
        match self {
            Self::Links(_) | Self::Variants => true,
            Self::Value(slot) => {
                matches!(slot.attribute.data_type, DataType::Assets | DataType::Options)
            }
            _ => false,
        }
    }

    /// The words in which a mapping says it; nothing where it is not known.
    pub(crate) fn mapping_name(&self, kind: DropKind) -> Option<String> {
        let with = |name: &str, parts: [Option<&str>; 2]| {
            parts.into_iter().flatten().fold(name.to_owned(), |name, part| format!("{name}-{part}"))
        };
        Some(match self {
            Self::Unknown => return None,
            Self::Ignored => "ignore".to_owned(),
            Self::Sku => "sku".to_owned(),
            Self::Kind => "kind".to_owned(),
            Self::Parent => "parent".to_owned(),
            Self::Variants => "variants".to_owned(),
            Self::StatusBound(bound) => bound.name().to_owned(),
            Self::Links(code) => code.to_string(),
            Self::Stock(location) => with("stock", [Some(location.as_str()), None]),
            Self::Price(slot) => {
                let list = slot.list.as_ref().map(PriceListCode::as_str);
                let name =
                    with(slot.part.word(), [list, slot.currency.as_ref().map(Currency::as_str)]);
                match slot.per {
                    Some(pieces) => format!("{name}-per-{pieces}"),
                    None => name,
                }
            }
            Self::Value(slot) if slot.check == AttributeRule::StatusOff => STATUS_OFF.to_owned(),
            Self::PriceTerm(term) => term.word().to_owned(),
            Self::Value(slot) => {
                let locale = slot.locale.as_ref().map(Locale::as_str);
                let channel = slot.channel.as_ref().map(ChannelCode::as_str);
                with(slot.code.as_str(), [locale, channel])
            }
            Self::Field(field) => {
                let names =
                    RecordField::fields_of_kind(kind).iter().find(|(known, _)| known == field);
                names.map(|(_, names)| names[0]).unwrap_or_default().to_owned()
            }
        })
    }
}

/// Where a value goes.
#[derive(Debug, Clone)]
pub(crate) struct AttributeTarget<'a> {
    pub(crate) code: AttributeCode,
    pub(crate) attribute: &'a AttributeDefinition,
    pub(crate) check: AttributeRule,
    pub(crate) locale: Option<Locale>,
    pub(crate) channel: Option<ChannelCode>,
}

/// What an attribute's data must be besides of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttributeRule {
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
    /// Whether the product is offered.
    Status,
    /// The same of columns that say yes where it is not: `discontinued`.
    StatusOff,
}

/// Where a price goes, as far as the column says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PriceTarget {
    pub(crate) part: PricePart,
    pub(crate) list: Option<PriceListCode>,
    pub(crate) currency: Option<Currency>,
    /// How many pieces the amounts are for.
    pub(crate) per: Option<u32>,
}

impl PriceTarget {
    /// Whether two columns say the same.
    pub(crate) fn is_same_place(&self, other: &Self) -> bool {
        (self.part, &self.list, self.currency) == (other.part, &other.list, other.currency)
    }
}

/// What an amount is, of those that a row has for one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum PricePart {
    /// The price.
    #[default]
    Price,
    /// The price while a sale is on.
    Sale,
    /// What the product costs without the sale: above the price, the price is a sale's.
    CompareAt,
    /// How many percent a sale takes off the price.
    DiscountPercent,
    /// How much a sale takes off the price.
    DiscountAmount,
}

/// What holds for all prices of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PriceTerm {
    /// The currency of amounts that name none.
    Currency,
    /// How many pieces the amounts are for.
    Quantity,
    /// From how many pieces on the price holds.
    MinimumQuantity,
    /// When the sale begins.
    SaleFrom,
    /// When the sale ends.
    SaleUntil,
    /// Both in one cell, with a slash between.
    SaleDates,
}

/// A part of a review, a price, a stock level or an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RecordField {
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
    InStock,
    PriceList,
    Price,
    Currency,
    ValidFrom,
    ValidUntil,
    Attribute,
    Channel,
    Value,
    /// The same, where an empty cell says nothing.
    NewValue,
    /// What people call the product, and what is shown now: for whoever fills in the file.
    ProductName,
    ShownNow,
    By,
}

impl AttributeTarget<'_> {
    /// Whether a locale that the whole row is in narrows it.
    pub(crate) fn is_locale_open(&self) -> bool {
        self.locale.is_none() && self.attribute.localizable
    }
}

/// What a mapping calls a column that says yes where the product is not offered.
pub(crate) const STATUS_OFF: &str = "status_off";

impl AttributeRule {
    /// Whether it says whether the product is offered.
    pub(crate) fn is_status(self) -> bool {
        matches!(self, Self::Status | Self::StatusOff)
    }

    pub(crate) fn from_attribute(code: &str, attribute: &AttributeDefinition) -> Self {
        match code {
            well_known::STATUS if has_known_states(attribute) => Self::Status,
            well_known::GTIN => Self::Gtin,
            well_known::FAMILY => Self::Family,
            well_known::CATEGORIES => Self::Categories,
            well_known::IMAGE_ALT => Self::AltTexts,
            _ => Self::None,
        }
    }
}

/// Whether a `status` is the one that every shop has. A shop may have made one of its own before, with
/// other options or of another type.
fn has_known_states(attribute: &AttributeDefinition) -> bool {
    let has = |state: &PublicationState| attribute.options.contains_key(state.code());
    attribute.data_type == DataType::Options
        && (attribute.options.is_empty() || PublicationState::ALL.iter().all(has))
}

const REVIEW_FIELDS: [(RecordField, &[&str]); 10] = [
    (RecordField::Source, &["source", "platform", "provider", "review_source"]),
    (RecordField::Id, &["id", "review_id", "reviewid"]),
    (RecordField::Rating, &["rating", "stars", "score", "review_rating", "review_score"]),
    (RecordField::Locale, &["locale", "language", "lang", "locale_name", "review_locale"]),
    (RecordField::Title, &["title", "headline", "subject", "summary", "review_title"]),
    (
        RecordField::Text,
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
        RecordField::Author,
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
        RecordField::Date,
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
    (RecordField::Verified, &["verified", "verified_buyer", "verified_purchase", "is_verified"]),
    (
        RecordField::Incentivised,
        &["incentivised", "incentivized", "is_incentivised", "is_incentivized", "rewarded"],
    ),
];

const STOCK_FIELDS: [(RecordField, &[&str]); 3] = [
    (RecordField::Location, &["location", "warehouse", "store", "stock_location"]),
    (RecordField::Quantity, &["quantity", "qty", "stock", "balance", "on_hand", "saldo"]),
    (RecordField::InStock, &["in_stock", "is_in_stock"]),
];

const VALID_FROM_NAMES: [&str; 9] = [
    "valid_from",
    "from",
    "start_date",
    "start",
    "starts",
    "begin",
    "begins",
    "date_from",
    "from_date",
];

const VALID_UNTIL_NAMES: [&str; 12] = [
    "valid_until",
    "until",
    "end_date",
    "end",
    "ends",
    "to",
    "till",
    "valid_to",
    "date_to",
    "to_date",
    "expires",
    "expiry_date",
];

const PRICE_FIELDS: [(RecordField, &[&str]); 5] = [
    (RecordField::PriceList, &["price_list", "pricelist", "list"]),
    (RecordField::Price, &["price", "amount"]),
    (RecordField::Currency, &["currency"]),
    (RecordField::ValidFrom, &VALID_FROM_NAMES),
    (RecordField::ValidUntil, &VALID_UNTIL_NAMES),
];

const EDIT_FIELDS: [(RecordField, &[&str]); 10] = [
    (RecordField::Attribute, &["attribute"]),
    (RecordField::Locale, &["locale", "language"]),
    (RecordField::Channel, &["channel"]),
    (RecordField::ValidFrom, &VALID_FROM_NAMES),
    (RecordField::ValidUntil, &VALID_UNTIL_NAMES),
    (RecordField::Value, &["value"]),
    (RecordField::NewValue, &["new_value"]),
    (RecordField::ProductName, &["product_name"]),
    (RecordField::ShownNow, &["shown_now"]),
    (RecordField::By, &["by", "editor", "user"]),
];

impl RecordField {
    /// The fields of rows of a kind, and the names that each goes by; the first is its own.
    pub(crate) fn fields_of_kind(kind: DropKind) -> &'static [(Self, &'static [&'static str])] {
        match kind {
            DropKind::Products | DropKind::Images => &[],
            DropKind::Reviews => &REVIEW_FIELDS,
            DropKind::Stock => &STOCK_FIELDS,
            DropKind::Prices => &PRICE_FIELDS,
            DropKind::Edits => &EDIT_FIELDS,
        }
    }
}
