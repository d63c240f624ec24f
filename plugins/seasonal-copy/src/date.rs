//! Dates as a window takes them: `2026-12-01` or `2026-12-01T08:00`.

/// Whether the text is such a date and in the calendar. Dates of one form sort as text; one
/// without a time is that day's midnight and sorts before its hours.
pub(crate) fn is_date(text: &str) -> bool {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    is_calendar_day(date) && time.is_none_or(is_time_of_day)
}

fn is_calendar_day(date: &str) -> bool {
    let mut parts = date.split('-');
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    match (parse_digits(year, 4), parse_digits(month, 2), parse_digits(day, 2)) {
        (Some(year), Some(month @ 1..=12), Some(day)) => {
            (1..=days_in_month(year, month)).contains(&day)
        }
        _ => false,
    }
}

fn is_time_of_day(time: &str) -> bool {
    let Some((hour, minute)) = time.split_once(':') else { return false };
    parse_digits(hour, 2).is_some_and(|hour| hour < 24)
        && parse_digits(minute, 2).is_some_and(|minute| minute < 60)
}

fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn parse_digits(text: &str, length: usize) -> Option<u32> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_of_the_calendar() {
        for date in ["2026-12-01", "2028-02-29", "2026-12-01T08:00", "2026-12-31T23:59"] {
            assert!(is_date(date), "{date}");
        }
        for text in [
            "",
            "2026-13-01",
            "2026-02-29",
            "2100-02-29",
            "2026-1-1",
            "1.12.2026",
            "2026-12-01T24:00",
            "2026-12-01T08",
            "2026-12-01T08:00:00",
            "2026-12-01 08:00",
            "+026-12-01",
            "2026-12-00",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}
