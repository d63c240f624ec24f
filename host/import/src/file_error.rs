//! Why a whole file cannot be read.

use rikaste_model::diagnostic::{Diagnostic, cut_excerpt};
use rikaste_model::words;
use rikaste_model::words::{LocalizedText, TextArgument};
use smol_str::SmolStr;

use rikaste_tables::{ReadError, TableRow};

use crate::columns::quote_key;

/// Why a whole file cannot be read. Nothing of such a file is imported.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.to_localized_text())]
pub enum FileError {
    /// Its bytes are no table or document that can be read.
    Read(ReadError),
    /// It has no rows, or only empty ones.
    HeaderOnly,
    /// Its first row is one of data: it has no header.
    NoHeader {
        /// The row.
        row: u32,
        /// What the row says.
        cells: Vec<SmolStr>,
        /// The file's name, for the example.
        file: String,
    },
    /// None of its columns is the SKU.
    NoSku {
        /// What it has.
        headers: Vec<SmolStr>,
        /// The first of them, for the example.
        first: SmolStr,
        /// The file's name, for the example.
        file: String,
    },
    /// None of its columns is the one that the mapping takes the SKU from.
    NoMappedSku {
        /// The mapping's file.
        mapping: String,
        /// What it asks for.
        wanted: Vec<SmolStr>,
        /// What the file has.
        headers: Vec<SmolStr>,
    },
    /// A column that rows of this kind cannot do without is missing.
    NoColumn {
        /// What is missing, with an article.
        what: LocalizedText,
        /// What it has.
        headers: Vec<SmolStr>,
        /// What to do.
        advice: LocalizedText,
    },
    /// A column may mean two things, and how the others are read depends on it.
    UnclearColumn {
        /// The column.
        column: SmolStr,
        /// What it may mean, and what to do.
        reason: LocalizedText,
    },
    /// A column of a file of edits decides about a sale.
    SaleInEdits {
        /// The column.
        column: SmolStr,
    },
    /// Its ratings are on a scale that nothing states.
    RatingScale {
        /// The column of ratings.
        column: SmolStr,
        /// How many ratings are above 5.
        beyond: u64,
        /// Of how many.
        count: u64,
        /// The highest one.
        most: String,
        /// The scale that is most likely.
        scale: u64,
    },
    /// Two mappings are for it.
    TwoMappings {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// A mapping has it read by a plugin that does not run.
    NoImporter {
        /// The plugin.
        name: String,
        /// The mapping's file.
        mapping: String,
    },
    /// A plugin that comes along reads such files, and is not enabled.
    PluginNotEnabled {
        /// The plugin.
        plugin: String,
    },
    /// Two plugins read such files.
    TwoImporters {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// The mapping that is for it cannot be used.
    BrokenMapping {
        /// Its file.
        mapping: String,
        /// The line with the mistake, if it is known.
        line: Option<usize>,
        /// What is wrong.
        problem: String,
    },
}

impl FileError {
    /// A table without a header, whose first row is this.
    pub(crate) fn no_header(first: &TableRow, file_name: &str) -> Self {
        let cells = first.record.iter().map(str::trim).filter(|cell| !cell.is_empty());
        Self::NoHeader {
            row: first.number,
            cells: cells.map(|cell| SmolStr::new(cut_excerpt(cell))).collect(),
            file: file_name.to_owned(),
        }
    }

    /// The stable name of the reason.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read(error) => error.code(),
            Self::HeaderOnly => "file-empty",
            Self::NoHeader { .. }
            | Self::NoSku { .. }
            | Self::NoMappedSku { .. }
            | Self::NoColumn { .. }
            | Self::UnclearColumn { .. }
            | Self::SaleInEdits { .. } => "file-columns",
            Self::RatingScale { .. } => "rating-scale",
            Self::TwoMappings { .. } | Self::BrokenMapping { .. } => "file-mapping",
            Self::NoImporter { .. } | Self::PluginNotEnabled { .. } | Self::TwoImporters { .. } => {
                "file-importer"
            }
        }
    }

    /// What a receipt says about it.
    #[must_use]
    pub fn to_localized_text(&self) -> LocalizedText {
        match self {
            Self::Read(error) => error.to_localized_text(),
            Self::HeaderOnly => words!("file-header-only"),
            Self::RatingScale { column, beyond, count, most, scale } => words!(
                "rating-scale",
                column = quote_key(column),
                beyond = *beyond,
                count = *count,
                most = most.as_str(),
                scale = *scale
            ),
            Self::NoHeader { row, cells, file } => words!(
                "file-no-header",
                row = row.to_string(),
                cells = TextArgument::from_names(cells),
                file = file.as_str()
            ),
            Self::NoSku { headers, first, file } => words!(
                "file-no-sku",
                headers = TextArgument::from_names(headers),
                file = file.as_str(),
                first = first.as_str()
            ),
            Self::NoMappedSku { mapping, wanted, headers } => words!(
                "file-no-mapped-sku",
                mapping = mapping.as_str(),
                wanted = TextArgument::from_names(wanted),
                headers = TextArgument::from_names(headers)
            ),
            Self::NoColumn { what, headers, advice } => words!(
                "file-no-column",
                what = what.clone(),
                headers = TextArgument::from_names(headers),
                advice = advice.clone()
            ),
            Self::UnclearColumn { column, reason } => {
                words!("file-unclear-column", column = column.as_str(), reason = reason.clone())
            }
            Self::SaleInEdits { column } => {
                words!("file-sale-in-edits", column = column.as_str())
            }
            Self::TwoMappings { first, second } => {
                words!("file-two-mappings", first = first.as_str(), second = second.as_str())
            }
            Self::NoImporter { name, mapping } => {
                words!("file-no-importer", plugin = name.as_str(), mapping = mapping.as_str())
            }
            Self::PluginNotEnabled { plugin } => {
                words!("file-enable-importer", plugin = plugin.as_str())
            }
            Self::TwoImporters { first, second } => {
                words!("file-two-importers", first = first.as_str(), second = second.as_str())
            }
            Self::BrokenMapping { mapping, line: Some(line), problem } => words!(
                "file-mapping-broken-at",
                mapping = mapping.as_str(),
                line = line.to_string(),
                problem = problem.as_str()
            ),
            Self::BrokenMapping { mapping, line: None, problem } => words!(
                "file-mapping-broken",
                mapping = mapping.as_str(),
                problem = problem.as_str()
            ),
        }
    }

    /// The message for the receipt.
    #[must_use]
    pub fn to_diagnostic(&self) -> Diagnostic {
        match self {
            Self::Read(error) => error.to_diagnostic(),
            _ => Diagnostic::new_error(self.code(), self.to_localized_text()),
        }
    }

    /// Whether another format may do: the file could be read, and is none that is known.
    pub(crate) fn is_unknown_format(&self) -> bool {
        match self {
            Self::Read(error) => error.is_unknown_format(),
            Self::HeaderOnly
            | Self::NoHeader { .. }
            | Self::NoSku { .. }
            | Self::NoMappedSku { .. }
            | Self::NoColumn { .. } => true,
            Self::RatingScale { .. }
            | Self::UnclearColumn { .. }
            | Self::SaleInEdits { .. }
            | Self::TwoMappings { .. }
            | Self::BrokenMapping { .. }
            | Self::NoImporter { .. }
            | Self::PluginNotEnabled { .. }
            | Self::TwoImporters { .. } => false,
        }
    }
}

impl From<ReadError> for FileError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<std::io::Error> for FileError {
    fn from(error: std::io::Error) -> Self {
        Self::Read(error.into())
    }
}
