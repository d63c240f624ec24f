//! Rikaste turns the product files that are dropped into a folder into one consistent feed for
//! every channel. ARCHITECTURE.md has the map; [`pipeline`] is the line through it.

// Half of the line's time outside plugins is small allocations on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod approval;
pub mod assets;
pub mod author;
pub mod bundled;
pub mod cli;
pub mod encode;
pub mod enrich;
pub mod fetch;
pub mod folder;
pub mod http;
pub mod import;
pub mod open;
pub mod pipeline;
pub mod plugin;
pub mod receipt;
pub mod run;
pub mod shadow;
pub mod studio;
pub mod verify;
pub mod watch;
