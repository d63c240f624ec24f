//! Cells of attributes, prices and stock: from what stands there to what it says.

use std::rc::Rc;

use rikaste_model::code::{CodeError, Gtin};
use rikaste_model::shop::{Attribute, Shop};
use rikaste_model::value::{Data, DataType};
use rikaste_model::words;

use super::header::Convention;
use super::mapping::Rule;
use super::notes::Notes;
use super::parse::{self, Options, Problem, Style};
use super::plan::Column;
use super::row::Content;
use super::target::{Check, Slot};

pub(super) mod alt_texts;
mod links;
mod names;
mod price;

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
    pub(super) fn style(&self, rule: &Rule, content: Content<'_>) -> Style {
        match content {
            Content::Number(_) => Style { mark: Some('.'), thousands: None },
            _ => Style { mark: rule.decimal.or(self.style.mark), ..self.style },
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
        if slot.check == Check::AltTexts && slot.attribute.data_type == DataType::Table {
            return Some(alt_texts::read(content, rule));
        }
        let text = content.read(rule);
        let data = match slot.check {
            Check::Gtin => gtin(&text),
            Check::Family => self.family(&text),
            Check::None | Check::Categories | Check::AltTexts => {
                self.typed(slot.attribute, rule, content, &text)
            }
        };
        match data {
            Ok(data) => Some(data),
            Err(problem) => {
                notes.left_out(&column.name, &content.text(), &problem);
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
        let style = self.style(rule, content);
        Ok(match attribute.data_type {
            DataType::Text => Data::Text(parse::plain(text)),
            DataType::RichText => Data::RichText(parse::sanitise(text)),
            DataType::Boolean => Data::Boolean(parse::boolean(text)?),
            DataType::Integer => Data::Integer(parse::integer(text, style)?),
            DataType::Decimal => Data::Decimal(price::divided(parse::decimal(text, style)?, rule)),
            DataType::Date => Data::Date(parse::date(text, rule.date.as_deref())?),
            DataType::Measurement => {
                let (own, written) = (attribute.unit.as_ref(), rule.unit.as_ref());
                Data::Measurement(parse::measurement(text, own, written, style)?)
            }
            DataType::Money => Data::Money(self.money(text, rule, style)?),
            DataType::Table => {
                return Err(Problem::new("table-cell", words!("table-cell")));
            }
            DataType::Options | DataType::Assets => unreachable!("lists are read as names"),
        })
    }
}

fn gtin(text: &str) -> Result<Data, Problem> {
    if let Some((digits, _)) = text.to_ascii_uppercase().split_once("E+")
        && digits.contains([',', '.'])
    {
        return Err(Problem::new("gtin-rounded", words!("gtin-rounded")));
    }
    match Gtin::new(text) {
        Ok(gtin) => Ok(Data::Text(gtin.to_string())),
        Err(error) => {
            let code = match error {
                CodeError::GtinCheckDigit { .. } => "gtin-check-digit",
                CodeError::GtinLength { .. } => "gtin-length",
                _ => "gtin-character",
            };
            Err(Problem::new(code, error.words()))
        }
    }
}
