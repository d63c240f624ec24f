//! A mapping over a preset: it says only what differs. What the shop writes goes before all that the preset
//! says, column by column.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use toml::{Table, Value};

use super::raw::parse_merged;
use super::{Mapping, MappingError, is_same_name};
use crate::columns::preset_files::PresetFile;

/// The preset of a mapping that wants none, whatever its files look like.
pub(crate) const NO_PRESET: &str = "none";

/// What a mapping says, to be laid over the preset that a file is recognised as.
#[derive(Debug, Clone)]
pub(crate) struct PresetOverlay {
    path: PathBuf,
    own: Table,
    /// What came of it, by the preset: made once for all files.
    merged: BTreeMap<&'static str, OnceLock<Option<Box<Mapping>>>>,
}

impl PresetOverlay {
    pub(super) fn new(path: &Path, own: Table) -> Self {
        let merged = PresetFile::all_names().map(|name| (name, OnceLock::new())).collect();
        Self { path: path.to_owned(), own, merged }
    }

    /// The mapping over a preset; nothing where both together say what cannot be.
    pub(super) fn over_preset(&self, name: &str) -> Option<&Mapping> {
        let merge = || {
            let preset = PresetFile::find_by_name(name)?;
            let (mapping, _) = merge_mapping(&self.path, preset, &self.own).ok()?;
            Some(Box::new(mapping))
        };
        self.merged.get(name)?.get_or_init(merge).as_deref()
    }
}

/// Lays a mapping over a preset. Returns all that both say, too.
pub(super) fn merge_mapping(
    path: &Path,
    preset: &PresetFile,
    own: &Table,
) -> Result<(Mapping, Table), MappingError> {
    let mut table = preset.mapping().clone();
    lay_over(&mut table, own.clone());
    let mut mapping = parse_merged(path, table.clone())?;
    let own_columns = own.get("columns").and_then(Value::as_table);
    let is_own = |name: &str| own_columns.is_some_and(|columns| columns.contains_key(name));
    mapping.columns.sort_by_key(|(name, _)| !is_own(name));
    mapping.is_of_preset = true;
    mapping.own_columns = mapping.columns.iter().filter(|(name, _)| is_own(name)).count();
    Ok((mapping, table))
}

/// Tables are merged, anything else is replaced.
fn lay_over(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(base)), Value::Table(over)) if key == "columns" => {
                lay_over_columns(base, over);
            }
            (Some(Value::Table(base)), Value::Table(over)) => lay_over(base, over),
            (_, value) => drop(base.insert(key, value)),
        }
    }
}

/// A column is the same in any case of its letters. A rule that says what a column is replaces the
/// preset's; one that only says how it is read adds to it.
fn lay_over_columns(base: &mut Table, over: Table) {
    for (name, rule) in over {
        let known = base.keys().find(|known| is_same_name(known, &name)).cloned();
        let before = known.and_then(|known| base.remove(&known));
        let rule = match (before, rule) {
            (Some(before), Value::Table(own))
                if !own.contains_key("to") && !own.contains_key("pairs") =>
            {
                let mut rule = match before {
                    Value::Table(rule) => rule,
                    to => Table::from_iter([("to".to_owned(), to)]),
                };
                lay_over(&mut rule, own);
                Value::Table(rule)
            }
            (_, own) => own,
        };
        base.insert(name, rule);
    }
}
