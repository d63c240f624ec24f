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
use rikaste_model::product::ContentHash;
use rikaste_model::shop::Shop;

use super::progress_log;
use crate::open::{CONFIGURATION_SETTING, OpenError, ShopConfiguration};
use rikaste_http::ApiServer;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{Pipeline, PipelineError};
use rikaste_runtime::enrich::EnricherSet;
use rikaste_runtime::shadow::{self, ShadowSide};
use rikaste_runtime::{
    LockError, PluginCatalog, PluginCatalogError, PluginCounts, PluginLock, PluginRuntime,
    PluginSettings,
};
use rikaste_store::asset_folder::AssetFolder;

/// The setting that says which state of `plugins.lock` the shop followed last.
pub const FOLLOWED_LOCK_SETTING: &str = "plugins.lock";

/// Products after which a new version is no longer watched.
const PROBATION_PRODUCTS: u64 = 10_000;
/// Products before which nothing is said about how many it fails on.
const MIN_PRODUCTS_TO_JUDGE: u64 = 20;

/// The plugins of a running shop.
pub(super) struct PluginReloader {
    pub(super) folder: ShopFolder,
    pub(super) runtime: PluginRuntime,
    pub(super) assets: AssetFolder,
    pub(super) interface: Arc<ApiServer>,
    pub(super) shop: Arc<Shop>,
    pub(super) enrichers: Arc<EnricherSet>,
    pub(super) fingerprint: String,
    pub(super) settings: PluginSettings,
    /// Whether files in `plugins/` are enabled as they come.
    pub(super) auto_enable: bool,
    /// The files as they were looked at last.
    pub(super) last_stamps: Option<FileStamps>,
    /// What is being loaded.
    pub(super) loading: Option<Receiver<Result<LoadedConfiguration, ReloadError>>>,
    /// Says that something was loaded.
    pub(super) wake: Arc<dyn Fn() + Send + Sync>,
    /// New versions that are watched, with what they had done when they took over.
    pub(super) upgrades_on_probation: BTreeMap<PluginName, PluginCounts>,
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
    #[error("the shop has other locales or channels now; stop it and start it again")]
    StorageLayoutChanged,
}

/// What is to run, loaded.
pub(super) struct LoadedConfiguration {
    configuration: ShopConfiguration,
    /// The state of `plugins.lock` that it comes from.
    lock_hash: String,
}

/// A plugin that does not do, and why.
struct RejectedUpgrade {
    name: PluginName,
    reason: String,
}

impl PluginReloader {
    /// Looks whether something else is to run, and has it run when it is loaded. What goes wrong is told, and
    /// what ran goes on. Says whether other plugins read files now.
    pub(super) fn reload_if_changed(&mut self, line: &mut Pipeline) -> bool {
        let before = Arc::clone(&self.enrichers);
        match self.loading.as_ref().map(Receiver::try_recv) {
            Some(Err(TryRecvError::Empty)) => return false,
            Some(Err(TryRecvError::Disconnected)) => self.loading = None,
            Some(Ok(loaded)) => {
                self.loading = None;
                self.finish_loading(line, loaded);
            }
            None => {}
        }
        let stamp = self.read_file_stamps();
        if self.last_stamps.as_ref() != Some(&stamp) {
            self.last_stamps = Some(stamp);
            self.start_loading();
        }
        !self.enrichers.has_same_importers(&before)
    }

    /// Begins to load what is to run.
    fn start_loading(&mut self) {
        let (send, receive) = crossbeam_channel::bounded(1);
        let (folder, runtime) = (self.folder.clone(), self.runtime.clone());
        let (assets, running) =
            (self.assets.clone(), self.enrichers.all_plugins().cloned().collect::<Vec<_>>());
        let (auto_enable, wake) = (self.auto_enable, Arc::clone(&self.wake));
        let work = move || {
            let load = || {
                if auto_enable {
                    enable_new_plugins(&folder, &runtime)?;
                }
                let lock = hash_lock_file(&folder);
                let next =
                    ShopConfiguration::load_from_folder(&folder, &runtime, &assets, &running)?;
                Ok(LoadedConfiguration { configuration: next, lock_hash: lock })
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

    fn finish_loading(
        &mut self,
        line: &mut Pipeline,
        loaded: Result<LoadedConfiguration, ReloadError>,
    ) {
        let done = loaded.and_then(|loaded| {
            let known = self.enrichers.broken_messages();
            let problems = loaded.configuration.enrichers.broken_messages().into_iter();
            problems.filter(|problem| !known.contains(problem)).for_each(|problem| {
                tracing::error!("{problem}");
            });
            if storage_layout(&loaded.configuration.shop) != storage_layout(&self.shop) {
                return Err(ReloadError::StorageLayoutChanged);
            }
            let lock = loaded.lock_hash.clone();
            if loaded.configuration.fingerprint != self.fingerprint
                && let Err(unfit) = self.adopt_configuration(line, loaded)?
            {
                // The file that this writes is the next to be followed.
                return self.reject_upgrade(&unfit);
            }
            Ok(line.store_setting(FOLLOWED_LOCK_SETTING, &lock)?)
        });
        if let Err(error) = done {
            tracing::error!("the shop goes on as it was configured before: {error}");
        }
    }

    /// Has other plugins run, unless one of them does not do.
    fn adopt_configuration(
        &mut self,
        line: &mut Pipeline,
        loaded: LoadedConfiguration,
    ) -> Result<Result<(), RejectedUpgrade>, ReloadError> {
        let next = loaded.configuration;
        let upgraded = self.find_upgraded_plugins(&next.enrichers);
        for name in &upgraded {
            if let Err(unfit) = self.run_shadow_sample(line, name, &next)? {
                return Ok(Err(unfit));
            }
        }
        let most = next.settings.upgrade.failures;
        let accept = || {
            for name in &upgraded {
                let counts = next.enrichers.plugin_counts(name).unwrap_or_default();
                check_failure_rate(name, &counts, most, "of the catalogue")?;
            }
            Ok(())
        };
        line.on_progress(progress_log::log_render_progress());
        let adopted =
            line.adopt_plugins(Arc::clone(&next.shop), &next.enrichers, Moment::now(), accept)?;
        let release = match adopted {
            Ok(release) => release,
            Err(unfit) => return Ok(Err(unfit)),
        };
        self.interface.replace_plugins(Arc::clone(&next.shop), Arc::clone(&next.enrichers));
        if let Some(release) = &release {
            line.publish_release(release)?;
        }
        for name in &upgraded {
            self.upgrades_on_probation
                .insert(name.clone(), next.enrichers.plugin_counts(name).unwrap_or_default());
        }
        let ShopConfiguration { shop, enrichers, settings, fingerprint } = next;
        (self.shop, self.enrichers) = (shop, enrichers);
        (self.settings, self.fingerprint) = (settings, fingerprint);
        line.store_setting(CONFIGURATION_SETTING, &self.fingerprint)?;
        let names: Vec<_> = self
            .enrichers
            .all_plugins()
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
    fn find_upgraded_plugins(&self, next: &EnricherSet) -> Vec<PluginName> {
        let is_new = |name: &PluginName, digest: ContentHash| {
            self.enrichers.find_plugin(name).is_none_or(|plugin| plugin.digest() != digest)
        };
        let plugins = next.plugins().iter();
        let new = plugins.filter(|plugin| is_new(plugin.name(), plugin.digest()));
        new.map(|plugin| plugin.name().clone()).collect()
    }

    fn run_shadow_sample(
        &self,
        line: &Pipeline,
        name: &PluginName,
        next: &ShopConfiguration,
    ) -> Result<Result<(), RejectedUpgrade>, ReloadError> {
        let upgrade = next.settings.upgrade;
        let reader = line.reader();
        let ids =
            shadow::sample_products(reader, upgrade.sample.max(1)).map_err(PipelineError::from)?;
        // What is only tried does not count as done.
        let (running, trial) = (
            self.enrichers.with_fresh_counters().into(),
            next.enrichers.with_fresh_counters().into(),
        );
        let before = ShadowSide { shop: &self.shop, enrichers: &running };
        let after = ShadowSide { shop: &next.shop, enrichers: &trial };
        let difference = shadow::compare_plugins(reader, name, before, after, &ids, |_| ())
            .map_err(PipelineError::from)?;
        let counts = trial.plugin_counts(name).unwrap_or_default();
        let told = check_failure_rate(name, &counts, upgrade.failures, "of a sample");
        let reason = difference.failures.first();
        Ok(told.map_err(|unfit| RejectedUpgrade {
            reason: reason.map_or(unfit.reason.clone(), |failure| {
                format!("{}; {}: {}", unfit.reason, failure.sku, failure.reason)
            }),
            ..unfit
        }))
    }

    /// Looks at how the new versions did in the drop before, and takes back what does not do.
    pub(super) fn check_upgrades(&mut self, line: &mut Pipeline) {
        let most = self.settings.upgrade.failures;
        let mut unfit = Vec::new();
        let enrichers = &self.enrichers;
        self.upgrades_on_probation.retain(|name, before| {
            let Some(counts) = enrichers.plugin_counts(name) else { return false };
            let counts = counts.difference_since(before);
            match check_failure_rate(name, &counts, most, "since it took over") {
                Err(found) => unfit.push(found),
                Ok(()) => return counts.products < PROBATION_PRODUCTS,
            }
            false
        });
        for unfit in &unfit {
            if let Err(error) = self.reject_upgrade(unfit) {
                tracing::error!("{error}");
            }
        }
        if !unfit.is_empty() {
            self.reload_if_changed(line);
        }
    }

    /// Has the version before run again, and keeps why.
    fn reject_upgrade(&self, unfit: &RejectedUpgrade) -> Result<(), ReloadError> {
        tracing::error!("{} is taken back: {}", unfit.name, unfit.reason);
        let at = Moment::now().to_text(&self.shop.zone);
        PluginLock::update_file(&self.folder.plugins_lock_file(), |lock| {
            lock.reject_version(&unfit.name, at, unfit.reason.clone());
        })?;
        Ok(())
    }

    fn read_file_stamps(&self) -> FileStamps {
        let in_folder = std::fs::read_dir(self.folder.plugins_folder()).into_iter().flatten();
        let files = in_folder.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| {
            let ending = path.extension().unwrap_or_default();
            ending == "toml" || ending == "wasm" && self.auto_enable
        });
        let model = self.folder.root().join("model.toml");
        let files = files.chain([
            model,
            self.folder.plugins_lock_file(),
            self.folder.plugins_settings_file(),
        ]);
        let mut stamp: FileStamps = files
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
    let library = PluginCatalog::new(folder, &rikaste_bundled::PLUGINS);
    for path in library.list_files()? {
        let candidate = library.inspect_file(runtime, &path)?;
        match &candidate.component {
            Ok(_) if known.contains(&candidate.digest) => {}
            Ok(_) => drop(library.enable_file(runtime, &path)?),
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

/// What store and index are laid out by: it is not changed while they are open.
fn storage_layout(shop: &Shop) -> (&[Locale], Vec<&ChannelCode>) {
    (&shop.locales, shop.channels.iter().map(|channel| &channel.code).collect())
}

/// What tells one state of `plugins.lock` from another.
#[must_use]
pub fn hash_lock_file(folder: &ShopFolder) -> String {
    ContentHash::hash_bytes(&std::fs::read(folder.plugins_lock_file()).unwrap_or_default())
        .to_string()
}
