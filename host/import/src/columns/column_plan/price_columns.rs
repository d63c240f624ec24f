//! What rows say about prices beside the prices themselves: where their currency stands, and when a sale is on.

use super::PlannedColumn;
use crate::columns::price_words::NET_PRICE;
use crate::columns::target::{ColumnTarget, PricePart, PriceTerm, RecordField};

/// The columns that decide how the amounts of a row are read.
#[derive(Debug, Default)]
pub(crate) struct PriceColumns {
    /// Where each term stands.
    terms: Vec<(PriceTerm, u16)>,
    /// Whether a column says what a sale costs, or what the price was before.
    has_sales: bool,
    /// Whether a column is the price itself, with tax or without.
    has_price: bool,
}

impl PriceColumns {
    pub(super) fn add_column(&mut self, at: u16, column: &PlannedColumn<'_>) {
        match &column.target {
            ColumnTarget::PriceTerm(term) => self.terms.push((*term, at)),
            ColumnTarget::Price(slot) if slot.part == PricePart::Price => {
                self.has_sales |= column.rule.window.is_some();
                self.has_price |= column.rule.window.is_none();
            }
            ColumnTarget::Price(_) => self.has_sales = true,
            ColumnTarget::Field(RecordField::Price) => self.has_price = true,
            ColumnTarget::Value(slot) if slot.code.as_str() == NET_PRICE => self.has_price = true,
            _ => {}
        }
    }

    /// Takes note of a price without tax that nothing is read from.
    pub(super) fn add_net_price(&mut self) {
        self.has_price = true;
    }

    /// The column of a term.
    pub(crate) fn find_term(&self, term: PriceTerm) -> Option<u16> {
        self.terms.iter().find(|(known, _)| *known == term).map(|(_, at)| *at)
    }

    /// Whether an amount is a price as it stands there.
    pub(crate) fn are_plain(&self) -> bool {
        self.terms.is_empty() && !self.has_sales
    }

    /// Whether rows say what a sale costs.
    pub(crate) fn has_sales(&self) -> bool {
        self.has_sales
    }

    /// Whether rows say what the product costs without a sale, in a column of its own.
    pub(crate) fn has_price(&self) -> bool {
        self.has_price
    }
}
