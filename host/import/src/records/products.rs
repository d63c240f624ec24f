//! Rows of product files.

use std::collections::{HashMap, HashSet};

use rikaste_model::code::{Sku, SourceCode};
use rikaste_model::diagnostic::{Diagnostic, cut_excerpt};
use rikaste_model::locale::Locale;
use rikaste_model::moment::{Moment, Window};
use rikaste_model::product::ProductAssociation;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{
    CellChange, CellRecord, ImportRecord, ProductRecord, RecordBody, RecordJoin, StockRecord,
};
use rikaste_model::shop::{RemotePhotoSettings, is_url};
use rikaste_model::value::{AttributeValue, RichText, ValueData};
use rikaste_model::well_known;
use rikaste_model::words;
use smol_str::SmolStr;

use super::cells::status::{read_state, state_data};
use super::cells::{CellReader, alt_texts};
use super::named_columns::NamedColumns;
use super::parse;
use super::row::{CellContent, RowView};
use super::row_diagnostics::RowDiagnostics;
use super::row_prices::{
    PriceSettling, PriceTally, PriceTerms, RowPrices, read_rule_window, read_sale_window,
};
use crate::columns::{
    AttributeRule, AttributeTarget, ColumnPlan, ColumnTarget, Mapping, PlannedColumn, PriceTarget,
};

mod joined_rows;
mod model_relations;
mod name_value_pairs;
mod non_values;
mod status_cells;

use joined_rows::LateParent;
pub(super) use non_values::{NonValue, is_false_text, read_non_value};

/// On whose behalf product files speak that no mapping is for.
const DEFAULT_SOURCE: &str = "products";

/// Hosts for which it is reported that no pictures are fetched from them.
const MAX_HOSTS: usize = 16;

/// Reads rows of product files.
pub(crate) struct ProductReader<'a> {
    cells: CellReader<'a>,
    source: SourceCode,
    priority: i32,
    /// Columns whose text has been warned of already.
    warned_columns: Vec<u16>,
    /// Hosts of pictures that nothing is fetched from, as far as that was reported.
    reported_hosts: Vec<String>,
    /// Products that rows keep from being offered: how many, and the first of them.
    not_offered: u64,
    first_not_offered: Vec<Sku>,
    /// SKUs by the number that another program knows their products by.
    skus_by_id: HashMap<SmolStr, Sku>,
    /// Rows whose model is named by a number that no row before had.
    late_parents: Vec<LateParent>,
    has_late_parent: bool,
    /// Products whose own row says that they are variants of themselves.
    own_variants: HashSet<Sku>,
    price_tally: PriceTally,
    /// The prices of the row before, whose memory serves the next.
    spare_prices: RowPrices,
    opened_at: Moment,
    /// What holds for the prices of the row that others may be inside.
    outer_terms: Option<PriceTerms>,
}

/// What a row says, while it is being read.
struct ProductDraft<'s> {
    record: ProductRecord,
    variants: Vec<Sku>,
    scope: &'s RowScope,
    /// Whether a cell says whether or when the product is offered.
    has_state: bool,
    /// Whether a cell has alternative texts of photos.
    has_alt_texts: bool,
    /// The number of the model, where no row before has it.
    late_parent: Option<LateParent>,
    is_own_parent: bool,
    /// What holds for the prices; nothing where that cannot be read, and so no price.
    terms: Option<PriceTerms>,
    /// The window that the rule of the column names which is being read.
    window: Option<Window>,
    prices: RowPrices,
}

/// Which part of a product a row speaks about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RowScope {
    /// The locale that all of the row is in.
    pub(crate) locale: Option<Locale>,
    /// Whether no row before it spoke about the product: it speaks for all locales, too.
    pub(crate) is_first: bool,
    /// The first row of the file about the same part of the product, if there was one.
    pub(crate) earlier_row: Option<u32>,
    /// Whether the row is inside the one before it, as a variant in its product.
    pub(crate) is_nested: bool,
}

impl RowScope {
    /// Whether the row only repeats, in its locale, what another one states.
    fn is_translation(&self) -> bool {
        self.locale.is_some() && !self.is_first
    }
}

impl<'a> ProductReader<'a> {
    pub(super) fn new(cells: CellReader<'a>, mapping: Option<&Mapping>) -> Self {
        let own = || SourceCode::new(DEFAULT_SOURCE).expect("a valid code");
        Self {
            cells,
            source: mapping.and_then(|mapping| mapping.source.clone()).unwrap_or_else(own),
            priority: mapping.map_or(0, |mapping| mapping.priority),
            warned_columns: Vec::new(),
            reported_hosts: Vec::new(),
            not_offered: 0,
            first_not_offered: Vec::new(),
            skus_by_id: HashMap::new(),
            late_parents: Vec::new(),
            has_late_parent: false,
            own_variants: HashSet::new(),
            price_tally: PriceTally::default(),
            spare_prices: RowPrices::default(),
            opened_at: Moment::now(),
            outer_terms: Some(PriceTerms::NONE),
        }
    }

    /// The records that a row makes: its own, and one for each variant that it names.
    pub(super) fn read_row(
        &mut self,
        (plan, named): (&ColumnPlan<'a>, &mut NamedColumns<'a>),
        row: &RowView<'_>,
        sku: Sku,
        scope: &RowScope,
        notes: &mut RowDiagnostics<'_>,
        records: &mut Vec<ImportRecord>,
    ) {
        self.remember_id(plan, row, &sku);
        let terms = read_terms(plan, row, notes);
        let terms = match scope.is_nested {
            true => terms.and_then(|terms| Some(terms.or_outer(self.outer_terms?))),
            false => {
                self.outer_terms = terms;
                terms
            }
        };
        let mut draft = ProductDraft {
            record: self.empty_record(plan.names().len()),
            variants: Vec::new(),
            scope,
            terms,
            window: None,
            prices: std::mem::take(&mut self.spare_prices),
            has_state: false,
            has_alt_texts: false,
            late_parent: None,
            is_own_parent: false,
        };
        draft.record.is_model = model_relations::is_model(plan, row);
        if let Some(group) = row.group.filter(|group| group.knows_parent) {
            draft.record.parent = Some(group.parent.as_ref().and_then(|sku| Sku::new(sku).ok()));
        }
        row.visit_cells(|at, content| match plan.column_at(at) {
            column if is_false_text(row, at, column, content) => {
                let note = Diagnostic::new_info("cell-false", words!("cell-false"));
                notes.has_unread_cells = true;
                notes.push_diagnostic(note.at_cell(&column.name, "FALSE"));
            }
            PlannedColumn { rule, .. } if rule.pairs.is_some() => {
                self.read_pairs_in_cell((plan, named), at, content, &mut draft, notes);
            }
            column => {
                draft.window = match &column.rule.window {
                    None => None,
                    Some(dates) => match read_rule_window(plan, row, column, dates, notes) {
                        Ok(window) => window,
                        Err(_) => return,
                    },
                };
                let unit = plan.unit_column(at);
                let unit = unit.map(|unit| row.cell_text(unit)).unwrap_or_default();
                if unit.is_empty() || content.is_empty() {
                    return self.read_cell(column, at, content, &mut draft, notes);
                }
                let text = format!("{} {unit}", content.text());
                self.read_cell(column, at, CellContent::Text(&text), &mut draft, notes);
            }
        });
        draft.window = None;
        self.read_pair_columns((plan, named), row, &mut draft, notes);
        if !draft.prices.is_empty() {
            let window = read_sale_window(plan, row, notes);
            let tally = &mut self.price_tally;
            let since = Some(self.opened_at);
            let mut settling = PriceSettling { plan, window, since, notes, tally };
            draft.record.prices = draft.prices.settle(&mut settling);
        }
        self.spare_prices = std::mem::take(&mut draft.prices).into_spare();
        if draft.has_alt_texts {
            alt_texts::assign_to_photos(&mut draft.record.cells);
        }
        if draft.has_state {
            self.count_not_offered(&sku, &draft.record.cells);
        }
        self.note_late_parent(row.number, &sku, draft.late_parent.take());
        draft.record.join = self.find_join(&sku, &draft, notes);
        draft.record.has_unread_cells = notes.has_unread_cells;
        let variants = std::mem::take(&mut draft.variants);
        let model = sku.clone();
        let more = row.group.map_or(0, |group| group.extra_rows);
        records.push(ImportRecord {
            row: row.number,
            extra_rows: more,
            sku,
            body: RecordBody::Product(draft.record),
        });
        for variant in variants {
            let mut record = self.empty_record(0);
            record.parent = Some(Some(model.clone()));
            records.push(ImportRecord {
                row: row.number,
                extra_rows: 0,
                sku: variant,
                body: RecordBody::Product(record),
            });
        }
    }

    /// Remembers by which number another program knows the product.
    fn remember_id(&mut self, plan: &ColumnPlan<'_>, row: &RowView<'_>, sku: &Sku) {
        if let Some(column) = plan.id_column() {
            let id = row.cell_text(column);
            let id = parse::clean_key(&id);
            if !id.is_empty() {
                self.skus_by_id.insert(SmolStr::new(id), sku.clone());
            }
        }
    }

    fn empty_record(&self, width: usize) -> ProductRecord {
        ProductRecord {
            source: self.source.clone(),
            priority: self.priority,
            is_model: false,
            parent: None,
            cells: Vec::with_capacity(width.min(64)),
            associations: Vec::new(),
            prices: Vec::new(),
            stock: Vec::new(),
            join: RecordJoin::Replaces,
            has_unread_cells: false,
        }
    }

    fn read_cell(
        &mut self,
        column: &PlannedColumn<'_>,
        at: u16,
        content: CellContent<'_>,
        draft: &mut ProductDraft<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) {
        let content = match read_non_value(&self.cells, column, content) {
            NonValue::No => content,
            NonValue::Placeholder if column.target.is_amount() => {
                let note =
                    Diagnostic::new_info("cell-placeholder", words!("cell-placeholder-kept"));
                return notes.push_diagnostic(note.at_cell(&column.name, &content.text()));
            }
            NonValue::Placeholder => {
                let note = Diagnostic::new_info("cell-placeholder", words!("cell-placeholder"));
                notes.push_diagnostic(note.at_cell(&column.name, &content.text()));
                CellContent::Text("")
            }
            NonValue::BlankMarkup => CellContent::Text(""),
        };
        if column.target.is_key() {
            notes.note_invisible(&column.name, &content.text());
        }
        match &column.target {
            // A row in a locale says again what holds in all of them.
            ColumnTarget::Value(slot) if draft.scope.is_translation() && !slot.is_locale_open() => {
            }
            ColumnTarget::Value(slot) => self.read_value(slot, column, at, content, draft, notes),
            _ if draft.scope.is_translation() => {}
            ColumnTarget::Price(slot) => {
                self.read_price_cell(slot, column, at, content, draft, notes)
            }
            // They were read before the cells.
            ColumnTarget::PriceTerm(_) => {}
            ColumnTarget::Stock(location) => {
                let quantity = read_quantity(&self.cells, column, content, notes);
                let level = quantity.map(|quantity| StockRecord {
                    column: at,
                    location: location.clone(),
                    quantity,
                });
                draft.record.stock.extend(level);
            }
            ColumnTarget::Links(_)
                if column.rule.json.is_some() && has_no_parts(column, content) =>
            {
                let message = words!("json-nothing");
                notes.has_unread_cells = true;
                let diagnostic = Diagnostic::new_warning("cell-nothing", message);
                notes.push_diagnostic(diagnostic.at_cell(&column.name, &content.text()));
            }
            ColumnTarget::Links(kind) => {
                let links = self.cells.read_links(column, content, notes);
                // A cell of which nothing could be read says nothing; an empty one says "none".
                if !links.is_empty() || content.is_empty() {
                    let links = links.into_iter().map(|(sku, quantity)| ProductAssociation {
                        kind: kind.clone(),
                        sku,
                        quantity,
                    });
                    draft.record.associations.push((kind.clone(), links.collect()));
                }
            }
            ColumnTarget::StatusBound(bound) => {
                self.read_status_bound(*bound, column, at, content, draft, notes);
            }
            ColumnTarget::Kind => model_relations::read_kind(column, content, draft, notes),
            ColumnTarget::Parent => {
                model_relations::read_parent(&self.skus_by_id, column, content, draft, notes)
            }
            ColumnTarget::Variants => model_relations::read_variants(column, content, draft, notes),
            ColumnTarget::Ignored
            | ColumnTarget::Unknown
            | ColumnTarget::Sku
            | ColumnTarget::Field(_) => {}
        }
    }

    fn read_value(
        &mut self,
        slot: &AttributeTarget<'_>,
        column: &PlannedColumn<'_>,
        at: u16,
        content: CellContent<'_>,
        draft: &mut ProductDraft<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) {
        let of_row = draft.scope.locale.as_ref().filter(|_| slot.is_locale_open());
        let locale = slot.locale.clone().or_else(|| of_row.cloned());
        let saying = if content.is_empty() && draft.scope.is_translation() {
            // There it means that the text of all locales serves.
            return;
        } else if content.is_empty() && !column.rule.has_empty_value() {
            CellChange::Clear {
                attribute: slot.code.clone(),
                locale,
                channel: slot.channel.clone(),
                window: Window::ALWAYS,
            }
        } else {
            let data = match slot.check.is_status() {
                // The file is held for words that are not known: see `SalesColumnObserver`.
                true => read_state(slot, column, content).map(state_data),
                false => self.cells.read_data(slot, column, content, notes),
            };
            let Some(data) = data else {
                return;
            };
            self.warn_suspect_text(slot, column, at, &data, notes);
            if let ValueData::Assets(names) = &data {
                self.report_disallowed_host(column, content, names, notes);
            }
            CellChange::Set(AttributeValue {
                attribute: slot.code.clone(),
                locale,
                channel: slot.channel.clone(),
                window: Window::ALWAYS,
                data,
            })
        };
        draft.has_alt_texts |= slot.check == AttributeRule::AltTexts;
        draft.has_state |= slot.code.as_str() == well_known::STATUS;
        if slot.check.is_status() {
            return status_cells::add_state(
                &mut draft.record.cells,
                self.cells.convention().shop,
                slot,
                at,
                saying,
            );
        }
        let before = draft.record.cells.iter_mut().filter(|_| column.target.is_list());
        let mut before =
            before.map(|cell| &mut cell.change).filter(|s| name_value_pairs::is_about(s, slot));
        match (before.next(), saying) {
            (Some(CellChange::Set(before)), CellChange::Set(value)) => {
                extend_list(&mut before.data, value.data)
            }
            (Some(before @ CellChange::Clear { .. }), saying) => *before = saying,
            (Some(_), CellChange::Clear { .. }) => {}
            (None, saying) => draft.record.cells.push(CellRecord { column: at, change: saying }),
        }
    }

    /// Says once from which host no pictures are fetched.
    fn report_disallowed_host(
        &mut self,
        column: &PlannedColumn<'_>,
        content: CellContent<'_>,
        names: &[SmolStr],
        notes: &mut RowDiagnostics<'_>,
    ) {
        if self.reported_hosts.len() >= MAX_HOSTS || names.iter().all(|name| is_url(name)) {
            return;
        }
        for host in self.cells.disallowed_hosts(column, content) {
            if !self.reported_hosts.contains(&host) {
                let message = words!(
                    "picture-host",
                    host = host.as_str(),
                    setting = RemotePhotoSettings::HOSTS_SETTING
                );
                let diagnostic = Diagnostic::new_info("picture-host", message);
                notes.push_diagnostic(diagnostic.at_cell(&column.name, &content.text()));
                self.reported_hosts.push(host);
            }
        }
    }

    /// Says once a column what nobody means: tags in plain text, which are shown as they are
    /// written, and letters that a wrong encoding has garbled.
    fn warn_suspect_text(
        &mut self,
        slot: &AttributeTarget<'_>,
        column: &PlannedColumn<'_>,
        at: u16,
        data: &ValueData,
        notes: &mut RowDiagnostics<'_>,
    ) {
        let Some(text) = data.as_text().filter(|_| !self.warned_columns.contains(&at)) else {
            return;
        };
        let warning = if let Some(before) = parse::repair_mojibake(text) {
            let message = words!("text-garbled", before = cut_excerpt(&before));
            Diagnostic::new_warning("text-garbled", message)
        } else if matches!(data, ValueData::Text(_)) && RichText::is_markup(text) {
            let message = words!("text-tags", attribute = slot.code.as_str());
            Diagnostic::new_warning("text-tags", message)
        } else {
            return;
        };
        self.warned_columns.push(at);
        notes.push_diagnostic(warning.at_cell(&column.name, text));
    }

    fn read_price_cell(
        &mut self,
        slot: &PriceTarget,
        column: &PlannedColumn<'_>,
        at: u16,
        content: CellContent<'_>,
        draft: &mut ProductDraft<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) {
        let Some(terms) = draft.terms else { return };
        let rule = &column.rule;
        let read = draft.prices.read_cell(
            &self.cells,
            (slot, rule, at),
            content,
            (terms, draft.window),
            &mut self.price_tally,
        );
        for (part, problem) in read.err().into_iter().flatten() {
            notes.warn_left_out(&column.name, &part, &problem);
        }
    }

    /// Says once what is to be said of the prices of a file.
    pub(super) fn report_prices(&mut self, messages: &mut DiagnosticCollector) {
        self.price_tally.push_diagnostics(messages);
    }
}

/// What holds for the prices of a row. Nothing where it cannot be read, which is reported.
fn read_terms(
    plan: &ColumnPlan<'_>,
    row: &RowView<'_>,
    notes: &mut RowDiagnostics<'_>,
) -> Option<PriceTerms> {
    if plan.price_columns().are_plain() {
        return Some(PriceTerms::NONE);
    }
    PriceTerms::from_row(plan, row)
        .map_err(|(at, text, problem)| {
            let message = words!("prices-left-out", problem = problem.message);
            let diagnostic = Diagnostic::new_warning(problem.code, message);
            notes.count_left_out();
            notes.push_diagnostic(diagnostic.at_cell(&plan.column_at(at).name, &text));
        })
        .ok()
}

/// Whether a cell has nothing where its rule looks for it.
fn has_no_parts(column: &PlannedColumn<'_>, content: CellContent<'_>) -> bool {
    !content.is_empty() && content.split_parts(&column.rule).is_empty()
}

/// Adds to a list what another column says.
fn extend_list(list: &mut ValueData, more: ValueData) {
    match (list, more) {
        (ValueData::Options(list), ValueData::Options(more))
        | (ValueData::Assets(list), ValueData::Assets(more)) => {
            more.into_iter().for_each(|name| {
                if !list.contains(&name) {
                    list.push(name);
                }
            });
        }
        _ => {}
    }
}

/// Pieces; an empty cell says nothing, because no number of pieces is not none.
pub(crate) fn read_quantity(
    cells: &CellReader<'_>,
    column: &PlannedColumn<'_>,
    content: CellContent<'_>,
    notes: &mut RowDiagnostics<'_>,
) -> Option<i64> {
    let text = content.read_text(&column.rule);
    if text.is_empty() {
        return None;
    }
    match parse::parse_integer(&text, cells.number_format_for(&column.rule, content)) {
        Ok(quantity) => Some(quantity),
        Err(problem) => {
            notes.warn_left_out(&column.name, &text, &problem);
            None
        }
    }
}
