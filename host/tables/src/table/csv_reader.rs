//! CSV: rows of cells, as RFC 4180 has them.
//!
//! Rows are counted as a spreadsheet counts them: the first is row 1, a row with line breaks
//! inside quotation marks is one row, an empty line is a row that says nothing.

use csv::{ByteRecord, StringRecord};
use rikaste_model::diagnostic::{Diagnostic, cut_excerpt};
use rikaste_model::words;

use super::{CsvDialect, TableDiagnostic, TableRow};
use crate::byte_reader::{ByteReader, CHUNK_SIZE, END_MARKER};
use crate::charset::Charset;
use crate::read_error::ReadError;

/// The rows of a CSV file.
pub(crate) struct CsvReader<'a> {
    reader: csv::Reader<ByteReader<'a>>,
    row: u32,
    /// The charset that was reported last.
    reported_charset: Option<Charset>,
}

impl<'a> CsvReader<'a> {
    pub(crate) fn open_with_dialect(
        bytes: ByteReader<'a>,
        dialect: CsvDialect,
    ) -> Result<Self, ReadError> {
        let charset = bytes.charset();
        let reader = csv::ReaderBuilder::new()
            .delimiter(dialect.delimiter)
            .quote(dialect.quote.unwrap_or(b'"'))
            .quoting(dialect.quote.is_some())
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(CHUNK_SIZE)
            .from_reader(bytes.with_quote_fixes(dialect.quote_fixes()).with_end_marker());
        let mut delimited = Self { reader, row: 0, reported_charset: charset };
        if dialect.is_declared {
            let declaration = delimited.reader.read_byte_record(&mut ByteRecord::new());
            declaration.map_err(|error| ReadError::from(error).with_row(1))?;
        }
        Ok(delimited)
    }

    pub(crate) fn bytes_consumed(&self) -> u64 {
        self.reader.get_ref().bytes_consumed()
    }

    pub(crate) fn charset(&self) -> Charset {
        self.reader.get_ref().charset().unwrap_or(Charset::Utf8)
    }

    /// Reads the next row that is not an empty line; false when there is none.
    pub(crate) fn read_row(
        &mut self,
        line: &mut TableRow,
        notes: &mut Vec<TableDiagnostic>,
    ) -> Result<bool, ReadError> {
        let mut raw = std::mem::take(&mut line.record).into_byte_record();
        let before = self.reader.position().line();
        let more = self.reader.read_byte_record(&mut raw);
        if !more.map_err(|error| ReadError::from(error).with_row(self.row + 1))? {
            return Ok(false);
        }
        let last = raw.get(raw.len().saturating_sub(1)).unwrap_or_default();
        if last.ends_with(END_MARKER.as_bytes()) {
            return self.check_end(&raw);
        }
        self.reader.get_mut().start_record();
        // Lines that went by beyond this row's own were empty. Of a file with CRLF the first row
        // seems to have none, because its LF is taken with the second.
        let own = 1 + raw.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let empty = (self.reader.position().line() - before).saturating_sub(own);
        self.row = self.row.saturating_add(1 + u32::try_from(empty).unwrap_or(u32::MAX));
        line.number = self.row;
        line.record = self.decode_row(raw, notes);
        Ok(true)
    }

    /// The mark is a row of its own, unless quotation marks are open.
    fn check_end(&mut self, raw: &ByteRecord) -> Result<bool, ReadError> {
        if raw.len() == 1 && raw.as_slice() == END_MARKER.as_bytes() {
            return Ok(false);
        }
        Err(ReadError::OpenQuote { row: self.row + 1 })
    }

    fn decode_row(&mut self, raw: ByteRecord, notes: &mut Vec<TableDiagnostic>) -> StringRecord {
        let charset = self.charset();
        if !charset.is_utf8() && !raw.as_slice().is_ascii() {
            return self.decode_with_charset(&raw, charset, notes);
        }
        StringRecord::from_byte_record(raw)
            .unwrap_or_else(|error| self.repair_utf8(&error.into_byte_record(), notes))
    }

    /// A row of letters that are not UTF-8.
    fn decode_with_charset(
        &mut self,
        raw: &ByteRecord,
        charset: Charset,
        notes: &mut Vec<TableDiagnostic>,
    ) -> StringRecord {
        if self.reported_charset.is_none() {
            self.reported_charset = Some(charset);
            let example = raw.iter().find(|cell| !cell.is_ascii()).unwrap_or_default();
            let text = cut_excerpt(&charset.decode_cell(example));
            let message = words!("encoding-guessed", encoding = charset.name(), text = text);
            notes.push(TableDiagnostic::for_row(
                Diagnostic::new_info("encoding-guessed", message),
                self.row,
            ));
        }
        let mut record = StringRecord::with_capacity(raw.as_slice().len() * 5 / 4, raw.len());
        raw.iter().for_each(|cell| record.push_field(&charset.decode_cell(cell)));
        record
    }

    /// A row of UTF-8 in which some cells are not: they came from elsewhere.
    fn repair_utf8(&self, raw: &ByteRecord, notes: &mut Vec<TableDiagnostic>) -> StringRecord {
        let mut record = StringRecord::with_capacity(raw.as_slice().len(), raw.len());
        for cell in raw {
            if let Ok(text) = std::str::from_utf8(cell) {
                record.push_field(text);
                continue;
            }
            let text = Charset::Western.decode_cell(cell);
            let message = words!("cell-encoding", text = cut_excerpt(&text));
            let note = TableDiagnostic::for_row(
                Diagnostic::new_warning("cell-encoding", message),
                self.row,
            );
            notes.push(note.in_column(record.len()));
            record.push_field(&text);
        }
        record
    }
}
