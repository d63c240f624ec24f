//! Dates as `DTM` writes them, to ISO 8601.

/// The first and last day of a `DTM` of one of the formats of a day, a minute and a span.
pub fn parse_span(text: &str, format: &str) -> Option<(String, Option<String>)> {
    match format {
        "102" | "203" | "204" => Some((parse_day(text)?, None)),
        "101" => Some((parse_day(&format!("20{text}"))?, None)),
        "718" => {
            let (start, end) = text.split_once('-').or_else(|| text.split_at_checked(8))?;
            Some((parse_day(start)?, Some(parse_day(end)?)))
        }
        _ => None,
    }
}

/// The day of `20261201…`.
fn parse_day(text: &str) -> Option<String> {
    let digits = text.get(..8).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let (month, day): (u8, u8) = (digits[4..6].parse().ok()?, digits[6..].parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_iso() {
        let one = |text, format| parse_span(text, format).map(|(start, _)| start);
        assert_eq!(one("20261201", "102").as_deref(), Some("2026-12-01"));
        assert_eq!(one("202612011530", "203").as_deref(), Some("2026-12-01"));
        assert_eq!(one("261201", "101").as_deref(), Some("2026-12-01"));
        assert_eq!(
            parse_span("20261201-20261231", "718"),
            Some(("2026-12-01".to_owned(), Some("2026-12-31".to_owned())))
        );
        for (text, format) in
            [("20261301", "102"), ("2026", "102"), ("ää261201", "102"), ("20261201", "616")]
        {
            assert_eq!(parse_span(text, format), None, "{text} {format}");
        }
    }
}
