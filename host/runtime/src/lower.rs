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
use rikaste_model::shop::Shop;
use rikaste_model::value;
use smol_str::SmolStr;
use wasmtime::component::{ComponentType, Lower};

use super::inputs::Inputs;

/// What holds for the whole shop.
#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Context<'a> {
    locales: Vec<&'a str>,
    channels: Vec<&'a str>,
}

/// One product.
#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Product<'a> {
    values: Vec<Value<'a>>,
    reviews: Vec<Review<'a>>,
    stock: Vec<Stock<'a>>,
    prices: Vec<Price<'a>>,
    associations: Vec<Association<'a>>,
    images: Vec<Image<'a>>,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Value<'a> {
    attribute: &'a str,
    locale: Option<&'a str>,
    channel: Option<&'a str>,
    window: Option<Window>,
    data: Data<'a>,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Window {
    start: Option<String>,
    end: Option<String>,
}

#[derive(Debug, ComponentType, Lower)]
#[component(variant)]
pub enum Data<'a> {
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
    Measurement(Measurement<'a>),
    #[component(name = "money")]
    Money(Money<'a>),
    #[component(name = "assets")]
    Assets(Vec<&'a str>),
    #[component(name = "table")]
    Table(Table<'a>),
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Measurement<'a> {
    amount: String,
    unit: &'a str,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Money<'a> {
    amount: String,
    currency: &'a str,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Table<'a> {
    columns: Vec<&'a str>,
    rows: &'a [Vec<String>],
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Review<'a> {
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
pub struct Stock<'a> {
    location: &'a str,
    quantity: i64,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Price<'a> {
    #[component(name = "price-list")]
    price_list: &'a str,
    money: Money<'a>,
    window: Option<Window>,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Association<'a> {
    kind: &'a str,
    sku: &'a str,
    quantity: u32,
}

#[derive(Debug, ComponentType, Lower)]
#[component(record)]
pub struct Image<'a> {
    asset: String,
    #[component(name = "file-name")]
    file_name: &'a str,
    role: &'a str,
    size: u64,
}

impl<'a> Context<'a> {
    /// The shop's locales and channels.
    #[must_use]
    pub fn of(shop: &'a Shop) -> Self {
        Self {
            locales: shop.locales.iter().map(Locale::as_str).collect(),
            channels: shop.channels.iter().map(|channel| channel.code.as_str()).collect(),
        }
    }
}

impl<'a> Product<'a> {
    /// A product's inputs; windows are written in the shop's time zone.
    #[must_use]
    pub fn of(inputs: &Inputs<'a>, zone: &TimeZone) -> Self {
        let sku = inputs.sku.map(|sku| Value::unbound("sku", Data::Text(sku.as_str())));
        let values = inputs.values.iter().map(|value| Value::of(value, zone));
        Self {
            values: sku.into_iter().chain(values).collect(),
            reviews: inputs.reviews.iter().map(Review::of).collect(),
            stock: inputs.stock.iter().map(Stock::of).collect(),
            prices: inputs.prices.iter().map(|price| Price::of(price, zone)).collect(),
            associations: inputs.associations.iter().map(|link| Association::of(link)).collect(),
            images: inputs.photos.iter().map(Image::of).collect(),
        }
    }
}

impl<'a> Value<'a> {
    fn unbound(attribute: &'a str, data: Data<'a>) -> Self {
        Self { attribute, locale: None, channel: None, window: None, data }
    }

    fn of(value: &'a value::Value, zone: &TimeZone) -> Self {
        Self {
            attribute: value.attribute.as_str(),
            locale: value.locale.as_ref().map(Locale::as_str),
            channel: value.channel.as_ref().map(ChannelCode::as_str),
            window: Window::of(&value.window, zone),
            data: Data::of(&value.data),
        }
    }
}

impl Window {
    fn of(window: &moment::Window, zone: &TimeZone) -> Option<Self> {
        let bound = |at: Option<moment::Moment>| at.map(|at| at.to_local_text(zone));
        (!window.is_always()).then(|| Self { start: bound(window.start), end: bound(window.end) })
    }
}

impl<'a> Data<'a> {
    fn of(data: &'a value::Data) -> Self {
        let names = |names: &'a [SmolStr]| names.iter().map(SmolStr::as_str).collect();
        match data {
            value::Data::Text(text) => Self::Text(text),
            value::Data::RichText(text) => Self::RichText(text),
            value::Data::Boolean(value) => Self::Boolean(*value),
            value::Data::Integer(value) => Self::Integer(*value),
            value::Data::Decimal(value) => Self::Decimal(value.to_string()),
            value::Data::Date(value) => Self::Date(value.to_string()),
            value::Data::Options(codes) => Self::Options(names(codes)),
            value::Data::Measurement(value) => Self::Measurement(Measurement {
                amount: value.amount.to_string(),
                unit: &value.unit,
            }),
            value::Data::Money(money) => Self::Money(Money::of(money)),
            value::Data::Assets(assets) => Self::Assets(names(assets)),
            value::Data::Table(table) => {
                Self::Table(Table { columns: names(&table.columns), rows: &table.rows })
            }
        }
    }
}

impl<'a> Money<'a> {
    fn of(money: &'a value::Money) -> Self {
        Self { amount: money.amount.to_string(), currency: money.currency.as_str() }
    }
}

impl<'a> Review<'a> {
    fn of(review: &'a product::Review) -> Self {
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

impl<'a> Stock<'a> {
    fn of(stock: &'a product::StockLevel) -> Self {
        Self { location: stock.location.as_str(), quantity: stock.quantity }
    }
}

impl<'a> Price<'a> {
    fn of(price: &'a product::Price, zone: &TimeZone) -> Self {
        Self {
            price_list: price.list.as_str(),
            money: Money::of(&price.money),
            window: Window::of(&price.window, zone),
        }
    }
}

impl<'a> Association<'a> {
    fn of(link: &'a product::Association) -> Self {
        Self { kind: link.kind.as_str(), sku: link.sku.as_str(), quantity: link.quantity }
    }
}

impl<'a> Image<'a> {
    fn of(photo: &'a product::Photo) -> Self {
        Self {
            asset: photo.asset.to_string(),
            file_name: &photo.file_name,
            role: &photo.role,
            size: photo.size,
        }
    }
}
