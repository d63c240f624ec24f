use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::code::Sku;
use crate::merge::{ImportAge, merge_record, remove_from_source};
use crate::product::{CellOrigin, DropId, Price, StockLevel};
use crate::record::{CellRecord, RecordJoin, StockRecord};
use crate::value::{Currency, Money, ValueData};

const AT: Moment = Moment(1_000);

/// Prices, pieces and values by their names, and whether the source speaks of the product.
type State = Vec<(&'static str, &'static str)>;

fn product() -> Product {
    Product::new(Sku::new("A").expect("valid"))
}

fn record(statements: &[(&'static str, &'static str)]) -> ImportRecord {
    let mut row = ProductRecord {
        source: SourceCode::new("erp").expect("valid"),
        priority: 0,
        is_model: false,
        parent: None,
        cells: Vec::new(),
        associations: Vec::new(),
        prices: Vec::new(),
        stock: Vec::new(),
        join: RecordJoin::Replaces,
        has_unread_cells: false,
    };
    for (name, text) in statements {
        match *name {
            "retail" => row.prices.push(PriceRecord {
                column: 0,
                list: name.parse().expect("valid"),
                window: Window::ALWAYS,
                money: (!text.is_empty()).then(|| Money {
                    amount: text.parse().expect("a number"),
                    currency: Currency::new("EUR").expect("valid"),
                }),
            }),
            "helsinki" => row.stock.push(StockRecord {
                column: 0,
                location: name.parse().expect("valid"),
                quantity: text.parse().unwrap_or_default(),
            }),
            _ => row.cells.push(CellRecord { column: 0, change: cell(name, text) }),
        }
    }
    ImportRecord { row: 2, extra_rows: 0, sku: product().sku, body: RecordBody::Product(row) }
}

fn cell(name: &str, text: &str) -> CellChange {
    let attribute = AttributeCode::new(name).expect("valid");
    match text {
        "" => CellChange::Clear { attribute, locale: None, channel: None, window: Window::ALWAYS },
        text => {
            let data = ValueData::Text(text.to_owned());
            CellChange::Set(AttributeValue::new(attribute, data))
        }
    }
}

/// Merges drops one after another; gives the product before the first and after each.
fn merge_drops(drops: &[ImportRecord]) -> Vec<Product> {
    let mut states = vec![product()];
    for (number, record) in (1..).zip(drops) {
        let mut next = states.last().expect("there is one").clone();
        merge_record(&mut next, record.clone(), &ImportAge::new(DropId(number)), AT);
        states.push(next);
    }
    states
}

/// Undoes a drop, counted from 1, of which it is known what later drops state.
fn undo(drops: &[ImportRecord], number: usize) -> (Product, UndoneChanges) {
    let states = merge_drops(drops);
    let mut later = BTreeSet::new();
    for record in &drops[number..] {
        StatementKey::visit_record(record, |key| {
            later.insert(format!("{key:?}"));
        });
    }
    let mut now = states.last().expect("there is one").clone();
    let (before, after) = (&states[number - 1], &states[number]);
    let mut is_restated = |key: StatementKey| later.contains(&format!("{key:?}"));
    let changes = UndoneChanges::undo_in_product(&mut now, before, after, &mut is_restated, AT);
    (now, changes)
}

/// What a product says, without the cells that it is from.
fn state_of(product: &Product) -> BTreeSet<String> {
    let sources = product.content.sources.iter();
    let values = sources.flat_map(|layer| &layer.values);
    let values = values.map(|one| format!("{}={}", one.value.attribute, one.value.data));
    let Product { commerce: ProductCommerce { prices, stock, .. }, .. } = product;
    let prices = prices.iter().map(|Price { list, money, .. }| format!("{list}={money:?}"));
    let stock =
        stock.iter().map(|StockLevel { location, quantity, .. }| format!("{location}={quantity}"));
    values.chain(prices).chain(stock).collect()
}

#[test]
fn what_a_drop_said_becomes_what_it_was_and_what_later_drops_wrote_stays() {
    let drops = [
        record(&[("name", "Takki"), ("color", "sand"), ("retail", "89"), ("helsinki", "3")]),
        record(&[("name", "Tkaki"), ("color", ""), ("retail", "8.9"), ("size", "M")]),
        record(&[("size", "L"), ("helsinki", "2")]),
    ];
    let (undone, changes) = undo(&drops, 2);
    let expected = [drops[0].clone(), drops[2].clone()];
    assert_eq!(state_of(&undone), state_of(merge_drops(&expected).last().expect("one")));
    assert_eq!((changes.reverted, changes.kept), (3, 1));
    assert_eq!((changes.parts.content, changes.parts.commerce), (true, true));
    // The price that was charged meanwhile stays on record.
    let history = undone.commerce.history.iter();
    let charged: Vec<_> =
        history.filter_map(|point| Some(point.money?.amount.to_string())).collect();
    assert_eq!(charged, ["89", "8.9", "89"]);
}

#[test]
fn what_a_later_drop_says_again_stays() {
    let drops = [
        record(&[("name", "Takki"), ("retail", "89")]),
        record(&[("name", "Parka"), ("retail", "59")]),
        record(&[("retail", "59")]),
    ];
    let (undone, changes) = undo(&drops, 2);
    assert_eq!((changes.reverted, changes.kept), (1, 1));
    assert!(state_of(&undone).contains("name=Takki"));
    assert_eq!(undone.commerce.prices, merge_drops(&drops)[3].commerce.prices);
}

#[test]
fn a_product_that_came_with_the_drop_goes_and_one_that_went_comes_back() {
    let drops = [record(&[("name", "Takki")])];
    let (undone, changes) = undo(&drops, 1);
    assert!(undone.content.has_no_source() && changes.parts.content);

    let before = merge_drops(&drops).remove(1);
    let mut after = before.clone();
    let source = SourceCode::new("erp").expect("valid");
    remove_from_source(&mut after, &source, |_| false, AT);
    let mut now = after.clone();
    UndoneChanges::undo_in_product(&mut now, &before, &after, &mut |_| false, AT);
    assert_eq!(now, before);
}

#[test]
fn the_cell_that_a_value_was_from_comes_back_with_it() {
    let drops = [record(&[("name", "Takki")]), record(&[("name", "Parka")])];
    let (undone, _) = undo(&drops, 2);
    let cell = CellOrigin { drop: DropId(1), row: 2, column: 0 };
    assert_eq!(undone.content.sources[0].values[0].cell, cell);
}

fn any_drop() -> impl Strategy<Value = State> {
    let names = prop::sample::select(vec!["name", "color", "size", "retail", "helsinki"]);
    let texts = prop::sample::select(vec!["1", "2", "3"]);
    prop::collection::vec((names, texts), 0..4)
}

proptest! {
    #[test]
    fn undone_means_that_the_drop_had_never_come(
        drops in prop::collection::vec(any_drop(), 1..6),
        at in any::<prop::sample::Index>(),
    ) {
        let drops: Vec<ImportRecord> = drops.iter().map(|statements| {
            // One row says a thing once.
            let once: BTreeMap<_, _> = statements.iter().copied().collect();
            record(&once.into_iter().collect::<Vec<_>>())
        }).collect();
        let number = at.index(drops.len()) + 1;
        let (undone, _) = undo(&drops, number);
        let mut others = drops.clone();
        others.remove(number - 1);
        let expected = merge_drops(&others);
        prop_assert_eq!(state_of(&undone), state_of(expected.last().expect("there is one")));
    }
}
