//! The HTTP interface: what channels read. It reads the store and the index, and writes nothing.
//!
//! Every answer stands on one release and names it in `Rikaste-Release`, also one that is a
//! problem. All that one answer needs is read from one state of the store, on a thread that may
//! wait for the disk; long answers are written there, too, while the reader takes them.
//!
//! `http/openapi.json` describes every address.

mod app;
mod ask;
mod catalogue;
mod changes;
mod contact_sheet;
mod description;
mod devices;
mod etag;
mod events;
mod explain;
mod headers;
mod links;
mod metrics;
mod pages;
mod parameters;
mod photos;
mod plugins;
mod problem;
mod products;
mod readers;
mod receipts;
mod releases;
mod said;
mod search;
mod server;
mod snapshots;
mod streams;
mod tokens;

#[cfg(test)]
mod tests;

pub use app::{Ack, Served};
pub use ask::{Answer, Asked};
pub use server::{Interface, router, serve};
pub use tokens::Tokens;
