//! A care text as words, numbers and the marks between them.

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters and digits, from a letter on, or one symbol that is no punctuation. In lower case
    /// at `TokenizedText::lowercase_word`.
    Word {
        start: u32,
        end: u32,
    },
    /// In tenths.
    Number {
        tenths: u32,
        unit: NumberUnit,
    },
    Mark(PunctuationMark),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberUnit {
    None,
    Celsius,
    Fahrenheit,
    Percent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PunctuationMark {
    /// Ends a sentence.
    Stop,
    /// Between the points of a list: `•`, `;`, ` - `.
    Bullet,
    /// Ends a phrase: `,`, `+`, ` / `.
    Comma,
    /// `&`.
    And,
    /// A slash within a phrase: "bleach/iron".
    Or,
    /// Also `?` and `=`: "Iron? No."
    Colon,
    /// Between two numbers.
    Range,
}

/// A piece and where it is from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// Bytes of the source.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A text, taken apart.
pub(crate) struct TokenizedText<'a> {
    pub(crate) source: &'a str,
    pub(crate) tokens: Vec<Token>,
    lowercase: String,
}

/// After these a full stop ends the word and not the sentence.
const ABBREVIATIONS: [&str; 12] =
    ["max", "min", "temp", "prog", "enint", "chem", "prof", "bzw", "ggf", "kem", "st", "el"];

impl<'a> TokenizedText<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        let mut text = Self {
            source,
            tokens: Vec::with_capacity(source.len() / 5),
            lowercase: String::with_capacity(source.len()),
        };
        let mut at = 0;
        while let Some(next) = source[at..].chars().next() {
            at = match next {
                '0'..='9' => text.read_number(at),
                _ if next.is_alphabetic() => text.read_word(at),
                _ => text.read_mark(at, next),
            };
        }
        text
    }

    /// The word of a token, in lower case.
    pub(crate) fn lowercase_word(&self, token: usize) -> Option<&str> {
        match self.tokens.get(token)?.kind {
            TokenKind::Word { start, end } => Some(&self.lowercase[start as usize..end as usize]),
            _ => None,
        }
    }

    /// What the source says from one token to another.
    pub(crate) fn source_fragment(&self, first: usize, last: usize) -> &'a str {
        &self.source[self.tokens[first].start..self.tokens[last].end]
    }

    fn push_token(&mut self, piece: TokenKind, start: usize, end: usize) -> usize {
        self.tokens.push(Token { kind: piece, start, end });
        end
    }

    fn read_word(&mut self, at: usize) -> usize {
        let lower_start = self.lowercase.len() as u32;
        let mut end = at;
        for c in self.source[at..].chars() {
            if c.is_ascii_alphanumeric() {
                self.lowercase.push(c.to_ascii_lowercase());
            } else if c.is_alphanumeric() {
                self.lowercase.extend(c.to_lowercase());
            } else if !matches!(c, '\'' | '’' | '\u{ad}' | '\u{300}'..='\u{36f}') {
                break;
            }
            end += c.len_utf8();
        }
        let piece = TokenKind::Word { start: lower_start, end: self.lowercase.len() as u32 };
        self.push_token(piece, at, end)
    }

    fn read_number(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        let mut end = at;
        let mut tenths = 0_u32;
        while let Some(digit) = bytes.get(end).filter(|byte| byte.is_ascii_digit()) {
            tenths = tenths.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
            end += 1;
        }
        tenths = tenths.saturating_mul(10);
        if let [b'.' | b',', tenth @ b'0'..=b'9', ..] = bytes[end..] {
            tenths = tenths.saturating_add(u32::from(tenth - b'0'));
            end += 2;
            while bytes.get(end).is_some_and(u8::is_ascii_digit) {
                end += 1;
            }
        }
        let (unit, length) = parse_unit(&self.source[end..]);
        self.push_token(TokenKind::Number { tenths, unit }, at, end + length)
    }

    fn read_mark(&mut self, at: usize, mark: char) -> usize {
        if let Some((length, kind)) = parse_markup(&self.source[at..]) {
            return match kind {
                Some(kind) => self.push_token(TokenKind::Mark(kind), at, at + length),
                None => at + length,
            };
        }
        let end = at + mark.len_utf8();
        let rest = &self.source[end..];
        let kind = match mark {
            '.' => (!self.is_after_abbreviation()).then_some(PunctuationMark::Stop),
            '!' | '\n' | '…' => Some(PunctuationMark::Stop),
            ';' | '|' | '•' | '·' | '●' | '▪' | '*' => Some(PunctuationMark::Bullet),
            ',' | '+' => Some(PunctuationMark::Comma),
            '&' => Some(PunctuationMark::And),
            '/' if self.source[..at].ends_with(char::is_whitespace) || rest.starts_with(' ') => {
                Some(PunctuationMark::Comma)
            }
            '/' => Some(PunctuationMark::Or),
            ':' | '?' | '=' => Some(PunctuationMark::Colon),
            '-' | '–' | '—' | '−' => self.classify_dash(at, rest),
            _ if adds_nothing(mark) => None,
            _ => return self.push_symbol(at, mark),
        };
        match kind {
            Some(kind) => self.push_token(TokenKind::Mark(kind), at, end),
            None => end,
        }
    }

    /// A symbol that may mean something, such as a cross, is a word.
    fn push_symbol(&mut self, at: usize, symbol: char) -> usize {
        let start = self.lowercase.len() as u32;
        self.lowercase.push(symbol);
        let kind = TokenKind::Word { start, end: self.lowercase.len() as u32 };
        self.push_token(kind, at, at + symbol.len_utf8())
    }

    /// A dash is a range between numbers, a bullet between spaces, and nothing within a word.
    fn classify_dash(&self, at: usize, rest: &str) -> Option<PunctuationMark> {
        let after_number =
            matches!(self.tokens.last(), Some(Token { kind: TokenKind::Number { .. }, .. }));
        let spaced = self.source[..at].ends_with(char::is_whitespace);
        if after_number && rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            Some(PunctuationMark::Range)
        } else {
            (spaced && rest.starts_with(' ')).then_some(PunctuationMark::Bullet)
        }
    }

    fn is_after_abbreviation(&self) -> bool {
        let last = self.tokens.len().checked_sub(1).and_then(|token| self.lowercase_word(token));
        last.is_some_and(|word| ABBREVIATIONS.contains(&word))
    }
}

/// The length of an HTML tag or character reference, and the mark that it stands for.
fn parse_markup(source: &str) -> Option<(usize, Option<PunctuationMark>)> {
    for (reference, mark) in [("&amp;", Some(PunctuationMark::And)), ("&nbsp;", None)] {
        if source.starts_with(reference) {
            return Some((reference.len(), mark));
        }
    }
    let name = source.strip_prefix('<')?.trim_start_matches('/');
    let length = source.find('>')? + 1;
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_inline = ["b>", "i>", "em", "strong", "span"].iter().any(|tag| name.starts_with(tag));
    is_tag.then_some((length, (!is_inline).then_some(PunctuationMark::Stop)))
}

/// Brackets, quotation marks, and characters that are not seen.
fn adds_nothing(mark: char) -> bool {
    const MARKS: &str = "()[]{}<≤~≈_\"'’‘‚“”„«»‹›`´°º˚®™©\u{ad}";
    mark.is_whitespace()
        || mark.is_control()
        || MARKS.contains(mark)
        || matches!(mark, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe0f}' | '\u{feff}')
}

/// The unit that the text after a number starts with, and its length.
fn parse_unit(rest: &str) -> (NumberUnit, usize) {
    let spaces = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
    let after = &rest[spaces..];
    if after.starts_with('%') {
        return (NumberUnit::Percent, spaces + 1);
    }
    if after.starts_with('℃') {
        return (NumberUnit::Celsius, spaces + '℃'.len_utf8());
    }
    let degree = after.chars().next().filter(|c| matches!(c, '°' | 'º' | '˚' | '∘'));
    let letters = after[degree.map_or(0, char::len_utf8)..].trim_start_matches(' ');
    let mut letters_iter = letters.chars();
    let letter = letters_iter.next();
    let alone = !letters_iter.next().is_some_and(char::is_alphanumeric);
    let length = rest.len() - letters.len();
    match (letter, degree) {
        (Some('C' | 'c'), _) if alone => (NumberUnit::Celsius, length + 1),
        (Some('F'), _) if alone && (degree.is_some() || spaces == 0) => {
            (NumberUnit::Fahrenheit, length + 1)
        }
        (_, Some(degree)) => (NumberUnit::Celsius, spaces + degree.len_utf8()),
        _ => (NumberUnit::None, 0),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(source: &str, expected: &Expect) {
        let text = TokenizedText::new(source);
        let shown: Vec<String> = (0..text.tokens.len())
            .map(|index| match text.tokens[index].kind {
                TokenKind::Word { .. } => text.lowercase_word(index).unwrap().to_owned(),
                TokenKind::Number { tenths, unit } => format!("{tenths}{unit:?}"),
                TokenKind::Mark(mark) => format!("<{mark:?}>"),
            })
            .collect();
        expected.assert_eq(&shown.join(" "));
    }

    #[test]
    fn words_numbers_and_marks() {
        check(
            "Konepesu max. 40 °C, 30-40°; don't bleach – MW30.",
            &expect![
                "konepesu max 400Celsius <Comma> 300None <Range> 400Celsius <Bullet> dont bleach <Bullet> mw30 <Stop>"
            ],
        );
        check(
            "80 % villa, 62,5% wool: 104°F 40ºC 30C 40 cycles",
            &expect![
                "800Percent villa <Comma> 625Percent wool <Colon> 1040Fahrenheit 400Celsius 300Celsius 400None cycles"
            ],
        );
        check(
            "non-chlorine bleach • 40 °C/60 °C\nSILITÄ",
            &expect!["non chlorine bleach <Bullet> 400Celsius <Or> 600Celsius <Stop> silitä"],
        );
    }

    #[test]
    fn symbols_are_words() {
        check(
            "❌ bleach & iron / wash? (no)",
            &expect!["❌ bleach <And> iron <Comma> wash <Colon> no"],
        );
    }

    #[test]
    fn tags_end_sentences() {
        check(
            "<p>Wash 30</p><ul><li>no <b>bleach</b> &amp; iron&nbsp;<br/>x < 5",
            &expect![
                "<Stop> wash 300None <Stop> <Stop> <Stop> no bleach <And> iron <Stop> x 50None"
            ],
        );
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*", near in "[-0-9°CF%.,:;• a-zäö]{0,60}") {
            for source in [&text, &near] {
                let text = TokenizedText::new(source);
                for (index, token) in text.tokens.iter().enumerate() {
                    prop_assert!(token.start < token.end);
                    text.source_fragment(0, index);
                }
            }
        }
    }
}
