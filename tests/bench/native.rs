//! The bundled plugins as ordinary Rust: what the sandbox is measured against.

use rikaste_model::code::ChannelCode;
use rikaste_model::locale::Locale;
use rikaste_model::moment;
use rikaste_model::shop::Shop;
use rikaste_model::value;
use rikaste_plugin::{
    Association, Context, Data, Enricher, Image, Measurement, Money, Outcome, Price, Product,
    Review, Stock, Table, Value, Window,
};
use rikaste_runtime::DeclaredInputs;
use serde_json::from_str;
use smol_str::SmolStr;

/// A configured plugin.
pub type Native = Box<dyn Fn(&Context, &[Product]) -> Vec<Outcome>>;

/// A bundled plugin by its name, with its configuration in JSON.
pub fn plugin(name: &str, config: &str) -> Native {
    match name {
        "care" => configured::<rikaste_care::CarePlugin>(config),
        "alt-text" => configured::<rikaste_alt_text::AltTexts>(config),
        "reviews" => configured::<rikaste_reviews::ReviewsPlugin>(config),
        "seasonal-copy" => configured::<rikaste_seasonal_copy::SeasonalCopy>(config),
        other => panic!("the plugin {other} is not known here; add it"),
    }
}

fn configured<E: Enricher>(config: &str) -> Native {
    let config = from_str(config).expect("the demo's configuration is right");
    let plugin = E::new(config).expect("the demo's configuration is right");
    Box::new(move |context, products| plugin.enrich_batch(context, products))
}

/// What holds for the whole shop.
pub fn context(shop: &Shop) -> Context {
    Context {
        locales: shop.locales.iter().map(|locale| locale.as_str().to_owned()).collect(),
        channels: shop.channels.iter().map(|channel| channel.code.as_str().to_owned()).collect(),
    }
}

/// A product in the contract's types, all of it copied, as the sandbox does it.
pub fn product(inputs: &DeclaredInputs<'_>, shop: &Shop) -> Product {
    let sku = inputs.sku.map(|sku| Value {
        attribute: "sku".to_owned(),
        locale: None,
        channel: None,
        window: None,
        data: Data::Text(sku.as_str().to_owned()),
    });
    let values = inputs.values.iter().map(|value| Value {
        attribute: value.attribute.as_str().to_owned(),
        locale: value.locale.as_ref().map(locale),
        channel: value.channel.as_ref().map(|channel: &ChannelCode| channel.as_str().to_owned()),
        window: window(&value.window, shop),
        data: data(&value.data),
    });
    let reviews = inputs.reviews.iter().map(|review| &review.record).map(|review| Review {
        source: review.source.to_string(),
        id: review.id.to_string(),
        rating: review.rating.to_string(),
        locale: review.locale.as_ref().map(locale),
        title: review.title.clone(),
        text: review.text.clone(),
        author: review.author.clone(),
        date: review.date.as_ref().map(SmolStr::to_string),
        verified: review.verified,
        incentivised: review.incentivised,
    });
    let stock = inputs.stock.iter().map(|stock| Stock {
        location: stock.location.as_str().to_owned(),
        quantity: stock.quantity,
    });
    let prices = inputs.prices.iter().map(|price| Price {
        price_list: price.list.as_str().to_owned(),
        money: money(&price.money),
        window: window(&price.window, shop),
    });
    let associations = inputs.associations.iter().map(|link| Association {
        kind: link.kind.as_str().to_owned(),
        sku: link.sku.as_str().to_owned(),
        quantity: link.quantity,
    });
    let images = inputs.photos.iter().map(|photo| Image {
        asset: photo.asset.to_string(),
        file_name: photo.file_name.to_string(),
        role: photo.role.to_string(),
        size: photo.size,
    });
    Product {
        values: sku.into_iter().chain(values).collect(),
        reviews: reviews.collect(),
        stock: stock.collect(),
        prices: prices.collect(),
        associations: associations.collect(),
        images: images.collect(),
    }
}

fn locale(locale: &Locale) -> String {
    locale.as_str().to_owned()
}

fn window(window: &moment::Window, shop: &Shop) -> Option<Window> {
    let bound = |at: Option<moment::Moment>| at.map(|at| at.to_local_text(&shop.zone));
    (!window.is_always()).then(|| Window { start: bound(window.start), end: bound(window.end) })
}

fn money(money: &value::Money) -> Money {
    Money { amount: money.amount.to_string(), currency: money.currency.as_str().to_owned() }
}

fn data(data: &value::ValueData) -> Data {
    let names = |names: &[SmolStr]| names.iter().map(SmolStr::to_string).collect();
    match data {
        value::ValueData::Text(text) => Data::Text(text.clone()),
        value::ValueData::RichText(text) => Data::RichText(text.to_string()),
        value::ValueData::Boolean(value) => Data::Boolean(*value),
        value::ValueData::Integer(value) => Data::Integer(*value),
        value::ValueData::Decimal(value) => Data::Decimal(value.to_string()),
        value::ValueData::Date(value) => Data::Date(value.to_string()),
        value::ValueData::Options(codes) => Data::Options(names(codes)),
        value::ValueData::Measurement(value) => Data::Measurement(Measurement {
            amount: value.amount.to_string(),
            unit: value.unit.to_string(),
        }),
        value::ValueData::Money(value) => Data::Money(money(value)),
        value::ValueData::Assets(assets) => Data::Assets(names(assets)),
        value::ValueData::Table(table) => {
            Data::Table(Table { columns: names(&table.columns), rows: table.rows.clone() })
        }
    }
}

/// Pieces of text, and bytes in all of them.
#[derive(Clone, Copy, Default)]
pub struct Volume {
    pub pieces: usize,
    pub bytes: usize,
}

impl Volume {
    /// Of what a plugin is given.
    pub fn given(&mut self, product: &Product) {
        product.values.iter().for_each(|value| self.value(value));
        for review in &product.reviews {
            let texts = [&review.source, &review.id, &review.rating, &review.title, &review.text];
            texts.into_iter().for_each(|text| self.text(text));
            self.text(&review.author);
            [&review.locale, &review.date].into_iter().flatten().for_each(|text| self.text(text));
        }
        for image in &product.images {
            [&image.asset, &image.file_name, &image.role]
                .into_iter()
                .for_each(|text| self.text(text));
        }
    }

    /// Of what it answers.
    pub fn answered(&mut self, outcome: &Outcome) {
        let Ok(patch) = outcome else { return };
        patch.values.iter().for_each(|value| self.value(value));
        for diagnostic in &patch.diagnostics {
            self.text(&diagnostic.code);
            self.text(&diagnostic.message);
            let places = [&diagnostic.attribute, &diagnostic.locale];
            places.into_iter().flatten().for_each(|text| self.text(text));
        }
    }

    fn value(&mut self, value: &Value) {
        self.text(&value.attribute);
        [&value.locale, &value.channel].into_iter().flatten().for_each(|text| self.text(text));
        if let Some(window) = &value.window {
            [&window.start, &window.end].into_iter().flatten().for_each(|text| self.text(text));
        }
        match &value.data {
            Data::Text(text) | Data::RichText(text) | Data::Decimal(text) | Data::Date(text) => {
                self.text(text);
            }
            Data::Boolean(_) | Data::Integer(_) => {}
            Data::Options(codes) | Data::Assets(codes) => {
                codes.iter().for_each(|code| self.text(code));
            }
            Data::Measurement(Measurement { amount, unit: other })
            | Data::Money(Money { amount, currency: other }) => {
                self.text(amount);
                self.text(other);
            }
            Data::Table(table) => {
                let cells = table.columns.iter().chain(table.rows.iter().flatten());
                cells.for_each(|text| self.text(text));
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.pieces += 1;
        self.bytes += text.len();
    }
}
