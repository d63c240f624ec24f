//! Photos before they are imported: copied into the asset store, and rendered.
//!
//! This needs no store of products, so a running shop does it on a thread of its own. Each file is
//! read once: what was found out is handed over to the pipeline, which reads a file again only if it
//! changed meanwhile.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rikaste_media::renditions::{PhotoResult, RenditionProgress, RenditionService};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::ContentHash;
use rikaste_model::words;
use rikaste_store::asset_folder::{AssetKind, read_signature};
use smol_str::SmolStr;

use super::{DroppedPhoto, FileStat, InboxDrop, PhotoFile, PipelineError};

/// Hears how far rendering is.
type OnProgress<'a> = &'a mut (dyn FnMut(RenditionProgress) + Send);

/// The photos of a drop, in the asset store and rendered.
#[derive(Debug)]
pub struct PreparedPhotos {
    photos: Vec<PreparedPhoto>,
    /// What rendered them.
    rendition_service: RenditionService,
}

/// A photo, video or document that was read.
#[derive(Debug)]
pub(super) struct PreparedPhoto {
    /// By what products find it.
    pub(super) name: SmolStr,
    /// What messages call it.
    pub(super) shown: SmolStr,
    path: PathBuf,
    /// The file's when it was read.
    pub(super) stat: FileStat,
    pub(super) outcome: PhotoOutcome,
}

/// What became of a file.
#[derive(Debug)]
pub(super) enum PhotoOutcome {
    /// It is empty, or is not what its name says: it is not in the asset store.
    Refused(Box<Diagnostic>),
    /// A video or a document, which are published as they are.
    Attachment(ContentHash),
    /// A photo. The result is `None` where no plugin decodes photos.
    Photo(ContentHash, Option<PhotoResult>),
}

impl PreparedPhotos {
    /// Reads and renders the photos of a drop.
    ///
    /// # Errors
    /// When a file cannot be read, or a copy or rendition not be written.
    pub fn from_drop(
        service: &RenditionService,
        drop: &InboxDrop,
        on_progress: OnProgress<'_>,
    ) -> Result<Self, PipelineError> {
        let read = drop.photos().map(|photo| PreparedPhoto::read_file(service, photo));
        let photos = read.collect::<Result<Vec<_>, _>>()?;
        let mut prepared = Self { photos, rendition_service: service.clone() };
        prepared.render(service, on_progress)?;
        Ok(prepared)
    }

    /// The same of files that are called as on the disk.
    pub(super) fn from_files(
        service: &RenditionService,
        paths: Vec<PathBuf>,
        on_progress: OnProgress<'_>,
    ) -> Result<Self, PipelineError> {
        let photos = paths.into_iter().filter_map(PhotoFile::from_path);
        Self::from_drop(service, &InboxDrop::from_photos(photos.collect()), on_progress)
    }

    /// Reads the files again that changed since they were read, and renders those that `service`
    /// makes something else of. A file that is gone stays as it was read.
    pub(super) fn refresh(
        &mut self,
        service: &RenditionService,
        on_progress: OnProgress<'_>,
    ) -> Result<(), PipelineError> {
        let mut is_stale = !service.makes_same_as(&self.rendition_service);
        for photo in self.photos.iter_mut().filter(|photo| photo.has_changed()) {
            *photo = PreparedPhoto::read_file(service, photo.as_dropped())?;
            is_stale = true;
        }
        if is_stale {
            self.render(service, on_progress)?;
        }
        Ok(())
    }

    /// Renders all photos. Of those that the same plugins rendered before, only files are looked up.
    fn render(
        &mut self,
        service: &RenditionService,
        on_progress: OnProgress<'_>,
    ) -> Result<(), PipelineError> {
        self.rendition_service = service.clone();
        let photos = self.photos.iter_mut().filter_map(|photo| match &mut photo.outcome {
            PhotoOutcome::Photo(hash, result) => Some((*hash, result)),
            PhotoOutcome::Refused(_) | PhotoOutcome::Attachment(_) => None,
        });
        let (hashes, places): (Vec<_>, Vec<_>) = photos.unzip();
        if service.toolchain_hash().is_none() {
            places.into_iter().for_each(|place| *place = None);
            return Ok(());
        }
        let results = service.prepare_renditions(&hashes, on_progress).map_err(|source| {
            PipelineError::File { path: service.assets().folder().to_owned(), source }
        })?;
        places.into_iter().zip(results).for_each(|(place, result)| *place = Some(result));
        Ok(())
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.photos.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.photos.is_empty()
    }

    /// The only file. `None` when there are several.
    pub(super) fn single_file(&self) -> Option<&PreparedPhoto> {
        match self.photos.as_slice() {
            [photo] => Some(photo),
            _ => None,
        }
    }

    pub(super) fn into_photos(self) -> Vec<PreparedPhoto> {
        self.photos
    }
}

impl PreparedPhoto {
    /// Copies a file into the asset store, unless it is nothing that channels show.
    fn read_file(
        service: &RenditionService,
        photo: DroppedPhoto<'_>,
    ) -> Result<Self, PipelineError> {
        let DroppedPhoto { name, shown, path } = photo;
        let read = |path: &Path| {
            let mut file = File::open(path)?;
            // Before the bytes: a file that is written meanwhile is seen to have changed.
            let mut stat = FileStat::from_metadata(&file.metadata()?)?;
            let head = read_signature(&mut file)?;
            let kind = match find_asset_kind(name, shown, &head) {
                Ok(kind) => kind,
                Err(refusal) => return Ok((stat, PhotoOutcome::Refused(refusal))),
            };
            let (hash, size) = service.assets().store_bytes(&mut head.chain(file))?;
            stat.size = size;
            Ok((
                stat,
                match kind {
                    AssetKind::Photo => PhotoOutcome::Photo(hash, None),
                    AssetKind::Video | AssetKind::Document => PhotoOutcome::Attachment(hash),
                },
            ))
        };
        let (stat, outcome) =
            read(path).map_err(|source| PipelineError::File { path: path.to_owned(), source })?;
        let (name, shown) = (SmolStr::new(name), SmolStr::new(shown));
        Ok(Self { name, shown, path: path.to_owned(), stat, outcome })
    }

    fn as_dropped(&self) -> DroppedPhoto<'_> {
        DroppedPhoto { name: &self.name, shown: &self.shown, path: &self.path }
    }

    fn has_changed(&self) -> bool {
        FileStat::from_path(&self.path).is_ok_and(|now| now != self.stat)
    }
}

impl PhotoOutcome {
    pub(super) fn hash(&self) -> Option<ContentHash> {
        match self {
            Self::Refused(_) => None,
            Self::Attachment(hash) | Self::Photo(hash, _) => Some(*hash),
        }
    }
}

/// What a file is shown as. Its name decides, and its first bytes must agree.
fn find_asset_kind(name: &str, shown: &str, head: &[u8]) -> Result<AssetKind, Box<Diagnostic>> {
    if head.is_empty() {
        let message = words!("photo-empty", name = shown);
        return Err(Box::new(Diagnostic::new_error("photo-empty", message)));
    }
    match (AssetKind::from_signature(head), AssetKind::from_file_name(name)) {
        (kind, named) if kind == named => Ok(kind),
        // A plugin finds out whether it is a photo.
        (_, AssetKind::Photo) => Ok(AssetKind::Photo),
        (_, named) => {
            let message = words!("attachment-other", name = shown, kind = named.label());
            Err(Box::new(Diagnostic::new_error("attachment-other", message)))
        }
    }
}
