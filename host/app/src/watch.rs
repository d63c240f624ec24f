//! Watching the inbox: which files are there, and when a file is complete.
//!
//! A file is taken when nobody writes to it any more: when its writer closed it, or it was
//! renamed into place, and a moment went by; or, where the file system does not tell, when its
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
use rikaste_pipeline::{Drop, modified};

mod sources;

pub use sources::SourceWatch;

/// After a writer closed a file: long enough for a program that closes and writes again.
const QUIET_CLOSED: Duration = Duration::from_millis(15);
/// Without word of closing.
const QUIET_OPEN: Duration = Duration::from_millis(500);
/// After the last of several photos.
const QUIET_PHOTOS: Duration = Duration::from_millis(150);
/// How often the folders are looked at whatever events say.
const LOOK: Duration = Duration::from_secs(60);
/// The most photos in a drop: what bounds a transaction.
const PHOTOS: usize = 1_000;

/// Why the inbox cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The folders could not be made.
    #[error("{}: {source}", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The system does not watch.
    #[error("{}: the system cannot watch this folder ({source}); on Linux, raise fs.inotify.max_user_watches", path.display())]
    System {
        /// Which.
        path: PathBuf,
        /// Why.
        source: notify::Error,
    },
}

/// The inbox being watched.
pub struct Watch {
    folder: ShopFolder,
    events: Receiver<notify::Result<notify::Event>>,
    _watcher: RecommendedWatcher,
    arriving: HashMap<PathBuf, Arriving>,
    /// What was handed out, as it was then.
    taken: HashMap<PathBuf, Look>,
    last_look: Instant,
}

/// A file that may not be complete yet.
struct Arriving {
    kind: DropKind,
    look: Look,
    since: Instant,
    closed: bool,
}

/// Size and time of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    size: u64,
    modified: i64,
}

impl Watch {
    /// Starts watching; what lies there already is handed out first.
    ///
    /// # Errors
    /// When the folders cannot be made or watched.
    pub fn start(folder: &ShopFolder) -> Result<Self, WatchError> {
        let (tell, events) = unbounded();
        let system = |source| WatchError::System { path: folder.inbox(), source };
        let mut watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more when the shop is being closed.
            let _ = tell.send(event);
        })
        .map_err(system)?;
        for kind in DropKind::ALL {
            let path = folder.inbox_of(kind);
            std::fs::create_dir_all(&path)
                .map_err(|source| WatchError::Folder { path: path.clone(), source })?;
            watcher.watch(&path, RecursiveMode::NonRecursive).map_err(system)?;
        }
        let mut watch = Self {
            folder: folder.clone(),
            events,
            _watcher: watcher,
            arriving: HashMap::new(),
            taken: HashMap::new(),
            last_look: Instant::now(),
        };
        watch.look_around();
        Ok(watch)
    }

    /// Waits for complete files, at most until the deadline or until there is something in
    /// `interrupt`.
    pub fn next<T>(&mut self, deadline: Instant, interrupt: &Receiver<T>) -> Vec<Drop> {
        loop {
            let ready = self.ready();
            let now = Instant::now();
            if !ready.is_empty() || now >= deadline || !interrupt.is_empty() {
                return ready;
            }
            if now.duration_since(self.last_look) >= LOOK {
                self.look_around();
            }
            let wait = self.soonest().unwrap_or(deadline).min(deadline).min(self.last_look + LOOK);
            let mut select = Select::new();
            select.recv(&self.events);
            select.recv(interrupt);
            // Whichever it was, the top of the loop finds it.
            let _ = select.ready_timeout(wait.saturating_duration_since(now));
            while let Ok(event) = self.events.try_recv() {
                self.heard(event);
            }
        }
    }

    /// Forgets that files were handed out, so that the next look hands them out again.
    pub fn again(&mut self, drop: &Drop) {
        for path in &drop.paths {
            self.taken.remove(path);
            self.arrived(path, false);
        }
    }

    /// The same for everything that lies there.
    pub fn all_again(&mut self) {
        self.taken.clear();
        self.look_around();
    }

    fn heard(&mut self, event: notify::Result<notify::Event>) {
        let Ok(event) = event else {
            self.look_around();
            return;
        };
        if event.need_rescan() {
            self.look_around();
        }
        let closed = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => true,
            EventKind::Create(_) | EventKind::Modify(_) => false,
            _ => return,
        };
        for path in &event.paths {
            self.arrived(path, closed);
        }
    }

    fn arrived(&mut self, path: &Path, closed: bool) {
        let Some(kind) = self.kind_of(path) else { return };
        let Some(look) = look(path) else {
            self.arriving.remove(path);
            return;
        };
        if !closed && self.taken.get(path) == Some(&look) {
            return;
        }
        let arriving = Arriving { kind, look, since: Instant::now(), closed };
        self.arriving.insert(path.to_owned(), arriving);
    }

    /// Looks at every file that was not handed out as it is now.
    fn look_around(&mut self) {
        self.last_look = Instant::now();
        for kind in DropKind::ALL {
            let Ok(entries) = std::fs::read_dir(self.folder.inbox_of(kind)) else { continue };
            for entry in entries.flatten() {
                let path = entry.path();
                if !self.arriving.contains_key(&path) {
                    self.arrived(&path, false);
                }
            }
        }
    }

    fn soonest(&self) -> Option<Instant> {
        self.arriving.values().map(|file| file.since + file.quiet()).min()
    }

    /// The files that are complete, in an order that is the same after a restart.
    fn ready(&mut self) -> Vec<Drop> {
        let now = Instant::now();
        let mut complete = Vec::new();
        for (path, file) in &mut self.arriving {
            if now.duration_since(file.since) < file.quiet() {
                continue;
            }
            match look(path) {
                Some(look) if look == file.look => {
                    complete.push((file.kind, look.modified, path.clone(), look));
                }
                Some(look) => (file.look, file.since, file.closed) = (look, now, false),
                None => complete.push((file.kind, 0, path.clone(), file.look)),
            }
        }
        let photos_coming = self
            .arriving
            .values()
            .any(|f| f.kind == DropKind::Images && now.duration_since(f.since) < QUIET_PHOTOS);
        complete.retain(|(kind, ..)| *kind != DropKind::Images || !photos_coming);
        complete.sort_by(|a, b| (order(a.0), a.1, &a.2).cmp(&(order(b.0), b.1, &b.2)));
        let mut drops: Vec<Drop> = Vec::new();
        let mut photos = Vec::new();
        for (kind, _, path, look) in complete {
            self.arriving.remove(&path);
            if !path.is_file() {
                continue;
            }
            self.taken.insert(path.clone(), look);
            match kind {
                DropKind::Images => photos.push(path),
                _ => drops.extend(Drop::of_file(kind, path)),
            }
        }
        let photos = photos.chunks(PHOTOS).map(|paths| Drop::of_photos(paths.to_vec()));
        photos.chain(drops).collect()
    }

    fn kind_of(&self, path: &Path) -> Option<DropKind> {
        let name = path.file_name()?.to_str()?;
        let folder = path.parent()?;
        let kind = DropKind::of_folder(folder.file_name()?.to_str()?)?;
        (folder.parent()? == self.folder.inbox() && is_drop(name)).then_some(kind)
    }
}

impl Arriving {
    fn quiet(&self) -> Duration {
        match (self.closed, self.kind) {
            (true, DropKind::Images) => QUIET_PHOTOS,
            (true, _) => QUIET_CLOSED,
            (false, _) => QUIET_OPEN,
        }
    }
}

/// The files that lie in the inbox now, as drops.
#[must_use]
pub fn lying_there(folder: &ShopFolder) -> Vec<Drop> {
    let mut drops = Vec::new();
    for kind in DropKind::ALL {
        let Ok(entries) = std::fs::read_dir(folder.inbox_of(kind)) else { continue };
        let mut files: Vec<_> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| {
                path.is_file() && path.file_name().and_then(|n| n.to_str()).is_some_and(is_drop)
            })
            .filter_map(|path| Some((look(&path)?.modified, path)))
            .collect();
        files.sort();
        let paths = files.into_iter().map(|(_, path)| path);
        if kind == DropKind::Images {
            let photos: Vec<_> = paths.collect();
            drops.extend(photos.chunks(PHOTOS).map(|paths| Drop::of_photos(paths.to_vec())));
        } else {
            drops.extend(paths.filter_map(|path| Drop::of_file(kind, path)));
        }
    }
    drops
}

fn order(kind: DropKind) -> usize {
    DropKind::ALL.iter().position(|known| *known == kind).unwrap_or_default()
}

/// Not what editors, browsers and file managers leave beside files while they work.
fn is_drop(name: &str) -> bool {
    const UNFINISHED: [&str; 6] = [".tmp", ".part", ".partial", ".crdownload", ".filepart", ".swp"];
    let lower = name.to_lowercase();
    !name.starts_with(['.', '~'])
        && !name.ends_with('~')
        && !UNFINISHED.iter().any(|ending| lower.ends_with(ending))
        && !matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
}

fn look(path: &Path) -> Option<Look> {
    let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    Some(Look { size: metadata.len(), modified: modified(path).ok()? })
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::never;

    use super::*;

    fn shop() -> (tempfile::TempDir, ShopFolder, Watch) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let shop = ShopFolder::new(folder.path());
        let watch = Watch::start(&shop).expect("watching");
        (folder, shop, watch)
    }

    fn next(watch: &mut Watch) -> Vec<String> {
        let drops = watch.next(Instant::now() + Duration::from_secs(5), &never::<()>());
        drops.into_iter().map(|drop| drop.file).collect()
    }

    #[test]
    fn a_file_is_handed_out_once_and_again_when_it_is_written_again() {
        let (_keep, shop, mut watch) = shop();
        let path = shop.inbox_of(DropKind::Products).join("spring.csv");
        std::fs::write(&path, "sku\nA\n").expect("written");
        assert_eq!(next(&mut watch), ["products/spring.csv"]);
        assert!(watch.next(Instant::now() + Duration::from_millis(100), &never::<()>()).is_empty());
        std::fs::write(&path, "sku\nB\n").expect("written");
        assert_eq!(next(&mut watch), ["products/spring.csv"]);
    }

    #[test]
    fn a_file_that_is_still_written_waits() {
        use std::io::Write;
        let (_keep, shop, mut watch) = shop();
        let mut file =
            std::fs::File::create(shop.inbox_of(DropKind::Stock).join("s.csv")).expect("made");
        file.write_all(b"sku,location").expect("written");
        file.flush().expect("flushed");
        assert!(watch.next(Instant::now() + Duration::from_millis(60), &never::<()>()).is_empty());
        file.write_all(b",quantity\n").expect("written");
        drop(file);
        assert_eq!(next(&mut watch), ["stock/s.csv"]);
    }

    #[test]
    fn renamed_into_place_is_complete_and_half_names_are_passed_over() {
        let (_keep, shop, mut watch) = shop();
        let inbox = shop.inbox_of(DropKind::Prices);
        std::fs::write(inbox.join("p.csv.part"), "sku,price\n").expect("written");
        assert!(watch.next(Instant::now() + Duration::from_millis(60), &never::<()>()).is_empty());
        std::fs::rename(inbox.join("p.csv.part"), inbox.join("p.csv")).expect("renamed");
        assert_eq!(next(&mut watch), ["prices/p.csv"]);
    }

    #[test]
    fn photos_that_come_together_are_one_drop() {
        let (_keep, shop, mut watch) = shop();
        for name in ["A.jpg", "B.jpg"] {
            std::fs::write(shop.inbox_of(DropKind::Images).join(name), name).expect("written");
        }
        let drops = watch.next(Instant::now() + Duration::from_secs(5), &never::<()>());
        assert_eq!(drops.len(), 1);
        assert_eq!(drops[0].paths.len(), 2);
    }
}
