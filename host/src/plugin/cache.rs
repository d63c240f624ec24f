//! Compiled plugins, kept on disk so that a start costs milliseconds.
//!
//! An entry is the BLAKE3 hash of the machine code, then the machine code. Loading machine code
//! is running it, so only what this program wrote itself is taken: the folder is private, and an
//! entry that is not whole is compiled again.

use std::fs;
use std::hash::{Hash as _, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rikaste_catalog::product::Hash;
use wasmtime::Engine;
use wasmtime::component::Component;

/// The folder, and what distinguishes this engine's machine code from another's.
pub struct CompileCache {
    folder: Option<PathBuf>,
    engine: [u8; 32],
}

const CHECKSUM: usize = 32;

impl CompileCache {
    /// The cache in a folder, or none.
    #[must_use]
    pub fn new(engine: &Engine, folder: Option<PathBuf>) -> Self {
        let mut hasher = Blake3Hasher(blake3::Hasher::new());
        engine.precompile_compatibility_hash().hash(&mut hasher);
        Self { folder, engine: *hasher.0.finalize().as_bytes() }
    }

    /// The component, compiled now or before. A cache that cannot be read or written only makes
    /// the start slower, so its errors are logged and no more.
    ///
    /// # Errors
    /// When the bytes are not a component.
    pub fn component(
        &self,
        engine: &Engine,
        digest: &Hash,
        wasm: &[u8],
    ) -> wasmtime::Result<Component> {
        let Some(folder) = &self.folder else {
            return Component::from_binary(engine, wasm);
        };
        let path = folder.join(self.file_name(digest));
        if let Some(component) = read(engine, &path) {
            return Ok(component);
        }
        let component = Component::from_binary(engine, wasm)?;
        if let Err(error) = component
            .serialize()
            .map_err(io::Error::other)
            .and_then(|code| write(folder, &path, &code))
        {
            tracing::warn!("{}: the compiled plugin cannot be kept: {error}", path.display());
        }
        Ok(component)
    }

    fn file_name(&self, digest: &Hash) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&digest.0).update(&self.engine);
        format!("{}.cwasm", hasher.finalize().to_hex())
    }
}

fn read(engine: &Engine, path: &Path) -> Option<Component> {
    let entry = fs::read(path).ok()?;
    let (checksum, code) = entry.split_at_checked(CHECKSUM)?;
    if blake3::hash(code).as_bytes() != checksum {
        tracing::warn!("{} is damaged; the plugin is compiled again", path.display());
        return None;
    }
    // SAFETY: the folder is this program's own, the checksum holds, and the name has the hash of
    // the engine's settings and of the plugin: these are bytes that `write` wrote.
    #[expect(unsafe_code, reason = "there is no other way to load machine code")]
    let component = unsafe { Component::deserialize(engine, code) };
    component
        .inspect_err(|error| {
            tracing::warn!("{}: {error:#}; the plugin is compiled again", path.display());
        })
        .ok()
}

/// Whole or not at all: another process may be reading.
fn write(folder: &Path, path: &Path, code: &[u8]) -> io::Result<()> {
    create_private(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(blake3::hash(code).as_bytes())?;
    file.write_all(code)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
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
