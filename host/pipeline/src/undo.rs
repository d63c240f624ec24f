//! Undoing while the shop runs: back to a release, or without what one drop said.
//!
//! Back to a release is simple: every product becomes what it was, and the drops after it are taken back with it. To
//! undo one drop while later ones stay, the later files that lie in the inbox are read again: what they state, too,
//! stays. Where such a file is not there as it was imported, nobody can tell, and nothing is undone.
//!
//! Photos are not undone: of those that were replaced nothing is kept but the bytes. A drop that was taken back is
//! marked, so that its file is not read again by itself.

use std::collections::{BTreeSet, HashSet};

use rikaste_model::merge::ChangedParts;
use rikaste_model::moment::Moment;
use rikaste_model::product::{DropId, ProductId};
use rikaste_model::receipt::{DropOutcome, Receipt};
use rikaste_model::release::{Release, ReleaseCause, ReleaseNumber};
use rikaste_model::shop_folder::ShopFolder;
use rikaste_model::shop_request::UndoTarget;
use rikaste_model::words;
use rikaste_model::words::LocalizedText;
use rikaste_store::{ReleaseCommit, StoreReader};

use super::release_builder::ReleaseBuilder;
use super::{Pipeline, PipelineError};

mod drop_undo;
mod effect;
mod later_files;

pub use drop_undo::UndoPlanner;
pub use effect::{ChannelEffect, UndoEffect};

use drop_undo::DropUndo;

/// What came of a request to undo something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndoOutcome {
    /// A release was made.
    Released {
        /// The release.
        release: Release,
        /// The drops whose receipts say something else now.
        drops: Vec<DropId>,
    },
    /// Nothing was undone.
    Refused(UndoRefusal),
}

/// Why something is not undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoRefusal {
    /// The reason, and what to do.
    pub reason: LocalizedText,
    /// The release that can be rolled back to instead.
    pub roll_back_to: Option<ReleaseNumber>,
}

impl UndoRefusal {
    fn new(reason: LocalizedText) -> Self {
        Self { reason, roll_back_to: None }
    }
}

impl Pipeline {
    /// Undoes something as a new release. On another release than the one `seen`, nothing is undone.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn undo(
        &mut self,
        target: UndoTarget,
        seen: ReleaseNumber,
        folder: &ShopFolder,
        now: Moment,
    ) -> Result<UndoOutcome, PipelineError> {
        let current = find_current_release(&self.writer)?;
        if current != seen {
            let reason =
                words!("undo-outdated", current = current.to_string(), seen = seen.to_string());
            return Ok(UndoOutcome::Refused(UndoRefusal::new(reason)));
        }
        match target {
            UndoTarget::Release(to) => self.roll_back_to(to, now),
            UndoTarget::Drop(drop) => self.undo_drop(drop, folder, now),
        }
    }

    /// Brings back the catalogue as it was at release `to`, as a new release.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn roll_back_to(
        &mut self,
        to: ReleaseNumber,
        now: Moment,
    ) -> Result<UndoOutcome, PipelineError> {
        if let Some(refusal) = refuse_rollback(&self.writer, to)? {
            return Ok(UndoOutcome::Refused(refusal));
        }
        self.release_due_windows(now)?;
        let mut drops = Vec::new();
        let cause = ReleaseCause::Rollback { to };
        let release = self.make_release(now, false, cause, |builder, _| {
            let number = builder.number();
            for id in builder.writer.restore_release(to, number)? {
                builder.record_restored(id)?;
            }
            drops = builder.writer.record_rollback(to, number)?;
            Ok(())
        })?;
        let nothing = || words!("rollback-nothing", to = to.to_string());
        Ok(to_outcome(release, drops, nothing))
    }

    /// Notes that somebody refused a drop that is held.
    ///
    /// # Errors
    /// When the store fails.
    pub fn refuse_drop(&mut self, held: &Receipt) -> Result<(), PipelineError> {
        self.writer.begin_transaction()?;
        self.writer.update_receipt(&Receipt { outcome: DropOutcome::Refused, ..held.clone() })?;
        self.writer.commit_transaction(&ReleaseCommit::default())?;
        Ok(())
    }

    fn undo_drop(
        &mut self,
        drop: DropId,
        folder: &ShopFolder,
        now: Moment,
    ) -> Result<UndoOutcome, PipelineError> {
        self.release_due_windows(now)?;
        let planner = UndoPlanner {
            reader: &self.writer,
            shop: &self.stages.context.shop,
            importer: self.file_importer(),
            inbox: folder.inbox_folder(),
            now,
        };
        let undo = match planner.plan_drop(drop)? {
            Ok(undo) => undo,
            Err(refusal) => return Ok(UndoOutcome::Refused(refusal)),
        };
        let cause = ReleaseCause::Undo { drop, file: undo.file().to_owned() };
        let release = self.make_release(now, true, cause, |builder, _| {
            for id in undo.products() {
                undo_in_product(builder, &undo, id)?;
            }
            let undone = Some(builder.number());
            for receipt in undo.receipts() {
                builder.writer.update_receipt(&Receipt { undone, ..receipt.clone() })?;
            }
            Ok(())
        })?;
        let drops = undo.receipts().map(|receipt| receipt.drop).collect();
        Ok(to_outcome(release, drops, || words!("undo-nothing-left")))
    }
}

fn to_outcome(
    release: Option<Release>,
    drops: Vec<DropId>,
    nothing: impl FnOnce() -> LocalizedText,
) -> UndoOutcome {
    match release {
        Some(release) => UndoOutcome::Released { release, drops },
        None => UndoOutcome::Refused(UndoRefusal::new(nothing())),
    }
}

fn undo_in_product(
    builder: &mut ReleaseBuilder<'_>,
    undo: &DropUndo,
    id: ProductId,
) -> Result<(), PipelineError> {
    let Some(mut product) = builder.load_settled_product(id)? else { return Ok(()) };
    let is_new = product.content.has_no_source();
    let gtin_before = builder.find_own_gtin(&product);
    let changes = undo.undo_in_product(builder.writer, id, &mut product, builder.at())?;
    let ChangedParts { content, .. } = changes.parts;
    if !changes.parts.has_changes() {
        return Ok(());
    }
    if !content {
        return builder.store_changed_parts(id, &product, changes.parts);
    }
    if product.content.has_no_source() {
        builder.writer.store_stale_plugins(id, [])?;
        builder.counts.gone += 1;
    }
    builder.apply_content_change(id, product, changes.parts, is_new, gtin_before)
}

/// Why nobody can go back to a release, if so.
fn refuse_rollback(
    reader: &StoreReader,
    to: ReleaseNumber,
) -> Result<Option<UndoRefusal>, PipelineError> {
    let (floor, current) = (reader.find_oldest_kept_release()?, find_current_release(reader)?);
    if to >= floor && to < current {
        return Ok(None);
    }
    let newest = current.go_back(1);
    let reason = match floor < current {
        true => words!(
            "undo-not-kept",
            wanted = to.to_string(),
            floor = floor.to_string(),
            newest = newest.to_string()
        ),
        false => words!("undo-no-earlier"),
    };
    Ok(Some(UndoRefusal::new(reason)))
}

fn find_current_release(reader: &StoreReader) -> Result<ReleaseNumber, PipelineError> {
    let current = reader.load_current_release()?;
    Ok(current.map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number))
}

/// Statements by their hashes: those of a file of 100,000 products take a few megabytes.
type StatementHashes = HashSet<u64>;
/// Products in the order of their numbers.
type ProductIds = BTreeSet<ProductId>;
