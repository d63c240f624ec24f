//! Import: from the bytes of a file to records and messages.
//!
//! A file is read as a stream, in memory that does not grow with its size (but for twenty bytes a
//! row, by which a row is known that speaks about the same thing again). [`Importer::open`] finds
//! out what the file is and what its columns are about; [`Reading::next`] gives records, a batch
//! at a time. A bad cell costs the cell, a bad row the row; what makes the whole file
//! [`Unreadable`] is found while it streams, so whoever takes the records must be able to give
//! all of them up.
//!
//! ```text
//! Intake      bytes; UTF-16 decoded; a row at most 4 MiB
//! Sheet       rows below a header: of CSV (Dialect, Charset), of a Workbook
//! Elements    elements of JSON and XML
//! Tree        the cells of an element
//! Portions    elements of any other format, by a plugin
//! Plan        what each column is about: by a Mapping, else by the Convention of headers and their Synonyms
//! Taker       whom a row is about, whether it comes first; records by kind
//! parse       what stands in a cell
//! ```

mod basis;
mod candidates;
mod cells;
mod charset;
mod commerce;
mod document;
mod edits;
mod elements;
mod explain;
mod fields;
mod format;
mod group;
mod header;
mod importer;
mod importers;
mod intake;
mod learn;
mod mapping;
mod meanings;
mod nested;
mod notes;
mod parse;
mod path;
mod paths;
mod plan;
mod preset;
mod products;
mod range;
mod reading;
mod rejects;
mod reviews;
mod row;
mod seen;
mod sheet;
mod synonyms;
mod taker;
mod target;
#[cfg(test)]
mod tests;
mod tree;
mod unreadable;
mod value;
mod variants;
mod workbook;
mod xml;

pub use candidates::{Candidate, LooksLike};
pub use explain::{Explained, ExplainedColumn, Sample};
pub use importer::Importer;
pub use importers::Importers;
pub use learn::Proposal;
pub use mapping::{MappingError, Mappings};
pub use range::Range;
pub use reading::{Progress, Reading};
pub use rejects::{REJECTED, RejectsFile};
pub use unreadable::Unreadable;
pub use unreadable::is_of_the_machine;
