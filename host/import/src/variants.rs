//! Elements with lists inside, and the variants in them.
//!
//! An element of a tree is a row of its own, and so is each variant inside it. Both are read in
//! the same way, by a [`Plan`] of their own.

use rikaste_model::code::Sku;
use rikaste_model::receipt::Messages;
use rikaste_model::record::{DropKind, Record, RecordBody};

use super::header::Convention;
use super::learn::{Learner, Proposal};
use super::mapping::{Features, Mapping, VariantPaths};
use super::path::Path;
use super::plan::Plan;
use super::row::{Cells, Leaf, LeafContent, Row, scalar};
use super::taker::Taker;
use super::target::Target;
use super::tree::{Tree, content_at};
use super::unreadable::Unreadable;
use super::value::{Map, Value};

/// Where variants are by convention.
const PATHS: [&str; 3] = ["masterVariant", "variants", "hasVariant"];

/// Paths of a mapping that lead through lists, by the column that they are.
#[derive(Default)]
pub(super) struct ListPaths<'a> {
    paths: Vec<(Path, &'a str)>,
    features: Option<FeaturePaths<'a>>,
}

/// Where objects with a name and a value are, and where in them these are.
struct FeaturePaths<'a> {
    list: &'a str,
    objects: Path,
    name: Path,
    value: Path,
}

impl<'a> ListPaths<'a> {
    pub(super) fn of(mapping: Option<&'a Mapping>) -> Self {
        let Some(mapping) = mapping else { return Self::default() };
        let columns = mapping.columns.iter().map(|(column, _)| column.as_str());
        let skus = mapping.sku.iter().map(String::as_str);
        let only = mapping.only.iter().map(|(column, _)| column.as_str());
        let all = columns.chain(skus).chain(mapping.parent.as_deref()).chain(only);
        let needed = all.filter(|column| Path::is_needed(column));
        Self {
            paths: needed.filter_map(|column| Some((Path::new(column)?, column))).collect(),
            features: mapping.features.as_ref().and_then(FeaturePaths::of),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.features.is_none()
    }

    /// Whether a list is read by one of the paths.
    pub(super) fn lead_through(&self, list: &str) -> bool {
        let of_features = self.features.as_ref().map(|features| features.list);
        let mut columns = self.paths.iter().map(|(_, column)| *column).chain(of_features);
        columns.any(|column| column.strip_prefix(list).is_some_and(|rest| rest.starts_with('[')))
    }

    /// The cells of an element, and the lists in it that are none of its cells.
    pub(super) fn cells<'v>(
        &self,
        plan: &mut Plan<'_>,
        element: &'v Value<'v>,
        claims: &dyn Fn(&str, &Value<'_>) -> bool,
        messages: &mut Messages,
    ) -> Result<(Vec<Leaf<'v>>, Lists<'v>), Unreadable> {
        let mut leaves: Vec<Leaf<'v>> = Vec::with_capacity(plan.names.len());
        let mut failed = None;
        let claims = |path: &str, value: &Value<'_>| self.lead_through(path) || claims(path, value);
        let with_names = plan.convention.kind == DropKind::Products;
        let tree = Tree { with_names, claims: &claims };
        let mut own = |path: &str, content| match plan.column_of_path(path, messages) {
            Ok(column) => leaves.push(Leaf { column, content }),
            Err(unreadable) => failed = Some(unreadable),
        };
        let (mut named, lists) = match element.as_object() {
            Some(object) => {
                let parts = tree.take_apart(object, &mut own);
                (parts.named, parts.lists)
            }
            None => (Vec::new(), Vec::new()),
        };
        if let Some(features) = &self.features {
            named.extend(features.of_element(element));
        }
        for (path, column) in &self.paths {
            if let Some(content) = content_at(path, element) {
                own(column, content);
            }
        }
        if let Some(unreadable) = failed {
            return Err(unreadable);
        }
        for (name, content) in named {
            let column = plan.column_of_path(&name, messages)?;
            if !leaves.iter().any(|leaf| leaf.column == column) {
                leaves.push(Leaf { column, content });
            }
        }
        Ok((leaves, lists))
    }
}

impl<'a> FeaturePaths<'a> {
    fn of(features: &'a Features) -> Option<Self> {
        let Features { path, name, value } = features;
        let (objects, name, value) = (Path::new(path)?, Path::new(name)?, Path::new(value)?);
        Some(Self { list: path, objects, name, value })
    }

    /// What the objects in an element say, by their names.
    fn of_element<'v>(&self, element: &'v Value<'v>) -> Vec<(String, LeafContent<'v>)> {
        let objects = self.objects.find(element).into_iter();
        let features = objects.filter_map(|object| {
            let name = scalar(self.name.find(object).first()?);
            Some((name, content_at(&self.value, object)?))
        });
        features.filter(|(name, _)| !name.is_empty()).collect()
    }
}

/// Lists of objects, by path.
pub(super) type Lists<'v> = Vec<(String, &'v [Value<'v>])>;

/// Reads variants inside elements.
pub(super) struct Variants<'a> {
    /// Where they are by a mapping; by convention only those count that have an SKU.
    mapped: Option<&'a VariantPaths>,
    plan: Plan<'a>,
    paths: ListPaths<'a>,
    /// What stands in columns that nothing is read from.
    learner: Learner,
    /// The columns of the file by the columns of variants.
    outer: Vec<u16>,
}

impl<'a> Variants<'a> {
    pub(super) fn new(convention: Convention<'a>, mapping: Option<&'a Mapping>) -> Option<Self> {
        if convention.kind != DropKind::Products {
            return None;
        }
        let mapped = mapping.and_then(|mapping| mapping.variants.as_ref());
        if mapping.is_some() && mapped.is_none() {
            return None;
        }
        let rows = mapped.map(|variants| &*variants.rows);
        let plan = Plan::new(convention, rows);
        Some(Self {
            mapped,
            plan,
            paths: ListPaths::of(rows),
            learner: Learner::default(),
            outer: Vec::new(),
        })
    }

    /// Whether variants are at this path.
    pub(super) fn are_at(&self, path: &str, value: &Value<'_>) -> bool {
        if let Some(mapped) = self.mapped {
            return mapped.paths.iter().any(|known| known == path);
        }
        let has_sku = |value: &Value<'_>| {
            let keys = value.as_object().map(Map::keys);
            keys.is_some_and(|mut keys| keys.any(|key| self.is_sku(key)))
        };
        PATHS.contains(&path)
            && match value {
                Value::Array(list) => list.iter().any(has_sku),
                one => has_sku(one),
            }
    }

    fn is_sku(&self, name: &str) -> bool {
        matches!(self.plan.convention.target(name), Ok(Target::Sku))
    }

    /// Makes records of variants. One that cannot be read loses only itself.
    #[expect(
        clippy::too_many_arguments,
        reason = "a variant is read as its model's row is, and for it"
    )]
    pub(super) fn read(
        &mut self,
        (path, list): (&str, &[Value<'_>]),
        model: &Sku,
        number: u32,
        outer: &mut Plan<'a>,
        taker: &mut Taker<'a>,
        records: &mut Vec<Record>,
        messages: &mut Messages,
    ) -> Result<(), Unreadable> {
        for element in list {
            if !element.is_object() {
                continue;
            }
            let (leaves, _) = self.paths.cells(&mut self.plan, element, &|_, _| false, messages)?;
            for name in &self.plan.names[self.outer.len()..] {
                let name = format!("{path}[].{name}");
                self.outer.push(outer.column_of_another(&name)?);
            }
            let before = records.len();
            let row = Row { number, cells: Cells::Leaves(&leaves), constants: &[], kin: None };
            std::mem::swap(&mut taker.learner, &mut self.learner);
            taker.take(&mut self.plan, &row, records, messages);
            std::mem::swap(&mut taker.learner, &mut self.learner);
            for record in &mut records[before..] {
                self.adopt(record, model);
            }
        }
        Ok(())
    }

    /// Says which columns of variants nothing was read from.
    pub(super) fn warn_unknown(&self, messages: &mut Messages) {
        self.plan.warn_unknown(&self.learner, messages);
    }

    /// Attributes that variants seem to have and the shop does not.
    pub(super) fn proposals(&self) -> Vec<Proposal> {
        self.learner.proposals(&self.plan)
    }

    /// Says of a variant's record whose variant it is, and where its cells are in the file.
    fn adopt(&self, record: &mut Record, model: &Sku) {
        if let RecordBody::Product(product) = &mut record.body {
            product.parent = Some(Some(model.clone()));
        }
        record.body.each_column(|column| *column = self.outer[usize::from(*column)]);
    }
}
