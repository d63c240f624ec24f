//! The key that says that machine code is from here.
//!
//! It is made of 32 random bytes that lie beside the entries, readable for nobody else, and of what
//! the file system alone decides about that file: its number and the moment it was put there, to the
//! nanosecond. So a shop's folder that came by mail, from a repository or from a backup brings no
//! machine code along, even if whoever packed it knew the random bytes: unpacked, they are another
//! file.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::Path;

/// The file's name.
pub const KEY_FILE: &str = "key";

/// Random bytes in the file.
const SECRET_BYTES: usize = 32;

/// What the key is for, as BLAKE3 wants it: different uses of a secret never meet.
const KEY_CONTEXT: &str = "rikaste 2026 compiled plugins";

/// The key of one folder.
pub struct CacheKey([u8; 32]);

impl CacheKey {
    /// The folder's key; made, if there is none that can be trusted.
    ///
    /// # Errors
    /// When the folder cannot be written to or the system has no random numbers.
    pub fn load_or_create(folder: &Path) -> io::Result<Self> {
        match Self::read_secret(folder) {
            Ok(key) => return Ok(key),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                let path = folder.join(KEY_FILE);
                tracing::warn!(
                    "{}: {error}; it and what it is the key to are made anew",
                    path.display()
                );
                fs::remove_file(path)?;
            }
        }
        create_secret(folder)?;
        Self::read_secret(folder)
    }

    fn read_secret(folder: &Path) -> io::Result<Self> {
        let mut file = File::open(folder.join(KEY_FILE))?;
        let meta = file.metadata()?;
        super::check_ownership(&meta, 0o077, "a key that others can read")?;
        let mut hasher = blake3::Hasher::new_derive_key(KEY_CONTEXT);
        let mut secret = [0; SECRET_BYTES];
        file.read_exact(&mut secret)?;
        hasher.update(&secret);
        bind_to_file(&mut hasher, &meta);
        Ok(Self(*hasher.finalize().as_bytes()))
    }

    /// The authentication code of machine code under a name.
    #[must_use]
    pub fn authenticate_code(&self, name: &str, code: &[u8]) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        // Names are all of one length, so what follows cannot be taken for a part of them.
        hasher.update(name.as_bytes()).update(code);
        hasher.finalize()
    }
}

/// Puts a fresh key there, unless another process does so first: then it is that one's.
fn create_secret(folder: &Path) -> io::Result<()> {
    let mut secret = [0; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(io::Error::other)?;
    // For nobody else from the beginning.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&secret)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(folder.join(KEY_FILE)) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn bind_to_file(hasher: &mut blake3::Hasher, meta: &Metadata) {
    use std::os::unix::fs::MetadataExt;
    hasher.update(&meta.ino().to_le_bytes());
    hasher.update(&meta.ctime().to_le_bytes());
    hasher.update(&meta.ctime_nsec().to_le_bytes());
}

#[cfg(not(unix))]
fn bind_to_file(hasher: &mut blake3::Hasher, meta: &Metadata) {
    let created = meta.created().ok();
    let since = created.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    hasher.update(&since.unwrap_or_default().as_nanos().to_le_bytes());
}
