//! Elements with lists inside, and the variants in them.
//!
//! An element of a tree is a row of its own, and so is each variant inside it. Both are read in
//! the same way, by a [`ColumnPlan`] of their own.

use rikaste_model::code::Sku;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{DropKind, ImportRecord, RecordBody};

use super::column_plan::ColumnPlan;
use super::column_profiler::{AttributeProposal, ColumnProfiler};
use super::document_value::{DocumentObject, DocumentValue};
use super::file_error::FileError;
use super::flatten::{ElementFlattener, leaf_content_at};
use super::header::HeaderConvention;
use super::mapping::{FeatureRule, Mapping, VariantPaths};
use super::row::{LeafCell, LeafContent, RowCells, RowView, scalar_text};
use super::row_reader::RowReader;
use super::target::ColumnTarget;
use super::value_path::ValuePath;

/// Where variants are by convention.
const VARIANT_PATHS: [&str; 3] = ["masterVariant", "variants", "hasVariant"];

/// Paths of a mapping that lead through lists, by the column that they are.
#[derive(Default)]
pub(super) struct ListPaths<'a> {
    paths: Vec<(ValuePath, &'a str)>,
    features: Option<FeaturePaths<'a>>,
}

/// Where objects with a name and a value are, and where in them these are.
struct FeaturePaths<'a> {
    list: &'a str,
    objects: ValuePath,
    name: ValuePath,
    value: ValuePath,
}

impl<'a> ListPaths<'a> {
    pub(super) fn from_mapping(mapping: Option<&'a Mapping>) -> Self {
        let Some(mapping) = mapping else { return Self::default() };
        let columns = mapping.columns.iter().map(|(column, _)| column.as_str());
        let skus = mapping.sku.iter().map(String::as_str);
        let only = mapping.row_filter.iter().map(|(column, _)| column.as_str());
        let all = columns.chain(skus).chain(mapping.parent.as_deref()).chain(only);
        let needed = all.filter(|column| ValuePath::is_needed_for(column));
        Self {
            paths: needed.filter_map(|column| Some((ValuePath::new(column)?, column))).collect(),
            features: mapping.features.as_ref().and_then(FeaturePaths::from_rule),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.features.is_none()
    }

    /// Whether a list is read by one of the paths.
    pub(super) fn is_list_read(&self, list: &str) -> bool {
        let of_features = self.features.as_ref().map(|features| features.list);
        let mut columns = self.paths.iter().map(|(_, column)| *column).chain(of_features);
        columns.any(|column| column.strip_prefix(list).is_some_and(|rest| rest.starts_with('[')))
    }

    /// The cells of an element, and the lists in it that are none of its cells.
    pub(super) fn read_cells<'v>(
        &self,
        plan: &mut ColumnPlan<'_>,
        element: &'v DocumentValue<'v>,
        claims: &dyn Fn(&str, &DocumentValue<'_>) -> bool,
        messages: &mut DiagnosticCollector,
    ) -> Result<(Vec<LeafCell<'v>>, ObjectLists<'v>), FileError> {
        let mut leaves: Vec<LeafCell<'v>> = Vec::with_capacity(plan.names.len());
        let mut failed = None;
        let claims =
            |path: &str, value: &DocumentValue<'_>| self.is_list_read(path) || claims(path, value);
        let with_names = plan.convention.kind == DropKind::Products;
        let tree = ElementFlattener { with_names, claims: &claims };
        let mut own = |path: &str, content| match plan.column_of_path(path, messages) {
            Ok(column) => leaves.push(LeafCell { column, content }),
            Err(unreadable) => failed = Some(unreadable),
        };
        let (mut named, lists) = match element.as_object() {
            Some(object) => {
                let parts = tree.flatten_element(object, &mut own);
                (parts.named, parts.lists)
            }
            None => (Vec::new(), Vec::new()),
        };
        if let Some(features) = &self.features {
            named.extend(features.read_features(element));
        }
        for (path, column) in &self.paths {
            if let Some(content) = leaf_content_at(path, element) {
                own(column, content);
            }
        }
        if let Some(unreadable) = failed {
            return Err(unreadable);
        }
        for (name, content) in named {
            let column = plan.column_of_path(&name, messages)?;
            if !leaves.iter().any(|leaf| leaf.column == column) {
                leaves.push(LeafCell { column, content });
            }
        }
        Ok((leaves, lists))
    }
}

impl<'a> FeaturePaths<'a> {
    fn from_rule(features: &'a FeatureRule) -> Option<Self> {
        let FeatureRule { path, name, value } = features;
        let (objects, name, value) =
            (ValuePath::new(path)?, ValuePath::new(name)?, ValuePath::new(value)?);
        Some(Self { list: path, objects, name, value })
    }

    /// What the objects in an element say, by their names.
    fn read_features<'v>(&self, element: &'v DocumentValue<'v>) -> Vec<(String, LeafContent<'v>)> {
        let objects = self.objects.find_values(element).into_iter();
        let features = objects.filter_map(|object| {
            let name = scalar_text(self.name.find_values(object).first()?);
            Some((name, leaf_content_at(&self.value, object)?))
        });
        features.filter(|(name, _)| !name.is_empty()).collect()
    }
}

/// Lists of objects, by path.
pub(super) type ObjectLists<'v> = Vec<(String, &'v [DocumentValue<'v>])>;

/// Reads variants inside elements.
pub(super) struct NestedVariants<'a> {
    /// Where they are by a mapping; by convention only those count that have an SKU.
    mapped: Option<&'a VariantPaths>,
    plan: ColumnPlan<'a>,
    paths: ListPaths<'a>,
    /// What stands in columns that nothing is read from.
    profiler: ColumnProfiler,
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
        let plan = ColumnPlan::new(convention, rows);
        Some(Self {
            mapped,
            plan,
            paths: ListPaths::from_mapping(rows),
            profiler: ColumnProfiler::default(),
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
        matches!(self.plan.convention.resolve_header(name), Ok(ColumnTarget::Sku))
    }

    /// Makes records of variants. One that cannot be read loses only itself.
    #[expect(
        clippy::too_many_arguments,
        reason = "a variant is read as its model's row is, and for it"
    )]
    pub(super) fn read_variants(
        &mut self,
        (path, list): (&str, &[DocumentValue<'_>]),
        model: &Sku,
        number: u32,
        outer: &mut ColumnPlan<'a>,
        taker: &mut RowReader<'a>,
        records: &mut Vec<ImportRecord>,
        messages: &mut DiagnosticCollector,
    ) -> Result<(), FileError> {
        for element in list {
            if !element.is_object() {
                continue;
            }
            let (leaves, _) =
                self.paths.read_cells(&mut self.plan, element, &|_, _| false, messages)?;
            for name in &self.plan.names[self.file_columns.len()..] {
                let name = format!("{path}[].{name}");
                self.file_columns.push(outer.ignored_column(&name)?);
            }
            let before = records.len();
            let row =
                RowView { number, cells: RowCells::Leaves(&leaves), constants: &[], group: None };
            std::mem::swap(&mut taker.profiler, &mut self.profiler);
            taker.read_row(&mut self.plan, &row, records, messages);
            std::mem::swap(&mut taker.profiler, &mut self.profiler);
            for record in &mut records[before..] {
                self.link_to_model(record, model);
            }
        }
        Ok(())
    }

    /// Says which columns of variants nothing was read from.
    pub(super) fn warn_unknown_columns(&self, messages: &mut DiagnosticCollector) {
        self.plan.warn_unknown_columns(&self.profiler, messages);
    }

    /// Attributes that variants seem to have and the shop does not.
    pub(super) fn proposals(&self) -> Vec<AttributeProposal> {
        self.profiler.propose_attributes(&self.plan)
    }

    /// Says of a variant's record whose variant it is, and where its cells are in the file.
    fn link_to_model(&self, record: &mut ImportRecord, model: &Sku) {
        if let RecordBody::Product(product) = &mut record.body {
            product.parent = Some(Some(model.clone()));
        }
        record.body.for_each_column(|column| *column = self.file_columns[usize::from(*column)]);
    }
}
