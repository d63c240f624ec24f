//! The engine that all plugins share: how code is compiled, where instances live, and the clock
//! that looks after running guests.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::thread;

use wasmtime::component::{HasSelf, Linker};
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use super::bindings::Enricher;
use super::bindings::image::rikaste::plugin::pictures;
use super::bindings::importer::rikaste::plugin::files;
use super::cache::CompileCache;
use super::compile::PluginCompiler;
use super::host::InstanceState;
use super::{limits, wasi};

/// What it takes to load and run plugins. A clone is another handle on the same.
#[derive(Clone)]
pub struct PluginRuntime(Arc<RuntimeInner>);

struct RuntimeInner {
    engine: Engine,
    linker: Linker<InstanceState>,
    cache: CompileCache,
    compiler: PluginCompiler,
    running_guests: AtomicUsize,
    ticker: thread::Thread,
}

/// The engine cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The address space or the processor does not allow what is asked for.
    #[error("the plugin engine cannot start: {0}")]
    Engine(String),
    /// The thread that ticks cannot be started.
    #[error("the plugin engine's clock cannot start: {0}")]
    Ticker(std::io::Error),
}

impl PluginRuntime {
    /// An engine with room for a worker on every core. Compiled plugins are kept in the folder
    /// `cache`, which must be nobody else's to write to: what is in it is run as it is.
    ///
    /// # Errors
    /// When the machine does not have the address space, or threads are refused.
    pub fn new(cache: &Path) -> Result<Self, EngineError> {
        Self::with_compiler(cache, PluginCompiler::for_this_process())
    }

    /// The same, with another way to compile what did not come with the program.
    ///
    /// # Errors
    /// When the machine does not have the address space, or threads are refused.
    pub fn with_compiler(cache: &Path, compiler: PluginCompiler) -> Result<Self, EngineError> {
        let workers = thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self::build_runtime(workers, Some(cache.to_owned()), compiler)
    }

    /// An engine for so many workers, with a cache or none, that compiles plugins in this process. For tests: a
    /// hostile plugin can exhaust the compiler's memory.
    ///
    /// # Errors
    /// When the machine does not have the address space, or threads are refused.
    pub fn with_workers(workers: usize, cache: Option<PathBuf>) -> Result<Self, EngineError> {
        Self::build_runtime(workers, cache, PluginCompiler::InProcess)
    }

    fn build_runtime(
        workers: usize,
        cache: Option<PathBuf>,
        compiler: PluginCompiler,
    ) -> Result<Self, EngineError> {
        let failed = |error: wasmtime::Error| EngineError::Engine(format!("{error:#}"));
        let engine = Engine::new(&build_engine_config(workers)).map_err(failed)?;
        let mut linker = Linker::new(&engine);
        wasi::link_inert_wasi(&mut linker).map_err(failed)?;
        Enricher::add_to_linker::<_, HasSelf<_>>(&mut linker, |state| state).map_err(failed)?;
        files::add_to_linker::<_, HasSelf<_>>(&mut linker, |state| state).map_err(failed)?;
        pictures::add_to_linker::<_, HasSelf<_>>(&mut linker, |state| state).map_err(failed)?;
        let (send, receive) = std::sync::mpsc::channel();
        let ticker = thread::Builder::new()
            .name("plugin-clock".to_owned())
            .spawn(move || receive.recv().map(|engine| tick_epochs(&engine)).unwrap_or_default())
            .map_err(EngineError::Ticker)?
            .thread()
            .clone();
        let inner = Arc::new(RuntimeInner {
            cache: CompileCache::new(&engine, cache),
            compiler,
            engine,
            linker,
            running_guests: AtomicUsize::new(0),
            ticker,
        });
        // A clock that is gone has nothing to stop; it goes only when its thread was killed.
        send.send(Arc::downgrade(&inner)).ok();
        Ok(Self(inner))
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    pub(super) fn linker(&self) -> &Linker<InstanceState> {
        &self.0.linker
    }

    pub(super) fn cache(&self) -> &CompileCache {
        &self.0.cache
    }

    /// What compiles plugins that did not come with the program.
    pub(super) fn compiler(&self) -> &PluginCompiler {
        &self.0.compiler
    }

    /// Keeps the clock ticking until the guard is dropped.
    pub(super) fn keep_clock_running(&self) -> ClockGuard<'_> {
        if self.0.running_guests.fetch_add(1, Ordering::AcqRel) == 0 {
            self.0.ticker.unpark();
        }
        ClockGuard(&self.0)
    }
}

/// A guest is running.
pub(super) struct ClockGuard<'a>(&'a RuntimeInner);

impl Drop for ClockGuard<'_> {
    fn drop(&mut self) {
        self.0.running_guests.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Drop for RuntimeInner {
    fn drop(&mut self) {
        self.ticker.unpark();
    }
}

/// Ticks while guests run, sleeps while none does, and ends with the engine.
fn tick_epochs(engine: &Weak<RuntimeInner>) {
    while let Some(inner) = engine.upgrade() {
        if inner.running_guests.load(Ordering::Acquire) == 0 {
            drop(inner);
            thread::park();
        } else {
            inner.engine.increment_epoch();
            drop(inner);
            thread::sleep(limits::CLOCK_TICK);
        }
    }
}

/// The settings that decide what machine code is made; an engine with the same takes it.
///
/// Fuel is the verdict on a guest, epochs the safety net; the rest of the settings is there so
/// that the same plugin computes the same bytes on every processor. Threads are not even compiled in.
pub(super) fn build_codegen_config() -> Config {
    let mut config = Config::new();
    config
        .epoch_interruption(true)
        .consume_fuel(true)
        .cranelift_nan_canonicalization(true)
        .relaxed_simd_deterministic(true)
        .concurrency_support(false)
        .max_wasm_stack(limits::STACK_BYTES)
        .memory_init_cow(true);
    config
}

/// The same, with places for instances.
fn build_engine_config(workers: usize) -> Config {
    let mut config = build_codegen_config();
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(size_instance_pool(workers)));
    config
}

/// Room for an instance of every plugin on every worker, and as many again for what is loaded, tried
/// or about to take over.
fn size_instance_pool(workers: usize) -> PoolingAllocationConfig {
    let instances = u32::try_from((workers + 1) * 2 * limits::PLUGINS).unwrap_or(u32::MAX / 16);
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(instances)
        .total_core_instances(instances.saturating_mul(8))
        // Most components have one memory and two tables; the few with more use what others leave.
        .total_memories(instances.saturating_mul(2))
        .total_tables(instances.saturating_mul(4))
        .total_stacks(instances)
        .max_core_instances_per_component(limits::CORE_INSTANCES)
        .max_memories_per_component(limits::MEMORIES)
        .max_tables_per_component(limits::TABLES)
        .max_tables_per_module(limits::TABLES)
        .max_memories_per_module(limits::MEMORIES)
        .max_component_instance_size(16 << 20)
        .max_core_instance_size(16 << 20)
        .table_elements(limits::TABLE_ELEMENTS)
        .max_memory_size(limits::MAX_MEMORY_BYTES)
        .linear_memory_keep_resident(64 << 10)
        .table_keep_resident(64 << 10);
    pool
}

impl std::fmt::Debug for PluginRuntime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PluginRuntime").finish_non_exhaustive()
    }
}
