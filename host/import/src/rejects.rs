//! Rejects: the rows of a file that were refused, in a file of their own that can be mended and
//! dropped again.
//!
//! It has the columns of the file that they were in, after two of our own: why a row was refused,
//! and which row it was. Its name is the file's with `.rejected.csv` after it, by which the
//! importer knows whose mapping it is for. Rows go to the disk as they are read; of a file with
//! nothing but bad rows the first [`MAX_BYTES`] are kept.

use std::fs::File;
use std::io::{self, Seek, Write};

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::ContentHash;
use rikaste_model::words::Language;
use smol_str::SmolStr;
use tempfile::NamedTempFile;

use rikaste_tables::{CsvFile, LeafCell, LeafContent, StringRecord};

use crate::columns::REJECT_COLUMNS;

/// The most bytes of refused rows: some 300,000 rows of ten columns, more than anybody mends.
const MAX_BYTES: u64 = 64 << 20;

/// So that Excel takes it for UTF-8.
const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

/// A file of refused rows, whole, in a place of its own until somebody puts it where it belongs.
#[derive(Debug)]
pub struct RejectsFile {
    /// Where it is.
    pub file: NamedTempFile,
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// How many rows it has.
    pub rows: u64,
    /// How many there was no room for.
    pub omitted_rows: u64,
}

/// Rows that are refused while a file is read.
pub(crate) struct RejectsWriter {
    delimiter: u8,
    language: Language,
    body: Option<CsvFile>,
    rows: u64,
    omitted_rows: u64,
    bytes: u64,
    limit: u64,
    failed: Option<io::Error>,
    /// Columns of our own in the file that is read: it is a file of rejects itself.
    own_columns: Vec<usize>,
    /// The rows of the last batch, where one may be refused after it was read.
    recent_rows: Option<Vec<(u32, StringRecord)>>,
}

impl RejectsWriter {
    /// Of a file with this delimiter; without one it is none of CSV.
    pub(crate) fn new(delimiter: Option<u8>, language: Language, headers: &[SmolStr]) -> Self {
        // What a spreadsheet takes for the delimiter follows the decimal mark.
        let usual = if language == Language::En { b',' } else { b';' };
        let own = |header: &SmolStr| REJECT_COLUMNS.contains(&header.as_str());
        Self {
            delimiter: delimiter.unwrap_or(usual),
            language,
            body: None,
            rows: 0,
            omitted_rows: 0,
            bytes: 0,
            limit: MAX_BYTES,
            failed: None,
            own_columns: (0..)
                .zip(headers)
                .filter(|(_, name)| own(name))
                .map(|(at, _)| at)
                .collect(),
            recent_rows: None,
        }
    }

    /// Keeps the rows of a batch, because whoever takes its records may refuse one.
    pub(crate) fn keep_recent(&mut self) {
        self.recent_rows = Some(Vec::new());
    }

    /// Another batch begins.
    pub(crate) fn begin_batch(&mut self) {
        if let Some(recent) = &mut self.recent_rows {
            recent.clear();
        }
    }

    /// A row that was accepted, for now. One that `may_be_refused` is kept in any file.
    pub(crate) fn remember_row(
        &mut self,
        number: u32,
        record: &StringRecord,
        may_be_refused: bool,
    ) {
        if may_be_refused || self.recent_rows.is_some() {
            self.recent_rows.get_or_insert_default().push((number, record.clone()));
        }
    }

    /// A row of a sheet that is refused.
    pub(crate) fn write_row(&mut self, number: u32, record: &StringRecord, why: &Diagnostic) {
        let own = std::mem::take(&mut self.own_columns);
        let cells = (0..).zip(record).filter(|(at, _)| !own.contains(at)).map(|(_, cell)| cell);
        self.write_within_limit(number, cells, why);
        self.own_columns = own;
    }

    /// An element that is refused: its values by column, without those that every row has.
    pub(crate) fn write_leaves(
        &mut self,
        number: u32,
        leaves: &[LeafCell<'_>],
        constants: &[(u16, String)],
        why: &Diagnostic,
    ) {
        let before = |at: u16| constants.iter().filter(|(column, _)| *column < at).count();
        let mut cells: Vec<String> = Vec::new();
        for leaf in leaves {
            let at = usize::from(leaf.column) - before(leaf.column);
            if cells.len() <= at {
                cells.resize(at + 1, String::new());
            }
            cells[at] = match &leaf.content {
                LeafContent::Text(text) => text.to_string(),
                LeafContent::Number(number) => number.clone(),
                LeafContent::List(list) => list.join("|"),
            };
        }
        self.write_within_limit(number, cells.iter().map(String::as_str), why);
    }

    /// A row that was accepted and is refused after all.
    pub(crate) fn write_recent_row(&mut self, why: &Diagnostic) {
        let recent = self.recent_rows.take().unwrap_or_default();
        let row = recent.iter().find(|(number, _)| Some(*number) == why.place.row);
        if let Some((number, record)) = row {
            self.write_row(*number, record, why);
        }
        self.recent_rows = Some(recent);
    }

    fn write_within_limit<'c>(
        &mut self,
        number: u32,
        cells: impl Iterator<Item = &'c str>,
        why: &Diagnostic,
    ) {
        if self.bytes > self.limit || self.failed.is_some() {
            self.omitted_rows += 1;
            return;
        }
        if let Err(error) = self.write_cells(number, cells, why) {
            self.failed = Some(error);
        }
    }

    fn write_cells<'c>(
        &mut self,
        number: u32,
        cells: impl Iterator<Item = &'c str>,
        why: &Diagnostic,
    ) -> io::Result<()> {
        let body = match &mut self.body {
            Some(body) => body,
            none => none.insert(CsvFile::new(tempfile::tempfile()?, self.delimiter)),
        };
        let message = why.message.to_text(self.language);
        let reason = match &why.place.column {
            Some(column) => format!("{column}: {message}"),
            None => message.into_owned(),
        };
        body.write_cell(&reason)?;
        body.write_cell(&number.to_string())?;
        self.bytes += reason.len() as u64 + 8;
        for cell in cells {
            body.write_cell(cell)?;
            self.bytes += cell.len() as u64 + 1;
        }
        body.end_row()?;
        self.rows += 1;
        Ok(())
    }

    /// The file, with these headers; nothing when no row was refused.
    pub(crate) fn finish_file(&mut self, headers: &[SmolStr]) -> io::Result<Option<RejectsFile>> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let Some(body) = self.body.take() else { return Ok(None) };
        let mut body = body.into_file()?;
        body.rewind()?;
        let mut file = NamedTempFile::new()?;
        file.write_all(UTF8_BOM)?;
        let mut head = CsvFile::new(file.as_file().try_clone()?, self.delimiter);
        let theirs =
            headers.iter().map(SmolStr::as_str).filter(|name| !REJECT_COLUMNS.contains(name));
        for name in REJECT_COLUMNS.into_iter().chain(theirs) {
            head.write_cell(name)?;
        }
        head.end_row()?;
        head.into_file()?;
        io::copy(&mut body, file.as_file_mut())?;
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(file.path())?)?;
        let hash = ContentHash(*hasher.finalize().as_bytes());
        Ok(Some(RejectsFile { file, hash, rows: self.rows, omitted_rows: self.omitted_rows }))
    }
}

#[cfg(test)]
mod tests {
    use rikaste_model::words;

    use super::*;

    fn text(rejects: &mut RejectsWriter, headers: &[&str]) -> String {
        let headers: Vec<SmolStr> = headers.iter().map(SmolStr::new).collect();
        let made = rejects.finish_file(&headers).expect("written").expect("rows");
        std::fs::read_to_string(made.file.path()).expect("text")
    }

    #[test]
    fn a_row_stands_there_as_it_came_with_its_reason_in_the_language() {
        let headers = ["rikaste_reason", "rikaste_row", "sku", "name"].map(SmolStr::new);
        let mut rejects = RejectsWriter::new(Some(b';'), Language::Fi, &headers);
        let problem = words!("row-not-taken", problem = words!("sku-missing"));
        let why = Diagnostic::new_error("sku-missing", problem).at_row(3).at_cell("sku", "");
        let record = ["why it was refused before", "7", "", " a;\"b\"\nc "];
        rejects.write_row(3, &StringRecord::from(record.as_slice()), &why);
        expect_test::expect![[r#"
            ~rikaste_reason;rikaste_row;sku;name
            "sku: riviltä puuttuu tuotenumero (SKU); riviä ei otettu";3;;" a;""b""
            c "
        "#]]
        .assert_eq(
            &text(&mut rejects, &["rikaste_reason", "rikaste_row", "sku", "name"])
                .replace('\u{feff}', "~"),
        );
    }

    #[test]
    fn what_there_is_no_room_for_is_counted() {
        let mut rejects = RejectsWriter::new(None, Language::En, &[]);
        rejects.limit = 100;
        let why = Diagnostic::new_error("sku-missing", words!("sku-missing")).at_row(2);
        for number in 2..12 {
            rejects.write_row(number, &StringRecord::from(vec!["0123456789"; 3]), &why);
        }
        let made = rejects.finish_file(&[]).expect("written").expect("rows");
        assert_eq!((made.rows, made.omitted_rows), (2, 8));
    }
}
