//! The acid tests of others, where they are at hand.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::byte_reader::ByteReader;
use crate::format::TextEncoding;
use crate::json::JsonElements;
use crate::table::{
    CsvDialect, DialectOverride, FileSample, HeaderSearch, NameMeaning, TableReader,
};

/// A folder of the data that lie beside the repository, if it is at hand.
fn shared_data(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    path.is_dir().then_some(path)
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of tests");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    paths
}

fn intake(bytes: &[u8]) -> ByteReader<'_> {
    ByteReader::new(Box::new(bytes), Vec::new(), TextEncoding::Utf8)
}

#[test]
fn csv_spectrum() {
    let Some(folder) = shared_data("parsers/csv-spectrum") else {
        return;
    };
    let cases = files(&folder.join("csvs"), "csv");
    assert_eq!(cases.len(), 12);
    for path in cases {
        let bytes = std::fs::read(&path).expect("a case");
        let sample = FileSample { text: &bytes, whole: true };
        let dialect = CsvDialect::detect_in(sample, DialectOverride::default(), &|_| false);
        let search = HeaderSearch { row: None, meaning: &|_| NameMeaning::Unknown };
        let table = intake(&bytes).with_charset_detection(None);
        let mut sheet = TableReader::open_csv(table, dialect, search).expect("a header");
        let headers = sheet.headers().to_vec();
        let mut rows = Vec::new();
        while let Some(line) = sheet.next_row().expect("a row") {
            let cells =
                headers.iter().map(ToString::to_string).zip(line.record.iter().map(Value::from));
            rows.push(Value::Object(cells.collect()));
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let expected = std::fs::read(folder.join("json").join(name + ".json")).expect("its JSON");
        match serde_json::from_slice(&expected).expect("JSON") {
            // One case has another telephone number in its JSON than in its CSV, and no array.
            Value::Object(only) => {
                assert_eq!(rows[0]["Location Coordinates"], only["Location Coordinates"]);
            }
            // Some copies have lost the CR in the CSV or in the JSON.
            expected => {
                let text = |value: Value| value.to_string().replace("\\r\\n", "\\n");
                assert_eq!(text(Value::Array(rows)), text(expected), "{}", path.display());
            }
        }
    }
}

/// All elements of an array, or none if anything is wrong with it.
fn elements(bytes: &[u8]) -> Option<Vec<Value>> {
    let mut elements = JsonElements::from_array(intake(bytes));
    let mut found = Vec::new();
    while let Some(value) = elements.next_value().ok()? {
        found.push(value.ok()?.into());
    }
    Some(found)
}

#[test]
fn json_test_suite() {
    let Some(folder) = shared_data("parsers/json-test-suite/test_parsing") else {
        return;
    };
    let mut arrays = 0;
    for path in files(&folder, "json") {
        let bytes = std::fs::read(&path).expect("a case");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let read = elements(&bytes);
        let is_array = bytes.trim_ascii_start().starts_with(b"[");
        match &name[..2] {
            "y_" if is_array => {
                arrays += 1;
                let whole: Vec<Value> = serde_json::from_slice(&bytes).expect("valid JSON");
                assert_eq!(read, Some(whole), "{name}");
            }
            // What is wrong with a file must not go unsaid; 64 levels are the limit here.
            "n_" => assert_eq!(read, None, "{name}"),
            _ => {}
        }
    }
    assert_eq!(arrays, 75);
}
