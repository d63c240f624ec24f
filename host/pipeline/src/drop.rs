//! What is taken in together.

use std::path::{Path, PathBuf};

use rikaste_model::record::DropKind;
use rikaste_model::words::Message;
use rikaste_store::Picture;

/// Files that landed and are to be taken in together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drop {
    /// What they are about.
    pub kind: DropKind,
    /// What the receipt calls them: the path from the inbox on.
    pub file: String,
    /// Where they are: one file, or any number of photos.
    pub paths: Vec<PathBuf>,
    /// Pictures that products name by URL, in place of files.
    pub pictures: Vec<Attempt>,
}

/// What came of asking for a picture that products name by URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// What is known of it, once the line has taken it.
    pub picture: Picture,
    /// The file it was fetched into, or why it was not.
    pub file: Result<PathBuf, Message>,
}

impl Drop {
    /// One file. Nothing when its name cannot be told to anyone.
    #[must_use]
    pub fn of_file(kind: DropKind, path: PathBuf) -> Option<Self> {
        let file = format!("{}/{}", kind.folder(), path.file_name()?.to_str()?);
        Some(Self { kind, file, paths: vec![path], pictures: Vec::new() })
    }

    /// Photos that came together, in the order of their names: they are called after the first.
    #[must_use]
    pub fn of_photos(mut paths: Vec<PathBuf>) -> Self {
        paths.sort();
        let first = paths.first().and_then(|path| path.file_name()).unwrap_or_default();
        let file = called_after(&first.to_string_lossy(), paths.len());
        Self { kind: DropKind::Images, file, paths, pictures: Vec::new() }
    }

    /// Pictures that were asked for together: they are called after the first, too.
    #[must_use]
    pub fn of_pictures(pictures: Vec<Attempt>) -> Self {
        let first = pictures.first().map_or("", |one| &one.picture.url);
        let path = first.split_once("://").map_or(first, |(_, path)| path);
        let plain = |c: char| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_' => c,
            _ => '-',
        };
        let file = called_after(&path.chars().map(plain).collect::<String>(), pictures.len());
        Self { kind: DropKind::Images, file, paths: Vec::new(), pictures }
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
        let pictures = self.pictures.iter();
        files.chain(
            pictures.filter_map(|one| Some((one.picture.url.as_str(), one.file.as_deref().ok()?))),
        )
    }
}

/// What several files are called that have no name together. Receipts are files of this name, which file
/// systems bound.
fn called_after(first: &str, count: usize) -> String {
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
            |names: &[&str]| Drop::of_photos(names.iter().map(PathBuf::from).collect()).file;
        assert_eq!(photos(&["in/A 1.jpg"]), "images/A 1.jpg");
        assert_eq!(photos(&["in/c.jpg", "in/b.jpg", "in/ä.jpg"]), "images/b.jpg and 2 more");
        let long = "ä".repeat(120);
        assert_eq!(photos(&[&long, "ö.jpg"]).len(), "images/ and 1 more".len() + 200);

        let picture =
            |url: &str| Attempt { picture: Picture::new(url, Moment(0)), file: Err("gone".into()) };
        let url = "https://cdn.example.com/../a b/ö.jpg?w=1/../../x";
        assert_eq!(
            Drop::of_pictures(vec![picture(url), picture(url)]).file,
            "images/cdn.example.com-..-a-b--.jpg-w-1-..-..-x and 1 more"
        );
    }
}
