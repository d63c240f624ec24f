//! The phrases that are understood, and finding the longest one in a text.
//!
//! A phrase is words; one that ends in `*` stands for every word that begins with it, which is how
//! inflected forms are covered ("silit*": silitys, silitystä, silittää).

mod cleaning;
mod drying;
mod general;
mod notes;
mod washing;

use std::collections::BTreeMap;

use crate::token::TokenizedText;

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhraseMeaning {
    /// Names a process, which by itself neither allows nor forbids it: "rumpukuivaus".
    Process(CareProcess),
    /// Tells to do it: "tumble dry", "silitä".
    Instruct(CareProcess),
    /// A washing agent as what to wash with: "valkaisuaineella".
    Agent(CareProcess),
    /// A machine wash on such a programme: "hienopesu".
    WashAt(MechanicalAction),
    /// Natural drying in this manner.
    Dry(DryingManner),
    /// Wet when hung or laid.
    Drip,
    /// Natural drying, wet.
    DripDry,
    /// Ironing at this degree: "cool iron".
    IronAt(HeatLevel),
    /// A whole instruction. It may have its own "not": "do not iron print".
    Code(&'static str),
    /// Forbids what follows: "do not", "ei saa".
    ForbidFollowing,
    /// Forbids what follows, but for a "not" before it: "do not iron without a cloth".
    Without,
    /// Forbids what went before: "kielletty", "verboten".
    ForbidPreceding,
    /// Forbids what follows, or at a phrase's end what went before: "nicht", "Silitys: ei".
    ForbidEitherSide,
    /// Forbids what went before or what follows, and only the sentence tells: "ej".
    ForbidNearest,
    Only,
    /// Allows: "sallittu", "may be".
    Allow,
    /// Allows what follows: "saa valkaista". "Bleach may" is no sentence.
    May,
    /// Tells to use: "use", "käytä".
    Use,
    /// Names what to wash with: "do not wash with bleach".
    With,
    Action(MechanicalAction),
    Level(HeatLevel),
    Solvent(Solvent),
    Shade,
    /// What an iron has one to three of.
    Dots,
    /// Makes the number before it a temperature.
    Degrees,
    And,
    Or,
    /// "or" that goes on forbidding: "eikä".
    Nor,
    /// Ends what a "not" reaches: "mutta".
    But,
    /// A part of the product, "lining", when a colon follows.
    Component,
    /// Adds nothing to what the phrase around it says, and needs one: "garment".
    Context,
    /// Adds nothing anywhere: "the", "pesuohje".
    Filler,
    /// Contains a word of care and says nothing that a label has: "non-iron".
    Unread,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CareProcess {
    /// By machine, by default.
    Wash,
    MachineWash,
    HandWash,
    Bleach,
    ChlorineBleach,
    OxygenBleach,
    Tumble,
    /// Drying, where the manner stands elsewhere in the phrase.
    Dry,
    Iron,
    Steam,
    DryClean,
    WetClean,
    Dishwasher,
    // A label only forbids these.
    Softener,
    Soak,
    Wring,
    Spin,
    Abrasive,
    Immerse,
}

impl CareProcess {
    pub(crate) fn is_wash(self) -> bool {
        matches!(self, Self::Wash | Self::MachineWash | Self::HandWash)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DryingManner {
    Air,
    Line,
    Flat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MechanicalAction {
    Normal,
    Mild,
    VeryMild,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeatLevel {
    Cold,
    /// As warm as a hand: water to wash in by hand.
    Lukewarm,
    Low,
    Medium,
    High,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Solvent {
    Perchloroethylene,
    Hydrocarbon,
    /// The letter of wet cleaning: "(W)".
    Water,
}

/// Alternatives of one meaning, with ` | ` between them.
type PhraseTable = &'static [(&'static str, PhraseMeaning)];

struct LexiconPhrase {
    words: Vec<WordPattern>,
    meaning: PhraseMeaning,
}

/// A word, or the beginning of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WordPattern {
    text: &'static str,
    is_stem: bool,
}

impl WordPattern {
    fn new(source: &'static str) -> Self {
        let text = source.trim_end_matches('*');
        Self { text, is_stem: text.len() < source.len() }
    }

    fn is_match_for(self, word: &str) -> bool {
        word.len() >= self.text.len()
            && (self.is_stem || word.len() == self.text.len())
            && word.as_bytes().starts_with(self.text.as_bytes())
    }
}

/// The phrases by how they begin.
pub(crate) struct CareLexicon {
    phrases: BTreeMap<u32, Vec<LexiconPhrase>>,
}

impl CareLexicon {
    pub(crate) fn new() -> Self {
        let mut phrases: BTreeMap<u32, Vec<LexiconPhrase>> = BTreeMap::new();
        for (alternatives, meaning) in
            [washing::PHRASES, drying::PHRASES, cleaning::PHRASES, notes::PHRASES, general::PHRASES]
                .into_iter()
                .flatten()
        {
            for phrase in alternatives.split('|') {
                let words: Vec<WordPattern> =
                    phrase.split_whitespace().map(WordPattern::new).collect();
                let key = lookup_key(words[0].text);
                phrases.entry(key).or_default().push(LexiconPhrase { words, meaning: *meaning });
            }
        }
        // The first that matches is then the one of most words, and of those the most literal.
        for bucket in phrases.values_mut() {
            bucket.sort_by_cached_key(|phrase| {
                let literal: usize = phrase.words.iter().map(|word| word.text.len()).sum();
                let stems = phrase.words.iter().filter(|word| word.is_stem).count();
                (usize::MAX - phrase.words.len(), stems, usize::MAX - literal)
            });
        }
        Self { phrases }
    }

    /// The longest phrase that starts at this token, and how many tokens it takes.
    pub(crate) fn find_longest_phrase(
        &self,
        text: &TokenizedText<'_>,
        token: usize,
    ) -> Option<(PhraseMeaning, usize)> {
        let first = text.lowercase_word(token)?;
        let bucket = self.phrases.get(&lookup_key(first))?;
        let phrase = bucket.iter().find(|phrase| {
            phrase.words[0].is_match_for(first)
                && phrase.words[1..].iter().zip(token + 1..).all(|(pattern, token)| {
                    text.lowercase_word(token).is_some_and(|word| pattern.is_match_for(word))
                })
        })?;
        Some((phrase.meaning, phrase.words.len()))
    }
}

/// What a word is looked up by. No phrase begins with a stem of fewer bytes; a shorter word is padded.
fn lookup_key(word: &str) -> u32 {
    u32::from_be_bytes(match *word.as_bytes() {
        [a, b, c, ..] => [0, a, b, c],
        [a, b] => [0, a, b, 0],
        [a] => [0, a, 0, 0],
        [] => [0; 4],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::treatment::CareCode;

    #[test]
    fn phrases_are_lower_case_words() {
        for phrase in CareLexicon::new().phrases.values().flatten() {
            let first = phrase.words[0];
            assert!(first.text.len() >= 3 || !first.is_stem, "{first:?}");
            for pattern in &phrase.words {
                let text = TokenizedText::new(pattern.text);
                assert_eq!(text.lowercase_word(0), Some(pattern.text));
                assert_eq!(text.tokens.len(), 1, "{pattern:?}");
            }
        }
    }

    #[test]
    fn codes_of_phrases_exist() {
        for phrase in CareLexicon::new().phrases.values().flatten() {
            if let PhraseMeaning::Code(code) = phrase.meaning {
                assert!(CareCode::find_by_name(code).is_some(), "{code}");
            }
        }
    }

    #[test]
    fn no_phrase_has_two_meanings() {
        for bucket in CareLexicon::new().phrases.values() {
            for (index, phrase) in bucket.iter().enumerate() {
                for other in &bucket[..index] {
                    assert!(
                        phrase.words != other.words || phrase.meaning == other.meaning,
                        "{:?}",
                        phrase.words
                    );
                }
            }
        }
    }

    #[test]
    fn the_longest_phrase_wins() {
        let lexicon = CareLexicon::new();
        let text = TokenizedText::new("do not iron print");
        assert_eq!(
            lexicon.find_longest_phrase(&text, 0),
            Some((PhraseMeaning::Code("not-on-print"), 4))
        );
        assert_eq!(
            lexicon.find_longest_phrase(&text, 2),
            Some((PhraseMeaning::Instruct(CareProcess::Iron), 1))
        );
    }
}
