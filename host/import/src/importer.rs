//! Opening a file: what it is, which mapping is for it, what its columns are about.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::DropKind;
use rikaste_model::shop::Shop;
use rikaste_model::words;
use rikaste_tables::{DocumentHints, FileStart, HeaderSearch, ReadError, RowSource};

use crate::columns::{
    BrokenMapping, ColumnPlan, HeaderConvention, Mapping, MappingSet, NameClassifier, Preset,
    RenamedKey, original_name,
};
use crate::element_importers::{ElementImporter, PluginImporters};
use crate::file_error::FileError;
use crate::import_stream::{FormatDescription, ImportStream};
use crate::records::{ReadMode, RecordBuilder};
use crate::rejects::RejectsWriter;

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

    pub(crate) fn shop(&self) -> &'a Shop {
        self.shop
    }

    pub(crate) fn mappings(&self) -> &'a MappingSet {
        self.mappings
    }

    pub(crate) fn plugins(&self) -> &PluginImporters {
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
            Err(problem) => Some(problem),
            Ok(stream) => stream.missing_column(),
        };
        if !problem.is_some_and(FileError::is_unknown_format) {
            return opened;
        }
        // What the program does not read, a plugin may.
        let start = FileStart::read_from(File::open(path)?)?;
        let Some(importer) = self.importers.find_claiming(file_name, start.head())? else {
            return match self.importers.find_optional(start.head()) {
                Some(plugin) => Err(FileError::PluginNotEnabled { plugin: plugin.to_owned() }),
                None => opened,
            };
        };
        let mapping = self.choose_mapping(kind, original_name(file_name))?;
        let chosen = ChosenMapping { mapping, preset: None };
        self.start_stream(kind, chosen, file_name, open_importer(importer, start)?)
    }

    /// Opens a file that is read from somewhere else.
    ///
    /// # Errors
    /// When nothing can be made of the file.
    pub fn open_source(
        &self,
        kind: DropKind,
        file_name: &str,
        source: impl Read + 'a,
    ) -> Result<ImportStream<'a>, FileError> {
        if kind == DropKind::Images {
            return Err(FileError::Read(ReadError::Foreign {
                what: words!("foreign-photo"),
                advice: words!("advice-tables"),
            }));
        }
        let original = original_name(file_name);
        let mapping = self.choose_mapping(kind, original)?;
        let mut chosen = ChosenMapping { mapping, preset: None };
        let start = FileStart::read_from(source)?;
        if let Some(mapping) = mapping
            && let Some(importer) = self.importers.find_for_mapping(mapping)?
        {
            return self.start_stream(kind, chosen, file_name, open_importer(importer, start)?);
        }
        let convention = HeaderConvention { shop: self.shop, kind };
        let names = NameClassifier::new(convention, mapping);
        let search = HeaderSearch {
            row: mapping.and_then(|mapping| mapping.header_row).map(|row| match row {
                // The file of refused rows has one: the numbers.
                0 => u32::from(original != file_name),
                row => row,
            }),
            meaning: &|name| names.classify_name(name),
        };
        if start.is_workbook() {
            let sheet = mapping.and_then(|mapping| mapping.sheet.as_deref());
            return self.start_stream(kind, chosen, file_name, start.open_workbook(sheet, search)?);
        }
        let start = start.into_text(mapping.and_then(|it| it.charset_override), file_name)?;
        let rows = if start.is_csv() {
            // Whatever was mended may have been saved with the spreadsheet's own delimiter.
            let of_original = mapping.filter(|_| original == file_name);
            start.open_csv(of_original.map(|it| it.dialect).unwrap_or_default(), search)?
        } else {
            if chosen.can_have_preset() {
                chosen.preset = Preset::detect_by_text(kind, &start.text());
            }
            let names = NameClassifier::new(convention, chosen.effective());
            let hints = DocumentHints {
                records: chosen.effective().and_then(|mapping| mapping.records.as_deref()),
                has_sku: &|object| names.has_sku(object),
                with_names: kind == DropKind::Products,
            };
            start.open_document(file_name, hints)
        };
        self.start_stream(kind, chosen, file_name, rows)
    }

    /// Opens a file that the caller decodes.
    ///
    /// # Errors
    /// When no mapping can be chosen, or the file is empty.
    #[cfg(any(test, fuzzing))]
    pub fn open_decoded(
        &self,
        kind: DropKind,
        file_name: &str,
        source: impl Read + 'a,
        decoder: rikaste_tables::ChunkDecoder<'a>,
    ) -> Result<ImportStream<'a>, FileError> {
        let mapping = self.choose_mapping(kind, original_name(file_name))?;
        let rows = FileStart::read_from(source)?.open_decoded("plugin".to_owned(), decoder)?;
        self.start_stream(kind, ChosenMapping { mapping, preset: None }, file_name, rows)
    }

    /// Reads rows whose source is open.
    fn start_stream(
        &self,
        kind: DropKind,
        mut chosen: ChosenMapping<'a>,
        file_name: &str,
        rows: RowSource<'a>,
    ) -> Result<ImportStream<'a>, FileError> {
        let convention = HeaderConvention { shop: self.shop, kind };
        let original = original_name(file_name);
        let mut messages = DiagnosticCollector::default();
        if chosen.effective().is_none() {
            self.warn_broken_mappings(kind, &mut messages);
        }
        if chosen.can_have_preset() {
            chosen.preset = Preset::detect_by_headers(kind, rows.first_columns(), original);
        }
        let mapping = chosen.effective();
        warn_renamed_keys(chosen.mapping, &mut messages);
        let plan = match rows.header_row() {
            Some(_) => {
                ColumnPlan::for_table(convention, mapping, rows.first_columns(), &mut messages)
            }
            None => {
                ColumnPlan::for_document(convention, mapping, rows.first_columns(), &mut messages)
            }
        };
        let unnamed = rows.unnamed_first_row().map(|row| FileError::no_header(row, file_name));
        let missing = match rows.header_row() {
            _ if unnamed.is_some() => unnamed,
            Some(_) => plan.check_required_columns(file_name).err(),
            // Elements have still to show what they have.
            None => None,
        };
        let mode = match (self.is_inspection, missing) {
            (true, missing) => ReadMode::Inspect { missing },
            (false, Some(missing)) => return Err(missing),
            (false, None) => ReadMode::Import,
        };
        let rejects = RejectsWriter::new(rows.delimiter(), self.shop.language, plan.names());
        // Of rows that were bad before many may be bad still.
        let limit = mapping.and_then(|mapping| mapping.reject_file_above);
        let limit = limit.or(self.shop.reject_file_above).filter(|_| original == file_name);
        let read_as = FormatDescription::new(&rows, chosen.description());
        let records = RecordBuilder::new(plan, mode, rejects, file_name);
        let preset = chosen.preset.map(Preset::name);
        Ok(ImportStream::new(rows, records, read_as, (limit, preset), messages))
    }

    /// Says which mappings may have been for a file, and are broken.
    fn warn_broken_mappings(&self, kind: DropKind, messages: &mut DiagnosticCollector) {
        for BrokenMapping { name, problem, .. } in self.mappings.possibly_broken(kind) {
            let message =
                words!("mapping-doubtful", mapping = name.as_str(), problem = problem.as_str());
            messages.push_diagnostic(Diagnostic::new_warning("mapping-broken", message));
        }
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
}

/// By what a file is read: a mapping of the shop, a preset, or the mapping over the preset.
#[derive(Clone, Copy)]
struct ChosenMapping<'a> {
    mapping: Option<&'a Mapping>,
    preset: Option<&'static Preset>,
}

impl<'a> ChosenMapping<'a> {
    /// The mapping that counts.
    fn effective(&self) -> Option<&'a Mapping> {
        match (self.mapping, self.preset) {
            (Some(mapping), Some(preset)) => Some(mapping.over_preset(preset.name())),
            (mapping, preset) => mapping.or(preset.map(Preset::mapping)),
        }
    }

    /// Whether a preset is still to be looked for.
    fn can_have_preset(&self) -> bool {
        self.preset.is_none() && self.mapping.is_none_or(Mapping::takes_preset)
    }

    /// In words, after how the file is read.
    fn description(&self) -> String {
        let preset = self.preset.map(|preset| format!(", preset {}", preset.label()));
        let mapping = self.mapping.map(|mapping| format!(", mapping {}", mapping.name));
        preset.unwrap_or_default() + &mapping.unwrap_or_default()
    }
}

/// Warns of each key that a mapping writes by its old name.
fn warn_renamed_keys(mapping: Option<&Mapping>, messages: &mut DiagnosticCollector) {
    let Some(mapping) = mapping else { return };
    for RenamedKey { key, new_name, line } in &mapping.renamed_keys {
        let message = words!(
            "mapping-key-renamed",
            mapping = mapping.name.as_str(),
            key = key.as_str(),
            name = *new_name,
            line = *line,
        );
        messages.push_diagnostic(Diagnostic::new_warning("mapping-key-renamed", message));
    }
}

/// A file that an importer decodes.
fn open_importer<'a>(
    importer: &dyn ElementImporter,
    start: FileStart<'a>,
) -> Result<RowSource<'a>, FileError> {
    if start.is_blank() {
        return Err(FileError::Read(ReadError::Empty));
    }
    let decoder = importer.open_decoder().map_err(ReadError::from)?;
    Ok(start.open_decoded(importer.description(), decoder)?)
}
