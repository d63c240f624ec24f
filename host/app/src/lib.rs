//! Rikaste turns the product files that are dropped into a folder into one consistent feed for
//! every channel. This crate is the `rikaste` command; ARCHITECTURE.md has a map of all crates.

pub mod approval;
pub mod backup;
pub mod cli;
pub mod open;
pub mod run;
pub mod verify;
pub mod watch;
