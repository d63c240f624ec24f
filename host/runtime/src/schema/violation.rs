//! What is wrong with a configuration, and on which line of the file.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigViolation {
    /// Where in the configuration.
    pub(super) path: Vec<PathStep>,
    /// What it is and what it should be.
    pub(super) what: String,
}

/// A violation and the line of the file it stands on, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocatedViolation {
    /// The line, unless nothing of it is in the file.
    pub line: Option<usize>,
    /// What is wrong.
    pub violation: ConfigViolation,
}

/// A step from a value into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PathStep {
    Key(String),
    Index(usize),
}

impl fmt::Display for ConfigViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return write!(f, "the configuration {}", self.what);
        }
        f.write_str("`")?;
        for (at, step) in self.path.iter().enumerate() {
            match step {
                PathStep::Key(key) if at == 0 => f.write_str(key)?,
                PathStep::Key(key) => write!(f, ".{key}")?,
                PathStep::Index(index) => write!(f, "[{index}]")?,
            }
        }
        write!(f, "` {}", self.what)
    }
}

impl ConfigViolation {
    /// Finds its line in the TOML that the configuration was made of.
    #[must_use]
    pub fn locate_in_toml(self, toml: &str) -> LocatedViolation {
        let offset = DeTable::parse(toml).ok().and_then(|table| find_offset(&self.path, &table));
        let line = offset.map(|offset| 1 + toml[..offset].matches('\n').count());
        LocatedViolation { line, violation: self }
    }
}

/// Where the last step is that the file has: what is missing has no place of its own.
fn find_offset(path: &[PathStep], table: &Spanned<DeTable<'_>>) -> Option<usize> {
    let (first, rest) = path.split_first()?;
    let PathStep::Key(key) = first else { return None };
    let (key, mut value) = table.get_ref().get_key_value(key.as_str())?;
    let mut found = key.span().start;
    for step in rest {
        let next = match (step, value.get_ref()) {
            (PathStep::Key(key), DeValue::Table(table)) => {
                table.get_key_value(key.as_str()).map(|(key, value)| (key.span().start, value))
            }
            (PathStep::Index(index), DeValue::Array(items)) => {
                items.get(*index).map(|item| (item.span().start, item))
            }
            _ => None,
        };
        let Some((start, inner)) = next else { break };
        // A table that is put together of several headers begins nowhere.
        found = if start == 0 { found } else { start };
        value = inner;
    }
    Some(found)
}
