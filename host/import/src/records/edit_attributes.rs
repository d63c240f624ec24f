//! The attributes that edits are of: by code, or in the words that headers of product files may say.

use std::cell::RefCell;
use std::collections::HashMap;

use rikaste_model::code::AttributeCode;
use rikaste_model::record::DropKind;
use rikaste_model::shop::find_misspelt_name;
use rikaste_model::words;

use super::parse::CellProblem;
use crate::columns::{
    AttributeTarget, ColumnTarget, HeaderConvention, ShopLabels, find_synonym_target,
};

/// Names that are remembered: a file has few, and a broken one any number.
const MAX_NAMES: usize = 1_000;

/// Finds the attributes that one file of edits names.
pub(super) struct EditAttributes<'a> {
    /// Of product files, whose words are taken.
    convention: HeaderConvention<'a>,
    labels: ShopLabels,
    known: RefCell<HashMap<String, Result<AttributeTarget<'a>, CellProblem>>>,
}

impl<'a> EditAttributes<'a> {
    pub(super) fn new(convention: HeaderConvention<'a>) -> Self {
        let convention = HeaderConvention { kind: DropKind::Products, ..convention };
        let labels = ShopLabels::from_convention(&convention);
        Self { convention, labels, known: RefCell::default() }
    }

    /// The attribute of this name, perhaps in a locale or for a channel.
    pub(super) fn find_attribute(&self, name: &str) -> Result<AttributeTarget<'a>, CellProblem> {
        if let Some(known) = self.known.borrow().get(name) {
            return known.clone();
        }
        let found = self.resolve_name(name);
        let mut known = self.known.borrow_mut();
        if known.len() < MAX_NAMES {
            known.insert(name.to_owned(), found.clone());
        }
        found
    }

    fn resolve_name(&self, name: &str) -> Result<AttributeTarget<'a>, CellProblem> {
        if let Some(attribute) = self.convention.find_attribute(name) {
            return Ok(attribute);
        }
        match self.find_target(name)? {
            Some(ColumnTarget::Value(attribute)) => Ok(attribute),
            Some(_) => Err(CellProblem::new("attribute-unknown", words!("edit-elsewhere"))),
            None => {
                let known = self.convention.shop.attributes.keys().map(AttributeCode::as_str);
                let near = find_misspelt_name(name, known);
                let hint = near.map(|near| words!("or-meant", near = near));
                let message = words!("attribute-unknown", text = name, hint = hint);
                Err(CellProblem::new("attribute-unknown", message))
            }
        }
    }

    fn find_target(&self, name: &str) -> Result<Option<ColumnTarget<'a>>, CellProblem> {
        if let Some(Ok(target)) = self.convention.find_target(name) {
            return Ok(Some(target));
        }
        match self.labels.resolve_header(&self.convention, name) {
            Some(Ok(place)) => Ok(self.convention.find_target(&place).and_then(Result::ok)),
            Some(Err(problem)) => {
                Err(CellProblem::new("attribute-unknown", problem.to_localized_text()))
            }
            None => Ok(find_synonym_target(&self.convention, name)),
        }
    }
}
