//! What people type, as a query: words in any of a channel's locales, a SKU or a GTIN.
//!
//! Every word must be found, in the title or in the text, as it is or by one of its forms. The
//! last one may be unfinished. A title counts more than a text, a word as it was typed more than
//! its form, the channel's locale more than its fallbacks.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::analysis::{FORM, Words};
use super::layout::{Layout, LocaleFields};

/// What is typed beyond this is not read.
const CHARACTER_LIMIT: usize = 256;

/// Words beyond these are not read: each is looked up in every locale.
const WORD_LIMIT: usize = 12;

/// A word of at least so many letters may have one of them wrong; of a shorter one little is left.
const TYPO_MIN: usize = 5;

/// An unfinished word of fewer letters is looked for in titles only: in texts it is everywhere.
const TEXT_PREFIX_MIN: usize = 3;

const TITLE: f32 = 6.0;
const TEXT: f32 = 1.0;
/// What a word's form counts, beside the word itself.
const FORM_SHARE: f32 = 0.6;
/// What a fallback counts, beside the locale before it.
const FALLBACK_SHARE: f32 = 0.5;
const TITLE_PREFIX: f32 = 6.0;
const TEXT_PREFIX: f32 = 1.0;
const TYPO: f32 = 1.0;
/// Above any score that words can have.
const EXACT_CODE: f32 = 1_000.0;
const CODE_PREFIX: f32 = 10.0;

type Clause = Box<dyn Query>;

/// A text that was read.
pub(super) struct TextQuery<'a> {
    layout: &'a Layout,
    fields: &'a [LocaleFields],
    /// The whole of it, trimmed and in lower case.
    whole: String,
    chunks: Vec<Chunk>,
}

/// What stands between two spaces: a word, several ("2-in-1"), or a SKU.
struct Chunk {
    code: String,
    words: Vec<String>,
    /// Whether more letters may follow.
    unfinished: bool,
}

impl<'a> TextQuery<'a> {
    /// Reads a text; any text will do.
    pub(super) fn read(text: &str, fields: &'a [LocaleFields], layout: &'a Layout) -> Self {
        let end = text.char_indices().nth(CHARACTER_LIMIT).map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let mut left = WORD_LIMIT;
        let mut chunks: Vec<Chunk> =
            text.split_whitespace().filter_map(|chunk| Chunk::read(chunk, &mut left)).collect();
        if let Some(last) = chunks.last_mut() {
            last.unfinished = !text.ends_with(char::is_whitespace);
        }
        let mut query = Self { layout, fields, whole: text.trim().to_lowercase(), chunks };
        query.drop_stop_words();
        query
    }

    /// Stop words are in no text, so they cannot be asked for, unless there is nothing else.
    fn drop_stop_words(&mut self) {
        let fields = self.fields;
        let stops = |word: &String| fields.iter().any(|fields| fields.language.is_stop_word(word));
        if self.chunks.iter().flat_map(|chunk| &chunk.words).all(stops) {
            return;
        }
        self.chunks.retain(|chunk| chunk.words.is_empty() || !chunk.words.iter().all(stops));
    }

    /// Every word, as it was typed; `None` when there are none: everything matches.
    pub(super) fn every(&self) -> Option<Clause> {
        self.all_words(false)
    }

    /// Every word, with a letter wrong in longer ones; `None` when there are no longer ones.
    pub(super) fn similar(&self) -> Option<Clause> {
        self.has_long_word().then(|| self.all_words(true)).flatten()
    }

    /// Half of the words; `None` when there is only one.
    pub(super) fn some(&self) -> Option<Clause> {
        if self.chunks.len() < 2 {
            return None;
        }
        let clauses =
            self.chunks.iter().map(|chunk| (Occur::Should, self.chunk(chunk, true))).collect();
        let half = self.chunks.len().div_ceil(2);
        Some(Box::new(BooleanQuery::with_minimum_required_clauses(clauses, half)))
    }

    fn has_long_word(&self) -> bool {
        self.chunks.iter().flat_map(|chunk| &chunk.words).any(|word| allows_typo(word))
    }

    fn all_words(&self, typos: bool) -> Option<Clause> {
        let clauses: Vec<Clause> =
            self.chunks.iter().map(|chunk| self.chunk(chunk, typos)).collect();
        if clauses.is_empty() {
            // Signs alone are a text in which nothing can be found.
            return (!self.whole.is_empty()).then(|| any(self.codes(&self.whole)));
        }
        let several = clauses.len() > 1;
        let mut ways = vec![all(clauses)];
        if several {
            ways.extend(self.codes(&self.whole));
        }
        Some(any(ways))
    }

    /// A SKU or GTIN that is exactly this.
    fn codes(&self, code: &str) -> Vec<Clause> {
        let mut codes = vec![term(Term::from_field_text(self.layout.sku, code))];
        if let Some(number) = gtin(code) {
            codes.push(term(Term::from_field_u64(self.layout.gtin, number)));
        }
        codes.into_iter().map(|code| constant(code, EXACT_CODE)).collect()
    }

    fn chunk(&self, chunk: &Chunk, typos: bool) -> Clause {
        let mut ways = self.codes(&chunk.code);
        if chunk.unfinished && chunk.code.chars().count() > 1 {
            ways.push(constant(prefix(self.layout.sku, &chunk.code), CODE_PREFIX));
        }
        if let Some((last, others)) = chunk.words.split_last() {
            let mut words: Vec<Clause> =
                others.iter().map(|word| self.word(word, false, typos)).collect();
            words.push(self.word(last, chunk.unfinished, typos));
            ways.push(all(words));
        }
        any(ways)
    }

    /// A word in the titles and texts of each locale.
    fn word(&self, word: &str, unfinished: bool, typos: bool) -> Clause {
        let mut ways = Vec::new();
        let mut share = 1.0;
        for fields in self.fields {
            let forms = fields.language.forms(word);
            for (field, weight) in [(fields.title, TITLE * share), (fields.text, TEXT * share)] {
                ways.push(boosted(term(Term::from_field_text(field, word)), weight));
                for form in &forms {
                    let term = term(Term::from_field_text(field, &format!("{FORM}{form}")));
                    ways.push(boosted(term, weight * FORM_SHARE));
                }
                if typos && allows_typo(word) {
                    ways.push(constant(similar(field, word, unfinished), weight * TYPO));
                }
            }
            if unfinished {
                ways.push(constant(prefix(fields.title, word), TITLE_PREFIX * share));
                if word.chars().count() >= TEXT_PREFIX_MIN {
                    ways.push(constant(prefix(fields.text, word), TEXT_PREFIX * share));
                }
            }
            share *= FALLBACK_SHARE;
        }
        any(ways)
    }
}

impl Chunk {
    fn read(chunk: &str, left: &mut usize) -> Option<Self> {
        let (mut reader, mut word, mut words) = (Words::of(chunk), String::new(), Vec::new());
        while *left > 0 && reader.next_into(&mut word) {
            words.push(word.clone());
            *left -= 1;
        }
        (!words.is_empty()).then(|| Self { code: chunk.to_lowercase(), words, unfinished: false })
    }
}

fn allows_typo(word: &str) -> bool {
    word.chars().count() >= TYPO_MIN && !word.chars().all(char::is_numeric)
}

/// The number of a GTIN, however it is grouped.
fn gtin(code: &str) -> Option<u64> {
    let digits: String = code.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect();
    let plausible = (8..=14).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plausible.then(|| digits.parse().ok()).flatten()
}

fn term(term: Term) -> Clause {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// Every word that begins like this: no letter wrong, any number more.
fn prefix(field: Field, word: &str) -> Clause {
    Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(field, word), 0, false))
}

/// Every word that is one letter, or two changed about, away from this.
fn similar(field: Field, word: &str, unfinished: bool) -> Clause {
    let term = Term::from_field_text(field, word);
    Box::new(if unfinished {
        FuzzyTermQuery::new_prefix(term, 1, true)
    } else {
        FuzzyTermQuery::new(term, 1, true)
    })
}

fn boosted(query: Clause, weight: f32) -> Clause {
    Box::new(BoostQuery::new(query, weight))
}

fn constant(query: Clause, score: f32) -> Clause {
    Box::new(ConstScoreQuery::new(query, score))
}

fn all(mut clauses: Vec<Clause>) -> Clause {
    match clauses.len() {
        1 => clauses.remove(0),
        _ => Box::new(BooleanQuery::intersection(clauses)),
    }
}

fn any(mut clauses: Vec<Clause>) -> Clause {
    match clauses.len() {
        1 => clauses.remove(0),
        _ => Box::new(BooleanQuery::union(clauses)),
    }
}
