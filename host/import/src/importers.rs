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

use super::intake::CHUNK;
use super::mapping::{Glob, Mapping};
use super::unreadable::Unreadable;
use rikaste_runtime::{Claims, Content, Element, Found, Plugin, Reader, ReaderError};

/// The importers of a shop.
#[derive(Debug, Clone, Default)]
pub struct Importers(Arc<[Arc<Plugin>]>);

/// The elements of a file that a plugin reads.
pub(super) struct Portions<'a> {
    source: Box<dyn Read + 'a>,
    answer: Answers<'a>,
    /// How the file is read, in words.
    read_as: String,
    chunk: Vec<u8>,
    /// Bytes that lie ready, of the beginning that was looked at.
    ready: bool,
    waiting: VecDeque<Found>,
    consumed: u64,
    over: bool,
}

/// What a plugin answers to the next bytes of a file, and when there are no more.
pub(super) type Answers<'a> = Box<dyn FnMut(Option<&[u8]>) -> Result<Vec<Found>, ReaderError> + 'a>;

/// What comes next in a file that a plugin reads.
pub(super) enum Portioned {
    Element(Element),
    /// An element that is refused, by the plugin's own words.
    Refused(Diagnostic),
    Said(Diagnostic),
}

impl Importers {
    /// These plugins, which are of the world `importer`.
    #[must_use]
    pub fn new(plugins: &[Arc<Plugin>]) -> Self {
        Self(plugins.into())
    }

    /// The one of this name.
    pub(super) fn get(&self, name: &PluginName) -> Option<&Arc<Plugin>> {
        self.0.iter().find(|plugin| plugin.name() == name)
    }

    /// Those that would read a file of this name if it began as they say.
    pub(super) fn claiming_by_name(&self, file_name: &str) -> impl Iterator<Item = &Arc<Plugin>> {
        let may = move |plugin: &&Arc<Plugin>| {
            plugin.manifest().claims().is_some_and(|claims| claims_name(claims, file_name))
        };
        self.0.iter().filter(may)
    }

    /// The one that a mapping names.
    pub(super) fn named(&self, mapping: &Mapping) -> Result<Option<&Arc<Plugin>>, Unreadable> {
        let Some(name) = &mapping.importer else { return Ok(None) };
        self.get(name).map(Some).ok_or_else(|| Unreadable::NoImporter {
            name: name.to_string(),
            mapping: mapping.name.clone(),
        })
    }

    /// The one that says that it reads files of this name and beginning.
    pub(super) fn claiming(
        &self,
        file_name: &str,
        head: &[u8],
    ) -> Result<Option<&Arc<Plugin>>, Unreadable> {
        let mut claiming = self.claiming_by_name(file_name).filter(|plugin| {
            plugin.manifest().claims().is_some_and(|claims| claims_head(claims, head))
        });
        match (claiming.next(), claiming.next()) {
            (Some(first), Some(second)) => Err(Unreadable::TwoImporters {
                first: first.name().to_string(),
                second: second.name().to_string(),
            }),
            (found, _) => Ok(found),
        }
    }
}

/// Whether a file of this name may be one of those that are claimed.
fn claims_name(claims: &Claims, file_name: &str) -> bool {
    let name = file_name.to_lowercase();
    let fits = |pattern: &String| Glob::new(&pattern.to_lowercase()).matches(&name);
    match claims.files.as_slice() {
        [] => !claims.magic.is_empty(),
        patterns => patterns.iter().any(fits),
    }
}

/// Whether a file that begins with these bytes may be one of those that are claimed.
fn claims_head(claims: &Claims, head: &[u8]) -> bool {
    claims.magic.is_empty() || claims.magic.iter().any(|magic| head.starts_with(magic))
}

impl<'a> Portions<'a> {
    /// A file whose beginning was read already.
    pub(super) fn open(
        plugin: &Arc<Plugin>,
        source: Box<dyn Read + 'a>,
        head: Vec<u8>,
    ) -> Result<Self, Unreadable> {
        if head.trim_ascii().is_empty() && head.len() < CHUNK {
            return Err(Unreadable::Empty);
        }
        let mut reader = Reader::open(plugin)?;
        let manifest = plugin.manifest();
        let read_as = format!("plugin {} {}", manifest.name, manifest.version);
        let answer = move |chunk: Option<&[u8]>| match chunk {
            Some(chunk) => reader.read(chunk),
            None => reader.finish(),
        };
        Ok(Self::of(source, head, read_as, Box::new(answer)))
    }

    /// The same where somebody else answers.
    pub(super) fn of(
        source: Box<dyn Read + 'a>,
        head: Vec<u8>,
        read_as: String,
        answer: Answers<'a>,
    ) -> Self {
        let waiting = VecDeque::new();
        Self {
            source,
            answer,
            read_as,
            chunk: head,
            ready: true,
            waiting,
            consumed: 0,
            over: false,
        }
    }

    /// How the file is read, in words.
    pub(super) fn read_as(&self) -> String {
        self.read_as.clone()
    }

    pub(super) fn consumed(&self) -> u64 {
        self.consumed
    }

    pub(super) fn next(&mut self) -> Result<Option<Portioned>, Unreadable> {
        while self.waiting.is_empty() && !self.over {
            self.advance()?;
        }
        Ok(self.waiting.pop_front().map(|found| match found {
            Found::Element(element) => Portioned::Element(element),
            Found::Remark(remark)
                if remark.severity == Severity::Error && remark.place.row.is_some() =>
            {
                Portioned::Refused(remark)
            }
            Found::Remark(remark) => Portioned::Said(remark),
        }))
    }

    fn advance(&mut self) -> Result<(), Unreadable> {
        if !std::mem::take(&mut self.ready) {
            self.chunk.clear();
            self.source.by_ref().take(CHUNK as u64).read_to_end(&mut self.chunk)?;
        }
        self.consumed += self.chunk.len() as u64;
        let found = if self.chunk.is_empty() {
            let rest = (self.answer)(None)?;
            self.over = rest.is_empty();
            rest
        } else {
            (self.answer)(Some(&self.chunk))?
        };
        self.waiting.extend(found);
        Ok(())
    }
}

impl From<Content> for super::row::LeafContent<'_> {
    fn from(content: Content) -> Self {
        match content {
            Content::Text(text) => Self::Text(text.into()),
            Content::Number(number) => Self::Number(number),
            Content::Texts(texts) => Self::List(texts),
        }
    }
}

impl From<ReaderError> for Unreadable {
    fn from(error: ReaderError) -> Self {
        Self::Importer(Box::new(error))
    }
}
