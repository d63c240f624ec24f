//! Messages: words of the catalogue, or what somebody else says.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Language, LocalizedText};

/// The text of a diagnostic, in every language.
///
/// Where a message is stored as a part of something else, it is its English text; receipts keep
/// the words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DiagnosticMessage {
    /// A text of somebody else's, in whatever language it is: a plugin's, or one that an older
    /// program wrote down.
    Plain(String),
    /// Words of the catalogue.
    Localized(Box<LocalizedText>),
}

impl DiagnosticMessage {
    /// The text, in the language if it is the catalogue's.
    #[must_use]
    pub fn to_text(&self, language: Language) -> Cow<'_, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Localized(words) => Cow::Owned(words.to_text(language)),
        }
    }

    /// The words, where it is not plain.
    #[must_use]
    pub fn localized_text(&self) -> Option<&LocalizedText> {
        match self {
            Self::Plain(_) => None,
            Self::Localized(words) => Some(words),
        }
    }

    /// What was written down: the words where this program has them, else their English text.
    pub fn from_stored(text: String, words: Option<LocalizedText>) -> Self {
        match words.filter(LocalizedText::is_known) {
            Some(words) => words.into(),
            None => Self::Plain(text),
        }
    }

    /// About how many bytes it takes beside its own size.
    #[must_use]
    pub fn heap_size(&self) -> usize {
        match self {
            Self::Plain(text) => text.len(),
            Self::Localized(words) => size_of_val(&**words),
        }
    }
}

impl From<LocalizedText> for DiagnosticMessage {
    fn from(words: LocalizedText) -> Self {
        Self::Localized(Box::new(words))
    }
}

impl From<String> for DiagnosticMessage {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

impl From<&str> for DiagnosticMessage {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

/// In English.
impl fmt::Display for DiagnosticMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(Language::En))
    }
}

impl Serialize for DiagnosticMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text(Language::En))
    }
}

impl<'de> Deserialize<'de> for DiagnosticMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::Plain)
    }
}
