//! Rikaste turns the product files that are dropped into a folder into one consistent feed for
//! every channel. ARCHITECTURE.md has the map; [`pipeline`] is the line through it.

// Half of the line's time outside plugins is small allocations on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod approval;
pub mod cli;
pub mod open;
pub mod run;
pub mod verify;
pub mod watch;
