//! The key of an outcome: the hash of all that it can depend on.
//!
//! The inputs are written one after another into a buffer, every part with its length or its kind
//! before it, so that no two different inputs are written the same; the buffer is hashed in one
//! go. Nothing of this is kept but the hash: the encoding may change with the program, and all
//! that it costs is running the plugins once.

use rikaste_model::moment::{Moment, Window};
use rikaste_model::product::{ContentHash, ProductReview};
use rikaste_model::record::ReviewRecord;
use rikaste_model::shop::Shop;
use rikaste_model::value::{AttributeValue, ValueData};
use rust_decimal::Decimal;

use crate::{DeclaredInputs, Plugin};

/// Counts the versions of what the host does with an outcome before it is kept: raise it when
/// validation changes, so that outcomes are validated again.
const VALIDATION_VERSION: u32 = 1;

/// Makes the keys of one plugin in one shop.
pub struct OutcomeKeyBuilder<'a> {
    prefix: ContentHash,
    buffer: Vec<u8>,
    /// The reviews hashed last: variants of a group come one after another.
    reviews: Option<(&'a [ProductReview], ContentHash)>,
}

/// A key, and how many bytes of input went into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeKey {
    /// The hash.
    pub hash: ContentHash,
    /// About as many bytes as the inputs have.
    pub bytes: usize,
}

impl<'a> OutcomeKeyBuilder<'a> {
    /// What all products of a plugin have in common is hashed once. The buffer is only for its
    /// memory.
    pub fn new(plugin: &Plugin, shop: &Shop, mut buffer: Vec<u8>) -> Self {
        buffer.clear();
        let mut out = KeyEncoder(&mut buffer);
        out.write_bytes(&VALIDATION_VERSION.to_le_bytes());
        out.write_bytes(&plugin.digest().0);
        out.write_text(plugin.config());
        out.write_text(shop.zone.iana_name().unwrap_or_default());
        out.write_count(shop.locales.len());
        shop.locales.iter().for_each(|locale| out.write_text(locale.as_str()));
        out.write_count(shop.channels.len());
        shop.channels.iter().for_each(|channel| out.write_text(channel.code.as_str()));
        Self { prefix: ContentHash::hash_bytes(&buffer), buffer, reviews: None }
    }

    /// The memory of the buffer, for the next plugin.
    pub fn into_buffer(self) -> Vec<u8> {
        self.buffer
    }

    /// The key of a product's inputs.
    pub fn hash_inputs(&mut self, inputs: &DeclaredInputs<'a>) -> OutcomeKey {
        let mut bytes = 0;
        let reviews = (!inputs.reviews.is_empty()).then(|| {
            bytes += inputs
                .reviews
                .iter()
                .map(|review| review.record.text.len() + review.record.title.len() + 100)
                .sum::<usize>();
            self.hash_reviews(inputs.reviews)
        });
        self.buffer.clear();
        let mut out = KeyEncoder(&mut self.buffer);
        out.write_bytes(&self.prefix.0);
        out.write_option(reviews, |out, hash| out.write_bytes(&hash.0));
        out.write_inputs(inputs);
        OutcomeKey { hash: ContentHash::hash_bytes(&self.buffer), bytes: bytes + self.buffer.len() }
    }

    fn hash_reviews(&mut self, reviews: &'a [ProductReview]) -> ContentHash {
        match self.reviews {
            Some((last, hash)) if std::ptr::eq(last, reviews) => return hash,
            _ => {}
        }
        self.buffer.clear();
        let mut out = KeyEncoder(&mut self.buffer);
        reviews.iter().for_each(|review| out.write_review(&review.record));
        let hash = ContentHash::hash_bytes(&self.buffer);
        self.reviews = Some((reviews, hash));
        hash
    }
}

/// Writes what can be read back only one way.
struct KeyEncoder<'a>(&'a mut Vec<u8>);

impl KeyEncoder<'_> {
    fn write_inputs(&mut self, inputs: &DeclaredInputs<'_>) {
        self.write_option(inputs.sku, |out, sku| out.write_text(sku.as_str()));
        self.write_count(inputs.values.len());
        inputs.values.iter().for_each(|value| self.write_value(value));
        self.write_count(inputs.stock.len());
        for stock in inputs.stock {
            self.write_text(stock.location.as_str());
            self.write_bytes(&stock.quantity.to_le_bytes());
        }
        self.write_count(inputs.prices.len());
        for price in inputs.prices {
            self.write_text(price.list.as_str());
            self.write_window(&price.window);
            self.write_decimal(price.money.amount);
            self.write_text(price.money.currency.as_str());
        }
        self.write_count(inputs.associations.len());
        for link in &inputs.associations {
            self.write_text(link.kind.as_str());
            self.write_text(link.sku.as_str());
            self.write_bytes(&link.quantity.to_le_bytes());
        }
        self.write_count(inputs.photos.len());
        for photo in inputs.photos {
            self.write_bytes(&photo.asset.0);
            self.write_text(&photo.file_name);
            self.write_text(photo.role.as_str());
            self.write_bytes(&photo.size.to_le_bytes());
        }
    }

    fn write_review(&mut self, review: &ReviewRecord) {
        self.write_text(&review.source);
        self.write_text(&review.id);
        self.write_decimal(review.rating);
        self.write_option(review.locale.as_ref(), |out, locale| out.write_text(locale.as_str()));
        self.write_text(&review.title);
        self.write_text(&review.text);
        self.write_text(&review.author);
        self.write_option(review.date.as_ref(), |out, date| out.write_text(date));
        self.write_bytes(&[u8::from(review.verified), u8::from(review.incentivised)]);
    }

    fn write_value(&mut self, value: &AttributeValue) {
        self.write_text(value.attribute.as_str());
        self.write_option(value.locale.as_ref(), |out, locale| out.write_text(locale.as_str()));
        self.write_option(value.channel.as_ref(), |out, channel| out.write_text(channel.as_str()));
        self.write_window(&value.window);
        self.write_data(&value.data);
    }

    fn write_data(&mut self, data: &ValueData) {
        self.0.push(data.data_type() as u8);
        match data {
            ValueData::Text(text) => self.write_text(text),
            ValueData::RichText(text) => self.write_text(text.as_str()),
            ValueData::Boolean(value) => self.0.push(u8::from(*value)),
            ValueData::Integer(value) => self.write_bytes(&value.to_le_bytes()),
            ValueData::Decimal(value) => self.write_decimal(*value),
            ValueData::Date(date) => {
                self.write_bytes(&date.year().to_le_bytes());
                self.write_bytes(&[date.month() as u8, date.day() as u8]);
            }
            ValueData::Options(names) | ValueData::Assets(names) => {
                self.write_count(names.len());
                names.iter().for_each(|name| self.write_text(name));
            }
            ValueData::Measurement(measurement) => {
                self.write_decimal(measurement.amount);
                self.write_text(&measurement.unit);
            }
            ValueData::Money(money) => {
                self.write_decimal(money.amount);
                self.write_text(money.currency.as_str());
            }
            ValueData::Table(table) => {
                self.write_count(table.columns.len());
                table.columns.iter().for_each(|column| self.write_text(column));
                self.write_count(table.rows.len());
                table.rows.iter().flatten().for_each(|cell| self.write_text(cell));
            }
        }
    }

    fn write_window(&mut self, window: &Window) {
        let mut bound = |at: Option<Moment>| {
            self.write_option(at, |out, at| out.write_bytes(&at.0.to_le_bytes()))
        };
        bound(window.start);
        bound(window.end);
    }

    /// With its scale: 1.0 and 1.00 are the same number and not the same text.
    fn write_decimal(&mut self, decimal: Decimal) {
        self.write_bytes(&decimal.serialize());
    }

    fn write_option<T>(&mut self, option: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match option {
            None => self.0.push(0),
            Some(inner) => {
                self.0.push(1);
                write(self, inner);
            }
        }
    }

    fn write_text(&mut self, text: &str) {
        self.write_count(text.len());
        self.write_bytes(text.as_bytes());
    }

    fn write_count(&mut self, count: usize) {
        self.write_bytes(&(count as u64).to_le_bytes());
    }

    fn write_bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use rikaste_model::code::{AssociationCode, ChannelCode, LocationCode, PriceListCode, Sku};
    use rikaste_model::locale::Locale;
    use rikaste_model::photo::PhotoRole;
    use rikaste_model::product::{Photo, Price, ProductAssociation, StockLevel};
    use rikaste_model::value::{Currency, Money, RichText};

    use super::*;
    use crate::LoadedPlugins;
    use crate::enrich::testing::*;

    fn plugin_and_shop() -> (Arc<Plugin>, Shop) {
        let mut shop = shop(&["fi-FI", "en-GB"]);
        let LoadedPlugins { enrichers: plugins, .. } =
            load_bundled(&[rikaste_test_guests::TEST_GUEST], &mut shop);
        (Arc::clone(&plugins[0]), shop)
    }

    fn key(plugin: &Plugin, shop: &Shop, inputs: &DeclaredInputs<'_>) -> ContentHash {
        OutcomeKeyBuilder::new(plugin, shop, Vec::new()).hash_inputs(inputs).hash
    }

    #[test]
    fn every_input_counts() {
        let (plugin, shop) = plugin_and_shop();
        let plain = text("name", "ab");
        let values = [
            plain.clone(),
            text("nameab", ""),
            text("name", "a"),
            AttributeValue { locale: Some(Locale::new("fi-FI").expect("valid")), ..plain.clone() },
            AttributeValue {
                channel: Some(ChannelCode::new("fi-FI").expect("valid")),
                ..plain.clone()
            },
            AttributeValue {
                window: Window { start: Some(Moment(1)), end: None },
                ..plain.clone()
            },
            AttributeValue {
                window: Window { start: None, end: Some(Moment(1)) },
                ..plain.clone()
            },
            AttributeValue { data: ValueData::RichText(RichText::sanitize("ab")), ..plain.clone() },
            AttributeValue { data: ValueData::Options(vec!["ab".into()]), ..plain.clone() },
            AttributeValue {
                data: ValueData::Options(vec!["a".into(), "b".into()]),
                ..plain.clone()
            },
            AttributeValue { data: ValueData::Decimal(Decimal::new(10, 1)), ..plain.clone() },
            AttributeValue { data: ValueData::Decimal(Decimal::new(100, 2)), ..plain.clone() },
            AttributeValue { data: ValueData::Integer(1), ..plain.clone() },
        ];
        let sku = Sku::new("A").expect("valid");
        let money = Money { amount: Decimal::ONE, currency: Currency::new("EUR").expect("valid") };
        let list = PriceListCode::new("retail").expect("valid");
        let prices = [Price { list, window: Window::ALWAYS, money, cell: CELL }];
        let location = LocationCode::new("retail").expect("valid");
        let stock = [StockLevel { location, quantity: 1, cell: CELL }];
        let kind = AssociationCode::new("spare").expect("valid");
        let link = ProductAssociation { kind, sku: sku.clone(), quantity: 1 };
        let photos = [Photo {
            file_name: "a.jpg".into(),
            asset: ContentHash::hash_bytes(b"a"),
            size: 1,
            role: PhotoRole::Main,
            facts: None,
        }];
        let reviews = [review("r1"), review("r2")];

        let empty = DeclaredInputs::default;
        let mut variants: Vec<DeclaredInputs<'_>> =
            values.iter().map(|value| DeclaredInputs { values: vec![value], ..empty() }).collect();
        variants.extend([
            empty(),
            DeclaredInputs { values: vec![&plain, &plain], ..empty() },
            DeclaredInputs { sku: Some(&sku), ..empty() },
            DeclaredInputs { prices: &prices, ..empty() },
            DeclaredInputs { stock: &stock, ..empty() },
            DeclaredInputs { associations: vec![&link], ..empty() },
            DeclaredInputs { photos: &photos, ..empty() },
            DeclaredInputs { reviews: &reviews, ..empty() },
            DeclaredInputs { reviews: &reviews[..1], ..empty() },
            DeclaredInputs { reviews: &reviews[1..], ..empty() },
        ]);
        let keys: HashSet<ContentHash> =
            variants.iter().map(|inputs| key(&plugin, &shop, inputs)).collect();
        assert_eq!(keys.len(), variants.len());
        let again: HashSet<ContentHash> =
            variants.iter().map(|inputs| key(&plugin, &shop, inputs)).collect();
        assert_eq!(again, keys);
    }

    #[test]
    fn the_shop_and_the_configuration_count() {
        let (plugin, shop) = plugin_and_shop();
        let base = key(&plugin, &shop, &DeclaredInputs::default());
        let mut swapped = shop.clone();
        swapped.locales.swap(0, 1);
        assert_ne!(key(&plugin, &swapped, &DeclaredInputs::default()), base);
        let mut elsewhere = shop.clone();
        elsewhere.zone = jiff::tz::TimeZone::get("Europe/Stockholm").expect("bundled");
        assert_ne!(key(&plugin, &elsewhere, &DeclaredInputs::default()), base);
        let mut renamed = shop.clone();
        renamed.name = "Another".to_owned();
        assert_eq!(key(&plugin, &renamed, &DeclaredInputs::default()), base);
    }

    #[test]
    fn reviews_of_a_group_are_hashed_once_and_never_confused() {
        let (plugin, shop) = plugin_and_shop();
        let (one, two) = ([review("r1")], [review("r2")]);
        let mut keys = OutcomeKeyBuilder::new(&plugin, &shop, Vec::new());
        let mut next = |reviews| {
            keys.hash_inputs(&DeclaredInputs { reviews, ..DeclaredInputs::default() }).hash
        };
        let order = [next(&one), next(&one), next(&two), next(&one)];
        assert!(order[0] == order[1] && order[1] == order[3] && order[2] != order[0]);
    }
}
