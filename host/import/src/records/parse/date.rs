//! Dates and moments: `2026-12-31`, `31.12.2026`, `2026-12-31T08:00`.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use rikaste_model::moment::{Moment, Window};
use rikaste_model::words;

use super::CellProblem;

/// Reads a calendar date, in the format that a mapping gives or as people write them; a time of
/// day after it is left away.
pub(crate) fn parse_date(text: &str, format: Option<&str>) -> Result<Date, CellProblem> {
    match format {
        Some(format) => parse_formatted(text, format).map(DateTime::date),
        None => parse_civil_date(split_day_and_time(text).0),
    }
}

/// Reads a moment: a day begins at midnight in the zone, unless the text has a time.
pub(crate) fn parse_moment(
    text: &str,
    format: Option<&str>,
    zone: &TimeZone,
) -> Result<Moment, CellProblem> {
    if let Some(format) = format {
        return moment_in_zone(parse_formatted(text, format)?, zone);
    }
    if let Ok(moment) = Moment::parse_in_zone(text, zone) {
        return Ok(moment);
    }
    let at = parse_civil_date(split_day_and_time(text).0)?.to_datetime(parse_time_of_day(text)?);
    moment_in_zone(at, zone)
}

/// What a time of day at the end of a window means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndTime {
    /// The first moment after.
    Exact,
    /// The last second inside. Midnight stands for no time there.
    LastSecond,
}

/// Reads the end of a window, and gives the first moment after it. A day without a time is inside: its end
/// is the beginning of the next one.
pub(crate) fn parse_window_end(
    text: &str,
    format: Option<&str>,
    zone: &TimeZone,
    end_time: EndTime,
) -> Result<Moment, CellProblem> {
    let has_time = match format {
        Some(format) => ["%H", "%I", "%T", "%R"].iter().any(|hour| format.contains(hour)),
        None => split_day_and_time(text).1.is_some(),
    };
    if has_time {
        let moment = parse_moment(text, format, zone)?;
        let is_midnight = || split_day_and_time(text).1.is_some_and(is_midnight);
        match end_time {
            EndTime::Exact => return Ok(moment),
            EndTime::LastSecond if !is_midnight() => return Ok(Moment(moment.0 + 1)),
            EndTime::LastSecond => {}
        }
    }
    let next = parse_date(text, format)?.tomorrow().map_err(|_| unreadable_date())?;
    moment_in_zone(next.to_datetime(Time::midnight()), zone)
}

/// `00:00`, as exports write a day that has no time.
fn is_midnight(time: &str) -> bool {
    !time.is_empty() && time.chars().all(|c| matches!(c, '0' | ':' | '.'))
}

/// Reads a beginning and an end with a slash or a dash between: `2026-12-01/2026-12-08`. Beside a slash, either may be
/// missing.
pub(crate) fn parse_window(text: &str, zone: &TimeZone) -> Result<Window, CellProblem> {
    let parse = |from: &str, until: &str| {
        let start = (!from.is_empty()).then(|| parse_moment(from, None, zone)).transpose()?;
        let end = (!until.is_empty()).then(|| parse_window_end(until, None, zone, EndTime::Exact));
        Ok(Window { start, end: end.transpose()? })
    };
    // A day may be written with slashes or dashes, too: of all places one is between two days.
    let places = text.char_indices().filter(|(_, c)| matches!(c, '/' | '-' | '–' | '—'));
    let read = places.map(|(at, c)| {
        let (from, until) = (text[..at].trim(), text[at + c.len_utf8()..].trim());
        match c != '/' && (from.is_empty() || until.is_empty()) {
            true => Err(unreadable_dates()),
            false => parse(from, until),
        }
    });
    read.reduce(Result::or)
        .unwrap_or_else(|| Err(unreadable_dates()))
        .map_err(|_| unreadable_dates())
}

fn unreadable_dates() -> CellProblem {
    CellProblem::new("date-unreadable", words!("dates-unreadable"))
}

fn unreadable_date() -> CellProblem {
    CellProblem::new("date-unreadable", words!("date-unreadable"))
}

/// A date, and its time if the format has one.
fn parse_formatted(text: &str, format: &str) -> Result<DateTime, CellProblem> {
    let parsed = jiff::fmt::strtime::parse(format, text);
    let parsed = parsed.and_then(|parts| match parts.hour() {
        Some(_) => parts.to_datetime(),
        None => parts.to_date().map(|date| date.to_datetime(Time::midnight())),
    });
    parsed.map_err(|_| CellProblem::new("date-unreadable", words!("date-format", format = format)))
}

fn moment_in_zone(at: DateTime, zone: &TimeZone) -> Result<Moment, CellProblem> {
    let zoned = at.to_zoned(zone.clone()).map_err(|_| unreadable_date())?;
    Ok(Moment(zoned.timestamp().as_second()))
}

/// Splits at the `T` or the space after the day.
fn split_day_and_time(text: &str) -> (&str, Option<&str>) {
    match text.find(['T', ' ']) {
        Some(at) => (&text[..at], Some(text[at + 1..].trim())),
        None => (text, None),
    }
}

fn parse_time_of_day(text: &str) -> Result<Time, CellProblem> {
    match split_day_and_time(text).1 {
        None => Ok(Time::midnight()),
        Some(time) => time.replace('.', ":").parse().map_err(|_| unreadable_date()),
    }
}

fn parse_civil_date(day: &str) -> Result<Date, CellProblem> {
    let Some(separator) = day.chars().find(|c| matches!(c, '-' | '.' | '/')) else {
        return Err(unreadable_date());
    };
    let mut numbers = [0_i16; 3];
    let mut parts = day.split(separator);
    for number in &mut numbers {
        let part = parts.next().unwrap_or_default();
        let digits = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        *number = part.parse().ok().filter(|_| digits).ok_or_else(unreadable_date)?;
    }
    if parts.next().is_some() {
        return Err(unreadable_date());
    }
    let [a, b, c] = numbers;
    let year_first = day.find(separator) == Some(4);
    let (year, month, day) = match separator {
        _ if year_first => (a, b, c),
        '.' => (c, b, a),
        _ => order_month_and_day(a, b).map(|(month, day)| (c, month, day))?,
    };
    // Two-digit years are not guessed.
    if year < 1000 {
        return Err(unreadable_date());
    }
    let small = |number: i16| i8::try_from(number).map_err(|_| unreadable_date());
    Date::new(year, small(month)?, small(day)?).map_err(|_| unreadable_date())
}

/// `31/12` is the 31st of December in Europe as in America; `03/04` is not one day.
fn order_month_and_day(a: i16, b: i16) -> Result<(i16, i16), CellProblem> {
    match (a > 12, b > 12) {
        (true, _) => Ok((b, a)),
        (_, true) => Ok((a, b)),
        _ if a == b => Ok((a, b)),
        _ => Err(CellProblem::new("date-ambiguous", words!("date-ambiguous"))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        let read = |text| parse_date(text, None).map(|d| d.to_string()).map_err(|p| p.code);
        for text in [
            "2026-12-31",
            "31.12.2026",
            "31/12/2026",
            "12/31/2026",
            "2026/12/31",
            "2026-12-31T09:41:02.053Z",
            "31.12.2026 8.30",
        ] {
            assert_eq!(read(text), Ok("2026-12-31".to_owned()), "{text}");
        }
        assert_eq!(read("1.2.2026"), Ok("2026-02-01".to_owned()));
        assert_eq!(read("05/05/2026"), Ok("2026-05-05".to_owned()));
        assert_eq!(read("03/04/2026"), Err("date-ambiguous"));
        for text in
            ["31.2.2026", "31.12.26", "2026-13-01", "20261231", "tomorrow", "", "1.2.3.4", "1.2"]
        {
            assert_eq!(read(text), Err("date-unreadable"), "{text}");
        }
    }

    fn helsinki() -> TimeZone {
        TimeZone::get("Europe/Helsinki").expect("bundled zone")
    }

    fn text(moment: Result<Moment, CellProblem>) -> Result<String, &'static str> {
        moment.map(|m| m.to_text(&helsinki())).map_err(|p| p.code)
    }

    #[test]
    fn a_day_at_the_end_is_inside_and_a_time_is_the_moment() {
        let begin = |at| text(parse_moment(at, None, &helsinki()));
        let end = |at| text(parse_window_end(at, None, &helsinki(), EndTime::Exact));
        let last = |at| text(parse_window_end(at, None, &helsinki(), EndTime::LastSecond));
        assert_eq!(begin("31.12.2026"), Ok("2026-12-31T00:00:00+02:00".to_owned()));
        assert_eq!(begin("31.12.2026 08:30"), Ok("2026-12-31T08:30:00+02:00".to_owned()));
        assert_eq!(end("31.12.2026"), Ok("2027-01-01T00:00:00+02:00".to_owned()));
        assert_eq!(end("31.12.2026 08:30"), Ok("2026-12-31T08:30:00+02:00".to_owned()));
        assert_eq!(end("2026-12-31T00:00"), Ok("2026-12-31T00:00:00+02:00".to_owned()));
        assert_eq!(end("2026-12-31T23:59+0200"), Ok("2026-12-31T23:59:00+02:00".to_owned()));
        assert_eq!(last("2019-12-31T23:59:59-00:00"), Ok("2020-01-01T02:00:00+02:00".to_owned()));
        assert_eq!(last("2026-12-31 00:00:00"), Ok("2027-01-01T00:00:00+02:00".to_owned()));
        // The day when clocks go back has 25 hours, the one when they go forward 23.
        assert_eq!(end("2027-10-31"), Ok("2027-11-01T00:00:00+02:00".to_owned()));
        assert_eq!(begin("2027-10-31"), Ok("2027-10-31T00:00:00+03:00".to_owned()));
        assert_eq!(end("2027-03-28"), Ok("2027-03-29T00:00:00+03:00".to_owned()));
    }

    #[test]
    fn two_moments_in_a_cell_are_a_window() {
        let read = |both| parse_window(both, &helsinki()).map_err(|p| p.code);
        let days = read("2026-12-01/2026-12-08");
        assert_eq!(days, read("1.12.2026/8.12.2026"));
        assert_eq!(days, read("2026/12/01/2026/12/08"));
        assert_eq!(days, read("2026-12-01T00:00+0200 / 2026-12-09T00:00+0200"));
        assert_eq!(read("2026-12-01/").map(|w| (w.start.is_some(), w.end)), Ok((true, None)));
        assert_eq!(days, read("1.12.2026-8.12.2026"));
        assert_eq!(days, read("2026-12-01 – 2026-12-08"));
        assert_eq!(days, read("2026-12-01-2026-12-08"));
        assert_eq!(read("2026-12-01-"), Err("date-unreadable"));
        assert_eq!(read("2026-12-01"), Err("date-unreadable"));
        assert_eq!(read("soon/later"), Err("date-unreadable"));
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "[0-9./ T:-]{0,24}|\\PC*") {
            let _ = parse_date(&text, None);
            let _ = parse_date("31.12.2026", Some(&text));
            let _ = parse_window_end(&text, None, &TimeZone::UTC, EndTime::LastSecond);
            let _ = parse_window(&text, &TimeZone::UTC);
        }

        #[test]
        fn a_day_that_ends_a_window_is_inside_to_its_last_second(day in 0_i64..40_000, zone in 0_usize..4) {
            let zones = ["Europe/Helsinki", "UTC", "America/New_York", "Australia/Lord_Howe"];
            let zone = TimeZone::get(zones[zone]).expect("bundled zone");
            let day = jiff::civil::date(1970, 1, 1)
                .checked_add(jiff::Span::new().days(day))
                .expect("a day of this century");
            let end = parse_window_end(&day.to_string(), None, &zone, EndTime::Exact);
            let end = end.expect("a day").0;
            let of = |second| {
                jiff::Timestamp::from_second(second).expect("in range").to_zoned(zone.clone()).date()
            };
            prop_assert_eq!(of(end - 1), day);
            prop_assert!(of(end) > day);
        }
    }
}
