//! Cells that say whether and when a product is offered: several in a row say one thing together.

use rikaste_model::code::{AttributeCode, Sku};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::publication::PublicationState;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{CellChange, CellRecord};
use rikaste_model::shop::Shop;
use rikaste_model::value::AttributeValue;
use rikaste_model::well_known;
use rikaste_model::words;
use rikaste_model::words::TextArgument;

use super::{ProductDraft, ProductReader, name_value_pairs};
use crate::columns::{AttributeTarget, PlannedColumn, StatusBound};
use crate::records::cells::status::state_data;
use crate::records::row::CellContent;
use crate::records::row_diagnostics::RowDiagnostics;

/// Products that a message names.
const NAMED_PRODUCTS: usize = 5;

/// Adds what a column says of the state to what others of the row say: the most restrictive counts,
/// and an empty cell counts where no other says anything.
pub(super) fn add_state(
    cells: &mut Vec<CellRecord>,
    shop: &Shop,
    slot: &AttributeTarget<'_>,
    at: u16,
    change: CellChange,
) {
    let state = |change: &CellChange| match change {
        CellChange::Set(value) => Some(PublicationState::of_data(&value.data, shop)),
        CellChange::Clear { .. } => None,
    };
    let before = cells.iter_mut().find(|cell| {
        name_value_pairs::is_about(&cell.change, slot) && cell.change.window().is_always()
    });
    match before {
        Some(before) if state(&before.change) >= state(&change) => {}
        Some(before) => *before = CellRecord { column: at, change },
        None => cells.push(CellRecord { column: at, change }),
    }
}

impl ProductReader<'_> {
    /// Counts the product of a row that keeps it from being offered.
    pub(super) fn count_not_offered(&mut self, sku: &Sku, cells: &[CellRecord]) {
        let is_off = |cell: &CellRecord| match &cell.change {
            CellChange::Set(value) => {
                value.attribute.as_str() == well_known::STATUS
                    && value.window.is_always()
                    && PublicationState::of_data(&value.data, self.cells.convention().shop)
                        != PublicationState::Active
            }
            CellChange::Clear { .. } => false,
        };
        if cells.iter().any(is_off) {
            self.not_offered += 1;
            if self.first_not_offered.len() < NAMED_PRODUCTS {
                self.first_not_offered.push(sku.clone());
            }
        }
    }

    /// Says how many products of the file are not offered.
    pub(in crate::records) fn report_not_offered(&self, messages: &mut DiagnosticCollector) {
        if self.not_offered > 0 {
            let names = self.first_not_offered.iter().map(Sku::as_str);
            let message = words!(
                "products-not-offered",
                count = self.not_offered,
                names = TextArgument::from_names(names)
            );
            messages.push_diagnostic(Diagnostic::new_info("not-offered", message));
        }
    }

    /// A day from which or until which the product is offered.
    pub(super) fn read_status_bound(
        &self,
        bound: StatusBound,
        column: &PlannedColumn<'_>,
        at: u16,
        content: CellContent<'_>,
        draft: &mut ProductDraft<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) {
        let (window, state) = match self.cells.read_status_bound(bound, column, content) {
            Ok(read) => read,
            Err(problem) => {
                return notes.warn_left_out(&column.name, &content.text(), &problem);
            }
        };
        draft.has_state = true;
        let attribute = AttributeCode::new(well_known::STATUS).expect("a valid code");
        let change = match state {
            Some(state) => CellChange::Set(AttributeValue {
                window,
                ..AttributeValue::new(attribute, state_data(state))
            }),
            None => CellChange::Clear { attribute, locale: None, channel: None, window },
        };
        draft.record.cells.push(CellRecord { column: at, change });
    }
}
