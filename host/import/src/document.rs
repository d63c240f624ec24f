//! Documents: opening files of JSON and XML, which are trees.
//!
//! Where the records are, and what they look like, is told from the first bytes.

use std::io::Read;

use rikaste_model::record::DropKind;
use smol_str::SmolStr;

use super::byte_reader::{ByteReader, CHUNK_SIZE};
use super::document_value::DocumentObject;
use super::flatten::ElementFlattener;
use super::format::{FileFormat, TextEncoding};
use super::header::HeaderConvention;
use super::import_stream::RowSource;
use super::json::{JsonElements, RecordLocation, first_json_record};
use super::mapping::Mapping;
use super::synonyms;
use super::target::ColumnTarget;
use super::xml::{DecodingReader, RecordPath, XmlElements, declared_encoding, first_xml_record};

/// A file of JSON or XML that is being opened.
pub(super) struct DocumentOpener<'s, 'a> {
    /// Its first characters.
    pub(super) start: &'s str,
    pub(super) format: FileFormat,
    pub(super) file_name: &'s str,
    pub(super) mapping: Option<&'a Mapping>,
    pub(super) convention: HeaderConvention<'a>,
}

/// What a file of JSON or XML is read as.
pub(super) struct OpenedDocument<'a> {
    pub(super) rows: RowSource<'a>,
    /// In words.
    pub(super) name: String,
    pub(super) encoding: &'static str,
    /// The columns of the first record, as far as they are seen.
    pub(super) columns: Vec<SmolStr>,
}

impl<'a> DocumentOpener<'_, 'a> {
    pub(super) fn open_document(
        &self,
        source: Box<dyn Read + 'a>,
        head: Vec<u8>,
        encoding: TextEncoding,
    ) -> OpenedDocument<'a> {
        let records = self.mapping.and_then(|mapping| mapping.records.as_deref());
        let has_sku = |object: &DocumentObject<'_>| self.has_sku(object);
        let whole = head.len() < CHUNK_SIZE;
        let intake = |source, head, encoding| ByteReader::new(source, head, encoding);
        let (rows, name, encoding, first) = match self.format {
            FileFormat::Xml => {
                let path = RecordPath::detect_in(self.start, records, has_sku);
                let first = first_xml_record(self.start, &path);
                let name = path.name();
                let (intake, encoding) = match declared_encoding(self.start) {
                    Some(declared) if encoding == TextEncoding::Utf8 => {
                        let whole = std::io::Cursor::new(head).chain(source);
                        let decoded = Box::new(DecodingReader::new(whole, declared));
                        (intake(decoded, Vec::new(), encoding), declared.name())
                    }
                    _ => (intake(source, head, encoding), encoding.name()),
                };
                (RowSource::Xml(Box::new(XmlElements::new(intake, path))), name, encoding, first)
            }
            FileFormat::JsonArray => {
                let rows = Box::new(JsonElements::from_array(intake(source, head, encoding)));
                let first = first_json_record(self.start, &[]);
                (RowSource::Json(rows), self.format.name().to_owned(), encoding.name(), first)
            }
            _ => {
                let place = match records {
                    None if self.has_json_lines_extension() => RecordLocation::Lines,
                    _ => RecordLocation::detect_in(self.start, whole, records, has_sku),
                };
                let first = first_json_record(self.start, place.path());
                let name = place.name();
                let rows =
                    Box::new(JsonElements::from_location(intake(source, head, encoding), place));
                (RowSource::Json(rows), name, encoding.name(), first)
            }
        };
        OpenedDocument {
            rows,
            name,
            encoding,
            columns: first.map(|first| self.list_columns(&first)).unwrap_or_default(),
        }
    }

    fn has_json_lines_extension(&self) -> bool {
        let name = self.file_name.to_lowercase();
        [".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending))
    }

    /// Whether an object looks like a record: something in it is the SKU.
    fn has_sku(&self, object: &DocumentObject<'_>) -> bool {
        match self.mapping {
            Some(mapping) if !mapping.sku.is_empty() => mapping.sku.iter().any(|sku| {
                let first = sku.split(['.', '[']).next().unwrap_or(sku);
                object.contains_key(first)
            }),
            _ => object.keys().any(|key| {
                let target = self.convention.find_target(key).and_then(Result::ok);
                let target =
                    target.or_else(|| synonyms::find_synonym_target(&self.convention, key));
                matches!(target, Some(ColumnTarget::Sku))
            }),
        }
    }

    fn list_columns(&self, first: &DocumentObject<'_>) -> Vec<SmolStr> {
        let with_names = self.convention.kind == DropKind::Products;
        let tree = ElementFlattener { with_names, claims: &|_, _| false };
        let mut columns = Vec::new();
        let mut leaf = |path: &str, _| columns.push(SmolStr::new(path));
        let parts = tree.flatten_element(first, &mut leaf);
        let named: Vec<_> = parts.named.iter().map(|(name, _)| SmolStr::new(name)).collect();
        let lists: Vec<_> = parts.lists.iter().map(|(path, _)| SmolStr::new(path)).collect();
        columns.extend(named.into_iter().chain(lists));
        columns
    }
}
