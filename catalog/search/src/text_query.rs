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

use super::analysis::{FORM_PREFIX, START_LIMIT, WORD_START_PREFIX, WordSplitter};
use super::layout::{IndexLayout, LocaleFields, LookupKey};

/// What is typed beyond this is not read.
const CHARACTER_LIMIT: usize = 256;

/// Words beyond these are not read: each is looked up in every locale.
const WORD_LIMIT: usize = 12;

/// A word of at least so many letters may have one of them wrong; of a shorter one little is left.
const TYPO_MIN: usize = 5;

const TITLE_WEIGHT: f32 = 6.0;
const TEXT_WEIGHT: f32 = 1.0;
/// What a word's form counts, beside the word itself.
const FORM_SHARE: f32 = 0.6;
/// What a fallback counts, beside the locale before it.
const FALLBACK_SHARE: f32 = 0.5;
/// What a word counts that was completed or put right.
const TITLE_PREFIX_SCORE: f32 = 6.0;
const TEXT_PREFIX_SCORE: f32 = 1.0;
/// Above any score that words can have.
const EXACT_CODE_SCORE: f32 = 1_000.0;
const CODE_PREFIX_SCORE: f32 = 10.0;

type QueryClause = Box<dyn Query>;

/// A text that was read.
pub(super) struct TextQuery<'a> {
    layout: &'a IndexLayout,
    fields: &'a [LocaleFields],
    /// The whole of it, trimmed and in lower case.
    whole: String,
    chunks: Vec<QueryChunk>,
}

/// What stands between two spaces: a word, several ("2-in-1"), or a SKU.
struct QueryChunk {
    code: String,
    words: Vec<QueryWord>,
    /// Whether more letters may follow.
    unfinished: bool,
}

struct QueryWord {
    text: String,
    /// Whether it is the last one, and more letters may follow.
    unfinished: bool,
    /// Whether one of its letters may be wrong.
    typo: bool,
}

impl<'a> TextQuery<'a> {
    /// Reads a text; any text will do.
    pub(super) fn parse_text(
        text: &str,
        fields: &'a [LocaleFields],
        layout: &'a IndexLayout,
    ) -> Self {
        let end = text.char_indices().nth(CHARACTER_LIMIT).map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let mut left = WORD_LIMIT;
        let mut chunks: Vec<QueryChunk> = text
            .split_whitespace()
            .filter_map(|chunk| QueryChunk::parse_chunk(chunk, &mut left))
            .collect();
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
            |word: &QueryWord| fields.iter().any(|fields| fields.language.is_stop_word(&word.text));
        if !self.iter_words().all(stops) {
            self.chunks.retain(|chunk| !chunk.words.iter().all(stops));
        }
    }

    fn iter_words(&self) -> impl Iterator<Item = &QueryWord> {
        self.chunks.iter().flat_map(|chunk| &chunk.words)
    }

    /// Every word as it was typed; `None` when there is nothing to ask for: everything matches.
    pub(super) fn build_all_words_clause(&self) -> Option<QueryClause> {
        if self.chunks.is_empty() {
            // Signs alone are a text in which nothing can be found.
            return (!self.whole.is_empty())
                .then(|| require_any(self.build_code_clauses(&self.whole)));
        }
        if let [chunk] = self.chunks.as_slice() {
            return Some(self.build_chunk_clause(chunk));
        }
        let mut ways = vec![require_all(
            self.chunks.iter().map(|chunk| self.build_chunk_clause(chunk)).collect(),
        )];
        ways.extend(self.build_code_clauses(&self.whole));
        Some(require_any(ways))
    }

    /// Allows a wrong letter in the longer words that no product has; `false` when there are none.
    pub(super) fn allow_typos(&mut self, searcher: &Searcher) -> tantivy::Result<bool> {
        let mut allowed = false;
        for word in self.chunks.iter_mut().flat_map(|chunk| &mut chunk.words) {
            let long =
                word.text.chars().count() >= TYPO_MIN && !word.text.chars().all(char::is_numeric);
            word.typo = long && !is_indexed_word(word, self.fields, searcher)?;
            allowed |= word.typo;
        }
        Ok(allowed)
    }

    /// Half of the words; `None` when there is only one.
    pub(super) fn build_half_words_clause(&self) -> Option<QueryClause> {
        if self.chunks.len() < 2 {
            return None;
        }
        let clauses = self
            .chunks
            .iter()
            .map(|chunk| (Occur::Should, self.build_chunk_clause(chunk)))
            .collect();
        let half = self.chunks.len().div_ceil(2);
        Some(Box::new(BooleanQuery::with_minimum_required_clauses(clauses, half)))
    }

    /// A SKU or GTIN that is exactly this.
    fn build_code_clauses(&self, code: &str) -> Vec<QueryClause> {
        let keys = [Some(LookupKey::Sku(code)), parse_gtin(code).map(LookupKey::Gtin)];
        keys.iter()
            .flatten()
            .map(|key| {
                wrap_constant_score(
                    build_term_query(self.layout.build_key_term(key)),
                    EXACT_CODE_SCORE,
                )
            })
            .collect()
    }

    fn build_chunk_clause(&self, chunk: &QueryChunk) -> QueryClause {
        let mut ways = self.build_code_clauses(&chunk.code);
        if chunk.unfinished && chunk.code.chars().count() > 1 {
            ways.push(wrap_constant_score(
                build_prefix_query(self.layout.build_key_term(&LookupKey::Sku(&chunk.code))),
                CODE_PREFIX_SCORE,
            ));
        }
        match chunk.words.as_slice() {
            // One union rather than a union in a union: half the work.
            [word] => ways.extend(self.build_word_clauses(word)),
            words => ways.push(require_all(
                words.iter().map(|word| require_any(self.build_word_clauses(word))).collect(),
            )),
        }
        require_any(ways)
    }

    /// A word in the titles and texts of each locale.
    fn build_word_clauses(&self, word: &QueryWord) -> Vec<QueryClause> {
        let mut ways = Vec::new();
        let mut share = 1.0;
        for fields in self.fields {
            let WordTerms { title, in_text } = WordTerms::from_word(word, fields);
            for (n, term_in_title) in title.into_iter().enumerate() {
                let weight = if n == 0 { TITLE_WEIGHT } else { TITLE_WEIGHT * FORM_SHARE };
                ways.push(boost_clause(build_term_query(term_in_title), weight * share));
            }
            ways.extend(in_text.iter().map(|in_text| {
                boost_clause(build_term_query(in_text.clone()), TEXT_WEIGHT * share)
            }));
            if word.typo {
                let in_title = Term::from_field_text(fields.title, &word.text);
                ways.push(wrap_constant_score(
                    build_fuzzy_query(in_title, word.unfinished),
                    TITLE_PREFIX_SCORE * share,
                ));
                ways.extend(in_text.into_iter().map(|in_text| {
                    wrap_constant_score(
                        build_fuzzy_query(in_text, word.unfinished),
                        TEXT_PREFIX_SCORE * share,
                    )
                }));
            } else if word.unfinished {
                ways.extend(build_completion_clauses(&word.text, fields, share));
            }
            share *= FALLBACK_SHARE;
        }
        ways
    }
}

impl QueryChunk {
    fn parse_chunk(chunk: &str, left: &mut usize) -> Option<Self> {
        let (mut reader, mut text, mut words) =
            (WordSplitter::from_text(chunk), String::new(), Vec::new());
        while *left > 0 && reader.read_next_word(&mut text) {
            words.push(QueryWord { text: text.clone(), unfinished: false, typo: false });
            *left -= 1;
        }
        (!words.is_empty()).then(|| Self { code: chunk.to_lowercase(), words, unfinished: false })
    }
}

/// What a word is in the index.
struct WordTerms {
    /// The word itself, then its forms.
    title: Vec<Term>,
    in_text: Vec<Term>,
}

impl WordTerms {
    fn from_word(word: &QueryWord, fields: &LocaleFields) -> Self {
        let forms: Vec<_> = fields
            .language
            .find_forms(&word.text)
            .iter()
            .map(|form| format!("{FORM_PREFIX}{form}"))
            .collect();
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
fn is_indexed_word(
    word: &QueryWord,
    fields: &[LocaleFields],
    searcher: &Searcher,
) -> tantivy::Result<bool> {
    for fields in fields {
        let WordTerms { title, in_text } = WordTerms::from_word(word, fields);
        for term in title.iter().chain(&in_text) {
            if searcher.doc_freq(term)? > 0 {
                return Ok(true);
            }
        }
        if word.unfinished && is_indexed_prefix(&word.text, fields, searcher)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_indexed_prefix(
    word: &str,
    fields: &LocaleFields,
    searcher: &Searcher,
) -> tantivy::Result<bool> {
    for segment in searcher.segment_readers() {
        for (field, start) in
            [(fields.title, word.to_owned()), (fields.text, format!("{FORM_PREFIX}{word}"))]
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
fn parse_gtin(code: &str) -> Option<u64> {
    let digits: String = code.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect();
    let plausible = (8..=14).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plausible.then(|| digits.parse().ok()).flatten()
}

fn build_term_query(term: Term) -> QueryClause {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// Words that begin like this: in titles, and when there are enough letters in texts.
fn build_completion_clauses(word: &str, fields: &LocaleFields, share: f32) -> Vec<QueryClause> {
    if word.chars().count() <= START_LIMIT {
        let start = build_term_query(Term::from_field_text(
            fields.title,
            &format!("{WORD_START_PREFIX}{word}"),
        ));
        return vec![wrap_constant_score(start, TITLE_PREFIX_SCORE * share)];
    }
    let in_title = build_prefix_query(Term::from_field_text(fields.title, word));
    let in_text =
        build_prefix_query(Term::from_field_text(fields.text, &format!("{FORM_PREFIX}{word}")));
    vec![
        wrap_constant_score(in_title, TITLE_PREFIX_SCORE * share),
        wrap_constant_score(in_text, TEXT_PREFIX_SCORE * share),
    ]
}

/// Every term that begins like this: no letter wrong, any number more.
fn build_prefix_query(start: Term) -> QueryClause {
    Box::new(FuzzyTermQuery::new_prefix(start, 0, false))
}

/// Every term that is one letter, or two changed about, away from this.
fn build_fuzzy_query(term: Term, unfinished: bool) -> QueryClause {
    Box::new(if unfinished {
        FuzzyTermQuery::new_prefix(term, 1, true)
    } else {
        FuzzyTermQuery::new(term, 1, true)
    })
}

fn boost_clause(query: QueryClause, weight: f32) -> QueryClause {
    Box::new(BoostQuery::new(query, weight))
}

fn wrap_constant_score(query: QueryClause, score: f32) -> QueryClause {
    Box::new(ConstScoreQuery::new(query, score))
}

fn require_all(mut clauses: Vec<QueryClause>) -> QueryClause {
    match clauses.len() {
        1 => clauses.remove(0),
        _ => Box::new(BooleanQuery::intersection(clauses)),
    }
}

fn require_any(mut clauses: Vec<QueryClause>) -> QueryClause {
    match clauses.len() {
        1 => clauses.remove(0),
        _ => Box::new(BooleanQuery::union(clauses)),
    }
}
