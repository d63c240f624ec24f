//! Products of several rows: which columns name the product, and which are about a variant.

use smol_str::SmolStr;

use super::mapping::{Glob, GroupRule, is_same_name};

/// Which columns of a file name the product, and which are about a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupPlan {
    key_columns: Vec<u16>,
    roles: Vec<ColumnRole>,
    no_choice: Vec<String>,
    by_name: bool,
    starts: Option<(u16, String)>,
    spread: Option<SpreadPlan>,
}

/// How rows that each state one price become one with a column for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SpreadPlan {
    /// The column that says which price it is.
    pub(crate) kind_column: u16,
    /// The column of amounts.
    pub(crate) value_column: u16,
    /// What stands in the first, and the column of the plan that the amount goes to.
    pub(crate) columns: Vec<(String, u16)>,
}

/// What a column is about, where several rows are one product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnRole {
    /// It is about the product.
    Product,
    /// It is about a row's variant.
    Variant,
    /// It tells variants apart.
    Axis,
    /// It is about the variant, and filled in the first row only.
    FirstRowOnly,
}

impl GroupPlan {
    pub(crate) fn from_rule(rule: &GroupRule, headers: &[SmolStr]) -> Option<Self> {
        let is = |globs: &[Glob], name: &str| globs.iter().any(|glob| glob.is_match(name));
        let named = rule.key_columns.iter().filter_map(|glob| {
            let at = headers.iter().position(|name| glob.is_match(name))?;
            u16::try_from(at).ok()
        });
        let by: Vec<u16> = named.take(if rule.joined { usize::MAX } else { 1 }).collect();
        let starts = rule.starts.as_ref().and_then(|(column, text)| {
            let at = headers.iter().position(|name| is_same_name(column, name))?;
            Some((u16::try_from(at).ok()?, text.clone()))
        });
        if by.is_empty() && starts.is_none() {
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
        Some(Self {
            key_columns: by,
            roles,
            no_choice: rule.no_choice.clone(),
            by_name: rule.by_name,
            starts,
            spread: None,
        })
    }

    /// The same where rows of prices become one.
    pub(crate) fn with_spread(self, spread: SpreadPlan) -> Self {
        Self { spread: Some(spread), ..self }
    }

    /// How rows of prices become one.
    pub(crate) fn spread(&self) -> Option<&SpreadPlan> {
        self.spread.as_ref()
    }

    /// The column that says where a product begins, and what stands there.
    pub(crate) fn starts(&self) -> Option<(u16, &str)> {
        self.starts.as_ref().map(|(column, text)| (*column, text.as_str()))
    }

    /// The columns that name the product.
    pub(crate) fn key_columns(&self) -> &[u16] {
        &self.key_columns
    }

    /// Whether what names the product is its name, and no SKU.
    pub(crate) fn is_by_name(&self) -> bool {
        self.by_name
    }

    /// What each column is about, in order.
    pub(crate) fn roles(&self) -> &[ColumnRole] {
        &self.roles
    }

    /// Whether a text says that there is nothing to choose.
    pub(crate) fn is_no_choice(&self, text: &str) -> bool {
        self.no_choice.iter().any(|none| none == text)
    }
}
