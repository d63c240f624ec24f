//! Photos on their way to the products that they belong to.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use rikaste_model::code::Sku;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::moment::Moment;
use rikaste_model::photo::PhotoMetadata;
use rikaste_model::product::{ContentHash, ProductId};
use rikaste_model::receipt::Receipt;
use rikaste_model::record::DropKind;
use rikaste_model::well_known;
use rikaste_model::words;
use rikaste_model::words::DiagnosticMessage;
use rikaste_store::AssetEntry;

use super::drop_import::{DropContents, DropIdentity};
use super::photo_preparation::{PhotoOutcome, PreparedPhoto, PreparedPhotos};
use super::release_builder::ReleaseBuilder;
use super::table_import::ImportOutcome;
use super::{ImportProgress, ImportReason, InboxDrop, Pipeline, PipelineError, StageTimings};
use rikaste_media::photo_rules::{
    attachment_role, find_photo_owners, owner_candidates, photo_warnings,
};
use rikaste_media::renditions::{RenditionProgress, RenditionService, UnusablePhoto};
use rikaste_runtime::find_known_text;

impl Pipeline {
    /// Imports photos that were read and rendered before, on another thread.
    ///
    /// # Errors
    /// As of [`import_drop`](Self::import_drop).
    pub fn import_prepared_photos(
        &mut self,
        drop: &InboxDrop,
        photos: PreparedPhotos,
        now: Moment,
    ) -> Result<Receipt, PipelineError> {
        self.stage_timings = StageTimings::default();
        self.rejects = None;
        self.import_photos(drop, photos, now, Instant::now(), false)
    }

    pub(super) fn import_photos(
        &mut self,
        drop: &InboxDrop,
        mut photos: PreparedPhotos,
        now: Moment,
        began: Instant,
        dry_run: bool,
    ) -> Result<Receipt, PipelineError> {
        let count = photos.len() as u64;
        let mut report = |progress| (self.on_progress)(render_progress(progress, count));
        photos.refresh(&self.stages.rendition_service, &mut report)?;
        let single = photos.single_file();
        let identity = DropIdentity {
            kind: DropKind::Images,
            name: drop.receipt_name(),
            hash: single.and_then(|photo| photo.outcome.hash()),
            import_fingerprint: None,
            stat: single.map(|photo| photo.stat),
            now,
            began,
        };
        let contents = DropContents::Photos(drop, photos);
        self.import_contents(ImportReason::Arrived, contents, &identity, dry_run)
    }
}

/// Where dropped photos are imported.
#[derive(Clone, Copy)]
pub(super) struct PhotoImport<'a>(pub(super) &'a RenditionService);

impl PhotoImport<'_> {
    /// Imports the photos of a drop, and reports those that could not be fetched.
    pub(super) fn import_drop(
        &self,
        builder: &mut ReleaseBuilder<'_>,
        drop: &InboxDrop,
        photos: PreparedPhotos,
        import: &mut ImportOutcome,
    ) -> Result<(), PipelineError> {
        let (read_as, fetched) = match drop {
            InboxDrop::RemotePhotos(fetched) => ("pictures by URL", fetched.as_slice()),
            _ => ("photos", [].as_slice()),
        };
        import.read_as = read_as.to_owned();
        self.import_photos(builder, photos, import)?;
        for one in fetched {
            if let Err(why) = &one.file {
                import.rows.rejected += 1;
                let diagnostic = unfetched_photo_diagnostic(builder, &one.photo.url, why)?;
                import.messages.push_diagnostic(diagnostic);
            }
        }
        Ok(())
    }

    /// Stores prepared photos and gives them to their products.
    pub(super) fn import_photos(
        &self,
        builder: &mut ReleaseBuilder<'_>,
        photos: PreparedPhotos,
        import: &mut ImportOutcome,
    ) -> Result<(), PipelineError> {
        let photos = photos.into_photos();
        let is_photo = |photo: &PreparedPhoto| matches!(photo.outcome, PhotoOutcome::Photo(..));
        if self.0.toolchain_hash().is_none() && photos.iter().any(is_photo) {
            let message = words!("photos-undeveloped");
            import.messages.push_diagnostic(Diagnostic::new_warning("photos-undeveloped", message));
        }
        let mut users = BTreeSet::new();
        for (row, photo) in (1..).zip(photos) {
            users.extend(import_photo(builder, row, photo, import)?);
        }
        // Several may be of one product.
        for id in users {
            builder.update_photos(id)?;
        }
        Ok(())
    }
}

/// Imports a photo; gives the products that it belongs to, if it is news to them.
fn import_photo(
    builder: &mut ReleaseBuilder<'_>,
    row: u32,
    photo: PreparedPhoto,
    import: &mut ImportOutcome,
) -> Result<Vec<ProductId>, PipelineError> {
    let PreparedPhoto { name, shown, stat, outcome, .. } = photo;
    let entry = |hash: ContentHash, facts| {
        let (size, modified) = (stat.size, stat.modified);
        AssetEntry { name: name.clone(), hash, size, modified, facts }
    };
    let (asset, refusal) = match outcome {
        PhotoOutcome::Refused(refusal) => (None, Some(*refusal)),
        PhotoOutcome::Attachment(hash) | PhotoOutcome::Photo(hash, None) => {
            (Some(entry(hash, None)), None)
        }
        PhotoOutcome::Photo(hash, Some(Ok(facts))) => (Some(entry(hash, Some(facts))), None),
        PhotoOutcome::Photo(hash, Some(Err(unusable))) => {
            (Some(entry(hash, None)), Some(unusable_photo_diagnostic(&shown, unusable)))
        }
    };
    let Some(refusal) = refusal else {
        return match asset {
            Some(asset) => store_photo(builder, row, (&asset, &shown), import),
            None => Ok(Vec::new()),
        };
    };
    import.rows.rejected += 1;
    import.messages.push_diagnostic(refusal.at_row(row).at_cell("file", &shown));
    // A plugin that comes may know what to do with an unusable photo, unless there is one of that
    // name that goes on being shown.
    if let Some(asset) = asset
        && builder.writer.load_asset(&name)?.is_none_or(|known| known.facts.is_none())
    {
        builder.writer.store_asset(&asset, &owner_candidates(&name))?;
    }
    Ok(Vec::new())
}

fn unusable_photo_diagnostic(name: &str, unusable: UnusablePhoto) -> Diagnostic {
    let message = words!("photo-unusable", name = name, why = find_known_text(&unusable.message));
    Diagnostic { code: unusable.code, ..Diagnostic::new_error("photo-unusable", message) }
}

/// Stores a photo that can be used; gives the products that it belongs to, if it is news to them.
fn store_photo(
    builder: &mut ReleaseBuilder<'_>,
    row: u32,
    (asset, shown): (&AssetEntry, &str),
    import: &mut ImportOutcome,
) -> Result<Vec<ProductId>, PipelineError> {
    let name = asset.name.as_str();
    if let Some(facts) = &asset.facts {
        for warning in photo_warnings((builder.writer, builder.shop()), asset, facts)? {
            import.messages.push_diagnostic(warning.at_row(row).at_cell("file", shown));
        }
    }
    let known = builder.writer.load_asset(name)?.is_some();
    if !builder.writer.store_asset(asset, &owner_candidates(name))? {
        import.rows.unchanged += 1;
        return Ok(Vec::new());
    }
    *(if known { &mut import.rows.changed } else { &mut import.rows.new }) += 1;
    builder.mark_assets_changed();
    let mut users = builder.writer.list_asset_users(name)?;
    users.extend(find_photo_owners(builder.writer, name)?);
    if users.is_empty() {
        let message = words!("photo-orphan", name = shown);
        import.messages.push_diagnostic(
            Diagnostic::new_info("photo-orphan", message).at_row(row).at_cell("file", shown),
        );
    }
    Ok(users)
}

/// Tells of a picture that could not be had, and of a product that names it.
fn unfetched_photo_diagnostic(
    builder: &ReleaseBuilder<'_>,
    url: &str,
    why: &DiagnosticMessage,
) -> Result<Diagnostic, PipelineError> {
    let users = builder.writer.list_asset_users(url)?;
    let user =
        users.first().map(|id| builder.writer.load_product(*id, builder.number())).transpose()?;
    let sku = user.flatten().map(|product| product.sku);
    let message =
        words!("picture-unfetched", sku = sku.as_ref().map_or("?", Sku::as_str), why = why.clone());
    let mut diagnostic =
        Diagnostic::new_error("picture-unfetched", message).at_cell(well_known::IMAGES, url);
    diagnostic.place.sku = sku;
    Ok(diagnostic)
}

/// Has all photos developed as they are to be now, and products take note. What cannot be used any more
/// is shown no more.
pub(super) fn rerender_photos(
    builder: &mut ReleaseBuilder<'_>,
    service: &RenditionService,
    on_progress: &mut (dyn FnMut(ImportProgress) + Send),
) -> Result<(), PipelineError> {
    let mut assets = builder.writer.list_assets()?;
    assets.retain(|asset| attachment_role(&asset.name).is_none());
    let hashes: Vec<_> = assets.iter().map(|asset| asset.hash).collect();
    let developed: Vec<Option<Arc<PhotoMetadata>>> = match service.toolchain_hash() {
        None => hashes.iter().map(|_| None).collect(),
        Some(_) => {
            let all = hashes.len() as u64;
            let mut report = |far: RenditionProgress| on_progress(render_progress(far, all));
            let developed = service.prepare_renditions(&hashes, &mut report);
            let failed =
                |source| PipelineError::File { path: service.assets().folder().to_owned(), source };
            developed.map_err(failed)?.into_iter().map(Result::ok).collect()
        }
    };
    let mut users = BTreeSet::new();
    for (asset, facts) in assets.into_iter().zip(developed) {
        if asset.facts == facts {
            continue;
        }
        builder.writer.store_photo_metadata(&asset.name, facts.as_deref())?;
        builder.mark_assets_changed();
        users.extend(find_photo_owners(builder.writer, &asset.name)?);
        users.extend(builder.writer.list_asset_users(&asset.name)?);
    }
    for id in users {
        builder.update_photos(id)?;
    }
    Ok(())
}

pub(super) fn render_progress(progress: RenditionProgress, all: u64) -> ImportProgress {
    let done = progress.done as u64;
    ImportProgress { bytes: done, size: all, rows: done }
}
