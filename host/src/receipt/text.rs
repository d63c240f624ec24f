//! The receipt on a terminal.

use std::fmt::Write;

use rikaste_catalog::diagnostic::{Diagnostic, Severity};
use rikaste_catalog::receipt::Receipt;

use super::summary::{counts, duration, more_messages, number, summary};

/// The most messages on a terminal; the page has the others.
const SHOWN: usize = 20;

/// The receipt as a few lines: what became of the file, the counts, the first messages.
#[must_use]
pub fn text(receipt: &Receipt) -> String {
    let mut text = String::new();
    line(&mut text, &format!("{}: {}", receipt.file, summary(receipt)));
    let counts: Vec<String> = counts(receipt)
        .into_iter()
        .map(|(count, what)| format!("{} {what}", number(count)))
        .collect();
    let mut facts =
        vec![receipt.read_as.clone(), counts.join(", "), duration(receipt.milliseconds)];
    facts.retain(|fact| !fact.is_empty());
    line(&mut text, &format!("  {}", facts.join(" · ")));
    let shown = &receipt.messages[..receipt.messages.len().min(SHOWN)];
    let places: Vec<String> = shown.iter().map(place).collect();
    let width = places.iter().map(|place| place.chars().count()).max().unwrap_or(0).min(40);
    for (message, place) in shown.iter().zip(&places) {
        let sign = match message.severity {
            Severity::Error => "✗",
            Severity::Warning => "!",
            Severity::Info => "·",
        };
        line(&mut text, &format!("  {sign} {place:<width$}  {}", message.message));
    }
    let more = (receipt.messages.len() - shown.len()) as u64 + more_messages(receipt);
    if more > 0 {
        line(
            &mut text,
            &format!("  … and {} more, in receipts/{}.html", number(more), receipt.file),
        );
    }
    text.replace('\u{a0}', " ")
}

/// Adds a line. What a file says must not steer the terminal.
fn line(text: &mut String, line: &str) {
    let tame: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    writeln!(text, "{}", tame.trim_end()).expect("a text takes all");
}

/// `row 17, price-EUR "ask"`
fn place(message: &Diagnostic) -> String {
    let whole = message.to_string();
    let place = whole.strip_suffix(message.message.as_str()).unwrap_or_default();
    place.strip_suffix(": ").unwrap_or(place).to_owned()
}
