//! The material text: what its parts are made of, and whether the shares add up.

use crate::fibre::{self, Fibre};
use crate::label::Label;
use crate::token::{Mark, Piece, Text, Unit};

/// One part of the product: "Lining: 100 % polyester".
struct Part<'a> {
    name: &'a str,
    /// Tenths of a percent, in the order of the text.
    shares: Vec<u32>,
}

/// A material text that was read.
pub(crate) struct Material<'a> {
    text: Text<'a>,
    parts: Vec<Part<'a>>,
    /// Tokens that are words and name no part.
    words: Vec<usize>,
    /// Whether a number of it is no share: then nothing is inferred.
    unknown: bool,
}

/// Words beside the fibres that change nothing.
const PLAIN: [&str; 26] = [
    "and",
    "ja",
    "och",
    "und",
    "recycled",
    "kierrätetty",
    "kierrätettyä",
    "återvunnen",
    "recyceltes",
    "recycelter",
    "organic",
    "luomu",
    "ekologisk",
    "bio",
    "pure",
    "puhdas",
    "virgin",
    "new",
    "fibre",
    "kuitu",
    "fiber",
    "faser",
    "eko",
    "certified",
    "sertifioitu",
    "extra",
];

impl<'a> Material<'a> {
    pub(crate) fn read(source: &'a str) -> Self {
        let text = Text::new(source);
        let (mut parts, mut words, mut unknown) = (Vec::new(), Vec::new(), false);
        let mut token = 0;
        while token < text.tokens.len() {
            if let Some(end) = label_end(&text, token) {
                let name = text.fragment(token, end - 1);
                parts.push(Part { name, shares: Vec::new() });
                token = end + 1;
                continue;
            }
            match text.tokens[token].piece {
                Piece::Number { tenths, unit: Unit::Percent } => share(&mut parts, tenths),
                Piece::Number { .. } => unknown = true,
                Piece::Word { .. } => words.push(token),
                Piece::Mark(_) => {}
            }
            token += 1;
        }
        Self { text, parts, words, unknown }
    }

    /// The parts whose shares do not come to 100 %, in words.
    pub(crate) fn wrong_sums(&self) -> Vec<String> {
        let wrong = |part: &&Part<'_>| {
            !part.shares.is_empty()
                && part.shares.iter().map(|&share| u64::from(share)).sum::<u64>() != 1000
        };
        self.parts.iter().filter(wrong).map(Part::sum_in_words).collect()
    }

    /// The care that the fibres usually take, where every word is understood.
    pub(crate) fn usual_care(&self) -> Option<Label> {
        let mut fibres: Vec<&'static Fibre> = Vec::new();
        for &token in &self.words {
            let word = self.text.word(token).unwrap_or_default();
            match fibre::named(word) {
                Some(fibre) => fibres.push(fibre),
                None if PLAIN.contains(&word) => {}
                None => return None,
            }
        }
        (!self.unknown && !fibres.is_empty()).then(|| fibre::care(fibres))
    }
}

/// A share of the part at hand; of the next where that one is complete.
fn share(parts: &mut Vec<Part<'_>>, tenths: u32) {
    let complete = |part: &Part<'_>| part.shares.iter().sum::<u32>() == 1000;
    if parts.last().is_none_or(complete) {
        parts.push(Part { name: "", shares: Vec::new() });
    }
    let part = parts.last_mut().expect("one was just pushed where there was none");
    part.shares.push(tenths);
}

impl Part<'_> {
    fn sum_in_words(&self) -> String {
        let total: u64 = self.shares.iter().map(|&share| u64::from(share)).sum();
        let shares: Vec<String> =
            self.shares.iter().map(|&share| percent(u64::from(share))).collect();
        let name = if self.name.is_empty() { String::new() } else { format!("{}: ", self.name) };
        match shares.as_slice() {
            [_] => format!("{name}{}", percent(total)),
            _ => format!("{name}{} = {}", shares.join(" + "), percent(total)),
        }
    }
}

fn percent(tenths: u64) -> String {
    match tenths % 10 {
        0 => format!("{} %", tenths / 10),
        rest => format!("{}.{rest} %", tenths / 10),
    }
}

/// Where words from this token on end in a colon: the token of the colon.
fn label_end(text: &Text<'_>, token: usize) -> Option<usize> {
    let words = text.tokens[token..]
        .iter()
        .take_while(|token| matches!(token.piece, Piece::Word { .. }))
        .count();
    let colon = text.tokens.get(token + words)?;
    (words > 0 && colon.piece == Piece::Mark(Mark::Colon)).then_some(token + words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sums_are_checked_by_part() {
        for (text, wrong) in [
            ("100 % puuvilla", vec![]),
            ("80 % villa, 20 % polyamidi", vec![]),
            (
                "Päällinen: 80 % villa, 10 % polyamidi; Vuori: 100 % polyesteri",
                vec!["Päällinen: 80 % + 10 % = 90 %"],
            ),
            ("100% cotton 100% polyester", vec![]),
            ("62,5 % lin, 37,5 % bomull", vec![]),
            ("Wool 60 % Nylon 50 %", vec!["60 % + 50 % = 110 %"]),
            ("95% cotton", vec!["95 %"]),
            ("cotton", vec![]),
            ("Oak 4294967295 %", vec!["429496729.5 %"]),
        ] {
            assert_eq!(Material::read(text).wrong_sums(), wrong, "{text}");
        }
    }

    #[test]
    fn care_is_the_mildest_of_all_fibres() {
        for (text, codes) in [
            ("80 % villa, 20 % polyamidi", Some("W30v B0 T0 flat I1 F")),
            ("Outer: 100% cotton; Lining: 100% polyester", Some("W40m B0 T1 I1 F")),
            ("97 % puuvillaa, 3 % elastaania", Some("W40m B0 T1 I1 F")),
            ("Tammi", None),
            ("100 % cotton, metal buttons", None),
            ("", None),
        ] {
            let care = Material::read(text).usual_care();
            let shown = care.map(|label| {
                label.codes().iter().map(|code| code.as_str()).collect::<Vec<_>>().join(" ")
            });
            assert_eq!(shown.as_deref(), codes, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*", near in "[0-9 %:;,a-zä]{0,60}") {
            for source in [&text, &near] {
                Material::read(source).wrong_sums();
                Material::read(source).usual_care();
            }
        }
    }
}
