//! Columns for prices that a file states in rows of their own.

use smol_str::SmolStr;

use super::{ColumnPlan, PlannedColumn, column_number};
use crate::columns::mapping::{SpreadRule, is_same_name};
use crate::columns::row_group_plan::SpreadPlan;
use crate::columns::target::ColumnTarget;

impl ColumnPlan<'_> {
    /// Adds a column for each price that rows state one by one; none where a column is missing.
    pub(super) fn add_spread_columns(
        &mut self,
        rule: &SpreadRule,
        headers: &[SmolStr],
    ) -> Option<SpreadPlan> {
        let find = |name: &str| headers.iter().position(|header| is_same_name(name, header));
        let (kind, value) = (find(&rule.column)?, find(&rule.value)?);
        let of_value = self.columns[value].rule.clone();
        let mut columns: Vec<(String, u16)> = Vec::new();
        let mut known: Vec<(&str, u16)> = Vec::new();
        // What has no word is of the same column as what has one.
        let (named, unnamed): (Vec<_>, Vec<_>) =
            rule.to.iter().partition(|(text, _)| !text.is_empty());
        for (text, to) in named.into_iter().chain(unnamed) {
            if let Some((_, at)) = known.iter().find(|(other, _)| *other == to.as_str()) {
                columns.push((text.clone(), *at));
                continue;
            }
            let target = self.resolve_mapped(to).ok()?;
            let at = column_number(self.columns.len());
            known.push((to.as_str(), at));
            columns.push((text.clone(), at));
            let name = SmolStr::new(format!("{} ({text})", headers[value]));
            self.push_column(PlannedColumn { name, target, rule: of_value.clone() });
        }
        // What is read is in the columns that were added.
        let (kind_column, value_column) = (column_number(kind), column_number(value));
        self.columns[value].target = ColumnTarget::Ignored;
        Some(SpreadPlan { kind_column, value_column, columns })
    }
}
