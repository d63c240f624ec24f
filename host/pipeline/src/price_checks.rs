//! Prices of a drop beside those that were there: what somebody should look at before customers do.
//!
//! A price for a time above the ordinary one, a price of 0 where there was another, a price of another price
//! file that is replaced. Each is said once for the file, with the first products and both prices.

use std::collections::HashMap;
use std::fmt::Write as _;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::moment::Moment;
use rikaste_model::product::{DropId, Price, ProductCommerce};
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::DropKind;
use rikaste_model::value::Money;
use rikaste_model::words;
use rikaste_model::words::TextArgument;
use smol_str::SmolStr;

use super::PipelineError;
use super::release_builder::ReleaseBuilder;

/// Prices that a message shows.
const MAX_SHOWN_PRICES: usize = 6;

/// What is to be said of the prices of one drop.
pub(super) struct PriceChecks {
    drop: DropId,
    /// The files of earlier drops of price files, without numbers in their names: `prices-.csv` is the same
    /// file every night.
    other_files: HashMap<DropId, SmolStr>,
    above: ShownPrices,
    zero: ShownPrices,
    replaced: ShownPrices,
}

/// A count, and the first of what is counted.
#[derive(Default)]
pub(super) struct ShownPrices {
    count: u64,
    shown: Vec<SmolStr>,
}

impl ShownPrices {
    pub(super) fn add(&mut self, text: impl FnOnce() -> String) {
        self.count += 1;
        if self.shown.len() < MAX_SHOWN_PRICES {
            self.shown.push(SmolStr::new(text()));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The prices for a message.
    pub(super) fn to_argument(&self) -> TextArgument {
        TextArgument::Names(self.shown.clone(), self.count - self.shown.len() as u64)
    }
}

impl PriceChecks {
    pub(super) fn new(
        builder: &ReleaseBuilder<'_>,
        drop: DropId,
        file: &str,
    ) -> Result<Self, PipelineError> {
        let own = file_series(file);
        let drops = builder.writer.list_drops(DropKind::Prices)?.into_iter();
        let others = drops.filter(|(_, file)| file_series(file) != own);
        let other_files = others.map(|(drop, file)| (drop, SmolStr::new(file))).collect();
        let none = ShownPrices::default;
        Ok(Self { drop, other_files, above: none(), zero: none(), replaced: none() })
    }

    /// Compares the prices of a product before a row and after it.
    pub(super) fn record_row(
        &mut self,
        sku: &Sku,
        before: &[Price],
        after: &ProductCommerce,
        at: Moment,
    ) {
        for (price, ordinary) in after.prices_above_ordinary(at) {
            let is_new = |price: &Price| price.cell.drop == self.drop && !before.contains(price);
            if is_new(price) || after.ordinary_price(&price.list).is_some_and(is_new) {
                self.above.add(|| format!("{sku}: {} > {ordinary}", price.money));
            }
        }
        for price in after.prices.iter().filter(|price| price.cell.drop == self.drop) {
            let same = |old: &&Price| old.list == price.list && old.window == price.window;
            let Some(old) = before.iter().find(same).filter(|old| old.money != price.money) else {
                continue;
            };
            if price.window.is_always() && price.money.amount.is_zero() {
                self.zero.add(|| change_text(sku, old.money, Some(price.money)));
            }
            if let Some(file) = self.other_files.get(&old.cell.drop) {
                self.replaced
                    .add(|| format!("{} ({file})", change_text(sku, old.money, Some(price.money))));
            }
        }
    }

    /// Says all of it.
    pub(super) fn push_diagnostics(self, messages: &mut DiagnosticCollector) {
        let Self { above, zero, replaced, .. } = self;
        if !above.is_empty() {
            let (count, prices) = (above.count(), above.to_argument());
            let message = words!("prices-above-ordinary", count = count, prices = prices);
            messages.push_diagnostic(Diagnostic::new_warning("price-above-ordinary", message));
        }
        if !zero.is_empty() {
            let (count, prices) = (zero.count(), zero.to_argument());
            let message = words!("prices-became-zero", count = count, prices = prices);
            messages.push_diagnostic(Diagnostic::new_warning("price-zero", message));
        }
        if !replaced.is_empty() {
            let (count, prices) = (replaced.count(), replaced.to_argument());
            let message = words!("prices-of-others-replaced", count = count, prices = prices);
            messages.push_diagnostic(Diagnostic::new_warning("price-replaced", message));
        }
    }
}

/// `A: 49.00 EUR → 59.00 EUR`
pub(super) fn change_text(sku: &Sku, old: Money, new: Option<Money>) -> String {
    let mut text = format!("{sku}: {old}");
    if let Some(new) = new {
        write!(text, " → {new}").expect("memory takes it");
    }
    text
}

/// The name of a file without its numbers.
fn file_series(file: &str) -> String {
    file.chars().filter(|c| !c.is_ascii_digit()).collect()
}
