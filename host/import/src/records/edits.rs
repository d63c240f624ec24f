//! Rows of edit files.

use rikaste_model::code::ChannelCode;
use rikaste_model::locale::Locale;
use rikaste_model::moment::Window;
use rikaste_model::record::{CellChange, EditRecord};
use rikaste_model::value::{AttributeValue, ValueData};
use rikaste_model::words;
use smol_str::SmolStr;

use crate::columns::{
    AttributeRule, AttributeTarget, ColumnTarget, HeaderConvention, PlannedColumn, RecordField,
};
use crate::records::cells::CellReader;
use crate::records::edit_attributes::EditAttributes;
use crate::records::fields::RowFields;
use crate::records::parse::CellProblem;
use crate::records::products::{NonValue, is_false_text, read_non_value};
use crate::records::row::CellContent;
use crate::records::row_diagnostics::{RowDiagnostics, RowRefusal};

/// Who edits, when the file does not say it.
const DEFAULT_EDITOR: &str = "edits";

/// Reads the edit that a row holds. Nothing when its value cannot be read, which is noted.
pub(super) fn read_edit<'a>(
    fields: &RowFields<'_, 'a, '_>,
    cells: &CellReader<'a>,
    attributes: &EditAttributes<'a>,
    notes: &mut RowDiagnostics<'_>,
) -> Result<Option<EditRecord>, RowRefusal> {
    let slot = read_edit_target(fields, cells, attributes)?;
    let window = fields.read_window()?;
    let by = read_editor(fields);
    let field = value_field(fields);
    let column = fields.plan.column_of_field(field).unwrap_or_default();
    let change = match fields.find_cell(field) {
        None => build_clear(slot, window),
        Some((cell_column, _, content)) => {
            match cells.read_data(&slot, cell_column, content, notes) {
                Some(data) => build_set(slot, window, data),
                None => return Ok(None),
            }
        }
    };
    Ok(Some(EditRecord { column, change, by }))
}

/// What a row says that has a column for each attribute.
pub(super) struct WideEdits {
    pub(super) edits: Vec<EditRecord>,
    /// Cells that are empty, and so say nothing.
    pub(super) empty_cells: u64,
}

/// Reads the edits of a row with a column for each attribute. A cell that cannot be read is noted.
pub(super) fn read_wide_edits(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
    notes: &mut RowDiagnostics<'_>,
) -> Result<WideEdits, RowRefusal> {
    let convention = cells.convention();
    let window = fields.read_window()?;
    let by = read_editor(fields);
    let locale = fields.read_field(RecordField::Locale, |text| find_locale(&convention, text))?;
    let channel =
        fields.read_field(RecordField::Channel, |text| find_channel(&convention, text))?;
    let mut read = WideEdits { edits: Vec::new(), empty_cells: 0 };
    for (at, column) in fields.plan.columns() {
        let ColumnTarget::Value(slot) = &column.target else { continue };
        let Some(content) = fields.row.find_cell(at) else { continue };
        if is_without_value(fields, cells, (at, column), content) {
            read.empty_cells += 1;
            continue;
        }
        let unit = fields.plan.unit_column(at).map(|unit| fields.row.cell_text(unit));
        let measured = unit.filter(|unit| !unit.is_empty());
        let measured = measured.map(|unit| format!("{} {unit}", content.text()));
        let content = measured.as_deref().map_or(content, CellContent::Text);
        let placed = narrow_locale(slot.clone(), locale.clone())
            .and_then(|slot| narrow_channel(slot, channel.clone()));
        let slot = match placed {
            Ok(slot) => without_photos(slot),
            Err(problem) => {
                notes.warn_left_out(&column.name, &content.text(), &problem);
                continue;
            }
        };
        if let Some(data) = cells.read_data(&slot, column, content, notes) {
            let change = build_set(slot, window, data);
            read.edits.push(EditRecord { column: at, change, by: by.clone() });
        }
    }
    Ok(read)
}

/// Whether a cell of a wide file says nothing.
fn is_without_value(
    fields: &RowFields<'_, '_, '_>,
    cells: &CellReader<'_>,
    (at, column): (u16, &PlannedColumn<'_>),
    content: CellContent<'_>,
) -> bool {
    content.is_empty() && !column.rule.has_empty_value()
        || is_false_text(fields.row, at, column, content)
        || !matches!(read_non_value(cells, column, content), NonValue::No)
}

fn read_editor(fields: &RowFields<'_, '_, '_>) -> SmolStr {
    match fields.field_text(RecordField::By) {
        text if text.is_empty() => SmolStr::new_static(DEFAULT_EDITOR),
        text => SmolStr::new(text),
    }
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

fn build_set(slot: AttributeTarget<'_>, window: Window, data: ValueData) -> CellChange {
    CellChange::Set(AttributeValue {
        attribute: slot.code,
        locale: slot.locale,
        channel: slot.channel,
        window,
        data,
    })
}

/// Where the edit's value goes.
fn read_edit_target<'a>(
    fields: &RowFields<'_, 'a, '_>,
    cells: &CellReader<'a>,
    attributes: &EditAttributes<'a>,
) -> Result<AttributeTarget<'a>, RowRefusal> {
    let convention = cells.convention();
    let slot = fields.read_field(RecordField::Attribute, |text| attributes.find_attribute(text))?;
    let slot = slot
        .ok_or_else(|| fields.missing_field(RecordField::Attribute, words!("edit-no-attribute")))?;
    let narrowed = fields.read_field(RecordField::Locale, |text| {
        narrow_locale(slot.clone(), Some(find_locale(&convention, text)?))
    })?;
    let slot = narrowed.unwrap_or(slot);
    let narrowed = fields.read_field(RecordField::Channel, |text| {
        narrow_channel(slot.clone(), Some(find_channel(&convention, text)?))
    })?;
    Ok(without_photos(narrowed.unwrap_or(slot)))
}

/// Which photo a text is of only a product's row tells.
fn without_photos(mut slot: AttributeTarget<'_>) -> AttributeTarget<'_> {
    if slot.check == AttributeRule::AltTexts {
        slot.check = AttributeRule::None;
    }
    slot
}

fn find_locale(convention: &HeaderConvention<'_>, text: &str) -> Result<Locale, CellProblem> {
    let unknown = || CellProblem::new("locale-unknown", words!("locale-unknown", text = text));
    convention.find_locale(text).ok_or_else(unknown)
}

fn find_channel(convention: &HeaderConvention<'_>, text: &str) -> Result<ChannelCode, CellProblem> {
    let unknown = || CellProblem::new("channel-unknown", words!("channel-unknown", text = text));
    convention.find_channel(text).ok_or_else(unknown)
}

/// The same in the locale that the row names.
fn narrow_locale(
    mut slot: AttributeTarget<'_>,
    locale: Option<Locale>,
) -> Result<AttributeTarget<'_>, CellProblem> {
    let Some(locale) = locale else { return Ok(slot) };
    if slot.locale.as_ref().is_some_and(|named| *named != locale) {
        return Err(CellProblem::new("locale-unknown", words!("edit-two-places")));
    }
    if !slot.attribute.localizable {
        let message = words!("locale-none", attribute = slot.code.as_str());
        return Err(CellProblem::new("locale-unknown", message));
    }
    slot.locale = Some(locale);
    Ok(slot)
}

/// The same for the channel that the row names.
fn narrow_channel(
    mut slot: AttributeTarget<'_>,
    channel: Option<ChannelCode>,
) -> Result<AttributeTarget<'_>, CellProblem> {
    let Some(channel) = channel else { return Ok(slot) };
    if slot.channel.as_ref().is_some_and(|named| *named != channel) {
        return Err(CellProblem::new("channel-unknown", words!("edit-two-places")));
    }
    if !slot.attribute.scopable {
        let message = words!("channel-none", attribute = slot.code.as_str());
        return Err(CellProblem::new("channel-unknown", message));
    }
    slot.channel = Some(channel);
    Ok(slot)
}
