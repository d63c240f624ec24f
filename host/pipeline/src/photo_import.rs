//! Photos on their way to the products that they belong to.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use rikaste_model::code::{Gtin, Sku};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::moment::Moment;
use rikaste_model::photo::{PhotoMetadata, PhotoPosition, PhotoRole};
use rikaste_model::product::{ContentHash, ProductId};
use rikaste_model::receipt::Receipt;
use rikaste_model::record::DropKind;
use rikaste_model::shop::is_url;
use rikaste_model::well_known;
use rikaste_model::words;
use rikaste_model::words::DiagnosticMessage;
use rikaste_store::{AssetEntry, StoreError, StoreReader};

use super::drop_import::{DropContents, DropIdentity};
use super::photo_preparation::{PhotoOutcome, PreparedPhoto, PreparedPhotos};
use super::release_builder::ReleaseBuilder;
use super::table_import::ImportOutcome;
use super::{ImportProgress, ImportReason, InboxDrop, Pipeline, PipelineError, StageTimings};
use rikaste_media::renditions::{RenditionProgress, RenditionService, UnusablePhoto};
use rikaste_store::asset_folder::AssetKind;

mod quality;
mod shared_main_photos;

pub use quality::photo_warnings;
pub use shared_main_photos::SharedMainPhoto;

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
        let (hash, stat) = photos.single_file();
        let identity = DropIdentity {
            kind: DropKind::Images,
            name: drop.receipt_name(),
            hash,
            import_fingerprint: None,
            stat,
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
            InboxDrop::Photos(_) | InboxDrop::Table(_) => ("photos", [].as_slice()),
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
    let PreparedPhoto { name, stat, outcome, .. } = photo;
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
            (Some(entry(hash, None)), Some(unusable_photo_diagnostic(&name, unusable)))
        }
    };
    let Some(refusal) = refusal else {
        return match asset {
            Some(asset) => store_photo(builder, row, &asset, import),
            None => Ok(Vec::new()),
        };
    };
    import.rows.rejected += 1;
    import.messages.push_diagnostic(refusal.at_row(row).at_cell("file", name.as_str()));
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
    let message = words!("photo-unusable", name = name, why = unusable.message);
    Diagnostic { code: unusable.code, ..Diagnostic::new_error("photo-unusable", message) }
}

/// Stores a photo that can be used; gives the products that it belongs to, if it is news to them.
fn store_photo(
    builder: &mut ReleaseBuilder<'_>,
    row: u32,
    asset: &AssetEntry,
    import: &mut ImportOutcome,
) -> Result<Vec<ProductId>, PipelineError> {
    let name = asset.name.as_str();
    if let Some(facts) = &asset.facts {
        for warning in photo_warnings((builder.writer, builder.shop()), asset, facts)? {
            import.messages.push_diagnostic(warning.at_row(row).at_cell("file", name));
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
        let message = words!("photo-orphan", name = name);
        import.messages.push_diagnostic(
            Diagnostic::new_info("photo-orphan", message).at_row(row).at_cell("file", name),
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

/// Whose photo this is by its name: of the product whose SKU it begins with, or of those with its GTIN.
pub fn find_photo_owners(reader: &StoreReader, name: &str) -> Result<Vec<ProductId>, StoreError> {
    if let Some(owner) = find_sku_owner(reader, name)? {
        return Ok(vec![owner]);
    }
    match parse_leading_gtin(file_stem(name)) {
        Some(gtin) => reader.find_products_by_gtin(gtin),
        None => Ok(Vec::new()),
    }
}

/// The product with the longest SKU that a photo's name begins with, up to a `_`, `-` or space
/// (`1001.jpg`, `1001_2.jpg`, `1001-front.webp`).
pub(super) fn find_sku_owner(
    reader: &StoreReader,
    name: &str,
) -> Result<Option<ProductId>, StoreError> {
    for beginning in owner_candidates(name) {
        if let Ok(sku) = Sku::new(&beginning)
            && let Some(id) = reader.find_product_id(&sku)?
        {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// What a name begins with that may be a SKU or GTIN, the longest first.
pub(super) fn owner_candidates(name: &str) -> Vec<String> {
    /// A name with more signs is no SKU with a word behind it.
    const MOST: usize = 16;
    if is_url(name) {
        return Vec::new();
    }
    let stem = file_stem(name);
    let ends = stem.char_indices().filter(|(_, c)| matches!(c, '_' | '-' | ' ')).map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.take(MOST).filter(|end| *end > 0).collect();
    ends.push(stem.len());
    let beginnings = ends.into_iter().rev().map(|end| stem[..end].trim_end().to_owned());
    beginnings.chain(parse_leading_gtin(stem).map(|gtin| gtin.to_string())).collect()
}

/// A name without its ending.
fn file_stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn parse_leading_gtin(stem: &str) -> Option<Gtin> {
    Gtin::new(leading_digits(stem)?).ok()
}

/// Which of the photos of its SKU or GTIN this is.
pub(super) fn photo_place(name: &str, owner: &str) -> PhotoPosition {
    let stem = file_stem(name);
    let rest = stem.strip_prefix(owner);
    PhotoPosition::from_name_rest(
        rest.or_else(|| stem.strip_prefix(leading_digits(stem)?)).unwrap_or(stem),
    )
}

/// The digits that a name begins with, if no letter follows.
fn leading_digits(stem: &str) -> Option<&str> {
    let end = stem.find(|c: char| !c.is_ascii_digit()).unwrap_or(stem.len());
    let (digits, rest) = stem.split_at(end);
    let is_apart = rest.chars().next().is_none_or(|c| matches!(c, '_' | '-' | ' ' | '('));
    (is_apart && digits.len() >= 8).then_some(digits)
}

/// The role of a file that is no picture, by its name.
pub(super) fn attachment_role(name: &str) -> Option<PhotoRole> {
    match AssetKind::from_file_name(name) {
        AssetKind::Photo => None,
        AssetKind::Video => Some(PhotoRole::Video),
        AssetKind::Document => Some(PhotoRole::Document),
    }
}
