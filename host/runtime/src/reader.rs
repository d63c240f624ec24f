//! An importer with a file: chunks in, elements and remarks out.
//!
//! An instance reads one file and is dropped. Whatever it does wrong, in a call or in
//! [what it hands over](super::portion), is an error about the whole file, because nobody can tell which
//! of its elements to believe.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_model::code::PluginName;
use smol_str::SmolStr;
use wasmtime::Store;

use super::bindings::importer::Importer;
use super::bindings::importer::rikaste::plugin::files;
use super::component::{Plugin, event_loop};
use super::host::{NoAssets, State};
use super::instance::{Blueprint, Exports, Fault, StartError, begin, fault, usage};
use super::ledger::{FailureKind, Ledger};
use super::limits::{self, Limits};
use super::portion::{Found, Tally};
use super::text;

/// A file on its way through an importer.
pub struct Reader {
    plugin: Arc<Plugin>,
    guest: Guest,
    turn: tokio::runtime::Runtime,
    tally: Tally,
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
        let tally = Tally::new(plugin.name().clone());
        Ok(Self { plugin: Arc::clone(plugin), guest, turn, tally })
    }

    /// Gives it the next bytes of the file, [`limits::CHUNK`] but for the last.
    ///
    /// # Errors
    /// When the file cannot be read; the reader is then to be dropped.
    pub fn read(&mut self, chunk: &[u8]) -> Result<Vec<Found>, ReaderError> {
        self.tally.give(chunk);
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
            Ok(Ok(portion)) => match self.tally.check(portion) {
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
        Err(failed(&self.plugin, self.tally.so_far(), reason))
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

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("plugin", self.plugin.name()).finish_non_exhaustive()
    }
}
