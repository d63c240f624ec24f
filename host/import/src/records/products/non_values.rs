//! Cells of products that have something in them and say nothing.

use rikaste_model::publication::PublicationState;
use rikaste_model::value::DataType;

use crate::columns::{AttributeRule, ColumnTarget, PlannedColumn};
use crate::records::cells::CellReader;
use crate::records::parse::{self, NumberFormat};
use crate::records::row::{CellContent, RowView};

/// Why a cell says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::records) enum NonValue {
    /// It says something.
    No,
    /// A word for an empty field, where no value is written so.
    Placeholder,
    /// Markup without a text.
    BlankMarkup,
}

/// Whether a cell says nothing. A word such as `-` or `NULL` may be a text, so it counts only where it
/// could not be read as what the column holds.
#[inline]
pub(in crate::records) fn read_non_value(
    cells: &CellReader<'_>,
    column: &PlannedColumn<'_>,
    content: CellContent<'_>,
) -> NonValue {
    let CellContent::Text(text) = content else { return NonValue::No };
    if !parse::may_say_nothing(text) || column.rule.values.contains_key(text) {
        return NonValue::No;
    }
    classify_text(cells, column, text)
}

fn classify_text(cells: &CellReader<'_>, column: &PlannedColumn<'_>, text: &str) -> NonValue {
    let can_be_blank = match &column.target {
        ColumnTarget::Value(slot) => {
            matches!(slot.attribute.data_type, DataType::Text | DataType::RichText)
        }
        _ => false,
    };
    if can_be_blank {
        return match parse::is_blank_markup(text) {
            true => NonValue::BlankMarkup,
            false if is_placeholder_here(cells, column, text) => NonValue::Placeholder,
            false => NonValue::No,
        };
    }
    match is_placeholder_here(cells, column, text) {
        true => NonValue::Placeholder,
        false => NonValue::No,
    }
}

fn is_placeholder_here(cells: &CellReader<'_>, column: &PlannedColumn<'_>, text: &str) -> bool {
    // `none` is a state in which nothing is offered.
    if !parse::is_placeholder(text) || column.target.is_status() {
        return false;
    }
    match &column.target {
        ColumnTarget::Price(_)
        | ColumnTarget::Stock(_)
        | ColumnTarget::Links(_)
        | ColumnTarget::Variants
        | ColumnTarget::Parent
        | ColumnTarget::Kind => true,
        // `none` is a state in some systems.
        ColumnTarget::Value(slot) if slot.check.is_status() => {
            PublicationState::from_word(text).is_none()
        }
        ColumnTarget::Value(slot) => match (slot.attribute.data_type, slot.check) {
            (_, AttributeRule::Gtin) => true,
            (_, AttributeRule::Family) => !cells.has_family(text),
            (DataType::Options, _) => !cells.has_option(text, slot),
            (DataType::Boolean, _) => parse::parse_boolean(text).is_err(),
            (DataType::Decimal | DataType::Integer, _) => {
                parse::parse_decimal(text, NumberFormat::default()).is_err()
            }
            (DataType::Date | DataType::Measurement | DataType::Money | DataType::Assets, _) => {
                true
            }
            (DataType::Text | DataType::RichText | DataType::Table, _) => false,
        },
        _ => false,
    }
}

/// Whether a cell that says `false` is the boolean of a workbook in a column of texts: programs write it for an
/// empty field.
#[inline]
pub(in crate::records) fn is_false_text(
    row: &RowView<'_>,
    at: u16,
    column: &PlannedColumn<'_>,
    content: CellContent<'_>,
) -> bool {
    let CellContent::Text("false") = content else { return false };
    let is_text = match &column.target {
        // Not published, and not empty.
        ColumnTarget::Value(slot) if slot.check.is_status() => false,
        ColumnTarget::Value(slot) => matches!(
            slot.attribute.data_type,
            DataType::Text | DataType::RichText | DataType::Options | DataType::Assets
        ),
        ColumnTarget::Parent | ColumnTarget::Variants | ColumnTarget::Links(_) => true,
        _ => false,
    };
    is_text && row.is_boolean(at) && !column.rule.values.contains_key("false")
}
