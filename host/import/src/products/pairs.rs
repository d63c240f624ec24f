//! Names and values side by side: in a cell, or in two columns.

use std::borrow::Cow;

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::record::Saying;
use rikaste_model::words;

use super::{Draft, ProductReader};
use crate::mapping::PairCells;
use crate::notes::Notes;
use crate::plan::Plan;
use crate::row::{Content, Row};
use crate::target::{Slot, Target};

impl<'a> ProductReader<'a> {
    /// `size=32,color=Black`
    pub(super) fn pairs_in_cell(
        &mut self,
        plan: &mut Plan<'a>,
        at: u16,
        content: Content<'_>,
        draft: &mut Draft,
        notes: &mut Notes<'_>,
    ) {
        let Some(pairs) = plan.column(at).rule.pairs.clone() else {
            return;
        };
        let text = content.text();
        let to = plan.column(at).rule.to.clone();
        for (name, value) in split_pairs(&text, &pairs) {
            let value = match &pairs.until {
                Some(until) => value.split(until.as_str()).next().unwrap_or_default().trim(),
                None => value,
            };
            let named = to.as_ref().map_or(Cow::Borrowed(name), |to| to.replace('*', name).into());
            self.named(plan, &named, "", at, Content::Text(value), draft, notes);
        }
    }

    /// A column of names beside a column of values.
    pub(super) fn pairs_of_columns(
        &mut self,
        plan: &mut Plan<'a>,
        row: &Row<'_>,
        draft: &mut Draft,
        notes: &mut Notes<'_>,
    ) {
        for at in 0..plan.pairs.len() {
            let pair = plan.pairs[at].clone();
            let name = row.text(pair.key);
            let Some(content) = row.get(pair.value).filter(|_| !name.is_empty()) else { continue };
            let Some(split) = &pair.split else {
                self.named(plan, &name, &pair.suffix, pair.value, content, draft, notes);
                continue;
            };
            let text = content.text();
            let until = pair.until.as_deref();
            for (name, value) in name.split(split.as_str()).zip(text.split(split.as_str())) {
                let (name, value) = (before(name, until), Content::Text(before(value, until)));
                self.named(plan, name, &pair.suffix, pair.value, value, draft, notes);
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a cell that is named in its row has both a name and a place"
    )]
    fn named(
        &mut self,
        plan: &mut Plan<'a>,
        name: &str,
        suffix: &str,
        at: u16,
        content: Content<'_>,
        draft: &mut Draft,
        notes: &mut Notes<'_>,
    ) {
        let named = plan.named(name, suffix, notes.messages);
        let column = plan.named_column(named);
        if let Target::Value(slot) = &column.target
            && !column.target.is_list()
            && draft.record.cells.iter().any(|cell| is_about(&cell.saying, slot))
        {
            let message = words!("value-repeated", attribute = slot.code.as_str());
            notes.push(
                Diagnostic::warning("value-repeated", message)
                    .at_cell(&column.name, &content.text()),
            );
            return;
        }
        self.cell(column, at, content, draft, notes);
    }
}

/// A text up to what ends it.
fn before<'t>(text: &'t str, until: Option<&str>) -> &'t str {
    until.and_then(|until| text.split(until).next()).unwrap_or(text).trim()
}

/// Whether a cell says something about this place.
pub(super) fn is_about(saying: &Saying, slot: &Slot<'_>) -> bool {
    let (attribute, locale, channel) = match saying {
        Saying::Set(value) => (&value.attribute, &value.locale, &value.channel),
        Saying::Clear { attribute, locale, channel, .. } => (attribute, locale, channel),
    };
    (attribute, locale, channel) == (&slot.code, &slot.locale, &slot.channel)
}

/// Names and values in a cell. A part without the inner separator belongs to the value before it.
pub(super) fn split_pairs<'t>(text: &'t str, pairs: &PairCells) -> Vec<(&'t str, &'t str)> {
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
        let pairs = PairCells { between: ",".to_owned(), within: "=".to_owned(), until: None };
        assert_eq!(
            split_pairs("size=32, material=Wool, washed,color=Black", &pairs),
            [("size", "32"), ("material", "Wool, washed"), ("color", "Black")]
        );
        assert_eq!(split_pairs("", &pairs), []);
        assert_eq!(split_pairs("stray,a=", &pairs), [("a", "")]);
    }
}
