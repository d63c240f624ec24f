//! The `rikaste` command.

use std::process::ExitCode;

// Half of the pipeline's time outside plugins is small allocations on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match rikaste::cli::main() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("rikaste: {error:#}");
            ExitCode::FAILURE
        }
    }
}
