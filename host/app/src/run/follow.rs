//! How a running shop follows `model.toml`, `plugins.lock`, `plugins.toml` and the configurations in `plugins/`.
//!
//! Plugins are compiled and loaded on a thread of their own, while the line goes on. A new version is tried on a sample first; then it takes over at the boundary of two
//! drops and runs on every product, in one transaction; and then its failures are watched for a while.
//! Wherever it fails on too many, the version before comes back, and `plugins.lock` says why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::{Receiver, TryRecvError};
use rikaste_model::code::{ChannelCode, PluginName};
use rikaste_model::locale::Locale;
use rikaste_model::moment::Moment;
use rikaste_model::product::Hash;
use rikaste_model::shop::Shop;

use super::news;
use crate::open::{CONFIGURATION, Configured, OpenError};
use rikaste_http::Interface;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{Line, LineError};
use rikaste_runtime::enrich::Enrichers;
use rikaste_runtime::shadow::{self, Side};
use rikaste_runtime::{Counts, Library, LibraryError, Lock, LockError, Runtime, Settings};
use rikaste_store::asset_folder::Assets;

/// The setting that says which state of `plugins.lock` the shop followed last.
pub const FOLLOWED: &str = "plugins.lock";

/// Products after which a new version is no longer watched.
const WATCHED: u64 = 10_000;
/// Products before which nothing is said about how many it fails on.
const ENOUGH: u64 = 20;

/// The plugins of a running shop.
pub(super) struct Follower {
    pub(super) folder: ShopFolder,
    pub(super) runtime: Runtime,
    pub(super) assets: Assets,
    pub(super) interface: Arc<Interface>,
    pub(super) shop: Arc<Shop>,
    pub(super) enrichers: Arc<Enrichers>,
    pub(super) fingerprint: String,
    pub(super) settings: Settings,
    /// Whether files in `plugins/` are enabled as they come.
    pub(super) auto_enable: bool,
    /// The files as they were looked at last.
    pub(super) seen: Option<Stamp>,
    /// What is being loaded.
    pub(super) loading: Option<Receiver<Result<Loaded, FollowError>>>,
    /// Says that something was loaded.
    pub(super) wake: Arc<dyn Fn() + Send + Sync>,
    /// New versions that are watched, with what they had done when they took over.
    pub(super) watched: BTreeMap<PluginName, Counts>,
}

/// Names, sizes and times of the files that decide which plugins run.
pub(super) type Stamp = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// Why plugins were not followed.
#[derive(Debug, thiserror::Error)]
pub(super) enum FollowError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Line(#[from] LineError),
    #[error(transparent)]
    Lock(#[from] LockError),
    #[error(transparent)]
    Library(#[from] LibraryError),
    #[error("the shop has other locales or channels now; stop it and start it again")]
    Layout,
}

/// What is to run, loaded.
pub(super) struct Loaded {
    next: Configured,
    /// The state of `plugins.lock` that it comes from.
    lock: String,
}

/// A plugin that does not do, and why.
struct Unfit {
    name: PluginName,
    reason: String,
}

impl Follower {
    /// Looks whether something else is to run, and has it run when it is loaded. What goes wrong is told, and
    /// what ran goes on. Says whether other plugins read files now.
    pub(super) fn follow(&mut self, line: &mut Line) -> bool {
        let before = Arc::clone(&self.enrichers);
        match self.loading.as_ref().map(Receiver::try_recv) {
            Some(Err(TryRecvError::Empty)) => return false,
            Some(Err(TryRecvError::Disconnected)) => self.loading = None,
            Some(Ok(loaded)) => {
                self.loading = None;
                self.settle(line, loaded);
            }
            None => {}
        }
        let stamp = self.stamp();
        if self.seen.as_ref() != Some(&stamp) {
            self.seen = Some(stamp);
            self.load();
        }
        !self.enrichers.reads_files_like(&before)
    }

    /// Begins to load what is to run.
    fn load(&mut self) {
        let (send, receive) = crossbeam_channel::bounded(1);
        let (folder, runtime) = (self.folder.clone(), self.runtime.clone());
        let (assets, running) =
            (self.assets.clone(), self.enrichers.all().cloned().collect::<Vec<_>>());
        let (auto_enable, wake) = (self.auto_enable, Arc::clone(&self.wake));
        let work = move || {
            let load = || {
                if auto_enable {
                    enable_all(&folder, &runtime)?;
                }
                let lock = lock_hash(&folder);
                let next = Configured::load(&folder, &runtime, &assets, &running)?;
                Ok(Loaded { next, lock })
            };
            // Nobody listens any more when the shop is being closed.
            let _ = send.send(load());
            wake();
        };
        match std::thread::Builder::new().name("plugins".to_owned()).spawn(work) {
            Ok(_) => self.loading = Some(receive),
            Err(error) => tracing::error!("plugins cannot be loaded: {error}"),
        }
    }

    fn settle(&mut self, line: &mut Line, loaded: Result<Loaded, FollowError>) {
        let done = loaded.and_then(|loaded| {
            let known = self.enrichers.broken();
            let problems = loaded.next.enrichers.broken().into_iter();
            problems.filter(|problem| !known.contains(problem)).for_each(|problem| {
                tracing::error!("{problem}");
            });
            if layout(&loaded.next.shop) != layout(&self.shop) {
                return Err(FollowError::Layout);
            }
            let lock = loaded.lock.clone();
            if loaded.next.fingerprint != self.fingerprint
                && let Err(unfit) = self.adopt(line, loaded)?
            {
                // The file that this writes is the next to be followed.
                return self.take_back(&unfit);
            }
            Ok(line.set(FOLLOWED, &lock)?)
        });
        if let Err(error) = done {
            tracing::error!("the shop goes on as it was configured before: {error}");
        }
    }

    /// Has other plugins run, unless one of them does not do.
    fn adopt(&mut self, line: &mut Line, loaded: Loaded) -> Result<Result<(), Unfit>, FollowError> {
        let next = loaded.next;
        let upgraded = self.upgraded(&next.enrichers);
        for name in &upgraded {
            if let Err(unfit) = self.try_on_sample(line, name, &next)? {
                return Ok(Err(unfit));
            }
        }
        let most = next.settings.upgrade.failures;
        let accept = || {
            for name in &upgraded {
                let counts = next.enrichers.counts(name).unwrap_or_default();
                fit(name, &counts, most, "of the catalogue")?;
            }
            Ok(())
        };
        line.on_progress(news::redeveloped());
        let adopted = line.adopt(Arc::clone(&next.shop), &next.enrichers, Moment::now(), accept)?;
        let release = match adopted {
            Ok(release) => release,
            Err(unfit) => return Ok(Err(unfit)),
        };
        self.interface.follow(Arc::clone(&next.shop), Arc::clone(&next.enrichers));
        if let Some(release) = &release {
            line.publish(release)?;
        }
        for name in &upgraded {
            self.watched.insert(name.clone(), next.enrichers.counts(name).unwrap_or_default());
        }
        let Configured { shop, enrichers, settings, fingerprint } = next;
        (self.shop, self.enrichers) = (shop, enrichers);
        (self.settings, self.fingerprint) = (settings, fingerprint);
        line.set(CONFIGURATION, &self.fingerprint)?;
        let names: Vec<_> = self
            .enrichers
            .all()
            .map(|plugin| format!("{} {}", plugin.name(), plugin.manifest().version))
            .collect();
        let number = release.map_or_else(
            || "no product changed".to_owned(),
            |release| format!("release {}", release.number),
        );
        tracing::info!(
            "the configuration changed: {number}; the plugins that run now: {}",
            names.join(", ")
        );
        Ok(Ok(()))
    }

    /// Plugins whose file is another, or that are new.
    fn upgraded(&self, next: &Enrichers) -> Vec<PluginName> {
        let is_new = |name: &PluginName, digest: Hash| {
            self.enrichers.plugin(name).is_none_or(|plugin| plugin.digest() != digest)
        };
        let plugins = next.plugins().iter();
        let new = plugins.filter(|plugin| is_new(plugin.name(), plugin.digest()));
        new.map(|plugin| plugin.name().clone()).collect()
    }

    fn try_on_sample(
        &self,
        line: &Line,
        name: &PluginName,
        next: &Configured,
    ) -> Result<Result<(), Unfit>, FollowError> {
        let upgrade = next.settings.upgrade;
        let reader = line.reader();
        let ids = shadow::sample(reader, upgrade.sample.max(1)).map_err(LineError::from)?;
        // What is only tried does not count as done.
        let (running, trial) = (self.enrichers.apart().into(), next.enrichers.apart().into());
        let before = Side { shop: &self.shop, enrichers: &running };
        let after = Side { shop: &next.shop, enrichers: &trial };
        let difference =
            shadow::compare(reader, name, before, after, &ids, |_| ()).map_err(LineError::from)?;
        let counts = trial.counts(name).unwrap_or_default();
        let told = fit(name, &counts, upgrade.failures, "of a sample");
        let reason = difference.failures.first();
        Ok(told.map_err(|unfit| Unfit {
            reason: reason.map_or(unfit.reason.clone(), |failure| {
                format!("{}; {}: {}", unfit.reason, failure.sku, failure.reason)
            }),
            ..unfit
        }))
    }

    /// Looks at how the new versions did in the drop before, and takes back what does not do.
    pub(super) fn watch(&mut self, line: &mut Line) {
        let most = self.settings.upgrade.failures;
        let mut unfit = Vec::new();
        let enrichers = &self.enrichers;
        self.watched.retain(|name, before| {
            let Some(counts) = enrichers.counts(name) else { return false };
            let counts = counts.since(before);
            match fit(name, &counts, most, "since it took over") {
                Err(found) => unfit.push(found),
                Ok(()) => return counts.products < WATCHED,
            }
            false
        });
        for unfit in &unfit {
            if let Err(error) = self.take_back(unfit) {
                tracing::error!("{error}");
            }
        }
        if !unfit.is_empty() {
            self.follow(line);
        }
    }

    /// Has the version before run again, and keeps why.
    fn take_back(&self, unfit: &Unfit) -> Result<(), FollowError> {
        tracing::error!("{} is taken back: {}", unfit.name, unfit.reason);
        let at = Moment::now().to_text(&self.shop.zone);
        Lock::change(&self.folder.plugins_lock(), |lock| {
            lock.refuse(&unfit.name, at, unfit.reason.clone());
        })?;
        Ok(())
    }

    fn stamp(&self) -> Stamp {
        let in_folder = std::fs::read_dir(self.folder.plugins()).into_iter().flatten();
        let files = in_folder.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| {
            let ending = path.extension().unwrap_or_default();
            ending == "toml" || ending == "wasm" && self.auto_enable
        });
        let model = self.folder.root().join("model.toml");
        let files =
            files.chain([model, self.folder.plugins_lock(), self.folder.plugins_settings()]);
        let mut stamp: Stamp = files
            .filter_map(|path| {
                let metadata = std::fs::metadata(&path).ok()?;
                Some((path, metadata.len(), metadata.modified().ok()))
            })
            .collect();
        stamp.sort();
        stamp
    }
}

/// Enables what lies in `plugins/`, unless it is enabled already or did not do.
fn enable_all(folder: &ShopFolder, runtime: &Runtime) -> Result<(), FollowError> {
    let lock = Lock::load(&folder.plugins_lock())?;
    let known: BTreeSet<Hash> = lock
        .plugins
        .values()
        .flat_map(|entry| {
            let refused = entry.refused.iter().map(|refusal| refusal.digest);
            entry.runs.iter().map(|pin| pin.digest).chain(refused)
        })
        .collect();
    let library = Library::new(folder, &rikaste_bundled::PLUGINS);
    for path in library.files()? {
        let candidate = library.look(runtime, &path)?;
        match &candidate.described {
            Ok(_) if known.contains(&candidate.digest) => {}
            Ok(_) => drop(library.enable(runtime, &path)?),
            Err(error) => tracing::error!("{}: {error}", path.display()),
        }
    }
    Ok(())
}

/// Whether a plugin failed on few enough.
fn fit(name: &PluginName, counts: &Counts, most: u64, of: &str) -> Result<(), Unfit> {
    if counts.unsteady() > 0 {
        let reason = "it makes something else of a product alone than after others".to_owned();
        return Err(Unfit { name: name.clone(), reason });
    }
    let (failed, products) = (counts.failed(), counts.products);
    if failed == 0 || failed * 100 <= most * products || products < ENOUGH && failed < products {
        return Ok(());
    }
    let reason = format!("it failed on {failed} of {products} products {of}; {most} % are allowed");
    Err(Unfit { name: name.clone(), reason })
}

/// What store and index are laid out by: it is not changed while they are open.
fn layout(shop: &Shop) -> (&[Locale], Vec<&ChannelCode>) {
    (&shop.locales, shop.channels.iter().map(|channel| &channel.code).collect())
}

/// What tells one state of `plugins.lock` from another.
#[must_use]
pub fn lock_hash(folder: &ShopFolder) -> String {
    Hash::of(&std::fs::read(folder.plugins_lock()).unwrap_or_default()).to_string()
}
