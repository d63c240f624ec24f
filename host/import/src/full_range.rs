//! Ranges: files that are all that their source has, so that what they do not name is gone.
//!
//! A range is a name for files of which the newest counts: those of a mapping with `full = true`, one
//! file by itself with `full = "each"`, those that a pattern in `shop.toml` fits. Whatever other files
//! say on behalf of the same source is another thing, and stays.

use rikaste_model::receipt::Percentage;
use rikaste_model::record::DropKind;
use smol_str::{SmolStr, format_smolstr};

use crate::columns::{FullRangeMode, Glob, REJECTED_SUFFIX};
use crate::importer::FileImporter;

/// The range that a file is all of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullRange {
    /// What tells it from other ranges.
    pub name: SmolStr,
    /// More than this share of it does not go before somebody says that it is right.
    pub most_gone: Percentage,
    files: Vec<Glob>,
}

impl FullRange {
    /// Whether a file of this name, without its folder, belongs to it.
    #[must_use]
    pub fn has_file(&self, file_name: &str) -> bool {
        self.files.iter().any(|glob| glob.is_match(file_name))
    }
}

impl FileImporter<'_> {
    /// The range that a file is all of, if it is; only files of products are.
    #[must_use]
    pub fn find_full_range(&self, kind: DropKind, file_name: &str) -> Option<FullRange> {
        // Mended rows are an update, whatever file they are from.
        if kind != DropKind::Products || file_name.ends_with(REJECTED_SUFFIX) {
            return None;
        }
        let mapping = self.mappings().find_matching(kind, file_name).next();
        let ranges = &self.shop().full_ranges;
        let most_gone =
            mapping.and_then(|mapping| mapping.most_gone).unwrap_or(ranges.max_removed_share);
        let (name, files) = match mapping.and_then(|mapping| Some((mapping, mapping.full_range?))) {
            Some((mapping, FullRangeMode::Together)) => {
                (format_smolstr!("mappings/{}", mapping.name), mapping.files.clone())
            }
            Some((mapping, FullRangeMode::Each)) => (
                format_smolstr!("mappings/{}: {file_name}", mapping.name),
                vec![Glob::from_exact_name(file_name)],
            ),
            Some((_, FullRangeMode::Update)) => return None,
            None => {
                let pattern = ranges.files.iter().find(|p| Glob::new(p).is_match(file_name))?;
                (SmolStr::new(pattern), vec![Glob::new(pattern)])
            }
        };
        Some(FullRange { name, most_gone, files })
    }
}
