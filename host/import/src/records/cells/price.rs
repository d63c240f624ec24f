//! Prices: amounts of money and the lists they go to.

use rikaste_model::code::PriceListCode;
use rikaste_model::value::{Currency, Money};
use rikaste_model::words;
use rust_decimal::Decimal;

use super::CellReader;
use crate::columns::ColumnRule;
use crate::columns::PriceTarget;
use crate::records::parse::{self, CellProblem, NumberFormat};
use crate::records::row_prices::{PriceReading, PriceTerms};

impl CellReader<'_> {
    /// A price that is a value of the product and of no list.
    pub(crate) fn read_money(
        &self,
        text: &str,
        rule: &ColumnRule,
        style: NumberFormat,
    ) -> Result<Money, CellProblem> {
        let amount = parse::parse_amount(text, style)?;
        let shop = self.shop();
        let currencies = || shop.price_lists.values().map(|list| list.currency);
        let own = shop.price_lists.get(&shop.price_list).map(|list| list.currency);
        let currency = match amount.currency {
            parse::NamedCurrency::Code(code) => Some(code),
            parse::NamedCurrency::Not if rule.currency.is_some() => rule.currency,
            named => own.into_iter().chain(currencies()).find(|currency| named.can_mean(*currency)),
        };
        let currency = currency
            .ok_or_else(|| CellProblem::new("currency-unknown", words!("currency-unclear")))?;
        Ok(Money { amount: divide_amount(amount.number, rule), currency })
    }

    /// A price and the list it goes to. An empty text takes the price away, a currency alone the one in it.
    pub(crate) fn read_price(
        &self,
        slot: &PriceTarget,
        rule: &ColumnRule,
        style: NumberFormat,
        text: &str,
        terms: PriceTerms,
    ) -> Result<PriceReading, CellProblem> {
        let unnamed = rule.currency.or(terms.currency.filter(|_| slot.currency.is_none()));
        let of_text = match text.len() {
            0 => unnamed,
            3 => Currency::new(text).ok(),
            _ => None,
        };
        if text.is_empty() || of_text.is_some() {
            let named = of_text.map_or(parse::NamedCurrency::Not, parse::NamedCurrency::Code);
            if let Some(foreign) = self.foreign_currency(slot, named) {
                return Ok(PriceReading::Foreign(foreign));
            }
            return Ok(PriceReading::Listed(self.choose_price_list(slot, named)?.clone(), None));
        }
        let mut amount = parse::parse_amount(text, style)?;
        if let (parse::NamedCurrency::Not, Some(currency)) = (amount.currency, unnamed) {
            amount.currency = parse::NamedCurrency::Code(currency);
        }
        if let Some(foreign) = self.foreign_currency(slot, amount.currency) {
            return Ok(PriceReading::Foreign(foreign));
        }
        let list = self.choose_price_list(slot, amount.currency)?;
        let currency = self.shop().price_lists[list].currency;
        if !amount.currency.can_mean(currency)
            || slot.currency.is_some_and(|named| named != currency)
        {
            return Err(CellProblem::new(
                "price-currency",
                words!("price-currency", list = list.as_str(), currency = currency.as_str()),
            ));
        }
        let pieces = slot.per.unwrap_or(1).saturating_mul(terms.pieces);
        let amount = price_each(divide_amount(amount.number, rule), pieces)?;
        Ok(PriceReading::Listed(list.clone(), Some(Money { amount, currency })))
    }

    /// The currency of an amount that names no list and no list of the shop is in.
    fn foreign_currency(
        &self,
        slot: &PriceTarget,
        named: parse::NamedCurrency,
    ) -> Option<Currency> {
        let currency = match named {
            parse::NamedCurrency::Code(currency) => currency,
            _ => slot.currency?,
        };
        let is_listed = || self.shop().price_lists.values().any(|list| list.currency == currency);
        let is_free = slot.list.is_none() && slot.currency.is_none_or(|own| own == currency);
        (is_free && !is_listed()).then_some(currency)
    }

    /// Where a price goes: to the list that is named, else to one in the currency that is named,
    /// else to the shop's own.
    fn choose_price_list<'s>(
        &'s self,
        slot: &'s PriceTarget,
        named: parse::NamedCurrency,
    ) -> Result<&'s PriceListCode, CellProblem> {
        if let Some(list) = &slot.list {
            return Ok(list);
        }
        let currency = slot.currency.or(match named {
            parse::NamedCurrency::Code(code) => Some(code),
            _ => None,
        });
        let Some(currency) = currency else {
            return Ok(&self.shop().price_list);
        };
        self.convention.list_for_currency(currency).ok_or_else(|| {
            let lists = self
                .shop()
                .price_lists
                .iter()
                .map(|(code, list)| format!("{code} ({})", list.currency));
            let lists = lists.collect::<Vec<_>>().join(", ");
            CellProblem::new(
                "price-currency",
                words!("price-list-unclear", currency = currency.as_str(), lists = lists),
            )
        })
    }
}

/// The number, divided as the rule says.
pub(crate) fn divide_amount(number: Decimal, rule: &ColumnRule) -> Decimal {
    match rule.divide {
        Some(divisor) => number.checked_div(divisor).unwrap_or(number),
        None => number,
    }
}

/// The price of one of so many pieces, exact to four decimals.
fn price_each(amount: Decimal, pieces: u32) -> Result<Decimal, CellProblem> {
    if pieces <= 1 {
        return Ok(amount);
    }
    let each = amount.checked_div(Decimal::from(pieces)).unwrap_or(amount);
    match each.round_dp(4) == each {
        true => Ok(each.normalize()),
        false => {
            let message = words!(
                "price-quantity-inexact",
                pieces = pieces.to_string(),
                amount = amount.to_string()
            );
            Err(CellProblem::new("price-quantity", message))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_piece_times_the_pieces_is_the_amount_or_it_is_refused(
            cents in 0_i64..10_000_000,
            pieces in 1_u32..2_000,
        ) {
            let amount = Decimal::new(cents, 2);
            match price_each(amount, pieces) {
                Ok(each) => {
                    prop_assert_eq!(each * Decimal::from(pieces), amount);
                    prop_assert!(each.normalize().scale() <= 4);
                }
                Err(problem) => prop_assert_eq!(problem.code, "price-quantity"),
            }
        }
    }
}
