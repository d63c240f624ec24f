//! From the bytes of a `.wasm` file to a plugin that is ready to run, or to words that say why not.

use std::sync::Arc;

use rikaste_model::code::PluginName;
use rikaste_model::product::ContentHash;
use smol_str::SmolStr;
use wasmtime::component::Component;

use super::compile::{CompileError, PluginCompiler};
use super::engine::PluginRuntime;
use super::host::{AssetReader, NoAssets};
use super::instance::{CallError, EnricherInstance, LinkedComponent, StartError};
use super::limits::{self, PluginLimits};
use super::manifest::{Manifest, ManifestError, World};
use super::metrics::PluginMetrics;
use super::schema::{ConfigSchema, ConfigViolation, SchemaError};
use super::settings::PluginPolicy;

/// The version of `wit/` that this host speaks.
pub const CONTRACT: &str = "0.1.0";

/// A plugin that is loaded and takes its configuration.
#[derive(Debug)]
pub struct Plugin {
    component: PluginComponent,
    config: String,
    policy: PluginPolicy,
    metrics: Arc<PluginMetrics>,
}

/// Why a file is no plugin for this host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// It is too large.
    #[error("it has {} MiB; at most {} MiB are allowed", .0 >> 20, limits::FILE_BYTES >> 20)]
    TooLarge(usize),
    /// It is no WebAssembly.
    #[error("it is not WebAssembly")]
    NotWasm,
    /// It is WebAssembly of the old kind.
    #[error(
        "it is a WebAssembly module and not a component; build it with `--target wasm32-wasip2`"
    )]
    CoreModule,
    /// It does not compile.
    #[error("it cannot be compiled: {0}")]
    Compile(String),
    /// It ends too early.
    #[error("it is not whole; was it still being written? Copy it again ({0})")]
    Truncated(String),
    /// It wants what plugins do not have.
    #[error("it imports {import}: {reason}")]
    Import {
        /// The name of the import.
        import: String,
        /// Why plugins do not have it.
        reason: &'static str,
    },
    /// It speaks another version of the contract.
    #[error(
        "it was built for version {found} of the plugin contract and this host speaks {CONTRACT}; rebuild it with the SDK of {CONTRACT}"
    )]
    Version {
        /// Its version.
        found: String,
    },
    /// It lacks a function.
    #[error(
        "it does not export `{0}`; a plugin implements the world `rikaste:plugin/enricher@{CONTRACT}`, `importer` or `image-processor`"
    )]
    MissingExport(&'static str),
    /// It has the right names with other types.
    #[error("it does not fit the contract {CONTRACT}: {0}")]
    Contract(String),
    /// It needs more than there is before it has begun.
    #[error("it needs {needs}; at most {limit} are allowed")]
    Resources {
        /// What it needs.
        needs: String,
        /// What there is.
        limit: String,
    },
    /// It needs more than there is of something that cannot be counted from outside.
    #[error("it needs more than there is room for; build it of fewer parts ({0})")]
    ExceedsPool(String),
    /// It says now this and now that.
    #[error(
        "{name} {version} does not describe itself twice in the same words; `describe` must answer with constants only"
    )]
    Nondeterministic {
        /// Its name, as it described itself first.
        name: PluginName,
        /// Its version, as it described itself first.
        version: SmolStr,
    },
    /// It does not say what it is.
    #[error("it cannot describe itself: {0}")]
    Describe(CallError),
    /// What it says of itself is wrong.
    #[error("its manifest is wrong: {0}")]
    Manifest(#[from] ManifestError),
    /// The schema of its configuration is none.
    #[error("the schema of its configuration is wrong: {0}")]
    Schema(#[from] SchemaError),
    /// It does not take its configuration.
    #[error("it does not take its configuration: {0}")]
    Config(String),
    /// It fails when it is given its configuration.
    #[error("it fails when it is configured: {0}")]
    Configure(CallError),
}

/// A component that described itself. Copies share what was compiled.
#[derive(Debug, Clone)]
pub struct PluginComponent {
    manifest: Arc<Manifest>,
    schema: Arc<ConfigSchema>,
    digest: ContentHash,
    runtime: PluginRuntime,
    linked_component: LinkedComponent,
}

impl PluginComponent {
    /// Compiles a plugin, or takes it from the cache, and asks it what it is.
    ///
    /// # Errors
    /// When it is none, or not one for this host.
    pub fn load_from_wasm(
        runtime: &PluginRuntime,
        file_name: &str,
        wasm: &[u8],
    ) -> Result<Self, LoadError> {
        Self::compile_and_describe(runtime, runtime.compiler(), file_name, wasm)
    }

    /// The same of a plugin that came with the program: what is compiled is trusted, so that it
    /// needs no process of its own.
    ///
    /// # Errors
    /// When it is none, or not one for this host.
    pub fn load_bundled(
        runtime: &PluginRuntime,
        name: &str,
        wasm: &[u8],
    ) -> Result<Self, LoadError> {
        Self::compile_and_describe(runtime, &PluginCompiler::InProcess, name, wasm)
    }

    fn compile_and_describe(
        runtime: &PluginRuntime,
        compiler: &PluginCompiler,
        file_name: &str,
        wasm: &[u8],
    ) -> Result<Self, LoadError> {
        check_header(wasm)?;
        let digest = ContentHash::hash_bytes(wasm);
        let component = runtime.cache().load_or_compile(runtime.engine(), compiler, &digest, wasm);
        let component = component.map_err(to_load_error)?;
        check_interface(runtime, &component)?;
        check_resources(&component)?;
        let pre = runtime.linker().instantiate_pre(&component);
        let pre = pre.map_err(|error| LoadError::Contract(format!("{error:#}")))?;
        let linked_component = LinkedComponent::new(runtime, pre)?;
        let name = PluginName::new(file_name)
            .or_else(|_| PluginName::new("unnamed"))
            .expect("a valid name");
        let manifest = Arc::new(read_stable_manifest(&linked_component, &name)?);
        let schema = Arc::new(ConfigSchema::parse_json(&manifest.config_schema)?);
        Ok(Self { manifest, schema, digest, runtime: runtime.clone(), linked_component })
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The hash of its file.
    #[must_use]
    pub fn digest(&self) -> ContentHash {
        self.digest
    }

    /// The interfaces that it imports.
    #[must_use]
    pub fn imports(&self) -> Vec<String> {
        self.linked_component.imports()
    }

    /// What is wrong with a configuration by the schema that it declares.
    ///
    /// # Errors
    /// When the schema does not come to an end.
    pub fn check_config(
        &self,
        config: &serde_json::Value,
    ) -> Result<Vec<ConfigViolation>, LoadError> {
        Ok(self.schema.check_config(config)?)
    }

    /// Gives it its configuration, JSON, on a trial instance; it is to run on these terms.
    ///
    /// # Errors
    /// When it does not take it.
    pub fn into_plugin(self, config: String, terms: PluginPolicy) -> Result<Plugin, LoadError> {
        let json = serde_json::from_str(&config);
        let json = json.map_err(|error| LoadError::Config(error.to_string()))?;
        if let Some(wrong) = self.check_config(&json)?.first() {
            return Err(LoadError::Config(wrong.to_string()));
        }
        self.into_plugin_unchecked(config, terms)
    }

    /// The same, whatever its schema says.
    pub(super) fn into_plugin_unchecked(
        self,
        config: String,
        terms: PluginPolicy,
    ) -> Result<Plugin, LoadError> {
        let metrics = Arc::new(PluginMetrics::default());
        let name = &self.manifest.name;
        let started = match self.manifest.world {
            World::Enricher => {
                let (limits, nothing) = (terms.limits, Arc::new(NoAssets));
                let start = self
                    .linked_component
                    .instantiate_enricher(name, &config, limits, &metrics, nothing);
                new_event_loop().block_on(start).map(drop)
            }
            World::Importer(_) => {
                let open = self.linked_component.instantiate_importer(
                    name,
                    &config,
                    terms.limits,
                    &metrics,
                );
                new_event_loop().block_on(open).map(drop)
            }
            World::ImageProcessor(_) => {
                let begin = self.linked_component.instantiate_image_processor(
                    name,
                    &config,
                    terms.limits,
                    &metrics,
                );
                new_event_loop().block_on(begin).map(drop)
            }
        };
        match started {
            Ok(()) => {}
            Err(StartError::Config(words)) => return Err(LoadError::Config(words)),
            Err(StartError::Call(fault)) => return Err(LoadError::Configure(fault)),
        }
        Ok(Plugin { component: self, config, policy: terms, metrics })
    }
}

impl Plugin {
    /// The same, with counts of its own.
    #[must_use]
    pub fn with_fresh_counters(&self) -> Self {
        Self {
            component: self.component.clone(),
            config: self.config.clone(),
            policy: self.policy.clone(),
            metrics: Arc::default(),
        }
    }

    /// The component, without its configuration.
    #[must_use]
    pub fn component(&self) -> &PluginComponent {
        &self.component
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.component.manifest
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &PluginName {
        &self.component.manifest.name
    }

    /// The hash of its file.
    #[must_use]
    pub fn digest(&self) -> ContentHash {
        self.component.digest
    }

    /// Its configuration, JSON.
    #[must_use]
    pub fn config(&self) -> &str {
        &self.config
    }

    /// What it may use.
    #[must_use]
    pub fn limits(&self) -> PluginLimits {
        self.policy.limits
    }

    /// On what terms it runs.
    #[must_use]
    pub fn policy(&self) -> &PluginPolicy {
        &self.policy
    }

    /// What it did since it was loaded.
    #[must_use]
    pub fn metrics(&self) -> &Arc<PluginMetrics> {
        &self.metrics
    }

    /// The interfaces that it imports.
    #[must_use]
    pub fn imports(&self) -> Vec<String> {
        self.component.imports()
    }

    pub(super) fn runtime(&self) -> &PluginRuntime {
        &self.component.runtime
    }

    pub(super) fn linked_component(&self) -> &LinkedComponent {
        &self.component.linked_component
    }

    /// A fresh instance.
    pub(super) async fn instantiate_enricher(
        &self,
        assets: Arc<dyn AssetReader>,
    ) -> Result<EnricherInstance, CallError> {
        let limits = self.limits();
        let linked_component = &self.component.linked_component;
        let started = linked_component
            .instantiate_enricher(self.name(), &self.config, limits, &self.metrics, assets)
            .await;
        started.map_err(|error| match error {
            // It took the same configuration when it was loaded.
            StartError::Config(words) | StartError::Call(CallError::GuestError(_, words)) => {
                CallError::NotStarted(words)
            }
            StartError::Call(fault) => fault,
        })
    }
}

/// What guests run on: an event loop of the thread that runs them, so that a guest that keeps a
/// thread busy keeps nobody waiting but its own products.
#[must_use]
pub fn new_event_loop() -> tokio::runtime::Runtime {
    let built = tokio::runtime::Builder::new_current_thread().enable_time().build();
    built.expect("an event loop without IO needs nothing from the system")
}

/// What the guest says of itself. It is asked twice, and so is another instance: what it reads and
/// writes decides over memos and the order of plugins, so it has to be the same always.
fn read_stable_manifest(
    linked_component: &LinkedComponent,
    name: &PluginName,
) -> Result<Manifest, LoadError> {
    let describe = || {
        new_event_loop()
            .block_on(linked_component.describe_twice(name))
            .map_err(LoadError::Describe)
    };
    let [first, second] = describe()?;
    let manifest = first?;
    for other in [second].into_iter().chain(describe()?) {
        if other.as_ref() != Ok(&manifest) {
            let Manifest { name, version, .. } = manifest;
            return Err(LoadError::Nondeterministic { name, version });
        }
    }
    Ok(manifest)
}

fn to_load_error(error: CompileError) -> LoadError {
    match error {
        CompileError::ExceedsPool { component, words } => {
            check_resources(&component).err().unwrap_or(LoadError::ExceedsPool(words))
        }
        CompileError::Refused(words) if is_truncated(&words) => LoadError::Truncated(words),
        error => LoadError::Compile(error.to_string()),
    }
}

/// Whether what is missing is the end, in the words of the parser.
fn is_truncated(words: &str) -> bool {
    words.contains("unexpected end-of-file") || words.contains("is out of bounds (bound =")
}

fn check_header(wasm: &[u8]) -> Result<(), LoadError> {
    if wasm.len() > limits::FILE_BYTES {
        return Err(LoadError::TooLarge(wasm.len()));
    }
    match wasm.get(..8) {
        Some([0, b'a', b's', b'm', _, 0, 1, 0]) => Ok(()),
        Some([0, b'a', b's', b'm', 1, 0, 0, 0]) => Err(LoadError::CoreModule),
        _ => Err(LoadError::NotWasm),
    }
}

fn check_interface(runtime: &PluginRuntime, component: &Component) -> Result<(), LoadError> {
    let interface = component.component_type();
    for (import, _) in interface.imports(runtime.engine()) {
        check_import(import)?;
    }
    for (export, _) in interface.exports(runtime.engine()) {
        if is_contract_interface(export) {
            // What this version exports are functions; an interface is of another.
            check_import(export)?;
        }
    }
    let exports = |name| interface.get_export(runtime.engine(), name).is_some();
    // The error for one that has a part of an importer's exports names the missing ones.
    let is_importer = !exports("enrich") && (exports("read-chunk") || exports("finish"));
    let own: &[&str] = match exports("process") && !exports("enrich") {
        true => &[],
        false if is_importer => &["read-chunk", "finish"],
        false => &["enrich"],
    };
    match ["describe", "configure"].iter().chain(own).find(|name| !exports(name)) {
        Some(missing) => Err(LoadError::MissingExport(missing)),
        None => Ok(()),
    }
}

fn is_contract_interface(name: &str) -> bool {
    name.starts_with("rikaste:plugin/")
}

/// Whether plugins have it. WASI 0.2 is there and does nothing; see [`wasi`](super::wasi).
fn check_import(import: &str) -> Result<(), LoadError> {
    let (name, version) = import.split_once('@').unwrap_or((import, ""));
    let (package, _) = name.split_once('/').unwrap_or((name, ""));
    let refuse = |reason| Err(LoadError::Import { import: import.to_owned(), reason });
    match package {
        "rikaste:plugin" if version == CONTRACT => Ok(()),
        "rikaste:plugin" => Err(LoadError::Version { found: version.to_owned() }),
        "wasi:io" | "wasi:cli" | "wasi:clocks" | "wasi:random" | "wasi:filesystem"
        | "wasi:sockets" => {
            if version.starts_with("0.2.") {
                Ok(())
            } else {
                refuse("this host has WASI 0.2; build the plugin for `wasm32-wasip2`")
            }
        }
        "wasi:http" => refuse(
            "plugins have no network; put what it would fetch into a product file or the plugin's configuration",
        ),
        _ => refuse("plugins see nothing but what their `reads` names"),
    }
}

fn check_resources(component: &Component) -> Result<(), LoadError> {
    let Some(needs) = component.resources_required() else {
        return Ok(());
    };
    let pages = needs.max_initial_memory_size.unwrap_or_default();
    let mebibytes = pages.div_ceil(16);
    let most = (limits::MEMORY_BYTES >> 20) as u64;
    let refuse = |needs, limit| Err(LoadError::Resources { needs, limit });
    if mebibytes > most {
        return refuse(format!("{mebibytes} MiB of memory to begin with"), format!("{most} MiB"));
    }
    if needs.num_memories > limits::MEMORIES {
        return refuse(format!("{} memories", needs.num_memories), limits::MEMORIES.to_string());
    }
    if needs.num_tables > limits::TABLES {
        return refuse(format!("{} tables", needs.num_tables), limits::TABLES.to_string());
    }
    let elements = needs.max_initial_table_size.unwrap_or_default();
    if elements > limits::TABLE_ELEMENTS as u64 {
        return refuse(
            format!("a table of {elements} elements"),
            limits::TABLE_ELEMENTS.to_string(),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(import: &str, expected: &Expect) {
        let error = check_import(import).expect_err("refused");
        expected.assert_eq(&error.to_string());
    }

    #[test]
    fn foreign_imports_are_refused_by_name() {
        assert_eq!(check_import("wasi:cli/environment@0.2.6"), Ok(()));
        assert_eq!(check_import("rikaste:plugin/log@0.1.0"), Ok(()));
        check(
            "wasi:http/outgoing-handler@0.2.0",
            &expect![
                "it imports wasi:http/outgoing-handler@0.2.0: plugins have no network; put what it would fetch into a product file or the plugin's configuration"
            ],
        );
        check(
            "acme:shop/prices",
            &expect![
                "it imports acme:shop/prices: plugins see nothing but what their `reads` names"
            ],
        );
        check(
            "wasi:cli/environment@0.3.0",
            &expect![
                "it imports wasi:cli/environment@0.3.0: this host has WASI 0.2; build the plugin for `wasm32-wasip2`"
            ],
        );
        check(
            "rikaste:plugin/types@0.2.0",
            &expect![
                "it was built for version 0.2.0 of the plugin contract and this host speaks 0.1.0; rebuild it with the SDK of 0.1.0"
            ],
        );
    }

    #[test]
    fn what_is_no_component_is_said() {
        assert_eq!(check_header(b"PK\x03\x04....."), Err(LoadError::NotWasm));
        assert_eq!(check_header(b"\0asm\x01\0\0\0"), Err(LoadError::CoreModule));
        assert_eq!(check_header(b"\0asm\x0d\0\x01\0"), Ok(()));
    }
}
