//! Products of several rows: a row for each variant, and rows that only add a picture.
//!
//! Rows beside each other that name the same product are read together and taken apart again: into
//! the product model with what holds for all of it, and a variant of each row that has something
//! of its own. A product of one row, and without anything to choose, is a product.

use std::borrow::Cow;
use std::collections::HashSet;

use rikaste_tables::{LeafCell, LeafContent, StringRecord, TableRow};

use super::parse::to_slug;
use super::row::RowGroup;
use crate::columns::{AttributeRule, ColumnPlan, ColumnRole, GroupPlan};

/// The most rows of one product. What has more is no product, but a column with the same text in
/// every row.
const MAX_ROWS: usize = 10_000;

/// Rows that were read ahead.
#[derive(Debug, Default)]
pub(super) struct RowBuffer {
    rows: Vec<(u32, StringRecord)>,
    lookahead: Option<(u32, StringRecord)>,
}

/// A product, a model or a variant made of rows.
#[derive(Debug)]
pub(super) struct GroupedRow {
    pub(super) row: u32,
    pub(super) leaves: Vec<LeafCell<'static>>,
    pub(super) group: RowGroup,
}

/// Groups the rows of a file whose plan says that several of them are one product.
pub(super) struct RowGrouper<'p, 'a> {
    plan: &'p ColumnPlan<'a>,
    group: &'p GroupPlan,
}

impl<'p, 'a> RowGrouper<'p, 'a> {
    /// `None` where each row stands for itself.
    pub(super) fn new(plan: &'p ColumnPlan<'a>) -> Option<Self> {
        Some(Self { plan, group: plan.group()? })
    }

    /// Takes the next row of the file. True when the rows before it are complete: it begins another
    /// product and is kept for the next group.
    pub(super) fn push_row(&self, buffer: &mut RowBuffer, row: &TableRow) -> bool {
        if row.record.iter().all(|cell| cell.trim().is_empty()) {
            return false;
        }
        // A row without the name goes on about the product of the row before.
        let is_same = match buffer.rows.first() {
            None => true,
            Some((_, first)) => {
                let own = self.group_key(&row.record);
                own.is_empty() || own == self.group_key(first)
            }
        };
        let row = (row.number, row.record.clone());
        if !is_same || buffer.rows.len() == MAX_ROWS {
            buffer.lookahead = Some(row);
            return true;
        }
        buffer.rows.push(row);
        false
    }

    /// What the rows that were read make: a product, or a model and its variants.
    pub(super) fn build_rows(&self, buffer: &RowBuffer) -> Vec<GroupedRow> {
        let (plan, rows) = (self.plan, &buffer.rows);
        let Some((first, record)) = rows.first() else { return Vec::new() };
        // What several columns name together is no SKU.
        let key = self.group_key(record).into_owned();
        let key = if self.group.key_columns().len() == 1 { key.as_str() } else { "" };
        let knows_parent = self.group.roles().iter().any(|role| *role != ColumnRole::Product);
        // Where there is something to choose, a row without it is about the product.
        let chosen: Vec<_> = rows.iter().filter(|row| self.has_axis_value(&row.1)).collect();
        let variants = match &chosen[..] {
            [] => rows.iter().filter(|row| self.has_cell(&row.1, ColumnRole::Variant)).collect(),
            _ => chosen,
        };
        let is_model = variants.len() > 1 || variants.iter().any(|row| self.has_axis_value(&row.1));
        let group = |sku: String, parent: Option<&str>, more: u32| RowGroup {
            sku,
            extra_rows: more,
            is_model: is_model && parent.is_none(),
            parent: parent.map(str::to_owned),
            knows_parent,
        };
        let others = u32::try_from(rows.len() - 1).unwrap_or(u32::MAX);
        if !is_model {
            let own = variants.first().map_or(record, |row| &row.1);
            let sku = find_sku(plan, own).unwrap_or_else(|| key.to_owned());
            let mut leaves = self.shared_leaves(rows, ColumnRole::Product);
            leaves.extend(self.variant_leaves(own, record));
            return vec![GroupedRow { row: *first, leaves, group: group(sku, None, others) }];
        }
        let skus: Vec<String> = variants
            .iter()
            .map(|row| find_sku(plan, &row.1).unwrap_or_else(|| self.derive_sku(key, &row.1)))
            .collect();
        let of_product = rows.iter().filter(|row| !self.has_axis_value(&row.1));
        let own =
            of_product.filter_map(|row| find_sku(plan, &row.1)).find(|sku| !skus.contains(sku));
        let key = own.as_deref().unwrap_or(key);
        // A shop may call a product and its first variant the same.
        let model =
            if skus.iter().any(|sku| sku == key) { format!("{key}-model") } else { key.to_owned() };
        let only_added = others + 1 - u32::try_from(variants.len()).unwrap_or(u32::MAX);
        let mut made = vec![GroupedRow {
            row: *first,
            leaves: self.shared_leaves(rows, ColumnRole::Product),
            group: group(model.clone(), None, only_added),
        }];
        made.extend(variants.into_iter().zip(skus).map(|((row, own), sku)| GroupedRow {
            row: *row,
            leaves: self.variant_leaves(own, record),
            group: group(sku, Some(&model), 0),
        }));
        made
    }

    /// What names the product that a row is about.
    fn group_key<'r>(&self, record: &'r StringRecord) -> Cow<'r, str> {
        let mut cells = self
            .group
            .key_columns()
            .iter()
            .map(|column| record.get(usize::from(*column)).unwrap_or_default().trim());
        match self.group.key_columns() {
            [_] => Cow::Borrowed(cells.next().unwrap_or_default()),
            _ if cells.clone().all(str::is_empty) => Cow::Borrowed(""),
            _ => Cow::Owned(cells.collect::<Vec<_>>().join(" ")),
        }
    }

    /// Whether a row has something in a column of a role.
    fn has_cell(&self, record: &StringRecord, wanted: ColumnRole) -> bool {
        self.group
            .roles()
            .iter()
            .zip(record)
            .any(|(role, cell)| *role == wanted && !cell.trim().is_empty())
    }

    /// Whether a row is one of several that could be chosen.
    fn has_axis_value(&self, record: &StringRecord) -> bool {
        self.axis_values(record).next().is_some()
    }

    fn axis_values<'r>(&'r self, record: &'r StringRecord) -> impl Iterator<Item = &'r str> {
        let axes =
            self.group.roles().iter().zip(record).filter(|(role, _)| **role == ColumnRole::Axis);
        let filled = axes.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty());
        filled.filter(|cell| !self.group.is_no_choice(cell))
    }

    /// A SKU for a variant that has none.
    fn derive_sku(&self, key: &str, record: &StringRecord) -> String {
        self.axis_values(record)
            .fold(key.to_owned(), |sku, axis| format!("{sku}-{}", to_slug(axis)))
    }

    /// What the rows say in the columns of a role: all of it where a list is meant, else the
    /// first value.
    fn shared_leaves(
        &self,
        rows: &[(u32, StringRecord)],
        wanted: ColumnRole,
    ) -> Vec<LeafCell<'static>> {
        let plan = self.plan;
        let columns = self.group.roles().iter().zip(0..).filter(|(role, _)| **role == wanted);
        let photos =
            columns.clone().find(|(_, column)| plan.column_at(*column).target.is_photo_list());
        let leaf = |(_, column): (&ColumnRole, u16)| {
            if plan.column_at(column).target.has_rule(AttributeRule::AltTexts)
                && let Some((_, photos)) = photos
            {
                let content = LeafContent::List(texts_beside_photos(rows, photos, column));
                return LeafCell { column, content };
            }
            let cells = rows.iter().filter_map(|(_, row)| row.get(usize::from(column)));
            let mut texts: Vec<&str> =
                cells.map(str::trim).filter(|cell| !cell.is_empty()).collect();
            let mut known = HashSet::new();
            texts.retain(|text| known.insert(*text));
            let content = match &texts[..] {
                [] => LeafContent::Text(Cow::Borrowed("")),
                [_, _, ..] if plan.column_at(column).target.is_list() => {
                    LeafContent::List(texts.iter().map(ToString::to_string).collect())
                }
                [first, ..] => LeafContent::Text(Cow::Owned((*first).to_owned())),
            };
            LeafCell { column, content }
        };
        columns.map(leaf).collect()
    }

    /// What a variant's row says of its own, and what the first row says for it.
    fn variant_leaves(&self, own: &StringRecord, first: &StringRecord) -> Vec<LeafCell<'static>> {
        let cell = |record: &StringRecord, column: u16| {
            record.get(usize::from(column)).unwrap_or_default().trim().to_owned()
        };
        let columns = self.group.roles().iter().zip(0..);
        let leaf = |(role, column): (&ColumnRole, u16)| {
            let text = match role {
                ColumnRole::Product => return None,
                ColumnRole::Variant => cell(own, column),
                ColumnRole::Axis => {
                    Some(cell(own, column)).filter(|text| !self.group.is_no_choice(text))?
                }
                ColumnRole::FirstRowOnly => match cell(own, column) {
                    text if text.is_empty() => cell(first, column),
                    text => text,
                },
            };
            Some(LeafCell { column, content: LeafContent::Text(Cow::Owned(text)) })
        };
        columns.filter_map(leaf).collect()
    }
}

/// What stands beside each photo, empty cells too. A photo that several rows name counts once.
fn texts_beside_photos(rows: &[(u32, StringRecord)], photos: u16, column: u16) -> Vec<String> {
    let cell = |row: &StringRecord, column: u16| {
        row.get(usize::from(column)).unwrap_or_default().trim().to_owned()
    };
    let mut known = HashSet::new();
    let named = rows.iter().map(|(_, row)| row).filter(|row| {
        let photo = cell(row, photos);
        !photo.is_empty() && known.insert(photo)
    });
    named.map(|row| cell(row, column)).collect()
}

impl RowBuffer {
    /// Begins another group, with the row that was kept from the last.
    pub(super) fn begin_group(&mut self) {
        self.rows.clear();
        self.rows.extend(self.lookahead.take());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows were read.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows that were read, and their numbers.
    pub(super) fn rows(&self) -> &[(u32, StringRecord)] {
        &self.rows
    }
}

/// The SKU that a row has.
fn find_sku(plan: &ColumnPlan<'_>, record: &StringRecord) -> Option<String> {
    let cells = plan.sku_columns().iter().filter_map(|column| record.get(usize::from(*column)));
    cells.map(str::trim).find(|cell| !cell.is_empty()).map(str::to_owned)
}
