//! An importer with a file: chunks in, elements and remarks out, each checked.
//!
//! An instance reads one file and is dropped. What it hands over is bounded call by call, and in all
//! by the size of the file; whatever else it does wrong is an error about the whole file, because
//! nobody can tell which of its elements to believe.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_catalog::code::PluginName;
use rikaste_catalog::diagnostic::{Diagnostic, Place, Severity, excerpt};
use smol_str::SmolStr;
use wasmtime::Store;

use super::bindings::importer::Importer;
use super::bindings::importer::rikaste::plugin::files;
use super::bindings::rikaste::plugin::types;
use super::component::{Plugin, event_loop};
use super::host::{NoAssets, State};
use super::instance::{Blueprint, Exports, Fault, StartError, begin, fault, usage};
use super::ledger::{FailureKind, Ledger};
use super::limits::{self, Limits};
use super::text;

/// A file on its way through an importer.
pub struct Reader {
    plugin: Arc<Plugin>,
    guest: Guest,
    turn: tokio::runtime::Runtime,
    /// Bytes that it was given.
    bytes: u64,
    /// Elements that it gave.
    elements: u64,
    /// Remarks that it gave.
    remarks: u64,
    /// The row of the last of them.
    row: u32,
}

/// What an importer says of a file, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A product, price, review.
    Element(Element),
    /// Something that a person should know; an error with a row is an element that was refused.
    Remark(Diagnostic),
}

/// What a row is to a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// By what number a person finds it.
    pub row: u32,
    /// What stands at its paths.
    pub leaves: Vec<(String, Content)>,
}

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text.
    Text(String),
    /// A decimal, with a point as its mark.
    Number(String),
    /// Several texts.
    Texts(Vec<String>),
}

/// Why a file cannot be read by a plugin. Nothing of it is to be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the plugin {plugin} {version} fails after {elements} elements (row {row}): {reason}")]
pub struct ReaderError {
    /// Which.
    pub plugin: PluginName,
    /// Its version.
    pub version: SmolStr,
    /// How many elements it gave before.
    pub elements: u64,
    /// The row of the last of them; 0 when there was none.
    pub row: u32,
    /// What it did, or says.
    pub reason: String,
}

/// A running importer.
pub(super) struct Guest {
    store: Store<State>,
    importer: Importer,
}

/// What is wrong with what it handed over.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum Refusal {
    #[error("it handed over {got} {what} at once; at most {most} are allowed")]
    TooMany { what: &'static str, got: usize, most: usize },
    #[error("it made more {0} than the file has bytes")]
    MoreThanBytes(&'static str),
    #[error("its rows are counted from 1, and this is 0")]
    RowZero,
    #[error("its rows go back, from {before} to {row}")]
    RowsBack { before: u32, row: u32 },
    #[error("row {row} has {got} leaves; at most {} are allowed", limits::LEAVES)]
    Leaves { row: u32, got: usize },
    #[error("row {row} has {} MiB; at most {} are allowed", .bytes >> 20, limits::ELEMENT_BYTES >> 20)]
    Large { row: u32, bytes: usize },
    #[error("row {row} has a path of {bytes} bytes; at most {} are allowed", limits::PATH_BYTES)]
    LongPath { row: u32, bytes: usize },
    #[error("row {row} has a leaf without a path")]
    NoPath { row: u32 },
    #[error("row {row} has the path {path:?} twice")]
    Twice { row: u32, path: String },
    #[error("row {row} says at {path:?} that {text:?} is a number; a number is written as -12.50")]
    NoNumber { row: u32, path: String, text: String },
}

impl Blueprint {
    /// A fresh importer with this configuration.
    ///
    /// # Errors
    /// [`StartError::Config`] with the guest's words when it does not take the configuration.
    pub(super) async fn open(
        &self,
        name: &PluginName,
        config: &str,
        limits: Limits,
        ledger: &Arc<Ledger>,
    ) -> Result<Guest, StartError> {
        let Exports::Importer(pre) = &self.exports else {
            return Err(Fault::Start("it reads no files".to_owned()).into());
        };
        let mut store = self.store(name, limits, ledger, Arc::new(NoAssets));
        let _running = self.runtime.running();
        let importer = pre.instantiate_async(&mut store).await;
        let importer = importer.map_err(|error| fault(&error, &store))?;
        let configured = importer.call_configure(&mut store, config).await;
        configured
            .map_err(|error| fault(&error, &store))?
            .map_err(|words| StartError::Config(text::words(&words, limits::MESSAGE_BYTES)))?;
        Ok(Guest { store, importer })
    }
}

impl Reader {
    /// Has a plugin of the world `importer` ready for a file.
    ///
    /// # Errors
    /// When it does not start.
    pub fn open(plugin: &Arc<Plugin>) -> Result<Self, ReaderError> {
        let turn = event_loop();
        let blueprint = plugin.blueprint();
        let open = blueprint.open(plugin.name(), plugin.config(), plugin.limits(), plugin.ledger());
        let guest = turn.block_on(open).map_err(|error| {
            plugin.ledger().failed(FailureKind::Start, 1);
            failed(plugin, (0, 0), error.to_string())
        })?;
        plugin.ledger().instantiated();
        Ok(Self {
            plugin: Arc::clone(plugin),
            guest,
            turn,
            bytes: 0,
            elements: 0,
            remarks: 0,
            row: 0,
        })
    }

    /// Gives it the next bytes of the file, [`limits::CHUNK`] but for the last.
    ///
    /// # Errors
    /// When the file cannot be read; the reader is then to be dropped.
    pub fn read(&mut self, chunk: &[u8]) -> Result<Vec<Found>, ReaderError> {
        self.bytes += chunk.len() as u64;
        self.call(Some(chunk))
    }

    /// Says that there are no more bytes. To be called until it gives nothing more.
    ///
    /// # Errors
    /// When the file cannot be read; the reader is then to be dropped.
    pub fn finish(&mut self) -> Result<Vec<Found>, ReaderError> {
        self.call(None)
    }

    /// The plugin.
    #[must_use]
    pub fn plugin(&self) -> &Plugin {
        &self.plugin
    }

    fn call(&mut self, chunk: Option<&[u8]>) -> Result<Vec<Found>, ReaderError> {
        let limits = self.plugin.limits();
        let guest = &mut self.guest;
        begin(&mut guest.store, limits, []);
        let began = Instant::now();
        let running = self.plugin.runtime().running();
        let answer = self.turn.block_on(guest.call(chunk, limits.time));
        drop(running);
        let ledger = self.plugin.ledger();
        ledger.called(&usage(&guest.store, limits, began));
        guest.store.data().publish_log();
        let (kind, reason) = match answer {
            Ok(Ok(portion)) => match self.check(portion) {
                Ok(found) => {
                    self.plugin.ledger().ran(found.len());
                    return Ok(found);
                }
                Err(refusal) => (FailureKind::Answer, refusal.to_string()),
            },
            Ok(Err(words)) => (FailureKind::Error, text::words(&words, limits::MESSAGE_BYTES)),
            Err(Fault::Overdue(time)) => (FailureKind::Time, overdue(time)),
            Err(Fault::Guilty(kind, words)) => (kind, words),
            Err(fault @ Fault::Start(_)) => (FailureKind::Start, fault.to_string()),
        };
        self.plugin.ledger().failed(kind, 1);
        Err(failed(&self.plugin, (self.elements, self.row), reason))
    }

    /// What it handed over, by row.
    fn check(&mut self, portion: files::Portion) -> Result<Vec<Found>, Refusal> {
        let files::Portion { elements, remarks } = portion;
        for (what, got) in [("elements", elements.len()), ("remarks", remarks.len())] {
            if got > limits::ELEMENTS {
                return Err(Refusal::TooMany { what, got, most: limits::ELEMENTS });
            }
        }
        self.remarks += remarks.len() as u64;
        for (what, all) in
            [("elements", self.elements + elements.len() as u64), ("remarks", self.remarks)]
        {
            if all > self.bytes {
                return Err(Refusal::MoreThanBytes(what));
            }
        }
        let mut found = Vec::with_capacity(elements.len() + remarks.len());
        found.extend(remarks.iter().map(|remark| self.remark(remark)));
        for element in elements {
            found.push(Found::Element(self.element(element)?));
        }
        // A remark comes before what it is about, as a table's messages do.
        found.sort_by_key(|found| match found {
            Found::Element(element) => element.row,
            Found::Remark(remark) => remark.place.row.unwrap_or(0),
        });
        Ok(found)
    }

    fn element(&mut self, element: files::Element) -> Result<Element, Refusal> {
        let (before, row) = (self.row, element.row);
        if row == 0 {
            return Err(Refusal::RowZero);
        }
        if row < before {
            return Err(Refusal::RowsBack { before, row });
        }
        self.row = row;
        let got = element.leaves.len();
        if got > limits::LEAVES {
            return Err(Refusal::Leaves { row, got });
        }
        let bytes = element.leaves.iter().map(|leaf| leaf.path.len() + leaf.content.size()).sum();
        if bytes > limits::ELEMENT_BYTES {
            return Err(Refusal::Large { row, bytes });
        }
        if let Some(path) = repeated(&element.leaves) {
            return Err(Refusal::Twice { row, path: excerpt(path) });
        }
        let leaves = element.leaves.into_iter().map(|leaf| checked(leaf, row));
        let leaves = leaves.collect::<Result<_, _>>()?;
        self.elements += 1;
        Ok(Element { row, leaves })
    }

    fn remark(&self, raw: &files::Remark) -> Found {
        let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let is_code = (1..=64).contains(&raw.code.len()) && raw.code.bytes().all(lower);
        let code = if is_code { &raw.code } else { self.plugin.name().as_str() };
        Found::Remark(Diagnostic {
            severity: match raw.severity {
                types::Severity::Info => Severity::Info,
                types::Severity::Warning => Severity::Warning,
                types::Severity::Error => Severity::Error,
            },
            code: SmolStr::new(code),
            message: text::words(&raw.message, limits::MESSAGE_BYTES).into(),
            place: Place {
                row: raw.row.filter(|row| *row > 0),
                column: raw.column.as_ref().map(|column| excerpt(column).into()),
                value: raw.value.as_ref().map(|value| excerpt(value)),
                ..Place::default()
            },
        })
    }
}

impl Guest {
    async fn call(
        &mut self,
        chunk: Option<&[u8]>,
        time: Duration,
    ) -> Result<Result<files::Portion, String>, Fault> {
        let (importer, store) = (&self.importer, &mut self.store);
        let call = async {
            match chunk {
                Some(chunk) => importer.call_read_chunk(&mut *store, chunk).await,
                None => importer.call_finish(&mut *store).await,
            }
        };
        match tokio::time::timeout(time, call).await {
            Ok(answer) => answer.map_err(|error| fault(&error, &self.store)),
            Err(_) => Err(Fault::Overdue(time)),
        }
    }
}

fn failed(plugin: &Plugin, (elements, row): (u64, u32), reason: String) -> ReaderError {
    let version = plugin.manifest().version.clone();
    ReaderError { plugin: plugin.name().clone(), version, elements, row, reason }
}

fn overdue(time: Duration) -> String {
    format!(
        "it took longer than {} seconds; the machine may have been busy: drop the file again",
        time.as_secs()
    )
}

fn checked(leaf: files::Leaf, row: u32) -> Result<(String, Content), Refusal> {
    let path = leaf.path;
    if path.trim().is_empty() {
        return Err(Refusal::NoPath { row });
    }
    if path.len() > limits::PATH_BYTES {
        return Err(Refusal::LongPath { row, bytes: path.len() });
    }
    let content = match leaf.content {
        files::Content::Text(text) => Content::Text(text),
        files::Content::Number(text) if is_number(&text) => Content::Number(text),
        files::Content::Number(text) => {
            return Err(Refusal::NoNumber { row, path: excerpt(&path), text: excerpt(&text) });
        }
        files::Content::Texts(texts) => Content::Texts(texts),
    };
    Ok((path, content))
}

fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = text.strip_prefix('-').unwrap_or(text);
    match number.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(number),
    }
}

/// A path that is there twice.
fn repeated(leaves: &[files::Leaf]) -> Option<&str> {
    /// Up to so many, comparing each with each takes less time than hashing.
    const FEW: usize = 24;
    let paths = || leaves.iter().map(|leaf| leaf.path.as_str());
    if leaves.len() <= FEW {
        let is_before = |at: usize, path: &str| paths().take(at).any(|before| before == path);
        return paths().enumerate().find(|(at, path)| is_before(*at, path)).map(|(_, path)| path);
    }
    let mut seen = HashSet::with_capacity(leaves.len());
    paths().find(|path| !seen.insert(*path))
}

impl files::Content {
    fn size(&self) -> usize {
        match self {
            Self::Text(text) | Self::Number(text) => text.len(),
            Self::Texts(texts) => texts.iter().map(|text| text.len() + 1).sum(),
        }
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("plugin", self.plugin.name()).finish_non_exhaustive()
    }
}
