//! Where renditions are kept, and what is known of photos.
//!
//! `3f/3fe1….jpg` is a rendition, `a0/a09c….facts` is what is known of a photo, and stands for that all
//! of its renditions were written whole: it is written after them, when they are on the disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rikaste_model::photo::{ImageFormat, PhotoMetadata, RenditionName};
use rikaste_model::product::ContentHash;

use super::UnusablePhoto;

/// A folder of renditions.
#[derive(Debug, Clone)]
pub struct RenditionStore {
    folder: PathBuf,
}

/// What is known of a photo, as it is kept.
type StoredResult = Result<PhotoMetadata, UnusablePhoto>;

impl RenditionStore {
    /// The store in this folder.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where this rendition is, if it is there.
    #[must_use]
    pub fn rendition_path(&self, name: RenditionName, format: ImageFormat) -> PathBuf {
        self.file_path(&name.to_string(), format.extension())
    }

    /// Whether this rendition is there.
    #[must_use]
    pub fn has_rendition(&self, name: RenditionName, format: ImageFormat) -> bool {
        self.rendition_path(name, format).exists()
    }

    /// Puts a rendition there. It is under its name only when it is whole, and on the disk only when
    /// the store was [synced](Self::sync_to_disk).
    pub(super) fn store_rendition(
        &self,
        name: RenditionName,
        format: ImageFormat,
        bytes: &[u8],
    ) -> io::Result<()> {
        self.write_file(&self.rendition_path(name, format), bytes)
    }

    /// Has everything on the disk that was put there.
    pub(super) fn sync_to_disk(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        #[cfg(target_os = "linux")]
        {
            rustix::fs::syncfs(File::open(&self.folder)?)?;
        }
        Ok(())
    }

    /// Why a photo cannot be used, as this toolchain found out when it made renditions of it.
    #[must_use]
    pub fn find_refusal(
        &self,
        photo: &ContentHash,
        toolchain: &ContentHash,
    ) -> Option<UnusablePhoto> {
        self.load_result(photo, toolchain)?.err()
    }

    pub(super) fn load_result(
        &self,
        photo: &ContentHash,
        maker: &ContentHash,
    ) -> Option<StoredResult> {
        let bytes = fs::read(self.file_path(&metadata_file_stem(photo, maker), "facts")).ok()?;
        // What cannot be read any more is made again.
        postcard::from_bytes(&bytes).ok()
    }

    pub(super) fn store_result(
        &self,
        photo: &ContentHash,
        maker: &ContentHash,
        kept: &StoredResult,
    ) -> io::Result<()> {
        let bytes = postcard::to_allocvec(kept).expect("memory takes it, and it has no maps");
        self.write_file(&self.file_path(&metadata_file_stem(photo, maker), "facts"), &bytes)
    }

    fn file_path(&self, name: &str, extension: &str) -> PathBuf {
        self.folder.join(&name[..2]).join(format!("{name}.{extension}"))
    }

    fn write_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = path.parent().expect("everything lies in a folder of the store");
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        // Elsewhere than on Linux there is no way to ask for all of it at once.
        #[cfg(not(target_os = "linux"))]
        file.as_file().sync_data()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}

pub(super) fn metadata_file_stem(photo: &ContentHash, maker: &ContentHash) -> String {
    let name = ContentHash::hash_bytes(&[photo.0, maker.0].concat()).to_string();
    name[..32].to_owned()
}
