//! Alternative texts: `Jacket, front|Jacket, back`, one for each photo that the row names, in their order.
//!
//! They are kept as the table that plugins write and channels show, so a plugin that makes such texts
//! sees which photos have one already.

use rikaste_model::record::{CellChange, CellRecord};
use rikaste_model::value::{TableData, ValueData};
use rikaste_model::well_known;

use crate::columns::ColumnRule;
use crate::records::row::CellContent;

/// Who made a text that stands in a file.
const MADE_BY_SHOP: &str = "shop";

/// The texts of a cell, of photos that are not known yet. Empty ones keep their place.
pub(crate) fn read_alt_texts(content: CellContent<'_>, rule: &ColumnRule) -> ValueData {
    let separator = rule.split.as_deref().unwrap_or("|");
    let texts: Vec<String> = match content {
        CellContent::List(list) => list.iter().map(|text| text.trim().to_owned()).collect(),
        CellContent::Text(text) | CellContent::Number(text) => {
            text.split(separator).map(|text| text.trim().to_owned()).collect()
        }
    };
    let columns = ["file_name", "alt", "made_by"].map(Into::into).to_vec();
    let row = |text| vec![String::new(), text, MADE_BY_SHOP.to_owned()];
    ValueData::Table(TableData { columns, rows: texts.into_iter().map(row).collect() })
}

/// Gives the texts of a row to the photos that it names. Where it names none, a text keeps its place
/// only: photos may be the product's by their names.
pub(crate) fn assign_to_photos(cells: &mut [CellRecord]) {
    let photos = cells.iter().find_map(|cell| match &cell.change {
        CellChange::Set(value) if value.attribute.as_str() == well_known::IMAGES => {
            match &value.data {
                ValueData::Assets(names) => Some(names.clone()),
                _ => None,
            }
        }
        _ => None,
    });
    let Some(photos) = photos else { return };
    for cell in cells {
        if let CellChange::Set(value) = &mut cell.change
            && value.attribute.as_str() == well_known::IMAGE_ALT
            && let ValueData::Table(table) = &mut value.data
        {
            table.rows.truncate(photos.len());
            for (row, photo) in table.rows.iter_mut().zip(&photos) {
                row[0] = photo.to_string();
            }
            table.rows.retain(|row| !row[1].is_empty());
        }
    }
}
