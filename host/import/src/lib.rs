//! Import: from the bytes of a file to records and messages.
//!
//! A file is read as a stream, in memory that does not grow with its size. The exception is twenty bytes
//! a row, by which a second row about the same thing is known. A bad cell costs the cell, a bad row
//! the row. What makes the whole file a [`FileError`] is found while it streams, so whoever takes the
//! records must be able to give all of them up.
//!
//! # Three layers
//!
//! ```text
//! rikaste_tables   bytes → RawRow          what the file says: rows of a table, elements of a document
//! columns          header, Mapping, Preset → ColumnPlan     what each column is about
//! records          RawRow + ColumnPlan → ImportRecord       what each row says
//! ```
//!
//! Calls go one way: `records` uses `columns` and the types of `rikaste_tables`; `columns` uses the types of
//! `rikaste_tables`; neither of the lower two knows the ones above. No layer leaves state in another for
//! the next call: what a row needs comes as an argument, what it learned is returned.
//!
//! - A `ColumnPlan` is built once, from the headers of a table. Paths of JSON and XML are
//!   met while rows are read; the plan grows by these through one method, `column_of_path`.
//! - A `RecordBuilder` owns the plan of a file and all that is remembered between rows.
//! - [`FileImporter`] opens files: it chooses mapping, preset and plugin and puts the three together.
//!   [`ImportStream::next_batch`] then gives records, a batch at a time.

mod columns;
mod element_importers;
mod explain;
mod file_error;
mod fingerprint;
mod full_range;
mod import_stream;
mod importer;
mod records;
mod rejects;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;

pub use columns::REJECTED_SUFFIX;
pub use columns::{MappingError, MappingSet};
pub use element_importers::{ElementImporter, FilePatterns, PluginImporters};
pub use explain::{ColumnExplanation, FileExplanation, SampleProduct};
pub use file_error::FileError;
pub use full_range::FullRange;
pub use import_stream::{ImportStream, StreamProgress};
pub use importer::FileImporter;
pub use records::{AttributeProposal, CandidateKind, SkuCandidate, describe_conflict};
pub use rejects::RejectsFile;
pub use rikaste_tables::is_system_error;
