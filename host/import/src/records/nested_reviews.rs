//! Reviews inside the elements of a file of products.

use rikaste_model::code::Sku;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{DropKind, ImportRecord, RecordBody};
use rikaste_tables::{DocumentValue, ElementFlattener, LeafCell, ReadError};

use super::cells::CellReader;
use super::fields::RowFields;
use super::reviews::{RatingScale, read_review};
use super::row::{RowCells, RowView};
use super::row_diagnostics::RowDiagnostics;
use super::seen_keys::SeenKeys;
use crate::columns::{ColumnPlan, HeaderConvention, PathUse, ReviewPaths};
use crate::file_error::FileError;

/// Reads reviews inside elements.
pub(super) struct NestedReviews<'a> {
    path: &'a str,
    source: &'a str,
    plan: ColumnPlan<'a>,
    scale: RatingScale,
}

impl<'a> NestedReviews<'a> {
    pub(super) fn new(paths: &'a ReviewPaths, convention: HeaderConvention<'a>) -> Self {
        let convention = HeaderConvention { kind: DropKind::Reviews, ..convention };
        let plan = ColumnPlan::from_paths(convention, &paths.fields);
        let scale = RatingScale::stated(paths.scale);
        Self { path: &paths.path, source: &paths.source, plan, scale }
    }

    /// The path of the list of reviews.
    pub(super) fn path(&self) -> &'a str {
        self.path
    }

    /// Whether its ratings are on the scale that they are read by.
    pub(super) fn check_scale(&self) -> Result<(), FileError> {
        self.scale.check()
    }

    /// Makes records of a list of reviews. One that cannot be read loses only itself.
    pub(super) fn read_reviews(
        &mut self,
        list: &[DocumentValue<'_>],
        cells: &CellReader<'_>,
        sku: &Sku,
        seen: &mut SeenKeys,
        records: &mut Vec<ImportRecord>,
        notes: &mut RowDiagnostics<'_>,
    ) -> Result<(), ReadError> {
        for element in list.iter().filter_map(DocumentValue::as_object) {
            let mut leaves = Vec::new();
            let mut failed = None;
            // What a review has beyond the fields of a review is not reported.
            let mut unreported = DiagnosticCollector::default();
            let tree = ElementFlattener { with_names: false, claims: &|_, _| false };
            tree.flatten_element(element, &mut |path, content| match self.plan.column_of_path(
                path,
                PathUse::Read,
                &mut unreported,
            ) {
                Ok(column) => leaves.push(LeafCell { column, content }),
                Err(unreadable) => failed = Some(unreadable),
            });
            if let Some(unreadable) = failed {
                return Err(unreadable);
            }
            let row = RowView {
                number: notes.row,
                cells: RowCells::Leaves(&leaves),
                constants: &[],
                group: None,
            };
            let fields = RowFields { plan: &self.plan, row: &row };
            match read_review(&fields, cells, Some(self.source), &mut self.scale, notes) {
                Err(refusal) => notes.push_diagnostic(*refusal),
                Ok(review) => {
                    let key = seen.hash_key((&review.source, &review.id));
                    if seen.find_row(key).is_none() {
                        seen.insert_key(key, notes.row);
                        records.push(ImportRecord {
                            row: notes.row,
                            extra_rows: 0,
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
