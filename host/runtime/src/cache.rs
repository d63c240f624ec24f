//! Compiled plugins, kept on disk so that a start costs milliseconds.
//!
//! Loading machine code is running it, so only what this program wrote itself, here, is taken. An
//! entry is a keyed BLAKE3 hash (a message authentication code) of its name and the machine code,
//! then the machine code; [`CacheKey`] says what the key is. An entry that is damaged, forged, of another
//! plugin, or brought along from another machine is not of that hash, and is compiled again. A folder
//! that others can write to is not used at all.
//!
//! Whatever is wrong with the cache only makes the start slower: it is logged, and no more.

mod key;

use std::fs::{self, File};
use std::hash::{Hash as _, Hasher};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rikaste_model::product::ContentHash;
use wasmtime::Engine;
use wasmtime::component::Component;

use super::compile::{CompileError, PluginCompiler};
use super::engine;
use key::CacheKey;

/// What is kept, and what distinguishes this engine's machine code from another's.
pub struct CompileCache {
    code_cache: Option<CodeCache>,
    engine: [u8; 32],
}

/// A folder that is ours, and the key to what is in it.
struct CodeCache {
    folder: PathBuf,
    key: CacheKey,
}

/// Bytes of the authentication code.
const MAC_BYTES: usize = blake3::OUT_LEN;

/// The largest entry; a Python interpreter has some 70 MiB.
const ENTRY_BYTES: u64 = 512 << 20;

/// Bytes of all entries together; those that were not used for longest go first.
const TOTAL_BYTES: u64 = 512 << 20;

/// An entry that was not used for so long goes: its plugin was replaced, or the program was.
const MAX_UNUSED_AGE: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// An entry's time of use is written no more often than this.
const USE_TIME_PRECISION: Duration = Duration::from_secs(24 * 60 * 60);

impl CompileCache {
    /// The cache in a folder, or none.
    #[must_use]
    pub fn new(engine: &Engine, folder: Option<PathBuf>) -> Self {
        let mut hasher = Blake3Hasher(blake3::Hasher::new());
        engine.precompile_compatibility_hash().hash(&mut hasher);
        let engine = *hasher.0.finalize().as_bytes();
        Self { code_cache: folder.and_then(CodeCache::open_folder), engine }
    }

    /// The component, compiled now or before.
    ///
    /// # Errors
    /// When the bytes are not a component, or compiling takes more than it may.
    pub fn load_or_compile(
        &self,
        engine: &Engine,
        compiler: &PluginCompiler,
        digest: &ContentHash,
        wasm: &[u8],
    ) -> Result<Component, CompileError> {
        let name = self.entry_name(digest);
        if let Some(code) = self.code_cache.as_ref().and_then(|cache| cache.load_code(&name)) {
            match deserialize_component(engine, &code) {
                Ok(component) => return Ok(component),
                Err(error) => tracing::warn!("{name}: {error:#}; the plugin is compiled again"),
            }
        }
        let code = compiler.compile_component(engine, wasm)?;
        let component =
            deserialize_component(engine, &code).map_err(|error| to_pool_error(&error, &code))?;
        if let Some(cache) = &self.code_cache {
            cache.store_code(&name, &code);
        }
        Ok(component)
    }

    fn entry_name(&self, digest: &ContentHash) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&digest.0).update(&self.engine);
        format!("{}.{ENDING}", hasher.finalize().to_hex())
    }
}

const ENDING: &str = "cwasm";

fn deserialize_component(engine: &Engine, code: &[u8]) -> wasmtime::Result<Component> {
    // SAFETY: the code is what this program's compiler has just made, or bytes that carry the code
    // that only `CodeCache::store_code` could give them, under a name made of the plugin's and the engine's hash.
    #[expect(unsafe_code, reason = "there is no other way to load machine code")]
    unsafe {
        Component::deserialize(engine, code)
    }
}

/// The engine of plugins takes no component of which it has no place for an instance; one without
/// places says what it would have needed.
fn to_pool_error(error: &wasmtime::Error, code: &[u8]) -> CompileError {
    let words = format!("{error:#}");
    let component = Engine::new(&engine::build_codegen_config())
        .and_then(|all| deserialize_component(&all, code));
    match component {
        Ok(component) => CompileError::ExceedsPool { component: Box::new(component), words },
        Err(_) => CompileError::Refused(words),
    }
}

impl CodeCache {
    fn open_folder(folder: PathBuf) -> Option<Self> {
        let key = create_private_folder(&folder).and_then(|()| CacheKey::load_or_create(&folder));
        match key {
            Ok(key) => Some(Self { folder, key }),
            Err(error) => {
                tracing::warn!(
                    "{}: compiled plugins are neither taken from here nor kept: {error}",
                    folder.display()
                );
                None
            }
        }
    }

    /// The machine code of this name, if it is there and ours.
    fn load_code(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.folder.join(name);
        let mut file = File::open(&path).ok()?;
        let meta = file.metadata().ok().filter(|meta| meta.len() <= ENTRY_BYTES)?;
        let mut entry = Vec::with_capacity(meta.len() as usize);
        file.read_to_end(&mut entry).ok()?;
        let (code, machine_code) = entry.split_at_checked(MAC_BYTES).unwrap_or_default();
        if self.key.authenticate_code(name, machine_code) != *code {
            tracing::warn!(
                "{} is damaged or not from here; the plugin is compiled again",
                path.display()
            );
            return None;
        }
        let now = SystemTime::now();
        if meta.modified().is_ok_and(|used| elapsed_since(now, used) > USE_TIME_PRECISION) {
            let _ = file.set_modified(now);
        }
        Some(entry.split_off(MAC_BYTES))
    }

    fn store_code(&self, name: &str, code: &[u8]) {
        if let Err(error) = self.write_entry(name, code) {
            let path = self.folder.join(name);
            tracing::warn!("{}: the compiled plugin cannot be kept: {error}", path.display());
        }
        if let Err(error) = self.prune_entries(name, SystemTime::now(), TOTAL_BYTES) {
            tracing::debug!("{}: old entries cannot be removed: {error}", self.folder.display());
        }
    }

    /// Whole or not at all: another process may be reading.
    fn write_entry(&self, name: &str, code: &[u8]) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(self.key.authenticate_code(name, code).as_bytes())?;
        file.write_all(code)?;
        file.as_file().sync_all()?;
        file.persist(self.folder.join(name))?;
        Ok(())
    }

    /// Removes what was not used for long and, until the rest is small enough, what was not used
    /// for longest; never the entry that was just made. What a process left half-written goes too.
    fn prune_entries(&self, just_made: &str, now: SystemTime, most: u64) -> io::Result<()> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if name == just_made || name == key::KEY_FILE {
                continue;
            }
            let meta = entry.metadata()?;
            let used = meta.modified()?;
            let is_entry = Path::new(&name).extension().is_some_and(|e| e == ENDING);
            if elapsed_since(now, used) > if is_entry { MAX_UNUSED_AGE } else { USE_TIME_PRECISION }
            {
                fs::remove_file(entry.path())?;
            } else if is_entry {
                entries.push((used, meta.len(), entry.path()));
            }
        }
        entries.sort();
        let made = fs::metadata(self.folder.join(just_made)).map_or(0, |meta| meta.len());
        let mut total = made + entries.iter().map(|(_, bytes, _)| bytes).sum::<u64>();
        for (_, bytes, path) in entries {
            if total <= most {
                break;
            }
            fs::remove_file(path)?;
            total -= bytes;
        }
        Ok(())
    }
}

/// A file from the future, after the clock was put back, is not old.
fn elapsed_since(now: SystemTime, then: SystemTime) -> Duration {
    now.duration_since(then).unwrap_or_default()
}

/// Makes the folder, if need be, for nobody but us, and checks that it is.
fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    check_ownership(&fs::metadata(folder)?, 0o022, "a folder that others can write to")
}

/// Whether a file or folder is the property of who runs this, with none of these permissions.
#[cfg(unix)]
fn check_ownership(meta: &fs::Metadata, forbidden: u32, what: &str) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    if meta.uid() != rustix::process::geteuid().as_raw() {
        return Err(io::Error::other("it belongs to another user; remove it, it is made anew"));
    }
    if meta.mode() & forbidden != 0 {
        return Err(io::Error::other(format!("it is {what}; type `chmod go-rwx` and its path")));
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_ownership(_: &fs::Metadata, _: u32, _: &str) -> io::Result<()> {
    Ok(())
}

/// A hasher whose result is the same in every process.
struct Blake3Hasher(blake3::Hasher);

impl Hasher for Blake3Hasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let hash = self.0.finalize();
        u64::from_le_bytes(*hash.as_bytes().first_chunk().expect("32 bytes"))
    }
}

#[cfg(test)]
mod tests;
