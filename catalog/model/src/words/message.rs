//! Messages: words of the catalogue, or what somebody else says.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Language, Words};

/// What is said about something.
///
/// Where a message is stored as a part of something else, it is its English text; receipts keep
/// the words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Message {
    /// A text of somebody else's, in whatever language it is: a plugin's, or one that an older
    /// program wrote down.
    Plain(String),
    /// Words of the catalogue.
    Words(Box<Words>),
}

impl Message {
    /// The text, in the language if it is the catalogue's.
    #[must_use]
    pub fn text(&self, language: Language) -> Cow<'_, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Words(words) => Cow::Owned(words.text(language)),
        }
    }

    /// The words, where it is not plain.
    #[must_use]
    pub fn words(&self) -> Option<&Words> {
        match self {
            Self::Plain(_) => None,
            Self::Words(words) => Some(words),
        }
    }

    /// What was written down: the words where this program has them, else their English text.
    pub fn kept(text: String, words: Option<Words>) -> Self {
        match words.filter(Words::is_known) {
            Some(words) => words.into(),
            None => Self::Plain(text),
        }
    }

    /// About how many bytes it takes beside its own size.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Plain(text) => text.len(),
            Self::Words(words) => size_of_val(&**words),
        }
    }
}

impl From<Words> for Message {
    fn from(words: Words) -> Self {
        Self::Words(Box::new(words))
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

/// In English.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::En))
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text(Language::En))
    }
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::Plain)
    }
}
