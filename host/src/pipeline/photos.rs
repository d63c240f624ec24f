//! Photos: into the asset store, and to the products that they belong to.

use rikaste_catalog::code::Sku;
use rikaste_catalog::diagnostic::Diagnostic;
use rikaste_catalog::store::{Asset, ProductId};
use rikaste_catalog::words;
use smol_str::SmolStr;

use super::draft::Draft;
use super::landed::modified;
use super::rows::Taken;
use super::{Drop, LineError};
use crate::assets::Assets;

/// Photos into the asset store, and to the products that they belong to.
pub(super) fn take_photos(
    draft: &mut Draft<'_>,
    assets: &Assets,
    drop: &Drop,
    taken: &mut Taken,
) -> Result<(), LineError> {
    taken.read_as = "photos".to_owned();
    for (row, path) in (1..).zip(&drop.paths) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let failed = |source| LineError::File { path: path.clone(), source };
        if std::fs::metadata(path).map_err(failed)?.len() == 0 {
            taken.rows.rejected += 1;
            let message = words!("photo-empty", name = name);
            taken
                .messages
                .push(Diagnostic::error("photo-empty", message).at_row(row).at_cell("file", name));
            continue;
        }
        let (hash, size) = assets.put(path).map_err(failed)?;
        let asset = Asset {
            name: SmolStr::new(name),
            hash,
            size,
            modified: modified(path).map_err(failed)?,
        };
        let (stem, owner) = owner(draft, name)?;
        let known = draft.writer.asset(name)?.is_some();
        if !draft.writer.put_asset(&asset, &stem)? {
            taken.rows.unchanged += 1;
            continue;
        }
        *(if known { &mut taken.rows.changed } else { &mut taken.rows.new }) += 1;
        draft.added_asset();
        let mut users = draft.writer.asset_users(name)?;
        users.extend(owner);
        if users.is_empty() {
            let message = words!("photo-orphan", name = name);
            taken
                .messages
                .push(Diagnostic::info("photo-orphan", message).at_row(row).at_cell("file", name));
        }
        for id in users {
            draft.rephotograph(id)?;
        }
    }
    Ok(())
}

/// Whose photo this is by its name: the longest beginning that is a SKU, up to a `_`, `-` or space
/// (`1001.jpg`, `1001_2.jpg`, `1001-front.webp`). Without one, what stands before the last `_`.
fn owner(draft: &Draft<'_>, name: &str) -> Result<(String, Option<ProductId>), LineError> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ends = stem.char_indices().filter(|(_, c)| matches!(c, '_' | '-' | ' ')).map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.collect();
    ends.push(stem.len());
    for end in ends.into_iter().rev() {
        if let Ok(sku) = Sku::new(&stem[..end])
            && let Some(id) = draft.writer.product_id(&sku)?
        {
            return Ok((sku.to_string(), Some(id)));
        }
    }
    let guess = stem.rsplit_once('_').map_or(stem, |(sku, _)| sku);
    Ok((guess.to_owned(), None))
}
