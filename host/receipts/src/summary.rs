//! What became of a drop, in a sentence and in numbers.

use rikaste_model::diagnostic::Severity;
use rikaste_model::receipt::{DropOutcome, Receipt};
use rikaste_model::record::DropKind;
use rikaste_model::words;
use rikaste_model::words::{Language, LocalizedText};

/// `58 of 61 rows are in release 12; 3 rows were refused.`
pub(super) fn render_summary(receipt: &Receipt, language: Language) -> String {
    build_summary(receipt).to_text(language)
}

fn build_summary(receipt: &Receipt) -> LocalizedText {
    if let Some(release) = receipt.undone {
        return words!("summary-undone", release = release.to_string());
    }
    let rows = receipt.rows;
    let (accepted, all) = (rows.accepted(), rows.accepted() + rows.rejected);
    let photos = receipt.kind == DropKind::Images;
    let refused = (rows.rejected > 0).then(|| match photos {
        true => words!("refused-photos", count = rows.rejected),
        false => words!("refused-rows", count = rows.rejected),
    });
    match receipt.outcome {
        DropOutcome::Rejected => match receipt.too_many {
            Some(many) => words!(
                "summary-too-many",
                bad = many.bad,
                rows = many.rows,
                limit = many.limit.to_string()
            ),
            None if receipt.message_counts.contains_key("file-skipped") => {
                words!("summary-skipped")
            }
            None if receipt.message_counts.contains_key("untaken") => words!("summary-untaken"),
            None if all == 0 => words!("summary-unreadable"),
            None if photos => words!("summary-no-photo", all = all),
            None => words!("summary-no-row", all = all),
        },
        DropOutcome::Held => match &receipt.question {
            Some(question) => question.summary(),
            None => words!("summary-nothing-said"),
        },
        DropOutcome::Refused => words!("summary-refused"),
        DropOutcome::Unchanged if all == 0 => words!("summary-nothing-said"),
        DropOutcome::Unchanged => words!("summary-unchanged", refused = refused),
        DropOutcome::Released => {
            let place = match receipt.release {
                Some(number) => words!("in-release", number = number.to_string()),
                None => words!("in-catalogue"),
            };
            match (refused, photos) {
                (None, true) => words!("summary-all-photos", count = all, place = place),
                (None, false) => words!("summary-all-rows", count = all, place = place),
                (refused, true) => words!(
                    "summary-some-photos",
                    accepted = accepted,
                    all = all,
                    place = place,
                    refused = refused
                ),
                (refused, false) => words!(
                    "summary-some-rows",
                    accepted = accepted,
                    all = all,
                    place = place,
                    refused = refused
                ),
            }
        }
    }
}

/// The counts that are worth a look, each with what it counts.
pub(super) fn list_counts(receipt: &Receipt, language: Language) -> Vec<(u64, String)> {
    let (rows, products) = (receipt.rows, receipt.products);
    let kept = receipt.messages.iter().filter(|message| message.severity == Severity::Warning);
    // Receipts of before did not count those that there was no room for.
    let warnings = receipt.warnings.max(kept.count() as u64);
    let left_out = receipt.cells_left_out;
    let all = [
        (rows.new, words!("count-new", count = rows.new)),
        (rows.changed, words!("count-changed", count = rows.changed)),
        (rows.unchanged, words!("count-unchanged", count = rows.unchanged)),
        (rows.rejected, words!("count-refused", count = rows.rejected)),
        (warnings, words!("count-warnings", count = warnings)),
        (left_out, words!("count-left-out", count = left_out)),
        (products.gone, words!("count-gone", count = products.gone)),
        (products.touched, words!("count-touched", count = products.touched)),
        (products.enriched, words!("count-enriched", count = products.enriched)),
        (products.documents, words!("count-documents", count = products.documents)),
    ];
    let worth = all.into_iter().filter(|(count, _)| *count > 0);
    worth.map(|(count, what)| (count, what.to_text(language))).collect()
}

/// `1.2 MB`
pub(super) fn format_size(bytes: u64, language: Language) -> String {
    let of = |unit: f64| language.format_tenths(bytes as f64 / unit);
    match bytes {
        0..1_000 => words!("size-bytes", count = bytes).to_text(language),
        1_000..1_000_000 => format!("{} kB", of(1e3)),
        1_000_000..1_000_000_000 => format!("{} MB", of(1e6)),
        _ => format!("{} GB", of(1e9)),
    }
}

/// `0.4 seconds`
pub(super) fn format_duration(milliseconds: u64, language: Language) -> String {
    match milliseconds {
        0..1_000 => format!("{milliseconds} ms"),
        1_000..60_000 => {
            let number = language.format_tenths(milliseconds as f64 / 1e3);
            words!("time-seconds", number = number).to_text(language)
        }
        _ => format!("{} min {} s", milliseconds / 60_000, milliseconds / 1_000 % 60),
    }
}
