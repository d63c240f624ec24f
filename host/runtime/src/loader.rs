//! Loading the plugins that are to run, each with the configuration of its name.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rikaste_model::code::PluginName;
use rikaste_model::product::ContentHash;
use rikaste_model::shop::{AttributeConflict, Shop, find_nearest_name};
use smol_str::SmolStr;

use super::component::{LoadError, Plugin, PluginComponent};
use super::engine::PluginRuntime;
use super::limits;
use super::lock::PluginLock;
use super::manifest::World;
use super::plugin_catalog::{EnabledPlugin, PluginCatalog};
use super::run_order::{self, OrderError};
use super::schema::LocatedViolation;
use super::settings::{PluginPolicy, PluginSettings};

/// The plugin that comes with the program and decodes photos.
const BUNDLED_IMAGE_PLUGIN: &str = "images";

/// The plugins that run, in their order, and those that cannot.
#[derive(Debug, Default)]
pub struct LoadedPlugins {
    /// Those that enrich products, in the order in which they run.
    pub enrichers: Vec<Arc<Plugin>>,
    /// Those that read files, by name.
    pub importers: Vec<Arc<Plugin>>,
    /// Those that decode photos, in the order in which they are tried.
    pub image_processors: Vec<Arc<Plugin>>,
    /// What their makers or the operator have to look at.
    pub broken: Vec<BrokenPlugin>,
}

/// A plugin, or a file about one, that cannot be used.
#[derive(Debug)]
pub struct BrokenPlugin {
    /// The plugin's name; of a file that does not say, the file's.
    pub name: String,
    /// Its version, when it got as far as saying it.
    pub version: Option<SmolStr>,
    /// The file, unless the plugin came with the program.
    pub path: Option<PathBuf>,
    /// What is wrong with it.
    pub problem: PluginProblem,
}

/// Why a plugin is left out.
#[derive(Debug, thiserror::Error)]
pub enum PluginProblem {
    /// A file cannot be read.
    #[error("it cannot be read: {0}")]
    Read(#[from] io::Error),
    /// It is no plugin for this host, or does not take its configuration.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Its configuration is not TOML.
    #[error("{}: {source}", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// Its configuration is not what the plugin's schema says.
    #[error("{}", format_violations(path, wrong))]
    Schema {
        /// The file, or where it should be.
        path: PathBuf,
        /// What is wrong.
        wrong: Vec<LocatedViolation>,
    },
    /// Its configuration is not what the plugin takes.
    #[error("{}: {message}", path.display())]
    Config {
        /// The file, or where it should be.
        path: PathBuf,
        /// The key and what it should be, as the plugin says.
        message: String,
    },
    /// It cannot run beside the others.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// The shop has an attribute of that name that is something else.
    #[error(transparent)]
    Attribute(#[from] AttributeConflict),
    /// There is a configuration and no plugin.
    #[error("there is no plugin of this name{}", hint.as_ref().map(|hint| format!("; there is {hint}")).unwrap_or_default())]
    NoPlugin {
        /// The one that may have been meant.
        hint: Option<String>,
    },
    /// It is enabled and not there.
    #[error(
        "it is enabled and its file is gone; put the file with the hash {digest} back into plugins/, or enable another with `rikaste plugin enable`"
    )]
    FileMissing {
        /// The hash of its file.
        digest: ContentHash,
    },
    /// There are more than there is room for.
    #[error("there are more than {} plugins", limits::PLUGINS)]
    TooMany,
}

fn format_violations(path: &Path, wrong: &[LocatedViolation]) -> String {
    let one = |LocatedViolation { line, violation }: &LocatedViolation| match line {
        Some(line) => format!("{}:{line}: {violation}", path.display()),
        None => format!("{}: {violation}", path.display()),
    };
    wrong.iter().map(one).collect::<Vec<_>>().join("; ")
}

impl std::fmt::Display for BrokenPlugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the plugin {}", self.name)?;
        self.version.as_ref().map_or(Ok(()), |version| write!(f, " {version}"))?;
        write!(f, " is left out: {}", self.problem)?;
        self.path.as_ref().map_or(Ok(()), |path| write!(f, " ({})", path.display()))
    }
}

/// Loads the plugins that a shop has enabled, those that come with the program among them, and adds
/// to the shop the attributes that they write. Those that are loaded already and would be the same
/// go on as they are.
///
/// One that cannot be used is left out and reported; the others run.
#[must_use]
pub fn load_enabled_plugins(
    runtime: &PluginRuntime,
    catalog: &PluginCatalog<'_>,
    lock: &PluginLock,
    settings: &PluginSettings,
    loaded: &[Arc<Plugin>],
    shop: &mut Shop,
) -> LoadedPlugins {
    let (chosen, mut missing) = catalog.enabled_plugins(lock);
    let folder = catalog.folder().plugins_folder();
    let loader = PluginLoader {
        runtime,
        folder: &folder,
        settings,
        already_loaded: loaded,
        extra_component: catalog.extra_component(),
        loaded: LoadedPlugins::default(),
    };
    let mut loaded = loader.load_all(chosen, shop);
    // Those have their configurations, too.
    let is_missing = |name: &str| missing.iter().any(|broken| broken.name == name);
    let is_off = |name: &str| {
        PluginName::new(name)
            .ok()
            .and_then(|name| lock.find_entry(&name))
            .is_some_and(|e| e.disabled)
    };
    loaded.broken.retain(|broken| {
        !matches!(broken.problem, PluginProblem::NoPlugin { .. })
            || !(is_missing(&broken.name) || is_off(&broken.name))
    });
    loaded.broken.append(&mut missing);
    loaded
}

/// Loads plugins, each with the configuration of its name in the folder.
#[must_use]
pub fn load_plugins(
    runtime: &PluginRuntime,
    chosen: Vec<EnabledPlugin>,
    folder: &Path,
    settings: &PluginSettings,
    shop: &mut Shop,
) -> LoadedPlugins {
    PluginLoader {
        runtime,
        folder,
        settings,
        already_loaded: &[],
        extra_component: None,
        loaded: LoadedPlugins::default(),
    }
    .load_all(chosen, shop)
}

/// A plugin that takes longer to load is reported: whoever starts a shop sees how far it is.
const SLOW_LOAD: Duration = Duration::from_millis(500);

struct PluginLoader<'a> {
    runtime: &'a PluginRuntime,
    folder: &'a Path,
    settings: &'a PluginSettings,
    /// Those that are loaded already.
    already_loaded: &'a [Arc<Plugin>],
    /// One that is loaded and has no configuration yet.
    extra_component: Option<&'a PluginComponent>,
    loaded: LoadedPlugins,
}

type DescribedPlugins = BTreeMap<PluginName, (Option<PathBuf>, PluginComponent)>;

impl PluginLoader<'_> {
    fn load_all(mut self, chosen: Vec<EnabledPlugin>, shop: &mut Shop) -> LoadedPlugins {
        let mut described = self.describe_plugins(chosen);
        let mut configs = self.config_paths();
        let mut plugins: Vec<Arc<Plugin>> = Vec::new();
        while let Some((name, (path, plugin))) = described.pop_first() {
            let version = plugin.manifest().version.clone();
            match self.admit_plugin(plugin, configs.remove(name.as_str()), &plugins, shop) {
                Ok(plugin) => plugins.push(plugin),
                Err(problem) => {
                    self.add_broken(name.as_str(), path, problem);
                    self.set_broken_version(version);
                }
            }
        }
        for (name, path) in configs {
            let names = plugins.iter().map(|plugin| plugin.name().as_str());
            let hint = find_nearest_name(&name, names).map(str::to_owned);
            let excused = self.loaded.broken.iter().any(|broken| broken.name == name);
            if !excused {
                self.add_broken(&name, Some(path), PluginProblem::NoPlugin { hint });
            }
        }
        self.loaded.sort_plugins(plugins, self.settings);
        self.loaded
    }

    fn add_broken(&mut self, name: &str, path: Option<PathBuf>, problem: impl Into<PluginProblem>) {
        let (name, problem) = (name.to_owned(), problem.into());
        self.loaded.broken.push(BrokenPlugin { name, version: None, path, problem });
    }

    /// Says the version of the plugin that was found broken last.
    fn set_broken_version(&mut self, version: SmolStr) {
        if let Some(broken) = self.loaded.broken.last_mut() {
            broken.version = Some(version);
        }
    }

    fn describe_plugins(&mut self, chosen: Vec<EnabledPlugin>) -> DescribedPlugins {
        let mut described = DescribedPlugins::new();
        let count = chosen.len();
        for (index, EnabledPlugin { name, path, wasm }) in chosen.into_iter().enumerate() {
            let began = Instant::now();
            let digest = ContentHash::hash_bytes(&wasm);
            let running = self.already_loaded.iter().map(|plugin| plugin.component());
            let mut loaded = running.chain(self.extra_component);
            if let Some(component) = loaded.find(|component| component.digest() == digest) {
                described.insert(component.manifest().name.clone(), (path, component.clone()));
                continue;
            }
            let load = if path.is_none() {
                PluginComponent::load_bundled
            } else {
                PluginComponent::load_from_wasm
            };
            match load(self.runtime, &name, &wasm) {
                Ok(plugin) => {
                    described.insert(plugin.manifest().name.clone(), (path, plugin));
                }
                Err(error) => self.add_broken(&name, path, error),
            }
            // One that was compiled before takes milliseconds.
            if began.elapsed() >= SLOW_LOAD {
                let seconds = began.elapsed().as_secs_f32();
                tracing::info!(
                    "plugin {name} compiled in {seconds:.1} s, {} of {count}",
                    index + 1
                );
            }
        }
        described
    }

    fn config_paths(&mut self) -> BTreeMap<String, PathBuf> {
        self.files_with_extension("toml")
            .into_iter()
            .map(|path| (file_stem_text(&path), path))
            .collect()
    }

    /// Files of the folder with this ending, by name. A shop need not have the folder.
    fn files_with_extension(&mut self, ending: &str) -> Vec<PathBuf> {
        let entries = match fs::read_dir(self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                let folder = self.folder.to_owned();
                self.add_broken("plugins", Some(folder), error);
                return Vec::new();
            }
        };
        let mut files: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|e| e == ending))
            .collect();
        files.sort();
        files
    }

    fn admit_plugin(
        &self,
        described: PluginComponent,
        config: Option<PathBuf>,
        admitted: &[Arc<Plugin>],
        shop: &mut Shop,
    ) -> Result<Arc<Plugin>, PluginProblem> {
        if admitted.len() >= limits::PLUGINS {
            return Err(PluginProblem::TooMany);
        }
        let manifests: Vec<_> = admitted.iter().map(|plugin| plugin.manifest()).collect();
        let name = described.manifest().name.clone();
        let yields = run_order::find_ceded_attributes(
            described.manifest(),
            &manifests,
            &self.settings.attribute_winners,
        )?;
        let terms = PluginPolicy {
            limits: self.settings.limits_for(&name, &described.manifest().world),
            ceded_attributes: yields,
        };
        let toml = config.as_ref().map_or_else(|| Ok(String::new()), fs::read_to_string)?;
        let path = config.unwrap_or_else(|| self.folder.join(format!("{name}.toml")));
        let json = config_to_json(&toml, &path)?;
        let wrong = described.check_config(&json)?;
        if !wrong.is_empty() {
            let wrong =
                wrong.into_iter().map(|violation| violation.locate_in_toml(&toml)).collect();
            return Err(PluginProblem::Schema { path, wrong });
        }
        let config = json.to_string();
        let same = self.already_loaded.iter().find(|plugin| {
            plugin.digest() == described.digest()
                && plugin.config() == config
                && *plugin.policy() == terms
        });
        let plugin = match same {
            Some(plugin) => Arc::clone(plugin),
            None => {
                Arc::new(described.into_plugin(config, terms).map_err(|error| match error {
                    LoadError::Config(message) => PluginProblem::Config { path, message },
                    error => error.into(),
                })?)
            }
        };
        define_attributes(&plugin, shop)?;
        Ok(plugin)
    }
}

impl LoadedPlugins {
    /// Goes on with plugins that run already, where what is to take their place cannot be used.
    pub fn keep_running(
        &mut self,
        running: &[Arc<Plugin>],
        settings: &PluginSettings,
        shop: &mut Shop,
    ) {
        let mut plugins = std::mem::take(&mut self.enrichers);
        for plugin in running {
            let name = plugin.name();
            let is_lost = self.broken.iter().any(|broken| broken.name == name.as_str());
            if is_lost
                && self
                    .importers_and_processors()
                    .chain(&plugins)
                    .all(|loaded| loaded.name() != name)
                && define_attributes(plugin, shop).is_ok()
            {
                plugins.push(Arc::clone(plugin));
            }
        }
        self.sort_plugins(plugins, settings);
    }

    /// Those that enrich no products.
    pub fn importers_and_processors(&self) -> impl Iterator<Item = &Arc<Plugin>> {
        self.importers.iter().chain(&self.image_processors)
    }

    /// Leaves out those that wait for each other, so that the others have an order.
    fn sort_plugins(&mut self, mut plugins: Vec<Arc<Plugin>>, settings: &PluginSettings) {
        // These run when a file comes, by name.
        let world = |plugin: &mut Arc<Plugin>| plugin.manifest().world.clone();
        let is_importer = |plugin: &mut Arc<Plugin>| matches!(world(plugin), World::Importer(_));
        self.importers.extend(plugins.extract_if(.., is_importer));
        let decodes = |plugin: &mut Arc<Plugin>| matches!(world(plugin), World::ImageProcessor(_));
        self.image_processors.extend(plugins.extract_if(.., decodes));
        for plugins in [&mut self.importers, &mut self.image_processors] {
            plugins.sort_by(|one, other| one.name().cmp(other.name()));
        }
        // What a shop enabled beside it knows photos that it does not.
        self.image_processors.sort_by_key(|plugin| plugin.name().as_str() == BUNDLED_IMAGE_PLUGIN);
        loop {
            let manifests: Vec<_> = plugins.iter().map(|plugin| plugin.manifest()).collect();
            match run_order::sort_by_dependency(&manifests, settings) {
                Ok(order) => {
                    self.enrichers =
                        order.into_iter().map(|index| Arc::clone(&plugins[index])).collect();
                    return;
                }
                Err(error) => {
                    let OrderError::Cycle(names) = &error else { return };
                    for plugin in plugins.extract_if(.., |plugin| names.contains(plugin.name())) {
                        self.broken.push(BrokenPlugin {
                            name: plugin.name().as_str().to_owned(),
                            version: Some(plugin.manifest().version.clone()),
                            path: None,
                            problem: error.clone().into(),
                        });
                    }
                }
            }
        }
    }
}

/// All of what the plugin writes or nothing.
fn define_attributes(plugin: &Plugin, shop: &mut Shop) -> Result<(), AttributeConflict> {
    let before = shop.attributes.clone();
    let yields = &plugin.policy().ceded_attributes;
    let mut writes =
        plugin.manifest().writes.iter().filter(|write| !yields.contains(&write.attribute));
    let defined = writes.try_for_each(|write| {
        shop.define_attribute(write.attribute.clone(), write.to_attribute_definition(plugin.name()))
    });
    if defined.is_err() {
        shop.attributes = before;
    }
    defined
}

fn file_stem_text(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The configuration as the JSON that `configure` takes.
///
/// # Errors
/// When the file cannot be read or is no TOML.
pub fn read_config(path: &Path) -> Result<String, PluginProblem> {
    Ok(config_to_json(&fs::read_to_string(path)?, path)?.to_string())
}

fn config_to_json(text: &str, path: &Path) -> Result<serde_json::Value, PluginProblem> {
    let parsed: Result<toml::Table, _> = text.parse();
    let table = parsed
        .map_err(|error| PluginProblem::Toml { path: path.to_owned(), source: Box::new(error) })?;
    Ok(toml_to_json(toml::Value::Table(table)))
}

/// Dates become text: JSON has no others.
fn toml_to_json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(value) => value.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(toml_to_json).collect(),
        toml::Value::Table(table) => serde_json::Value::Object(
            table.into_iter().map(|(key, value)| (key, toml_to_json(value))).collect(),
        ),
    }
}

#[cfg(test)]
mod tests;
