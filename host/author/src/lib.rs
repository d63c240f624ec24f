//! Writing plugins: a project to begin with, building it, and trying it on cases.
//!
//! A project is self-contained: the SDK and the contract lie in it, so it builds the same whatever
//! version of the program is around. [`new`] writes one, [`build`] makes a component of it,
//! [`cases`] are its products and what is expected of them, [`mod@test`] runs them in the runtime that a
//! shop has, and [`report`] says what came of it.

pub mod build;
pub mod cache;
pub mod cases;
pub mod difference;
pub mod new;
mod project;
pub mod report;
pub mod sources;
pub mod test;
pub mod trial;
pub mod value;

pub use project::{Language, NameError, Project, ProjectError, ProjectName, Purpose};
