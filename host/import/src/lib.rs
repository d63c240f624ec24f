//! Import: from the bytes of a file to records and messages.
//!
//! A file is read as a stream, in memory that does not grow with its size (but for twenty bytes a
//! row, by which a row is known that speaks about the same thing again). [`FileImporter::open_source`] finds
//! out what the file is and what its columns are about; [`ImportStream::next_batch`] gives records, a batch
//! at a time. A bad cell costs the cell, a bad row the row; what makes the whole file
//! [`FileError`] is found while it streams, so whoever takes the records must be able to give
//! all of them up.
//!
//! ```text
//! ByteReader            bytes; UTF-16 decoded; a row at most 4 MiB
//! TableReader           rows below a header: of CSV (CsvDialect, Charset), of a WorkbookStream
//! JsonElements, XmlElements   elements of JSON and XML
//! ElementFlattener      the cells of an element
//! PluginElements        elements of any other format, by a plugin
//! ColumnPlan            what each column is about: by a Mapping, else by the HeaderConvention and ColumnSynonyms
//! RowReader             whom a row is about, whether it comes first; records by kind
//! parse                 what stands in a cell
//! ```

mod byte_reader;
mod cells;
mod charset;
mod column_plan;
mod column_profiler;
mod document;
mod document_value;
mod edits;
mod explain;
mod fields;
mod file_error;
mod fingerprint;
mod flatten;
mod format;
mod full_range;
mod header;
mod import_stream;
mod importer;
mod json;
mod mapping;
mod name_classifier;
mod nested_reviews;
mod nested_variants;
mod parse;
mod path_columns;
mod plugin_importers;
mod preset;
mod products;
mod rejects;
mod reviews;
mod row;
mod row_diagnostics;
mod row_groups;
mod row_reader;
mod seen_keys;
mod sku_candidates;
mod stock_and_prices;
mod synonyms;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod value_path;
mod workbook;
mod xml;

pub use column_profiler::AttributeProposal;
pub use explain::{ColumnExplanation, FileExplanation, SampleProduct};
pub use file_error::FileError;
pub use file_error::is_system_error;
pub use full_range::FullRange;
pub use import_stream::{ImportStream, StreamProgress};
pub use importer::FileImporter;
pub use mapping::{MappingError, MappingSet};
pub use plugin_importers::PluginImporters;
pub use rejects::{REJECTED_SUFFIX, RejectsFile};
pub use sku_candidates::{CandidateKind, SkuCandidate};
