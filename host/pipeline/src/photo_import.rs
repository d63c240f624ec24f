//! Photos: into the asset store, through the studio, and to the products that they belong to.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rikaste_model::code::{Gtin, Sku};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::photo::{PhotoMetadata, PhotoPosition, PhotoRole};
use rikaste_model::product::ProductId;
use rikaste_model::shop::is_url;
use rikaste_model::well_known;
use rikaste_model::words;
use rikaste_model::words::DiagnosticMessage;
use rikaste_store::{AssetEntry, StoreError, StoreReader};
use smol_str::SmolStr;

use super::file_stat::read_modified_time;
use super::release_builder::ReleaseBuilder;
use super::table_import::ImportOutcome;
use super::{ImportProgress, InboxDrop, PipelineError};
use rikaste_media::renditions::{PhotoResult, RenditionProgress, RenditionService};
use rikaste_store::asset_folder::{self, AssetKind};

mod quality;
mod shared_main_photos;

pub use quality::photo_warnings;
pub use shared_main_photos::SharedMainPhoto;

/// Where dropped photos are taken in.
#[derive(Clone, Copy)]
pub(super) struct PhotoImport<'a>(pub(super) &'a RenditionService);

/// A file that is in the asset store.
struct StoredFile<'a> {
    row: u32,
    name: &'a str,
    path: &'a Path,
    asset: AssetEntry,
    kind: AssetKind,
}

impl PhotoImport<'_> {
    /// Takes a drop of photos.
    pub(super) fn import_photos(
        &self,
        draft: &mut ReleaseBuilder<'_>,
        drop: &InboxDrop,
        taken: &mut ImportOutcome,
        tell: &mut (dyn FnMut(ImportProgress) + Send),
    ) -> Result<(), PipelineError> {
        taken.read_as =
            if drop.remote_photos.is_empty() { "photos" } else { "pictures by URL" }.to_owned();
        let stored = self.store_assets(drop, taken)?;
        if self.0.toolchain_hash().is_none()
            && stored.iter().any(|stored| stored.kind == AssetKind::Photo)
        {
            let message = words!("photos-undeveloped");
            taken.messages.push_diagnostic(Diagnostic::new_warning("photos-undeveloped", message));
        }
        let developed = self.render_photos(&stored, tell)?;
        let mut users = BTreeSet::new();
        for (stored, developed) in stored.into_iter().zip(developed) {
            let facts = match developed {
                Some(Err(unusable)) => {
                    let message =
                        words!("photo-unusable", name = stored.name, why = unusable.message);
                    let why = Diagnostic {
                        code: unusable.code,
                        ..Diagnostic::new_error("photo-unusable", message)
                    };
                    taken.rows.rejected += 1;
                    taken
                        .messages
                        .push_diagnostic(why.at_row(stored.row).at_cell("file", stored.name));
                    // A plugin that comes may know what to do with it, unless there is one of that
                    // name that goes on being shown.
                    if draft
                        .writer
                        .load_asset(stored.name)?
                        .is_none_or(|known| known.facts.is_none())
                    {
                        draft.writer.store_asset(&stored.asset, &owner_candidates(stored.name))?;
                    }
                    continue;
                }
                Some(Ok(facts)) => Some(facts),
                None => None,
            };
            users.extend(self.store_photo(draft, stored, facts, taken)?);
        }
        // Several may be of one product.
        for id in users {
            draft.update_photos(id)?;
        }
        let unfetched = drop.remote_photos.iter().filter_map(|one| {
            let why = one.file.as_ref().err()?;
            Some((one.photo.url.as_str(), why))
        });
        for (url, why) in unfetched {
            taken.rows.rejected += 1;
            taken.messages.push_diagnostic(unfetched_photo_diagnostic(draft, url, why)?);
        }
        Ok(())
    }

    /// Copies the files into the asset store; what is none that channels show is refused.
    fn store_assets<'d>(
        &self,
        drop: &'d InboxDrop,
        taken: &mut ImportOutcome,
    ) -> Result<Vec<StoredFile<'d>>, PipelineError> {
        let mut stored = Vec::new();
        for (row, (name, path)) in (1..).zip(drop.photos()) {
            let failed = |source| PipelineError::File { path: path.to_owned(), source };
            let head = File::open(path)
                .and_then(|mut file| asset_folder::read_signature(&mut file))
                .map_err(failed)?;
            let kind = match AssetKind::from_signature(&head) {
                _ if head.is_empty() => Err(words!("photo-empty", name = name)),
                kind => match (kind, AssetKind::from_file_name(name)) {
                    // What it is called decides how it is shown.
                    (kind, named) if kind == named => Ok(kind),
                    (_, AssetKind::Photo) => Ok(AssetKind::Photo),
                    (_, named) => {
                        Err(words!("attachment-other", name = name, kind = named.label()))
                    }
                },
            };
            match kind {
                Ok(kind) => {
                    let (hash, size) = self.0.assets().store_file(path).map_err(failed)?;
                    let modified = read_modified_time(path).map_err(failed)?;
                    let name_ = SmolStr::new(name);
                    let asset = AssetEntry { name: name_, hash, size, modified, facts: None };
                    stored.push(StoredFile { row, name, path, asset, kind });
                }
                Err(message) => {
                    taken.rows.rejected += 1;
                    let code = if head.is_empty() { "photo-empty" } else { "attachment-other" };
                    taken.messages.push_diagnostic(
                        Diagnostic::new_error(code, message).at_row(row).at_cell("file", name),
                    );
                }
            }
        }
        Ok(stored)
    }

    /// What the studio makes of those that are photos; nothing of the others, and of none where no
    /// plugin decodes photos.
    fn render_photos(
        &self,
        stored: &[StoredFile<'_>],
        tell: &mut (dyn FnMut(ImportProgress) + Send),
    ) -> Result<Vec<Option<PhotoResult>>, PipelineError> {
        if self.0.toolchain_hash().is_none() {
            return Ok(stored.iter().map(|_| None).collect());
        }
        let photos: Vec<_> =
            stored.iter().filter(|stored| stored.kind == AssetKind::Photo).collect();
        let hashes: Vec<_> = photos.iter().map(|stored| stored.asset.hash).collect();
        let all = hashes.len() as u64;
        let mut tell = |far: RenditionProgress| tell(render_progress(far, all));
        let developed = self.0.prepare_renditions(&hashes, &mut tell);
        let developed = developed.map_err(|source| {
            let path = photos.first().map_or_else(PathBuf::new, |stored| stored.path.to_owned());
            PipelineError::File { path, source }
        })?;
        let mut developed = developed.into_iter();
        let of = |stored: &StoredFile<'_>| match stored.kind {
            AssetKind::Photo => developed.next(),
            AssetKind::Video | AssetKind::Document => None,
        };
        Ok(stored.iter().map(of).collect())
    }

    /// Keeps a photo; gives the products that it belongs to, if it is news to them.
    fn store_photo(
        &self,
        draft: &mut ReleaseBuilder<'_>,
        stored: StoredFile<'_>,
        facts: Option<Arc<PhotoMetadata>>,
        taken: &mut ImportOutcome,
    ) -> Result<Vec<ProductId>, PipelineError> {
        let StoredFile { row, name, mut asset, .. } = stored;
        if let Some(facts) = &facts {
            for said in photo_warnings((draft.writer, draft.shop()), &asset, facts)? {
                taken.messages.push_diagnostic(said.at_row(row).at_cell("file", name));
            }
        }
        asset.facts = facts;
        let known = draft.writer.load_asset(name)?.is_some();
        if !draft.writer.store_asset(&asset, &owner_candidates(name))? {
            taken.rows.unchanged += 1;
            return Ok(Vec::new());
        }
        *(if known { &mut taken.rows.changed } else { &mut taken.rows.new }) += 1;
        draft.mark_assets_changed();
        let mut users = draft.writer.list_asset_users(name)?;
        users.extend(find_photo_owners(draft.writer, name)?);
        if users.is_empty() {
            let message = words!("photo-orphan", name = name);
            taken.messages.push_diagnostic(
                Diagnostic::new_info("photo-orphan", message).at_row(row).at_cell("file", name),
            );
        }
        Ok(users)
    }
}

/// Tells of a picture that could not be had, and of a product that names it.
fn unfetched_photo_diagnostic(
    draft: &ReleaseBuilder<'_>,
    url: &str,
    why: &DiagnosticMessage,
) -> Result<Diagnostic, PipelineError> {
    let users = draft.writer.list_asset_users(url)?;
    let user =
        users.first().map(|id| draft.writer.load_product(*id, draft.number())).transpose()?;
    let sku = user.flatten().map(|product| product.sku);
    let message =
        words!("picture-unfetched", sku = sku.as_ref().map_or("?", Sku::as_str), why = why.clone());
    let mut said =
        Diagnostic::new_error("picture-unfetched", message).at_cell(well_known::IMAGES, url);
    said.place.sku = sku;
    Ok(said)
}

/// Has all photos developed as they are to be now, and products take note. What cannot be used any more
/// is shown no more.
pub(super) fn rerender_photos(
    draft: &mut ReleaseBuilder<'_>,
    studio: &RenditionService,
    tell: &mut (dyn FnMut(ImportProgress) + Send),
) -> Result<(), PipelineError> {
    let mut assets = draft.writer.list_assets()?;
    assets.retain(|asset| attachment_role(&asset.name).is_none());
    let hashes: Vec<_> = assets.iter().map(|asset| asset.hash).collect();
    let developed: Vec<Option<Arc<PhotoMetadata>>> = match studio.toolchain_hash() {
        None => hashes.iter().map(|_| None).collect(),
        Some(_) => {
            let all = hashes.len() as u64;
            let mut tell = |far: RenditionProgress| tell(render_progress(far, all));
            let developed = studio.prepare_renditions(&hashes, &mut tell);
            let failed =
                |source| PipelineError::File { path: studio.assets().folder().to_owned(), source };
            developed.map_err(failed)?.into_iter().map(Result::ok).collect()
        }
    };
    let mut users = BTreeSet::new();
    for (asset, facts) in assets.into_iter().zip(developed) {
        if asset.facts == facts {
            continue;
        }
        draft.writer.store_photo_metadata(&asset.name, facts.as_deref())?;
        draft.mark_assets_changed();
        users.extend(find_photo_owners(draft.writer, &asset.name)?);
        users.extend(draft.writer.list_asset_users(&asset.name)?);
    }
    for id in users {
        draft.update_photos(id)?;
    }
    Ok(())
}

fn render_progress(far: RenditionProgress, all: u64) -> ImportProgress {
    let done = far.done as u64;
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
