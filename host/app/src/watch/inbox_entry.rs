//! What lies in the inbox: files that are read, files that are not, and folders.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use rikaste_model::record::DropKind;
use rikaste_pipeline::{FileStat, UntakenFiles, UntakenReason};

/// What something in the inbox is, by its place, its name and what it is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum InboxEntry {
    /// A folder, in which files may lie.
    Folder,
    /// A file to be imported, with its path from the inbox on.
    File(DropKind, String),
    /// A file that is not read, and why, with its path from the inbox on.
    Untaken(UntakenReason, String),
}

impl InboxEntry {
    /// Looks at the disk. `None` of what programs leave beside files, and of what is gone.
    pub(super) fn read(inbox: &Path, path: &Path) -> Option<(Self, FileStat)> {
        let metadata = std::fs::symlink_metadata(path).ok()?;
        let entry = Self::classify(inbox, path, &metadata)?;
        Some((entry, FileStat::from_metadata(&metadata).ok()?))
    }

    fn classify(inbox: &Path, path: &Path, metadata: &Metadata) -> Option<Self> {
        let names: Vec<_> = path.strip_prefix(inbox).ok()?.iter().collect();
        let texts: Vec<_> = names.iter().map(|name| name.to_string_lossy()).collect();
        if !texts.iter().all(|name| is_drop_name(name)) {
            return None;
        }
        let kind = texts.first().and_then(|folder| DropKind::from_folder(folder));
        // Whoever runs the shop may have put the inbox or its folders somewhere else.
        let is_own_folder = names.is_empty() || names.len() == 1 && kind.is_some();
        if metadata.is_dir() || is_own_folder && path.is_dir() {
            return Some(Self::Folder);
        }
        let file = texts.join("/");
        let untaken = |reason| Some(Self::Untaken(reason, file.clone()));
        if metadata.is_symlink() {
            return untaken(UntakenReason::Link);
        }
        if !metadata.is_file() {
            return None;
        }
        if names.iter().any(|name| name.to_str().is_none()) {
            return untaken(UntakenReason::NameNotText);
        }
        match (kind, texts.as_slice()) {
            (_, [_]) => untaken(UntakenReason::InboxItself),
            (None, [folder, ..]) => untaken(UntakenReason::UnknownFolder(folder.to_string())),
            (Some(kind), [.., name])
                if kind != DropKind::Images && name.len() > UntakenFiles::MAX_NAME_BYTES =>
            {
                untaken(UntakenReason::NameTooLong)
            }
            (Some(kind), _) => Some(Self::File(kind, file)),
            (None, []) => None,
        }
    }
}

/// Visits a folder of the inbox and all that is below it, each folder before what is in it. Links are not
/// followed.
pub(super) fn walk_inbox(
    inbox: &Path,
    folder: &Path,
    mut visit: impl FnMut(PathBuf, InboxEntry, FileStat),
) {
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        let Some((entry, stat)) = InboxEntry::read(inbox, &path) else { continue };
        let is_folder = entry == InboxEntry::Folder;
        visit(path.clone(), entry, stat);
        if !is_folder {
            continue;
        }
        match std::fs::read_dir(&path) {
            Ok(entries) => waiting.extend(entries.flatten().map(|entry| entry.path())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                tracing::warn!("{}: {error}; nothing in it is taken", path.display());
            }
        }
    }
}

/// Whether a table of this name would be read in a folder of the inbox.
#[must_use]
pub fn is_table_name(name: &str) -> bool {
    let is_one_name = !name.contains(['/', '\\']) && !name.chars().any(char::is_control);
    let length = 1..=UntakenFiles::MAX_NAME_BYTES;
    is_one_name && length.contains(&name.len()) && is_drop_name(name)
}

/// Not what editors, browsers, file managers and storage systems leave beside files.
fn is_drop_name(name: &str) -> bool {
    const UNFINISHED: [&str; 6] = [".tmp", ".part", ".partial", ".crdownload", ".filepart", ".swp"];
    const LEFT_BY_SYSTEMS: [&str; 9] = [
        "thumbs.db",
        "desktop.ini",
        "__macosx",
        "@eadir",
        "#recycle",
        "@recycle",
        "$recycle.bin",
        "lost+found",
        "system volume information",
    ];
    let lower = name.to_lowercase();
    !name.starts_with(['.', '~'])
        && !name.ends_with('~')
        && !UNFINISHED.iter().any(|ending| lower.ends_with(ending))
        && !LEFT_BY_SYSTEMS.contains(&lower.as_str())
}
