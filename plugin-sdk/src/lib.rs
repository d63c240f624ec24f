//! The Rust side of a Rikaste plugin.
//!
//! A plugin is a pure function from a product to a [`Patch`]. It sees the attributes and facets
//! that its [`Manifest`] says it reads, proposes values for the attributes it says it writes, and
//! has no clock, network, files or randomness. Because of that the host keeps every outcome and
//! calls the plugin again only for a product whose inputs changed.
//!
//! So a plugin never asks what day it is: a text that holds for a season is proposed with a
//! window ([`Proposal::window`]) and the feed changes by itself at the boundary. What a plugin
//! does not understand it says with a diagnostic ([`Patch::warning`]); it does not guess.
//!
//! A whole plugin:
//!
//! ```
//! use rikaste_plugin::{
//!     Attribute, ConfigError, Context, Enricher, Manifest, Outcome, Patch, Product,
//! };
//! use serde::Deserialize;
//!
//! /// Adds a badge to products of one colour.
//! struct ColourBadge {
//!     config: Config,
//! }
//!
//! #[derive(Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct Config {
//!     color: String,
//!     badge: String,
//! }
//!
//! impl Enricher for ColourBadge {
//!     type Config = Config;
//!
//!     fn describe() -> Manifest {
//!         Manifest::new("colour-badge", env!("CARGO_PKG_VERSION"), "Badges one colour.")
//!             .reads("color")
//!             .writes(Attribute::text("badge").localizable())
//!     }
//!
//!     fn new(config: Config) -> Result<Self, ConfigError> {
//!         Ok(Self { config })
//!     }
//!
//!     fn enrich(&self, _: &Context, product: &Product) -> Outcome {
//!         let mut patch = Patch::new();
//!         if product.options("color").contains(&self.config.color) {
//!             patch.text("badge", self.config.badge.as_str()).locale("en-GB");
//!         }
//!         Ok(patch)
//!     }
//! }
//!
//! rikaste_plugin::export!(ColourBadge);
//! ```
//!
//! # From here to a shop
//!
//! | | |
//! |---|---|
//! | `rikaste plugin new NAME --lang rust` | a project like this one, with cases, and this crate in it |
//! | `rikaste plugin test` | builds it, and runs its cases in the runtime that a shop has |
//! | `rikaste plugin dev --shop SHOP` | does so on every change, and puts it into a shop |
//! | `rikaste plugin enable dist/NAME.wasm --shop SHOP` | has a shop run it |
//!
//! The guide "Write a plugin in ten minutes" goes through them.
//!
//! # What is where
//!
//! - [`Enricher`] is what a plugin implements, [`export!`] makes it the component's.
//! - [`Manifest`] and [`Attribute`] say what it reads and writes.
//! - [`Product`] is read with [`text_for`](Product::text_for), [`options`](Product::options),
//!   [`decimal`](Product::decimal) and the like; facets are its fields.
//! - [`Patch`] takes values ([`Proposal`] narrows one to a locale, channel or time) and diagnostics
//!   ([`Remark`] places one).
//! - [`ConfigError`] names the key of the configuration that is wrong.
//! - [`Importer`] is what a plugin for a file format implements in place of [`Enricher`], and
//!   [`export_importer!`] makes it the component's: bytes in chunks become [`Element`]s.
//! - [`image::ImageProcessor`] is what a plugin that decodes photos implements, and
//!   [`export_image_processor!`] makes it the component's: bytes become pixels and facts.
//! - [`decimal`] calculates exactly; [`assets`] reads photos; [`log`] writes to the plugin's log.
//!
//! # Memory
//!
//! The default feature `allocator` sets the global allocator of the plugin's component. It keeps freed blocks of up to
//! 4 KiB in lists by size: a batch is thousands of short texts. A plugin with an allocator of its own turns it
//! off with `default-features = false`.
//!
//! # Tests
//!
//! Built with `cargo build --target wasm32-wasip2 --release` and `crate-type = ["cdylib", "rlib"]`
//! a plugin is one `.wasm` file and nothing beside it. Built for the machine it is an ordinary library:
//! every type here is plain Rust, logs go to standard error, and [`assets::testing`] stands in for
//! the host's photos, so that plugin logic has ordinary unit tests.

// The code that `wit_bindgen` generates names this crate from inside and from outside alike.
extern crate self as rikaste_plugin;

#[cfg(any(all(target_family = "wasm", feature = "allocator"), test))]
mod allocator;
pub mod assets;
#[doc(hidden)]
pub mod bindings;
mod config;
pub mod decimal;
mod enricher;
pub mod image;
#[doc(hidden)]
pub mod image_bindings;
mod importer;
#[doc(hidden)]
pub mod importer_bindings;
pub mod locale;
pub mod log;
mod manifest;
mod patch;
mod product;
mod slot;

pub use bindings::rikaste::plugin::types::{
    Association, Attribute, Context, Data, DataType, Diagnostic, Image, Manifest, Measurement,
    Money, Outcome, Patch, Price, Product, Review, Severity, Stock, Table, Value, Window,
};
pub use config::{ConfigError, NoConfig};
pub use enricher::Enricher;
pub use importer::{Importer, read_all};
pub use importer_bindings::rikaste::plugin::files::{
    Content, Element, ImporterManifest, Leaf, Portion, Remark as SourceRemark,
};
pub use patch::{Proposal, Remark};
#[doc(hidden)]
pub use slot::Slot;
