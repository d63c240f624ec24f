//! What is imported together: the files that a watcher or a command hands to the pipeline.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use rikaste_model::record::DropKind;
use rikaste_model::words::DiagnosticMessage;
use rikaste_store::RemotePhoto;

/// Files that are imported together, in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InboxDrop {
    /// A table, or an archive of tables and photos.
    Table(TableFile),
    /// Photos of the inbox, in the order of their names.
    Photos(Vec<PathBuf>),
    /// Photos that products name by URL.
    RemotePhotos(Vec<PhotoFetchResult>),
}

/// One file with rows, or an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    /// What its rows are about; never [`DropKind::Images`].
    pub kind: DropKind,
    /// What receipts call it: the path from the inbox on.
    pub file: String,
    /// Where it is.
    pub path: PathBuf,
}

/// What came of asking for a photo that products name by URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoFetchResult {
    /// What is known of it, once the pipeline has imported it.
    pub photo: RemotePhoto,
    /// The file it was fetched into, or why it was not.
    pub file: Result<PathBuf, DiagnosticMessage>,
}

/// Size and modification time of a file: a file that has both as before is not read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStat {
    /// The size in bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: i64,
}

impl FileStat {
    /// Asks the file system.
    ///
    /// # Errors
    /// When the file cannot be looked at.
    pub fn from_path(path: &Path) -> std::io::Result<Self> {
        Self::from_metadata(&std::fs::metadata(path)?)
    }

    /// The same of a file that is open.
    ///
    /// # Errors
    /// When the system keeps no modification times.
    pub fn from_metadata(metadata: &Metadata) -> std::io::Result<Self> {
        let since = metadata.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let modified = i64::try_from(since.as_nanos()).unwrap_or(i64::MAX);
        Ok(Self { size: metadata.len(), modified })
    }
}

impl TableFile {
    /// The file's name, without its folder.
    #[must_use]
    pub fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

impl InboxDrop {
    /// One file. `None` when its name is not text.
    #[must_use]
    pub fn from_file(kind: DropKind, path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        Some(match kind {
            DropKind::Images => Self::Photos(vec![path]),
            _ => Self::Table(TableFile { kind, file: format!("{}/{name}", kind.folder()), path }),
        })
    }

    /// Photos that came together.
    #[must_use]
    pub fn from_photos(mut paths: Vec<PathBuf>) -> Self {
        paths.sort();
        Self::Photos(paths)
    }

    /// What it is about.
    #[must_use]
    pub fn kind(&self) -> DropKind {
        match self {
            Self::Table(table) => table.kind,
            Self::Photos(_) | Self::RemotePhotos(_) => DropKind::Images,
        }
    }

    /// What receipts call it: a table by its path from the inbox on, photos by the first of them.
    #[must_use]
    pub fn receipt_name(&self) -> String {
        match self {
            Self::Table(table) => table.file.clone(),
            Self::Photos(paths) => {
                let first = paths.first().and_then(|path| path.file_name()).unwrap_or_default();
                group_file_name(&first.to_string_lossy(), paths.len())
            }
            Self::RemotePhotos(photos) => {
                let first = photos.first().map_or("", |one| &one.photo.url);
                let path = first.split_once("://").map_or(first, |(_, path)| path);
                group_file_name(&path.replace(is_unsafe_in_file_name, "-"), photos.len())
            }
        }
    }

    /// Its files in the inbox.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        match self {
            Self::Table(table) => std::slice::from_ref(&table.path),
            Self::Photos(paths) => paths,
            Self::RemotePhotos(_) => &[],
        }
    }

    /// Its photos: what they are called, and where they are. A table has none.
    pub fn photos(&self) -> impl Iterator<Item = (&str, &Path)> {
        let (files, fetched): (&[PathBuf], &[PhotoFetchResult]) = match self {
            Self::Table(_) => (&[], &[]),
            Self::Photos(paths) => (paths, &[]),
            Self::RemotePhotos(photos) => (&[], photos),
        };
        let files = files.iter().filter_map(|path| Some((path.file_name()?.to_str()?, &**path)));
        files.chain(
            fetched.iter().filter_map(|one| Some((&*one.photo.url, one.file.as_deref().ok()?))),
        )
    }
}

fn is_unsafe_in_file_name(c: char) -> bool {
    !matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_')
}

/// What several files are called that have no name together. Receipts are files of this name, and
/// file systems bound its length.
fn group_file_name(first: &str, count: usize) -> String {
    /// File systems allow 255 bytes; the count and an ending need some of them.
    const MAX_BYTES: usize = 200;
    let first = &first[..first.floor_char_boundary(MAX_BYTES)];
    match count {
        0 | 1 => format!("{}/{first}", DropKind::Images.folder()),
        _ => format!("{}/{first} and {} more", DropKind::Images.folder(), count - 1),
    }
}

#[cfg(test)]
mod tests {
    use rikaste_model::moment::Moment;

    use super::*;

    #[test]
    fn photos_that_came_together_are_called_after_the_first() {
        let name = |names: &[&str]| {
            InboxDrop::from_photos(names.iter().map(PathBuf::from).collect()).receipt_name()
        };
        assert_eq!(name(&["in/A 1.jpg"]), "images/A 1.jpg");
        assert_eq!(name(&["in/c.jpg", "in/b.jpg", "in/ä.jpg"]), "images/b.jpg and 2 more");
        let long = "ä".repeat(120);
        assert_eq!(name(&[&long, "ö.jpg"]).len(), "images/ and 1 more".len() + 200);

        let photo = |url: &str| PhotoFetchResult {
            photo: RemotePhoto::new(url, Moment(0)),
            file: Err("gone".into()),
        };
        let url = "https://cdn.example.com/../a b/ö.jpg?w=1/../../x";
        assert_eq!(
            InboxDrop::RemotePhotos(vec![photo(url), photo(url)]).receipt_name(),
            "images/cdn.example.com-..-a-b--.jpg-w-1-..-..-x and 1 more"
        );
    }

    #[test]
    fn a_file_of_the_photo_folder_is_a_photo_and_any_other_a_table() {
        let drop = |kind| InboxDrop::from_file(kind, PathBuf::from("in/a.csv")).expect("text");
        assert_eq!(drop(DropKind::Images), InboxDrop::Photos(vec!["in/a.csv".into()]));
        for kind in DropKind::ALL {
            assert_eq!(drop(kind).kind(), kind);
            assert_eq!(drop(kind).paths(), [PathBuf::from("in/a.csv")]);
            assert_eq!(drop(kind).receipt_name(), format!("{}/a.csv", kind.folder()));
        }
    }
}
