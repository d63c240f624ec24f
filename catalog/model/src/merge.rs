//! Merging: what a record changes in a product.
//!
//! A value that is stated again keeps its origin, so a file that states nothing new changes
//! nothing, and its products need no plugin and no release.
//!
//! A file that is imported again because it is read by something else now (an [`ImportAge`] with the age
//! that it had) does not undo what later files state.

use std::collections::BTreeMap;

use crate::code::SourceCode;
use crate::moment::Moment;
use crate::product::{
    CellOrigin, DropId, LinkOrigin, ManualEdit, Price, Product, ProductAssociation,
    ProductCommerce, ProductContent, ProductReview, RowOrigin, SourceLayer, SourceValue,
    StockLevel,
};
use crate::record::{
    CellChange, CellRecord, EditRecord, ImportRecord, PriceRecord, ProductRecord, RecordBody,
    ReviewRecord, StockRecord,
};
use crate::value::AttributeValue;
use crate::well_known;

/// Which parts of a product a record changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangedParts {
    /// Its content.
    pub content: bool,
    /// Its prices or stock.
    pub commerce: bool,
    /// Its reviews.
    pub reviews: bool,
}

impl ChangedParts {
    /// Whether anything changed.
    #[must_use]
    pub fn has_changes(self) -> bool {
        self.content || self.commerce || self.reviews
    }
}

/// A drop that speaks, and how old what it says is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportAge {
    /// The drop.
    pub drop: DropId,
    /// The drop whose age it has: an earlier one of the same file, when it is imported again.
    pub effective_age: DropId,
    /// The same of earlier drops, where it is another one than the drop itself.
    pub effective_ages: BTreeMap<DropId, DropId>,
}

impl ImportAge {
    /// A file that came just now.
    #[must_use]
    pub fn new(drop: DropId) -> Self {
        Self { drop, effective_age: drop, effective_ages: BTreeMap::new() }
    }

    /// Whether this cell is younger than this import.
    fn is_older_than(&self, cell: CellOrigin) -> bool {
        let age = self.effective_ages.get(&cell.drop).copied().unwrap_or(cell.drop);
        cell.drop != self.drop && age > self.effective_age
    }
}

/// Merges a record into its product. `at` is the moment of the drop.
pub fn merge_record(
    product: &mut Product,
    record: ImportRecord,
    import_age: &ImportAge,
    at: Moment,
) -> ChangedParts {
    let cell = |column| CellOrigin { drop: import_age.drop, row: record.row, column };
    let mut changed = ChangedParts::default();
    match record.body {
        RecordBody::Product(row) => return merge_product_row(product, row, import_age, cell, at),
        RecordBody::Review(review) => {
            changed.reviews = merge_review(&mut product.reviews, review, import_age, cell(0))
        }
        RecordBody::Stock(levels) => {
            changed.commerce = merge_stock(&mut product.commerce, levels, import_age, cell)
        }
        RecordBody::Prices(prices) => {
            changed.commerce = merge_prices(&mut product.commerce, prices, import_age, cell, at)
        }
        RecordBody::Edit(edit) => {
            let cell = cell(edit.column);
            changed.content = merge_edit(&mut product.content.edits, edit, import_age, cell, at);
        }
    }
    changed
}

/// Takes a product out of a source: all that the source says of it, and the prices and stock that
/// come from one of its drops. Edits, reviews and the values of other files stay; what no source says
/// anything about is not shown any more, and has them again when it comes back.
pub fn remove_from_source(
    product: &mut Product,
    source: &SourceCode,
    is_its: impl Fn(DropId) -> bool,
    at: Moment,
) -> ChangedParts {
    let (content, commerce) = (&mut product.content, &mut product.commerce);
    let sources = content.sources.len();
    content.sources.retain(|layer| layer.source != *source);
    content.link_origins.retain(|origin| origin.source != *source);
    let mut changed =
        ChangedParts { content: content.sources.len() != sources, ..ChangedParts::default() };
    if content.sources.is_empty() {
        changed.content |= !content.enrichments.is_empty();
        content.enrichments.clear();
    }
    if commerce.prices.iter().any(|price| is_its(price.cell.drop)) {
        commerce.record_past_prices(at);
        commerce.prices.retain(|price| !is_its(price.cell.drop));
        commerce.record_current_prices(at);
        changed.commerce = true;
    }
    let levels = commerce.stock.len();
    commerce.stock.retain(|level| !is_its(level.cell.drop));
    changed.commerce |= commerce.stock.len() != levels;
    changed
}

/// Takes prices away, and brings back the ones that they had taken the place of.
pub fn withdraw_prices(
    commerce: &mut ProductCommerce,
    withdrawn: impl Fn(&Price) -> bool,
    restored: Vec<Price>,
    at: Moment,
) {
    commerce.record_past_prices(at);
    commerce.prices.retain(|price| !withdrawn(price));
    commerce.prices.extend(restored);
    commerce.prices.sort_by(|a, b| (&a.list, a.window).cmp(&(&b.list, b.window)));
    commerce.record_current_prices(at);
}

fn merge_product_row(
    product: &mut Product,
    row: ProductRecord,
    import_age: &ImportAge,
    cell: impl Fn(u16) -> CellOrigin + Copy,
    at: Moment,
) -> ChangedParts {
    let content = &mut product.content;
    let mut changed = ChangedParts::default();
    let is_model = (row.is_model || content.is_model) && !row.join.is_own_variant();
    changed.content |= std::mem::replace(&mut content.is_model, is_model) != is_model;
    if let Some(parent) = row.parent.filter(|parent| *parent != content.parent) {
        let CellOrigin { drop, row, .. } = cell(0);
        content.parent_origin = parent.is_some().then_some(RowOrigin { drop, row });
        content.parent = parent;
        changed.content = true;
    }
    let mut link_origins = std::mem::take(&mut content.link_origins);
    let (layer, added) = find_or_add_layer(content, &row.source, row.priority);
    changed.content |= added;
    changed.content |= forget_status_bounds(&mut layer.values, &row.cells, import_age);
    for entry in row.cells {
        changed.content |=
            apply_cell_change(&mut layer.values, entry.change, import_age, cell(entry.column));
    }
    for (kind, links) in row.associations {
        let known: Vec<&ProductAssociation> =
            layer.associations.iter().filter(|link| link.kind == kind).collect();
        if !known.iter().copied().eq(&links) {
            layer.associations.retain(|link| link.kind != kind);
            link_origins.retain(|known| known.kind != kind || known.source != row.source);
            if !links.is_empty() {
                let source = row.source.clone();
                link_origins.push(LinkOrigin { source, kind, drop: import_age.drop });
            }
            layer.associations.extend(links);
            changed.content = true;
        }
    }
    content.link_origins = link_origins;
    changed.commerce |= merge_prices(&mut product.commerce, row.prices, import_age, cell, at);
    changed.commerce |= merge_stock(&mut product.commerce, row.stock, import_age, cell);
    changed
}

/// A row that says from when, or until when, a product is offered replaces what the source said of
/// that before: another day is another window, and the earlier one would go on to count.
fn forget_status_bounds(
    values: &mut Vec<SourceValue>,
    cells: &[CellRecord],
    import_age: &ImportAge,
) -> bool {
    let bounds: Vec<_> = cells.iter().filter_map(|cell| cell.change.status_bound()).collect();
    let before = values.len();
    values.retain(|known| {
        let AttributeValue { attribute, channel, window, .. } = &known.value;
        let is_replaced = attribute.as_str() == well_known::STATUS
            && bounds.iter().any(|(bound, of)| {
                *of == channel.as_ref() && bound != window && bound.has_same_sides(*window)
            });
        !is_replaced || import_age.is_older_than(known.cell)
    });
    values.len() != before
}

/// The source's layer, made where there is none, at the place its priority gives it; and whether
/// that changed anything.
fn find_or_add_layer<'a>(
    content: &'a mut ProductContent,
    source: &SourceCode,
    priority: i32,
) -> (&'a mut SourceLayer, bool) {
    let added = match content.sources.iter_mut().find(|layer| layer.source == *source) {
        Some(layer) => std::mem::replace(&mut layer.priority, priority) != priority,
        None => {
            content.sources.push(SourceLayer {
                source: source.clone(),
                priority,
                values: Vec::new(),
                associations: Vec::new(),
            });
            true
        }
    };
    if added {
        content.sources.sort_by(|a, b| (a.priority, &a.source).cmp(&(b.priority, &b.source)));
    }
    let layer = content.sources.iter_mut().find(|layer| layer.source == *source);
    (layer.expect("it was found or pushed above"), added)
}

fn apply_cell_change(
    values: &mut Vec<SourceValue>,
    change: CellChange,
    import_age: &ImportAge,
    cell: CellOrigin,
) -> bool {
    match change {
        CellChange::Set(value) => {
            match values.iter_mut().find(|known| known.value.has_same_scope(&value)) {
                Some(known)
                    if known.value.data == value.data || import_age.is_older_than(known.cell) =>
                {
                    false
                }
                Some(known) => {
                    *known = SourceValue { value, cell };
                    true
                }
                None => {
                    values.push(SourceValue { value, cell });
                    true
                }
            }
        }
        CellChange::Clear { attribute, locale, channel, window } => {
            let before = values.len();
            let place = |value: &AttributeValue| {
                value.attribute == attribute
                    && value.locale == locale
                    && value.channel == channel
                    && value.window == window
            };
            values.retain(|known| !place(&known.value) || import_age.is_older_than(known.cell));
            values.len() != before
        }
    }
}

fn merge_edit(
    edits: &mut Vec<ManualEdit>,
    record: EditRecord,
    import_age: &ImportAge,
    cell: CellOrigin,
    at: Moment,
) -> bool {
    let mut values: Vec<SourceValue> = edits
        .iter()
        .map(|edit| SourceValue { value: edit.value.clone(), cell: edit.cell })
        .collect();
    if !apply_cell_change(&mut values, record.change, import_age, cell) {
        return false;
    }
    let by_and_at = |source: &SourceValue| {
        let known =
            edits.iter().find(|edit| edit.cell == source.cell && edit.value == source.value);
        known.map_or((record.by.clone(), at), |edit| (edit.by.clone(), edit.at))
    };
    *edits = values
        .into_iter()
        .map(|source| {
            let (by, at) = by_and_at(&source);
            ManualEdit { value: source.value, cell: source.cell, by, at }
        })
        .collect();
    true
}

fn merge_stock(
    commerce: &mut ProductCommerce,
    levels: Vec<StockRecord>,
    import_age: &ImportAge,
    cell: impl Fn(u16) -> CellOrigin,
) -> bool {
    let mut changed = false;
    for StockRecord { column, location, quantity } in levels {
        match commerce.stock.iter_mut().find(|level| level.location == location) {
            Some(level) if level.quantity == quantity || import_age.is_older_than(level.cell) => {}
            Some(level) => {
                (level.quantity, level.cell) = (quantity, cell(column));
                changed = true;
            }
            None => {
                commerce.stock.push(StockLevel { location, quantity, cell: cell(column) });
                commerce.stock.sort_by(|a, b| a.location.cmp(&b.location));
                changed = true;
            }
        }
    }
    changed
}

fn merge_prices(
    commerce: &mut ProductCommerce,
    prices: Vec<PriceRecord>,
    import_age: &ImportAge,
    cell: impl Fn(u16) -> CellOrigin,
    at: Moment,
) -> bool {
    let differs = |commerce: &ProductCommerce, record: &PriceRecord| {
        let known =
            commerce.prices.iter().find(|p| p.list == record.list && p.window == record.window);
        known.map(|price| price.money) != record.money
            && !known.is_some_and(|price| import_age.is_older_than(price.cell))
    };
    if !prices.iter().any(|record| differs(commerce, record)) {
        return false;
    }
    commerce.record_past_prices(at);
    for record in prices {
        if !differs(commerce, &record) {
            continue;
        }
        let PriceRecord { column, list, window, money } = record;
        commerce.prices.retain(|price| price.list != list || price.window != window);
        if let Some(money) = money {
            commerce.prices.push(Price { list, window, money, cell: cell(column) });
        }
    }
    commerce.prices.sort_by(|a, b| (&a.list, a.window).cmp(&(&b.list, b.window)));
    commerce.record_current_prices(at);
    true
}

fn merge_review(
    reviews: &mut Vec<ProductReview>,
    record: ReviewRecord,
    import_age: &ImportAge,
    cell: CellOrigin,
) -> bool {
    let place = reviews.binary_search_by(|ProductReview { record: known, .. }| {
        (known.source.as_str(), known.id.as_str())
            .cmp(&(record.source.as_str(), record.id.as_str()))
    });
    match place {
        Ok(index) if import_age.is_older_than(reviews[index].cell) => false,
        Ok(index) if reviews[index].record == record => false,
        Ok(index) => {
            reviews[index] = ProductReview { record, cell };
            true
        }
        Err(index) => {
            reviews.insert(index, ProductReview { record, cell });
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::code::AttributeCode;
    use crate::record::{CellRecord, RecordJoin};
    use crate::value::ValueData;

    fn row(source: &str, priority: i32, cells: &[(&str, Option<&str>)]) -> RecordBody {
        let cells = cells.iter().enumerate().map(|(column, (attribute, text))| {
            let attribute = AttributeCode::new(attribute).expect("valid");
            let change = match text {
                Some(text) => CellChange::Set(AttributeValue::new(
                    attribute,
                    ValueData::Text((*text).to_owned()),
                )),
                None => CellChange::Clear {
                    attribute,
                    locale: None,
                    channel: None,
                    window: crate::moment::Window::ALWAYS,
                },
            };
            CellRecord { column: column as u16, change }
        });
        RecordBody::Product(ProductRecord {
            source: SourceCode::new(source).expect("valid"),
            priority,
            is_model: false,
            parent: None,
            cells: cells.collect(),
            associations: Vec::new(),
            prices: Vec::new(),
            stock: Vec::new(),
            join: RecordJoin::Replaces,
            has_unread_cells: false,
        })
    }

    fn apply(product: &mut Product, drop: u32, body: RecordBody) -> ChangedParts {
        let record = ImportRecord { row: 2, extra_rows: 0, sku: product.sku.clone(), body };
        merge_record(product, record, &ImportAge::new(DropId(drop)), Moment(0))
    }

    fn again(product: &mut Product, drop: u32, speaks_as: u32, body: RecordBody) -> ChangedParts {
        let record = ImportRecord { row: 2, extra_rows: 0, sku: product.sku.clone(), body };
        let ages = [(DropId(3), DropId(1))].into();
        let import_age = ImportAge {
            drop: DropId(drop),
            effective_age: DropId(speaks_as),
            effective_ages: ages,
        };
        merge_record(product, record, &import_age, Moment(0))
    }

    fn product() -> Product {
        Product::new(crate::code::Sku::new("A").expect("valid"))
    }

    #[test]
    fn what_is_said_again_changes_nothing_and_keeps_its_origin() {
        let mut product = product();
        assert!(apply(&mut product, 1, row("erp", 0, &[("name", Some("Takki"))])).content);
        let before = product.clone();
        assert!(!apply(&mut product, 2, row("erp", 0, &[("name", Some("Takki"))])).has_changes());
        assert_eq!(product, before);
    }

    #[test]
    fn a_row_speaks_only_about_its_cells_and_an_empty_cell_takes_a_value_away() {
        let mut product = product();
        apply(&mut product, 1, row("erp", 0, &[("name", Some("Takki")), ("color", Some("sand"))]));
        apply(&mut product, 2, row("erp", 0, &[("color", None)]));
        let layer = &product.content.sources[0];
        let left: Vec<_> =
            layer.values.iter().map(|v| (v.value.attribute.as_str(), v.cell.drop.0)).collect();
        assert_eq!(left, [("name", 1)]);
    }

    #[test]
    fn layers_stand_by_priority_whatever_came_first() {
        let (mut a, mut b) = (product(), product());
        let weak = || row("supplier", 0, &[("name", Some("weak"))]);
        let strong = || row("erp", 10, &[("name", Some("strong"))]);
        apply(&mut a, 1, weak());
        apply(&mut a, 1, strong());
        apply(&mut b, 1, strong());
        apply(&mut b, 1, weak());
        assert_eq!(a, b);
        assert_eq!(a.content.sources[1].source.as_str(), "erp");
    }

    #[test]
    fn a_file_taken_again_speaks_with_the_age_it_had() {
        let mut product = product();
        let old = || row("erp", 0, &[("name", Some("Takki")), ("color", Some("sand"))]);
        apply(&mut product, 1, row("erp", 0, &[("name", Some("Tak ki"))]));
        apply(&mut product, 2, row("erp", 0, &[("color", Some("moss"))]));
        // The mapping was mended: drop 3 is the file of drop 1, and 4 that of drop 2.
        again(&mut product, 3, 1, old());
        let list_values = |product: &Product| -> Vec<_> {
            let values = &product.content.sources[0].values;
            values.iter().map(|v| (v.value.data.to_string(), v.cell.drop.0)).collect()
        };
        assert_eq!(list_values(&product), [("Takki".to_owned(), 3), ("moss".to_owned(), 2)]);
        again(&mut product, 4, 2, row("erp", 0, &[("name", Some("Jacket")), ("color", None)]));
        assert_eq!(list_values(&product), [("Jacket".to_owned(), 4)]);
    }

    fn said_by() -> impl Strategy<Value = Vec<(bool, u8, u8)>> {
        proptest::collection::vec((any::<bool>(), 0..4_u8, 0..3_u8), 0..12)
    }

    proptest! {
        #[test]
        fn what_is_taken_out_leaves_the_others_as_if_it_had_never_come(rows in said_by()) {
            let (mut both, mut one) = (product(), product());
            let names = ["a", "b", "c", "d"];
            let words = ["x", "y", "z"];
            for (drop, (is_its, name, word)) in (1..).zip(rows) {
                let cells = [(names[usize::from(name)], Some(words[usize::from(word)]))];
                let body = |source| row(source, 0, &cells);
                match is_its {
                    true => { apply(&mut both, drop, body("supplier")); }
                    false => {
                        apply(&mut both, drop, body("erp"));
                        apply(&mut one, drop, body("erp"));
                    }
                }
            }
            let source = SourceCode::new("supplier").expect("valid");
            remove_from_source(&mut both, &source, |_| false, Moment(0));
            prop_assert_eq!(both, one);
        }
    }
}
