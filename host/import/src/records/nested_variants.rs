//! Elements with lists inside, and the variants in them.
//!
//! An element of a tree is a row of its own, and so is each variant inside it. Both are read in
//! the same way, by a [`ColumnPlan`] of their own.

use rikaste_model::code::Sku;
use rikaste_model::receipt::{ColumnQuestion, DiagnosticCollector};
use rikaste_model::record::{DropKind, ImportRecord, RecordBody};
use rikaste_tables::{DocumentObject, DocumentValue, ReadError};

use super::column_profiler::AttributeProposal;
use super::list_paths::ListPaths;
use super::record_builder::RecordOutput;
use super::row::{RowCells, RowView};
use super::row_reader::{PlanReading, RowContext, RowReader};
use crate::columns::{ColumnPlan, ColumnTarget, HeaderConvention, Mapping, PathUse, VariantPaths};

/// Where variants are by convention.
const VARIANT_PATHS: [&str; 3] = ["masterVariant", "variants", "hasVariant"];

/// Reads variants inside elements.
pub(super) struct NestedVariants<'a> {
    /// Where they are by a mapping; by convention only those count that have an SKU.
    mapped: Option<&'a VariantPaths>,
    reading: PlanReading<'a>,
    paths: ListPaths<'a>,
    /// The columns of the file by the columns of variants.
    file_columns: Vec<u16>,
}

impl<'a> NestedVariants<'a> {
    pub(super) fn new(
        convention: HeaderConvention<'a>,
        mapping: Option<&'a Mapping>,
    ) -> Option<Self> {
        if convention.kind != DropKind::Products {
            return None;
        }
        let mapped = mapping.and_then(|mapping| mapping.variants.as_ref());
        if mapping.is_some() && mapped.is_none() {
            return None;
        }
        let rows = mapped.map(|variants| &*variants.rows);
        Some(Self {
            mapped,
            reading: PlanReading::new(ColumnPlan::for_nested(convention, rows)),
            paths: ListPaths::from_mapping(rows),
            file_columns: Vec::new(),
        })
    }

    /// Whether variants are at this path.
    pub(super) fn has_variants_at(&self, path: &str, value: &DocumentValue<'_>) -> bool {
        if let Some(mapped) = self.mapped {
            return mapped.paths.iter().any(|known| known == path);
        }
        let has_sku = |value: &DocumentValue<'_>| {
            let keys = value.as_object().map(DocumentObject::keys);
            keys.is_some_and(|mut keys| keys.any(|key| self.is_sku_name(key)))
        };
        VARIANT_PATHS.contains(&path)
            && match value {
                DocumentValue::Array(list) => list.iter().any(has_sku),
                one => has_sku(one),
            }
    }

    fn is_sku_name(&self, name: &str) -> bool {
        matches!(self.reading.plan.convention().resolve_header(name), Ok(ColumnTarget::Sku))
    }

    /// Makes records of variants. One that cannot be read loses only itself. `outer` is the plan of the
    /// file, which gets a column for each column of the variants.
    pub(super) fn read_variants(
        &mut self,
        (path, list): (&str, &[DocumentValue<'_>]),
        (model, number): (&Sku, u32),
        outer: &mut ColumnPlan<'a>,
        rows: &mut RowReader<'a>,
        output: &mut RecordOutput<'_>,
    ) -> Result<(), ReadError> {
        for element in list {
            if !element.is_object() {
                continue;
            }
            let plan = &mut self.reading.plan;
            let (leaves, _) =
                self.paths.read_cells(plan, element, &|_, _| false, output.messages)?;
            for name in &plan.names()[self.file_columns.len()..] {
                let name = format!("{path}[].{name}");
                self.file_columns.push(outer.column_of_path(
                    &name,
                    PathUse::Ignored,
                    output.messages,
                )?);
            }
            let before = output.records.len();
            let row =
                RowView { number, cells: RowCells::Leaves(&leaves), constants: &[], group: None };
            let context = RowContext { is_nested: true, ..RowContext::default() };
            rows.read_row(&mut self.reading, &row, context, output);
            for record in &mut output.records[before..] {
                self.link_to_model(record, model);
            }
        }
        Ok(())
    }

    /// Says which columns of variants nothing was read from.
    pub(super) fn warn_unknown_columns(&self, messages: &mut DiagnosticCollector) {
        self.reading.warn_unknown_columns(messages);
    }

    /// Columns of variants that decide about a sale and are read as nothing.
    pub(super) fn list_questions(&self) -> Vec<ColumnQuestion> {
        self.reading.list_questions()
    }

    /// Attributes that variants seem to have and the shop does not.
    pub(super) fn proposals(&self) -> Vec<AttributeProposal> {
        self.reading.propose_attributes()
    }

    /// Says of a variant's record whose variant it is, and where its cells are in the file.
    fn link_to_model(&self, record: &mut ImportRecord, model: &Sku) {
        if let RecordBody::Product(product) = &mut record.body {
            product.parent = Some(Some(model.clone()));
        }
        record.body.for_each_column(|column| *column = self.file_columns[usize::from(*column)]);
    }
}
