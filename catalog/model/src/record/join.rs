//! Rows of one file that add to one product: a picture each, a relation, a language.
//!
//! Lists grow, equal values are one, and an empty cell says nothing. Two values of which only one can
//! hold are a [`JoinConflict`]; then nothing of the later row is taken.

use smol_str::SmolStr;

use super::{CellChange, CellRecord, PriceRecord, ProductRecord, RecordJoin, StockRecord};
use crate::product::{Product, ProductAssociation};
use crate::value::{AttributeValue, ValueData};

/// Two rows of a file that say different things about one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinConflict {
    /// The row before.
    pub first: u32,
    /// The column of the later row, counted from 0; `None` of the model that a product belongs to.
    pub column: Option<u16>,
    /// What they differ in: an attribute, `price`, `stock` or `parent`.
    pub subject: SmolStr,
}

impl ProductRecord {
    /// Adds a later row of the file, as its [`RecordJoin`] says.
    ///
    /// # Errors
    /// When both say different things and neither goes before the other; then nothing is changed.
    pub fn join_row(&mut self, row: Self) -> Result<(), JoinConflict> {
        if let RecordJoin::Adds { first } = row.join
            && let Some((column, subject)) = self.find_conflict(&row)
        {
            return Err(JoinConflict { first, column, subject });
        }
        let is_stronger = matches!(row.join, RecordJoin::Overrules);
        self.has_unread_cells |= row.has_unread_cells;
        match row.join {
            RecordJoin::Completes | RecordJoin::Overrules => {
                (self.is_model, self.parent) = (false, Some(None));
                self.join = RecordJoin::max_of(self.join, row.join);
            }
            RecordJoin::Replaces | RecordJoin::Adds { .. } => {
                self.is_model |= row.is_model;
                if let Some(Some(parent)) = row.parent {
                    self.parent = Some(Some(parent));
                }
            }
        }
        row.cells.into_iter().for_each(|cell| self.join_cell(cell, is_stronger));
        for (kind, links) in row.associations.into_iter().filter(|(_, links)| !links.is_empty()) {
            match self.associations.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, known)) => extend_links(known, links),
                None => self.associations.push((kind, links)),
            }
        }
        for price in row.prices.into_iter().filter(|price| price.money.is_some()) {
            match self.prices.iter_mut().find(|known| is_same_price_place(known, &price)) {
                Some(known) if known.money.is_none() || is_stronger => *known = price,
                Some(_) => {}
                None => self.prices.push(price),
            }
        }
        for level in row.stock {
            match self.stock.iter_mut().find(|known| known.location == level.location) {
                Some(known) if is_stronger => *known = level,
                Some(_) => {}
                None => self.stock.push(level),
            }
        }
        Ok(())
    }

    /// What a product has from this record's source, in the places that the record is about: what the
    /// rows before have stated.
    #[must_use]
    pub fn stated_before(&self, product: &Product) -> Self {
        let layer = product.content.sources.iter().find(|layer| layer.source == self.source);
        let values = layer.map(|layer| &layer.values[..]).unwrap_or_default();
        let is_about = |value: &AttributeValue| {
            self.cells.iter().any(|cell| match &cell.change {
                CellChange::Set(own) => own.has_same_scope(value),
                CellChange::Clear { .. } => false,
            })
        };
        let cells = values.iter().filter(|known| is_about(&known.value)).map(|known| CellRecord {
            column: known.cell.column,
            change: CellChange::Set(known.value.clone()),
        });
        let links = layer.map(|layer| &layer.associations[..]).unwrap_or_default();
        let kinds = self.associations.iter().filter(|(_, links)| !links.is_empty());
        let associations = kinds.map(|(kind, _)| {
            (kind.clone(), links.iter().filter(|link| link.kind == *kind).cloned().collect())
        });
        let prices = product.commerce.prices.iter().map(|price| PriceRecord {
            column: price.cell.column,
            list: price.list.clone(),
            window: price.window,
            money: Some(price.money),
        });
        let stock = product.commerce.stock.iter().map(|level| StockRecord {
            column: level.cell.column,
            location: level.location.clone(),
            quantity: level.quantity,
        });
        let names_price =
            |known: &PriceRecord| self.prices.iter().any(|own| is_same_price_place(own, known));
        let names_stock =
            |known: &StockRecord| self.stock.iter().any(|own| own.location == known.location);
        Self {
            source: self.source.clone(),
            priority: self.priority,
            is_model: product.content.is_model,
            parent: Some(product.content.parent.clone()),
            cells: cells.collect(),
            associations: associations.collect(),
            prices: prices.filter(names_price).collect(),
            stock: stock.filter(names_stock).collect(),
            join: RecordJoin::Replaces,
            has_unread_cells: false,
        }
    }

    /// The first thing of which a later row says another value.
    fn find_conflict(&self, row: &Self) -> Option<(Option<u16>, SmolStr)> {
        let cell = row.cells.iter().find_map(|cell| {
            let CellChange::Set(value) = &cell.change else { return None };
            let known = self.cells.iter().find_map(|known| match &known.change {
                CellChange::Set(known) if known.has_same_scope(value) => Some(known),
                _ => None,
            })?;
            let differs = known.data != value.data && !is_list(&value.data);
            differs.then(|| (Some(cell.column), SmolStr::new(value.attribute.as_str())))
        });
        let price = || {
            row.prices.iter().find_map(|price| {
                let mut known =
                    self.prices.iter().filter(|known| is_same_price_place(known, price));
                let differs = known.any(|known| {
                    known.money.is_some() && price.money.is_some() && known.money != price.money
                });
                differs.then(|| (Some(price.column), SmolStr::new_static("price")))
            })
        };
        let stock = || {
            row.stock.iter().find_map(|level| {
                let known = self.stock.iter().find(|known| known.location == level.location)?;
                let differs = known.quantity != level.quantity;
                differs.then(|| (Some(level.column), SmolStr::new_static("stock")))
            })
        };
        let parent = || match (&self.parent, &row.parent) {
            (Some(Some(known)), Some(Some(parent))) if known != parent => {
                Some((None, SmolStr::new_static("parent")))
            }
            _ => None,
        };
        cell.or_else(price).or_else(stock).or_else(parent)
    }

    fn join_cell(&mut self, cell: CellRecord, is_stronger: bool) {
        let CellChange::Set(value) = cell.change else { return };
        let is_about = |known: &CellRecord| match &known.change {
            CellChange::Set(known) => known.has_same_scope(&value),
            CellChange::Clear { attribute, locale, channel, window } => {
                (attribute, locale, channel, *window)
                    == (&value.attribute, &value.locale, &value.channel, value.window)
            }
        };
        let Some(at) = self.cells.iter().position(is_about) else {
            return self
                .cells
                .push(CellRecord { column: cell.column, change: CellChange::Set(value) });
        };
        match &mut self.cells[at].change {
            CellChange::Set(known) if is_list(&known.data) => {
                extend_data(&mut known.data, value.data)
            }
            CellChange::Set(known) if is_stronger => *known = value,
            CellChange::Set(_) => {}
            change @ CellChange::Clear { .. } => *change = CellChange::Set(value),
        }
    }
}

impl RecordJoin {
    /// Of two rows that are joined, what tells most about the product.
    fn max_of(a: Self, b: Self) -> Self {
        if matches!(a, Self::Completes | Self::Overrules) { a } else { b }
    }

    /// Whether the product is no model although a row says so: its only variant has its own SKU.
    #[must_use]
    pub fn is_own_variant(self) -> bool {
        matches!(self, Self::Completes | Self::Overrules)
    }
}

fn is_list(data: &ValueData) -> bool {
    matches!(data, ValueData::Options(_) | ValueData::Assets(_) | ValueData::Table(_))
}

fn is_same_price_place(a: &PriceRecord, b: &PriceRecord) -> bool {
    (&a.list, a.window) == (&b.list, b.window)
}

fn extend_links(known: &mut Vec<ProductAssociation>, more: Vec<ProductAssociation>) {
    for link in more {
        if !known.iter().any(|known| known.sku == link.sku) {
            known.push(link);
        }
    }
}

fn extend_data(known: &mut ValueData, more: ValueData) {
    match (known, more) {
        (ValueData::Options(known), ValueData::Options(more))
        | (ValueData::Assets(known), ValueData::Assets(more)) => {
            for name in more {
                if !known.contains(&name) {
                    known.push(name);
                }
            }
        }
        (ValueData::Table(known), ValueData::Table(more)) if known.columns == more.columns => {
            for row in more.rows {
                if !known.rows.contains(&row) {
                    known.rows.push(row);
                }
            }
        }
        _ => {}
    }
}
