//! What a plugin is for: one of the contract's worlds, and what its manifest says of it.

use std::fmt;

use rikaste_model::diagnostic::cut_excerpt;
use smol_str::SmolStr;

use super::{MAGIC_BYTES, ManifestError, NAME_BYTES};

/// What a plugin is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum World {
    /// It proposes values for products.
    Enricher,
    /// It reads files, and neither reads nor writes anything of products.
    Importer(FileClaims),
    /// It decodes photos of these media types.
    ImageProcessor(Vec<SmolStr>),
}

impl World {
    /// Its name in the contract.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Enricher => "enricher",
            Self::Importer(_) => "importer",
            Self::ImageProcessor(_) => "image-processor",
        }
    }
}

impl fmt::Display for FileClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magic = self
            .magic
            .iter()
            .map(|start| format!("{:?}", cut_excerpt(&String::from_utf8_lossy(start))));
        let (files, magic) = (self.files.join(", "), magic.collect::<Vec<_>>().join(" or "));
        match (files.is_empty(), magic.is_empty()) {
            (true, true) => f.write_str("files that a mapping gives it"),
            (false, true) => write!(f, "files named {files}"),
            (true, false) => write!(f, "files that begin with {magic}"),
            (false, false) => write!(f, "files named {files} that begin with {magic}"),
        }
    }
}

/// Which files an importer reads of itself. With neither, it reads what mappings give it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileClaims {
    /// Patterns of their names; none: any.
    pub files: Vec<String>,
    /// What they begin with; none: anything.
    pub magic: Vec<Vec<u8>>,
}

impl FileClaims {
    pub(super) fn parse_claims(
        files: Vec<String>,
        magic: Vec<Vec<u8>>,
    ) -> Result<Self, ManifestError> {
        let patterns = files.iter().map(|pattern| ("`files`", pattern.len(), NAME_BYTES));
        let magics = magic.iter().map(|start| ("`magic`", start.len(), MAGIC_BYTES));
        for (part, length, limit) in patterns.chain(magics) {
            if length > limit {
                return Err(ManifestError::TooLong { part, unit: "bytes", length, limit });
            }
        }
        if magic.iter().any(Vec::is_empty) {
            return Err(ManifestError::EmptyClaim("magic"));
        }
        if files.iter().any(|pattern| pattern.trim_matches('*').is_empty()) {
            return Err(ManifestError::EmptyClaim("files"));
        }
        Ok(Self { files, magic })
    }
}

/// What an image processor decodes: media types, `image/jpeg`.
pub(super) fn parse_media_types(raw: Vec<String>) -> Result<Vec<SmolStr>, ManifestError> {
    let is_part = |part: &str| {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+-.".contains(&b);
        !part.is_empty() && part.bytes().all(fits)
    };
    let is_one =
        |text: &str| text.len() <= NAME_BYTES && text.strip_prefix("image/").is_some_and(is_part);
    match raw.iter().find(|text| !is_one(text)) {
        Some(wrong) => Err(ManifestError::MediaType(cut_excerpt(wrong))),
        None if raw.is_empty() => Err(ManifestError::DecodesNothing),
        None => Ok(raw.into_iter().map(SmolStr::new).collect()),
    }
}
