//! Watching the inbox: which files are there, and when a file is complete.
//!
//! A file is imported when nobody writes to it any more: when its writer closed it, or it was
//! renamed into place, and a moment went by; or, where the file system does not report that, when its
//! size and time have not changed for half a second. Photos that arrive together become one drop.
//!
//! Events are a hint: the folders themselves are looked at on start, every minute, and whenever
//! the system says that it lost events.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Select, unbounded};
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use rikaste_model::record::DropKind;

use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{FileStat, InboxDrop};

mod source_watch;

pub use source_watch::SourceWatch;

/// After a writer closed a file: long enough for a program that closes and writes again.
const QUIET_CLOSED: Duration = Duration::from_millis(15);
/// Without word of closing.
const QUIET_OPEN: Duration = Duration::from_millis(500);
/// After the last of several photos.
const QUIET_PHOTOS: Duration = Duration::from_millis(150);
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
    folder: ShopFolder,
    events: Receiver<notify::Result<notify::Event>>,
    _watcher: RecommendedWatcher,
    arriving: HashMap<PathBuf, ArrivingFile>,
    /// What was handed out, as it was then.
    handed_out: HashMap<PathBuf, FileStat>,
    last_scan: Instant,
}

/// A file that may not be complete yet.
struct ArrivingFile {
    kind: DropKind,
    state: FileStat,
    since: Instant,
    closed: bool,
}

impl InboxWatch {
    /// Starts watching; what lies there already is handed out first.
    ///
    /// # Errors
    /// When the folders cannot be made or watched.
    pub fn start_watching(folder: &ShopFolder) -> Result<Self, WatchError> {
        let (sender, events) = unbounded();
        let system = |source| WatchError::System { path: folder.inbox_folder(), source };
        let mut watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more when the shop is being closed.
            let _ = sender.send(event);
        })
        .map_err(system)?;
        for kind in DropKind::ALL {
            let path = folder.inbox_folder_for(kind);
            std::fs::create_dir_all(&path)
                .map_err(|source| WatchError::Folder { path: path.clone(), source })?;
            watcher.watch(&path, RecursiveMode::NonRecursive).map_err(system)?;
        }
        let mut watch = Self {
            folder: folder.clone(),
            events,
            _watcher: watcher,
            arriving: HashMap::new(),
            handed_out: HashMap::new(),
            last_scan: Instant::now(),
        };
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

    /// Forgets that files were handed out, so that the next look hands them out again.
    pub fn rescan_drop(&mut self, drop: &InboxDrop) {
        for path in drop.paths() {
            self.handed_out.remove(path);
            self.track_file(path, false, Instant::now());
        }
    }

    /// The same for everything that lies there.
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
            EventKind::Create(_) | EventKind::Modify(_) => false,
            _ => return,
        };
        for path in &event.paths {
            self.track_file(path, closed, now);
        }
    }

    fn track_file(&mut self, path: &Path, closed: bool, now: Instant) {
        let Some(kind) = self.drop_kind_of(path) else { return };
        let Some(look) = read_file_state(path) else {
            self.arriving.remove(path);
            return;
        };
        if !closed && self.handed_out.get(path) == Some(&look) {
            return;
        }
        let arriving = ArrivingFile { kind, state: look, since: now, closed };
        self.arriving.insert(path.to_owned(), arriving);
    }

    /// Looks at every file that was not handed out as it is now.
    fn scan_inbox(&mut self, now: Instant) {
        self.last_scan = now;
        for kind in DropKind::ALL {
            let Ok(entries) = std::fs::read_dir(self.folder.inbox_folder_for(kind)) else {
                continue;
            };
            for entry in entries.flatten() {
                let path = entry.path();
                if !self.arriving.contains_key(&path) {
                    self.track_file(&path, false, now);
                }
            }
        }
    }

    fn next_complete_at(&self) -> Option<Instant> {
        self.arriving.values().map(|file| file.since + file.quiet_period()).min()
    }

    /// The files that are complete, in an order that is the same after a restart.
    fn take_complete_drops(&mut self, now: Instant) -> Vec<InboxDrop> {
        let mut complete = Vec::new();
        for (path, file) in &mut self.arriving {
            if now.duration_since(file.since) < file.quiet_period() {
                continue;
            }
            match read_file_state(path) {
                Some(look) if look == file.state => {
                    complete.push((file.kind, look.modified, path.clone(), look));
                }
                Some(look) => (file.state, file.since, file.closed) = (look, now, false),
                None => complete.push((file.kind, 0, path.clone(), file.state)),
            }
        }
        let photos_coming = self
            .arriving
            .values()
            .any(|f| f.kind == DropKind::Images && now.duration_since(f.since) < QUIET_PHOTOS);
        complete.retain(|(kind, ..)| *kind != DropKind::Images || !photos_coming);
        complete.sort_by(|a, b| (kind_order(a.0), a.1, &a.2).cmp(&(kind_order(b.0), b.1, &b.2)));
        let mut drops: Vec<InboxDrop> = Vec::new();
        let mut photos = Vec::new();
        for (kind, _, path, look) in complete {
            self.arriving.remove(&path);
            if !path.is_file() {
                continue;
            }
            self.handed_out.insert(path.clone(), look);
            match kind {
                DropKind::Images => photos.push(path),
                _ => drops.extend(InboxDrop::from_file(kind, path)),
            }
        }
        let photos =
            photos.chunks(MAX_PHOTOS_PER_DROP).map(|paths| InboxDrop::from_photos(paths.to_vec()));
        photos.chain(drops).collect()
    }

    fn drop_kind_of(&self, path: &Path) -> Option<DropKind> {
        let name = path.file_name()?.to_str()?;
        let folder = path.parent()?;
        let kind = DropKind::from_folder(folder.file_name()?.to_str()?)?;
        (folder.parent()? == self.folder.inbox_folder() && is_drop_name(name)).then_some(kind)
    }
}

impl ArrivingFile {
    fn quiet_period(&self) -> Duration {
        match (self.closed, self.kind) {
            (true, DropKind::Images) => QUIET_PHOTOS,
            (true, _) => QUIET_CLOSED,
            (false, _) => QUIET_OPEN,
        }
    }
}

/// The files that lie in the inbox now, as drops.
#[must_use]
pub fn list_inbox_drops(folder: &ShopFolder) -> Vec<InboxDrop> {
    let mut drops = Vec::new();
    for kind in DropKind::ALL {
        let Ok(entries) = std::fs::read_dir(folder.inbox_folder_for(kind)) else { continue };
        let mut files: Vec<_> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| {
                path.is_file()
                    && path.file_name().and_then(|n| n.to_str()).is_some_and(is_drop_name)
            })
            .filter_map(|path| Some((read_file_state(&path)?.modified, path)))
            .collect();
        files.sort();
        let paths = files.into_iter().map(|(_, path)| path);
        if kind == DropKind::Images {
            let photos: Vec<_> = paths.collect();
            drops.extend(
                photos
                    .chunks(MAX_PHOTOS_PER_DROP)
                    .map(|paths| InboxDrop::from_photos(paths.to_vec())),
            );
        } else {
            drops.extend(paths.filter_map(|path| InboxDrop::from_file(kind, path)));
        }
    }
    drops
}

fn kind_order(kind: DropKind) -> usize {
    DropKind::ALL.iter().position(|known| *known == kind).unwrap_or_default()
}

/// Not what editors, browsers and file managers leave beside files while they work.
fn is_drop_name(name: &str) -> bool {
    const UNFINISHED: [&str; 6] = [".tmp", ".part", ".partial", ".crdownload", ".filepart", ".swp"];
    let lower = name.to_lowercase();
    !name.starts_with(['.', '~'])
        && !name.ends_with('~')
        && !UNFINISHED.iter().any(|ending| lower.ends_with(ending))
        && !matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
}

fn read_file_state(path: &Path) -> Option<FileStat> {
    let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    FileStat::from_metadata(&metadata).ok()
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::never;

    use super::*;

    /// How long anything may take.
    const PATIENCE: Duration = Duration::from_secs(60);

    fn shop() -> (tempfile::TempDir, ShopFolder, InboxWatch) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let shop = ShopFolder::new(folder.path());
        let watch = InboxWatch::start_watching(&shop).expect("watching");
        (folder, shop, watch)
    }

    fn names(drops: &[InboxDrop]) -> Vec<String> {
        drops.iter().map(InboxDrop::receipt_name).collect()
    }

    fn next(watch: &mut InboxWatch) -> Vec<String> {
        names(&watch.wait_for_drops(Instant::now() + PATIENCE, &never::<()>()))
    }

    /// Scans the inbox and takes what is complete long after.
    fn scan_and_take(watch: &mut InboxWatch) -> Vec<String> {
        let now = Instant::now();
        watch.scan_inbox(now);
        names(&watch.take_complete_drops(now + PATIENCE))
    }

    #[test]
    fn a_file_is_handed_out_once_and_again_when_it_is_written_again() {
        let (_keep, shop, mut watch) = shop();
        let path = shop.inbox_folder_for(DropKind::Products).join("spring.csv");
        std::fs::write(&path, "sku\nA\n").expect("written");
        assert_eq!(next(&mut watch), ["products/spring.csv"]);
        assert!(scan_and_take(&mut watch).is_empty());
        std::fs::write(&path, "sku\nB\nC\n").expect("written");
        assert_eq!(next(&mut watch), ["products/spring.csv"]);
    }

    #[test]
    fn a_file_that_is_still_written_waits() {
        let (_keep, shop, mut watch) = shop();
        let path = shop.inbox_folder_for(DropKind::Stock).join("s.csv");
        std::fs::write(&path, "sku,location").expect("written");
        let start = Instant::now();
        watch.track_file(&path, false, start);
        let moment = Duration::from_millis(1);
        assert!(watch.take_complete_drops(start + QUIET_OPEN - moment).is_empty());
        std::fs::write(&path, "sku,location,quantity\n").expect("written");
        let grown = start + QUIET_OPEN;
        assert!(watch.take_complete_drops(grown).is_empty());
        assert!(watch.take_complete_drops(grown + QUIET_OPEN - moment).is_empty());
        assert_eq!(names(&watch.take_complete_drops(grown + QUIET_OPEN)), ["stock/s.csv"]);
    }

    #[test]
    fn a_closed_file_waits_only_a_moment() {
        let (_keep, shop, mut watch) = shop();
        let path = shop.inbox_folder_for(DropKind::Stock).join("s.csv");
        std::fs::write(&path, "sku,location,quantity\n").expect("written");
        let start = Instant::now();
        watch.track_file(&path, true, start);
        assert!(watch.take_complete_drops(start).is_empty());
        assert_eq!(names(&watch.take_complete_drops(start + QUIET_CLOSED)), ["stock/s.csv"]);
    }

    #[test]
    fn renamed_into_place_is_complete_and_half_names_are_passed_over() {
        let (_keep, shop, mut watch) = shop();
        let inbox = shop.inbox_folder_for(DropKind::Prices);
        std::fs::write(inbox.join("p.csv.part"), "sku,price\n").expect("written");
        assert!(scan_and_take(&mut watch).is_empty());
        std::fs::rename(inbox.join("p.csv.part"), inbox.join("p.csv")).expect("renamed");
        assert_eq!(next(&mut watch), ["prices/p.csv"]);
    }

    #[test]
    fn photos_that_come_together_are_one_drop() {
        let (_keep, shop, mut watch) = shop();
        for name in ["A.jpg", "B.jpg"] {
            std::fs::write(shop.inbox_folder_for(DropKind::Images).join(name), name)
                .expect("written");
        }
        let drops = watch.wait_for_drops(Instant::now() + PATIENCE, &never::<()>());
        assert_eq!(drops.len(), 1);
        assert_eq!(drops[0].paths().len(), 2);
    }
}
