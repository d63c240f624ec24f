//! The files of presets, as they come with the program: a mapping each, to begin from.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use rikaste_model::product::ContentHash;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/columns/presets");

pub(super) static PRESET_FILES: LazyLock<Vec<PresetFile>> = LazyLock::new(|| {
    let files = FOLDER.files().filter(|file| file.path().extension().is_some_and(|e| e == "toml"));
    files
        .map(|file| {
            let text = file.contents_utf8().expect("presets are UTF-8");
            let name = file.path().file_stem().unwrap_or_default().to_string_lossy();
            PresetFile::parse_text(&name, text)
        })
        .collect()
});

/// The file of a preset.
pub(super) struct PresetFile {
    name: String,
    label: String,
    signature: toml::Value,
    mapping: toml::Table,
}

impl PresetFile {
    /// The file of the preset that a mapping calls so.
    pub(super) fn find_by_name(name: &str) -> Option<&'static Self> {
        PRESET_FILES.iter().find(|file| file.name == name)
    }

    /// The names of all.
    pub(super) fn all_names() -> impl Iterator<Item = &'static str> {
        PRESET_FILES.iter().map(|file| file.name.as_str())
    }

    /// What a mapping calls it: `shopify`.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What people call it: `Shopify`.
    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// By what a file of it is known.
    pub(super) fn signature(&self) -> &toml::Value {
        &self.signature
    }

    /// What it says as a mapping.
    pub(super) fn mapping(&self) -> &toml::Table {
        &self.mapping
    }

    fn parse_text(name: &str, text: &str) -> Self {
        let wrong = |error: &dyn std::fmt::Display| -> ! { panic!("the preset {name}: {error}") };
        let mut mapping: toml::Table = text.parse().unwrap_or_else(|error| wrong(&error));
        let label = mapping.remove("label").and_then(|label| label.as_str().map(str::to_owned));
        Self {
            name: name.to_owned(),
            label: label.unwrap_or_else(|| wrong(&"no label")),
            signature: mapping.remove("signature").unwrap_or_else(|| wrong(&"no signature")),
            mapping,
        }
    }
}

/// The hash of all.
pub(crate) fn digest_presets() -> ContentHash {
    static DIGEST: LazyLock<ContentHash> = LazyLock::new(|| {
        let mut hasher = blake3::Hasher::new();
        for file in FOLDER.files() {
            hasher.update(file.contents());
        }
        ContentHash(*hasher.finalize().as_bytes())
    });
    *DIGEST
}
