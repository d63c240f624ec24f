//! What a guest finds on the other side of its imports: a log and the photos of the products at
//! hand.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use rikaste_model::code::PluginName;
use rikaste_model::product::ContentHash;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use super::bindings::image::rikaste::plugin::pictures;
use super::bindings::importer::rikaste::plugin::files;
use super::bindings::rikaste::plugin::types::Severity;
use super::bindings::rikaste::plugin::{assets, log, types};
use super::guest_text;
use super::limits::{self, MemoryMeter, PluginLimits};
use super::metrics::PluginMetrics;
use super::wasi::{self, OutputTail};
use rikaste_store::asset_folder::AssetFolder;

/// Where the bytes of photos are: the asset store, or memory in tests.
pub trait AssetReader: Send + Sync {
    /// At most `length` bytes from `offset`; none at or after the end.
    ///
    /// # Errors
    /// When the asset is missing or cannot be read.
    fn read_range(&self, asset: &ContentHash, offset: u64, length: u32) -> io::Result<Vec<u8>>;
}

/// What belongs to one instance.
pub struct InstanceState {
    plugin: PluginName,
    assets: Arc<dyn AssetReader>,
    wasi: WasiCtx,
    table: ResourceTable,
    output: OutputTail,
    /// Counts the instance's memory.
    pub memory: MemoryMeter,
    limits: PluginLimits,
    metrics: Arc<PluginMetrics>,
    call: CallState,
}

/// What belongs to one call.
struct CallState {
    deadline: Instant,
    readable_assets: Vec<ContentHash>,
    log: Vec<(Severity, String)>,
    log_bytes: usize,
}

impl InstanceState {
    /// The state of a fresh instance.
    #[must_use]
    pub fn new(
        plugin: PluginName,
        limits: PluginLimits,
        metrics: Arc<PluginMetrics>,
        assets: Arc<dyn AssetReader>,
    ) -> Self {
        let output = OutputTail::default();
        let now = Instant::now();
        Self {
            plugin,
            assets,
            wasi: wasi::build_inert_context(&output),
            table: ResourceTable::new(),
            output,
            memory: MemoryMeter::new(limits),
            limits,
            metrics,
            call: CallState {
                deadline: now,
                readable_assets: Vec::new(),
                log: Vec::new(),
                log_bytes: 0,
            },
        }
    }

    /// A call begins: its log is empty, and it may use so much and read these assets.
    pub fn begin_call(
        &mut self,
        limits: PluginLimits,
        readable: impl IntoIterator<Item = ContentHash>,
    ) {
        self.limits = limits;
        self.memory.set_limits(limits);
        self.call.deadline = Instant::now() + limits.time;
        self.call.readable_assets.clear();
        self.call.readable_assets.extend(readable);
        self.call.readable_assets.sort_unstable();
        self.call.log.clear();
        self.call.log_bytes = 0;
        self.output.clear_bytes();
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
            self.metrics.push_log_line(format!("{} {message}", severity_name(*severity)));
        }
    }

    /// What the call may use.
    #[must_use]
    pub fn limits(&self) -> PluginLimits {
        self.limits
    }

    /// Lines that the call logged so far.
    #[must_use]
    pub fn log_line_count(&self) -> usize {
        self.call.log.len()
    }

    /// Whether the call's time is up.
    #[must_use]
    pub fn is_past_deadline(&self) -> bool {
        Instant::now() >= self.call.deadline
    }

    /// The last words of a guest that failed: the errors it logged, or what it wrote to its
    /// standard error.
    #[must_use]
    pub fn last_error_text(&self) -> Option<String> {
        let logged = self.call.log.iter().rev().find(|(severity, _)| *severity == Severity::Error);
        let words = logged.map_or_else(|| self.output.text(), |(_, message)| message.clone());
        (!words.is_empty()).then(|| guest_text::sanitize_message(&words, limits::MESSAGE_BYTES))
    }
}

impl AssetReader for AssetFolder {
    fn read_range(&self, asset: &ContentHash, offset: u64, length: u32) -> io::Result<Vec<u8>> {
        Self::read_range(self, asset, offset, length as usize)
    }
}

impl WasiView for InstanceState {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl types::Host for InstanceState {}

impl files::Host for InstanceState {}

impl pictures::Host for InstanceState {}

impl log::Host for InstanceState {
    /// Lines beyond the call's share are dropped, but an error always finds room: it may be the
    /// guest's last words.
    fn write(&mut self, severity: Severity, message: String) {
        let room = limits::LOG_BYTES.saturating_sub(self.call.log_bytes);
        if severity != Severity::Error
            && (self.call.log.len() >= self.limits.log_lines || room == 0)
        {
            return;
        }
        let message = guest_text::sanitize_message(&message, room.max(limits::MESSAGE_BYTES));
        if self.call.log.len() >= self.limits.log_lines {
            self.call.log.pop();
        }
        self.call.log_bytes += message.len();
        self.call.log.push((severity, message.to_owned()));
    }
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

impl assets::Host for InstanceState {
    fn read(&mut self, asset: String, offset: u64, length: u32) -> Result<Vec<u8>, String> {
        let readable = ContentHash::from_hex(&asset)
            .filter(|hash| self.call.readable_assets.binary_search(hash).is_ok());
        let Some(hash) = readable else {
            return Err(format!(
                "{asset} is not among the images of the products at hand; name `images` in `reads`"
            ));
        };
        self.assets
            .read_range(&hash, offset, length.min(limits::READ_BYTES))
            .map_err(|error| error.to_string())
    }
}

impl fmt::Debug for InstanceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InstanceState")
            .field("plugin", &self.plugin)
            .field("memory", &self.memory)
            .finish_non_exhaustive()
    }
}

/// A reader that has no assets.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoAssets;

impl AssetReader for NoAssets {
    fn read_range(&self, asset: &ContentHash, _: u64, _: u32) -> io::Result<Vec<u8>> {
        Err(io::Error::new(io::ErrorKind::NotFound, format!("there is no asset {asset}")))
    }
}
