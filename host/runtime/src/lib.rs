//! Plugins: components that see what they declare, write what they declare, and can do nothing
//! else. Importers are given a file and answer with what is in it; image processors are given a photo
//! and answer with pixels.
//!
//! A [`PluginRuntime`] compiles them, a [`PluginCatalog`] has a shop's files, [`load_plugins`] puts them in order, and a
//! [`PluginRunner`] per worker thread and plugin runs batches of products through them. Whatever a plugin
//! does, a runner gives an outcome for every product; what stands of it [`PatchValidator`] decide.
//!
//! This is the only module that knows wasmtime, and the only one that knows both the catalogue's
//! types and the contract's.

mod batch;
mod bindings;
mod cache;
pub mod compile;
mod component;
mod configuration;
#[cfg(test)]
mod damaged;
mod engine;
pub mod enrich;
#[cfg(test)]
mod golden;
mod guest_text;
mod host;
#[cfg(test)]
mod hostile;
mod image_instance;
mod importer_instance;
mod inputs;
mod instance;
mod known_texts;
mod lift;
pub mod limits;
mod loader;
mod lock;
mod lower;
mod manifest;
mod metrics;
mod plugin_catalog;
mod portion;
mod run_order;
mod schema;
mod settings;
pub mod shadow;
mod validate;
mod wasi;

pub use batch::{PluginRunner, ProductOutcome};
/// Fuzzing makes manifests and portions of its own.
#[cfg(fuzzing)]
pub use bindings::{
    importer::rikaste::plugin::files as portion_types, rikaste::plugin::types as manifest_types,
};
pub use component::{CONTRACT, LoadError, Plugin, PluginComponent, new_event_loop};
pub use configuration::{Configuration, ConfigurationFingerprint};
pub use engine::{EngineError, PluginRuntime};
pub use host::{AssetReader, NoAssets};
pub use image_instance::{
    ImageError, ImageInstance, ImagePluginError, PixelBuffer, ProcessedPhoto,
};
pub use importer_instance::{ImporterError, ImporterInstance};
pub use inputs::{DeclaredInputs, PluginInput};
pub use instance::{CallError, CallUsage, EnricherInstance};
pub use known_texts::find_known_text;
pub use limits::PluginLimits;
pub use loader::{
    BrokenPlugin, LoadedPlugins, PluginProblem, load_enabled_plugins, load_plugins, read_config,
};
pub use lock::{LockEntry, LockError, PluginLock, PluginVersion, PreviousVersion, RejectedVersion};
pub use lower::{GuestContext, GuestProduct};
pub use manifest::{
    DeclaredReads, DeclaredWrite, FACETS, FileClaims, Manifest, ManifestError, World,
};
pub use metrics::{FailureKind, PluginCounts, PluginMetrics, TIME_BUCKETS};
pub use plugin_catalog::{EnabledPlugin, PluginCatalog, PluginCatalogError, PluginFile};
#[cfg(fuzzing)]
pub use portion::PortionChecker;
pub use portion::{ImportedContent, ImportedElement, ImportedItem};
pub use run_order::OrderError;
pub use schema::{ConfigSchema, ConfigViolation, LocatedViolation, SchemaError};
pub use settings::{DiffPolicy, PluginPolicy, PluginSettings, SettingsError, UpgradePolicy};
pub use validate::{AcceptedPatch, PatchValidator};
