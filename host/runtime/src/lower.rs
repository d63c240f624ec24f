//! What a guest is given, in types that borrow from the catalogue: no text is copied on the way
//! into the guest's memory.
//!
//! The component model compares types by structure, so these only have to say the same as
//! `wit/0.1.0`; loading a plugin checks that they do.

use jiff::tz::TimeZone;
use rikaste_model::code::ChannelCode;
use rikaste_model::locale::Locale;
use rikaste_model::moment;
use rikaste_model::product;
use rikaste_model::record::ReviewRecord;
use rikaste_model::shop::Shop;
use rikaste_model::value;
use smol_str::SmolStr;
use wasmtime::component::{ComponentType, Lower};

use super::inputs::DeclaredInputs;

/// What holds for the whole shop.
#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestContext<'a> {
    locales: Vec<&'a str>,
    channels: Vec<&'a str>,
}

/// One product.
#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestProduct<'a> {
    values: Vec<GuestValue<'a>>,
    reviews: Vec<GuestReview<'a>>,
    stock: Vec<GuestStock<'a>>,
    prices: Vec<GuestPrice<'a>>,
    associations: Vec<GuestAssociation<'a>>,
    images: Vec<GuestImage<'a>>,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestValue<'a> {
    attribute: &'a str,
    locale: Option<&'a str>,
    channel: Option<&'a str>,
    window: Option<GuestWindow>,
    data: GuestData<'a>,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestWindow {
    start: Option<String>,
    end: Option<String>,
}

#[derive(Debug, ComponentType, Lower)]
#[component(variant)]
pub enum GuestData<'a> {
    #[component(name = "text")]
    Text(&'a str),
    #[component(name = "rich-text")]
    RichText(&'a str),
    #[component(name = "boolean")]
    Boolean(bool),
    #[component(name = "integer")]
    Integer(i64),
    #[component(name = "decimal")]
    Decimal(String),
    #[component(name = "date")]
    Date(String),
    #[component(name = "options")]
    Options(Vec<&'a str>),
    #[component(name = "measurement")]
    Measurement(GuestMeasurement<'a>),
    #[component(name = "money")]
    Money(GuestMoney<'a>),
    #[component(name = "assets")]
    Assets(Vec<&'a str>),
    #[component(name = "table")]
    Table(GuestTable<'a>),
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestMeasurement<'a> {
    amount: String,
    unit: &'a str,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestMoney<'a> {
    amount: String,
    currency: &'a str,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestTable<'a> {
    columns: Vec<&'a str>,
    rows: &'a [Vec<String>],
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestReview<'a> {
    source: &'a str,
    id: &'a str,
    rating: String,
    locale: Option<&'a str>,
    title: &'a str,
    text: &'a str,
    author: &'a str,
    date: Option<&'a str>,
    verified: bool,
    incentivised: bool,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestStock<'a> {
    location: &'a str,
    quantity: i64,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestPrice<'a> {
    #[component(name = "price-list")]
    price_list: &'a str,
    money: GuestMoney<'a>,
    window: Option<GuestWindow>,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestAssociation<'a> {
    kind: &'a str,
    sku: &'a str,
    quantity: u32,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct GuestImage<'a> {
    asset: String,
    #[component(name = "file-name")]
    file_name: &'a str,
    role: &'a str,
    size: u64,
}

impl<'a> GuestContext<'a> {
    /// The shop's locales and channels.
    #[must_use]
    pub fn from_shop(shop: &'a Shop) -> Self {
        Self {
            locales: shop.locales.iter().map(Locale::as_str).collect(),
            channels: shop.channels.iter().map(|channel| channel.code.as_str()).collect(),
        }
    }
}

impl<'a> GuestProduct<'a> {
    /// A product's inputs; windows are written in the shop's time zone.
    #[must_use]
    pub fn from_inputs(inputs: &DeclaredInputs<'a>, zone: &TimeZone) -> Self {
        let sku =
            inputs.sku.map(|sku| GuestValue::without_scope("sku", GuestData::Text(sku.as_str())));
        let values = inputs.values.iter().map(|value| GuestValue::from_value(value, zone));
        Self {
            values: sku.into_iter().chain(values).collect(),
            reviews: inputs
                .reviews
                .iter()
                .map(|review| GuestReview::from_review(&review.record))
                .collect(),
            stock: inputs.stock.iter().map(GuestStock::from_stock).collect(),
            prices: inputs.prices.iter().map(|price| GuestPrice::from_price(price, zone)).collect(),
            associations: inputs
                .associations
                .iter()
                .map(|link| GuestAssociation::from_association(link))
                .collect(),
            images: inputs.photos.iter().map(GuestImage::from_photo).collect(),
        }
    }
}

impl<'a> GuestValue<'a> {
    fn without_scope(attribute: &'a str, data: GuestData<'a>) -> Self {
        Self { attribute, locale: None, channel: None, window: None, data }
    }

    fn from_value(value: &'a value::AttributeValue, zone: &TimeZone) -> Self {
        Self {
            attribute: value.attribute.as_str(),
            locale: value.locale.as_ref().map(Locale::as_str),
            channel: value.channel.as_ref().map(ChannelCode::as_str),
            window: GuestWindow::from_window(&value.window, zone),
            data: GuestData::from_data(&value.data),
        }
    }
}

impl GuestWindow {
    fn from_window(window: &moment::Window, zone: &TimeZone) -> Option<Self> {
        let bound = |at: Option<moment::Moment>| at.map(|at| at.to_local_text(zone));
        (!window.is_always()).then(|| Self { start: bound(window.start), end: bound(window.end) })
    }
}

impl<'a> GuestData<'a> {
    fn from_data(data: &'a value::ValueData) -> Self {
        let names = |names: &'a [SmolStr]| names.iter().map(SmolStr::as_str).collect();
        match data {
            value::ValueData::Text(text) => Self::Text(text),
            value::ValueData::RichText(text) => Self::RichText(text.as_str()),
            value::ValueData::Boolean(value) => Self::Boolean(*value),
            value::ValueData::Integer(value) => Self::Integer(*value),
            value::ValueData::Decimal(value) => Self::Decimal(value.to_string()),
            value::ValueData::Date(value) => Self::Date(value.to_string()),
            value::ValueData::Options(codes) => Self::Options(names(codes)),
            value::ValueData::Measurement(value) => Self::Measurement(GuestMeasurement {
                amount: value.amount.to_string(),
                unit: &value.unit,
            }),
            value::ValueData::Money(money) => Self::Money(GuestMoney::from_money(money)),
            value::ValueData::Assets(assets) => Self::Assets(names(assets)),
            value::ValueData::Table(table) => {
                Self::Table(GuestTable { columns: names(&table.columns), rows: &table.rows })
            }
        }
    }
}

impl<'a> GuestMoney<'a> {
    fn from_money(money: &'a value::Money) -> Self {
        Self { amount: money.amount.to_string(), currency: money.currency.as_str() }
    }
}

impl<'a> GuestReview<'a> {
    fn from_review(review: &'a ReviewRecord) -> Self {
        Self {
            source: &review.source,
            id: &review.id,
            rating: review.rating.to_string(),
            locale: review.locale.as_ref().map(Locale::as_str),
            title: &review.title,
            text: &review.text,
            author: &review.author,
            date: review.date.as_deref(),
            verified: review.verified,
            incentivised: review.incentivised,
        }
    }
}

impl<'a> GuestStock<'a> {
    fn from_stock(stock: &'a product::StockLevel) -> Self {
        Self { location: stock.location.as_str(), quantity: stock.quantity }
    }
}

impl<'a> GuestPrice<'a> {
    fn from_price(price: &'a product::Price, zone: &TimeZone) -> Self {
        Self {
            price_list: price.list.as_str(),
            money: GuestMoney::from_money(&price.money),
            window: GuestWindow::from_window(&price.window, zone),
        }
    }
}

impl<'a> GuestAssociation<'a> {
    fn from_association(link: &'a product::ProductAssociation) -> Self {
        Self { kind: link.kind.as_str(), sku: link.sku.as_str(), quantity: link.quantity }
    }
}

impl<'a> GuestImage<'a> {
    fn from_photo(photo: &'a product::Photo) -> Self {
        Self {
            asset: photo.asset.to_string(),
            file_name: &photo.file_name,
            role: photo.role.as_str(),
            size: photo.size,
        }
    }
}
