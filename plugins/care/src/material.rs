//! The material text: what its parts are made of, and whether the shares add up.

use crate::fibre::{self, Fibre};
use crate::label::CareLabel;
use crate::token::{NumberUnit, PunctuationMark, TokenKind, TokenizedText};

/// One part of the product: "Lining: 100 % polyester".
struct MaterialPart<'a> {
    name: &'a str,
    /// Tenths of a percent, in the order of the text.
    shares: Vec<u32>,
}

/// A material text that was read.
pub(crate) struct MaterialComposition<'a> {
    text: TokenizedText<'a>,
    parts: Vec<MaterialPart<'a>>,
    /// Tokens that are words and name no part.
    words: Vec<usize>,
    /// Whether a number of it is no share: then nothing is inferred.
    has_unknown_number: bool,
}

/// Words beside the fibres that change nothing.
const NEUTRAL_WORDS: [&str; 26] = [
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

impl<'a> MaterialComposition<'a> {
    pub(crate) fn parse_text(source: &'a str) -> Self {
        let text = TokenizedText::new(source);
        let (mut parts, mut words, mut has_unknown_number) = (Vec::new(), Vec::new(), false);
        let mut token = 0;
        while token < text.tokens.len() {
            if let Some(end) = find_label_end(&text, token) {
                let name = text.source_fragment(token, end - 1);
                parts.push(MaterialPart { name, shares: Vec::new() });
                token = end + 1;
                continue;
            }
            match text.tokens[token].kind {
                TokenKind::Number { tenths, unit: NumberUnit::Percent } => {
                    add_share(&mut parts, tenths)
                }
                TokenKind::Number { .. } => has_unknown_number = true,
                TokenKind::Word { .. } => words.push(token),
                TokenKind::Mark(_) => {}
            }
            token += 1;
        }
        Self { text, parts, words, has_unknown_number }
    }

    /// The parts whose shares do not come to 100 %, in words.
    pub(crate) fn describe_wrong_sums(&self) -> Vec<String> {
        let wrong = |part: &&MaterialPart<'_>| {
            !part.shares.is_empty()
                && part.shares.iter().map(|&share| u64::from(share)).sum::<u64>() != 1000
        };
        self.parts.iter().filter(wrong).map(MaterialPart::describe_sum).collect()
    }

    pub(crate) fn names_a_fibre(&self) -> bool {
        self.words.iter().any(|&token| {
            self.text.lowercase_word(token).is_some_and(|word| fibre::find_fibre(word).is_some())
        })
    }

    /// The care that the fibres usually take, where every word is understood.
    pub(crate) fn usual_care(&self) -> Option<CareLabel> {
        let mut fibres: Vec<&'static Fibre> = Vec::new();
        for &token in &self.words {
            let word = self.text.lowercase_word(token).unwrap_or_default();
            match fibre::find_fibre(word) {
                Some(fibre) => fibres.push(fibre),
                None if NEUTRAL_WORDS.contains(&word) => {}
                None => return None,
            }
        }
        (!self.has_unknown_number && !fibres.is_empty()).then(|| fibre::mildest_care(fibres))
    }
}

/// A share of the part at hand; of the next where that one is complete.
fn add_share(parts: &mut Vec<MaterialPart<'_>>, tenths: u32) {
    let complete = |part: &MaterialPart<'_>| part.shares.iter().sum::<u32>() == 1000;
    if parts.last().is_none_or(complete) {
        parts.push(MaterialPart { name: "", shares: Vec::new() });
    }
    let part = parts.last_mut().expect("one was just pushed where there was none");
    part.shares.push(tenths);
}

impl MaterialPart<'_> {
    fn describe_sum(&self) -> String {
        let total: u64 = self.shares.iter().map(|&share| u64::from(share)).sum();
        let shares: Vec<String> =
            self.shares.iter().map(|&share| format_percent(u64::from(share))).collect();
        let name = if self.name.is_empty() { String::new() } else { format!("{}: ", self.name) };
        match shares.as_slice() {
            [_] => format!("{name}{}", format_percent(total)),
            _ => format!("{name}{} = {}", shares.join(" + "), format_percent(total)),
        }
    }
}

fn format_percent(tenths: u64) -> String {
    match tenths % 10 {
        0 => format!("{} %", tenths / 10),
        rest => format!("{}.{rest} %", tenths / 10),
    }
}

/// Where words from this token on end in a colon: the token of the colon.
fn find_label_end(text: &TokenizedText<'_>, token: usize) -> Option<usize> {
    let words = text.tokens[token..]
        .iter()
        .take_while(|token| matches!(token.kind, TokenKind::Word { .. }))
        .count();
    let colon = text.tokens.get(token + words)?;
    (words > 0 && colon.kind == TokenKind::Mark(PunctuationMark::Colon)).then_some(token + words)
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
            assert_eq!(
                MaterialComposition::parse_text(text).describe_wrong_sums(),
                wrong,
                "{text}"
            );
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
            let care = MaterialComposition::parse_text(text).usual_care();
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
                MaterialComposition::parse_text(source).describe_wrong_sums();
                MaterialComposition::parse_text(source).usual_care();
            }
        }
    }
}
