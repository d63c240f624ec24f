//! Rows: cells by column, wherever they come from.

use std::borrow::Cow;

use rikaste_tables::{
    CellKind, DocumentValue, LeafCell, LeafContent, TableRow, ValuePath, leaf_content_at,
};

use super::parse::{ListFormat, is_spreadsheet_error, split_list, strip_guard, trim_text};
use super::text_steps::apply_steps;
use crate::columns::ColumnRule;

/// One row or element.
pub(super) struct RowView<'r> {
    pub(super) number: u32,
    pub(super) cells: RowCells<'r>,
    /// What every row says, by a mapping.
    pub(super) constants: &'r [(u16, String)],
    /// Whom it is about, where that is not in its cells: see [`row_groups`](crate::records::row_groups).
    pub(super) group: Option<&'r RowGroup>,
}

/// What several rows together say of whom one of them is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowGroup {
    pub(super) sku: String,
    pub(super) is_model: bool,
    /// The model's SKU.
    pub(super) parent: Option<String>,
    /// Whether it is known that there is none where there is none.
    pub(super) knows_parent: bool,
    /// Further rows that this one speaks for.
    pub(super) extra_rows: u32,
}

/// Where the cells are.
pub(super) enum RowCells<'r> {
    /// Of a sheet with this many columns.
    Table(&'r TableRow, usize),
    Leaves(&'r [LeafCell<'r>]),
}

/// What stands in a cell, without white space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellContent<'r> {
    Text(&'r str),
    /// A number as JSON writes it: the point is its decimal mark.
    Number(&'r str),
    List(&'r [String]),
}

impl<'r> RowView<'r> {
    /// Visits the cells that the row has.
    pub(super) fn visit_cells(&self, mut visit: impl FnMut(u16, CellContent<'r>)) {
        let own = match self.cells {
            RowCells::Table(row, width) => row.record.len().min(width),
            RowCells::Leaves(leaves) => leaves.len(),
        };
        for at in 0..own + self.constants.len() {
            let cell = match self.cells {
                _ if at >= own => {
                    let (column, text) = &self.constants[at - own];
                    Some((*column, CellContent::Text(text)))
                }
                RowCells::Table(row, _) => row
                    .record
                    .get(at)
                    .and_then(|text| table_cell(row, at, text))
                    .map(|content| (at as u16, content)),
                RowCells::Leaves(leaves) => {
                    Some((leaves[at].column, leaf_cell(&leaves[at].content)))
                }
            };
            // One call, so that it is compiled into the loop.
            if let Some((column, content)) = cell {
                visit(column, content);
            }
        }
    }

    /// The cell in a column.
    pub(super) fn find_cell(&self, column: u16) -> Option<CellContent<'r>> {
        let at = usize::from(column);
        let own = match self.cells {
            RowCells::Table(row, width) if at < width => {
                row.record.get(at).and_then(|text| table_cell(row, at, text))
            }
            RowCells::Table(..) => None,
            RowCells::Leaves(leaves) => leaves
                .iter()
                .find(|leaf| leaf.column == column)
                .map(|leaf| leaf_cell(&leaf.content)),
        };
        own.or_else(|| {
            let constant = self.constants.iter().find(|(of, _)| *of == column);
            constant.map(|(_, text)| CellContent::Text(text))
        })
    }

    /// The text in a column; empty where there is no cell.
    pub(super) fn cell_text(&self, column: u16) -> Cow<'r, str> {
        self.find_cell(column).map_or(Cow::Borrowed(""), CellContent::text)
    }

    /// The cells of a table that hold an error of a formula, and the texts of them.
    pub(super) fn error_cells(&self) -> impl Iterator<Item = (u16, &'r str)> {
        // Nearly all rows have neither of the characters that an error has.
        let has_mark = |text: &str| memchr::memchr2(b'#', b':', text.as_bytes()).is_some();
        let cells = match self.cells {
            RowCells::Table(row, width) if has_mark(row.record.as_slice()) => {
                Some(row.record.iter().take(width))
            }
            _ => None,
        };
        let cells = cells.into_iter().flatten().map(trim_text).zip(0..);
        cells.filter(|(text, _)| is_spreadsheet_error(text)).map(|(text, column)| (column, text))
    }

    /// Whether a cell of a workbook holds a boolean.
    pub(super) fn is_boolean(&self, column: u16) -> bool {
        match self.cells {
            RowCells::Table(row, _) => {
                row.kinds.get(usize::from(column)) == Some(&CellKind::Boolean)
            }
            RowCells::Leaves(_) => false,
        }
    }

    /// Whether no cell of its own says anything.
    pub(super) fn is_blank(&self) -> bool {
        match self.cells {
            RowCells::Table(row, _) => row.record.iter().all(|cell| cell.trim().is_empty()),
            RowCells::Leaves(_) => false,
        }
    }
}

/// What stands in a cell of a table; `None` where its value is not known.
// Every cell comes by here: out of line, each waits for what it returns through memory.
#[inline(always)]
fn table_cell<'r>(row: &TableRow, at: usize, text: &'r str) -> Option<CellContent<'r>> {
    match row.kinds.get(at) {
        None | Some(CellKind::Text | CellKind::Boolean) => cell_of_text(clean_cell(text)),
        Some(CellKind::Number) => Some(CellContent::Number(trim_text(text))),
        Some(CellKind::NoValue) => None,
    }
}

/// What a text says; `None` for the error of a formula, which says nothing.
fn cell_of_text(text: &str) -> Option<CellContent<'_>> {
    (!is_spreadsheet_error(text)).then_some(CellContent::Text(text))
}

fn leaf_cell<'r>(content: &'r LeafContent<'_>) -> CellContent<'r> {
    match content {
        LeafContent::Text(text) => CellContent::Text(trim_text(text)),
        LeafContent::Number(text) => CellContent::Number(text),
        LeafContent::List(list) => CellContent::List(list),
    }
}

impl<'f> ListFormat<'f> {
    /// How a rule has lists written.
    pub(super) fn of(rule: &'f ColumnRule) -> Self {
        Self { separator: rule.split.as_deref(), escape: rule.escape }
    }
}

impl<'r> CellContent<'r> {
    pub(super) fn is_empty(self) -> bool {
        match self {
            Self::Text(text) | Self::Number(text) => text.is_empty(),
            Self::List(list) => list.iter().all(|text| text.trim().is_empty()),
        }
    }

    /// The text as it stands there; a list with commas.
    pub(super) fn text(self) -> Cow<'r, str> {
        match self {
            Self::Text(text) | Self::Number(text) => Cow::Borrowed(text),
            Self::List(list) => Cow::Owned(list.join(", ")),
        }
    }

    /// The text as the rule reads it.
    pub(super) fn read_text(self, rule: &ColumnRule) -> Cow<'r, str> {
        if rule.is_plain() { self.text() } else { self.transform_text(rule) }
    }

    fn transform_text(self, rule: &ColumnRule) -> Cow<'r, str> {
        let text = apply_steps(&rule.steps, self.text());
        if let Some(other) = rule.values.get(text.as_ref()) {
            return Cow::Owned(other.clone());
        }
        match &rule.default {
            Some(default) if text.is_empty() => Cow::Owned(default.clone()),
            _ => text,
        }
    }

    /// The only part of a list, if it is clear at once that it has no other.
    pub(super) fn single_part(self, rule: &ColumnRule) -> Option<&'r str> {
        let (Self::Text(text) | Self::Number(text)) = self else { return None };
        let is_mark = |byte| matches!(byte, b'|' | b',' | b'\\');
        let is_one = !text.is_empty() && !text.bytes().any(is_mark);
        let is_plain = rule.is_plain() && rule.split.is_none() && rule.cut_at.is_none();
        (is_one && is_plain && rule.json.is_none()).then_some(text)
    }

    /// The parts of a list, as the rule reads them. Without a separator in the rule, a bar and a comma are.
    pub(super) fn split_parts<'t>(self, rule: &'t ColumnRule) -> Vec<Cow<'t, str>>
    where
        'r: 't,
    {
        self.split_parts_where(rule, |_| true)
    }

    /// The same where not every comma divides.
    pub(super) fn split_parts_where<'t>(
        self,
        rule: &'t ColumnRule,
        divides: impl Fn(&str) -> bool,
    ) -> Vec<Cow<'t, str>>
    where
        'r: 't,
    {
        let mut parts = match &rule.json {
            Some(path) => self.parts_in_json(path, rule),
            None => self.parts_of_text(rule, divides),
        };
        if let Some(until) = &rule.cut_at {
            for part in &mut parts {
                if let Some(end) = part.find(until.as_str()) {
                    *part = Cow::Owned(part[..end].trim().to_owned());
                }
            }
            parts.retain(|part| !part.is_empty());
        }
        parts
    }

    /// What stands at a path in a cell that holds JSON.
    fn parts_in_json<'t>(self, path: &ValuePath, rule: &ColumnRule) -> Vec<Cow<'t, str>> {
        let text = self.text();
        let Ok(value) = serde_json::from_str::<DocumentValue<'_>>(&text) else { return Vec::new() };
        let texts = match leaf_content_at(path, &value) {
            Some(LeafContent::List(texts)) => texts,
            Some(LeafContent::Text(text)) => vec![text.into_owned()],
            Some(LeafContent::Number(number)) => vec![number],
            None => return Vec::new(),
        };
        let parts = texts.iter().flat_map(|text| split_list(text, ListFormat::of(rule), |_| true));
        parts.map(|part| Cow::Owned(part.into_owned())).collect()
    }

    fn parts_of_text<'t>(
        self,
        rule: &'t ColumnRule,
        divides: impl Fn(&str) -> bool,
    ) -> Vec<Cow<'t, str>>
    where
        'r: 't,
    {
        let format = ListFormat::of(rule);
        let read = |part: Cow<'t, str>| match rule.values.get(part.as_ref()) {
            Some(other) => Cow::Borrowed(other.as_str()),
            None => part,
        };
        let own = |part: Cow<'_, str>| read(Cow::Owned(part.into_owned()));
        // What a mapping names as a whole is a whole.
        let divides = |part: &str| !rule.values.contains_key(part) && divides(part);
        match self {
            _ if self.is_empty() => match &rule.default {
                Some(default) => {
                    split_list(default, format, divides).into_iter().map(read).collect()
                }
                None => Vec::new(),
            },
            Self::List(list) if rule.steps.is_empty() => list
                .iter()
                .map(|part| part.trim())
                .filter(|part| !part.is_empty())
                .map(|part| read(Cow::Borrowed(part)))
                .collect(),
            Self::List(list) => {
                let parts = list.iter().map(|part| apply_steps(&rule.steps, Cow::Borrowed(part)));
                parts.filter(|part| !part.is_empty()).map(own).collect()
            }
            Self::Text(text) | Self::Number(text) if rule.steps.is_empty() => {
                split_list(text, format, divides).into_iter().map(read).collect()
            }
            Self::Text(text) | Self::Number(text) => {
                let text = apply_steps(&rule.steps, Cow::Borrowed(text));
                split_list(&text, format, divides).into_iter().map(own).collect()
            }
        }
    }
}

/// A cell of a table as it is read: without white space around it, and without a guard.
pub(super) fn clean_cell(text: &str) -> &str {
    strip_guard(trim_text(text))
}
