//! The receipt as a page of its own: it asks for nothing from anywhere, and reads on a phone.

use std::fmt::Write;

use rikaste_model::code::AttributeCode;
use rikaste_model::diagnostic::{Diagnostic, Severity};
use rikaste_model::receipt::{DropOutcome, Receipt, RejectedRows};
use rikaste_model::words;
use rikaste_model::words::{Language, LocalizedText};

use super::locale::ReceiptLocale;
use super::summary::{
    count_omitted_messages, format_duration, format_size, list_counts, render_summary,
};

const STYLE: &str = include_str!("receipt.css");

/// The receipt as a page; `rejects` is the address of the rows that were refused, if there is one.
#[must_use]
pub fn render_html(receipt: &Receipt, locale: ReceiptLocale<'_>, rejects: Option<&str>) -> String {
    let language = locale.language;
    let mut page = String::with_capacity(8_192 + receipt.messages.len() * 400);
    let file = escape_html(&receipt.file);
    let outcome = match receipt.outcome {
        DropOutcome::Released if receipt.rows.rejected > 0 => "partly",
        DropOutcome::Released => "released",
        DropOutcome::Unchanged => "unchanged",
        DropOutcome::Held => "held",
        DropOutcome::Rejected => "rejected",
    };
    write_markup(
        &mut page,
        format_args!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<header class=\"{outcome}\">\n<p class=\"file\">{file}</p>\n<h1>{}</h1>\n</header>\n",
            render_escaped(&words!("receipt-title", file = receipt.file.as_str()), language),
            escape_html(&render_summary(receipt, language)),
        ),
    );
    write_counts(&mut page, receipt, language);
    if let (Some(made), Some(address)) = (&receipt.rejects, rejects) {
        write_rejects_link(&mut page, receipt, made, address, language);
    }
    write_messages(&mut page, receipt, language);
    write_details(&mut page, receipt, locale);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn write_markup(page: &mut String, part: std::fmt::Arguments<'_>) {
    page.write_fmt(part).expect("a text takes all");
}

fn write_counts(page: &mut String, receipt: &Receipt, language: Language) {
    let counts = list_counts(receipt, language);
    if counts.is_empty() {
        return;
    }
    page.push_str("<ul class=\"counts\">\n");
    for (count, what) in counts {
        write_markup(
            page,
            format_args!("<li><b>{}</b> {what}</li>\n", language.format_number(count)),
        );
    }
    page.push_str("</ul>\n");
}

/// Where the refused rows are, and what to do with them.
fn write_rejects_link(
    page: &mut String,
    receipt: &Receipt,
    rejects: &RejectedRows,
    address: &str,
    language: Language,
) {
    let inbox = receipt.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = format!("inbox/{inbox}");
    let title = render_escaped(&words!("rejects-title", count = rejects.rows), language);
    let link = render_escaped(&words!("rejects-link", count = rejects.rows), language);
    let advice = render_escaped(&words!("rejects-advice", folder = folder), language);
    write_markup(
        page,
        format_args!(
            "<section class=\"rejects\">\n<h2>{title}</h2>\n<p>{advice}</p>\n\
             <p><a href=\"{}\" download>{link}</a></p>\n</section>\n",
            escape_html(address)
        ),
    );
}

fn write_messages(page: &mut String, receipt: &Receipt, language: Language) {
    if receipt.messages.is_empty() {
        return;
    }
    let names = RowLabels::from_language(language);
    write_markup(
        page,
        format_args!(
            "<h2>{}</h2>\n<table>\n<thead><tr>",
            render_escaped(&words!("receipt-messages"), language)
        ),
    );
    for name in [&names.row, &names.column, &names.value, &names.message] {
        write_markup(page, format_args!("<th scope=\"col\">{name}</th>"));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for message in &receipt.messages {
        write_message(page, message, &names, language);
    }
    page.push_str("</tbody>\n</table>\n");
    let more = count_omitted_messages(receipt);
    if more > 0 {
        let more = render_escaped(&words!("receipt-more", count = more), language);
        write_markup(page, format_args!("<p>{more}</p>\n"));
    }
}

fn write_message(page: &mut String, message: &Diagnostic, names: &RowLabels, language: Language) {
    let place = &message.place;
    let column =
        place.column.as_deref().or_else(|| place.attribute.as_ref().map(AttributeCode::as_str));
    let row = place.row.map(|row| row.to_string()).unwrap_or_default();
    write_markup(page, format_args!("<tr class=\"{}\">", message.severity));
    write_markup(page, format_args!("<td data-label=\"{}\">{row}</td>", names.row));
    write_markup(
        page,
        format_args!(
            "<td data-label=\"{}\">{}</td>",
            names.column,
            escape_html(column.unwrap_or_default())
        ),
    );
    let value = match place.value.as_deref() {
        None => String::new(),
        Some("") => format!("<i>{}</i>", names.nothing),
        Some(value) => format!("<code>{}</code>", escape_html(value)),
    };
    write_markup(page, format_args!("<td data-label=\"{}\">{value}</td>", names.value));
    let sku = place
        .sku
        .as_ref()
        .map(|sku| format!("<span class=\"sku\">{}</span> ", escape_html(sku.as_str())));
    let locale = place
        .locale
        .as_ref()
        .map(|locale| format!("<span class=\"sku\">{}</span> ", escape_html(locale.as_str())));
    write_markup(
        page,
        format_args!(
            "<td>{}{}<span class=\"severity\">{}</span> {}</td></tr>\n",
            sku.unwrap_or_default(),
            locale.unwrap_or_default(),
            names.severity_label(message.severity),
            escape_html(&message.message.to_text(language)),
        ),
    );
}

/// What stands on every row of the messages.
struct RowLabels {
    row: String,
    column: String,
    value: String,
    message: String,
    nothing: String,
    info: String,
    warning: String,
    error: String,
}

impl RowLabels {
    fn from_language(language: Language) -> Self {
        let said = |words: LocalizedText| render_escaped(&words, language);
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

    fn severity_label(&self, severity: Severity) -> &str {
        match severity {
            Severity::Info => &self.info,
            Severity::Warning => &self.warning,
            Severity::Error => &self.error,
        }
    }
}

fn write_details(page: &mut String, receipt: &Receipt, locale: ReceiptLocale<'_>) {
    let ReceiptLocale { language, zone } = locale;
    let release = match receipt.release {
        Some(release) => release.to_string(),
        None => words!("receipt-none").to_text(language),
    };
    let taken = words!(
        "receipt-taken-at",
        at = language.format_minute(receipt.at, zone),
        zone = zone.iana_name().unwrap_or("UTC"),
        time = format_duration(receipt.milliseconds, language)
    );
    let facts = [
        (words!("receipt-taken"), taken.to_text(language)),
        (words!("receipt-release"), release),
        (words!("receipt-read-as"), receipt.read_as.clone()),
        (words!("receipt-size"), format_size(receipt.size, language)),
        (words!("receipt-columns"), receipt.columns.join(", ")),
        (words!("receipt-hash"), receipt.hash.map(|hash| hash.to_string()).unwrap_or_default()),
    ];
    write_markup(
        page,
        format_args!("<h2>{}</h2>\n<dl>\n", render_escaped(&words!("receipt-file"), language)),
    );
    for (name, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
        write_markup(
            page,
            format_args!(
                "<dt>{}</dt><dd>{}</dd>\n",
                render_escaped(name, language),
                escape_html(fact)
            ),
        );
    }
    page.push_str("</dl>\n");
}

fn render_escaped(words: &LocalizedText, language: Language) -> String {
    escape_html(&words.to_text(language))
}

/// A text that nothing in a page takes for markup.
fn escape_html(text: &str) -> String {
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
