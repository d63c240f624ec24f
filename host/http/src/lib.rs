//! The HTTP interface: what channels read. It reads the store and the index, and writes neither.
//!
//! Every answer stands on one release and names it in `Rikaste-Release`, also one that is a
//! problem. All that one answer needs is read from one state of the store, on a thread that may
//! wait for the disk; long answers are written there, too, while the reader takes them.
//!
//! `/openapi.json` describes every address; it is generated from the handlers and the contract.

mod access;
mod activity;
mod asset_files;
mod body_writer;
mod catalogue_view;
mod changes;
mod channel_model;
mod cors;
mod devices;
mod drops;
mod etag;
mod events;
mod explain;
mod gaps;
mod headers;
mod in_process;
mod links;
mod manual;
mod metrics;
mod offers;
mod openapi;
mod pages;
mod parameters;
mod photo_facts;
mod photo_report;
mod plugins;
mod problem;
mod products;
mod reader_pool;
mod receipts;
mod release_diff;
mod releases;
mod search;
mod server;
mod session;
mod sitemap;
mod snapshots;
mod state;
mod undo;
mod value_text;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use access::{AccessScope, AccessToken, AccessTokens, NewToken, TokenFile, TokenFileError};
pub use activity::{ShopActivity, WorkQueue};
pub use drops::{DropPlacer, DropTrier, TriedDrop, UploadError, UploadedFile};
pub use in_process::{InProcessApi, InProcessResponse};
pub use server::{ApiServer, build_router, serve_api};
pub use state::{ApiConfig, DeviceAck, PreviewError, RequestSink, UndoPreviewer};
