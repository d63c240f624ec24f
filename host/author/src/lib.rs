//! Writing plugins: a project to begin with, building it, and trying it on cases.
//!
//! A project is self-contained: the SDK and the contract lie in it, so it builds the same whatever
//! version of the program is around. [`scaffold`] writes one, [`build`] makes a component of it,
//! [`cases`] are its products and what is expected of them, [`case_test`] runs them in the runtime that a
//! shop has, and [`report`] says what came of it.

pub mod build;
pub mod cache;
pub mod case_run;
pub mod case_test;
pub mod cases;
pub mod difference;
mod project;
pub mod report;
pub mod scaffold;
pub mod sources;
pub mod value;

pub use project::{
    NameError, PluginProject, ProjectError, ProjectKind, ProjectLanguage, ProjectName,
};
