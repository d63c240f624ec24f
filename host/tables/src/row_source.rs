//! The rows of an open file, whatever its format.

use rikaste_model::diagnostic::Diagnostic;
use smol_str::SmolStr;

use crate::charset::Charset;
use crate::decoded_elements::DecodedElements;
use crate::json::{JsonElements, ParsedElement};
use crate::path_columns::PathColumns;
use crate::raw_row::RawRow;
use crate::read_error::ReadError;
use crate::table::{TableReader, TableRow};
use crate::xml::{XmlElements, XmlRecord};

/// The rows of an open file.
pub struct RowSource<'a> {
    reader: FormatReader<'a>,
    format: String,
    encoding: Option<&'static str>,
    delimiter: Option<u8>,
    first_columns: Vec<SmolStr>,
}

/// The reader of one format.
pub(crate) enum FormatReader<'a> {
    Table(Box<TableReader<'a>>),
    Json(Box<JsonElements<'a>>),
    Xml(Box<XmlElements<'a>>),
    Decoded(Box<DecodedElements<'a>>),
}

impl<'a> RowSource<'a> {
    /// A table of this format, in words.
    pub(crate) fn from_table(
        table: TableReader<'a>,
        format: String,
        delimiter: Option<u8>,
    ) -> Self {
        Self {
            encoding: None,
            delimiter,
            first_columns: table.headers().to_vec(),
            ..Self::new(FormatReader::Table(Box::new(table)), format)
        }
    }

    /// A document, and the columns of its first record as far as they are seen.
    pub(crate) fn from_document(
        reader: FormatReader<'a>,
        format: String,
        encoding: &'static str,
        first_columns: Vec<SmolStr>,
    ) -> Self {
        Self { encoding: Some(encoding), first_columns, ..Self::new(reader, format) }
    }

    /// A file that the caller decodes.
    pub(crate) fn from_decoded(elements: DecodedElements<'a>, format: String) -> Self {
        Self::new(FormatReader::Decoded(Box::new(elements)), format)
    }

    fn new(reader: FormatReader<'a>, format: String) -> Self {
        Self { reader, format, encoding: None, delimiter: None, first_columns: Vec::new() }
    }

    /// The next row. A flat element of JSON comes as cells where `paths` has a column for each of its
    /// members.
    ///
    /// # Errors
    /// When the rest of the file cannot be read.
    pub fn next_row(
        &mut self,
        paths: Option<&PathColumns>,
    ) -> Result<Option<RawRow<'_>>, ReadError> {
        Ok(match &mut self.reader {
            FormatReader::Table(table) => table.next_row()?.map(RawRow::Table),
            FormatReader::Json(elements) => {
                elements.next_element(paths)?.map(|(number, element)| match element {
                    ParsedElement::Cells(cells) => RawRow::Cells { number, cells },
                    ParsedElement::Tree(element) => {
                        RawRow::Element { number, element, continues_product: false }
                    }
                })
            }
            FormatReader::Xml(elements) => {
                let record = elements.next_record()?;
                record.map(|XmlRecord { number, element, continues_product }| RawRow::Element {
                    number,
                    element,
                    continues_product,
                })
            }
            FormatReader::Decoded(elements) => elements.next_row()?,
        })
    }

    /// The bytes of the file that were read so far.
    #[must_use]
    pub fn bytes_consumed(&self) -> u64 {
        match &self.reader {
            FormatReader::Table(table) => table.bytes_consumed(),
            FormatReader::Json(elements) => elements.bytes_consumed(),
            FormatReader::Xml(elements) => elements.bytes_consumed(),
            FormatReader::Decoded(elements) => elements.bytes_consumed(),
        }
    }

    /// What the file is, in words: `CSV, semicolon`.
    #[must_use]
    pub fn format(&self) -> &str {
        &self.format
    }

    /// The name of its encoding, as far as it was read; `None` where that is no question.
    #[must_use]
    pub fn encoding(&self) -> Option<&'static str> {
        match &self.reader {
            FormatReader::Table(table) => table.charset().map(Charset::name),
            _ => self.encoding,
        }
    }

    /// The delimiter of a CSV file.
    #[must_use]
    pub fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    /// The headers of a table, or the columns of a document's first record as far as they are seen.
    #[must_use]
    pub fn first_columns(&self) -> &[SmolStr] {
        &self.first_columns
    }

    /// The first row of a table whose header was not found, because that row is one of data; its columns
    /// have numbers.
    #[must_use]
    pub fn unnamed_first_row(&self) -> Option<&TableRow> {
        match &self.reader {
            FormatReader::Table(table) => table.unnamed_first_row(),
            _ => None,
        }
    }

    /// The row that a table's header is in, 0 where it has none; `None` for documents.
    #[must_use]
    pub fn header_row(&self) -> Option<u32> {
        match &self.reader {
            FormatReader::Table(table) => Some(table.header_row()),
            _ => None,
        }
    }

    /// Messages about the rows that were read since the last call.
    pub fn drain_diagnostics(&mut self) -> impl Iterator<Item = Diagnostic> {
        let table = match &mut self.reader {
            FormatReader::Table(table) => Some(table),
            _ => None,
        };
        table.into_iter().flat_map(|table| table.drain_diagnostics())
    }
}
