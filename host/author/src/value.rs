//! Values as a person writes them in `products.json`, and as `expected.json` has them.
//!
//! | JSON | type |
//! |---|---|
//! | `"text"` | text |
//! | `true` | boolean |
//! | `12` | integer |
//! | `4.5` | decimal |
//! | `["sand", "moss"]` | options |
//! | `{"amount": "0.4", "unit": "kg"}` | measurement |
//! | `{"amount": "25.50", "currency": "EUR"}` | money |
//! | `{"columns": ["a", "b"], "rows": [["1", "2"]]}`, `[{"a": "1", "b": "2"}]` | table |
//! | `{"date": "2026-12-24"}`, `{"rich-text": "<p>…</p>"}`, … | the type that is named |
//!
//! An attribute's value is one of these; or an object of them by locale, where `*` is the one for
//! every locale; or, for a channel or a time, a list of
//! `{"value": …, "locale": …, "channel": …, "from": …, "until": …}`. Where the case's `model.toml`
//! defines the attribute, its type counts and not the look of the value.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rikaste_model::code::{AttributeCode, ChannelCode};
use rikaste_model::locale::Locale;
use rikaste_model::moment::{Moment, Window};
use rikaste_model::shop::Shop;
use rikaste_model::value::{
    AttributeValue, Currency, DataType, Measurement, Money, RichText, TableData, ValueData,
};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use smol_str::SmolStr;

/// A value with its place, as `products.json` has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacedValue {
    value: Json,
    locale: Option<Locale>,
    channel: Option<ChannelCode>,
    from: Option<String>,
    until: Option<String>,
}

/// The values of an attribute.
///
/// # Errors
/// What is wrong, in words that follow the attribute's name.
pub fn parse_values(
    attribute: &AttributeCode,
    json: &Json,
    shop: &Shop,
) -> Result<Vec<AttributeValue>, String> {
    let known = shop.attributes.get(attribute);
    let known = known.map(|attribute| attribute.data_type);
    let value = |data| AttributeValue::new(attribute.clone(), data);
    match json {
        Json::Object(by_locale) if is_by_locale(by_locale) => {
            let mut values = Vec::with_capacity(by_locale.len());
            for (key, json) in by_locale {
                let locale = if key == "*" { None } else { Some(parse_locale(key, shop)?) };
                let data = parse_data(json, known).map_err(|error| format!("{key}: {error}"))?;
                values.push(AttributeValue { locale, ..value(data) });
            }
            Ok(values)
        }
        Json::Array(items) if items.first().is_some_and(|item| item.get("value").is_some()) => {
            let read = |item: &Json| {
                let placed = PlacedValue::deserialize(item).map_err(|error| error.to_string())?;
                let locale =
                    placed.locale.map(|tag| parse_locale(tag.as_str(), shop)).transpose()?;
                let channel = placed.channel.map(|code| check_channel(code, shop)).transpose()?;
                let window =
                    parse_window(placed.from.as_deref(), placed.until.as_deref(), &shop.zone)?;
                Ok(AttributeValue {
                    locale,
                    channel,
                    window,
                    ..value(parse_data(&placed.value, known)?)
                })
            };
            let numbered = items.iter().enumerate();
            numbered
                .map(|(at, item)| read(item).map_err(|error: String| format!("[{at}]: {error}")))
                .collect()
        }
        _ => Ok(vec![value(parse_data(json, known)?)]),
    }
}

/// From and until, local dates or times.
pub fn parse_window(
    from: Option<&str>,
    until: Option<&str>,
    zone: &TimeZone,
) -> Result<Window, String> {
    let moment = |text: Option<&str>| {
        text.map(|text| Moment::parse_in_zone(text, zone))
            .transpose()
            .map_err(|error| error.to_string())
    };
    let window = Window { start: moment(from)?, end: moment(until)? };
    if window.is_empty() { Err("`until` is not after `from`".to_owned()) } else { Ok(window) }
}

/// Whether an object is values by locale, and not one value.
#[must_use]
pub fn is_by_locale(object: &Map<String, Json>) -> bool {
    !object.is_empty() && object.keys().all(|key| key == "*" || Locale::new(key).is_ok())
}

fn parse_locale(key: &str, shop: &Shop) -> Result<Locale, String> {
    let locale = Locale::new(key).map_err(|error| error.to_string())?;
    if shop.locales.contains(&locale) {
        return Ok(locale);
    }
    let known = shop.locales.iter().map(Locale::as_str).collect::<Vec<_>>().join(", ");
    Err(format!(
        "the shop has no locale {locale}; it has {known} (a shop.toml in the case sets others)"
    ))
}

fn check_channel(code: ChannelCode, shop: &Shop) -> Result<ChannelCode, String> {
    if shop.find_channel(code.as_str()).is_some() {
        return Ok(code);
    }
    let known = shop.channels.iter().map(|channel| channel.code.as_str());
    let known = known.collect::<Vec<_>>().join(", ");
    Err(format!(
        "the shop has no channel {code}; it has {known} (a shop.toml in the case sets others)"
    ))
}

/// Data of a known type, or of the type that it looks like.
fn parse_data(json: &Json, known: Option<DataType>) -> Result<ValueData, String> {
    let (json, data_type) = match (known, explicit_type(json)) {
        (Some(known), Some((named, _))) if known != named => {
            return Err(format!("it is of type {named}, and model.toml has {known}"));
        }
        (_, Some((named, inner))) => (inner, named),
        (Some(known), None) => (json, known),
        (None, None) => (json, guess_type(json).ok_or_else(|| describe_unknown(json))?),
    };
    parse_as_type(json, data_type)
        .ok_or_else(|| format!("{} is not {}", excerpt_json(json), describe_type(data_type)))
}

/// `{"date": "2026-12-24"}`: the type by its name.
fn explicit_type(json: &Json) -> Option<(DataType, &Json)> {
    let object = json.as_object().filter(|object| object.len() == 1)?;
    let (name, inner) = object.iter().next()?;
    Some((DataType::deserialize(Json::from(name.as_str())).ok()?, inner))
}

fn guess_type(json: &Json) -> Option<DataType> {
    match json {
        Json::Null => None,
        Json::Bool(_) => Some(DataType::Boolean),
        Json::Number(number) if number.is_f64() => Some(DataType::Decimal),
        Json::Number(_) => Some(DataType::Integer),
        Json::String(_) => Some(DataType::Text),
        Json::Array(items) if items.iter().all(Json::is_string) => Some(DataType::Options),
        Json::Array(_) => Some(DataType::Table),
        Json::Object(object) if object.contains_key("unit") => Some(DataType::Measurement),
        Json::Object(object) if object.contains_key("currency") => Some(DataType::Money),
        Json::Object(object) if object.contains_key("columns") => Some(DataType::Table),
        Json::Object(_) => None,
    }
}

fn describe_unknown(json: &Json) -> String {
    format!(
        "{} is no value; write a text, a number, true or false, a list of codes, an amount with unit or currency, \
         a table, values by locale, or the type by its name as in {{\"date\": \"2026-12-24\"}}",
        excerpt_json(json)
    )
}

fn describe_type(data_type: DataType) -> &'static str {
    match data_type {
        DataType::Text => "a text",
        DataType::RichText => "a text with HTML",
        DataType::Boolean => "true or false",
        DataType::Integer => "a whole number",
        DataType::Decimal => "a decimal, such as 4.5 or \"4.50\"",
        DataType::Date => "a date, such as \"2026-12-24\"",
        DataType::Options => "a list of codes, such as [\"sand\"]",
        DataType::Measurement => "a measurement, such as {\"amount\": \"0.4\", \"unit\": \"kg\"}",
        DataType::Money => "money, such as {\"amount\": \"25.50\", \"currency\": \"EUR\"}",
        DataType::Assets => "a list of file names",
        DataType::Table => {
            "a table: a list of objects with the same keys, or {\"columns\": […], \"rows\": [[…]]}"
        }
    }
}

fn parse_as_type(json: &Json, data_type: DataType) -> Option<ValueData> {
    let text = || json.as_str().map(str::to_owned);
    Some(match data_type {
        DataType::Text => ValueData::Text(text()?),
        DataType::RichText => ValueData::RichText(RichText::sanitize(json.as_str()?)),
        DataType::Boolean => ValueData::Boolean(json.as_bool()?),
        DataType::Integer => ValueData::Integer(json.as_i64()?),
        DataType::Decimal => ValueData::Decimal(parse_decimal(json)?),
        DataType::Date => ValueData::Date(json.as_str()?.parse::<Date>().ok()?),
        DataType::Options => ValueData::Options(parse_codes(json)?),
        DataType::Assets => ValueData::Assets(parse_codes(json)?),
        DataType::Measurement => {
            let amount = parse_decimal(json.get("amount")?)?;
            ValueData::Measurement(Measurement {
                amount,
                unit: SmolStr::new(json.get("unit")?.as_str()?),
            })
        }
        DataType::Money => {
            let amount = parse_decimal(json.get("amount")?)?;
            let currency = Currency::new(json.get("currency")?.as_str()?).ok()?;
            ValueData::Money(Money { amount, currency })
        }
        DataType::Table => ValueData::Table(parse_table(json)?),
    })
}

/// A number as it is written, or a text that is one: never by way of a float.
pub fn parse_decimal(json: &Json) -> Option<Decimal> {
    match json {
        Json::Number(number) => number.to_string().parse().ok(),
        Json::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn parse_codes(json: &Json) -> Option<Vec<SmolStr>> {
    json.as_array()?.iter().map(|code| code.as_str().map(SmolStr::new)).collect()
}

fn parse_table(json: &Json) -> Option<TableData> {
    if let Some(rows) = json.as_array() {
        let first = rows.first()?.as_object()?;
        let columns: Vec<SmolStr> = first.keys().map(SmolStr::new).collect();
        let row = |row: &Json| {
            let row = row.as_object().filter(|row| row.len() == columns.len())?;
            columns.iter().map(|column| parse_cell(row.get(column.as_str())?)).collect()
        };
        let rows = rows.iter().map(row).collect::<Option<_>>()?;
        return Some(TableData { columns, rows });
    }
    let columns = parse_codes(json.get("columns")?)?;
    let row = |row: &Json| {
        let cells: Vec<String> = row.as_array()?.iter().map(parse_cell).collect::<Option<_>>()?;
        (cells.len() == columns.len()).then_some(cells)
    };
    let rows = json.get("rows")?.as_array()?.iter().map(row).collect::<Option<_>>()?;
    Some(TableData { columns, rows })
}

fn parse_cell(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn excerpt_json(json: &Json) -> String {
    rikaste_model::diagnostic::cut_excerpt(&json.to_string())
}

/// An attribute's values as `expected.json` has them: as short as the places of the values allow.
#[must_use]
pub fn values_to_json(values: &[&AttributeValue], zone: &TimeZone) -> Json {
    let is_plain = |value: &&AttributeValue| value.channel.is_none() && value.window.is_always();
    match values {
        [only] if is_plain(only) && only.locale.is_none() => data_to_json(&only.data),
        _ if values.iter().all(is_plain) => {
            let key = |value: &AttributeValue| {
                value.locale.as_ref().map_or("*", Locale::as_str).to_owned()
            };
            values.iter().map(|value| (key(value), data_to_json(&value.data))).collect()
        }
        _ => values.iter().map(|value| placed_to_json(value, zone)).collect(),
    }
}

fn placed_to_json(value: &AttributeValue, zone: &TimeZone) -> Json {
    let mut object = Map::new();
    let mut set = |key: &str, text: Option<String>| {
        if let Some(text) = text {
            object.insert(key.to_owned(), text.into());
        }
    };
    set("locale", value.locale.as_ref().map(ToString::to_string));
    set("channel", value.channel.as_ref().map(ToString::to_string));
    set("from", value.window.start.map(|moment| moment.to_local_text(zone)));
    set("until", value.window.end.map(|moment| moment.to_local_text(zone)));
    object.insert("value".to_owned(), data_to_json(&value.data));
    Json::Object(object)
}

fn data_to_json(data: &ValueData) -> Json {
    match data {
        ValueData::Text(text) => text.as_str().into(),
        ValueData::RichText(text) => text.as_str().into(),
        ValueData::Boolean(value) => (*value).into(),
        ValueData::Integer(number) => (*number).into(),
        ValueData::Decimal(number) => number.to_string().into(),
        ValueData::Date(date) => date.to_string().into(),
        ValueData::Options(codes) | ValueData::Assets(codes) => {
            codes.iter().map(|code| Json::from(code.as_str())).collect()
        }
        ValueData::Measurement(measurement) => serde_json::json!({
            "amount": measurement.amount.to_string(), "unit": measurement.unit.as_str()
        }),
        ValueData::Money(money) => serde_json::json!({
            "amount": money.amount.to_string(), "currency": money.currency.as_str()
        }),
        ValueData::Table(table) => serde_json::json!({
            "columns": table.columns.iter().map(SmolStr::as_str).collect::<Vec<_>>(),
            "rows": table.rows
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shop() -> Shop {
        let locales = ["fi-FI", "sv-SE"].map(|tag| Locale::new(tag).expect("valid"));
        let zone = TimeZone::get("Europe/Helsinki").expect("bundled");
        Shop::new_bare(zone, locales.to_vec(), vec![ChannelCode::new("web").expect("valid")])
    }

    fn read_one(json: &Json) -> Result<Vec<AttributeValue>, String> {
        parse_values(&AttributeCode::new("a").expect("valid"), json, &shop())
    }

    #[test]
    fn a_type_is_what_a_value_looks_like() {
        for (json, expected) in [
            (json!("x"), DataType::Text),
            (json!(true), DataType::Boolean),
            (json!(12), DataType::Integer),
            (json!(4.5), DataType::Decimal),
            (json!(["sand"]), DataType::Options),
            (json!({"amount": "0.4", "unit": "kg"}), DataType::Measurement),
            (json!({"amount": 25.5, "currency": "eur"}), DataType::Money),
            (json!({"columns": ["a"], "rows": [["1"]]}), DataType::Table),
            (json!([{"a": 1, "b": "x"}, {"b": "y", "a": 2}]), DataType::Table),
            (json!({"date": "2026-12-24"}), DataType::Date),
            (json!({"decimal": "12.50"}), DataType::Decimal),
            (json!({"rich-text": "<p>x</p>"}), DataType::RichText),
            (json!({"assets": ["a.jpg"]}), DataType::Assets),
        ] {
            let values = read_one(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
            assert_eq!(values.len(), 1, "{json}");
            assert_eq!(values[0].data.data_type(), expected, "{json}");
        }
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        for json in [
            json!("x"),
            json!({"fi-FI": "Takki", "*": "Jacket"}),
            json!([
                {"locale": "fi-FI", "value": "Takki"},
                {"locale": "fi-FI", "channel": "web", "from": "2026-12-01", "until": "2026-12-24T08:00:00", "value": "Joulu"},
            ]),
            json!({"columns": ["a", "b"], "rows": [["1", "x"], ["2", "y"]]}),
            json!({"amount": "0.40", "unit": "kg"}),
        ] {
            let values = read_one(&json).expect("valid");
            assert_eq!(values_to_json(&values.iter().collect::<Vec<_>>(), &shop().zone), json);
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let check = |json: Json, expected: &str| {
            assert_eq!(read_one(&json).expect_err("wrong"), expected);
        };
        check(
            json!({"de-DE": "Jacke"}),
            "the shop has no locale de-DE; it has fi-FI, sv-SE (a shop.toml in the case sets others)",
        );
        check(
            json!({"date": "24.12.2026"}),
            "\"24.12.2026\" is not a date, such as \"2026-12-24\"",
        );
        check(
            json!([{"value": "x", "chanel": "web"}]),
            "[0]: unknown field `chanel`, expected one of `value`, `locale`, `channel`, `from`, `until`",
        );
        assert!(read_one(&json!(null)).expect_err("wrong").starts_with("null is no value; write"));
    }
}
