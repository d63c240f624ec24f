//! How a running shop follows `shop.toml`, `model.toml`, `channels/`, `plugins.lock`, `plugins.toml` and the configurations in `plugins/`.
//!
//! Plugins are compiled and loaded on a thread of their own, while the pipeline goes on. A new version is tried on a sample first; then it takes over at the boundary of two
//! drops and runs on every product, in one transaction; and then its failures are watched for a while.
//! Wherever it fails on too many, the version before comes back, and `plugins.lock` says why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, TryRecvError};
use rikaste_model::code::{ChannelCode, PluginName};
use rikaste_model::locale::Locale;
use rikaste_model::moment::Moment;
use rikaste_model::product::ContentHash;
use rikaste_model::shop::{LocaleChain, RemotePhotoSettings, Shop};

use super::progress_log;
use crate::open::{OpenError, load_configuration};
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{Adoption, Pipeline, PipelineError, ReloadOutcome, ReloadReport};
use rikaste_runtime::shadow::{self, ShadowSide};
use rikaste_runtime::{
    Configuration, LockError, PluginCatalog, PluginCatalogError, PluginCounts, PluginLock,
    PluginRuntime,
};
use rikaste_store::asset_folder::AssetFolder;

/// How long files have to stay as they are before they are read: editors write a file in several steps, and a
/// file that is empty for a moment reads as one with every default.
const QUIET_FILES: Duration = Duration::from_millis(150);
/// After this time the files are read though they keep changing.
const SETTLING_PATIENCE: Duration = Duration::from_secs(10);
/// Products after which a new version is no longer watched.
const PROBATION_PRODUCTS: u64 = 10_000;
/// Products before which nothing is reported about how many it fails on.
const MIN_PRODUCTS_TO_JUDGE: u64 = 20;

/// The plugins of a running shop.
pub(super) struct PluginReloader {
    pub(super) folder: ShopFolder,
    pub(super) runtime: PluginRuntime,
    pub(super) assets: AssetFolder,
    /// Whether files in `plugins/` are enabled as they come.
    pub(super) auto_enable: bool,
    /// The files as they were looked at last. `None`: they are to be loaded, whatever they are.
    pub(super) last_stamps: Option<FileStamps>,
    /// What is being loaded.
    pub(super) loading: Option<Receiver<LoadedConfiguration>>,
    /// Says that something was loaded.
    pub(super) wake: Arc<dyn Fn() + Send + Sync>,
    /// New versions that are watched, with what they had done when they took over.
    pub(super) upgrades_on_probation: BTreeMap<PluginName, PluginCounts>,
    /// Has the shop opened again: what changed can be followed in no other way.
    pub(super) reopen: tokio::sync::watch::Sender<bool>,
}

/// Names, sizes and times of the files that decide which plugins run.
pub(super) type FileStamps = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// Why plugins were not followed.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReloadError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    #[error(transparent)]
    Lock(#[from] LockError),
    #[error(transparent)]
    Library(#[from] PluginCatalogError),
}

/// What a state of `plugins.lock` asks for.
pub(super) struct LoadedConfiguration {
    /// The configuration that is to run, or why there is none.
    configuration: Result<Configuration, ReloadError>,
    /// The hash of that state.
    lock_hash: String,
}

/// A plugin that is not fit to run, and why.
struct RejectedUpgrade {
    name: PluginName,
    reason: String,
}

impl PluginReloader {
    /// Looks whether something else is to run, and has it run when it is loaded. What goes wrong is logged, and
    /// what ran goes on. Says whether other plugins read files now.
    pub(super) fn reload_if_changed(&mut self, pipeline: &mut Pipeline) -> bool {
        let before = pipeline.configuration();
        match self.loading.as_ref().map(Receiver::try_recv) {
            Some(Err(TryRecvError::Empty)) => return false,
            Some(Err(TryRecvError::Disconnected)) => self.loading = None,
            Some(Ok(loaded)) => {
                self.loading = None;
                self.finish_loading(pipeline, loaded);
            }
            None => {}
        }
        let stamps = read_file_stamps(&self.folder, self.auto_enable);
        if self.last_stamps.as_ref() != Some(&stamps) {
            self.last_stamps = Some(stamps);
            self.start_loading(&pipeline.configuration());
        }
        !pipeline.configuration().plugins.has_same_importers(&before.plugins)
    }

    /// Begins to load what is to run.
    fn start_loading(&mut self, current: &Configuration) {
        let (send, receive) = crossbeam_channel::bounded(1);
        let (folder, runtime) = (self.folder.clone(), self.runtime.clone());
        let (assets, running) =
            (self.assets.clone(), current.plugins.all_plugins().cloned().collect::<Vec<_>>());
        let (auto_enable, wake) = (self.auto_enable, Arc::clone(&self.wake));
        let work = move || {
            let loaded = read_settled(
                || read_file_stamps(&folder, auto_enable),
                || {
                    let enabled =
                        if auto_enable { enable_new_plugins(&folder, &runtime) } else { Ok(()) };
                    let lock_hash = hash_lock_file(&folder);
                    let configuration = enabled.and_then(|()| {
                        Ok(load_configuration(&folder, &runtime, &assets, &running)?)
                    });
                    LoadedConfiguration { configuration, lock_hash }
                },
            );
            // Nobody listens any more when the shop is being closed.
            let _ = send.send(loaded);
            wake();
        };
        match std::thread::Builder::new().name("plugins".to_owned()).spawn(work) {
            Ok(_) => self.loading = Some(receive),
            Err(error) => tracing::error!("plugins cannot be loaded: {error}"),
        }
    }

    /// Has what was loaded run, and keeps why where it does not.
    fn finish_loading(&mut self, pipeline: &mut Pipeline, loaded: LoadedConfiguration) {
        let LoadedConfiguration { configuration, lock_hash } = loaded;
        let followed = configuration.and_then(|next| self.follow(pipeline, next, &lock_hash));
        let outcome = match followed {
            Ok(Some(outcome)) => outcome,
            // It is committed with the release.
            Ok(None) => return,
            Err(error) => {
                tracing::error!("the shop goes on as it was configured before: {error}");
                ReloadOutcome::Refused { reason: error.to_string() }
            }
        };
        if let Err(error) = pipeline.store_reload_report(&ReloadReport { lock_hash, outcome }) {
            tracing::error!("what became of plugins.lock cannot be stored: {error}");
        }
    }

    /// Has a configuration run if it is another than the current one. Gives the outcome that is not
    /// stored yet.
    fn follow(
        &mut self,
        pipeline: &mut Pipeline,
        next: Configuration,
        lock_hash: &str,
    ) -> Result<Option<ReloadOutcome>, ReloadError> {
        let current = pipeline.configuration();
        let known = current.plugins.broken_messages();
        let problems = next.plugins.broken_messages().into_iter();
        problems.filter(|problem| !known.contains(problem)).for_each(|problem| {
            tracing::error!("{problem}");
        });
        if storage_layout(&next.shop) != storage_layout(&current.shop) {
            tracing::info!(
                "the shop has other locales, fallbacks, channels or picture hosts now, and is opened again"
            );
            self.reopen.send_replace(true);
            return Ok(None);
        }
        if next.fingerprint == current.fingerprint {
            if next.shop != current.shop {
                pipeline.replace_configuration(Arc::new(next))?;
                tracing::info!("the configuration changed: no product is concerned");
            }
            return Ok(Some(ReloadOutcome::Followed));
        }
        match self.adopt_configuration(pipeline, &current, &Arc::new(next), lock_hash)? {
            Adoption::Released(release) => {
                log_adoption(pipeline, &format!("release {}", release.number));
            }
            Adoption::Unchanged => log_adoption(pipeline, "no product changed"),
            Adoption::Refused(rejected) => {
                // The file that this writes is the next to be followed. It is there before the outcome is.
                self.reject_upgrade(&current, &rejected)?;
                let reason = format!("{}: {}", rejected.name, rejected.reason);
                return Ok(Some(ReloadOutcome::Refused { reason }));
            }
        }
        Ok(None)
    }

    /// Tries the plugins that are new on a sample, and then on the whole catalogue, which releases
    /// what they make of it.
    fn adopt_configuration(
        &mut self,
        pipeline: &mut Pipeline,
        current: &Configuration,
        next: &Arc<Configuration>,
        lock_hash: &str,
    ) -> Result<Adoption<RejectedUpgrade>, ReloadError> {
        let upgraded = find_upgraded_plugins(current, next);
        for name in &upgraded {
            if let Some(rejected) = run_shadow_sample(pipeline, name, current, next)? {
                return Ok(Adoption::Refused(rejected));
            }
        }
        let most = next.settings.upgrade.failures;
        let accept = || {
            let check = |name| {
                let counts = next.plugins.plugin_counts(name).unwrap_or_default();
                check_failure_rate(name, &counts, most, "of the catalogue")
            };
            upgraded.iter().try_for_each(check)
        };
        pipeline.on_progress(progress_log::log_render_progress());
        let adoption =
            pipeline.adopt_configuration(Arc::clone(next), lock_hash, Moment::now(), accept)?;
        if !matches!(adoption, Adoption::Refused(_)) {
            let counts = |name: PluginName| {
                let counts = next.plugins.plugin_counts(&name).unwrap_or_default();
                (name, counts)
            };
            self.upgrades_on_probation.extend(upgraded.into_iter().map(counts));
        }
        Ok(adoption)
    }

    /// Looks at how the new versions did in the drop before, and takes back those that fail on too many.
    pub(super) fn check_upgrades(&mut self, pipeline: &mut Pipeline) {
        let current = pipeline.configuration();
        let most = current.settings.upgrade.failures;
        let mut rejected = Vec::new();
        self.upgrades_on_probation.retain(|name, before| {
            let Some(counts) = current.plugins.plugin_counts(name) else { return false };
            let counts = counts.difference_since(before);
            match check_failure_rate(name, &counts, most, "since it took over") {
                Err(found) => rejected.push(found),
                Ok(()) => return counts.products < PROBATION_PRODUCTS,
            }
            false
        });
        for upgrade in &rejected {
            if let Err(error) = self.reject_upgrade(&current, upgrade) {
                tracing::error!("{error}");
            }
        }
        if !rejected.is_empty() {
            self.reload_if_changed(pipeline);
        }
    }

    /// Has the version before run again, and keeps why.
    fn reject_upgrade(
        &self,
        current: &Configuration,
        rejected: &RejectedUpgrade,
    ) -> Result<(), ReloadError> {
        tracing::error!("{} is taken back: {}", rejected.name, rejected.reason);
        let at = Moment::now().to_text(&current.shop.zone);
        PluginLock::update_file(&self.folder.plugins_lock_file(), |lock| {
            lock.reject_version(&rejected.name, at, rejected.reason.clone());
        })?;
        Ok(())
    }
}

/// Looks at the files that decide which plugins run.
pub(super) fn read_file_stamps(folder: &ShopFolder, auto_enable: bool) -> FileStamps {
    let in_folder = std::fs::read_dir(folder.plugins_folder()).into_iter().flatten();
    let files = in_folder.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| {
        let ending = path.extension().unwrap_or_default();
        ending == "toml" || ending == "wasm" && auto_enable
    });
    let in_channels = std::fs::read_dir(folder.channels_folder()).into_iter().flatten();
    let channels = in_channels
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let [shop, model] = ["shop.toml", "model.toml"].map(|name| folder.root().join(name));
    let files = files.chain(channels);
    let files =
        files.chain([shop, model, folder.plugins_lock_file(), folder.plugins_settings_file()]);
    let mut stamp: FileStamps = files
        .filter_map(|path| {
            let metadata = std::fs::metadata(&path).ok()?;
            Some((path, metadata.len(), metadata.modified().ok()))
        })
        .collect();
    stamp.sort();
    stamp
}

/// Reads files that nobody is writing: they are the same for a while before, and the same afterwards.
fn read_settled<S: PartialEq, T>(look: impl Fn() -> S, read: impl Fn() -> T) -> T {
    let began = Instant::now();
    let mut seen = look();
    loop {
        std::thread::sleep(QUIET_FILES);
        let now = look();
        let is_late = began.elapsed() > SETTLING_PATIENCE;
        if now != seen && !is_late {
            seen = now;
            continue;
        }
        let result = read();
        seen = look();
        if is_late || seen == now {
            return result;
        }
    }
}

/// Plugins whose file is another, or that are new.
fn find_upgraded_plugins(current: &Configuration, next: &Configuration) -> Vec<PluginName> {
    let is_new = |name: &PluginName, digest: ContentHash| {
        current.plugins.find_plugin(name).is_none_or(|plugin| plugin.digest() != digest)
    };
    let plugins = next.plugins.plugins().iter();
    let new = plugins.filter(|plugin| is_new(plugin.name(), plugin.digest()));
    new.map(|plugin| plugin.name().clone()).collect()
}

/// Tries a plugin on a sample of the catalogue; gives why it is not fit to run.
fn run_shadow_sample(
    pipeline: &Pipeline,
    name: &PluginName,
    current: &Configuration,
    next: &Configuration,
) -> Result<Option<RejectedUpgrade>, ReloadError> {
    let upgrade = next.settings.upgrade;
    let reader = pipeline.reader();
    let ids =
        shadow::sample_products(reader, upgrade.sample.max(1)).map_err(PipelineError::from)?;
    // What is only tried does not count as done.
    let (running, candidate) =
        (current.plugins.with_fresh_counters().into(), next.plugins.with_fresh_counters().into());
    let before = ShadowSide { shop: &current.shop, enrichers: &running };
    let after = ShadowSide { shop: &next.shop, enrichers: &candidate };
    let difference = shadow::compare_plugins(reader, name, before, after, &ids, |_| ())
        .map_err(PipelineError::from)?;
    let counts = candidate.plugin_counts(name).unwrap_or_default();
    let checked = check_failure_rate(name, &counts, upgrade.failures, "of a sample");
    Ok(checked.err().map(|mut rejected| {
        if let Some(failure) = difference.failures.first() {
            rejected.reason = format!("{}; {}: {}", rejected.reason, failure.sku, failure.reason);
        }
        rejected
    }))
}

fn log_adoption(pipeline: &Pipeline, outcome: &str) {
    let current = pipeline.configuration();
    let plugins = current.plugins.all_plugins();
    let names = plugins.map(|plugin| format!("{} {}", plugin.name(), plugin.manifest().version));
    tracing::info!(
        "the configuration changed: {outcome}; the plugins that run now: {}",
        names.collect::<Vec<_>>().join(", ")
    );
}

/// Enables what lies in `plugins/`, unless it is enabled already or did not do.
fn enable_new_plugins(folder: &ShopFolder, runtime: &PluginRuntime) -> Result<(), ReloadError> {
    let lock = PluginLock::load_file(&folder.plugins_lock_file())?;
    let known: BTreeSet<ContentHash> = lock
        .plugins
        .values()
        .flat_map(|entry| {
            let refused = entry.refused.iter().map(|refusal| refusal.digest);
            entry.runs.iter().map(|pin| pin.digest).chain(refused)
        })
        .collect();
    let catalog = PluginCatalog::new(folder, &rikaste_bundled::PLUGINS);
    for path in catalog.list_files()? {
        let candidate = catalog.inspect_file(runtime, &path)?;
        match &candidate.component {
            Ok(_) if known.contains(&candidate.digest) => {}
            Ok(_) => drop(catalog.enable_file(candidate)?),
            Err(error) => tracing::error!("{}: {error}", path.display()),
        }
    }
    Ok(())
}

/// Whether a plugin failed on few enough.
fn check_failure_rate(
    name: &PluginName,
    counts: &PluginCounts,
    most: u64,
    of: &str,
) -> Result<(), RejectedUpgrade> {
    if counts.nondeterministic_count() > 0 {
        let reason = "it makes something else of a product alone than after others".to_owned();
        return Err(RejectedUpgrade { name: name.clone(), reason });
    }
    let (failed, products) = (counts.total_failures(), counts.products);
    if failed == 0
        || failed * 100 <= most * products
        || products < MIN_PRODUCTS_TO_JUDGE && failed < products
    {
        return Ok(());
    }
    let reason = format!("it failed on {failed} of {products} products {of}; {most} % are allowed");
    Err(RejectedUpgrade { name: name.clone(), reason })
}

/// What store and index are laid out by, and what threads are started with: it is not changed while the shop is open.
#[derive(PartialEq)]
struct StorageLayout<'s> {
    locales: &'s [Locale],
    channels: Vec<(&'s ChannelCode, &'s [LocaleChain])>,
    remote_photos: &'s RemotePhotoSettings,
}

fn storage_layout(shop: &Shop) -> StorageLayout<'_> {
    let channels = shop.channels.iter().map(|channel| (&channel.code, &*channel.locales)).collect();
    StorageLayout { locales: &shop.locales, channels, remote_photos: &shop.remote_photos }
}

/// What tells one state of `plugins.lock` from another.
#[must_use]
pub fn hash_lock_file(folder: &ShopFolder) -> String {
    ContentHash::hash_bytes(&std::fs::read(folder.plugins_lock_file()).unwrap_or_default())
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::read_settled;
    use std::cell::Cell;

    /// What is read, as the number of the look that it comes after, when the files look like this.
    fn read_after(stamps: &[u32]) -> usize {
        let looks = Cell::new(0);
        let look = || {
            let stamp = stamps[looks.get()];
            looks.set(looks.get() + 1);
            stamp
        };
        read_settled(look, || looks.get())
    }

    #[test]
    fn files_that_are_being_written_are_not_read() {
        assert_eq!(read_after(&[1, 1, 1]), 2);
        assert_eq!(read_after(&[1, 2, 3, 3, 3]), 4);
        // They changed while they were read.
        assert_eq!(read_after(&[1, 1, 2, 2, 2]), 4);
    }
}
