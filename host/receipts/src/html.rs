//! The receipt as a page of its own: it asks for nothing from anywhere, and reads on a phone.

use std::fmt::Write;

use rikaste_model::code::AttributeCode;
use rikaste_model::diagnostic::{Diagnostic, Severity};
use rikaste_model::receipt::{DropOutcome, Receipt, Rejects};
use rikaste_model::words;
use rikaste_model::words::{Language, Words};

use super::manner::Manner;
use super::summary::{counts, duration, more_messages, size, summary};

const STYLE: &str = include_str!("receipt.css");

/// The receipt as a page; `rejects` is the address of the rows that were refused, if there is one.
#[must_use]
pub fn html(receipt: &Receipt, manner: Manner<'_>, rejects: Option<&str>) -> String {
    let language = manner.language;
    let mut page = String::with_capacity(8_192 + receipt.messages.len() * 400);
    let file = escaped(&receipt.file);
    let outcome = match receipt.outcome {
        DropOutcome::Released if receipt.rows.rejected > 0 => "partly",
        DropOutcome::Released => "released",
        DropOutcome::Unchanged => "unchanged",
        DropOutcome::Held => "held",
        DropOutcome::Rejected => "rejected",
    };
    put(
        &mut page,
        format_args!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<header class=\"{outcome}\">\n<p class=\"file\">{file}</p>\n<h1>{}</h1>\n</header>\n",
            said(&words!("receipt-title", file = receipt.file.as_str()), language),
            escaped(&summary(receipt, language)),
        ),
    );
    put_counts(&mut page, receipt, language);
    if let (Some(made), Some(address)) = (&receipt.rejects, rejects) {
        put_rejects(&mut page, receipt, made, address, language);
    }
    put_messages(&mut page, receipt, language);
    put_facts(&mut page, receipt, manner);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn put(page: &mut String, part: std::fmt::Arguments<'_>) {
    page.write_fmt(part).expect("a text takes all");
}

fn put_counts(page: &mut String, receipt: &Receipt, language: Language) {
    let counts = counts(receipt, language);
    if counts.is_empty() {
        return;
    }
    page.push_str("<ul class=\"counts\">\n");
    for (count, what) in counts {
        put(page, format_args!("<li><b>{}</b> {what}</li>\n", language.number(count)));
    }
    page.push_str("</ul>\n");
}

/// Where the refused rows are, and what to do with them.
fn put_rejects(
    page: &mut String,
    receipt: &Receipt,
    rejects: &Rejects,
    address: &str,
    language: Language,
) {
    let inbox = receipt.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = format!("inbox/{inbox}");
    let title = said(&words!("rejects-title", count = rejects.rows), language);
    let link = said(&words!("rejects-link", count = rejects.rows), language);
    let advice = said(&words!("rejects-advice", folder = folder), language);
    put(
        page,
        format_args!(
            "<section class=\"rejects\">\n<h2>{title}</h2>\n<p>{advice}</p>\n\
             <p><a href=\"{}\" download>{link}</a></p>\n</section>\n",
            escaped(address)
        ),
    );
}

fn put_messages(page: &mut String, receipt: &Receipt, language: Language) {
    if receipt.messages.is_empty() {
        return;
    }
    let names = Names::of(language);
    put(
        page,
        format_args!(
            "<h2>{}</h2>\n<table>\n<thead><tr>",
            said(&words!("receipt-messages"), language)
        ),
    );
    for name in [&names.row, &names.column, &names.value, &names.message] {
        put(page, format_args!("<th scope=\"col\">{name}</th>"));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for message in &receipt.messages {
        put_message(page, message, &names, language);
    }
    page.push_str("</tbody>\n</table>\n");
    let more = more_messages(receipt);
    if more > 0 {
        let more = said(&words!("receipt-more", count = more), language);
        put(page, format_args!("<p>{more}</p>\n"));
    }
}

fn put_message(page: &mut String, message: &Diagnostic, names: &Names, language: Language) {
    let place = &message.place;
    let column =
        place.column.as_deref().or_else(|| place.attribute.as_ref().map(AttributeCode::as_str));
    let row = place.row.map(|row| row.to_string()).unwrap_or_default();
    put(page, format_args!("<tr class=\"{}\">", message.severity));
    put(page, format_args!("<td data-label=\"{}\">{row}</td>", names.row));
    put(
        page,
        format_args!(
            "<td data-label=\"{}\">{}</td>",
            names.column,
            escaped(column.unwrap_or_default())
        ),
    );
    let value = match place.value.as_deref() {
        None => String::new(),
        Some("") => format!("<i>{}</i>", names.nothing),
        Some(value) => format!("<code>{}</code>", escaped(value)),
    };
    put(page, format_args!("<td data-label=\"{}\">{value}</td>", names.value));
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
            names.severity(message.severity),
            escaped(&message.message.text(language)),
        ),
    );
}

/// What stands on every row of the messages.
struct Names {
    row: String,
    column: String,
    value: String,
    message: String,
    nothing: String,
    info: String,
    warning: String,
    error: String,
}

impl Names {
    fn of(language: Language) -> Self {
        let said = |words: Words| said(&words, language);
        Self {
            row: said(words!("receipt-row")),
            column: said(words!("receipt-column")),
            value: said(words!("receipt-value")),
            message: said(words!("receipt-message")),
            nothing: said(words!("receipt-nothing")),
            info: said(words!("severity-info")),
            warning: said(words!("severity-warning")),
            error: said(words!("severity-error")),
        }
    }

    fn severity(&self, severity: Severity) -> &str {
        match severity {
            Severity::Info => &self.info,
            Severity::Warning => &self.warning,
            Severity::Error => &self.error,
        }
    }
}

fn put_facts(page: &mut String, receipt: &Receipt, manner: Manner<'_>) {
    let Manner { language, zone } = manner;
    let release = match receipt.release {
        Some(release) => release.to_string(),
        None => words!("receipt-none").text(language),
    };
    let taken = words!(
        "receipt-taken-at",
        at = language.minute(receipt.at, zone),
        zone = zone.iana_name().unwrap_or("UTC"),
        time = duration(receipt.milliseconds, language)
    );
    let facts = [
        (words!("receipt-taken"), taken.text(language)),
        (words!("receipt-release"), release),
        (words!("receipt-read-as"), receipt.read_as.clone()),
        (words!("receipt-size"), size(receipt.size, language)),
        (words!("receipt-columns"), receipt.columns.join(", ")),
        (words!("receipt-hash"), receipt.hash.to_string()),
    ];
    put(page, format_args!("<h2>{}</h2>\n<dl>\n", said(&words!("receipt-file"), language)));
    for (name, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
        put(page, format_args!("<dt>{}</dt><dd>{}</dd>\n", said(name, language), escaped(fact)));
    }
    page.push_str("</dl>\n");
}

fn said(words: &Words, language: Language) -> String {
    escaped(&words.text(language))
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
