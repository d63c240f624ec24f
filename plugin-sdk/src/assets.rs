//! Reading photos that are named in the products at hand.
//!
//! A header is at a file's start, so [`AssetReader`] reads a chunk at a time, steps over what is
//! sought past, and stops at a limit: a crafted file cannot make a plugin read it whole.

use std::io::{self, Read, Seek, SeekFrom};

/// The most that one call hands over.
pub const MAX_READ: u32 = 1 << 20;

/// At most `length` bytes from `offset`; empty at the end.
///
/// # Errors
/// The host's reason: no such asset among the products at hand, or storage that cannot be read.
pub fn read(asset: &str, offset: u64, length: u32) -> Result<Vec<u8>, String> {
    #[cfg(target_family = "wasm")]
    return crate::bindings::rikaste::plugin::assets::read(asset, offset, length);
    #[cfg(not(target_family = "wasm"))]
    return testing::read(asset, offset, length);
}

/// A bounded, buffered reader over one asset.
#[derive(Debug)]
pub struct AssetReader<'a> {
    asset: &'a str,
    size: u64,
    position: u64,
    chunk: u32,
    remaining_limit: u64,
    buffer: Vec<u8>,
    buffer_start: u64,
}

impl<'a> AssetReader<'a> {
    /// `size` is the asset's, in bytes; `limit` the most bytes to take from the host, after which
    /// reading fails.
    #[must_use]
    pub fn new(asset: &'a str, size: u64, limit: u64) -> Self {
        Self {
            asset,
            size,
            position: 0,
            chunk: 1024,
            remaining_limit: limit,
            buffer: Vec::new(),
            buffer_start: 0,
        }
    }

    /// How many bytes to take from the host at a time; 1024 by default.
    #[must_use]
    pub fn chunk(mut self, bytes: u32) -> Self {
        self.chunk = bytes.clamp(1, MAX_READ);
        self
    }

    /// The asset's size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    fn buffered_bytes(&self) -> &[u8] {
        let start = self.position.checked_sub(self.buffer_start);
        start
            .and_then(|start| usize::try_from(start).ok())
            .and_then(|start| self.buffer.get(start..))
            .unwrap_or_default()
    }

    fn fill_buffer(&mut self) -> io::Result<()> {
        if self.remaining_limit == 0 {
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, "the read limit is reached"));
        }
        let chunk = self.remaining_limit.min(u64::from(self.chunk)) as u32;
        self.remaining_limit -= u64::from(chunk);
        self.buffer = read(self.asset, self.position, chunk).map_err(io::Error::other)?;
        self.buffer_start = self.position;
        Ok(())
    }
}

impl Read for AssetReader<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.size || out.is_empty() {
            return Ok(0);
        }
        if self.buffered_bytes().is_empty() {
            self.fill_buffer()?;
        }
        let ready = self.buffered_bytes();
        let count = ready.len().min(out.len());
        out[..count].copy_from_slice(&ready[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for AssetReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, "a seek before the start")
        })?;
        Ok(self.position)
    }
}

/// Assets for native tests, where there is no host: each thread has its own.
#[cfg(not(target_family = "wasm"))]
pub mod testing {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    thread_local! {
        static ASSETS: RefCell<BTreeMap<String, Vec<u8>>> = const { RefCell::new(BTreeMap::new()) };
    }

    /// Makes an asset readable on this thread.
    pub fn register(asset: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        ASSETS.with_borrow_mut(|assets| assets.insert(asset.into(), bytes.into()));
    }

    pub(super) fn read(asset: &str, offset: u64, length: u32) -> Result<Vec<u8>, String> {
        ASSETS.with_borrow(|assets| {
            let bytes = assets.get(asset).ok_or_else(|| format!("no asset {asset}"))?;
            let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
            let length = length.min(super::MAX_READ) as usize;
            let end = start.saturating_add(length).min(bytes.len());
            Ok(bytes[start..end].to_vec())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_across_chunks_and_seeks() {
        let bytes: Vec<u8> = (0..=255).collect();
        testing::register("a", bytes.clone());
        let mut reader = AssetReader::new("a", 256, 1024).chunk(10);
        let mut all = Vec::new();
        reader.read_to_end(&mut all).unwrap();
        assert_eq!(all, bytes);
        reader.seek(SeekFrom::End(-3)).unwrap();
        let mut tail = [0; 3];
        reader.read_exact(&mut tail).unwrap();
        assert_eq!(tail, [253, 254, 255]);
    }

    #[test]
    fn stops_at_the_limit() {
        testing::register("b", vec![7; 100]);
        let mut reader = AssetReader::new("b", 100, 25).chunk(10);
        let mut all = Vec::new();
        let error = reader.read_to_end(&mut all).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::QuotaExceeded);
        assert_eq!(all.len(), 25);
    }

    #[test]
    fn an_unknown_asset_is_an_error() {
        assert!(read("missing", 0, 1).is_err());
    }
}
