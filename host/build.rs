//! Builds the bundled plugins to components that the program embeds, so that `cargo run` and
//! `cargo test` need no step of their own.
//!
//! A second cargo does it, in a target folder of its own: the one that runs this script holds the
//! lock of its own until everything is built.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the plugins run on.
const TARGET: &str = "wasm32-wasip2";

/// The profile in the workspace's `Cargo.toml`: optimised whatever the program is built with, since
/// a plugin runs on every product.
const PROFILE: &str = "plugin";

/// Packages, and the names under which `bundled.rs` embeds them. The last three are for tests only; they are
/// built with the others because a build script does not know what it is run for.
const PLUGINS: [(&str, &str); 9] = [
    ("rikaste-alt-text", "alt-text"),
    ("rikaste-care", "care"),
    ("rikaste-images", "images"),
    ("rikaste-pricat", "pricat"),
    ("rikaste-reviews", "reviews"),
    ("rikaste-seasonal-copy", "seasonal-copy"),
    ("rikaste-test-guest", "test-guest"),
    ("rikaste-test-importer", "test-importer"),
    ("rikaste-test-picture", "test-picture"),
];

/// What the plugins are made of.
const SOURCES: [&str; 6] =
    ["Cargo.lock", "Cargo.toml", "plugin-sdk", "plugins", "tests/guests", "wit"];

fn main() {
    let host = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let workspace = host.parent().expect("`host/` is in the workspace");
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", workspace.join(source).display());
    }
    // Embedded as they are: what is new among them is only noticed here.
    println!("cargo::rerun-if-changed={}", host.join("templates").display());
    let out = PathBuf::from(variable("OUT_DIR"));
    ensure_target();
    let built = build(workspace, &target_folder(&out));
    for (package, name) in PLUGINS {
        copy(
            &built.join(package.replace('-', "_")).with_extension("wasm"),
            &out.join(name).with_extension("wasm"),
        );
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name} for build scripts"))
}

/// Beside the folders of the profiles, `OUT_DIR` being `target/debug/build/rikaste-…/out`.
fn target_folder(out: &Path) -> PathBuf {
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
fn build(workspace: &Path, target_folder: &Path) -> PathBuf {
    let mut cargo = Command::new(variable("CARGO"));
    cargo
        .current_dir(workspace)
        .args(["build", "--target", TARGET, "--profile", PROFILE, "--target-dir"])
        .arg(target_folder);
    if workspace.join("Cargo.lock").exists() {
        cargo.arg("--locked");
    }
    for (package, _) in PLUGINS {
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
fn copy(from: &Path, to: &Path) {
    let built = fs::read(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    if fs::read(to).is_ok_and(|before| before == built) {
        return;
    }
    fs::write(to, built).unwrap_or_else(|error| panic!("{}: {error}", to.display()));
}
