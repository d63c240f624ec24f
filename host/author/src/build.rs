//! Building a project to one file, `dist/NAME.wasm`, whatever it is written in.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::project::{PluginProject, ProjectLanguage};
use super::sources::BuildStamp;

/// What plugins run on.
const WASM_TARGET: &str = "wasm32-wasip2";

/// How a project is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildMode {
    /// As a shop runs it.
    Release,
    /// Quickly; the plugin is larger and slower. Only Rust has the choice.
    Quick,
}

/// Why there is no component.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A program or a part of one is not installed.
    #[error("{what} is missing; get it with:\n\n{}", indent_lines(get))]
    Missing {
        /// What is missing.
        what: &'static str,
        /// What to type.
        get: String,
    },
    /// The compiler failed, and reported why.
    #[error("{0} could not build the plugin; see above")]
    Compiler(&'static str),
    /// It built something else.
    #[error("cargo built no WebAssembly; `crate-type` in Cargo.toml has to name \"cdylib\"")]
    NoWasm,
    /// A program cannot be started, for another reason than that it is missing.
    #[error("{program} cannot be started: {source}")]
    Start {
        /// The name of the program.
        program: String,
        /// Why it did not start.
        source: io::Error,
    },
    /// The result cannot be put into its place.
    #[error("{}: {source}", path.display())]
    File {
        /// The file that was to be written.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
}

fn indent_lines(lines: &str) -> String {
    lines.lines().map(|line| format!("    {line}\n")).collect()
}

/// Builds the project, unless it is built already; the answer is the file, which is whole or not
/// there at all.
///
/// # Errors
/// When something is missing or the plugin does not compile. What the compiler says goes to
/// standard error as it says it.
pub fn build_project(project: &PluginProject, mode: BuildMode) -> Result<PathBuf, BuildError> {
    let output = project.component_path();
    let failed = |path: &Path, source| BuildError::File { path: path.to_owned(), source };
    let dist = output.parent().unwrap_or(project.folder());
    fs::create_dir_all(dist).map_err(|source| failed(dist, source))?;
    let folder = project.folder();
    let stamp = BuildStamp::from_project(project).map_err(|source| failed(folder, source))?;
    // Cargo knows more about what a crate is built of.
    if project.language() != ProjectLanguage::Rust && stamp.is_current(&output) {
        return Ok(output);
    }
    // Whoever watches the file sees the old one or the new one.
    let scratch = tempfile::tempdir_in(dist).map_err(|source| failed(dist, source))?;
    let fresh = scratch.path().join("plugin.wasm");
    match project.language() {
        ProjectLanguage::Rust => {
            let built = build_rust(project, mode)?;
            fs::copy(&built, &fresh).map_err(|source| failed(&built, source))?;
        }
        ProjectLanguage::Js => build_javascript(project, &fresh)?,
        ProjectLanguage::Python => build_python(project, &fresh)?,
    }
    fs::rename(&fresh, &output).map_err(|source| failed(&output, source))?;
    stamp.write_for_component(&output).map_err(|source| failed(&output, source))?;
    Ok(output)
}

/// What cargo says of each thing it made.
#[derive(Deserialize)]
struct CargoArtifact {
    reason: String,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    #[serde(default)]
    manifest_path: PathBuf,
}

fn build_rust(project: &PluginProject, mode: BuildMode) -> Result<PathBuf, BuildError> {
    let rustup = || BuildError::Missing {
        what: "Rust",
        get: if cfg!(windows) {
            "winget install Rustlang.Rustup".to_owned()
        } else {
            "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh".to_owned()
        },
    };
    if !has_wasm_target(project.folder()).ok_or_else(rustup)? {
        return Err(BuildError::Missing {
            what: "Rust's standard library for WebAssembly",
            get: format!("rustup target add {WASM_TARGET}"),
        });
    }
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--target", WASM_TARGET, "--message-format=json-render-diagnostics"])
        .current_dir(project.folder())
        .stderr(Stdio::inherit());
    if mode == BuildMode::Release {
        cargo.arg("--release");
    }
    let output = run_command(&mut cargo, rustup)?;
    if !output.status.success() {
        return Err(BuildError::Compiler("cargo"));
    }
    let manifest = project.folder().join("Cargo.toml");
    let manifest = manifest.canonicalize().unwrap_or(manifest);
    let is_wasm = |path: &PathBuf| path.extension() == Some(OsStr::new("wasm"));
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .filter_map(|line| serde_json::from_str::<CargoArtifact>(line).ok())
        .filter(|made| made.reason == "compiler-artifact" && made.manifest_path == manifest)
        .find_map(|made| made.filenames.into_iter().find(is_wasm))
        .ok_or(BuildError::NoWasm)
}

/// Whether Rust has the target's standard library; `None` without Rust.
fn has_wasm_target(folder: &Path) -> Option<bool> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]).current_dir(folder);
    let printed = rustc.output().ok()?;
    Some(Path::new(String::from_utf8_lossy(&printed.stdout).trim()).is_dir())
}

fn build_javascript(project: &PluginProject, output: &Path) -> Result<(), BuildError> {
    let node = || BuildError::Missing {
        what: "Node.js (20 or newer)",
        get: if cfg!(windows) {
            "winget install OpenJS.NodeJS.LTS".to_owned()
        } else if cfg!(target_os = "macos") {
            "brew install node".to_owned()
        } else {
            "sudo apt install nodejs npm     (or from https://nodejs.org/en/download)".to_owned()
        },
    };
    // Node looks for packages in the folders above, too.
    let whole = std::path::absolute(project.folder()).unwrap_or(project.folder().to_owned());
    let package = "node_modules/@bytecodealliance/componentize-js";
    let is_installed = whole.ancestors().any(|folder| folder.join(package).is_dir());
    let mut build = Command::new("node");
    build.arg("build.mjs").arg(absolute_path(output)).current_dir(project.folder());
    if !is_installed {
        // Without Node, npm is missing as well.
        run_command(Command::new("node").arg("--version"), node)?;
        return Err(BuildError::Missing {
            what: "the compiler of JavaScript to components",
            get: format!("cd {}\nnpm install", project.folder().display()),
        });
    }
    run_compiler(&mut build, "node", node)
}

fn build_python(project: &PluginProject, output: &Path) -> Result<(), BuildError> {
    let folder = project.folder();
    let program = if cfg!(windows) { "Scripts/componentize-py.exe" } else { "bin/componentize-py" };
    let environments = [Some(folder.join(".venv")), env::var_os("VIRTUAL_ENV").map(Into::into)];
    let found = environments.into_iter().flatten().map(|venv| venv.join(program));
    let compiler = found
        .filter_map(|path| std::path::absolute(path).ok())
        .find(|path| path.is_file())
        .unwrap_or_else(|| PathBuf::from("componentize-py"));
    let missing = || BuildError::Missing {
        what: "the compiler of Python to components (it needs Python 3.10 or newer)",
        get: format!(
            "cd {}\n{}",
            folder.display(),
            ProjectLanguage::Python.setup_commands().join("\n")
        ),
    };
    let mut build = Command::new(compiler);
    build
        .args(["--quiet", "--wit-path", "wit", "--world", "enricher"])
        .args(["componentize", "plugin", "--stub-wasi"])
        .args(["--python-path", "src", "--python-path", "sdk", "--output"])
        .arg(absolute_path(output))
        .current_dir(folder);
    run_compiler(&mut build, "componentize-py", missing)
}

fn absolute_path(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Runs a compiler that writes its output itself; what it says goes to standard error.
fn run_compiler(
    command: &mut Command,
    name: &'static str,
    missing: impl FnOnce() -> BuildError,
) -> Result<(), BuildError> {
    let output = run_command(command.stderr(Stdio::inherit()), missing)?;
    // Standard output is for what the user asked of this program.
    eprint!("{}", String::from_utf8_lossy(&output.stdout));
    if output.status.success() { Ok(()) } else { Err(BuildError::Compiler(name)) }
}

fn run_command(
    command: &mut Command,
    missing: impl FnOnce() -> BuildError,
) -> Result<std::process::Output, BuildError> {
    command.stdin(Stdio::null()).output().map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => missing(),
        _ => {
            let program = command.get_program().to_string_lossy().into_owned();
            BuildError::Start { program, source }
        }
    })
}
