//! What is known of languages: which words are one word.
//!
//! Beside a word the index holds its forms: what all inflections of it have in common, and the
//! same of the parts it is put together of. For most languages that is the Snowball stem. It does
//! not bring together what Finns and Swedes call an ordinary jacket (takki, takit, takeissa; jacka,
//! jackor, jackan), so these two have rules of their own, made for the nouns and adjectives of a
//! shop and no more. Compounds are written as one word in Finnish, Swedish and German; those that
//! end in a noun of the lexicon are found by it ("untuvatakki" by "takki") and by what stands
//! before it.

use smol_str::SmolStr;
use tantivy::tokenizer::{
    Language as Snowball, RawTokenizer, Stemmer, TokenFilter, TokenStream, Tokenizer,
};

use rikaste_model::locale::Locale;

mod collation;
mod finnish;
mod lexicon;
mod samples;
mod swedish;

/// A language as search sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum SearchLanguage {
    Finnish,
    Swedish,
    German,
    English,
    /// Only stemmed.
    Stemmed(Snowball),
    /// Only words as they are.
    Plain,
}

impl SearchLanguage {
    pub(super) fn from_locale(locale: &Locale) -> Self {
        match locale.language() {
            "fi" => Self::Finnish,
            "sv" => Self::Swedish,
            "de" => Self::German,
            "en" => Self::English,
            "ar" => Self::Stemmed(Snowball::Arabic),
            "da" => Self::Stemmed(Snowball::Danish),
            "el" => Self::Stemmed(Snowball::Greek),
            "es" => Self::Stemmed(Snowball::Spanish),
            "fr" => Self::Stemmed(Snowball::French),
            "hu" => Self::Stemmed(Snowball::Hungarian),
            "it" => Self::Stemmed(Snowball::Italian),
            "nb" | "nn" | "no" => Self::Stemmed(Snowball::Norwegian),
            "nl" => Self::Stemmed(Snowball::Dutch),
            "pt" => Self::Stemmed(Snowball::Portuguese),
            "ro" => Self::Stemmed(Snowball::Romanian),
            "ru" => Self::Stemmed(Snowball::Russian),
            "tr" => Self::Stemmed(Snowball::Turkish),
            _ => Self::Plain,
        }
    }

    /// A name for the language's analysis.
    pub(super) fn analysis_name(self) -> SmolStr {
        match self {
            Self::Stemmed(snowball) => smol_str::format_smolstr!("{snowball:?}"),
            other => smol_str::format_smolstr!("{other:?}"),
        }
    }

    /// The forms under which a word of a text is found, its parts' among them.
    pub(super) fn find_index_forms(self, word: &str) -> Vec<String> {
        let mut forms = self.find_forms(word);
        let parts: Vec<String> =
            forms.iter().flat_map(|form| self.find_part_forms(word, form)).collect();
        forms.extend(parts);
        forms.sort_unstable();
        forms.dedup();
        forms
    }

    /// The forms that a word of a query asks for: those of the whole word only, for who asks for
    /// a down jacket does not ask for every jacket.
    pub(super) fn find_forms(self, word: &str) -> Vec<String> {
        if self == Self::Plain || word.chars().any(char::is_numeric) {
            return Vec::new();
        }
        let word = lexicon::find_lemma(self, word).unwrap_or(word);
        let mut forms = match self {
            Self::Finnish => finnish::build_stem_keys(word),
            // What the rules leave is stemmed, which sees to the rest: genitives, -lig, -else.
            Self::Swedish => vec![stem_word(Snowball::Swedish, &swedish::build_stem_key(word))],
            Self::German => vec![stem_word(Snowball::German, word)],
            Self::English => vec![stem_word(Snowball::English, word)],
            Self::Stemmed(snowball) => vec![stem_word(snowball, word)],
            Self::Plain => Vec::new(),
        };
        forms.sort_unstable();
        forms.dedup();
        forms
    }

    /// The forms of the parts of a compound: of the noun it ends in, and of what stands before.
    fn find_part_forms(self, word: &str, form: &str) -> Vec<String> {
        let Some(start) = lexicon::find_head_start(self, form) else { return Vec::new() };
        let mut parts = vec![form[start..].to_owned()];
        if let Some(first) = word.get(..start) {
            parts.extend(self.find_forms(first));
        }
        parts
    }

    /// Whether a word is too common to find anything by.
    pub(super) fn is_stop_word(self, word: &str) -> bool {
        self.list_stop_words().binary_search(&word).is_ok()
    }

    /// The words that are too common to find anything by, in the order of their bytes.
    pub(super) fn list_stop_words(self) -> &'static [&'static str] {
        lexicon::list_stop_words(self)
    }

    /// Words in several of their inflections, to learn endings from.
    pub(super) fn list_samples(self) -> impl Iterator<Item = &'static str> {
        samples::list_samples(self).flat_map(str::split_whitespace)
    }
}

fn stem_word(language: Snowball, word: &str) -> String {
    let mut stemmer = Stemmer::new(language).transform(RawTokenizer::default());
    let mut stream = stemmer.token_stream(word);
    match stream.next() {
        Some(token) => token.text.clone(),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests;
