//! What became of a drop, in a sentence.

use rikaste_catalog::diagnostic::Severity;
use rikaste_catalog::receipt::{DropOutcome, Receipt};
use rikaste_catalog::record::DropKind;

/// `58 of 61 rows are in release 12; 3 rows were refused.`
pub(super) fn summary(receipt: &Receipt) -> String {
    let rows = receipt.rows;
    let all = rows.accepted() + rows.rejected;
    let (row, rows_word) = nouns(receipt.kind);
    let noun = |count: u64| if count == 1 { row } else { rows_word };
    let refused = match rows.rejected {
        0 => String::new(),
        1 => format!("; 1 {row} was refused"),
        count => format!("; {} {rows_word} were refused", number(count)),
    };
    match receipt.outcome {
        DropOutcome::Rejected if all == 0 => {
            "The file could not be read; nothing of it was taken.".to_owned()
        }
        DropOutcome::Rejected => {
            format!(
                "Nothing of the file was taken: none of {} {} could be used.",
                number(all),
                noun(all)
            )
        }
        DropOutcome::Unchanged if all == 0 => "The file says nothing; nothing changed.".to_owned(),
        DropOutcome::Unchanged => {
            format!("Nothing changed: all that the file says was known already{refused}.")
        }
        DropOutcome::Released => {
            let release = receipt
                .release
                .map_or_else(|| "the catalogue".to_owned(), |n| format!("release {n}"));
            let accepted = rows.accepted();
            match rows.rejected {
                0 if all == 1 => format!("The only {row} is in {release}."),
                0 => format!("All {} {rows_word} are in {release}.", number(all)),
                _ => {
                    let is = if accepted == 1 { "is" } else { "are" };
                    format!(
                        "{} of {} {rows_word} {is} in {release}{refused}.",
                        number(accepted),
                        number(all)
                    )
                }
            }
        }
    }
}

fn nouns(kind: DropKind) -> (&'static str, &'static str) {
    match kind {
        DropKind::Images => ("photo", "photos"),
        _ => ("row", "rows"),
    }
}

/// `warnings` and `errors` among all messages, the ones not kept included.
pub(super) fn more_messages(receipt: &Receipt) -> u64 {
    let all: u64 = receipt.message_counts.values().sum();
    all.saturating_sub(receipt.messages.len() as u64)
}

/// The counts that are worth a look, each with what it counts.
pub(super) fn counts(receipt: &Receipt) -> Vec<(u64, &'static str)> {
    let (rows, products) = (receipt.rows, receipt.products);
    let warnings =
        receipt.messages.iter().filter(|message| message.severity == Severity::Warning).count()
            as u64;
    let all = [
        (rows.new, "new"),
        (rows.changed, "changed"),
        (rows.unchanged, "as before"),
        (rows.rejected, "refused"),
        (warnings, "warnings"),
        (products.touched, "products touched"),
        (products.enriched, "enriched"),
        (products.documents, "channel documents changed"),
    ];
    all.into_iter().filter(|(count, _)| *count > 0).collect()
}

/// `12 345`, as a person reads it.
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

/// `1.2 MB`
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// `0.4 seconds`
pub(super) fn duration(milliseconds: u64) -> String {
    match milliseconds {
        0..1_000 => format!("{milliseconds} ms"),
        1_000..60_000 => format!("{:.1} seconds", milliseconds as f64 / 1e3),
        _ => format!("{} min {} s", milliseconds / 60_000, milliseconds / 1_000 % 60),
    }
}
