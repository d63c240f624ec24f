//! The receipt as a page of its own: it asks for nothing from anywhere, and reads on a phone.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use rikaste_model::code::AttributeCode;
use rikaste_model::diagnostic::{Diagnostic, Severity};
use rikaste_model::receipt::{DropOutcome, Receipt, RejectedRows};
use rikaste_model::words;
use rikaste_model::words::{Language, LocalizedText};

use super::locale::ReceiptLocale;
use super::summary::{format_duration, format_size, list_counts, render_summary};

const STYLE: &str = include_str!("receipt.css");

/// Where a receipt's page leads to, as far as there is something.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReceiptLinks<'a> {
    /// The rows that were refused.
    pub rejects: Option<&'a str>,
    /// Where the drop can be taken back.
    pub undo: Option<&'a str>,
}

/// The receipt as a page.
#[must_use]
pub fn render_html(
    receipt: &Receipt,
    locale: ReceiptLocale<'_>,
    links: ReceiptLinks<'_>,
) -> String {
    let language = locale.language;
    let title = words!("receipt-title", file = receipt.file.as_str()).to_text(language);
    let page = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    header class=(outcome_class(receipt)) {
                        p.file { (receipt.file) }
                        h1 { (render_summary(receipt, language)) }
                    }
                    (render_counts(receipt, language))
                    @if let (Some(rows), Some(address)) = (&receipt.rejects, links.rejects) {
                        (render_rejects_link(receipt, rows, address, language))
                    }
                    (render_messages(receipt, language))
                    (render_details(receipt, locale))
                    @if let Some(address) = links.undo {
                        p { a href=(address) { (words!("receipt-undo").to_text(language)) } }
                    }
                }
            }
        }
    };
    page.into_string()
}

fn outcome_class(receipt: &Receipt) -> &'static str {
    match receipt.outcome {
        _ if receipt.undone.is_some() => "unchanged",
        DropOutcome::Released if receipt.rows.rejected > 0 => "partly",
        DropOutcome::Released => "released",
        DropOutcome::Unchanged => "unchanged",
        DropOutcome::Held => "held",
        DropOutcome::Refused | DropOutcome::Rejected => "rejected",
    }
}

fn render_counts(receipt: &Receipt, language: Language) -> Markup {
    let counts = list_counts(receipt, language);
    html! {
        @if !counts.is_empty() {
            ul.counts {
                @for (count, label) in counts {
                    li { b { (language.format_number(count)) } " " (label) }
                }
            }
        }
    }
}

/// Where the refused rows are, and what to do with them.
fn render_rejects_link(
    receipt: &Receipt,
    rejects: &RejectedRows,
    address: &str,
    language: Language,
) -> Markup {
    let inbox = receipt.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = format!("inbox/{inbox}");
    html! {
        section.rejects {
            h2 { (words!("rejects-title", count = rejects.rows).to_text(language)) }
            p { (words!("rejects-advice", folder = folder).to_text(language)) }
            p {
                a href=(address) download {
                    (words!("rejects-link", count = rejects.rows).to_text(language))
                }
            }
        }
    }
}

fn render_messages(receipt: &Receipt, language: Language) -> Markup {
    if receipt.messages.is_empty() {
        return Markup::default();
    }
    let labels = RowLabels::from_language(language);
    let omitted = receipt.count_omitted_messages();
    html! {
        h2 { (words!("receipt-messages").to_text(language)) }
        table {
            thead {
                tr {
                    @for label in [&labels.row, &labels.column, &labels.value, &labels.message] {
                        th scope="col" { (label) }
                    }
                }
            }
            tbody {
                @for message in &receipt.messages {
                    (render_message(message, &labels, language))
                }
            }
        }
        @if omitted > 0 {
            p { (words!("receipt-more", count = omitted).to_text(language)) }
        }
    }
}

fn render_message(message: &Diagnostic, labels: &RowLabels, language: Language) -> Markup {
    let place = &message.place;
    let column =
        place.column.as_deref().or_else(|| place.attribute.as_ref().map(AttributeCode::as_str));
    html! {
        tr class=(message.severity) {
            td data-label=(labels.row) {
                @if let Some(row) = place.row { (row) }
            }
            td data-label=(labels.column) { (column.unwrap_or_default()) }
            td data-label=(labels.value) {
                @match place.value.as_deref() {
                    None => {}
                    Some("") => i { (labels.nothing) }
                    Some(value) => code { (value) }
                }
            }
            td {
                @if let Some(sku) = &place.sku { span.sku { (sku.as_str()) } " " }
                @if let Some(locale) = &place.locale { span.sku { (locale.as_str()) } " " }
                span.severity { (labels.severity_label(message.severity)) }
                " " (message.message.to_text(language))
            }
        }
    }
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
        let text = |words: LocalizedText| words.to_text(language);
        Self {
            row: text(words!("receipt-row")),
            column: text(words!("receipt-column")),
            value: text(words!("receipt-value")),
            message: text(words!("receipt-message")),
            nothing: text(words!("receipt-nothing")),
            info: text(words!("severity-info")),
            warning: text(words!("severity-warning")),
            error: text(words!("severity-error")),
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

fn render_details(receipt: &Receipt, locale: ReceiptLocale<'_>) -> Markup {
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
    html! {
        h2 { (words!("receipt-file").to_text(language)) }
        dl {
            @for (name, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
                dt { (name.to_text(language)) }
                dd { (fact) }
            }
        }
    }
}
