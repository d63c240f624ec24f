//! CSV: rows of cells, as RFC 4180 has them.
//!
//! Rows are counted as a spreadsheet counts them: the first is row 1, a row with line breaks
//! inside quotation marks is one row, an empty line is a row that says nothing.

use csv::{ByteRecord, StringRecord};
use rikaste_model::diagnostic::{Diagnostic, excerpt};
use rikaste_model::words;

use super::{Dialect, Line, Noted};
use crate::charset::Charset;
use crate::intake::{CHUNK, END_MARK, Intake};
use crate::unreadable::Unreadable;

/// The rows of a CSV file.
pub(super) struct Delimited<'a> {
    reader: csv::Reader<Intake<'a>>,
    row: u32,
    /// Which letters it is said to be written in so far.
    said: Option<Charset>,
}

impl<'a> Delimited<'a> {
    pub(super) fn open(intake: Intake<'a>, dialect: Dialect) -> Result<Self, Unreadable> {
        let said = intake.charset();
        let reader = csv::ReaderBuilder::new()
            .delimiter(dialect.delimiter)
            .quote(dialect.quote.unwrap_or(b'"'))
            .quoting(dialect.quote.is_some())
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(CHUNK)
            .from_reader(intake.with_marks(dialect.marks()).with_end_mark());
        let mut delimited = Self { reader, row: 0, said };
        if dialect.told {
            let told = delimited.reader.read_byte_record(&mut ByteRecord::new());
            told.map_err(|error| Unreadable::from(error).in_row(1))?;
        }
        Ok(delimited)
    }

    pub(super) fn consumed(&self) -> u64 {
        self.reader.get_ref().consumed()
    }

    pub(super) fn charset(&self) -> Charset {
        self.reader.get_ref().charset().unwrap_or(Charset::Utf8)
    }

    /// Reads the next row that is not an empty line; false when there is none.
    pub(super) fn read(
        &mut self,
        line: &mut Line,
        notes: &mut Vec<Noted>,
    ) -> Result<bool, Unreadable> {
        let mut raw = std::mem::take(&mut line.record).into_byte_record();
        let before = self.reader.position().line();
        let more = self.reader.read_byte_record(&mut raw);
        if !more.map_err(|error| Unreadable::from(error).in_row(self.row + 1))? {
            return Ok(false);
        }
        let last = raw.get(raw.len().saturating_sub(1)).unwrap_or_default();
        if last.ends_with(END_MARK.as_bytes()) {
            return self.end(&raw);
        }
        self.reader.get_mut().next_record();
        // Lines that went by beyond this row's own were empty. Of a file with CRLF the first row
        // seems to have none, because its LF is taken with the second.
        let own = 1 + raw.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let empty = (self.reader.position().line() - before).saturating_sub(own);
        self.row = self.row.saturating_add(1 + u32::try_from(empty).unwrap_or(u32::MAX));
        line.number = self.row;
        line.record = self.text(raw, notes);
        Ok(true)
    }

    /// The mark is a row of its own, unless quotation marks are open.
    fn end(&mut self, raw: &ByteRecord) -> Result<bool, Unreadable> {
        if raw.len() == 1 && raw.as_slice() == END_MARK.as_bytes() {
            return Ok(false);
        }
        Err(Unreadable::OpenQuote { row: self.row + 1 })
    }

    fn text(&mut self, raw: ByteRecord, notes: &mut Vec<Noted>) -> StringRecord {
        let charset = self.charset();
        if !charset.is_utf8() && !raw.as_slice().is_ascii() {
            return self.decoded(&raw, charset, notes);
        }
        StringRecord::from_byte_record(raw)
            .unwrap_or_else(|error| self.mended(&error.into_byte_record(), notes))
    }

    /// A row of letters that are not UTF-8.
    fn decoded(
        &mut self,
        raw: &ByteRecord,
        charset: Charset,
        notes: &mut Vec<Noted>,
    ) -> StringRecord {
        if self.said.is_none() {
            self.said = Some(charset);
            let example = raw.iter().find(|cell| !cell.is_ascii()).unwrap_or_default();
            let text = excerpt(&charset.decode(example));
            let message = words!("encoding-guessed", encoding = charset.name(), text = text);
            notes.push(Noted::at(Diagnostic::info("encoding-guessed", message), self.row));
        }
        let mut record = StringRecord::with_capacity(raw.as_slice().len() * 5 / 4, raw.len());
        raw.iter().for_each(|cell| record.push_field(&charset.decode(cell)));
        record
    }

    /// A row of UTF-8 in which some cells are not: they came from elsewhere.
    fn mended(&self, raw: &ByteRecord, notes: &mut Vec<Noted>) -> StringRecord {
        let mut record = StringRecord::with_capacity(raw.as_slice().len(), raw.len());
        for cell in raw {
            if let Ok(text) = std::str::from_utf8(cell) {
                record.push_field(text);
                continue;
            }
            let text = Charset::Western.decode(cell);
            let message = words!("cell-encoding", text = excerpt(&text));
            let note = Noted::at(Diagnostic::warning("cell-encoding", message), self.row);
            notes.push(note.in_column(record.len()));
            record.push_field(&text);
        }
        record
    }
}
