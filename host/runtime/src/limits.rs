//! How much a plugin may use, and the words for when it is too much.
//!
//! A shop should never meet one of these by accident: they are an order of magnitude above what
//! the hungriest useful plugin was measured to take, and low enough that a broken one costs the
//! drop seconds and not the machine.

use std::time::Duration;

use wasmtime::ResourceLimiter;

/// The largest plugin file. A Python plugin brings its interpreter along, some 18 MiB.
pub const FILE_BYTES: usize = 48 << 20;

/// What one plugin may use. `plugins.toml` sets others than these defaults, in which the bundled
/// plugins and the JavaScript and Python templates run with much room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PluginLimits {
    /// Steps that one product may take, alone on a fresh instance: the verdict on a product. A call
    /// with several products may take [`SHARED_CALL_DIVISOR`] of it; one that takes more is split. An importer may
    /// take as many for each chunk of a file.
    pub steps: u64,
    /// Bytes of all memories of an instance together. JavaScript engines start at some 30 MiB.
    pub memory: usize,
    /// Bytes that one call may hand to the host.
    pub output: usize,
    /// Elements of one table. A JavaScript engine needs 7,688.
    pub table_elements: usize,
    /// Values of one product.
    pub values: usize,
    /// Lines of log of one call.
    pub log_lines: usize,
    /// Wall-clock time of one call, a safety net far beyond what the steps can last: running into
    /// it says something about the machine, not about the plugin.
    pub time: Duration,
}

impl PluginLimits {
    /// What a plugin has by default.
    pub const DEFAULT: Self = Self {
        steps: 500_000_000,
        memory: MEMORY_BYTES,
        output: 16 << 20,
        table_elements: TABLE_ELEMENTS,
        values: 1_000,
        log_lines: 64,
        time: Duration::from_secs(10),
    };

    /// What a plugin that decodes photos has by default. A call is one photo: the
    /// largest that are taken, 64 megapixels, took the bundled one a quarter of the steps and half of the memory.
    pub const IMAGES: Self = Self {
        steps: 100_000_000_000,
        memory: 768 << 20,
        output: 256 << 20,
        time: Duration::from_secs(120),
        ..Self::DEFAULT
    };

    /// What a call has that is not the last word on a product: less than what a product may use
    /// alone, so that no product gets through in company that would not alone.
    #[must_use]
    pub fn for_shared_call(&self) -> Self {
        Self { steps: self.steps / SHARED_CALL_DIVISOR, memory: self.memory / 2, ..*self }
    }
}

impl Default for PluginLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What part of a product's steps a whole call may take. What a fresh instance does once and a used
/// one does not (tables made when they are first needed) fits between the two.
pub const SHARED_CALL_DIVISOR: u64 = 4;

/// All memories of an instance together, unless its settings say otherwise.
pub const MEMORY_BYTES: usize = 256 << 20;

/// The most that settings may allow.
pub const MAX_MEMORY_BYTES: usize = 1 << 30;

/// An instance that has grown beyond this is replaced after the call, so that a leak or one
/// monstrous product is not paid for ever after.
pub const MAX_KEPT_MEMORY: usize = 64 << 20;

/// Elements of one table, unless its settings say otherwise; also the most that they may allow.
pub const TABLE_ELEMENTS: usize = 20_000;

/// Memories of one instance; one is usual, an adapter brings a second.
pub const MEMORIES: u32 = 4;

/// Tables of one instance.
pub const TABLES: u32 = 16;

/// Core instances of one component: the program, its adapters, and the shims between.
pub const CORE_INSTANCES: u32 = 64;

/// Plugins of one shop. Each holds an instance on every worker.
pub const PLUGINS: usize = 32;

/// Calls of one batch that may run out of time: as many as it takes to find one product in a
/// full batch and to try it once more. After that it is the machine, and the rest is left for later.
pub const MAX_TIMEOUTS: usize = 9;

/// How often a running guest looks whether its time is up.
pub const CLOCK_TICK: Duration = Duration::from_millis(10);

/// Handles to resources (streams, clocks) that are open at a time.
pub const MAX_HANDLES: usize = 1_000;

/// The native stack of a guest.
pub const STACK_BYTES: usize = 512 << 10;

/// Products of one call at most. A call costs less than one product does, and what of more products
/// goes in and out no longer fits into the nearer caches: 128 were measured to be 15 % slower, 1,024
/// to take almost twice as long.
pub const MAX_BATCH: usize = 64;

/// Products of one call at least, however often calls fail: fewer would cost more than they save.
pub const MIN_BATCH: usize = 16;

/// Products of which one is made again alone, to see whether the plugin remembers what it should
/// forget. A fresh instance costs about as much as ten products.
pub const AUDIT_INTERVAL: usize = 1_000;

/// Bytes of input of one call; products with thousands of reviews go in smaller batches.
pub const BATCH_BYTES: usize = 4 << 20;

/// Calls after which an instance is replaced, so that a slow leak stays small.
pub const MAX_CALLS: u32 = 1_024;

/// Bytes of one text.
pub const TEXT_BYTES: usize = 64 << 10;

/// Cells of one table value.
pub const CELLS: usize = 10_000;

/// Option codes or assets of one value.
pub const CODES: usize = 1_000;

/// Diagnostics of one product.
pub const DIAGNOSTICS: usize = 50;

/// Bytes of one diagnostic's or failure's message.
pub const MESSAGE_BYTES: usize = 1_024;

/// Bytes of log of one call, and of what it writes to standard error.
pub const LOG_BYTES: usize = 8 << 10;

/// Bytes of a file that an importer is given at once.
pub const CHUNK_BYTES: usize = 64 << 10;

/// Elements, and remarks, that an importer may hand over at once: one for each byte of a chunk.
pub const ELEMENTS: usize = CHUNK_BYTES;

/// Leaves of one element.
pub const LEAVES: usize = 2_000;

/// Bytes of one element, and of one path in it.
pub const ELEMENT_BYTES: usize = 4 << 20;
/// See [`ELEMENT_BYTES`].
pub const PATH_BYTES: usize = 1 << 10;

/// Bytes of a photo: a file of more is not looked at.
pub const PHOTO_BYTES: u64 = 64 << 20;

/// Pictures that are wanted of one photo.
pub const RENDITIONS: usize = 64;

/// An instance that decodes photos and has grown beyond this is replaced: fresh memory has to be
/// cleared, which takes longer than many photos take to decode.
pub const MAX_KEPT_PHOTO_MEMORY: usize = 384 << 20;

/// Bytes of one read of an asset.
pub const READ_BYTES: u32 = 1 << 20;

/// Sums the memories of one instance; wasmtime's own `StoreLimits` counts each by itself.
#[derive(Debug)]
pub struct MemoryMeter {
    used: usize,
    limits: PluginLimits,
}

/// A guest asked for more than it may have. Growing traps rather than fails, because most guests
/// answer a failure with an abort that says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitExceeded {
    /// Of memory.
    #[error("it needs more than {} MiB of memory", .0 >> 20)]
    Memory(usize),
    /// Of table elements.
    #[error("it needs a table of more than {0} elements")]
    Table(usize),
}

impl MemoryMeter {
    /// A meter for an instance that has no memory yet.
    #[must_use]
    pub fn new(limits: PluginLimits) -> Self {
        Self { used: 0, limits }
    }

    /// What holds from now on.
    pub fn set_limits(&mut self, limits: PluginLimits) {
        self.limits = limits;
    }

    /// Bytes that all memories have now. Memories never shrink.
    #[must_use]
    pub fn used(&self) -> usize {
        self.used
    }
}

impl ResourceLimiter for MemoryMeter {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let used = self.used.saturating_add(desired.saturating_sub(current));
        if used > self.limits.memory {
            return Err(LimitExceeded::Memory(self.limits.memory).into());
        }
        self.used = used;
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _: usize,
        desired: usize,
        _: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if desired > self.limits.table_elements {
            return Err(LimitExceeded::Table(self.limits.table_elements).into());
        }
        Ok(true)
    }

    fn instances(&self) -> usize {
        CORE_INSTANCES as usize
    }

    fn tables(&self) -> usize {
        TABLES as usize
    }

    fn memories(&self) -> usize {
        MEMORIES as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memories_are_counted_together() {
        let mut meter = MemoryMeter::new(PluginLimits::DEFAULT);
        assert!(meter.memory_growing(0, MEMORY_BYTES / 2, None).is_ok());
        assert!(meter.memory_growing(0, MEMORY_BYTES / 2, None).is_ok());
        assert_eq!(meter.used(), MEMORY_BYTES);
        let error = meter.memory_growing(MEMORY_BYTES / 2, MEMORY_BYTES / 2 + 1, None).unwrap_err();
        assert_eq!(error.to_string(), "it needs more than 256 MiB of memory");
    }
}
