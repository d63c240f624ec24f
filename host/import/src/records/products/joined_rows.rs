//! Rows that belong to others: a second row about a product, and one whose model comes later.

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{ImportRecord, RecordBody, RecordJoin};
use rikaste_model::words;
use smol_str::SmolStr;

use super::{ProductDraft, ProductReader};
use crate::records::parse::CellProblem;
use crate::records::row_diagnostics::RowDiagnostics;

/// A row whose model is named by a number that no row before it has.
#[derive(Debug)]
pub(super) struct LateParent {
    id: SmolStr,
    column: SmolStr,
    row: u32,
    sku: Option<Sku>,
}

impl LateParent {
    pub(super) fn new(id: &str, column: &SmolStr) -> Self {
        Self { id: SmolStr::new(id), column: column.clone(), row: 0, sku: None }
    }
}

impl ProductReader<'_> {
    /// What a row has to do with earlier rows about the product.
    pub(super) fn find_join(
        &mut self,
        sku: &Sku,
        draft: &ProductDraft<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) -> RecordJoin {
        if draft.is_own_parent {
            self.own_variants.insert(sku.clone());
        }
        let Some(first) = draft.scope.earlier_row else { return RecordJoin::Replaces };
        let join = match self.own_variants.contains(sku) {
            true if draft.is_own_parent => RecordJoin::Completes,
            true if draft.record.is_model => RecordJoin::Overrules,
            _ => RecordJoin::Adds { first },
        };
        let message = words!("row-joined", first = first.to_string());
        let note = Diagnostic::new_info("row-joined", message);
        notes.push_diagnostic(note);
        join
    }

    pub(super) fn note_late_parent(&mut self, row: u32, sku: &Sku, late: Option<LateParent>) {
        if let Some(late) = late {
            self.has_late_parent = true;
            self.late_parents.push(LateParent { row, sku: Some(sku.clone()), ..late });
        }
    }

    /// Whether the last row named such a model.
    pub(crate) fn take_late_parents(&mut self) -> bool {
        std::mem::take(&mut self.has_late_parent)
    }

    /// Finds the models that were named by numbers. One that no row of the file has is left out.
    pub(crate) fn resolve_late_parents(
        &mut self,
        records: &mut [ImportRecord],
        messages: &mut DiagnosticCollector,
    ) {
        for late in std::mem::take(&mut self.late_parents) {
            let parent =
                self.skus_by_id.get(&late.id).filter(|sku| Some(*sku) != late.sku.as_ref());
            let Some(parent) = parent else {
                let mut notes = RowDiagnostics::new(messages, late.row, late.sku);
                let message = words!("parent-number", id = late.id.as_str());
                let problem = CellProblem::new("parent-sku", message);
                notes.warn_left_out(&late.column, &late.id, &problem);
                continue;
            };
            let own = records.iter_mut().filter(|record| Some(&record.sku) == late.sku.as_ref());
            for record in own.filter(|record| record.row == late.row) {
                if let RecordBody::Product(product) = &mut record.body {
                    product.parent = Some(Some(parent.clone()));
                }
            }
        }
    }
}
