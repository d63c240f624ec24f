//! Decimals in text, worked with as whole numbers: `4.25` at two places is 425. Exact, and the
//! same on every machine.

/// The number at `places` decimals, rounded half away from zero. `None` where the text is not a
/// plain decimal (`-12.50`; no exponent, no comma) or does not fit.
#[must_use]
pub fn to_scaled(text: &str, places: u32) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let point = digits.iter().position(|&byte| byte == b'.');
    let (whole, fraction) = match point {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, &[][..]),
    };
    if whole.is_empty() || (point.is_some() && fraction.is_empty()) {
        return None;
    }
    let mut scaled = 0_i64;
    for &byte in whole {
        scaled = scaled.checked_mul(10)?.checked_add(digit_value(byte)?)?;
    }
    let mut fraction = fraction.iter();
    for _ in 0..places {
        let next = fraction.next().map_or(Some(0), |&byte| digit_value(byte))?;
        scaled = scaled.checked_mul(10)?.checked_add(next)?;
    }
    if fraction.next().map_or(Some(0), |&byte| digit_value(byte))? >= 5 {
        scaled = scaled.checked_add(1)?;
    }
    if !fraction.all(u8::is_ascii_digit) {
        return None;
    }
    Some(if negative { -scaled } else { scaled })
}

fn digit_value(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}

/// The text of a number at `places` decimals: 425 at two places is `4.25`.
#[must_use]
pub fn from_scaled(scaled: i64, places: u32) -> String {
    if places == 0 {
        return scaled.to_string();
    }
    let unit = 10_u64.pow(places);
    let sign = if scaled < 0 { "-" } else { "" };
    let amount = scaled.unsigned_abs();
    format!("{sign}{}.{:0width$}", amount / unit, amount % unit, width = places as usize)
}

/// `numerator / denominator`, rounded half away from zero.
///
/// # Panics
/// Where the denominator is not positive.
#[must_use]
pub fn divide_rounded(numerator: i64, denominator: i64) -> i64 {
    assert!(denominator > 0, "dividing by {denominator}");
    let half = denominator / 2;
    if numerator < 0 {
        -((-numerator + half) / denominator)
    } else {
        (numerator + half) / denominator
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_plain_decimals_only() {
        for (text, expected) in [
            ("4.25", Some(425)),
            ("4", Some(400)),
            ("-0.5", Some(-50)),
            ("4.995", Some(500)),
            ("4.9949", Some(499)),
            ("", None),
            ("-", None),
            (".5", None),
            ("5.", None),
            ("4,5", None),
            ("1e3", None),
            ("4.123x", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(to_scaled(text, 2), expected, "{text}");
        }
    }

    #[test]
    fn divides_half_away_from_zero() {
        assert_eq!(divide_rounded(5, 2), 3);
        assert_eq!(divide_rounded(-5, 2), -3);
        assert_eq!(divide_rounded(4, 3), 1);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(scaled in -1_000_000_000_000_i64..1_000_000_000_000, places in 0_u32..5) {
            prop_assert_eq!(to_scaled(&from_scaled(scaled, places), places), Some(scaled));
        }

        #[test]
        fn never_panics(text in "[-0-9.e ]{0,30}", places in 0_u32..19) {
            let _ = to_scaled(&text, places);
        }
    }
}
