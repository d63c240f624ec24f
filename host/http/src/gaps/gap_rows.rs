//! The rows of the file of gaps, in the columns that `inbox/edits` reads.

use rikaste_model::code::AttributeCode;
use rikaste_model::locale::Locale;
use rikaste_model::projection::LocaleCompleteness;
use rikaste_model::resolve::{ResolvedValue, choose_value};
use rikaste_model::shop::{AttributeDefinition, Channel, Shop};
use rikaste_model::value::DataType;

use super::{FoundGaps, WrittenRows};
use crate::body_writer::{BodyWriter, StreamError};

/// The header. An empty `new_value` says nothing.
pub(super) const GAP_COLUMNS: [&str; 6] =
    ["sku", "product_name", "attribute", "locale", "shown_now", "new_value"];

/// Characters of a text that is shown now.
const MAX_SHOWN: usize = 2_000;

/// Writes the gaps of product after product. A model is asked once for what all of its variants show.
pub(super) struct GapRows<'a> {
    shop: &'a Shop,
    channel: &'a Channel,
    written_of_models: WrittenRows,
    /// Those of the product that is being written.
    written_of_product: WrittenRows,
}

impl<'a> GapRows<'a> {
    pub(super) fn new(shop: &'a Shop, channel: &'a Channel) -> Self {
        Self {
            shop,
            channel,
            written_of_models: WrittenRows::new(),
            written_of_product: WrittenRows::new(),
        }
    }

    pub(super) fn write_rows(
        &mut self,
        gaps: &FoundGaps<'_>,
        name: Option<&str>,
        outlet: &mut BodyWriter,
    ) -> Result<(), StreamError> {
        self.written_of_product.clear();
        for one in &gaps.locales {
            let fallback = one.fallback.iter().map(|gap| &gap.attribute);
            for code in one.missing.iter().chain(fallback) {
                self.write_row(gaps, name, one, code, outlet)?;
            }
        }
        Ok(())
    }

    fn write_row(
        &mut self,
        gaps: &FoundGaps<'_>,
        name: Option<&str>,
        one: &LocaleCompleteness,
        code: &str,
        outlet: &mut BodyWriter,
    ) -> Result<(), StreamError> {
        let Some(attribute) = self.find_fillable(code) else { return Ok(()) };
        let shown = self.find_shown(gaps, &one.locale, code);
        let product = &gaps.loaded.product;
        let model =
            gaps.loaded.parent.as_ref().filter(|_| shown.is_some_and(|shown| shown.inherited));
        let sku = model.map_or(product.sku.as_str(), |model| model.sku.as_str());
        let locale = if attribute.localizable { one.locale.as_str() } else { "" };
        let written = match model {
            Some(_) => &mut self.written_of_models,
            None => &mut self.written_of_product,
        };
        if !written.insert((sku.to_owned(), code.to_owned(), locale.to_owned())) {
            return Ok(());
        }
        let shown = shown.map(|shown| shown.value.data.to_string()).unwrap_or_default();
        let shown: String = shown.chars().take(MAX_SHOWN).collect();
        let (name, shown) = (guard_formula(name.unwrap_or_default()), guard_formula(&shown));
        outlet.write_line(&encode_row([sku, &name, code, locale, &shown, ""]))
    }

    /// An attribute that an edit can set. Photos and prices are dropped otherwise.
    fn find_fillable(&self, code: &str) -> Option<&'a AttributeDefinition> {
        let attribute = self.shop.attributes.get(&AttributeCode::new(code).ok()?)?;
        let is_fillable = !matches!(attribute.data_type, DataType::Assets | DataType::Table);
        is_fillable.then_some(attribute)
    }

    /// What is shown of an attribute in a locale, from wherever.
    fn find_shown<'g>(
        &self,
        gaps: &'g FoundGaps<'_>,
        locale: &Locale,
        code: &str,
    ) -> Option<&'g ResolvedValue<'g>> {
        let chain = self.channel.locales.iter().find(|chain| chain.locale == *locale)?;
        let values = gaps.view.resolved_values().find_by_attribute(code);
        choose_value(values, &chain.chain, Some(&self.channel.code), gaps.view.at())
    }
}

/// Spreadsheets take a text for a formula that begins so. The apostrophe is read as none.
fn guard_formula(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

fn encode_row(cells: [&str; GAP_COLUMNS.len()]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(cells).expect("memory takes it");
    let mut row = writer.into_inner().expect("memory takes it");
    row.truncate(row.trim_ascii_end().len());
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_written_for_spreadsheets() {
        let shown = guard_formula("=1+1");
        let row = encode_row(["A", "Takki; \"sininen\"", "name", "en-GB", &shown, ""]);
        let row = String::from_utf8(row).expect("UTF-8");
        assert_eq!(row, "A;\"Takki; \"\"sininen\"\"\";name;en-GB;'=1+1;");
    }
}
