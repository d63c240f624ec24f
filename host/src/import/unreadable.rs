//! Why a whole file cannot be read.

use std::io;

use rikaste_catalog::diagnostic::Diagnostic;
use smol_str::SmolStr;

/// The most bytes of one row or element. A row of every attribute in every language stays far
/// below it; what is longer is a quote that was never closed, or no table at all.
pub const RECORD_LIMIT: u64 = 4 << 20;

/// The most columns of a file.
pub const COLUMN_LIMIT: usize = 2_000;

/// The deepest nesting of a JSON element.
pub const DEPTH_LIMIT: usize = 64;

/// Why a whole file cannot be read. Nothing of such a file is taken.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Reading it failed.
    #[error("the file could not be read: {0}; drop it again")]
    Io(io::Error),
    /// It has no bytes, or white space only.
    #[error("the file is empty; drop one with a header row and a row for each product")]
    Empty,
    /// It has no rows, or only empty ones.
    #[error("the file has no rows that say anything; drop it again when it has some")]
    HeaderOnly,
    /// It is of a format that is not read.
    #[error("the file is {what}; {advice}")]
    Foreign {
        /// What it is, with an article.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A byte in it is not UTF-8.
    #[error("{}", not_utf8(*.byte, *.found, .likely.as_deref()))]
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
    /// It says that it is UTF-16 and is not.
    #[error(
        "the file starts as UTF-16 text, but is broken near byte {byte}; save it as UTF-8 and drop it again"
    )]
    BrokenUtf16 {
        /// About where, counted from 0.
        byte: u64,
    },
    /// A row or element is longer than [`RECORD_LIMIT`].
    #[error("a row that starts here is longer than {} MiB; most likely a quotation mark is opened in it and never closed", RECORD_LIMIT >> 20)]
    TooLong {
        /// Where it starts.
        row: u32,
    },
    /// It has more than [`COLUMN_LIMIT`] columns.
    #[error("the file has more than {COLUMN_LIMIT} columns; split it into files with fewer")]
    TooManyColumns,
    /// It ends inside quotation marks.
    #[error(
        "the file ends inside quotation marks that are opened in this row: it was cut short, or a closing mark is missing; export it again, or close the mark"
    )]
    OpenQuote {
        /// Where they are opened.
        row: u32,
    },
    /// It ends inside a JSON element.
    #[error("the file ends in the middle of this element: it was cut short; export it again")]
    CutShort {
        /// The element's number.
        row: u32,
    },
    /// It is not JSON.
    #[error(
        "the file is not the JSON that is asked for: {problem}; write an array of objects, or one object a line"
    )]
    NotJson {
        /// The element's number.
        row: u32,
        /// What is wrong.
        problem: String,
    },
    /// None of its columns is the SKU.
    #[error("no column is the SKU; the columns are {}; call one of them \"sku\", or say which it is in a file in mappings/: files = [\"{file}\"], sku = \"{first}\"", quoted(.headers))]
    NoSku {
        /// What it has.
        headers: Vec<SmolStr>,
        /// The first of them, for the example.
        first: SmolStr,
        /// The file's name, for the example.
        file: String,
    },
    /// None of its columns is the one that the mapping takes the SKU from.
    #[error("no column is the SKU: the mapping {mapping} takes it from {}, and the columns are {}; correct the mapping, or the header row", quoted(.wanted), quoted(.headers))]
    NoMappedSku {
        /// The mapping's file.
        mapping: String,
        /// What it asks for.
        wanted: Vec<SmolStr>,
        /// What the file has.
        headers: Vec<SmolStr>,
    },
    /// A column that rows of this kind cannot do without is missing.
    #[error("no column is {what}; the columns are {}; {advice}", quoted(.headers))]
    NoColumn {
        /// What is missing, with an article.
        what: &'static str,
        /// What it has.
        headers: Vec<SmolStr>,
        /// What to do.
        advice: &'static str,
    },
    /// Two mappings are for it.
    #[error("two mappings are for this file, {first} and {second}; change the `files` of one")]
    TwoMappings {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
}

impl Unreadable {
    /// The stable name of the reason.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "file-unreadable",
            Self::Empty | Self::HeaderOnly => "file-empty",
            Self::Foreign { .. } => "file-format",
            Self::NotUtf8 { .. } | Self::BrokenUtf16 { .. } => "file-encoding",
            Self::TooLong { .. } | Self::TooManyColumns => "file-too-large",
            Self::OpenQuote { .. } | Self::CutShort { .. } => "file-cut-short",
            Self::NotJson { .. } => "file-json",
            Self::NoSku { .. } | Self::NoMappedSku { .. } | Self::NoColumn { .. } => "file-columns",
            Self::TwoMappings { .. } => "file-mapping",
        }
    }

    /// The message for the receipt.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.code(), self.to_string());
        match self {
            Self::NotUtf8 { row, column, .. } => {
                diagnostic.place.row = Some(*row);
                diagnostic.place.column.clone_from(column);
            }
            Self::TooLong { row }
            | Self::OpenQuote { row }
            | Self::CutShort { row }
            | Self::NotJson { row, .. } => diagnostic.place.row = Some(*row),
            _ => {}
        }
        diagnostic
    }

    /// Points at the row that was being read: what finds the trouble does not know it.
    pub(super) fn in_row(mut self, number: u32) -> Self {
        if let Self::TooLong { row } = &mut self {
            *row = number;
        }
        self
    }
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(unreadable) => unreadable,
            Err(error) => Self::Io(error),
        }
    }
}

impl From<csv::Error> for Unreadable {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            other => Self::Io(io::Error::other(format!("{other:?}"))),
        }
    }
}

fn not_utf8(byte: u64, found: u8, likely: Option<&str>) -> String {
    let mut message = format!("the byte {found:02X} at position {byte} is not UTF-8 text");
    if let Some(likely) = likely {
        message.push_str(&format!(
            "; the file is most likely Windows-1252, where this reads \"{likely}\""
        ));
    }
    message.push_str("; save the file as UTF-8 (in Excel: \"CSV UTF-8\") and drop it again");
    message
}

/// At most a dozen names, quoted.
fn quoted(names: &[SmolStr]) -> String {
    const SHOWN: usize = 12;
    let mut list: Vec<String> =
        names.iter().take(SHOWN).map(|name| format!("\"{name}\"")).collect();
    if names.len() > SHOWN {
        list.push(format!("and {} more", names.len() - SHOWN));
    }
    list.join(", ")
}
