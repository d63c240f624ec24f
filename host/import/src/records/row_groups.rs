//! Products of several rows: a row for each variant, and rows that only add a picture.
//!
//! Rows that name the same product, wherever they stand, are read together and taken apart again: into
//! the product model with what holds for all of it, and a variant of each row that has something
//! of its own. A product of one row, and without anything to choose, is a product.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;

use rikaste_tables::{LeafCell, LeafContent, StringRecord, TableRow};

use super::parse::{clean_key, is_spreadsheet_error, to_slug};
use super::row::{RowGroup, clean_cell};
use crate::columns::{AttributeRule, ColumnPlan, ColumnRole, ColumnTarget, GroupPlan};

mod collector;
mod spread_rows;

use spread_rows::SpreadRows;

pub(super) use collector::{GroupCollector, NumberedRow};

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

    /// Takes the next row of the file.
    pub(super) fn push_row(
        &self,
        collector: &mut GroupCollector,
        row: &TableRow,
    ) -> io::Result<()> {
        if row.record.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        // A row without the name goes on about the product of the row before.
        let key = match self.group.starts() {
            None => self.group_key(&row.record),
            Some((column, text)) => {
                let begins = cell_at(&row.record, column).eq_ignore_ascii_case(text);
                Cow::Owned(if begins { row.number.to_string() } else { String::new() })
            }
        };
        collector.push_row(&key, (row.number, row.record.clone()))
    }

    /// What the rows that were read make: a product, or a model and its variants.
    pub(super) fn build_rows(&self, rows: &[NumberedRow]) -> Vec<GroupedRow> {
        let plan = self.plan;
        let Some((first, record)) = rows.first() else { return Vec::new() };
        if let Some(spread) = self.group.spread() {
            return SpreadRows { plan, spread }.build_rows(rows);
        }
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
            let sku = find_sku(plan, own);
            // A name is no SKU: then the row has none.
            let key = if self.group.is_by_name() { "" } else { key };
            let sku = sku.unwrap_or_else(|| key.to_owned());
            let mut leaves = self.shared_leaves(rows, ColumnRole::Product);
            leaves.extend(self.variant_leaves(own, rows));
            return vec![GroupedRow { row: *first, leaves, group: group(sku, None, others) }];
        }
        let slug;
        let key = match self.group.is_by_name() {
            true => {
                slug = to_slug(key);
                slug.as_str()
            }
            false => key,
        };
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
            leaves: self.variant_leaves(own, rows),
            group: group(sku, Some(&model), 0),
        }));
        made
    }

    /// Where a row says of its product what a row before says otherwise: the column, the row, and what it
    /// says.
    pub(super) fn find_differences<'r>(&self, rows: &'r [NumberedRow]) -> Vec<(u16, u32, &'r str)> {
        let of_product = self.group.roles().iter().zip(0..);
        let columns = of_product.filter(|(role, column)| {
            let target = &self.plan.column_at(*column).target;
            let is_read = matches!(target, ColumnTarget::Value(_) | ColumnTarget::Price(_));
            **role == ColumnRole::Product && is_read && !target.is_list()
        });
        let differs = |(_, column): (&ColumnRole, u16)| {
            let said =
                |row: &'r NumberedRow| Some(cell_at(&row.1, column)).filter(|t| !t.is_empty());
            let first = rows.iter().find_map(said)?;
            rows.iter().find_map(|row| {
                let other = said(row).filter(|other| *other != first)?;
                Some((column, row.0, other))
            })
        };
        columns.filter_map(differs).collect()
    }

    /// What names the product that a row is about.
    fn group_key<'r>(&self, record: &'r StringRecord) -> Cow<'r, str> {
        let mut cells = self
            .group
            .key_columns()
            .iter()
            .map(|column| clean_key(record.get(usize::from(*column)).unwrap_or_default()));
        match self.group.key_columns() {
            [_] => cells.next().unwrap_or_default(),
            _ if cells.clone().all(|cell| cell.is_empty()) => Cow::Borrowed(""),
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
    fn shared_leaves(&self, rows: &[NumberedRow], wanted: ColumnRole) -> Vec<LeafCell<'static>> {
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
            let cells = rows.iter().map(|(_, row)| cell_at(row, column));
            let mut texts: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
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

    /// What a variant's row says of its own, and what another row of the product says for it.
    fn variant_leaves(&self, own: &StringRecord, rows: &[NumberedRow]) -> Vec<LeafCell<'static>> {
        let columns = self.group.roles().iter().zip(0..);
        let leaf = |(role, column): (&ColumnRole, u16)| {
            let text = match role {
                ColumnRole::Product => return None,
                ColumnRole::Variant => cell_at(own, column),
                ColumnRole::Axis => {
                    Some(cell_at(own, column)).filter(|text| !self.group.is_no_choice(text))?
                }
                ColumnRole::FirstRowOnly => {
                    // Where a product begins with its own row, only that speaks for its variants.
                    let others = if self.group.starts().is_some() { &rows[..1] } else { rows };
                    let others = others.iter().map(|(_, row)| cell_at(row, column));
                    let mut texts = std::iter::once(cell_at(own, column)).chain(others);
                    texts.find(|text| !text.is_empty()).unwrap_or_default()
                }
            };
            Some(LeafCell { column, content: LeafContent::Text(Cow::Owned(text.to_owned())) })
        };
        columns.filter_map(leaf).collect()
    }
}

/// What stands beside each photo, empty cells too. A photo that several rows name counts once.
fn texts_beside_photos(rows: &[NumberedRow], photos: u16, column: u16) -> Vec<String> {
    let mut known = HashSet::new();
    let named = rows.iter().map(|(_, row)| row).filter(|row| {
        let photo = cell_at(row, photos);
        !photo.is_empty() && known.insert(photo)
    });
    named.map(|row| cell_at(row, column).to_owned()).collect()
}

/// What stands in a column of a row; nothing for the error of a formula.
fn cell_at(row: &StringRecord, column: u16) -> &str {
    let text = clean_cell(row.get(usize::from(column)).unwrap_or_default());
    if is_spreadsheet_error(text) { "" } else { text }
}

/// The SKU that a row has.
fn find_sku(plan: &ColumnPlan<'_>, record: &StringRecord) -> Option<String> {
    let cells = plan.sku_columns().iter().map(|column| clean_key(cell_at(record, *column)));
    cells.into_iter().find(|cell| !cell.is_empty()).map(Cow::into_owned)
}
