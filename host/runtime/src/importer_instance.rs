//! An importer with a file: chunks in, elements and remarks out.
//!
//! An instance reads one file and is dropped. Whatever it does wrong, in a call or in
//! [what it hands over](super::portion), is an error about the whole file, because it is unknown which
//! of its elements to believe.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_model::code::PluginName;
use smol_str::SmolStr;
use wasmtime::Store;

use super::bindings::importer::Importer;
use super::bindings::importer::rikaste::plugin::files;
use super::component::{Plugin, new_event_loop};
use super::guest_text;
use super::host::{InstanceState, NoAssets};
use super::instance::{
    CallError, LinkedComponent, StartError, WorldExports, begin_call, measure_usage, to_call_error,
};
use super::limits::{self, PluginLimits};
use super::metrics::{FailureKind, PluginMetrics};
use super::portion::{ImportedItem, PortionChecker};

/// A file on its way through an importer.
pub struct ImporterInstance {
    plugin: Arc<Plugin>,
    guest: ImporterGuest,
    event_loop: tokio::runtime::Runtime,
    checker: PortionChecker,
}

/// Why a file cannot be read by a plugin. Nothing of it is to be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the plugin {plugin} {version} fails after {elements} elements (row {row}): {reason}")]
pub struct ImporterError {
    /// The plugin's name.
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
pub(super) struct ImporterGuest {
    store: Store<InstanceState>,
    importer: Importer,
}

impl LinkedComponent {
    /// A fresh importer with this configuration.
    ///
    /// # Errors
    /// [`StartError::Config`] with the guest's words when it does not take the configuration.
    pub(super) async fn instantiate_importer(
        &self,
        name: &PluginName,
        config: &str,
        limits: PluginLimits,
        metrics: &Arc<PluginMetrics>,
    ) -> Result<ImporterGuest, StartError> {
        let WorldExports::Importer(pre) = &self.exports else {
            return Err(CallError::NotStarted("it reads no files".to_owned()).into());
        };
        let mut store = self.new_store(name, limits, metrics, Arc::new(NoAssets));
        let _running = self.runtime.keep_clock_running();
        let importer = pre.instantiate_async(&mut store).await;
        let importer = importer.map_err(|error| to_call_error(&error, &store))?;
        let configured = importer.call_configure(&mut store, config).await;
        configured.map_err(|error| to_call_error(&error, &store))?.map_err(|words| {
            StartError::Config(guest_text::sanitize_message(&words, limits::MESSAGE_BYTES))
        })?;
        Ok(ImporterGuest { store, importer })
    }
}

impl ImporterInstance {
    /// Has a plugin of the world `importer` ready for a file.
    ///
    /// # Errors
    /// When it does not start.
    pub fn instantiate_plugin(plugin: &Arc<Plugin>) -> Result<Self, ImporterError> {
        let turn = new_event_loop();
        let linked_component = plugin.linked_component();
        let open = linked_component.instantiate_importer(
            plugin.name(),
            plugin.config(),
            plugin.limits(),
            plugin.metrics(),
        );
        let guest = turn.block_on(open).map_err(|error| {
            plugin.metrics().record_failures(FailureKind::Start, 1);
            importer_error(plugin, (0, 0), error.to_string())
        })?;
        plugin.metrics().record_instance();
        let tally = PortionChecker::new(plugin.name().clone());
        Ok(Self { plugin: Arc::clone(plugin), guest, event_loop: turn, checker: tally })
    }

    /// Gives it the next bytes of the file, [`limits::CHUNK_BYTES`] but for the last.
    ///
    /// # Errors
    /// When the file cannot be read; the reader is then to be dropped.
    pub fn read_chunk(&mut self, chunk: &[u8]) -> Result<Vec<ImportedItem>, ImporterError> {
        self.checker.count_chunk(chunk);
        self.call_guest(Some(chunk))
    }

    /// Says that there are no more bytes. To be called until it gives nothing more.
    ///
    /// # Errors
    /// When the file cannot be read; the reader is then to be dropped.
    pub fn finish_file(&mut self) -> Result<Vec<ImportedItem>, ImporterError> {
        self.call_guest(None)
    }

    /// The plugin.
    #[must_use]
    pub fn plugin(&self) -> &Plugin {
        &self.plugin
    }

    fn call_guest(&mut self, chunk: Option<&[u8]>) -> Result<Vec<ImportedItem>, ImporterError> {
        let limits = self.plugin.limits();
        let guest = &mut self.guest;
        begin_call(&mut guest.store, limits, []);
        let began = Instant::now();
        let running = self.plugin.runtime().keep_clock_running();
        let answer = self.event_loop.block_on(guest.call_with_timeout(chunk, limits.time));
        drop(running);
        let metrics = self.plugin.metrics();
        metrics.record_call(&measure_usage(&guest.store, limits, began));
        guest.store.data().publish_log();
        let (kind, reason) = match answer {
            Ok(Ok(portion)) => match self.checker.check_portion(portion) {
                Ok(found) => {
                    self.plugin.metrics().record_products(found.len());
                    return Ok(found);
                }
                Err(refusal) => (FailureKind::Answer, refusal.to_string()),
            },
            Ok(Err(words)) => {
                (FailureKind::Error, guest_text::sanitize_message(&words, limits::MESSAGE_BYTES))
            }
            Err(CallError::Timeout(time)) => (FailureKind::Time, timeout_message(time)),
            Err(CallError::GuestError(kind, words)) => (kind, words),
            Err(fault @ CallError::NotStarted(_)) => (FailureKind::Start, fault.to_string()),
        };
        self.plugin.metrics().record_failures(kind, 1);
        Err(importer_error(&self.plugin, self.checker.elements_and_row(), reason))
    }
}

impl ImporterGuest {
    async fn call_with_timeout(
        &mut self,
        chunk: Option<&[u8]>,
        time: Duration,
    ) -> Result<Result<files::Portion, String>, CallError> {
        let (importer, store) = (&self.importer, &mut self.store);
        let call = async {
            match chunk {
                Some(chunk) => importer.call_read_chunk(&mut *store, chunk).await,
                None => importer.call_finish(&mut *store).await,
            }
        };
        match tokio::time::timeout(time, call).await {
            Ok(answer) => answer.map_err(|error| to_call_error(&error, &self.store)),
            Err(_) => Err(CallError::Timeout(time)),
        }
    }
}

fn importer_error(plugin: &Plugin, (elements, row): (u64, u32), reason: String) -> ImporterError {
    let version = plugin.manifest().version.clone();
    ImporterError { plugin: plugin.name().clone(), version, elements, row, reason }
}

fn timeout_message(time: Duration) -> String {
    format!(
        "it took longer than {} seconds; the machine may have been busy: drop the file again",
        time.as_secs()
    )
}

impl std::fmt::Debug for ImporterInstance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImporterInstance")
            .field("plugin", self.plugin.name())
            .finish_non_exhaustive()
    }
}
