//! The plugin on whole files.

mod bombs;
mod colour;
mod formats;
mod renditions;
mod support;
