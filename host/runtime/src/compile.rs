//! From WebAssembly to machine code, within bounds.
//!
//! A file of a hundred kilobytes can keep a compiler busy for hours and take all memory there is,
//! and a compiler cannot be interrupted from outside. So a plugin that somebody else made is compiled
//! in a process of its own: the program runs itself again (`rikaste compile-plugin`), which limits
//! itself before it looks at the file, and is killed when its time is up. What it costs is that
//! process's and never the pipeline's.
//!
//! Wasm, machine code and complaints travel through files without a name: nothing has to be read
//! while the child runs, and the limit on a file's size is the limit on what it may answer.

mod child;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use wasmtime::Engine;
use wasmtime::component::Component;

pub use child::{CompileArgs, run_compile_child};

/// Where plugins are compiled.
#[derive(Debug, Clone)]
pub enum PluginCompiler {
    /// In this process, without bounds: for what came with the program.
    InProcess,
    /// In a process of its own.
    ChildProcess(ChildCompiler),
}

/// A program that has the hidden command `compile-plugin`, and what it may use.
#[derive(Debug, Clone)]
pub struct ChildCompiler {
    /// The program.
    pub program: PathBuf,
    /// What one compilation may use.
    pub limits: CompileLimits,
}

/// What one compilation may use.
///
/// Measured on two cores: Python's interpreter (19 MiB of wasm) takes 20 s of the processor and 640 MiB
/// and becomes 41 MiB of machine code, a JavaScript engine (12 MiB) 30 s, 690 MiB and 43 MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompileLimits {
    /// Time of the processor, on all cores together: the verdict does not depend on what else the
    /// machine does. Whole seconds.
    pub cpu_time: Duration,
    /// Time by the clock on the wall: the safety net, and the only bound where there is no other.
    pub wall_time: Duration,
    /// Bytes of memory. Enforced by Linux; elsewhere time is the bound.
    pub memory: u64,
    /// Bytes of machine code.
    pub code: u64,
}

impl Default for CompileLimits {
    fn default() -> Self {
        Self {
            cpu_time: Duration::from_secs(180),
            wall_time: Duration::from_secs(600),
            memory: 3 << 30,
            code: 384 << 20,
        }
    }
}

/// Why there is no machine code.
#[derive(thiserror::Error)]
pub enum CompileError {
    /// The compiler refuses it.
    #[error("{0}")]
    Refused(String),
    /// An instance of it would not fit into the engine's places.
    #[error("{words}")]
    ExceedsPool {
        /// The component, for an engine without places.
        component: Box<Component>,
        /// The engine's words.
        words: String,
    },
    /// It takes too long.
    #[error(
        "compiling it took more than {} s; split its largest functions, or build it with `opt-level = \"s\"`", .0.as_secs_f64()
    )]
    WallTime(Duration),
    /// It takes too much of the processor.
    #[error(
        "compiling it took more than {} s of the processor; split its largest functions, or build it with `opt-level = \"s\"`", .0.as_secs()
    )]
    CpuTime(Duration),
    /// It takes too much memory.
    #[error(
        "compiling it took more than {} MiB of memory; split its largest functions, or build it with `opt-level = \"s\"`", .0 >> 20
    )]
    Memory(u64),
    /// Too much comes out.
    #[error("it becomes more than {} MiB of machine code; leave out what it does not need", .0 >> 20)]
    CodeSize(u64),
    /// No process, or no file, can be made.
    #[error("the compiler cannot be started: {0}")]
    NotStarted(#[from] io::Error),
    /// The system ended the process.
    #[error("the system ended the compiler; there is too little memory on this machine for it")]
    Killed,
    /// The process ended otherwise.
    #[error("the compiler ended with {status}{}", format_stderr_suffix(.words))]
    Died {
        /// The exit code or the signal.
        status: ExitStatus,
        /// What it wrote to its standard error.
        words: String,
    },
}

impl std::fmt::Debug for CompileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CompileError({self})")
    }
}

fn format_stderr_suffix(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(": {words}") }
}

/// The exit code of a child whose standard error says what is wrong with the wasm.
const REFUSED_EXIT_CODE: i32 = 3;

/// How much of a child's complaints is read.
const STDERR_BYTES: u64 = 4 << 10;

/// How often the parent looks whether the child has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

static THIS_PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says that the executable of this process has the command `compile-plugin`. Said once, by the
/// program's command line; in any other program (tests, benches, one that embeds this library)
/// running the executable again would do something else.
pub fn register_compile_command() {
    // On Linux this name stands for the program that runs, even when an upgrade has replaced its file.
    let link = Path::new("/proc/self/exe");
    let path = if link.exists() { Some(link.to_owned()) } else { std::env::current_exe().ok() };
    match path {
        Some(path) => drop(THIS_PROGRAM.get_or_init(|| path)),
        None => tracing::warn!(
            "the program does not find its own file, so plugins are compiled without bounds on time and memory; \
             is /proc mounted?"
        ),
    }
}

impl PluginCompiler {
    /// A child process where this process is the program, else this process.
    #[must_use]
    pub fn for_this_process() -> Self {
        let program = THIS_PROGRAM.get().cloned();
        program.map_or(Self::InProcess, |program| {
            Self::ChildProcess(ChildCompiler { program, limits: CompileLimits::default() })
        })
    }

    /// The machine code of a component for this engine.
    ///
    /// # Errors
    /// When the wasm is wrong, or takes more than it may.
    pub(super) fn compile_component(
        &self,
        engine: &Engine,
        wasm: &[u8],
    ) -> Result<Vec<u8>, CompileError> {
        match self {
            Self::InProcess => {
                let code = engine.precompile_component(wasm);
                code.map_err(|error| CompileError::Refused(format!("{error:#}")))
            }
            Self::ChildProcess(child) => child.compile_component(wasm),
        }
    }
}

impl ChildCompiler {
    /// The machine code of a component, for the engine that this version of the program has.
    ///
    /// # Errors
    /// When the wasm is wrong, or takes more than it may.
    pub fn compile_component(&self, wasm: &[u8]) -> Result<Vec<u8>, CompileError> {
        let input = write_temp_file(wasm)?;
        let [output, complaints] = [tempfile::tempfile()?, tempfile::tempfile()?];
        let mut child = Command::new(&self.program)
            .args(self.limits.child_arguments())
            .stdin(input)
            .stdout(output.try_clone()?)
            .stderr(Stdio::from(complaints.try_clone()?))
            .env("RUST_BACKTRACE", "0")
            // The allocator would take a gibibyte at once, used or not, and the limit counts that.
            .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
            .spawn()?;
        let status = self.wait_for_exit(&mut child)?;
        self.read_result(status, output, &read_at_most(complaints, STDERR_BYTES)?)
    }

    /// Waits for the child's end, and ends it when its time is up.
    fn wait_for_exit(&self, child: &mut Child) -> Result<ExitStatus, CompileError> {
        let began = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            if began.elapsed() > self.limits.wall_time {
                child.kill()?;
                child.wait()?;
                return Err(CompileError::WallTime(self.limits.wall_time));
            }
            thread::sleep(POLL_INTERVAL);
        }
    }

    fn read_result(
        &self,
        status: ExitStatus,
        output: File,
        complaints: &[u8],
    ) -> Result<Vec<u8>, CompileError> {
        if status.success() {
            return Ok(read_at_most(output, self.limits.code)?);
        }
        let words = String::from_utf8_lossy(complaints).trim().to_owned();
        Err(match (status.code(), to_kill_signal(status)) {
            (_, Some(KillSignal::CpuTime)) => CompileError::CpuTime(self.limits.cpu_time),
            (_, Some(KillSignal::FileSize)) => CompileError::CodeSize(self.limits.code),
            (_, Some(KillSignal::Kill)) => CompileError::Killed,
            _ if is_out_of_memory(&words) => CompileError::Memory(self.limits.memory),
            (Some(REFUSED_EXIT_CODE), _) => CompileError::Refused(words),
            _ => CompileError::Died { status, words },
        })
    }
}

/// Whether this is what Rust says before it gives up, or what the compiler does; there is no signal of
/// its own for this.
fn is_out_of_memory(words: &str) -> bool {
    ["memory allocation of", "out of memory (failed to allocate"]
        .iter()
        .any(|message| words.contains(message))
}

impl CompileLimits {
    /// The command line of the child.
    fn child_arguments(&self) -> [OsString; 4] {
        let number = |name: &str, number: u64| OsString::from(format!("--{name}={number}"));
        [
            OsString::from("compile-plugin"),
            number("memory", self.memory),
            number("code", self.code),
            number("cpu-seconds", self.cpu_time.as_secs().max(1)),
        ]
    }
}

/// A file without a name that holds the bytes, at its beginning.
fn write_temp_file(bytes: &[u8]) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file)
}

/// At most so many bytes of a file.
fn read_at_most(mut file: File, most: u64) -> io::Result<Vec<u8>> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What ends a process that takes too much.
enum KillSignal {
    CpuTime,
    FileSize,
    Kill,
}

#[cfg(unix)]
fn to_kill_signal(status: ExitStatus) -> Option<KillSignal> {
    use std::os::unix::process::ExitStatusExt;
    let signal = rustix::process::Signal::from_named_raw(status.signal()?)?;
    match signal {
        rustix::process::Signal::XCPU => Some(KillSignal::CpuTime),
        rustix::process::Signal::XFSZ => Some(KillSignal::FileSize),
        rustix::process::Signal::KILL => Some(KillSignal::Kill),
        _ => None,
    }
}

#[cfg(not(unix))]
fn to_kill_signal(_: ExitStatus) -> Option<KillSignal> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_run_out_of_memory_are_known() {
        assert!(is_out_of_memory("memory allocation of 65536 bytes failed"));
        assert!(is_out_of_memory(
            "thread panicked at map.rs:402:55:\nunhandled out-of-memory error: out of memory (failed to \
             allocate 65537 bytes)"
        ));
        assert!(!is_out_of_memory("unknown section before byte 12"));
    }
}
