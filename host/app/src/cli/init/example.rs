//! The product file that a new shop has to try.

use anyhow::Context;
use rikaste_model::locale::Locale;

/// The language of texts in a shop whose languages the example does not have.
const SPARE_LANGUAGE: &str = "en";

/// The example with the columns of the shop's locales: `name-fi` becomes `name-fi_FI`, and goes where no locale
/// speaks Finnish.
pub(super) fn localize_example(csv: &str, locales: &[Locale]) -> anyhow::Result<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().context("the example of the template is no CSV")?.clone();
    let columns: Vec<(usize, String)> = headers
        .iter()
        .enumerate()
        .flat_map(|(index, header)| {
            localize_header(header, locales).into_iter().map(move |header| (index, header))
        })
        .collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns.iter().map(|(_, header)| header))?;
    for record in reader.records() {
        let record = record.context("the example of the template is no CSV")?;
        writer.write_record(columns.iter().map(|(index, _)| &record[*index]))?;
    }
    let bytes = writer.into_inner().context("a text in memory takes all")?;
    String::from_utf8(bytes).context("the example of the template is no UTF-8")
}

fn localize_header(header: &str, locales: &[Locale]) -> Vec<String> {
    let Some((attribute, language)) = header.split_once('-') else {
        return vec![header.to_owned()];
    };
    let speaking: Vec<_> = locales
        .iter()
        .filter(|locale| locale.language() == language)
        .map(|locale| format!("{attribute}-{}", locale.as_str().replace('-', "_")))
        .collect();
    let is_known = |locale: &Locale| matches!(locale.language(), "fi" | "sv" | "en" | "de");
    if language == SPARE_LANGUAGE && !locales.iter().any(is_known) {
        return vec![attribute.to_owned()];
    }
    speaking
}
