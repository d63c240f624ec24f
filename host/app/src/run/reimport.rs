//! Taking again: which of the files that were taken before would come to something else now.
//!
//! A file that lies in the inbox as it was is passed over, unless what it is read by is not what it was
//! (a merchant added an attribute, mended a mapping), or there are products now that it named in vain.
//! Of the files of one range the newest counts, so an older one is never taken again.

use rikaste_model::product::ProductId;
use rikaste_model::record::DropKind;
use rikaste_model::release::ReleaseNumber;
use rikaste_store::{PreviousDrop, StoreReader};

use super::is_file_unchanged;
use crate::watch::list_inbox_drops;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{ImportReason, InboxDrop, Pipeline, PipelineError, ReimportCause};

/// Why a file of the inbox is to be taken; nothing when it was taken before and nothing is new. Of
/// photos, those that are new are left in the drop.
///
/// # Errors
/// When the store cannot be read.
pub fn find_import_reason(
    line: &Pipeline,
    drop: &mut InboxDrop,
) -> Result<Option<ImportReason>, PipelineError> {
    if drop.kind == DropKind::Images && drop.remote_photos.is_empty() {
        remove_known_photos(line, drop)?;
        return Ok((!drop.paths.is_empty()).then_some(ImportReason::Arrived));
    }
    if !drop.remote_photos.is_empty() {
        return Ok(Some(ImportReason::Arrived));
    }
    let reader = line.reader();
    let Some(seen) = reader.find_last_drop(drop.kind, &drop.file)? else {
        return Ok(Some(ImportReason::Arrived));
    };
    if seen.rejected || !is_file_unchanged(&drop.paths[0], seen.size, seen.modified) {
        return Ok(Some(ImportReason::Arrived));
    }
    let drop_id = seen.id;
    if seen.range.as_ref().map_or(Ok(false), |range| reader.is_superseded(range, drop_id))? {
        return Ok(None);
    }
    // What was taken stands; it would be refused now only because its mapping is broken.
    if line.has_broken_mapping(drop) {
        return Ok(None);
    }
    if seen.import_fingerprint != Some(line.import_fingerprint(drop)) {
        return Ok(Some(reimport_reason(&seen, ReimportCause::ReaderChanged)));
    }
    for sku in reader.list_missing_skus(drop_id)? {
        if let Some(id) = reader.find_product_id(&sku)?
            && has_product(reader, id)?
        {
            return Ok(Some(reimport_reason(&seen, ReimportCause::ProductsAppeared)));
        }
    }
    Ok(None)
}

/// The files that lie in the inbox as they did when they were looked at last, and are read by something
/// else now.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn find_files_to_reread(
    line: &Pipeline,
    folder: &ShopFolder,
) -> Result<Vec<InboxDrop>, PipelineError> {
    let mut drops = list_inbox_drops(folder);
    drops.retain(|drop| drop.kind != DropKind::Images);
    let mut anew = Vec::new();
    for drop in drops {
        if let Some(seen) = line.reader().find_last_drop(drop.kind, &drop.file)?
            && is_file_unchanged(&drop.paths[0], seen.size, seen.modified)
            && seen.import_fingerprint != Some(line.import_fingerprint(&drop))
        {
            anew.push(drop);
        }
    }
    Ok(anew)
}

/// The files in the inbox that named products in vain which are there now.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn find_unblocked_files(
    line: &Pipeline,
    folder: &ShopFolder,
) -> Result<Vec<(InboxDrop, ImportReason)>, PipelineError> {
    let reader = line.reader();
    let mut drops = Vec::new();
    for (kind, file, products) in reader.list_unblocked_files()? {
        let came = products.into_iter().map(|id| has_product(reader, id));
        if !came.collect::<Result<Vec<_>, _>>()?.contains(&true) {
            continue;
        }
        let path = folder.inbox_folder().join(&file);
        if let Some(seen) = reader.find_last_drop(kind, &file)?
            && is_file_unchanged(&path, seen.size, seen.modified)
            && let Some(drop) = InboxDrop::from_file(kind, path)
            && !line.has_broken_mapping(&drop)
        {
            drops.push((drop, reimport_reason(&seen, ReimportCause::ProductsAppeared)));
        }
    }
    Ok(drops)
}

/// A drop that was held or that nothing was taken from has no age: it speaks now.
fn reimport_reason(seen: &PreviousDrop, because: ReimportCause) -> ImportReason {
    match seen.awaits_approval {
        true => ImportReason::Arrived,
        false => ImportReason::Reimport { original_drop: seen.effective_age, cause: because },
    }
}

fn has_product(reader: &StoreReader, id: ProductId) -> Result<bool, PipelineError> {
    let current = reader
        .load_current_release()?
        .map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number);
    let product = reader.load_product_without_reviews(id, current)?;
    Ok(product.is_some_and(|product| product.content.is_in_catalogue()))
}

/// Takes out of a drop the photos that were taken before and have not changed since.
fn remove_known_photos(line: &Pipeline, drop: &mut InboxDrop) -> Result<(), PipelineError> {
    let mut new = Vec::with_capacity(drop.paths.len());
    for path in std::mem::take(&mut drop.paths) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let known = line.reader().load_asset(name)?;
        if !known.is_some_and(|asset| is_file_unchanged(&path, asset.size, asset.modified)) {
            new.push(path);
        }
    }
    *drop = InboxDrop::from_photos(new);
    Ok(())
}
