//! Columns that names in cells stand for: `size` in `size=32,color=Black`.

use std::collections::HashMap;

use rikaste_model::receipt::DiagnosticCollector;
use rikaste_tables::COLUMN_LIMIT;

use crate::columns::{ColumnPlan, PlannedColumn};

/// The columns that names in the cells of one file stand for.
#[derive(Default)]
pub(super) struct NamedColumns<'a> {
    columns: Vec<PlannedColumn<'a>>,
    index: HashMap<String, usize>,
}

impl<'a> NamedColumns<'a> {
    /// The column that a name stands for, narrowed by a suffix. A new name that means nothing is
    /// reported.
    pub(super) fn resolve_name(
        &mut self,
        plan: &ColumnPlan<'a>,
        name: &str,
        suffix: &str,
        messages: &mut DiagnosticCollector,
    ) -> &PlannedColumn<'a> {
        let key = format!("{name}\0{suffix}");
        let at = match self.index.get(&key) {
            Some(at) => *at,
            None if self.columns.len() >= COLUMN_LIMIT => {
                self.columns[COLUMN_LIMIT - 1] = PlannedColumn::unknown(name);
                COLUMN_LIMIT - 1
            }
            None => {
                let (column, problem) = plan.resolve_column(name, suffix);
                if let Some(problem) = problem {
                    plan.warn_unknown_name(name, &problem, messages);
                }
                self.columns.push(column);
                self.index.insert(key, self.columns.len() - 1);
                self.columns.len() - 1
            }
        };
        &self.columns[at]
    }
}
