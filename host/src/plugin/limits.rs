//! How much a plugin may use, and the words for when it is too much.
//!
//! A shop should never meet one of these by accident: they are an order of magnitude above what
//! the hungriest useful plugin was measured to take, and low enough that a broken one costs the
//! drop seconds and not the machine.

use std::time::Duration;

use wasmtime::ResourceLimiter;

/// The largest plugin file. A Python plugin brings its interpreter along, some 18 MiB.
pub const FILE_BYTES: usize = 48 << 20;

/// All memories of an instance together. JavaScript engines start at some 30 MiB.
pub const MEMORY_BYTES: usize = 256 << 20;

/// An instance that has grown beyond this is replaced after the call, so that a leak or one
/// monstrous product is not paid for ever after.
pub const MEMORY_KEPT: usize = 64 << 20;

/// Elements of one table. A JavaScript engine needs 7,688.
pub const TABLE_ELEMENTS: usize = 20_000;

/// Memories of one instance; one is usual, an adapter brings a second.
pub const MEMORIES: u32 = 4;

/// Tables of one instance.
pub const TABLES: u32 = 16;

/// Core instances of one component: the program, its adapters, and the shims between.
pub const CORE_INSTANCES: u32 = 64;

/// Plugins of one shop. Each holds an instance on every worker.
pub const PLUGINS: usize = 32;

/// Steps of one call: about a quarter of a second. The budget is the call's, not the product's,
/// so a product that passes in a batch would pass alone, and only alone is a product found
/// guilty: the verdict does not depend on its neighbours, nor on the machine.
pub const FUEL: u64 = 500_000_000;

/// Wall-clock time of one call, a safety net far beyond what [`FUEL`] can last: running into it
/// says something about the machine, not about the plugin.
pub const TIME: Duration = Duration::from_secs(10);

/// Calls of one batch that may run out of [`TIME`]: as many as it takes to find one product in a
/// full batch and to try it once more. After that it is the machine, and the rest is left for later.
pub const OVERDUE: usize = 9;

/// How often a running guest looks whether its time is up.
pub const TICK: Duration = Duration::from_millis(10);

/// What a call may hand to the host in one go.
pub const OUTPUT_BYTES: usize = 16 << 20;

/// Handles to resources (streams, clocks) that are open at a time.
pub const HANDLES: usize = 1_000;

/// The native stack of a guest.
pub const STACK_BYTES: usize = 512 << 10;

/// Products of one call. More gains nothing: a call costs less than one product does.
pub const BATCH: usize = 128;

/// Bytes of input of one call; products with thousands of reviews go in smaller batches.
pub const BATCH_BYTES: usize = 4 << 20;

/// Calls after which an instance is replaced, so that a slow leak stays small.
pub const CALLS: u32 = 1_024;

/// Values of one product.
pub const VALUES: usize = 1_000;

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

/// Lines of log of one call.
pub const LOG_LINES: usize = 64;

/// Bytes of log of one call, and of what it writes to standard error.
pub const LOG_BYTES: usize = 8 << 10;

/// Bytes of one read of an asset.
pub const READ_BYTES: u32 = 1 << 20;

/// Sums the memories of one instance; wasmtime's own `StoreLimits` counts each by itself.
#[derive(Debug, Default)]
pub struct MemoryMeter {
    used: usize,
}

/// A guest asked for more than it may have. Growing traps rather than fails, because most guests
/// answer a failure with an abort that says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OverLimit {
    /// Of memory.
    #[error("it needs more than {} MiB of memory", MEMORY_BYTES >> 20)]
    Memory,
    /// Of table elements.
    #[error("it needs a table of more than {TABLE_ELEMENTS} elements")]
    Table,
}

impl MemoryMeter {
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
        if used > MEMORY_BYTES {
            return Err(OverLimit::Memory.into());
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
        if desired > TABLE_ELEMENTS {
            return Err(OverLimit::Table.into());
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
        let mut meter = MemoryMeter::default();
        assert!(meter.memory_growing(0, MEMORY_BYTES / 2, None).is_ok());
        assert!(meter.memory_growing(0, MEMORY_BYTES / 2, None).is_ok());
        assert_eq!(meter.used(), MEMORY_BYTES);
        let error = meter.memory_growing(MEMORY_BYTES / 2, MEMORY_BYTES / 2 + 1, None).unwrap_err();
        assert_eq!(error.to_string(), "it needs more than 256 MiB of memory");
    }
}
