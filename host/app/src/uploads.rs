//! Files that the API was sent: trying one out, and putting it into the inbox.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rikaste_contract::{FileReading, InboxFileState, ReadColumn};
use rikaste_http::{TriedDrop, UploadError, UploadedFile};
use rikaste_import::{FileExplanation, FileImporter, MappingSet};
use rikaste_model::moment::Moment;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{DropTrial, TableFile, TrialShop, is_archive, plugin_importers};
use rikaste_runtime::Configuration;
use rikaste_store::asset_folder::hash_file;
use tempfile::TempPath;

use crate::watch::is_table_name;

/// Tries out a file, in a copy of the shop's catalogue.
///
/// # Errors
/// When its name is none that the inbox reads, it is an archive, or the machine fails.
pub fn try_uploaded_file(
    folder: &ShopFolder,
    configuration: &Configuration,
    file: &UploadedFile,
) -> Result<TriedDrop, UploadError> {
    let target = find_target(folder, file)?;
    if is_archive(&file.path) {
        return Err(UploadError::Archive);
    }
    let mappings = MappingSet::load_folder(folder.root(), &configuration.shop).map_err(fail)?;
    let reading = read_file(configuration, &mappings, file);
    let shop = TrialShop {
        store: &folder.state_folder(),
        scratch: &folder.trials_folder(),
        configuration,
        mappings,
    };
    let table = TableFile {
        kind: file.kind,
        file: format!("{}/{}", file.kind.folder(), file.name),
        path: file.path.clone(),
    };
    let trial = DropTrial::run(shop, table, Moment::now()).map_err(fail)?;
    Ok(TriedDrop {
        reading,
        in_inbox: compare_with_inbox(&target, &file.path).map_err(fail)?,
        before: trial.release_before(),
        receipt: trial.receipt,
        store: trial.store,
        folder: trial.folder,
    })
}

/// Puts a file into the inbox, whole, by renaming. Whether it took the place of another one.
///
/// # Errors
/// When its name is none that the inbox reads, another file has it and is not to be replaced, or the machine fails.
pub fn place_uploaded_file(
    folder: &ShopFolder,
    file: &UploadedFile,
    replace: bool,
) -> Result<bool, UploadError> {
    let target = find_target(folder, file)?;
    fs::create_dir_all(folder.inbox_folder_for(file.kind)).map_err(fail)?;
    let state = compare_with_inbox(&target, &file.path).map_err(fail)?;
    let sent = file.path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = target.with_file_name(format!(".{sent}.part"));
    let unfinished = copy_whole(&file.path, unfinished).map_err(fail)?;
    let placed = match state {
        // Somebody may put one there between the look and the renaming.
        Some(InboxFileState::Other) | None if !replace => unfinished.persist_noclobber(&target),
        _ => unfinished.persist(&target),
    };
    match placed {
        Ok(()) => Ok(state == Some(InboxFileState::Other)),
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(UploadError::Exists)
        }
        Err(failed) => Err(fail(failed.error)),
    }
}

/// Removes what a program that was killed left of trials.
pub fn clear_trials(folder: &ShopFolder) {
    let trials = folder.trials_folder();
    match fs::remove_dir_all(&trials) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::warn!("{}: {error}; what is left there takes room", trials.display());
        }
        _ => {}
    }
}

/// Where the file would lie in the inbox.
fn find_target(folder: &ShopFolder, file: &UploadedFile) -> Result<PathBuf, UploadError> {
    match is_table_name(&file.name) {
        true => Ok(folder.inbox_folder_for(file.kind).join(&file.name)),
        false => Err(UploadError::Name),
    }
}

fn compare_with_inbox(target: &Path, sent: &Path) -> io::Result<Option<InboxFileState>> {
    if fs::symlink_metadata(target).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return Ok(None);
    }
    let is_same = target.is_file() && hash_file(target)? == hash_file(sent)?;
    Ok(Some(if is_same { InboxFileState::Same } else { InboxFileState::Other }))
}

/// A copy that is removed unless it is renamed. The file itself is readable by the program only.
fn copy_whole(from: &Path, to: PathBuf) -> io::Result<TempPath> {
    let mut copy = File::create(&to)?;
    let path = TempPath::try_from_path(to)?;
    io::copy(&mut File::open(from)?, &mut copy)?;
    copy.sync_data()?;
    Ok(path)
}

/// How a file is read; nothing of one that cannot be.
fn read_file(
    configuration: &Configuration,
    mappings: &MappingSet,
    file: &UploadedFile,
) -> Option<FileReading> {
    let importers = plugin_importers(configuration.plugins.importers());
    let importer = FileImporter::new(&configuration.shop, mappings).with_plugins(importers);
    let stream = importer.for_inspection().open_file(file.kind, &file.name, &file.path);
    let explained = stream.and_then(|stream| stream.explain_file(file.kind)).ok()?;
    let FileExplanation { rows, skipped, columns, .. } = explained;
    let columns = columns.into_iter().map(|column| ReadColumn {
        name: column.name.to_string(),
        to: column.to,
        filled: column.filled,
        example: column.example,
    });
    Some(FileReading { rows, skipped, columns: columns.collect() })
}

fn fail(error: impl std::error::Error + Send + Sync + 'static) -> UploadError {
    UploadError::Machine(Box::new(error))
}

#[cfg(test)]
mod tests {
    use rikaste_model::record::DropKind;

    use super::*;

    fn send(folder: &ShopFolder, name: &str, text: &str) -> UploadedFile {
        let path = folder.root().join("sent");
        fs::write(&path, text).expect("written");
        UploadedFile { kind: DropKind::Prices, name: name.to_owned(), path }
    }

    fn list_inbox(folder: &ShopFolder) -> Vec<(String, String)> {
        let inbox = folder.inbox_folder_for(DropKind::Prices);
        let Ok(entries) = fs::read_dir(inbox) else { return Vec::new() };
        let mut files: Vec<_> = entries
            .map(|entry| {
                let path = entry.expect("read").path();
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                (name, fs::read_to_string(path).expect("text"))
            })
            .collect();
        files.sort();
        files
    }

    #[test]
    fn a_file_is_placed_whole_and_replaces_another_only_when_asked() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = ShopFolder::new(root.path());
        let place = |text: &str, replace| {
            place_uploaded_file(&folder, &send(&folder, "ale.csv", text), replace)
        };
        assert!(matches!(place("one", false), Ok(false)));
        assert!(matches!(place("one", false), Ok(false)), "the same once more");
        assert!(matches!(place("two", false), Err(UploadError::Exists)));
        assert_eq!(list_inbox(&folder), [("ale.csv".to_owned(), "one".to_owned())]);
        assert!(matches!(place("two", true), Ok(true)));
        assert_eq!(list_inbox(&folder), [("ale.csv".to_owned(), "two".to_owned())]);
    }

    #[test]
    fn a_name_is_one_that_the_inbox_reads() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = ShopFolder::new(root.path());
        let long = format!("{}.csv", "a".repeat(250));
        for name in [
            "",
            ".",
            "..",
            "../a.csv",
            "a/b.csv",
            "a\\b.csv",
            ".a.csv",
            "~$a.xlsx",
            "a.csv.part",
            "a\n.csv",
            &long,
        ] {
            let placed = place_uploaded_file(&folder, &send(&folder, name, "x"), true);
            assert!(matches!(placed, Err(UploadError::Name)), "{name:?}");
        }
        assert_eq!(list_inbox(&folder), []);
        assert!(!root.path().join("a.csv").exists());
    }
}
