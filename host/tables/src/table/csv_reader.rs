//! CSV: rows of cells, as RFC 4180 has them, checked against what the rows of the file have in common.
//!
//! Rows are counted as a spreadsheet counts them: the first is row 1, a row with line breaks
//! inside quotation marks is one row, an empty line is a row that says nothing.
//!
//! Most records are read by the letter ([`record_syntax`]) and as long as the others. Those that are
//! not are judged by [`odd_record`]: they are repaired where one reading is left, and refused by row
//! otherwise. What follows them is read as if they were not there.

use csv::{ByteRecord, StringRecord};
use memchr::memchr_iter;
use rikaste_model::diagnostic::{Diagnostic, cut_excerpt};
use rikaste_model::words;
use rikaste_model::words::LocalizedText;

use super::{CsvDialect, RowFit, TableDiagnostic, TableRow};
use crate::byte_reader::ByteReader;
use crate::charset::Charset;
use crate::read_error::{RECORD_LIMIT, ReadError};

mod line_readings;
mod odd_record;
mod record_buffer;
mod record_syntax;
mod row_profile;

use odd_record::{OddRecord, Verdict, closes_quotation, find_stray_quote};
use record_buffer::RecordBuffer;
use record_syntax::{RecordRead, RecordSyntax, find_line};
use row_profile::RowProfile;

/// How much of a file the rows are learned from, and how much is at hand when one is judged.
const SAMPLE_BYTES: usize = 64 << 10;

/// How many bytes may be read in vain for quotation marks that close. Beyond, a file is refused.
const SEARCH_LIMIT: u64 = 64 << 20;

/// The rows of a CSV file.
pub(crate) struct CsvReader<'a> {
    buffer: RecordBuffer<'a>,
    syntax: RecordSyntax,
    profile: RowProfile,
    row: u32,
    /// Line feeds that went by.
    line: u32,
    /// Lines that begin before this place are refused.
    refused_until: u64,
    searched: u64,
    /// The charset that was reported last.
    reported_charset: Option<Charset>,
}

impl<'a> CsvReader<'a> {
    pub(crate) fn open_with_dialect(
        bytes: ByteReader<'a>,
        dialect: CsvDialect,
    ) -> Result<Self, ReadError> {
        let charset = bytes.charset();
        let syntax = RecordSyntax { delimiter: dialect.delimiter, quote: dialect.quote };
        let mut delimited = Self {
            buffer: RecordBuffer::new(bytes.with_quote_fixes(dialect.quote_fixes())),
            syntax,
            profile: RowProfile::default(),
            row: 0,
            line: 0,
            refused_until: 0,
            searched: 0,
            reported_charset: charset,
        };
        delimited.buffer.fill_to(SAMPLE_BYTES)?;
        if dialect.is_declared {
            let line = find_line(delimited.buffer.bytes(), true).map_or(0, |line| line.next);
            delimited.skip_bytes(line);
            delimited.row = 0;
        }
        let sample = delimited.buffer.bytes();
        delimited.profile = RowProfile::learn_from(sample, delimited.buffer.is_end(), syntax);
        Ok(delimited)
    }

    pub(crate) fn bytes_consumed(&self) -> u64 {
        self.buffer.bytes_consumed()
    }

    pub(crate) fn charset(&self) -> Charset {
        self.buffer.charset().unwrap_or(Charset::Utf8)
    }

    /// Reads the next row that is not an empty line; false when there is none.
    pub(crate) fn read_row(
        &mut self,
        line: &mut TableRow,
        notes: &mut Vec<TableDiagnostic>,
    ) -> Result<bool, ReadError> {
        let mut raw = std::mem::take(&mut line.record).into_byte_record();
        if !self.skip_empty_lines()? {
            return Ok(false);
        }
        let read = self.read_record(&mut raw)?;
        line.fit = match read {
            RecordRead::Whole(shape)
                if shape.is_plain()
                    && self.profile.fits_length(raw.len())
                    && self.buffer.position() >= self.refused_until
                    && (shape.quoted == 0 || !self.may_precede_fragment(shape.next)) =>
            {
                self.skip_row(shape.next);
                self.check_cells(&raw)
            }
            _ => self.judge_record(read, &mut raw, notes)?,
        };
        line.number = self.row;
        line.record = self.decode_row(raw, notes);
        Ok(true)
    }

    /// Whether what follows may belong to a row with quotation marks: the marks of the next line are odd
    /// in number, or it is not at hand.
    fn may_precede_fragment(&self, next: usize) -> bool {
        let Some(quote) = self.syntax.quote else { return false };
        let rest = &self.buffer.bytes()[next..];
        let breaks = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        match find_line(&rest[breaks..], self.buffer.is_end()) {
            Some(line) => {
                !memchr_iter(quote, &rest[breaks..breaks + line.end]).count().is_multiple_of(2)
            }
            None => true,
        }
    }

    /// Goes to the next record; false when there is none.
    fn skip_empty_lines(&mut self) -> Result<bool, ReadError> {
        loop {
            let bytes = self.buffer.bytes();
            match bytes.first() {
                Some(b'\n' | b'\r') => match find_line(bytes, self.buffer.is_end()) {
                    Some(line) => self.skip_row(line.next),
                    None => self.buffer.fill_more()?,
                },
                Some(_) => return Ok(true),
                None if self.buffer.is_end() => return Ok(false),
                None => self.buffer.fill_more()?,
            }
        }
    }

    /// Reads the next record by the letter, with as many bytes as that needs.
    fn read_record(&mut self, raw: &mut ByteRecord) -> Result<RecordRead, ReadError> {
        loop {
            let (bytes, is_end) = (self.buffer.bytes(), self.buffer.is_end());
            let read = self.syntax.read_record(bytes, is_end, raw);
            let is_done = matches!(read, RecordRead::Whole(_) | RecordRead::Broken)
                || is_end && read == RecordRead::Open;
            if is_done {
                return Ok(read);
            }
            if bytes.len() as u64 > RECORD_LIMIT {
                return match find_line(bytes, is_end) {
                    Some(_) => Ok(RecordRead::Open),
                    None => Err(ReadError::TooLong { row: self.row + 1 }),
                };
            }
            self.buffer.fill_more()?;
        }
    }

    fn skip_bytes(&mut self, length: usize) {
        let feeds = self.buffer.bytes()[..length].iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(feeds as u32);
        self.row = self.row.saturating_add(1);
        self.buffer.skip(length);
    }

    /// Goes behind a row of one line.
    fn skip_row(&mut self, length: usize) {
        self.line = self.line.saturating_add(1);
        self.row = self.row.saturating_add(1);
        self.buffer.skip(length);
    }

    /// Checks the cells of a row that is read by the letter.
    fn check_cells(&self, raw: &ByteRecord) -> RowFit {
        let usual = self.profile.usual_length();
        if raw.len() < usual && !self.profile.fits_end(raw) {
            return self.refuse_length(raw.len());
        }
        if let Some(column) = self.profile.find_moved_column(raw) {
            let text = self.charset().decode_cell(raw.get(column).unwrap_or_default()).into_owned();
            let message = words!(
                "row-moved",
                line = self.line_text(),
                column = (column + 1).to_string(),
                text = cut_excerpt(&text)
            );
            return RowFit::Misfit(Box::new(Diagnostic::new_error("row-length", message)));
        }
        if raw.len() < usual { RowFit::EndMissing } else { RowFit::Fits }
    }

    /// Judges a record whose quotation marks or length raise a question.
    fn judge_record(
        &mut self,
        read: RecordRead,
        raw: &mut ByteRecord,
        notes: &mut Vec<TableDiagnostic>,
    ) -> Result<RowFit, ReadError> {
        self.buffer.fill_to(SAMPLE_BYTES)?;
        if read == RecordRead::Open {
            self.searched += self.buffer.bytes().len() as u64;
        }
        if self.searched > SEARCH_LIMIT {
            return Err(ReadError::OpenQuote { row: self.row + 1 });
        }
        if self.buffer.position() < self.refused_until {
            return Ok(self.refuse_lines(raw, None, notes));
        }
        if let RecordRead::Whole(shape) = read
            && shape.is_plain()
            && (shape.quoted == 0
                || !self.profile.fits_length(raw.len()) && self.profile.fits_end(raw))
        {
            self.skip_row(shape.next);
            return Ok(match self.profile.fits_end(raw) {
                true if raw.len() < self.profile.usual_length() => RowFit::EndMissing,
                true => RowFit::Fits,
                false => self.refuse_length(raw.len()),
            });
        }
        match self.syntax.quote {
            Some(quote) => self.judge_quotes(read, quote, raw, notes),
            None => Err(ReadError::OpenQuote { row: self.row + 1 }),
        }
    }

    /// Judges a record with quotation marks.
    fn judge_quotes(
        &mut self,
        read: RecordRead,
        quote: u8,
        raw: &mut ByteRecord,
        notes: &mut Vec<TableDiagnostic>,
    ) -> Result<RowFit, ReadError> {
        let odd = OddRecord {
            syntax: self.syntax,
            quote,
            profile: &self.profile,
            bytes: self.buffer.bytes(),
            is_end: self.buffer.is_end(),
        };
        match odd.judge(read, raw) {
            Verdict::Taken { next } => {
                self.skip_bytes(next);
                if let RecordRead::Whole(shape) = read
                    && let Some(column) = find_stray_quote(shape, raw, quote)
                {
                    notes.push(self.note_quotes("row-quote-alone", column, raw));
                }
                Ok(self.check_cells(raw))
            }
            Verdict::Repaired { record, next } => {
                self.skip_bytes(next);
                *raw = record;
                let is_odd = |cell: &[u8]| cell.contains(&quote);
                let column = raw.iter().position(is_odd).unwrap_or_default();
                notes.push(self.note_quotes("row-quotes-repaired", column, raw));
                Ok(self.check_cells(raw))
            }
            Verdict::Refused { next, is_each_line: true } => {
                self.refused_until = self.buffer.position() + next as u64;
                Ok(self.refuse_lines(raw, None, notes))
            }
            Verdict::Refused { next, is_each_line: false } => Ok(match read {
                // Only its length is in question, and it may be the header.
                RecordRead::Whole(shape)
                    if !shape.has_literal_quotes
                        && next == shape.next
                        && !self.profile.fits_length(raw.len()) =>
                {
                    self.skip_bytes(next);
                    self.refuse_length(raw.len())
                }
                _ => self.refuse_lines(raw, Some(next), notes),
            }),
            Verdict::CutShort => Err(ReadError::OpenQuote { row: self.row + 1 }),
        }
    }

    /// Refuses what stands before `next`, or the next line. Its cells are cut at each separator.
    fn refuse_lines(
        &mut self,
        raw: &mut ByteRecord,
        next: Option<usize>,
        notes: &mut Vec<TableDiagnostic>,
    ) -> RowFit {
        let bytes = self.buffer.bytes();
        let first = find_line(bytes, true).map_or(bytes.len(), |line| line.next);
        let next = next.unwrap_or(first);
        raw.clear();
        let text = bytes[..next].trim_ascii_end();
        self.syntax.split_cells(text, raw);
        let cells = raw.len();
        let has_quotes =
            self.syntax.quote.is_some_and(|quote| text.contains(&quote)) || next > first;
        let is_fragment = next == first && self.is_fragment(text);
        self.skip_bytes(next);
        if is_fragment {
            let note = Diagnostic::new_warning("row-quotes-above", words!("row-quotes-above"));
            notes.push(TableDiagnostic::for_row(note, self.row));
        }
        match has_quotes || self.buffer.position() <= self.refused_until {
            true => {
                let message = words!("row-quotes", line = self.line_text());
                RowFit::Misfit(Box::new(Diagnostic::new_error("row-quotes", message)))
            }
            false => self.refuse_length(cells),
        }
    }

    /// Whether a line only closes a quotation, so that the row above it may be incomplete.
    fn is_fragment(&self, line: &[u8]) -> bool {
        let Some(quote) = self.syntax.quote else { return false };
        let cells = memchr_iter(self.syntax.delimiter, line).count() + 1;
        cells < self.profile.usual_length() && closes_quotation(line, self.syntax.delimiter, quote)
    }

    fn refuse_length(&self, cells: usize) -> RowFit {
        let message = words!(
            "row-cells",
            line = self.line_text(),
            cells = cells,
            usual = self.profile.usual_length()
        );
        RowFit::Misfit(Box::new(Diagnostic::new_error("row-length", message)))
    }

    /// The line in which the last row ends, where an editor counts otherwise than a spreadsheet.
    fn line_text(&self) -> Option<LocalizedText> {
        (self.line > self.row).then(|| words!("row-line", line = self.line.to_string()))
    }

    fn note_quotes(&self, code: &'static str, column: usize, raw: &ByteRecord) -> TableDiagnostic {
        let cell = raw.get(column).unwrap_or_default();
        let text = cut_excerpt(&self.charset().decode_cell(cell));
        let message = match code {
            "row-quote-alone" => words!("row-quote-alone", text = text),
            _ => words!("row-quotes-repaired", text = text),
        };
        let note = Diagnostic::new_warning(code, message);
        TableDiagnostic::for_row(note, self.row).in_column(column)
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
