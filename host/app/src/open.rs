//! Opening a shop: its configuration, plugins, store, index and pipeline.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_model::moment::Moment;
use rikaste_model::release::{Release, ReleaseNumber};
use rikaste_model::shop::{Shop, ShopError};
use rikaste_search::{SearchError, SearchIndex, SearchOptions};
use rikaste_store::{Store, StoreError};

use rikaste_import::{MappingError, MappingSet};
use rikaste_media::encode::ENCODER_REVISION;
use rikaste_media::renditions::{RenditionService, RenditionStore};
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{Pipeline, PipelineError};
use rikaste_runtime::enrich::EnricherSet;
use rikaste_runtime::{
    self, Configuration, ConfigurationFingerprint, EngineError, LockError, Plugin, PluginCatalog,
    PluginLock, PluginRuntime, PluginSettings, SettingsError,
};
use rikaste_store::asset_folder::AssetFolder;

/// A shop that is open in this process, and in no other.
pub struct OpenShop {
    /// Where it is.
    pub folder: ShopFolder,
    /// Its store.
    pub store: Store,
    /// Its photos.
    pub assets: AssetFolder,
    /// Its search index.
    pub index: SearchIndex,
    /// Its pipeline, which holds its configuration.
    pub pipeline: Pipeline,
    /// What runs plugins.
    pub runtime: PluginRuntime,
    /// What the operator should know: plugins that are left out, an index that was built anew.
    pub operator_notices: Vec<String>,
    _lock: File,
}

/// A shop that is only read: by a command, while it runs or while it does not.
pub struct ReadOnlyShop {
    /// Where it is.
    pub folder: ShopFolder,
    /// What it configured.
    pub configuration: Arc<Configuration>,
    /// Its store.
    pub store: Store,
    /// Its photos.
    pub assets: AssetFolder,
    /// Its search index, as it is now.
    pub index: SearchIndex,
}

impl ReadOnlyShop {
    /// Looks at the shop in a folder, and changes nothing.
    ///
    /// # Errors
    /// When the configuration is wrong, nothing was imported yet, or the machine fails.
    pub fn open_folder(root: &Path) -> Result<Self, OpenError> {
        let folder = ShopFolder::new(root);
        let runtime = PluginRuntime::new(&folder.code_cache_folder())?;
        let assets = AssetFolder::new(folder.assets_folder());
        let configuration = Arc::new(load_configuration(&folder, &runtime, &assets, &[])?);
        let store = Store::open_or_create(&folder.state_folder())?;
        let index = &folder.search_index_folder();
        let index = rikaste_search::open_index_to_read(index, &configuration.shop)?;
        Ok(Self { folder, configuration, store, assets, index })
    }

    /// Waits until search knows the release of the store: while a shop runs, it follows a moment
    /// later. Nobody brings it up to date in a shop that does not run, so that is not waited for.
    ///
    /// # Errors
    /// When the store or the index cannot be read.
    pub fn wait_for_search(&mut self, patience: Duration) -> Result<(), OpenError> {
        let reader = self.store.open_reader()?;
        let began = Instant::now();
        loop {
            let current = reader.load_current_release()?;
            let released = current.map_or(ReleaseNumber::default(), |release| release.number);
            if self.index.release() >= released
                || !is_running(&self.folder)
                || began.elapsed() > patience
            {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
            let folder = &self.folder.search_index_folder();
            self.index = rikaste_search::open_index_to_read(folder, &self.configuration.shop)?;
        }
    }
}

/// Why a shop cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its configuration.
    #[error(transparent)]
    Shop(#[from] ShopError),
    /// Its mappings.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// Its store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its index.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The machine does not run plugins.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Which plugins are to run is not known.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// Its pipeline.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// Another process has it.
    #[error("the shop in {} is open in another rikaste process; stop that one first, or drop files into its inbox: it takes them while it runs", path.display())]
    Running {
        /// The shop's folder.
        path: PathBuf,
    },
    /// A folder or file cannot be made.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: std::io::Error,
    },
}

impl OpenShop {
    /// Opens the shop in a folder. What changed in its configuration since the last time becomes a
    /// release; an index that lags behind or is damaged is brought up to date. `on_release` is
    /// called with every release that is made.
    ///
    /// # Errors
    /// When the configuration is wrong, another process has the shop, or the machine fails.
    pub fn open_folder(
        root: &Path,
        on_release: impl FnMut(&Release) + Send + 'static,
    ) -> Result<Self, OpenError> {
        let folder = ShopFolder::new(root);
        let lock = acquire_lock(&folder)?;
        let runtime = PluginRuntime::new(&folder.code_cache_folder())?;
        let assets = AssetFolder::new(folder.assets_folder());
        let configuration = load_configuration(&folder, &runtime, &assets, &[])?;
        let mappings = MappingSet::load_folder(root, &configuration.shop)?;
        let mut notices = configuration.plugins.broken_messages();
        notices.extend(mappings.list_mistakes().iter().map(ToString::to_string));
        notices.extend(mappings.renamed_key_warnings());
        let store = Store::open_or_create(&folder.state_folder())?;
        let opened = rikaste_search::open_index(
            &folder.search_index_folder(),
            &configuration.shop,
            SearchOptions::default(),
        )?;
        let index = opened.index;
        let renditions = RenditionStore::new(folder.renditions_folder());
        let renditions = RenditionService::new(renditions, assets.clone(), &[], []);
        let mut pipeline =
            Pipeline::new(&store, opened.writer, configuration, mappings, &renditions, on_release)?;
        if let Some(why) = opened
            .rebuild
            .filter(|_| pipeline.reader().load_current_release().is_ok_and(|r| r.is_some()))
        {
            notices.push(format!("{why}; it was built from the store"));
        }
        pipeline.catch_up_index(&index)?;
        if let Some(release) = pipeline.release_configuration_change(Moment::now())? {
            notices.push(format!(
                "the configuration or the plugins changed: release {} was made",
                release.number
            ));
        }
        Ok(Self {
            folder,
            store,
            assets,
            index,
            pipeline,
            operator_notices: notices,
            runtime,
            _lock: lock,
        })
    }
}

/// Reads a shop's configuration and loads its plugins. Of those that are `running`, the ones that
/// would be the same go on, and so does one that cannot be used any more.
///
/// # Errors
/// When the configuration is wrong.
pub fn load_configuration(
    folder: &ShopFolder,
    runtime: &PluginRuntime,
    assets: &AssetFolder,
    running: &[Arc<Plugin>],
) -> Result<Configuration, OpenError> {
    let lock = PluginLock::load_file(&folder.plugins_lock_file())?;
    let catalog = PluginCatalog::new(folder, &rikaste_bundled::PLUGINS);
    load_configuration_with_lock(runtime, assets, &catalog, &lock, running)
}

/// The same with another lock file than there is.
///
/// # Errors
/// When the configuration is wrong.
pub fn load_configuration_with_lock(
    runtime: &PluginRuntime,
    assets: &AssetFolder,
    catalog: &PluginCatalog<'_>,
    lock: &PluginLock,
    running: &[Arc<Plugin>],
) -> Result<Configuration, OpenError> {
    let folder = catalog.folder();
    let (mut shop, settings) = load_configuration_files(folder)?;
    let mut loaded = rikaste_runtime::load_enabled_plugins(
        runtime, catalog, lock, &settings, running, &mut shop,
    );
    let fingerprint = ConfigurationFingerprint::new(&shop, &loaded, ENCODER_REVISION).to_hash();
    loaded.keep_running(running, &settings, &mut shop);
    let plugins = Arc::new(EnricherSet::new(&loaded, Arc::new(assets.clone())));
    Ok(Configuration::new(Arc::new(shop), plugins, settings, fingerprint))
}

/// Reads what a shop's folder says. All that is wrong in any of the files is reported together.
fn load_configuration_files(folder: &ShopFolder) -> Result<(Shop, PluginSettings), OpenError> {
    let shop = Shop::load_from_folder(folder.root());
    let settings = PluginSettings::load_file(&folder.plugins_settings_file());
    let (mut mistakes, shop) = match (shop, settings) {
        (Ok(shop), Ok(settings)) => return Ok((shop, settings)),
        (Err(error @ ShopError::NoShop { .. }), _) => return Err(error.into()),
        (Ok(shop), Err(SettingsError::Mistakes(mistakes))) => (mistakes, Some(Box::new(shop))),
        (Err(ShopError::Mistakes { mut mistakes, partial }), settings) => {
            if let Err(SettingsError::Mistakes(more)) = settings {
                mistakes.extend(more);
            }
            (mistakes, partial)
        }
    };
    if let Some(shop) = shop {
        mistakes.extend(MappingSet::load_folder(folder.root(), &shop)?.list_mistakes());
    }
    Err(ShopError::Mistakes { mistakes, partial: None }.into())
}

/// Whether a process has the shop open.
#[must_use]
pub fn is_running(folder: &ShopFolder) -> bool {
    let file = File::open(folder.state_folder().join("lock"));
    file.is_ok_and(|file| matches!(file.try_lock(), Err(std::fs::TryLockError::WouldBlock)))
}

/// Holds the shop for this process until the file is closed, which a kill does, too.
fn acquire_lock(folder: &ShopFolder) -> Result<File, OpenError> {
    let state = folder.state_folder();
    let failed = |path: &Path| {
        let path = path.to_owned();
        |source| OpenError::File { path, source }
    };
    std::fs::create_dir_all(&state).map_err(failed(&state))?;
    let path = state.join("lock");
    let file = File::create(&path).map_err(failed(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => {
            Err(OpenError::Running { path: folder.root().to_owned() })
        }
        Err(std::fs::TryLockError::Error(source)) => Err(OpenError::File { path, source }),
    }
}
