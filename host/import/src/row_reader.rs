//! From a row to records: whom it is about, whether it comes first, and what it says.

use std::collections::BTreeSet;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::locale::Locale;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{CellChange, DropKind, ImportRecord, RecordBody};
use rikaste_model::words;
use rikaste_model::words::LocalizedText;

use super::cells::CellReader;
use super::column_plan::ColumnPlan;
use super::column_profiler::ColumnProfiler;
use super::document_value::DocumentValue;
use super::edits::read_edit;
use super::fields::RowFields;
use super::file_error::FileError;
use super::nested_reviews::NestedReviews;
use super::parse::CellProblem;
use super::products::{ProductReader, RowScope};
use super::reviews::read_review;
use super::row::RowView;
use super::row_diagnostics::{RowDiagnostics, RowRefusal, refuse_cell};
use super::seen_keys::{RowKey, SeenKeys};
use super::stock_and_prices::{read_prices, read_stock};

/// Makes records of rows.
pub(super) struct RowReader<'a> {
    pub(super) kind: DropKind,
    pub(super) cell_reader: CellReader<'a>,
    pub(super) product_reader: ProductReader<'a>,
    pub(super) nested_reviews: Option<NestedReviews<'a>>,
    pub(super) review_source: Option<&'a str>,
    pub(super) seen_keys: SeenKeys,
    pub(super) profiler: ColumnProfiler,
    /// Whether the next row goes on about a product that another row was about.
    pub(super) continues_product: bool,
    /// Texts in the column of locales that are none of the shop's.
    pub(super) foreign_locales: BTreeSet<String>,
    /// Whom the refused rows are about that say so.
    pub(super) refused_skus: Vec<Sku>,
    /// Whether the row of a sheet that was read last ends before the header does.
    pub(super) is_last_row_short: bool,
    /// Whether rows are only looked at: a column is missing without which none can be taken.
    pub(super) is_inspection: bool,
}

/// What became of a row.
pub(super) enum RowOutcome {
    Accepted(Sku),
    Skipped,
    Refused(RowRefusal),
}

impl<'a> RowReader<'a> {
    pub(super) fn read_row(
        &mut self,
        plan: &mut ColumnPlan<'a>,
        row: &RowView<'_>,
        records: &mut Vec<ImportRecord>,
        messages: &mut DiagnosticCollector,
    ) -> RowOutcome {
        if plan
            .row_filter
            .iter()
            .any(|(column, texts)| !texts.iter().any(|text| *text == row.cell_text(*column)))
        {
            return RowOutcome::Skipped;
        }
        self.profiler.observe_row(plan, row, self.cell_reader.style);
        if self.is_inspection {
            return RowOutcome::Skipped;
        }
        let locale = match self.read_locale(plan, row, messages) {
            Ok(locale) => locale,
            Err(fate) => return fate,
        };
        let mut notes = RowDiagnostics { messages, row: row.number, sku: None };
        let taken = read_sku(plan, row).and_then(|sku| {
            notes.sku = Some(sku.clone());
            match self.kind {
                DropKind::Products => {
                    self.read_product(plan, row, &sku, locale, records, &mut notes)
                }
                _ => self.read_fields(plan, row, &sku, records, &mut notes),
            }
            .map(|()| sku)
        });
        match taken {
            Ok(sku) => RowOutcome::Accepted(sku),
            Err(refusal) => {
                self.refused_skus.extend(notes.sku.clone());
                RowOutcome::Refused(notes.record_refusal(refusal))
            }
        }
    }

    fn read_product(
        &mut self,
        plan: &mut ColumnPlan<'a>,
        row: &RowView<'_>,
        sku: &Sku,
        locale: Option<Locale>,
        records: &mut Vec<ImportRecord>,
        notes: &mut RowDiagnostics<'_>,
    ) -> Result<(), RowRefusal> {
        let product = self.seen_keys.hash_key(sku);
        let first = self.seen_keys.insert_key(product, row.number);
        let before = match (plan.row_scope, &locale) {
            (Some(part), _) => {
                let key = self.seen_keys.hash_key((sku, &locale, row.cell_text(part)));
                self.seen_keys.insert_key(key, row.number)
            }
            (None, Some(_)) => {
                self.seen_keys.insert_key(self.seen_keys.hash_key((sku, &locale)), row.number)
            }
            (None, None) => first,
        };
        if !std::mem::take(&mut self.continues_product)
            && let Some(before) = before
        {
            return Err(refuse_repeated(before, words!("said-sku")));
        }
        let is_first = first.is_none();
        self.product_reader.read_row(
            plan,
            row,
            sku.clone(),
            RowScope { locale, is_first },
            notes,
            records,
        );
        Ok(())
    }

    /// The locale that all of a row is in, by a mapping. A row in one that the shop does not have
    /// is left out.
    fn read_locale(
        &mut self,
        plan: &ColumnPlan<'a>,
        row: &RowView<'_>,
        messages: &mut DiagnosticCollector,
    ) -> Result<Option<Locale>, RowOutcome> {
        let (Some(column), Some(rule)) =
            (plan.locale, plan.mapping.and_then(|mapping| mapping.locale.as_ref()))
        else {
            return Ok(None);
        };
        let text = row.cell_text(column);
        let named = rule.values.get(text.as_ref()).map_or(text.as_ref(), String::as_str);
        if named.is_empty() {
            return Ok(None);
        }
        let found = plan.convention.find_locale(named);
        if found.is_none() && self.foreign_locales.insert(text.to_string()) {
            let name = &plan.column_at(column).name;
            let message = words!("locale-foreign", text = text.as_ref());
            let diagnostic = Diagnostic::new_info("locale-foreign", message);
            messages.push_diagnostic(diagnostic.at_row(row.number).at_cell(name, &text));
        }
        found.map(Some).ok_or(RowOutcome::Skipped)
    }

    fn read_fields(
        &mut self,
        plan: &ColumnPlan<'a>,
        row: &RowView<'_>,
        sku: &Sku,
        records: &mut Vec<ImportRecord>,
        notes: &mut RowDiagnostics<'_>,
    ) -> Result<(), RowRefusal> {
        let fields = RowFields { plan, row };
        let body = match self.kind {
            DropKind::Reviews => RecordBody::Review(read_review(
                &fields,
                &self.cell_reader,
                self.review_source,
                notes,
            )?),
            DropKind::Stock => RecordBody::Stock(read_stock(&fields, &self.cell_reader)?),
            DropKind::Prices => RecordBody::Prices(read_prices(&fields, &self.cell_reader)?),
            DropKind::Edits => match read_edit(&fields, &self.cell_reader, notes)? {
                Some(edit) => RecordBody::Edit(edit),
                None => {
                    return Err(Box::new(Diagnostic::new_error(
                        "value-missing",
                        words!("edit-no-value"),
                    )));
                }
            },
            DropKind::Products | DropKind::Images => unreachable!("these rows have no fields"),
        };
        let keys = self.record_keys(sku, &body);
        if let Some(first) = keys.iter().find_map(|key| self.seen_keys.find_row(*key)) {
            return Err(refuse_repeated(first, repeated_subject(&body)));
        }
        for key in keys {
            self.seen_keys.insert_key(key, row.number);
        }
        records.push(ImportRecord { row: row.number, extra_rows: 0, sku: sku.clone(), body });
        Ok(())
    }

    /// Whether this is the list of reviews in an element.
    pub(super) fn has_reviews_at(&self, path: &str) -> bool {
        self.nested_reviews.as_ref().is_some_and(|nested| nested.path == path)
    }

    /// Makes records of the reviews in an element.
    pub(super) fn read_reviews(
        &mut self,
        sku: &Sku,
        number: u32,
        list: &[DocumentValue<'_>],
        records: &mut Vec<ImportRecord>,
        messages: &mut DiagnosticCollector,
    ) -> Result<(), FileError> {
        let Some(nested) = &mut self.nested_reviews else { return Ok(()) };
        let mut notes = RowDiagnostics { messages, row: number, sku: Some(sku.clone()) };
        nested.read_reviews(list, &self.cell_reader, sku, &mut self.seen_keys, records, &mut notes)
    }

    /// What a record speaks about: a file speaks about each thing once.
    fn record_keys(&self, sku: &Sku, body: &RecordBody) -> Vec<RowKey> {
        match body {
            RecordBody::Product(_) => vec![self.seen_keys.hash_key(sku)],
            RecordBody::Review(review) => {
                vec![self.seen_keys.hash_key((&review.source, &review.id))]
            }
            RecordBody::Stock(levels) => {
                levels.iter().map(|level| self.seen_keys.hash_key((sku, &level.location))).collect()
            }
            RecordBody::Prices(prices) => prices
                .iter()
                .map(|price| self.seen_keys.hash_key((sku, &price.list, price.window)))
                .collect(),
            RecordBody::Edit(edit) => {
                let key = match &edit.change {
                    CellChange::Set(value) => self.seen_keys.hash_key((
                        sku,
                        &value.attribute,
                        &value.locale,
                        &value.channel,
                        value.window,
                    )),
                    CellChange::Clear { attribute, locale, channel, window } => {
                        self.seen_keys.hash_key((sku, attribute, locale, channel, *window))
                    }
                };
                vec![key]
            }
        }
    }
}

/// Refuses a row that says again what the first one said.
fn refuse_repeated(first: u32, what: LocalizedText) -> RowRefusal {
    let message = words!("row-repeated", first = first.to_string(), what = what);
    Box::new(Diagnostic::new_error("row-repeated", message))
}

fn repeated_subject(body: &RecordBody) -> LocalizedText {
    match body {
        RecordBody::Product(_) => words!("said-sku"),
        RecordBody::Review(_) => words!("said-review"),
        RecordBody::Stock(_) => words!("said-stock"),
        RecordBody::Prices(_) => words!("said-price"),
        RecordBody::Edit(_) => words!("said-edit"),
    }
}

/// Whom a row is about.
fn read_sku(plan: &ColumnPlan<'_>, row: &RowView<'_>) -> Result<Sku, RowRefusal> {
    let name = || plan.sku.first().map_or("sku", |column| &plan.column_at(*column).name);
    if let Some(kin) = row.group.filter(|kin| !kin.sku.is_empty()) {
        return Sku::new(&kin.sku).map_err(|error| {
            refuse_cell(name(), &kin.sku, &CellProblem::new("sku-invalid", error.localized_text()))
        });
    }
    let named = plan.sku.iter().find_map(|column| {
        Some((*column, row.cell_text(*column))).filter(|(_, text)| !text.is_empty())
    });
    let Some((column, text)) = named else {
        return Err(refuse_cell(
            name(),
            "",
            &CellProblem::new("sku-missing", words!("sku-missing")),
        ));
    };
    Sku::new(&text).map_err(|error| {
        refuse_cell(
            &plan.column_at(column).name,
            &text,
            &CellProblem::new("sku-invalid", error.localized_text()),
        )
    })
}
