//! Why the rest of a file cannot be read.

use std::io;

use rikaste_model::diagnostic::{Diagnostic, cut_excerpt};
use rikaste_model::words;
use rikaste_model::words::{DiagnosticMessage, LocalizedText, TextArgument};
use smol_str::SmolStr;

use crate::charset::CharsetReading;
use crate::decoded_elements::DecoderError;

/// The most bytes of one row or element. A row of every attribute in every language stays far
/// below it; what is longer is a quote that was never closed, or no table at all.
pub(crate) const RECORD_LIMIT: u64 = 4 << 20;

/// The most bytes of a workbook.
pub(crate) const WORKBOOK_LIMIT: u64 = 1 << 30;

/// The most columns of a file.
pub const COLUMN_LIMIT: usize = 2_000;

/// The deepest nesting of a JSON element.
pub(crate) const DEPTH_LIMIT: usize = 64;

/// Why the rest of a file cannot be read. Nothing of such a file is imported.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.to_localized_text())]
pub enum ReadError {
    /// Reading it failed.
    Io(io::Error),
    /// It has no bytes, or white space only.
    Empty,
    /// The row that a mapping has the header in is not there, or empty.
    NoHeaderRow {
        /// The row that was to be the header, from 1.
        row: u32,
    },
    /// It is a workbook that no reader can read.
    Damaged {
        /// What the reader says.
        problem: DiagnosticMessage,
    },
    /// It is a workbook that would fill the memory.
    Oversized {
        /// What there is too much of.
        problem: LocalizedText,
    },
    /// The sheet that is to be read is not there, or none can be seen.
    NoSheet {
        /// What a mapping asks for; empty when none does.
        wanted: String,
        /// What the workbook has.
        sheets: Vec<SmolStr>,
    },
    /// It is of a format that is not read.
    Foreign {
        /// What it is, with an article.
        what: LocalizedText,
        /// What to do.
        advice: LocalizedText,
    },
    /// A byte in it is not UTF-8.
    NotUtf8 {
        /// The row it is in.
        row: u32,
        /// The column it is in, where the header is known.
        column: Option<SmolStr>,
        /// Where it is in the file, counted from 0.
        byte: u64,
        /// The byte.
        found: u8,
        /// What the cell says when it is read as Windows-1252.
        likely: Option<String>,
    },
    /// It says that it is in an encoding, or a mapping says so, and it is not.
    BrokenEncoding {
        /// The encoding.
        encoding: &'static str,
        /// About where, counted from 0.
        byte: u64,
    },
    /// It is not UTF-8, and its letters are others in each encoding that it may be in.
    UncertainEncoding {
        /// What it may be in, the likeliest first.
        readings: Vec<CharsetReading>,
    },
    /// A row or element is longer than 4 MiB.
    TooLong {
        /// Where it starts.
        row: u32,
    },
    /// It has more than [`COLUMN_LIMIT`] columns.
    TooManyColumns,
    /// It ends inside quotation marks.
    OpenQuote {
        /// Where they are opened.
        row: u32,
    },
    /// It ends inside a JSON element.
    CutShort {
        /// The element's number.
        row: u32,
    },
    /// It is not JSON.
    NotJson {
        /// The element's number.
        row: u32,
        /// What is wrong.
        problem: LocalizedText,
    },
    /// It is not well-formed XML.
    NotXml {
        /// The record's number.
        row: u32,
        /// The line.
        line: u64,
        /// What is wrong.
        problem: DiagnosticMessage,
    },
    /// There is nothing where a mapping has its records.
    NoRecords {
        /// The path.
        records: String,
        /// What of it is not there.
        missing: String,
    },
    /// The decoder that reads it gave up.
    Decoder(Box<DecoderError>),
}

impl ReadError {
    /// The stable name of the reason.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "file-unreadable",
            Self::Empty => "file-empty",
            Self::Foreign { .. } => "file-format",
            Self::Damaged { .. } => "file-damaged",
            Self::NoSheet { .. } => "file-sheet",
            Self::NotUtf8 { .. } | Self::BrokenEncoding { .. } | Self::UncertainEncoding { .. } => {
                "file-encoding"
            }
            Self::TooLong { .. } | Self::TooManyColumns | Self::Oversized { .. } => {
                "file-too-large"
            }
            Self::OpenQuote { .. } | Self::CutShort { .. } => "file-cut-short",
            Self::NotJson { .. } => "file-json",
            Self::NotXml { .. } => "file-xml",
            Self::NoRecords { .. } => "file-records",
            Self::NoHeaderRow { .. } => "file-columns",
            Self::Decoder(_) => "file-importer",
        }
    }

    /// What a receipt says about it.
    #[must_use]
    pub fn to_localized_text(&self) -> LocalizedText {
        match self {
            Self::Io(error) => words!("file-io", reason = error.to_string()),
            Self::Empty => words!("file-empty"),
            Self::NoHeaderRow { row } => words!("file-no-header-row", row = row.to_string()),
            Self::Damaged { problem } => words!("file-damaged", problem = problem.clone()),
            Self::Oversized { problem } => words!("file-oversized", problem = problem.clone()),
            Self::NoSheet { wanted, sheets } if wanted.is_empty() => {
                words!("file-no-visible-sheet", sheets = TextArgument::from_names(sheets))
            }
            Self::NoSheet { wanted, sheets } => {
                words!(
                    "file-no-sheet",
                    wanted = wanted.as_str(),
                    sheets = TextArgument::from_names(sheets)
                )
            }
            Self::Foreign { what, advice } => {
                words!("file-foreign", what = what.clone(), advice = advice.clone())
            }
            Self::NotUtf8 { byte, found, likely, .. } => words!(
                "file-not-utf8",
                byte = format!("{found:02X}"),
                position = byte.to_string(),
                likely = likely
                    .as_ref()
                    .map(|likely| words!("file-likely-1252", likely = likely.as_str()))
            ),
            Self::BrokenEncoding { encoding, byte } => {
                words!("file-broken-encoding", encoding = *encoding, position = byte.to_string())
            }
            Self::UncertainEncoding { readings } => {
                let shown = readings.iter().map(|it| format!("{} “{}”", it.encoding, it.sample));
                words!(
                    "file-uncertain-encoding",
                    readings = shown.collect::<Vec<_>>().join(", "),
                    first = readings.first().map_or("windows-1252", |it| it.encoding.as_str())
                )
            }
            Self::TooLong { .. } => words!("file-row-too-long", limit = RECORD_LIMIT >> 20),
            Self::TooManyColumns => {
                words!("file-too-many-columns", limit = COLUMN_LIMIT.to_string())
            }
            Self::OpenQuote { .. } => words!("file-open-quote"),
            Self::CutShort { .. } => words!("file-cut-short"),
            Self::NotJson { problem, .. } => words!("file-not-json", problem = problem.clone()),
            Self::NotXml { line, problem, .. } => {
                words!("file-not-xml", line = line.to_string(), problem = problem.clone())
            }
            Self::NoRecords { records, missing } => {
                words!("file-no-records", records = records.as_str(), missing = missing.as_str())
            }
            Self::Decoder(error) => {
                let (plugin, version) = (error.decoder.as_str(), error.version.as_str());
                let reason = error.reason.as_str();
                match error.elements {
                    0 => words!(
                        "file-importer-begin",
                        plugin = plugin,
                        version = version,
                        reason = reason
                    ),
                    elements => words!(
                        "file-importer",
                        plugin = plugin,
                        version = version,
                        elements = elements.to_string(),
                        row = error.row.to_string(),
                        reason = reason
                    ),
                }
            }
        }
    }

    /// The message for the receipt.
    #[must_use]
    pub fn to_diagnostic(&self) -> Diagnostic {
        let mut diagnostic = Diagnostic::new_error(self.code(), self.to_localized_text());
        match self {
            Self::NotUtf8 { row, column, .. } => {
                diagnostic.place.row = Some(*row);
                diagnostic.place.column.clone_from(column);
            }
            Self::TooLong { row }
            | Self::OpenQuote { row }
            | Self::CutShort { row }
            | Self::NotXml { row, .. }
            | Self::NotJson { row, .. } => diagnostic.place.row = Some(*row),
            Self::Decoder(error) if error.row > 0 => diagnostic.place.row = Some(error.row),
            _ => {}
        }
        diagnostic
    }

    /// A workbook with a password.
    pub(crate) fn locked_workbook() -> Self {
        Self::Foreign { what: words!("foreign-locked"), advice: words!("advice-password") }
    }

    /// A workbook that a reader gave up.
    #[expect(clippy::needless_pass_by_value, reason = "errors are mapped to it")]
    pub(crate) fn damaged_workbook(problem: impl ToString) -> Self {
        Self::Damaged { problem: cut_excerpt(&problem.to_string()).into() }
    }

    /// A workbook over which its reader broke down.
    pub(crate) fn crashed_workbook() -> Self {
        Self::Damaged { problem: words!("workbook-crashed").into() }
    }

    /// Whether another format may do: the file could be read, and is none that is known.
    #[must_use]
    pub fn is_unknown_format(&self) -> bool {
        match self {
            Self::Foreign { .. }
            | Self::NotUtf8 { .. }
            | Self::BrokenEncoding { .. }
            | Self::UncertainEncoding { .. }
            | Self::TooLong { .. }
            | Self::TooManyColumns
            | Self::OpenQuote { .. }
            | Self::CutShort { .. }
            | Self::NotJson { .. }
            | Self::NotXml { .. }
            | Self::NoRecords { .. }
            | Self::Damaged { .. } => true,
            Self::Io(_)
            | Self::Empty
            | Self::NoHeaderRow { .. }
            | Self::Oversized { .. }
            | Self::NoSheet { .. }
            | Self::Decoder(_) => false,
        }
    }

    /// Points at the row that was being read: what finds the trouble does not know it.
    pub(crate) fn with_row(mut self, number: u32) -> Self {
        if let Self::TooLong { row } = &mut self {
            *row = number;
        }
        self
    }
}

/// Whether it is the machine that failed, and not what is in a file: an end that comes too early is
/// nothing the system says, and a place that cannot be is only asked for when a file names it.
pub fn is_system_error(error: &io::Error) -> bool {
    error.raw_os_error().is_some() && error.kind() != io::ErrorKind::InvalidInput
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(unreadable) => unreadable,
            Err(error) => Self::Io(error),
        }
    }
}

impl From<csv::Error> for ReadError {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            other => Self::Io(io::Error::other(format!("{other:?}"))),
        }
    }
}

impl From<DecoderError> for ReadError {
    fn from(error: DecoderError) -> Self {
        Self::Decoder(Box::new(error))
    }
}
