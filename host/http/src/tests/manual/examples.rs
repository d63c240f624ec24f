//! Examples of configuration, of mappings and of files.

use rikaste_model::record::DropKind;
use rikaste_runtime::{PluginLock, PluginSettings};
use rust_xlsxwriter::Workbook;

use super::blocks::{CodeBlock, ExpectedBlocks, read_blocks};
use super::records::outcome;
use super::shop::ExampleShop;
use super::{documentation, manual_files};

#[test]
fn every_toml_block_of_the_manual_is_what_it_says() {
    for block in manual_files().iter().flat_map(|path| read_blocks(path)) {
        if block.word(0) != "toml" {
            continue;
        }
        if let Some(shop) = ExampleShop::with_block(&block) {
            shop.load().unwrap_or_else(|error| panic!("{}{error}", block.place()));
            continue;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("file.toml");
        std::fs::write(&path, &block.text).expect("written");
        let problem = match block.word(1) {
            "plugins" => PluginSettings::load_file(&path).err().map(|error| error.to_string()),
            "lock" => PluginLock::load_file(&path).err().map(|error| error.to_string()),
            // These are run below.
            "mapping" => None,
            // A plugin's own configuration, lines of a preset: only the plugin, or the program, knows them.
            "plugin" | "preset" => {
                block.text.parse::<toml::Table>().err().map(|error| error.to_string())
            }
            other => Some(format!("nobody knows what a {other:?} is")),
        };
        assert_eq!(problem, None, "{}", block.place());
    }
}

#[test]
fn every_json_block_is_json() {
    for block in documentation().iter().flat_map(|path| read_blocks(path)) {
        if block.word(0) == "json" {
            let parsed = serde_json::from_str::<serde_json::Value>(&block.text);
            assert!(parsed.is_ok(), "{}{parsed:?}", block.place());
        }
        if block.word(0) == "jsonl" {
            for line in block.text.lines() {
                let parsed = serde_json::from_str::<serde_json::Value>(line);
                assert!(parsed.is_ok(), "{}{parsed:?}", block.place());
            }
        }
    }
}

/// An example that is being read: perhaps a mapping, one file, and tables beside the mapping.
struct FileExample {
    shop: ExampleShop,
    kind: DropKind,
    name: String,
    bytes: Vec<u8>,
    sheets: Vec<(String, String)>,
}

impl FileExample {
    fn new() -> Self {
        let (name, bytes) = (String::new(), Vec::new());
        let (shop, kind) = (ExampleShop::new(), DropKind::Products);
        Self { shop, kind, name, bytes, sheets: Vec::new() }
    }

    fn of_mapping(block: &CodeBlock) -> Self {
        let mut example = Self::new();
        example.shop.write("mappings/example.toml", &block.text);
        let table = block.text.parse::<toml::Table>().ok();
        let kind = table.as_ref().and_then(|table| table.get("kind")?.as_str());
        if let Some(kind) = kind.and_then(DropKind::from_folder) {
            example.kind = kind;
        }
        example
    }

    /// Takes a block that is a file; its name may have the folder of its kind.
    fn add_file(&mut self, block: &CodeBlock) {
        let name = block.word(1);
        if let Some(name) = name.strip_prefix("mappings/") {
            return self.shop.write(&format!("mappings/{name}"), &block.text);
        }
        if let Some((folder, _)) = name.split_once('/') {
            self.kind = DropKind::from_folder(folder).expect("the folder of a kind");
        }
        self.name = name.rsplit('/').next().unwrap_or(name).to_owned();
        match block.word(2) {
            "" => self.bytes = block.text.clone().into_bytes(),
            // The letters of the example are in Latin-1, where a letter's number is its byte.
            "windows-1252" => self.bytes = block.text.chars().map(|c| c as u8).collect(),
            sheet => {
                self.sheets.push((sheet.to_owned(), block.text.clone()));
                self.bytes = workbook(&self.sheets);
            }
        }
    }
}

/// A workbook of tables that are written as CSV.
fn workbook(sheets: &[(String, String)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, table) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect("a name");
        for (row, line) in (0..).zip(table.lines()) {
            for (column, cell) in (0..).zip(line.split(',')) {
                sheet.write_string(row, column, cell).expect("a cell");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn every_example_file_is_read_as_the_manual_says() {
    let mut read = 0;
    for path in manual_files() {
        let mut expected = ExpectedBlocks::new(&path);
        let mut example: Option<FileExample> = None;
        for block in read_blocks(&path) {
            match block.word(0) {
                "toml" if block.word(1) == "mapping" => {
                    assert!(example.is_none(), "{}comes before what is expected", block.place());
                    example = Some(FileExample::of_mapping(&block));
                }
                "csv" | "json" | "xml" if block.word(1).contains('.') => {
                    example.get_or_insert_with(FileExample::new).add_file(&block);
                }
                // Another test reads the files above it.
                "json" if block.is(&["json", "document"]) => example = None,
                "text" if block.word(1) == "records" => {
                    let FileExample { shop, kind, name, bytes, .. } =
                        example.take().unwrap_or_else(|| panic!("{}no file", block.place()));
                    expected.compare(&block, outcome(&shop, kind, &name, &bytes));
                    read += 1;
                }
                _ => {}
            }
        }
        assert!(example.is_none(), "{}: an example says not what comes of it", path.display());
        expected.finish();
    }
    assert!(read > 20, "only {read} examples were found");
}
