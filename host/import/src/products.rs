//! Rows of product files.

use std::collections::HashMap;

use rikaste_model::code::{Sku, SourceCode};
use rikaste_model::diagnostic::{Diagnostic, excerpt};
use rikaste_model::locale::Locale;
use rikaste_model::moment::Window;
use rikaste_model::product::Association;
use rikaste_model::record::{
    CellRecord, PriceRecord, ProductRecord, Record, RecordBody, Saying, StockRecord,
};
use rikaste_model::shop::{Pictures, is_url};
use rikaste_model::value::{Data, Value};
use rikaste_model::words;
use smol_str::SmolStr;

use super::cells::{CellReader, alt_texts};
use super::notes::Notes;
use super::parse;
use super::plan::{Column, Plan};
use super::row::{Content, Row};
use super::target::{PriceSlot, Slot, Target};

mod kin;
mod pairs;
mod window;

/// Of so many hosts it is said that no pictures are fetched from them.
const MOST_HOSTS: usize = 16;

/// Reads rows of product files.
pub(super) struct ProductReader<'a> {
    pub(super) cells: CellReader<'a>,
    pub(super) source: SourceCode,
    pub(super) priority: i32,
    /// Columns whose text has been warned of already.
    warned: Vec<u16>,
    /// Hosts of pictures that nothing is fetched from, as far as that was said.
    unasked_hosts: Vec<String>,
    /// SKUs by the number that another program knows their products by.
    ids: HashMap<SmolStr, Sku>,
}

/// What a row says, while it is being read.
struct Draft {
    record: ProductRecord,
    variants: Vec<Sku>,
    part: Part,
    /// When the price that is read holds.
    window: Window,
}

/// Which part of a product a row speaks about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Part {
    /// The locale that all of the row is in.
    pub(super) locale: Option<Locale>,
    /// Whether no row before it spoke about the product: it speaks for all locales, too.
    pub(super) is_first: bool,
}

impl Part {
    /// Whether the row only says again, in its locale, what another one said.
    fn is_translation(&self) -> bool {
        self.locale.is_some() && !self.is_first
    }
}

impl<'a> ProductReader<'a> {
    pub(super) fn new(cells: CellReader<'a>, source: SourceCode, priority: i32) -> Self {
        Self {
            cells,
            source,
            priority,
            warned: Vec::new(),
            unasked_hosts: Vec::new(),
            ids: HashMap::new(),
        }
    }

    /// The records that a row makes: its own, and one for each variant that it names.
    pub(super) fn read(
        &mut self,
        plan: &mut Plan<'a>,
        row: &Row<'_>,
        sku: Sku,
        part: Part,
        notes: &mut Notes<'_>,
        records: &mut Vec<Record>,
    ) {
        self.remember(plan, row, &sku);
        let mut draft = Draft {
            record: self.empty(plan.names.len()),
            variants: Vec::new(),
            part,
            window: Window::ALWAYS,
        };
        draft.record.is_model = kin::is_model(plan, row);
        if let Some(kin) = row.kin.filter(|kin| kin.says_parent) {
            draft.record.parent = Some(kin.parent.as_ref().and_then(|sku| Sku::new(sku).ok()));
        }
        row.each(|at, content| match plan.column(at) {
            Column { rule, .. } if rule.pairs.is_some() => {
                self.pairs_in_cell(plan, at, content, &mut draft, notes);
            }
            column => {
                draft.window = match &column.rule.window {
                    None => Window::ALWAYS,
                    Some(dates) => match window::window(plan, row, column, dates, notes) {
                        Some(window) => window,
                        None => return,
                    },
                };
                let unit = plan.units.iter().find(|(of, _)| *of == at);
                let unit = unit.map(|(_, unit)| row.text(*unit)).unwrap_or_default();
                if unit.is_empty() || content.is_empty() {
                    return self.cell(column, at, content, &mut draft, notes);
                }
                let text = format!("{} {unit}", content.text());
                self.cell(column, at, Content::Text(&text), &mut draft, notes);
            }
        });
        self.pairs_of_columns(plan, row, &mut draft, notes);
        alt_texts::give_to_photos(&mut draft.record.cells);
        let variants = std::mem::take(&mut draft.variants);
        let model = sku.clone();
        let more = row.kin.map_or(0, |kin| kin.more);
        records.push(Record {
            row: row.number,
            more,
            sku,
            body: RecordBody::Product(draft.record),
        });
        for variant in variants {
            let mut record = self.empty(0);
            record.parent = Some(Some(model.clone()));
            records.push(Record {
                row: row.number,
                more: 0,
                sku: variant,
                body: RecordBody::Product(record),
            });
        }
    }

    /// Remembers by which number another program knows the product.
    fn remember(&mut self, plan: &Plan<'_>, row: &Row<'_>, sku: &Sku) {
        if let Some(column) = plan.id {
            let id = row.text(column);
            if !id.is_empty() {
                self.ids.insert(SmolStr::new(id), sku.clone());
            }
        }
    }

    fn empty(&self, width: usize) -> ProductRecord {
        ProductRecord {
            source: self.source.clone(),
            priority: self.priority,
            is_model: false,
            parent: None,
            cells: Vec::with_capacity(width.min(64)),
            associations: Vec::new(),
            prices: Vec::new(),
            stock: Vec::new(),
        }
    }

    fn cell(
        &mut self,
        column: &Column<'_>,
        at: u16,
        content: Content<'_>,
        draft: &mut Draft,
        notes: &mut Notes<'_>,
    ) {
        match &column.target {
            // A row in a locale says again what holds in all of them.
            Target::Value(slot) if draft.part.is_translation() && !slot.is_open() => {}
            Target::Value(slot) => self.value(slot, column, at, content, draft, notes),
            _ if draft.part.is_translation() => {}
            Target::Price(slot) => self.price(slot, column, at, content, draft, notes),
            Target::Stock(location) => {
                let quantity = quantity(&self.cells, column, content, notes);
                let level = quantity.map(|quantity| StockRecord {
                    column: at,
                    location: location.clone(),
                    quantity,
                });
                draft.record.stock.extend(level);
            }
            Target::Links(_) if column.rule.json.is_some() && holds_nothing(column, content) => {
                let message = words!("json-nothing");
                let diagnostic = Diagnostic::warning("cell-nothing", message);
                notes.push(diagnostic.at_cell(&column.name, &content.text()));
            }
            Target::Links(kind) => {
                let links = self.cells.links(column, content, notes);
                // A cell of which nothing could be read says nothing; an empty one says "none".
                if !links.is_empty() || content.is_empty() {
                    let links = links.into_iter().map(|(sku, quantity)| Association {
                        kind: kind.clone(),
                        sku,
                        quantity,
                    });
                    draft.record.associations.push((kind.clone(), links.collect()));
                }
            }
            Target::Kind => kin::kind(column, content, draft, notes),
            Target::Parent => kin::parent(&self.ids, column, content, draft, notes),
            Target::Variants => kin::variants(column, content, draft, notes),
            Target::Ignored | Target::Unknown | Target::Sku | Target::Field(_) => {}
        }
    }

    fn value(
        &mut self,
        slot: &Slot<'_>,
        column: &Column<'_>,
        at: u16,
        content: Content<'_>,
        draft: &mut Draft,
        notes: &mut Notes<'_>,
    ) {
        let of_row = draft.part.locale.as_ref().filter(|_| slot.is_open());
        let locale = slot.locale.clone().or_else(|| of_row.cloned());
        let saying = if content.is_empty() && draft.part.is_translation() {
            // There it means that the text of all locales serves.
            return;
        } else if content.is_empty() && !column.rule.fills_empty() {
            Saying::Clear {
                attribute: slot.code.clone(),
                locale,
                channel: slot.channel.clone(),
                window: Window::ALWAYS,
            }
        } else {
            let Some(data) = self.cells.data(slot, column, content, notes) else {
                return;
            };
            self.warn_of_text(slot, column, at, &data, notes);
            if let Data::Assets(names) = &data {
                self.tell_of_host(column, content, names, notes);
            }
            Saying::Set(Value {
                attribute: slot.code.clone(),
                locale,
                channel: slot.channel.clone(),
                window: Window::ALWAYS,
                data,
            })
        };
        let before = draft.record.cells.iter_mut().filter(|_| column.target.is_list());
        let mut before = before.map(|cell| &mut cell.saying).filter(|s| pairs::is_about(s, slot));
        match (before.next(), saying) {
            (Some(Saying::Set(before)), Saying::Set(value)) => add(&mut before.data, value.data),
            (Some(before @ Saying::Clear { .. }), saying) => *before = saying,
            (Some(_), Saying::Clear { .. }) => {}
            (None, saying) => draft.record.cells.push(CellRecord { column: at, saying }),
        }
    }

    /// Says once from which host no pictures are fetched.
    fn tell_of_host(
        &mut self,
        column: &Column<'_>,
        content: Content<'_>,
        names: &[SmolStr],
        notes: &mut Notes<'_>,
    ) {
        if self.unasked_hosts.len() >= MOST_HOSTS || names.iter().all(|name| is_url(name)) {
            return;
        }
        for host in self.cells.unasked_hosts(column, content) {
            if !self.unasked_hosts.contains(&host) {
                let message =
                    words!("picture-host", host = host.as_str(), setting = Pictures::HOSTS);
                let diagnostic = Diagnostic::info("picture-host", message);
                notes.push(diagnostic.at_cell(&column.name, &content.text()));
                self.unasked_hosts.push(host);
            }
        }
    }

    /// Says once a column what nobody means: tags in plain text, which are shown as they are
    /// written, and letters that a wrong encoding has garbled.
    fn warn_of_text(
        &mut self,
        slot: &Slot<'_>,
        column: &Column<'_>,
        at: u16,
        data: &Data,
        notes: &mut Notes<'_>,
    ) {
        let Some(text) = data.as_text().filter(|_| !self.warned.contains(&at)) else {
            return;
        };
        let warning = if let Some(before) = parse::ungarbled(text) {
            let message = words!("text-garbled", before = excerpt(&before));
            Diagnostic::warning("text-garbled", message)
        } else if matches!(data, Data::Text(_)) && parse::holds_markup(text) {
            let message = words!("text-tags", attribute = slot.code.as_str());
            Diagnostic::warning("text-tags", message)
        } else {
            return;
        };
        self.warned.push(at);
        notes.push(warning.at_cell(&column.name, text));
    }

    fn price(
        &self,
        slot: &PriceSlot,
        column: &Column<'_>,
        at: u16,
        content: Content<'_>,
        draft: &mut Draft,
        notes: &mut Notes<'_>,
    ) {
        let style = self.cells.style(&column.rule, content);
        let text = content.read(&column.rule);
        let parts = match column.rule.split {
            Some(_) if !text.is_empty() => content.parts(&column.rule),
            _ => vec![text],
        };
        for part in parts {
            match self.cells.price(slot, &column.rule, style, &part) {
                Ok((list, money)) => {
                    if column.rule.window.is_some() && draft.window != window::SINCE_EVER {
                        // What held until it is taken back is over where days are given.
                        let (list, window) = (list.clone(), window::SINCE_EVER);
                        let over = PriceRecord { column: at, list, window, money: None };
                        draft.record.prices.push(over);
                    }
                    draft.record.prices.push(PriceRecord {
                        column: at,
                        list,
                        window: draft.window,
                        money,
                    });
                }
                Err(problem) => notes.left_out(&column.name, &part, &problem),
            }
        }
    }
}

/// Whether a cell has nothing where its rule looks for it.
fn holds_nothing(column: &Column<'_>, content: Content<'_>) -> bool {
    !content.is_empty() && content.parts(&column.rule).is_empty()
}

/// Adds to a list what another column says.
fn add(list: &mut Data, more: Data) {
    match (list, more) {
        (Data::Options(list), Data::Options(more)) | (Data::Assets(list), Data::Assets(more)) => {
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
pub(super) fn quantity(
    cells: &CellReader<'_>,
    column: &Column<'_>,
    content: Content<'_>,
    notes: &mut Notes<'_>,
) -> Option<i64> {
    let text = content.read(&column.rule);
    if text.is_empty() {
        return None;
    }
    match parse::integer(&text, cells.style(&column.rule, content)) {
        Ok(quantity) => Some(quantity),
        Err(problem) => {
            notes.left_out(&column.name, &text, &problem);
            None
        }
    }
}
