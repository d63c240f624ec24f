//! Every word of a text ends in a code, a filler or a remark.

use super::*;
use crate::clause::read_components;
use crate::lexicon::PhraseMeaning;
use crate::statement::{CareStatement, StatementVerdict};
use crate::token::TokenizedText;
use crate::treatment::LabelSlot;

/// The words that no statement is made of, though they say something.
fn find_lost_words(source: &str) -> Vec<String> {
    let text = TokenizedText::new(source);
    let components = read_components(&PLUGIN.lexicon, &text);
    let statements = || components.iter().flat_map(|component| &component.statements);
    let (mut lost, mut token) = (Vec::new(), 0);
    while token < text.tokens.len() {
        let phrase = PLUGIN.lexicon.find_longest_phrase(&text, token);
        let length = phrase.map_or(1, |(_, length)| length);
        let says_nothing = matches!(
            phrase,
            Some((
                PhraseMeaning::Filler
                    | PhraseMeaning::And
                    | PhraseMeaning::Or
                    | PhraseMeaning::But
                    | PhraseMeaning::Component,
                _
            ))
        );
        let is_read = statements().any(|s| s.span.0 <= token && token < s.span.1 + 1);
        if text.lowercase_word(token).is_some() && !says_nothing && !is_read {
            lost.push(text.source_fragment(token, token + length - 1).to_owned());
        }
        token += length;
    }
    lost
}

/// The statements that come to nothing: neither to a code nor to a remark.
fn find_lost_statements(source: &str) -> Vec<String> {
    let text = TokenizedText::new(source);
    let reading = read(source);
    let is_remarked = |fragment: &str| {
        reading.diagnostics.iter().any(|remark| {
            matches!(
                remark,
                CareDiagnostic::NotUnderstood { fragment: remarked }
                | CareDiagnostic::Undecided { fragment: remarked }
                | CareDiagnostic::NoTemperature { fragment: remarked } if remarked == fragment
            )
        })
    };
    let components = read_components(&PLUGIN.lexicon, &text);
    let statements = components.iter().flat_map(|component| &component.statements);
    let fragment =
        |statement: &CareStatement| text.source_fragment(statement.span.0, statement.span.1);
    let lost = statements
        .filter(|statement| !is_remarked(fragment(statement)) && !is_in_label(statement, &reading));
    lost.map(|statement| fragment(statement).to_owned()).collect()
}

/// Whether the label allows no more than the statement.
fn is_in_label(statement: &CareStatement, reading: &CareReading) -> bool {
    let within = |code: CareCode| match code.slot() {
        LabelSlot::Note => reading.label.codes().contains(&code),
        slot => {
            reading.label.code_for_slot(slot).is_some_and(|own| own.mildest_common(code) == own)
        }
    };
    let code = match statement.verdict() {
        StatementVerdict::Understood(code) => code,
        StatementVerdict::Mildest(code) | StatementVerdict::LoneTemperature(code) => Some(code),
        StatementVerdict::Incomplete(LabelSlot::Wash) if !statement.forbidden => {
            let wash = reading.label.code_for_slot(LabelSlot::Wash);
            return wash.is_some_and(|wash| wash.treatment().degrees[1] <= statement.wash_action());
        }
        StatementVerdict::Incomplete(slot) => return reading.label.code_for_slot(slot).is_some(),
        StatementVerdict::Undecided | StatementVerdict::NotUnderstood => return false,
    };
    code.iter().chain(&statement.codes).all(|&code| within(code))
}

#[test]
fn nothing_is_dropped() {
    check(&[
        ("Konepesu 40 °C, ei rumpukuivausta, hienopesu", "W40v T0"),
        ("Ei valkaisua, 60 °C. Hellävarainen ohjelma", "W60m B0"),
        ("Maskintvätt 60 grader, stryk på låg värme, fintvätt", "W40v I1"),
        ("Kuivapesu, mieto käsittely", "Fm"),
        ("Konepesu 30 °C. Pesu", "W30"),
        ("Käsinpesu. Konepesu", "WH ?Konepesu"),
        ("Ei vesipesua. Hienopesu", "W0 ?Hienopesu"),
        ("Professional cleaning recommended", "?Professional cleaning recommended"),
        ("Iron low at 200 °C", "I1"),
        ("Tumble dry gentle at 80 °C", "T1"),
        ("Wash at 60 °C in cold water", "W30"),
        ("Silitys: rumpukuivaus kielletty", "T0 ?Silitys"),
        ("☼ wash at 30", "?☼ wash at 30"),
    ]);
}

proptest! {
    #[test]
    fn every_word_is_read_or_remarked_on(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "wash", "machine wash", "hand wash", "hienopesu", "40 °C", "30", "do not", "ei", "ej", "without",
                "bleach", "softener", ",", ".", ";", "\n", "or", "and", "nor", "but", "tumble dry", "rumpukuivaus",
                "low", "hot", "lukewarm", "iron", "silitys", "steam", "dry clean", "only", "line dry", "flat",
                "gentle", "mieto käsittely", "normal", "Outer:", "Lining:", ":", "DNB", "kielletty", "Kielletty:",
                "allowed", "may be", "use", "with", "garment", "professional", "embroidery", "inside out",
                "dishwasher", "degrees", "dots", "max", "the", "❌", "dry", "kuivaus",
            ]),
            0..12,
        ),
    ) {
        let text = words.join(" ");
        prop_assert_eq!(find_lost_words(&text), Vec::<String>::new(), "{}", text);
        prop_assert_eq!(find_lost_statements(&text), Vec::<String>::new(), "{}", text);
    }
}
