//! The asset store: photos by the hash of their bytes.
//!
//! The host copies and hashes dropped photos and never looks into one; only plugins do, in
//! their sandbox.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rikaste_model::product::ContentHash;
use rikaste_model::shop::is_url;

/// A folder of photos: `3f/3fe1…` holds the bytes whose hash is `3fe1…`.
#[derive(Debug, Clone)]
pub struct AssetFolder {
    folder: PathBuf,
}

impl AssetFolder {
    /// The store in this folder.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the photo of this hash is, if it is there.
    #[must_use]
    pub fn asset_path(&self, hash: &ContentHash) -> PathBuf {
        let name = hash.to_string();
        self.folder.join(&name[..2]).join(name)
    }

    /// Copies a file in; gives its hash and size. It is under its name only when it is whole.
    ///
    /// # Errors
    /// When the file cannot be read or the store cannot be written.
    pub fn store_file(&self, file: &Path) -> io::Result<(ContentHash, u64)> {
        self.store_bytes(&mut File::open(file)?)
    }

    /// Copies in what a reader gives; gives its hash and size. It is under its name only when it is
    /// whole.
    ///
    /// # Errors
    /// When the reader fails or the store cannot be written.
    pub fn store_bytes(&self, bytes: &mut impl Read) -> io::Result<(ContentHash, u64)> {
        std::fs::create_dir_all(&self.folder)?;
        let mut copy = tempfile::NamedTempFile::new_in(&self.folder)?;
        let (hash, size) = copy_and_hash(bytes, &mut copy)?;
        let path = self.asset_path(&hash);
        if !path.exists() {
            std::fs::create_dir_all(path.parent().expect("a photo lies in a folder of the store"))?;
            copy.as_file().sync_data()?;
            copy.persist(path).map_err(|e| e.error)?;
        }
        Ok((hash, size))
    }

    /// A folder for files on their way in, which goes when it is dropped.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn create_scratch_folder(&self) -> io::Result<tempfile::TempDir> {
        std::fs::create_dir_all(&self.folder)?;
        tempfile::Builder::new().prefix(".unpacked-").tempdir_in(&self.folder)
    }

    /// At most `length` bytes from `offset`; none at the end.
    ///
    /// # Errors
    /// When the photo is not there or cannot be read.
    pub fn read_range(
        &self,
        hash: &ContentHash,
        offset: u64,
        length: usize,
    ) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.asset_path(hash))?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        file.take(length as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// What a dropped file is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssetKind {
    /// A picture, or whatever a plugin is to find out to be none.
    Photo,
    /// A film: MP4, MOV or WebM.
    Video,
    /// A PDF.
    Document,
}

/// Names of files that are no photos, and how they are published.
const ATTACHMENTS: [(&str, AssetKind, &str); 5] = [
    ("mp4", AssetKind::Video, "video/mp4"),
    ("m4v", AssetKind::Video, "video/mp4"),
    ("mov", AssetKind::Video, "video/quicktime"),
    ("webm", AssetKind::Video, "video/webm"),
    ("pdf", AssetKind::Document, "application/pdf"),
];

/// Brands of ISO base media files that are pictures (ISO/IEC 14496-12, 23008-12).
const STILL_IMAGE_BRANDS: [&[u8]; 12] = [
    b"avif", b"avis", b"crx ", b"heic", b"heim", b"heis", b"heix", b"hevc", b"hevx", b"miaf",
    b"mif1", b"msf1",
];

impl AssetKind {
    /// By what a file begins with: its signature, and nothing behind that is looked at.
    #[must_use]
    pub fn from_signature(head: &[u8]) -> Self {
        let brand = (head.get(4..8) == Some(b"ftyp")).then(|| head.get(8..12)).flatten();
        match head {
            [b'%', b'P', b'D', b'F', b'-', ..] => Self::Document,
            // EBML (RFC 8794): Matroska and its part that is WebM.
            [0x1a, 0x45, 0xdf, 0xa3, ..] => Self::Video,
            _ if brand.is_some_and(|brand| !STILL_IMAGE_BRANDS.contains(&brand)) => Self::Video,
            _ => Self::Photo,
        }
    }

    /// By what a file is called.
    #[must_use]
    pub fn from_file_name(name: &str) -> Self {
        find_attachment(name).map_or(Self::Photo, |(_, kind, _)| *kind)
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Video => "MP4, MOV, WebM",
            Self::Document => "PDF",
        }
    }
}

/// The bytes by which a file's kind is detected: those that it begins with, fewer if it has no more.
///
/// # Errors
/// When it cannot be read.
pub fn read_signature(file: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(64);
    file.by_ref().take(64).read_to_end(&mut head)?;
    Ok(head)
}

fn find_attachment(name: &str) -> Option<&'static (&'static str, AssetKind, &'static str)> {
    // Behind the path of a URL, something may look like an ending that is none.
    let path = if is_url(name) { name.split('?').next()? } else { name };
    let (_, ending) = path.rsplit_once('.')?;
    ATTACHMENTS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(ending))
}

/// The media type of a film or document by its name's ending.
#[must_use]
pub fn attachment_media_type(name: &str) -> Option<&'static str> {
    find_attachment(name).map(|(.., media_type)| *media_type)
}

/// The hash and size of a file's bytes.
///
/// # Errors
/// When it cannot be read.
pub fn hash_file(path: &Path) -> io::Result<(ContentHash, u64)> {
    copy_and_hash(&mut File::open(path)?, &mut io::sink())
}

fn copy_and_hash(from: &mut impl Read, to: &mut impl Write) -> io::Result<(ContentHash, u64)> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 128 * 1024];
    let mut size = 0;
    loop {
        let length = from.read(&mut buffer)?;
        if length == 0 {
            return Ok((ContentHash(*hasher.finalize().as_bytes()), size));
        }
        hasher.update(&buffer[..length]);
        to.write_all(&buffer[..length])?;
        size += length as u64;
    }
}
