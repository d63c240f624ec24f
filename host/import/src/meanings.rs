//! Meanings: whether names mean anything, asked while it is not known yet which row is the header.

use std::cell::RefCell;
use std::collections::HashMap;

use super::header::Convention;
use super::mapping::Mapping;
use super::sheet::Meaning;
use super::synonyms;
use super::target::Target;

/// Knows what names mean to a shop and to the mapping of a file.
pub(super) struct Meanings<'a> {
    convention: Convention<'a>,
    mapping: Option<&'a Mapping>,
    /// Answers: the same names are asked about for every dialect that is tried.
    answers: RefCell<HashMap<String, Meaning>>,
}

impl<'a> Meanings<'a> {
    pub(super) fn new(convention: Convention<'a>, mapping: Option<&'a Mapping>) -> Self {
        Self { convention, mapping, answers: RefCell::default() }
    }

    /// What a name means.
    pub(super) fn of(&self, name: &str) -> Meaning {
        if let Some(known) = self.answers.borrow().get(name) {
            return *known;
        }
        let meaning = self.find(name);
        self.answers.borrow_mut().insert(name.to_owned(), meaning);
        meaning
    }

    fn find(&self, name: &str) -> Meaning {
        if let Some(mapping) = self.mapping {
            match mapping.sku.iter().any(|sku| sku == name) {
                true => return Meaning::Sku,
                false if mapping.names(name) => return Meaning::Something,
                false => {}
            }
        }
        match self.convention.find(name) {
            Some(Ok(Target::Sku)) => Meaning::Sku,
            Some(Ok(_)) => Meaning::Something,
            None if self.mapping.is_none() => match synonyms::means(&self.convention, name) {
                Some(Target::Sku) => Meaning::Sku,
                Some(_) => Meaning::Something,
                None => Meaning::None,
            },
            _ => Meaning::None,
        }
    }
}
