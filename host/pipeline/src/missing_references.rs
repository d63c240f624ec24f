//! Models and linked products that a drop names and the catalogue does not have.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{ImportRecord, RecordBody};
use rikaste_model::words;
use rikaste_model::words::TextArgument;

use super::PipelineError;
use super::release_builder::ReleaseBuilder;

/// Names that are kept to be looked up at the end of a drop.
const MAX_NAMES: usize = 200_000;

/// What the rows of a drop refer to.
#[derive(Default)]
pub(super) struct MissingReferences {
    hasher: RandomState,
    /// The hashes of the SKUs that have a row of their own.
    rows: HashSet<u64>,
    parents: BTreeMap<Sku, FirstReference>,
    links: BTreeMap<Sku, FirstReference>,
}

/// Where a SKU is referred to first.
struct FirstReference {
    row: u32,
    sku: Sku,
}

impl MissingReferences {
    /// Notes whom a row is about, and whom it names.
    pub(super) fn record_row(&mut self, record: &ImportRecord) {
        let RecordBody::Product(product) = &record.body else { return };
        self.rows.insert(self.hasher.hash_one(&record.sku));
        let parent = product.parent.iter().flatten();
        let links = product.associations.iter().flat_map(|(_, links)| links).map(|link| &link.sku);
        let all = parent.map(|sku| (sku, true)).chain(links.map(|sku| (sku, false)));
        for (sku, is_parent) in all {
            let names = if is_parent { &mut self.parents } else { &mut self.links };
            let is_known =
                names.contains_key(sku) || self.rows.contains(&self.hasher.hash_one(sku));
            if !is_known && names.len() < MAX_NAMES {
                let first = FirstReference { row: record.row, sku: record.sku.clone() };
                names.insert(sku.clone(), first);
            }
        }
    }

    /// Says which of them there are not.
    pub(super) fn push_diagnostics(
        self,
        builder: &ReleaseBuilder<'_>,
        messages: &mut DiagnosticCollector,
    ) -> Result<(), PipelineError> {
        let rows = |sku: &Sku| self.rows.contains(&self.hasher.hash_one(sku));
        let parents = find_missing(builder, &self.parents, rows)?;
        if let Some((first, names)) = parents {
            let message = words!("parent-missing", names = names);
            let warning = Diagnostic::new_warning("parent-missing", message);
            messages.push_diagnostic(warning.at_row(first.row).at_sku(first.sku.clone()));
        }
        let links = find_missing(builder, &self.links, rows)?;
        if let Some((first, names)) = links {
            let message = words!("link-missing", names = names);
            let warning = Diagnostic::new_warning("link-missing", message);
            messages.push_diagnostic(warning.at_row(first.row).at_sku(first.sku.clone()));
        }
        Ok(())
    }
}

/// The names without a product, and where the first of them stands.
fn find_missing<'r>(
    builder: &ReleaseBuilder<'_>,
    names: &'r BTreeMap<Sku, FirstReference>,
    has_row: impl Fn(&Sku) -> bool,
) -> Result<Option<(&'r FirstReference, TextArgument)>, PipelineError> {
    let mut missing = Vec::new();
    for (sku, first) in names.iter().filter(|(sku, _)| !has_row(sku)) {
        let product = match builder.writer.find_product_id(sku)? {
            Some(id) => builder.writer.load_product_without_reviews(id, builder.number())?,
            None => None,
        };
        if product.is_none_or(|product| product.content.has_no_source()) {
            missing.push((sku, first));
        }
    }
    let first = missing.iter().map(|(_, first)| *first).min_by_key(|first| first.row);
    let names = TextArgument::from_names(missing.iter().map(|(sku, _)| sku.as_str()));
    Ok(first.map(|first| (first, names)))
}
