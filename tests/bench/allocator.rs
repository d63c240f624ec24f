//! The allocator that the program has, so that benches measure what users get.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
