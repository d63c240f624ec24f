//! Text into words, and words into the terms that are indexed for them.
//!
//! A word is a run of letters and digits in lower case. Its term is the word itself; beside it
//! stand its forms (see [`Language`]), each behind `=`, which no word contains. So a form never
//! meets a word by chance, and completing a prefix meets words only.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

use smol_str::SmolStr;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::language::Language;

/// Longer words are cut here, in texts and in queries alike.
const WORD_LIMIT: usize = 64;

/// Words whose forms an analyzer remembers: about 1 MB. The first thousands of a text are the
/// words it is mostly made of, so what comes after the cache is full is simply worked out.
const CACHE_LIMIT: usize = 8_000;

/// Stands before a form.
pub(super) const FORM: char = '=';

/// Cuts a text into words.
pub(super) struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Puts the next word into `word`; `false` when there is none.
    pub(super) fn next_into(&mut self, word: &mut String) -> bool {
        word.clear();
        let mut length = 0;
        let mut rest = self.rest.chars();
        for c in rest.by_ref() {
            if c.is_alphanumeric() {
                if length < WORD_LIMIT {
                    push_lower(word, c);
                    length += 1;
                }
            } else if is_mark(c) {
                combine(word, c);
            } else if !is_invisible(c) && !word.is_empty() {
                break;
            }
        }
        self.rest = rest.as_str();
        !word.is_empty()
    }
}

fn push_lower(word: &mut String, c: char) {
    match c {
        'ß' | 'ẞ' => word.push_str("ss"),
        'a'..='z' | '0'..='9' => word.push(c),
        _ => word.extend(c.to_lowercase().filter(|c| c.is_alphanumeric())),
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The soft hyphen and what has no width: they are inside a word, not between two.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Some systems write `ä` as `a` and a mark; the letters of our languages are put together again,
/// other marks are dropped.
fn combine(word: &mut String, mark: char) {
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

/// Makes the terms of a field of one language.
pub(super) struct Analyzer {
    language: Language,
    skips_stop_words: bool,
    /// The forms of a word, each with [`FORM`] before it.
    cache: HashMap<SmolStr, SmolStr, BuildHasherDefault<DefaultHasher>>,
}

impl Analyzer {
    /// Every word counts: a name may be one that is otherwise passed over.
    pub(super) fn of_titles(language: Language) -> Self {
        Self { language, skips_stop_words: false, cache: HashMap::default() }
    }

    /// Words such as "and" are passed over: they are a third of a text and find nothing.
    pub(super) fn of_texts(language: Language) -> Self {
        Self { skips_stop_words: true, ..Self::of_titles(language) }
    }

    fn forms_into(&mut self, word: &str, forms: &mut String) {
        forms.clear();
        if let Some(known) = self.cache.get(word) {
            forms.push_str(known);
            return;
        }
        for form in self.language.forms_to_index(word) {
            forms.push(FORM);
            forms.push_str(&form);
        }
        if self.cache.len() < CACHE_LIMIT {
            self.cache.insert(word.into(), forms.as_str().into());
        }
    }
}

/// Each thread of the writer begins with an empty cache.
impl Clone for Analyzer {
    fn clone(&self) -> Self {
        Self {
            language: self.language,
            skips_stop_words: self.skips_stop_words,
            cache: HashMap::default(),
        }
    }
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        TermStream {
            words: Words::of(text),
            forms: String::new(),
            given: 0,
            token: Token::default(),
            analyzer: self,
        }
    }
}

/// The terms of a text: each word, then its forms.
pub(super) struct TermStream<'a> {
    words: Words<'a>,
    /// The forms of the last word, of which those before `given` were given out.
    forms: String,
    given: usize,
    token: Token,
    analyzer: &'a mut Analyzer,
}

impl TermStream<'_> {
    fn next_form(&mut self) -> bool {
        let left = &self.forms[self.given..];
        if left.is_empty() {
            return false;
        }
        let end = left[1..].find(FORM).map_or(left.len(), |at| at + 1);
        self.token.text.clear();
        self.token.text.push_str(&left[..end]);
        self.given += end;
        true
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        if self.next_form() {
            return true;
        }
        loop {
            if !self.words.next_into(&mut self.token.text) {
                return false;
            }
            if !(self.analyzer.skips_stop_words
                && self.analyzer.language.is_stop_word(&self.token.text))
            {
                break;
            }
        }
        self.token.position = self.token.position.wrapping_add(1);
        self.given = 0;
        self.analyzer.forms_into(&self.token.text, &mut self.forms);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let (mut words, mut word, mut found) = (Words::of(text), String::new(), Vec::new());
        while words.next_into(&mut word) {
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
    fn forms_follow_their_word_and_stop_words_are_passed_over() {
        let mut analyzer = Analyzer::of_texts(Language::Finnish);
        for _ in 0..2 {
            let mut stream = analyzer.token_stream("Takit ja 4 XL");
            let mut terms = Vec::new();
            while stream.advance() {
                terms.push(stream.token().text.clone());
            }
            assert_eq!(terms, ["takit", "=taki", "4", "xl", "=xl"]);
        }
    }
}
