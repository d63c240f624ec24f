//! Reviews inside the elements of a file of products.

use rikaste_model::code::Sku;
use rikaste_model::receipt::Messages;
use rikaste_model::record::{DropKind, Record, RecordBody};

use super::cells::CellReader;
use super::fields::Fields;
use super::header::Convention;
use super::mapping::ReviewPaths;
use super::notes::Notes;
use super::plan::Plan;
use super::reviews::review;
use super::row::{Cells, Leaf, Row};
use super::seen::Seen;
use super::tree::Tree;
use super::unreadable::Unreadable;
use super::value::Value;

/// Reads reviews inside elements.
pub(super) struct NestedReviews<'a> {
    pub(super) path: &'a str,
    source: &'a str,
    plan: Plan<'a>,
}

impl<'a> NestedReviews<'a> {
    pub(super) fn new(paths: &'a ReviewPaths, convention: Convention<'a>) -> Self {
        let convention = Convention { kind: DropKind::Reviews, ..convention };
        let mut plan = Plan::new(convention, None);
        for (path, field) in &paths.fields {
            plan.add_path(path, field);
        }
        Self { path: &paths.path, source: &paths.source, plan }
    }

    /// Makes records of a list of reviews. One that cannot be read loses only itself.
    pub(super) fn read(
        &mut self,
        list: &[Value<'_>],
        cells: &CellReader<'_>,
        sku: &Sku,
        seen: &mut Seen,
        records: &mut Vec<Record>,
        notes: &mut Notes<'_>,
    ) -> Result<(), Unreadable> {
        for element in list.iter().filter_map(Value::as_object) {
            let mut leaves = Vec::new();
            let mut failed = None;
            // What a review has beyond the fields of a review is nobody's concern.
            let mut unheard = Messages::default();
            let tree = Tree { with_names: false, claims: &|_, _| false };
            tree.take_apart(element, &mut |path, content| match self
                .plan
                .column_of_path(path, &mut unheard)
            {
                Ok(column) => leaves.push(Leaf { column, content }),
                Err(unreadable) => failed = Some(unreadable),
            });
            if let Some(unreadable) = failed {
                return Err(unreadable);
            }
            let row =
                Row { number: notes.row, cells: Cells::Leaves(&leaves), constants: &[], kin: None };
            let fields = Fields { plan: &self.plan, row: &row };
            match review(&fields, cells, Some(self.source), notes) {
                Err(refusal) => notes.push(*refusal),
                Ok(review) => {
                    let key = seen.key((&review.source, &review.id));
                    if seen.row_of(key).is_none() {
                        seen.insert(key, notes.row);
                        records.push(Record {
                            row: notes.row,
                            more: 0,
                            sku: sku.clone(),
                            body: RecordBody::Review(review),
                        });
                    }
                }
            }
        }
        Ok(())
    }
}
