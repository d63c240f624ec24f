//! The plugin files of a shop: those in `plugins/`, which are looked at and no more, and those that are
//! enabled, of which the shop keeps a copy under their hash.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rikaste_model::code::PluginName;
use rikaste_model::product::ContentHash;

use super::component::{LoadError, PluginComponent};
use super::engine::PluginRuntime;
use super::limits;
use super::loader::{BrokenPlugin, PluginProblem};
use super::lock::{LockEntry, LockError, PluginLock, PluginVersion};
use rikaste_embed::EmbeddedPlugin;
use rikaste_model::shop_folder::ShopFolder;

/// Where a shop's plugins are.
#[derive(Debug, Clone)]
pub struct PluginCatalog<'a> {
    folder: &'a ShopFolder,
    bundled: &'a [EmbeddedPlugin],
    /// A loaded file that may lie outside `plugins/`.
    extra_file: Option<&'a PluginFile>,
}

/// A plugin that is to run.
#[derive(Debug)]
pub struct EnabledPlugin {
    /// Its name, as far as it is known before it is loaded.
    pub name: String,
    /// Its file, unless it came with the program.
    pub path: Option<PathBuf>,
    /// The component.
    pub wasm: std::borrow::Cow<'static, [u8]>,
}

/// A file that was read and loaded: whatever becomes of it, these bytes are compared and enabled.
#[derive(Debug)]
pub struct PluginFile {
    /// Where it was read.
    pub path: PathBuf,
    /// Its bytes.
    pub wasm: Vec<u8>,
    /// Their hash.
    pub digest: ContentHash,
    /// What it says of itself, or why it is no plugin.
    pub component: Result<PluginComponent, LoadError>,
}

/// Why a plugin cannot be enabled.
#[derive(Debug, thiserror::Error)]
pub enum PluginCatalogError {
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
    /// It is no plugin.
    #[error("{}: {source}", path.display())]
    Load {
        /// The file.
        path: PathBuf,
        /// Why the plugin cannot be loaded.
        source: LoadError,
    },
    /// The lock file.
    #[error(transparent)]
    Lock(#[from] LockError),
}

impl<'a> PluginCatalog<'a> {
    /// The library of a shop.
    #[must_use]
    pub fn new(folder: &'a ShopFolder, bundled: &'a [EmbeddedPlugin]) -> Self {
        Self { folder, bundled, extra_file: None }
    }

    /// The same with a file that was loaded before. A lock file that names its hash gets it without a second load.
    #[must_use]
    pub fn with_file(self, file: &'a PluginFile) -> Self {
        Self { extra_file: Some(file), ..self }
    }

    /// The component of the file that was loaded before, if there is one.
    pub(super) fn extra_component(&self) -> Option<&'a PluginComponent> {
        self.extra_file?.component.as_ref().ok()
    }

    /// The shop's folder.
    #[must_use]
    pub fn folder(&self) -> &'a ShopFolder {
        self.folder
    }

    /// What is bundled.
    #[must_use]
    pub fn bundled(&self) -> &'a [EmbeddedPlugin] {
        self.bundled
    }

    /// What is to run, and what is to run and is not there.
    #[must_use]
    pub fn enabled_plugins(&self, lock: &PluginLock) -> (Vec<EnabledPlugin>, Vec<BrokenPlugin>) {
        let entry = |name: &str| PluginName::new(name).ok().and_then(|name| lock.find_entry(&name));
        let is_itself = |entry: &LockEntry| !entry.disabled && entry.runs.is_none();
        let mut chosen: Vec<EnabledPlugin> = self
            .bundled
            .iter()
            .filter(|plugin| entry(plugin.name).is_none_or(is_itself))
            .map(|plugin| EnabledPlugin {
                name: plugin.name.to_owned(),
                path: None,
                wasm: plugin.wasm.into(),
            })
            .collect();
        let mut missing = Vec::new();
        for (name, entry) in &lock.plugins {
            let Some(pin) = entry.runs.as_ref().filter(|_| !entry.disabled) else { continue };
            match self.find_file(pin) {
                Some((path, wasm)) => chosen.push(EnabledPlugin {
                    name: name.as_str().to_owned(),
                    path: Some(path),
                    wasm: wasm.into(),
                }),
                None => missing.push(BrokenPlugin {
                    version: Some(pin.version.as_str().into()),
                    name: name.as_str().to_owned(),
                    path: None,
                    problem: PluginProblem::FileMissing { digest: pin.digest },
                }),
            }
        }
        (chosen, missing)
    }

    /// The file of these bytes, wherever it is.
    #[must_use]
    pub fn find_file(&self, pin: &PluginVersion) -> Option<(PathBuf, Vec<u8>)> {
        if let Some(file) = self.extra_file.filter(|file| file.digest == pin.digest) {
            return Some((file.path.clone(), file.wasm.clone()));
        }
        let files = [self.copy_path(&pin.digest)].into_iter();
        let mut files = files.chain(self.list_files().unwrap_or_default());
        files.find_map(|path| {
            let wasm = read_bounded(&path).ok()?;
            (ContentHash::hash_bytes(&wasm) == pin.digest).then_some((path, wasm))
        })
    }

    /// The files in `plugins/`, by name. A shop need not have the folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn list_files(&self) -> Result<Vec<PathBuf>, PluginCatalogError> {
        let folder = self.folder.plugins_folder();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(PluginCatalogError::File { path: folder, source }),
        };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut files: Vec<_> =
            paths.filter(|path| path.extension().is_some_and(|ending| ending == "wasm")).collect();
        files.sort();
        Ok(files)
    }

    /// Reads a file, and loads it as a plugin.
    ///
    /// # Errors
    /// When it cannot be read; what else is wrong with it is in the answer.
    pub fn inspect_file(
        &self,
        runtime: &PluginRuntime,
        path: &Path,
    ) -> Result<PluginFile, PluginCatalogError> {
        let wasm = read_bounded(path)
            .map_err(|source| PluginCatalogError::File { path: path.to_owned(), source })?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        Ok(PluginFile {
            path: path.to_owned(),
            digest: ContentHash::hash_bytes(&wasm),
            component: PluginComponent::load_from_wasm(runtime, &stem, &wasm),
            wasm,
        })
    }

    /// Enables the plugin in a loaded file: keeps a copy of its bytes, and has the lock file name it. A running
    /// shop follows.
    ///
    /// # Errors
    /// When the file is no plugin, or the shop's folder cannot be written.
    pub fn enable_file(
        &self,
        file: PluginFile,
    ) -> Result<(PluginName, PluginVersion), PluginCatalogError> {
        let PluginFile { path, wasm, component, .. } = file;
        let component = component.map_err(|source| PluginCatalogError::Load { path, source })?;
        self.pin_version(&component, &wasm)
    }

    /// Enables a plugin that comes with the program and does not run of itself. What runs then are these
    /// bytes, whatever a later program brings along.
    ///
    /// # Errors
    /// When the shop's folder cannot be written.
    pub fn enable_bundled(
        &self,
        runtime: &PluginRuntime,
        plugin: &EmbeddedPlugin,
    ) -> Result<(PluginName, PluginVersion), PluginCatalogError> {
        let described =
            PluginComponent::load_bundled(runtime, plugin.name, plugin.wasm).map_err(|source| {
                PluginCatalogError::Load { path: PathBuf::from(plugin.name), source }
            })?;
        self.pin_version(&described, plugin.wasm)
    }

    fn pin_version(
        &self,
        described: &PluginComponent,
        wasm: &[u8],
    ) -> Result<(PluginName, PluginVersion), PluginCatalogError> {
        let manifest = described.manifest();
        let pin =
            PluginVersion { version: manifest.version.to_string(), digest: described.digest() };
        let kept = self.copy_path(&pin.digest);
        let failed = |source| PluginCatalogError::File { path: kept.clone(), source };
        self.store_copy(&kept, wasm).map_err(failed)?;
        let name = manifest.name.clone();
        let is_bundled = self.bundled.iter().any(|plugin| plugin.name == name.as_str());
        PluginLock::update_file(&self.folder.plugins_lock_file(), |lock| {
            lock.enable_version(&name, pin.clone(), is_bundled)
        })?;
        Ok((name, pin))
    }

    fn store_copy(&self, path: &Path, wasm: &[u8]) -> io::Result<()> {
        if path.exists() {
            return Ok(());
        }
        let folder = self.folder.kept_plugins_folder();
        fs::create_dir_all(&folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        file.write_all(wasm)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }

    fn copy_path(&self, digest: &ContentHash) -> PathBuf {
        self.folder.kept_plugins_folder().join(format!("{digest}.wasm"))
    }
}

/// A file's bytes; one that is too large is not read to its end, and is then found to be too large.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    use std::io::Read;
    let mut wasm = Vec::new();
    fs::File::open(path)?.take(limits::FILE_BYTES as u64 + 1).read_to_end(&mut wasm)?;
    Ok(wasm)
}

#[cfg(test)]
mod tests;
