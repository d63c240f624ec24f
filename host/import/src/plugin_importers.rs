//! Files that a plugin reads: which one, and its elements one at a time.
//!
//! A mapping that names an importer has it read the file, whatever the file looks like. Otherwise the
//! formats that the program knows go first, and a plugin is asked only where none of them can make
//! anything of the file: what a plugin claims never takes a table away from the program.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::Arc;

use rikaste_model::code::PluginName;
use rikaste_model::diagnostic::{Diagnostic, Severity};

use super::byte_reader::CHUNK_SIZE;
use super::file_error::FileError;
use super::mapping::{Glob, Mapping};
use rikaste_runtime::{
    FileClaims, ImportedContent, ImportedElement, ImportedItem, ImporterError, ImporterInstance,
    Plugin,
};

/// The importers of a shop.
#[derive(Debug, Clone, Default)]
pub struct PluginImporters(Arc<[Arc<Plugin>]>);

/// The elements of a file that a plugin reads.
pub(super) struct PluginElements<'a> {
    source: Box<dyn Read + 'a>,
    answer: PluginAnswers<'a>,
    /// How the file is read, in words.
    read_as: String,
    chunk: Vec<u8>,
    /// Bytes that lie ready, of the beginning that was looked at.
    is_head_ready: bool,
    waiting: VecDeque<ImportedItem>,
    consumed: u64,
    is_finished: bool,
}

/// What a plugin answers to the next bytes of a file, and when there are no more.
pub(super) type PluginAnswers<'a> =
    Box<dyn FnMut(Option<&[u8]>) -> Result<Vec<ImportedItem>, ImporterError> + 'a>;

/// What comes next in a file that a plugin reads.
pub(super) enum PluginItem {
    Element(ImportedElement),
    /// An element that is refused, by the plugin's own words.
    Refused(Diagnostic),
    Diagnostic(Diagnostic),
}

impl PluginImporters {
    /// These plugins, which are of the world `importer`.
    #[must_use]
    pub fn new(plugins: &[Arc<Plugin>]) -> Self {
        Self(plugins.into())
    }

    /// The one of this name.
    pub(super) fn find_by_name(&self, name: &PluginName) -> Option<&Arc<Plugin>> {
        self.0.iter().find(|plugin| plugin.name() == name)
    }

    /// Those that would read a file of this name if it began as they say.
    pub(super) fn claiming_by_name(&self, file_name: &str) -> impl Iterator<Item = &Arc<Plugin>> {
        let may = move |plugin: &&Arc<Plugin>| {
            plugin.manifest().file_claims().is_some_and(|claims| is_claimed_name(claims, file_name))
        };
        self.0.iter().filter(may)
    }

    /// The one that a mapping names.
    pub(super) fn find_for_mapping(
        &self,
        mapping: &Mapping,
    ) -> Result<Option<&Arc<Plugin>>, FileError> {
        let Some(name) = &mapping.importer else { return Ok(None) };
        self.find_by_name(name).map(Some).ok_or_else(|| FileError::NoImporter {
            name: name.to_string(),
            mapping: mapping.name.clone(),
        })
    }

    /// The one that says that it reads files of this name and beginning.
    pub(super) fn find_claiming(
        &self,
        file_name: &str,
        head: &[u8],
    ) -> Result<Option<&Arc<Plugin>>, FileError> {
        let mut claiming = self.claiming_by_name(file_name).filter(|plugin| {
            plugin.manifest().file_claims().is_some_and(|claims| is_claimed_head(claims, head))
        });
        match (claiming.next(), claiming.next()) {
            (Some(first), Some(second)) => Err(FileError::TwoImporters {
                first: first.name().to_string(),
                second: second.name().to_string(),
            }),
            (found, _) => Ok(found),
        }
    }
}

/// Whether a file of this name may be one of those that are claimed.
fn is_claimed_name(claims: &FileClaims, file_name: &str) -> bool {
    let name = file_name.to_lowercase();
    let fits = |pattern: &String| Glob::new(&pattern.to_lowercase()).is_match(&name);
    match claims.files.as_slice() {
        [] => !claims.magic.is_empty(),
        patterns => patterns.iter().any(fits),
    }
}

/// Whether a file that begins with these bytes may be one of those that are claimed.
fn is_claimed_head(claims: &FileClaims, head: &[u8]) -> bool {
    claims.magic.is_empty() || claims.magic.iter().any(|magic| head.starts_with(magic))
}

impl<'a> PluginElements<'a> {
    /// A file whose beginning was read already.
    pub(super) fn open_plugin(
        plugin: &Arc<Plugin>,
        source: Box<dyn Read + 'a>,
        head: Vec<u8>,
    ) -> Result<Self, FileError> {
        if head.trim_ascii().is_empty() && head.len() < CHUNK_SIZE {
            return Err(FileError::Empty);
        }
        let mut reader = ImporterInstance::instantiate_plugin(plugin)?;
        let manifest = plugin.manifest();
        let read_as = format!("plugin {} {}", manifest.name, manifest.version);
        let answer = move |chunk: Option<&[u8]>| match chunk {
            Some(chunk) => reader.read_chunk(chunk),
            None => reader.finish_file(),
        };
        Ok(Self::from_answers(source, head, read_as, Box::new(answer)))
    }

    /// The same where somebody else answers.
    pub(super) fn from_answers(
        source: Box<dyn Read + 'a>,
        head: Vec<u8>,
        read_as: String,
        answer: PluginAnswers<'a>,
    ) -> Self {
        let waiting = VecDeque::new();
        Self {
            source,
            answer,
            read_as,
            chunk: head,
            is_head_ready: true,
            waiting,
            consumed: 0,
            is_finished: false,
        }
    }

    /// How the file is read, in words.
    pub(super) fn read_as(&self) -> String {
        self.read_as.clone()
    }

    pub(super) fn bytes_consumed(&self) -> u64 {
        self.consumed
    }

    pub(super) fn next_item(&mut self) -> Result<Option<PluginItem>, FileError> {
        while self.waiting.is_empty() && !self.is_finished {
            self.read_chunk()?;
        }
        Ok(self.waiting.pop_front().map(|found| match found {
            ImportedItem::Element(element) => PluginItem::Element(element),
            ImportedItem::Diagnostic(remark)
                if remark.severity == Severity::Error && remark.place.row.is_some() =>
            {
                PluginItem::Refused(remark)
            }
            ImportedItem::Diagnostic(remark) => PluginItem::Diagnostic(remark),
        }))
    }

    fn read_chunk(&mut self) -> Result<(), FileError> {
        if !std::mem::take(&mut self.is_head_ready) {
            self.chunk.clear();
            self.source.by_ref().take(CHUNK_SIZE as u64).read_to_end(&mut self.chunk)?;
        }
        self.consumed += self.chunk.len() as u64;
        let found = if self.chunk.is_empty() {
            let rest = (self.answer)(None)?;
            self.is_finished = rest.is_empty();
            rest
        } else {
            (self.answer)(Some(&self.chunk))?
        };
        self.waiting.extend(found);
        Ok(())
    }
}

impl From<ImportedContent> for super::row::LeafContent<'_> {
    fn from(content: ImportedContent) -> Self {
        match content {
            ImportedContent::Text(text) => Self::Text(text.into()),
            ImportedContent::Number(number) => Self::Number(number),
            ImportedContent::Texts(texts) => Self::List(texts),
        }
    }
}

impl From<ImporterError> for FileError {
    fn from(error: ImporterError) -> Self {
        Self::Importer(Box::new(error))
    }
}
