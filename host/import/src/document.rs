//! Documents: opening files of JSON and XML, which are trees.
//!
//! Where the records are, and what they look like, is told from the first bytes.

use std::io::Read;

use rikaste_model::record::DropKind;
use smol_str::SmolStr;

use super::elements::{Elements, Place, first_of};
use super::format::{Encoding, Format};
use super::header::Convention;
use super::intake::{CHUNK, Intake};
use super::mapping::Mapping;
use super::reading::Rows;
use super::synonyms;
use super::target::Target;
use super::tree::Tree;
use super::value::Map;
use super::xml::{Decoded, RecordPath, XmlElements, declared, first_record};

/// A file of JSON or XML that is being opened.
pub(super) struct Document<'s, 'a> {
    /// Its first characters.
    pub(super) start: &'s str,
    pub(super) format: Format,
    pub(super) file_name: &'s str,
    pub(super) mapping: Option<&'a Mapping>,
    pub(super) convention: Convention<'a>,
}

/// What a file of JSON or XML is read as.
pub(super) struct OpenDocument<'a> {
    pub(super) rows: Rows<'a>,
    /// In words.
    pub(super) name: String,
    pub(super) encoding: &'static str,
    /// The columns of the first record, as far as they are seen.
    pub(super) columns: Vec<SmolStr>,
}

impl<'a> Document<'_, 'a> {
    pub(super) fn open(
        &self,
        source: Box<dyn Read + 'a>,
        head: Vec<u8>,
        encoding: Encoding,
    ) -> OpenDocument<'a> {
        let records = self.mapping.and_then(|mapping| mapping.records.as_deref());
        let has_sku = |object: &Map<'_>| self.has_sku(object);
        let whole = head.len() < CHUNK;
        let intake = |source, head, encoding| Intake::new(source, head, encoding);
        let (rows, name, encoding, first) = match self.format {
            Format::Xml => {
                let path = RecordPath::of(self.start, records, has_sku);
                let first = first_record(self.start, &path);
                let name = path.name();
                let (intake, encoding) = match declared(self.start) {
                    Some(declared) if encoding == Encoding::Utf8 => {
                        let whole = std::io::Cursor::new(head).chain(source);
                        let decoded = Box::new(Decoded::new(whole, declared));
                        (intake(decoded, Vec::new(), encoding), declared.name())
                    }
                    _ => (intake(source, head, encoding), encoding.name()),
                };
                (Rows::Xml(Box::new(XmlElements::new(intake, path))), name, encoding, first)
            }
            Format::JsonArray => {
                let rows = Box::new(Elements::array(intake(source, head, encoding)));
                let first = first_of(self.start, &[]);
                (Rows::Elements(rows), self.format.name().to_owned(), encoding.name(), first)
            }
            _ => {
                let place = match records {
                    None if self.is_called_lines() => Place::Lines,
                    _ => Place::of(self.start, whole, records, has_sku),
                };
                let first = first_of(self.start, place.path());
                let name = place.name();
                let rows = Box::new(Elements::at(intake(source, head, encoding), place));
                (Rows::Elements(rows), name, encoding.name(), first)
            }
        };
        OpenDocument {
            rows,
            name,
            encoding,
            columns: first.map(|first| self.columns(&first)).unwrap_or_default(),
        }
    }

    fn is_called_lines(&self) -> bool {
        let name = self.file_name.to_lowercase();
        [".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending))
    }

    /// Whether an object looks like a record: something in it is the SKU.
    fn has_sku(&self, object: &Map<'_>) -> bool {
        match self.mapping {
            Some(mapping) if !mapping.sku.is_empty() => mapping.sku.iter().any(|sku| {
                let first = sku.split(['.', '[']).next().unwrap_or(sku);
                object.contains_key(first)
            }),
            _ => object.keys().any(|key| {
                let target = self.convention.find(key).and_then(Result::ok);
                let target = target.or_else(|| synonyms::means(&self.convention, key));
                matches!(target, Some(Target::Sku))
            }),
        }
    }

    fn columns(&self, first: &Map<'_>) -> Vec<SmolStr> {
        let with_names = self.convention.kind == DropKind::Products;
        let tree = Tree { with_names, claims: &|_, _| false };
        let mut columns = Vec::new();
        let mut leaf = |path: &str, _| columns.push(SmolStr::new(path));
        let parts = tree.take_apart(first, &mut leaf);
        let named: Vec<_> = parts.named.iter().map(|(name, _)| SmolStr::new(name)).collect();
        let lists: Vec<_> = parts.lists.iter().map(|(path, _)| SmolStr::new(path)).collect();
        columns.extend(named.into_iter().chain(lists));
        columns
    }
}
