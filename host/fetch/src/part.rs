//! A picture that is on its way: what came of it so far, and of which version it is.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rikaste_store::RemotePhotoVersion;
use serde::{Deserialize, Serialize};

use super::resume_validator;

/// `3fe1….part` has the bytes of the URL whose hash is `3fe1…`, and `3fe1….json` says what they are part of. What is
/// whole is `3fe1….whole`. Anything in the folder may go at any time; it is then fetched again.
#[derive(Debug)]
pub(super) struct PartialDownload {
    url: String,
    bytes: PathBuf,
    manifest: PathBuf,
    whole: PathBuf,
}

#[derive(Debug, Serialize, Deserialize)]
struct PartManifest {
    url: String,
    version: RemotePhotoVersion,
}

impl PartialDownload {
    /// The unfinished file of a URL in this folder, whether there is one or not.
    pub(super) fn new(folder: &Path, url: &str) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let name = blake3::hash(url.as_bytes()).to_hex();
        let named = |end: &str| folder.join(format!("{}.{end}", &name[..32]));
        Ok(Self {
            url: url.to_owned(),
            bytes: named("part"),
            manifest: named("json"),
            whole: named("whole"),
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.bytes
    }

    /// How much there is, and of what; `None` when the rest could be another version's.
    pub(super) fn read_progress(&self) -> Option<(u64, RemotePhotoVersion)> {
        let length = fs::metadata(&self.bytes).ok()?.len();
        let about: PartManifest = serde_json::from_slice(&fs::read(&self.manifest).ok()?).ok()?;
        (length > 0 && about.url == self.url && resume_validator(&about.version).is_some())
            .then_some((length, about.version))
    }

    /// Begins anew, with bytes of this version.
    pub(super) fn start_file(&self, version: &RemotePhotoVersion) -> io::Result<File> {
        // First, lest the old bytes be taken for the new version's.
        self.remove_files()?;
        let about = PartManifest { url: self.url.clone(), version: version.clone() };
        File::create(&self.manifest)?.write_all(&serde_json::to_vec(&about)?)?;
        File::create(&self.bytes)
    }

    /// Goes on behind what is there.
    pub(super) fn open_to_resume(&self) -> io::Result<File> {
        OpenOptions::new().append(true).open(&self.bytes)
    }

    /// All of it is there: it is put under its other name, which is given.
    pub(super) fn finish_file(&self) -> io::Result<PathBuf> {
        fs::rename(&self.bytes, &self.whole)?;
        remove_if_exists(&self.manifest)?;
        Ok(self.whole.clone())
    }

    /// Forgets what is there.
    pub(super) fn remove_files(&self) -> io::Result<()> {
        remove_if_exists(&self.bytes)?;
        remove_if_exists(&self.manifest)
    }
}

fn remove_if_exists(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
