//! The enrich stage: what plugins make of products, each outcome computed once.
//!
//! An outcome is kept under the hash of all it can depend on: the plugin's file, its
//! configuration, the shop's locales, channels and time zone, and the declared inputs. A product
//! whose own outcome is of that key is left as it is; else one that another product with the same
//! inputs had is taken; else the plugin runs.

mod key;
mod memo;
mod worker;

use std::collections::BTreeMap;
use std::sync::Arc;

use rikaste_model::code::PluginName;
use rikaste_model::product::{Product, ProductReview};
use smol_str::SmolStr;

use crate::{AssetReader, LoadedPlugins, Plugin, PluginCounts};

use memo::OutcomeMemo;
pub use worker::{EnrichWorker, NO_MEMO_KEY};

/// A product that may need enriching, and what belongs to it.
#[derive(Debug, Clone)]
pub struct EnrichmentCandidate {
    /// The product, with the enrichments of the last time.
    pub product: Product,
    /// Its model.
    pub parent: Option<Arc<Product>>,
    /// Reviews of the whole model group, in an order that does not change by itself. Variants
    /// that share the `Arc` share the work of hashing it.
    pub group_reviews: Arc<[ProductReview]>,
    /// Set by the worker: its enrichments are not what they were.
    pub is_changed: bool,
}

/// A shop's plugins in their order, and the outcomes they had: what all workers share.
#[derive(Debug)]
pub struct EnricherSet {
    plugins: Vec<Arc<Plugin>>,
    /// Those that read files and enrich nothing: what is loaded and swapped is all of a shop's plugins.
    importers: Vec<Arc<Plugin>>,
    /// Those that decode photos.
    processors: Vec<Arc<Plugin>>,
    /// Plugins that are there and cannot run, and why: what they made before goes on counting.
    broken: Vec<(PluginName, String)>,
    broken_messages: Vec<String>,
    assets: Arc<dyn AssetReader>,
    memo: OutcomeMemo,
}

/// What a batch cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EnrichCounts {
    /// Products given to plugins, each plugin counted.
    pub plugin_runs: u64,
    /// Products whose outcome was known, each plugin counted.
    pub memo_hits: u64,
    /// Products that a plugin failed on in this batch, each plugin counted.
    pub failed: u64,
}

impl std::ops::AddAssign for EnrichCounts {
    fn add_assign(&mut self, other: Self) {
        self.plugin_runs += other.plugin_runs;
        self.memo_hits += other.memo_hits;
        self.failed += other.failed;
    }
}

impl EnricherSet {
    /// The plugins that were loaded, with what they may read photos from.
    #[must_use]
    pub fn new(loaded: &LoadedPlugins, assets: Arc<dyn AssetReader>) -> Self {
        let broken = loaded.broken.iter().filter_map(|broken| {
            let name = PluginName::new(&broken.name).ok()?;
            Some((name, broken.to_string()))
        });
        let is_loaded =
            |name: &PluginName| loaded.enrichers.iter().any(|plugin| plugin.name() == name);
        Self {
            plugins: loaded.enrichers.clone(),
            importers: loaded.importers.clone(),
            processors: loaded.image_processors.clone(),
            broken_messages: loaded.broken.iter().map(ToString::to_string).collect(),
            broken: broken.filter(|(name, _)| !is_loaded(name)).collect(),
            assets,
            memo: OutcomeMemo::default(),
        }
    }

    /// The same plugins with counts and outcomes of their own: to be tried, while the others run.
    #[must_use]
    pub fn with_fresh_counters(&self) -> Self {
        Self {
            plugins: self
                .plugins
                .iter()
                .map(|plugin| Arc::new(plugin.with_fresh_counters()))
                .collect(),
            importers: self.importers.clone(),
            processors: self.processors.clone(),
            broken: self.broken.clone(),
            broken_messages: self.broken_messages.clone(),
            assets: Arc::clone(&self.assets),
            memo: OutcomeMemo::default(),
        }
    }

    /// The plugins, in the order in which they run.
    #[must_use]
    pub fn plugins(&self) -> &[Arc<Plugin>] {
        &self.plugins
    }

    /// The plugins that read files, by name.
    #[must_use]
    pub fn importers(&self) -> &[Arc<Plugin>] {
        &self.importers
    }

    /// The plugins that decode photos, in the order in which they are tried.
    #[must_use]
    pub fn processors(&self) -> &[Arc<Plugin>] {
        &self.processors
    }

    /// Whether files are read by the same plugins, configured alike.
    #[must_use]
    pub fn has_same_importers(&self, other: &Self) -> bool {
        let by = |enrichers: &Self| {
            let importers = enrichers.importers.iter();
            importers.map(|one| (one.digest(), one.config().to_owned())).collect::<Vec<_>>()
        };
        by(self) == by(other)
    }

    /// All plugins: those that enrich in their order, then those that read files or decode photos.
    pub fn all_plugins(&self) -> impl Iterator<Item = &Arc<Plugin>> {
        self.plugins.iter().chain(&self.importers).chain(&self.processors)
    }

    /// The plugins that are left out, and why, for the operator.
    #[must_use]
    pub fn broken_messages(&self) -> Vec<String> {
        self.broken_messages.clone()
    }

    /// What a plugin did since it was loaded.
    #[must_use]
    pub fn plugin_counts(&self, name: &PluginName) -> Option<PluginCounts> {
        Some(self.find_plugin(name)?.metrics().counts())
    }

    /// A plugin that runs.
    #[must_use]
    pub fn find_plugin(&self, name: &PluginName) -> Option<&Arc<Plugin>> {
        self.plugins.iter().find(|plugin| plugin.name() == name)
    }

    /// A worker for the thread that will own it.
    #[must_use]
    pub fn new_worker(self: &Arc<Self>) -> EnrichWorker {
        EnrichWorker::new(Arc::clone(self))
    }

    /// What each plugin reads: attributes and facets.
    #[must_use]
    pub fn declared_reads(&self) -> BTreeMap<PluginName, Vec<SmolStr>> {
        let names = |plugin: &Arc<Plugin>| {
            (plugin.name().clone(), plugin.manifest().reads.declared_names())
        };
        self.plugins.iter().map(names).collect()
    }

    /// Where the plugin stands: those that cannot run first, then the others as they run.
    fn run_rank(&self, name: &PluginName) -> Option<usize> {
        let broken = self.broken.iter().position(|(broken, _)| broken == name);
        let running = || self.plugins.iter().position(|plugin| plugin.name() == name);
        broken.or_else(|| running().map(|at| self.broken.len() + at))
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
