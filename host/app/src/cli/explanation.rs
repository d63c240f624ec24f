//! An explanation as text for a terminal.

use std::fmt::Write;

use serde_json::Value;

use super::api_client::text_member as member;

/// The most of a value that is shown in a line.
const MAX_LINE_CHARS: usize = 72;

/// The answer of `/v1/explain` in words, attribute by attribute; what counts has a mark.
pub(super) fn format_explanation(told: &Value) -> String {
    let mut out = String::new();
    let kind = match member(told, "parent") {
        "" => member(told, "kind").to_owned(),
        parent => format!("variant of {parent}"),
    };
    let _ = writeln!(
        out,
        "{} ({kind}), release {}, as of {}",
        member(told, "sku"),
        told["release"],
        member(told, "at")
    );
    let mut last = "";
    for value in as_list(&told["values"]) {
        let attribute = member(value, "attribute");
        if attribute != last {
            let _ = writeln!(out, "\n{attribute}");
            last = attribute;
        }
        write_value(&mut out, value);
    }
    write_prices(&mut out, &told["prices"]);
    for level in as_list(&told["stock"]) {
        let _ = writeln!(
            out,
            "stock {}: {}   {}",
            member(level, "location"),
            level["quantity"],
            member(&level["origin"], "text")
        );
    }
    write_channels(&mut out, &told["channels"]);
    let diagnostics = as_list(&told["diagnostics"]);
    if !diagnostics.is_empty() {
        let _ = writeln!(out, "\nWhat plugins have to say");
    }
    for diagnostic in diagnostics {
        let _ = writeln!(
            out,
            "  {} ({}): {}",
            member(diagnostic, "severity"),
            member(diagnostic, "plugin"),
            member(diagnostic, "message")
        );
    }
    out
}

fn write_value(out: &mut String, value: &Value) {
    let mark = if value["wins"] == true { '*' } else { ' ' };
    let mut place: Vec<String> = Vec::new();
    place.extend(
        ["locale", "channel"].iter().filter_map(|m| Some(value.get(m)?.as_str()?.to_owned())),
    );
    if let Some(window) = value.get("window") {
        place.push(format_window(window));
    }
    let place = if place.is_empty() { String::new() } else { format!("[{}] ", place.join(", ")) };
    let inherited = if value["inherited"] == true { ", of the model" } else { "" };
    let stale = if value["stale"] == true { ", stale" } else { "" };
    let _ = writeln!(out, "  {mark} {place}{}", format_data(&value["data"]));
    let _ = writeln!(out, "      {}{inherited}{stale}", member(&value["origin"], "text"));
    if let Some(why) = value.get("overruled").and_then(Value::as_str) {
        let _ = writeln!(out, "      does not count: {why}");
    }
    for shown in as_list(&value["shown"]) {
        if let Some(fallback) = shown.get("fallback").and_then(Value::as_str) {
            let _ = writeln!(out, "      shown in {} as {fallback}", member(shown, "channel"));
        }
    }
}

fn write_prices(out: &mut String, lists: &Value) {
    if !as_list(lists).is_empty() {
        let _ = writeln!(out, "\nprices and stock");
    }
    for prices in as_list(lists) {
        let _ = write!(out, "list {}: {}", member(prices, "list"), member(prices, "price"));
        if let Some(sale) = prices.get("sale_price").and_then(Value::as_str) {
            let lowest = member(prices, "lowest_price_30_days");
            let _ = write!(out, ", now {sale} (lowest of the 30 days before: {lowest})");
        }
        out.push('\n');
        for price in as_list(&prices["prices"]) {
            let window = price
                .get("window")
                .map_or(String::new(), |window| format!(" [{}]", format_window(window)));
            let _ = writeln!(
                out,
                "    {}{window}   {}",
                member(price, "price"),
                member(&price["origin"], "text")
            );
        }
    }
}

fn write_channels(out: &mut String, channels: &Value) {
    let _ = writeln!(out, "\nchannels");
    for channel in as_list(channels) {
        let code = member(channel, "channel");
        if channel["shown"] != true {
            let _ = writeln!(out, "  {code}: not shown, {}", member(channel, "why_not"));
            continue;
        }
        let _ = writeln!(out, "  {code}: shown");
        for completeness in as_list(&channel["completeness"]) {
            let missing: Vec<&str> =
                as_list(&completeness["missing"]).iter().filter_map(Value::as_str).collect();
            if !missing.is_empty() {
                let _ = writeln!(
                    out,
                    "    {} lacks {}",
                    member(completeness, "locale"),
                    missing.join(", ")
                );
            }
        }
    }
}

fn format_window(window: &Value) -> String {
    match (window.get("from").and_then(Value::as_str), window.get("until").and_then(Value::as_str))
    {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "always".to_owned(),
    }
}

fn format_data(data: &Value) -> String {
    let text = match data {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    let mut line: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_LINE_CHARS).collect();
    if text.chars().count() > MAX_LINE_CHARS {
        line.push('…');
    }
    line
}

fn as_list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
