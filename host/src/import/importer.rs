//! Opening a file: what it is, which mapping is for it, what its columns are about.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use rikaste_catalog::code::SourceCode;
use rikaste_catalog::receipt::Messages;
use rikaste_catalog::record::DropKind;
use rikaste_catalog::shop::Shop;
use rikaste_catalog::words;

use super::cells::CellReader;
use super::document::Document;
use super::format::{Encoding, Format, refuse_foreign};
use super::group::Pending;
use super::header::Convention;
use super::intake::{CHUNK, Intake};
use super::learn::Learner;
use super::mapping::{Mapping, Mappings};
use super::nested::NestedReviews;
use super::parse::{Options, Style};
use super::plan::Plan;
use super::preset::Preset;
use super::products::ProductReader;
use super::reading::{Progress, Reading, Rows};
use super::rejects::{Rejects, original_name};
use super::seen::Seen;
use super::sheet::Sheet;
use super::taker::Taker;
use super::unreadable::Unreadable;
use super::variants::{ListPaths, Variants};

/// On whose behalf product files speak that no mapping is for.
const SOURCE: &str = "products";

/// Reads files of a shop.
#[derive(Debug, Clone, Copy)]
pub struct Importer<'a> {
    shop: &'a Shop,
    mappings: &'a Mappings,
}

impl<'a> Importer<'a> {
    /// An importer for a shop.
    #[must_use]
    pub fn new(shop: &'a Shop, mappings: &'a Mappings) -> Self {
        Self { shop, mappings }
    }

    /// Opens a file of the inbox. Its name, without the folder of its kind, chooses the mapping.
    ///
    /// # Errors
    /// When nothing can be made of the file.
    pub fn open_file(
        &self,
        kind: DropKind,
        file_name: &str,
        path: &Path,
    ) -> Result<Reading<'a>, Unreadable> {
        self.open(kind, file_name, File::open(path)?)
    }

    /// Opens a file that is read from somewhere else.
    ///
    /// # Errors
    /// When nothing can be made of the file.
    pub fn open(
        &self,
        kind: DropKind,
        file_name: &str,
        mut source: impl Read + 'a,
    ) -> Result<Reading<'a>, Unreadable> {
        if kind == DropKind::Images {
            return Err(Unreadable::Foreign {
                what: words!("foreign-photo"),
                advice: words!("advice-tables"),
            });
        }
        let original = original_name(file_name);
        let mapping = self.mapping(kind, original)?;
        let head = read_head(&mut source)?;
        refuse_foreign(&head)?;
        let encoding = Encoding::of(&head);
        let start = readable(&head, encoding);
        // Whatever was mended may have been saved with the spreadsheet's own delimiter.
        let delimiter = mapping.filter(|_| original == file_name).and_then(|m| m.delimiter);
        let format = Format::of(start.as_bytes(), file_name, delimiter)?;
        let convention = Convention { shop: self.shop, kind };
        let (rows, mut read_as, columns) = match format {
            Format::Csv { delimiter } => {
                let sheet = Sheet::open(Intake::new(Box::new(source), head, encoding), delimiter)?;
                let read_as = format!("{}, {}", format.name(), encoding.name());
                let columns = sheet.headers().to_vec();
                (Rows::Sheet(sheet), read_as, columns)
            }
            _ => {
                let document = Document { start: &start, format, file_name, mapping, convention };
                let open = document.open(Box::new(source), head, encoding);
                (open.rows, format!("{}, {}", open.name, open.encoding), open.columns)
            }
        };
        let mut messages = Messages::default();
        let preset = match mapping {
            None => Preset::of(kind, &columns),
            Some(_) => None,
        };
        let mapping = mapping.or(preset.map(|preset| &preset.mapping));
        let mut plan = Plan::new(convention, mapping);
        match &rows {
            Rows::Sheet(sheet) => {
                plan.add_headers(sheet.headers(), &mut messages);
                plan.check(file_name)?;
            }
            Rows::Elements(_) | Rows::Xml(_) => plan.add_constants(&mut messages),
        }
        match (preset, mapping) {
            (Some(preset), _) => read_as.push_str(&format!(", preset {}", preset.label)),
            (None, Some(mapping)) => read_as.push_str(&format!(", mapping {}", mapping.name)),
            (None, None) => {}
        }
        let delimiter = match format {
            Format::Csv { delimiter } => Some(delimiter),
            _ => None,
        };
        let limit = mapping.and_then(|mapping| mapping.reject_file_above);
        Ok(Reading {
            rejects: Rejects::new(delimiter, self.shop.language, &plan.names),
            // Of rows that were bad before many may be bad still.
            reject_above: match original == file_name {
                true => limit.or(self.shop.reject_file_above),
                false => None,
            },
            constants: std::mem::take(&mut plan.constants),
            taker: self.taker(convention, mapping),
            pending: Pending::default(),
            paths: ListPaths::of(mapping),
            variants: Variants::new(convention, mapping),
            rows,
            plan,
            read_as,
            preset: preset.map(|preset| preset.name.as_str()),
            file_name: file_name.to_owned(),
            progress: Progress::default(),
            about_headers: messages.finish().0,
        })
    }

    fn mapping(&self, kind: DropKind, file_name: &str) -> Result<Option<&'a Mapping>, Unreadable> {
        let mut mappings = self.mappings.of(kind, file_name);
        match (mappings.next(), mappings.next()) {
            (Some(first), Some(second)) => Err(Unreadable::TwoMappings {
                first: first.name.clone(),
                second: second.name.clone(),
            }),
            (mapping, _) => Ok(mapping),
        }
    }

    fn taker(&self, convention: Convention<'a>, mapping: Option<&'a Mapping>) -> Taker<'a> {
        let style = Style {
            mark: mapping.and_then(|mapping| mapping.decimal),
            ..self.shop.locales.first().map(Style::of).unwrap_or_default()
        };
        // Only these kinds of rows have values of attributes.
        let options = match convention.kind {
            DropKind::Products | DropKind::Edits => Options::of(&self.shop.attributes),
            _ => Options::default(),
        };
        let cells = CellReader { convention, style, options: Rc::new(options) };
        let source = mapping.and_then(|mapping| mapping.source.clone());
        let priority = mapping.map_or(0, |mapping| mapping.priority);
        let own = || SourceCode::new(SOURCE).expect("a valid code");
        Taker {
            kind: convention.kind,
            cells: cells.clone(),
            products: ProductReader::new(cells, source.unwrap_or_else(own), priority),
            nested: mapping
                .and_then(|mapping| mapping.reviews.as_ref())
                .map(|paths| NestedReviews::new(paths, convention)),
            review_source: mapping
                .and_then(|mapping| mapping.source.as_ref())
                .map(SourceCode::as_str),
            seen: Seen::default(),
            learner: Learner::default(),
            goes_on: false,
            foreign: std::collections::BTreeSet::new(),
        }
    }
}

/// The first bytes, by which it is told what the file is.
fn read_head(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(CHUNK);
    source.take(CHUNK as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The first bytes as text, without the byte order mark.
fn readable(head: &[u8], encoding: Encoding) -> String {
    let bytes = &head[encoding.mark_length(head)..];
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes),
        Encoding::Utf16Le => encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0,
        Encoding::Utf16Be => encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0,
    };
    text.into_owned()
}
