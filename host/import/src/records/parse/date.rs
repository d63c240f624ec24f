//! Dates and moments: `2026-12-31`, `31.12.2026`, `2026-12-31T08:00`.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use rikaste_model::moment::Moment;
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

/// Reads the last moment of something, and gives the first one after it: the next day, or the
/// next second where the text has a time.
pub(crate) fn parse_moment_after(
    text: &str,
    format: Option<&str>,
    zone: &TimeZone,
) -> Result<Moment, CellProblem> {
    let has_time = match format {
        Some(format) => ["%H", "%I", "%T", "%R"].iter().any(|hour| format.contains(hour)),
        None => split_day_and_time(text).1.is_some(),
    };
    if has_time {
        return parse_moment(text, format, zone).map(|moment| Moment(moment.0 + 1));
    }
    let next = parse_date(text, format)?.tomorrow().map_err(|_| unreadable_date())?;
    moment_in_zone(next.to_datetime(Time::midnight()), zone)
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

    #[test]
    fn an_inclusive_end_ends_when_the_next_begins() {
        let zone = TimeZone::get("Europe/Helsinki").expect("bundled zone");
        let text = |moment: Result<Moment, CellProblem>| {
            moment.map(|m| m.to_text(&zone)).map_err(|p| p.code)
        };
        assert_eq!(
            text(parse_moment("31.12.2026", None, &zone)),
            Ok("2026-12-31T00:00:00+02:00".to_owned())
        );
        assert_eq!(
            text(parse_moment("31.12.2026 08:30", None, &zone)),
            Ok("2026-12-31T08:30:00+02:00".to_owned())
        );
        assert_eq!(
            text(parse_moment_after("31.12.2026", None, &zone)),
            Ok("2027-01-01T00:00:00+02:00".to_owned())
        );
        assert_eq!(
            text(parse_moment_after("2019-12-31T23:59:59-00:00", None, &zone)),
            Ok("2020-01-01T02:00:00+02:00".to_owned())
        );
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "[0-9./ T:-]{0,24}|\\PC*") {
            let _ = parse_date(&text, None);
            let _ = parse_date("31.12.2026", Some(&text));
            let _ = parse_moment_after(&text, None, &TimeZone::UTC);
        }
    }
}
