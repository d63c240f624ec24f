//! What a guest finds on the other side of its imports: a log and the photos of the products at
//! hand.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use rikaste_model::code::PluginName;
use rikaste_model::product::Hash;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use super::bindings::image::rikaste::plugin::pictures;
use super::bindings::importer::rikaste::plugin::files;
use super::bindings::rikaste::plugin::types::Severity;
use super::bindings::rikaste::plugin::{assets, log, types};
use super::ledger::Ledger;
use super::limits::{self, Limits, MemoryMeter};
use super::text;
use super::wasi::{self, Output};
use rikaste_store::asset_folder::Assets;

/// Where the bytes of photos are: the asset store, or memory in tests.
pub trait AssetReader: Send + Sync {
    /// At most `length` bytes from `offset`; none at or after the end.
    ///
    /// # Errors
    /// When the asset is missing or cannot be read.
    fn read(&self, asset: &Hash, offset: u64, length: u32) -> io::Result<Vec<u8>>;
}

/// What belongs to one instance.
pub struct State {
    plugin: PluginName,
    assets: Arc<dyn AssetReader>,
    wasi: WasiCtx,
    table: ResourceTable,
    output: Output,
    /// Counts the instance's memory.
    pub memory: MemoryMeter,
    limits: Limits,
    ledger: Arc<Ledger>,
    call: Call,
}

/// What belongs to one call.
struct Call {
    deadline: Instant,
    readable: Vec<Hash>,
    log: Vec<(Severity, String)>,
    log_bytes: usize,
}

impl State {
    /// The state of a fresh instance.
    #[must_use]
    pub fn new(
        plugin: PluginName,
        limits: Limits,
        ledger: Arc<Ledger>,
        assets: Arc<dyn AssetReader>,
    ) -> Self {
        let output = Output::default();
        let now = Instant::now();
        Self {
            plugin,
            assets,
            wasi: wasi::context(&output),
            table: ResourceTable::new(),
            output,
            memory: MemoryMeter::new(limits),
            limits,
            ledger,
            call: Call { deadline: now, readable: Vec::new(), log: Vec::new(), log_bytes: 0 },
        }
    }

    /// A call begins: its log is empty, and it may use so much and read these assets.
    pub fn begin(&mut self, limits: Limits, readable: impl IntoIterator<Item = Hash>) {
        self.limits = limits;
        self.memory.allow(limits);
        self.call.deadline = Instant::now() + limits.time;
        self.call.readable.clear();
        self.call.readable.extend(readable);
        self.call.readable.sort_unstable();
        self.call.log.clear();
        self.call.log_bytes = 0;
        self.output.clear();
    }

    /// Hands the call's log on, to the program's and the plugin's own. Not before it is known that the
    /// call counts: one that fails in company is made again.
    pub fn publish_log(&self) {
        let plugin = &self.plugin;
        for (severity, message) in &self.call.log {
            match severity {
                Severity::Info => tracing::info!(%plugin, "{message}"),
                Severity::Warning => tracing::warn!(%plugin, "{message}"),
                Severity::Error => tracing::error!(%plugin, "{message}"),
            }
            self.ledger.log(format!("{} {message}", said(*severity)));
        }
    }

    /// What the call may use.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Lines that the call logged so far.
    #[must_use]
    pub fn log_lines(&self) -> usize {
        self.call.log.len()
    }

    /// Whether the call's time is up.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        Instant::now() >= self.call.deadline
    }

    /// The last words of a guest that failed: the errors it logged, or what it wrote to its
    /// standard error.
    #[must_use]
    pub fn last_words(&self) -> Option<String> {
        let logged = self.call.log.iter().rev().find(|(severity, _)| *severity == Severity::Error);
        let words = logged.map_or_else(|| self.output.text(), |(_, message)| message.clone());
        (!words.is_empty()).then(|| text::words(&words, limits::MESSAGE_BYTES))
    }
}

impl AssetReader for Assets {
    fn read(&self, asset: &Hash, offset: u64, length: u32) -> io::Result<Vec<u8>> {
        Self::read(self, asset, offset, length as usize)
    }
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl types::Host for State {}

impl files::Host for State {}

impl pictures::Host for State {}

impl log::Host for State {
    /// Lines beyond the call's share are dropped, but an error always finds room: it may be the
    /// guest's last words.
    fn write(&mut self, severity: Severity, message: String) {
        let room = limits::LOG_BYTES.saturating_sub(self.call.log_bytes);
        if severity != Severity::Error
            && (self.call.log.len() >= self.limits.log_lines || room == 0)
        {
            return;
        }
        let message = text::words(&message, room.max(limits::MESSAGE_BYTES));
        if self.call.log.len() >= self.limits.log_lines {
            self.call.log.pop();
        }
        self.call.log_bytes += message.len();
        self.call.log.push((severity, message.to_owned()));
    }
}

fn said(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

impl assets::Host for State {
    fn read(&mut self, asset: String, offset: u64, length: u32) -> Result<Vec<u8>, String> {
        let readable =
            Hash::from_hex(&asset).filter(|hash| self.call.readable.binary_search(hash).is_ok());
        let Some(hash) = readable else {
            return Err(format!(
                "{asset} is not among the images of the products at hand; name `images` in `reads`"
            ));
        };
        self.assets
            .read(&hash, offset, length.min(limits::READ_BYTES))
            .map_err(|error| error.to_string())
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("plugin", &self.plugin)
            .field("memory", &self.memory)
            .finish_non_exhaustive()
    }
}

/// A reader that has no assets.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoAssets;

impl AssetReader for NoAssets {
    fn read(&self, asset: &Hash, _: u64, _: u32) -> io::Result<Vec<u8>> {
        Err(io::Error::new(io::ErrorKind::NotFound, format!("there is no asset {asset}")))
    }
}
