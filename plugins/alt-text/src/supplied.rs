//! Alternative texts that the shop's files give.

use rikaste_plugin::{Data, Image, Product, Table};

use crate::plugin::ATTRIBUTE;

/// What the shop says of the photos of a product in one locale, what it says in that language first.
pub(crate) struct SuppliedTexts<'a>(Vec<&'a Table>);

impl<'a> SuppliedTexts<'a> {
    pub(crate) fn from_product(product: &'a Product, tag: &str) -> Self {
        let values = || product.values_of(ATTRIBUTE).filter(|value| value.is_plain());
        let in_language = values().filter(|value| value.locale.as_deref() == Some(tag));
        let in_any = values().filter(|value| value.locale.is_none());
        let tables = in_language.chain(in_any).filter_map(|value| match &value.data {
            Data::Table(table) => Some(table),
            _ => None,
        });
        Self(tables.collect())
    }

    /// The text of a photo: by its name, or where the shop named no photo, by its place.
    pub(crate) fn text_for_photo(&self, image: &Image, index: usize) -> Option<&'a str> {
        self.0.iter().find_map(|table| {
            let column = |name: &str| table.columns.iter().position(|column| column == name);
            let (file_name, alt) = (column("file_name")?, column("alt")?);
            let named =
                |row: &&Vec<String>| row.get(file_name).is_some_and(|name| !name.is_empty());
            let row = match table.rows.iter().any(|row| named(&row)) {
                true => table.rows.iter().find(|row| row.get(file_name) == Some(&image.file_name)),
                false => table.rows.get(index),
            };
            row?.get(alt).map(|text| text.trim()).filter(|text| !text.is_empty())
        })
    }
}
