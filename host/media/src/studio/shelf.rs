//! Where renditions are kept, and what is known of photos.
//!
//! `3f/3fe1….jpg` is a rendition, `a0/a09c….facts` is what is known of a photo, and stands for that all
//! of its renditions were written whole: it is written after them, when they are on the disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rikaste_model::picture::{Facts, Format, RenditionName};
use rikaste_model::product::Hash;

use super::Unusable;

/// A folder of renditions.
#[derive(Debug, Clone)]
pub struct Shelf {
    folder: PathBuf,
}

/// What is known of a photo, as it is kept.
type Kept = Result<Facts, Unusable>;

impl Shelf {
    /// The shelf in this folder.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where this rendition is, if it is there.
    #[must_use]
    pub fn path(&self, name: RenditionName, format: Format) -> PathBuf {
        self.place(&name.to_string(), format.extension())
    }

    /// Whether this rendition is there.
    #[must_use]
    pub fn has(&self, name: RenditionName, format: Format) -> bool {
        self.path(name, format).exists()
    }

    /// Puts a rendition there. It is under its name only when it is whole, and on the disk only when
    /// the shelf was [settled](Self::settle).
    pub(super) fn put(&self, name: RenditionName, format: Format, bytes: &[u8]) -> io::Result<()> {
        self.write(&self.path(name, format), bytes)
    }

    /// Has everything on the disk that was put there.
    pub(super) fn settle(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        #[cfg(target_os = "linux")]
        {
            rustix::fs::syncfs(File::open(&self.folder)?)?;
        }
        Ok(())
    }

    pub(super) fn facts(&self, photo: &Hash, maker: &Hash) -> Option<Kept> {
        let bytes = fs::read(self.place(&facts_name(photo, maker), "facts")).ok()?;
        // What cannot be read any more is made again.
        postcard::from_bytes(&bytes).ok()
    }

    pub(super) fn put_facts(&self, photo: &Hash, maker: &Hash, kept: &Kept) -> io::Result<()> {
        let bytes = postcard::to_allocvec(kept).expect("memory takes it, and it has no maps");
        self.write(&self.place(&facts_name(photo, maker), "facts"), &bytes)
    }

    fn place(&self, name: &str, extension: &str) -> PathBuf {
        self.folder.join(&name[..2]).join(format!("{name}.{extension}"))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = path.parent().expect("everything lies in a folder of the shelf");
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

pub(super) fn facts_name(photo: &Hash, maker: &Hash) -> String {
    let name = Hash::of(&[photo.0, maker.0].concat()).to_string();
    name[..32].to_owned()
}
