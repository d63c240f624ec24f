//! Text into words, and words into the terms that are indexed for them.
//!
//! A word is a run of letters and digits in lower case. In a title it stands for itself, for its
//! forms (see [`Language`]), each behind `=`, and for its first letters, behind `<`; no word
//! contains these signs, so that none of them meets a word by chance. In a text a word stands for
//! its forms only: a text is most of what is indexed, and what is found there need not be distinguished from
//! its inflections.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use smol_str::SmolStr;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::language::SearchLanguage;

/// Longer words are cut here, in texts and in queries alike.
const WORD_LIMIT: usize = 64;

/// Words whose forms an analyzer remembers: about 1 MB. The first thousands of a text are the
/// words it is mostly made of, so what comes after the cache is full is simply worked out.
const CACHE_LIMIT: usize = 8_000;

/// Stands before a form.
pub(super) const FORM_PREFIX: &str = "=";

/// Stands before the first letters of a word.
pub(super) const WORD_START_PREFIX: &str = "<";

/// The most letters that are indexed as the start of a word: a prefix that short has so many words
/// that to look each of them up takes longer than all the rest of a query.
pub(super) const START_LIMIT: usize = 3;

/// Cuts a text into words.
pub(super) struct WordSplitter<'a> {
    rest: &'a str,
}

impl<'a> WordSplitter<'a> {
    pub(super) fn from_text(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Puts the next word into `word`; `false` when there is none.
    pub(super) fn read_next_word(&mut self, word: &mut String) -> bool {
        word.clear();
        let mut length = 0;
        let mut rest = self.rest.chars();
        for c in rest.by_ref() {
            if c.is_alphanumeric() {
                if length < WORD_LIMIT {
                    push_lowercase(word, c);
                    length += 1;
                }
            } else if is_combining_mark(c) {
                combine_with_mark(word, c);
            } else if !is_invisible(c) && !word.is_empty() {
                break;
            }
        }
        self.rest = rest.as_str();
        !word.is_empty()
    }
}

fn push_lowercase(word: &mut String, c: char) {
    match c {
        'ß' | 'ẞ' => word.push_str("ss"),
        'a'..='z' | '0'..='9' => word.push(c),
        _ => word.extend(c.to_lowercase().filter(|c| c.is_alphanumeric())),
    }
}

fn is_combining_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The soft hyphen and what has no width: they are inside a word, not between two.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Some systems write `ä` as `a` and a mark; the letters of our languages are put together again,
/// other marks are dropped.
fn combine_with_mark(word: &mut String, mark: char) {
    let letter = match (word.chars().next_back(), mark) {
        (Some('a'), '\u{308}') => 'ä',
        (Some('o'), '\u{308}') => 'ö',
        (Some('u'), '\u{308}') => 'ü',
        (Some('a'), '\u{30a}') => 'å',
        (Some('e'), '\u{301}') => 'é',
        (Some('e'), '\u{300}') => 'è',
        (Some('e'), '\u{302}') => 'ê',
        (Some('a'), '\u{300}') => 'à',
        (Some('c'), '\u{327}') => 'ç',
        (Some('n'), '\u{303}') => 'ñ',
        (Some('s'), '\u{30c}') => 'š',
        (Some('z'), '\u{30c}') => 'ž',
        _ => return,
    };
    word.pop();
    word.push(letter);
}

/// What a field holds of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TermSelection {
    /// Each word, its forms and its first letters. Every word counts: a name may be one that is
    /// otherwise passed over.
    Title,
    /// The forms of each word, or the word if it has none. Words such as "and" are passed over:
    /// they are much of a text and find nothing.
    Text,
}

/// Makes the terms of a field of one language.
pub(super) struct TermAnalyzer {
    language: SearchLanguage,
    terms: TermSelection,
    /// The terms of a word, each with a separator after it.
    cache: HashMap<SmolStr, SmolStr, BuildHasherDefault<FnvHasher>>,
}

/// Stands after each term of a word; no word contains it.
const TERM_END: char = ' ';

impl TermAnalyzer {
    pub(super) fn new(language: SearchLanguage, terms: TermSelection) -> Self {
        Self { language, terms, cache: HashMap::default() }
    }

    /// Puts the terms of a word into `terms`.
    fn collect_terms(&mut self, word: &str, terms: &mut String) {
        terms.clear();
        if let Some(known) = self.cache.get(word) {
            terms.push_str(known);
            return;
        }
        match self.terms {
            TermSelection::Text if self.language.is_stop_word(word) => {}
            TermSelection::Title => {
                push_term(terms, "", word);
                self.language
                    .find_index_forms(word)
                    .iter()
                    .for_each(|form| push_term(terms, FORM_PREFIX, form));
                let starts =
                    word.char_indices().take(START_LIMIT).map(|(at, c)| &word[..at + c.len_utf8()]);
                starts.for_each(|start| push_term(terms, WORD_START_PREFIX, start));
            }
            TermSelection::Text => match self.language.find_index_forms(word) {
                forms if forms.is_empty() => push_term(terms, "", word),
                forms => forms.iter().for_each(|form| push_term(terms, FORM_PREFIX, form)),
            },
        }
        if self.cache.len() < CACHE_LIMIT {
            self.cache.insert(word.into(), terms.as_str().into());
        }
    }
}

fn push_term(terms: &mut String, before: &str, term: &str) {
    terms.push_str(before);
    terms.push_str(term);
    terms.push(TERM_END);
}

/// Each thread of the writer begins with an empty cache.
impl Clone for TermAnalyzer {
    fn clone(&self) -> Self {
        Self::new(self.language, self.terms)
    }
}

impl Tokenizer for TermAnalyzer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        TermStream {
            words: WordSplitter::from_text(text),
            word: String::new(),
            terms: String::new(),
            given: 0,
            token: Token::default(),
            analyzer: self,
        }
    }
}

/// The terms of a text, word by word.
pub(super) struct TermStream<'a> {
    words: WordSplitter<'a>,
    word: String,
    /// The terms of the word, of which those before `given` were given out.
    terms: String,
    given: usize,
    token: Token,
    analyzer: &'a mut TermAnalyzer,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        while self.given == self.terms.len() {
            if !self.words.read_next_word(&mut self.word) {
                return false;
            }
            self.analyzer.collect_terms(&self.word, &mut self.terms);
            self.given = 0;
            self.token.position = self.token.position.wrapping_add(1);
        }
        let left = &self.terms[self.given..];
        let term = left.split(TERM_END).next().unwrap_or(left);
        self.token.text.clear();
        self.token.text.push_str(term);
        self.given += term.len() + TERM_END.len_utf8();
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// FNV-1a, 64 bits: for keys as short as words it is faster than the standard hash,
/// and the cache is too small for chosen collisions to matter.
struct FnvHasher(u64);

impl Default for FnvHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for FnvHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let (mut words, mut word, mut found) =
            (WordSplitter::from_text(text), String::new(), Vec::new());
        while words.read_next_word(&mut word) {
            found.push(word.clone());
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        check("Untuvatakki, 2-in-1 (150x50 cm)!", &["untuvatakki", "2", "in", "1", "150x50", "cm"]);
        check("", &[]);
        check(" \u{301} -- ", &[]);
    }

    #[test]
    fn one_letter_has_one_spelling() {
        check("KENKA\u{308} kenkä", &["kenkä", "kenkä"]);
        check("Straße STRASSE", &["strasse", "strasse"]);
        check("unter\u{ad}hemd \u{feff}İzmir", &["unterhemd", "izmir"]);
    }

    #[test]
    fn a_title_and_a_text_hold_different_terms() {
        for (terms, expected) in [
            (
                TermSelection::Title,
                vec![
                    "takit", "=taki", "<t", "<ta", "<tak", "ja", "=ja", "<j", "<ja", "4xl", "<4",
                    "<4x", "<4xl",
                ],
            ),
            (TermSelection::Text, vec!["=taki", "4xl"]),
        ] {
            let mut analyzer = TermAnalyzer::new(SearchLanguage::Finnish, terms);
            for _ in 0..2 {
                let mut stream = analyzer.token_stream("Takit ja 4XL");
                let mut found = Vec::new();
                while stream.advance() {
                    found.push(stream.token().text.clone());
                }
                assert_eq!(found, expected);
            }
        }
    }
}
