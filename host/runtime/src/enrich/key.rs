//! The key of an outcome: the hash of all that it can depend on.
//!
//! The inputs are written one after another into a buffer, every part with its length or its kind
//! before it, so that no two different inputs are written the same; the buffer is hashed in one
//! go. Nothing of this is kept but the hash: the encoding may change with the program, and all
//! that it costs is running the plugins once.

use rikaste_model::moment::{Moment, Window};
use rikaste_model::product::{Hash, Review};
use rikaste_model::shop::Shop;
use rikaste_model::value::{Data, Value};
use rust_decimal::Decimal;

use crate::{Inputs, Plugin};

/// Counts the versions of what the host does with an outcome before it is kept: raise it when
/// validation changes, so that outcomes are validated again.
const RULES: u32 = 1;

/// Makes the keys of one plugin in one shop.
pub struct Keys<'a> {
    prefix: Hash,
    buffer: Vec<u8>,
    /// The reviews hashed last: variants of a group come one after another.
    reviews: Option<(&'a [Review], Hash)>,
}

/// A key, and how many bytes of input went into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The hash.
    pub hash: Hash,
    /// About as many bytes as the inputs have.
    pub bytes: usize,
}

impl<'a> Keys<'a> {
    /// What all products of a plugin have in common is hashed once. The buffer is only for its
    /// memory.
    pub fn new(plugin: &Plugin, shop: &Shop, mut buffer: Vec<u8>) -> Self {
        buffer.clear();
        let mut out = Encoder(&mut buffer);
        out.bytes(&RULES.to_le_bytes());
        out.bytes(&plugin.digest().0);
        out.text(plugin.config());
        out.text(shop.zone.iana_name().unwrap_or_default());
        out.count(shop.locales.len());
        shop.locales.iter().for_each(|locale| out.text(locale.as_str()));
        out.count(shop.channels.len());
        shop.channels.iter().for_each(|channel| out.text(channel.code.as_str()));
        Self { prefix: Hash::of(&buffer), buffer, reviews: None }
    }

    /// The memory of the buffer, for the next plugin.
    pub fn into_buffer(self) -> Vec<u8> {
        self.buffer
    }

    /// The key of a product's inputs.
    pub fn key(&mut self, inputs: &Inputs<'a>) -> Key {
        let mut bytes = 0;
        let reviews = (!inputs.reviews.is_empty()).then(|| {
            bytes += inputs
                .reviews
                .iter()
                .map(|review| review.text.len() + review.title.len() + 100)
                .sum::<usize>();
            self.reviews(inputs.reviews)
        });
        self.buffer.clear();
        let mut out = Encoder(&mut self.buffer);
        out.bytes(&self.prefix.0);
        out.option(reviews, |out, hash| out.bytes(&hash.0));
        out.inputs(inputs);
        Key { hash: Hash::of(&self.buffer), bytes: bytes + self.buffer.len() }
    }

    fn reviews(&mut self, reviews: &'a [Review]) -> Hash {
        match self.reviews {
            Some((last, hash)) if std::ptr::eq(last, reviews) => return hash,
            _ => {}
        }
        self.buffer.clear();
        let mut out = Encoder(&mut self.buffer);
        reviews.iter().for_each(|review| out.review(review));
        let hash = Hash::of(&self.buffer);
        self.reviews = Some((reviews, hash));
        hash
    }
}

/// Writes what can be read back only one way.
struct Encoder<'a>(&'a mut Vec<u8>);

impl Encoder<'_> {
    fn inputs(&mut self, inputs: &Inputs<'_>) {
        self.option(inputs.sku, |out, sku| out.text(sku.as_str()));
        self.count(inputs.values.len());
        inputs.values.iter().for_each(|value| self.value(value));
        self.count(inputs.stock.len());
        for stock in inputs.stock {
            self.text(stock.location.as_str());
            self.bytes(&stock.quantity.to_le_bytes());
        }
        self.count(inputs.prices.len());
        for price in inputs.prices {
            self.text(price.list.as_str());
            self.window(&price.window);
            self.decimal(price.money.amount);
            self.text(price.money.currency.as_str());
        }
        self.count(inputs.associations.len());
        for link in &inputs.associations {
            self.text(link.kind.as_str());
            self.text(link.sku.as_str());
            self.bytes(&link.quantity.to_le_bytes());
        }
        self.count(inputs.photos.len());
        for photo in inputs.photos {
            self.bytes(&photo.asset.0);
            self.text(&photo.file_name);
            self.text(&photo.role);
            self.bytes(&photo.size.to_le_bytes());
        }
    }

    fn review(&mut self, review: &Review) {
        self.text(&review.source);
        self.text(&review.id);
        self.decimal(review.rating);
        self.option(review.locale.as_ref(), |out, locale| out.text(locale.as_str()));
        self.text(&review.title);
        self.text(&review.text);
        self.text(&review.author);
        self.option(review.date.as_ref(), |out, date| out.text(date));
        self.bytes(&[u8::from(review.verified), u8::from(review.incentivised)]);
    }

    fn value(&mut self, value: &Value) {
        self.text(value.attribute.as_str());
        self.option(value.locale.as_ref(), |out, locale| out.text(locale.as_str()));
        self.option(value.channel.as_ref(), |out, channel| out.text(channel.as_str()));
        self.window(&value.window);
        self.data(&value.data);
    }

    fn data(&mut self, data: &Data) {
        self.0.push(data.data_type() as u8);
        match data {
            Data::Text(text) | Data::RichText(text) => self.text(text),
            Data::Boolean(value) => self.0.push(u8::from(*value)),
            Data::Integer(value) => self.bytes(&value.to_le_bytes()),
            Data::Decimal(value) => self.decimal(*value),
            Data::Date(date) => {
                self.bytes(&date.year().to_le_bytes());
                self.bytes(&[date.month() as u8, date.day() as u8]);
            }
            Data::Options(names) | Data::Assets(names) => {
                self.count(names.len());
                names.iter().for_each(|name| self.text(name));
            }
            Data::Measurement(measurement) => {
                self.decimal(measurement.amount);
                self.text(&measurement.unit);
            }
            Data::Money(money) => {
                self.decimal(money.amount);
                self.text(money.currency.as_str());
            }
            Data::Table(table) => {
                self.count(table.columns.len());
                table.columns.iter().for_each(|column| self.text(column));
                self.count(table.rows.len());
                table.rows.iter().flatten().for_each(|cell| self.text(cell));
            }
        }
    }

    fn window(&mut self, window: &Window) {
        let mut bound =
            |at: Option<Moment>| self.option(at, |out, at| out.bytes(&at.0.to_le_bytes()));
        bound(window.start);
        bound(window.end);
    }

    /// With its scale: 1.0 and 1.00 are the same number and not the same text.
    fn decimal(&mut self, decimal: Decimal) {
        self.bytes(&decimal.serialize());
    }

    fn option<T>(&mut self, option: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match option {
            None => self.0.push(0),
            Some(inner) => {
                self.0.push(1);
                write(self, inner);
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes(text.as_bytes());
    }

    fn count(&mut self, count: usize) {
        self.bytes(&(count as u64).to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use rikaste_model::code::{AssociationCode, ChannelCode, LocationCode, PriceListCode, Sku};
    use rikaste_model::locale::Locale;
    use rikaste_model::product::{Association, Photo, Price, StockLevel};
    use rikaste_model::value::{Currency, Money};

    use super::*;
    use crate::Loaded;
    use crate::enrich::testing::*;

    fn plugin_and_shop() -> (Arc<Plugin>, Shop) {
        let mut shop = shop(&["fi-FI", "en-GB"]);
        let Loaded { plugins, .. } = load_bundled(&[rikaste_test_guests::TEST_GUEST], &mut shop);
        (Arc::clone(&plugins[0]), shop)
    }

    fn key(plugin: &Plugin, shop: &Shop, inputs: &Inputs<'_>) -> Hash {
        Keys::new(plugin, shop, Vec::new()).key(inputs).hash
    }

    #[test]
    fn every_input_counts() {
        let (plugin, shop) = plugin_and_shop();
        let plain = text("name", "ab");
        let values = [
            plain.clone(),
            text("nameab", ""),
            text("name", "a"),
            Value { locale: Some(Locale::new("fi-FI").expect("valid")), ..plain.clone() },
            Value { channel: Some(ChannelCode::new("fi-FI").expect("valid")), ..plain.clone() },
            Value { window: Window { start: Some(Moment(1)), end: None }, ..plain.clone() },
            Value { window: Window { start: None, end: Some(Moment(1)) }, ..plain.clone() },
            Value { data: Data::RichText("ab".to_owned()), ..plain.clone() },
            Value { data: Data::Options(vec!["ab".into()]), ..plain.clone() },
            Value { data: Data::Options(vec!["a".into(), "b".into()]), ..plain.clone() },
            Value { data: Data::Decimal(Decimal::new(10, 1)), ..plain.clone() },
            Value { data: Data::Decimal(Decimal::new(100, 2)), ..plain.clone() },
            Value { data: Data::Integer(1), ..plain.clone() },
        ];
        let sku = Sku::new("A").expect("valid");
        let money = Money { amount: Decimal::ONE, currency: Currency::new("EUR").expect("valid") };
        let list = PriceListCode::new("retail").expect("valid");
        let prices = [Price { list, window: Window::ALWAYS, money, cell: CELL }];
        let location = LocationCode::new("retail").expect("valid");
        let stock = [StockLevel { location, quantity: 1, cell: CELL }];
        let kind = AssociationCode::new("spare").expect("valid");
        let link = Association { kind, sku: sku.clone(), quantity: 1 };
        let photos = [Photo {
            file_name: "a.jpg".into(),
            asset: Hash::of(b"a"),
            size: 1,
            role: "main".into(),
            facts: None,
        }];
        let reviews = [review("r1"), review("r2")];

        let empty = Inputs::default;
        let mut variants: Vec<Inputs<'_>> =
            values.iter().map(|value| Inputs { values: vec![value], ..empty() }).collect();
        variants.extend([
            empty(),
            Inputs { values: vec![&plain, &plain], ..empty() },
            Inputs { sku: Some(&sku), ..empty() },
            Inputs { prices: &prices, ..empty() },
            Inputs { stock: &stock, ..empty() },
            Inputs { associations: vec![&link], ..empty() },
            Inputs { photos: &photos, ..empty() },
            Inputs { reviews: &reviews, ..empty() },
            Inputs { reviews: &reviews[..1], ..empty() },
            Inputs { reviews: &reviews[1..], ..empty() },
        ]);
        let keys: HashSet<Hash> =
            variants.iter().map(|inputs| key(&plugin, &shop, inputs)).collect();
        assert_eq!(keys.len(), variants.len());
        let again: HashSet<Hash> =
            variants.iter().map(|inputs| key(&plugin, &shop, inputs)).collect();
        assert_eq!(again, keys);
    }

    #[test]
    fn the_shop_and_the_configuration_count() {
        let (plugin, shop) = plugin_and_shop();
        let base = key(&plugin, &shop, &Inputs::default());
        let mut swapped = shop.clone();
        swapped.locales.swap(0, 1);
        assert_ne!(key(&plugin, &swapped, &Inputs::default()), base);
        let mut elsewhere = shop.clone();
        elsewhere.zone = jiff::tz::TimeZone::get("Europe/Stockholm").expect("bundled");
        assert_ne!(key(&plugin, &elsewhere, &Inputs::default()), base);
        let mut renamed = shop.clone();
        renamed.name = "Another".to_owned();
        assert_eq!(key(&plugin, &renamed, &Inputs::default()), base);
    }

    #[test]
    fn reviews_of_a_group_are_hashed_once_and_never_confused() {
        let (plugin, shop) = plugin_and_shop();
        let (one, two) = ([review("r1")], [review("r2")]);
        let mut keys = Keys::new(&plugin, &shop, Vec::new());
        let mut next = |reviews| keys.key(&Inputs { reviews, ..Inputs::default() }).hash;
        let order = [next(&one), next(&one), next(&two), next(&one)];
        assert!(order[0] == order[1] && order[1] == order[3] && order[2] != order[0]);
    }
}
