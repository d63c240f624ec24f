//! Rikaste turns the product files that are dropped into a folder into one consistent feed for
//! every channel. This crate is the `rikaste` command; ARCHITECTURE.md has a map of all crates.

pub mod backup;
pub mod cli;
pub mod open;
pub mod request_folder;
pub mod run;
pub mod undo_preview;
pub mod uploads;
pub mod verify;
pub mod watch;
