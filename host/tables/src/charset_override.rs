//! The encoding that a mapping gives for a file.

use crate::charset::Charset;
use crate::format::TextEncoding;

/// The encoding that a mapping gives for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CharsetOverride(Charset);

impl CharsetOverride {
    /// The one of this name; `None` if it is not read.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(Self(match name.trim().to_ascii_lowercase().as_str() {
            "utf16le" => Charset::Decoded(encoding_rs::UTF_16LE),
            "utf16be" => Charset::Decoded(encoding_rs::UTF_16BE),
            other => Charset::from_name(other)?,
        }))
    }

    /// How the bytes become text while they are read.
    pub(crate) fn encoding(self) -> TextEncoding {
        match self.0 {
            Charset::Decoded(encoding) => TextEncoding::Decoded(encoding),
            _ => TextEncoding::Utf8,
        }
    }

    /// What the cells are read as.
    pub(crate) fn charset(self) -> Charset {
        self.0
    }
}
