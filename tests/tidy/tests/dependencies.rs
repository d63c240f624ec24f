//! Which crate may depend on which, and where each heavy dependency may be used.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The crates of this workspace that a crate may depend on, tests apart. A crate that is not here may use none.
const MAY_USE: [(&str, &[&str]); 24] = [
    // The catalogue knows no plugins, no inbox and no HTTP.
    ("rikaste-contract", &[]),
    ("rikaste-model", &["contract"]),
    ("rikaste-store", &["model"]),
    ("rikaste-search", &["model"]),
    // The host, from the leaves to the program.
    ("rikaste-embed", &[]),
    ("rikaste-bundled", &["embed"]),
    ("rikaste-fetch", &["model", "store"]),
    ("rikaste-runtime", &["embed", "model", "store"]),
    ("rikaste-tables", &["model"]),
    ("rikaste-import", &["model", "tables"]),
    ("rikaste-receipts", &["contract", "import", "model"]),
    ("rikaste-media", &["model", "runtime", "store"]),
    ("rikaste-author", &["bundled", "model", "runtime"]),
    (
        "rikaste-pipeline",
        &["bundled", "import", "media", "model", "runtime", "search", "store", "tables"],
    ),
    ("rikaste-http", &["contract", "media", "model", "receipts", "runtime", "search", "store"]),
    (
        "rikaste",
        &[
            "author", "bundled", "contract", "fetch", "http", "import", "media", "model",
            "pipeline", "receipts", "runtime", "search", "store",
        ],
    ),
    // Plugins share the contract with the host, and nothing else.
    ("rikaste-plugin", &[]),
    ("rikaste-alt-text", &["plugin"]),
    ("rikaste-care", &["plugin"]),
    ("rikaste-images", &["plugin"]),
    ("rikaste-pricat", &["plugin"]),
    ("rikaste-reviews", &["plugin"]),
    ("rikaste-seasonal-copy", &["plugin"]),
    ("rikaste-test-guests", &["embed"]),
];

/// Dependencies that are used in one crate only, tests apart.
const FENCED: [(&str, &str); 23] = [
    ("avif-serialize", "rikaste-media"),
    ("axum", "rikaste-http"),
    ("calamine", "rikaste-tables"),
    ("cfb", "rikaste-tables"),
    ("chardetng", "rikaste-tables"),
    ("encoding_rs", "rikaste-tables"),
    ("encoding_rs_io", "rikaste-tables"),
    ("fluent-bundle", "rikaste-model"),
    ("libwebp-sys", "rikaste-media"),
    ("mozjpeg-rs", "rikaste-media"),
    ("notify", "rikaste"),
    ("png", "rikaste-media"),
    ("prometheus-client", "rikaste-http"),
    ("quick-xml", "rikaste-tables"),
    ("rav1e", "rikaste-media"),
    ("rusqlite", "rikaste-store"),
    ("tantivy", "rikaste-search"),
    ("tower-http", "rikaste-http"),
    ("utoipa-axum", "rikaste-http"),
    ("ureq", "rikaste-fetch"),
    ("wasmtime", "rikaste-runtime"),
    ("wasmtime-wasi", "rikaste-runtime"),
    ("wit-bindgen", "rikaste-plugin"),
];

/// A crate's name and what it depends on, tests and build scripts apart.
struct CrateManifest {
    name: String,
    dependencies: BTreeSet<String>,
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the workspace")
}

fn members() -> Vec<PathBuf> {
    let mut members = Vec::new();
    for folder in ["catalog", "host", "plugins", "tests/guests"] {
        for entry in fs::read_dir(workspace().join(folder)).expect("a folder of crates") {
            members.push(entry.expect("an entry").path());
        }
    }
    members.push(workspace().join("plugin-sdk"));
    members.push(workspace().join("tests/guests"));
    members.retain(|folder| folder.join("Cargo.toml").exists());
    members
}

fn read_manifest(folder: &Path) -> CrateManifest {
    let text = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = text.parse().expect("TOML");
    let table = |value: &toml::Value| value.as_table().cloned().unwrap_or_default();
    let name = manifest["package"]["name"].as_str().expect("a name").to_owned();
    let mut dependencies = BTreeSet::new();
    let mut add = |from: Option<&toml::Value>| {
        dependencies.extend(from.map(table).unwrap_or_default().into_iter().map(|(name, _)| name));
    };
    add(manifest.get("dependencies"));
    for target in manifest.get("target").map(table).unwrap_or_default().values() {
        add(target.get("dependencies"));
    }
    CrateManifest { name, dependencies }
}

#[test]
fn crates_depend_in_one_direction() {
    let allowed: BTreeMap<_, _> = MAY_USE.into_iter().collect();
    let mut problems = Vec::new();
    for folder in members() {
        let manifest = read_manifest(&folder);
        let may_use = allowed.get(manifest.name.as_str()).copied().unwrap_or_default();
        for dependency in &manifest.dependencies {
            let Some(ours) = dependency.strip_prefix("rikaste-") else { continue };
            let is_guest = manifest.name.starts_with("rikaste-test-") && ours == "plugin";
            if !may_use.contains(&ours) && !is_guest {
                problems.push(format!("{} may not depend on {dependency}", manifest.name));
            }
        }
    }
    assert_eq!(problems, Vec::<String>::new(), "see MAY_USE in {}", file!());
}

#[test]
fn heavy_dependencies_are_used_in_one_crate() {
    let mut problems = Vec::new();
    for folder in members() {
        let manifest = read_manifest(&folder);
        for (dependency, home) in FENCED {
            let is_plugin = folder.starts_with(workspace().join("plugins"));
            if manifest.dependencies.contains(dependency) && manifest.name != home && !is_plugin {
                problems.push(format!("{dependency} belongs to {home}; {} uses it", manifest.name));
            }
        }
    }
    assert_eq!(problems, Vec::<String>::new(), "see FENCED in {}", file!());
}

#[test]
fn every_crate_is_in_the_table() {
    let known: BTreeSet<_> = MAY_USE.iter().map(|(name, _)| (*name).to_owned()).collect();
    let names = members().iter().map(|folder| read_manifest(folder).name).collect::<Vec<_>>();
    let unknown: Vec<_> = names
        .iter()
        .filter(|name| !known.contains(*name) && !name.starts_with("rikaste-test-"))
        .collect();
    assert_eq!(unknown, Vec::<&String>::new());
    let missing: Vec<_> = known.iter().filter(|name| !names.contains(name)).collect();
    assert_eq!(missing, Vec::<&String>::new(), "in the table, not in the workspace");
}
