//! The plugin on whole files.

mod bombs;
mod colour;
mod formats;
mod lettering;
mod renditions;
mod support;
