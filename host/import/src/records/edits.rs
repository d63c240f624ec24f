//! Rows of edit files.

use rikaste_model::code::AttributeCode;
use rikaste_model::moment::Window;
use rikaste_model::record::{CellChange, EditRecord};
use rikaste_model::shop::find_nearest_name;
use rikaste_model::value::AttributeValue;
use rikaste_model::words;
use smol_str::SmolStr;

use crate::columns::{AttributeRule, AttributeTarget, RecordField};
use crate::records::cells::CellReader;
use crate::records::fields::RowFields;
use crate::records::parse::CellProblem;
use crate::records::row_diagnostics::{RowDiagnostics, RowRefusal};

/// Who edits, when the file does not say it.
const DEFAULT_EDITOR: &str = "edits";

/// Reads the edit that a row holds. Nothing when its value cannot be read, which is noted.
pub(crate) fn read_edit(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
    notes: &mut RowDiagnostics<'_>,
) -> Result<Option<EditRecord>, RowRefusal> {
    let slot = read_edit_target(fields, cells)?;
    let window = fields.read_window()?;
    let by = match fields.field_text(RecordField::By) {
        text if text.is_empty() => SmolStr::new_static(DEFAULT_EDITOR),
        text => SmolStr::new(text),
    };
    let field = value_field(fields);
    let column = fields.plan.column_of_field(field).unwrap_or_default();
    let change = match fields.find_cell(field) {
        None => build_clear(slot, window),
        Some((cell_column, _, content)) => {
            match cells.read_data(&slot, cell_column, content, notes) {
                Some(data) => CellChange::Set(AttributeValue {
                    attribute: slot.code,
                    locale: slot.locale,
                    channel: slot.channel,
                    window,
                    data,
                }),
                None => return Ok(None),
            }
        }
    };
    Ok(Some(EditRecord { column, change, by }))
}

/// Whether a row of a list of gaps was not filled in: it says nothing.
pub(crate) fn is_unfilled(fields: &RowFields<'_, '_, '_>) -> bool {
    let field = value_field(fields);
    field == RecordField::NewValue && fields.find_cell(field).is_none()
}

/// The column of values: that of a list of gaps where there is no other.
fn value_field(fields: &RowFields<'_, '_, '_>) -> RecordField {
    match fields.plan.column_of_field(RecordField::Value) {
        Some(_) => RecordField::Value,
        None => RecordField::NewValue,
    }
}

fn build_clear(slot: AttributeTarget<'_>, window: Window) -> CellChange {
    CellChange::Clear { attribute: slot.code, locale: slot.locale, channel: slot.channel, window }
}

/// Where the edit's value goes.
fn read_edit_target<'a>(
    fields: &RowFields<'_, 'a, '_>,
    cells: &CellReader<'a>,
) -> Result<AttributeTarget<'a>, RowRefusal> {
    let convention = cells.convention();
    let slot = fields.read_field(RecordField::Attribute, |text| {
        convention.find_attribute(text).ok_or_else(|| {
            let known = convention.shop.attributes.keys().map(AttributeCode::as_str);
            let hint = find_nearest_name(text, known).map(|near| words!("or-meant", near = near));
            CellProblem::new(
                "attribute-unknown",
                words!("attribute-unknown", text = text, hint = hint),
            )
        })
    })?;
    let mut slot = slot
        .ok_or_else(|| fields.missing_field(RecordField::Attribute, words!("edit-no-attribute")))?;
    slot.locale =
        fields.read_field(RecordField::Locale, |text| match convention.find_locale(text) {
            Some(_) if !slot.attribute.localizable => Err(CellProblem::new(
                "locale-unknown",
                words!("locale-none", attribute = slot.code.as_str()),
            )),
            Some(locale) => Ok(locale),
            None => Err(CellProblem::new("locale-unknown", words!("locale-unknown", text = text))),
        })?;
    if slot.check == AttributeRule::AltTexts {
        // Which photo a text is of only a product's row tells.
        slot.check = AttributeRule::None;
    }
    slot.channel =
        fields.read_field(RecordField::Channel, |text| match convention.find_channel(text) {
            Some(_) if !slot.attribute.scopable => Err(CellProblem::new(
                "channel-unknown",
                words!("channel-none", attribute = slot.code.as_str()),
            )),
            Some(channel) => Ok(channel),
            None => {
                Err(CellProblem::new("channel-unknown", words!("channel-unknown", text = text)))
            }
        })?;
    Ok(slot)
}
