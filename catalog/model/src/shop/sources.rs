//! Sources: which files are the whole range of one, and whose values win.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::code::{AttributeCode, SourceCode};
use crate::receipt::Percentage;

/// Files that are the whole range of their source: what they do not name is taken out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FullRanges {
    /// Patterns of the names of such files. The files of one pattern are one range: the newest
    /// counts.
    pub files: Vec<String>,
    /// More than this share of a range is not taken out before somebody says that it is right.
    pub max_removed_share: Percentage,
}

impl Default for FullRanges {
    fn default() -> Self {
        Self { files: Vec::new(), max_removed_share: Percentage::from_percent(20) }
    }
}

/// What the shop says about its sources, whatever mappings say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SourcePriorities(BTreeMap<SourceCode, SourcePriority>);

/// How much a source's word is worth.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SourcePriority {
    /// In place of the priority that its mappings give.
    pub priority: Option<i32>,
    /// The same for single attributes.
    #[serde(default)]
    pub attributes: BTreeMap<AttributeCode, i32>,
}

impl SourcePriorities {
    pub(crate) fn new(priorities: BTreeMap<SourceCode, SourcePriority>) -> Self {
        Self(priorities)
    }

    /// A source's priority for an attribute; `own` is what its mapping says.
    #[must_use]
    pub fn find_priority(&self, source: &SourceCode, attribute: &AttributeCode, own: i32) -> i32 {
        let Some(entry) = self.0.get(source) else { return own };
        let of_attribute = entry.attributes.get(attribute).copied();
        of_attribute.or(entry.priority).unwrap_or(own)
    }
}
