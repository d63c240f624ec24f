//! The receipt's JSON: its own form, so that the store's can change without it.

use std::collections::BTreeMap;

use rikaste_catalog::code::{AttributeCode, Sku};
use rikaste_catalog::diagnostic::Diagnostic;
use rikaste_catalog::locale::Locale;
use rikaste_catalog::receipt::{DropOutcome, ProductCounts, Receipt, RowCounts};
use rikaste_catalog::record::DropKind;
use serde::Serialize;

use super::summary::{more_messages, summary};

#[derive(Serialize)]
pub(super) struct View<'r> {
    file: &'r str,
    kind: DropKind,
    outcome: DropOutcome,
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<u64>,
    at: String,
    milliseconds: u64,
    size: u64,
    hash: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    read_as: &'r str,
    rows: RowCounts,
    products: ProductCounts,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    message_counts: BTreeMap<&'r str, u64>,
    /// Messages that there was no room for.
    #[serde(skip_serializing_if = "is_zero")]
    more_messages: u64,
    messages: Vec<Message<'r>>,
}

#[derive(Serialize)]
struct Message<'r> {
    severity: String,
    code: &'r str,
    message: &'r str,
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl<'r> View<'r> {
    pub(super) fn of(receipt: &'r Receipt) -> Self {
        Self {
            file: &receipt.file,
            kind: receipt.kind,
            outcome: receipt.outcome,
            summary: summary(receipt).replace('\u{a0}', " "),
            release: receipt.release,
            at: receipt.at.to_string(),
            milliseconds: receipt.milliseconds,
            size: receipt.size,
            hash: receipt.hash.to_string(),
            read_as: &receipt.read_as,
            rows: receipt.rows,
            products: receipt.products,
            message_counts: receipt
                .message_counts
                .iter()
                .map(|(code, count)| (code.as_str(), *count))
                .collect(),
            more_messages: more_messages(receipt),
            messages: receipt.messages.iter().map(Message::of).collect(),
        }
    }
}

impl<'r> Message<'r> {
    fn of(diagnostic: &'r Diagnostic) -> Self {
        let place = &diagnostic.place;
        Self {
            severity: diagnostic.severity.to_string(),
            code: &diagnostic.code,
            message: &diagnostic.message,
            row: place.row,
            column: place.column.as_deref(),
            value: place.value.as_deref(),
            sku: place.sku.as_ref().map(Sku::as_str),
            attribute: place.attribute.as_ref().map(AttributeCode::as_str),
            locale: place.locale.as_ref().map(Locale::as_str),
        }
    }
}
