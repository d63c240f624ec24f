//! Runs a batch of products through a plugin, whatever the plugin does: when a call fails, the
//! batch is halved on fresh instances until the guilty products are known; they alone go without.
//!
//! # The verdict
//!
//! A product is guilty when it fails *alone, on a fresh instance, with all that a product may use*,
//! and in no other case. Calls with several products, or on an instance that served before, are only
//! a quicker way to the same answer: they may use a part of it ([`Limits::shared`]), so what gets
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

use rikaste_model::product::Hash;
use tracing::Instrument;

use super::bindings::rikaste::plugin::types;
use super::component::Plugin;
use super::host::AssetReader;
use super::inputs::Inputs;
use super::instance::{Fault, Instance, Outcomes, Usage};
use super::ledger::FailureKind;
use super::limits::Limits;
use super::{limits, lower, text};

/// What became of one product in a plugin.
#[derive(Debug)]
pub enum Outcome {
    /// A patch, not yet checked.
    Patch(types::Patch),
    /// The plugin failed on this product, and would again.
    Failed(String),
    /// It could not be tried; the next time may be better.
    Missed(String),
}

/// A plugin on one worker thread: an instance is kept from batch to batch as long as it behaves.
#[derive(Debug)]
pub struct Runner {
    plugin: Arc<Plugin>,
    assets: Arc<dyn AssetReader>,
    instance: Option<Instance>,
    pace: Pace,
    /// Products until one is made again alone.
    until_audit: usize,
    used: Usage,
}

/// How many products to a call, by what calls took before.
#[derive(Debug)]
struct Pace {
    length: usize,
    /// Steps of a product of the calls before, roughly.
    steps: u64,
}

/// Products to be tried together.
struct Part {
    products: Range<usize>,
    /// Whether what comes of it is the last word.
    alone: bool,
    /// Whether it ran out of time before.
    again: bool,
}

impl fmt::Debug for dyn AssetReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AssetReader")
    }
}

impl Runner {
    /// A runner without an instance; the first batch makes one.
    #[must_use]
    pub fn new(plugin: Arc<Plugin>, assets: Arc<dyn AssetReader>) -> Self {
        let pace = Pace { length: limits::BATCH, steps: 0 };
        let used = Usage::default();
        Self { plugin, assets, instance: None, pace, until_audit: 0, used }
    }

    /// The plugin.
    #[must_use]
    pub fn plugin(&self) -> &Arc<Plugin> {
        &self.plugin
    }

    /// The instance of the last call, if it behaved.
    #[must_use]
    pub fn instance(&self) -> Option<&Instance> {
        self.instance.as_ref()
    }

    /// What the last call took, whatever came of it: of a product alone, the call that judged it.
    #[must_use]
    pub fn used(&self) -> Usage {
        self.used
    }

    /// How many products the next call should have at most.
    #[must_use]
    pub fn batch_length(&self) -> usize {
        self.pace.length
    }

    /// One outcome for each product, in order.
    pub async fn run(
        &mut self,
        context: &lower::Context<'_>,
        products: &[lower::Product<'_>],
        inputs: &[&Inputs<'_>],
    ) -> Vec<Outcome> {
        let all = self.plugin.limits();
        let mut outcomes = Vec::with_capacity(products.len());
        // The first half is on top, so outcomes come out in order.
        let mut parts = vec![self.part(0..products.len(), &all)];
        let mut overdue = 0;
        while let Some(part) = parts.pop() {
            let range = part.products.clone();
            let photos = inputs[range.clone()].iter().flat_map(|input| input.photos);
            let assets = photos.map(|photo| photo.asset);
            let fault = match self.call(context, &products[range.clone()], assets, &part).await {
                Ok((mut answers, is_fresh)) => {
                    self.pace.went_well();
                    self.plugin.ledger().ran(range.len());
                    if !(is_fresh && range.len() == 1) && self.is_audit_due(range.len()) {
                        // The last: whatever is remembered, it comes after the others.
                        let last = range.end - 1;
                        let answer = answers.last_mut().expect("one for each product");
                        self.audit(context, &products[last], inputs[last], answer).await;
                    }
                    outcomes.extend(answers.into_iter().map(|answer| self.outcome(answer)));
                    continue;
                }
                Err(fault) => fault,
            };
            if range.len() > 1 {
                self.pace.went_wrong();
            }
            let is_overdue = matches!(fault, Fault::Overdue(_));
            overdue += usize::from(is_overdue);
            let hopeless = match fault {
                Fault::Guilty(..) => false,
                Fault::Overdue(_) => overdue > limits::OVERDUE,
                Fault::Start(_) => true,
            };
            if range.len() > 1 && !hopeless {
                let middle = range.start + range.len() / 2;
                parts.push(self.part(middle..range.end, &all));
                parts.push(self.part(range.start..middle, &all));
            } else if !hopeless && (is_overdue && !part.again || !is_overdue && !part.alone) {
                parts.push(Part { products: range, alone: true, again: part.again || is_overdue });
            } else {
                self.plugin.ledger().ran(range.len());
                self.plugin.ledger().failed(kind(&fault), range.len());
                outcomes.extend(range.map(|_| self.failed(&fault)));
            }
        }
        outcomes
    }

    /// Products that take more than a shared call has are tried alone at once.
    fn part(&self, products: Range<usize>, all: &Limits) -> Part {
        let alone = products.len() == 1 && self.pace.steps > all.shared().steps;
        Part { products, alone, again: false }
    }

    /// Calls the guest; tells also whether it was a fresh one.
    async fn call(
        &mut self,
        context: &lower::Context<'_>,
        products: &[lower::Product<'_>],
        assets: impl IntoIterator<Item = Hash>,
        part: &Part,
    ) -> Result<(Outcomes, bool), Fault> {
        let all = self.plugin.limits();
        let limits = if part.alone { all } else { all.shared() };
        let kept = self.instance.take().filter(|_| !part.alone);
        let is_fresh = kept.is_none();
        let mut instance = match kept {
            Some(instance) => instance,
            None => {
                self.plugin.ledger().instantiated();
                self.plugin.start(Arc::clone(&self.assets)).await?
            }
        };
        let runtime = self.plugin.runtime();
        let (name, version) = (self.plugin.name(), &self.plugin.manifest().version);
        let span = tracing::debug_span!("plugin", %name, %version, products = products.len());
        let enrich = instance.enrich(runtime, context, products, limits, assets);
        let answer = enrich.instrument(span).await;
        let used = instance.used();
        self.used = used;
        self.plugin.ledger().called(&used);
        if answer.is_ok() || part.alone {
            instance.publish_log();
        }
        let outcomes = answer?;
        self.pace.took(used.steps, products.len(), &all);
        // Only here, after a call that went well, is an instance kept.
        self.instance = Some(instance).filter(|instance| !part.alone && !instance.is_spent());
        Ok((outcomes, is_fresh))
    }

    /// Whether one of these products, which went through together or after others, is to be made
    /// again.
    fn is_audit_due(&mut self, products: usize) -> bool {
        let due = self.until_audit == 0;
        self.until_audit =
            if due { limits::AUDIT } else { self.until_audit.saturating_sub(products) };
        due
    }

    /// Makes a product again alone, and takes what comes of that.
    async fn audit(
        &self,
        context: &lower::Context<'_>,
        product: &lower::Product<'_>,
        inputs: &Inputs<'_>,
        answer: &mut types::Outcome,
    ) {
        let Ok(mut instance) = self.plugin.start(Arc::clone(&self.assets)).await else { return };
        let (runtime, limits) = (self.plugin.runtime(), self.plugin.limits());
        let assets = inputs.photos.iter().map(|photo| photo.asset);
        let product = std::slice::from_ref(product);
        let alone = instance.enrich(runtime, context, product, limits, assets).await;
        let Some(alone) = alone.ok().and_then(|mut alone| alone.pop()) else { return };
        if alone != *answer {
            self.plugin.ledger().failed(FailureKind::Unsteady, 1);
            let (name, version) = (self.plugin.name(), &self.plugin.manifest().version);
            tracing::error!(
                "the plugin {name} {version} makes something else of a product alone than after others: it remembers what it should forget; what it made before may be wrong"
            );
            *answer = alone;
        }
    }

    fn outcome(&self, answer: types::Outcome) -> Outcome {
        match answer {
            Ok(patch) => Outcome::Patch(patch),
            Err(words) => {
                self.plugin.ledger().failed(FailureKind::Error, 1);
                Outcome::Failed(self.failure(text::words(&words, limits::MESSAGE_BYTES)))
            }
        }
    }

    fn failed(&self, fault: &Fault) -> Outcome {
        let text = self.failure(fault);
        match fault {
            Fault::Guilty(..) => Outcome::Failed(text),
            Fault::Overdue(_) | Fault::Start(_) => Outcome::Missed(text),
        }
    }

    fn failure(&self, why: impl Display) -> String {
        let manifest = self.plugin.manifest();
        format!("{} {} failed: {why}", manifest.name, manifest.version)
    }
}

impl Pace {
    fn took(&mut self, steps: u64, products: usize, all: &Limits) {
        self.steps = steps / products.max(1) as u64;
        // Half of what a shared call has leaves room for products that take more than others.
        let room = all.shared().steps / 2 / self.steps.max(1);
        self.length = self.length.min(usize::try_from(room).unwrap_or(limits::BATCH)).max(1);
    }

    fn went_well(&mut self) {
        self.length = (self.length + self.length / 4 + 1).min(limits::BATCH);
    }

    /// The next failure costs less if fewer are tried together.
    fn went_wrong(&mut self) {
        self.length = (self.length / 2).max(limits::BATCH_LEAST);
    }
}

fn kind(fault: &Fault) -> FailureKind {
    match fault {
        Fault::Guilty(kind, _) => *kind,
        Fault::Overdue(_) => FailureKind::Time,
        Fault::Start(_) => FailureKind::Start,
    }
}
