//! Columns without which no row can be read.

use rikaste_model::record::DropKind;
use rikaste_model::words;
use rikaste_model::words::LocalizedText;
use smol_str::SmolStr;

use super::ColumnPlan;
use crate::columns::sku_names::SkuLikeness;
use crate::columns::target::{ColumnTarget, RecordField};
use crate::file_error::FileError;

impl ColumnPlan<'_> {
    /// That the columns are there without which no row can be read.
    pub(crate) fn check_required_columns(&self, file_name: &str) -> Result<(), FileError> {
        let headers = || self.own_headers();
        if self.sku.is_empty() {
            return Err(self.no_sku_error(file_name));
        }
        if self.is_wide_edits() {
            self.check_wide_edits()?;
        }
        let lacking = |what, advice| Err(FileError::NoColumn { what, headers: headers(), advice });
        let has = |field| self.column_of_field(field).is_some();
        let wide = |is: fn(&ColumnTarget<'_>) -> bool| {
            self.columns.iter().any(|column| is(&column.target))
        };
        let rated = has(RecordField::Rating);
        let has_place =
            has(RecordField::Location) || self.convention.shop.default_location().is_some();
        let stocked = has(RecordField::Quantity) && has_place
            || wide(|target| matches!(target, ColumnTarget::Stock(_)));
        let priced =
            has(RecordField::Price) || wide(|target| matches!(target, ColumnTarget::Price(_)));
        let has_value = has(RecordField::Value) || has(RecordField::NewValue);
        let edited = match self.is_wide_edits() {
            true => wide(|target| matches!(target, ColumnTarget::Value(_))),
            false => has(RecordField::Attribute) && has_value,
        };
        match self.convention.kind {
            DropKind::Reviews if !rated => {
                lacking(words!("column-rating"), words!("advice-rating"))
            }
            DropKind::Stock if !stocked && has(RecordField::Quantity) => {
                lacking(words!("column-location"), self.location_advice())
            }
            DropKind::Stock if !stocked => lacking(words!("column-stock"), words!("advice-stock")),
            DropKind::Prices if !priced => lacking(words!("column-price"), words!("advice-price")),
            DropKind::Edits if !edited => lacking(words!("column-edit"), words!("advice-edit")),
            _ => Ok(()),
        }
    }

    /// How stock without a location finds its place.
    fn location_advice(&self) -> LocalizedText {
        match &self.convention.shop.locations[..] {
            [] => words!("header-no-locations"),
            [first, ..] => words!("advice-location", first = first.code.as_str()),
        }
    }

    /// The headers without the constants.
    pub(crate) fn own_headers(&self) -> Vec<SmolStr> {
        let of_sheet = self.names.iter().take(self.width);
        let of_elements = self.names.iter().filter(|name| self.path_columns.has_path(name));
        of_sheet.chain(of_elements).cloned().collect()
    }

    fn no_sku_error(&self, file_name: &str) -> FileError {
        let headers = self.own_headers();
        match self.mapping {
            Some(mapping) if !mapping.sku.is_empty() => FileError::NoMappedSku {
                mapping: mapping.name.clone(),
                wanted: mapping.sku.iter().map(SmolStr::new).collect(),
                headers,
            },
            _ => {
                // Of equals the first.
                let names = headers.iter().filter(|name| !name.is_empty()).rev();
                let likeliest = names.max_by_key(|name| SkuLikeness::of_name(name));
                let first = likeliest.cloned().unwrap_or_default();
                FileError::NoSku { headers, first, file: file_name.to_owned() }
            }
        }
    }
}
