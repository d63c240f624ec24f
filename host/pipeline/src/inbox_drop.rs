//! What is taken in together.

use std::path::{Path, PathBuf};

use rikaste_model::record::DropKind;
use rikaste_model::words::DiagnosticMessage;
use rikaste_store::RemotePhoto;

/// Files that landed and are to be taken in together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxDrop {
    /// What they are about.
    pub kind: DropKind,
    /// What the receipt calls them: the path from the inbox on.
    pub file: String,
    /// Where they are: one file, or any number of photos.
    pub paths: Vec<PathBuf>,
    /// Pictures that products name by URL, in place of files.
    pub remote_photos: Vec<PhotoFetchResult>,
}

/// What came of asking for a picture that products name by URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoFetchResult {
    /// What is known of it, once the line has taken it.
    pub photo: RemotePhoto,
    /// The file it was fetched into, or why it was not.
    pub file: Result<PathBuf, DiagnosticMessage>,
}

impl InboxDrop {
    /// One file. Nothing when its name cannot be told to anyone.
    #[must_use]
    pub fn from_file(kind: DropKind, path: PathBuf) -> Option<Self> {
        let file = format!("{}/{}", kind.folder(), path.file_name()?.to_str()?);
        Some(Self { kind, file, paths: vec![path], remote_photos: Vec::new() })
    }

    /// Photos that came together, in the order of their names: they are called after the first.
    #[must_use]
    pub fn from_photos(mut paths: Vec<PathBuf>) -> Self {
        paths.sort();
        let first = paths.first().and_then(|path| path.file_name()).unwrap_or_default();
        let file = group_file_name(&first.to_string_lossy(), paths.len());
        Self { kind: DropKind::Images, file, paths, remote_photos: Vec::new() }
    }

    /// Pictures that were asked for together: they are called after the first, too.
    #[must_use]
    pub fn from_remote_photos(remote_photos: Vec<PhotoFetchResult>) -> Self {
        let first = remote_photos.first().map_or("", |one| &one.photo.url);
        let path = first.split_once("://").map_or(first, |(_, path)| path);
        let plain = |c: char| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_' => c,
            _ => '-',
        };
        let file =
            group_file_name(&path.chars().map(plain).collect::<String>(), remote_photos.len());
        Self { kind: DropKind::Images, file, paths: Vec::new(), remote_photos }
    }

    /// The file's name, without its folder.
    #[must_use]
    pub fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }

    /// Its photos: what they are called, and where they are.
    pub fn photos(&self) -> impl Iterator<Item = (&str, &Path)> {
        let files = self.paths.iter();
        let files = files.filter_map(|path| Some((path.file_name()?.to_str()?, path.as_path())));
        let pictures = self.remote_photos.iter();
        files.chain(
            pictures.filter_map(|one| Some((one.photo.url.as_str(), one.file.as_deref().ok()?))),
        )
    }
}

/// What several files are called that have no name together. Receipts are files of this name, which file
/// systems bound.
fn group_file_name(first: &str, count: usize) -> String {
    /// Of 255 bytes, the rest and an ending have to find room, too.
    const MOST: usize = 200;
    let first = &first[..first.floor_char_boundary(MOST)];
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
    fn files_that_came_together_are_called_after_the_first() {
        let photos =
            |names: &[&str]| InboxDrop::from_photos(names.iter().map(PathBuf::from).collect()).file;
        assert_eq!(photos(&["in/A 1.jpg"]), "images/A 1.jpg");
        assert_eq!(photos(&["in/c.jpg", "in/b.jpg", "in/ä.jpg"]), "images/b.jpg and 2 more");
        let long = "ä".repeat(120);
        assert_eq!(photos(&[&long, "ö.jpg"]).len(), "images/ and 1 more".len() + 200);

        let picture = |url: &str| PhotoFetchResult {
            photo: RemotePhoto::new(url, Moment(0)),
            file: Err("gone".into()),
        };
        let url = "https://cdn.example.com/../a b/ö.jpg?w=1/../../x";
        assert_eq!(
            InboxDrop::from_remote_photos(vec![picture(url), picture(url)]).file,
            "images/cdn.example.com-..-a-b--.jpg-w-1-..-..-x and 1 more"
        );
    }
}
