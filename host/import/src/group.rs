//! Products of several rows: a row for each variant, and rows that only add a picture.
//!
//! Rows beside each other that name the same product are read together and taken apart again: into
//! the product model with what holds for all of it, and a variant of each row that has something
//! of its own. A product of one row, and without anything to choose, is a product.

use std::borrow::Cow;
use std::collections::HashSet;

use csv::StringRecord;
use smol_str::SmolStr;

use super::mapping::Glob;
use super::parse::slug;
use super::plan::Plan;
use super::row::{Kin, Leaf, LeafContent};
use super::sheet::Sheet;
use super::target::Check;
use super::unreadable::Unreadable;

/// The most rows of one product. What has more is no product, but a column with the same text in
/// every row.
const ROWS: usize = 10_000;

/// How a mapping says that several rows are one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GroupRule {
    /// The columns that name the product: the first of them that the file has counts.
    pub(super) by: Vec<Glob>,
    /// Columns that are about the variant.
    pub(super) variants: Vec<Glob>,
    /// Of these, the ones that tell variants apart.
    pub(super) axes: Vec<Glob>,
    /// What stands there where there is nothing to choose.
    pub(super) none: Vec<String>,
    /// Columns of which the first row speaks for the others.
    pub(super) carry: Vec<Glob>,
    /// Columns about the product, although those about variants name them, too.
    pub(super) product: Vec<Glob>,
    /// Whether all columns of `by` together name the product.
    pub(super) joined: bool,
}

/// The same for the columns of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    by: Vec<u16>,
    roles: Vec<Role>,
    none: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Product,
    Variant,
    Axis,
    Carried,
}

/// Rows that were read ahead.
#[derive(Debug, Default)]
pub(super) struct Pending {
    rows: Vec<(u32, StringRecord)>,
    next: Option<(u32, StringRecord)>,
}

/// A product, a model or a variant made of rows.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) row: u32,
    pub(super) leaves: Vec<Leaf<'static>>,
    pub(super) kin: Kin,
}

impl Group {
    pub(super) fn of(rule: &GroupRule, headers: &[SmolStr]) -> Option<Self> {
        let is = |globs: &[Glob], name: &str| globs.iter().any(|glob| glob.matches(name));
        let named = rule.by.iter().filter_map(|glob| {
            let at = headers.iter().position(|name| glob.matches(name))?;
            u16::try_from(at).ok()
        });
        let by: Vec<u16> = named.take(if rule.joined { usize::MAX } else { 1 }).collect();
        if by.is_empty() {
            return None;
        }
        let role = |name: &SmolStr| match () {
            () if is(&rule.product, name) => Role::Product,
            () if is(&rule.carry, name) => Role::Carried,
            () if is(&rule.axes, name) => Role::Axis,
            () if is(&rule.variants, name) => Role::Variant,
            () => Role::Product,
        };
        let roles = headers.iter().map(role).collect();
        Some(Self { by, roles, none: rule.none.clone() })
    }

    /// Reads the rows of the next product.
    pub(super) fn read(
        &self,
        sheet: &mut Sheet<'_>,
        pending: &mut Pending,
    ) -> Result<bool, Unreadable> {
        pending.rows.clear();
        let mut key = String::new();
        loop {
            let row = match pending.next.take() {
                Some(row) => row,
                None => match sheet.next()? {
                    Some(line) => (line.number, line.record.clone()),
                    None => return Ok(!pending.rows.is_empty()),
                },
            };
            if row.1.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let own = self.key(&row.1);
            // A row without the name goes on about the product of the row before.
            let goes_on = !pending.rows.is_empty() && (own.is_empty() || own == key);
            if !pending.rows.is_empty() && (!goes_on || pending.rows.len() == ROWS) {
                pending.next = Some(row);
                return Ok(true);
            }
            if pending.rows.is_empty() {
                key = own.into_owned();
            }
            pending.rows.push(row);
        }
    }

    /// What the rows that were read make: a product, or a model and its variants.
    pub(super) fn made(&self, plan: &Plan<'_>, pending: &Pending) -> Vec<Made> {
        let rows = &pending.rows;
        let Some((first, record)) = rows.first() else { return Vec::new() };
        // What several columns name together is no SKU.
        let key = self.key(record).into_owned();
        let key = if self.by.len() == 1 { key.as_str() } else { "" };
        let says_parent = self.roles.iter().any(|role| *role != Role::Product);
        // Where there is something to choose, a row without it is about the product.
        let chosen: Vec<_> = rows.iter().filter(|row| self.is_one_of(&row.1)).collect();
        let variants = match &chosen[..] {
            [] => rows.iter().filter(|row| self.has(&row.1, Role::Variant)).collect(),
            _ => chosen,
        };
        let is_model = variants.len() > 1 || variants.iter().any(|row| self.is_one_of(&row.1));
        let kin = |sku: String, parent: Option<&str>, more: u32| Kin {
            sku,
            more,
            is_model: is_model && parent.is_none(),
            parent: parent.map(str::to_owned),
            says_parent,
        };
        let others = u32::try_from(rows.len() - 1).unwrap_or(u32::MAX);
        if !is_model {
            let own = variants.first().map_or(record, |row| &row.1);
            let sku = sku_of(plan, own).unwrap_or_else(|| key.to_owned());
            let mut leaves = self.leaves(plan, rows, Role::Product);
            leaves.extend(self.own_leaves(own, record));
            return vec![Made { row: *first, leaves, kin: kin(sku, None, others) }];
        }
        let skus: Vec<String> = variants
            .iter()
            .map(|row| sku_of(plan, &row.1).unwrap_or_else(|| self.made_sku(key, &row.1)))
            .collect();
        let of_product = rows.iter().filter(|row| !self.is_one_of(&row.1));
        let own = of_product.filter_map(|row| sku_of(plan, &row.1)).find(|sku| !skus.contains(sku));
        let key = own.as_deref().unwrap_or(key);
        // A shop may call a product and its first variant the same.
        let model =
            if skus.iter().any(|sku| sku == key) { format!("{key}-model") } else { key.to_owned() };
        let only_added = others + 1 - u32::try_from(variants.len()).unwrap_or(u32::MAX);
        let mut made = vec![Made {
            row: *first,
            leaves: self.leaves(plan, rows, Role::Product),
            kin: kin(model.clone(), None, only_added),
        }];
        made.extend(variants.into_iter().zip(skus).map(|((row, own), sku)| Made {
            row: *row,
            leaves: self.own_leaves(own, record),
            kin: kin(sku, Some(&model), 0),
        }));
        made
    }

    /// What names the product that a row is about.
    fn key<'r>(&self, record: &'r StringRecord) -> Cow<'r, str> {
        let mut cells = self
            .by
            .iter()
            .map(|column| record.get(usize::from(*column)).unwrap_or_default().trim());
        match &self.by[..] {
            [_] => Cow::Borrowed(cells.next().unwrap_or_default()),
            _ if cells.clone().all(str::is_empty) => Cow::Borrowed(""),
            _ => Cow::Owned(cells.collect::<Vec<_>>().join(" ")),
        }
    }

    /// Whether a row has something in a column of a role.
    fn has(&self, record: &StringRecord, wanted: Role) -> bool {
        self.roles.iter().zip(record).any(|(role, cell)| *role == wanted && !cell.trim().is_empty())
    }

    /// Whether a row is one of several that could be chosen.
    fn is_one_of(&self, record: &StringRecord) -> bool {
        self.axes(record).next().is_some()
    }

    fn axes<'r>(&'r self, record: &'r StringRecord) -> impl Iterator<Item = &'r str> {
        let axes = self.roles.iter().zip(record).filter(|(role, _)| **role == Role::Axis);
        let said = axes.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty());
        said.filter(|cell| !self.none.iter().any(|none| none == cell))
    }

    /// A SKU for a variant that has none.
    fn made_sku(&self, key: &str, record: &StringRecord) -> String {
        self.axes(record).fold(key.to_owned(), |sku, axis| format!("{sku}-{}", slug(axis)))
    }

    /// What the rows say in the columns of a role: all of it where a list is meant, else what is
    /// said first.
    fn leaves(
        &self,
        plan: &Plan<'_>,
        rows: &[(u32, StringRecord)],
        wanted: Role,
    ) -> Vec<Leaf<'static>> {
        let columns = self.roles.iter().zip(0..).filter(|(role, _)| **role == wanted);
        let photos = columns.clone().find(|(_, column)| plan.column(*column).target.names_photos());
        let leaf = |(_, column): (&Role, u16)| {
            if plan.column(column).target.is_checked(Check::AltTexts)
                && let Some((_, photos)) = photos
            {
                let content = LeafContent::List(beside(rows, photos, column));
                return Leaf { column, content };
            }
            let cells = rows.iter().filter_map(|(_, row)| row.get(usize::from(column)));
            let mut texts: Vec<&str> =
                cells.map(str::trim).filter(|cell| !cell.is_empty()).collect();
            let mut known = HashSet::new();
            texts.retain(|text| known.insert(*text));
            let content = match &texts[..] {
                [] => LeafContent::Text(Cow::Borrowed("")),
                [_, _, ..] if plan.column(column).target.is_list() => {
                    LeafContent::List(texts.iter().map(ToString::to_string).collect())
                }
                [first, ..] => LeafContent::Text(Cow::Owned((*first).to_owned())),
            };
            Leaf { column, content }
        };
        columns.map(leaf).collect()
    }

    /// What a variant's row says of its own, and what the first row says for it.
    fn own_leaves(&self, own: &StringRecord, first: &StringRecord) -> Vec<Leaf<'static>> {
        let cell = |record: &StringRecord, column: u16| {
            record.get(usize::from(column)).unwrap_or_default().trim().to_owned()
        };
        let columns = self.roles.iter().zip(0..);
        let leaf = |(role, column): (&Role, u16)| {
            let text = match role {
                Role::Product => return None,
                Role::Variant => cell(own, column),
                Role::Axis => Some(cell(own, column)).filter(|text| !self.none.contains(text))?,
                Role::Carried => match cell(own, column) {
                    text if text.is_empty() => cell(first, column),
                    text => text,
                },
            };
            Some(Leaf { column, content: LeafContent::Text(Cow::Owned(text)) })
        };
        columns.filter_map(leaf).collect()
    }
}

/// What stands beside each photo, empty cells too. A photo that several rows name counts once.
fn beside(rows: &[(u32, StringRecord)], photos: u16, column: u16) -> Vec<String> {
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

impl Pending {
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
fn sku_of(plan: &Plan<'_>, record: &StringRecord) -> Option<String> {
    let cells = plan.sku.iter().filter_map(|column| record.get(usize::from(*column)));
    cells.map(str::trim).find(|cell| !cell.is_empty()).map(str::to_owned)
}
