//! What names of columns say, and why some say nothing.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::DropKind;
use rikaste_model::words;
use smol_str::SmolStr;

use super::{ColumnPlan, PlannedColumn, is_same_place};
use crate::columns::column_synonyms::MappedPlaces;
use crate::columns::header::HeaderProblem;
use crate::columns::header_unit::header_unit;
use crate::columns::mapping::{ColumnRule, Glob, UnknownColumnPolicy};
use crate::columns::reject_columns::REJECT_COLUMNS;
use crate::columns::target::ColumnTarget;

impl<'a> ColumnPlan<'a> {
    /// The columns that the shop has no attribute for.
    pub(crate) fn unknown_attribute_columns(&self) -> impl Iterator<Item = u16> {
        let products = self.convention.kind == DropKind::Products;
        self.unknown_columns
            .iter()
            .filter(move |(_, reason)| products && reason.is_unknown_attribute())
            .map(|(column, _)| *column)
    }

    /// Why nothing is read from a column.
    pub(crate) fn unknown_reason(&self, column: u16) -> Option<String> {
        self.unknown_columns.get(&column).map(ToString::to_string)
    }

    /// Whether this is one of them.
    pub(crate) fn is_unknown_attribute(&self, column: u16) -> bool {
        self.unknown_columns.get(&column).is_some_and(HeaderProblem::is_unknown_attribute)
    }

    /// The columns that nothing is read from, and why, where that should be reported.
    pub(crate) fn unknown_columns(&self) -> impl Iterator<Item = (u16, &HeaderProblem)> {
        self.unknown_columns.iter().map(|(column, problem)| (*column, problem))
    }

    /// What a name says: by the mapping, else by the convention; and why it says nothing. The
    /// suffix narrows it.
    pub(crate) fn resolve_column(
        &self,
        name: &str,
        suffix: &str,
    ) -> (PlannedColumn<'a>, Option<HeaderProblem>) {
        let full = match suffix {
            "" => name.to_owned(),
            suffix => format!("{name}-{suffix}"),
        };
        if REJECT_COLUMNS.contains(&name) {
            return (PlannedColumn::ignored(name), None);
        }
        let (target, rule) = match self.resolve_by_mapping(name, suffix) {
            Some((Ok(target), rule)) => (Ok(target), rule),
            Some((Err(reason), rule)) => (Err(reason), rule),
            None => {
                let field = self.find_edit_field(&full).filter(|_| self.is_wide_edits());
                let target = match (field, self.synonyms.find_meaning(&self.words, &full)) {
                    (Some(field), _) => Ok(ColumnTarget::Field(field)),
                    (None, Some(Ok(place))) => self.words.resolve_header(&place),
                    (None, Some(Err(reason))) => Err(reason),
                    (None, None) => self.words.resolve_header(&full),
                };
                (target, ColumnRule::default())
            }
        };
        let target = target.and_then(|target| self.restrict_to_edits(target));
        let rule = match &target {
            Ok(target) if rule.unit.is_none() => {
                ColumnRule { unit: header_unit(target, name), ..rule }
            }
            _ => rule,
        };
        let (target, reason) = match target {
            Ok(target) => (target, None),
            Err(_) if self.is_unit_name(name) => (ColumnTarget::Ignored, None),
            Err(reason) => (ColumnTarget::Unknown, Some(reason.of_column(name))),
        };
        (PlannedColumn { name: SmolStr::new(name), target, rule }, reason)
    }

    /// What the mapping reads of these headers, whatever their words mean.
    pub(super) fn mapped_places(&self, headers: &[SmolStr]) -> MappedPlaces<'a> {
        let fields = headers
            .iter()
            .filter(|header| self.is_wide_edits() && self.find_edit_field(header).is_some());
        let fields = fields.map(|header| (header.clone(), None));
        let Some(mapping) = self.mapping else {
            return MappedPlaces { headers: fields.collect(), ..MappedPlaces::default() };
        };
        let of_header = |header: &SmolStr| {
            let (target, _) = self.resolve_by_mapping(header, "")?;
            let target = target.ok().filter(|target| !matches!(target, ColumnTarget::Ignored));
            Some((header.clone(), target))
        };
        let from = SmolStr::new(&mapping.name);
        let constants = mapping.constants.iter().map(|(target, _)| target.clone());
        // Where it takes them from, no other column is.
        let sku = mapping.sku.first().map(|_| "sku".to_owned());
        let parent = mapping.parent.as_ref().map(|_| "parent".to_owned());
        MappedPlaces {
            headers: fields.chain(headers.iter().filter_map(of_header)).collect(),
            elsewhere: constants.chain(sku).chain(parent).map(|it| (it, from.clone())).collect(),
            is_of_preset: mapping.is_of_preset,
        }
    }

    /// What the shop's own mapping reads of these headers, each for itself alone.
    pub(super) fn claimed_targets(&self, headers: &[SmolStr]) -> Vec<(SmolStr, ColumnTarget<'a>)> {
        let Some(mapping) = self.mapping else { return Vec::new() };
        let own = headers.iter().filter(|header| mapping.is_own_column(header));
        let claims = own.map(|header| self.resolve_column(header, "").0).filter(|column| {
            // Of several states the most restrictive counts, and a price may hold for a time.
            !column.target.is_status() && column.rule.window.is_none()
        });
        claims.map(|column| (column.name, column.target)).collect()
    }

    /// Why a column is not read that the mapping reads from another one.
    pub(super) fn find_claim(
        &self,
        header: &str,
        target: &ColumnTarget<'a>,
    ) -> Option<HeaderProblem> {
        let mapping = self.mapping.filter(|mapping| !mapping.is_own_column(header))?;
        let (by, _) = self.claims.iter().find(|(_, claimed)| is_same_place(claimed, target))?;
        Some(HeaderProblem::Overruled {
            mapping: mapping.name.clone(),
            place: target.mapping_name(self.convention.kind).unwrap_or_default(),
            by: by.to_string(),
        })
    }

    pub(super) fn resolve_by_mapping(
        &self,
        name: &str,
        suffix: &str,
    ) -> Option<(Result<ColumnTarget<'a>, HeaderProblem>, ColumnRule)> {
        let mapping = self.mapping?;
        if suffix.is_empty() {
            if mapping.is_sku_column(name) {
                return Some((Ok(ColumnTarget::Sku), ColumnRule::default()));
            }
            if mapping.is_parent_column(name) {
                return Some((Ok(ColumnTarget::Parent), ColumnRule::default()));
            }
        }
        if let Some((rule, star)) = mapping.find_rule(name) {
            if rule.pairs.is_some() {
                return Some((Ok(ColumnTarget::Ignored), rule.clone()));
            }
            let to = rule.to.as_deref().unwrap_or(name).replace('*', star);
            let to = if suffix.is_empty() { to.to_owned() } else { format!("{to}-{suffix}") };
            return Some((self.resolve_mapped(&to), rule.clone()));
        }
        let read_otherwise = mapping.is_auxiliary_column(name);
        match self.words.resolve_header(name) {
            // A mapping that says where the SKU is leaves no other place for it.
            Ok(ColumnTarget::Sku) if !mapping.sku.is_empty() => {
                Some((Ok(ColumnTarget::Ignored), ColumnRule::default()))
            }
            Err(_) if suffix.is_empty() && read_otherwise => {
                Some((Ok(ColumnTarget::Ignored), ColumnRule::default()))
            }
            _ => None,
        }
    }

    /// Whether it is to be reported that nothing is read from a column of this name.
    pub(crate) fn is_unknown_reported(&self, name: &str) -> bool {
        !name.is_empty()
            && self.mapping.is_none_or(|mapping| mapping.unknown == UnknownColumnPolicy::Warn)
    }

    /// Says at once why nothing was read under a name in a cell.
    pub(crate) fn warn_unknown_name(
        &self,
        name: &str,
        reason: &HeaderProblem,
        messages: &mut DiagnosticCollector,
    ) {
        if !self.is_unknown_reported(name) {
            return;
        }
        let message = words!("column-unknown", reason = reason.to_localized_text());
        let mut diagnostic = Diagnostic::new_warning("column-unknown", message);
        diagnostic.place.column = Some(SmolStr::new(name));
        messages.push_diagnostic(diagnostic);
    }

    /// Whether a column is the unit of the one that is called the same without the ending.
    fn is_unit_name(&self, name: &str) -> bool {
        let measured = |name| match self.resolve_by_mapping(name, "") {
            Some((target, _)) => target,
            None => self.words.resolve_header(name),
        };
        strip_unit_suffix(name)
            .is_some_and(|name| measured(name).is_ok_and(|target| target.is_measurement()))
    }
}

/// The name of the column that a column of units goes with.
pub(crate) fn strip_unit_suffix(header: &str) -> Option<&str> {
    ["*-unit", "*_unit", "* unit", "*.unit"]
        .iter()
        .find_map(|pattern| Glob::new(pattern).capture_star(header))
}
