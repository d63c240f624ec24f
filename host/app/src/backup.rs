//! A copy of a shop from which it can be made again, taken also while it runs.
//!
//! The database is copied first, by SQLite, as it is after some release. Everything that it names lies in the asset
//! store already and is never changed, so what is copied after it is enough. What the program can derive (index,
//! renditions, machine code) is left out. A manifest has the hash of every file: a backup that is damaged or not
//! whole is refused before anything is made of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use rikaste_model::shop_folder::ShopFolder;
use rikaste_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

mod container;

use container::{BackupReader, BackupWriter};

/// The file that lists what is in a backup.
const MANIFEST: &str = "rikaste-backup.json";
/// The form of backups that this program writes and reads.
const FORMAT: u32 = 1;
/// What of the program's own folder is not copied: what is derived, and the database, which SQLite copies.
const NOT_COPIED: [&str; 9] = [
    "cache",
    "catalogue.db",
    "catalogue.db-shm",
    "catalogue.db-wal",
    "index",
    "lock",
    "pictures",
    "renditions",
    "trials",
];

/// How much a backup has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BackupCounts {
    /// Files in it.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// Why a backup was not made, or a shop was not made of one.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
    /// The database cannot be copied.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no shop to back up.
    #[error("{} has no shop.toml; name the shop's folder with --shop", path.display())]
    NoShop {
        /// The folder.
        path: PathBuf,
    },
    /// Something is there already.
    #[error("{} is there already and not empty; choose another name", path.display())]
    NotEmpty {
        /// The file or folder.
        path: PathBuf,
    },
    /// It is no backup, or not a whole one.
    #[error("{} is no usable backup: {why}", path.display())]
    Unusable {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

#[derive(Serialize, Deserialize)]
struct BackupManifest {
    format: u32,
    program: String,
    files: BTreeMap<String, BackupFile>,
}

#[derive(Serialize, Deserialize)]
struct BackupFile {
    bytes: u64,
    blake3: String,
    /// The permissions, where the system has such.
    mode: Option<u32>,
}

impl BackupManifest {
    fn counts(&self) -> BackupCounts {
        let bytes = self.files.values().map(|file| file.bytes).sum();
        BackupCounts { files: self.files.len(), bytes }
    }
}

/// Copies the shop in a folder to a new folder, or to a new file where the name ends in `.zip`.
///
/// # Errors
/// When there is no shop, the target is there already, or a file cannot be read or written. Then there is no backup.
pub fn back_up(shop: &Path, target: &Path) -> Result<BackupCounts, BackupError> {
    if !shop.join("shop.toml").is_file() {
        return Err(BackupError::NoShop { path: shop.to_owned() });
    }
    check_empty(target)?;
    let folder = ShopFolder::new(shop);
    let mut backup = Backup {
        writer: BackupWriter::create(target)?,
        manifest: BackupManifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            files: BTreeMap::new(),
        },
        skipped: vec![target.to_owned(), folder.state_folder()],
    };
    // Its name says what it is where the program is killed meanwhile.
    backup.skipped.push(backup.writer.partial_path().to_owned());
    backup.add_database(&folder)?;
    let state = folder.state_folder();
    for path in list_folder(&state)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !NOT_COPIED.contains(&name.as_ref()) {
            backup.add_path(&path, &format!(".rikaste/{name}"))?;
        }
    }
    for path in list_folder(shop)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        backup.add_path(&path, &name)?;
    }
    let json =
        serde_json::to_vec_pretty(&backup.manifest).expect("a manifest is texts and numbers");
    backup.writer.add_file(MANIFEST, &mut json.as_slice(), None)?;
    backup.writer.finish(target)?;
    Ok(backup.manifest.counts())
}

struct Backup {
    writer: BackupWriter,
    manifest: BackupManifest,
    skipped: Vec<PathBuf>,
}

impl Backup {
    fn add_database(&mut self, folder: &ShopFolder) -> Result<(), BackupError> {
        let state = folder.state_folder();
        if !state.join(Store::FILE_NAME).is_file() {
            return Ok(());
        }
        let scratch = tempfile::tempdir().map_err(|source| failed(&state, source))?;
        let copy = scratch.path().join(Store::FILE_NAME);
        Store::copy_database(&state, &copy)?;
        self.add_file(&copy, &format!(".rikaste/{}", Store::FILE_NAME))
    }

    /// Adds a file, or a folder and what is in it.
    fn add_path(&mut self, path: &Path, name: &str) -> Result<(), BackupError> {
        if self.skipped.iter().any(|skipped| skipped == path) {
            return Ok(());
        }
        let is_link = path.is_symlink();
        match std::fs::metadata(path) {
            // A linked folder is somebody else's, and may lead round in a circle.
            Ok(metadata) if metadata.is_dir() && is_link => {
                tracing::warn!("{} is a link to a folder and not in the backup", path.display());
                Ok(())
            }
            Ok(metadata) if metadata.is_dir() => {
                for below in list_folder(path)? {
                    let last = below.file_name().unwrap_or_default().to_string_lossy();
                    self.add_path(&below, &format!("{name}/{last}"))?;
                }
                Ok(())
            }
            Ok(metadata) if metadata.is_file() => self.add_file(path, name),
            Ok(_) => Ok(()),
            // The shop runs: files come and go in its inbox.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(failed(path, source)),
        }
    }

    fn add_file(&mut self, path: &Path, name: &str) -> Result<(), BackupError> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(failed(path, source)),
        };
        let mode = file.metadata().ok().and_then(|metadata| file_mode(&metadata));
        let mut reader = HashingReader::new(file);
        self.writer.add_file(name, &mut reader, mode)?;
        let entry =
            BackupFile { bytes: reader.bytes, blake3: reader.hasher.finalize().to_string(), mode };
        self.manifest.files.insert(name.to_owned(), entry);
        Ok(())
    }
}

/// Makes a shop of a backup, in a folder that is empty or not there.
///
/// # Errors
/// When the target is not empty, or the backup is damaged or not whole. Then there is no new shop.
pub fn restore(backup: &Path, target: &Path) -> Result<BackupCounts, BackupError> {
    check_empty(target)?;
    let unusable = |why: String| BackupError::Unusable { path: backup.to_owned(), why };
    let mut reader = BackupReader::open(backup)?;
    let mut json = Vec::new();
    reader
        .read_file(MANIFEST, |file| file.read_to_end(&mut json).map(drop))
        .map_err(|error| unusable(format!("{MANIFEST} cannot be read ({error})")))?;
    let manifest: BackupManifest =
        serde_json::from_slice(&json).map_err(|error| unusable(format!("{MANIFEST}: {error}")))?;
    if manifest.format != FORMAT {
        let found = manifest.format;
        return Err(unusable(format!("it has the form {found}, and this program reads {FORMAT}")));
    }
    let parent = target.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(|source| failed(parent, source))?;
    let scratch = tempfile::Builder::new().prefix(".rikaste-restore-").tempdir_in(parent);
    let scratch = scratch.map_err(|source| failed(parent, source))?;
    for (name, entry) in &manifest.files {
        let relative = Path::new(name);
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(unusable(format!("{name:?} leads out of the shop")));
        }
        let path = scratch.path().join(relative);
        let hash = restore_file(&mut reader, name, &path)
            .map_err(|error| unusable(format!("{name}: {error}")))?;
        if hash != entry.blake3 {
            return Err(unusable(format!("{name} is not what was backed up")));
        }
        set_file_mode(&path, entry.mode).map_err(|source| failed(&path, source))?;
    }
    if target.is_dir() {
        std::fs::remove_dir(target).map_err(|source| failed(target, source))?;
    }
    let scratch = scratch.keep();
    std::fs::rename(&scratch, target).map_err(|source| failed(target, source))?;
    open_to_others(target).map_err(|source| failed(target, source))?;
    Ok(manifest.counts())
}

fn restore_file(reader: &mut BackupReader, name: &str, path: &Path) -> io::Result<String> {
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let mut hash = String::new();
    reader.read_file(name, |file| {
        let mut file = HashingReader::new(file);
        let mut copy = File::create(path)?;
        io::copy(&mut file, &mut copy)?;
        copy.sync_all()?;
        hash = file.hasher.finalize().to_string();
        Ok(())
    })?;
    Ok(hash)
}

/// Hashes what is read.
struct HashingReader<R> {
    inner: R,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<R: Read> HashingReader<R> {
    fn new(inner: R) -> Self {
        Self { inner, hasher: blake3::Hasher::new(), bytes: 0 }
    }
}

impl<R: Read> Read for HashingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..length]);
        self.bytes += length as u64;
        Ok(length)
    }
}

fn failed(path: &Path, source: io::Error) -> BackupError {
    BackupError::File { path: path.to_owned(), source }
}

fn check_empty(target: &Path) -> Result<(), BackupError> {
    let is_empty = match std::fs::symlink_metadata(target) {
        Ok(metadata) if metadata.is_dir() => list_folder(target)?.is_empty(),
        Ok(_) => false,
        Err(_) => true,
    };
    if is_empty { Ok(()) } else { Err(BackupError::NotEmpty { path: target.to_owned() }) }
}

/// What is in a folder, sorted. Nothing where the folder is not there.
fn list_folder(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|source| failed(folder, source))?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|source| failed(folder, source))?.path());
    }
    paths.sort();
    Ok(paths)
}

#[cfg(unix)]
fn file_mode(metadata: &std::fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(metadata.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn file_mode(_: &std::fs::Metadata) -> Option<u32> {
    None
}

#[cfg(unix)]
fn set_file_mode(path: &Path, mode: Option<u32>) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    match mode {
        Some(mode) => std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
fn set_file_mode(_: &Path, _: Option<u32>) -> io::Result<()> {
    Ok(())
}

/// A temporary folder is its owner's alone; a shop's folder is as other folders are.
fn open_to_others(folder: &Path) -> io::Result<()> {
    set_file_mode(folder, Some(0o755))
}

#[cfg(test)]
mod tests;
