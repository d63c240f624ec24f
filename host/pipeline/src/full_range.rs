//! A file that is the whole range of its source: which products it names, and which are gone.
//!
//! What belongs to a range follows from the cells that products came from, which go back with a
//! release that is rolled back; nothing is kept beside them. A product that the file names in a row
//! that was refused is not gone. Where that cannot be known (a refused row without a SKU, a last row
//! that breaks off), nobody is.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use rikaste_model::code::{Sku, SourceCode};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::merge::remove_from_source;
use rikaste_model::product::ProductId;
use rikaste_model::product::{DropId, Product};
use rikaste_model::receipt::{ApprovalQuestion, DiagnosticCollector};
use rikaste_model::record::{DropKind, ImportRecord, RecordBody};
use rikaste_model::resolve::choose_value;
use rikaste_model::well_known;
use rikaste_model::words;
use rikaste_model::words::TextArgument;

use super::PipelineError;
use super::release_builder::ReleaseBuilder;
use rikaste_import::{FullRange, ImportStream};

/// Fewer than these go without a question, unless they are half of all that there are.
const MIN_GONE_FOR_QUESTION: u64 = 10;
/// Products that a question names.
const MAX_NAMED_PRODUCTS: usize = 5;

/// Whom a file names that is the whole range of its source.
pub(super) struct FullRangeTracker {
    pub(super) range: FullRange,
    /// The drops that the range is made of, this one included.
    drops: HashSet<DropId>,
    source: Option<SourceCode>,
    /// Products that are named, and whether they were in the range before.
    named_products: HashMap<ProductId, bool>,
    /// Models that are named by their variants.
    parents: BTreeSet<Sku>,
    /// Whom refused rows name.
    rejected_skus: Vec<Sku>,
    /// Refused rows of which nobody knows whom they name.
    rejected_without_sku: u64,
    is_truncated: bool,
}

impl FullRangeTracker {
    pub(super) fn start_tracking(
        range: FullRange,
        builder: &ReleaseBuilder<'_>,
        drop: DropId,
    ) -> Result<Self, PipelineError> {
        let name = |file: &str| file.rsplit('/').next().map(|name| range.has_file(name));
        let known = builder.writer.list_drops(DropKind::Products)?.into_iter();
        let mut drops: HashSet<DropId> =
            known.filter(|(_, file)| name(file) == Some(true)).map(|(drop, _)| drop).collect();
        drops.insert(drop);
        Ok(Self {
            range,
            drops,
            source: None,
            named_products: HashMap::new(),
            parents: BTreeSet::new(),
            rejected_skus: Vec::new(),
            rejected_without_sku: 0,
            is_truncated: false,
        })
    }

    /// Notes whom a row names, before it is merged.
    pub(super) fn record_row(&mut self, id: ProductId, product: &Product, record: &ImportRecord) {
        let RecordBody::Product(row) = &record.body else { return };
        if self.source.is_none() {
            self.source = Some(row.source.clone());
        }
        if let Some(Some(parent)) = &row.parent {
            self.parents.insert(parent.clone());
        }
        if !self.named_products.contains_key(&id) {
            self.named_products.insert(id, self.is_in_range(product));
        }
    }

    /// Notes how the file ended, or one of those in an archive.
    pub(super) fn record_end(&mut self, reading: &ImportStream<'_>, rejected: u64, path: &Path) {
        let refused = reading.refused_skus();
        self.rejected_skus.extend_from_slice(refused);
        self.rejected_without_sku += rejected.saturating_sub(refused.len() as u64);
        self.is_truncated |= reading.is_last_row_short() && !has_final_line_break(path);
    }

    /// Whether a product is in the range.
    fn is_in_range(&self, product: &Product) -> bool {
        let layers = &product.content.sources;
        let Some(layer) = layers.iter().find(|layer| Some(&layer.source) == self.source.as_ref())
        else {
            return false;
        };
        let (prices, stock) = (&product.commerce.prices, &product.commerce.stock);
        let values = layer.values.iter().map(|value| value.cell);
        let cells = values.chain(prices.iter().map(|price| price.cell));
        let mut cells = cells.chain(stock.iter().map(|level| level.cell));
        cells.any(|cell| self.drops.contains(&cell.drop))
    }

    /// Takes out of the range whom the file does not name. A question instead, when too many would
    /// go and nobody has `approved` of it.
    pub(super) fn remove_missing_products(
        mut self,
        builder: &mut ReleaseBuilder<'_>,
        messages: &mut DiagnosticCollector,
        file: &str,
        approved: bool,
    ) -> Result<Option<ApprovalQuestion>, PipelineError> {
        let Some(source) = self.source.clone() else { return Ok(None) };
        builder.drain_workers()?;
        self.record_indirect_names(builder)?;
        let gone = self.find_missing_products(builder)?;
        let of = gone.len() + self.named_products.values().filter(|was_there| **was_there).count();
        let (missing, of) = (gone.len() as u64, of as u64);
        if gone.is_empty() {
            return Ok(None);
        }
        if self.rejected_without_sku > 0 || self.is_truncated {
            let message = self.unclear_message(missing);
            messages.push_diagnostic(Diagnostic::new_warning("range-unclear", message));
            return Ok(None);
        }
        if !approved && self.needs_approval(missing, of) {
            let message = words!(
                "range-question",
                source = source.as_str(),
                gone = missing,
                of = of,
                names = TextArgument::from_names(
                    gone.iter().take(MAX_NAMED_PRODUCTS).map(|(_, name)| name)
                ),
                file = file
            );
            messages.push_diagnostic(Diagnostic::new_error("range-question", message));
            return Ok(Some(ApprovalQuestion::Removal { gone: missing, of }));
        }
        for (id, _) in gone {
            self.remove_from_range(builder, messages, id, &source)?;
        }
        Ok(None)
    }

    fn needs_approval(&self, gone: u64, of: u64) -> bool {
        let is_half = gone > 1 && gone * 2 >= of;
        (gone >= MIN_GONE_FOR_QUESTION || is_half) && self.range.most_gone.is_exceeded(gone, of)
    }

    fn unclear_message(&self, gone: u64) -> words::LocalizedText {
        match self.is_truncated {
            true => words!("range-cut", gone = gone),
            false => words!("range-unclear", gone = gone, rows = self.rejected_without_sku),
        }
    }

    /// Whom refused rows name, and models that are named by their variants.
    fn record_indirect_names(&mut self, builder: &ReleaseBuilder<'_>) -> Result<(), PipelineError> {
        let skus: Vec<Sku> = self.parents.iter().chain(&self.rejected_skus).cloned().collect();
        for sku in skus {
            let Some(id) = builder.writer.find_product_id(&sku)? else { continue };
            if !self.named_products.contains_key(&id) {
                let product = builder.writer.load_product(id, builder.number())?;
                self.named_products
                    .insert(id, product.is_some_and(|product| self.is_in_range(&product)));
            }
        }
        Ok(())
    }

    /// The products of the range that the file does not name, and what people call them.
    fn find_missing_products(
        &self,
        builder: &ReleaseBuilder<'_>,
    ) -> Result<Vec<(ProductId, String)>, PipelineError> {
        let mut gone = Vec::new();
        let mut after = None;
        loop {
            let page = builder.writer.list_products_after(after, 1_000)?;
            let Some(last) = page.last() else { return Ok(gone) };
            after = Some(*last);
            for id in page.into_iter().filter(|id| !self.named_products.contains_key(id)) {
                let product = builder.writer.load_product_without_reviews(id, builder.number())?;
                if let Some(product) = product.filter(|product| self.is_in_range(product)) {
                    let name = match gone.len() {
                        0..MAX_NAMED_PRODUCTS => product_label(builder, &product),
                        _ => String::new(),
                    };
                    gone.push((id, name));
                }
            }
        }
    }

    fn remove_from_range(
        &self,
        builder: &mut ReleaseBuilder<'_>,
        messages: &mut DiagnosticCollector,
        id: ProductId,
        source: &SourceCode,
    ) -> Result<(), PipelineError> {
        let Some(mut product) = builder.writer.load_product(id, builder.number())? else {
            return Ok(());
        };
        let gtin_before = builder.find_own_gtin(&product);
        let sku = product.sku.clone();
        let is_its = |drop| self.drops.contains(&drop);
        let changed = remove_from_source(&mut product, source, is_its, builder.at());
        let message = if product.content.has_no_source() {
            builder.writer.store_stale_plugins(id, [])?;
            words!("product-gone", source = source.as_str())
        } else {
            words!("product-left-source", source = source.as_str())
        };
        messages.push_diagnostic(Diagnostic::new_info("product-gone", message).at_sku(sku));
        builder.counts.gone += 1;
        builder.apply_content_change(id, product, changed, false, gtin_before)
    }
}

/// `HH-1001 Untuvatakki`
fn product_label(builder: &ReleaseBuilder<'_>, product: &Product) -> String {
    let view = builder.own_values(product);
    let name = choose_value(
        view.find_by_attribute(well_known::NAME),
        &builder.shop().locales,
        None,
        builder.at(),
    );
    match name {
        Some(name) => format!("{} {}", product.sku, name.value.data),
        None => product.sku.to_string(),
    }
}

/// Whether the last character of a text is a line break. Of a file that cannot be read that is not known.
fn has_final_line_break(path: &Path) -> bool {
    let last = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let length = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(length.saturating_sub(2)))?;
        let mut last = Vec::with_capacity(2);
        file.read_to_end(&mut last)?;
        Ok(last)
    };
    // UTF-16 writes a line break with a zero before or after it.
    matches!(last().unwrap_or_default().as_slice(), [.., b'\n' | b'\r'] | [b'\n' | b'\r', 0])
}
