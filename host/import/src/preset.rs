//! Presets: mappings for the exports of programs that many shops have, told by their headers.
//!
//! A preset is a mapping file that comes with the program, and one `[[signature]]` or several: columns
//! that all have to be there, perhaps with a name of the file, or texts that the beginning of a document has to contain. Of presets that
//! fit, the one that asks for most is taken. A mapping of the shop goes
//! before any preset; with `preset = "shopify"` it begins from one.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use rikaste_model::product::ContentHash;
use rikaste_model::record::DropKind;
use serde::Deserialize;
use smol_str::SmolStr;

use super::mapping::{Glob, Mapping, parse_bundled};

static PRESET_FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/presets");

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let files =
        PRESET_FILES.files().filter(|file| file.path().extension().is_some_and(|e| e == "toml"));
    files
        .map(|file| {
            let text = file.contents_utf8().expect("presets are UTF-8");
            let name = file.path().file_stem().unwrap_or_default().to_string_lossy();
            Preset::parse_preset(&name, text)
        })
        .collect()
});

/// A mapping that comes with the program.
pub(super) struct Preset {
    /// What a mapping calls it: `shopify`.
    pub(super) name: String,
    /// What people call it: `Shopify`.
    pub(super) label: String,
    pub(super) mapping: Mapping,
    /// The same as text, to begin from.
    pub(super) table: toml::Table,
    signatures: Vec<PresetSignature>,
    /// Texts at the beginning of a document that has no columns before it is known what it is.
    contains: Vec<String>,
}

/// The columns that a file of a preset has, and how it is called where these do not tell it.
#[derive(Debug, PartialEq, Eq)]
struct PresetSignature {
    names: Vec<Glob>,
    file: Option<Glob>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignature {
    file: Option<String>,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
}

impl Preset {
    /// The preset that a file of a kind with these headers is made for.
    pub(super) fn detect_by_headers(
        kind: DropKind,
        headers: &[SmolStr],
        file_name: &str,
    ) -> Option<&'static Self> {
        let of_kind = PRESETS.iter().filter(|preset| preset.mapping.kind == kind);
        let fits = of_kind
            .filter_map(|preset| Some((preset.match_signatures(headers, file_name)?, preset)));
        fits.max_by_key(|(columns, _)| *columns).map(|(_, preset)| preset)
    }

    /// The preset that a document which begins with this text is made for.
    pub(super) fn detect_by_text(kind: DropKind, start: &str) -> Option<&'static Self> {
        let of_kind = PRESETS.iter().filter(|preset| preset.mapping.kind == kind);
        let mut marked = of_kind.filter(|preset| !preset.contains.is_empty());
        marked.find(|preset| preset.contains.iter().all(|mark| start.contains(mark.as_str())))
    }

    /// How much of a signature is there, if all is.
    fn match_signatures(&self, headers: &[SmolStr], file_name: &str) -> Option<usize> {
        let is_there =
            |wanted: &Glob| headers.iter().any(|header| wanted.is_match(&header.to_lowercase()));
        let file_name = file_name.to_lowercase();
        let whole = self.signatures.iter().filter(|signature| {
            let is_called = |glob: &Glob| glob.is_match(&file_name);
            signature.file.as_ref().is_none_or(is_called) && signature.names.iter().all(is_there)
        });
        whole.map(|signature| signature.names.len() + usize::from(signature.file.is_some())).max()
    }

    pub(super) fn find_by_name(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// The hash of all.
    pub(super) fn digest_all() -> ContentHash {
        static DIGEST: LazyLock<ContentHash> = LazyLock::new(|| {
            let mut hasher = blake3::Hasher::new();
            for file in PRESET_FILES.files() {
                hasher.update(file.contents());
            }
            ContentHash(*hasher.finalize().as_bytes())
        });
        *DIGEST
    }

    /// The names of all.
    pub(super) fn all_names() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|preset| preset.name.as_str())
    }

    fn parse_preset(name: &str, text: &str) -> Self {
        let wrong = |error: &dyn std::fmt::Display| -> ! { panic!("the preset {name}: {error}") };
        let mut table: toml::Table = text.parse().unwrap_or_else(|error| wrong(&error));
        let label = table.remove("label").and_then(|label| label.as_str().map(str::to_owned));
        let signature = table.remove("signature").unwrap_or_else(|| wrong(&"no signature"));
        let signatures: Vec<RawSignature> =
            signature.try_into().unwrap_or_else(|error| wrong(&error));
        let mapping = parse_bundled(name, table.clone()).unwrap_or_else(|error| wrong(&error));
        Self {
            name: name.to_owned(),
            label: label.unwrap_or_else(|| wrong(&"no label")),
            mapping,
            table,
            contains: signatures.iter().flat_map(|one| one.contains.clone()).collect(),
            signatures: signatures
                .iter()
                .filter(|one| !one.columns.is_empty())
                .map(|one| PresetSignature {
                    names: one.columns.iter().map(|name| Glob::new(&name.to_lowercase())).collect(),
                    file: one.file.as_deref().map(Glob::new),
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_mapping_and_can_be_told_from_the_others() {
        let mut signatures: Vec<_> = PRESETS.iter().flat_map(|preset| &preset.signatures).collect();
        assert!(
            signatures.len() > 1 && signatures.iter().all(|signature| signature.names.len() > 1)
        );
        signatures.sort_by_key(|signature| format!("{signature:?}"));
        assert!(signatures.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
