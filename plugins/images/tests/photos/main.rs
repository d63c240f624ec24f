//! The plugin on whole files.

mod avif;
mod bombs;
mod claims;
mod colour;
mod container;
mod formats;
mod image_crate;
mod lettering;
mod renditions;
mod support;
