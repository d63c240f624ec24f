//! Money: `25.50 EUR`, `29,90 €`.

use rikaste_model::value::Currency;
use rikaste_model::words;
use rust_decimal::Decimal;

use super::CellProblem;
use super::number::{AmbiguousMark, NumberFormat, parse_number};

/// An amount and the currency it names, if it names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MoneyAmount {
    pub(crate) number: Decimal,
    pub(crate) currency: NamedCurrency,
}

/// What an amount says about its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedCurrency {
    /// Nothing.
    Not,
    /// Its code.
    Code(Currency),
    /// A sign that several currencies share: `$`, `kr`.
    Sign(&'static [&'static str]),
}

const CURRENCY_SIGNS: [(&str, &[&str]); 6] = [
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
    ("zł", &["PLN"]),
    ("¥", &["JPY", "CNY"]),
];

impl NamedCurrency {
    /// Whether an amount in the currency can be written so.
    pub(crate) fn can_mean(self, currency: Currency) -> bool {
        match self {
            Self::Not => true,
            Self::Code(code) => code == currency,
            Self::Sign(codes) => codes.contains(&currency.as_str()),
        }
    }
}

/// Reads an amount of money. It is not negative, and has exactly three decimals only where that
/// cannot be taken for thousands.
pub(crate) fn parse_amount(text: &str, style: NumberFormat) -> Result<MoneyAmount, CellProblem> {
    let (rest, named) = split_currency(text)?;
    // The Nordic way to write a round price: `29,-`.
    let rest =
        [",-", ".-", ",–", ":-"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    let number =
        parse_number(rest.trim(), style, AmbiguousMark::Refused).map_err(
            |problem| match problem.code {
                "number-unreadable" => {
                    CellProblem::new("money-unreadable", words!("money-unreadable"))
                }
                _ => problem,
            },
        )?;
    if number.is_sign_negative() && !number.is_zero() {
        return Err(CellProblem::new("money-negative", words!("money-negative")));
    }
    Ok(MoneyAmount { number, currency: named })
}

/// Reads a currency's code or its own sign.
pub(crate) fn parse_currency(text: &str) -> Result<Currency, CellProblem> {
    let own = CURRENCY_SIGNS.iter().find(|(sign, codes)| *sign == text && codes.len() == 1);
    let code = own.map_or(text, |(_, codes)| codes[0]);
    Currency::new(code)
        .map_err(|error| CellProblem::new("currency-unknown", error.localized_text()))
}

fn split_currency(text: &str) -> Result<(&str, NamedCurrency), CellProblem> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '\u{2212}');
    let (Some(first), Some(last)) = (text.find(is_number), text.rfind(is_number)) else {
        return Ok((text, NamedCurrency::Not));
    };
    let after_last = last + text[last..].chars().next().map_or(0, char::len_utf8);
    let (before, after) = (text[..first].trim(), text[after_last..].trim());
    let (("", word) | (word, "")) = (before, after) else { return Ok((text, NamedCurrency::Not)) };
    Ok((&text[first..after_last], parse_currency_word(word)?))
}

fn parse_currency_word(word: &str) -> Result<NamedCurrency, CellProblem> {
    if word.is_empty() {
        return Ok(NamedCurrency::Not);
    }
    let word = word.trim_end_matches('.');
    if let Some((_, codes)) =
        CURRENCY_SIGNS.iter().find(|(sign, _)| sign.eq_ignore_ascii_case(word))
    {
        return Ok(NamedCurrency::Sign(codes));
    }
    match Currency::new(word) {
        Ok(code) => Ok(NamedCurrency::Code(code)),
        Err(error) => Err(CellProblem::new("currency-unknown", error.localized_text())),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn prices_as_people_write_them() {
        let mut table = String::new();
        for text in [
            "25.50 EUR",
            "29,90 €",
            "€ 29.90",
            "1.299,00 €",
            "1 299.00",
            "29,-",
            "kr 129",
            "129 SEK",
            "$12",
            "0",
            "1.299",
            "-5",
            "ei tiedossa",
            "12 Taler",
            "12 pcs",
            "EUR 5 EUR",
            "",
        ] {
            let read = match parse_amount(text, NumberFormat::default()) {
                Ok(amount) => format!("{} {:?}", amount.number, amount.currency),
                Err(problem) => format!("{}: {}", problem.code, problem.message),
            };
            table.push_str(&format!("{text} → {read}\n"));
        }
        expect![[r#"
            25.50 EUR → 25.50 Code(EUR)
            29,90 € → 29.90 Sign(["EUR"])
            € 29.90 → 29.90 Sign(["EUR"])
            1.299,00 € → 1299.00 Sign(["EUR"])
            1 299.00 → 1299.00 Not
            29,- → 29 Not
            kr 129 → 129 Sign(["SEK", "NOK", "DKK", "ISK"])
            129 SEK → 129 Code(SEK)
            $12 → 12 Sign(["USD", "CAD", "AUD", "NZD", "SGD", "HKD"])
            0 → 0 Not
            1.299 → number-ambiguous: this may mean 1299 or 1.2990; write the one that is meant, or set `decimal` in a mapping
            -5 → money-negative: a price cannot be below zero
            ei tiedossa → money-unreadable: this is not a price; write one such as 29.90 or 29.90 EUR
            12 Taler → currency-unknown: "Taler" is not a currency; write its three-letter code, such as EUR
            12 pcs → currency-unknown: "pcs" is not a currency; write its three-letter code, such as EUR
            EUR 5 EUR → money-unreadable: this is not a price; write one such as 29.90 or 29.90 EUR
             → money-unreadable: this is not a price; write one such as 29.90 or 29.90 EUR
        "#]].assert_eq(&table);
    }
}
