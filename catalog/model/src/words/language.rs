//! The languages that people of a shop are spoken to in.

use std::fmt;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::moment::Moment;

/// A language that the catalogue of words has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// German.
    De,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::En, Self::Fi, Self::Sv, Self::De];

    /// The language's tag: `fi`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::De => "de",
        }
    }

    /// The language of a locale; English where the catalogue does not have it.
    #[must_use]
    pub fn from_locale(locale: &Locale) -> Self {
        let own = |language: &Self| language.tag() == locale.language();
        Self::ALL.into_iter().find(own).unwrap_or_default()
    }

    /// What stands between thousands: a space that does not break, or in German a point.
    pub(super) fn thousands_separator(self) -> char {
        match self {
            Self::De => '.',
            Self::En | Self::Fi | Self::Sv => '\u{a0}',
        }
    }

    /// The decimal mark.
    fn decimal_mark(self) -> char {
        match self {
            Self::En => '.',
            Self::Fi | Self::Sv | Self::De => ',',
        }
    }

    /// Around a name or value in a sentence.
    pub(super) fn quote_text(self, text: &str) -> String {
        match self {
            Self::En => format!("\"{text}\""),
            Self::Fi | Self::Sv => format!("”{text}”"),
            Self::De => format!("„{text}“"),
        }
    }

    /// `12 345`, as a person reads it.
    #[must_use]
    pub fn format_number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(self.thousands_separator());
            }
            text.push(digit);
        }
        text
    }

    /// The minute that a moment is in, as a clock of the zone shows it: `18.11.2026 klo 13.06`.
    #[must_use]
    pub fn format_minute(self, moment: Moment, zone: &TimeZone) -> String {
        let text = moment.to_text(zone);
        let Ok(at) = text.get(..19).unwrap_or(&text).parse::<DateTime>() else {
            return text;
        };
        let (year, month, day) = (at.year(), at.month(), at.day());
        let (hour, minute) = (at.hour(), at.minute());
        match self {
            Self::En => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            Self::Fi => format!("{day}.{month}.{year} klo {hour}.{minute:02}"),
            Self::Sv => format!("{year}-{month:02}-{day:02} kl. {hour:02}.{minute:02}"),
            Self::De => format!("{day:02}.{month:02}.{year}, {hour:02}:{minute:02} Uhr"),
        }
    }

    /// `1,2`: a number with one decimal.
    #[must_use]
    pub fn format_tenths(self, number: f64) -> String {
        format!("{number:.1}").replace('.', &self.decimal_mark().to_string())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}
