//! The store: the catalogue on disk, in SQLite.
//!
//! Every part of a product is kept as versions, one for each release that changed it; a reader
//! names the release it wants and gets that state, whatever is written meanwhile. There is one
//! [`StoreWriter`] and any number of [`StoreReader`]s. A release is one transaction: a kill at any
//! moment leaves the last one whole.
//!
//! A product is stored in three parts that change at different speeds: content, commerce,
//! reviews. A part's key is one integer, `product << 33 | part << 31 | release`, so the versions
//! of a product lie side by side in one tree, new products are appended, and reading a product
//! at a release is one search for the last key that is not greater.
//!
//! What channels show is not stored, being a function of the product; its hash is, in
//! `projection`, and the log of which product changed for which channel in which release, in `change`.

use std::path::{Path, PathBuf};

use rikaste_model::moment::Moment;
use rikaste_model::product::ProductId;
use rikaste_model::projection::CompletenessLevel;
use serde::{Deserialize, Serialize};

pub mod asset_folder;
mod assets;
mod codec;
mod drops;
mod read;
mod remote_photos;
mod schema;
#[cfg(test)]
mod tests;
mod write;

pub use assets::{AssetEntry, MAX_SIMILAR_BITS};
pub use codec::{decode_content, encode_commerce, encode_content, encode_reviews};
pub use drops::{DropMetadata, LaterDrops, PreviousDrop};
pub use read::StoreReader;
pub use remote_photos::{RemotePhoto, RemotePhotoVersion};
pub use write::{PartUpdate, ReleaseCommit, StoreWriter};

/// What is kept of a product's projections.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProjectionState {
    /// The channels that show it.
    pub channels: Vec<ChannelProjectionState>,
    /// The hash of what search sees of it; nothing when search does not see it.
    pub search: Option<u64>,
    /// The next moment when a projection may change by itself.
    pub next_boundary: Option<Moment>,
}

/// What a channel shows of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelProjectionState {
    /// Whose changes are logged under this number.
    pub channel: FeedNumber,
    /// The hash of its document.
    pub hash: rikaste_model::release::DocumentHash,
    /// How complete the product is in each of the channel's locales, in order.
    pub locales: Vec<CompletenessLevel>,
}

/// The number under which the changes of a channel, or of search, are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FeedNumber(u16);

impl FeedNumber {
    /// The search index. The database gives channels numbers from 1 on.
    pub const SEARCH: Self = Self(0);
}

/// Why an operation of the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite says no.
    #[error("{}: {source}{}", path.display(), hint(source))]
    Database {
        /// The database file.
        path: PathBuf,
        /// The error of SQLite.
        source: rusqlite::Error,
    },
    /// A file or folder could not be made or read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: std::io::Error,
    },
    /// The database was written by a newer program.
    #[error("{} was written by a newer version (format {found}, this program knows {known}); use that version or a newer one", path.display())]
    Newer {
        /// The database file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest known.
        known: i64,
    },
    /// What is stored is not what was written.
    #[error(
        "{what} in the store is damaged ({why}); restore the folder .rikaste from a backup, or move it away and start again: the inbox is imported anew"
    )]
    Damaged {
        /// What is damaged.
        what: String,
        /// What was found.
        why: String,
    },
}

/// What SQLite says where a disk that is full has no room for a file that it maps, and not that it is full.
const NO_ROOM_TO_MAP: std::ffi::c_int = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

fn hint(source: &rusqlite::Error) -> &'static str {
    if source.sqlite_error().is_some_and(|error| error.extended_code == NO_ROOM_TO_MAP) {
        return "; the disk seems to be full: make room on it, and start again";
    }
    match source.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => {
            "; nothing was changed: make room on the disk, the drop is done again"
        }
        Some(rusqlite::ErrorCode::DatabaseBusy) => "; another program holds the shop",
        _ => "",
    }
}

/// How long a copy waits for a moment when the database can be read.
const COPY_PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// Where the catalogue lies. Cheap to clone; readers and the writer are opened from it.
#[derive(Debug, Clone)]
pub struct Store {
    path: PathBuf,
}

impl Store {
    /// The database in the store's folder.
    pub const FILE_NAME: &str = "catalogue.db";

    /// Copies the database of the store in a folder to a new file, as it is after some release. Whoever writes
    /// meanwhile is not in the way, and the database is not brought up to this program's format.
    ///
    /// # Errors
    /// When there is no database, or the copy cannot be written.
    pub fn copy_database(folder: &Path, copy: &Path) -> Result<(), StoreError> {
        let path = folder.join(Self::FILE_NAME);
        let failed = |source| StoreError::Database { path: path.clone(), source };
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE;
        let database = rusqlite::Connection::open_with_flags(&path, flags).map_err(failed)?;
        database.busy_timeout(COPY_PATIENCE).map_err(failed)?;
        let copy = copy.to_string_lossy();
        database.execute("VACUUM INTO ?1", [copy.as_ref()]).map_err(failed)?;
        Ok(())
    }

    /// Opens the store in a folder, making it where there is none.
    ///
    /// # Errors
    /// When the folder cannot be made, or what is there is no store of this program.
    pub fn open_or_create(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)
            .map_err(|source| StoreError::File { path: folder.to_owned(), source })?;
        let path = folder.join(Self::FILE_NAME);
        schema::prepare_database(&path)?;
        Ok(Self { path })
    }

    /// A reader with a connection of its own.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn open_reader(&self) -> Result<StoreReader, StoreError> {
        StoreReader::open_database(&self.path)
    }

    /// The writer. There must be one at a time; a second one's transactions wait and then fail.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn open_writer(&self) -> Result<StoreWriter, StoreError> {
        StoreWriter::open_database(&self.path)
    }
}
