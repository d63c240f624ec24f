//! Products of several rows: a row for each variant, and rows that only add a picture.
//!
//! Rows beside each other that name the same product are read together and taken apart again: into
//! the product model with what holds for all of it, and a variant of each row that has something
//! of its own. A product of one row, and without anything to choose, is a product.

use std::borrow::Cow;
use std::collections::HashSet;

use csv::StringRecord;
use smol_str::SmolStr;

use super::column_plan::ColumnPlan;
use super::file_error::FileError;
use super::mapping::Glob;
use super::parse::to_slug;
use super::row::{LeafCell, LeafContent, RowGroup};
use super::table::TableReader;
use super::target::AttributeRule;

/// The most rows of one product. What has more is no product, but a column with the same text in
/// every row.
const MAX_ROWS: usize = 10_000;

/// How a mapping says that several rows are one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GroupRule {
    /// The columns that name the product: the first of them that the file has counts.
    pub(super) key_columns: Vec<Glob>,
    /// Columns that are about the variant.
    pub(super) variants: Vec<Glob>,
    /// Of these, the ones that tell variants apart.
    pub(super) axes: Vec<Glob>,
    /// What stands there where there is nothing to choose.
    pub(super) no_choice: Vec<String>,
    /// Columns of which the first row speaks for the others.
    pub(super) first_row_only: Vec<Glob>,
    /// Columns about the product, although those about variants name them, too.
    pub(super) product: Vec<Glob>,
    /// Whether all columns of `by` together name the product.
    pub(super) joined: bool,
}

/// The same for the columns of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GroupPlan {
    key_columns: Vec<u16>,
    roles: Vec<ColumnRole>,
    no_choice: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ColumnRole {
    Product,
    Variant,
    Axis,
    FirstRowOnly,
}

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

impl GroupPlan {
    pub(super) fn from_rule(rule: &GroupRule, headers: &[SmolStr]) -> Option<Self> {
        let is = |globs: &[Glob], name: &str| globs.iter().any(|glob| glob.is_match(name));
        let named = rule.key_columns.iter().filter_map(|glob| {
            let at = headers.iter().position(|name| glob.is_match(name))?;
            u16::try_from(at).ok()
        });
        let by: Vec<u16> = named.take(if rule.joined { usize::MAX } else { 1 }).collect();
        if by.is_empty() {
            return None;
        }
        let role = |name: &SmolStr| match () {
            () if is(&rule.product, name) => ColumnRole::Product,
            () if is(&rule.first_row_only, name) => ColumnRole::FirstRowOnly,
            () if is(&rule.axes, name) => ColumnRole::Axis,
            () if is(&rule.variants, name) => ColumnRole::Variant,
            () => ColumnRole::Product,
        };
        let roles = headers.iter().map(role).collect();
        Some(Self { key_columns: by, roles, no_choice: rule.no_choice.clone() })
    }

    /// Reads the rows of the next product.
    pub(super) fn read_rows(
        &self,
        sheet: &mut TableReader<'_>,
        pending: &mut RowBuffer,
    ) -> Result<bool, FileError> {
        pending.rows.clear();
        let mut key = String::new();
        loop {
            let row = match pending.lookahead.take() {
                Some(row) => row,
                None => match sheet.next_row()? {
                    Some(line) => (line.number, line.record.clone()),
                    None => return Ok(!pending.rows.is_empty()),
                },
            };
            if row.1.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let own = self.group_key(&row.1);
            // A row without the name goes on about the product of the row before.
            let goes_on = !pending.rows.is_empty() && (own.is_empty() || own == key);
            if !pending.rows.is_empty() && (!goes_on || pending.rows.len() == MAX_ROWS) {
                pending.lookahead = Some(row);
                return Ok(true);
            }
            if pending.rows.is_empty() {
                key = own.into_owned();
            }
            pending.rows.push(row);
        }
    }

    /// What the rows that were read make: a product, or a model and its variants.
    pub(super) fn build_rows(&self, plan: &ColumnPlan<'_>, pending: &RowBuffer) -> Vec<GroupedRow> {
        let rows = &pending.rows;
        let Some((first, record)) = rows.first() else { return Vec::new() };
        // What several columns name together is no SKU.
        let key = self.group_key(record).into_owned();
        let key = if self.key_columns.len() == 1 { key.as_str() } else { "" };
        let says_parent = self.roles.iter().any(|role| *role != ColumnRole::Product);
        // Where there is something to choose, a row without it is about the product.
        let chosen: Vec<_> = rows.iter().filter(|row| self.has_axis_value(&row.1)).collect();
        let variants = match &chosen[..] {
            [] => rows.iter().filter(|row| self.has_cell(&row.1, ColumnRole::Variant)).collect(),
            _ => chosen,
        };
        let is_model = variants.len() > 1 || variants.iter().any(|row| self.has_axis_value(&row.1));
        let kin = |sku: String, parent: Option<&str>, more: u32| RowGroup {
            sku,
            extra_rows: more,
            is_model: is_model && parent.is_none(),
            parent: parent.map(str::to_owned),
            knows_parent: says_parent,
        };
        let others = u32::try_from(rows.len() - 1).unwrap_or(u32::MAX);
        if !is_model {
            let own = variants.first().map_or(record, |row| &row.1);
            let sku = find_sku(plan, own).unwrap_or_else(|| key.to_owned());
            let mut leaves = self.shared_leaves(plan, rows, ColumnRole::Product);
            leaves.extend(self.variant_leaves(own, record));
            return vec![GroupedRow { row: *first, leaves, group: kin(sku, None, others) }];
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
            leaves: self.shared_leaves(plan, rows, ColumnRole::Product),
            group: kin(model.clone(), None, only_added),
        }];
        made.extend(variants.into_iter().zip(skus).map(|((row, own), sku)| GroupedRow {
            row: *row,
            leaves: self.variant_leaves(own, record),
            group: kin(sku, Some(&model), 0),
        }));
        made
    }

    /// What names the product that a row is about.
    fn group_key<'r>(&self, record: &'r StringRecord) -> Cow<'r, str> {
        let mut cells = self
            .key_columns
            .iter()
            .map(|column| record.get(usize::from(*column)).unwrap_or_default().trim());
        match &self.key_columns[..] {
            [_] => Cow::Borrowed(cells.next().unwrap_or_default()),
            _ if cells.clone().all(str::is_empty) => Cow::Borrowed(""),
            _ => Cow::Owned(cells.collect::<Vec<_>>().join(" ")),
        }
    }

    /// Whether a row has something in a column of a role.
    fn has_cell(&self, record: &StringRecord, wanted: ColumnRole) -> bool {
        self.roles.iter().zip(record).any(|(role, cell)| *role == wanted && !cell.trim().is_empty())
    }

    /// Whether a row is one of several that could be chosen.
    fn has_axis_value(&self, record: &StringRecord) -> bool {
        self.axis_values(record).next().is_some()
    }

    fn axis_values<'r>(&'r self, record: &'r StringRecord) -> impl Iterator<Item = &'r str> {
        let axes = self.roles.iter().zip(record).filter(|(role, _)| **role == ColumnRole::Axis);
        let said = axes.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty());
        said.filter(|cell| !self.no_choice.iter().any(|none| none == cell))
    }

    /// A SKU for a variant that has none.
    fn derive_sku(&self, key: &str, record: &StringRecord) -> String {
        self.axis_values(record)
            .fold(key.to_owned(), |sku, axis| format!("{sku}-{}", to_slug(axis)))
    }

    /// What the rows say in the columns of a role: all of it where a list is meant, else what is
    /// said first.
    fn shared_leaves(
        &self,
        plan: &ColumnPlan<'_>,
        rows: &[(u32, StringRecord)],
        wanted: ColumnRole,
    ) -> Vec<LeafCell<'static>> {
        let columns = self.roles.iter().zip(0..).filter(|(role, _)| **role == wanted);
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
        let columns = self.roles.iter().zip(0..);
        let leaf = |(role, column): (&ColumnRole, u16)| {
            let text = match role {
                ColumnRole::Product => return None,
                ColumnRole::Variant => cell(own, column),
                ColumnRole::Axis => {
                    Some(cell(own, column)).filter(|text| !self.no_choice.contains(text))?
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
    let cells = plan.sku.iter().filter_map(|column| record.get(usize::from(*column)));
    cells.map(str::trim).find(|cell| !cell.is_empty()).map(str::to_owned)
}
