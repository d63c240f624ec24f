//! Rows of edit files.

use rikaste_model::code::AttributeCode;
use rikaste_model::moment::Window;
use rikaste_model::record::{EditRecord, Saying};
use rikaste_model::shop::nearest;
use rikaste_model::value::Value;
use rikaste_model::words;
use smol_str::SmolStr;

use super::cells::CellReader;
use super::fields::Fields;
use super::notes::{Notes, Refusal};
use super::parse::Problem;
use super::target::{Check, Field, Slot};

/// Who edits, when the file does not say it.
const SOMEBODY: &str = "edits";

/// Reads the edit that a row holds. Nothing when its value cannot be read, which is noted.
pub(super) fn edit(
    fields: &Fields<'_, '_, '_>,
    cells: &CellReader<'_>,
    notes: &mut Notes<'_>,
) -> Result<Option<EditRecord>, Refusal> {
    let slot = slot(fields, cells)?;
    let window = fields.window()?;
    let by = match fields.text(Field::By) {
        text if text.is_empty() => SmolStr::new_static(SOMEBODY),
        text => SmolStr::new(text),
    };
    let column = fields.plan.field(Field::Value).unwrap_or_default();
    let saying = match fields.get(Field::Value) {
        None => clear(slot, window),
        Some((told, _, content)) => match cells.data(&slot, told, content, notes) {
            Some(data) => Saying::Set(Value {
                attribute: slot.code,
                locale: slot.locale,
                channel: slot.channel,
                window,
                data,
            }),
            None => return Ok(None),
        },
    };
    Ok(Some(EditRecord { column, saying, by }))
}

fn clear(slot: Slot<'_>, window: Window) -> Saying {
    Saying::Clear { attribute: slot.code, locale: slot.locale, channel: slot.channel, window }
}

/// Where the edit's value goes.
fn slot<'a>(fields: &Fields<'_, 'a, '_>, cells: &CellReader<'a>) -> Result<Slot<'a>, Refusal> {
    let convention = cells.convention;
    let slot = fields.read(Field::Attribute, |text| {
        convention.attribute(text).ok_or_else(|| {
            let known = convention.shop.attributes.keys().map(AttributeCode::as_str);
            let hint = nearest(text, known).map(|near| words!("or-meant", near = near));
            Problem::new("attribute-unknown", words!("attribute-unknown", text = text, hint = hint))
        })
    })?;
    let mut slot =
        slot.ok_or_else(|| fields.missing(Field::Attribute, words!("edit-no-attribute")))?;
    slot.locale = fields.read(Field::Locale, |text| match convention.locale(text) {
        Some(_) if !slot.attribute.localizable => Err(Problem::new(
            "locale-unknown",
            words!("locale-none", attribute = slot.code.as_str()),
        )),
        Some(locale) => Ok(locale),
        None => Err(Problem::new("locale-unknown", words!("locale-unknown", text = text))),
    })?;
    if slot.check == Check::AltTexts {
        // Which photo a text is of only a product's row tells.
        slot.check = Check::None;
    }
    slot.channel = fields.read(Field::Channel, |text| match convention.channel(text) {
        Some(_) if !slot.attribute.scopable => Err(Problem::new(
            "channel-unknown",
            words!("channel-none", attribute = slot.code.as_str()),
        )),
        Some(channel) => Ok(channel),
        None => Err(Problem::new("channel-unknown", words!("channel-unknown", text = text))),
    })?;
    Ok(slot)
}
