//! Plugins: what they are, what they did, and on which products they fail.

use serde::{Deserialize, Serialize};

use crate::OrderedMap;

/// The answer of `GET /v1/plugins`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PluginList {
    /// The plugins in the order in which they run.
    pub plugins: Vec<PluginInfo>,
    /// Plugins that cannot run, and why.
    pub left_out: Vec<String>,
}

/// A plugin and what it did since it was loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PluginInfo {
    /// Its name.
    pub name: String,
    /// Its version (Semantic Versioning).
    pub version: String,
    /// What it does, in its author's words.
    pub description: String,
    /// The contract that it implements: what kind of plugin it is.
    pub world: String,
    /// Which files it is given, in words. `null` for a plugin that enriches products.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub files: Option<String>,
    /// The hash of its file (BLAKE3, hexadecimal).
    pub digest: String,
    /// Attributes and facets that it is given.
    pub reads: Vec<String>,
    /// Attributes that it may set.
    pub writes: Vec<WrittenAttribute>,
    /// Products that show its last good values because it fails on them.
    pub stale: u64,
    /// What it may use.
    pub limits: PluginResourceLimits,
    /// What it did since it was loaded.
    pub did: PluginActivity,
}

/// An attribute that a plugin may set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WrittenAttribute {
    /// The attribute's code.
    pub attribute: String,
    /// Its data type: `text`, `options`, `table`, …
    #[serde(rename = "type")]
    pub data_type: String,
    /// Whether it has a value for each locale.
    pub localizable: bool,
    /// Whether it may have a value for each channel.
    pub scopable: bool,
}

/// What a plugin may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PluginResourceLimits {
    /// Steps of one product (wasmtime's fuel).
    pub steps: u64,
    /// Bytes of memory.
    pub memory: u64,
    /// Bytes of output of one product.
    pub output: u64,
    /// Values of one product.
    pub values: u64,
    /// Lines of log of one call.
    pub log_lines: u64,
    /// Seconds of one call.
    pub seconds: u64,
}

/// What a plugin did since it was loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PluginActivity {
    /// Calls into the plugin.
    pub calls: u64,
    /// Products that it was run on.
    pub products: u64,
    /// Products whose outcome was known already.
    pub memo_hits: u64,
    /// Products that it failed on.
    pub failed: u64,
    /// Products that it failed on, by kind of failure.
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, u64>))]
    pub failures: OrderedMap<'static, u64>,
    /// Steps of all calls (wasmtime's fuel).
    pub steps: u64,
    /// Microseconds of all calls.
    pub microseconds: u64,
    /// Instances that were made.
    pub instances: u64,
    /// Bytes of the largest instance's memories.
    pub largest_memory: u64,
}

/// The answer of `GET /v1/plugins/{name}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PluginDetails {
    /// The plugin.
    #[serde(flatten)]
    pub plugin: PluginInfo,
    /// The first hundred products that it fails on.
    pub stale_products: Vec<StaleProduct>,
    /// The end of its log.
    pub log: Vec<String>,
}

/// A product that a plugin fails on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaleProduct {
    /// The product.
    pub sku: String,
    /// Why it fails; `null` if the plugin gave no reason.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub reason: Option<String>,
}
