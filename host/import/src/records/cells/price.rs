//! Prices: amounts of money and the lists they go to.

use rikaste_model::code::PriceListCode;
use rikaste_model::value::Money;
use rikaste_model::words;
use rust_decimal::Decimal;

use super::CellReader;
use crate::columns::ColumnRule;
use crate::columns::PriceTarget;
use crate::records::parse::{self, CellProblem, NumberFormat};

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

    /// A price and the list it goes to. An empty text takes the price away.
    pub(crate) fn read_price(
        &self,
        slot: &PriceTarget,
        rule: &ColumnRule,
        style: NumberFormat,
        text: &str,
    ) -> Result<(PriceListCode, Option<Money>), CellProblem> {
        if text.is_empty() {
            return Ok((
                self.choose_price_list(
                    slot,
                    rule.currency.map_or(parse::NamedCurrency::Not, parse::NamedCurrency::Code),
                )?
                .clone(),
                None,
            ));
        }
        let mut amount = parse::parse_amount(text, style)?;
        if let (parse::NamedCurrency::Not, Some(currency)) = (amount.currency, rule.currency) {
            amount.currency = parse::NamedCurrency::Code(currency);
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
        Ok((list.clone(), Some(Money { amount: divide_amount(amount.number, rule), currency })))
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
