//! The receipt as a page of its own: it asks for nothing from anywhere, and reads on a phone.

use std::fmt::Write;

use rikaste_catalog::code::AttributeCode;
use rikaste_catalog::diagnostic::Diagnostic;
use rikaste_catalog::receipt::{DropOutcome, Receipt};

use super::summary::{counts, duration, more_messages, number, size, summary};

const STYLE: &str = include_str!("receipt.css");

/// The receipt as a page.
#[must_use]
pub fn html(receipt: &Receipt) -> String {
    let mut page = String::with_capacity(8_192 + receipt.messages.len() * 400);
    let file = escaped(&receipt.file);
    let outcome = match receipt.outcome {
        DropOutcome::Released if receipt.rows.rejected > 0 => "partly",
        DropOutcome::Released => "released",
        DropOutcome::Unchanged => "unchanged",
        DropOutcome::Rejected => "rejected",
    };
    put(
        &mut page,
        format_args!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{file} – receipt</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<header class=\"{outcome}\">\n<p class=\"file\">{file}</p>\n<h1>{}</h1>\n</header>\n",
            escaped(&summary(receipt)),
        ),
    );
    put_counts(&mut page, receipt);
    put_messages(&mut page, receipt);
    put_facts(&mut page, receipt);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn put(page: &mut String, part: std::fmt::Arguments<'_>) {
    page.write_fmt(part).expect("a text takes all");
}

fn put_counts(page: &mut String, receipt: &Receipt) {
    let counts = counts(receipt);
    if counts.is_empty() {
        return;
    }
    page.push_str("<ul class=\"counts\">\n");
    for (count, what) in counts {
        put(page, format_args!("<li><b>{}</b> {what}</li>\n", number(count)));
    }
    page.push_str("</ul>\n");
}

fn put_messages(page: &mut String, receipt: &Receipt) {
    if receipt.messages.is_empty() {
        return;
    }
    page.push_str(
        "<h2>What to look at</h2>\n<table>\n<thead><tr><th scope=\"col\">Row</th><th scope=\"col\">Column</th>\
         <th scope=\"col\">It says</th><th scope=\"col\">What happened, what to do</th></tr></thead>\n<tbody>\n",
    );
    for message in &receipt.messages {
        put_message(page, message);
    }
    page.push_str("</tbody>\n</table>\n");
    let more = more_messages(receipt);
    if more > 0 {
        put(
            page,
            format_args!("<p>There are {} more messages than are shown here.</p>\n", number(more)),
        );
    }
}

fn put_message(page: &mut String, message: &Diagnostic) {
    let place = &message.place;
    let column =
        place.column.as_deref().or_else(|| place.attribute.as_ref().map(AttributeCode::as_str));
    let row = place.row.map(|row| row.to_string()).unwrap_or_default();
    put(page, format_args!("<tr class=\"{}\">", message.severity));
    put(page, format_args!("<td data-label=\"Row\">{row}</td>"));
    put(
        page,
        format_args!("<td data-label=\"Column\">{}</td>", escaped(column.unwrap_or_default())),
    );
    put(page, format_args!("<td data-label=\"It says\">{}</td>", quoted(place.value.as_deref())));
    let sku = place
        .sku
        .as_ref()
        .map(|sku| format!("<span class=\"sku\">{}</span> ", escaped(sku.as_str())));
    let locale = place
        .locale
        .as_ref()
        .map(|locale| format!("<span class=\"sku\">{}</span> ", escaped(locale.as_str())));
    put(
        page,
        format_args!(
            "<td>{}{}<span class=\"severity\">{}</span> {}</td></tr>\n",
            sku.unwrap_or_default(),
            locale.unwrap_or_default(),
            message.severity,
            escaped(&message.message),
        ),
    );
}

fn quoted(value: Option<&str>) -> String {
    match value {
        None => String::new(),
        Some("") => "<i>nothing</i>".to_owned(),
        Some(value) => format!("<code>{}</code>", escaped(value)),
    }
}

fn put_facts(page: &mut String, receipt: &Receipt) {
    let release = receipt.release.map_or_else(|| "none".to_owned(), |release| release.to_string());
    let at = receipt.at.to_text(&jiff::tz::TimeZone::UTC);
    let at = at.get(..16).unwrap_or(&at).replace('T', " ");
    let facts = [
        ("Taken in", format!("{at} UTC, in {}", duration(receipt.milliseconds))),
        ("Release", release),
        ("Read as", receipt.read_as.clone()),
        ("Size", size(receipt.size)),
        ("Columns", receipt.columns.join(", ")),
        ("BLAKE3", receipt.hash.to_string()),
    ];
    page.push_str("<h2>The file</h2>\n<dl>\n");
    for (name, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
        put(page, format_args!("<dt>{name}</dt><dd>{}</dd>\n", escaped(fact)));
    }
    page.push_str("</dl>\n");
}

/// A text that nothing in a page takes for markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
