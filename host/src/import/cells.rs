//! Cells of attributes, prices and stock: from what stands there to what it says.

use std::borrow::Cow;
use std::rc::Rc;

use rikaste_catalog::code::{CategoryCode, FamilyCode, Gtin, PriceListCode, Sku};
use rikaste_catalog::shop::{Attribute, Shop, nearest};
use rikaste_catalog::value::{Data, DataType, Money};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::header::Convention;
use super::mapping::Rule;
use super::notes::Notes;
use super::parse::{self, Options, Problem, Style};
use super::plan::Column;
use super::row::Content;
use super::target::{Check, PriceSlot, Slot};

/// Reads cells for one shop and file.
#[derive(Debug, Clone)]
pub(super) struct CellReader<'a> {
    pub(super) convention: Convention<'a>,
    pub(super) style: Style,
    pub(super) options: Rc<Options>,
}

impl<'a> CellReader<'a> {
    fn shop(&self) -> &'a Shop {
        self.convention.shop
    }

    /// How numbers are written in this cell.
    pub(super) fn style(&self, content: Content<'_>) -> Style {
        match content {
            Content::Number(_) => Style { mark: Some('.'), thousands: None },
            _ => self.style,
        }
    }

    /// What a cell says about an attribute; nothing when it cannot be read, which is noted.
    pub(super) fn data(
        &self,
        slot: &Slot<'_>,
        column: &Column<'_>,
        content: Content<'_>,
        notes: &mut Notes<'_>,
    ) -> Option<Data> {
        let rule = &column.rule;
        if let DataType::Options | DataType::Assets = slot.attribute.data_type {
            return self.names(slot, column, content, notes);
        }
        let text = content.read(rule);
        let data = match slot.check {
            Check::Gtin => gtin(&text),
            Check::Family => self.family(&text),
            Check::None | Check::Categories => self.typed(slot.attribute, rule, content, &text),
        };
        match data {
            Ok(data) => Some(data),
            Err(problem) => {
                notes.left_out(&column.name, &content.text(), problem);
                None
            }
        }
    }

    fn typed(
        &self,
        attribute: &Attribute,
        rule: &Rule,
        content: Content<'_>,
        text: &str,
    ) -> Result<Data, Problem> {
        let style = self.style(content);
        Ok(match attribute.data_type {
            DataType::Text => Data::Text(parse::plain(text)),
            DataType::RichText => Data::RichText(parse::sanitise(text)),
            DataType::Boolean => Data::Boolean(parse::boolean(text)?),
            DataType::Integer => Data::Integer(parse::integer(text, style)?),
            DataType::Decimal => Data::Decimal(divided(parse::decimal(text, style)?, rule)),
            DataType::Date => Data::Date(parse::date(text)?),
            DataType::Measurement => {
                Data::Measurement(parse::measurement(text, attribute.unit.as_ref(), style)?)
            }
            DataType::Money => Data::Money(self.money(text, rule, style)?),
            DataType::Table => {
                return Err(Problem::new("table-cell", "a table cannot be written in a cell"));
            }
            DataType::Options | DataType::Assets => unreachable!("lists are read as names"),
        })
    }

    /// A price that is a value of the product and of no list.
    fn money(&self, text: &str, rule: &Rule, style: Style) -> Result<Money, Problem> {
        let amount = parse::amount(text, style)?;
        let shop = self.shop();
        let currencies = || shop.price_lists.values().map(|list| list.currency);
        let own = shop.price_lists.get(&shop.price_list).map(|list| list.currency);
        let currency = match amount.named {
            parse::Named::Code(code) => Some(code),
            named => own.into_iter().chain(currencies()).find(|currency| named.allows(*currency)),
        };
        let currency = currency.ok_or_else(|| {
            Problem::new(
                "currency-unknown",
                "the currency is not clear; write its code, as in 29.90 EUR",
            )
        })?;
        Ok(Money { amount: divided(amount.number, rule), currency })
    }

    /// Options, categories, or names of assets.
    fn names(
        &self,
        slot: &Slot<'_>,
        column: &Column<'_>,
        content: Content<'_>,
        notes: &mut Notes<'_>,
    ) -> Option<Data> {
        let whole = content.read(&column.rule);
        // A label may have a comma in it.
        if slot.attribute.data_type == DataType::Options
            && !slot.attribute.options.is_empty()
            && let Some(code) = self.options.chosen(&whole, &slot.code)
        {
            return Some(Data::Options(vec![code]));
        }
        let mut names: Vec<SmolStr> = Vec::new();
        for part in content.parts(&column.rule) {
            let part = if column.rule.slug { Cow::Owned(parse::slug(&part)) } else { part };
            let name = match (slot.attribute.data_type, slot.check) {
                (DataType::Assets, _) => Ok(SmolStr::new(&part)),
                (_, Check::Categories) => self.category(&part),
                _ => self.option(&part, slot),
            };
            match name {
                Ok(name) if names.contains(&name) => {}
                Ok(name) => names.push(name),
                Err(problem) => notes.left_out(&column.name, &part, problem),
            }
        }
        if names.is_empty() {
            return None;
        }
        Some(match slot.attribute.data_type {
            DataType::Assets => Data::Assets(names),
            _ => Data::Options(names),
        })
    }

    fn option(&self, text: &str, slot: &Slot<'_>) -> Result<SmolStr, Problem> {
        self.options.chosen(text, &slot.code).ok_or_else(|| {
            let hint = match self.options.near(text, &slot.code) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "write one of them, or add it to model.toml".to_owned(),
            };
            let message = format!("this is none of the options of {}; {hint}", slot.code);
            Problem::new("option-unknown", message)
        })
    }

    fn category(&self, text: &str) -> Result<SmolStr, Problem> {
        let all = &self.shop().categories;
        if all.is_empty() {
            let code = CategoryCode::new(text)
                .map_err(|error| Problem::new("category-unknown", error.to_string()))?;
            return Ok(SmolStr::new(code.as_str()));
        }
        let codes = || all.keys().map(CategoryCode::as_str);
        let labelled = || {
            all.iter()
                .filter(|(_, category)| has_label(&category.label, text))
                .map(|(code, _)| code.as_str())
        };
        known("category", text, codes, labelled)
    }

    fn family(&self, text: &str) -> Result<Data, Problem> {
        let all = &self.shop().families;
        if all.is_empty() {
            return Ok(Data::Text(text.to_owned()));
        }
        let codes = || all.keys().map(FamilyCode::as_str);
        let labelled = || {
            all.iter()
                .filter(|(_, family)| has_label(&family.label, text))
                .map(|(code, _)| code.as_str())
        };
        known("family", text, codes, labelled).map(|code| Data::Text(code.to_string()))
    }

    /// A price and the list it goes to. An empty text takes the price away.
    pub(super) fn price(
        &self,
        slot: &PriceSlot,
        rule: &Rule,
        style: Style,
        text: &str,
    ) -> Result<(PriceListCode, Option<Money>), Problem> {
        if text.is_empty() {
            return Ok((self.price_list(slot, parse::Named::Not)?.clone(), None));
        }
        let amount = parse::amount(text, style)?;
        let list = self.price_list(slot, amount.named)?;
        let currency = self.shop().price_lists[list].currency;
        if !amount.named.allows(currency) || slot.currency.is_some_and(|named| named != currency) {
            return Err(Problem::new(
                "price-currency",
                format!("prices of the list {list} are in {currency}"),
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
                format!(
                    "it is not clear which price list in {currency} is meant; there are {lists}"
                ),
            )
        })
    }

    /// Links to other products: SKUs, each perhaps with a quantity, `HH-5001*2`.
    pub(super) fn links(
        &self,
        column: &Column<'_>,
        content: Content<'_>,
        notes: &mut Notes<'_>,
    ) -> Vec<(Sku, u32)> {
        let separated = content.parts(&column.rule);
        let mut links: Vec<(Sku, u32)> = Vec::with_capacity(separated.len());
        for part in separated {
            match link(&part) {
                Ok((sku, _)) if links.iter().any(|(known, _)| *known == sku) => {}
                Ok((sku, _)) if Some(&sku) == notes.sku.as_ref() => {
                    notes.left_out(
                        &column.name,
                        &part,
                        Problem::new("link-itself", "the product is linked to itself"),
                    );
                }
                Ok(link) => links.push(link),
                Err(problem) => notes.left_out(&column.name, &part, problem),
            }
        }
        links
    }
}

/// The number, divided as the rule says.
fn divided(number: Decimal, rule: &Rule) -> Decimal {
    match rule.divide {
        Some(divisor) => number.checked_div(divisor).unwrap_or(number),
        None => number,
    }
}

fn link(text: &str) -> Result<(Sku, u32), Problem> {
    let (sku, quantity) = match text.rsplit_once('*') {
        Some((sku, digits))
            if !digits.trim().is_empty() && digits.trim().bytes().all(|b| b.is_ascii_digit()) =>
        {
            (sku, digits.trim())
        }
        _ => (text, "1"),
    };
    let quantity = quantity.parse::<u32>().ok().filter(|quantity| *quantity > 0);
    let quantity = quantity.ok_or_else(|| {
        Problem::new("link-quantity", "the quantity after * must be from 1 to 4294967295")
    })?;
    let sku = Sku::new(sku).map_err(|error| Problem::new("link-sku", error.to_string()))?;
    Ok((sku, quantity))
}

fn gtin(text: &str) -> Result<Data, Problem> {
    use rikaste_catalog::code::CodeError;
    if let Some((digits, _)) = text.to_ascii_uppercase().split_once("E+")
        && digits.contains([',', '.'])
    {
        let message = "a spreadsheet has rounded this number; format the column as text and enter the GTIN again";
        return Err(Problem::new("gtin-rounded", message));
    }
    match Gtin::new(text) {
        Ok(gtin) => Ok(Data::Text(gtin.to_string())),
        Err(error) => {
            let code = match error {
                CodeError::GtinCheckDigit { .. } => "gtin-check-digit",
                CodeError::GtinLength { .. } => "gtin-length",
                _ => "gtin-character",
            };
            Err(Problem::new(code, error.to_string()))
        }
    }
}

fn has_label(labels: &rikaste_catalog::shop::Labels, text: &str) -> bool {
    let folded = text.to_lowercase();
    labels.values().any(|label| label.to_lowercase() == folded)
}

/// The code that a text names: as it is, in another case, or by a label that is its alone.
fn known<'k, C, L>(
    what: &str,
    text: &str,
    codes: impl Fn() -> C,
    labelled: impl Fn() -> L,
) -> Result<SmolStr, Problem>
where
    C: Iterator<Item = &'k str>,
    L: Iterator<Item = &'k str>,
{
    let exact = codes().find(|code| *code == text);
    let found =
        exact.or_else(|| codes().find(|code| code.eq_ignore_ascii_case(text))).or_else(|| {
            let mut labelled = labelled();
            labelled.next().filter(|_| labelled.next().is_none())
        });
    if let Some(code) = found {
        return Ok(SmolStr::new(code));
    }
    let hint = match nearest(&text.to_lowercase(), codes()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "define it in model.toml or write one that is there".to_owned(),
    };
    let code = if what == "family" { "family-unknown" } else { "category-unknown" };
    Err(Problem::new(code, format!("there is no {what} \"{text}\"; {hint}")))
}
