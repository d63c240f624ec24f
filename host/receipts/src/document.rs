//! The receipt's public JSON, which the store's form can change without.

use rikaste_contract::{
    AskedColumn, DiagnosticEntry, DroppedFileKind, MessageSeverity, ReceiptDocument,
    ReceiptLanguage, ReceiptOutcome, ReceiptProductCounts, ReceiptQuestion, ReceiptRowCounts,
    ReceiptSummary, RejectedRowsFile, TimeText, TooManyRejectedRows,
};
use rikaste_model::diagnostic::{Diagnostic, Severity};
use rikaste_model::receipt::{ApprovalQuestion, ColumnQuestion, DropOutcome, Receipt};
use rikaste_model::record::DropKind;
use rikaste_model::words::{Language, TextArgument};
use serde_json::{Map, Value, json};

use super::rejects_file_name;
use super::summary::render_summary;

/// The receipt as the file beside the page has it: without its number, in UTC.
#[must_use]
pub fn build_document(receipt: &Receipt, language: Language) -> ReceiptDocument {
    ReceiptDocument {
        summary: build_summary(receipt, language),
        more_messages: receipt.count_omitted_messages(),
        messages: receipt.messages.iter().map(|one| describe_message(one, language)).collect(),
        columns: None,
    }
}

/// The receipt without its messages.
#[must_use]
pub fn build_summary(receipt: &Receipt, language: Language) -> ReceiptSummary {
    ReceiptSummary {
        id: None,
        file: receipt.file.clone(),
        kind: file_kind(receipt.kind),
        outcome: receipt_outcome(receipt.outcome),
        summary: render_summary(receipt, Language::En).replace('\u{a0}', " "),
        language: receipt_language(language),
        local_summary: render_summary(receipt, language),
        release: receipt.release.map(|release| release.0),
        undone: receipt.undone.map(|release| release.0),
        at: TimeText(receipt.at.to_string()),
        milliseconds: receipt.milliseconds,
        size: receipt.size,
        hash: receipt.hash.map(|hash| hash.to_string()),
        read_as: receipt.read_as.clone(),
        rows: row_counts(receipt),
        cells_left_out: receipt.cells_left_out,
        rejects: receipt.rejects.as_ref().map(|rejects| RejectedRowsFile {
            file: rejects_file_name(&receipt.file),
            rows: rejects.rows,
        }),
        too_many: receipt.too_many.map(|many| TooManyRejectedRows {
            bad: many.bad,
            rows: many.rows,
            limit: many.limit.to_string(),
        }),
        question: receipt.question.as_ref().map(|question| describe_question(question, language)),
        products: product_counts(receipt),
        message_counts: receipt
            .message_counts
            .iter()
            .map(|(code, count)| (code.to_string(), *count))
            .collect(),
    }
}

fn describe_question(question: &ApprovalQuestion, language: Language) -> ReceiptQuestion {
    match question {
        ApprovalQuestion::Removal { gone, of } => {
            ReceiptQuestion { gone: Some(*gone), of: Some(*of), ..ReceiptQuestion::default() }
        }
        ApprovalQuestion::Withdrawal { values, products, attributes } => ReceiptQuestion {
            values: Some(*values),
            products: Some(*products),
            attributes: attributes.iter().map(ToString::to_string).collect(),
            ..ReceiptQuestion::default()
        },
        ApprovalQuestion::Columns { columns } => {
            let column = |asked: &ColumnQuestion| AskedColumn {
                column: asked.column.to_string(),
                decides: asked.class.description().to_text(language),
                values: asked.values.clone(),
            };
            ReceiptQuestion {
                columns: columns.iter().map(column).collect(),
                ..ReceiptQuestion::default()
            }
        }
    }
}

fn row_counts(receipt: &Receipt) -> ReceiptRowCounts {
    let rows = receipt.rows;
    ReceiptRowCounts {
        new: rows.new,
        changed: rows.changed,
        unchanged: rows.unchanged,
        rejected: rows.rejected,
        accepted: None,
    }
}

fn product_counts(receipt: &Receipt) -> ReceiptProductCounts {
    let products = receipt.products;
    ReceiptProductCounts {
        touched: products.touched,
        enriched: products.enriched,
        plugin_runs: products.plugin_runs,
        memo_hits: products.memo_hits,
        documents: products.documents,
        gone: products.gone,
    }
}

fn file_kind(kind: DropKind) -> DroppedFileKind {
    match kind {
        DropKind::Products => DroppedFileKind::Products,
        DropKind::Reviews => DroppedFileKind::Reviews,
        DropKind::Stock => DroppedFileKind::Stock,
        DropKind::Prices => DroppedFileKind::Prices,
        DropKind::Images => DroppedFileKind::Images,
        DropKind::Edits => DroppedFileKind::Edits,
    }
}

fn receipt_outcome(outcome: DropOutcome) -> ReceiptOutcome {
    match outcome {
        DropOutcome::Released => ReceiptOutcome::Released,
        DropOutcome::Unchanged => ReceiptOutcome::Unchanged,
        DropOutcome::Held => ReceiptOutcome::Held,
        DropOutcome::Refused => ReceiptOutcome::Refused,
        DropOutcome::Rejected => ReceiptOutcome::Rejected,
    }
}

fn receipt_language(language: Language) -> ReceiptLanguage {
    match language {
        Language::En => ReceiptLanguage::En,
        Language::Fi => ReceiptLanguage::Fi,
        Language::Sv => ReceiptLanguage::Sv,
        Language::De => ReceiptLanguage::De,
    }
}

fn message_severity(severity: Severity) -> MessageSeverity {
    match severity {
        Severity::Info => MessageSeverity::Info,
        Severity::Warning => MessageSeverity::Warning,
        Severity::Error => MessageSeverity::Error,
    }
}

/// The message of a diagnostic, in English only: what explanations have.
#[must_use]
pub fn describe_diagnostic(diagnostic: &Diagnostic) -> DiagnosticEntry {
    let place = &diagnostic.place;
    DiagnosticEntry {
        row: place.row,
        column: place.column.as_ref().map(ToString::to_string),
        value: place.value.clone(),
        sku: place.sku.as_ref().map(ToString::to_string),
        attribute: place.attribute.as_ref().map(ToString::to_string),
        locale: place.locale.as_ref().map(ToString::to_string),
        ..DiagnosticEntry::new(
            message_severity(diagnostic.severity),
            &diagnostic.code,
            diagnostic.message.to_string(),
        )
    }
}

/// The message of a diagnostic with its arguments, also in the receipt's language.
#[must_use]
pub fn describe_message(diagnostic: &Diagnostic, language: Language) -> DiagnosticEntry {
    DiagnosticEntry {
        arguments: collect_arguments(diagnostic),
        local_message: Some(diagnostic.message.to_text(language).into_owned()),
        ..describe_diagnostic(diagnostic)
    }
}

/// What a message is about, by name; what parts of its sentence are about included.
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
