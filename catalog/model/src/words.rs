//! Words: what the program tells the people of a shop, in the shop's language.
//!
//! The code does not hold sentences. It says [`words!`](crate::words!)`("price-currency", list = …)`: the name of
//! a text and what the text is about. The texts lie in `catalog/model/words/`, a Fluent file for each
//! [`Language`], and English comes from there as the other languages do. A text is made when
//! somebody reads it, so a message that no receipt has room for costs no text. What others say,
//! such as plugins, stays in their words: [`DiagnosticMessage::Plain`].
//!
//! A test reads the program's sources and the four files, and fails when a name is in one and not
//! in the other, or when a text and the code do not agree on what it is about.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

mod catalogue;
mod language;
mod message;
mod template;
#[cfg(test)]
mod tests;

pub use language::Language;
pub use message::DiagnosticMessage;
pub use template::TextTemplate;

/// The name of a text of the catalogue, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LocalizedText {
    text: SmolStr,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    arguments: Vec<(SmolStr, TextArgument)>,
}

/// What a text is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextArgument {
    /// A value, a code, a name: the same in every language.
    Text(String),
    /// How many there are.
    Count(u64),
    /// Names that are listed in quotation marks, and how many more there are.
    Names(Vec<SmolStr>, u64),
    /// A part of the sentence that is words of its own.
    Words(LocalizedText),
}

/// `words!("option-unknown", attribute = code, hint = hint)`
#[macro_export]
macro_rules! words {
    ($text:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::LocalizedText::new($text)$(.with_argument(stringify!($name), $value))*
    };
}

impl LocalizedText {
    /// A text without arguments. Write [`words!`](crate::words!) instead: a test knows that.
    #[must_use]
    pub fn new(text: &'static str) -> Self {
        Self { text: SmolStr::new_static(text), arguments: Vec::new() }
    }

    /// Says what they are about.
    #[must_use]
    pub fn with_argument(mut self, name: &'static str, value: impl Into<TextArgument>) -> Self {
        self.arguments.push((SmolStr::new_static(name), value.into()));
        self
    }

    /// The sentence, or the part of one.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        catalogue::format_text(self, language)
    }

    /// Which text it is.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.text
    }

    /// What it is about, by name.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = (&str, &TextArgument)> {
        self.arguments.iter().map(|(name, argument)| (name.as_str(), argument))
    }

    /// What it is about, what its parts are about included.
    pub fn visit_arguments<'w>(&'w self, visit: &mut impl FnMut(&'w str, &'w TextArgument)) {
        for (name, argument) in &self.arguments {
            match argument {
                TextArgument::Words(words) => words.visit_arguments(visit),
                argument => visit(name, argument),
            }
        }
    }

    /// Whether the catalogue has the text: not when a newer program wrote it down.
    fn is_known(&self) -> bool {
        let part = |argument: &TextArgument| match argument {
            TextArgument::Words(words) => words.is_known(),
            _ => true,
        };
        catalogue::has_text(&self.text) && self.arguments.iter().all(|(_, argument)| part(argument))
    }
}

impl TextArgument {
    /// Names for a list, of which a reader gets at most a dozen.
    pub fn from_names<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> Self {
        const SHOWN: usize = 12;
        let mut names = names.into_iter();
        let shown = names.by_ref().take(SHOWN).map(|name| SmolStr::new(name)).collect();
        Self::Names(shown, names.count() as u64)
    }
}

/// In English.
impl fmt::Display for LocalizedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(Language::En))
    }
}

impl From<&str> for TextArgument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for TextArgument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<LocalizedText> for TextArgument {
    fn from(words: LocalizedText) -> Self {
        Self::Words(words)
    }
}

impl From<DiagnosticMessage> for TextArgument {
    fn from(message: DiagnosticMessage) -> Self {
        match message {
            DiagnosticMessage::Plain(text) => Self::Text(text),
            DiagnosticMessage::Localized(words) => Self::Words(*words),
        }
    }
}

/// A part of a sentence that is not always there.
impl From<Option<LocalizedText>> for TextArgument {
    fn from(words: Option<LocalizedText>) -> Self {
        words.map_or(Self::Text(String::new()), Self::Words)
    }
}

impl From<u64> for TextArgument {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for TextArgument {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}
