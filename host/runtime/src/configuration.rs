//! What a shop is configured to do, as one value.
//!
//! A configuration never changes: another takes its place as a whole. The pipeline holds the current
//! one and sends it to whoever subscribed as soon as the release that it made is committed.

use std::collections::BTreeMap;
use std::sync::Arc;

use rikaste_model::code::PluginName;
use rikaste_model::product::ContentHash;
use rikaste_model::shop::Shop;
use serde::Serialize;
use smol_str::SmolStr;

use super::enrich::EnricherSet;
use super::loader::LoadedPlugins;
use super::settings::PluginSettings;
use super::shadow::ShadowSide;

/// A shop, its plugins, and what it says about them.
#[derive(Debug)]
pub struct Configuration {
    /// The shop, with the attributes of its plugins.
    pub shop: Arc<Shop>,
    /// The plugins that run.
    pub plugins: Arc<EnricherSet>,
    /// What each plugin reads, for explanations.
    pub plugin_reads: BTreeMap<PluginName, Vec<SmolStr>>,
    /// What the shop says about its plugins.
    pub settings: PluginSettings,
    /// Where it is another, the catalogue is processed again.
    pub fingerprint: ContentHash,
}

impl Configuration {
    /// The configuration of a shop with these plugins.
    #[must_use]
    pub fn new(
        shop: Arc<Shop>,
        plugins: Arc<EnricherSet>,
        settings: PluginSettings,
        fingerprint: ContentHash,
    ) -> Self {
        let plugin_reads = plugins.declared_reads();
        Self { shop, plugins, plugin_reads, settings, fingerprint }
    }

    /// The same, whose plugins have counts and outcomes of their own: for what is only tried out.
    #[must_use]
    pub fn with_fresh_counters(&self) -> Self {
        Self {
            shop: Arc::clone(&self.shop),
            plugins: Arc::new(self.plugins.with_fresh_counters()),
            plugin_reads: self.plugin_reads.clone(),
            settings: self.settings.clone(),
            fingerprint: self.fingerprint,
        }
    }

    /// For a shadow run.
    #[must_use]
    pub fn shadow_side(&self) -> ShadowSide<'_> {
        ShadowSide { shop: &self.shop, enrichers: &self.plugins }
    }
}

/// All that documents and renditions depend on beside the imported files. Two configurations with
/// the same fields make the same catalogue. What only answers over HTTP have of the shop is not serialised.
#[derive(Serialize)]
pub struct ConfigurationFingerprint<'a> {
    program_version: &'a str,
    encoder_revision: u32,
    shop: &'a Shop,
    /// In the order in which they run.
    plugins: Vec<PluginIdentity<'a>>,
    /// Plugins that cannot run, and why.
    left_out: Vec<String>,
}

/// What tells a plugin from another version of it, or from one configured differently.
#[derive(Serialize)]
struct PluginIdentity<'a> {
    name: &'a str,
    digest: String,
    configuration: &'a str,
}

impl<'a> ConfigurationFingerprint<'a> {
    /// What this program makes of a shop and its plugins. `encoder_revision` says how it encodes photos.
    #[must_use]
    pub fn new(shop: &'a Shop, loaded: &'a LoadedPlugins, encoder_revision: u32) -> Self {
        let plugins = loaded.enrichers.iter().chain(loaded.importers_and_processors());
        let plugins = plugins.map(|plugin| PluginIdentity {
            name: plugin.name().as_str(),
            digest: plugin.digest().to_string(),
            configuration: plugin.config(),
        });
        Self {
            program_version: env!("CARGO_PKG_VERSION"),
            encoder_revision,
            shop,
            plugins: plugins.collect(),
            left_out: loaded.broken.iter().map(ToString::to_string).collect(),
        }
    }

    /// The hash of its JSON: maps are in the order of their keys, structs of their fields.
    ///
    /// # Panics
    /// Never: everything in it has a JSON form.
    #[must_use]
    pub fn to_hash(&self) -> ContentHash {
        let json =
            serde_json::to_vec(self).expect("keys are texts, and writing to memory succeeds");
        ContentHash::hash_bytes(&json)
    }
}

#[cfg(test)]
mod tests;
