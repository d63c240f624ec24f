//! What a file of edits that has a column for each attribute set, for its receipt.

use std::collections::BTreeMap;

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{CellChange, ImportRecord, RecordBody};
use rikaste_model::words;

/// How many products each attribute was set of, by its code, locale and channel.
#[derive(Default)]
pub(super) struct EditTally(BTreeMap<String, u64>);

impl EditTally {
    /// Counts the edit of a record that is taken.
    pub(super) fn record_row(&mut self, record: &ImportRecord) {
        let RecordBody::Edit(edit) = &record.body else { return };
        let CellChange::Set(value) = &edit.change else { return };
        let mut place = value.attribute.to_string();
        value.locale.iter().for_each(|locale| place.push_str(&format!(" {locale}")));
        value.channel.iter().for_each(|channel| place.push_str(&format!(" {channel}")));
        *self.0.entry(place).or_default() += 1;
    }

    /// Says it, in one line.
    pub(super) fn push_diagnostics(self, messages: &mut DiagnosticCollector) {
        if self.0.is_empty() {
            return;
        }
        let edits = self.0.iter().map(|(place, count)| format!("{place} {count}"));
        let message = words!("edits-set", edits = edits.collect::<Vec<_>>().join(", "));
        messages.push_diagnostic(Diagnostic::new_info("edits-set", message));
    }
}
