//! Writing plugins: a project to begin with, building it, and trying it on cases.
//!
//! A project is self-contained: the SDK and the contract lie in it, so it builds the same whatever
//! version of the program is around. [`new`] writes one.

pub mod new;
mod project;

pub use project::{Language, NameError, ProjectName};
