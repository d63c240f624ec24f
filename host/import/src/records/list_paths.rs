//! The cells of an element, those at paths that lead through lists included.

use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::DropKind;
use rikaste_tables::{
    DocumentValue, ElementFlattener, LeafCell, LeafContent, ReadError, ValuePath, leaf_content_at,
    scalar_text,
};

use crate::columns::{ColumnPlan, FeatureRule, Mapping, PathUse};

/// Lists of objects, by path.
pub(super) type ObjectLists<'v> = Vec<(String, &'v [DocumentValue<'v>])>;

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
    ) -> Result<(Vec<LeafCell<'v>>, ObjectLists<'v>), ReadError> {
        let mut leaves: Vec<LeafCell<'v>> = Vec::with_capacity(plan.names().len());
        let mut failed = None;
        let claims =
            |path: &str, value: &DocumentValue<'_>| self.is_list_read(path) || claims(path, value);
        let with_names = plan.convention().kind == DropKind::Products;
        let tree = ElementFlattener { with_names, claims: &claims };
        let mut own = |path: &str, content| match plan.column_of_path(path, PathUse::Read, messages)
        {
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
            let column = plan.column_of_path(&name, PathUse::Read, messages)?;
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
