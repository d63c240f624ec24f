//! Measurements: `0,4 kg`.

use rikaste_catalog::value::Measurement;
use smol_str::SmolStr;

use super::Problem;
use super::number::{Style, decimal};

/// Units by the names that programs give them. What is not here is kept as it is written.
const UNITS: [(&str, &str); 24] = [
    ("kilogram", "kg"),
    ("kilograms", "kg"),
    ("gram", "g"),
    ("grams", "g"),
    ("milligram", "mg"),
    ("kg", "kg"),
    ("g", "g"),
    ("meter", "m"),
    ("metre", "m"),
    ("centimeter", "cm"),
    ("centimetre", "cm"),
    ("millimeter", "mm"),
    ("millimetre", "mm"),
    ("cm", "cm"),
    ("mm", "mm"),
    ("liter", "l"),
    ("litre", "l"),
    ("milliliter", "ml"),
    ("millilitre", "ml"),
    ("ml", "ml"),
    ("dl", "dl"),
    ("inch", "in"),
    ("watt", "W"),
    ("volt", "V"),
];

/// Reads an amount and its unit; the attribute's unit where the text names none.
pub(in crate::import) fn measurement(
    text: &str,
    own_unit: Option<&SmolStr>,
    style: Style,
) -> Result<Measurement, Problem> {
    let is_number = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '-' | '+' | '\u{2212}' | '\'' | '\u{2019}')
            || c.is_whitespace()
    };
    let split = text.find(|c| !is_number(c)).unwrap_or(text.len());
    let (number, unit) = (text[..split].trim(), text[split..].trim());
    let amount = decimal(number, style).map_err(|problem| match problem.code {
        "number-unreadable" => Problem::new(
            "measurement-unreadable",
            "this is not a measurement; write a number and a unit, such as 0.4 kg",
        ),
        _ => problem,
    })?;
    let unit = match (unit, own_unit) {
        ("", Some(own)) => own.clone(),
        ("", None) => {
            return Err(Problem::new(
                "measurement-unit",
                "the unit is missing; write it after the number, or give the attribute a `unit` in model.toml",
            ));
        }
        (written, Some(own)) if written == own => own.clone(),
        (written, _) => known_unit(written),
    };
    Ok(Measurement { amount, unit })
}

fn known_unit(written: &str) -> SmolStr {
    let known = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(written));
    SmolStr::new(known.map_or(written, |(_, unit)| unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measurements_as_people_write_them() {
        let kg = SmolStr::new("kg");
        let read = |text| match measurement(text, Some(&kg), Style::default()) {
            Ok(m) => format!("{} {}", m.amount, m.unit),
            Err(problem) => problem.code.to_owned(),
        };
        for (text, expected) in [
            ("0,4 kg", "0.4 kg"),
            ("0.4", "0.4 kg"),
            ("400g", "400 g"),
            ("1 250 g", "1250 g"),
            ("5 KILOGRAM", "5 kg"),
            ("12\"", "12 \""),
            ("-20 °C", "-20 °C"),
            ("heavy", "measurement-unreadable"),
            ("kg", "measurement-unreadable"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(
            measurement("4", None, Style::default()).map_err(|p| p.code),
            Err("measurement-unit")
        );
    }
}
