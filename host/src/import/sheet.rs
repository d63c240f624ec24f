//! CSV: rows of cells, as RFC 4180 has them.
//!
//! Rows are counted as a spreadsheet counts them: the header is row 1, a row with line breaks
//! inside quotation marks is one row, an empty line is a row that says nothing.

use csv::{ByteRecord, StringRecord};
use rikaste_catalog::diagnostic::excerpt;
use smol_str::SmolStr;

use super::intake::{CHUNK, END_MARK, Intake};
use super::unreadable::{COLUMN_LIMIT, Unreadable};

/// The rows of a CSV file.
pub(super) struct Sheet<'a> {
    reader: csv::Reader<Intake<'a>>,
    record: Option<StringRecord>,
    headers: Vec<SmolStr>,
    row: u32,
}

impl<'a> Sheet<'a> {
    /// Reads the header row.
    pub(super) fn open(intake: Intake<'a>, delimiter: u8) -> Result<Self, Unreadable> {
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(CHUNK)
            .from_reader(intake.with_end_mark());
        let mut sheet =
            Self { reader, record: Some(StringRecord::new()), headers: Vec::new(), row: 0 };
        let Some((_, header)) = sheet.next()? else {
            return Err(Unreadable::Empty);
        };
        if header.len() > COLUMN_LIMIT {
            return Err(Unreadable::TooManyColumns);
        }
        sheet.headers = header.iter().map(|name| SmolStr::new(name.trim())).collect();
        Ok(sheet)
    }

    pub(super) fn headers(&self) -> &[SmolStr] {
        &self.headers
    }

    pub(super) fn consumed(&self) -> u64 {
        self.reader.get_ref().consumed()
    }

    /// The next row that is not an empty line, and its number.
    pub(super) fn next(&mut self) -> Result<Option<(u32, &StringRecord)>, Unreadable> {
        let mut raw = self.record.take().unwrap_or_default().into_byte_record();
        let line = self.reader.position().line();
        let more = self.reader.read_byte_record(&mut raw);
        if !more.map_err(|error| Unreadable::from(error).in_row(self.row + 1))? {
            return Ok(None);
        }
        let last = raw.get(raw.len().saturating_sub(1)).unwrap_or_default();
        if last.ends_with(END_MARK.as_bytes()) {
            return self.end(&raw);
        }
        self.reader.get_mut().next_record();
        // Lines that went by beyond this row's own were empty. Of a file with CRLF the first row
        // seems to have none, because its LF is taken with the second.
        let own = 1 + raw.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let empty = (self.reader.position().line() - line).saturating_sub(own);
        self.row = self.row.saturating_add(1 + u32::try_from(empty).unwrap_or(u32::MAX));
        match StringRecord::from_byte_record(raw) {
            Ok(record) => Ok(Some((self.row, self.record.insert(record)))),
            Err(error) => {
                let (field, valid) = (error.utf8_error().field(), error.utf8_error().valid_up_to());
                Err(self.not_utf8(&error.into_byte_record(), field, valid))
            }
        }
    }

    /// The mark is a row of its own, unless quotation marks are open.
    fn end(&mut self, raw: &ByteRecord) -> Result<Option<(u32, &StringRecord)>, Unreadable> {
        if raw.len() == 1 && raw.as_slice() == END_MARK.as_bytes() {
            return Ok(None);
        }
        Err(Unreadable::OpenQuote { row: self.row + 1 })
    }

    fn not_utf8(&self, raw: &ByteRecord, field: usize, valid: usize) -> Unreadable {
        let cell = &raw[field];
        let before: usize = raw.iter().take(field).map(|cell| cell.len() + 1).sum();
        let start = raw.position().map_or(0, csv::Position::byte);
        let (likely, _, broken) = encoding_rs::WINDOWS_1252.decode(cell);
        let sensible = !broken && !likely.chars().any(char::is_control);
        Unreadable::NotUtf8 {
            row: self.row,
            column: self.headers.get(field).cloned(),
            byte: start + (before + valid) as u64,
            found: cell.get(valid).copied().unwrap_or_default(),
            likely: sensible.then(|| excerpt(&likely)),
        }
    }
}
