//! The receipt's JSON: its own form, so that the store's can change without it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rikaste_model::code::{AttributeCode, Sku};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::locale::Locale;
use rikaste_model::receipt::{DropOutcome, ProductCounts, Receipt, RowCounts, TooManyBadRows};
use rikaste_model::record::DropKind;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::words::{Language, TextArgument};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::rejects_file_name;
use super::summary::{count_omitted_messages, render_summary};

#[derive(Serialize)]
pub(super) struct ReceiptView<'r> {
    file: &'r str,
    kind: DropKind,
    outcome: DropOutcome,
    summary: String,
    /// What `local_…` is in.
    language: Language,
    local_summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<ReleaseNumber>,
    at: String,
    milliseconds: u64,
    size: u64,
    hash: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    read_as: &'r str,
    rows: RowCounts,
    /// Cells that were left out of rows that were taken.
    cells_left_out: u64,
    /// The rows that were refused, in a file of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    rejects: Option<RejectsView>,
    /// Why all of it was refused although rows of it could be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    too_many: Option<TooManyBadRows>,
    products: ProductCounts,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    message_counts: BTreeMap<&'r str, u64>,
    /// Messages that there was no room for.
    #[serde(skip_serializing_if = "is_zero")]
    more_messages: u64,
    messages: Vec<MessageView<'r>>,
}

/// One message as receipts write it.
#[derive(Serialize)]
pub struct MessageView<'r> {
    severity: String,
    code: &'r str,
    message: Cow<'r, str>,
    /// What the message is about; nothing where it is somebody else's, such as a plugin's.
    #[serde(skip_serializing_if = "Map::is_empty")]
    arguments: Map<String, Value>,
    local_message: Cow<'r, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<&'r str>,
}

#[derive(Serialize)]
struct RejectsView {
    /// From the folder of receipts on.
    file: String,
    rows: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl<'r> ReceiptView<'r> {
    pub(super) fn from_receipt(receipt: &'r Receipt, language: Language) -> Self {
        Self {
            file: &receipt.file,
            kind: receipt.kind,
            outcome: receipt.outcome,
            summary: render_summary(receipt, Language::En).replace('\u{a0}', " "),
            language,
            local_summary: render_summary(receipt, language),
            release: receipt.release,
            at: receipt.at.to_string(),
            milliseconds: receipt.milliseconds,
            size: receipt.size,
            hash: receipt.hash.to_string(),
            read_as: &receipt.read_as,
            rows: receipt.rows,
            cells_left_out: receipt.cells_left_out,
            rejects: receipt.rejects.as_ref().map(|rejects| RejectsView {
                file: rejects_file_name(&receipt.file),
                rows: rejects.rows,
            }),
            too_many: receipt.too_many,
            products: receipt.products,
            message_counts: receipt
                .message_counts
                .iter()
                .map(|(code, count)| (code.as_str(), *count))
                .collect(),
            more_messages: count_omitted_messages(receipt),
            messages: receipt
                .messages
                .iter()
                .map(|one| MessageView::from_diagnostic(one, language))
                .collect(),
        }
    }
}

impl<'r> MessageView<'r> {
    /// The message of a diagnostic, in the receipt's language.
    pub fn from_diagnostic(diagnostic: &'r Diagnostic, language: Language) -> Self {
        let place = &diagnostic.place;
        Self {
            severity: diagnostic.severity.to_string(),
            code: &diagnostic.code,
            message: diagnostic.message.to_text(Language::En),
            arguments: collect_arguments(diagnostic),
            local_message: diagnostic.message.to_text(language),
            row: place.row,
            column: place.column.as_deref(),
            value: place.value.as_deref(),
            sku: place.sku.as_ref().map(Sku::as_str),
            attribute: place.attribute.as_ref().map(AttributeCode::as_str),
            locale: place.locale.as_ref().map(Locale::as_str),
        }
    }
}

/// What a message is about, by name; what a part of its sentence is about included.
fn collect_arguments(diagnostic: &Diagnostic) -> Map<String, Value> {
    let mut all = Map::new();
    if let Some(words) = diagnostic.message.localized_text() {
        words.visit_arguments(&mut |name, argument| {
            let value = match argument {
                TextArgument::Text(text) if text.is_empty() => return,
                TextArgument::Text(text) => json!(text),
                TextArgument::Count(count) => json!(count),
                TextArgument::Names(names, _) => json!(names),
                TextArgument::Words(words) => json!(words.to_string()),
            };
            all.insert(name.to_owned(), value);
        });
    }
    all
}
