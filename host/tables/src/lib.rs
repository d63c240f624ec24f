//! Tables: from the bytes of a file to raw rows.
//!
//! [`FileStart`] reads the first bytes and finds out what the file is. It opens a [`RowSource`], which gives
//! one [`RawRow`] after another: a row of a table, or an element of a document. Memory is bounded
//! by one row. Nothing here knows what a column means; where that decides how a file is read, as in
//! the search for the header, the caller passes a function.
//!
//! ```text
//! FileStart, TextStart      the first bytes: encoding, format
//! ByteReader                bytes; UTF-16 decoded; a row at most 4 MiB
//! TableReader               rows below a header: of CSV (CsvDialect, Charset), of a WorkbookStream
//! JsonElements, XmlElements elements of JSON and XML
//! DecodedElements           elements of any other format, decoded by the caller
//! RowSource                 any of these, as RawRow
//! ElementFlattener          the cells of an element
//! ```

mod byte_reader;
mod cell_problem;
mod charset;
mod charset_override;
#[cfg(test)]
mod conformance;
mod csv_file;
mod decoded_elements;
mod document;
mod document_value;
mod file_start;
mod flatten;
mod format;
mod json;
mod path_columns;
mod raw_row;
mod read_error;
mod row_source;
mod table;
mod value_path;
mod workbook;
mod xml;

pub use cell_problem::CellProblem;
pub use charset::{CharsetReading, encode_western};
pub use charset_override::CharsetOverride;
pub use csv::StringRecord;
pub use csv_file::{CsvFile, read_lookup_table};
pub use decoded_elements::{
    ChunkDecoder, DecodedElement, DecodedElements, DecodedItem, DecoderError,
};
pub use document::DocumentHints;
pub use document_value::{DocumentObject, DocumentValue, scalar_text};
pub use file_start::{FileStart, TextStart};
pub use flatten::{ElementFlattener, FlattenedElement, leaf_content_at};
pub use json::MEMBER_NAME;
pub use path_columns::PathColumns;
pub use raw_row::{ElementResult, LeafCell, LeafContent, RawRow};
pub use read_error::{COLUMN_LIMIT, ReadError, is_system_error};
pub use row_source::RowSource;
pub use table::{
    CellKind, DialectOverride, HeaderSearch, NameMeaning, RowFit, TableRow, find_total_word,
};
pub use value_path::ValuePath;
