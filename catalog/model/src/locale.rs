//! Locales: BCP 47 tags, `fi-FI`.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::words;
use crate::words::LocalizedText;

/// A language, with a script and a region where they matter: `fi-FI`, `sr-Latn-RS`, `en`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Locale(SmolStr);

/// A text that is no locale.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.localized_text())]
pub struct LocaleError(String);

impl LocaleError {
    /// What a receipt says about it.
    #[must_use]
    pub fn localized_text(&self) -> LocalizedText {
        words!("locale-invalid", text = self.0.as_str())
    }
}

impl Locale {
    /// Reads `fi-FI`, `fi_FI`, `FI-fi` or `fi`; the spelling is put right.
    ///
    /// # Errors
    /// When the text is not a language (2–3 letters), with an optional script (4 letters) and
    /// region (2 letters or 3 digits).
    pub fn new(text: &str) -> Result<Self, LocaleError> {
        let error = || LocaleError(text.to_owned());
        let mut parts = text.trim().split(['-', '_']);
        let language = parts.next().unwrap_or_default();
        if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_alphabetic())
        {
            return Err(error());
        }
        let mut tag = language.to_ascii_lowercase();
        let mut next = parts.next();
        if let Some(script) =
            next.filter(|p| p.len() == 4 && p.bytes().all(|b| b.is_ascii_alphabetic()))
        {
            tag.push('-');
            tag.push_str(&script[..1].to_ascii_uppercase());
            tag.push_str(&script[1..].to_ascii_lowercase());
            next = parts.next();
        }
        if let Some(region) = next {
            let letters = region.len() == 2 && region.bytes().all(|b| b.is_ascii_alphabetic());
            let digits = region.len() == 3 && region.bytes().all(|b| b.is_ascii_digit());
            if !letters && !digits {
                return Err(error());
            }
            tag.push('-');
            tag.push_str(&region.to_ascii_uppercase());
        }
        if parts.next().is_some() {
            return Err(error());
        }
        Ok(Self(SmolStr::new(tag)))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: `fi`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::str::FromStr for Locale {
    type Err = LocaleError;
    fn from_str(text: &str) -> Result<Self, LocaleError> {
        Self::new(text)
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = SmolStr::deserialize(deserializer)?;
        // What was stored is canonical already; only what people write goes through the parser.
        if is_canonical(&text) {
            return Ok(Self(text));
        }
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

fn is_canonical(text: &str) -> bool {
    let b = text.as_bytes();
    b.len() == 5
        && b[2] == b'-'
        && b[..2].iter().all(u8::is_ascii_lowercase)
        && b[3..].iter().all(u8::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_come_out_as_one_tag() {
        for (text, tag) in [
            ("fi_FI", "fi-FI"),
            ("FI-fi", "fi-FI"),
            ("sv", "sv"),
            ("sr_latn_rs", "sr-Latn-RS"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(Locale::new(text).map(|l| l.to_string()), Ok(tag.to_owned()));
        }
        for text in ["", "f", "finnish", "fi-FIN", "fi-FI-x", "fi FI", "xx_YYY", "ää"] {
            assert!(Locale::new(text).is_err(), "{text}");
        }
    }
}
