//! An explanation as text for a terminal.

use std::fmt::Write;

use rikaste_contract::{
    AttributeData, ChannelExplanation, PriceListExplanation, ProductExplanation, ProductRole,
    ValidityWindow, ValueExplanation,
};

/// The most of a value that is shown in a line.
const MAX_LINE_CHARS: usize = 72;

/// The answer of `/v1/explain` in words, attribute by attribute; what counts has a mark.
pub(super) fn format_explanation(explanation: &ProductExplanation) -> String {
    let mut out = String::new();
    let kind = match (&explanation.parent, explanation.kind) {
        (Some(parent), _) => format!("variant of {parent}"),
        (None, ProductRole::Product) => "product".to_owned(),
        (None, ProductRole::Variant) => "variant".to_owned(),
        (None, ProductRole::Model) => "model".to_owned(),
    };
    let ProductExplanation { sku, release, at, .. } = explanation;
    let _ = writeln!(out, "{sku} ({kind}), release {release}, as of {at}");
    if let Some(missing) = &explanation.missing_model {
        let _ = writeln!(out, "{}", missing.text);
    }
    let mut last = "";
    for value in &explanation.values {
        if value.attribute != last {
            let _ = writeln!(out, "\n{}", value.attribute);
            last = &value.attribute;
        }
        write_value(&mut out, value);
    }
    write_prices(&mut out, &explanation.prices);
    for level in &explanation.stock {
        let origin = level.origin.text();
        let _ = writeln!(out, "stock {}: {}   {origin}", level.location, level.quantity);
    }
    write_channels(&mut out, &explanation.channels);
    if !explanation.diagnostics.is_empty() {
        let _ = writeln!(out, "\nWhat plugins have to say");
    }
    for entry in &explanation.diagnostics {
        let plugin = entry.plugin.as_deref().unwrap_or_default();
        let _ = writeln!(out, "  {} ({plugin}): {}", entry.severity.name(), entry.message);
    }
    out
}

fn write_value(out: &mut String, value: &ValueExplanation) {
    let mark = if value.wins { '*' } else { ' ' };
    let window = value.window.as_ref().map(format_window);
    let place = [&value.locale, &value.channel, &window];
    let place: Vec<&str> = place.into_iter().flatten().map(String::as_str).collect();
    let place = if place.is_empty() { String::new() } else { format!("[{}] ", place.join(", ")) };
    let inherited = if value.inherited { ", of the model" } else { "" };
    let stale = if value.stale == Some(true) { ", stale" } else { "" };
    let _ = writeln!(out, "  {mark} {place}{}", format_data(&value.data));
    let _ = writeln!(out, "      {}{inherited}{stale}", value.origin.text());
    if let Some(why) = &value.overruled {
        let _ = writeln!(out, "      does not count: {why}");
    }
    for shown in &value.shown {
        if let Some(fallback) = &shown.fallback {
            let _ = writeln!(out, "      shown in {} as {fallback}", shown.channel);
        }
    }
}

fn write_prices(out: &mut String, lists: &[PriceListExplanation]) {
    if !lists.is_empty() {
        let _ = writeln!(out, "\nprices and stock");
    }
    for prices in lists {
        let now = prices.price.as_ref().map_or("", |price| &price.0);
        let _ = write!(out, "list {}: {now}", prices.list);
        if let (Some(sale), Some(lowest)) = (&prices.sale_price, &prices.lowest_price_30_days) {
            let _ = write!(out, ", now {sale} (lowest of the 30 days before: {lowest})");
        }
        out.push('\n');
        for price in &prices.prices {
            let window =
                price.window.as_ref().map(|window| format!(" [{}]", format_window(window)));
            let window = window.unwrap_or_default();
            let _ = writeln!(out, "    {}{window}   {}", price.price, price.origin.text());
        }
    }
}

fn write_channels(out: &mut String, channels: &[ChannelExplanation]) {
    let _ = writeln!(out, "\nchannels");
    for channel in channels {
        let code = &channel.channel;
        if !channel.shown {
            let why = channel.why_not.as_deref().unwrap_or_default();
            let _ = writeln!(out, "  {code}: not shown, {why}");
            continue;
        }
        let _ = writeln!(out, "  {code}: shown");
        for completeness in channel.completeness.iter().filter(|one| !one.missing.is_empty()) {
            let missing = completeness.missing.join(", ");
            let _ = writeln!(out, "    {} lacks {missing}", completeness.locale);
        }
    }
}

fn format_window(window: &ValidityWindow) -> String {
    match (&window.from, &window.until) {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "always".to_owned(),
    }
}

fn format_data(data: &AttributeData<'_>) -> String {
    let text = match data {
        AttributeData::Text(text) => text.to_string(),
        AttributeData::Names(names) => names.join(", "),
        other => serde_json::to_string(other).expect("texts and numbers are JSON"),
    };
    let mut line: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_LINE_CHARS).collect();
    if text.chars().count() > MAX_LINE_CHARS {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn what_counts_has_a_mark_and_the_rest_a_reason() {
        let explanation = serde_json::from_str(
            r#"{
            "sku": "HH-2", "kind": "variant", "parent": "HH", "release": 3,
            "missing_model": {"sku": "HH", "text": "the catalogue does not have the model HH"},
            "at": "2026-12-24T00:00:00+02:00",
            "values": [
                {"attribute": "name", "locale": "fi-FI", "channel": "web",
                 "window": {"until": "2026-12-26T00:00:00+02:00"}, "open": true, "type": "text",
                 "data": "Joulu\nlamppu", "layer": "edit", "inherited": false, "wins": true,
                 "shown": [{"channel": "web", "locale": "en-GB", "fallback": "en-GB ← fi-FI"}],
                 "origin": {"kind": "edit", "text": "set by Aino", "drop": 9, "row": 4, "by": "Aino",
                            "at": "2026-11-21T12:00:00+02:00"}},
                {"attribute": "name", "type": "options", "data": ["a", "b"], "layer": "plugin",
                 "inherited": true, "stale": true, "wins": false, "shown": [],
                 "origin": {"kind": "plugin", "text": "plugin care 0.1.0", "plugin": "care",
                            "version": "0.1.0", "digest": "52"},
                 "overruled": "what is set by hand goes before everything else"}],
            "prices": [{"list": "retail", "label": "Retail", "inherited": false,
                "price": "20.00 EUR", "sale_price": "15.00 EUR",
                "lowest_price_30_days": "18.00 EUR", "history": [],
                "prices": [{"price": "20.00 EUR", "origin":
                    {"kind": "file", "text": "a.csv, row 2", "drop": 1, "row": 2}}]}],
            "stock": [{"location": "helsinki", "label": "Helsinki", "quantity": -1, "origin":
                {"kind": "file", "text": "b.csv, row 3", "drop": 2, "row": 3}}],
            "photos": [],
            "channels": [
                {"channel": "company", "shown": false, "why_not": "it is not there", "completeness": []},
                {"channel": "web", "shown": true, "document": "6b", "completeness": [
                    {"locale": "fi-FI", "state": "incomplete", "required": 2,
                     "missing": ["care", "size"], "fallback": []}]}],
            "plugins": [],
            "diagnostics": [{"severity": "error", "code": "plugin-failed", "message": "care failed",
                             "plugin": "care"}]
            }"#,
        );
        expect![[r#"
            HH-2 (variant of HH), release 3, as of 2026-12-24T00:00:00+02:00
            the catalogue does not have the model HH

            name
              * [fi-FI, web, until 2026-12-26T00:00:00+02:00] Joulu lamppu
                  set by Aino
                  shown in web as en-GB ← fi-FI
                a, b
                  plugin care 0.1.0, of the model, stale
                  does not count: what is set by hand goes before everything else

            prices and stock
            list retail: 20.00 EUR, now 15.00 EUR (lowest of the 30 days before: 18.00 EUR)
                20.00 EUR   a.csv, row 2
            stock helsinki: -1   b.csv, row 3

            channels
              company: not shown, it is not there
              web: shown
                fi-FI lacks care, size

            What plugins have to say
              error (care): care failed
        "#]]
        .assert_eq(&format_explanation(&explanation.expect("an explanation")));
    }
}
