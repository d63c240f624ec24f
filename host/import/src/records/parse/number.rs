//! Numbers: `29,90`, `1 299.00`, `1.299,00`.

use rikaste_model::locale::Locale;
use rikaste_model::words;
use rust_decimal::Decimal;

use super::CellProblem;

/// How numbers are written where a file is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct NumberFormat {
    /// The decimal mark, where a mapping says it: then nothing is ambiguous.
    pub(crate) decimal_mark: Option<char>,
    /// What the shop's own language writes between thousands, if it is a point or a comma.
    pub(crate) thousands: Option<char>,
}

/// What a lone `1.299` is: three digits after the only point or comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AmbiguousMark {
    /// Refused: a price or a count a thousand times too low is worse than none.
    Refused,
    /// A decimal mark, unless the shop's own language writes thousands with it.
    DecimalMark,
}

impl NumberFormat {
    /// The habits of a language.
    pub(crate) fn from_locale(locale: &Locale) -> Self {
        let thousands = match locale.language() {
            "en" | "zh" | "ja" | "ko" | "th" | "he" => Some(','),
            "de" | "da" | "nl" | "es" | "it" | "pt" | "tr" | "id" | "el" | "ro" | "hr" | "sl" => {
                Some('.')
            }
            _ => None,
        };
        Self { decimal_mark: None, thousands }
    }
}

/// Reads a decimal number: a weight, a width.
pub(crate) fn parse_decimal(text: &str, style: NumberFormat) -> Result<Decimal, CellProblem> {
    parse_number(text, style, AmbiguousMark::DecimalMark)
}

/// Reads a whole number: a count.
pub(crate) fn parse_integer(text: &str, style: NumberFormat) -> Result<i64, CellProblem> {
    let number = parse_number(text, style, AmbiguousMark::Refused)?.normalize();
    if number.scale() > 0 {
        return Err(CellProblem::new("number-not-whole", words!("number-not-whole")));
    }
    i64::try_from(number.mantissa())
        .map_err(|_| CellProblem::new("number-unreadable", words!("number-too-large")))
}

/// The most digits that a [`Decimal`] holds whatever they are.
const MAX_DIGITS: u32 = 28;

/// Reads a number. Spaces and apostrophes stand between thousands; a point or comma is the
/// decimal mark when it is the last of its kind and the only one, and stands between thousands
/// when there are several.
pub(crate) fn parse_number(
    text: &str,
    style: NumberFormat,
    lone: AmbiguousMark,
) -> Result<Decimal, CellProblem> {
    parse_simple(text, style).map_or_else(|| parse_any_number(text, style, lone), Ok)
}

fn parse_any_number(
    text: &str,
    style: NumberFormat,
    lone: AmbiguousMark,
) -> Result<Decimal, CellProblem> {
    let (negative, unsigned) = split_sign(text);
    let parts = NumberParts::from_text(unsigned).ok_or_else(unreadable_number)?;
    let fraction = parts.fraction_digits(style, lone, text)?;
    let total = parts.digits;
    if total > MAX_DIGITS {
        return Err(CellProblem::new(
            "number-unreadable",
            words!("number-too-long", digits = u64::from(MAX_DIGITS)),
        ));
    }
    let mantissa = if negative { -parts.mantissa } else { parts.mantissa };
    Decimal::try_from_i128_with_scale(mantissa, fraction).map_err(|_| unreadable_number())
}

/// What nearly all numbers are: some digits, and at most one mark that can only be the decimal one.
fn parse_simple(text: &str, style: NumberFormat) -> Option<Decimal> {
    /// As many digits fit into 64 bits whatever they are.
    const SHORT: usize = 18;
    let (mut mantissa, mut mark) = (0_i64, None);
    if text.len() > SHORT {
        return None;
    }
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + i64::from(byte - b'0'),
            b'.' | b',' if mark.is_none() => mark = Some((char::from(byte), text.len() - at - 1)),
            _ => return None,
        }
    }
    let fraction = match mark {
        None if text.is_empty() => return None,
        None => 0,
        // Three digits may be thousands.
        Some((_, 0 | 3)) => return None,
        Some((mark, _)) if style.decimal_mark.is_some_and(|own| own != mark) => return None,
        Some((_, fraction)) => u32::try_from(fraction).ok()?,
    };
    Some(Decimal::new(mantissa, fraction))
}

fn unreadable_number() -> CellProblem {
    CellProblem::new("number-unreadable", words!("number-unreadable"))
}

fn split_sign(text: &str) -> (bool, &str) {
    for (prefix, negative) in [("-", true), ("\u{2212}", true), ("+", false)] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return (negative, rest.trim_start());
        }
    }
    (false, text)
}

/// The most separators that are looked at: 28 digits in groups of three have fewer.
const MAX_SEPARATORS: usize = 12;

/// A number's digits, and what stands between them.
struct NumberParts {
    mantissa: i128,
    digits: u32,
    /// Digits before the first separator.
    leading: u32,
    leading_zero: bool,
    /// Each separator and how many digits follow it.
    separators: [(char, u32); MAX_SEPARATORS],
    count: usize,
}

impl NumberParts {
    fn from_text(text: &str) -> Option<Self> {
        let mut parts = Self {
            mantissa: 0,
            digits: 0,
            leading: 0,
            leading_zero: text.starts_with('0'),
            separators: [(' ', 0); MAX_SEPARATORS],
            count: 0,
        };
        for c in text.chars() {
            match c {
                '0'..='9' => parts.push_digit(c as u8 - b'0')?,
                '.' | ',' => parts.push_separator(c)?,
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}' => {
                    parts.push_separator(' ')?;
                }
                _ => return None,
            }
        }
        (parts.digits > 0).then_some(parts)
    }

    fn push_digit(&mut self, digit: u8) -> Option<()> {
        self.digits += 1;
        // 38 digits fit; more than 28 are refused afterwards, with a message of their own.
        self.mantissa = self.mantissa.checked_mul(10)?.checked_add(i128::from(digit))?;
        match self.count {
            0 => self.leading += 1,
            n => self.separators[n - 1].1 += 1,
        }
        Some(())
    }

    fn push_separator(&mut self, separator: char) -> Option<()> {
        *self.separators.get_mut(self.count)? = (separator, 0);
        self.count += 1;
        Some(())
    }

    /// How many of the digits come after the decimal mark.
    fn fraction_digits(
        &self,
        style: NumberFormat,
        lone: AmbiguousMark,
        text: &str,
    ) -> Result<u32, CellProblem> {
        let separators = &self.separators[..self.count];
        let Some(((last, after), before)) = separators.split_last() else {
            return Ok(0);
        };
        if self.is_decimal_mark(*last, before, style) {
            if before.is_empty() && style.decimal_mark.is_none() && self.can_be_thousands() {
                self.resolve_ambiguity(*last, style, lone, text)?;
            }
            return if *after > 0 && self.is_grouped(before) {
                Ok(*after)
            } else {
                Err(unreadable_number())
            };
        }
        if self.is_grouped(separators) { Ok(0) } else { Err(unreadable_number()) }
    }

    /// Whether the last separator is the decimal mark.
    fn is_decimal_mark(&self, last: char, before: &[(char, u32)], style: NumberFormat) -> bool {
        match style.decimal_mark {
            Some(mark) => last == mark,
            None => last != ' ' && before.iter().all(|(separator, _)| *separator != last),
        }
    }

    /// Whether the separators stand between thousands: one kind of them, three digits after each.
    fn is_grouped(&self, separators: &[(char, u32)]) -> bool {
        let Some((first, _)) = separators.first() else {
            return true;
        };
        (1..=3).contains(&self.leading)
            && separators.iter().all(|(separator, digits)| separator == first && *digits == 3)
    }

    /// Whether the only separator could be one between thousands as well.
    fn can_be_thousands(&self) -> bool {
        self.separators[0].1 == 3 && (1..=3).contains(&self.leading) && !self.leading_zero
    }

    fn resolve_ambiguity(
        &self,
        separator: char,
        style: NumberFormat,
        lone: AmbiguousMark,
        text: &str,
    ) -> Result<(), CellProblem> {
        if lone == AmbiguousMark::DecimalMark && style.thousands != Some(separator) {
            return Ok(());
        }
        let thousands: String = text.chars().filter(|c| *c != separator).collect();
        let fraction = text.replace(separator, ".");
        Err(CellProblem::new(
            "number-ambiguous",
            words!("number-ambiguous", thousands = thousands, fraction = fraction),
        ))
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "`check(…, expect![[…]])` reads best")]
    fn check(texts: &[&str], style: NumberFormat, lone: AmbiguousMark, expected: Expect) {
        let mut table = String::new();
        for text in texts {
            let read = match parse_number(text, style, lone) {
                Ok(number) => number.to_string(),
                Err(problem) => format!("{}: {}", problem.code, problem.message),
            };
            table.push_str(&format!("{text} → {read}\n"));
        }
        expected.assert_eq(&table);
    }

    #[test]
    fn one_number_has_many_spellings() {
        check(
            &[
                "29,90",
                "29.9",
                "1.299,00",
                "1,299.00",
                "1 299.00",
                "1\u{a0}299,00",
                "1'299.00",
                "12 345 678",
                "1.234.567",
                "1,234,567.8",
                "0.125",
                "-5",
                "\u{2212}0,5",
                ".5",
                "0012",
                "1299.5000",
            ],
            NumberFormat::default(),
            AmbiguousMark::Refused,
            expect![[r#"
                29,90 → 29.90
                29.9 → 29.9
                1.299,00 → 1299.00
                1,299.00 → 1299.00
                1 299.00 → 1299.00
                1 299,00 → 1299.00
                1'299.00 → 1299.00
                12 345 678 → 12345678
                1.234.567 → 1234567
                1,234,567.8 → 1234567.8
                0.125 → 0.125
                -5 → -5
                −0,5 → -0.5
                .5 → 0.5
                0012 → 12
                1299.5000 → 1299.5000
            "#]],
        );
    }

    #[test]
    fn what_has_two_readings_or_none_is_refused() {
        check(
            &[
                "1.299",
                "12,500",
                "1.29.9",
                "1,29,9",
                "1.299,00.5",
                "12 34",
                "5.",
                "",
                "-",
                "1e3",
                "n/a",
                "٣",
                "123456789012345678901234567890",
            ],
            NumberFormat::default(),
            AmbiguousMark::Refused,
            expect![[r#"
                1.299 → number-ambiguous: this may mean 1299 or 1.2990; write the one that is meant, or set `decimal` in a mapping
                12,500 → number-ambiguous: this may mean 12500 or 12.5000; write the one that is meant, or set `decimal` in a mapping
                1.29.9 → number-unreadable: this is not a number; write one such as 1299.50
                1,29,9 → number-unreadable: this is not a number; write one such as 1299.50
                1.299,00.5 → number-unreadable: this is not a number; write one such as 1299.50
                12 34 → number-unreadable: this is not a number; write one such as 1299.50
                5. → number-unreadable: this is not a number; write one such as 1299.50
                 → number-unreadable: this is not a number; write one such as 1299.50
                - → number-unreadable: this is not a number; write one such as 1299.50
                1e3 → number-unreadable: this is not a number; write one such as 1299.50
                n/a → number-unreadable: this is not a number; write one such as 1299.50
                ٣ → number-unreadable: this is not a number; write one such as 1299.50
                123456789012345678901234567890 → number-unreadable: the number has more than 28 digits
            "#]],
        );
    }

    #[test]
    fn a_weight_of_three_decimals_is_read_as_the_shop_writes() {
        let style = |tag| NumberFormat::from_locale(&Locale::new(tag).expect("a locale"));
        let read = |text, tag| {
            parse_decimal(text, style(tag)).map(|number| number.to_string()).map_err(|p| p.code)
        };
        assert_eq!(read("1,250", "fi-FI"), Ok("1.250".to_owned()));
        assert_eq!(read("1.250", "fi-FI"), Ok("1.250".to_owned()));
        assert_eq!(read("1.250", "de-DE"), Err("number-ambiguous"));
        assert_eq!(read("1,250", "en-GB"), Err("number-ambiguous"));
        let comma = NumberFormat { decimal_mark: Some(','), thousands: None };
        assert_eq!(
            parse_number("1,250", comma, AmbiguousMark::Refused).map(|n| n.to_string()),
            Ok("1.250".to_owned())
        );
        assert_eq!(
            parse_number("1.250", comma, AmbiguousMark::Refused).map(|n| n.to_string()),
            Ok("1250".to_owned())
        );
        assert_eq!(
            parse_number("1.25", comma, AmbiguousMark::Refused).map_err(|p| p.code),
            Err("number-unreadable")
        );
    }

    proptest! {
        #[test]
        fn a_number_that_was_written_is_read_back(mantissa in -1_000_000_000_000_i64..1_000_000_000_000, scale in 0_u32..=2) {
            let number = Decimal::new(mantissa, scale);
            let read = parse_number(&number.to_string(), NumberFormat::default(), AmbiguousMark::Refused);
            prop_assert_eq!(read, Ok(number));
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC*") {
            let _ = parse_decimal(&text, NumberFormat::default());
            let _ = parse_integer(&text, NumberFormat::default());
        }

        #[test]
        fn what_is_simple_is_read_as_all_is(text in "[0-9]{0,5}[.,]?[0-9]{0,5}", mark in 0..3_usize) {
            let style = NumberFormat { decimal_mark: [None, Some('.'), Some(',')][mark], thousands: None };
            if let Some(number) = parse_simple(&text, style) {
                let any = parse_any_number(&text, style, AmbiguousMark::Refused).map(|any| any.to_string());
                prop_assert_eq!(any, Ok(number.to_string()));
            }
        }

        #[test]
        fn nor_are_digits_and_marks(text in "[0-9.,' -]{0,40}") {
            let _ = parse_decimal(&text, NumberFormat::default());
        }
    }
}
