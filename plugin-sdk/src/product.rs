//! Reading a product.
//!
//! The readers take the plain value of an attribute: the one for every channel and all times.
//! Values of one channel or window are in [`Product::values_of`].

use crate::{Data, Measurement, Money, Product, Table, Value};

impl Value {
    /// Whether it holds for every channel and at all times.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.channel.is_none() && self.window.is_none()
    }

    /// The text of a text or rich text value.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) | Data::RichText(text) => Some(text),
            _ => None,
        }
    }
}

macro_rules! readers {
    ($($(#[$doc:meta])* $name:ident: $data:ident => $type:ty;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(&self, attribute: &str) -> Option<$type> {
                self.plain_values(attribute).find_map(|value| match &value.data {
                    Data::$data(data) => {
                        let data: $type = data;
                        Some(data)
                    }
                    _ => None,
                })
            }
        )*
    };
}

impl Product {
    /// A product without anything, to fill in a test.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            values: Vec::new(),
            reviews: Vec::new(),
            stock: Vec::new(),
            prices: Vec::new(),
            associations: Vec::new(),
            images: Vec::new(),
        }
    }

    /// Every value of an attribute: all locales, channels and windows.
    pub fn values_of<'a>(&'a self, attribute: &str) -> impl Iterator<Item = &'a Value> {
        self.values.iter().filter(move |value| value.attribute == attribute)
    }

    fn plain_values<'a>(&'a self, attribute: &str) -> impl Iterator<Item = &'a Value> {
        self.values_of(attribute).filter(|value| value.is_plain())
    }

    /// The text in exactly this locale; with `None` the one that has no locale.
    #[must_use]
    pub fn text(&self, attribute: &str, locale: Option<&str>) -> Option<&str> {
        self.plain_values(attribute)
            .filter(|value| value.locale.as_deref() == locale)
            .find_map(Value::as_text)
    }

    /// The text in this locale, or the one without a locale, which serves every locale.
    #[must_use]
    pub fn text_for(&self, attribute: &str, locale: &str) -> Option<&str> {
        self.text(attribute, Some(locale)).or_else(|| self.text(attribute, None))
    }

    /// An attribute's texts with the locale of each.
    pub fn texts<'a>(
        &'a self,
        attribute: &str,
    ) -> impl Iterator<Item = (Option<&'a str>, &'a str)> {
        self.plain_values(attribute)
            .filter_map(|value| Some((value.locale.as_deref(), value.as_text()?)))
    }

    /// Option codes, in order; empty where there are none.
    #[must_use]
    pub fn options(&self, attribute: &str) -> &[String] {
        self.plain_values(attribute)
            .find_map(|value| match &value.data {
                Data::Options(codes) => Some(codes.as_slice()),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// Yes or no.
    #[must_use]
    pub fn boolean(&self, attribute: &str) -> Option<bool> {
        self.plain_values(attribute).find_map(|value| match value.data {
            Data::Boolean(boolean) => Some(boolean),
            _ => None,
        })
    }

    /// A whole number.
    #[must_use]
    pub fn integer(&self, attribute: &str) -> Option<i64> {
        self.plain_values(attribute).find_map(|value| match value.data {
            Data::Integer(integer) => Some(integer),
            _ => None,
        })
    }

    readers! {
        /// A decimal in text; [`crate::decimal`] reads it.
        decimal: Decimal => &str;
        /// An ISO 8601 date.
        date: Date => &str;
        /// An amount of a unit.
        measurement: Measurement => &Measurement;
        /// An amount of a currency.
        money: Money => &Money;
        /// Rows of text under named columns.
        table: Table => &Table;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Patch, Window};

    fn product() -> Product {
        let mut patch = Patch::new();
        patch.text("name", "Winter").locale("fi-FI").window("2026-12-01", "2027-01-01");
        patch.text("name", "Untuvatakki").locale("fi-FI");
        patch.text("name", "Down jacket");
        patch.options("color", ["sand"]);
        patch.decimal("weight", "0.40");
        patch.integer("weight_class", 3);
        Product { values: patch.values, ..Product::empty() }
    }

    #[test]
    fn texts_are_read_by_exact_locale() {
        let product = product();
        assert_eq!(product.text("name", Some("fi-FI")), Some("Untuvatakki"));
        assert_eq!(product.text("name", Some("sv-SE")), None);
        assert_eq!(product.text_for("name", "sv-SE"), Some("Down jacket"));
        assert_eq!(
            product.texts("name").collect::<Vec<_>>(),
            [(Some("fi-FI"), "Untuvatakki"), (None, "Down jacket")]
        );
        assert_eq!(
            product.values_of("name").next().and_then(|value| value.window.as_ref()),
            Some(&Window { start: Some("2026-12-01".into()), end: Some("2027-01-01".into()) })
        );
    }

    #[test]
    fn a_reader_of_another_type_finds_nothing() {
        let product = product();
        assert_eq!(product.options("color"), ["sand"]);
        assert_eq!(product.options("name"), [""; 0]);
        assert_eq!(product.decimal("weight"), Some("0.40"));
        assert_eq!(product.decimal("weight_class"), None);
        assert_eq!(product.integer("weight_class"), Some(3));
        assert_eq!(product.boolean("absent"), None);
    }
}
