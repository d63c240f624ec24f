//! What can go wrong while indexing or searching.

use std::io;
use std::path::PathBuf;

use rikaste_model::code::ChannelCode;
use rikaste_model::locale::Locale;

/// Why an operation of the index failed.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// There is no index that can be read.
    #[error("{}: {why}; `rikaste run` or `rikaste rebuild` makes it", path.display())]
    Unusable {
        /// The folder of the index.
        path: PathBuf,
        /// Why it cannot be read.
        why: String,
    },
    /// Another process has the index open.
    #[error("{}: the search index is in use by another process; stop that one first", path.display())]
    Locked {
        /// The index's folder.
        path: PathBuf,
    },
    /// The folder could not be made or emptied.
    #[error("{}: {source}", path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
    /// A channel that the index was not opened with.
    #[error(
        "the search index has no channel \"{0}\"; it is opened anew when the configuration changes"
    )]
    UnknownChannel(ChannelCode),
    /// A locale that the shop, or the channel that is searched, does not have.
    #[error(
        "the search index has no locale \"{0}\" here; it is opened anew when the configuration changes"
    )]
    UnknownLocale(Locale),
    /// Reading or writing the index failed.
    #[error(
        "the search index: {0}; if the disk is full, make room; if this stays so with room on it, stop the program and delete the index's folder: it is made anew"
    )]
    Engine(Box<tantivy::TantivyError>),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Engine(Box::new(error))
    }
}

impl From<io::Error> for SearchError {
    fn from(error: io::Error) -> Self {
        tantivy::TantivyError::from(error).into()
    }
}
