//! What tests of imports share: a shop, and all that is in a file.

#![expect(clippy::missing_panics_doc, reason = "a test that panics is a test that fails")]

use std::fs;
use std::path::Path;

use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::ImportRecord;
use rikaste_model::shop::Shop;

use super::{FileError, ImportStream, StreamProgress};

/// The folder of a shop, for as long as a test runs.
#[derive(Debug)]
pub struct TestShop(tempfile::TempDir);

/// The shop's `shop.toml`.
pub const SHOP: &str = r#"
name = "Test"
time_zone = "Europe/Helsinki"
locales = ["fi-FI", "sv-SE", "en-GB"]
price_list = "retail"
[price_lists.retail]
currency = "EUR"
[price_lists.sweden]
currency = "SEK"
[locations.helsinki]
label = "Helsinki, Kamppi"
[locations.central]
label = "Central warehouse"
kind = "warehouse"
"#;

/// The shop's `model.toml`.
pub const MODEL: &str = r#"
[attributes.name]
type = "text"
localizable = true
[attributes.description]
type = "rich-text"
localizable = true
scopable = true
[attributes.color]
type = "options"
options.moss = { "fi-FI" = "Sammal" }
options.night = { "fi-FI" = "Yönsininen" }
[attributes.size]
type = "options"
[attributes.weight]
type = "measurement"
unit = "kg"
[attributes.reflective]
type = "boolean"
[attributes.available_from]
type = "date"
[attributes.water_column]
type = "integer"
[families.jacket]
label = { "fi-FI" = "Takit" }
[categories.outerwear]
[categories.sale]
label = { "fi-FI" = "Ale" }
[associations.care-product]
"#;

impl TestShop {
    /// A shop with attributes of most types, two price lists and two locations.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it makes a folder")]
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        folder.write("shop.toml", SHOP);
        folder.write("model.toml", MODEL);
        folder.write("channels/web.toml", "locales = [\"fi-FI\"]\n");
        folder
    }

    /// Writes a file of the folder.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// The shop as its files say now.
    #[must_use]
    pub fn shop(&self) -> Shop {
        Shop::load_from_folder(self.path()).expect("a valid shop")
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// What came of a file.
#[derive(Debug)]
pub struct ImportedFile {
    /// What it was read as.
    pub read_as: String,
    /// Its records.
    pub records: Vec<ImportRecord>,
    /// The severity and text of each message.
    pub messages: Vec<String>,
    /// How far reading came: to the end.
    pub progress: StreamProgress,
}

impl ImportedFile {
    /// Reads a file to its end, in batches of three, so that every test goes over their edges.
    ///
    /// # Errors
    /// When the file cannot be read any further.
    pub fn read_all(mut reading: ImportStream<'_>) -> Result<Self, FileError> {
        let (mut records, mut messages) = (Vec::new(), DiagnosticCollector::default());
        let progress = loop {
            let progress = reading.next_batch(3, &mut records, &mut messages)?;
            if progress.finished {
                break progress;
            }
        };
        for question in reading.list_questions() {
            messages.push_diagnostic(question.to_diagnostic(reading.file_name()));
        }
        let messages = messages.into_diagnostics().0;
        let messages = messages.iter().map(|it| format!("{} {it}", it.severity)).collect();
        Ok(Self { read_as: reading.read_as().to_owned(), records, messages, progress })
    }
}
