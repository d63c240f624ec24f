//! Opening a shop: its configuration, plugins, store, index, and the line through them.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rikaste_model::moment::Moment;
use rikaste_model::release::Release;
use rikaste_model::shop::{Shop, ShopError};
use rikaste_search::{SearchError, SearchIndex, SearchOptions};
use rikaste_store::{Store, StoreError};

use rikaste_import::{MappingError, Mappings};
use rikaste_media::encode::ENCODING;
use rikaste_media::studio::{Shelf, Studio};
use rikaste_model::shop_folder::ShopFolder;
use rikaste_pipeline::{Line, LineError};
use rikaste_runtime::enrich::Enrichers;
use rikaste_runtime::shadow::Side;
use rikaste_runtime::{
    self, EngineError, Library, Lock, LockError, Plugin, Runtime, Settings, SettingsError,
};
use rikaste_store::asset_folder::Assets;

/// A shop that is open in this process, and in no other.
pub struct OpenShop {
    /// Where it is.
    pub folder: ShopFolder,
    /// What it configured, the attributes of its plugins included.
    pub shop: Arc<Shop>,
    /// Its store.
    pub store: Store,
    /// Its photos.
    pub assets: Assets,
    /// Its search index.
    pub index: SearchIndex,
    /// Its plugins.
    pub enrichers: Arc<Enrichers>,
    /// Its line.
    pub line: Line,
    /// What runs plugins.
    pub runtime: Runtime,
    /// What tells its configuration from another.
    pub fingerprint: String,
    /// What it says about its plugins.
    pub settings: Settings,
    /// What the operator should know: plugins that are left out, an index that was built anew.
    pub notes: Vec<String>,
    _lock: File,
}

/// A shop that is only read: by a command, while it runs or while it does not.
pub struct ReadShop {
    /// Where it is.
    pub folder: ShopFolder,
    /// What it configured.
    pub shop: Arc<Shop>,
    /// Its store.
    pub store: Store,
    /// Its photos.
    pub assets: Assets,
    /// Its search index, as it is now.
    pub index: SearchIndex,
    /// Its plugins.
    pub enrichers: Arc<Enrichers>,
}

impl ReadShop {
    /// Looks at the shop in a folder, and changes nothing.
    ///
    /// # Errors
    /// When the configuration is wrong, nothing was imported yet, or the machine fails.
    pub fn open(root: &Path) -> Result<Self, OpenError> {
        let folder = ShopFolder::new(root);
        let runtime = Runtime::new(&folder.cache())?;
        let assets = Assets::new(folder.assets());
        let Configured { shop, enrichers, .. } = Configured::load(&folder, &runtime, &assets, &[])?;
        let store = Store::open(&folder.state())?;
        let index = rikaste_search::open_to_read(&folder.index(), &shop)?;
        Ok(Self { shop, store, assets, index, enrichers, folder })
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
    /// What the shop says about its plugins.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// Its line.
    #[error(transparent)]
    Line(#[from] LineError),
    /// Another process has it.
    #[error("the shop in {} is open in another rikaste process; stop that one first, or drop files into its inbox: it takes them while it runs", path.display())]
    Running {
        /// Where.
        path: PathBuf,
    },
    /// A folder or file cannot be made.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl OpenShop {
    /// Opens the shop in a folder. What changed in its configuration since the last time becomes a
    /// release; an index that lags behind or is damaged is brought up to date. `on_release` is
    /// told of every release that is made.
    ///
    /// # Errors
    /// When the configuration is wrong, another process has the shop, or the machine fails.
    pub fn open(
        root: &Path,
        on_release: impl FnMut(&Release) + Send + 'static,
    ) -> Result<Self, OpenError> {
        let folder = ShopFolder::new(root);
        let lock = lock(&folder)?;
        let runtime = Runtime::new(&folder.cache())?;
        let assets = Assets::new(folder.assets());
        let Configured { shop, enrichers, fingerprint, settings } =
            Configured::load(&folder, &runtime, &assets, &[])?;
        let mappings = Mappings::load(root, &shop)?;
        let mut notes = enrichers.broken();
        notes.extend(mappings.broken().map(ToString::to_string));
        let store = Store::open(&folder.state())?;
        let opened = rikaste_search::open(&folder.index(), &shop, SearchOptions::default())?;
        let index = opened.index;
        let mut line = Line::new(
            &store,
            opened.writer,
            Arc::clone(&shop),
            mappings,
            studio(&folder, &assets, &shop, &enrichers),
            &enrichers,
            on_release,
        )?;
        if let Some(why) =
            opened.rebuild.filter(|_| line.reader().current().is_ok_and(|r| r.is_some()))
        {
            notes.push(format!("{why}; it was built from the store"));
        }
        line.catch_up_index(&index)?;
        let mut open = Self {
            folder,
            shop,
            store,
            assets,
            index,
            enrichers,
            line,
            notes,
            runtime,
            fingerprint,
            settings,
            _lock: lock,
        };
        open.follow_configuration()?;
        Ok(open)
    }

    /// Makes a release of what the configuration changed, if it is another than last time.
    fn follow_configuration(&mut self) -> Result<(), OpenError> {
        if self.line.reader().setting(CONFIGURATION)?.as_ref() == Some(&self.fingerprint) {
            return Ok(());
        }
        if let Some(release) = self.line.reconfigure(Moment::now())? {
            self.notes.push(format!(
                "the configuration or the plugins changed: release {} was made",
                release.number
            ));
        }
        self.line.set(CONFIGURATION, &self.fingerprint)?;
        Ok(())
    }
}

/// What develops a shop's photos.
fn studio(folder: &ShopFolder, assets: &Assets, shop: &Shop, enrichers: &Enrichers) -> Studio {
    let profiles = shop.channels.iter().map(|channel| channel.images.clone());
    Studio::new(Shelf::new(folder.renditions()), assets.clone(), enrichers.processors(), profiles)
}

/// The setting that says what the current release was made with.
pub const CONFIGURATION: &str = "configuration";

/// What a shop's configuration makes.
pub struct Configured {
    /// The shop, with the attributes of its plugins.
    pub shop: Arc<Shop>,
    /// Its plugins.
    pub enrichers: Arc<Enrichers>,
    /// What the shop says about its plugins.
    pub settings: Settings,
    /// What tells this configuration from another.
    pub fingerprint: String,
}

impl Configured {
    /// Reads a shop's configuration and loads its plugins. Of those that are `running`, the ones that
    /// would be the same go on, and so does one that cannot be used any more.
    ///
    /// # Errors
    /// When the configuration is wrong.
    pub fn load(
        folder: &ShopFolder,
        runtime: &Runtime,
        assets: &Assets,
        running: &[Arc<Plugin>],
    ) -> Result<Self, OpenError> {
        let lock = Lock::load(&folder.plugins_lock())?;
        let library = Library::new(folder, &rikaste_bundled::PLUGINS);
        Self::of(runtime, assets, &library, &lock, running)
    }

    /// The same with another lock file than there is.
    ///
    /// # Errors
    /// When the configuration is wrong.
    pub fn of(
        runtime: &Runtime,
        assets: &Assets,
        library: &Library<'_>,
        lock: &Lock,
        running: &[Arc<Plugin>],
    ) -> Result<Self, OpenError> {
        let folder = library.folder();
        let mut shop = Shop::load(folder.root())?;
        let settings = Settings::load(&folder.plugins_settings())?;
        let mut loaded =
            rikaste_runtime::load_enabled(runtime, library, lock, &settings, running, &mut shop);
        let fingerprint = fingerprint(&shop, &loaded);
        loaded.keep(running, &settings, &mut shop);
        let enrichers = Arc::new(Enrichers::new(&loaded, Arc::new(assets.clone())));
        Ok(Self { shop: Arc::new(shop), enrichers, settings, fingerprint })
    }
}

impl Configured {
    /// For a shadow run.
    #[must_use]
    pub fn side(&self) -> Side<'_> {
        Side { shop: &self.shop, enrichers: &self.enrichers }
    }
}

/// What tells one configuration from another: all that projections and plugins depend on.
fn fingerprint(shop: &Shop, loaded: &rikaste_runtime::Loaded) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.update(&ENCODING.to_le_bytes());
    // The derived form of every map in a shop is ordered, so the same shop prints the same.
    hasher.update(format!("{shop:?}").as_bytes());
    for plugin in loaded.plugins.iter().chain(loaded.rest()) {
        hasher.update(plugin.name().as_str().as_bytes());
        hasher.update(&plugin.digest().0);
        hasher.update(plugin.config().as_bytes());
    }
    for broken in &loaded.broken {
        hasher.update(broken.to_string().as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// Whether a process has the shop open.
#[must_use]
pub fn is_running(folder: &ShopFolder) -> bool {
    let file = File::open(folder.state().join("lock"));
    file.is_ok_and(|file| matches!(file.try_lock(), Err(std::fs::TryLockError::WouldBlock)))
}

/// Holds the shop for this process until the file is closed, which a kill does, too.
fn lock(folder: &ShopFolder) -> Result<File, OpenError> {
    let state = folder.state();
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
