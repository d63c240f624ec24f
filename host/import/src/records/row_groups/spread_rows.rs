//! Rows of prices that each state one price of a product: what it costs, and what it cost before.

use std::borrow::Cow;

use rikaste_tables::{LeafCell, LeafContent};

use super::{GroupedRow, NumberedRow, cell_at};
use crate::columns::{ColumnPlan, ColumnTarget, PricePart, RecordField, SpreadPlan};
use crate::records::row::RowGroup;

/// Puts the prices of several rows beside each other in one.
pub(super) struct SpreadRows<'p, 'a> {
    pub(super) plan: &'p ColumnPlan<'a>,
    pub(super) spread: &'p SpreadPlan,
}

impl SpreadRows<'_, '_> {
    /// The rows that the rows of one product and list make. A price for a time has a row of its own.
    pub(super) fn build_rows(&self, rows: &[NumberedRow]) -> Vec<GroupedRow> {
        let mut made: Vec<GroupedRow> = Vec::with_capacity(1);
        for row in rows {
            let Some(column) = self.find_column(row) else {
                made.push(self.begin_row(row));
                continue;
            };
            let amount = cell_at(&row.1, self.spread.value_column).to_owned();
            let leaf = LeafCell { column, content: LeafContent::Text(Cow::Owned(amount)) };
            let lacks = |known: &&mut GroupedRow| !has_leaf(known, column);
            match made.iter_mut().find(lacks).filter(|_| !self.is_dated(row)) {
                Some(known) => {
                    known.leaves.push(leaf);
                    known.group.extra_rows += 1;
                }
                None => {
                    let mut new = self.begin_row(row);
                    new.leaves.push(leaf);
                    made.push(new);
                }
            }
        }
        if !rows.iter().any(|row| self.is_dated(row)) {
            made.iter_mut().for_each(|row| self.clear_others(row));
        }
        made
    }

    /// The column that the amount of a row goes to.
    fn find_column(&self, (_, record): &NumberedRow) -> Option<u16> {
        let kind = cell_at(record, self.spread.kind_column);
        self.spread.columns.iter().find(|(text, _)| text == kind).map(|(_, column)| *column)
    }

    fn begin_row(&self, (number, record): &NumberedRow) -> GroupedRow {
        let cells = (0..).zip(record.iter()).take(self.plan.width());
        let leaves = cells.map(|(column, _)| {
            let text = cell_at(record, column).to_owned();
            LeafCell { column, content: LeafContent::Text(Cow::Owned(text)) }
        });
        let group = RowGroup {
            sku: String::new(),
            is_model: false,
            parent: None,
            knows_parent: false,
            extra_rows: 0,
        };
        GroupedRow { row: *number, leaves: leaves.collect(), group }
    }

    /// A price by itself says that there is no other any more.
    fn clear_others(&self, row: &mut GroupedRow) {
        let columns = || self.spread.columns.iter().map(|(_, column)| *column);
        if columns().any(|column| self.is_price(column) && has_leaf(row, column)) {
            for column in columns() {
                if !has_leaf(row, column) {
                    row.leaves
                        .push(LeafCell { column, content: LeafContent::Text(Cow::Borrowed("")) });
                }
            }
        }
    }

    fn is_price(&self, column: u16) -> bool {
        match &self.plan.column_at(column).target {
            ColumnTarget::Price(slot) => slot.part == PricePart::Price,
            target => matches!(target, ColumnTarget::Field(RecordField::Price)),
        }
    }

    /// Whether the price of a row holds for a time.
    fn is_dated(&self, (_, record): &NumberedRow) -> bool {
        let fields = [RecordField::ValidFrom, RecordField::ValidUntil];
        let mut columns = fields.iter().filter_map(|field| self.plan.column_of_field(*field));
        columns.any(|column| !cell_at(record, column).is_empty())
    }
}

fn has_leaf(row: &GroupedRow, column: u16) -> bool {
    row.leaves.iter().any(|leaf| leaf.column == column)
}
