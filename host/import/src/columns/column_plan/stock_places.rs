//! Where stock goes that names no location.

use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::shop::StockLocation;
use rikaste_model::words;
use smol_str::SmolStr;

use super::{ColumnPlan, PlannedColumn};
use crate::columns::header::fold_name;
use crate::columns::target::{ColumnTarget, RecordField};

impl ColumnPlan<'_> {
    /// Says where stock goes whose column names no location, where the shop has several.
    pub(super) fn note_shop_location(
        &self,
        column: &PlannedColumn<'_>,
        messages: &mut DiagnosticCollector,
    ) {
        let shop = self.convention.shop;
        let ColumnTarget::Stock(code) = &column.target else { return };
        let Some(location) = shop.find_location(code.as_str()) else { return };
        let said = fold_name(column.rule.to.as_deref().unwrap_or(&column.name));
        let names = [location.code.as_str(), &location.label].map(fold_name);
        if !names.iter().any(|name| said.contains(name.as_str())) {
            self.note_location(&column.name, location, messages);
        }
    }

    /// Says that the pieces of a column went where `shop.toml` has them go, where there are several places.
    fn note_location(
        &self,
        column: &SmolStr,
        location: &StockLocation,
        messages: &mut DiagnosticCollector,
    ) {
        if self.convention.shop.locations.len() > 1 {
            let message = words!("stock-location", location = location.label.as_str());
            let mut note = Diagnostic::new_info("stock-location", message);
            note.place.column = Some(column.clone());
            messages.push_diagnostic(note);
        }
    }

    /// Says the same of a column of a file of stock whose rows named no location.
    pub(crate) fn note_unplaced_stock(&self, column: u16, messages: &mut DiagnosticCollector) {
        let shop = self.convention.shop;
        let code = shop.default_location();
        if let Some(location) = code.and_then(|code| shop.find_location(code.as_str())) {
            self.note_location(&self.column_at(column).name, location, messages);
        }
    }

    /// The column of pieces of a file of stock that names no location, in rows or in headers.
    pub(crate) fn unplaced_quantity(&self) -> Option<u16> {
        let is_placed = self.column_of_field(RecordField::Location).is_some()
            || self.columns.iter().any(|column| matches!(column.target, ColumnTarget::Stock(_)));
        self.column_of_field(RecordField::Quantity).filter(|_| !is_placed)
    }
}
