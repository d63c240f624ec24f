//! Prices at a moment, and the lowest of the thirty days before a reduction.
//!
//! A sale's prior price is the lowest price of at least the 30 days before the reduction:
//! Directive 98/6/EC, Article 6a. So every price that was charged is kept, and the prior price
//! is computed from what was charged, never from what a file claims.

use crate::code::PriceListCode;
use crate::moment::{Moment, Window};
use crate::product::{Price, PricePoint, ProductCommerce};
use crate::value::Money;

/// How far back the prior price looks: 30 days, in seconds.
const PRIOR_SECONDS: i64 = 30 * 24 * 3600;
/// How long price points are kept: twice as long, so that a sale that has been on for a month
/// still knows what came before it.
const KEPT_SECONDS: i64 = 2 * PRIOR_SECONDS;

/// What a list asks for a product at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrentPrice {
    /// The ordinary price.
    pub price: Money,
    /// The reduced price, when one holds.
    pub sale: Option<SalePrice>,
}

/// A reduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SalePrice {
    /// The reduced price.
    pub price: Money,
    /// While it holds.
    pub window: Window,
    /// The lowest price of the 30 days before it.
    pub lowest_30_days: Money,
}

impl ProductCommerce {
    /// What the list asks at the moment; nothing when it has no price then.
    #[must_use]
    pub fn price_at(&self, list: &PriceListCode, at: Moment) -> Option<CurrentPrice> {
        let charged = self.find_charged_price(list, at)?;
        let ordinary = self.find_ordinary_price(list).unwrap_or(charged);
        if charged.money.amount >= ordinary.money.amount {
            return Some(CurrentPrice { price: charged.money, sale: None });
        }
        let sale = SalePrice {
            price: charged.money,
            window: charged.window,
            lowest_30_days: self.find_lowest_before_reduction(list, at).unwrap_or(ordinary.money),
        };
        Some(CurrentPrice { price: ordinary.money, sale: Some(sale) })
    }

    /// The price of a list that holds whenever no other one does.
    #[must_use]
    pub fn ordinary_price(&self, list: &PriceListCode) -> Option<&Price> {
        self.find_ordinary_price(list)
    }

    /// Prices for a time that are above the ordinary one, each with that: mistakes, most likely. One that
    /// begins on a day and has no end is the next ordinary price, and none of them.
    pub fn prices_above_ordinary(&self, at: Moment) -> impl Iterator<Item = (&Price, Money)> {
        let for_a_time = self.prices.iter().filter(move |price| {
            let Window { start, end } = price.window;
            end.is_some_and(|end| end > at) || end.is_none() && start == Some(Moment(0))
        });
        for_a_time.filter_map(|price| {
            let ordinary = self.find_ordinary_price(&price.list)?.money;
            (price.money.amount > ordinary.amount).then_some((price, ordinary))
        })
    }

    /// The next moment after `at` when a price begins or ends.
    #[must_use]
    pub fn next_boundary(&self, at: Moment) -> Option<Moment> {
        self.prices.iter().filter_map(|price| price.window.next_boundary(at)).min()
    }

    /// Puts on record what was charged up to the moment, as windows opened and closed. To be
    /// called before prices change.
    pub fn record_past_prices(&mut self, now: Moment) {
        let mut points = Vec::new();
        for list in self.collect_price_lists() {
            self.replay_changes(&list, now, |point| points.push(point));
        }
        self.append_history(points, now);
    }

    /// Puts on record what is charged from this moment on. To be called after prices changed.
    pub fn record_current_prices(&mut self, now: Moment) {
        let mut points = Vec::new();
        for list in self.collect_price_lists() {
            let money = self.find_charged_price(&list, now).map(|price| price.money);
            let last = self.find_last_point(&list).map(|point| point.money);
            if last.unwrap_or(None) != money {
                points.push(PricePoint { list, at: now, money });
            }
        }
        self.append_history(points, now);
    }

    fn collect_price_lists(&self) -> Vec<PriceListCode> {
        let mut lists: Vec<_> = self.prices.iter().map(|price| price.list.clone()).collect();
        lists.extend(self.history.iter().map(|point| point.list.clone()));
        lists.sort();
        lists.dedup();
        lists
    }

    /// Takes points in and lets go of those that no prior price can need: older than they are
    /// kept, with a later one of their list that is as old.
    fn append_history(&mut self, points: Vec<PricePoint>, now: Moment) {
        if points.is_empty() {
            return;
        }
        self.history.extend(points);
        let earliest = Moment(now.0 - KEPT_SECONDS);
        let mut kept = Vec::with_capacity(self.history.len());
        for (index, point) in self.history.iter().enumerate() {
            let replaced = self.history[index + 1..]
                .iter()
                .any(|later| later.list == point.list && later.at <= earliest);
            if !replaced {
                kept.push(point.clone());
            }
        }
        self.history = kept;
    }

    /// The price that holds: of the open windows the one that started last, else the one without
    /// a window.
    fn find_charged_price(&self, list: &PriceListCode, at: Moment) -> Option<&Price> {
        self.prices
            .iter()
            .filter(|price| price.list == *list && price.window.contains(at))
            .max_by_key(|price| (!price.window.is_always(), price.window.start, price.window.end))
    }

    fn find_ordinary_price(&self, list: &PriceListCode) -> Option<&Price> {
        self.prices.iter().find(|price| price.list == *list && price.window.is_always())
    }

    fn find_last_point(&self, list: &PriceListCode) -> Option<&PricePoint> {
        self.history.iter().rev().find(|point| point.list == *list)
    }

    /// Tells the points at which the list's price changed after the last one on record, up to
    /// and including `until`. At the last point itself the record stands.
    fn replay_changes(
        &self,
        list: &PriceListCode,
        until: Moment,
        mut on_change: impl FnMut(PricePoint),
    ) {
        let Some(last) = self.find_last_point(list) else { return };
        let (mut at, mut charged) = (last.at, last.money);
        while at < until {
            let of_list = self.prices.iter().filter(|price| price.list == *list);
            let next = of_list.filter_map(|price| price.window.next_boundary(at)).min();
            at = match next {
                Some(next) if next <= until => next,
                _ => return,
            };
            let money = self.find_charged_price(list, at).map(|price| price.money);
            if money != charged {
                charged = money;
                on_change(PricePoint { list: list.clone(), at, money });
            }
        }
    }

    /// The lowest price of the 30 days before the reduction that holds at the moment began. Steps
    /// that go further down without a break are one reduction.
    fn find_lowest_before_reduction(&self, list: &PriceListCode, at: Moment) -> Option<Money> {
        let mut points: Vec<PricePoint> = self
            .history
            .iter()
            .filter(|point| point.list == *list && point.at <= at)
            .cloned()
            .collect();
        self.replay_changes(list, at, |point| points.push(point));
        let mut first = points.len().checked_sub(1)?;
        while first > 0 && self.is_further_reduction(&points[first - 1], &points[first]) {
            first -= 1;
        }
        let earliest = Moment(points[first].at.0 - PRIOR_SECONDS);
        let charged_after_floor = points[..first]
            .iter()
            .zip(&points[1..])
            .filter(|(_, next)| next.at > earliest)
            .filter_map(|(point, _)| point.money);
        charged_after_floor.min_by(|a, b| a.amount.cmp(&b.amount))
    }

    /// Whether the price was reduced already and only went further down.
    fn is_further_reduction(&self, before: &PricePoint, after: &PricePoint) -> bool {
        let (Some(before), Some(after_money)) = (before.money, after.money) else { return false };
        let ordinary = self.find_ordinary_price(&after.list).map(|price| price.money.amount);
        ordinary.is_some_and(|ordinary| before.amount < ordinary)
            && after_money.amount <= before.amount
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::{CellOrigin, DropId};
    use crate::value::Currency;

    const DAY: i64 = 24 * 3600;

    fn list() -> PriceListCode {
        PriceListCode::new("retail").expect("valid")
    }

    fn euros(amount: i64) -> Money {
        Money { amount: amount.into(), currency: Currency::new("EUR").expect("valid") }
    }

    fn price(amount: i64, days: Option<(i64, i64)>) -> Price {
        Price {
            list: list(),
            window: days.map_or(Window::ALWAYS, |(start, end)| Window {
                start: Some(Moment(start * DAY)),
                end: Some(Moment(end * DAY)),
            }),
            money: euros(amount),
            cell: CellOrigin { drop: DropId(1), row: 2, column: 1 },
        }
    }

    /// Changes the prices on the given days, and tells what is charged on the last day.
    fn after(changes: &[(i64, Vec<Price>)], day: i64) -> String {
        let mut commerce = ProductCommerce::default();
        for (day, prices) in changes {
            commerce.record_past_prices(Moment(day * DAY));
            commerce.prices = prices.clone();
            commerce.record_current_prices(Moment(day * DAY));
        }
        match commerce.price_at(&list(), Moment(day * DAY)) {
            None => "no price".to_owned(),
            Some(CurrentPrice { price, sale: None }) => price.to_string(),
            Some(CurrentPrice { price, sale: Some(sale) }) => {
                format!("{} instead of {price}, lowest {}", sale.price, sale.lowest_30_days)
            }
        }
    }

    #[test]
    fn a_campaign_reduces_the_price_while_its_window_is_open() {
        let changes = [(0, vec![price(100, None), price(80, Some((40, 50)))])];
        assert_eq!(after(&changes, 39), "100.00 EUR");
        assert_eq!(after(&changes, 40), "80.00 EUR instead of 100.00 EUR, lowest 100.00 EUR");
        assert_eq!(after(&changes, 50), "100.00 EUR");
    }

    #[test]
    fn an_earlier_campaign_within_thirty_days_is_the_prior_price() {
        let prices = vec![price(100, None), price(70, Some((10, 15))), price(80, Some((40, 50)))];
        assert_eq!(
            after(&[(0, prices.clone())], 41),
            "80.00 EUR instead of 100.00 EUR, lowest 70.00 EUR"
        );
        let earlier = vec![price(100, None), price(70, Some((5, 9))), price(80, Some((40, 50)))];
        assert_eq!(
            after(&[(0, earlier)], 41),
            "80.00 EUR instead of 100.00 EUR, lowest 100.00 EUR"
        );
    }

    #[test]
    fn raising_the_price_before_a_sale_does_not_help() {
        let changes = [
            (0, vec![price(60, None)]),
            (30, vec![price(100, None)]),
            (35, vec![price(100, None), price(70, Some((35, 45)))]),
        ];
        assert_eq!(after(&changes, 36), "70.00 EUR instead of 100.00 EUR, lowest 60.00 EUR");
    }

    #[test]
    fn going_further_down_is_one_reduction() {
        let changes = [
            (0, vec![price(100, None)]),
            (40, vec![price(100, None), price(80, Some((40, 60)))]),
            (45, vec![price(100, None), price(50, Some((45, 60)))]),
        ];
        assert_eq!(after(&changes, 46), "50.00 EUR instead of 100.00 EUR, lowest 100.00 EUR");
    }

    #[test]
    fn a_price_for_a_time_above_the_ordinary_one_is_no_sale() {
        let rise = Price {
            window: Window { start: Some(Moment(60 * DAY)), end: None },
            ..price(120, None)
        };
        let commerce = ProductCommerce {
            prices: vec![
                price(100, None),
                price(130, Some((40, 50))),
                price(80, Some((50, 60))),
                price(140, Some((10, 20))),
                rise,
            ],
            ..ProductCommerce::default()
        };
        let above: Vec<_> = commerce.prices_above_ordinary(Moment(30 * DAY)).collect();
        assert_eq!(above, [(&commerce.prices[1], euros(100))]);
        let now = commerce.price_at(&list(), Moment(45 * DAY)).expect("a price");
        assert_eq!((now.price, now.sale), (euros(130), None));
    }

    #[test]
    fn a_price_taken_away_is_no_price() {
        assert_eq!(after(&[(0, vec![price(100, None)]), (5, vec![])], 6), "no price");
    }
}
