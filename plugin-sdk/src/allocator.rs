//! The allocator of a plugin inside WebAssembly.
//!
//! A batch comes in as thousands of short strings and lists and goes out as more, so allocating is
//! most of what a plugin does. Blocks of up to 4 KiB are kept in lists by size, powers of two, which
//! makes taking and giving back a few instructions; larger ones are the standard allocator's.
//! A block that is given back serves the next of its size: an instance grows to what its largest
//! batch needs and no further.
//!
//! `talc` is a general allocator that splits and merges free blocks. Taking a block from a list of
//! its size needs neither.

#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::UnsafeCell;
use std::ptr;

/// Every block is aligned to this and no smaller.
const MIN_BLOCK_BYTES: usize = 16;

/// 16, 32, … 4096 bytes.
const SIZE_CLASSES: usize = 9;

const MAX_BLOCK_BYTES: usize = MIN_BLOCK_BYTES << (SIZE_CLASSES - 1);

/// What is taken from the standard allocator at once, to be cut into blocks.
const SLAB_BYTES: usize = 64 * 1024;

struct BlockPool {
    /// The first free block of each size; each holds the address of the next.
    free: [*mut FreeBlock; SIZE_CLASSES],
    /// What is left of the current slab.
    slab: *mut u8,
    slab_remaining: usize,
}

struct FreeBlock {
    next: *mut FreeBlock,
}

/// The allocator.
pub struct BlockAllocator(UnsafeCell<BlockPool>);

// SAFETY: components have no threads: the contract's worlds are linked without shared memory.
unsafe impl Sync for BlockAllocator {}

impl BlockAllocator {
    const fn new() -> Self {
        Self(UnsafeCell::new(BlockPool {
            free: [ptr::null_mut(); SIZE_CLASSES],
            slab: ptr::null_mut(),
            slab_remaining: 0,
        }))
    }
}

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: BlockAllocator = BlockAllocator::new();

/// Which list serves the layout; `None` for the standard allocator.
fn size_class(layout: Layout) -> Option<usize> {
    if layout.size() > MAX_BLOCK_BYTES || layout.align() > MIN_BLOCK_BYTES {
        return None;
    }
    let size = layout.size().max(MIN_BLOCK_BYTES).next_power_of_two();
    Some((size.trailing_zeros() - MIN_BLOCK_BYTES.trailing_zeros()) as usize)
}

impl BlockPool {
    /// A block of the list's size: one that was given back, or the next of the slab.
    fn take_block(&mut self, list: usize) -> *mut u8 {
        let block = self.free[list];
        if block.is_null() {
            return self.cut_from_slab(MIN_BLOCK_BYTES << list);
        }
        // SAFETY: a block in a list was given back whole, and `return_block` wrote its `next`.
        self.free[list] = unsafe { (*block).next };
        block.cast()
    }

    #[cold]
    fn cut_from_slab(&mut self, size: usize) -> *mut u8 {
        if self.slab_remaining < size {
            // SAFETY: the layout is not of size zero. The rest of the old slab stays unused.
            let slab = unsafe {
                System.alloc(Layout::from_size_align_unchecked(SLAB_BYTES, MIN_BLOCK_BYTES))
            };
            if slab.is_null() {
                return slab;
            }
            (self.slab, self.slab_remaining) = (slab, SLAB_BYTES);
        }
        let block = self.slab;
        self.slab_remaining -= size;
        // SAFETY: `size` bytes were left of the slab.
        self.slab = unsafe { block.add(size) };
        block
    }

    fn return_block(&mut self, list: usize, block: *mut u8) {
        let block = block.cast::<FreeBlock>();
        // SAFETY: the block is free, and no smaller and no less aligned than a `FreeBlock`.
        unsafe { (*block).next = self.free[list] };
        self.free[list] = block;
    }
}

// SAFETY: a block is in a list or handed out, never both; sizes and alignments are those of the
// layout's list, which the same layout always finds again.
unsafe impl GlobalAlloc for BlockAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match size_class(layout) {
            // SAFETY: without threads there is one borrow at a time.
            Some(list) => unsafe { (*self.0.get()).take_block(list) },
            // SAFETY: the caller's promise.
            None => unsafe { System.alloc(layout) },
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        match size_class(layout) {
            // SAFETY: as in `alloc`.
            Some(list) => unsafe { (*self.0.get()).return_block(list, block) },
            // SAFETY: as in `alloc`.
            None => unsafe { System.dealloc(block, layout) },
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises that the size, rounded to the alignment, is in range.
        let new = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (size_class(layout), size_class(new)) {
            (Some(old), Some(new)) if old == new => block,
            // SAFETY: the block is the standard allocator's and stays so.
            (None, None) => unsafe { System.realloc(block, layout, size) },
            _ => {
                // SAFETY: the new block is another one, and as much is copied as both hold.
                unsafe {
                    let moved = self.alloc(new);
                    if !moved.is_null() {
                        ptr::copy_nonoverlapping(block, moved, layout.size().min(size));
                        self.dealloc(block, layout);
                    }
                    moved
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A block that is handed out, filled with one byte.
    struct Held {
        block: *mut u8,
        layout: Layout,
        byte: u8,
    }

    impl Held {
        fn fill(&self) {
            // SAFETY: the block is of the layout's size.
            unsafe { ptr::write_bytes(self.block, self.byte, self.layout.size()) };
        }

        fn is_intact(&self, length: usize) -> bool {
            // SAFETY: the block is of the layout's size, and `length` no more.
            unsafe { std::slice::from_raw_parts(self.block, length) }
                .iter()
                .all(|b| *b == self.byte)
        }
    }

    proptest! {
        #[test]
        fn blocks_are_aligned_and_never_overlap(
            steps in proptest::collection::vec((0_usize..3, 1_usize..9000, 0_u32..7, any::<usize>()), 1..200),
        ) {
            let allocator = BlockAllocator::new();
            let mut held: Vec<Held> = Vec::new();
            for (byte, (step, size, align, pick)) in (0_usize..).zip(steps) {
                let byte = byte as u8;
                if step == 0 || held.is_empty() {
                    let layout = Layout::from_size_align(size, 1 << align).unwrap();
                    // SAFETY: the layout is not of size zero.
                    let block = unsafe { allocator.alloc(layout) };
                    prop_assert!(block.addr().is_multiple_of(layout.align()));
                    held.push(Held { block, layout, byte });
                    held.last().unwrap().fill();
                } else {
                    let index = pick % held.len();
                    let mut one = held.swap_remove(index);
                    prop_assert!(one.is_intact(one.layout.size()));
                    if step == 1 {
                        // SAFETY: the block is this allocator's and of this layout.
                        unsafe { allocator.dealloc(one.block, one.layout) };
                    } else {
                        // SAFETY: as above, and the size is not zero.
                        one.block = unsafe { allocator.realloc(one.block, one.layout, size) };
                        prop_assert!(one.is_intact(size.min(one.layout.size())));
                        one.layout = Layout::from_size_align(size, one.layout.align()).unwrap();
                        one.byte = byte;
                        one.fill();
                        held.push(one);
                    }
                }
            }
            for one in held {
                prop_assert!(one.is_intact(one.layout.size()));
                // SAFETY: the block is this allocator's and of this layout.
                unsafe { allocator.dealloc(one.block, one.layout) };
            }
        }
    }
}
