//! Several GTINs in one cell: `6410405085436; 5708147010139`, or a list of JSON.

use rikaste_model::value::ValueData;

use super::parse_gtin;
use crate::records::parse::CellProblem;

/// The first GTIN of a cell, and those behind it. A cell in which not each part is one is read as a whole.
pub(super) fn parse_first_gtin(text: &str) -> Result<(ValueData, Vec<String>), CellProblem> {
    let problem = match parse_gtin(text) {
        Ok(gtin) => return Ok((gtin, Vec::new())),
        Err(problem) => problem,
    };
    let is_separator =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '/' | '[' | ']' | '"');
    let parts = text.split(is_separator).filter(|part| !part.is_empty());
    let mut gtins: Vec<_> = match parts.map(|part| Ok((parse_gtin(part)?, part))).collect() {
        Ok(gtins) => gtins,
        Err(CellProblem { .. }) => return Err(problem),
    };
    gtins.dedup_by(|(a, _), (b, _)| a == b);
    let mut gtins = gtins.into_iter();
    let (first, _) = gtins.next().ok_or(problem)?;
    Ok((first, gtins.map(|(_, part)| part.to_owned()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_is_the_gtin() {
        let read = |text: &str| match parse_first_gtin(text) {
            Ok((gtin, others)) => format!("{gtin} + {others:?}"),
            Err(problem) => problem.code.to_owned(),
        };
        for (text, expected) in [
            ("6410405085436", "06410405085436 + []"),
            ("6410405085436; 5708147010139", "06410405085436 + [\"5708147010139\"]"),
            ("[\"6410405085436\",\"5708147010139\"]", "06410405085436 + [\"5708147010139\"]"),
            ("6410405085436/6410405085436", "06410405085436 + []"),
            ("6410405085436, 5708147010130", "gtin-character"),
            ("6410 4050 8543 7", "gtin-check-digit"),
            ("[]", "gtin-character"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
