//! What people type, as a query: words in any of a channel's locales, a SKU or a GTIN.
//!
//! Every word must be found, in the title or in the text, as it is or by one of its forms. The
//! last one may be unfinished. A title counts more than a text, a word as it was typed more than
//! its form, the channel's locale more than its fallbacks.

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use super::analysis::{FORM, START, START_LIMIT, Words};
use super::layout::{Key, Layout, LocaleFields};

/// What is typed beyond this is not read.
const CHARACTER_LIMIT: usize = 256;

/// Words beyond these are not read: each is looked up in every locale.
const WORD_LIMIT: usize = 12;

/// A word of at least so many letters may have one of them wrong; of a shorter one little is left.
const TYPO_MIN: usize = 5;

const TITLE: f32 = 6.0;
const TEXT: f32 = 1.0;
/// What a word's form counts, beside the word itself.
const FORM_SHARE: f32 = 0.6;
/// What a fallback counts, beside the locale before it.
const FALLBACK_SHARE: f32 = 0.5;
/// What a word counts that was completed or put right.
const TITLE_PREFIX: f32 = 6.0;
const TEXT_PREFIX: f32 = 1.0;
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
    words: Vec<Word>,
    /// Whether more letters may follow.
    unfinished: bool,
}

struct Word {
    text: String,
    /// Whether it is the last one, and more letters may follow.
    unfinished: bool,
    /// Whether one of its letters may be wrong.
    typo: bool,
}

impl<'a> TextQuery<'a> {
    /// Reads a text; any text will do.
    pub(super) fn read(text: &str, fields: &'a [LocaleFields], layout: &'a Layout) -> Self {
        let end = text.char_indices().nth(CHARACTER_LIMIT).map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let mut left = WORD_LIMIT;
        let mut chunks: Vec<Chunk> =
            text.split_whitespace().filter_map(|chunk| Chunk::read(chunk, &mut left)).collect();
        if let Some(last) = chunks.last_mut().filter(|_| !text.ends_with(char::is_whitespace)) {
            last.unfinished = true;
            last.words.last_mut().expect("a chunk has words").unfinished = true;
        }
        let mut query = Self { layout, fields, whole: text.trim().to_lowercase(), chunks };
        query.drop_stop_words();
        query
    }

    /// Stop words are in no text, so they cannot be asked for, unless there is nothing else.
    fn drop_stop_words(&mut self) {
        let fields = self.fields;
        let stops =
            |word: &Word| fields.iter().any(|fields| fields.language.is_stop_word(&word.text));
        if !self.words().all(stops) {
            self.chunks.retain(|chunk| !chunk.words.iter().all(stops));
        }
    }

    fn words(&self) -> impl Iterator<Item = &Word> {
        self.chunks.iter().flat_map(|chunk| &chunk.words)
    }

    /// Every word as it was typed; `None` when there is nothing to ask for: everything matches.
    pub(super) fn every(&self) -> Option<Clause> {
        if self.chunks.is_empty() {
            // Signs alone are a text in which nothing can be found.
            return (!self.whole.is_empty()).then(|| any(self.codes(&self.whole)));
        }
        if let [chunk] = self.chunks.as_slice() {
            return Some(self.chunk(chunk));
        }
        let mut ways = vec![all(self.chunks.iter().map(|chunk| self.chunk(chunk)).collect())];
        ways.extend(self.codes(&self.whole));
        Some(any(ways))
    }

    /// Allows a wrong letter in the longer words that no product has; `false` when there are none.
    pub(super) fn allow_typos(&mut self, searcher: &Searcher) -> tantivy::Result<bool> {
        let mut allowed = false;
        for word in self.chunks.iter_mut().flat_map(|chunk| &mut chunk.words) {
            let long =
                word.text.chars().count() >= TYPO_MIN && !word.text.chars().all(char::is_numeric);
            word.typo = long && !is_known(word, self.fields, searcher)?;
            allowed |= word.typo;
        }
        Ok(allowed)
    }

    /// Half of the words; `None` when there is only one.
    pub(super) fn some(&self) -> Option<Clause> {
        if self.chunks.len() < 2 {
            return None;
        }
        let clauses = self.chunks.iter().map(|chunk| (Occur::Should, self.chunk(chunk))).collect();
        let half = self.chunks.len().div_ceil(2);
        Some(Box::new(BooleanQuery::with_minimum_required_clauses(clauses, half)))
    }

    /// A SKU or GTIN that is exactly this.
    fn codes(&self, code: &str) -> Vec<Clause> {
        let keys = [Some(Key::Sku(code)), gtin(code).map(Key::Gtin)];
        keys.iter().flatten().map(|key| constant(term(self.layout.key(key)), EXACT_CODE)).collect()
    }

    fn chunk(&self, chunk: &Chunk) -> Clause {
        let mut ways = self.codes(&chunk.code);
        if chunk.unfinished && chunk.code.chars().count() > 1 {
            ways.push(constant(prefix(self.layout.key(&Key::Sku(&chunk.code))), CODE_PREFIX));
        }
        match chunk.words.as_slice() {
            // One union rather than a union in a union: half the work.
            [word] => ways.extend(self.word(word)),
            words => ways.push(all(words.iter().map(|word| any(self.word(word))).collect())),
        }
        any(ways)
    }

    /// A word in the titles and texts of each locale.
    fn word(&self, word: &Word) -> Vec<Clause> {
        let mut ways = Vec::new();
        let mut share = 1.0;
        for fields in self.fields {
            let Terms { title, in_text } = Terms::of(word, fields);
            for (n, term_in_title) in title.into_iter().enumerate() {
                let weight = if n == 0 { TITLE } else { TITLE * FORM_SHARE };
                ways.push(boosted(term(term_in_title), weight * share));
            }
            ways.extend(in_text.iter().map(|in_text| boosted(term(in_text.clone()), TEXT * share)));
            if word.typo {
                let in_title = Term::from_field_text(fields.title, &word.text);
                ways.push(constant(similar(in_title, word.unfinished), TITLE_PREFIX * share));
                ways.extend(in_text.into_iter().map(|in_text| {
                    constant(similar(in_text, word.unfinished), TEXT_PREFIX * share)
                }));
            } else if word.unfinished {
                ways.extend(completed(&word.text, fields, share));
            }
            share *= FALLBACK_SHARE;
        }
        ways
    }
}

impl Chunk {
    fn read(chunk: &str, left: &mut usize) -> Option<Self> {
        let (mut reader, mut text, mut words) = (Words::of(chunk), String::new(), Vec::new());
        while *left > 0 && reader.next_into(&mut text) {
            words.push(Word { text: text.clone(), unfinished: false, typo: false });
            *left -= 1;
        }
        (!words.is_empty()).then(|| Self { code: chunk.to_lowercase(), words, unfinished: false })
    }
}

/// What a word is in the index.
struct Terms {
    /// The word itself, then its forms.
    title: Vec<Term>,
    in_text: Vec<Term>,
}

impl Terms {
    fn of(word: &Word, fields: &LocaleFields) -> Self {
        let forms: Vec<_> =
            fields.language.forms(&word.text).iter().map(|form| format!("{FORM}{form}")).collect();
        let mut title = vec![Term::from_field_text(fields.title, &word.text)];
        title.extend(forms.iter().map(|form| Term::from_field_text(fields.title, form)));
        let mut in_text: Vec<_> =
            forms.iter().map(|form| Term::from_field_text(fields.text, form)).collect();
        if in_text.is_empty() {
            in_text.push(Term::from_field_text(fields.text, &word.text));
        }
        Self { title, in_text }
    }
}

/// Whether any product has the word, one of its forms, or a word that begins like it.
fn is_known(word: &Word, fields: &[LocaleFields], searcher: &Searcher) -> tantivy::Result<bool> {
    for fields in fields {
        let Terms { title, in_text } = Terms::of(word, fields);
        for term in title.iter().chain(&in_text) {
            if searcher.doc_freq(term)? > 0 {
                return Ok(true);
            }
        }
        if word.unfinished && begins_a_word(&word.text, fields, searcher)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn begins_a_word(word: &str, fields: &LocaleFields, searcher: &Searcher) -> tantivy::Result<bool> {
    for segment in searcher.segment_readers() {
        for (field, start) in
            [(fields.title, word.to_owned()), (fields.text, format!("{FORM}{word}"))]
        {
            let words = segment.inverted_index(field)?;
            let mut from_here = words.terms().range().ge(&start).into_stream()?;
            if from_here.advance() && from_here.key().starts_with(start.as_bytes()) {
                return Ok(true);
            }
        }
    }
    Ok(false)
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

/// Words that begin like this: in titles, and when there are enough letters in texts.
fn completed(word: &str, fields: &LocaleFields, share: f32) -> Vec<Clause> {
    if word.chars().count() <= START_LIMIT {
        let start = term(Term::from_field_text(fields.title, &format!("{START}{word}")));
        return vec![constant(start, TITLE_PREFIX * share)];
    }
    let in_title = prefix(Term::from_field_text(fields.title, word));
    let in_text = prefix(Term::from_field_text(fields.text, &format!("{FORM}{word}")));
    vec![constant(in_title, TITLE_PREFIX * share), constant(in_text, TEXT_PREFIX * share)]
}

/// Every term that begins like this: no letter wrong, any number more.
fn prefix(start: Term) -> Clause {
    Box::new(FuzzyTermQuery::new_prefix(start, 0, false))
}

/// Every term that is one letter, or two changed about, away from this.
fn similar(term: Term, unfinished: bool) -> Clause {
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
