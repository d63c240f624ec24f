//! Names and values side by side: in a cell, or in two columns.

use std::borrow::Cow;

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::record::CellChange;
use rikaste_model::words;

use super::{ProductDraft, ProductReader};
use crate::columns::{AttributeTarget, ColumnPlan, ColumnTarget, PairFormat, PlannedColumn};
use crate::records::named_columns::NamedColumns;
use crate::records::parse::{ListFormat, split_list, unescape_separators};
use crate::records::row::{CellContent, RowView};
use crate::records::row_diagnostics::RowDiagnostics;
use crate::records::text_steps::apply_steps;

impl<'a> ProductReader<'a> {
    /// `size=32,color=Black`
    pub(super) fn read_pairs_in_cell(
        &mut self,
        (plan, named): (&ColumnPlan<'a>, &mut NamedColumns<'a>),
        at: u16,
        content: CellContent<'_>,
        draft: &mut ProductDraft<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) {
        let rule = &plan.column_at(at).rule;
        let Some(pairs) = &rule.pairs else {
            return;
        };
        let text = apply_steps(&rule.steps, content.text());
        for (name, value) in split_pairs(&text, pairs) {
            let value = match &pairs.cut_at {
                Some(end) => value.split(end.as_str()).next().unwrap_or_default().trim(),
                None => value,
            };
            let name = match &rule.to {
                Some(to) => Cow::Owned(to.replace('*', name)),
                None => Cow::Borrowed(name),
            };
            let column = named.resolve_name(plan, &name, "", notes.messages);
            let format = ListFormat { separator: pairs.list.as_deref(), escape: None };
            let value = CellContent::Text(value);
            self.read_listed_cell(column, (at, value, format), draft, notes);
        }
    }

    /// A column of names beside a column of values.
    pub(super) fn read_pair_columns(
        &mut self,
        (plan, named): (&ColumnPlan<'a>, &mut NamedColumns<'a>),
        row: &RowView<'_>,
        draft: &mut ProductDraft<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) {
        for pair in plan.pairs() {
            let name = row.cell_text(pair.key);
            let Some(content) = row.find_cell(pair.value).filter(|_| !name.is_empty()) else {
                continue;
            };
            let Some(split) = &pair.split else {
                let column = named.resolve_name(plan, &name, &pair.suffix, notes.messages);
                let format = ListFormat { separator: pair.list.as_deref(), escape: pair.escape };
                self.read_listed_cell(column, (pair.value, content, format), draft, notes);
                continue;
            };
            let text = content.text();
            let cut_at = pair.cut_at.as_deref();
            for (name, value) in name.split(split.as_str()).zip(text.split(split.as_str())) {
                let (name, value) =
                    (cut_text(name, cut_at), CellContent::Text(cut_text(value, cut_at)));
                let column = named.resolve_name(plan, name, &pair.suffix, notes.messages);
                self.read_named_cell(column, pair.value, value, draft, notes);
            }
        }
    }

    /// Reads the value under a name, and its parts where it is a list and the format says how they are
    /// separated.
    fn read_listed_cell(
        &mut self,
        column: &PlannedColumn<'_>,
        (at, content, format): (u16, CellContent<'_>, ListFormat<'_>),
        draft: &mut ProductDraft<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) {
        if format.separator.is_none() {
            return self.read_named_cell(column, at, content, draft, notes);
        }
        let text = content.text();
        if column.target.is_list() {
            let parts = split_list(&text, format, |_| false).into_iter();
            let parts: Vec<_> = parts.map(Cow::into_owned).collect();
            return self.read_named_cell(column, at, CellContent::List(&parts), draft, notes);
        }
        let text = unescape_separators(&text, format);
        self.read_named_cell(column, at, CellContent::Text(&text), draft, notes);
    }

    /// Reads the value under a name; what another cell of the row says goes before it.
    fn read_named_cell(
        &mut self,
        column: &PlannedColumn<'_>,
        at: u16,
        content: CellContent<'_>,
        draft: &mut ProductDraft<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) {
        if let ColumnTarget::Value(slot) = &column.target
            && !column.target.is_list()
            && draft.record.cells.iter().any(|cell| is_about(&cell.change, slot))
        {
            let message = words!("value-repeated", attribute = slot.code.as_str());
            notes.push_diagnostic(
                Diagnostic::new_warning("value-repeated", message)
                    .at_cell(&column.name, &content.text()),
            );
            return;
        }
        self.read_cell(column, at, content, draft, notes);
    }
}

/// A text up to what ends it.
fn cut_text<'t>(text: &'t str, end: Option<&str>) -> &'t str {
    end.and_then(|end| text.split(end).next()).unwrap_or(text).trim()
}

/// Whether a cell says something about this place.
pub(crate) fn is_about(change: &CellChange, slot: &AttributeTarget<'_>) -> bool {
    let (attribute, locale, channel) = match change {
        CellChange::Set(value) => (&value.attribute, &value.locale, &value.channel),
        CellChange::Clear { attribute, locale, channel, .. } => (attribute, locale, channel),
    };
    (attribute, locale, channel) == (&slot.code, &slot.locale, &slot.channel)
}

/// Names and values in a cell. A part without the inner separator belongs to the value before it.
pub(crate) fn split_pairs<'t>(text: &'t str, pairs: &PairFormat) -> Vec<(&'t str, &'t str)> {
    let mut found: Vec<(&str, usize, usize)> = Vec::new();
    let mut start = 0;
    for part in text.split(&pairs.between) {
        let end = start + part.len();
        match part.split_once(&pairs.within) {
            Some((name, value)) => found.push((name.trim(), end - value.len(), end)),
            None => {
                if let Some(last) = found.last_mut() {
                    last.2 = end;
                }
            }
        }
        start = end + pairs.between.len();
    }
    found.into_iter().map(|(name, from, to)| (name, text[from..to].trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_contain_what_stands_between_pairs() {
        let pairs = PairFormat {
            between: ",".to_owned(),
            within: "=".to_owned(),
            list: None,
            cut_at: None,
        };
        assert_eq!(
            split_pairs("size=32, material=Wool, washed,color=Black", &pairs),
            [("size", "32"), ("material", "Wool, washed"), ("color", "Black")]
        );
        assert_eq!(split_pairs("", &pairs), []);
        assert_eq!(split_pairs("stray,a=", &pairs), [("a", "")]);
    }
}
