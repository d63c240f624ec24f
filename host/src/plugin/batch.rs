//! Runs a batch of products through a plugin, whatever the plugin does: when a call fails, the
//! batch is halved on fresh instances until the guilty products are known; they alone go without.

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

impl std::fmt::Debug for dyn AssetReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
        while let Some(part) = parts.pop() {
            let assets =
                inputs[part.clone()].iter().flat_map(|input| input.photos).map(|photo| photo.asset);
            let fault = match self.call(context, &products[part.clone()], assets.clone()).await {
                Ok(answers) => {
                    outcomes.extend(answers.into_iter().map(Outcome::from));
                    continue;
                }
                Err(fault) => fault,
            };
            let middle = part.start + part.len() / 2;
            match fault {
                Fault::Start(_) => outcomes.extend(part.map(|_| self.failed(&fault))),
                _ if part.len() > 1 => parts.extend([middle..part.end, part.start..middle]),
                Fault::Overdue => {
                    let again = self.call(context, &products[part], assets).await;
                    outcomes.push(again.map_or_else(|fault| self.failed(&fault), only));
                }
                Fault::Guilty(_) => outcomes.push(self.failed(&fault)),
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

    fn failed(&self, fault: &Fault) -> Outcome {
        let manifest = self.plugin.manifest();
        let text = format!("{} {} failed: {fault}", manifest.name, manifest.version);
        match fault {
            Fault::Guilty(_) => Outcome::Failed(text),
            Fault::Overdue | Fault::Start(_) => Outcome::Missed(text),
        }
    }
}

/// The outcome of a call with one product.
fn only(answers: Outcomes) -> Outcome {
    let answer =
        answers.into_iter().next().expect("as many outcomes as products, see `Instance::enrich`");
    Outcome::from(answer)
}

impl From<types::Outcome> for Outcome {
    fn from(raw: types::Outcome) -> Self {
        match raw {
            Ok(patch) => Self::Patch(patch),
            Err(words) => Self::Failed(text::cut(&words, limits::MESSAGE_BYTES).to_owned()),
        }
    }
}
