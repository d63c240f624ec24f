//! Watching the inbox: which files are there, and when a file is complete.
//!
//! A file is imported when nobody writes to it any more: when its writer closed it, or it was
//! renamed into place, and a moment went by; or, where the file system does not report that, when its
//! size and time have not changed for half a second. Photos that arrive together become one drop.
//!
//! Each folder of the inbox is watched by itself, and looked into once it is: what was put into a new
//! folder before is seen then, and what comes later is reported.
//!
//! Events are a hint: the folders themselves are looked at on start, every minute, and whenever
//! the system says that it lost events.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Select, unbounded};
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use rikaste_model::record::DropKind;

use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{FileStat, InboxDrop, PhotoFile, TableFile, UntakenFiles, UntakenReason};

mod inbox_entry;
mod photo_names;
mod source_watch;

pub use inbox_entry::is_table_name;
use inbox_entry::{InboxEntry, walk_inbox};
use photo_names::PhotoNames;
pub use source_watch::SourceWatch;

/// After a writer closed a file: long enough for a program that closes and writes again.
const QUIET_CLOSED: Duration = Duration::from_millis(15);
/// Without word of closing.
const QUIET_OPEN: Duration = Duration::from_millis(500);
/// After the last of several photos.
const QUIET_PHOTOS: Duration = Duration::from_millis(150);
/// After the last of several files that are not read: one receipt tells of them.
const QUIET_UNTAKEN: Duration = Duration::from_secs(1);
/// How often the folders are looked at whatever events say.
const SCAN_INTERVAL: Duration = Duration::from_secs(60);
/// The most photos in a drop: what bounds a transaction.
const MAX_PHOTOS_PER_DROP: usize = 1_000;

/// Why the inbox cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The folders could not be made.
    #[error("{}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The error of the file system.
        source: std::io::Error,
    },
    /// The system does not watch.
    #[error("{}: the system cannot watch this folder ({source}); on Linux, raise fs.inotify.max_user_watches", path.display())]
    System {
        /// The folder that cannot be watched.
        path: PathBuf,
        /// The error of the watcher.
        source: notify::Error,
    },
}

/// The inbox being watched.
pub struct InboxWatch {
    inbox: PathBuf,
    events: Receiver<notify::Result<notify::Event>>,
    watcher: RecommendedWatcher,
    watched_folders: HashSet<PathBuf>,
    arriving: HashMap<PathBuf, ArrivingFile>,
    /// What was handed out, as it was then.
    handed_out: HashMap<PathBuf, FileStat>,
    photo_names: PhotoNames,
    last_scan: Instant,
}

/// A file that may not be complete yet.
struct ArrivingFile {
    entry: InboxEntry,
    state: FileStat,
    since: Instant,
    closed: bool,
}

/// A file that is complete.
struct CompleteFile {
    entry: InboxEntry,
    path: PathBuf,
    state: FileStat,
}

impl InboxWatch {
    /// Starts watching; what lies there already is handed out first.
    ///
    /// # Errors
    /// When the folders cannot be made or watched.
    pub fn start_watching(folder: &ShopFolder) -> Result<Self, WatchError> {
        let (sender, events) = unbounded();
        let inbox = folder.inbox_folder();
        let system = |source| WatchError::System { path: inbox.clone(), source };
        let watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more when the shop is being closed.
            let _ = sender.send(event);
        })
        .map_err(system)?;
        let mut watch = Self {
            inbox: inbox.clone(),
            events,
            watcher,
            watched_folders: HashSet::new(),
            arriving: HashMap::new(),
            handed_out: HashMap::new(),
            photo_names: PhotoNames::default(),
            last_scan: Instant::now(),
        };
        let own_folders = DropKind::ALL.map(|kind| folder.inbox_folder_for(kind));
        for path in own_folders.into_iter().chain([inbox.clone()]) {
            std::fs::create_dir_all(&path)
                .map_err(|source| WatchError::Folder { path: path.clone(), source })?;
            watch.watcher.watch(&path, RecursiveMode::NonRecursive).map_err(system)?;
            watch.watched_folders.insert(path);
        }
        watch.scan_inbox(Instant::now());
        Ok(watch)
    }

    /// Waits for complete files, at most until the deadline or until there is something in
    /// `interrupt`.
    pub fn wait_for_drops<T>(
        &mut self,
        deadline: Instant,
        interrupt: &Receiver<T>,
    ) -> Vec<InboxDrop> {
        loop {
            let now = Instant::now();
            let ready = self.take_complete_drops(now);
            if !ready.is_empty() || now >= deadline || !interrupt.is_empty() {
                return ready;
            }
            if now.duration_since(self.last_scan) >= SCAN_INTERVAL {
                self.scan_inbox(now);
            }
            let wait = self
                .next_complete_at()
                .unwrap_or(deadline)
                .min(deadline)
                .min(self.last_scan + SCAN_INTERVAL);
            let mut select = Select::new();
            select.recv(&self.events);
            select.recv(interrupt);
            // Whichever it was, the top of the loop finds it.
            let _ = select.ready_timeout(wait.saturating_duration_since(now));
            while let Ok(event) = self.events.try_recv() {
                self.handle_event(event, Instant::now());
            }
        }
    }

    /// How many files are not complete yet, or not handed out.
    #[must_use]
    pub fn arriving_count(&self) -> usize {
        self.arriving.len()
    }

    /// Forgets what was handed out, so that all that lies there is handed out again.
    pub fn rescan_all(&mut self) {
        self.handed_out.clear();
        self.scan_inbox(Instant::now());
    }

    fn handle_event(&mut self, event: notify::Result<notify::Event>, now: Instant) {
        let Ok(event) = event else {
            self.scan_inbox(now);
            return;
        };
        if event.need_rescan() {
            self.scan_inbox(now);
        }
        let closed = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => true,
            EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => false,
            _ => return,
        };
        for path in &event.paths {
            self.look_at(path, closed, now);
        }
    }

    /// Looks at something in the inbox that changed.
    fn look_at(&mut self, path: &Path, closed: bool, now: Instant) {
        match InboxEntry::read(&self.inbox, path) {
            Some((InboxEntry::Folder, _)) => self.look_into(path, now),
            Some((entry, state)) => {
                self.track_file(path.to_owned(), entry, state, closed, now);
            }
            None => {
                self.arriving.remove(path);
                self.forget_folder(path);
            }
        }
    }

    /// Looks at every file below a folder that was not handed out as it is now.
    fn look_into(&mut self, folder: &Path, now: Instant) {
        let inbox = self.inbox.clone();
        walk_inbox(&inbox, folder, |path, entry, state| match entry {
            InboxEntry::Folder => self.watch_folder(path),
            InboxEntry::File(..) | InboxEntry::Untaken(..) => {
                if !self.arriving.contains_key(&path) {
                    self.track_file(path, entry, state, false, now);
                }
            }
        });
    }

    fn scan_inbox(&mut self, now: Instant) {
        self.last_scan = now;
        let inbox = self.inbox.clone();
        self.look_into(&inbox, now);
    }

    fn watch_folder(&mut self, path: PathBuf) {
        if self.watched_folders.contains(&path) {
            return;
        }
        if let Err(error) = self.watcher.watch(&path, RecursiveMode::NonRecursive) {
            let every = SCAN_INTERVAL.as_secs();
            tracing::warn!(
                "{}: {error}; the folder is looked into every {every} s",
                path.display()
            );
        }
        self.watched_folders.insert(path);
    }

    /// A folder that is gone, and all in it: one that takes its name is watched anew.
    fn forget_folder(&mut self, path: &Path) {
        if self.watched_folders.contains(path) {
            for gone in self.watched_folders.extract_if(|folder| folder.starts_with(path)) {
                // The system may have done so by itself.
                let _ = self.watcher.unwatch(&gone);
            }
        }
    }

    fn track_file(
        &mut self,
        path: PathBuf,
        entry: InboxEntry,
        state: FileStat,
        closed: bool,
        now: Instant,
    ) {
        if !closed && self.handed_out.get(&path) == Some(&state) {
            return;
        }
        if let InboxEntry::File(DropKind::Images, file) = &entry {
            self.photo_names.record_photo(file);
        }
        self.arriving.insert(path, ArrivingFile { entry, state, since: now, closed });
    }

    fn next_complete_at(&self) -> Option<Instant> {
        self.arriving.values().map(|file| file.since + file.quiet_period()).min()
    }

    /// The files that are complete, in an order that is the same after a restart.
    fn take_complete_drops(&mut self, now: Instant) -> Vec<InboxDrop> {
        let (mut photos, mut drops) = (Vec::new(), Vec::new());
        let mut untaken: BTreeMap<UntakenReason, Vec<(String, FileStat)>> = BTreeMap::new();
        for CompleteFile { entry, path, state } in self.take_complete_files(now) {
            self.handed_out.insert(path, state);
            match entry {
                InboxEntry::File(_, file) => match InboxDrop::from_inbox(&self.inbox, &file) {
                    Some(InboxDrop::Photos(photo)) => photos.extend(photo),
                    drop => drops.extend(drop),
                },
                InboxEntry::Untaken(reason, file) => {
                    untaken.entry(reason).or_default().push((file, state));
                }
                InboxEntry::Folder => {}
            }
        }
        let second = self.take_out_same_names(&mut photos);
        let photos = photos
            .chunks(MAX_PHOTOS_PER_DROP)
            .map(|photos| InboxDrop::from_photos(photos.to_vec()));
        let untaken = untaken
            .into_iter()
            .map(|(reason, files)| UntakenFiles::new(reason, files, Vec::new()))
            .chain(second)
            .map(InboxDrop::Untaken);
        photos.chain(drops).chain(untaken).collect()
    }

    fn take_complete_files(&mut self, now: Instant) -> Vec<CompleteFile> {
        for (path, file) in &mut self.arriving {
            if now.duration_since(file.since) < file.quiet_period() {
                continue;
            }
            if let Some((entry, state)) = InboxEntry::read(&self.inbox, path)
                && (state != file.state || entry != file.entry)
            {
                *file = ArrivingFile { entry, state, since: now, closed: false };
            }
        }
        let arriving = self.arriving.values();
        let photos_coming = arriving
            .clone()
            .any(|file| file.is_photo() && now.duration_since(file.since) < QUIET_PHOTOS);
        let untaken_coming = arriving
            .clone()
            .any(|file| file.is_untaken() && now.duration_since(file.since) < QUIET_UNTAKEN);
        let complete = self.arriving.extract_if(|_, file| {
            now.duration_since(file.since) >= file.quiet_period()
                && !(file.is_photo() && photos_coming)
                && !(file.is_untaken() && untaken_coming)
        });
        let mut complete: Vec<_> = complete
            .map(|(path, ArrivingFile { entry, state, .. })| CompleteFile { entry, path, state })
            .filter(|file| std::fs::symlink_metadata(&file.path).is_ok())
            .collect();
        complete.sort_by(|a, b| a.import_order().cmp(&b.import_order()));
        complete
    }

    /// Takes out photos whose name a photo in another folder has, and tells of them.
    fn take_out_same_names(&mut self, photos: &mut Vec<PhotoFile>) -> Option<UntakenFiles> {
        let (mut second, mut taken) = (BTreeMap::new(), Vec::new());
        photos.retain(|photo| {
            let same_name = self.photo_names.find_same_name(&self.inbox, &photo.file);
            let Some((first, others)) =
                same_name.split_first().filter(|(_, others)| !others.is_empty())
            else {
                return true;
            };
            let told = others.iter().filter_map(|file| {
                let state = self.handed_out.get(&self.inbox.join(file))?;
                Some((file.clone(), *state))
            });
            second.extend(told);
            taken.push(first.clone());
            *first == photo.file
        });
        taken.sort();
        taken.dedup();
        let second: Vec<_> = second.into_iter().collect();
        (!second.is_empty()).then(|| UntakenFiles::new(UntakenReason::PhotoName, second, taken))
    }
}

impl ArrivingFile {
    fn is_photo(&self) -> bool {
        matches!(self.entry, InboxEntry::File(DropKind::Images, _))
    }

    fn is_untaken(&self) -> bool {
        matches!(self.entry, InboxEntry::Untaken(..))
    }

    fn quiet_period(&self) -> Duration {
        match (self.closed, &self.entry) {
            (_, InboxEntry::Untaken(..)) => QUIET_UNTAKEN,
            (true, InboxEntry::File(DropKind::Images, _)) => QUIET_PHOTOS,
            (true, _) => QUIET_CLOSED,
            (false, _) => QUIET_OPEN,
        }
    }
}

impl CompleteFile {
    /// By kind, then the oldest first.
    fn import_order(&self) -> impl Ord + use<'_> {
        let kind = match &self.entry {
            InboxEntry::File(kind, _) => DropKind::ALL.iter().position(|known| known == kind),
            InboxEntry::Folder | InboxEntry::Untaken(..) => None,
        };
        (kind.unwrap_or(DropKind::ALL.len()), self.state.modified, &self.path)
    }
}

/// The tables that lie in the inbox now, in the order in which they are imported.
#[must_use]
pub fn list_inbox_tables(folder: &ShopFolder) -> Vec<TableFile> {
    let inbox = folder.inbox_folder();
    let mut files = Vec::new();
    walk_inbox(&inbox, &inbox, |path, entry, state| {
        files.push(CompleteFile { entry, path, state });
    });
    files.sort_by(|a, b| a.import_order().cmp(&b.import_order()));
    let drops = files.into_iter().filter_map(|file| match file.entry {
        InboxEntry::File(_, file) => InboxDrop::from_inbox(&inbox, &file),
        InboxEntry::Folder | InboxEntry::Untaken(..) => None,
    });
    drops
        .filter_map(|drop| match drop {
            InboxDrop::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
