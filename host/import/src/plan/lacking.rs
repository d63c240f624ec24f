//! Columns without which no row can be read.

use rikaste_model::record::DropKind;
use rikaste_model::words;
use smol_str::SmolStr;

use super::Plan;
use crate::target::{Field, Target};
use crate::unreadable::Unreadable;

impl Plan<'_> {
    /// That the columns are there without which no row can be read.
    pub(crate) fn check(&self, file_name: &str) -> Result<(), Unreadable> {
        let headers = || self.own_names();
        if self.sku.is_empty() {
            return Err(self.no_sku(file_name));
        }
        let lacking = |what, advice| Err(Unreadable::NoColumn { what, headers: headers(), advice });
        let has = |field| self.field(field).is_some();
        let wide =
            |is: fn(&Target<'_>) -> bool| self.columns.iter().any(|column| is(&column.target));
        let rated = has(Field::Rating);
        let stocked = has(Field::Location) && has(Field::Quantity)
            || wide(|target| matches!(target, Target::Stock(_)));
        let priced = has(Field::Price) || wide(|target| matches!(target, Target::Price(_)));
        let edited = has(Field::Attribute) && has(Field::Value);
        match self.convention.kind {
            DropKind::Reviews if !rated => {
                lacking(words!("column-rating"), words!("advice-rating"))
            }
            DropKind::Stock if !stocked => lacking(words!("column-stock"), words!("advice-stock")),
            DropKind::Prices if !priced => lacking(words!("column-price"), words!("advice-price")),
            DropKind::Edits if !edited => lacking(words!("column-edit"), words!("advice-edit")),
            _ => Ok(()),
        }
    }

    /// The headers without the constants.
    pub(crate) fn own_names(&self) -> Vec<SmolStr> {
        let of_sheet = self.names.iter().take(self.width);
        let of_elements = self.names.iter().filter(|name| self.by_path.contains(name));
        of_sheet.chain(of_elements).cloned().collect()
    }

    fn no_sku(&self, file_name: &str) -> Unreadable {
        let headers = self.own_names();
        match self.mapping {
            Some(mapping) if !mapping.sku.is_empty() => Unreadable::NoMappedSku {
                mapping: mapping.name.clone(),
                wanted: mapping.sku.iter().map(SmolStr::new).collect(),
                headers,
            },
            _ => {
                let first =
                    headers.iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
                Unreadable::NoSku { headers, first, file: file_name.to_owned() }
            }
        }
    }
}
