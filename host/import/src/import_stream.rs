//! A file being read: rows in, records and messages out, a batch at a time.

use std::io;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::{ColumnQuestion, DiagnosticCollector, Percentage};
use rikaste_model::record::ImportRecord;
use rikaste_tables::{RawRow, RowSource};
use smol_str::SmolStr;

use crate::file_error::FileError;
use crate::records::{
    AttributeProposal, GroupOutcome, RawOutcome, RecordBuilder, RecordOutput, RowOutcome,
};
use crate::rejects::RejectsFile;

/// How far a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StreamProgress {
    /// Rows that were read so far, the refused and skipped ones included. The header and empty
    /// rows do not count.
    pub rows: u64,
    /// Of these, how many were refused.
    pub rejected: u64,
    /// Of these, how many were left out because a mapping says so.
    pub skipped: u64,
    /// Whether there are no more.
    pub finished: bool,
    /// Bytes of the file that were read so far.
    pub bytes: u64,
}

/// A file being read.
pub struct ImportStream<'a> {
    rows: RowSource<'a>,
    builder: RecordBuilder<'a>,
    read_as: FormatDescription,
    /// With more than this share of bad rows nothing of the file is imported.
    reject_above: Option<Percentage>,
    /// The preset that it is read by, as mappings name it.
    preset: Option<&'static str>,
    progress: StreamProgress,
    /// Messages about the headers, until somebody takes them.
    header_diagnostics: Vec<Diagnostic>,
}

/// How a file is read, in words.
pub(crate) struct FormatDescription {
    encoding: Option<&'static str>,
    /// What follows the encoding.
    detail: String,
    text: String,
}

impl<'a> ImportStream<'a> {
    pub(crate) fn new(
        rows: RowSource<'a>,
        builder: RecordBuilder<'a>,
        read_as: FormatDescription,
        (reject_above, preset): (Option<Percentage>, Option<&'static str>),
        messages: DiagnosticCollector,
    ) -> Self {
        Self {
            rows,
            builder,
            read_as,
            reject_above,
            preset,
            progress: StreamProgress::default(),
            header_diagnostics: messages.into_diagnostics().0,
        }
    }

    /// How the file is read, in words: `CSV, semicolon, UTF-8`.
    #[must_use]
    pub fn read_as(&self) -> &str {
        &self.read_as.text
    }

    /// The preset that it is read by, as mappings name it.
    pub(crate) fn preset(&self) -> Option<&'static str> {
        self.preset
    }

    /// The file's name.
    pub(crate) fn file_name(&self) -> &str {
        self.builder.file_name()
    }

    pub(crate) fn builder(&self) -> &RecordBuilder<'a> {
        &self.builder
    }

    pub(crate) fn builder_mut(&mut self) -> &mut RecordBuilder<'a> {
        &mut self.builder
    }

    /// Why a file that is only inspected could not be imported.
    pub(crate) fn missing_column(&self) -> Option<&FileError> {
        self.builder.missing_column()
    }

    /// Attributes that the file seems to have and the shop does not, as far as it was read.
    #[must_use]
    pub fn proposals(&self) -> Vec<AttributeProposal> {
        self.builder.propose_attributes()
    }

    /// Columns that decide whether, when or for how much something sells and are read as nothing, as
    /// far as the file was read. Nothing of it is to be imported before somebody says that it is right.
    #[must_use]
    pub fn list_questions(&self) -> Vec<ColumnQuestion> {
        self.builder.list_questions()
    }

    /// Whether it is a file of edits with a column for each attribute.
    #[must_use]
    pub fn is_wide_edits(&self) -> bool {
        self.builder.plan().is_wide_edits()
    }

    /// Whether it is a table without a header, whose columns are called by their numbers.
    pub(crate) fn is_numbered(&self) -> bool {
        self.rows.header_row() == Some(0)
    }

    /// The headers: what the column numbers in records refer to. Of a JSON file they are the
    /// paths that were met so far. What a mapping says of every row is a column of its own.
    #[must_use]
    pub fn columns(&self) -> &[SmolStr] {
        self.builder.plan().names()
    }

    /// Has rows kept for a while, because whoever takes the records may [`ImportStream::refuse_row`] one.
    pub fn keep_rows_for_refusal(&mut self) {
        self.builder.rejects_mut().keep_recent();
    }

    /// Refuses a row of the last batch, on behalf of whoever took its record.
    pub fn refuse_row(&mut self, why: &Diagnostic) {
        self.builder.rejects_mut().write_recent_row(why);
    }

    /// The rows that were refused, as a file; `None` when none was.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_rejects(&mut self) -> io::Result<Option<RejectsFile>> {
        self.builder.finish_rejects()
    }

    /// With more than this share of bad rows nothing of the file is to be imported.
    #[must_use]
    pub fn reject_above(&self) -> Option<Percentage> {
        self.reject_above
    }

    /// The most rows that may follow in a file of so many bytes.
    #[must_use]
    pub fn max_rows_left(&self, size: u64) -> u64 {
        // The shortest row is a character and a line feed.
        size.saturating_sub(self.progress.bytes) / 2 + self.builder.rows_waiting()
    }

    /// Whom the refused rows are about, as far as they say so.
    #[must_use]
    pub fn refused_skus(&self) -> &[Sku] {
        self.builder.refused_skus()
    }

    /// Whether the last row of a table ends before the header does.
    #[must_use]
    pub fn is_last_row_short(&self) -> bool {
        self.builder.is_last_row_short()
    }

    /// Reads at most `limit` more rows. Records are added to what is there already; a row makes
    /// one, and further ones where it names variants or holds reviews.
    ///
    /// # Errors
    /// When the rest of the file cannot be read; then nothing of the file is to be imported, what
    /// earlier calls gave included.
    pub fn next_batch(
        &mut self,
        limit: usize,
        records: &mut Vec<ImportRecord>,
        messages: &mut DiagnosticCollector,
    ) -> Result<StreamProgress, FileError> {
        for message in self.header_diagnostics.drain(..) {
            messages.push_diagnostic(message);
        }
        self.builder.rejects_mut().begin_batch();
        let mut output = RecordOutput { records, messages };
        match self.builder.groups_rows() {
            true => self.read_groups(limit, &mut output)?,
            false => self.read_rows(limit, &mut output)?,
        }
        self.progress.bytes = self.rows.bytes_consumed();
        self.read_as.update_encoding(&self.rows);
        self.rows.drain_diagnostics().for_each(|message| messages.push_diagnostic(message));
        if self.progress.finished && self.progress.rows == 0 {
            return Err(FileError::HeaderOnly);
        }
        Ok(self.progress)
    }

    fn read_rows(&mut self, limit: usize, output: &mut RecordOutput<'_>) -> Result<(), FileError> {
        let mut count = 0;
        while count < limit {
            let Some(row) = self.rows.next_row(self.builder.known_paths())? else {
                self.finish(output)?;
                break;
            };
            match self.builder.add_row(row, output)? {
                RawOutcome::Row(outcome) => self.progress.count_row(&outcome),
                RawOutcome::Message => {}
                RawOutcome::NoRow => continue,
            }
            count += 1;
        }
        Ok(())
    }

    /// Reads rows of which several are one product.
    fn read_groups(
        &mut self,
        limit: usize,
        output: &mut RecordOutput<'_>,
    ) -> Result<(), FileError> {
        for _ in 0..limit {
            if !self.builder.collector_mut().is_complete() {
                match self.rows.next_row(None)? {
                    Some(RawRow::Table(row)) => match self.builder.refuse_misfit(row, output) {
                        Some(outcome) => self.progress.count_row(&outcome),
                        None => self.builder.collect_row(row)?,
                    },
                    _ => self.builder.collector_mut().complete(),
                }
                continue;
            }
            match self.builder.add_group(output)? {
                Some(outcome) => self.progress.count_group(&outcome),
                None => {
                    self.finish(output)?;
                    break;
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self, output: &mut RecordOutput<'_>) -> Result<(), FileError> {
        if !self.progress.finished {
            self.builder.check_file()?;
            self.builder.release_held(output);
            self.builder.report_file(output.messages);
        }
        self.progress.finished = true;
        Ok(())
    }
}

impl FormatDescription {
    /// `choice` says by which mapping or preset.
    pub(crate) fn new(rows: &RowSource<'_>, choice: String) -> Self {
        let detail = match rows.header_row() {
            Some(0) => format!(", no header{choice}"),
            // Where the header is, if it is not in the first row.
            Some(row) if row != 1 => format!(", header in row {row}{choice}"),
            _ => choice,
        };
        let mut description = Self { encoding: rows.encoding(), detail, text: String::new() };
        description.write_text(rows);
        description
    }

    fn write_text(&mut self, rows: &RowSource<'_>) {
        let (format, detail) = (rows.format(), &self.detail);
        self.text = match self.encoding {
            Some(encoding) => format!("{format}, {encoding}{detail}"),
            None => format!("{format}{detail}"),
        };
    }

    fn update_encoding(&mut self, rows: &RowSource<'_>) {
        if self.encoding != rows.encoding() {
            self.encoding = rows.encoding();
            self.write_text(rows);
        }
    }
}

impl StreamProgress {
    fn count_row(&mut self, outcome: &RowOutcome) {
        self.rows += 1;
        match outcome {
            RowOutcome::Accepted(_) => {}
            RowOutcome::Skipped => self.skipped += 1,
            RowOutcome::Refused(_) => self.rejected += 1,
        }
    }

    fn count_group(&mut self, outcome: &GroupOutcome) {
        self.rows += outcome.rows;
        self.rejected += outcome.rejected;
        self.skipped += outcome.skipped;
    }
}
