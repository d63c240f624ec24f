//! What an importer hands over of a file, checked: it is bounded call by call, and in all by the size
//! of the file.

use std::collections::HashSet;

use rikaste_model::code::PluginName;
use rikaste_model::diagnostic::{Diagnostic, DiagnosticPlace, Severity, cut_excerpt};
use smol_str::SmolStr;

use super::bindings::importer::rikaste::plugin::files;
use super::bindings::rikaste::plugin::types;
use super::guest_text;
use super::limits;

/// What an importer says of a file, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportedItem {
    /// A product, price, review.
    Element(ImportedElement),
    /// Something that a person should know; an error with a row is an element that was refused.
    Diagnostic(Diagnostic),
}

/// What a row is to a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedElement {
    /// By what number a person finds it.
    pub row: u32,
    /// What stands at its paths.
    pub leaves: Vec<(String, ImportedContent)>,
}

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportedContent {
    /// Text.
    Text(String),
    /// A decimal, with a point as its mark.
    Number(String),
    /// Several texts.
    Texts(Vec<String>),
}

/// What an importer has handed over of one file, counted.
#[derive(Debug)]
pub struct PortionChecker {
    /// The name of the importer.
    name: PluginName,
    /// Bytes that it was given.
    bytes: u64,
    /// Elements that it gave.
    elements: u64,
    /// Remarks that it gave.
    remarks: u64,
    /// The row of the last element.
    row: u32,
}

/// What is wrong with what it handed over.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortionError {
    #[error("it handed over {got} {what} at once; at most {most} are allowed")]
    TooMany { what: &'static str, got: usize, most: usize },
    #[error("it made more {0} than the file has bytes")]
    MoreThanBytes(&'static str),
    #[error("its rows are counted from 1, and this is 0")]
    RowZero,
    #[error("its rows go back, from {before} to {row}")]
    RowsBack { before: u32, row: u32 },
    #[error("row {row} has {got} leaves; at most {} are allowed", limits::LEAVES)]
    TooManyLeaves { row: u32, got: usize },
    #[error("row {row} has {} MiB; at most {} are allowed", .bytes >> 20, limits::ELEMENT_BYTES >> 20)]
    TooLarge { row: u32, bytes: usize },
    #[error("row {row} has a path of {bytes} bytes; at most {} are allowed", limits::PATH_BYTES)]
    LongPath { row: u32, bytes: usize },
    #[error("row {row} has a leaf without a path")]
    MissingPath { row: u32 },
    #[error("row {row} has the path {path:?} twice")]
    DuplicatePath { row: u32, path: String },
    #[error("row {row} says at {path:?} that {text:?} is a number; a number is written as -12.50")]
    InvalidNumber { row: u32, path: String, text: String },
}

impl PortionChecker {
    /// Nothing yet, of the plugin of this name.
    pub fn new(name: PluginName) -> Self {
        Self { name, bytes: 0, elements: 0, remarks: 0, row: 0 }
    }

    /// It is given these bytes of the file.
    pub fn count_chunk(&mut self, chunk: &[u8]) {
        self.bytes += chunk.len() as u64;
    }

    /// How many elements it gave, and the row of the last; 0 when there was none.
    pub fn elements_and_row(&self) -> (u64, u32) {
        (self.elements, self.row)
    }

    /// What it handed over, by row.
    ///
    /// # Errors
    /// When it is not as the contract says.
    pub fn check_portion(
        &mut self,
        portion: files::Portion,
    ) -> Result<Vec<ImportedItem>, PortionError> {
        let files::Portion { elements, remarks } = portion;
        for (what, got) in [("elements", elements.len()), ("remarks", remarks.len())] {
            if got > limits::ELEMENTS {
                return Err(PortionError::TooMany { what, got, most: limits::ELEMENTS });
            }
        }
        self.remarks += remarks.len() as u64;
        for (what, all) in
            [("elements", self.elements + elements.len() as u64), ("remarks", self.remarks)]
        {
            if all > self.bytes {
                return Err(PortionError::MoreThanBytes(what));
            }
        }
        let mut found = Vec::with_capacity(elements.len() + remarks.len());
        found.extend(remarks.iter().map(|remark| self.convert_remark(remark)));
        for element in elements {
            found.push(ImportedItem::Element(self.check_element(element)?));
        }
        // A remark comes before what it is about, as a table's messages do.
        found.sort_by_key(|found| match found {
            ImportedItem::Element(element) => element.row,
            ImportedItem::Diagnostic(remark) => remark.place.row.unwrap_or(0),
        });
        Ok(found)
    }

    fn check_element(&mut self, element: files::Element) -> Result<ImportedElement, PortionError> {
        let (before, row) = (self.row, element.row);
        if row == 0 {
            return Err(PortionError::RowZero);
        }
        if row < before {
            return Err(PortionError::RowsBack { before, row });
        }
        self.row = row;
        let got = element.leaves.len();
        if got > limits::LEAVES {
            return Err(PortionError::TooManyLeaves { row, got });
        }
        let bytes =
            element.leaves.iter().map(|leaf| leaf.path.len() + leaf.content.byte_size()).sum();
        if bytes > limits::ELEMENT_BYTES {
            return Err(PortionError::TooLarge { row, bytes });
        }
        if let Some(path) = find_repeated_path(&element.leaves) {
            return Err(PortionError::DuplicatePath { row, path: cut_excerpt(path) });
        }
        let leaves = element.leaves.into_iter().map(|leaf| check_leaf(leaf, row));
        let leaves = leaves.collect::<Result<_, _>>()?;
        self.elements += 1;
        Ok(ImportedElement { row, leaves })
    }

    fn convert_remark(&self, raw: &files::Remark) -> ImportedItem {
        let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let is_code = (1..=64).contains(&raw.code.len()) && raw.code.bytes().all(lower);
        let code = if is_code { &raw.code } else { self.name.as_str() };
        // Whoever reads the receipt is to see something.
        let says_nothing = raw.message.trim().is_empty();
        let message = if says_nothing { code } else { raw.message.as_str() };
        ImportedItem::Diagnostic(Diagnostic {
            severity: match raw.severity {
                types::Severity::Info => Severity::Info,
                types::Severity::Warning => Severity::Warning,
                types::Severity::Error => Severity::Error,
            },
            code: SmolStr::new(code),
            message: guest_text::sanitize_message(message, limits::MESSAGE_BYTES).into(),
            place: DiagnosticPlace {
                row: raw.row.filter(|row| *row > 0),
                column: raw.column.as_ref().map(|column| cut_excerpt(column).into()),
                value: raw.value.as_ref().map(|value| cut_excerpt(value)),
                ..DiagnosticPlace::default()
            },
        })
    }
}

fn check_leaf(leaf: files::Leaf, row: u32) -> Result<(String, ImportedContent), PortionError> {
    let path = leaf.path;
    if path.trim().is_empty() {
        return Err(PortionError::MissingPath { row });
    }
    if path.len() > limits::PATH_BYTES {
        return Err(PortionError::LongPath { row, bytes: path.len() });
    }
    let content = match leaf.content {
        files::Content::Text(text) => ImportedContent::Text(text),
        files::Content::Number(text) if is_number(&text) => ImportedContent::Number(text),
        files::Content::Number(text) => {
            return Err(PortionError::InvalidNumber {
                row,
                path: cut_excerpt(&path),
                text: cut_excerpt(&text),
            });
        }
        files::Content::Texts(texts) => ImportedContent::Texts(texts),
    };
    Ok((path, content))
}

fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = text.strip_prefix('-').unwrap_or(text);
    match number.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(number),
    }
}

/// A path that is there twice.
fn find_repeated_path(leaves: &[files::Leaf]) -> Option<&str> {
    /// Up to so many, comparing each with each takes less time than hashing.
    const FEW: usize = 24;
    let paths = || leaves.iter().map(|leaf| leaf.path.as_str());
    if leaves.len() <= FEW {
        let is_before = |at: usize, path: &str| paths().take(at).any(|before| before == path);
        return paths().enumerate().find(|(at, path)| is_before(*at, path)).map(|(_, path)| path);
    }
    let mut seen = HashSet::with_capacity(leaves.len());
    paths().find(|path| !seen.insert(*path))
}

impl files::Content {
    fn byte_size(&self) -> usize {
        match self {
            Self::Text(text) | Self::Number(text) => text.len(),
            Self::Texts(texts) => texts.iter().map(|text| text.len() + 1).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_without_a_message_is_its_code() {
        let remark = |code: &str| files::Remark {
            severity: types::Severity::Error,
            code: code.to_owned(),
            message: " \n".to_owned(),
            row: Some(1),
            column: None,
            value: None,
        };
        let mut tally = PortionChecker::new(PluginName::new("lines").expect("a name"));
        tally.count_chunk(b"12");
        let remarks = vec![remark("no-sku"), remark("")];
        let found = tally.check_portion(files::Portion { elements: Vec::new(), remarks });
        let items = found.expect("as the contract says").into_iter().map(|found| match found {
            ImportedItem::Diagnostic(remark) => remark.to_string(),
            ImportedItem::Element(element) => format!("{element:?}"),
        });
        assert_eq!(items.collect::<Vec<_>>(), ["row 1: no-sku", "row 1: lines"]);
    }
}
