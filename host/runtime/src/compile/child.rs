//! The other end of [`ChildCompiler`](super::ChildCompiler): the process that compiles one plugin.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use clap::Args;
use wasmtime::Engine;

use super::REFUSED_EXIT_CODE;
use crate::engine;

/// What the child may use, as its parent says.
#[derive(Debug, Clone, Copy, Args)]
pub struct CompileArgs {
    /// Bytes of memory
    #[arg(long)]
    memory: u64,
    /// Bytes of machine code
    #[arg(long)]
    code: u64,
    /// Seconds of the processor, on all cores together
    #[arg(long)]
    cpu_seconds: u64,
}

/// Compiles what comes on standard input, and writes machine code to standard output.
///
/// # Errors
/// When the limits cannot be set, or the files not be read and written. What is wrong with the wasm
/// is written to standard error, with an exit code of its own.
pub fn run_compile_child(args: CompileArgs) -> io::Result<ExitCode> {
    apply_limits(args)?;
    let mut wasm = Vec::new();
    io::stdin().lock().read_to_end(&mut wasm)?;
    let engine = Engine::new(&engine::build_codegen_config()).map_err(io::Error::other)?;
    match engine.precompile_component(&wasm) {
        Ok(code) => {
            io::stdout().lock().write_all(&code)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            eprintln!("{error:#}");
            Ok(ExitCode::from(REFUSED_EXIT_CODE as u8))
        }
    }
}

#[cfg(unix)]
fn apply_limits(args: CompileArgs) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, nice, setrlimit};
    let limits = [
        // Not `As`: address space that is reserved and not used costs nothing, and the allocator
        // and the compiler's threads reserve a lot.
        (Resource::Data, args.memory),
        (Resource::Cpu, args.cpu_seconds),
        (Resource::Fsize, args.code),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        // What somebody forbade already stays forbidden.
        let already = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        // At the hard limit a process is killed without a word; at the soft one it gets a signal that says why.
        let hard = most.saturating_add(1).min(already);
        setrlimit(resource, Rlimit { current: Some(most.min(already)), maximum: Some(hard) })?;
    }
    // The line goes first. Being refused this is no reason not to compile.
    let _ = nice(5);
    #[cfg(target_os = "linux")]
    {
        // If memory runs out all the same, it is this process that the system should end.
        let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn apply_limits(_: CompileArgs) -> io::Result<()> {
    Ok(())
}
