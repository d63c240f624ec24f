//! Opening a file: what it is, which mapping is for it, what its columns are about.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use rikaste_model::code::SourceCode;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::Messages;
use rikaste_model::record::DropKind;
use rikaste_model::shop::Shop;
use rikaste_model::words;

use smol_str::SmolStr;

use super::cells::CellReader;
use super::charset::Charset;
use super::document::Document;
use super::format::{Encoding, Format, refuse_foreign};
use super::group::Pending;
use super::header::Convention;
use super::importers::{Importers, Portions};
use super::intake::{CHUNK, Intake};
use super::learn::Learner;
use super::mapping::{Broken, Mapping, Mappings, Written};
use super::meanings::Meanings;
use super::nested::NestedReviews;
use super::parse::{Options, Style};
use super::plan::Plan;
use super::preset::Preset;
use super::products::ProductReader;
use super::reading::{Progress, ReadAs, Reading, Rows};
use super::rejects::{Rejects, original_name};
use super::seen::Seen;
use super::sheet::{Dialect, HeaderSearch, Meaning, Sample, Sheet};
use super::synonyms::Synonyms;
use super::taker::Taker;
use super::unreadable::Unreadable;
use super::variants::{ListPaths, Variants};
use super::workbook::Workbook;

/// On whose behalf product files speak that no mapping is for.
const SOURCE: &str = "products";

/// Reads files of a shop.
#[derive(Debug, Clone)]
pub struct Importer<'a> {
    shop: &'a Shop,
    mappings: &'a Mappings,
    importers: Importers,
    /// Whether a file is opened that lacks a column which rows cannot do without.
    looks: bool,
}

impl<'a> Importer<'a> {
    /// An importer for a shop.
    #[must_use]
    pub fn new(shop: &'a Shop, mappings: &'a Mappings) -> Self {
        Self { shop, mappings, importers: Importers::default(), looks: false }
    }

    /// The same, with plugins for what the program does not read itself.
    #[must_use]
    pub fn with(self, importers: Importers) -> Self {
        Self { importers, ..self }
    }

    /// The same for files that are only looked at: one that lacks the SKU is opened, too, to be
    /// [explained](Reading::explain).
    #[must_use]
    pub fn to_look(self) -> Self {
        Self { looks: true, ..self }
    }

    pub(super) fn shop(&self) -> &'a Shop {
        self.shop
    }

    pub(super) fn mappings(&self) -> &'a Mappings {
        self.mappings
    }

    pub(super) fn importers(&self) -> &Importers {
        &self.importers
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
        let opened = self.open(kind, file_name, File::open(path)?);
        let problem = match &opened {
            Err(unreadable) => Some(unreadable),
            Ok(reading) => reading.lacking.as_ref(),
        };
        if !problem.is_some_and(Unreadable::is_of_no_format) {
            return opened;
        }
        // What the program does not read, a plugin may.
        let mut file = File::open(path)?;
        let head = read_head(&mut file)?;
        let Some(plugin) = self.importers.claiming(file_name, &head)? else {
            let optional = rikaste_bundled::optional_for(&head);
            return optional.map_or(opened, |plugin| Err(Unreadable::Enable { plugin }));
        };
        let mapping = self.mapping(kind, original_name(file_name))?;
        let portions = Portions::open(plugin, Box::new(file), head)?;
        self.portions(kind, mapping, file_name, portions)
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
        if let Some(mapping) = mapping
            && let Some(plugin) = self.importers.named(mapping)?
        {
            let portions = Portions::open(plugin, Box::new(source), head)?;
            return self.portions(kind, Some(mapping), file_name, portions);
        }
        let convention = Convention { shop: self.shop, kind };
        let meanings = Meanings::new(convention, mapping);
        let search = HeaderSearch {
            row: mapping.and_then(|mapping| mapping.header_row),
            meaning: &|name| meanings.of(name),
        };
        if Workbook::begins(&head) {
            let wanted = mapping.and_then(|mapping| mapping.sheet.as_deref());
            let sheet = Sheet::workbook(&head, source, wanted, search)?;
            let open = Open {
                columns: sheet.headers().to_vec(),
                format: sheet.workbook_name().unwrap_or_default().to_owned(),
                encoding: None,
                rest: header_words(&sheet),
                delimiter: None,
                rows: Rows::Sheet(Box::new(sheet)),
            };
            return self.read(convention, (mapping, None), file_name, open);
        }
        refuse_foreign(&head)?;
        let written = mapping.and_then(|mapping| mapping.letters);
        let encoding = written.map_or_else(|| Encoding::of(&head), Written::encoding);
        let start = readable(&head, encoding);
        let format = Format::of(&start, file_name)?;
        let mut preset = None;
        let open = match format {
            Format::Csv => {
                let sample = Sample { text: &start, whole: head.len() < CHUNK };
                // Whatever was mended may have been saved with the spreadsheet's own delimiter.
                let of_original = mapping.filter(|_| original == file_name);
                let given = of_original.map(|mapping| mapping.dialect).unwrap_or_default();
                let dialect =
                    Dialect::of(sample, given, &|name| meanings.of(name) != Meaning::None);
                let intake = Intake::new(Box::new(source), head, encoding);
                let intake = intake.telling_letters(written.map(Written::charset));
                let sheet = Sheet::delimited(intake, dialect, search)?;
                Open {
                    columns: sheet.headers().to_vec(),
                    format: dialect.name(),
                    encoding: sheet.charset().map(Charset::name),
                    rest: header_words(&sheet),
                    delimiter: Some(dialect.delimiter),
                    rows: Rows::Sheet(Box::new(sheet)),
                }
            }
            _ => {
                let start = String::from_utf8_lossy(&start).into_owned();
                if mapping.is_none() {
                    preset = Preset::of_text(kind, &start);
                }
                let mapping = mapping.or(preset.map(|preset| &preset.mapping));
                let document = Document { start: &start, format, file_name, mapping, convention };
                let open = document.open(Box::new(source), head, encoding);
                Open {
                    columns: open.columns,
                    format: open.name,
                    encoding: Some(open.encoding),
                    rest: String::new(),
                    delimiter: None,
                    rows: open.rows,
                }
            }
        };
        self.read(convention, (mapping, preset), file_name, open)
    }

    /// Reads rows whose source is open.
    fn read(
        &self,
        convention: Convention<'a>,
        (mapping, preset): (Option<&'a Mapping>, Option<&'static Preset>),
        file_name: &str,
        open: Open<'a>,
    ) -> Result<Reading<'a>, Unreadable> {
        let Open { rows, columns, format, encoding, mut rest, delimiter } = open;
        let mut messages = Messages::default();
        let doubtful = self.mappings.doubtful(convention.kind);
        for Broken { name, problem, .. } in
            doubtful.filter(|_| preset.is_none() && mapping.is_none())
        {
            let message =
                words!("mapping-doubtful", mapping = name.as_str(), problem = problem.as_str());
            messages.push(Diagnostic::warning("mapping-broken", message));
        }
        let preset = match mapping {
            None => {
                preset.or_else(|| Preset::of(convention.kind, &columns, original_name(file_name)))
            }
            Some(_) => None,
        };
        let mapping = mapping.or(preset.map(|preset| &preset.mapping));
        let mut plan = Plan::new(convention, mapping);
        if mapping.is_none() {
            plan.synonyms = Synonyms::of(&convention, &columns);
            plan.tell_synonyms(&columns, &mut messages);
        }
        let mut lacking = None;
        match &rows {
            Rows::Sheet(sheet) => {
                plan.add_headers(sheet.headers(), &mut messages);
                match plan.check(file_name) {
                    Err(reason) if self.looks => {
                        plan.group = None;
                        lacking = Some(reason);
                    }
                    checked => checked?,
                }
            }
            Rows::Elements(_) | Rows::Xml(_) | Rows::Portions(_) => {
                plan.add_constants(&mut messages);
            }
        }
        match (preset, mapping) {
            (Some(preset), _) => rest.push_str(&format!(", preset {}", preset.label)),
            (None, Some(mapping)) => rest.push_str(&format!(", mapping {}", mapping.name)),
            (None, None) => {}
        }
        let limit = mapping.and_then(|mapping| mapping.reject_file_above);
        Ok(Reading {
            rejects: Rejects::new(delimiter, self.shop.language, &plan.names),
            // Of rows that were bad before many may be bad still.
            reject_above: match original_name(file_name) == file_name {
                true => limit.or(self.shop.reject_file_above),
                false => None,
            },
            constants: std::mem::take(&mut plan.constants),
            taker: Taker { only_looks: lacking.is_some(), ..self.taker(convention, mapping) },
            looks: self.looks,
            lacking,
            pending: Pending::default(),
            paths: ListPaths::of(mapping),
            variants: Variants::new(convention, mapping),
            rows,
            plan,
            read_as: ReadAs::new(format, encoding, rest),
            preset: preset.map(|preset| preset.name.as_str()),
            file_name: file_name.to_owned(),
            progress: Progress::default(),
            about_headers: messages.finish().0,
        })
    }

    /// A file that a plugin reads.
    fn portions(
        &self,
        kind: DropKind,
        mapping: Option<&'a Mapping>,
        file_name: &str,
        portions: Portions<'a>,
    ) -> Result<Reading<'a>, Unreadable> {
        let open = Open {
            columns: Vec::new(),
            format: portions.read_as(),
            encoding: None,
            rest: String::new(),
            delimiter: None,
            rows: Rows::Portions(Box::new(portions)),
        };
        self.read(Convention { shop: self.shop, kind }, (mapping, None), file_name, open)
    }

    /// Opens a file of which fuzzing answers in a plugin's place.
    ///
    /// # Errors
    /// When no mapping can be told.
    #[cfg(fuzzing)]
    pub fn open_answered(
        &self,
        kind: DropKind,
        file_name: &str,
        mut source: impl Read + 'a,
        answer: impl FnMut(
            Option<&[u8]>,
        ) -> Result<Vec<rikaste_runtime::Found>, rikaste_runtime::ReaderError>
        + 'a,
    ) -> Result<Reading<'a>, Unreadable> {
        let mapping = self.mapping(kind, original_name(file_name))?;
        let head = read_head(&mut source)?;
        let read_as = "plugin".to_owned();
        let portions = Portions::of(Box::new(source), head, read_as, Box::new(answer));
        self.portions(kind, mapping, file_name, portions)
    }

    fn mapping(&self, kind: DropKind, file_name: &str) -> Result<Option<&'a Mapping>, Unreadable> {
        if let Some(broken) = self.mappings.broken_of(kind, file_name) {
            return Err(Unreadable::BrokenMapping {
                mapping: broken.name.clone(),
                line: broken.line,
                problem: broken.problem.clone(),
            });
        }
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
            refused: Vec::new(),
            is_short: false,
            only_looks: false,
        }
    }
}

/// Rows whose source is open, and what the file was taken for.
struct Open<'a> {
    rows: Rows<'a>,
    columns: Vec<SmolStr>,
    /// In words.
    format: String,
    encoding: Option<&'static str>,
    /// What else there is to say of how it is read.
    rest: String,
    delimiter: Option<u8>,
}

/// The first bytes, by which it is told what the file is.
fn read_head(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(CHUNK);
    source.take(CHUNK as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Where the header is, if it is not in the first row.
fn header_words(sheet: &Sheet<'_>) -> String {
    match sheet.header_row() {
        1 => String::new(),
        row => format!(", header in row {row}"),
    }
}

/// The first bytes as text, or as bytes of which all that matters is ASCII; without the byte order
/// mark.
fn readable(head: &[u8], encoding: Encoding) -> Cow<'_, [u8]> {
    let bytes = &head[encoding.mark_length(head)..];
    let decoded = |encoding: &'static encoding_rs::Encoding| {
        Cow::Owned(encoding.decode_without_bom_handling(bytes).0.into_owned().into_bytes())
    };
    match encoding {
        Encoding::Utf8 => Cow::Borrowed(bytes),
        Encoding::Utf16Le => decoded(encoding_rs::UTF_16LE),
        Encoding::Utf16Be => decoded(encoding_rs::UTF_16BE),
    }
}
