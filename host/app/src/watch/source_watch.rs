//! Watching a plugin's project: which of its files changed.
//!
//! Folders that do not matter are not watched at all: installed packages are tens of thousands of
//! files. Editors write a file in several steps, so what changes together is reported together.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::WatchError;

/// After the last of several changes.
const QUIET_PERIOD: Duration = Duration::from_millis(60);

/// A project being watched.
pub struct SourceWatch {
    folder: PathBuf,
    matters: fn(&Path, &Path) -> bool,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<notify::Event>>,
    watched: BTreeSet<PathBuf>,
}

impl SourceWatch {
    /// Starts watching the files in a folder that matter, as `matters(folder, file)` says.
    ///
    /// # Errors
    /// When the system does not watch the folder.
    pub fn start_watching(
        folder: &Path,
        matters: fn(&Path, &Path) -> bool,
    ) -> Result<Self, WatchError> {
        let (sender, events) = unbounded();
        // The system reports whole paths.
        let folder = std::fs::canonicalize(folder)
            .map_err(|source| WatchError::Folder { path: folder.to_owned(), source })?;
        let system = |source| WatchError::System { path: folder.clone(), source };
        let mut watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more when the program ends.
            let _ = sender.send(event);
        })
        .map_err(system)?;
        watcher.watch(&folder, RecursiveMode::NonRecursive).map_err(system)?;
        let mut watch =
            Self { folder: folder.clone(), matters, watcher, events, watched: BTreeSet::new() };
        watch.watch_new_folders()?;
        Ok(watch)
    }

    /// Waits until files changed and nothing has for a moment; their paths in the project.
    ///
    /// # Errors
    /// When a folder that is new cannot be watched, or the system stopped watching.
    pub fn wait_for_changes(&mut self) -> Result<Vec<PathBuf>, WatchError> {
        let mut changed = BTreeSet::new();
        loop {
            let event = if changed.is_empty() {
                self.events.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                self.events.recv_timeout(QUIET_PERIOD)
            };
            match event {
                Ok(event) => {
                    let system = |source| WatchError::System { path: self.folder.clone(), source };
                    self.collect_changes(&event.map_err(system)?, &mut changed);
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    let source = std::io::ErrorKind::BrokenPipe.into();
                    return Err(WatchError::Folder { path: self.folder.clone(), source });
                }
            }
        }
        self.watch_new_folders()?;
        Ok(changed.into_iter().collect())
    }

    fn collect_changes(&self, event: &notify::Event, changed: &mut BTreeSet<PathBuf>) {
        let is_change = match event.kind {
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Any => true,
            EventKind::Modify(kind) => !matches!(kind, ModifyKind::Metadata(_)),
            EventKind::Access(_) | EventKind::Other => false,
        };
        let paths = event.paths.iter().filter(|path| {
            is_change && **path != self.folder && (self.matters)(&self.folder, path)
        });
        let inside = paths.filter_map(|path| path.strip_prefix(&self.folder).ok());
        changed.extend(inside.map(Path::to_owned));
    }

    /// Watches the folders that matter, those too that are new, and no others.
    fn watch_new_folders(&mut self) -> Result<(), WatchError> {
        let failed = |source| WatchError::Folder { path: self.folder.clone(), source };
        for entry in std::fs::read_dir(&self.folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() && (self.matters)(&self.folder, &path) && !self.watched.contains(&path)
            {
                self.watcher
                    .watch(&path, RecursiveMode::Recursive)
                    .map_err(|source| WatchError::System { path: path.clone(), source })?;
                self.watched.insert(path);
            }
        }
        self.watched.retain(|path| path.is_dir());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_matters_is_told_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["src", "target"] {
            fs::create_dir(path(name)).expect("a folder");
        }
        let mut watch = SourceWatch::start_watching(folder.path(), |folder, file| {
            !file.starts_with(folder.join("target"))
        })
        .expect("watched");
        fs::write(path("target/made"), "1").expect("a file");
        fs::write(path("src/a"), "1").expect("a file");
        fs::write(path("src/b"), "1").expect("a file");
        let changed = watch.wait_for_changes().expect("watched");
        assert_eq!(changed, [PathBuf::from("src/a"), PathBuf::from("src/b")]);
        // A folder that came later is watched as well.
        fs::create_dir(path("cases")).expect("a folder");
        assert_eq!(watch.wait_for_changes().expect("watched"), [PathBuf::from("cases")]);
        fs::write(path("cases/c"), "1").expect("a file");
        assert_eq!(watch.wait_for_changes().expect("watched"), [PathBuf::from("cases/c")]);
    }
}
