//! What a mapping says about the letters a file is written in.

use crate::charset::Charset;
use crate::format::TextEncoding;

/// How a file is written, by its mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CharsetOverride {
    Utf16(TextEncoding),
    Bytes(Charset),
}

impl CharsetOverride {
    /// The one of this name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "utf-16" | "utf-16le" | "utf16le" => Some(Self::Utf16(TextEncoding::Utf16Le)),
            "utf-16be" | "utf16be" => Some(Self::Utf16(TextEncoding::Utf16Be)),
            other => Charset::from_name(other).map(Self::Bytes),
        }
    }

    /// How its bytes become text on their way in.
    pub(crate) fn encoding(self) -> TextEncoding {
        match self {
            Self::Utf16(encoding) => encoding,
            Self::Bytes(_) => TextEncoding::Utf8,
        }
    }

    /// What its cells are read as.
    pub(crate) fn charset(self) -> Charset {
        match self {
            Self::Utf16(_) => Charset::Utf16,
            Self::Bytes(charset) => charset,
        }
    }
}
