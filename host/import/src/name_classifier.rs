//! Meanings: whether names mean anything, asked while it is not known yet which row is the header.

use std::cell::RefCell;
use std::collections::HashMap;

use super::header::HeaderConvention;
use super::mapping::Mapping;
use super::synonyms;
use super::table::NameMeaning;
use super::target::ColumnTarget;

/// Knows what names mean to a shop and to the mapping of a file.
pub(super) struct NameClassifier<'a> {
    convention: HeaderConvention<'a>,
    mapping: Option<&'a Mapping>,
    /// Answers: the same names are asked about for every dialect that is tried.
    answers: RefCell<HashMap<String, NameMeaning>>,
}

impl<'a> NameClassifier<'a> {
    pub(super) fn new(convention: HeaderConvention<'a>, mapping: Option<&'a Mapping>) -> Self {
        Self { convention, mapping, answers: RefCell::default() }
    }

    /// What a name means.
    pub(super) fn classify_name(&self, name: &str) -> NameMeaning {
        if let Some(known) = self.answers.borrow().get(name) {
            return *known;
        }
        let meaning = self.resolve_name(name);
        self.answers.borrow_mut().insert(name.to_owned(), meaning);
        meaning
    }

    fn resolve_name(&self, name: &str) -> NameMeaning {
        if let Some(mapping) = self.mapping {
            match mapping.sku.iter().any(|sku| sku == name) {
                true => return NameMeaning::Sku,
                false if mapping.has_column(name) => return NameMeaning::Known,
                false => {}
            }
        }
        match self.convention.find_target(name) {
            Some(Ok(ColumnTarget::Sku)) => NameMeaning::Sku,
            Some(Ok(_)) => NameMeaning::Known,
            None if self.mapping.is_none() => {
                match synonyms::find_synonym_target(&self.convention, name) {
                    Some(ColumnTarget::Sku) => NameMeaning::Sku,
                    Some(_) => NameMeaning::Known,
                    None => NameMeaning::Unknown,
                }
            }
            _ => NameMeaning::Unknown,
        }
    }
}
