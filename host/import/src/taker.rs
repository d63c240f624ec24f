//! From a row to records: whom it is about, whether it comes first, and what it says.

use std::collections::BTreeSet;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::locale::Locale;
use rikaste_model::receipt::Messages;
use rikaste_model::record::{DropKind, Record, RecordBody, Saying};
use rikaste_model::words;
use rikaste_model::words::Words;

use super::cells::CellReader;
use super::commerce::{prices, stock};
use super::edits::edit;
use super::fields::Fields;
use super::learn::Learner;
use super::nested::NestedReviews;
use super::notes::{Notes, Refusal, refused};
use super::parse::Problem;
use super::plan::Plan;
use super::products::{Part, ProductReader};
use super::reviews::review;
use super::row::Row;
use super::seen::{Key, Seen};
use super::unreadable::Unreadable;
use super::value::Value;

/// Makes records of rows.
pub(super) struct Taker<'a> {
    pub(super) kind: DropKind,
    pub(super) cells: CellReader<'a>,
    pub(super) products: ProductReader<'a>,
    pub(super) nested: Option<NestedReviews<'a>>,
    pub(super) review_source: Option<&'a str>,
    pub(super) seen: Seen,
    pub(super) learner: Learner,
    /// Whether the next row goes on about a product that another row was about.
    pub(super) goes_on: bool,
    /// Texts in the column of locales that are none of the shop's.
    pub(super) foreign: BTreeSet<String>,
    /// Whom the refused rows are about that say so.
    pub(super) refused: Vec<Sku>,
    /// Whether the row of a sheet that was read last ends before the header does.
    pub(super) is_short: bool,
    /// Whether rows are only looked at: a column is missing without which none can be taken.
    pub(super) only_looks: bool,
}

/// What became of a row.
pub(super) enum Fate {
    Taken(Sku),
    Skipped,
    Refused(Refusal),
}

impl<'a> Taker<'a> {
    pub(super) fn take(
        &mut self,
        plan: &mut Plan<'a>,
        row: &Row<'_>,
        records: &mut Vec<Record>,
        messages: &mut Messages,
    ) -> Fate {
        if plan
            .only
            .iter()
            .any(|(column, texts)| !texts.iter().any(|text| *text == row.text(*column)))
        {
            return Fate::Skipped;
        }
        self.learner.look(plan, row, self.cells.style);
        if self.only_looks {
            return Fate::Skipped;
        }
        let locale = match self.locale(plan, row, messages) {
            Ok(locale) => locale,
            Err(fate) => return fate,
        };
        let mut notes = Notes { messages, row: row.number, sku: None };
        let taken = sku(plan, row).and_then(|sku| {
            notes.sku = Some(sku.clone());
            match self.kind {
                DropKind::Products => {
                    self.take_product(plan, row, &sku, locale, records, &mut notes)
                }
                _ => self.take_fields(plan, row, &sku, records, &mut notes),
            }
            .map(|()| sku)
        });
        match taken {
            Ok(sku) => Fate::Taken(sku),
            Err(refusal) => {
                self.refused.extend(notes.sku.clone());
                Fate::Refused(notes.refuse(refusal))
            }
        }
    }

    fn take_product(
        &mut self,
        plan: &mut Plan<'a>,
        row: &Row<'_>,
        sku: &Sku,
        locale: Option<Locale>,
        records: &mut Vec<Record>,
        notes: &mut Notes<'_>,
    ) -> Result<(), Refusal> {
        let product = self.seen.key(sku);
        let first = self.seen.insert(product, row.number);
        let before = match (plan.part, &locale) {
            (Some(part), _) => {
                let key = self.seen.key((sku, &locale, row.text(part)));
                self.seen.insert(key, row.number)
            }
            (None, Some(_)) => self.seen.insert(self.seen.key((sku, &locale)), row.number),
            (None, None) => first,
        };
        if !std::mem::take(&mut self.goes_on)
            && let Some(before) = before
        {
            return Err(second(before, words!("said-sku")));
        }
        let is_first = first.is_none();
        self.products.read(plan, row, sku.clone(), Part { locale, is_first }, notes, records);
        Ok(())
    }

    /// The locale that all of a row is in, by a mapping. A row in one that the shop does not have
    /// is left out.
    fn locale(
        &mut self,
        plan: &Plan<'a>,
        row: &Row<'_>,
        messages: &mut Messages,
    ) -> Result<Option<Locale>, Fate> {
        let (Some(column), Some(rule)) =
            (plan.locale, plan.mapping.and_then(|mapping| mapping.locale.as_ref()))
        else {
            return Ok(None);
        };
        let text = row.text(column);
        let named = rule.values.get(text.as_ref()).map_or(text.as_ref(), String::as_str);
        if named.is_empty() {
            return Ok(None);
        }
        let found = plan.convention.locale(named);
        if found.is_none() && self.foreign.insert(text.to_string()) {
            let name = &plan.column(column).name;
            let message = words!("locale-foreign", text = text.as_ref());
            let diagnostic = Diagnostic::info("locale-foreign", message);
            messages.push(diagnostic.at_row(row.number).at_cell(name, &text));
        }
        found.map(Some).ok_or(Fate::Skipped)
    }

    fn take_fields(
        &mut self,
        plan: &Plan<'a>,
        row: &Row<'_>,
        sku: &Sku,
        records: &mut Vec<Record>,
        notes: &mut Notes<'_>,
    ) -> Result<(), Refusal> {
        let fields = Fields { plan, row };
        let body = match self.kind {
            DropKind::Reviews => {
                RecordBody::Review(review(&fields, &self.cells, self.review_source, notes)?)
            }
            DropKind::Stock => RecordBody::Stock(stock(&fields, &self.cells)?),
            DropKind::Prices => RecordBody::Prices(prices(&fields, &self.cells)?),
            DropKind::Edits => match edit(&fields, &self.cells, notes)? {
                Some(edit) => RecordBody::Edit(edit),
                None => {
                    return Err(Box::new(Diagnostic::error(
                        "value-missing",
                        words!("edit-no-value"),
                    )));
                }
            },
            DropKind::Products | DropKind::Images => unreachable!("these rows have no fields"),
        };
        let keys = self.keys(sku, &body);
        if let Some(first) = keys.iter().find_map(|key| self.seen.row_of(*key)) {
            return Err(second(first, what_is_said(&body)));
        }
        for key in keys {
            self.seen.insert(key, row.number);
        }
        records.push(Record { row: row.number, more: 0, sku: sku.clone(), body });
        Ok(())
    }

    /// Whether this is the list of reviews in an element.
    pub(super) fn has_reviews_at(&self, path: &str) -> bool {
        self.nested.as_ref().is_some_and(|nested| nested.path == path)
    }

    /// Makes records of the reviews in an element.
    pub(super) fn take_reviews(
        &mut self,
        sku: &Sku,
        number: u32,
        list: &[Value<'_>],
        records: &mut Vec<Record>,
        messages: &mut Messages,
    ) -> Result<(), Unreadable> {
        let Some(nested) = &mut self.nested else { return Ok(()) };
        let mut notes = Notes { messages, row: number, sku: Some(sku.clone()) };
        nested.read(list, &self.cells, sku, &mut self.seen, records, &mut notes)
    }

    /// What a record speaks about: a file speaks about each thing once.
    fn keys(&self, sku: &Sku, body: &RecordBody) -> Vec<Key> {
        match body {
            RecordBody::Product(_) => vec![self.seen.key(sku)],
            RecordBody::Review(review) => vec![self.seen.key((&review.source, &review.id))],
            RecordBody::Stock(levels) => {
                levels.iter().map(|level| self.seen.key((sku, &level.location))).collect()
            }
            RecordBody::Prices(prices) => {
                prices.iter().map(|price| self.seen.key((sku, &price.list, price.window))).collect()
            }
            RecordBody::Edit(edit) => {
                let key = match &edit.saying {
                    Saying::Set(value) => self.seen.key((
                        sku,
                        &value.attribute,
                        &value.locale,
                        &value.channel,
                        value.window,
                    )),
                    Saying::Clear { attribute, locale, channel, window } => {
                        self.seen.key((sku, attribute, locale, channel, *window))
                    }
                };
                vec![key]
            }
        }
    }
}

/// Refuses a row that says again what the first one said.
fn second(first: u32, what: Words) -> Refusal {
    let message = words!("row-repeated", first = first.to_string(), what = what);
    Box::new(Diagnostic::error("row-repeated", message))
}

fn what_is_said(body: &RecordBody) -> Words {
    match body {
        RecordBody::Product(_) => words!("said-sku"),
        RecordBody::Review(_) => words!("said-review"),
        RecordBody::Stock(_) => words!("said-stock"),
        RecordBody::Prices(_) => words!("said-price"),
        RecordBody::Edit(_) => words!("said-edit"),
    }
}

/// Whom a row is about.
fn sku(plan: &Plan<'_>, row: &Row<'_>) -> Result<Sku, Refusal> {
    let name = || plan.sku.first().map_or("sku", |column| &plan.column(*column).name);
    if let Some(kin) = row.kin.filter(|kin| !kin.sku.is_empty()) {
        return Sku::new(&kin.sku).map_err(|error| {
            refused(name(), &kin.sku, &Problem::new("sku-invalid", error.words()))
        });
    }
    let named = plan
        .sku
        .iter()
        .find_map(|column| Some((*column, row.text(*column))).filter(|(_, text)| !text.is_empty()));
    let Some((column, text)) = named else {
        return Err(refused(name(), "", &Problem::new("sku-missing", words!("sku-missing"))));
    };
    Sku::new(&text).map_err(|error| {
        refused(&plan.column(column).name, &text, &Problem::new("sku-invalid", error.words()))
    })
}
