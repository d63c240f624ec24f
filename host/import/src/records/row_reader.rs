//! From a row to records: whom it is about, whether it comes first, and what it says.

use std::collections::{BTreeMap, BTreeSet};

use rikaste_model::code::{Sku, SourceCode};
use rikaste_model::diagnostic::{Diagnostic, cut_excerpt};
use rikaste_model::locale::Locale;
use rikaste_model::receipt::{ColumnQuestion, DiagnosticCollector};
use rikaste_model::record::{
    CellChange, DropKind, EditRecord, ImportRecord, PriceRecord, RecordBody,
};
use rikaste_model::value::ValueData;
use rikaste_model::words;
use rikaste_model::words::{LocalizedText, TextArgument};
use rikaste_tables::{CellProblem, DocumentValue, ReadError};
use smol_str::SmolStr;

use super::cells::CellReader;
use super::column_profiler::{AttributeProposal, ColumnProfiler};
use super::edit_attributes::EditAttributes;
use super::edits::{is_unfilled, read_edit, read_wide_edits};
use super::fields::RowFields;
use super::named_columns::NamedColumns;
use super::nested_reviews::NestedReviews;
use super::parse::{NumberFormat, OptionLookup, clean_key, has_spaced_comma};
use super::products::{ProductReader, RowScope};
use super::record_builder::RecordOutput;
use super::reviews::{RatingScale, read_review};
use super::row::RowView;
use super::row_diagnostics::{RowDiagnostics, RowRefusal, refuse_cell};
use super::row_prices::PriceTally;
use super::sales_column_observer::SalesColumnObserver;
use super::seen_keys::{RowKey, SeenKeys};
use super::stock_and_prices::{read_prices, read_stock};
use crate::columns::{ColumnPlan, HeaderConvention, Mapping};
use crate::file_error::FileError;

/// Makes records of rows, and remembers what the rows of a file have spoken about.
pub(crate) struct RowReader<'a> {
    kind: DropKind,
    cell_reader: CellReader<'a>,
    product_reader: ProductReader<'a>,
    /// Of files of edits.
    edit_attributes: Option<EditAttributes<'a>>,
    nested_reviews: Option<NestedReviews<'a>>,
    review_source: Option<&'a str>,
    seen_keys: SeenKeys,
    /// Texts in the column of locales that are none of the shop's.
    foreign_locales: BTreeSet<String>,
    refused_skus: Vec<Sku>,
    price_tally: PriceTally,
    rating_scale: RatingScale,
    /// Cells of a wide file of edits that are empty.
    empty_edit_cells: u64,
    /// The column of pieces whose rows named no location.
    unplaced_stock: Option<u16>,
}

/// What became of a row that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowReading {
    Recorded,
    /// It says nothing that is taken, which is counted.
    LeftOut,
}

/// A plan, and what was learned about its columns while rows were read by it.
pub(super) struct PlanReading<'a> {
    pub(super) plan: ColumnPlan<'a>,
    profiler: ColumnProfiler,
    named: NamedColumns<'a>,
    sales_columns: SalesColumnObserver,
    left_out: LeftOutRows,
}

/// Rows that a preset leaves out, by the column that says so.
#[derive(Debug, Default)]
struct LeftOutRows(BTreeMap<u16, (u64, Vec<SmolStr>)>);

/// The most texts that are named of rows which are left out.
const MAX_LEFT_OUT_TEXTS: usize = 5;

/// What the source of a row says about it beside its cells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowContext {
    /// Whether it goes on about a product that an earlier row is about.
    pub(super) continues_product: bool,
    /// Whether it is inside the row before it.
    pub(super) is_nested: bool,
}

/// What became of a row.
pub(crate) enum RowOutcome {
    Accepted(Sku),
    Skipped,
    Refused(RowRefusal),
}

impl<'a> PlanReading<'a> {
    pub(super) fn new(plan: ColumnPlan<'a>) -> Self {
        Self {
            plan,
            profiler: ColumnProfiler::default(),
            named: NamedColumns::default(),
            sales_columns: SalesColumnObserver::default(),
            left_out: LeftOutRows::default(),
        }
    }

    /// Says which rows the preset leaves out.
    pub(super) fn report_left_out(&self, messages: &mut DiagnosticCollector) {
        for (column, (rows, texts)) in &self.left_out.0 {
            let texts = TextArgument::from_names(texts);
            let message = words!("rows-left-out", rows = *rows, texts = texts);
            let mut note = Diagnostic::new_info("rows-left-out", message);
            note.place.column = Some(self.plan.column_at(*column).name.clone());
            messages.push_diagnostic(note);
        }
    }

    pub(super) fn profiler(&self) -> &ColumnProfiler {
        &self.profiler
    }

    /// Looks at all columns, those that are read included.
    pub(super) fn profile_all(&mut self) {
        self.profiler.watch_all();
    }

    /// Says which columns nothing was read from.
    pub(super) fn warn_unknown_columns(&self, messages: &mut DiagnosticCollector) {
        self.profiler.warn_unknown_columns(&self.plan, &self.list_questions(), messages);
    }

    /// Columns that decide about a sale and are read as nothing.
    pub(super) fn list_questions(&self) -> Vec<ColumnQuestion> {
        self.sales_columns.list_questions(&self.plan)
    }

    /// Attributes that the rows seem to have and the shop does not.
    pub(super) fn propose_attributes(&self) -> Vec<AttributeProposal> {
        self.profiler.propose_attributes(&self.plan)
    }
}

impl LeftOutRows {
    fn count_rows(&mut self, column: u16, text: &str, rows: u64) {
        let (count, texts) = self.0.entry(column).or_default();
        *count += rows;
        if texts.len() < MAX_LEFT_OUT_TEXTS && !texts.iter().any(|known| known == text) {
            texts.push(SmolStr::new(cut_excerpt(text)));
        }
    }
}

impl<'a> RowReader<'a> {
    pub(crate) fn new(convention: HeaderConvention<'a>, mapping: Option<&'a Mapping>) -> Self {
        let style = NumberFormat {
            decimal_mark: mapping.and_then(|mapping| mapping.decimal),
            ..convention.shop.locales.first().map(NumberFormat::from_locale).unwrap_or_default()
        };
        // Only these kinds of rows have values of attributes.
        let options = match convention.kind {
            DropKind::Products | DropKind::Edits => {
                OptionLookup::from_attributes(&convention.shop.attributes)
            }
            _ => OptionLookup::default(),
        };
        let cells = CellReader::new(convention, style, options);
        let is_edits = convention.kind == DropKind::Edits;
        let reviews = mapping.and_then(|mapping| mapping.reviews.as_ref());
        let source = mapping.and_then(|mapping| mapping.source.as_ref());
        Self {
            kind: convention.kind,
            product_reader: ProductReader::new(cells.clone(), mapping),
            cell_reader: cells,
            edit_attributes: is_edits.then(|| EditAttributes::new(convention)),
            nested_reviews: reviews.map(|paths| NestedReviews::new(paths, convention)),
            review_source: source.map(SourceCode::as_str),
            seen_keys: SeenKeys::default(),
            foreign_locales: BTreeSet::new(),
            refused_skus: Vec::new(),
            price_tally: PriceTally::default(),
            rating_scale: RatingScale::default(),
            empty_edit_cells: 0,
            unplaced_stock: None,
        }
    }

    /// Whom the refused rows are about, as far as they say so.
    pub(super) fn refused_skus(&self) -> &[Sku] {
        &self.refused_skus
    }

    /// Says how many products of the file are not offered.
    pub(super) fn report_not_offered(&self, messages: &mut DiagnosticCollector) {
        self.product_reader.report_not_offered(messages);
    }

    /// Looks at the cells of a row without reading it. False where the mapping leaves it out.
    pub(super) fn profile_row(&self, reading: &mut PlanReading<'a>, row: &RowView<'_>) -> bool {
        let PlanReading { plan, profiler, sales_columns, left_out, .. } = reading;
        let is_out = |(column, texts): &&(u16, &[String])| {
            !texts.iter().any(|text| *text == row.cell_text(*column))
        };
        if let Some((column, _)) = plan.row_filter().iter().find(is_out) {
            // What the shop leaves out itself, it knows.
            if plan.mapping().is_some_and(|mapping| mapping.is_of_preset) {
                let rows = 1 + row.group.map_or(0, |group| u64::from(group.extra_rows));
                left_out.count_rows(*column, &row.cell_text(*column), rows);
            }
            return false;
        }
        profiler.observe_row(plan, row, self.cell_reader.style());
        sales_columns.observe_row(plan, row, self.cell_reader.style());
        true
    }

    /// Makes the records of a row.
    pub(super) fn read_row(
        &mut self,
        reading: &mut PlanReading<'a>,
        row: &RowView<'_>,
        context: RowContext,
        output: &mut RecordOutput<'_>,
    ) -> RowOutcome {
        if !self.profile_row(reading, row) {
            return RowOutcome::Skipped;
        }
        let RecordOutput { records, messages } = output;
        let locale = match self.read_locale(&reading.plan, row, messages) {
            Ok(locale) => locale,
            Err(outcome) => return outcome,
        };
        let mut notes = RowDiagnostics::new(messages, row.number, None);
        note_errors(&reading.plan, row, &mut notes);
        let accepted = read_sku(&reading.plan, row, &mut notes).and_then(|sku| {
            notes.sku = Some(sku.clone());
            match self.kind {
                DropKind::Products => {
                    let scope = self.find_scope(&reading.plan, row, &sku, locale, context);
                    let PlanReading { plan, named, .. } = reading;
                    let reader = &mut self.product_reader;
                    reader.read_row((plan, named), row, sku.clone(), &scope, &mut notes, records);
                    Ok(RowReading::Recorded)
                }
                _ => self.read_fields(&reading.plan, row, &sku, records, &mut notes),
            }
            .map(|reading| (reading, sku))
        });
        match accepted {
            Ok((RowReading::Recorded, sku)) => RowOutcome::Accepted(sku),
            Ok((RowReading::LeftOut, _)) => RowOutcome::Skipped,
            Err(refusal) => {
                self.refused_skus.extend(notes.sku.clone());
                RowOutcome::Refused(notes.record_refusal(refusal))
            }
        }
    }

    /// Whether records of the last row wait for the end of the file.
    pub(super) fn take_undecided(&mut self) -> bool {
        let is_undecided = self.cell_reader.evidence().borrow_mut().take_new();
        self.product_reader.take_late_parents() || is_undecided
    }

    /// Makes records up that waited: divides lists, and finds models by their numbers.
    pub(super) fn decide_records(
        &mut self,
        plan: &ColumnPlan<'_>,
        records: &mut [ImportRecord],
        messages: &mut DiagnosticCollector,
    ) {
        self.product_reader.resolve_late_parents(records, messages);
        let evidence = self.cell_reader.evidence().borrow();
        let mut kept: BTreeMap<u16, (u64, SmolStr)> = BTreeMap::new();
        for (column, change) in
            records.iter_mut().flat_map(|record| value_changes(&mut record.body))
        {
            let CellChange::Set(value) = change else { continue };
            let ValueData::Options(names) = &mut value.data else { continue };
            let mut divided: Vec<SmolStr> = Vec::with_capacity(names.len());
            for name in std::mem::take(names) {
                let (parts, was_undecided) = evidence.decide(&value.attribute, &name);
                if was_undecided && parts.len() == 1 && has_spaced_comma(&name) {
                    kept.entry(column).or_insert((0, name)).0 += 1;
                }
                for part in parts.into_iter().filter(|part| !part.is_empty()) {
                    if !divided.contains(&part) {
                        divided.push(part);
                    }
                }
            }
            *names = divided;
        }
        for (column, (cells, name)) in kept {
            let message = words!("comma-kept", cells = cells);
            let note = Diagnostic::new_info("comma-kept", message);
            messages.push_diagnostic(note.at_cell(&plan.column_at(column).name, &name));
        }
    }

    /// What part of its product a row is about, and which row of the file was before it.
    fn find_scope(
        &mut self,
        plan: &ColumnPlan<'a>,
        row: &RowView<'_>,
        sku: &Sku,
        locale: Option<Locale>,
        context: RowContext,
    ) -> RowScope {
        let product = self.seen_keys.hash_key(sku);
        let first = self.seen_keys.insert_key(product, row.number);
        let before = match (plan.row_scope_column(), &locale) {
            (Some(scope), _) => {
                let key = self.seen_keys.hash_key((sku, &locale, row.cell_text(scope)));
                self.seen_keys.insert_key(key, row.number)
            }
            (None, Some(_)) => {
                self.seen_keys.insert_key(self.seen_keys.hash_key((sku, &locale)), row.number)
            }
            (None, None) => first,
        };
        let earlier_row = before.filter(|_| !context.continues_product);
        let is_nested = context.is_nested;
        RowScope { locale, is_first: first.is_none(), earlier_row, is_nested }
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
            (plan.locale_column(), plan.mapping().and_then(|mapping| mapping.locale.as_ref()))
        else {
            return Ok(None);
        };
        let text = row.cell_text(column);
        let named = rule.values.get(text.as_ref()).map_or(text.as_ref(), String::as_str);
        if named.is_empty() {
            return Ok(None);
        }
        let found = plan.convention().find_locale(named);
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
    ) -> Result<RowReading, RowRefusal> {
        let fields = RowFields { plan, row };
        let body = match self.kind {
            DropKind::Reviews => RecordBody::Review(read_review(
                &fields,
                &self.cell_reader,
                self.review_source,
                &mut self.rating_scale,
                notes,
            )?),
            DropKind::Stock => {
                self.unplaced_stock = self.unplaced_stock.or_else(|| plan.unplaced_quantity());
                RecordBody::Stock(read_stock(&fields, &self.cell_reader)?)
            }
            DropKind::Prices => {
                let tally = &mut self.price_tally;
                let Some(mut prices) = read_prices(&fields, &self.cell_reader, tally, notes)?
                else {
                    return Ok(RowReading::LeftOut);
                };
                if plan.price_columns().has_sales() {
                    self.drop_repeated_prices(sku, &mut prices, row.number)?;
                }
                RecordBody::Prices(prices)
            }
            DropKind::Edits if plan.is_wide_edits() => {
                return self.read_wide_row(&fields, sku, records, notes);
            }
            DropKind::Edits if is_unfilled(&fields) => return Ok(RowReading::LeftOut),
            DropKind::Edits => match self.read_edit(&fields, notes)? {
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
        let extra_rows = row.group.map_or(0, |group| group.extra_rows);
        records.push(ImportRecord { row: row.number, extra_rows, sku: sku.clone(), body });
        Ok(RowReading::Recorded)
    }

    fn read_edit(
        &self,
        fields: &RowFields<'_, 'a, '_>,
        notes: &mut RowDiagnostics<'_>,
    ) -> Result<Option<EditRecord>, RowRefusal> {
        let attributes = self.edit_attributes.as_ref().expect("files of edits have them");
        read_edit(fields, &self.cell_reader, attributes, notes)
    }

    /// Makes a record of each edit in a row with a column for each attribute.
    fn read_wide_row(
        &mut self,
        fields: &RowFields<'_, 'a, '_>,
        sku: &Sku,
        records: &mut Vec<ImportRecord>,
        notes: &mut RowDiagnostics<'_>,
    ) -> Result<RowReading, RowRefusal> {
        let read = read_wide_edits(fields, &self.cell_reader, notes)?;
        self.empty_edit_cells += read.empty_cells;
        if read.edits.is_empty() && notes.has_unread_cells {
            return Err(Box::new(Diagnostic::new_error("value-missing", words!("edit-no-value"))));
        }
        if read.edits.is_empty() {
            return Ok(RowReading::LeftOut);
        }
        let row = fields.row.number;
        let bodies: Vec<_> = read.edits.into_iter().map(RecordBody::Edit).collect();
        let keys: Vec<_> = bodies.iter().flat_map(|body| self.record_keys(sku, body)).collect();
        if let Some(first) = keys.iter().find_map(|key| self.seen_keys.find_row(*key)) {
            return Err(refuse_repeated(first, words!("said-edit")));
        }
        for key in keys {
            if self.seen_keys.insert_key(key, row).is_some() {
                return Err(refuse_repeated(row, words!("said-edit")));
            }
        }
        let record = |body| ImportRecord { row, extra_rows: 0, sku: sku.clone(), body };
        records.extend(bodies.into_iter().map(record));
        Ok(RowReading::Recorded)
    }

    /// The column of pieces whose rows named no location.
    pub(super) fn unplaced_stock(&self) -> Option<u16> {
        self.unplaced_stock
    }

    /// Says how many cells of a wide file of edits were empty.
    pub(super) fn report_empty_edits(&self, messages: &mut DiagnosticCollector) {
        if self.empty_edit_cells > 0 {
            let message = words!("edits-empty", cells = self.empty_edit_cells);
            messages.push_diagnostic(Diagnostic::new_info("edits-empty", message));
        }
    }

    /// Rows about several sales of a product each repeat its ordinary price. What an earlier row states
    /// just so is dropped.
    fn drop_repeated_prices(
        &mut self,
        sku: &Sku,
        prices: &mut Vec<PriceRecord>,
        row: u32,
    ) -> Result<(), RowRefusal> {
        let mut first = None;
        prices.retain(|price| {
            let key = ("price", sku, &price.list, price.window, price.money);
            let key = self.seen_keys.hash_key(key);
            let before = self.seen_keys.insert_key(key, row);
            first = first.or(before);
            before.is_none()
        });
        match first.filter(|_| prices.is_empty()) {
            Some(first) => Err(refuse_repeated(first, words!("said-price"))),
            None => Ok(()),
        }
    }

    /// Whether ratings are on the scale that they were read by.
    pub(super) fn check_rating_scale(&self) -> Result<(), FileError> {
        self.rating_scale.check()?;
        self.nested_reviews.as_ref().map_or(Ok(()), NestedReviews::check_scale)
    }

    /// Says once what is to be said of the prices of a file.
    pub(super) fn report_prices(&mut self, messages: &mut DiagnosticCollector) {
        self.price_tally.push_diagnostics(messages);
        self.product_reader.report_prices(messages);
    }

    /// Whether this is the list of reviews in an element.
    pub(super) fn has_reviews_at(&self, path: &str) -> bool {
        self.nested_reviews.as_ref().is_some_and(|nested| nested.path() == path)
    }

    /// Makes records of the reviews in an element.
    pub(super) fn read_reviews(
        &mut self,
        sku: &Sku,
        number: u32,
        list: &[DocumentValue<'_>],
        output: &mut RecordOutput<'_>,
    ) -> Result<(), ReadError> {
        let Some(nested) = &mut self.nested_reviews else { return Ok(()) };
        let RecordOutput { records, messages } = output;
        let mut notes = RowDiagnostics::new(messages, number, Some(sku.clone()));
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

/// The values that a record sets or clears, and their columns.
fn value_changes(body: &mut RecordBody) -> Vec<(u16, &mut CellChange)> {
    match body {
        RecordBody::Product(product) => {
            product.cells.iter_mut().map(|cell| (cell.column, &mut cell.change)).collect()
        }
        RecordBody::Edit(edit) => vec![(edit.column, &mut edit.change)],
        RecordBody::Review(_) | RecordBody::Stock(_) | RecordBody::Prices(_) => Vec::new(),
    }
}

/// Refuses a row that repeats what the first one states.
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

/// Says once a column that errors of formulas stand in it.
fn note_errors(plan: &ColumnPlan<'_>, row: &RowView<'_>, notes: &mut RowDiagnostics<'_>) {
    for (column, text) in row.error_cells() {
        notes.count_left_out();
        let warning = Diagnostic::new_warning("cell-error", words!("text-error"));
        notes.push_diagnostic(warning.at_cell(&plan.column_at(column).name, text));
    }
}

/// Whom a row is about.
fn read_sku(
    plan: &ColumnPlan<'_>,
    row: &RowView<'_>,
    notes: &mut RowDiagnostics<'_>,
) -> Result<Sku, RowRefusal> {
    let name = || plan.sku_columns().first().map_or("sku", |column| &plan.column_at(*column).name);
    if let Some(group) = row.group.filter(|group| !group.sku.is_empty()) {
        return Sku::new(&group.sku).map_err(|error| {
            refuse_cell(
                name(),
                &group.sku,
                &CellProblem::new("sku-invalid", error.localized_text()),
            )
        });
    }
    let named = plan.sku_columns().iter().find_map(|column| {
        let text = row.cell_text(*column);
        let key = clean_key(&text).into_owned();
        (!key.is_empty()).then(|| {
            notes.note_invisible(&plan.column_at(*column).name, &text);
            (*column, key)
        })
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
