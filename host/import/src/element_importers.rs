//! Importers of formats that the program does not read itself: which one reads a file.
//!
//! A mapping that names an importer has it read the file, whatever the file looks like. Otherwise the
//! formats that the program knows go first, and an importer is asked only where none of them can make
//! anything of the file: what an importer claims never takes a table away from the program.

use std::fmt;
use std::sync::Arc;

use rikaste_model::code::PluginName;
use rikaste_tables::{ChunkDecoder, DecoderError};

use crate::columns::{Glob, Mapping};
use crate::file_error::FileError;

/// Decodes files of a format that the program does not read itself. A plugin does.
pub trait ElementImporter: fmt::Debug + Send + Sync {
    /// The name by which mappings ask for it.
    fn name(&self) -> &PluginName;

    /// What it is, in words: `plugin pricat 1.0.0`.
    fn description(&self) -> String;

    /// All that decides what it makes of a file, as a text.
    fn identity(&self) -> String;

    /// The files that it reads without being named.
    fn file_patterns(&self) -> FilePatterns<'_>;

    /// Starts to decode one file.
    ///
    /// # Errors
    /// When it does not start.
    fn open_decoder(&self) -> Result<ChunkDecoder<'static>, DecoderError>;
}

/// The files that an importer reads. Without any name and beginning, these are none.
#[derive(Debug, Clone, Copy, Default)]
pub struct FilePatterns<'p> {
    /// Patterns of their names; none: any.
    pub names: &'p [String],
    /// What they begin with; none: anything.
    pub beginnings: &'p [Vec<u8>],
}

/// The importers of a shop.
#[derive(Debug, Clone, Default)]
pub struct PluginImporters {
    importers: Arc<[Arc<dyn ElementImporter>]>,
    optional: OptionalImporters,
}

/// Which importer could be enabled to read a file that begins with these bytes.
#[derive(Clone, Copy)]
struct OptionalImporters(fn(&[u8]) -> Option<&'static str>);

impl fmt::Debug for OptionalImporters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OptionalImporters")
    }
}

impl Default for OptionalImporters {
    fn default() -> Self {
        Self(|_| None)
    }
}

impl PluginImporters {
    /// These importers. `optional` names the one that could be enabled to read a file which begins with
    /// these bytes.
    #[must_use]
    pub fn new(
        importers: Vec<Arc<dyn ElementImporter>>,
        optional: fn(&[u8]) -> Option<&'static str>,
    ) -> Self {
        Self { importers: importers.into(), optional: OptionalImporters(optional) }
    }

    /// The one that could be enabled to read a file which begins with these bytes.
    pub(crate) fn find_optional(&self, head: &[u8]) -> Option<&'static str> {
        (self.optional.0)(head)
    }

    /// The one of this name.
    pub(crate) fn find_by_name(&self, name: &PluginName) -> Option<&dyn ElementImporter> {
        self.importers.iter().find(|importer| importer.name() == name).map(|found| &**found)
    }

    /// Those that would read a file of this name if it began as they say.
    pub(crate) fn claiming_by_name(
        &self,
        file_name: &str,
    ) -> impl Iterator<Item = &dyn ElementImporter> {
        let importers = self.importers.iter().map(|importer| &**importer);
        importers.filter(move |importer| importer.file_patterns().is_match_of_name(file_name))
    }

    /// The one that a mapping names.
    pub(crate) fn find_for_mapping(
        &self,
        mapping: &Mapping,
    ) -> Result<Option<&dyn ElementImporter>, FileError> {
        let Some(name) = &mapping.importer else { return Ok(None) };
        self.find_by_name(name).map(Some).ok_or_else(|| FileError::NoImporter {
            name: name.to_string(),
            mapping: mapping.name.clone(),
        })
    }

    /// The one that says that it reads files of this name and beginning.
    pub(crate) fn find_claiming(
        &self,
        file_name: &str,
        head: &[u8],
    ) -> Result<Option<&dyn ElementImporter>, FileError> {
        let mut claiming = self
            .claiming_by_name(file_name)
            .filter(|importer| importer.file_patterns().is_match_of_head(head));
        match (claiming.next(), claiming.next()) {
            (Some(first), Some(second)) => Err(FileError::TwoImporters {
                first: first.name().to_string(),
                second: second.name().to_string(),
            }),
            (found, _) => Ok(found),
        }
    }
}

impl FilePatterns<'_> {
    /// Whether a file of this name may be one of them.
    fn is_match_of_name(&self, file_name: &str) -> bool {
        let fits = |pattern: &String| Glob::new(pattern).is_match(file_name);
        match self.names {
            [] => !self.beginnings.is_empty(),
            patterns => patterns.iter().any(fits),
        }
    }

    /// Whether a file that begins with these bytes may be one of them.
    fn is_match_of_head(&self, head: &[u8]) -> bool {
        self.beginnings.is_empty() || self.beginnings.iter().any(|start| head.starts_with(start))
    }
}
