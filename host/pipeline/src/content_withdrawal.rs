//! A product file that comes again under its name: what its earlier versions said of products, and this one
//! does not.
//!
//! Of a product that the new version names, values and links are withdrawn that came from an earlier version
//! and that the new one neither states nor clears. What they had taken the place of comes back, as far as that
//! release is kept. What other files and people said stays, and so does a state that keeps a product out of
//! the shop: nothing is offered because a file says less. Products that the new version does not name stay as
//! they are. Where much would go, the file was perhaps meant to add to the earlier one: somebody is asked.
//!
//! What a file mentions is kept only of products of which something is left over, so a file that says as much
//! as before takes no memory but a number for each product.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::Arc;

use rikaste_import::REJECTED_SUFFIX;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::merge::ChangedParts;
use rikaste_model::moment::Moment;
use rikaste_model::product::{DropId, LinkOrigin, Product, ProductId, SourceValue};
use rikaste_model::publication::PublicationState;
use rikaste_model::receipt::{ApprovalQuestion, DiagnosticCollector, DropOutcome, RowCounts};
use rikaste_model::record::{CellChange, DropKind, ImportRecord, RecordBody};
use rikaste_model::value::AttributeValue;
use rikaste_model::well_known;
use rikaste_model::words;

use super::release_builder::ReleaseBuilder;
use super::{PipelineError, TableFile};

mod product_history;
mod tally;

use product_history::ProductHistory;
use tally::WithdrawalTally;

/// What the earlier versions of a file said, while the new one is read.
pub(super) struct ContentWithdrawal {
    /// The earlier drops of the file.
    earlier: HashSet<DropId>,
    /// Rows that were taken of the version before.
    rows_before: u64,
    at: Moment,
    hasher: RandomState,
    named: HashSet<ProductId>,
    /// Of the named ones, how many an earlier version said something of.
    named_before: u64,
    /// Products of which something is left over, and what the file mentions of them, as far as it is read.
    candidates: HashMap<ProductId, Mentions>,
    /// Many products have the same.
    shared: HashSet<Mentions>,
    /// Products with cells that could not be read.
    unclear: HashSet<ProductId>,
}

/// Hashes of the places that a file states or clears of a product, in order.
type Mentions = Arc<[u64]>;

/// What is left over of a product.
#[derive(Default)]
struct Leftovers {
    values: Vec<(usize, usize)>,
    links: Vec<LinkOrigin>,
    /// Whether a state stays that keeps the product out of the shop.
    keeps_state: bool,
}

impl ContentWithdrawal {
    /// Begins with a file of products that came before; nothing for one that did not.
    pub(super) fn start_tracking(
        table: &TableFile,
        builder: &ReleaseBuilder<'_>,
        drop: DropId,
    ) -> Result<Option<Self>, PipelineError> {
        // Mended rows are an update, whatever file they are from.
        if table.kind != DropKind::Products || table.file.ends_with(REJECTED_SUFFIX) {
            return Ok(None);
        }
        let mended = format!("{}{REJECTED_SUFFIX}", table.file);
        let drops =
            builder.writer.list_drops(table.kind)?.into_iter().filter(|(id, _)| *id != drop);
        let (mut earlier, mut versions) = (HashSet::new(), Vec::new());
        for (id, file) in drops {
            if file == table.file {
                versions.push(id);
                earlier.insert(id);
            } else if file == mended {
                earlier.insert(id);
            }
        }
        versions.sort();
        let mut rows_before = None;
        for id in versions.into_iter().rev() {
            let receipt = builder.writer.load_receipt(id)?;
            let taken = receipt.filter(|receipt| {
                matches!(receipt.outcome, DropOutcome::Released | DropOutcome::Unchanged)
            });
            if let Some(taken) = taken {
                rows_before = Some(taken.rows.accepted());
                break;
            }
        }
        Ok(rows_before.map(|rows_before| Self {
            earlier,
            rows_before,
            at: builder.at(),
            hasher: RandomState::new(),
            named: HashSet::new(),
            named_before: 0,
            candidates: HashMap::new(),
            shared: HashSet::new(),
            unclear: HashSet::new(),
        }))
    }

    /// Notes what a row mentions, before it is merged.
    pub(super) fn record_row(&mut self, id: ProductId, product: &Product, record: &ImportRecord) {
        let RecordBody::Product(row) = &record.body else { return };
        if row.cells.is_empty() && row.associations.is_empty() {
            // The row of its model names it, and says nothing of it.
            return;
        }
        if row.has_unread_cells {
            self.unclear.insert(id);
        }
        let is_first = self.named.insert(id);
        if is_first && self.is_said_before(product) {
            self.named_before += 1;
        } else if !self.candidates.contains_key(&id) {
            // There was nothing, or nothing is left over.
            return;
        }
        let mut mentions: Vec<u64> =
            self.candidates.get(&id).map(|known| known.to_vec()).unwrap_or_default();
        let source = &row.source;
        mentions.extend(row.cells.iter().map(|cell| match &cell.change {
            CellChange::Set(AttributeValue { attribute, locale, channel, window, .. })
            | CellChange::Clear { attribute, locale, channel, window } => {
                self.hash((source, attribute, locale, channel, window))
            }
        }));
        mentions.extend(row.associations.iter().map(|(kind, _)| self.hash((source, kind))));
        mentions.sort_unstable();
        mentions.dedup();
        if self.find_leftovers(product, &mentions).is_empty() {
            self.candidates.remove(&id);
            return;
        }
        let mentions = match self.shared.get(mentions.as_slice()) {
            Some(shared) => Arc::clone(shared),
            None => Arc::from(mentions),
        };
        self.shared.insert(Arc::clone(&mentions));
        self.candidates.insert(id, mentions);
    }

    fn hash(&self, key: impl Hash) -> u64 {
        self.hasher.hash_one(key)
    }

    fn is_said_before(&self, product: &Product) -> bool {
        let content = &product.content;
        let mut values = content.sources.iter().flat_map(|layer| &layer.values);
        values.any(|value| self.earlier.contains(&value.cell.drop))
            || content.link_origins.iter().any(|origin| self.earlier.contains(&origin.drop))
    }

    /// What an earlier version said of a product, and the new one does not mention.
    fn find_leftovers(&self, product: &Product, mentions: &[u64]) -> Leftovers {
        let is_left = |hash: u64| mentions.binary_search(&hash).is_err();
        let mut left = Leftovers::default();
        for (layer_at, layer) in product.content.sources.iter().enumerate() {
            for (at, SourceValue { value, cell }) in layer.values.iter().enumerate() {
                let AttributeValue { attribute, locale, channel, window, .. } = value;
                if !self.earlier.contains(&cell.drop)
                    || window.end.is_some_and(|end| end <= self.at)
                    || !is_left(self.hash((&layer.source, attribute, locale, channel, window)))
                {
                    continue;
                }
                match is_restrictive_state(value) {
                    true => left.keeps_state = true,
                    false => left.values.push((layer_at, at)),
                }
            }
        }
        let origins = product.content.link_origins.iter();
        left.links = origins
            .filter(|origin| {
                self.earlier.contains(&origin.drop)
                    && is_left(self.hash((&origin.source, &origin.kind)))
            })
            .cloned()
            .collect();
        left
    }

    /// Withdraws what is left over, and says it. A question instead where that is much and nobody has
    /// `approved` of it.
    pub(super) fn withdraw(
        self,
        builder: &mut ReleaseBuilder<'_>,
        messages: &mut DiagnosticCollector,
        file: &str,
        approved: bool,
    ) -> Result<Option<ApprovalQuestion>, PipelineError> {
        if self.candidates.is_empty() {
            return Ok(None);
        }
        builder.drain_workers()?;
        let mut candidates: Vec<_> = self.candidates.iter().collect();
        candidates.sort();
        let mut tally = WithdrawalTally::default();
        for (id, mentions) in &candidates {
            let product = builder.writer.load_product_without_reviews(**id, builder.number())?;
            if let Some(product) = product {
                let left = self.find_leftovers(&product, mentions);
                tally.count_product(&product, &left, self.unclear.contains(id));
            }
        }
        if !approved && tally.needs_approval(self.named_before) {
            let question = tally.to_question();
            messages.push_diagnostic(tally.to_question_diagnostic(file));
            return Ok(Some(question));
        }
        for (id, mentions) in candidates {
            if !self.unclear.contains(id) {
                self.withdraw_of_product(builder, *id, mentions)?;
            }
        }
        tally.push_diagnostics(messages);
        Ok(None)
    }

    /// Rows of the version before that have no like in this one are about products that stay, unless the file is a
    /// whole range.
    pub(super) fn tell_of_unnamed_rows(&self, rows: RowCounts, messages: &mut DiagnosticCollector) {
        let known = rows.changed + rows.unchanged + rows.rejected;
        let count = self.rows_before.saturating_sub(known);
        if count > 0 {
            let message = words!("rows-not-named", before = self.rows_before, count = count);
            messages.push_diagnostic(Diagnostic::new_info("rows-not-named", message));
        }
    }

    fn withdraw_of_product(
        &self,
        builder: &mut ReleaseBuilder<'_>,
        id: ProductId,
        mentions: &[u64],
    ) -> Result<(), PipelineError> {
        let Some(mut product) = builder.writer.load_product(id, builder.number())? else {
            return Ok(());
        };
        let left = self.find_leftovers(&product, mentions);
        if left.is_empty() {
            return Ok(());
        }
        let gtin_before = builder.find_own_gtin(&product);
        let mut history = ProductHistory::new(id, &self.earlier);
        let mut restored = Vec::new();
        for &(layer_at, at) in &left.values {
            let layer = &product.content.sources[layer_at];
            let before = history.find_value(builder, &layer.source, &layer.values[at])?;
            restored.extend(before.map(|value| (layer_at, value)));
        }
        for (layer_at, layer) in product.content.sources.iter_mut().enumerate() {
            let mut at = 0;
            layer.values.retain(|_| {
                at += 1;
                !left.values.contains(&(layer_at, at - 1))
            });
        }
        for (layer_at, value) in restored {
            product.content.sources[layer_at].values.push(value);
        }
        for origin in &left.links {
            let (links, before) = history.find_links(builder, origin)?;
            let content = &mut product.content;
            content.link_origins.retain(|known| known != origin);
            content.link_origins.extend(before);
            let layers = content.sources.iter_mut();
            for layer in layers.filter(|layer| layer.source == origin.source) {
                layer.associations.retain(|link| link.kind != origin.kind);
                layer.associations.extend(links.iter().cloned());
            }
        }
        let changed = ChangedParts { content: true, ..ChangedParts::default() };
        builder.apply_content_change(id, product, changed, false, gtin_before)
    }
}

/// Whether a value says that the product is not offered.
fn is_restrictive_state(value: &AttributeValue) -> bool {
    value.attribute.as_str() == well_known::STATUS
        && PublicationState::from_word(&value.data.to_string()) != Some(PublicationState::Active)
}

impl Leftovers {
    fn is_empty(&self) -> bool {
        self.values.is_empty() && self.links.is_empty() && !self.keeps_state
    }
}
