//! Runs a batch of products through a plugin, whatever the plugin does: when a call fails, the
//! batch is halved on fresh instances until the guilty products are known; they alone go without.
//!
//! # The verdict
//!
//! A product is guilty when it fails *alone, on a fresh instance, with all that a product may use*,
//! and in no other case. Calls with several products, or on an instance that served before, are only
//! a quicker way to the same answer: they may use a part of it ([`PluginLimits::for_shared_call`]), so what gets
//! through in company would get through alone, and what does not is tried alone. So the verdict on a product
//! depends on the plugin, its settings and the product; not on its neighbours, the size of
//! batches, the number of threads or what ran before.
//!
//! Outcomes are kept by a product's inputs, so a plugin that remembers one product when it is given
//! the next would spoil more than one feed. Of every thousand products one is therefore
//! made again alone on a fresh instance; if something else comes of it, that counts, and the
//! plugin is found unsteady.

use std::fmt::{self, Display};
use std::ops::Range;
use std::sync::Arc;

use rikaste_model::product::ContentHash;
use tracing::Instrument;

use super::bindings::rikaste::plugin::types;
use super::component::Plugin;
use super::host::AssetReader;
use super::inputs::DeclaredInputs;
use super::instance::{CallError, CallUsage, EnricherInstance, GuestOutcomes};
use super::limits::PluginLimits;
use super::metrics::FailureKind;
use super::{guest_text, limits, lower};

/// What became of one product in a plugin.
#[derive(Debug)]
pub enum ProductOutcome {
    /// A patch, not yet checked.
    Patch(types::Patch),
    /// The plugin failed on this product, and would again.
    Failed(String),
    /// It could not be tried; the next time may be better.
    Deferred(String),
}

/// A plugin on one worker thread: an instance is kept from batch to batch as long as it behaves.
#[derive(Debug)]
pub struct PluginRunner {
    plugin: Arc<Plugin>,
    assets: Arc<dyn AssetReader>,
    instance: Option<EnricherInstance>,
    batch_sizer: BatchSizer,
    /// Products until one is made again alone.
    until_audit: usize,
    last_usage: CallUsage,
}

/// How many products to a call, by what calls took before.
#[derive(Debug)]
struct BatchSizer {
    length: usize,
    /// Steps of a product of the calls before, roughly.
    steps: u64,
}

/// Products to be tried together.
struct ProductRange {
    products: Range<usize>,
    /// Whether what comes of it is the last word.
    is_alone: bool,
    /// Whether it ran out of time before.
    has_timed_out: bool,
}

impl fmt::Debug for dyn AssetReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AssetReader")
    }
}

impl PluginRunner {
    /// A runner without an instance; the first batch makes one.
    #[must_use]
    pub fn new(plugin: Arc<Plugin>, assets: Arc<dyn AssetReader>) -> Self {
        let batch_sizer = BatchSizer { length: limits::MAX_BATCH, steps: 0 };
        let last_usage = CallUsage::default();
        Self { plugin, assets, instance: None, batch_sizer, until_audit: 0, last_usage }
    }

    /// The plugin.
    #[must_use]
    pub fn plugin(&self) -> &Arc<Plugin> {
        &self.plugin
    }

    /// The instance of the last call, if it behaved.
    #[must_use]
    pub fn instance(&self) -> Option<&EnricherInstance> {
        self.instance.as_ref()
    }

    /// What the last call took, whatever came of it: of a product alone, the call that judged it.
    #[must_use]
    pub fn last_usage(&self) -> CallUsage {
        self.last_usage
    }

    /// How many products the next call should have at most.
    #[must_use]
    pub fn batch_length(&self) -> usize {
        self.batch_sizer.length
    }

    /// One outcome for each product, in order.
    pub async fn run_batch(
        &mut self,
        context: &lower::GuestContext<'_>,
        products: &[lower::GuestProduct<'_>],
        inputs: &[&DeclaredInputs<'_>],
    ) -> Vec<ProductOutcome> {
        let all = self.plugin.limits();
        let mut outcomes = Vec::with_capacity(products.len());
        // The first half is on top, so outcomes come out in order.
        let mut parts = vec![self.new_range(0..products.len(), &all)];
        let mut overdue = 0;
        while let Some(part) = parts.pop() {
            let range = part.products.clone();
            let photos = inputs[range.clone()].iter().flat_map(|input| input.photos);
            let assets = photos.map(|photo| photo.asset);
            let fault = match self
                .call_guest(context, &products[range.clone()], assets, &part)
                .await
            {
                Ok((mut answers, is_fresh)) => {
                    self.batch_sizer.grow_batch();
                    self.plugin.metrics().record_products(range.len());
                    if !(is_fresh && range.len() == 1) && self.is_audit_due(range.len()) {
                        // The last: whatever is remembered, it comes after the others.
                        let last = range.end - 1;
                        let answer = answers.last_mut().expect("one for each product");
                        self.audit_product(context, &products[last], inputs[last], answer).await;
                    }
                    outcomes.extend(answers.into_iter().map(|answer| self.convert_answer(answer)));
                    continue;
                }
                Err(fault) => fault,
            };
            if range.len() > 1 {
                self.batch_sizer.shrink_batch();
            }
            let is_overdue = matches!(fault, CallError::Timeout(_));
            overdue += usize::from(is_overdue);
            let hopeless = match fault {
                CallError::GuestError(..) => false,
                CallError::Timeout(_) => overdue > limits::MAX_TIMEOUTS,
                CallError::NotStarted(_) => true,
            };
            if range.len() > 1 && !hopeless {
                let middle = range.start + range.len() / 2;
                parts.push(self.new_range(middle..range.end, &all));
                parts.push(self.new_range(range.start..middle, &all));
            } else if !hopeless
                && (is_overdue && !part.has_timed_out || !is_overdue && !part.is_alone)
            {
                parts.push(ProductRange {
                    products: range,
                    is_alone: true,
                    has_timed_out: part.has_timed_out || is_overdue,
                });
            } else {
                self.plugin.metrics().record_products(range.len());
                self.plugin.metrics().record_failures(failure_kind(&fault), range.len());
                outcomes.extend(range.map(|_| self.fault_outcome(&fault)));
            }
        }
        outcomes
    }

    /// Products that take more than a shared call has are tried alone at once.
    fn new_range(&self, products: Range<usize>, all: &PluginLimits) -> ProductRange {
        let alone = products.len() == 1 && self.batch_sizer.steps > all.for_shared_call().steps;
        ProductRange { products, is_alone: alone, has_timed_out: false }
    }

    /// Calls the guest; tells also whether it was a fresh one.
    async fn call_guest(
        &mut self,
        context: &lower::GuestContext<'_>,
        products: &[lower::GuestProduct<'_>],
        assets: impl IntoIterator<Item = ContentHash>,
        part: &ProductRange,
    ) -> Result<(GuestOutcomes, bool), CallError> {
        let all = self.plugin.limits();
        let limits = if part.is_alone { all } else { all.for_shared_call() };
        let kept = self.instance.take().filter(|_| !part.is_alone);
        let is_fresh = kept.is_none();
        let mut instance = match kept {
            Some(instance) => instance,
            None => {
                self.plugin.metrics().record_instance();
                self.plugin.instantiate_enricher(Arc::clone(&self.assets)).await?
            }
        };
        let runtime = self.plugin.runtime();
        let (name, version) = (self.plugin.name(), &self.plugin.manifest().version);
        let span = tracing::debug_span!("plugin", %name, %version, products = products.len());
        let enrich = instance.enrich_products(runtime, context, products, limits, assets);
        let answer = enrich.instrument(span).await;
        let used = instance.last_usage();
        self.last_usage = used;
        self.plugin.metrics().record_call(&used);
        if answer.is_ok() || part.is_alone {
            instance.publish_log();
        }
        let outcomes = answer?;
        self.batch_sizer.record_call(used.steps, products.len(), &all);
        // Only here, after a call that went well, is an instance kept.
        self.instance =
            Some(instance).filter(|instance| !part.is_alone && !instance.needs_replacement());
        Ok((outcomes, is_fresh))
    }

    /// Whether one of these products, which went through together or after others, is to be made
    /// again.
    fn is_audit_due(&mut self, products: usize) -> bool {
        let due = self.until_audit == 0;
        self.until_audit =
            if due { limits::AUDIT_INTERVAL } else { self.until_audit.saturating_sub(products) };
        due
    }

    /// Makes a product again alone, and takes what comes of that.
    async fn audit_product(
        &self,
        context: &lower::GuestContext<'_>,
        product: &lower::GuestProduct<'_>,
        inputs: &DeclaredInputs<'_>,
        answer: &mut types::Outcome,
    ) {
        let Ok(mut instance) = self.plugin.instantiate_enricher(Arc::clone(&self.assets)).await
        else {
            return;
        };
        let (runtime, limits) = (self.plugin.runtime(), self.plugin.limits());
        let assets = inputs.photos.iter().map(|photo| photo.asset);
        let product = std::slice::from_ref(product);
        let alone = instance.enrich_products(runtime, context, product, limits, assets).await;
        let Some(alone) = alone.ok().and_then(|mut alone| alone.pop()) else { return };
        if alone != *answer {
            self.plugin.metrics().record_failures(FailureKind::Nondeterministic, 1);
            let (name, version) = (self.plugin.name(), &self.plugin.manifest().version);
            tracing::error!(
                "the plugin {name} {version} makes something else of a product alone than after others: it remembers what it should forget; what it made before may be wrong"
            );
            *answer = alone;
        }
    }

    fn convert_answer(&self, answer: types::Outcome) -> ProductOutcome {
        match answer {
            Ok(patch) => ProductOutcome::Patch(patch),
            Err(words) => {
                self.plugin.metrics().record_failures(FailureKind::Error, 1);
                ProductOutcome::Failed(
                    self.failure_message(guest_text::sanitize_message(
                        &words,
                        limits::MESSAGE_BYTES,
                    )),
                )
            }
        }
    }

    fn fault_outcome(&self, fault: &CallError) -> ProductOutcome {
        let text = self.failure_message(fault);
        match fault {
            CallError::GuestError(..) => ProductOutcome::Failed(text),
            CallError::Timeout(_) | CallError::NotStarted(_) => ProductOutcome::Deferred(text),
        }
    }

    fn failure_message(&self, why: impl Display) -> String {
        let manifest = self.plugin.manifest();
        format!("{} {} failed: {why}", manifest.name, manifest.version)
    }
}

impl BatchSizer {
    fn record_call(&mut self, steps: u64, products: usize, all: &PluginLimits) {
        self.steps = steps / products.max(1) as u64;
        // Half of what a shared call has leaves room for products that take more than others.
        let room = all.for_shared_call().steps / 2 / self.steps.max(1);
        self.length = self.length.min(usize::try_from(room).unwrap_or(limits::MAX_BATCH)).max(1);
    }

    fn grow_batch(&mut self) {
        self.length = (self.length + self.length / 4 + 1).min(limits::MAX_BATCH);
    }

    /// The next failure costs less if fewer are tried together.
    fn shrink_batch(&mut self) {
        self.length = (self.length / 2).max(limits::MIN_BATCH);
    }
}

fn failure_kind(fault: &CallError) -> FailureKind {
    match fault {
        CallError::GuestError(kind, _) => *kind,
        CallError::Timeout(_) => FailureKind::Time,
        CallError::NotStarted(_) => FailureKind::Start,
    }
}
