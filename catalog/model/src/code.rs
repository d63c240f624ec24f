//! Names that are checked once: attribute codes, channel codes, SKUs, GTINs.
//!
//! Each is a newtype whose constructor validates and whose `Deserialize` goes through it, so
//! that code holding one never checks again. Codes are short, so they live inline in a
//! [`SmolStr`] and cloning one costs nothing.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::words;
use crate::words::{LocalizedText, TextArgument};

/// Why a text is not a valid code, SKU or GTIN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.localized_text())]
pub enum CodeError {
    /// The text is empty.
    Empty {
        /// What was being read: "attribute code", "SKU", …
        what: &'static str,
    },
    /// The text is longer than allowed.
    TooLong {
        /// What was being read.
        what: &'static str,
        /// Its length in characters.
        length: usize,
        /// The most allowed.
        limit: usize,
    },
    /// The text has a character that is not allowed.
    Character {
        /// What was being read.
        what: &'static str,
        /// The text as it came.
        text: String,
        /// The first character that is wrong.
        character: char,
        /// What may be used.
        allowed: AllowedCharacters,
    },
    /// A GTIN with the wrong number of digits.
    GtinLength {
        /// The text as it came.
        text: String,
        /// How many digits it has.
        digits: usize,
    },
    /// A GTIN whose last digit does not follow from the others.
    GtinCheckDigit {
        /// The text as it came.
        text: String,
        /// The digit it ends in.
        found: u8,
        /// The digit that the others give.
        expected: u8,
    },
}

/// The characters that may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllowedCharacters {
    /// Letters, digits, `_`, `-` and `.`.
    Code,
    /// Whatever can be printed.
    Printable,
    /// Digits.
    Digits,
}

impl CodeError {
    /// What a receipt says about it.
    #[must_use]
    pub fn localized_text(&self) -> LocalizedText {
        // What only those meet who configure a shop has its English name.
        let named = |what: &'static str| match what {
            "SKU" => TextArgument::Words(words!("code-sku")),
            "category code" => TextArgument::Words(words!("code-category")),
            other => other.into(),
        };
        match self {
            Self::Empty { what } => words!("code-empty", what = named(what)),
            Self::TooLong { what, length, limit } => {
                words!("code-too-long", what = named(what), length = *length, limit = *limit)
            }
            Self::Character { what, text, character, allowed } => {
                let allowed = match allowed {
                    AllowedCharacters::Code => words!("allowed-code"),
                    AllowedCharacters::Printable => words!("allowed-printable"),
                    AllowedCharacters::Digits => words!("allowed-digits"),
                };
                words!(
                    "code-character",
                    what = named(what),
                    text = text.as_str(),
                    character = format!("{character:?}"),
                    allowed = allowed
                )
            }
            Self::GtinLength { text, digits } => {
                words!("gtin-length", text = text.as_str(), digits = *digits)
            }
            Self::GtinCheckDigit { text, found, expected } => words!(
                "gtin-check-digit",
                text = text.as_str(),
                found = found.to_string(),
                expected = expected.to_string()
            ),
        }
    }
}

/// The most characters of a code.
const CODE_LIMIT: usize = 100;

fn checked_code(what: &'static str, text: &str) -> Result<SmolStr, CodeError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(CodeError::Empty { what });
    }
    if text.len() > CODE_LIMIT {
        return Err(CodeError::TooLong { what, length: text.chars().count(), limit: CODE_LIMIT });
    }
    let wrong = |c: &char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if let Some(character) = text.chars().find(wrong) {
        return Err(CodeError::Character {
            what,
            text: text.to_owned(),
            character,
            allowed: AllowedCharacters::Code,
        });
    }
    Ok(SmolStr::new(text))
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        code!(@type $(#[$doc])* $name);
        impl $name {
            /// Checks the text; white space around it is dropped.
            ///
            /// # Errors
            /// When it is empty, longer than 100 bytes, or has a character other than
            /// letters, digits, `_`, `-` and `.`.
            pub fn new(text: &str) -> Result<Self, CodeError> {
                checked_code($what, text).map(Self)
            }
        }
        code!(@serde $name);
    };
    (@type $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(SmolStr);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
    (@serde $name:ident) => {
        impl std::str::FromStr for $name {
            type Err = CodeError;
            fn from_str(text: &str) -> Result<Self, CodeError> {
                Self::new(text)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(TextVisitor(Self::new))
            }
        }
    };
}

/// Reads borrowed text without an allocation on the way.
struct TextVisitor<F>(F);

impl<T, F: FnOnce(&str) -> Result<T, CodeError>> serde::de::Visitor<'_> for TextVisitor<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

code!(
    /// The code of an attribute: `name`, `care_codes`.
    AttributeCode,
    "attribute code"
);
code!(
    /// The code of a channel: `web`.
    ChannelCode,
    "channel code"
);
code!(
    /// The code of a family: `jacket`.
    FamilyCode,
    "family code"
);
code!(
    /// The code of a category: `outerwear`.
    CategoryCode,
    "category code"
);
code!(
    /// The code of a stock location: `helsinki`.
    LocationCode,
    "location code"
);
code!(
    /// The code of a price list: `retail`.
    PriceListCode,
    "price list code"
);
code!(
    /// The code of an association type: `care-product`.
    AssociationCode,
    "association type code"
);
code!(
    /// The code of a source of product data: `products`, `erp`.
    SourceCode,
    "source code"
);
code!(
    /// The name of a plugin: `seasonal-copy`.
    PluginName,
    "plugin name"
);

code!(@type
    /// A stock-keeping unit: what names a product or product model in this shop. Compared as it
    /// is written; white space around it is dropped.
    Sku
);

impl Sku {
    /// The most characters of a SKU.
    pub const LIMIT: usize = 128;

    /// Checks the text; white space around it is dropped.
    ///
    /// # Errors
    /// When it is empty, longer than 128 bytes, or has a control character or a slash (a SKU
    /// is part of an address).
    pub fn new(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(CodeError::Empty { what: "SKU" });
        }
        if text.len() > Self::LIMIT {
            return Err(CodeError::TooLong {
                what: "SKU",
                length: text.chars().count(),
                limit: Self::LIMIT,
            });
        }
        if let Some(character) = text.chars().find(|c| c.is_control() || *c == '\u{fffd}') {
            return Err(CodeError::Character {
                what: "SKU",
                text: text.to_owned(),
                character,
                allowed: AllowedCharacters::Printable,
            });
        }
        Ok(Self(SmolStr::new(text)))
    }
}

code!(@serde Sku);

/// A Global Trade Item Number, kept as the 14 digits of GTIN-14.
///
/// Source of the rule: GS1 General Specifications, section 7.9 (check digit).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(u64);

impl Gtin {
    /// Reads GTIN-8, -12, -13 or -14; spaces and hyphens are dropped.
    ///
    /// # Errors
    /// When it has another character, another number of digits, or a wrong check digit.
    pub fn new(text: &str) -> Result<Self, CodeError> {
        let mut digits = 0;
        let mut number: u64 = 0;
        for c in text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')) {
            let Some(digit) = c.to_digit(10) else {
                return Err(CodeError::Character {
                    what: "GTIN",
                    text: text.to_owned(),
                    character: c,
                    allowed: AllowedCharacters::Digits,
                });
            };
            digits += 1;
            if digits <= 14 {
                number = number * 10 + u64::from(digit);
            }
        }
        if !matches!(digits, 8 | 12 | 13 | 14) {
            return Err(CodeError::GtinLength { text: text.to_owned(), digits });
        }
        let (found, expected) = ((number % 10) as u8, compute_check_digit(number / 10));
        if found != expected {
            return Err(CodeError::GtinCheckDigit { text: text.to_owned(), found, expected });
        }
        Ok(Self(number))
    }

    /// The number, without leading zeros.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014}", self.0)
    }
}

/// The GS1 check digit of the digits before it: weights 3 and 1 from the right.
fn compute_check_digit(mut digits: u64) -> u8 {
    let (mut sum, mut weight) = (0, 3);
    while digits > 0 {
        sum += digits % 10 * weight;
        digits /= 10;
        weight = 4 - weight;
    }
    ((10 - sum % 10) % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gtins_of_every_length_become_fourteen_digits() {
        for (text, kept) in [
            ("4006381333931", "04006381333931"),
            ("96385074", "00000096385074"),
            ("036000291452", "00036000291452"),
            ("4006 3813-33931", "04006381333931"),
        ] {
            assert_eq!(Gtin::new(text).map(|g| g.to_string()), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn a_wrong_gtin_says_what_is_wrong() {
        let message = |text| Gtin::new(text).unwrap_err().to_string();
        assert_eq!(
            message("4006381333932"),
            "the check digit of \"4006381333932\" is 2, but it should be 1"
        );
        assert_eq!(message("12345"), "\"12345\" has 5 digits; a GTIN has 8, 12, 13 or 14");
        assert_eq!(
            message("64091000E4061"),
            "the GTIN \"64091000E4061\" contains 'E'; only digits are allowed"
        );
    }

    #[test]
    fn codes_refuse_what_would_break_an_address() {
        assert!(AttributeCode::new("care_codes").is_ok());
        assert!(CategoryCode::new("lastenvaatteet").is_ok());
        assert_eq!(
            ChannelCode::new("web shop").unwrap_err().to_string(),
            "the channel code \"web shop\" contains ' '; letters, digits, `_`, `-` and `.` are allowed"
        );
        assert!(Sku::new("  \u{7}").is_err());
    }
}
