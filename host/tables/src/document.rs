//! Documents: opening files of JSON and XML, which are trees.
//!
//! Where the records are, and what they look like, is detected from the first bytes.

use std::io::Read;

use smol_str::SmolStr;

use crate::byte_reader::{ByteReader, CHUNK_SIZE};
use crate::document_value::DocumentObject;
use crate::flatten::ElementFlattener;
use crate::format::{FileFormat, TextEncoding};
use crate::json::{JsonElements, RecordLocation, first_json_record};
use crate::row_source::{FormatReader, RowSource};
use crate::xml::{RecordPath, XmlElements, declared_encoding, decode_document, first_xml_record};

/// What the caller knows about the records of a document.
#[derive(Clone, Copy)]
pub struct DocumentHints<'k> {
    /// The path of the records; without one they are found.
    pub records: Option<&'k str>,
    /// Whether an object looks like a record: something in it is the SKU.
    pub has_sku: &'k dyn Fn(&DocumentObject<'_>) -> bool,
    /// Whether a list of names and values stands for columns of these names.
    pub with_names: bool,
}

/// A file of JSON or XML that is being opened.
pub(crate) struct DocumentOpener<'s> {
    /// Its first characters.
    start: &'s str,
    format: FileFormat,
    file_name: &'s str,
    hints: DocumentHints<'s>,
}

impl<'s> DocumentOpener<'s> {
    pub(crate) fn new(
        start: &'s str,
        format: FileFormat,
        file_name: &'s str,
        hints: DocumentHints<'s>,
    ) -> Self {
        Self { start, format, file_name, hints }
    }

    pub(crate) fn open_document<'a>(
        &self,
        source: Box<dyn Read + 'a>,
        head: Vec<u8>,
        encoding: TextEncoding,
    ) -> RowSource<'a> {
        let DocumentHints { records, has_sku, .. } = self.hints;
        let whole = head.len() < CHUNK_SIZE;
        let new_reader = |source, head, encoding| ByteReader::new(source, head, encoding);
        let (rows, name, encoding, first) = match self.format {
            FileFormat::Xml => {
                let path = RecordPath::detect_in(self.start, records, has_sku);
                let first = first_xml_record(self.start, &path);
                let name = path.name();
                let (reader, encoding) = match declared_encoding(self.start) {
                    Some(declared) if encoding == TextEncoding::Utf8 => {
                        let whole = std::io::Cursor::new(head).chain(source);
                        let decoded = Box::new(decode_document(whole, declared));
                        (new_reader(decoded, Vec::new(), encoding), declared.name())
                    }
                    _ => (new_reader(source, head, encoding), encoding.name()),
                };
                (FormatReader::Xml(Box::new(XmlElements::new(reader, path))), name, encoding, first)
            }
            FileFormat::JsonArray => {
                let rows = Box::new(JsonElements::from_array(new_reader(source, head, encoding)));
                let first = first_json_record(self.start, &[]);
                (FormatReader::Json(rows), self.format.name().to_owned(), encoding.name(), first)
            }
            _ => {
                let place = match records {
                    None if self.has_json_lines_extension() => RecordLocation::Lines,
                    _ => RecordLocation::detect_in(self.start, whole, records, has_sku),
                };
                let first = first_json_record(self.start, place.path());
                let name = place.name();
                let rows = Box::new(JsonElements::from_location(
                    new_reader(source, head, encoding),
                    place,
                ));
                (FormatReader::Json(rows), name, encoding.name(), first)
            }
        };
        let columns = first.map(|first| self.list_columns(&first)).unwrap_or_default();
        RowSource::from_document(rows, name, encoding, columns)
    }

    fn has_json_lines_extension(&self) -> bool {
        let name = self.file_name.to_lowercase();
        [".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending))
    }

    fn list_columns(&self, first: &DocumentObject<'_>) -> Vec<SmolStr> {
        let tree = ElementFlattener { with_names: self.hints.with_names, claims: &|_, _| false };
        let mut columns = Vec::new();
        let mut leaf = |path: &str, _| columns.push(SmolStr::new(path));
        let parts = tree.flatten_element(first, &mut leaf);
        let named: Vec<_> = parts.named.iter().map(|(name, _)| SmolStr::new(name)).collect();
        let lists: Vec<_> = parts.lists.iter().map(|(path, _)| SmolStr::new(path)).collect();
        columns.extend(named.into_iter().chain(lists));
        columns
    }
}
