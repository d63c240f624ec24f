//! Values, windows and diagnostics as JSON.

use jiff::tz::TimeZone;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::moment::Window;
use rikaste_model::value::ValueData;
use serde_json::{Map, Value, json};

/// Data as channel documents write it: decimals as text, for a reader's float would change them.
pub(super) fn data_to_json(data: &ValueData) -> Value {
    match data {
        ValueData::Text(text) => json!(text),
        ValueData::RichText(text) => json!(text),
        ValueData::Boolean(value) => json!(value),
        ValueData::Integer(value) => json!(value),
        ValueData::Decimal(value) => json!(value.to_string()),
        ValueData::Date(date) => json!(date.to_string()),
        ValueData::Options(names) | ValueData::Assets(names) => json!(names),
        ValueData::Measurement(measurement) => {
            json!({ "amount": measurement.amount.to_string(), "unit": measurement.unit })
        }
        ValueData::Money(money) => json!(money.to_string()),
        ValueData::Table(table) => {
            let row = |cells: &Vec<String>| -> Map<String, Value> {
                table
                    .columns
                    .iter()
                    .map(ToString::to_string)
                    .zip(cells.iter().cloned().map(Value::from))
                    .collect()
            };
            table.rows.iter().map(row).map(Value::Object).collect()
        }
    }
}

/// A window's bounds, in the shop's time zone; nothing when it has none.
pub(super) fn window_to_json(window: Window, zone: &TimeZone) -> Option<Value> {
    if window.is_always() {
        return None;
    }
    let mut bounds = Map::new();
    for (name, bound) in [("from", window.start), ("until", window.end)] {
        bounds.extend(bound.map(|moment| (name.to_owned(), json!(moment.to_text(zone)))));
    }
    Some(Value::Object(bounds))
}

/// A diagnostic; what it does not point at is left out.
pub(super) fn diagnostic_to_json(diagnostic: &Diagnostic) -> Value {
    let mut told = json!({
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message.to_string(),
    });
    let place = &diagnostic.place;
    let pointers = [
        ("row", place.row.map(Value::from)),
        ("column", place.column.as_ref().map(|column| json!(column))),
        ("value", place.value.as_ref().map(|value| json!(value))),
        ("sku", place.sku.as_ref().map(|sku| json!(sku))),
        ("attribute", place.attribute.as_ref().map(|attribute| json!(attribute))),
        ("locale", place.locale.as_ref().map(|locale| json!(locale))),
    ];
    if let Value::Object(members) = &mut told {
        members.extend(
            pointers.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))),
        );
    }
    told
}
