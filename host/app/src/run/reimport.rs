//! Which of the files in the inbox are to be imported, and why.
//!
//! A file that lies in the inbox as it did at its last import is skipped. It is imported again if it
//! is read differently now (a merchant added an attribute, corrected a mapping), or if products
//! exist now that it named in vain. Of the files of one range the newest counts: an older one is
//! never imported again.

use std::path::{Path, PathBuf};

use rikaste_model::product::ProductId;
use rikaste_model::release::ReleaseNumber;
use rikaste_store::{PreviousDrop, StoreReader};

use crate::watch::list_inbox_drops;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{
    FileStat, ImportReason, InboxDrop, Pipeline, PipelineError, ReimportCause, TableFile,
};

/// Why a table of the inbox is to be imported; `None` when it was imported before and nothing is
/// new.
///
/// # Errors
/// When the store cannot be read.
pub fn find_import_reason(
    pipeline: &Pipeline,
    table: &TableFile,
) -> Result<Option<ImportReason>, PipelineError> {
    let reader = pipeline.reader();
    let Some(previous) = reader.find_last_drop(table.kind, &table.file)? else {
        return Ok(Some(ImportReason::Arrived));
    };
    if previous.rejected || !is_file_unchanged(&table.path, previous.size, previous.modified) {
        return Ok(Some(ImportReason::Arrived));
    }
    let drop_id = previous.id;
    if previous.range.as_ref().map_or(Ok(false), |range| reader.is_superseded(range, drop_id))? {
        return Ok(None);
    }
    // What was imported stands; it would be refused now only because its mapping is broken.
    if pipeline.has_broken_mapping(table) {
        return Ok(None);
    }
    if previous.import_fingerprint != Some(pipeline.import_fingerprint(table)) {
        return Ok(Some(reimport_reason(&previous, ReimportCause::ReaderChanged)));
    }
    for sku in reader.list_missing_skus(drop_id)? {
        if let Some(id) = reader.find_product_id(&sku)?
            && has_product(reader, id)?
        {
            return Ok(Some(reimport_reason(&previous, ReimportCause::ProductsAppeared)));
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
    pipeline: &Pipeline,
    folder: &ShopFolder,
) -> Result<Vec<InboxDrop>, PipelineError> {
    let mut files = Vec::new();
    for drop in list_inbox_drops(folder) {
        if let InboxDrop::Table(table) = &drop
            && let Some(previous) = pipeline.reader().find_last_drop(table.kind, &table.file)?
            && is_file_unchanged(&table.path, previous.size, previous.modified)
            && previous.import_fingerprint != Some(pipeline.import_fingerprint(table))
        {
            files.push(drop);
        }
    }
    Ok(files)
}

/// The files in the inbox that named products in vain which are there now.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn find_unblocked_files(
    pipeline: &Pipeline,
    folder: &ShopFolder,
) -> Result<Vec<(InboxDrop, ImportReason)>, PipelineError> {
    let reader = pipeline.reader();
    let mut drops = Vec::new();
    for (kind, file, products) in reader.list_unblocked_files()? {
        let came = products.into_iter().map(|id| has_product(reader, id));
        if !came.collect::<Result<Vec<_>, _>>()?.contains(&true) {
            continue;
        }
        let path = folder.inbox_folder().join(&file);
        if let Some(previous) = reader.find_last_drop(kind, &file)?
            && is_file_unchanged(&path, previous.size, previous.modified)
            && let Some(InboxDrop::Table(table)) = InboxDrop::from_file(kind, path)
            && !pipeline.has_broken_mapping(&table)
        {
            drops.push((
                InboxDrop::Table(table),
                reimport_reason(&previous, ReimportCause::ProductsAppeared),
            ));
        }
    }
    Ok(drops)
}

/// A drop that was held, or that nothing was imported from, has no age: it counts as new.
fn reimport_reason(previous: &PreviousDrop, because: ReimportCause) -> ImportReason {
    match previous.awaits_approval {
        true => ImportReason::Arrived,
        false => ImportReason::Reimport { original_drop: previous.effective_age, cause: because },
    }
}

fn has_product(reader: &StoreReader, id: ProductId) -> Result<bool, PipelineError> {
    let current = reader
        .load_current_release()?
        .map_or(ReleaseNumber::BEFORE_FIRST, |release| release.number);
    let product = reader.load_product_without_reviews(id, current)?;
    Ok(product.is_some_and(|product| product.content.is_in_catalogue()))
}

/// Those of the photos that were not imported before, or have changed since.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn find_new_photos(
    pipeline: &Pipeline,
    paths: Vec<PathBuf>,
) -> Result<Vec<PathBuf>, PipelineError> {
    let mut new = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let known = pipeline.reader().load_asset(name)?;
        if !known.is_some_and(|asset| is_file_unchanged(&path, asset.size, asset.modified)) {
            new.push(path);
        }
    }
    Ok(new)
}

/// Whether a file has the size and modification time that it had.
fn is_file_unchanged(path: &Path, size: u64, modified: i64) -> bool {
    FileStat::from_path(path).is_ok_and(|now| now == FileStat { size, modified })
}
