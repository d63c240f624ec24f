//! The prices of a row, judged together.
//!
//! A row says what a product costs in several cells: a price, what a sale asks, what the product cost
//! before, how much a sale takes off. Here they become an ordinary price for each list and, while a sale is
//! on, a price in a window.
//!
//! | the row has | ordinary price | sale |
//! |---|---|---|
//! | `price` 100, `sale_price` 80 | 100 | 80 |
//! | `price` 80, `compare_at_price` 100 | 100 | 80 |
//! | `price` 100, `discount_percent` 20 or `discount_amount` 20 | 100 | 80 |
//! | `compare_at_price` 100, `sale_price` 80 | 100 | 80 |
//! | `price` 100, `sale_price` 120 | 100 | none, with a warning |
//!
//! A percentage is taken in decimals and rounded half up to cents. A sale without days holds until a file
//! takes it back.

use std::borrow::Cow;

use rikaste_model::code::PriceListCode;
use rikaste_model::moment::{Moment, Window};
use rikaste_model::record::PriceRecord;
use rikaste_model::value::{Currency, Money};
use rikaste_model::words;
use rust_decimal::{Decimal, RoundingStrategy};

use super::cells::CellReader;
use super::parse::{self, CellProblem};
use super::row::{CellContent, RowView};
use super::row_diagnostics::RowDiagnostics;
use crate::columns::{ColumnPlan, ColumnRule, PricePart, PriceTarget, PriceTerm, parse_pieces};

mod tally;
mod windows;

pub(crate) use tally::PriceTally;
pub(crate) use windows::{UNDATED_WINDOW, UnreadableWindow, read_rule_window, read_sale_window};

/// What holds for all amounts of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PriceTerms {
    /// The currency of amounts that name none.
    pub(crate) currency: Option<Currency>,
    /// How many pieces the amounts are for.
    pub(crate) pieces: u32,
}

/// An amount of a row and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PriceReading {
    /// To a list of the shop; no amount takes the price away.
    Listed(PriceListCode, Option<Money>),
    /// Nowhere: the shop has no list in the currency.
    Foreign(Currency),
}

/// A cell about prices.
#[derive(Debug)]
struct PriceCell {
    column: u16,
    part: PricePart,
    list: PriceListCode,
    money: Option<Money>,
    /// The window that its own rule names.
    window: Option<Window>,
}

/// The cells of a row that are about prices.
#[derive(Debug, Default)]
pub(crate) struct RowPrices {
    cells: Vec<PriceCell>,
    /// A percentage and its column; zero where the cell is empty.
    percent: Option<(u16, Decimal)>,
    /// Whether the price itself could not be taken, so that nothing reduces it.
    lost_price: bool,
    /// Whether an amount is in a currency without a list.
    has_foreign: bool,
}

/// How the prices of a row are settled.
pub(crate) struct PriceSettling<'s, 'p, 'a, 'm> {
    pub(crate) plan: &'p ColumnPlan<'a>,
    /// When the sale of the row is on.
    pub(crate) window: Result<Option<Window>, UnreadableWindow>,
    /// When a product file is read: its price since some day is the price.
    pub(crate) since: Option<Moment>,
    pub(crate) notes: &'s mut RowDiagnostics<'m>,
    pub(crate) tally: &'s mut PriceTally,
}

impl PriceTerms {
    /// Amounts are as they stand there.
    pub(crate) const NONE: Self = Self { currency: None, pieces: 1 };

    /// The same where the row around says what this one does not.
    pub(crate) fn or_outer(self, outer: Self) -> Self {
        let pieces = if self.pieces > 1 { self.pieces } else { outer.pieces };
        Self { currency: self.currency.or(outer.currency), pieces }
    }

    /// What a row says; or the cell that cannot be read, its text and why.
    pub(crate) fn from_row<'r>(
        plan: &ColumnPlan<'_>,
        row: &RowView<'r>,
    ) -> Result<Self, (u16, Cow<'r, str>, CellProblem)> {
        let mut terms = Self::NONE;
        let cell = |term| {
            let at = plan.price_columns().find_term(term)?;
            let text = row.find_cell(at)?.read_text(&plan.column_at(at).rule);
            (!text.is_empty()).then_some((at, text))
        };
        if let Some((at, text)) = cell(PriceTerm::Currency) {
            match parse::parse_currency(&text) {
                Ok(currency) => terms.currency = Some(currency),
                Err(problem) => return Err((at, text, problem)),
            }
        }
        if let Some((at, text)) = cell(PriceTerm::Quantity) {
            match parse_pieces(&text) {
                Some(pieces) => terms.pieces = pieces,
                None => {
                    let problem =
                        CellProblem::new("price-quantity", words!("price-quantity-unclear"));
                    return Err((at, text, problem));
                }
            }
        }
        Ok(terms)
    }
}

/// A percentage: `20`, `20 %`.
fn parse_percent(text: &str, format: parse::NumberFormat) -> Result<Decimal, CellProblem> {
    let number = text.trim_start_matches(['-', '\u{2212}']).trim_end_matches(['%', ' ', '\u{a0}']);
    let percent = parse::parse_decimal(number, format)?;
    // Spreadsheets keep 20 % as 0.2.
    let may_be_fraction = percent < Decimal::ONE && !percent.is_zero() && !text.contains('%');
    match percent.is_sign_negative() || percent >= Decimal::ONE_HUNDRED || may_be_fraction {
        true => Err(CellProblem::new("discount-range", words!("discount-range"))),
        false => Ok(percent),
    }
}

impl RowPrices {
    /// Whether all amounts are in currencies without a list.
    pub(crate) fn is_foreign(&self) -> bool {
        self.is_empty() && self.has_foreign
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.percent.is_none()
    }

    /// Clears it and keeps its allocation for the next row.
    pub(crate) fn into_spare(mut self) -> Self {
        self.cells.clear();
        Self { cells: self.cells, ..Self::default() }
    }

    /// Takes an amount in. One that cannot be read is returned with the part of the cell that it is in.
    pub(crate) fn read_cell<'c>(
        &mut self,
        reader: &CellReader<'_>,
        (slot, rule, column): (&PriceTarget, &'c ColumnRule, u16),
        content: CellContent<'c>,
        (terms, window): (PriceTerms, Option<Window>),
        tally: &mut PriceTally,
    ) -> Result<(), Vec<(Cow<'c, str>, CellProblem)>> {
        let format = reader.number_format_for(rule, content);
        let text = content.read_text(rule);
        if slot.part == PricePart::DiscountPercent {
            let percent = match text.is_empty() {
                true => Ok(Decimal::ZERO),
                false => parse_percent(&text, format),
            };
            self.percent = Some((column, percent.map_err(|problem| vec![(text, problem)])?));
            return Ok(());
        }
        let part = match (slot.part, &rule.window) {
            (PricePart::Price, Some(_)) => PricePart::Sale,
            (part, _) => part,
        };
        let has_parts = rule.split.is_some() || rule.json.is_some();
        let (mut one, mut several);
        let parts: &mut dyn Iterator<Item = Cow<'c, str>> = match has_parts && !text.is_empty() {
            true => {
                several = content.split_parts(rule).into_iter();
                &mut several
            }
            false => {
                one = std::iter::once(text);
                &mut one
            }
        };
        let mut problems = Vec::new();
        for text in parts {
            match reader.read_price(slot, rule, format, &text, terms) {
                Ok(PriceReading::Listed(list, money)) => {
                    self.cells.push(PriceCell { column, part, list, money, window });
                }
                Ok(PriceReading::Foreign(_)) if text.is_empty() => {}
                Ok(PriceReading::Foreign(currency)) => {
                    self.lost_price |= part == PricePart::Price && !has_parts;
                    self.has_foreign = true;
                    tally.count_foreign(currency);
                }
                Err(problem) => {
                    self.lost_price |= part == PricePart::Price;
                    problems.push((text, problem));
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// The records that the cells come to.
    pub(crate) fn settle(
        &mut self,
        settling: &mut PriceSettling<'_, '_, '_, '_>,
    ) -> Vec<PriceRecord> {
        // Of rows that state one price each, those say it that were put together.
        let is_spread = settling.plan.group().is_some_and(|group| group.spread().is_some());
        let has_sales = settling.plan.price_columns().has_sales() && !is_spread
            || self.cells.iter().any(|cell| cell.part != PricePart::Price);
        let mut records = Vec::with_capacity(self.cells.len() + 1);
        if !has_sales {
            // Days beside a price alone are the price's own.
            let Ok(window) = settling.window else { return records };
            let is_due = |window: &Window| match (window, settling.since) {
                (Window { start: Some(start), end: None }, Some(now)) => *start <= now,
                _ => false,
            };
            let window = window.filter(|window| !is_due(window));
            for PriceCell { column, list, money, .. } in self.cells.drain(..) {
                if money.is_some() && window.is_some_and(|window| window.end.is_none()) {
                    settling.tally.count_open_price();
                }
                let window = window.unwrap_or(Window::ALWAYS);
                records.push(PriceRecord { column, list, window, money });
            }
            return records;
        }
        let mut lists: Vec<PriceListCode> = Vec::with_capacity(1);
        for cell in &self.cells {
            if !lists.contains(&cell.list) {
                lists.push(cell.list.clone());
            }
        }
        for list in lists {
            self.settle_list(list, settling, &mut records);
        }
        records
    }

    fn find_part(&self, list: &PriceListCode, part: PricePart) -> Option<&PriceCell> {
        self.cells.iter().find(|cell| cell.part == part && cell.list == *list)
    }

    fn settle_list(
        &self,
        list: PriceListCode,
        settling: &mut PriceSettling<'_, '_, '_, '_>,
        records: &mut Vec<PriceRecord>,
    ) {
        let [price, sale, before] = [PricePart::Price, PricePart::Sale, PricePart::CompareAt]
            .map(|part| self.find_part(&list, part));
        let has_price_column = settling.plan.price_columns().has_price();
        // Without a price beside it, what the product cost before is what it costs.
        let ordinary = match (price, before) {
            (None, Some(before)) if !has_price_column => Some(before),
            (price, _) => price,
        };
        let window = match sale.and_then(|cell| cell.window) {
            Some(window) => Ok(Some(window)),
            None => settling.window,
        };
        let reduction = match window {
            Ok(_) => self.find_reduction(&list, (ordinary, sale, before), settling),
            Err(UnreadableWindow) => None,
        };
        let stated = ordinary.map(|cell| (cell.column, cell.money));
        let raised = reduction.as_ref().and_then(|reduction| reduction.ordinary);
        let raised = raised.map(|(column, money)| (column, Some(money)));
        if let Some((column, money)) = raised.or(stated) {
            let list = list.clone();
            records.push(PriceRecord { column, list, window: Window::ALWAYS, money });
        }
        let Ok(window) = window else { return };
        let Some(Reduction { column, sale, .. }) = reduction else {
            let off = self.find_part(&list, PricePart::DiscountAmount);
            let columns = [sale, before, off].into_iter().flatten().map(|cell| cell.column);
            let mut columns = columns.chain(self.percent.map(|(column, _)| column));
            if let Some(column) = columns.next() {
                records.push(PriceRecord { column, list, window: UNDATED_WINDOW, money: None });
            }
            return;
        };
        let window = window.unwrap_or(UNDATED_WINDOW);
        if window != UNDATED_WINDOW {
            // What held until it is taken back is over where days are given.
            let (list, window) = (list.clone(), UNDATED_WINDOW);
            records.push(PriceRecord { column, list, window, money: None });
        }
        if window.end.is_none() {
            settling.tally.count_open_sale();
        }
        records.push(PriceRecord { column, list, window, money: Some(sale) });
    }

    /// What a sale asks, and of which price, if a sale is on.
    fn find_reduction(
        &self,
        list: &PriceListCode,
        (ordinary, sale, before): (Option<&PriceCell>, Option<&PriceCell>, Option<&PriceCell>),
        settling: &mut PriceSettling<'_, '_, '_, '_>,
    ) -> Option<Reduction> {
        let above_zero = |cell: Option<&PriceCell>| {
            let money = cell?.money.filter(|money| !money.amount.is_zero());
            Some((cell?.column, money?))
        };
        let price = ordinary.and_then(|cell| cell.money);
        if let Some(cell) = sale
            && let Some(asked) = cell.money
        {
            let has_price = ordinary.is_some() || self.lost_price;
            if asked.amount.is_zero() && price != Some(asked) {
                settling.tally.count_zero_sale();
                return None;
            }
            return match (price, above_zero(before)) {
                // A feed that states the sale as the price, and the price beside it.
                (Some(price), Some((at, before)))
                    if price == asked && before.amount > asked.amount =>
                {
                    Some(Reduction {
                        ordinary: Some((at, before)),
                        column: cell.column,
                        sale: asked,
                    })
                }
                (Some(price), _) if asked.amount < price.amount => {
                    Some(Reduction { ordinary: None, column: cell.column, sale: asked })
                }
                (Some(price), _) if asked.amount == price.amount => None,
                (Some(price), _) => {
                    let (sale, price) = (asked.to_string(), price.to_string());
                    let problem = CellProblem::new(
                        "sale-above-price",
                        words!("sale-above-price", sale = sale, price = price),
                    );
                    settling.warn_left_out(cell.column, asked, &problem)
                }
                (None, _) if has_price => {
                    let problem = CellProblem::new(
                        "sale-without-price",
                        words!("sale-without-price", sale = asked.to_string()),
                    );
                    settling.warn_left_out(cell.column, asked, &problem)
                }
                // The price is in another file.
                (None, _) => Some(Reduction { ordinary: None, column: cell.column, sale: asked }),
            };
        }
        let Some(price) = price else {
            if above_zero(before).is_some() && ordinary.is_none_or(|cell| cell.money.is_none()) {
                settling.tally.count_lone_former();
            }
            return None;
        };
        if let Some((column, percent)) = self.percent.filter(|(_, percent)| !percent.is_zero()) {
            let left = (Decimal::ONE_HUNDRED - percent) / Decimal::ONE_HUNDRED;
            let amount = price.amount.checked_mul(left)?;
            let amount = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            let sale = Money { amount, ..price };
            let is_less = amount < price.amount;
            return is_less.then_some(Reduction { ordinary: None, column, sale });
        }
        let off = self.find_part(list, PricePart::DiscountAmount);
        if let Some((column, off)) = above_zero(off) {
            if off.amount >= price.amount {
                let (off_text, price) = (off.to_string(), price.to_string());
                let problem = CellProblem::new(
                    "discount-above-price",
                    words!("discount-above-price", discount = off_text, price = price),
                );
                return settling.warn_left_out(column, off, &problem);
            }
            let sale = Money { amount: price.amount - off.amount, ..price };
            return Some(Reduction { ordinary: None, column, sale });
        }
        let before = above_zero(before).filter(|(_, before)| before.amount > price.amount)?;
        let column = ordinary.map_or(before.0, |cell| cell.column);
        Some(Reduction { ordinary: Some(before), column, sale: price })
    }
}

/// A sale.
#[derive(Debug, Clone, Copy)]
struct Reduction {
    /// The ordinary price and its column, where it is another than the price of the row.
    ordinary: Option<(u16, Money)>,
    /// Where the sale's price is from.
    column: u16,
    sale: Money,
}

impl PriceSettling<'_, '_, '_, '_> {
    fn warn_left_out(
        &mut self,
        column: u16,
        money: Money,
        problem: &CellProblem,
    ) -> Option<Reduction> {
        let name = &self.plan.column_at(column).name;
        self.notes.warn_left_out(name, &money.to_string(), problem);
        None
    }
}
