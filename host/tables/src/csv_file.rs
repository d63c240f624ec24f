//! CSV that the program writes, and small tables of two columns that it reads whole.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

/// A CSV file that is being written. Rows may differ in length.
pub struct CsvFile(csv::Writer<File>);

impl CsvFile {
    /// Writes to a file that is open.
    #[must_use]
    pub fn new(file: File, delimiter: u8) -> Self {
        let mut builder = csv::WriterBuilder::new();
        Self(builder.delimiter(delimiter).flexible(true).from_writer(file))
    }

    /// Writes a cell of the row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_cell(&mut self, cell: &str) -> io::Result<()> {
        Ok(self.0.write_field(cell)?)
    }

    /// Ends the row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end_row(&mut self) -> io::Result<()> {
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// The file, with all that was written.
    ///
    /// # Errors
    /// When the rest cannot be written.
    pub fn into_file(self) -> io::Result<File> {
        self.0.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// Why a table of two columns cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LookupError {
    /// It is no CSV file.
    #[error("{0}")]
    Csv(#[from] csv::Error),
    /// A row has one column only.
    #[error("a row needs two columns: what is written, and what is meant")]
    OneColumn,
    /// It has too many rows.
    #[error("it has more than {0} rows")]
    TooLong(usize),
}

/// Reads the first two columns of a CSV file: what is written, and what is meant.
///
/// # Errors
/// When it is no such table, or has more rows than `limit`.
pub fn read_lookup_table(
    path: &Path,
    limit: usize,
) -> Result<BTreeMap<String, String>, LookupError> {
    let reader = csv::ReaderBuilder::new().flexible(true).from_path(path)?;
    let mut table = BTreeMap::new();
    for row in reader.into_records() {
        let row = row?;
        let (Some(from), Some(to)) = (row.get(0), row.get(1)) else {
            return Err(LookupError::OneColumn);
        };
        table.insert(from.trim().to_owned(), to.trim().to_owned());
        if table.len() > limit {
            return Err(LookupError::TooLong(limit));
        }
    }
    Ok(table)
}
