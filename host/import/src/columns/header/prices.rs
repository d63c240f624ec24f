//! What headers say about prices.

use rikaste_model::code::PriceListCode;
use rikaste_model::record::DropKind;
use rikaste_model::shop::find_nearest_name;
use rikaste_model::value::Currency;

use super::{HeaderConvention, HeaderProblem, NAME_SEPARATORS};
use crate::columns::price_words::{NET_PRICE, TaxBasis, split_per, tax_basis};
use crate::columns::target::{ColumnTarget, PricePart, PriceTarget, PriceTerm, RecordField};

impl<'a> HeaderConvention<'a> {
    /// What a name says about prices that is not reserved: an attribute of the shop goes before it.
    pub(super) fn find_price_target(
        &self,
        header: &str,
        folded: &str,
    ) -> Option<Result<ColumnTarget<'a>, HeaderProblem>> {
        if !matches!(self.kind, DropKind::Products | DropKind::Prices) {
            return None;
        }
        if folded == NET_PRICE {
            return Some(Err(HeaderProblem::NetPrice { column: header.to_owned() }));
        }
        if let Some(part) = PricePart::from_word(folded) {
            return Some(Ok(ColumnTarget::Price(PriceTarget { part, ..PriceTarget::default() })));
        }
        match (PriceTerm::from_word(folded), self.kind) {
            (None, _) => {}
            // Of a product it is how many one has to buy.
            (Some(PriceTerm::MinimumQuantity), DropKind::Products) => {}
            (Some(PriceTerm::SaleFrom), DropKind::Prices) => {
                return Some(Ok(ColumnTarget::Field(RecordField::ValidFrom)));
            }
            (Some(PriceTerm::SaleUntil), DropKind::Prices) => {
                return Some(Ok(ColumnTarget::Field(RecordField::ValidUntil)));
            }
            (Some(term), _) => return Some(Ok(ColumnTarget::PriceTerm(term))),
        }
        let (name, pieces) = split_per(header)?;
        match self.find_target(name)? {
            Ok(ColumnTarget::Price(slot)) => Some(Ok(ColumnTarget::Price(slot.per_pieces(pieces)))),
            Ok(ColumnTarget::Field(RecordField::Price)) => {
                Some(Ok(ColumnTarget::Price(PriceTarget::default().per_pieces(pieces))))
            }
            _ => None,
        }
    }

    /// A price list, a currency, or both; or whether tax is in the price.
    pub(super) fn parse_price_suffix(
        &self,
        part: PricePart,
        suffix: &str,
    ) -> Result<PriceTarget, HeaderProblem> {
        // `Price [EUR]`
        let bracketed = suffix.strip_prefix('[').and_then(|suffix| suffix.strip_suffix(']'));
        let suffix = bracketed.unwrap_or(suffix);
        let of_part = |list, currency| PriceTarget { part, list, currency, per: None };
        if let Some(list) = self.find_price_list(suffix) {
            return Ok(of_part(Some(list), None));
        }
        match tax_basis(suffix) {
            Some(TaxBasis::Gross) => return Ok(of_part(None, None)),
            Some(TaxBasis::Net) => {
                return Err(HeaderProblem::NetPrice { column: suffix.to_owned() });
            }
            None => {}
        }
        let currency_of = |text: &str| {
            Currency::new(text).ok().filter(|currency| self.list_for_currency(*currency).is_some())
        };
        if let Some(currency) = currency_of(suffix) {
            return Ok(of_part(None, Some(currency)));
        }
        for (at, _) in suffix.char_indices().filter(|(_, c)| NAME_SEPARATORS.contains(c)) {
            if let (Some(list), Some(currency)) =
                (self.find_price_list(&suffix[..at]), currency_of(&suffix[at + 1..]))
            {
                return Ok(of_part(Some(list), Some(currency)));
            }
        }
        if let Some((scope, currency)) = suffix.rsplit_once(NAME_SEPARATORS)
            && currency_of(currency).is_some()
            && let Some((channel, _)) = self.find_foreign_channel(scope)
        {
            let (column, target) = (suffix.to_owned(), format!("{}-{currency}", part.word()));
            return Err(HeaderProblem::Channel { column, channel, target });
        }
        let lists =
            self.shop.price_lists.iter().map(|(code, list)| format!("{code} ({})", list.currency));
        let near =
            find_nearest_name(suffix, self.shop.price_lists.keys().map(PriceListCode::as_str));
        Err(HeaderProblem::PriceList {
            suffix: suffix.to_owned(),
            lists: lists.collect::<Vec<_>>().join(", "),
            near: near.map(|near| format!("price-{near}")),
        })
    }

    /// The price list of this code.
    pub(crate) fn find_price_list(&self, text: &str) -> Option<PriceListCode> {
        let text = text.trim();
        self.shop.price_lists.keys().find(|code| code.as_str().eq_ignore_ascii_case(text)).cloned()
    }

    /// Where a price in this currency goes: the shop's own list, or the only one in it.
    pub(crate) fn list_for_currency(&self, currency: Currency) -> Option<&'a PriceListCode> {
        let own = &self.shop.price_list;
        if self.shop.price_lists.get(own).is_some_and(|list| list.currency == currency) {
            return Some(own);
        }
        let mut lists = self.shop.price_lists.iter().filter(|(_, list)| list.currency == currency);
        match (lists.next(), lists.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    }
}
