//! How much of what a file said before goes, and what receipts say of it.

use std::collections::BTreeMap;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::{Product, SourceValue};
use rikaste_model::receipt::{ApprovalQuestion, DiagnosticCollector};
use rikaste_model::well_known;
use rikaste_model::words;
use rikaste_model::words::TextArgument;
use smol_str::SmolStr;

use super::Leftovers;
use crate::price_checks::ShownPrices;

/// Fewer products lose values without a question.
const MIN_PRODUCTS_FOR_QUESTION: u64 = 10;

/// What goes, and what does not.
#[derive(Default)]
pub(super) struct WithdrawalTally {
    values: u64,
    products: u64,
    /// How many values by attribute or kind of link.
    attributes: BTreeMap<SmolStr, u64>,
    examples: ShownPrices,
    loses_names: bool,
    unclear: ShownPrices,
    kept_states: ShownPrices,
}

impl WithdrawalTally {
    pub(super) fn count_product(&mut self, product: &Product, left: &Leftovers, is_unclear: bool) {
        let sku: &Sku = &product.sku;
        if left.keeps_state {
            self.kept_states.add(|| sku.to_string());
        }
        let values = left.values.iter();
        let attributes = values
            .map(|&(layer, at)| &product.content.sources[layer].values[at].value.attribute)
            .map(|attribute| SmolStr::new(attribute.as_str()));
        let kinds = left.links.iter().map(|origin| SmolStr::new(origin.kind.as_str()));
        let mut names: Vec<SmolStr> = attributes.chain(kinds).collect();
        if names.is_empty() {
            return;
        }
        if is_unclear {
            self.unclear.add(|| sku.to_string());
            return;
        }
        self.products += 1;
        self.values += names.len() as u64;
        self.loses_names |= loses_name(product, left);
        for name in &names {
            *self.attributes.entry(name.clone()).or_default() += 1;
        }
        names.sort();
        names.dedup();
        self.examples.add(|| format!("{sku}: {}", names.join(", ")));
    }

    /// Whether the file was perhaps meant to add to its earlier version: half of its products would lose
    /// something, or one its name.
    pub(super) fn needs_approval(&self, named_before: u64) -> bool {
        let is_half =
            self.products >= MIN_PRODUCTS_FOR_QUESTION && self.products * 2 >= named_before;
        is_half || self.loses_names
    }

    fn attributes_by_count(&self) -> Vec<SmolStr> {
        let mut attributes: Vec<_> = self.attributes.iter().collect();
        attributes.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
        attributes.into_iter().map(|(name, _)| name.clone()).collect()
    }

    pub(super) fn to_question(&self) -> ApprovalQuestion {
        ApprovalQuestion::Withdrawal {
            values: self.values,
            products: self.products,
            attributes: self.attributes_by_count(),
        }
    }

    pub(super) fn to_question_diagnostic(&self, file: &str) -> Diagnostic {
        let message = words!(
            "withdrawal-question",
            values = self.values,
            products = self.products,
            attributes = TextArgument::from_names(self.attributes_by_count()),
            examples = self.examples.to_argument(),
            file = file
        );
        Diagnostic::new_error("withdrawal-question", message)
    }

    pub(super) fn push_diagnostics(self, messages: &mut DiagnosticCollector) {
        if self.values > 0 {
            let (count, examples) = (self.values, self.examples.to_argument());
            let message = words!(
                "values-withdrawn",
                count = count,
                products = self.products,
                examples = examples
            );
            messages.push_diagnostic(Diagnostic::new_info("values-withdrawn", message));
        }
        if !self.unclear.is_empty() {
            let (count, skus) = (self.unclear.count(), self.unclear.to_argument());
            let message = words!("values-withdrawal-unclear", count = count, skus = skus);
            messages.push_diagnostic(Diagnostic::new_warning("values-not-withdrawn", message));
        }
        if !self.kept_states.is_empty() {
            let (count, skus) = (self.kept_states.count(), self.kept_states.to_argument());
            let message = words!("states-not-withdrawn", count = count, skus = skus);
            messages.push_diagnostic(Diagnostic::new_warning("values-not-withdrawn", message));
        }
    }
}

/// Whether a product would have no name from any source any more.
fn loses_name(product: &Product, left: &Leftovers) -> bool {
    let is_name = |value: &SourceValue| value.value.attribute.as_str() == well_known::NAME;
    let all = product.content.sources.iter().flat_map(|layer| &layer.values);
    let names = all.filter(|value| is_name(value)).count();
    let gone = left
        .values
        .iter()
        .filter(|&&(layer, at)| is_name(&product.content.sources[layer].values[at]));
    let gone = gone.count();
    gone > 0 && gone == names
}
