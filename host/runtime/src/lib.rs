//! Plugins: components that see what they declare, write what they declare, and can do nothing
//! else. Importers are given a file and answer with what is in it; image processors are given a photo
//! and answer with pixels.
//!
//! A [`Runtime`] compiles them, a [`Library`] has a shop's files, [`load`] puts them in order, and a
//! [`Runner`] per worker thread and plugin runs batches of products through them. Whatever a plugin
//! does, a runner gives an outcome for every product; what stands of it [`Rules`] decide.
//!
//! This is the only module that knows wasmtime, and the only one that knows both the catalogue's
//! types and the contract's.

mod batch;
mod bindings;
mod cache;
pub mod compile;
mod component;
#[cfg(test)]
mod damaged;
mod engine;
pub mod enrich;
mod folder;
#[cfg(test)]
mod golden;
mod host;
#[cfg(test)]
mod hostile;
mod inputs;
mod instance;
mod ledger;
mod library;
mod lift;
pub mod limits;
mod lock;
mod lower;
mod manifest;
mod order;
mod portion;
mod processor;
mod reader;
mod schema;
mod settings;
pub mod shadow;
mod text;
mod validate;
mod wasi;

pub use batch::{Outcome, Runner};
/// Fuzzing makes manifests and portions of its own.
#[cfg(fuzzing)]
pub use bindings::{crate::types as manifest_types, importer::crate::files as portion_types};
pub use component::{CONTRACT, Described, LoadError, Plugin, event_loop};
pub use engine::{EngineError, Runtime};
pub use folder::{Broken, Loaded, Problem, load, load_enabled, read_config};
pub use host::{AssetReader, NoAssets};
pub use inputs::{Inputs, Subject};
pub use instance::{Fault, Instance, Usage};
pub use ledger::{BUCKETS, Counts, FailureKind, Ledger};
pub use library::{Candidate, Chosen, Library, LibraryError};
pub use limits::Limits;
pub use lock::{Before, Entry, Lock, LockError, Pin, Refusal};
pub use lower::{Context, Product as GivenProduct};
pub use manifest::{Claims, FACETS, Manifest, ManifestError, Reads, World, Write};
pub use order::OrderError;
#[cfg(fuzzing)]
pub use portion::Tally;
pub use portion::{Content, Element, Found};
pub use processor::{Picture, Pixels, Processor, ProcessorError, Unpictured};
pub use reader::{Reader, ReaderError};
pub use schema::{Located, Schema, SchemaError, Violation};
pub use settings::{DiffPolicy, Settings, SettingsError, Terms, Upgrade};
pub use validate::{Accepted, Rules};
