//! Ranges: files that are all that their source has, so that what they do not name is gone.
//!
//! A range is a name for files of which the newest counts: those of a mapping with `full = true`, one
//! file by itself with `full = "each"`, those that a pattern in `shop.toml` fits. Whatever other files
//! say on behalf of the same source is another thing, and stays.

use rikaste_model::receipt::Share;
use rikaste_model::record::DropKind;
use smol_str::{SmolStr, format_smolstr};

use super::importer::Importer;
use super::mapping::{Full, Glob};
use super::rejects::REJECTED;

/// The range that a file is all of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// What tells it from other ranges.
    pub name: SmolStr,
    /// More than this share of it does not go before somebody says that it is right.
    pub most_gone: Share,
    files: Vec<Glob>,
}

impl Range {
    /// Whether a file of this name, without its folder, belongs to it.
    #[must_use]
    pub fn covers(&self, file_name: &str) -> bool {
        self.files.iter().any(|glob| glob.matches(file_name))
    }
}

impl Importer<'_> {
    /// The range that a file is all of, if it is; only files of products are.
    #[must_use]
    pub fn range(&self, kind: DropKind, file_name: &str) -> Option<Range> {
        // Mended rows are an update, whatever file they are from.
        if kind != DropKind::Products || file_name.ends_with(REJECTED) {
            return None;
        }
        let mapping = self.mappings().of(kind, file_name).next();
        let ranges = &self.shop().ranges;
        let most_gone = mapping.and_then(|mapping| mapping.most_gone).unwrap_or(ranges.most_gone);
        let (name, files) = match mapping.and_then(|mapping| Some((mapping, mapping.full?))) {
            Some((mapping, Full::Together)) => {
                (format_smolstr!("mappings/{}", mapping.name), mapping.files.clone())
            }
            Some((mapping, Full::Each)) => (
                format_smolstr!("mappings/{}: {file_name}", mapping.name),
                vec![Glob::exactly(file_name)],
            ),
            Some((_, Full::No)) => return None,
            None => {
                let pattern = ranges.files.iter().find(|p| Glob::new(p).matches(file_name))?;
                (SmolStr::new(pattern), vec![Glob::new(pattern)])
            }
        };
        Some(Range { name, most_gone, files })
    }
}
