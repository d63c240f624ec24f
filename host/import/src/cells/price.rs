//! Prices: amounts of money and the lists they go to.

use rikaste_model::code::PriceListCode;
use rikaste_model::value::Money;
use rikaste_model::words;
use rust_decimal::Decimal;

use super::CellReader;
use crate::mapping::Rule;
use crate::parse::{self, Problem, Style};
use crate::target::PriceSlot;

impl CellReader<'_> {
    /// A price that is a value of the product and of no list.
    pub(super) fn money(&self, text: &str, rule: &Rule, style: Style) -> Result<Money, Problem> {
        let amount = parse::amount(text, style)?;
        let shop = self.shop();
        let currencies = || shop.price_lists.values().map(|list| list.currency);
        let own = shop.price_lists.get(&shop.price_list).map(|list| list.currency);
        let currency = match amount.named {
            parse::Named::Code(code) => Some(code),
            parse::Named::Not if rule.currency.is_some() => rule.currency,
            named => own.into_iter().chain(currencies()).find(|currency| named.allows(*currency)),
        };
        let currency =
            currency.ok_or_else(|| Problem::new("currency-unknown", words!("currency-unclear")))?;
        Ok(Money { amount: divided(amount.number, rule), currency })
    }

    /// A price and the list it goes to. An empty text takes the price away.
    pub(crate) fn price(
        &self,
        slot: &PriceSlot,
        rule: &Rule,
        style: Style,
        text: &str,
    ) -> Result<(PriceListCode, Option<Money>), Problem> {
        if text.is_empty() {
            return Ok((
                self.price_list(slot, rule.currency.map_or(parse::Named::Not, parse::Named::Code))?
                    .clone(),
                None,
            ));
        }
        let mut amount = parse::amount(text, style)?;
        if let (parse::Named::Not, Some(currency)) = (amount.named, rule.currency) {
            amount.named = parse::Named::Code(currency);
        }
        let list = self.price_list(slot, amount.named)?;
        let currency = self.shop().price_lists[list].currency;
        if !amount.named.allows(currency) || slot.currency.is_some_and(|named| named != currency) {
            return Err(Problem::new(
                "price-currency",
                words!("price-currency", list = list.as_str(), currency = currency.as_str()),
            ));
        }
        Ok((list.clone(), Some(Money { amount: divided(amount.number, rule), currency })))
    }

    /// Where a price goes: to the list that is named, else to one in the currency that is named,
    /// else to the shop's own.
    fn price_list<'s>(
        &'s self,
        slot: &'s PriceSlot,
        named: parse::Named,
    ) -> Result<&'s PriceListCode, Problem> {
        if let Some(list) = &slot.list {
            return Ok(list);
        }
        let currency = slot.currency.or(match named {
            parse::Named::Code(code) => Some(code),
            _ => None,
        });
        let Some(currency) = currency else {
            return Ok(&self.shop().price_list);
        };
        self.convention.list_in(currency).ok_or_else(|| {
            let lists = self
                .shop()
                .price_lists
                .iter()
                .map(|(code, list)| format!("{code} ({})", list.currency));
            let lists = lists.collect::<Vec<_>>().join(", ");
            Problem::new(
                "price-currency",
                words!("price-list-unclear", currency = currency.as_str(), lists = lists),
            )
        })
    }
}

/// The number, divided as the rule says.
pub(super) fn divided(number: Decimal, rule: &Rule) -> Decimal {
    match rule.divide {
        Some(divisor) => number.checked_div(divisor).unwrap_or(number),
        None => number,
    }
}
