//! Rows of product files.

use rikaste_catalog::code::{Sku, SourceCode};
use rikaste_catalog::diagnostic::Diagnostic;
use rikaste_catalog::moment::Window;
use rikaste_catalog::product::Association;
use rikaste_catalog::record::{
    CellRecord, PriceRecord, ProductRecord, Record, RecordBody, Saying, StockRecord,
};
use rikaste_catalog::value::Value;

use super::cells::CellReader;
use super::mapping::{Models, PairCells};
use super::notes::Notes;
use super::parse::{self, Problem};
use super::plan::{Column, Plan};
use super::row::{Content, Row};
use super::target::{PriceSlot, Slot, Target};

/// Reads rows of product files.
pub(super) struct ProductReader<'a> {
    pub(super) cells: CellReader<'a>,
    pub(super) source: SourceCode,
    pub(super) priority: i32,
    /// Columns whose text has been found to hold tags already.
    warned_of_tags: Vec<u16>,
}

/// What a row says, while it is being read.
struct Draft {
    record: ProductRecord,
    variants: Vec<Sku>,
}

impl<'a> ProductReader<'a> {
    pub(super) fn new(cells: CellReader<'a>, source: SourceCode, priority: i32) -> Self {
        Self { cells, source, priority, warned_of_tags: Vec::new() }
    }

    /// The records that a row makes: its own, and one for each variant that it names.
    pub(super) fn read(
        &mut self,
        plan: &mut Plan<'a>,
        row: &Row<'_>,
        sku: Sku,
        notes: &mut Notes<'_>,
        records: &mut Vec<Record>,
    ) {
        let mut draft = Draft { record: self.empty(plan.width), variants: Vec::new() };
        draft.record.is_model = is_model(plan, row);
        row.each(|at, content| match plan.column(at) {
            Column { rule, .. } if rule.pairs.is_some() => {
                self.pairs_in_cell(plan, at, content, &mut draft, notes);
            }
            column => self.cell(column, at, content, &mut draft, notes),
        });
        self.pairs_of_columns(plan, row, &mut draft, notes);
        let variants = std::mem::take(&mut draft.variants);
        let model = sku.clone();
        records.push(Record { row: row.number, sku, body: RecordBody::Product(draft.record) });
        for variant in variants {
            let mut record = self.empty(0);
            record.parent = Some(Some(model.clone()));
            records.push(Record {
                row: row.number,
                sku: variant,
                body: RecordBody::Product(record),
            });
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
            Target::Value(slot) => self.value(slot, column, at, content, draft, notes),
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
            Target::Kind => kind(column, content, draft, notes),
            Target::Parent => parent(column, content, draft, notes),
            Target::Variants => variants(column, content, draft, notes),
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
        let saying = if content.is_empty() {
            Saying::Clear {
                attribute: slot.code.clone(),
                locale: slot.locale.clone(),
                channel: slot.channel.clone(),
                window: Window::ALWAYS,
            }
        } else {
            let Some(data) = self.cells.data(slot, column, content, notes) else {
                return;
            };
            if let rikaste_catalog::value::Data::Text(text) = &data {
                self.warn_of_tags(slot, column, at, text, notes);
            }
            Saying::Set(Value {
                attribute: slot.code.clone(),
                locale: slot.locale.clone(),
                channel: slot.channel.clone(),
                window: Window::ALWAYS,
                data,
            })
        };
        draft.record.cells.push(CellRecord { column: at, saying });
    }

    /// Tags in plain text are shown as they are written, which nobody means. Said once a column.
    fn warn_of_tags(
        &mut self,
        slot: &Slot<'_>,
        column: &Column<'_>,
        at: u16,
        text: &str,
        notes: &mut Notes<'_>,
    ) {
        if !self.warned_of_tags.contains(&at) && parse::holds_markup(text) {
            self.warned_of_tags.push(at);
            let message = format!(
                "the text has HTML tags, which readers will see, because {} is plain text; make it rich-text in model.toml, or take the tags out (said once for the column)",
                slot.code
            );
            notes.push(Diagnostic::warning("text-tags", message).at_cell(&column.name, text));
        }
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
        let style = self.cells.style(content);
        let text = content.read(&column.rule);
        let parts = match column.rule.split {
            Some(_) if !text.is_empty() => content.parts(&column.rule),
            _ => vec![text],
        };
        for part in parts {
            match self.cells.price(slot, &column.rule, style, &part) {
                Ok((list, money)) => {
                    draft.record.prices.push(PriceRecord {
                        column: at,
                        list,
                        window: Window::ALWAYS,
                        money,
                    });
                }
                Err(problem) => notes.left_out(&column.name, &part, problem),
            }
        }
    }

    /// `size=32,color=Black`
    fn pairs_in_cell(
        &mut self,
        plan: &mut Plan<'a>,
        at: u16,
        content: Content<'_>,
        draft: &mut Draft,
        notes: &mut Notes<'_>,
    ) {
        let Some(pairs) = plan.column(at).rule.pairs.clone() else {
            return;
        };
        let text = content.text();
        for (name, value) in split_pairs(&text, &pairs) {
            self.named(plan, name, "", at, Content::Text(value), draft, notes);
        }
    }

    /// A column of names beside a column of values.
    fn pairs_of_columns(
        &mut self,
        plan: &mut Plan<'a>,
        row: &Row<'_>,
        draft: &mut Draft,
        notes: &mut Notes<'_>,
    ) {
        for at in 0..plan.pairs.len() {
            let pair = plan.pairs[at].clone();
            let name = row.text(pair.key);
            if !name.is_empty()
                && let Some(content) = row.get(pair.value)
            {
                self.named(plan, &name, &pair.suffix, pair.value, content, draft, notes);
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a cell that is named in its row has both a name and a place"
    )]
    fn named(
        &mut self,
        plan: &mut Plan<'a>,
        name: &str,
        suffix: &str,
        at: u16,
        content: Content<'_>,
        draft: &mut Draft,
        notes: &mut Notes<'_>,
    ) {
        let named = plan.named(name, suffix, notes.messages);
        self.cell(plan.named_column(named), at, content, draft, notes);
    }
}

/// Names and values in a cell. A part without the inner separator belongs to the value before it.
fn split_pairs<'t>(text: &'t str, pairs: &PairCells) -> Vec<(&'t str, &'t str)> {
    let mut found: Vec<(&str, usize, usize)> = Vec::new();
    let mut start = 0;
    for part in text.split(&pairs.between) {
        let end = start + part.len();
        match part.split_once(&pairs.within) {
            Some((name, value)) => found.push((name.trim(), end - value.len(), end)),
            None => {
                if let Some(last) = found.last_mut() {
                    last.2 = end;
                }
            }
        }
        start = end + pairs.between.len();
    }
    found.into_iter().map(|(name, from, to)| (name, text[from..to].trim())).collect()
}

fn is_model(plan: &Plan<'_>, row: &Row<'_>) -> bool {
    match (plan.mapping.map(|mapping| &mapping.models), plan.models) {
        (Some(Models::All), _) => true,
        (_, Some((column, equals))) => row.text(column) == equals,
        _ => false,
    }
}

fn kind(column: &Column<'_>, content: Content<'_>, draft: &mut Draft, notes: &mut Notes<'_>) {
    let text = content.read(&column.rule);
    match text.to_lowercase().replace(['-', '_'], " ").as_str() {
        "model" | "product model" | "productmodel" | "configurable" | "parent" | "abstract" => {
            draft.record.is_model = true
        }
        "" | "product" | "variant" | "simple" | "concrete" | "item" => {}
        _ => {
            let problem = Problem::new(
                "kind-unknown",
                "a row is either a \"product\" or a \"model\"; it was taken as a product",
            );
            notes.push(
                Diagnostic::warning(problem.code, problem.message).at_cell(&column.name, &text),
            );
        }
    }
}

fn parent(column: &Column<'_>, content: Content<'_>, draft: &mut Draft, notes: &mut Notes<'_>) {
    let text = content.read(&column.rule);
    if text.is_empty() {
        draft.record.parent = Some(None);
        return;
    }
    match Sku::new(&text) {
        Ok(parent) if Some(&parent) == notes.sku.as_ref() => {
            let problem = Problem::new(
                "parent-itself",
                "the product is its own parent; leave the cell empty, or write its model's SKU",
            );
            notes.left_out(&column.name, &text, problem);
        }
        Ok(parent) => draft.record.parent = Some(Some(parent)),
        Err(error) => {
            notes.left_out(&column.name, &text, Problem::new("parent-sku", error.to_string()))
        }
    }
}

/// The SKUs of variants: as they are, or under a key, `sku=A,size=S`.
fn variants(column: &Column<'_>, content: Content<'_>, draft: &mut Draft, notes: &mut Notes<'_>) {
    let inner = PairCells { between: ",".to_owned(), within: "=".to_owned() };
    for part in content.parts(&column.rule) {
        let text = match &column.rule.key {
            None => &*part,
            Some(key) => split_pairs(&part, &inner)
                .into_iter()
                .find(|(name, _)| name == key)
                .map_or("", |(_, value)| value),
        };
        match Sku::new(text) {
            Ok(variant)
                if Some(&variant) == notes.sku.as_ref() || draft.variants.contains(&variant) => {}
            Ok(variant) => draft.variants.push(variant),
            Err(error) => {
                notes.left_out(&column.name, &part, Problem::new("variant-sku", error.to_string()))
            }
        }
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
    match parse::integer(&text, cells.style(content)) {
        Ok(quantity) => Some(quantity),
        Err(problem) => {
            notes.left_out(&column.name, &text, problem);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_contain_what_stands_between_pairs() {
        let pairs = PairCells { between: ",".to_owned(), within: "=".to_owned() };
        assert_eq!(
            split_pairs("size=32, material=Wool, washed,color=Black", &pairs),
            [("size", "32"), ("material", "Wool, washed"), ("color", "Black")]
        );
        assert_eq!(split_pairs("", &pairs), []);
        assert_eq!(split_pairs("stray,a=", &pairs), [("a", "")]);
    }
}
