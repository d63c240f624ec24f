//! The roll of a file that is the whole range of its source: whom it names, and who is gone.
//!
//! Who belongs to a range is told from the cells that products came from, which go back with a
//! release that is rolled back; nothing is kept beside them. A product that the file names in a row
//! that was refused is not gone. Where that cannot be known (a refused row without a SKU, a last row
//! that breaks off), nobody is.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use rikaste_model::code::{Sku, SourceCode};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::merge::take_out;
use rikaste_model::product::ProductId;
use rikaste_model::product::{DropId, Product};
use rikaste_model::receipt::{Messages, Question};
use rikaste_model::record::{Record, RecordBody};
use rikaste_model::resolve::choose;
use rikaste_model::words;
use rikaste_model::words::Argument;

use super::LineError;
use super::draft::Draft;
use super::rows::gtin;
use rikaste_import::{Range, Reading};

/// Fewer than these go without a question, unless they are half of all that there are.
const FEW: u64 = 10;
/// Products that a question names.
const NAMED: usize = 5;

/// Whom a file names that is the whole range of its source.
pub(super) struct Roll {
    pub(super) range: Range,
    /// The drops that the range is made of, this one included.
    drops: HashSet<DropId>,
    source: Option<SourceCode>,
    /// Products that are named, and whether they were in the range before.
    named: HashMap<ProductId, bool>,
    /// Models that are named by their variants.
    parents: BTreeSet<Sku>,
    /// Whom refused rows name.
    refused: Vec<Sku>,
    /// Refused rows of which nobody knows whom they name.
    nameless: u64,
    is_cut: bool,
}

impl Roll {
    pub(super) fn begin(range: Range, draft: &Draft<'_>, drop: DropId) -> Result<Self, LineError> {
        let name = |file: &str| file.rsplit('/').next().map(|name| range.covers(name));
        let known = draft.writer.product_drops()?.into_iter();
        let mut drops: HashSet<DropId> =
            known.filter(|(_, file)| name(file) == Some(true)).map(|(drop, _)| drop).collect();
        drops.insert(drop);
        Ok(Self {
            range,
            drops,
            source: None,
            named: HashMap::new(),
            parents: BTreeSet::new(),
            refused: Vec::new(),
            nameless: 0,
            is_cut: false,
        })
    }

    /// Notes whom a row names, before it is merged.
    pub(super) fn note(&mut self, id: ProductId, product: &Product, record: &Record) {
        let RecordBody::Product(row) = &record.body else { return };
        if self.source.is_none() {
            self.source = Some(row.source.clone());
        }
        if let Some(Some(parent)) = &row.parent {
            self.parents.insert(parent.clone());
        }
        if !self.named.contains_key(&id) {
            self.named.insert(id, self.has(product));
        }
    }

    /// Notes how the file ended, or one of those in an archive.
    pub(super) fn end(&mut self, reading: &Reading<'_>, rejected: u64, path: &Path) {
        let refused = reading.refused();
        self.refused.extend_from_slice(refused);
        self.nameless += rejected.saturating_sub(refused.len() as u64);
        self.is_cut |= reading.ends_short() && !ends_a_line(path);
    }

    /// Whether a product is in the range.
    fn has(&self, product: &Product) -> bool {
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
    pub(super) fn close(
        mut self,
        draft: &mut Draft<'_>,
        messages: &mut Messages,
        file: &str,
        approved: bool,
    ) -> Result<Option<Question>, LineError> {
        let Some(source) = self.source.clone() else { return Ok(None) };
        draft.drain()?;
        self.add_named_otherwise(draft)?;
        let gone = self.gone(draft)?;
        let of = gone.len() + self.named.values().filter(|was_there| **was_there).count();
        let question = Question { gone: gone.len() as u64, of: of as u64 };
        if gone.is_empty() {
            return Ok(None);
        }
        if self.nameless > 0 || self.is_cut {
            let message = self.unclear(question);
            messages.push(Diagnostic::warning("range-unclear", message));
            return Ok(None);
        }
        if !approved && self.asks(question) {
            let message = words!(
                "range-question",
                source = source.as_str(),
                gone = question.gone,
                of = question.of,
                names = Argument::names(gone.iter().take(NAMED).map(|(_, name)| name)),
                file = file
            );
            messages.push(Diagnostic::error("range-question", message));
            return Ok(Some(question));
        }
        for (id, _) in gone {
            self.take_out(draft, messages, id, &source)?;
        }
        Ok(None)
    }

    fn asks(&self, Question { gone, of }: Question) -> bool {
        let is_half = gone > 1 && gone * 2 >= of;
        (gone >= FEW || is_half) && self.range.most_gone.is_exceeded(gone, of)
    }

    fn unclear(&self, Question { gone, .. }: Question) -> words::Words {
        match self.is_cut {
            true => words!("range-cut", gone = gone),
            false => words!("range-unclear", gone = gone, rows = self.nameless),
        }
    }

    /// Whom refused rows name, and models that are named by their variants.
    fn add_named_otherwise(&mut self, draft: &Draft<'_>) -> Result<(), LineError> {
        let skus: Vec<Sku> = self.parents.iter().chain(&self.refused).cloned().collect();
        for sku in skus {
            let Some(id) = draft.writer.product_id(&sku)? else { continue };
            if !self.named.contains_key(&id) {
                let product = draft.writer.product(id, draft.number())?;
                self.named.insert(id, product.is_some_and(|product| self.has(&product)));
            }
        }
        Ok(())
    }

    /// The products of the range that the file does not name, and what people call them.
    fn gone(&self, draft: &Draft<'_>) -> Result<Vec<(ProductId, String)>, LineError> {
        let mut gone = Vec::new();
        let mut after = None;
        loop {
            let page = draft.writer.products_after(after, 1_000)?;
            let Some(last) = page.last() else { return Ok(gone) };
            after = Some(*last);
            for id in page.into_iter().filter(|id| !self.named.contains_key(id)) {
                let product = draft.writer.product_without_reviews(id, draft.number())?;
                if let Some(product) = product.filter(|product| self.has(product)) {
                    let name = match gone.len() {
                        0..NAMED => named(draft, &product),
                        _ => String::new(),
                    };
                    gone.push((id, name));
                }
            }
        }
    }

    fn take_out(
        &self,
        draft: &mut Draft<'_>,
        messages: &mut Messages,
        id: ProductId,
        source: &SourceCode,
    ) -> Result<(), LineError> {
        let Some(mut product) = draft.writer.product(id, draft.number())? else { return Ok(()) };
        let gtin_before = gtin(draft, &product);
        let sku = product.sku.clone();
        let is_its = |drop| self.drops.contains(&drop);
        let changed = take_out(&mut product, source, is_its, draft.at());
        let message = if product.content.is_unsaid() {
            draft.writer.set_stale(id, [])?;
            words!("product-gone", source = source.as_str())
        } else {
            words!("product-left-source", source = source.as_str())
        };
        messages.push(Diagnostic::info("product-gone", message).at_sku(sku));
        draft.counts.gone += 1;
        draft.changed_content(id, product, changed, false, gtin_before)
    }
}

/// `HH-1001 Untuvatakki`
fn named(draft: &Draft<'_>, product: &Product) -> String {
    let view = draft.view(product);
    let name = choose(view.of_attribute("name"), &draft.shop().locales, None, draft.at());
    match name {
        Some(said) => format!("{} {}", product.sku, said.value.data),
        None => product.sku.to_string(),
    }
}

/// Whether the last character of a text is a line break. Of a file that cannot be read that is not known.
fn ends_a_line(path: &Path) -> bool {
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
