//! Overruled: values of a drop that another source, or a person, has a stronger word about.

use std::collections::BTreeMap;

use rikaste_model::code::{AttributeCode, Sku, SourceCode};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::Product;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{CellChange, ImportRecord, RecordBody};
use rikaste_model::resolve::{ValuePrecedence, source_precedence};
use rikaste_model::shop::SourcePriorities;
use rikaste_model::value::AttributeValue;
use rikaste_model::words;
use rikaste_model::words::{LocalizedText, TextArgument};

/// Products that are named of each loss.
const MAX_NAMED_PRODUCTS: usize = 3;

/// How often each attribute of a drop is overruled, and by whom.
#[derive(Default)]
pub(super) struct ShadowedValues(BTreeMap<(AttributeCode, ShadowingSource), ShadowedCount>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum ShadowingSource {
    Source { source: SourceCode, priority: i32, own: i32 },
    Edit,
}

#[derive(Default)]
struct ShadowedCount {
    count: u64,
    first_skus: Vec<Sku>,
}

impl ShadowedValues {
    /// Notes what of a row does not count, before it is merged.
    pub(super) fn record_row(
        &mut self,
        product: &Product,
        record: &ImportRecord,
        priorities: &SourcePriorities,
    ) {
        let RecordBody::Product(row) = &record.body else { return };
        let content = &product.content;
        let alone = content.sources.iter().all(|layer| layer.source == row.source);
        if alone && content.edits.is_empty() {
            return;
        }
        for cell in &row.cells {
            let CellChange::Set(value) = &cell.change else { continue };
            let own = priorities.find_priority(&row.source, &value.attribute, row.priority);
            if let Some(winner) =
                find_shadowing_source(product, value, (own, &row.source), priorities)
            {
                let losses = self.0.entry((value.attribute.clone(), winner)).or_default();
                losses.count += 1;
                if losses.first_skus.len() < MAX_NAMED_PRODUCTS {
                    losses.first_skus.push(record.sku.clone());
                }
            }
        }
    }

    /// Says it, attribute by attribute.
    pub(super) fn push_diagnostics(self, messages: &mut DiagnosticCollector) {
        for ((attribute, winner), losses) in self.0 {
            let message = losses.to_message(&attribute, &winner);
            messages.push_diagnostic(
                Diagnostic::new_info("overruled", message).at_attribute(attribute),
            );
        }
    }
}

fn find_shadowing_source(
    product: &Product,
    value: &AttributeValue,
    (own, source): (i32, &SourceCode),
    priorities: &SourcePriorities,
) -> Option<ShadowingSource> {
    if product.content.edits.iter().any(|edit| edit.value.has_same_scope(value)) {
        return Some(ShadowingSource::Edit);
    }
    let others = product.content.sources.iter().filter(|layer| layer.source != *source);
    let say =
        others.filter(|layer| layer.values.iter().any(|known| known.value.has_same_scope(value)));
    let strongest =
        say.map(|layer| source_precedence(layer, &value.attribute, priorities)).max()?;
    match strongest {
        ValuePrecedence::Source(priority, winner)
            if strongest > ValuePrecedence::Source(own, source) =>
        {
            Some(ShadowingSource::Source { source: winner.clone(), priority, own })
        }
        _ => None,
    }
}

impl ShadowedCount {
    fn to_message(&self, attribute: &AttributeCode, winner: &ShadowingSource) -> LocalizedText {
        let more = self.count.saturating_sub(self.first_skus.len() as u64);
        let skus = TextArgument::Names(
            self.first_skus.iter().map(|sku| sku.as_str().into()).collect(),
            more,
        );
        match winner {
            ShadowingSource::Edit => words!("overruled-by-edit", count = self.count, skus = skus),
            ShadowingSource::Source { source, priority, own } => words!(
                "overruled-by-source",
                count = self.count,
                attribute = attribute.as_str(),
                source = source.as_str(),
                theirs = priority.to_string(),
                own = own.to_string(),
                skus = skus
            ),
        }
    }
}
