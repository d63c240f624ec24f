//! What is imported together: the files that a watcher or a command hands to the pipeline.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use rikaste_model::record::DropKind;
use rikaste_model::words::DiagnosticMessage;
use rikaste_store::RemotePhoto;

use super::UntakenFiles;

/// Files that are imported together, in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InboxDrop {
    /// A table, or an archive of tables and photos.
    Table(TableFile),
    /// Photos of the inbox, in the order of their paths.
    Photos(Vec<PhotoFile>),
    /// Photos that products name by URL.
    RemotePhotos(Vec<PhotoFetchResult>),
    /// Files of the inbox that are not read.
    Untaken(UntakenFiles),
}

/// One file with rows, or an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    /// What its rows are about; [`DropKind::Images`] only of an archive.
    pub kind: DropKind,
    /// What receipts call it: the path from the inbox on.
    pub file: String,
    /// Where it is.
    pub path: PathBuf,
}

/// One photo, film or PDF.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhotoFile {
    /// What receipts call it: the path from the inbox on.
    pub file: String,
    /// Where it is.
    pub path: PathBuf,
}

/// A photo of a drop, from the inbox or fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DroppedPhoto<'a> {
    /// By what products find it: the file's name, or the URL.
    pub name: &'a str,
    /// What messages call it: the path from the folder of photos on, or the URL.
    pub shown: &'a str,
    /// Where it is.
    pub path: &'a Path,
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

impl PhotoFile {
    /// A photo that lies in no folder of the inbox, or in the one of photos itself. `None` when its name
    /// is not text.
    #[must_use]
    pub fn from_path(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        Some(Self { file: format!("{}/{name}", DropKind::Images.folder()), path })
    }

    /// The file's name, without its folders: photos of all folders have one space of names.
    #[must_use]
    pub fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

impl InboxDrop {
    /// One file, wherever it is. `None` when its name is not text.
    #[must_use]
    pub fn from_file(kind: DropKind, path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        Some(Self::from_named_file(kind, format!("{}/{name}", kind.folder()), path))
    }

    /// A file of the inbox by its path from the inbox on, such as `products/spring/shoes.csv`. `None` when
    /// it lies in no folder that is read.
    #[must_use]
    pub fn from_inbox(inbox: &Path, file: &str) -> Option<Self> {
        let kind = DropKind::from_folder(file.split_once('/')?.0)?;
        Some(Self::from_named_file(kind, file.to_owned(), inbox.join(file)))
    }

    /// An archive among photos is taken as one among tables is: what is in it is read.
    fn from_named_file(kind: DropKind, file: String, path: PathBuf) -> Self {
        match kind == DropKind::Images && !has_archive_ending(&file) {
            true => Self::Photos(vec![PhotoFile { file, path }]),
            false => Self::Table(TableFile { kind, file, path }),
        }
    }

    /// Photos that came together.
    #[must_use]
    pub fn from_photos(mut photos: Vec<PhotoFile>) -> Self {
        photos.sort();
        Self::Photos(photos)
    }

    /// What it is about.
    #[must_use]
    pub fn kind(&self) -> DropKind {
        match self {
            Self::Table(table) => table.kind,
            Self::Photos(_) | Self::RemotePhotos(_) => DropKind::Images,
            Self::Untaken(files) => files.kind,
        }
    }

    /// What receipts call it: a table by its path from the inbox on, photos by the first of them.
    #[must_use]
    pub fn receipt_name(&self) -> String {
        match self {
            Self::Table(table) => table.file.clone(),
            Self::Photos(photos) => {
                group_file_name(photos.first().map_or("", |photo| &photo.file), photos.len())
            }
            Self::RemotePhotos(photos) => {
                let first = photos.first().map_or("", |one| &one.photo.url);
                let path = first.split_once("://").map_or(first, |(_, path)| path);
                let path = path.replace(is_unsafe_in_file_name, "-");
                group_file_name(&format!("{}/{path}", DropKind::Images.folder()), photos.len())
            }
            Self::Untaken(files) => {
                group_file_name(files.files.first().map_or("", |file| file), files.files.len())
            }
        }
    }

    /// Its files in the inbox.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        let (table, photos): (Option<&TableFile>, &[PhotoFile]) = match self {
            Self::Table(table) => (Some(table), &[]),
            Self::Photos(photos) => (None, photos),
            Self::RemotePhotos(_) | Self::Untaken(_) => (None, &[]),
        };
        let photos = photos.iter().map(|photo| &*photo.path);
        table.into_iter().map(|table| &*table.path).chain(photos)
    }

    /// Its photos. A table has none.
    pub fn photos(&self) -> impl Iterator<Item = DroppedPhoto<'_>> {
        let (files, fetched): (&[PhotoFile], &[PhotoFetchResult]) = match self {
            Self::Table(_) | Self::Untaken(_) => (&[], &[]),
            Self::Photos(photos) => (photos, &[]),
            Self::RemotePhotos(photos) => (&[], photos),
        };
        let files = files.iter().map(|photo| DroppedPhoto {
            name: photo.name(),
            shown: photo.file.split_once('/').map_or(&photo.file, |(_, rest)| rest),
            path: &photo.path,
        });
        files.chain(fetched.iter().filter_map(|one| {
            let (name, path) = (&*one.photo.url, one.file.as_deref().ok()?);
            Some(DroppedPhoto { name, shown: name, path })
        }))
    }
}

/// Whether a file among photos is called as an archive is.
fn has_archive_ending(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

fn is_unsafe_in_file_name(c: char) -> bool {
    !matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_')
}

/// What several files are called that have no name together: the path of the first, whose name is cut.
/// Receipts are files of this name, and file systems bound its length.
fn group_file_name(first: &str, count: usize) -> String {
    /// File systems allow 255 bytes; the count and an ending need some of them.
    const MAX_BYTES: usize = 200;
    let name_at = first.rfind('/').map_or(0, |at| at + 1);
    let first = &first[..name_at + first[name_at..].floor_char_boundary(MAX_BYTES)];
    match count {
        0 | 1 => first.to_owned(),
        _ => format!("{first} and {} more", count - 1),
    }
}

#[cfg(test)]
mod tests {
    use rikaste_model::moment::Moment;

    use super::*;

    #[test]
    fn photos_that_came_together_are_called_after_the_first() {
        let name = |names: &[&str]| {
            let photos = names.iter().filter_map(|name| PhotoFile::from_path(name.into()));
            InboxDrop::from_photos(photos.collect()).receipt_name()
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
        assert!(matches!(drop(DropKind::Images), InboxDrop::Photos(photos) if photos.len() == 1));
        for kind in DropKind::ALL {
            assert_eq!(drop(kind).kind(), kind);
            assert!(drop(kind).paths().eq([Path::new("in/a.csv")]));
            assert_eq!(drop(kind).receipt_name(), format!("{}/a.csv", kind.folder()));
        }
        let archive = InboxDrop::from_file(DropKind::Images, "in/all.ZIP".into()).expect("text");
        assert!(matches!(&archive, InboxDrop::Table(table) if table.kind == DropKind::Images));
    }

    #[test]
    fn a_file_in_a_subfolder_is_called_by_its_path() {
        let drop = |file| InboxDrop::from_inbox(Path::new("/shop/inbox"), file);
        let table = drop("prices/2026/sale.csv").expect("a table");
        assert_eq!(table.receipt_name(), "prices/2026/sale.csv");
        assert!(table.paths().eq([Path::new("/shop/inbox/prices/2026/sale.csv")]));
        assert!(matches!(&table, InboxDrop::Table(table) if table.name() == "sale.csv"));
        let photo = drop("images/summer/A.jpg").expect("a photo");
        let photos: Vec<_> = photo.photos().map(|photo| (photo.name, photo.shown)).collect();
        assert_eq!(photos, [("A.jpg", "summer/A.jpg")]);
        assert_eq!(photo.receipt_name(), "images/summer/A.jpg");
        assert_eq!((drop("sale.csv"), drop("kuvat/A.jpg")), (None, None));
    }
}
