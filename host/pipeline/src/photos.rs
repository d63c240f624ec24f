//! Photos: into the asset store, through the studio, and to the products that they belong to.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rikaste_model::code::{Gtin, Sku};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::picture::{Facts, Place};
use rikaste_model::product::Photo;
use rikaste_model::product::ProductId;
use rikaste_model::shop::is_url;
use rikaste_model::words;
use rikaste_model::words::Message;
use rikaste_store::{Asset, Reader, StoreError};
use smol_str::SmolStr;

use super::draft::Draft;
use super::landed::modified;
use super::rows::Taken;
use super::{Drop, LineError, Progress};
use rikaste_media::studio::{Developed, Developing, Studio};
use rikaste_store::asset_folder::{self, Kind};

mod quality;
mod siblings;

pub use quality::look;
pub use siblings::Sibling;

/// Where dropped photos are taken in.
#[derive(Clone, Copy)]
pub(super) struct Darkroom<'a>(pub(super) &'a Studio);

/// A file that is in the asset store.
struct Stored<'a> {
    row: u32,
    name: &'a str,
    path: &'a Path,
    asset: Asset,
    kind: Kind,
}

impl Darkroom<'_> {
    /// Takes a drop of photos.
    pub(super) fn take(
        &self,
        draft: &mut Draft<'_>,
        drop: &Drop,
        taken: &mut Taken,
        tell: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<(), LineError> {
        taken.read_as =
            if drop.pictures.is_empty() { "photos" } else { "pictures by URL" }.to_owned();
        let stored = self.store(drop, taken)?;
        if self.0.maker().is_none() && stored.iter().any(|stored| stored.kind == Kind::Photo) {
            let message = words!("photos-undeveloped");
            taken.messages.push(Diagnostic::warning("photos-undeveloped", message));
        }
        let developed = self.develop(&stored, tell)?;
        let mut users = BTreeSet::new();
        for (stored, developed) in stored.into_iter().zip(developed) {
            let facts = match developed {
                Some(Err(unusable)) => {
                    let message =
                        words!("photo-unusable", name = stored.name, why = unusable.message);
                    let why = Diagnostic {
                        code: unusable.code,
                        ..Diagnostic::error("photo-unusable", message)
                    };
                    taken.rows.rejected += 1;
                    taken.messages.push(why.at_row(stored.row).at_cell("file", stored.name));
                    // A plugin that comes may know what to do with it, unless there is one of that
                    // name that goes on being shown.
                    if draft.writer.asset(stored.name)?.is_none_or(|known| known.facts.is_none()) {
                        draft.writer.put_asset(&stored.asset, &beginnings(stored.name))?;
                    }
                    continue;
                }
                Some(Ok(facts)) => Some(facts),
                None => None,
            };
            users.extend(self.keep(draft, stored, facts, taken)?);
        }
        // Several may be of one product.
        for id in users {
            draft.rephotograph(id)?;
        }
        let unfetched = drop.pictures.iter().filter_map(|one| {
            let why = one.file.as_ref().err()?;
            Some((one.picture.url.as_str(), why))
        });
        for (url, why) in unfetched {
            taken.rows.rejected += 1;
            taken.messages.push(unfetched_picture(draft, url, why)?);
        }
        Ok(())
    }

    /// Copies the files into the asset store; what is none that channels show is refused.
    fn store<'d>(&self, drop: &'d Drop, taken: &mut Taken) -> Result<Vec<Stored<'d>>, LineError> {
        let mut stored = Vec::new();
        for (row, (name, path)) in (1..).zip(drop.photos()) {
            let failed = |source| LineError::File { path: path.to_owned(), source };
            let head = File::open(path)
                .and_then(|mut file| asset_folder::head(&mut file))
                .map_err(failed)?;
            let kind = match Kind::of(&head) {
                _ if head.is_empty() => Err(words!("photo-empty", name = name)),
                kind => match (kind, Kind::of_name(name)) {
                    // What it is called decides how it is shown.
                    (kind, named) if kind == named => Ok(kind),
                    (_, Kind::Photo) => Ok(Kind::Photo),
                    (_, named) => {
                        Err(words!("attachment-other", name = name, kind = named.words()))
                    }
                },
            };
            match kind {
                Ok(kind) => {
                    let (hash, size) = self.0.assets().put(path).map_err(failed)?;
                    let modified = modified(path).map_err(failed)?;
                    let name_ = SmolStr::new(name);
                    let asset = Asset { name: name_, hash, size, modified, facts: None };
                    stored.push(Stored { row, name, path, asset, kind });
                }
                Err(message) => {
                    taken.rows.rejected += 1;
                    let code = if head.is_empty() { "photo-empty" } else { "attachment-other" };
                    taken
                        .messages
                        .push(Diagnostic::error(code, message).at_row(row).at_cell("file", name));
                }
            }
        }
        Ok(stored)
    }

    /// What the studio makes of those that are photos; nothing of the others, and of none where no
    /// plugin decodes photos.
    fn develop(
        &self,
        stored: &[Stored<'_>],
        tell: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Vec<Option<Developed>>, LineError> {
        if self.0.maker().is_none() {
            return Ok(stored.iter().map(|_| None).collect());
        }
        let photos: Vec<_> = stored.iter().filter(|stored| stored.kind == Kind::Photo).collect();
        let hashes: Vec<_> = photos.iter().map(|stored| stored.asset.hash).collect();
        let all = hashes.len() as u64;
        let mut tell = |far: Developing| tell(progress(far, all));
        let developed = self.0.develop(&hashes, &mut tell);
        let developed = developed.map_err(|source| {
            let path = photos.first().map_or_else(PathBuf::new, |stored| stored.path.to_owned());
            LineError::File { path, source }
        })?;
        let mut developed = developed.into_iter();
        let of = |stored: &Stored<'_>| match stored.kind {
            Kind::Photo => developed.next(),
            Kind::Video | Kind::Document => None,
        };
        Ok(stored.iter().map(of).collect())
    }

    /// Keeps a photo; gives the products that it belongs to, if it is news to them.
    fn keep(
        &self,
        draft: &mut Draft<'_>,
        stored: Stored<'_>,
        facts: Option<Arc<Facts>>,
        taken: &mut Taken,
    ) -> Result<Vec<ProductId>, LineError> {
        let Stored { row, name, mut asset, .. } = stored;
        if let Some(facts) = &facts {
            for said in look((draft.writer, draft.shop()), &asset, facts)? {
                taken.messages.push(said.at_row(row).at_cell("file", name));
            }
        }
        asset.facts = facts;
        let known = draft.writer.asset(name)?.is_some();
        if !draft.writer.put_asset(&asset, &beginnings(name))? {
            taken.rows.unchanged += 1;
            return Ok(Vec::new());
        }
        *(if known { &mut taken.rows.changed } else { &mut taken.rows.new }) += 1;
        draft.added_asset();
        let mut users = draft.writer.asset_users(name)?;
        users.extend(owners(draft.writer, name)?);
        if users.is_empty() {
            let message = words!("photo-orphan", name = name);
            taken
                .messages
                .push(Diagnostic::info("photo-orphan", message).at_row(row).at_cell("file", name));
        }
        Ok(users)
    }
}

/// Tells of a picture that could not be had, and of a product that names it.
fn unfetched_picture(draft: &Draft<'_>, url: &str, why: &Message) -> Result<Diagnostic, LineError> {
    let users = draft.writer.asset_users(url)?;
    let user = users.first().map(|id| draft.writer.product(*id, draft.number())).transpose()?;
    let sku = user.flatten().map(|product| product.sku);
    let message =
        words!("picture-unfetched", sku = sku.as_ref().map_or("?", Sku::as_str), why = why.clone());
    let mut said = Diagnostic::error("picture-unfetched", message).at_cell("images", url);
    said.place.sku = sku;
    Ok(said)
}

/// Has all photos developed as they are to be now, and products take note. What cannot be used any more
/// is shown no more.
pub(super) fn redevelop(
    draft: &mut Draft<'_>,
    studio: &Studio,
    tell: &mut (dyn FnMut(Progress) + Send),
) -> Result<(), LineError> {
    let mut assets = draft.writer.assets()?;
    assets.retain(|asset| attachment(&asset.name).is_none());
    let hashes: Vec<_> = assets.iter().map(|asset| asset.hash).collect();
    let developed: Vec<Option<Arc<Facts>>> = match studio.maker() {
        None => hashes.iter().map(|_| None).collect(),
        Some(_) => {
            let all = hashes.len() as u64;
            let mut tell = |far: Developing| tell(progress(far, all));
            let developed = studio.develop(&hashes, &mut tell);
            let failed =
                |source| LineError::File { path: studio.assets().folder().to_owned(), source };
            developed.map_err(failed)?.into_iter().map(Result::ok).collect()
        }
    };
    let mut users = BTreeSet::new();
    for (asset, facts) in assets.into_iter().zip(developed) {
        if asset.facts == facts {
            continue;
        }
        draft.writer.set_facts(&asset.name, facts.as_deref())?;
        draft.added_asset();
        users.extend(owners(draft.writer, &asset.name)?);
        users.extend(draft.writer.asset_users(&asset.name)?);
    }
    for id in users {
        draft.rephotograph(id)?;
    }
    Ok(())
}

fn progress(far: Developing, all: u64) -> Progress {
    let done = far.done as u64;
    Progress { bytes: done, size: all, rows: done }
}

/// Whose photo this is by its name: of the product whose SKU it begins with, or of those with its GTIN.
pub fn owners(reader: &Reader, name: &str) -> Result<Vec<ProductId>, StoreError> {
    if let Some(owner) = owner(reader, name)? {
        return Ok(vec![owner]);
    }
    match gtin(stem(name)) {
        Some(gtin) => reader.by_gtin(gtin),
        None => Ok(Vec::new()),
    }
}

/// The product with the longest SKU that a photo's name begins with, up to a `_`, `-` or space
/// (`1001.jpg`, `1001_2.jpg`, `1001-front.webp`).
pub(super) fn owner(reader: &Reader, name: &str) -> Result<Option<ProductId>, StoreError> {
    for beginning in beginnings(name) {
        if let Ok(sku) = Sku::new(&beginning)
            && let Some(id) = reader.product_id(&sku)?
        {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// What a name begins with that may be a SKU or GTIN, the longest first.
pub(super) fn beginnings(name: &str) -> Vec<String> {
    /// A name with more signs is no SKU with a word behind it.
    const MOST: usize = 16;
    if is_url(name) {
        return Vec::new();
    }
    let stem = stem(name);
    let ends = stem.char_indices().filter(|(_, c)| matches!(c, '_' | '-' | ' ')).map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.take(MOST).filter(|end| *end > 0).collect();
    ends.push(stem.len());
    let beginnings = ends.into_iter().rev().map(|end| stem[..end].trim_end().to_owned());
    beginnings.chain(gtin(stem).map(|gtin| gtin.to_string())).collect()
}

/// A name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn gtin(stem: &str) -> Option<Gtin> {
    Gtin::new(digits(stem)?).ok()
}

/// Which of the photos of its SKU or GTIN this is.
pub(super) fn place(name: &str, owner: &str) -> Place {
    let stem = stem(name);
    let rest = stem.strip_prefix(owner);
    Place::of(rest.or_else(|| stem.strip_prefix(digits(stem)?)).unwrap_or(stem))
}

/// The digits that a name begins with, if no letter follows.
fn digits(stem: &str) -> Option<&str> {
    let end = stem.find(|c: char| !c.is_ascii_digit()).unwrap_or(stem.len());
    let (digits, rest) = stem.split_at(end);
    let is_apart = rest.chars().next().is_none_or(|c| matches!(c, '_' | '-' | ' ' | '('));
    (is_apart && digits.len() >= 8).then_some(digits)
}

/// The role of a file that is no picture, by its name.
pub(super) fn attachment(name: &str) -> Option<&'static str> {
    match Kind::of_name(name) {
        Kind::Photo => None,
        Kind::Video => Some(Photo::VIDEO),
        Kind::Document => Some(Photo::DOCUMENT),
    }
}
