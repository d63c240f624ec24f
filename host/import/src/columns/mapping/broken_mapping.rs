//! Mappings that cannot be used: what is wrong, where, and which files they would have been for.
//!
//! A mistake in one costs its own files and nothing else: these are refused with the reason, because
//! read by convention they would say something else than was meant. What of the file can still be
//! read says which they are. Where that is lost, no file is refused for it; those that no other
//! mapping is for get a message that it may have been theirs.

use std::path::Path;

use rikaste_model::product::ContentHash;
use rikaste_model::record::DropKind;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Glob, MappingError};

/// A mapping that cannot be used.
#[derive(Debug)]
pub(crate) struct BrokenMapping {
    /// Its file's name.
    pub(crate) name: String,
    /// Files that it is for, as far as that can be read.
    files: Vec<Glob>,
    /// Nothing where that cannot be read: it may be any.
    kind: Option<DropKind>,
    /// The line with the mistake, from 1.
    pub(crate) line: Option<usize>,
    /// What is wrong, on one line.
    pub(crate) problem: String,
    /// The same for a log.
    pub(crate) error: MappingError,
    /// The hash of what is wrong.
    pub(crate) digest: ContentHash,
}

impl BrokenMapping {
    pub(crate) fn new(path: &Path, error: MappingError) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let (table, _) = DeTable::parse_recoverable(&text);
        let table = table.into_inner();
        let (at, problem) = match &error {
            MappingError::Toml { source, .. } => {
                (source.span().map(|span| span.start), source.message().to_owned())
            }
            MappingError::Invalid { key, message, .. } => {
                (locate_key(&table, key), format!("{key}: {message}"))
            }
            MappingError::Read { source, .. } => (None, source.to_string()),
        };
        let lines = |at: usize| text.get(..at).map(|before| before.matches('\n').count() + 1);
        let (line, problem) = (at.and_then(lines), problem.replace('\n', " "));
        Self {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            files: texts_under(&table, "files").into_iter().map(Glob::new).collect(),
            kind: texts_under(&table, "kind").first().and_then(|kind| DropKind::from_folder(kind)),
            digest: ContentHash::hash_bytes(format!("{line:?} {problem}").as_bytes()),
            line,
            problem,
            error,
        }
    }

    /// Whether it would have been for a file.
    pub(crate) fn is_for_file(&self, kind: DropKind, file_name: &str) -> bool {
        self.is_of_kind(kind) && self.files.iter().any(|glob| glob.is_match(file_name))
    }

    /// Whether it is for files of a kind, and it is unknown for which.
    pub(crate) fn can_be_for_kind(&self, kind: DropKind) -> bool {
        self.is_of_kind(kind) && self.files.is_empty()
    }

    fn is_of_kind(&self, kind: DropKind) -> bool {
        self.kind.is_none_or(|own| own == kind)
    }
}

/// The texts under a key, whether one stands there or a list.
fn texts_under<'t>(table: &'t DeTable<'_>, key: &str) -> Vec<&'t str> {
    match table.get(key).map(Spanned::get_ref) {
        Some(DeValue::String(text)) => vec![text],
        Some(DeValue::Array(list)) => {
            list.iter().filter_map(|value| value.get_ref().as_str()).collect()
        }
        _ => Vec::new(),
    }
}

/// Where a key is written, such as `columns.title.lookup`. The name of a column may have points in it.
fn locate_key(table: &DeTable<'_>, key: &str) -> Option<usize> {
    table.iter().find_map(|(name, value)| {
        let rest = key.strip_prefix(name.get_ref().as_ref())?;
        if rest.is_empty() {
            return Some(name.span().start);
        }
        let rest = rest.strip_prefix('.')?;
        let inside = value.get_ref().as_table().and_then(|table| locate_key(table, rest));
        Some(inside.unwrap_or(name.span().start))
    })
}
