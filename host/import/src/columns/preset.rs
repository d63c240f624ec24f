//! Presets: mappings for the exports of programs that many shops have, recognised by their headers.
//!
//! A preset is a mapping file that comes with the program, and one `[[signature]]` or several: columns
//! that all have to be there, perhaps with a name of the file, or texts that the beginning of a document
//! has to contain. Of presets that fit, the one that asks for most is chosen. A mapping of the shop goes
//! before any preset; with `preset = "shopify"` it begins from one.

use std::sync::LazyLock;

use rikaste_model::record::DropKind;
use serde::Deserialize;
use smol_str::SmolStr;

use super::mapping::{Glob, Mapping, parse_bundled};
use super::preset_files::{PRESET_FILES, PresetFile};

static PRESETS: LazyLock<Vec<Preset>> =
    LazyLock::new(|| PRESET_FILES.iter().map(Preset::from_file).collect());

/// A mapping that comes with the program.
pub(crate) struct Preset {
    name: &'static str,
    label: &'static str,
    mapping: Mapping,
    signatures: Vec<PresetSignature>,
    /// Texts at the beginning of a document that has no columns before it is known what it is.
    contains: Vec<String>,
}

/// The columns that a file of a preset has, and how it is called where these do not identify it.
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
    /// What a mapping calls it: `shopify`.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// What people call it: `Shopify`.
    pub(crate) fn label(&self) -> &'static str {
        self.label
    }

    pub(crate) fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// The preset that a file of a kind with these headers is made for.
    pub(crate) fn detect_by_headers(
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
    pub(crate) fn detect_by_text(kind: DropKind, start: &str) -> Option<&'static Self> {
        let of_kind = PRESETS.iter().filter(|preset| preset.mapping.kind == kind);
        let mut marked = of_kind.filter(|preset| !preset.contains.is_empty());
        marked.find(|preset| preset.contains.iter().all(|mark| start.contains(mark.as_str())))
    }

    /// How much of a signature is there, if all is.
    fn match_signatures(&self, headers: &[SmolStr], file_name: &str) -> Option<usize> {
        let is_there = |wanted: &Glob| headers.iter().any(|header| wanted.is_match(header));
        let whole = self.signatures.iter().filter(|signature| {
            let is_called = |glob: &Glob| glob.is_match(file_name);
            signature.file.as_ref().is_none_or(is_called) && signature.names.iter().all(is_there)
        });
        whole.map(|signature| signature.names.len() + usize::from(signature.file.is_some())).max()
    }

    fn from_file(file: &'static PresetFile) -> Self {
        let wrong =
            |error: &dyn std::fmt::Display| -> ! { panic!("the preset {}: {error}", file.name()) };
        let mapping = parse_bundled(file.name(), file.mapping().clone())
            .unwrap_or_else(|error| wrong(&error));
        let signatures: Vec<RawSignature> =
            file.signature().clone().try_into().unwrap_or_else(|error| wrong(&error));
        Self {
            name: file.name(),
            label: file.label(),
            mapping,
            contains: signatures.iter().flat_map(|one| one.contains.clone()).collect(),
            signatures: signatures
                .iter()
                .filter(|one| !one.columns.is_empty())
                .map(|one| PresetSignature {
                    names: one.columns.iter().map(|name| Glob::new(name)).collect(),
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
