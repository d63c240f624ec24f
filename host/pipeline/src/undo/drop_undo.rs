//! One drop without the later ones: which products, which statements, and what refuses.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;

use rikaste_import::FileImporter;
use rikaste_model::merge::ChangedParts;
use rikaste_model::moment::Moment;
use rikaste_model::product::{DropId, Product, ProductId};
use rikaste_model::receipt::Receipt;
use rikaste_model::record::DropKind;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop::Shop;
use rikaste_model::undo::{StatementKey, UndoneChanges};
use rikaste_model::words;
use rikaste_store::{StoreError, StoreReader};

use super::{ProductIds, StatementHashes, UndoRefusal, find_current_release};
use crate::PipelineError;

/// Finds out what undoing comes to. It only reads.
pub struct UndoPlanner<'a> {
    /// The catalogue.
    pub reader: &'a StoreReader,
    /// The shop.
    pub shop: &'a Shop,
    /// Reads the later files.
    pub importer: FileImporter<'a>,
    /// Where they lie.
    pub inbox: PathBuf,
    /// The moment of undoing.
    pub now: Moment,
}

/// A drop that is to be undone.
pub(super) struct DropUndo {
    /// Its receipt, and those of the same file when it was imported again, newest first, each with its release.
    drops: Vec<(ReleaseNumber, Receipt)>,
    /// All drops of what it says: the same file again, or moved into another folder.
    same_drops: BTreeSet<DropId>,
    products: ProductIds,
    /// What later drops state, too.
    pub(super) restated: StatementHashes,
    hasher: RandomState,
}

/// The drops to undo, newest first, and all that say the same.
type FoundDrops = (Vec<(ReleaseNumber, Receipt)>, BTreeSet<DropId>);

/// What would become what it was before.
#[derive(Default)]
pub(super) struct RevertedStatements {
    pub(super) hashes: StatementHashes,
    values: bool,
    edits: bool,
    prices: bool,
    stock: bool,
    reviews: bool,
}

impl UndoPlanner<'_> {
    /// What undoing a drop changes, or why it is not undone.
    pub(super) fn plan_drop(
        &self,
        drop: DropId,
    ) -> Result<Result<DropUndo, UndoRefusal>, PipelineError> {
        let (drops, same_drops) = match self.find_drops(drop)? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let before = drops.last().map(|(release, _)| release.go_back(1));
        let floor = self.reader.find_oldest_kept_release()?;
        if let Some(before) = before
            && (before.next() < floor || (before < floor && before != ReleaseNumber::BEFORE_FIRST))
        {
            let (before, floor) = (before.to_string(), floor.to_string());
            let reason = words!("undo-too-old", before = before, floor = floor);
            return Ok(Err(UndoRefusal::new(reason)));
        }
        let mut undo = DropUndo {
            drops,
            same_drops,
            products: ProductIds::new(),
            restated: StatementHashes::new(),
            hasher: RandomState::new(),
        };
        let reverted = self.collect_statements(&mut undo)?;
        if reverted.hashes.is_empty() {
            return Ok(Err(UndoRefusal::new(words!("undo-nothing-left"))));
        }
        let roll_back_to = before.filter(|before| *before >= floor);
        if let Some(reason) = self.read_later_files(&mut undo, &reverted)? {
            return Ok(Err(UndoRefusal { reason, roll_back_to }));
        }
        if reverted.hashes.iter().all(|hash| undo.restated.contains(hash)) {
            return Ok(Err(UndoRefusal::new(words!("undo-nothing-left"))));
        }
        Ok(Ok(undo))
    }

    /// The drop, and those by which its file was imported again.
    fn find_drops(&self, drop: DropId) -> Result<Result<FoundDrops, UndoRefusal>, PipelineError> {
        let refuse = |reason| Ok(Err(UndoRefusal::new(reason)));
        let Some(receipt) = self.reader.load_receipt(drop)? else {
            return refuse(words!("undo-no-release"));
        };
        if receipt.kind == DropKind::Images {
            return refuse(words!("undo-photos"));
        }
        if let Some(undone) = receipt.undone {
            return refuse(words!("undo-done", release = undone.to_string()));
        }
        let ages = self.reader.load_effective_ages()?;
        let age_of = |drop: DropId| ages.get(&drop).copied().unwrap_or(drop);
        let (mut drops, mut same_drops) = (Vec::new(), BTreeSet::new());
        for (id, _) in self.reader.list_drops(receipt.kind)? {
            if age_of(id) != age_of(drop) {
                continue;
            }
            same_drops.insert(id);
            if let Some(receipt) = self.reader.load_receipt(id)?
                && let (Some(release), None) = (receipt.release, receipt.undone)
            {
                drops.push((release, receipt));
            }
        }
        if drops.is_empty() {
            return refuse(words!("undo-no-release"));
        }
        drops.sort_by_key(|(release, _)| std::cmp::Reverse(*release));
        Ok(Ok((drops, same_drops)))
    }

    /// Finds the products that the drop changed, and what would become what it was.
    fn collect_statements(&self, undo: &mut DropUndo) -> Result<RevertedStatements, PipelineError> {
        let current = find_current_release(self.reader)?;
        let mut reverted = RevertedStatements::default();
        let mut after = None;
        loop {
            let page = self.reader.list_products_after(after, 1_000)?;
            let Some(last) = page.last() else { return Ok(reverted) };
            after = Some(*last);
            for id in page {
                let Some(mut product) = undo.load_changed_product(self.reader, id, current)? else {
                    continue;
                };
                undo.products.insert(id);
                let mut note = |key: StatementKey| {
                    reverted.insert_statement(undo.hash_statement(id, &key), &key);
                    false
                };
                undo.undo_each(self.reader, id, &mut product, &mut note, self.now)?;
            }
        }
    }
}

impl DropUndo {
    /// Its file, from the inbox on.
    pub(super) fn file(&self) -> &str {
        self.drops.first().map_or("", |(_, receipt)| receipt.file.as_str())
    }

    pub(super) fn receipts(&self) -> impl Iterator<Item = &Receipt> {
        self.drops.iter().map(|(_, receipt)| receipt)
    }

    /// Whether a drop says the same because it is the same.
    pub(super) fn is_same_drop(&self, id: DropId) -> bool {
        self.same_drops.contains(&id)
    }

    pub(super) fn products(&self) -> impl Iterator<Item = ProductId> {
        self.products.iter().copied()
    }

    pub(super) fn has_product(&self, id: ProductId) -> bool {
        self.products.contains(&id)
    }

    pub(super) fn hash_statement(&self, id: ProductId, key: &StatementKey) -> u64 {
        self.hasher.hash_one((id, key))
    }

    /// A product as it is now, if the drop changed it.
    fn load_changed_product(
        &self,
        reader: &StoreReader,
        id: ProductId,
        current: ReleaseNumber,
    ) -> Result<Option<Product>, StoreError> {
        for (release, _) in &self.drops {
            if reader.is_changed_in(id, *release)? {
                return reader.load_product(id, current);
            }
        }
        Ok(None)
    }

    /// Undoes the drop in a product as it is now.
    pub(super) fn undo_in_product(
        &self,
        reader: &StoreReader,
        id: ProductId,
        now: &mut Product,
        at: Moment,
    ) -> Result<UndoneChanges, StoreError> {
        if !self.has_product(id) {
            return Ok(UndoneChanges::default());
        }
        let keeps_variants = now.content.is_model && self.keeps_variants(reader, id, now, at)?;
        let mut is_restated = |key: StatementKey| {
            (keeps_variants && key == StatementKey::Model)
                || self.restated.contains(&self.hash_statement(id, &key))
        };
        self.undo_each(reader, id, now, &mut is_restated, at)
    }

    /// Whether a model has variants that are there without the drop, too.
    fn keeps_variants(
        &self,
        reader: &StoreReader,
        model: ProductId,
        product: &Product,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let current = ReleaseNumber(u64::MAX);
        for id in reader.list_variants(model)? {
            let Some(mut variant) = reader.load_product(id, current)? else { continue };
            let mut is_restated =
                |key: StatementKey| self.restated.contains(&self.hash_statement(id, &key));
            if self.has_product(id) {
                self.undo_each(reader, id, &mut variant, &mut is_restated, at)?;
            }
            let content = &variant.content;
            if !content.has_no_source() && content.parent.as_ref() == Some(&product.sku) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn undo_each(
        &self,
        reader: &StoreReader,
        id: ProductId,
        now: &mut Product,
        is_restated: &mut dyn FnMut(StatementKey) -> bool,
        at: Moment,
    ) -> Result<UndoneChanges, StoreError> {
        let mut all = UndoneChanges::default();
        for (release, _) in &self.drops {
            if !reader.is_changed_in(id, *release)? {
                continue;
            }
            let sku = now.sku.clone();
            let load = |release| {
                let product = reader.load_product(id, release)?;
                Ok::<_, StoreError>(product.unwrap_or_else(|| Product::new(sku.clone())))
            };
            let (before, after) = (load(release.go_back(1))?, load(*release)?);
            let changes = UndoneChanges::undo_in_product(now, &before, &after, is_restated, at);
            all = UndoneChanges {
                parts: ChangedParts {
                    content: all.parts.content || changes.parts.content,
                    commerce: all.parts.commerce || changes.parts.commerce,
                    reviews: all.parts.reviews || changes.parts.reviews,
                },
                reverted: all.reverted + changes.reverted,
                kept: all.kept + changes.kept,
            };
        }
        Ok(all)
    }
}

impl RevertedStatements {
    fn insert_statement(&mut self, hash: u64, key: &StatementKey) {
        self.hashes.insert(hash);
        match key {
            StatementKey::Model
            | StatementKey::Parent
            | StatementKey::Value(..)
            | StatementKey::Links(..) => self.values = true,
            StatementKey::Edit(_) => self.edits = true,
            StatementKey::Price(..) => self.prices = true,
            StatementKey::Stock(_) => self.stock = true,
            StatementKey::Review(..) => self.reviews = true,
        }
    }

    /// Whether files of a kind may state any of them.
    pub(super) fn may_be_stated_by(&self, kind: DropKind) -> bool {
        match kind {
            DropKind::Products => self.values || self.prices || self.stock || self.reviews,
            DropKind::Prices => self.prices,
            DropKind::Stock => self.stock,
            DropKind::Reviews => self.reviews,
            DropKind::Edits => self.edits,
            DropKind::Images => false,
        }
    }
}
