//! What is said once of all prices of a file, with a count.

use std::collections::BTreeMap;

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::value::Currency;
use rikaste_model::words;

/// Counts what need not be said row by row.
#[derive(Debug, Default)]
pub(crate) struct PriceTally {
    /// Prices in currencies that the shop has no list for.
    foreign: BTreeMap<Currency, u64>,
    /// Sales that hold until a file takes them back.
    open_sales: u64,
    /// Prices that begin on a day and do not end.
    open_prices: u64,
    /// Prices that hold from a second piece on only.
    quantity_prices: u64,
    /// Sale prices of nothing beside a price.
    zero_sales: u64,
    /// What products cost before, in rows that do not say what they cost now.
    lone_formers: u64,
}

impl PriceTally {
    pub(crate) fn count_foreign(&mut self, currency: Currency) {
        *self.foreign.entry(currency).or_default() += 1;
    }

    pub(crate) fn count_open_sale(&mut self) {
        self.open_sales += 1;
    }

    pub(crate) fn count_open_price(&mut self) {
        self.open_prices += 1;
    }

    pub(crate) fn count_quantity_price(&mut self) {
        self.quantity_prices += 1;
    }

    pub(crate) fn count_zero_sale(&mut self) {
        self.zero_sales += 1;
    }

    pub(crate) fn count_lone_former(&mut self) {
        self.lone_formers += 1;
    }

    /// Says all of it, and begins anew.
    pub(crate) fn push_diagnostics(&mut self, messages: &mut DiagnosticCollector) {
        let Self { foreign, open_sales, open_prices, quantity_prices, zero_sales, lone_formers } =
            std::mem::take(self);
        for (currency, count) in foreign {
            let message = words!("prices-foreign", count = count, currency = currency.as_str());
            messages.push_diagnostic(Diagnostic::new_warning("price-currency", message));
            (0..count).for_each(|_| messages.count_left_out());
        }
        if quantity_prices > 0 {
            let message = words!("prices-by-quantity", count = quantity_prices);
            messages.push_diagnostic(Diagnostic::new_warning("price-quantity", message));
        }
        if zero_sales > 0 {
            let message = words!("sales-of-zero", count = zero_sales);
            messages.push_diagnostic(Diagnostic::new_info("sale-zero", message));
        }
        if lone_formers > 0 {
            let message = words!("former-prices-alone", count = lone_formers);
            messages.push_diagnostic(Diagnostic::new_warning("former-price-alone", message));
        }
        if open_sales > 0 {
            let message = words!("sales-open-ended", count = open_sales);
            messages.push_diagnostic(Diagnostic::new_info("sale-open-ended", message));
        }
        if open_prices > 0 {
            let message = words!("prices-open-ended", count = open_prices);
            messages.push_diagnostic(Diagnostic::new_info("price-open-ended", message));
        }
    }
}
