//! Whether names mean anything, needed while it is not known yet which row is the header.

use std::cell::RefCell;
use std::collections::HashMap;

use rikaste_model::record::DropKind;
use rikaste_tables::{DocumentObject, NameMeaning};

use crate::columns::header::HeaderConvention;
use crate::columns::mapping::Mapping;
use crate::columns::shop_labels::ShopLabels;
use crate::columns::synonyms;
use crate::columns::target::ColumnTarget;

/// Knows what names mean to a shop and to the mapping of a file.
pub(crate) struct NameClassifier<'a> {
    convention: HeaderConvention<'a>,
    mapping: Option<&'a Mapping>,
    labels: ShopLabels,
    /// Answers: the same names are asked about for every dialect that is tried.
    answers: RefCell<HashMap<String, NameMeaning>>,
}

impl<'a> NameClassifier<'a> {
    pub(crate) fn new(convention: HeaderConvention<'a>, mapping: Option<&'a Mapping>) -> Self {
        let labels = ShopLabels::from_convention(&words_of(convention));
        Self { convention, mapping, labels, answers: RefCell::default() }
    }

    /// What a name means.
    pub(crate) fn classify_name(&self, name: &str) -> NameMeaning {
        if let Some(known) = self.answers.borrow().get(name) {
            return *known;
        }
        let meaning = self.resolve_name(name);
        self.answers.borrow_mut().insert(name.to_owned(), meaning);
        meaning
    }

    fn resolve_name(&self, name: &str) -> NameMeaning {
        if let Some(mapping) = self.mapping {
            match mapping.is_sku_column(name) {
                true => return NameMeaning::Sku,
                false if mapping.has_column(name) => return NameMeaning::Known,
                false => {}
            }
        }
        match self.find_target(name) {
            Some(ColumnTarget::Sku) => NameMeaning::Sku,
            Some(_) => NameMeaning::Known,
            None => NameMeaning::Unknown,
        }
    }

    /// What a name means by the convention, the shop's labels and, where no preset has words of its own, the
    /// synonyms.
    fn find_target(&self, name: &str) -> Option<ColumnTarget<'a>> {
        if let Some(target) = self.convention.find_target(name) {
            return target.ok();
        }
        // A file of edits may have a column for each attribute.
        let words = words_of(self.convention);
        if let Some(target) = words.find_target(name) {
            return target.ok();
        }
        if let Some(label) = self.labels.resolve_header(&words, name) {
            return words.find_target(&label.ok()?)?.ok();
        }
        match self.mapping {
            Some(mapping) if mapping.is_of_preset => None,
            _ => synonyms::find_synonym_target(&self.convention, name)
                .or_else(|| synonyms::find_synonym_target(&words, name)),
        }
    }

    /// Whether an object looks like a record: something in it is the SKU.
    pub(crate) fn has_sku(&self, object: &DocumentObject<'_>) -> bool {
        match self.mapping {
            Some(mapping) if !mapping.sku.is_empty() => mapping.sku.iter().any(|sku| {
                let first = sku.split(['.', '[']).next().unwrap_or(sku);
                object.contains_key(first)
            }),
            _ => object.keys().any(|key| self.classify_name(key) == NameMeaning::Sku),
        }
    }
}

/// In whose words the headers of files may be.
fn words_of(convention: HeaderConvention<'_>) -> HeaderConvention<'_> {
    match convention.kind {
        DropKind::Edits => convention.of_products(),
        _ => convention,
    }
}
