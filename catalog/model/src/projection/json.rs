//! Writing JSON straight into bytes: members in the order they are written, nothing between.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::value::{TableData, ValueData};

/// JSON being written.
#[derive(Debug, Default)]
pub(super) struct JsonWriter {
    bytes: Vec<u8>,
}

impl JsonWriter {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { bytes: Vec::with_capacity(capacity) }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn write_object(&mut self, write: impl FnOnce(&mut Self)) {
        self.write_enclosed(b'{', b'}', write);
    }

    pub(super) fn write_array<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.write_enclosed(b'[', b']', |json| {
            for item in items {
                json.write_separator();
                write(json, item);
            }
        });
    }

    pub(super) fn write_key(&mut self, key: &str) -> &mut Self {
        self.write_separator();
        self.write_text(key);
        self.bytes.push(b':');
        self
    }

    pub(super) fn write_text(&mut self, text: &str) {
        serde_json::to_writer(&mut self.bytes, text).expect("a text is JSON, and memory takes it");
    }

    pub(super) fn write_display(&mut self, value: impl std::fmt::Display) {
        use std::io::Write;
        write!(self.bytes, "\"{value}\"").expect("memory takes it");
    }

    pub(super) fn write_integer(&mut self, value: i64) {
        use std::io::Write;
        write!(self.bytes, "{value}").expect("memory takes it");
    }

    pub(super) fn write_texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        self.write_array(texts, Self::write_text);
    }

    pub(super) fn write_data(&mut self, data: &ValueData) {
        match data {
            ValueData::Text(text) => self.write_text(text),
            ValueData::RichText(text) => self.write_text(text.as_str()),
            ValueData::Boolean(value) => {
                self.bytes.extend_from_slice(if *value { b"true" } else { b"false" })
            }
            ValueData::Integer(value) => self.write_integer(*value),
            ValueData::Decimal(value) => self.write_decimal(*value),
            ValueData::Date(date) => self.write_display(date),
            ValueData::Options(names) | ValueData::Assets(names) => {
                self.write_texts(names.iter().map(SmolStr::as_str))
            }
            ValueData::Measurement(measurement) => self.write_object(|json| {
                json.write_key("amount").write_decimal(measurement.amount);
                json.write_key("unit").write_text(&measurement.unit);
            }),
            ValueData::Money(money) => self.write_display(money),
            ValueData::Table(table) => self.write_table(table),
        }
    }

    /// A decimal is written as text: a reader's float would change it.
    fn write_decimal(&mut self, value: Decimal) {
        self.write_display(value);
    }

    fn write_table(&mut self, table: &TableData) {
        self.write_array(&table.rows, |json, row| {
            json.write_object(|json| {
                for (column, cell) in table.columns.iter().zip(row) {
                    json.write_key(column).write_text(cell);
                }
            });
        });
    }

    fn write_enclosed(&mut self, open: u8, close: u8, write: impl FnOnce(&mut Self)) {
        self.bytes.push(open);
        write(self);
        self.bytes.push(close);
    }

    /// A comma, unless this is the first member.
    fn write_separator(&mut self) {
        if !matches!(self.bytes.last(), Some(b'{' | b'[')) {
            self.bytes.push(b',');
        }
    }
}
