//! What people asked of the shop: approvals, refusals, undoing.

use std::path::Path;

use rikaste_model::moment::Moment;
use rikaste_model::product::{ContentHash, DropId};
use rikaste_model::receipt::Receipt;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_model::shop_request::ShopRequest;
use rikaste_pipeline::{
    ApprovalScope, ImportReason, InboxDrop, Pipeline, PipelineError, UndoOutcome,
};
use rikaste_receipts::ReceiptLocale;

use super::write_receipt_files;
use crate::request_folder::StoredRequest;

/// Does what was asked; gives the receipts of the files that were taken in.
///
/// # Errors
/// When the machine fails. What was not done stays asked.
pub fn perform_requests(
    pipeline: &mut Pipeline,
    folder: &ShopFolder,
) -> Result<Vec<Receipt>, PipelineError> {
    let mut receipts = Vec::new();
    for stored in StoredRequest::load_all(folder) {
        match &stored.request {
            ShopRequest::ApproveDrop { file, hash } => {
                receipts.extend(import_approved_drop(pipeline, folder, file, *hash)?);
            }
            ShopRequest::RefuseDrop { file, hash } => {
                refuse_drop(pipeline, folder, file, *hash)?;
            }
            ShopRequest::DropFile { drop_kind, name, text } => {
                let dropped = drop_file(&folder.inbox_folder_for(*drop_kind), name, text);
                if let Err(error) = dropped {
                    tracing::error!("{name} cannot be dropped: {error}");
                }
            }
            ShopRequest::Undo { target, seen } => {
                let outcome = pipeline.undo(*target, *seen, folder, Moment::now())?;
                report_undo(pipeline, folder, &outcome);
            }
        }
        // One that stays finds nothing to do the next time.
        if let Err(error) = stored.remove() {
            tracing::warn!("a request that was done stays: {error}");
        }
    }
    Ok(receipts)
}

/// Leaves for the shop what somebody asks through the API.
pub(super) fn take_request(request: &ShopRequest, folder: &ShopFolder) -> std::io::Result<()> {
    match request {
        ShopRequest::DropFile { drop_kind, name, text } => {
            drop_file(&folder.inbox_folder_for(*drop_kind), name, text)
        }
        request => StoredRequest::write_to_folder(request, folder).map(drop),
    }
}

/// Puts a file into the inbox, whole, by renaming.
fn drop_file(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let (unfinished, path) = (folder.join(format!(".{name}.part")), folder.join(name));
    std::fs::write(&unfinished, text)?;
    std::fs::rename(unfinished, path)
}

/// The drop of a file with these bytes that waits for an answer.
fn find_held_drop(
    pipeline: &Pipeline,
    file: &str,
    hash: ContentHash,
) -> Result<Option<Receipt>, PipelineError> {
    let held = pipeline.reader().list_awaiting_approval()?;
    let held = held.into_iter().find(|held| held.file == file && held.hash == Some(hash));
    if held.is_none() {
        tracing::warn!("{file} was answered, but it waits no more");
    }
    Ok(held)
}

fn import_approved_drop(
    pipeline: &mut Pipeline,
    folder: &ShopFolder,
    file: &str,
    hash: ContentHash,
) -> Result<Option<Receipt>, PipelineError> {
    let Some(held) = find_held_drop(pipeline, file, hash)? else { return Ok(None) };
    let inbox = folder.inbox_folder();
    let is_there = inbox.join(file).is_file();
    let drop = is_there.then(|| InboxDrop::from_inbox(&inbox, file)).flatten();
    let (Some(drop), Some(question)) = (drop, &held.question) else {
        tracing::warn!("{file} was approved, but it does not lie in the inbox any more");
        return Ok(None);
    };
    let scope = ApprovalScope::of_question(question);
    let reason = ImportReason::Approved { hash, scope };
    let receipt = pipeline.import_with_reason(reason, &drop, Moment::now(), false)?;
    write_receipt_files(pipeline, folder, &receipt);
    Ok(Some(receipt))
}

fn refuse_drop(
    pipeline: &mut Pipeline,
    folder: &ShopFolder,
    file: &str,
    hash: ContentHash,
) -> Result<(), PipelineError> {
    let Some(held) = find_held_drop(pipeline, file, hash)? else { return Ok(()) };
    pipeline.refuse_drop(&held)?;
    tracing::info!("{file}: refused, nothing of it is taken");
    rewrite_receipt(pipeline, folder, held.drop);
    Ok(())
}

/// Logs what became of a request to undo something, and writes the receipts that say something else now.
pub fn report_undo(pipeline: &Pipeline, folder: &ShopFolder, outcome: &UndoOutcome) {
    match outcome {
        UndoOutcome::Released { release, drops } => {
            tracing::info!(release = release.number.0, "undone: {} drops", drops.len());
            drops.iter().for_each(|drop| rewrite_receipt(pipeline, folder, *drop));
        }
        UndoOutcome::Refused(refusal) => tracing::warn!("nothing is undone: {}", refusal.reason),
    }
}

/// Writes the receipt of a drop again, if it is the last one of its file. The store has it, too.
fn rewrite_receipt(pipeline: &Pipeline, folder: &ShopFolder, drop: DropId) {
    let rewrite = || -> Result<(), Box<dyn std::error::Error>> {
        let reader = pipeline.reader();
        let Some(receipt) = reader.load_receipt(drop)? else { return Ok(()) };
        let last = reader.find_last_drop(receipt.kind, &receipt.file)?;
        if last.is_some_and(|last| last.id == drop) {
            let shop = pipeline.shop();
            let locale = ReceiptLocale::from_shop(&shop);
            rikaste_receipts::write_receipt(&folder.receipts_folder(), &receipt, locale)?;
        }
        Ok(())
    };
    if let Err(error) = rewrite() {
        tracing::error!("the receipt of drop {drop} cannot be written: {error}");
    }
}
