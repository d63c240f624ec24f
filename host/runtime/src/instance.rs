//! One running guest of the world `enricher`, and the one call it is for; [`importer_instance`](super::importer_instance) has
//! importers, [`image_instance`](super::image_instance) has those that decode photos.
//!
//! After any error an instance is not entered again: its memory may be in any state.

use rikaste_model::product::ContentHash;
use std::sync::Arc;
use std::time::{Duration, Instant};
use wasmtime::component::{ComponentExportIndex, Func, InstancePre};
use wasmtime::{Store, Trap, UpdateDeadline, WasmBacktrace};

use super::bindings::image::ImageProcessorPre;
use super::bindings::importer::ImporterPre;
use super::bindings::rikaste::plugin::types;
use super::bindings::{Enricher, EnricherPre};
use super::component::LoadError;
use super::engine::PluginRuntime;
use super::host::{AssetReader, InstanceState};
use super::limits::{self, LimitExceeded, PluginLimits};
use super::manifest::{Manifest, ManifestError};
use super::metrics::{FailureKind, PluginMetrics};
use super::{guest_text, lower};
use rikaste_model::code::PluginName;

/// What one call gives: an outcome for each product.
pub type GuestOutcomes = Vec<types::Outcome>;

/// A guest that is ready for products.
pub struct EnricherInstance {
    store: Store<InstanceState>,
    enrich: Func,
    calls: u32,
    last_usage: CallUsage,
}

/// What a call took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CallUsage {
    /// Steps, the same on every machine.
    pub steps: u64,
    /// Bytes that the instance's memories have after it.
    pub memory: usize,
    /// Lines that it logged.
    pub log_lines: usize,
    /// Time that went by.
    pub time: Duration,
}

/// Why a call gave no outcomes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The guest did wrong; it would do so again.
    #[error("{1}")]
    GuestError(FailureKind, String),
    /// It took more time than the clock allows. The machine may be to blame.
    #[error("it took longer than {} seconds", .0.as_secs())]
    Timeout(Duration),
    /// No instance could be made, whatever the products.
    #[error("it cannot be started: {0}")]
    NotStarted(String),
}

/// What a guest says of itself, checked.
pub(super) type ManifestResult = Result<Manifest, ManifestError>;

/// A component whose imports are linked, from which instances are made.
#[derive(Clone)]
pub struct LinkedComponent {
    pub(super) runtime: PluginRuntime,
    pub(super) exports: WorldExports,
}

/// What a component exports: one of the worlds.
#[derive(Clone)]
pub(super) enum WorldExports {
    Enricher { pre: EnricherPre<InstanceState>, enrich: ComponentExportIndex },
    Importer(ImporterPre<InstanceState>),
    ImageProcessor(ImageProcessorPre<InstanceState>),
}

impl LinkedComponent {
    /// Checks that the exports are those of the contract.
    pub(super) fn new(
        runtime: &PluginRuntime,
        pre: InstancePre<InstanceState>,
    ) -> Result<Self, LoadError> {
        let export = |name| pre.component().get_export_index(None, name);
        let (enrich, process) = (export("enrich"), export("process"));
        let contract = |error: wasmtime::Error| LoadError::Contract(format!("{error:#}"));
        let exports = match (enrich, process) {
            (Some(enrich), _) => {
                WorldExports::Enricher { pre: EnricherPre::new(pre).map_err(contract)?, enrich }
            }
            (None, Some(_)) => {
                WorldExports::ImageProcessor(ImageProcessorPre::new(pre).map_err(contract)?)
            }
            (None, None) => WorldExports::Importer(ImporterPre::new(pre).map_err(contract)?),
        };
        Ok(Self { runtime: runtime.clone(), exports })
    }

    fn instance_pre(&self) -> &InstancePre<InstanceState> {
        match &self.exports {
            WorldExports::Enricher { pre, .. } => pre.instance_pre(),
            WorldExports::Importer(pre) => pre.instance_pre(),
            WorldExports::ImageProcessor(pre) => pre.instance_pre(),
        }
    }

    /// The interfaces that it imports.
    pub(super) fn imports(&self) -> Vec<String> {
        let interface = self.instance_pre().component().component_type();
        interface.imports(self.runtime.engine()).map(|(name, _)| name.to_owned()).collect()
    }

    /// What the guest says of itself, asked twice.
    pub(super) async fn describe_twice(
        &self,
        name: &PluginName,
    ) -> Result<[ManifestResult; 2], CallError> {
        let limits = PluginLimits::DEFAULT;
        let nobody = Arc::new(PluginMetrics::default());
        let mut store = self.new_store(name, limits, &nobody, Arc::new(super::host::NoAssets));
        let _running = self.runtime.keep_clock_running();
        match &self.exports {
            WorldExports::Enricher { pre, .. } => {
                let enricher = pre.instantiate_async(&mut store).await;
                let enricher = enricher.map_err(|error| to_call_error(&error, &store))?;
                let described = enricher.call_describe(&mut store).await;
                let described = described.map_err(|error| to_call_error(&error, &store))?;
                let again = enricher.call_describe(&mut store).await;
                let again = again.map_err(|error| to_call_error(&error, &store))?;
                Ok([described, again].map(Manifest::parse_enricher))
            }
            WorldExports::Importer(pre) => {
                let importer = pre.instantiate_async(&mut store).await;
                let importer = importer.map_err(|error| to_call_error(&error, &store))?;
                let described = importer.call_describe(&mut store).await;
                let described = described.map_err(|error| to_call_error(&error, &store))?;
                let again = importer.call_describe(&mut store).await;
                let again = again.map_err(|error| to_call_error(&error, &store))?;
                Ok([described, again].map(Manifest::parse_importer))
            }
            WorldExports::ImageProcessor(pre) => {
                let processor = pre.instantiate_async(&mut store).await;
                let processor = processor.map_err(|error| to_call_error(&error, &store))?;
                let described = processor.call_describe(&mut store).await;
                let described = described.map_err(|error| to_call_error(&error, &store))?;
                let again = processor.call_describe(&mut store).await;
                let again = again.map_err(|error| to_call_error(&error, &store))?;
                Ok([described, again].map(Manifest::parse_image_processor))
            }
        }
    }

    /// A fresh instance with this configuration.
    ///
    /// # Errors
    /// [`StartError::Config`] with the guest's words when it does not take the configuration.
    pub(super) async fn instantiate_enricher(
        &self,
        name: &PluginName,
        config: &str,
        limits: PluginLimits,
        metrics: &Arc<PluginMetrics>,
        assets: Arc<dyn AssetReader>,
    ) -> Result<EnricherInstance, StartError> {
        let WorldExports::Enricher { pre, enrich } = &self.exports else {
            return Err(CallError::NotStarted("it enriches no products".to_owned()).into());
        };
        let mut store = self.new_store(name, limits, metrics, assets);
        let _running = self.runtime.keep_clock_running();
        let instance = pre.instance_pre().instantiate_async(&mut store).await;
        let instance = instance.map_err(|error| to_call_error(&error, &store))?;
        let enricher = Enricher::new(&mut store, &instance);
        let enricher = enricher.map_err(|error| to_call_error(&error, &store))?;
        let configured = enricher.call_configure(&mut store, config).await;
        configured.map_err(|error| to_call_error(&error, &store))?.map_err(|words| {
            StartError::Config(guest_text::sanitize_message(&words, limits::MESSAGE_BYTES))
        })?;
        let enrich = instance.get_func(&mut store, enrich);
        let enrich =
            enrich.ok_or_else(|| CallError::NotStarted("its `enrich` is gone".to_owned()))?;
        Ok(EnricherInstance { store, enrich, calls: 0, last_usage: CallUsage::default() })
    }

    pub(super) fn new_store(
        &self,
        name: &PluginName,
        limits: PluginLimits,
        metrics: &Arc<PluginMetrics>,
        assets: Arc<dyn AssetReader>,
    ) -> Store<InstanceState> {
        let state = InstanceState::new(name.clone(), limits, Arc::clone(metrics), assets);
        let mut store = Store::new(self.runtime.engine(), state);
        store.limiter(|state| &mut state.memory);
        store.set_max_component_handles(limits::MAX_HANDLES);
        store.epoch_deadline_callback(|store| {
            let overdue = store.data().is_past_deadline();
            Ok(if overdue { UpdateDeadline::Interrupt } else { UpdateDeadline::Yield(1) })
        });
        begin_call(&mut store, limits, []);
        store
    }
}

/// Why an instance did not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// The configuration is not one that the guest takes.
    #[error("{0}")]
    Config(String),
    /// It failed.
    #[error(transparent)]
    Call(#[from] CallError),
}

pub(super) fn begin_call(
    store: &mut Store<InstanceState>,
    limits: PluginLimits,
    readable: impl IntoIterator<Item = ContentHash>,
) {
    store.data_mut().begin_call(limits, readable);
    store.set_hostcall_fuel(limits.output);
    store.set_fuel(limits.steps).expect("fuel is on, see `engine::build_engine_config`");
    store.set_epoch_deadline(1);
}

impl EnricherInstance {
    /// Runs the guest on a batch of products; it may use so much and read these assets.
    ///
    /// # Errors
    /// The fault. The instance must then be dropped.
    pub(super) async fn enrich_products(
        &mut self,
        runtime: &PluginRuntime,
        context: &lower::GuestContext<'_>,
        products: &[lower::GuestProduct<'_>],
        limits: PluginLimits,
        readable: impl IntoIterator<Item = ContentHash>,
    ) -> Result<GuestOutcomes, CallError> {
        begin_call(&mut self.store, limits, readable);
        self.calls += 1;
        let began = Instant::now();
        let enrich = self
            .enrich
            .typed::<(&lower::GuestContext<'_>, &[lower::GuestProduct<'_>]), (GuestOutcomes,)>(
                &self.store,
            );
        let enrich = enrich.map_err(|error| CallError::NotStarted(format!("{error:#}")))?;
        let _running = runtime.keep_clock_running();
        let call = enrich.call_async(&mut self.store, (context, products));
        let answer = tokio::time::timeout(limits.time, call).await;
        self.last_usage = measure_usage(&self.store, limits, began);
        let outcomes = match answer {
            Ok(answer) => answer.map_err(|error| to_call_error(&error, &self.store))?.0,
            Err(_) => return Err(CallError::Timeout(limits.time)),
        };
        if outcomes.len() != products.len() {
            let (given, got) = (products.len(), outcomes.len());
            let words = format!("it was given {given} products and answered {got}");
            return Err(CallError::GuestError(FailureKind::Answer, words));
        }
        Ok(outcomes)
    }

    /// Whether it has served long enough, or has grown too large.
    #[must_use]
    pub(super) fn needs_replacement(&self) -> bool {
        self.calls >= limits::MAX_CALLS || self.store.data().memory.used() > limits::MAX_KEPT_MEMORY
    }

    /// Hands on what the last call logged.
    pub(super) fn publish_log(&self) {
        self.store.data().publish_log();
    }

    /// What the last call took.
    #[must_use]
    pub fn last_usage(&self) -> CallUsage {
        self.last_usage
    }
}

/// What a call took that began then.
pub(super) fn measure_usage(
    store: &Store<InstanceState>,
    limits: PluginLimits,
    began: Instant,
) -> CallUsage {
    CallUsage {
        steps: limits.steps - store.get_fuel().unwrap_or(limits.steps),
        memory: store.data().memory.used(),
        log_lines: store.data().log_line_count(),
        time: began.elapsed(),
    }
}

/// What went wrong, in words for whoever wrote or runs the plugin.
pub(super) fn to_call_error(error: &wasmtime::Error, store: &Store<InstanceState>) -> CallError {
    if let Some(limit) = error.downcast_ref::<LimitExceeded>() {
        return CallError::GuestError(FailureKind::Memory, limit.to_string());
    }
    if error.is::<wasmtime::PoolConcurrencyLimitError>() {
        return CallError::NotStarted("too many plugins are running at once".to_owned());
    }
    let limits = store.data().limits();
    let words = store.data().last_error_text();
    let (kind, message) = match error.downcast_ref::<Trap>() {
        Some(Trap::Interrupt) => return CallError::Timeout(limits.time),
        Some(Trap::OutOfFuel) => {
            (FailureKind::Steps, describe_trap(Trap::OutOfFuel, words, &limits))
        }
        Some(trap) => (FailureKind::Trap, describe_trap(*trap, words, &limits)),
        None => describe_engine_error(&error.root_cause().to_string(), words, &limits),
    };
    let place = error
        .downcast_ref()
        .map_or(String::new(), |trace| format_call_site(&guest_functions(trace)));
    CallError::GuestError(kind, format!("{message}{place}"))
}

fn describe_trap(trap: Trap, words: Option<String>, limits: &PluginLimits) -> String {
    match (trap, words) {
        (Trap::OutOfFuel, _) => format!(
            "it took more than {} million steps; is there a loop without an end?",
            limits.steps / 1_000_000
        ),
        (Trap::StackOverflow, _) => {
            "its stack overflowed; is there a recursion without an end?".to_owned()
        }
        // Most compilers put a stack of their own at the start of memory.
        (Trap::MemoryOutOfBounds, None) => {
            "it reached outside its memory; is there a recursion without an end?".to_owned()
        }
        (Trap::UnreachableCodeReached, Some(words)) => format!("it panicked: {words}"),
        (Trap::UnreachableCodeReached, None) => "it stopped itself without saying why".to_owned(),
        (trap, Some(words)) => format!("{trap}: {words}"),
        (trap, None) => trap.to_string(),
    }
}

/// An error of the engine that is no trap of the guest's code.
fn describe_engine_error(
    reason: &str,
    words: Option<String>,
    own: &PluginLimits,
) -> (FailureKind, String) {
    // The engine has no types for these.
    if reason.contains("fuel allocated for hostcalls") {
        let most = own.output >> 20;
        return (FailureKind::Output, format!("it handed over more than {most} MiB at once"));
    }
    if reason.contains("handle limit exceeded") {
        let most = limits::MAX_HANDLES;
        return (
            FailureKind::Memory,
            format!("it has more than {most} handles open; does it close what it opens?"),
        );
    }
    let reason = format!(
        "what it hands over is not of the contract; was it built with other bindings? ({reason})"
    );
    let message = words.map_or_else(|| reason.clone(), |words| format!("{reason}: {words}"));
    (FailureKind::Answer, message)
}

/// The guest's functions that were running, the innermost first, as people write their names.
fn guest_functions(trace: &WasmBacktrace) -> Vec<String> {
    let names = trace.frames().iter().filter_map(|frame| frame.func_name());
    names.map(|name| format!("{:#}", rustc_demangle::demangle(name))).collect()
}

/// Where in the guest it happened: its own functions, without those of its language and of the SDK
/// that every call goes through.
fn format_call_site(calls: &[String]) -> String {
    const SHOWN: usize = 4;
    let mut own: Vec<String> = calls
        .iter()
        .filter(|name| is_plugin_function(name))
        .map(|name| shorten_name(name))
        .collect();
    own.dedup();
    own.truncate(SHOWN);
    if own.is_empty() { String::new() } else { format!(" (in {})", own.join(", called by ")) }
}

/// Names of other languages' interpreters say nothing about the plugin; their messages do.
fn is_plugin_function(name: &str) -> bool {
    const FOREIGN: [&str; 10] = [
        "core::",
        "std::",
        "alloc::",
        "rustc",
        "__rust",
        "rikaste_plugin::",
        "js::",
        "JS::",
        "mozilla::",
        "pyo3::",
    ];
    let name = name.trim_start_matches('<');
    name.contains("::")
        && !FOREIGN.iter().any(|start| name.starts_with(start))
        && !name.contains("rikaste_plugin::bindings")
}

/// `<badge::Badge as rikaste_plugin::Enricher>::enrich` is `badge::Badge::enrich`.
fn shorten_name(name: &str) -> String {
    let method = name.strip_prefix('<').and_then(|rest| {
        let (of, method) = rest.split_once(">::")?;
        Some(format!("{}::{method}", of.split(" as ").next()?))
    });
    method.unwrap_or_else(|| name.to_owned())
}

impl std::fmt::Debug for EnricherInstance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnricherInstance").field("calls", &self.calls).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for LinkedComponent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LinkedComponent").finish_non_exhaustive()
    }
}
