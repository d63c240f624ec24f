//! One running guest, and the one call it is for.
//!
//! After any error an instance is not entered again: its memory may be in any state.

use rikaste_catalog::product::Hash;
use std::sync::Arc;
use wasmtime::component::{ComponentExportIndex, Func, InstancePre};
use wasmtime::{Store, Trap, UpdateDeadline};

use super::bindings::rikaste::plugin::types;
use super::bindings::{Enricher, EnricherPre};
use super::component::LoadError;
use super::engine::Runtime;
use super::host::{AssetReader, State};
use super::limits::{self, OverLimit};
use super::{lower, text};
use rikaste_catalog::code::PluginName;

/// What one call gives: an outcome for each product.
pub type Outcomes = Vec<types::Outcome>;

/// A guest that is ready for products.
pub struct Instance {
    store: Store<State>,
    enrich: Func,
    calls: u32,
}

/// Why a call gave no outcomes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The guest did wrong; it would do so again.
    #[error("{0}")]
    Guilty(String),
    /// It took more time than the clock allows. The machine may be to blame.
    #[error("it took longer than {} seconds", limits::TIME.as_secs())]
    Overdue,
    /// No instance could be made, whatever the products.
    #[error("it cannot be started: {0}")]
    Start(String),
}

/// A component whose imports are linked, from which instances are made.
pub struct Blueprint {
    runtime: Runtime,
    pre: EnricherPre<State>,
    enrich: ComponentExportIndex,
}

impl Blueprint {
    /// Checks that the exports are those of the contract.
    pub(super) fn new(runtime: &Runtime, pre: InstancePre<State>) -> Result<Self, LoadError> {
        let enrich = pre.component().get_export_index(None, "enrich");
        let contract = |error: wasmtime::Error| LoadError::Contract(format!("{error:#}"));
        Ok(Self {
            runtime: runtime.clone(),
            pre: EnricherPre::new(pre).map_err(contract)?,
            enrich: enrich.ok_or(LoadError::NoExport("enrich"))?,
        })
    }

    /// What the guest says of itself.
    pub(super) async fn describe(&self, name: &PluginName) -> Result<types::Manifest, Fault> {
        let mut store = self.store(name, Arc::new(super::host::NoAssets));
        let _running = self.runtime.running();
        let enricher = self.pre.instantiate_async(&mut store).await;
        let enricher = enricher.map_err(|error| fault(&error, &store))?;
        let described = enricher.call_describe(&mut store).await;
        described.map_err(|error| fault(&error, &store))
    }

    /// A fresh instance with this configuration.
    ///
    /// # Errors
    /// [`StartError::Config`] with the guest's words when it does not take the configuration.
    pub(super) async fn start(
        &self,
        name: &PluginName,
        config: &str,
        assets: Arc<dyn AssetReader>,
    ) -> Result<Instance, StartError> {
        let mut store = self.store(name, assets);
        let _running = self.runtime.running();
        let instance = self.pre.instance_pre().instantiate_async(&mut store).await;
        let instance = instance.map_err(|error| fault(&error, &store))?;
        let enricher = Enricher::new(&mut store, &instance);
        let enricher = enricher.map_err(|error| fault(&error, &store))?;
        let configured = enricher.call_configure(&mut store, config).await;
        configured.map_err(|error| fault(&error, &store))?.map_err(|words| {
            StartError::Config(text::cut(&words, limits::MESSAGE_BYTES).to_owned())
        })?;
        let enrich = instance.get_func(&mut store, self.enrich);
        let enrich = enrich.ok_or_else(|| Fault::Start("its `enrich` is gone".to_owned()))?;
        Ok(Instance { store, enrich, calls: 0 })
    }

    fn store(&self, name: &PluginName, assets: Arc<dyn AssetReader>) -> Store<State> {
        let mut store = Store::new(self.runtime.engine(), State::new(name.clone(), assets));
        store.limiter(|state| &mut state.memory);
        store.set_hostcall_fuel(limits::OUTPUT_BYTES);
        store.set_max_component_handles(limits::HANDLES);
        store.epoch_deadline_callback(|store| {
            let overdue = store.data().is_overdue();
            Ok(if overdue { UpdateDeadline::Interrupt } else { UpdateDeadline::Yield(1) })
        });
        begin(&mut store, []);
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
    Fault(#[from] Fault),
}

fn begin(store: &mut Store<State>, readable: impl IntoIterator<Item = Hash>) {
    store.data_mut().begin(readable);
    store.set_fuel(limits::FUEL).expect("fuel is on, see `engine::config`");
    store.set_epoch_deadline(1);
}

impl Instance {
    /// Runs the guest on a batch of products; it may read these assets.
    ///
    /// # Errors
    /// The fault. The instance must then be dropped.
    pub(super) async fn enrich(
        &mut self,
        runtime: &Runtime,
        context: &lower::Context<'_>,
        products: &[lower::Product<'_>],
        readable: impl IntoIterator<Item = Hash>,
    ) -> Result<Outcomes, Fault> {
        begin(&mut self.store, readable);
        self.calls += 1;
        let enrich = self
            .enrich
            .typed::<(&lower::Context<'_>, &[lower::Product<'_>]), (Outcomes,)>(&self.store);
        let enrich = enrich.map_err(|error| Fault::Start(format!("{error:#}")))?;
        let _running = runtime.running();
        let call = enrich.call_async(&mut self.store, (context, products));
        let outcomes = match tokio::time::timeout(limits::TIME, call).await {
            Ok(answer) => answer.map_err(|error| fault(&error, &self.store))?.0,
            Err(_) => return Err(Fault::Overdue),
        };
        if outcomes.len() != products.len() {
            let (given, got) = (products.len(), outcomes.len());
            return Err(Fault::Guilty(format!("it was given {given} products and answered {got}")));
        }
        Ok(outcomes)
    }

    /// Whether it has served long enough, or has grown too large.
    #[must_use]
    pub(super) fn is_spent(&self) -> bool {
        self.calls >= limits::CALLS || self.store.data().memory.used() > limits::MEMORY_KEPT
    }

    /// Steps that the last call took; [`limits::FUEL`] is the most.
    #[must_use]
    pub fn fuel_used(&self) -> u64 {
        limits::FUEL - self.store.get_fuel().unwrap_or(limits::FUEL)
    }

    /// Bytes of memory that it has.
    #[must_use]
    pub fn memory_used(&self) -> usize {
        self.store.data().memory.used()
    }
}

/// What went wrong, in words for whoever wrote or runs the plugin.
fn fault(error: &wasmtime::Error, store: &Store<State>) -> Fault {
    if let Some(limit) = error.downcast_ref::<OverLimit>() {
        return Fault::Guilty(limit.to_string());
    }
    if error.is::<wasmtime::PoolConcurrencyLimitError>() {
        return Fault::Start("too many plugins are running at once".to_owned());
    }
    let words = store.data().last_words();
    match error.downcast_ref::<Trap>() {
        Some(Trap::Interrupt) => Fault::Overdue,
        Some(trap) => Fault::Guilty(trapped(*trap, words)),
        None => Fault::Guilty(refused(&error.root_cause().to_string(), words)),
    }
}

fn trapped(trap: Trap, words: Option<String>) -> String {
    match (trap, words) {
        (Trap::OutOfFuel, _) => format!(
            "it took more than {} million steps; is there a loop without an end?",
            limits::FUEL / 1_000_000
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
fn refused(reason: &str, words: Option<String>) -> String {
    // The engine has no type for this one.
    if reason.contains("fuel allocated for hostcalls") {
        return format!("it handed over more than {} MiB at once", limits::OUTPUT_BYTES >> 20);
    }
    words.map_or_else(|| reason.to_owned(), |words| format!("{reason}: {words}"))
}

impl std::fmt::Debug for Instance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Instance").field("calls", &self.calls).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Blueprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Blueprint").finish_non_exhaustive()
    }
}
