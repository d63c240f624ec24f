//! Builds plugins to components in a build script, and the type in which a program embeds them.
//!
//! A second cargo does the building, in a target folder of its own: the one that runs the build script holds
//! the lock of its own folder until everything is built.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A component that is part of a program.
#[derive(Debug, Clone, Copy)]
pub struct EmbeddedPlugin {
    /// The plugin's name.
    pub name: &'static str,
    /// The component's bytes.
    pub wasm: &'static [u8],
}

/// An [`EmbeddedPlugin`] of the component `NAME.wasm` that [`build_components`] left in `OUT_DIR`.
#[macro_export]
macro_rules! embed_component {
    ($name:literal) => {
        $crate::EmbeddedPlugin {
            name: $name,
            wasm: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".wasm")),
        }
    };
}

/// What the plugins run on.
const TARGET: &str = "wasm32-wasip2";

/// The profile in the workspace's `Cargo.toml`: optimised whatever the program is built with, since
/// a plugin runs on every product.
const PROFILE: &str = "plugin";

/// Builds packages of this workspace to components, from a build script.
///
/// Each pair is a package and the name under which its component lands in `OUT_DIR`. The script runs again
/// when a file below `sources` changes; those are paths in the workspace.
///
/// # Panics
/// When the target's standard library cannot be added, or a package cannot be built: the message says what to do.
pub fn build_components(packages: &[(&str, &str)], sources: &[&str]) {
    let workspace = find_workspace_folder();
    for source in sources.iter().chain(&["Cargo.lock", "Cargo.toml", "plugin-sdk", "wit"]) {
        println!("cargo::rerun-if-changed={}", workspace.join(source).display());
    }
    let out = PathBuf::from(read_variable("OUT_DIR"));
    ensure_target();
    let built = build_packages(&workspace, packages, &choose_target_folder(&out));
    for (package, name) in packages {
        copy_if_changed(
            &built.join(package.replace('-', "_")).with_extension("wasm"),
            &out.join(name).with_extension("wasm"),
        );
    }
}

/// The nearest folder above the package whose script this is that has a `Cargo.lock`.
fn find_workspace_folder() -> PathBuf {
    let package = PathBuf::from(read_variable("CARGO_MANIFEST_DIR"));
    let mut above = package.ancestors().skip(1);
    let found = above.find(|folder| folder.join("Cargo.lock").exists());
    found.map_or_else(|| panic!("no Cargo.lock above {}", package.display()), Path::to_path_buf)
}

fn read_variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name} for build scripts"))
}

/// Beside the folders of the profiles, `OUT_DIR` being `target/debug/build/rikaste-…/out`.
fn choose_target_folder(out: &Path) -> PathBuf {
    out.ancestors().nth(4).unwrap_or(out).join("plugins")
}

/// Adds the target's standard library where it is missing.
fn ensure_target() {
    if has_target() {
        return;
    }
    let added = Command::new("rustup").args(["target", "add", TARGET]).status();
    assert!(
        added.is_ok_and(|status| status.success()) && has_target(),
        "\n\nThe bundled plugins are built for {TARGET}, whose standard library is missing and could not be added.\n\
         Type this and build again:\n\n    rustup target add {TARGET}\n\n\
         Without rustup, install the package of your system that has Rust's standard library for {TARGET}.\n"
    );
}

fn has_target() -> bool {
    let rustc = env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let printed =
        Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]).output();
    printed.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

/// Builds the plugins; the answer is the folder that they are in.
fn build_packages(workspace: &Path, packages: &[(&str, &str)], target_folder: &Path) -> PathBuf {
    let mut cargo = Command::new(read_variable("CARGO"));
    cargo
        .current_dir(workspace)
        .args(["build", "--locked", "--target", TARGET, "--profile", PROFILE, "--target-dir"])
        .arg(target_folder);
    for (package, _) in packages {
        cargo.args(["-p", package]);
    }
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_of_this_build) {
            cargo.env_remove(name);
        }
    }
    // What decodes photos takes half of the time with it, and the runtime has it everywhere.
    cargo.env("RUSTFLAGS", "-Ctarget-feature=+simd128");
    let status = cargo.status().unwrap_or_else(|error| panic!("cargo cannot be started: {error}"));
    assert!(status.success(), "the bundled plugins cannot be built, see above");
    target_folder.join(TARGET).join(PROFILE)
}

/// Whether a variable speaks of the build that runs this script and not of the machine: flags,
/// wrappers (clippy is one) and cargo's own settings for this package would change what the second
/// cargo does.
fn is_of_this_build(name: &str) -> bool {
    const OF_THE_MACHINE: [&str; 4] = ["CARGO_HOME", "CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTR"];
    const RUSTC: [&str; 6] = [
        "RUSTC",
        "RUSTC_LINKER",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTDOC",
        "RUSTFLAGS",
    ];
    const SCRIPT: [&str; 9] = [
        "TARGET",
        "HOST",
        "OUT_DIR",
        "PROFILE",
        "OPT_LEVEL",
        "DEBUG",
        "NUM_JOBS",
        "MAKEFLAGS",
        "MFLAGS",
    ];
    let cargo =
        name.starts_with("CARGO") && !OF_THE_MACHINE.iter().any(|prefix| name.starts_with(prefix));
    cargo || RUSTC.contains(&name) || SCRIPT.contains(&name)
}

/// Copies only what changed, so that the program is not compiled again for nothing.
fn copy_if_changed(from: &Path, to: &Path) {
    let built = fs::read(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    if fs::read(to).is_ok_and(|before| before == built) {
        return;
    }
    fs::write(to, built).unwrap_or_else(|error| panic!("{}: {error}", to.display()));
}
