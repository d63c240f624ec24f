//! Shares: `5 %`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A share of something, in hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Percentage(u32);

/// A text that is no share.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a share; write one from 0 % to 100 %, such as \"5 %\"")]
pub struct PercentageError(String);

const HUNDRED_PERCENT: u32 = 10_000;

impl Percentage {
    /// Reads `5 %`, `0.5%` or `0,5 %`.
    ///
    /// # Errors
    /// When it is no number from 0 to 100 with at most two decimals and a percent sign.
    pub fn new(text: &str) -> Result<Self, PercentageError> {
        Self::parse_text(text).ok_or_else(|| PercentageError(text.to_owned()))
    }

    /// A share of so many percent; all of it from 100 on.
    #[must_use]
    pub fn from_percent(percent: u32) -> Self {
        Self(percent.saturating_mul(100).min(HUNDRED_PERCENT))
    }

    fn parse_text(text: &str) -> Option<Self> {
        let number = text.trim().strip_suffix('%')?.trim_end().replace(',', ".");
        let (whole, part) = number.split_once('.').unwrap_or((&number, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 3 {
            return None;
        }
        let whole: u32 = whole.parse().ok()?;
        let part: u32 = format!("{part:0<2}").parse().ok()?;
        let share = whole * 100 + part;
        (share <= HUNDRED_PERCENT).then_some(Self(share))
    }

    /// Whether a part of something is more than this share of it.
    #[must_use]
    pub fn is_exceeded(self, part: u64, whole: u64) -> bool {
        u128::from(part) * u128::from(HUNDRED_PERCENT) > u128::from(whole) * u128::from(self.0)
    }
}

/// `5 %`, `0.5 %`.
impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match (part, part % 10) {
            (0, _) => write!(f, "{whole} %"),
            (_, 0) => write!(f, "{whole}.{} %", part / 10),
            _ => write!(f, "{whole}.{part:02} %"),
        }
    }
}

impl TryFrom<String> for Percentage {
    type Error = PercentageError;
    fn try_from(text: String) -> Result<Self, PercentageError> {
        Self::new(&text)
    }
}

impl From<Percentage> for String {
    fn from(share: Percentage) -> Self {
        share.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_as_people_write_them() {
        for (text, read) in [
            ("5 %", Some("5 %")),
            ("0,5%", Some("0.5 %")),
            ("12.25 %", Some("12.25 %")),
            ("0.05 %", Some("0.05 %")),
            ("100%", Some("100 %")),
            ("100.01 %", None),
            ("5", None),
            ("-1 %", None),
            ("half", None),
            ("1.234 %", None),
            ("%", None),
        ] {
            assert_eq!(
                Percentage::new(text).map(|share| share.to_string()).ok().as_deref(),
                read,
                "{text}"
            );
        }
    }

    #[test]
    fn a_share_is_exceeded_by_one_more() {
        let share = Percentage::new("5 %").expect("a share");
        assert!(!share.is_exceeded(5, 100));
        assert!(share.is_exceeded(6, 100));
        assert!(!share.is_exceeded(0, 0));
        assert!(Percentage::new("0 %").expect("a share").is_exceeded(1, 1_000_000));
        assert!(!Percentage::new("100 %").expect("a share").is_exceeded(7, 7));
    }
}
