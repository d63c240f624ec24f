//! The receipt on a terminal.

use std::fmt::Write;

use rikaste_model::diagnostic::{DiagnosticPlace, Severity};
use rikaste_model::receipt::Receipt;
use rikaste_model::words;
use rikaste_model::words::Language;

use super::locale::ReceiptLocale;
use super::summary::{format_duration, list_counts, render_summary};

/// The most messages on a terminal; the page has the others.
const SHOWN: usize = 20;

/// The receipt as a few lines: what became of the file, the counts, the first messages.
#[must_use]
pub fn render_text(receipt: &Receipt, locale: ReceiptLocale<'_>) -> String {
    let language = locale.language;
    let mut text = String::new();
    push_line(&mut text, &format!("{}: {}", receipt.file, render_summary(receipt, language)));
    let counts: Vec<String> = list_counts(receipt, language)
        .into_iter()
        .map(|(count, what)| format!("{} {what}", language.format_number(count)))
        .collect();
    let mut facts = vec![
        receipt.read_as.clone(),
        counts.join(", "),
        format_duration(receipt.milliseconds, language),
    ];
    facts.retain(|fact| !fact.is_empty());
    push_line(&mut text, &format!("  {}", facts.join(" · ")));
    let shown = &receipt.messages[..receipt.messages.len().min(SHOWN)];
    let places: Vec<String> =
        shown.iter().map(|message| format_place(&message.place, language)).collect();
    let width = places.iter().map(|place| place.chars().count()).max().unwrap_or(0).min(40);
    for (message, place) in shown.iter().zip(&places) {
        let sign = match message.severity {
            Severity::Error => "✗",
            Severity::Warning => "!",
            Severity::Info => "·",
        };
        push_line(
            &mut text,
            &format!("  {sign} {place:<width$}  {}", message.message.to_text(language)),
        );
    }
    let more = (receipt.messages.len() - shown.len()) as u64 + receipt.count_omitted_messages();
    if more > 0 {
        let page = format!("receipts/{}.html", receipt.file);
        let more = words!("receipt-more-in", count = more, page = page).to_text(language);
        push_line(&mut text, &format!("  {more}"));
    }
    text.replace('\u{a0}', " ")
}

/// Adds a line. What a file says must not steer the terminal.
fn push_line(text: &mut String, line: &str) {
    let tame: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    writeln!(text, "{}", tame.trim_end()).expect("a text takes all");
}

/// `row 17, price-EUR "ask"`
fn format_place(place: &DiagnosticPlace, language: Language) -> String {
    let row = place.row.map(|row| words!("place-row", row = row.to_string()).to_text(language));
    let rest = DiagnosticPlace { row: None, ..place.clone() }.to_string();
    let parts = row.into_iter().chain((!rest.is_empty()).then_some(rest));
    parts.collect::<Vec<_>>().join(", ")
}
