//! Values that empty cells take away, counted column by column.

use std::collections::BTreeMap;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::Product;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{CellChange, ImportRecord, RecordBody};
use rikaste_model::words;
use smol_str::SmolStr;

/// How often the empty cells of each column take a value away, and from whom first.
#[derive(Default)]
pub(super) struct EmptiedValues(BTreeMap<u16, EmptiedColumn>);

struct EmptiedColumn {
    values: u64,
    row: u32,
    sku: Sku,
}

impl EmptiedValues {
    /// Notes what a row takes away, before it is merged.
    pub(super) fn record_row(&mut self, product: &Product, record: &ImportRecord) {
        let RecordBody::Product(row) = &record.body else { return };
        let layer = product.content.sources.iter().find(|layer| layer.source == row.source);
        let values = layer.map(|layer| &layer.values[..]).unwrap_or_default();
        let cells = row.cells.iter().filter(|cell| match &cell.change {
            CellChange::Set(_) => false,
            CellChange::Clear { attribute, locale, channel, window } => {
                values.iter().any(|known| {
                    let known = &known.value;
                    (&known.attribute, &known.locale, &known.channel, known.window)
                        == (attribute, locale, channel, *window)
                })
            }
        });
        let prices = row.prices.iter().filter(|price| {
            let mut known = product.commerce.prices.iter();
            price.money.is_none()
                && known.any(|known| (&known.list, known.window) == (&price.list, price.window))
        });
        let columns = cells.map(|cell| cell.column).chain(prices.map(|price| price.column));
        for column in columns {
            let first = || EmptiedColumn { values: 0, row: record.row, sku: record.sku.clone() };
            self.0.entry(column).or_insert_with(first).values += 1;
        }
    }

    /// Says it, column by column.
    pub(super) fn push_diagnostics(
        self,
        columns: &[SmolStr],
        first_column: u16,
        messages: &mut DiagnosticCollector,
    ) {
        for (column, emptied) in self.0 {
            let message = words!("values-emptied", values = emptied.values);
            let mut note = Diagnostic::new_info("values-emptied", message);
            note.place.column =
                columns.get(usize::from(column.saturating_sub(first_column))).cloned();
            messages.push_diagnostic(note.at_row(emptied.row).at_sku(emptied.sku));
        }
    }
}
