//! WASI that is linked and does nothing: what compilers put into a component finds its imports,
//! and what comes of it depends on nothing but the plugin and its inputs.
//!
//! Clocks stand still, random numbers are the same every time, there are no files, variables,
//! arguments or network. Waiting for a moment to come is over at once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::AsyncWrite;
use wasmtime::component::{Linker, Resource, ResourceTable};
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::p2::{DynPollable, OutputStream, Pollable, StreamResult, subscribe};
use wasmtime_wasi::{
    Deterministic, HostMonotonicClock, HostWallClock, WasiCtx, WasiCtxBuilder, WasiView,
};

use super::limits;

/// The bytes that every guest gets for random ones: enough for a hash map's seed to be odd.
const SEED: [u8; 16] = *b"rikaste:inert:01";

/// An inert context whose standard output and error go to `output`.
pub fn build_inert_context(output: &OutputTail) -> WasiCtx {
    WasiCtxBuilder::new()
        .stdout(output.clone())
        .stderr(output.clone())
        .wall_clock(FrozenClock)
        .monotonic_clock(FrozenClock)
        .secure_random(Deterministic::new(SEED.to_vec()))
        .insecure_random(Deterministic::new(SEED.to_vec()))
        .insecure_random_seed(u128::from_le_bytes(SEED))
        .max_random_size(1 << 16)
        .allow_tcp(false)
        .allow_udp(false)
        .allow_ip_name_lookup(false)
        .build()
}

/// Links WASI 0.2, with waits that are over at once.
///
/// # Errors
/// When two definitions collide, which would be a mistake in this module.
pub fn link_inert_wasi<T: WasiView + 'static>(linker: &mut Linker<T>) -> wasmtime::Result<()> {
    wasmtime_wasi::p2::add_to_linker_async(linker)?;
    // The ones just linked sleep on the real clock whatever the guest's clock says.
    linker.allow_shadowing(true);
    let mut clock = linker.instance("wasi:clocks/monotonic-clock@0.2.12")?;
    for function in ["subscribe-duration", "subscribe-instant"] {
        clock.func_wrap(function, |mut store, (_,): (u64,)| {
            Ok((subscribe_ready(store.data_mut().ctx().table)?,))
        })?;
    }
    linker.allow_shadowing(false);
    Ok(())
}

fn subscribe_ready(table: &mut ResourceTable) -> wasmtime::Result<Resource<DynPollable>> {
    let over = table.push(AlwaysReady)?;
    subscribe(table, over)
}

/// A wait that is over.
struct AlwaysReady;

#[wasmtime_wasi::async_trait]
impl Pollable for AlwaysReady {
    async fn ready(&mut self) {}
}

/// A clock that stands at 1970.
struct FrozenClock;

impl HostWallClock for FrozenClock {
    fn resolution(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

impl HostMonotonicClock for FrozenClock {
    fn resolution(&self) -> u64 {
        1
    }

    fn now(&self) -> u64 {
        0
    }
}

/// The end of what a guest wrote to its standard output and error: where a panic leaves its text.
///
/// It is never full: a guest that fails for want of room would depend on the calls before.
#[derive(Debug, Clone, Default)]
pub struct OutputTail(Arc<Mutex<VecDeque<u8>>>);

impl OutputTail {
    /// Forgets what was written.
    pub fn clear_bytes(&self) {
        self.lock_bytes().clear();
    }

    /// What was written last.
    #[must_use]
    pub fn text(&self) -> String {
        let mut bytes = self.lock_bytes();
        String::from_utf8_lossy(bytes.make_contiguous()).trim().to_owned()
    }

    fn push_bytes(&self, bytes: &[u8]) {
        let mut kept = self.lock_bytes();
        kept.extend(&bytes[bytes.len().saturating_sub(limits::LOG_BYTES)..]);
        let surplus = kept.len().saturating_sub(limits::LOG_BYTES);
        kept.drain(..surplus);
    }

    fn lock_bytes(&self) -> std::sync::MutexGuard<'_, VecDeque<u8>> {
        // Bytes are whole whatever happened while someone held them.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl IsTerminal for OutputTail {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for OutputTail {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(tokio::io::sink())
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }
}

impl OutputStream for OutputTail {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        self.push_bytes(&bytes);
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(limits::LOG_BYTES)
    }
}

#[wasmtime_wasi::async_trait]
impl Pollable for OutputTail {
    async fn ready(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_keeps_the_end() {
        let output = OutputTail::default();
        output.push_bytes(&vec![b'a'; limits::LOG_BYTES - 1]);
        output.push_bytes(b"bc");
        let text = output.text();
        assert_eq!(text.len(), limits::LOG_BYTES);
        assert!(text.starts_with("aa") && text.ends_with("abc"));
    }
}
