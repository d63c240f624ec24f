//! Taking again: which of the files that were taken before would come to something else now.
//!
//! A file that lies in the inbox as it was is passed over, unless what it is read by is not what it was
//! (a merchant added an attribute, mended a mapping), or there are products now that it named in vain.
//! Of the files of one range the newest counts, so an older one is never taken again.

use rikaste_model::product::DropId;
use rikaste_model::product::ProductId;
use rikaste_model::record::DropKind;
use rikaste_store::{DropSeen, Reader};

use super::is_same;
use crate::watch::lying_there;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{Because, Drop, Line, LineError, Occasion};

/// Why a file of the inbox is to be taken; nothing when it was taken before and nothing is new. Of
/// photos, those that are new are left in the drop.
///
/// # Errors
/// When the store cannot be read.
pub fn occasion(line: &Line, drop: &mut Drop) -> Result<Option<Occasion>, LineError> {
    if drop.kind == DropKind::Images && drop.pictures.is_empty() {
        forget_known_photos(line, drop)?;
        return Ok((!drop.paths.is_empty()).then_some(Occasion::Arrived));
    }
    if !drop.pictures.is_empty() {
        return Ok(Some(Occasion::Arrived));
    }
    let reader = line.reader();
    let Some(seen) = reader.last_drop(drop.kind, &drop.file)? else {
        return Ok(Some(Occasion::Arrived));
    };
    if seen.rejected || !is_same(&drop.paths[0], seen.size, seen.modified) {
        return Ok(Some(Occasion::Arrived));
    }
    let drop_id = DropId(seen.id);
    if seen.range.as_ref().map_or(Ok(false), |range| reader.is_superseded(range, drop_id))? {
        return Ok(None);
    }
    // What was taken stands; it would be refused now only because its mapping is broken.
    if line.lacks_mapping(drop) {
        return Ok(None);
    }
    if seen.read_by != Some(line.basis(drop)) {
        return Ok(Some(again(&seen, Because::ReadAnew)));
    }
    for sku in reader.missing(drop_id)? {
        if let Some(id) = reader.product_id(&sku)?
            && is_there(reader, id)?
        {
            return Ok(Some(again(&seen, Because::ProductsCame)));
        }
    }
    Ok(None)
}

/// The files that lie in the inbox as they did when they were looked at last, and are read by something
/// else now.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn read_anew(line: &Line, folder: &ShopFolder) -> Result<Vec<Drop>, LineError> {
    let mut drops = lying_there(folder);
    drops.retain(|drop| drop.kind != DropKind::Images);
    let mut anew = Vec::new();
    for drop in drops {
        if let Some(seen) = line.reader().last_drop(drop.kind, &drop.file)?
            && is_same(&drop.paths[0], seen.size, seen.modified)
            && seen.read_by != Some(line.basis(&drop))
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
pub(super) fn found_since(
    line: &Line,
    folder: &ShopFolder,
) -> Result<Vec<(Drop, Occasion)>, LineError> {
    let reader = line.reader();
    let mut drops = Vec::new();
    for (kind, file, products) in reader.found_since()? {
        let came = products.into_iter().map(|id| is_there(reader, id));
        if !came.collect::<Result<Vec<_>, _>>()?.contains(&true) {
            continue;
        }
        let path = folder.inbox().join(&file);
        if let Some(seen) = reader.last_drop(kind, &file)?
            && is_same(&path, seen.size, seen.modified)
            && let Some(drop) = Drop::of_file(kind, path)
            && !line.lacks_mapping(&drop)
        {
            drops.push((drop, again(&seen, Because::ProductsCame)));
        }
    }
    Ok(drops)
}

/// A drop that was held or that nothing was taken from has no age: it speaks now.
fn again(seen: &DropSeen, because: Because) -> Occasion {
    match seen.held {
        true => Occasion::Arrived,
        false => Occasion::Again { speaks_as: seen.speaks_as, because },
    }
}

fn is_there(reader: &Reader, id: ProductId) -> Result<bool, LineError> {
    let current = reader.current()?.map_or(0, |release| release.number);
    let product = reader.product_without_reviews(id, current)?;
    Ok(product.is_some_and(|product| product.content.is_there()))
}

/// Takes out of a drop the photos that were taken before and have not changed since.
fn forget_known_photos(line: &Line, drop: &mut Drop) -> Result<(), LineError> {
    let mut new = Vec::with_capacity(drop.paths.len());
    for path in std::mem::take(&mut drop.paths) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let known = line.reader().asset(name)?;
        if !known.is_some_and(|asset| is_same(&path, asset.size, asset.modified)) {
            new.push(path);
        }
    }
    *drop = Drop::of_photos(new);
    Ok(())
}
