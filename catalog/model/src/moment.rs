//! Time as an axis of a value: moments and half-open windows.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A point in time, in seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

/// A text that is no date and no date with a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date; write it as 2026-12-24 or 2026-12-24T08:00")]
pub struct MomentError(String);

impl Moment {
    /// The clock's present second.
    #[must_use]
    pub fn now() -> Self {
        Self(jiff::Timestamp::now().as_second())
    }

    /// Reads `2026-12-24` (the day's first moment) or `2026-12-24T08:00`, in the shop's time
    /// zone, or a time with an offset of its own.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn parse_in_zone(text: &str, zone: &TimeZone) -> Result<Self, MomentError> {
        let text = text.trim();
        let error = || MomentError(text.to_owned());
        if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
            return Ok(Self(timestamp.as_second()));
        }
        let local = match text.parse::<DateTime>() {
            Ok(local) => local,
            Err(_) => text.parse::<Date>().map_err(|_| error())?.at(0, 0, 0, 0),
        };
        let zoned = local.to_zoned(zone.clone()).map_err(|_| error())?;
        Ok(Self(zoned.timestamp().as_second()))
    }

    /// ISO 8601 with the zone's offset: `2026-12-24T00:00:00+02:00`.
    #[must_use]
    pub fn to_text(self, zone: &TimeZone) -> String {
        match jiff::Timestamp::from_second(self.0) {
            Ok(timestamp) => {
                timestamp.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
            }
            Err(_) => format!("{}", self.0),
        }
    }

    /// The local date, or date and minute, that [`Moment::parse_in_zone`] reads back as this moment.
    #[must_use]
    pub fn to_local_text(self, zone: &TimeZone) -> String {
        match jiff::Timestamp::from_second(self.0) {
            Ok(timestamp) => {
                let local = timestamp.to_zoned(zone.clone()).datetime();
                if local.time() == jiff::civil::Time::midnight() {
                    local.date().to_string()
                } else {
                    local.strftime("%Y-%m-%dT%H:%M:%S").to_string()
                }
            }
            Err(_) => format!("{}", self.0),
        }
    }
}

/// When a value holds: from `start` (included) to `end` (excluded). An absent bound is open.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Window {
    /// The first moment inside.
    pub start: Option<Moment>,
    /// The first moment after.
    pub end: Option<Moment>,
}

impl Window {
    /// The window without bounds.
    pub const ALWAYS: Self = Self { start: None, end: None };

    /// Whether the moment is inside.
    #[must_use]
    pub fn contains(&self, at: Moment) -> bool {
        self.start.is_none_or(|start| start <= at) && self.end.is_none_or(|end| at < end)
    }

    /// Whether there is no bound.
    #[must_use]
    pub fn is_always(&self) -> bool {
        *self == Self::ALWAYS
    }

    /// Whether both are bounded, or open, on the same sides.
    #[must_use]
    pub fn has_same_sides(&self, other: Self) -> bool {
        (self.start.is_some(), self.end.is_some()) == (other.start.is_some(), other.end.is_some())
    }

    /// Whether no moment is inside.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!((self.start, self.end), (Some(start), Some(end)) if end <= start)
    }

    /// The first bound after the moment: when being inside may change next.
    #[must_use]
    pub fn next_boundary(&self, after: Moment) -> Option<Moment> {
        [self.start, self.end].into_iter().flatten().filter(|m| *m > after).min()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(&TimeZone::UTC))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_starts_at_midnight_in_the_shop() {
        let zone = TimeZone::get("Europe/Helsinki").expect("bundled zone");
        let day = Moment::parse_in_zone("2026-12-24", &zone).expect("a date");
        assert_eq!(day.to_text(&zone), "2026-12-24T00:00:00+02:00");
        assert_eq!(day.to_local_text(&zone), "2026-12-24");
        let minute = Moment::parse_in_zone("2026-07-01T08:30", &zone).expect("a minute");
        assert_eq!(minute.to_text(&zone), "2026-07-01T08:30:00+03:00");
        assert!(Moment::parse_in_zone("31.2.2026", &zone).is_err());
        assert!(Moment::parse_in_zone("2026-02-30", &zone).is_err());
    }

    #[test]
    fn windows_are_half_open() {
        let window = Window { start: Some(Moment(10)), end: Some(Moment(20)) };
        assert!(!window.contains(Moment(9)));
        assert!(window.contains(Moment(10)));
        assert!(window.contains(Moment(19)));
        assert!(!window.contains(Moment(20)));
        assert_eq!(window.next_boundary(Moment(9)), Some(Moment(10)));
        assert_eq!(window.next_boundary(Moment(10)), Some(Moment(20)));
        assert_eq!(window.next_boundary(Moment(20)), None);
    }
}
