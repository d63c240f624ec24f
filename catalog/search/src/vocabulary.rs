//! The words of a channel with their forms: what a device needs to search a copy of its own.
//!
//! The device has no rules of a language. It looks up words of documents here, and words of a query. Of a query's word
//! that no document has, it replaces the ending in every way that is listed, and keeps what is a form of some word
//! here. The endings are learned: from the words, and from samples in several inflections.

use std::collections::{BTreeMap, BTreeSet};

use rikaste_model::locale::Locale;
use smol_str::SmolStr;

use super::analysis::WordSplitter;
use super::language::SearchLanguage;

/// Letters that stay of a word when its ending is replaced: fewer say nothing of it.
const STEM_MIN: usize = 2;

/// The longest ending, in letters: what differs in more is another word, not an inflection.
const ENDING_LIMIT: usize = 8;

/// The words of texts in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LanguageVocabulary {
    /// The words in lower case, each with what it is found by. Words with digits, which have no forms, are left out.
    pub words: BTreeMap<String, WordForms>,
    /// Endings of words, each with what may stand in its place in a form.
    pub endings: BTreeMap<String, BTreeSet<String>>,
    /// Words that are not looked for beside others.
    pub stop_words: &'static [&'static str],
}

/// What a word is found by, beside itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordForms {
    /// What all inflections of the word have in common. A query's word asks for these.
    pub forms: Vec<String>,
    /// The same of the parts of a compound.
    pub parts: Vec<String>,
}

/// Collects the words of texts.
#[derive(Debug, Default)]
pub struct VocabularyBuilder {
    languages: BTreeMap<SmolStr, (SearchLanguage, BTreeMap<String, WordForms>)>,
}

impl VocabularyBuilder {
    /// Adds the words of a text in a locale.
    pub fn add_text(&mut self, locale: &Locale, text: &str) {
        let known = self.languages.entry(SmolStr::new(locale.language()));
        let (language, words) =
            known.or_insert_with(|| (SearchLanguage::from_locale(locale), BTreeMap::new()));
        let (mut splitter, mut word) = (WordSplitter::from_text(text), String::new());
        while splitter.read_next_word(&mut word) {
            if !words.contains_key(&word) && !word.chars().any(char::is_numeric) {
                words.insert(word.clone(), WordForms::from_word(*language, &word));
            }
        }
    }

    /// The vocabulary of each language, by its code (`fi`).
    #[must_use]
    pub fn finish(self) -> BTreeMap<SmolStr, LanguageVocabulary> {
        let languages = self.languages.into_iter();
        languages
            .map(|(code, (language, words))| {
                let endings = learn_endings(language, &words);
                let stop_words = language.list_stop_words();
                (code, LanguageVocabulary { words, endings, stop_words })
            })
            .collect()
    }
}

impl WordForms {
    fn from_word(language: SearchLanguage, word: &str) -> Self {
        let forms = language.find_forms(word);
        let mut parts = language.find_index_forms(word);
        parts.retain(|part| !forms.contains(part));
        Self { forms, parts }
    }
}

fn learn_endings(
    language: SearchLanguage,
    words: &BTreeMap<String, WordForms>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut endings = BTreeMap::<String, BTreeSet<String>>::new();
    let mut learn = |word: &str, forms: &[String]| {
        for (ending, in_form) in forms.iter().filter_map(|form| compare_endings(word, form)) {
            endings.entry(ending.to_owned()).or_default().insert(in_form.to_owned());
        }
    };
    words.iter().for_each(|(word, found)| learn(word, &found.forms));
    language.list_samples().for_each(|word| learn(word, &language.find_forms(word)));
    endings
}

/// Where a word and its form part, if enough of it is the same.
fn compare_endings<'a>(word: &'a str, form: &'a str) -> Option<(&'a str, &'a str)> {
    let same = word.chars().zip(form.chars()).take_while(|(one, other)| one == other);
    let (letters, bytes) =
        same.fold((0, 0), |(letters, bytes), (c, _)| (letters + 1, bytes + c.len_utf8()));
    let (ending, in_form) = (&word[bytes..], &form[bytes..]);
    (letters >= STEM_MIN && ending.chars().count() <= ENDING_LIMIT).then_some((ending, in_form))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(locale: &str, text: &str) -> LanguageVocabulary {
        let locale = Locale::new(locale).expect("a locale");
        let mut builder = VocabularyBuilder::default();
        builder.add_text(&locale, text);
        builder.finish().remove(locale.language()).expect("its language")
    }

    /// What a device does with a word of a query.
    fn finds(vocabulary: &LanguageVocabulary, query: &str, word: &str) -> bool {
        let WordForms { forms, parts } = &vocabulary.words[word];
        let asked: Vec<String> = match vocabulary.words.get(query) {
            Some(known) => known.forms.clone(),
            None => {
                let starts = query.char_indices().map(|(at, _)| at).chain([query.len()]);
                let splits = starts.skip(STEM_MIN).map(|at| query.split_at(at));
                let replaced = splits.flat_map(|(stem, ending)| {
                    let endings = vocabulary.endings.get(ending).into_iter().flatten();
                    endings.map(move |in_form| format!("{stem}{in_form}"))
                });
                replaced.collect()
            }
        };
        asked.iter().any(|form| forms.contains(form) || parts.contains(form))
    }

    /// Each line is a word of a document, and words of queries that no sample has.
    fn check(locale: &str, lines: &str, expected: bool) {
        let mut wrong = Vec::new();
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (word, queries) = line.split_once(": ").expect("word: queries");
            let vocabulary = vocabulary(locale, word);
            for query in queries.split(' ') {
                if finds(&vocabulary, query, word) != expected {
                    wrong.push(format!("{query} {word} {:?}", vocabulary.words));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn words_that_no_document_has_are_found_by_their_endings() {
        check(
            "fi-FI",
            "kumisaappaat: kumisaapas kumisaappaita kumisaappaissa saapas saappaat
            kuoritakki: kuoritakit kuoritakissa takit takkeja
            kattilat: kattila kattilan kattiloita kattilassa
            rukkaset: rukkanen rukkasia rukkasissa
            lompakko: lompakot lompakon lompakkoja
            talvikengät: talvikenkä talvikenkiä kengät kengissä
            puutarhapöytä: puutarhapöydät puutarhapöydällä pöytiä
            lautaset: lautanen lautasta lautasia
            hihattomat: hihaton",
            true,
        );
        check("sv-SE", "regnjacka: regnjackor jackan\nstrumpor: strumpa strumporna", true);
        check("de-DE", "regenjacke: regenjacken jacken\nsocken: socke", true);
        check("en-GB", "boots: boot\nglove: gloves", true);
        check(
            "fi-FI",
            "takki: takka takan takat takoissa
            paita: aita paistaa
            kenkä: kenki
            sukka: suksi
            untuvatakki: sadetakki",
            false,
        );
    }

    #[test]
    fn a_word_has_its_forms_and_those_of_its_parts() {
        let vocabulary = vocabulary("fi-FI", "Untuvatakit, 4XL ja untuvatakit");
        let words: Vec<&str> = vocabulary.words.keys().map(String::as_str).collect();
        assert_eq!(words, ["ja", "untuvatakit"]);
        let WordForms { forms, parts } = &vocabulary.words["untuvatakit"];
        assert_eq!((forms.join(" "), parts.join(" ")), ("untuvataki".into(), "taki untupa".into()));
        assert!(vocabulary.stop_words.contains(&"ja"));
        assert_eq!(vocabulary.endings["gissä"].iter().collect::<Vec<_>>(), ["ka", "ki"]);
    }
}
