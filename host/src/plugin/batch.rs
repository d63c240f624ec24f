//! Runs a batch of products through a plugin, whatever the plugin does: when a call fails, the
//! batch is halved on fresh instances until the guilty products are known; they alone go without.

use std::fmt::{self, Display};
use std::sync::Arc;

use rikaste_catalog::product::Hash;

use super::bindings::rikaste::plugin::types;
use super::component::Plugin;
use super::host::AssetReader;
use super::inputs::Inputs;
use super::instance::{Fault, Instance, Outcomes};
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
    calls: u64,
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
        Self { plugin, assets, instance: None, calls: 0 }
    }

    /// The plugin.
    #[must_use]
    pub fn plugin(&self) -> &Arc<Plugin> {
        &self.plugin
    }

    /// Calls into the guest so far.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.calls
    }

    /// The instance of the last call, if it behaved.
    #[must_use]
    pub fn instance(&self) -> Option<&Instance> {
        self.instance.as_ref()
    }

    /// One outcome for each product, in order.
    pub async fn run(
        &mut self,
        context: &lower::Context<'_>,
        products: &[lower::Product<'_>],
        inputs: &[&Inputs<'_>],
    ) -> Vec<Outcome> {
        let mut outcomes = Vec::with_capacity(products.len());
        // The first half is on top, so outcomes come out in order.
        let mut parts = Vec::from_iter(Some(0..products.len()));
        let mut overdue = 0;
        let mut retried = None;
        while let Some(part) = parts.pop() {
            let assets = inputs[part.clone()].iter().flat_map(|input| input.photos);
            let assets = assets.map(|photo| photo.asset);
            let fault = match self.call(context, &products[part.clone()], assets).await {
                Ok(answers) => {
                    outcomes.extend(answers.into_iter().map(|answer| self.outcome(answer)));
                    continue;
                }
                Err(fault) => fault,
            };
            overdue += usize::from(fault == Fault::Overdue);
            let hopeless = match fault {
                Fault::Guilty(_) => false,
                Fault::Overdue => overdue > limits::OVERDUE,
                Fault::Start(_) => true,
            };
            if part.len() > 1 && !hopeless {
                let middle = part.start + part.len() / 2;
                parts.extend([middle..part.end, part.start..middle]);
            } else if fault == Fault::Overdue && !hopeless && retried != Some(part.start) {
                retried = Some(part.start);
                parts.push(part);
            } else {
                outcomes.extend(part.map(|_| self.failed(&fault)));
            }
        }
        outcomes
    }

    async fn call(
        &mut self,
        context: &lower::Context<'_>,
        products: &[lower::Product<'_>],
        assets: impl IntoIterator<Item = Hash>,
    ) -> Result<Outcomes, Fault> {
        let mut instance = match self.instance.take() {
            Some(instance) => instance,
            None => self.plugin.start(Arc::clone(&self.assets)).await?,
        };
        self.calls += 1;
        let outcomes = instance.enrich(self.plugin.runtime(), context, products, assets).await?;
        // Only here, after a call that went well, is an instance kept.
        self.instance = Some(instance).filter(|instance| !instance.is_spent());
        Ok(outcomes)
    }

    fn outcome(&self, answer: types::Outcome) -> Outcome {
        match answer {
            Ok(patch) => Outcome::Patch(patch),
            Err(words) => Outcome::Failed(self.failure(text::cut(&words, limits::MESSAGE_BYTES))),
        }
    }

    fn failed(&self, fault: &Fault) -> Outcome {
        let text = self.failure(fault);
        match fault {
            Fault::Guilty(_) => Outcome::Failed(text),
            Fault::Overdue | Fault::Start(_) => Outcome::Missed(text),
        }
    }

    fn failure(&self, why: impl Display) -> String {
        let manifest = self.plugin.manifest();
        format!("{} {} failed: {why}", manifest.name, manifest.version)
    }
}
