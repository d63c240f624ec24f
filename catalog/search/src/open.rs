//! Opening the index, whatever state its folder is in.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::error::DataCorruption;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, TantivyError};

use super::error::SearchError;
use super::index::SearchIndex;
use super::layout::IndexLayout;
use super::writer::SearchWriter;
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop::Shop;

/// How much the writer may take.
#[derive(Debug, Clone, Copy)]
pub struct SearchOptions {
    /// Threads that index; 1 or 2. A third runs merges now and then.
    pub threads: usize,
    /// Bytes that each of them gathers before it writes to disk.
    pub memory_per_thread: usize,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self { threads: 2, memory_per_thread: 64 << 20 }
    }
}

/// An index that was opened.
pub struct OpenedIndex {
    /// What searches.
    pub index: SearchIndex,
    /// What changes it; there is one.
    pub writer: SearchWriter,
    /// Why the index is empty and every product has to be put into it, if so.
    pub rebuild: Option<RebuildReason>,
}

/// Why an index has to be built from the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RebuildReason {
    /// There was none.
    New,
    /// It was made for other locales or channels, or by other rules.
    Changed,
    /// It could not be read.
    Damaged(String),
}

impl fmt::Display for RebuildReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("there is no search index yet"),
            Self::Changed => {
                f.write_str("the search index was made for another configuration or version")
            }
            Self::Damaged(why) => write!(f, "the search index is damaged: {why}"),
        }
    }
}

/// Opens the index in a folder, or makes an empty one there.
///
/// # Errors
/// When another process has it open, or the folder cannot be written. A damaged index is emptied,
/// which [`OpenedIndex::rebuild`] says.
pub fn open_index(
    folder: &Path,
    shop: &Shop,
    options: SearchOptions,
) -> Result<OpenedIndex, SearchError> {
    fs::create_dir_all(folder)
        .map_err(|source| SearchError::Folder { path: folder.to_owned(), source })?;
    let layout = Arc::new(IndexLayout::from_shop(shop));
    let rebuild = match open_existing_index(folder, &layout) {
        Ok(index) => match open_reader_and_writer(index, &layout, options) {
            Ok((index, writer)) => return Ok(OpenedIndex { index, writer, rebuild: None }),
            Err(error) => to_rebuild_reason(folder, error)?,
        },
        Err(rebuild) => rebuild,
    };
    empty_folder(folder)?;
    let index = create_index(folder, &layout)?;
    let (index, writer) = open_reader_and_writer(index, &layout, options)?;
    Ok(OpenedIndex { index, writer, rebuild: Some(rebuild) })
}

/// Opens the index in a folder to read it as it is now, whoever has it open to write. It goes on
/// showing the release it was opened at.
///
/// # Errors
/// When there is none, or it was made for another configuration, or is damaged.
pub fn open_index_to_read(folder: &Path, shop: &Shop) -> Result<SearchIndex, SearchError> {
    let layout = Arc::new(IndexLayout::from_shop(shop));
    let unusable = |why: RebuildReason| SearchError::Unusable {
        path: folder.to_owned(),
        why: why.to_string(),
    };
    let mut index = open_existing_index(folder, &layout).map_err(unusable)?;
    index.set_tokenizers(layout.build_analyzers());
    // Whoever writes may commit in between; then the number is not the searcher's.
    loop {
        let release = read_committed_release(&index)?;
        let search = SearchIndex::load_from_engine(&index, Arc::clone(&layout), release)?;
        if read_committed_release(&index)? == release {
            return Ok(search);
        }
    }
}

/// The release that the last commit is of; 0 before the first.
fn read_committed_release(index: &Index) -> Result<ReleaseNumber, SearchError> {
    let payload = index.load_metas()?.payload;
    Ok(payload
        .and_then(|payload| CommitPayload::parse_payload(&payload))
        .map_or(ReleaseNumber::BEFORE_FIRST, |commit| commit.release))
}

/// The index in the folder, if there is one that this layout can read.
fn open_existing_index(folder: &Path, layout: &IndexLayout) -> Result<Index, RebuildReason> {
    let damaged = |error: TantivyError| RebuildReason::Damaged(error.to_string());
    if !folder.exists() {
        return Err(RebuildReason::New);
    }
    let directory = MmapDirectory::open(folder).map_err(|error| damaged(error.into()))?;
    if !Index::exists(&directory).map_err(|error| damaged(error.into()))? {
        return Err(RebuildReason::New);
    }
    let index = Index::open(directory).map_err(damaged)?;
    let payload = index.load_metas().map_err(damaged)?.payload;
    let same_rules = payload.is_none_or(|payload| {
        CommitPayload::parse_payload(&payload)
            .is_some_and(|commit| commit.layout == layout.fingerprint)
    });
    if index.schema() != layout.schema || !same_rules {
        return Err(RebuildReason::Changed);
    }
    Ok(index)
}

fn create_index(folder: &Path, layout: &IndexLayout) -> Result<Index, SearchError> {
    // Nothing is in the document store, so no thread of its own need compress it.
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    Ok(Index::builder().schema(layout.schema.clone()).settings(settings).create_in_dir(folder)?)
}

fn open_reader_and_writer(
    mut index: Index,
    layout: &Arc<IndexLayout>,
    options: SearchOptions,
) -> Result<(SearchIndex, SearchWriter), SearchError> {
    index.set_tokenizers(layout.build_analyzers());
    // The writer comes first: it holds the lock, so nobody else commits between the reader and
    // the number that belongs to it.
    let writer = SearchWriter::open_engine(&index, options)?;
    let release = read_committed_release(&index)?;
    let search = SearchIndex::load_from_engine(&index, Arc::clone(layout), release)?;
    search.probe_segments()?;
    // Some 3 GB a second: nothing beside what reading a wrong index would cost.
    if let Some(path) = search.find_damaged_files()?.first() {
        let why = format!("{} is not as it was written", path.display());
        return Err(TantivyError::from(DataCorruption::comment_only(why)).into());
    }
    let writer = SearchWriter::new(writer, search.clone())?;
    Ok((search, writer))
}

/// Why an index that looked sound could not be used, unless that is no fault of the index.
fn to_rebuild_reason(folder: &Path, error: SearchError) -> Result<RebuildReason, SearchError> {
    match error {
        SearchError::Engine(engine) => match *engine {
            TantivyError::LockFailure(LockError::LockBusy, _) => {
                Err(SearchError::Locked { path: folder.to_owned() })
            }
            engine => Ok(RebuildReason::Damaged(engine.to_string())),
        },
        other => Err(other),
    }
}

/// Deletes what is in the folder, but the lock, which is held meanwhile.
fn empty_folder(folder: &Path) -> Result<(), SearchError> {
    let failed = |source: io::Error| SearchError::Folder { path: folder.to_owned(), source };
    let directory =
        MmapDirectory::open(folder).map_err(|error| failed(io::Error::other(error.to_string())))?;
    let _lock = match directory.acquire_lock(&INDEX_WRITER_LOCK) {
        Ok(lock) => lock,
        Err(LockError::LockBusy) => return Err(SearchError::Locked { path: folder.to_owned() }),
        Err(LockError::IoError(source)) => {
            return Err(failed(io::Error::other(source.to_string())));
        }
    };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.file_name().is_some_and(|name| Path::new(name) == INDEX_WRITER_LOCK.filepath) {
            continue;
        }
        let removed =
            if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(failed)?;
    }
    Ok(())
}

/// What is written with every commit: the release it stands on and the layout it is in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CommitPayload {
    pub(super) release: ReleaseNumber,
    pub(super) layout: SmolStr,
}

impl CommitPayload {
    fn parse_payload(payload: &str) -> Option<Self> {
        let (release, layout) = payload.split_once(' ')?;
        Some(Self { release: release.parse().ok()?, layout: layout.into() })
    }
}

impl fmt::Display for CommitPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.release, self.layout)
    }
}
