//! What the inflections of a Swedish noun or adjective have in common: jacka, jackan, jackor,
//! jackorna; stövel, stöveln, stövlar. The endings are those of the five declensions
//! (Svenska Akademiens grammatik, Substantiv §§ 62–87); the genitive's s is left to the stemmer,
//! for too many garments end in one.

use super::SearchLanguage;
use super::lexicon;

/// Endings, the longest first, and how many letters must be left: three for endings that few
/// words have of themselves, four for those that many do (siden, läder).
const ENDINGS: [(&str, usize); 11] = [
    ("orna", 3),
    ("arna", 3),
    ("erna", 3),
    ("or", 3),
    ("ar", 3),
    ("an", 3),
    ("er", 4),
    ("en", 4),
    ("et", 4),
    ("a", 3),
    ("e", 3),
];

/// Endings after a vowel that belongs to the word: sko, skor, skorna.
const AFTER_VOWEL: [&str; 3] = ["rna", "r", "n"];

pub(super) fn build_stem_key(word: &str) -> String {
    if lexicon::has_known_head(SearchLanguage::Swedish, word) {
        return normalize_stem(word.strip_suffix(['a', 'e']).unwrap_or(word));
    }
    // vandringsskor; but handväskor, flaskor
    for ending in ["r", "n", "rna"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.strip_suffix("sko").is_some_and(|first| !first.ends_with(is_vowel))
        {
            return stem.to_owned();
        }
    }
    for (ending, left) in ENDINGS {
        if let Some(stem) = strip_ending(word, ending, left) {
            return normalize_stem(stem);
        }
    }
    for ending in AFTER_VOWEL {
        if let Some(stem) = strip_ending(word, ending, 3)
            && stem.ends_with(is_vowel)
        {
            return normalize_stem(stem);
        }
    }
    // stöveln, fjädern
    match word.strip_suffix('n') {
        Some(stem) if stem.ends_with(['l', 'r']) => normalize_stem(stem),
        _ => normalize_stem(word),
    }
}

fn strip_ending<'a>(word: &'a str, ending: &str, left: usize) -> Option<&'a str> {
    word.strip_suffix(ending).filter(|stem| stem.chars().count() >= left)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'å' | 'ä' | 'ö' | 'é')
}

/// stövel and stövl- are one.
fn normalize_stem(stem: &str) -> String {
    match strip_ending(stem, "el", 3) {
        Some(start) => format!("{start}l"),
        None => stem.to_owned(),
    }
}
