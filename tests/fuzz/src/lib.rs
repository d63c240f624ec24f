//! What the fuzz targets share: a shop, and ways into what reads foreign bytes. They are the ways
//! that people use: `rikaste import --explain`, a drop, a question to the interface.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rikaste_import::{FileError, FileExplanation, FileImporter, MappingSet};
use rikaste_model::record::DropKind;
use rikaste_model::shop::Shop;
use rikaste_tables::ReadError;

pub mod package;
pub mod pipeline;

const SHOP: &str = r#"
name = "Fuzz"
time_zone = "Europe/Helsinki"
locales = ["fi-FI", "sv-SE", "en-GB", "de-DE"]
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

/// An attribute of every type.
const MODEL: &str = r#"
[attributes.name]
type = "text"
localizable = true
search = "title"
[attributes.description]
type = "rich-text"
localizable = true
scopable = true
search = "text"
[attributes.color]
type = "options"
facet = true
options.moss = { "fi-FI" = "Sammal" }
options.night = { "fi-FI" = "Yönsininen" }
[attributes.size]
type = "options"
facet = true
[attributes.weight]
type = "measurement"
unit = "kg"
[attributes.volume]
type = "measurement"
unit = "l"
[attributes.reflective]
type = "boolean"
[attributes.available_from]
type = "date"
[attributes.water_column]
type = "integer"
[attributes.rating]
type = "decimal"
[attributes.deposit]
type = "money"
[attributes.photos]
type = "assets"
[attributes.sizes]
type = "table"
[families.jacket]
label = { "fi-FI" = "Takit" }
[categories.outerwear]
label = { "fi-FI" = "Päällysvaatteet" }
[categories.sale]
[associations.care-product]
"#;

/// A folder for as long as the process; `run` empties what it lies in.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder").keep();
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text);
        std::fs::create_dir(folder.join("channels")).expect("a folder");
        std::fs::create_dir(folder.join("mappings")).expect("a folder");
        write("shop.toml", SHOP).expect("written");
        write("model.toml", MODEL).expect("written");
        write("channels/web.toml", "locales = [\"fi-FI\", \"en-GB\"]\n").expect("written");
        folder
    })
}

/// The shop in [`folder`].
pub fn shop() -> &'static Shop {
    static SHOP: OnceLock<Shop> = OnceLock::new();
    SHOP.get_or_init(|| Shop::load_from_folder(folder()).expect("a valid shop"))
}

/// Which kind of drop an input is taken for: its length says it, so that any file is a seed. Every
/// second one is products, of which there is most to read.
pub fn kind(bytes: &[u8]) -> DropKind {
    const KINDS: [DropKind; 4] =
        [DropKind::Reviews, DropKind::Stock, DropKind::Prices, DropKind::Edits];
    match bytes.len() % 8 {
        at @ 0..4 => KINDS[at],
        _ => DropKind::Products,
    }
}

/// Reads a file as `rikaste import --explain` and `--draft-mapping` do.
pub fn explain(kind: DropKind, name: &str, bytes: &[u8]) -> Result<FileExplanation, FileError> {
    static NONE: OnceLock<MappingSet> = OnceLock::new();
    explain_by(NONE.get_or_init(MappingSet::default), kind, name, bytes)
}

/// The same with mappings. Whatever the file is, what is made of it can be shown, and a mapping
/// that was drafted is TOML.
pub fn explain_by(
    mappings: &MappingSet,
    kind: DropKind,
    name: &str,
    bytes: &[u8],
) -> Result<FileExplanation, FileError> {
    let reading = FileImporter::new(shop(), mappings).open_source(kind, name, bytes);
    check_explanation(reading.and_then(|reading| reading.explain_file(kind)))
}

/// Asserts what holds of every explanation of a file.
pub fn check_explanation(
    explained: Result<FileExplanation, FileError>,
) -> Result<FileExplanation, FileError> {
    match &explained {
        Ok(explained) => {
            let draft = explained.draft_mapping();
            assert!(toml::from_str::<toml::Table>(&draft).is_ok(), "no TOML:\n{draft}");
            serde_json::to_string(explained).expect("what is explained can be shown");
        }
        Err(FileError::Read(ReadError::Io(error))) => panic!("reading from memory failed: {error}"),
        Err(unreadable) => assert!(!unreadable.to_diagnostic().to_string().is_empty()),
    }
    explained
}

/// Writes a file in [`folder`]; the same file each time, so that a run needs no room.
pub fn write(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    let mut file = std::fs::File::create(&path).expect("a file");
    file.write_all(bytes).expect("written");
    path
}

/// Lets a reader of workbooks panic in its own thread, which is reported as a damaged file; every other
/// panic is a finding.
pub fn expect_damaged_workbooks() {
    let find = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let own = panic.location().is_none_or(|place| !place.file().contains("calamine"));
        if own || std::thread::current().name() != Some("workbook") {
            find(panic);
        }
    }));
}
