//! Columns in other words than the convention's: by labels and synonyms.

use std::collections::BTreeMap;

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::words;
use smol_str::SmolStr;

use super::{ColumnPlan, PlannedColumn, is_same_place};
use crate::columns::column_synonyms::{ColumnSynonyms, target_subject};
use crate::columns::mapping::Mapping;
use crate::columns::target::ColumnTarget;

impl ColumnPlan<'_> {
    /// Finds what headers mean in other words than the convention's.
    pub(super) fn find_synonyms(
        &mut self,
        headers: &[SmolStr],
        messages: &mut DiagnosticCollector,
    ) {
        let mapped = self.mapped_places(headers);
        self.synonyms = ColumnSynonyms::resolve_headers(&self.words, &mapped, headers);
        self.claims = self.claimed_targets(headers);
        self.report_synonyms(headers, messages);
    }

    /// Finds what a member of a document means that the records before did not have.
    pub(super) fn find_late_synonym(&mut self, name: &SmolStr, messages: &mut DiagnosticCollector) {
        let is_mapped = |mapping: &Mapping| mapping.is_of_preset || mapping.has_column(name);
        if self.mapping.is_some_and(is_mapped) {
            return;
        }
        let (columns, kind) = (&self.columns, self.convention.kind);
        let taken = |target: &ColumnTarget<'_>| {
            let subject = target_subject(target, kind);
            let says = |column: &&PlannedColumn<'_>| {
                is_same_place(&column.target, target)
                    || target_subject(&column.target, kind) == subject
                        && !matches!(column.target, ColumnTarget::Unknown)
            };
            columns.iter().find(says).map(|column| column.name.clone())
        };
        if self.synonyms.add_late_header(&self.words, name, taken).is_some() {
            self.report_synonyms(std::slice::from_ref(name), messages);
        }
    }

    /// Says which columns are read by what they are called elsewhere.
    pub(super) fn report_synonyms(&self, headers: &[SmolStr], messages: &mut DiagnosticCollector) {
        let read: BTreeMap<_, _> = self.synonyms.resolved_columns().collect();
        let read = headers.iter().filter_map(|header| Some((header, read.get(header)?)));
        let read: Vec<_> = read.map(|(header, place)| format!("{header} = {place}")).collect();
        if !read.is_empty() {
            let message = words!("columns-by-synonym", columns = read.join(", "));
            messages.push_diagnostic(Diagnostic::new_info("column-synonym", message));
        }
    }
}
