//! A file being read: rows in, records and messages out, a batch at a time.

use std::io;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::{DiagnosticCollector, Percentage};
use rikaste_model::record::ImportRecord;
use smol_str::SmolStr;

use super::charset::Charset;
use super::column_plan::ColumnPlan;
use super::column_profiler::AttributeProposal;
use super::file_error::FileError;
use super::json::{JsonElements, ParsedElement};
use super::nested_variants::{ListPaths, NestedVariants};
use super::plugin_importers::{PluginElements, PluginItem};
use super::rejects::{RejectsFile, RejectsWriter};
use super::row_groups::RowBuffer;
use super::row_reader::{RowOutcome, RowReader};
use super::table::TableReader;
use super::xml::{XmlElements, XmlRecord};

mod record_builder;

use record_builder::RecordBuilder;

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StreamProgress {
    /// Rows that were read so far, the refused and skipped ones included; the header and empty
    /// rows are none.
    pub rows: u64,
    /// Of these, how many were refused.
    pub rejected: u64,
    /// Of these, how many were left out because a mapping says so.
    pub skipped: u64,
    /// Whether there are no more.
    pub finished: bool,
    /// Bytes of the file that were taken so far.
    pub bytes: u64,
}

/// A file being read.
pub struct ImportStream<'a> {
    pub(super) rows: RowSource<'a>,
    pub(super) plan: ColumnPlan<'a>,
    pub(super) constants: Vec<(u16, String)>,
    pub(super) row_reader: RowReader<'a>,
    pub(super) row_buffer: RowBuffer,
    pub(super) rejects: RejectsWriter,
    /// More than this share of bad rows, and nothing of the file is to be taken.
    pub(super) reject_above: Option<Percentage>,
    pub(super) list_paths: ListPaths<'a>,
    pub(super) variants: Option<NestedVariants<'a>>,
    pub(super) read_as: FormatDescription,
    /// The preset that is taken, as mappings name it.
    pub(super) preset: Option<&'static str>,
    pub(super) file_name: String,
    /// Whether the file is only looked at, and what it cannot be taken for.
    pub(super) is_inspection: bool,
    pub(super) missing_column: Option<FileError>,
    pub(super) progress: StreamProgress,
    /// Messages about the headers, until somebody takes them.
    pub(super) header_diagnostics: Vec<Diagnostic>,
}

/// How a file is read, in words.
pub(super) struct FormatDescription {
    /// What it is, and what its letters are; these may be told only later.
    pub(super) format: String,
    pub(super) encoding: Option<&'static str>,
    pub(super) detail: String,
    pub(super) text: String,
}

/// Where the rows come from.
pub(super) enum RowSource<'a> {
    Table(Box<TableReader<'a>>),
    Json(Box<JsonElements<'a>>),
    Xml(Box<XmlElements<'a>>),
    Plugin(Box<PluginElements<'a>>),
}

impl ImportStream<'_> {
    /// How the file is read, in words: `CSV, semicolon, UTF-8`.
    #[must_use]
    pub fn read_as(&self) -> &str {
        &self.read_as.text
    }

    /// Attributes that the file seems to have and the shop does not, as far as it was read.
    #[must_use]
    pub fn proposals(&self) -> Vec<AttributeProposal> {
        let mut proposals = self.row_reader.profiler.propose_attributes(&self.plan);
        let of_variants = self.variants.as_ref().map(NestedVariants::proposals).unwrap_or_default();
        for proposal in of_variants {
            if !proposals.iter().any(|known| known.code == proposal.code) {
                proposals.push(proposal);
            }
        }
        proposals
    }

    /// The headers: what the column numbers in records refer to. Of a JSON file they are the
    /// paths that were met so far. What a mapping says of every row is a column of its own.
    #[must_use]
    pub fn columns(&self) -> &[SmolStr] {
        &self.plan.names
    }

    /// Has rows kept for a while, because whoever takes the records may [`ImportStream::refuse_row`] one.
    pub fn keep_rows_for_refusal(&mut self) {
        self.rejects.keep_recent();
    }

    /// A row of the last batch is refused by whoever took its record.
    pub fn refuse_row(&mut self, why: &Diagnostic) {
        self.rejects.write_recent_row(why);
    }

    /// The rows that were refused, as a file; nothing when none was.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_rejects(&mut self) -> io::Result<Option<RejectsFile>> {
        let headers = self.plan.own_headers();
        self.rejects.finish_file(&headers)
    }

    /// More than this share of bad rows, and nothing of the file is to be taken.
    #[must_use]
    pub fn reject_above(&self) -> Option<Percentage> {
        self.reject_above
    }

    /// The most rows that may follow in a file of so many bytes.
    #[must_use]
    pub fn max_rows_left(&self, size: u64) -> u64 {
        // The shortest row is a character and a line feed.
        size.saturating_sub(self.progress.bytes) / 2
    }

    /// Whom the refused rows are about, as far as they say so.
    #[must_use]
    pub fn refused_skus(&self) -> &[Sku] {
        &self.row_reader.refused_skus
    }

    /// Whether the row of a sheet that was read last ends before the header does.
    #[must_use]
    pub fn is_last_row_short(&self) -> bool {
        self.row_reader.is_last_row_short
    }

    /// Reads at most `limit` more rows. Records are added to what is there already; a row makes
    /// one, and further ones where it names variants or holds reviews.
    ///
    /// # Errors
    /// When the rest of the file cannot be read; then nothing of the file is to be taken, what
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
        self.rejects.begin_batch();
        self.read_batch(limit, records, messages)?;
        self.progress.bytes = match &self.rows {
            RowSource::Table(sheet) => {
                self.read_as.update_encoding(sheet.charset().map(Charset::name));
                sheet.bytes_consumed()
            }
            RowSource::Json(elements) => elements.bytes_consumed(),
            RowSource::Xml(elements) => elements.bytes_consumed(),
            RowSource::Plugin(portions) => portions.bytes_consumed(),
        };
        if let RowSource::Table(sheet) = &mut self.rows {
            sheet.drain_diagnostics().for_each(|note| messages.push_diagnostic(note));
        }
        if self.progress.finished && self.progress.rows == 0 {
            return Err(FileError::HeaderOnly);
        }
        Ok(self.progress)
    }

    fn read_batch(
        &mut self,
        limit: usize,
        records: &mut Vec<ImportRecord>,
        messages: &mut DiagnosticCollector,
    ) -> Result<(), FileError> {
        let mut desk = RecordBuilder {
            plan: &mut self.plan,
            constants: &self.constants,
            row_reader: &mut self.row_reader,
            row_buffer: &mut self.row_buffer,
            rejects: &mut self.rejects,
            list_paths: &self.list_paths,
            variants: &mut self.variants,
            file_name: &self.file_name,
            is_inspection: self.is_inspection,
            missing_column: &mut self.missing_column,
            progress: &mut self.progress,
            records,
            messages,
        };
        for _ in 0..limit {
            let fate = match &mut self.rows {
                RowSource::Table(sheet) => match desk.plan.group.clone() {
                    Some(group) if group.read_rows(sheet, desk.row_buffer)? => {
                        desk.add_group(&group);
                        continue;
                    }
                    Some(_) => None,
                    None => desk.add_table_row(sheet)?,
                },
                RowSource::Plugin(portions) => match portions.next_item()? {
                    Some(PluginItem::Element(element)) => Some(desk.add_plugin_element(element)?),
                    Some(PluginItem::Refused(remark)) => {
                        desk.messages.push_diagnostic(remark.clone());
                        Some(RowOutcome::Refused(Box::new(remark)))
                    }
                    Some(PluginItem::Diagnostic(remark)) => {
                        desk.messages.push_diagnostic(remark);
                        continue;
                    }
                    None => None,
                },
                RowSource::Json(elements) => match elements.next_element(desk.known_paths())? {
                    Some((number, ParsedElement::Cells(leaves))) => {
                        Some(desk.add_cells(number, &leaves)?)
                    }
                    Some((number, ParsedElement::Tree(element))) => {
                        Some(desk.add_element(number, element)?)
                    }
                    None => None,
                },
                RowSource::Xml(elements) => match elements.next_record()? {
                    Some(XmlRecord { number, element, continues_product: goes_on }) => {
                        desk.row_reader.continues_product = goes_on;
                        Some(desk.add_element(number, element)?)
                    }
                    None => None,
                },
            };
            match fate {
                Some(fate) => desk.progress.count_row(&fate),
                None => {
                    if !desk.progress.finished {
                        desk.plan.warn_unknown_columns(&desk.row_reader.profiler, desk.messages);
                        if let Some(variants) = desk.variants {
                            variants.warn_unknown_columns(desk.messages);
                        }
                    }
                    desk.progress.finished = true;
                    break;
                }
            }
        }
        Ok(())
    }
}

impl FormatDescription {
    pub(super) fn new(format: String, encoding: Option<&'static str>, detail: String) -> Self {
        let text = match encoding {
            Some(encoding) => format!("{format}, {encoding}{detail}"),
            None => format!("{format}{detail}"),
        };
        Self { format, encoding, detail, text }
    }

    fn update_encoding(&mut self, encoding: Option<&'static str>) {
        if self.encoding != encoding {
            *self = Self::new(
                std::mem::take(&mut self.format),
                encoding,
                std::mem::take(&mut self.detail),
            );
        }
    }
}

impl StreamProgress {
    fn count_row(&mut self, fate: &RowOutcome) {
        self.rows += 1;
        match fate {
            RowOutcome::Accepted(_) => {}
            RowOutcome::Skipped => self.skipped += 1,
            RowOutcome::Refused(_) => self.rejected += 1,
        }
    }
}
