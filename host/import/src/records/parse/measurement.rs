//! Measurements: `0,4 kg`, `75 cl`, `12 × 0.5 kg`.

use rikaste_model::value::Measurement;
use rikaste_model::words;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::CellProblem;
use super::number::{NumberFormat, parse_decimal};

/// Units that can be made of each other: symbol, other names, and how much of the first one of
/// the row it is, as a fraction. The inch and the pound are exact by the agreement of 1959.
type UnitKind = &'static [(&'static str, &'static [&'static str], i64, i64)];

const UNIT_KINDS: [UnitKind; 8] = [
    &[
        ("kg", &["kilogram", "kilograms", "kilogramm", "kilo", "kilogrammaa", "kgm"], 1, 1),
        ("g", &["gram", "grams", "gramm", "grammaa", "gr", "grm"], 1, 1_000),
        ("mg", &["milligram", "milligrams"], 1, 1_000_000),
        ("t", &["tonne", "tonnes", "tonni", "ton"], 1_000, 1),
        ("lb", &["lbs", "pound", "pounds"], 45_359_237, 100_000_000),
        ("oz", &["ounce", "ounces"], 45_359_237, 1_600_000_000),
    ],
    &[
        ("m", &["meter", "metre", "meters", "metri", "metriä", "mtr"], 1, 1),
        ("dm", &["decimeter", "desimetri"], 1, 10),
        ("cm", &["centimeter", "centimetre", "senttimetri", "zentimeter", "cmt"], 1, 100),
        ("mm", &["millimeter", "millimetre", "millimetri", "mmt"], 1, 1_000),
        ("µm", &["μm", "micrometer", "mikrometri"], 1, 1_000_000),
        ("km", &["kilometer", "kilometre", "kilometri"], 1_000, 1),
        ("in", &["inch", "inches", "\"", "″", "”", "tuuma", "tuumaa", "zoll", "tum"], 254, 10_000),
        ("ft", &["foot", "feet", "jalka", "jalkaa"], 3_048, 10_000),
        ("yd", &["yard", "yards"], 9_144, 10_000),
    ],
    &[
        ("l", &["ℓ", "liter", "litre", "liters", "litra", "litraa", "ltr"], 1, 1),
        ("dl", &["deciliter", "desilitra"], 1, 10),
        ("cl", &["centiliter", "senttilitra"], 1, 100),
        ("ml", &["milliliter", "millilitre", "millilitra", "mlt"], 1, 1_000),
    ],
    &[
        ("m²", &["m2", "sqm", "neliömetri", "qm", "mtk"], 1, 1),
        ("cm²", &["cm2"], 1, 10_000),
        ("mm²", &["mm2"], 1, 1_000_000),
    ],
    &[("W", &["watt", "watts", "wtt"], 1, 1), ("kW", &["kilowatt"], 1_000, 1)],
    &[("V", &["volt", "volts", "vlt"], 1, 1), ("kV", &["kilovolt"], 1_000, 1)],
    &[
        ("h", &["hour", "hours", "tunti", "tuntia", "stunde", "timme"], 3_600, 1),
        ("min", &["minute", "minutes", "minuutti", "minuuttia"], 60, 1),
        ("s", &["sec", "second", "seconds", "sekunti", "sekuntia"], 1, 1),
    ],
    &[
        ("GB", &["gigabyte", "gt"], 1, 1),
        ("MB", &["megabyte", "mt"], 1, 1_000),
        ("TB", &["terabyte", "tt"], 1_000, 1),
    ],
];

/// Reads an amount and its unit: the one that is `written` with it, by the mapping, or the
/// attribute's `own`. What can be made of the attribute's unit is made of it.
pub(crate) fn parse_measurement(
    text: &str,
    own: Option<&SmolStr>,
    written: Option<&SmolStr>,
    style: NumberFormat,
) -> Result<Measurement, CellProblem> {
    let (times, rest) = split_multiple(text, style);
    let is_number = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '-' | '+' | '\u{2212}' | '\'' | '\u{2019}')
            || c.is_whitespace()
    };
    let split = rest.find(|c| !is_number(c)).unwrap_or(rest.len());
    let (number, unit) = (rest[..split].trim(), rest[split..].trim());
    let amount = parse_decimal(number, style).map_err(|problem| match problem.code {
        "number-unreadable" => {
            CellProblem::new("measurement-unreadable", words!("measurement-unreadable"))
        }
        _ => problem,
    })?;
    let amount = match times {
        None => amount,
        Some(times) => amount.checked_mul(times).map_or(amount, |all| all.normalize()),
    };
    let unit = match (unit, written.or(own)) {
        ("", Some(unit)) => unit,
        ("", None) => {
            return Err(CellProblem::new("measurement-unit", words!("measurement-unit")));
        }
        (written, _) => written,
    };
    let made = own.and_then(|own| Some((own, convert_amount(amount, unit, own)?)));
    Ok(match made {
        Some((own, amount)) => Measurement { amount, unit: own.clone() },
        None => Measurement { amount, unit: unit_symbol(unit) },
    })
}

/// How many there are of what follows, if the text says so: `12 × 0.5 kg`.
fn split_multiple(text: &str, style: NumberFormat) -> (Option<Decimal>, &str) {
    // The multiplication sign begins with 0xc3.
    if !text.bytes().any(|byte| matches!(byte, b'*' | b'x' | b'X' | 0xc3)) {
        return (None, text);
    }
    let parts = text.split_once(['×', '*']).or_else(|| {
        // An `x` counts between numbers only: `6x33 cl`, and not `max 5`.
        let at = text.find(['x', 'X'])?;
        let after = text[at + 1..].trim_start();
        after.starts_with(|c: char| c.is_ascii_digit()).then(|| (&text[..at], &text[at + 1..]))
    });
    let count = parts.and_then(|(count, rest)| {
        let count = parse_decimal(count.trim(), style).ok()?;
        (count.fract().is_zero() && count > Decimal::ZERO).then_some((Some(count), rest.trim()))
    });
    count.unwrap_or((None, text))
}

/// The symbol of a unit. What is not known is kept as it is written.
fn unit_symbol(written: &str) -> SmolStr {
    SmolStr::new(find_unit(written).map_or(written, |(_, unit)| unit.0))
}

/// Whether it is a unit that is known.
pub(crate) fn is_known_unit(name: &str) -> bool {
    find_unit(name).is_some()
}

/// Whether it is the symbol of a unit as it is written, in this case.
pub(crate) fn is_unit_symbol(name: &str) -> bool {
    find_unit(name).is_some_and(|(_, unit)| unit.0 == name)
}

/// Whether an amount in one unit can be made one in another.
pub(crate) fn can_convert_unit(from: &str, to: &str) -> bool {
    convert_amount(Decimal::ONE, from, to).is_some()
}

/// The amount in another unit; nothing where the one cannot be made of the other.
fn convert_amount(amount: Decimal, from: &str, to: &str) -> Option<Decimal> {
    if from == to {
        return Some(amount);
    }
    let ((kind, from), (other, to)) = (find_unit(from)?, find_unit(to)?);
    if from.0 == to.0 {
        return Some(amount);
    }
    if kind != other {
        return None;
    }
    let times = Decimal::from(from.2).checked_mul(Decimal::from(to.3))?;
    let by = Decimal::from(from.3).checked_mul(Decimal::from(to.2))?;
    // Twelve decimals: no scale shows more, and a third of something has no last one.
    Some(amount.checked_mul(times)?.checked_div(by)?.round_dp(12).normalize())
}

type UnitEntry = (&'static str, &'static [&'static str], i64, i64);

/// The kind of a unit, by its place, and the unit: by its symbol, or by another name in any case.
fn find_unit(name: &str) -> Option<(usize, &'static UnitEntry)> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let all = || {
        UNIT_KINDS
            .iter()
            .enumerate()
            .flat_map(|(kind, units)| units.iter().map(move |unit| (kind, unit)))
    };
    let by_symbol = all().find(|(_, unit)| unit.0 == name);
    by_symbol.or_else(|| {
        let lower = name.to_lowercase();
        all().find(|(_, unit)| unit.1.contains(&lower.as_str()) || unit.0.to_lowercase() == lower)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn measurements_as_people_write_them() {
        let read = |text: &str, own: &str| match parse_measurement(
            text,
            Some(&SmolStr::new(own)),
            None,
            NumberFormat::default(),
        ) {
            Ok(m) => format!("{} {}", m.amount, m.unit),
            Err(problem) => problem.code.to_owned(),
        };
        for (text, own, expected) in [
            ("0,4 kg", "kg", "0.4 kg"),
            ("0.4", "kg", "0.4 kg"),
            ("400g", "kg", "0.4 kg"),
            ("1 250 g", "kg", "1.25 kg"),
            ("5 KILOGRAM", "kg", "5 kg"),
            ("2 lbs", "kg", "0.90718474 kg"),
            ("75 cl", "l", "0.75 l"),
            ("0,75 l", "l", "0.75 l"),
            ("7,5 dl", "cl", "75 cl"),
            ("12 × 0.5 kg", "kg", "6 kg"),
            ("6x33cl", "l", "1.98 l"),
            ("6 * 0,33 l", "ml", "1980 ml"),
            ("12\"", "cm", "30.48 cm"),
            ("12\"", "kg", "12 in"),
            ("-20 °C", "kg", "-20 °C"),
            ("10 m", "mm", "10000 mm"),
            ("1.5 MW", "W", "1.5 MW"),
            ("heavy", "kg", "measurement-unreadable"),
            ("kg", "kg", "measurement-unreadable"),
            ("2 x heavy", "kg", "2 x heavy"),
        ] {
            assert_eq!(read(text, own), expected, "{text}");
        }
        let without = |text| parse_measurement(text, None, None, NumberFormat::default());
        assert_eq!(without("4").map_err(|p| p.code), Err("measurement-unit"));
        assert_eq!(without("4 grams").map(|m| m.unit), Ok(SmolStr::new("g")));
        let grams = parse_measurement(
            "250",
            Some(&"kg".into()),
            Some(&"g".into()),
            NumberFormat::default(),
        );
        assert_eq!(
            grams.map(|m| (m.amount.to_string(), m.unit)),
            Ok(("0.25".to_owned(), "kg".into()))
        );
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC*", own in "kg|l|\\PC{0,3}") {
            let own = SmolStr::new(own);
            let _ = parse_measurement(&text, Some(&own), None, NumberFormat::default());
        }

        #[test]
        fn a_metric_amount_comes_back_the_same(
            amount in 0_i64..1_000_000_000,
            kind in 0_usize..4,
            from in 0_usize..4,
            to in 0_usize..4,
        ) {
            let metric = |unit: &&UnitEntry| !["lb", "oz", "in", "ft", "yd"].contains(&unit.0);
            let units: Vec<_> = UNIT_KINDS[kind].iter().filter(metric).collect();
            let (from, to) = (units[from % units.len()].0, units[to % units.len()].0);
            let amount = Decimal::new(amount, 3);
            let there = convert_amount(amount, from, to).expect("of one kind");
            prop_assert_eq!(convert_amount(there, to, from), Some(amount.normalize()));
        }
    }
}
