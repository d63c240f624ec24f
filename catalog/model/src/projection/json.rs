//! Writing JSON straight into bytes: members in the order they are written, nothing between.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::value::{Data, Table};

/// JSON being written.
#[derive(Debug, Default)]
pub(super) struct Json {
    bytes: Vec<u8>,
}

impl Json {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { bytes: Vec::with_capacity(capacity) }
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn object(&mut self, write: impl FnOnce(&mut Self)) {
        self.enclosed(b'{', b'}', write);
    }

    pub(super) fn array<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.enclosed(b'[', b']', |json| {
            for item in items {
                json.separate();
                write(json, item);
            }
        });
    }

    pub(super) fn key(&mut self, key: &str) -> &mut Self {
        self.separate();
        self.text(key);
        self.bytes.push(b':');
        self
    }

    pub(super) fn text(&mut self, text: &str) {
        serde_json::to_writer(&mut self.bytes, text).expect("a text is JSON, and memory takes it");
    }

    pub(super) fn display(&mut self, value: impl std::fmt::Display) {
        use std::io::Write;
        write!(self.bytes, "\"{value}\"").expect("memory takes it");
    }

    pub(super) fn integer(&mut self, value: i64) {
        use std::io::Write;
        write!(self.bytes, "{value}").expect("memory takes it");
    }

    pub(super) fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        self.array(texts, Self::text);
    }

    pub(super) fn data(&mut self, data: &Data) {
        match data {
            Data::Text(text) | Data::RichText(text) => self.text(text),
            Data::Boolean(value) => {
                self.bytes.extend_from_slice(if *value { b"true" } else { b"false" })
            }
            Data::Integer(value) => self.integer(*value),
            Data::Decimal(value) => self.decimal(*value),
            Data::Date(date) => self.display(date),
            Data::Options(names) | Data::Assets(names) => {
                self.texts(names.iter().map(SmolStr::as_str))
            }
            Data::Measurement(measurement) => self.object(|json| {
                json.key("amount").decimal(measurement.amount);
                json.key("unit").text(&measurement.unit);
            }),
            Data::Money(money) => self.display(money),
            Data::Table(table) => self.table(table),
        }
    }

    /// A decimal is written as text: a reader's float would change it.
    fn decimal(&mut self, value: Decimal) {
        self.display(value);
    }

    fn table(&mut self, table: &Table) {
        self.array(&table.rows, |json, row| {
            json.object(|json| {
                for (column, cell) in table.columns.iter().zip(row) {
                    json.key(column).text(cell);
                }
            });
        });
    }

    fn enclosed(&mut self, open: u8, close: u8, write: impl FnOnce(&mut Self)) {
        self.bytes.push(open);
        write(self);
        self.bytes.push(close);
    }

    /// A comma, unless this is the first member.
    fn separate(&mut self) {
        if !matches!(self.bytes.last(), Some(b'{' | b'[')) {
            self.bytes.push(b',');
        }
    }
}
