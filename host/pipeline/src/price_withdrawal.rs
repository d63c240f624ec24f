//! A file that comes again under its name: what its earlier versions said of prices, and this one does not.
//!
//! Where the new version speaks about a SKU and a price list, what an earlier one said of both and the new
//! one does not is withdrawn. What it had taken the place of comes back, as far as that release is kept; an
//! ordinary price that nothing comes back for stays. Of products that the new version does not name, prices with an
//! end are withdrawn when it names at least half of those that the earlier versions priced: then it is the
//! file corrected, and else an update. Rows of products withdraw only sales, and only where the row has columns
//! about sales. What has ended stays on record.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};

use rikaste_import::{ImportStream, REJECTED_SUFFIX};
use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::merge::{ChangedParts, withdraw_prices};
use rikaste_model::moment::{Moment, Window};
use rikaste_model::product::{DropId, Price, Product, ProductId};
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{DropKind, ImportRecord, PriceRecord, RecordBody};
use rikaste_model::value::Money;
use rikaste_model::words;

use super::price_checks::{ShownPrices, change_text};
use super::release_builder::ReleaseBuilder;
use super::{PipelineError, TableFile};

/// What the earlier versions of a file said, while the new one is read.
pub(super) struct PriceWithdrawal {
    /// The earlier drops of the file.
    earlier: HashSet<DropId>,
    hasher: RandomState,
    /// Hashes of what the file states: a product, a list and a window.
    stated: HashSet<u64>,
    /// Hashes of products and lists that it speaks about: all of their prices, or their sales.
    lists: HashSet<u64>,
    sale_lists: HashSet<u64>,
    named: HashSet<ProductId>,
    /// Of the named ones, how many an earlier version priced.
    named_before: u64,
    /// Products with prices that are to be withdrawn, as far as is known.
    candidates: HashSet<ProductId>,
    names_prices: bool,
    rejected_skus: HashSet<Sku>,
    rejected_without_sku: u64,
}

/// What became of the prices that a file says no more.
#[derive(Default)]
struct WithdrawalReport {
    withdrawn: ShownPrices,
    kept: ShownPrices,
    unclear: ShownPrices,
}

impl PriceWithdrawal {
    /// Begins with a file that came before; nothing for one that did not.
    pub(super) fn start_tracking(
        table: &TableFile,
        builder: &ReleaseBuilder<'_>,
        drop: DropId,
    ) -> Result<Option<Self>, PipelineError> {
        // Mended rows are an update, whatever file they are from.
        let has_prices = matches!(table.kind, DropKind::Prices | DropKind::Products);
        if !has_prices || table.file.ends_with(REJECTED_SUFFIX) {
            return Ok(None);
        }
        let mended = format!("{}{REJECTED_SUFFIX}", table.file);
        let drops = builder.writer.list_drops(table.kind)?.into_iter();
        let drops =
            drops.filter(|(id, file)| *id != drop && (*file == table.file || *file == mended));
        let earlier: HashSet<DropId> = drops.map(|(id, _)| id).collect();
        Ok((!earlier.is_empty()).then(|| Self {
            earlier,
            hasher: RandomState::new(),
            stated: HashSet::new(),
            lists: HashSet::new(),
            sale_lists: HashSet::new(),
            named: HashSet::new(),
            named_before: 0,
            candidates: HashSet::new(),
            names_prices: false,
            rejected_skus: HashSet::new(),
            rejected_without_sku: 0,
        }))
    }

    /// Notes what a row states, before it is merged.
    pub(super) fn record_row(&mut self, id: ProductId, product: &Product, record: &ImportRecord) {
        let (prices, all) = match &record.body {
            RecordBody::Prices(prices) => (prices, true),
            RecordBody::Product(row) => (&row.prices, false),
            _ => return,
        };
        if all && self.named.insert(id) {
            self.names_prices = true;
            let was_priced = product.commerce.prices.iter().any(|price| self.is_earlier(price));
            self.named_before += u64::from(was_priced);
        }
        for PriceRecord { list, window, .. } in prices {
            let (key, list_key) = (self.hash((id, list, window)), self.hash((id, list)));
            self.stated.insert(key);
            if all {
                self.lists.insert(list_key);
            } else if !window.is_always() {
                self.sale_lists.insert(list_key);
            }
        }
    }

    /// Notes whether prices of a product are to be withdrawn, as far as the file is read.
    pub(super) fn record_merged(&mut self, id: ProductId, product: &Product, at: Moment) {
        match product.commerce.prices.iter().any(|price| self.is_withdrawn(id, price, at)) {
            true => self.candidates.insert(id),
            false => self.candidates.remove(&id),
        };
    }

    /// Notes how the file ended, or one of those in an archive.
    pub(super) fn record_end(&mut self, reading: &ImportStream<'_>, rejected: u64) {
        let refused = reading.refused_skus();
        self.rejected_without_sku += rejected.saturating_sub(refused.len() as u64);
        self.rejected_skus.extend(refused.iter().cloned());
    }

    fn hash(&self, key: impl Hash) -> u64 {
        self.hasher.hash_one(key)
    }

    fn is_earlier(&self, price: &Price) -> bool {
        self.earlier.contains(&price.cell.drop)
    }

    /// Whether an earlier version stated the price, and this one speaks about its list and does not.
    fn is_withdrawn(&self, id: ProductId, price: &Price, at: Moment) -> bool {
        let speaks = |lists: &HashSet<u64>| lists.contains(&self.hash((id, &price.list)));
        self.is_earlier(price)
            && !has_ended(price.window, at)
            && !self.stated.contains(&self.hash((id, &price.list, &price.window)))
            && (speaks(&self.lists) || !price.window.is_always() && speaks(&self.sale_lists))
    }

    /// Withdraws what is to be withdrawn, and says it.
    pub(super) fn withdraw(
        self,
        builder: &mut ReleaseBuilder<'_>,
        messages: &mut DiagnosticCollector,
    ) -> Result<(), PipelineError> {
        let mut report = WithdrawalReport::default();
        let unnamed = self.find_unnamed(builder)?;
        if self.candidates.is_empty() && unnamed.is_empty() {
            return Ok(());
        }
        builder.drain_workers()?;
        let mut candidates: Vec<ProductId> = self.candidates.iter().copied().collect();
        candidates.sort();
        let at = builder.at();
        for id in candidates {
            let is_withdrawn = |price: &Price| self.is_withdrawn(id, price, at);
            self.withdraw_of_product(builder, id, is_withdrawn, &mut report)?;
        }
        let is_correction = self.named_before >= unnamed.len() as u64;
        for id in unnamed {
            let is_withdrawn = |price: &Price| self.is_unnamed(price, at);
            if is_correction {
                self.withdraw_of_product(builder, id, is_withdrawn, &mut report)?;
                continue;
            }
            let Some(product) =
                builder.writer.load_product_without_reviews(id, builder.number())?
            else {
                continue;
            };
            for price in product.commerce.prices.iter().filter(|price| is_withdrawn(price)) {
                report.kept.add(|| price_text(builder, &product.sku, price, None));
            }
        }
        report.push_diagnostics(messages);
        Ok(())
    }

    /// Whether it is a price with an end that an earlier version stated.
    fn is_unnamed(&self, price: &Price, at: Moment) -> bool {
        self.is_earlier(price) && price.window.end.is_some() && !has_ended(price.window, at)
    }

    /// Products that a file of prices does not name, and that an earlier version gave prices with an end.
    fn find_unnamed(&self, builder: &ReleaseBuilder<'_>) -> Result<Vec<ProductId>, PipelineError> {
        let mut unnamed = Vec::new();
        if !self.names_prices {
            return Ok(unnamed);
        }
        for id in builder.writer.list_products_with_windows()? {
            if self.named.contains(&id) {
                continue;
            }
            let product = builder.writer.load_product_without_reviews(id, builder.number())?;
            let prices = product.iter().flat_map(|product| &product.commerce.prices);
            if prices.into_iter().any(|price| self.is_unnamed(price, builder.at())) {
                unnamed.push(id);
            }
        }
        Ok(unnamed)
    }

    fn withdraw_of_product(
        &self,
        builder: &mut ReleaseBuilder<'_>,
        id: ProductId,
        is_withdrawn: impl Fn(&Price) -> bool,
        report: &mut WithdrawalReport,
    ) -> Result<(), PipelineError> {
        let Some(mut product) = builder.writer.load_product(id, builder.number())? else {
            return Ok(());
        };
        let is_unclear = self.rejected_without_sku > 0 || self.rejected_skus.contains(&product.sku);
        let (mut gone, mut restored) = (HashSet::new(), Vec::new());
        for price in product.commerce.prices.iter().filter(|price| is_withdrawn(price)) {
            if is_unclear {
                report.unclear.add(|| price_text(builder, &product.sku, price, None));
                continue;
            }
            let before = self.find_before(builder, id, price)?;
            if before.is_none() && price.window.is_always() {
                report.kept.add(|| price_text(builder, &product.sku, price, None));
                continue;
            }
            let money = before.as_ref().map(|before| before.money);
            report.withdrawn.add(|| price_text(builder, &product.sku, price, money));
            gone.insert((price.list.clone(), price.window));
            restored.extend(before);
        }
        if gone.is_empty() {
            return Ok(());
        }
        let is_gone = |price: &Price| gone.contains(&(price.list.clone(), price.window));
        withdraw_prices(&mut product.commerce, is_gone, restored, builder.at());
        let changed = ChangedParts { commerce: true, ..ChangedParts::default() };
        builder.store_changed_parts(id, &product, changed)
    }

    /// The price that an earlier version of the file had taken the place of.
    fn find_before(
        &self,
        builder: &ReleaseBuilder<'_>,
        id: ProductId,
        price: &Price,
    ) -> Result<Option<Price>, PipelineError> {
        let oldest = builder.writer.find_oldest_kept_release()?;
        let mut drop = price.cell.drop;
        loop {
            let receipt = builder.writer.load_receipt(drop)?;
            let Some(release) = receipt.and_then(|receipt| receipt.release) else {
                return Ok(None);
            };
            let before = release.go_back(1);
            if before < oldest {
                return Ok(None);
            }
            let product = builder.writer.load_product_without_reviews(id, before)?;
            let same = |known: &Price| known.list == price.list && known.window == price.window;
            let found = product.into_iter().flat_map(|product| product.commerce.prices).find(same);
            match found {
                // Of a drop that came earlier still, and so on: this ends at the first.
                Some(found) if self.is_earlier(&found) && found.cell.drop < drop => {
                    drop = found.cell.drop;
                }
                Some(found) if self.is_earlier(&found) => return Ok(None),
                found => return Ok(found),
            }
        }
    }
}

impl WithdrawalReport {
    fn push_diagnostics(self, messages: &mut DiagnosticCollector) {
        let Self { withdrawn, kept, unclear } = self;
        if !withdrawn.is_empty() {
            let (count, prices) = (withdrawn.count(), withdrawn.to_argument());
            let message = words!("prices-withdrawn", count = count, prices = prices);
            messages.push_diagnostic(Diagnostic::new_info("price-withdrawn", message));
        }
        if !kept.is_empty() {
            let (count, prices) = (kept.count(), kept.to_argument());
            let message = words!("prices-not-withdrawn", count = count, prices = prices);
            messages.push_diagnostic(Diagnostic::new_warning("price-not-withdrawn", message));
        }
        if !unclear.is_empty() {
            let (count, prices) = (unclear.count(), unclear.to_argument());
            let message = words!("prices-withdrawal-unclear", count = count, prices = prices);
            messages.push_diagnostic(Diagnostic::new_warning("price-not-withdrawn", message));
        }
    }
}

fn has_ended(window: Window, at: Moment) -> bool {
    window.end.is_some_and(|end| end <= at)
}

/// `A: 59.90 EUR → 79.90 EUR (2026-12-05 – 2026-12-06)`, in the days that a file writes.
fn price_text(
    builder: &ReleaseBuilder<'_>,
    sku: &Sku,
    price: &Price,
    restored: Option<Money>,
) -> String {
    let text = change_text(sku, price.money, restored);
    if price.window.is_always() {
        return text;
    }
    let zone = &builder.shop().zone;
    let Window { start, end } = price.window;
    let start = start.filter(|start| *start != Moment(0)).map(|start| start.to_local_text(zone));
    let end = end.map(|end| match end.to_local_text(zone) {
        day if !day.contains('T') => {
            let last = Moment(end.0 - 1).to_local_text(zone);
            last.split('T').next().unwrap_or_default().to_owned()
        }
        moment => moment,
    });
    let bound = |bound: Option<String>| bound.unwrap_or_else(|| "…".to_owned());
    format!("{text} ({} – {})", bound(start), bound(end))
}
