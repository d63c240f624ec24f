//! Opening a file: what it is, which mapping is for it, what its columns are about.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use rikaste_model::code::SourceCode;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::DropKind;
use rikaste_model::shop::Shop;
use rikaste_model::words;

use smol_str::SmolStr;

use super::byte_reader::{ByteReader, CHUNK_SIZE};
use super::cells::CellReader;
use super::charset::Charset;
use super::column_plan::ColumnPlan;
use super::column_profiler::ColumnProfiler;
use super::document::DocumentOpener;
use super::file_error::FileError;
use super::format::{FileFormat, TextEncoding, refuse_foreign};
use super::header::HeaderConvention;
use super::import_stream::{FormatDescription, ImportStream, RowSource, StreamProgress};
use super::mapping::{BrokenMapping, CharsetOverride, Mapping, MappingSet};
use super::name_classifier::NameClassifier;
use super::nested_reviews::NestedReviews;
use super::nested_variants::{ListPaths, NestedVariants};
use super::parse::{NumberFormat, OptionLookup};
use super::plugin_importers::{PluginElements, PluginImporters};
use super::preset::Preset;
use super::products::ProductReader;
use super::rejects::{RejectsWriter, original_name};
use super::row_groups::RowBuffer;
use super::row_reader::RowReader;
use super::seen_keys::SeenKeys;
use super::synonyms::ColumnSynonyms;
use super::table::{CsvDialect, FileSample, HeaderSearch, NameMeaning, TableReader};
use super::workbook::WorkbookStream;

/// On whose behalf product files speak that no mapping is for.
const DEFAULT_SOURCE: &str = "products";

/// Reads files of a shop.
#[derive(Debug, Clone)]
pub struct FileImporter<'a> {
    shop: &'a Shop,
    mappings: &'a MappingSet,
    importers: PluginImporters,
    /// Whether a file is opened that lacks a column which rows cannot do without.
    is_inspection: bool,
}

impl<'a> FileImporter<'a> {
    /// An importer for a shop.
    #[must_use]
    pub fn new(shop: &'a Shop, mappings: &'a MappingSet) -> Self {
        Self { shop, mappings, importers: PluginImporters::default(), is_inspection: false }
    }

    /// The same, with plugins for what the program does not read itself.
    #[must_use]
    pub fn with_plugins(self, importers: PluginImporters) -> Self {
        Self { importers, ..self }
    }

    /// The same for files that are only looked at: one that lacks the SKU is opened, too, to be
    /// [explained](ImportStream::explain_file).
    #[must_use]
    pub fn for_inspection(self) -> Self {
        Self { is_inspection: true, ..self }
    }

    pub(super) fn shop(&self) -> &'a Shop {
        self.shop
    }

    pub(super) fn mappings(&self) -> &'a MappingSet {
        self.mappings
    }

    pub(super) fn plugins(&self) -> &PluginImporters {
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
    ) -> Result<ImportStream<'a>, FileError> {
        let opened = self.open_source(kind, file_name, File::open(path)?);
        let problem = match &opened {
            Err(unreadable) => Some(unreadable),
            Ok(reading) => reading.missing_column.as_ref(),
        };
        if !problem.is_some_and(FileError::is_unknown_format) {
            return opened;
        }
        // What the program does not read, a plugin may.
        let mut file = File::open(path)?;
        let head = read_head(&mut file)?;
        let Some(plugin) = self.importers.find_claiming(file_name, &head)? else {
            let optional = rikaste_bundled::find_optional_for(&head);
            return optional.map_or(opened, |plugin| Err(FileError::PluginNotEnabled { plugin }));
        };
        let mapping = self.choose_mapping(kind, original_name(file_name))?;
        let portions = PluginElements::open_plugin(plugin, Box::new(file), head)?;
        self.start_plugin_stream(kind, mapping, file_name, portions)
    }

    /// Opens a file that is read from somewhere else.
    ///
    /// # Errors
    /// When nothing can be made of the file.
    pub fn open_source(
        &self,
        kind: DropKind,
        file_name: &str,
        mut source: impl Read + 'a,
    ) -> Result<ImportStream<'a>, FileError> {
        if kind == DropKind::Images {
            return Err(FileError::Foreign {
                what: words!("foreign-photo"),
                advice: words!("advice-tables"),
            });
        }
        let original = original_name(file_name);
        let mapping = self.choose_mapping(kind, original)?;
        let head = read_head(&mut source)?;
        if let Some(mapping) = mapping
            && let Some(plugin) = self.importers.find_for_mapping(mapping)?
        {
            let portions = PluginElements::open_plugin(plugin, Box::new(source), head)?;
            return self.start_plugin_stream(kind, Some(mapping), file_name, portions);
        }
        let convention = HeaderConvention { shop: self.shop, kind };
        let meanings = NameClassifier::new(convention, mapping);
        let search = HeaderSearch {
            row: mapping.and_then(|mapping| mapping.header_row),
            meaning: &|name| meanings.classify_name(name),
        };
        if WorkbookStream::is_workbook(&head) {
            let wanted = mapping.and_then(|mapping| mapping.sheet.as_deref());
            let sheet = TableReader::open_workbook(&head, source, wanted, search)?;
            let open = OpenedSource {
                columns: sheet.headers().to_vec(),
                format: sheet.workbook_name().unwrap_or_default().to_owned(),
                encoding: None,
                detail: describe_header_row(&sheet),
                delimiter: None,
                rows: RowSource::Table(Box::new(sheet)),
            };
            return self.start_stream(convention, (mapping, None), file_name, open);
        }
        refuse_foreign(&head)?;
        let written = mapping.and_then(|mapping| mapping.charset_override);
        let encoding =
            written.map_or_else(|| TextEncoding::detect_in(&head), CharsetOverride::encoding);
        let start = decode_head(&head, encoding);
        let format = FileFormat::detect_in(&start, file_name)?;
        let mut preset = None;
        let open = match format {
            FileFormat::Csv => {
                let sample = FileSample { text: &start, whole: head.len() < CHUNK_SIZE };
                // Whatever was mended may have been saved with the spreadsheet's own delimiter.
                let of_original = mapping.filter(|_| original == file_name);
                let given = of_original.map(|mapping| mapping.dialect).unwrap_or_default();
                let dialect = CsvDialect::detect_in(sample, given, &|name| {
                    meanings.classify_name(name) != NameMeaning::Unknown
                });
                let intake = ByteReader::new(Box::new(source), head, encoding);
                let intake = intake.with_charset_detection(written.map(CharsetOverride::charset));
                let sheet = TableReader::open_csv(intake, dialect, search)?;
                OpenedSource {
                    columns: sheet.headers().to_vec(),
                    format: dialect.name(),
                    encoding: sheet.charset().map(Charset::name),
                    detail: describe_header_row(&sheet),
                    delimiter: Some(dialect.delimiter),
                    rows: RowSource::Table(Box::new(sheet)),
                }
            }
            _ => {
                let start = String::from_utf8_lossy(&start).into_owned();
                if mapping.is_none() {
                    preset = Preset::detect_by_text(kind, &start);
                }
                let mapping = mapping.or(preset.map(|preset| &preset.mapping));
                let document =
                    DocumentOpener { start: &start, format, file_name, mapping, convention };
                let open = document.open_document(Box::new(source), head, encoding);
                OpenedSource {
                    columns: open.columns,
                    format: open.name,
                    encoding: Some(open.encoding),
                    detail: String::new(),
                    delimiter: None,
                    rows: open.rows,
                }
            }
        };
        self.start_stream(convention, (mapping, preset), file_name, open)
    }

    /// Reads rows whose source is open.
    fn start_stream(
        &self,
        convention: HeaderConvention<'a>,
        (mapping, preset): (Option<&'a Mapping>, Option<&'static Preset>),
        file_name: &str,
        open: OpenedSource<'a>,
    ) -> Result<ImportStream<'a>, FileError> {
        let OpenedSource { rows, columns, format, encoding, detail: mut rest, delimiter } = open;
        let mut messages = DiagnosticCollector::default();
        let doubtful = self.mappings.possibly_broken(convention.kind);
        for BrokenMapping { name, problem, .. } in
            doubtful.filter(|_| preset.is_none() && mapping.is_none())
        {
            let message =
                words!("mapping-doubtful", mapping = name.as_str(), problem = problem.as_str());
            messages.push_diagnostic(Diagnostic::new_warning("mapping-broken", message));
        }
        let preset = match mapping {
            None => preset.or_else(|| {
                Preset::detect_by_headers(convention.kind, &columns, original_name(file_name))
            }),
            Some(_) => None,
        };
        let mapping = mapping.or(preset.map(|preset| &preset.mapping));
        let mut plan = ColumnPlan::new(convention, mapping);
        if mapping.is_none() {
            plan.synonyms = ColumnSynonyms::resolve_headers(&convention, &columns);
            plan.report_synonyms(&columns, &mut messages);
        }
        let mut lacking = None;
        match &rows {
            RowSource::Table(sheet) => {
                plan.add_headers(sheet.headers(), &mut messages);
                match plan.check_required_columns(file_name) {
                    Err(reason) if self.is_inspection => {
                        plan.group = None;
                        lacking = Some(reason);
                    }
                    checked => checked?,
                }
            }
            RowSource::Json(_) | RowSource::Xml(_) | RowSource::Plugin(_) => {
                plan.add_constants(&mut messages);
            }
        }
        match (preset, mapping) {
            (Some(preset), _) => rest.push_str(&format!(", preset {}", preset.label)),
            (None, Some(mapping)) => rest.push_str(&format!(", mapping {}", mapping.name)),
            (None, None) => {}
        }
        let limit = mapping.and_then(|mapping| mapping.reject_file_above);
        Ok(ImportStream {
            rejects: RejectsWriter::new(delimiter, self.shop.language, &plan.names),
            // Of rows that were bad before many may be bad still.
            reject_above: match original_name(file_name) == file_name {
                true => limit.or(self.shop.reject_file_above),
                false => None,
            },
            constants: std::mem::take(&mut plan.constants),
            row_reader: RowReader {
                is_inspection: lacking.is_some(),
                ..self.new_row_reader(convention, mapping)
            },
            is_inspection: self.is_inspection,
            missing_column: lacking,
            row_buffer: RowBuffer::default(),
            list_paths: ListPaths::from_mapping(mapping),
            variants: NestedVariants::new(convention, mapping),
            rows,
            plan,
            read_as: FormatDescription::new(format, encoding, rest),
            preset: preset.map(|preset| preset.name.as_str()),
            file_name: file_name.to_owned(),
            progress: StreamProgress::default(),
            header_diagnostics: messages.into_diagnostics().0,
        })
    }

    /// A file that a plugin reads.
    fn start_plugin_stream(
        &self,
        kind: DropKind,
        mapping: Option<&'a Mapping>,
        file_name: &str,
        portions: PluginElements<'a>,
    ) -> Result<ImportStream<'a>, FileError> {
        let open = OpenedSource {
            columns: Vec::new(),
            format: portions.read_as(),
            encoding: None,
            detail: String::new(),
            delimiter: None,
            rows: RowSource::Plugin(Box::new(portions)),
        };
        self.start_stream(
            HeaderConvention { shop: self.shop, kind },
            (mapping, None),
            file_name,
            open,
        )
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
        )
            -> Result<Vec<rikaste_runtime::ImportedItem>, rikaste_runtime::ImporterError>
        + 'a,
    ) -> Result<ImportStream<'a>, FileError> {
        let mapping = self.choose_mapping(kind, original_name(file_name))?;
        let head = read_head(&mut source)?;
        let read_as = "plugin".to_owned();
        let portions =
            PluginElements::from_answers(Box::new(source), head, read_as, Box::new(answer));
        self.start_plugin_stream(kind, mapping, file_name, portions)
    }

    fn choose_mapping(
        &self,
        kind: DropKind,
        file_name: &str,
    ) -> Result<Option<&'a Mapping>, FileError> {
        if let Some(broken) = self.mappings.find_broken(kind, file_name) {
            return Err(FileError::BrokenMapping {
                mapping: broken.name.clone(),
                line: broken.line,
                problem: broken.problem.clone(),
            });
        }
        let mut mappings = self.mappings.find_matching(kind, file_name);
        match (mappings.next(), mappings.next()) {
            (Some(first), Some(second)) => Err(FileError::TwoMappings {
                first: first.name.clone(),
                second: second.name.clone(),
            }),
            (mapping, _) => Ok(mapping),
        }
    }

    fn new_row_reader(
        &self,
        convention: HeaderConvention<'a>,
        mapping: Option<&'a Mapping>,
    ) -> RowReader<'a> {
        let style = NumberFormat {
            decimal_mark: mapping.and_then(|mapping| mapping.decimal),
            ..self.shop.locales.first().map(NumberFormat::from_locale).unwrap_or_default()
        };
        // Only these kinds of rows have values of attributes.
        let options = match convention.kind {
            DropKind::Products | DropKind::Edits => {
                OptionLookup::from_attributes(&self.shop.attributes)
            }
            _ => OptionLookup::default(),
        };
        let cells = CellReader { convention, style, options: Rc::new(options) };
        let source = mapping.and_then(|mapping| mapping.source.clone());
        let priority = mapping.map_or(0, |mapping| mapping.priority);
        let own = || SourceCode::new(DEFAULT_SOURCE).expect("a valid code");
        RowReader {
            kind: convention.kind,
            cell_reader: cells.clone(),
            product_reader: ProductReader::new(cells, source.unwrap_or_else(own), priority),
            nested_reviews: mapping
                .and_then(|mapping| mapping.reviews.as_ref())
                .map(|paths| NestedReviews::new(paths, convention)),
            review_source: mapping
                .and_then(|mapping| mapping.source.as_ref())
                .map(SourceCode::as_str),
            seen_keys: SeenKeys::default(),
            profiler: ColumnProfiler::default(),
            continues_product: false,
            foreign_locales: std::collections::BTreeSet::new(),
            refused_skus: Vec::new(),
            is_last_row_short: false,
            is_inspection: false,
        }
    }
}

/// Rows whose source is open, and what the file was taken for.
struct OpenedSource<'a> {
    rows: RowSource<'a>,
    columns: Vec<SmolStr>,
    /// In words.
    format: String,
    encoding: Option<&'static str>,
    /// What else there is to say of how it is read.
    detail: String,
    delimiter: Option<u8>,
}

/// The first bytes, by which it is told what the file is.
fn read_head(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(CHUNK_SIZE);
    source.take(CHUNK_SIZE as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Where the header is, if it is not in the first row.
fn describe_header_row(sheet: &TableReader<'_>) -> String {
    match sheet.header_row() {
        1 => String::new(),
        row => format!(", header in row {row}"),
    }
}

/// The first bytes as text, or as bytes of which all that matters is ASCII; without the byte order
/// mark.
fn decode_head(head: &[u8], encoding: TextEncoding) -> Cow<'_, [u8]> {
    let bytes = &head[encoding.bom_length(head)..];
    let decoded = |encoding: &'static encoding_rs::Encoding| {
        Cow::Owned(encoding.decode_without_bom_handling(bytes).0.into_owned().into_bytes())
    };
    match encoding {
        TextEncoding::Utf8 => Cow::Borrowed(bytes),
        TextEncoding::Utf16Le => decoded(encoding_rs::UTF_16LE),
        TextEncoding::Utf16Be => decoded(encoding_rs::UTF_16BE),
    }
}
