//! An explanation as text for a terminal.

use std::fmt::Write;

use serde_json::Value;

use super::look::text as member;

/// The most of a value that is shown in a line.
const LINE: usize = 72;

/// The answer of `/v1/explain` in words, attribute by attribute; what counts has a mark.
pub(super) fn text(told: &Value) -> String {
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
    for value in list(&told["values"]) {
        let attribute = member(value, "attribute");
        if attribute != last {
            let _ = writeln!(out, "\n{attribute}");
            last = attribute;
        }
        said(&mut out, value);
    }
    prices(&mut out, &told["prices"]);
    for level in list(&told["stock"]) {
        let _ = writeln!(
            out,
            "stock {}: {}   {}",
            member(level, "location"),
            level["quantity"],
            member(&level["origin"], "text")
        );
    }
    channels(&mut out, &told["channels"]);
    let diagnostics = list(&told["diagnostics"]);
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

fn said(out: &mut String, value: &Value) {
    let mark = if value["wins"] == true { '*' } else { ' ' };
    let mut place: Vec<String> = Vec::new();
    place.extend(
        ["locale", "channel"].iter().filter_map(|m| Some(value.get(m)?.as_str()?.to_owned())),
    );
    if let Some(window) = value.get("window") {
        place.push(bounds(window));
    }
    let place = if place.is_empty() { String::new() } else { format!("[{}] ", place.join(", ")) };
    let inherited = if value["inherited"] == true { ", of the model" } else { "" };
    let stale = if value["stale"] == true { ", stale" } else { "" };
    let _ = writeln!(out, "  {mark} {place}{}", line(&value["data"]));
    let _ = writeln!(out, "      {}{inherited}{stale}", member(&value["origin"], "text"));
    if let Some(why) = value.get("overruled").and_then(Value::as_str) {
        let _ = writeln!(out, "      does not count: {why}");
    }
    for shown in list(&value["shown"]) {
        if let Some(fallback) = shown.get("fallback").and_then(Value::as_str) {
            let _ = writeln!(out, "      shown in {} as {fallback}", member(shown, "channel"));
        }
    }
}

fn prices(out: &mut String, lists: &Value) {
    if !list(lists).is_empty() {
        let _ = writeln!(out, "\nprices and stock");
    }
    for prices in list(lists) {
        let _ = write!(out, "list {}: {}", member(prices, "list"), member(prices, "price"));
        if let Some(sale) = prices.get("sale_price").and_then(Value::as_str) {
            let lowest = member(prices, "lowest_price_30_days");
            let _ = write!(out, ", now {sale} (lowest of the 30 days before: {lowest})");
        }
        out.push('\n');
        for price in list(&prices["prices"]) {
            let window = price
                .get("window")
                .map_or(String::new(), |window| format!(" [{}]", bounds(window)));
            let _ = writeln!(
                out,
                "    {}{window}   {}",
                member(price, "price"),
                member(&price["origin"], "text")
            );
        }
    }
}

fn channels(out: &mut String, channels: &Value) {
    let _ = writeln!(out, "\nchannels");
    for channel in list(channels) {
        let code = member(channel, "channel");
        if channel["shown"] != true {
            let _ = writeln!(out, "  {code}: not shown, {}", member(channel, "why_not"));
            continue;
        }
        let _ = writeln!(out, "  {code}: shown");
        for completeness in list(&channel["completeness"]) {
            let missing: Vec<&str> =
                list(&completeness["missing"]).iter().filter_map(Value::as_str).collect();
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

fn bounds(window: &Value) -> String {
    match (window.get("from").and_then(Value::as_str), window.get("until").and_then(Value::as_str))
    {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "always".to_owned(),
    }
}

fn line(data: &Value) -> String {
    let text = match data {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    let mut line: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LINE).collect();
    if text.chars().count() > LINE {
        line.push('…');
    }
    line
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
