//! Plugins: components that see what they declare, write what they declare, and can do nothing
//! else.
//!
//! A [`Runtime`] compiles them, [`load`] finds a shop's plugins and puts them in order, and a
//! [`Runner`] per worker thread and plugin runs batches of products through them. Whatever a plugin
//! does, a runner gives an outcome for every product; what stands of it [`Rules`] decide.
//!
//! This is the only module that knows wasmtime, and the only one that knows both the catalogue's
//! types and the contract's.

mod batch;
mod bindings;
mod cache;
mod component;
mod engine;
mod folder;
mod host;
mod inputs;
mod instance;
mod lift;
pub mod limits;
mod lower;
mod manifest;
mod order;
mod text;
mod validate;
mod wasi;

pub use batch::{Outcome, Runner};
pub use component::{CONTRACT, Described, LoadError, Plugin, event_loop};
pub use engine::{EngineError, Runtime};
pub use folder::{Broken, Bundled, Loaded, Problem, load};
pub use host::{AssetReader, NoAssets};
pub use inputs::{Inputs, Subject};
pub use instance::{Fault, Instance};
pub use lower::{Context, Product as GivenProduct};
pub use manifest::{FACETS, Manifest, ManifestError, Reads, Write};
pub use order::OrderError;
pub use validate::{Accepted, Rules};
