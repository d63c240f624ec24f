//! What names of columns say, and why some say nothing.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::Messages;
use rikaste_model::record::DropKind;
use rikaste_model::words;
use smol_str::SmolStr;

use super::{Column, Plan};
use crate::header::Meaningless;
use crate::learn::{Learner, Proposal};
use crate::mapping::{Rule, Unknown, target_of};
use crate::rejects::COLUMNS;
use crate::target::Target;

impl<'a> Plan<'a> {
    /// The columns that the shop has no attribute for.
    pub(crate) fn unheard(&self) -> impl Iterator<Item = u16> {
        let products = self.convention.kind == DropKind::Products;
        self.unknown
            .iter()
            .filter(move |(_, reason)| products && reason.is_unheard())
            .map(|(column, _)| *column)
    }

    /// Why nothing is read from a column.
    pub(crate) fn reason(&self, column: u16) -> Option<String> {
        self.unknown.get(&column).map(ToString::to_string)
    }

    /// Whether this is one of them.
    pub(crate) fn is_unheard(&self, column: u16) -> bool {
        self.unknown.get(&column).is_some_and(Meaningless::is_unheard)
    }

    /// Says why nothing was read from columns, and what they seem to hold.
    pub(crate) fn warn_unknown(&self, learner: &Learner, messages: &mut Messages) {
        for (column, reason) in &self.unknown {
            let reason_words = reason.words();
            let is_typo = matches!(reason, Meaningless::Unknown { near: Some(_), .. });
            let proposal = learner.proposal(self, *column).filter(|_| !is_typo);
            let message = match proposal {
                None => words!("column-unknown", reason = reason_words),
                Some(Proposal { code, data_type, filled, rows, examples, .. }) => words!(
                    "column-proposed",
                    reason = reason_words,
                    filled = filled,
                    rows = rows,
                    example = examples.first().map_or("", String::as_str),
                    type = data_type.to_string(),
                    code = code
                ),
            };
            let mut diagnostic = Diagnostic::warning("column-unknown", message);
            diagnostic.place.column = Some(self.names[usize::from(*column)].clone());
            messages.push(diagnostic);
        }
    }

    /// What a name says: by the mapping, else by the convention; and why it says nothing. The
    /// suffix narrows it.
    pub(super) fn meaning(&self, name: &str, suffix: &str) -> (Column<'a>, Option<Meaningless>) {
        let full = match suffix {
            "" => name.to_owned(),
            suffix => format!("{name}-{suffix}"),
        };
        if COLUMNS.contains(&name) {
            let name = SmolStr::new(name);
            return (Column { name, target: Target::Ignored, rule: Rule::default() }, None);
        }
        let (target, rule) = match self.by_mapping(name, suffix) {
            Some((Ok(target), rule)) => (Ok(target), rule),
            Some((Err(reason), rule)) => (Err(reason), rule),
            None => match self.synonyms.get(&full) {
                Some(Ok(place)) => (self.convention.target(place), Rule::default()),
                Some(Err(reason)) => (Err(reason.clone()), Rule::default()),
                None => (self.convention.target(&full), Rule::default()),
            },
        };
        let (target, reason) = match target {
            Ok(target) => (target, None),
            Err(_) if self.is_unit(name) => (Target::Ignored, None),
            Err(reason) => (Target::Unknown, Some(reason)),
        };
        (Column { name: SmolStr::new(name), target, rule }, reason)
    }

    fn by_mapping(
        &self,
        name: &str,
        suffix: &str,
    ) -> Option<(Result<Target<'a>, Meaningless>, Rule)> {
        let mapping = self.mapping?;
        if suffix.is_empty() {
            if mapping.sku.iter().any(|sku| sku == name) {
                return Some((Ok(Target::Sku), Rule::default()));
            }
            if mapping.parent.as_deref() == Some(name) {
                return Some((Ok(Target::Parent), Rule::default()));
            }
        }
        if let Some((rule, star)) = mapping.rule(name) {
            if rule.pairs.is_some() {
                return Some((Ok(Target::Ignored), rule.clone()));
            }
            let to = rule.to.as_deref().unwrap_or(name).replace('*', star);
            let to = if suffix.is_empty() { to.to_owned() } else { format!("{to}-{suffix}") };
            return Some((target_of(&self.convention, &to), rule.clone()));
        }
        let read_otherwise = mapping.reads(name);
        match self.convention.target(name) {
            // A mapping that says where the SKU is leaves no other place for it.
            Ok(Target::Sku) if !mapping.sku.is_empty() => {
                Some((Ok(Target::Ignored), Rule::default()))
            }
            Err(_) if suffix.is_empty() && read_otherwise => {
                Some((Ok(Target::Ignored), Rule::default()))
            }
            _ => None,
        }
    }

    /// Whether it is to be said that a column of this name says nothing.
    pub(super) fn says_unknown(&self, name: &str) -> bool {
        !name.is_empty() && self.mapping.is_none_or(|mapping| mapping.unknown == Unknown::Warn)
    }

    /// Says at once why nothing was read under a name in a cell.
    pub(super) fn warn_unknown_name(
        &self,
        name: &str,
        reason: &Meaningless,
        messages: &mut Messages,
    ) {
        if !self.says_unknown(name) {
            return;
        }
        let message = words!("column-unknown", reason = reason.words());
        let mut diagnostic = Diagnostic::warning("column-unknown", message);
        diagnostic.place.column = Some(SmolStr::new(name));
        messages.push(diagnostic);
    }

    /// Whether a column is the unit of the one that is called the same without the ending.
    fn is_unit(&self, name: &str) -> bool {
        let measured = |name| match self.by_mapping(name, "") {
            Some((target, _)) => target,
            None => self.convention.target(name),
        };
        unit_of(name).is_some_and(|name| measured(name).is_ok_and(|target| target.is_measurement()))
    }
}

/// The name of the column that a column of units goes with.
pub(super) fn unit_of(header: &str) -> Option<&str> {
    ["-unit", "_unit", " unit", ".unit"].iter().find_map(|end| header.strip_suffix(end))
}
