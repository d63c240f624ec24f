//! The encoding that a mapping gives for a file.

use crate::charset::Charset;
use crate::format::TextEncoding;

/// The encoding that a mapping gives for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CharsetOverride(NamedEncoding);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamedEncoding {
    Utf16(TextEncoding),
    Bytes(Charset),
}

impl CharsetOverride {
    /// The one of this name; `None` if it is not read.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(Self(match name.trim().to_ascii_lowercase().as_str() {
            "utf-16" | "utf-16le" | "utf16le" => NamedEncoding::Utf16(TextEncoding::Utf16Le),
            "utf-16be" | "utf16be" => NamedEncoding::Utf16(TextEncoding::Utf16Be),
            other => NamedEncoding::Bytes(Charset::from_name(other)?),
        }))
    }

    /// How the bytes become text while they are read.
    pub(crate) fn encoding(self) -> TextEncoding {
        match self.0 {
            NamedEncoding::Utf16(encoding) => encoding,
            NamedEncoding::Bytes(_) => TextEncoding::Utf8,
        }
    }

    /// What the cells are read as.
    pub(crate) fn charset(self) -> Charset {
        match self.0 {
            NamedEncoding::Utf16(_) => Charset::Utf16,
            NamedEncoding::Bytes(charset) => charset,
        }
    }
}
