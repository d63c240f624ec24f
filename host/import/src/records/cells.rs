//! Cells of attributes, prices and stock: from what stands there to what it says.

use std::cell::RefCell;
use std::rc::Rc;

use rikaste_model::code::{CodeError, Gtin};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::shop::{AttributeDefinition, Shop};
use rikaste_model::value::{DataType, RichText, ValueData};
use rikaste_model::words;

use crate::columns::ColumnRule;
use crate::columns::HeaderConvention;
use crate::columns::PlannedColumn;
use crate::columns::{AttributeRule, AttributeTarget};
use crate::records::comma_evidence::CommaEvidence;
use crate::records::parse::{self, CellProblem, NumberFormat, OptionLookup};
use crate::records::row::CellContent;
use crate::records::row_diagnostics::RowDiagnostics;

pub(super) mod alt_texts;
mod gtin_lists;
mod links;
mod names;
mod price;
pub(super) mod status;

/// Reads cells for one shop and file.
#[derive(Debug, Clone)]
pub(crate) struct CellReader<'a> {
    convention: HeaderConvention<'a>,
    style: NumberFormat,
    options: Rc<OptionLookup>,
    /// What the lists of the file have, where the shop lists no names.
    evidence: Rc<RefCell<CommaEvidence>>,
}

impl<'a> CellReader<'a> {
    pub(super) fn new(
        convention: HeaderConvention<'a>,
        style: NumberFormat,
        options: OptionLookup,
    ) -> Self {
        Self { convention, style, options: Rc::new(options), evidence: Rc::default() }
    }

    /// What the lists of the file have, where the shop lists no names.
    pub(super) fn evidence(&self) -> &RefCell<CommaEvidence> {
        &self.evidence
    }

    pub(super) fn convention(&self) -> HeaderConvention<'a> {
        self.convention
    }

    /// How numbers are written in cells that say nothing else.
    pub(super) fn style(&self) -> NumberFormat {
        self.style
    }

    fn shop(&self) -> &'a Shop {
        self.convention.shop
    }

    /// How numbers are written in this cell.
    pub(crate) fn number_format_for(
        &self,
        rule: &ColumnRule,
        content: CellContent<'_>,
    ) -> NumberFormat {
        match content {
            CellContent::Number(_) => NumberFormat { decimal_mark: Some('.'), thousands: None },
            _ => NumberFormat {
                decimal_mark: rule.decimal.or(self.style.decimal_mark),
                ..self.style
            },
        }
    }

    /// What a cell says about an attribute; nothing when it cannot be read, which is noted.
    pub(crate) fn read_data(
        &self,
        slot: &AttributeTarget<'_>,
        column: &PlannedColumn<'_>,
        content: CellContent<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) -> Option<ValueData> {
        let rule = &column.rule;
        if slot.check.is_status() {
            let state = status::read_state(slot, column, content);
            if state.is_none() {
                let problem = CellProblem::new("status-unknown", words!("status-unknown"));
                notes.warn_left_out(&column.name, &content.text(), &problem);
            }
            return state.map(status::state_data);
        }
        if let DataType::Options | DataType::Assets = slot.attribute.data_type {
            return self.read_names(slot, column, content, notes);
        }
        if slot.check == AttributeRule::AltTexts && slot.attribute.data_type == DataType::Table {
            return Some(alt_texts::read_alt_texts(content, rule));
        }
        let text = content.read_text(rule);
        let data = match slot.check {
            AttributeRule::Gtin => gtin_lists::parse_first_gtin(&text).map(|(data, others)| {
                if !others.is_empty() {
                    let message = words!("gtin-several", others = others.join(", "));
                    let note = Diagnostic::new_info("gtin-several", message);
                    notes.push_diagnostic(note.at_cell(&column.name, &content.text()));
                }
                data
            }),
            AttributeRule::Family => self.resolve_family(&text),
            AttributeRule::None
            | AttributeRule::Categories
            | AttributeRule::AltTexts
            | AttributeRule::Status
            | AttributeRule::StatusOff => self.parse_value(slot.attribute, rule, content, &text),
        };
        match data {
            Ok(data) => Some(data),
            Err(problem) => {
                notes.warn_left_out(&column.name, &content.text(), &problem);
                None
            }
        }
    }

    fn parse_value(
        &self,
        attribute: &AttributeDefinition,
        rule: &ColumnRule,
        content: CellContent<'_>,
        text: &str,
    ) -> Result<ValueData, CellProblem> {
        let style = self.number_format_for(rule, content);
        Ok(match attribute.data_type {
            DataType::Text => ValueData::Text(parse::clean_text(text)),
            DataType::RichText => ValueData::RichText(RichText::sanitize(text)),
            DataType::Boolean => ValueData::Boolean(parse::parse_boolean(text)?),
            DataType::Integer => ValueData::Integer(parse::parse_integer(text, style)?),
            DataType::Decimal => {
                ValueData::Decimal(price::divide_amount(parse::parse_decimal(text, style)?, rule))
            }
            DataType::Date => ValueData::Date(parse::parse_date(text, rule.date.as_deref())?),
            DataType::Measurement => {
                let (own, written) = (attribute.unit.as_ref(), rule.unit.as_ref());
                ValueData::Measurement(parse::parse_measurement(text, own, written, style)?)
            }
            DataType::Money => ValueData::Money(self.read_money(text, rule, style)?),
            DataType::Table => {
                return Err(CellProblem::new("table-cell", words!("table-cell")));
            }
            DataType::Options | DataType::Assets => unreachable!("lists are read as names"),
        })
    }
}

fn parse_gtin(text: &str) -> Result<ValueData, CellProblem> {
    if let Some((digits, _)) = text.to_ascii_uppercase().split_once("E+")
        && digits.contains([',', '.'])
    {
        return Err(CellProblem::new("gtin-rounded", words!("gtin-rounded")));
    }
    match Gtin::new(&parse::clean_key(text)) {
        Ok(gtin) => Ok(ValueData::Text(gtin.to_string())),
        Err(error) => {
            let code = match error {
                CodeError::GtinCheckDigit { .. } => "gtin-check-digit",
                CodeError::GtinLength { .. } => "gtin-length",
                _ => "gtin-character",
            };
            Err(CellProblem::new(code, error.localized_text()))
        }
    }
}
