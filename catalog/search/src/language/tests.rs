//! Words that must meet, and words that must not.

use rikaste_model::locale::Locale;

use super::{SearchLanguage, samples};

fn meets(language: SearchLanguage, query: &str, text: &str) -> bool {
    let indexed = language.find_index_forms(text);
    query == text || language.find_forms(query).iter().any(|form| indexed.contains(form))
}

/// The inflections of each sample find each other.
fn check_together(language: SearchLanguage) {
    let mut apart = Vec::new();
    for line in samples::list_samples(language) {
        let forms: Vec<_> = line.split(' ').collect();
        let (basic, others) = forms.split_first().expect("a line has words");
        for other in others {
            if !meets(language, basic, other) || !meets(language, other, basic) {
                apart.push(format!(
                    "{basic} {:?} {other} {:?}",
                    language.find_forms(basic),
                    language.find_forms(other)
                ));
            }
        }
    }
    assert!(apart.is_empty(), "{apart:#?}");
}

/// Each line is a word to look for, and words that must, or must not, be found by it.
fn check_found(language: SearchLanguage, lines: &str, expected: bool) {
    let mut wrong = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (query, texts) = line.split_once(": ").expect("query: texts");
        for text in texts.split(' ') {
            if meets(language, query, text) != expected {
                wrong.push(format!(
                    "{query} {:?} {text} {:?}",
                    language.find_forms(query),
                    language.find_index_forms(text)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn finnish_inflections_meet() {
    check_together(SearchLanguage::Finnish);
}

#[test]
fn finnish_compounds_are_found_by_their_parts() {
    check_found(
        SearchLanguage::Finnish,
        "takki: untuvatakki untuvatakit sadetakin talvitakeissa
        takit: untuvatakki
        kenkä: lastenkengät juoksukenkiä
        paita: villapaita kauluspaidat
        untuva: untuvatakki
        lasten: lastenkengät
        talvi: talvitakki
        villa: merinovilla
        tuoli: nojatuolit
        lamppu: pöytälamput",
        true,
    );
    check_found(
        SearchLanguage::Finnish,
        "untuvatakki: takki sadetakki
        takki: takka takan takat takoissa taka
        kenkä: kenki
        paita: aita paistaa
        villa: villi puuvilla puuvillaa
        tuoli: tuuli
        valo: vala
        sukka: suksi
        musta: mustikka muste",
        false,
    );
}

#[test]
fn swedish_inflections_and_compounds_meet() {
    check_together(SearchLanguage::Swedish);
    check_found(
        SearchLanguage::Swedish,
        "jacka: dunjacka vinterjackor regnjackan
        sko: vandringsskor
        lampa: bordslampor
        dun: dunjacka",
        true,
    );
    check_found(
        SearchLanguage::Swedish,
        "dunjacka: jacka regnjacka
        ull: bomull
        tak: taxi
        sko: skog skola
        bord: bordell
        läder: lada",
        false,
    );
}

#[test]
fn german_and_english_inflections_meet() {
    check_together(SearchLanguage::German);
    check_found(
        SearchLanguage::German,
        "jacke: daunenjacke winterjacken
        tisch: esstisch couchtische
        schuh: wanderschuhe
        daunen: daunenjacke",
        true,
    );
    check_found(
        SearchLanguage::German,
        "tisch: praktisch elastische optisch
        wolle: baumwolle
        rock: trocken
        jacke: jackpot",
        false,
    );
    check_together(SearchLanguage::English);
    check_found(SearchLanguage::English, "table: comfortable\nshirt: shorts", false);
}

#[test]
fn stop_words_are_sorted() {
    for language in [
        SearchLanguage::Finnish,
        SearchLanguage::Swedish,
        SearchLanguage::German,
        SearchLanguage::English,
    ] {
        assert!(super::lexicon::list_stop_words(language).is_sorted(), "{language:?}");
    }
    assert!(SearchLanguage::Finnish.is_stop_word("ja"));
    assert!(!SearchLanguage::Finnish.is_stop_word("takki"));
}

#[test]
fn any_word_has_few_forms() {
    use proptest::prelude::*;
    proptest!(|(word in "[a-zåäöüéа-я]{1,70}")| {
        for language in [SearchLanguage::Finnish, SearchLanguage::Swedish, SearchLanguage::German, SearchLanguage::English, SearchLanguage::Plain] {
            let forms = language.find_index_forms(&word);
            prop_assert!(forms.len() <= 10, "{forms:?}");
            prop_assert!(forms.iter().all(|form| form.len() <= word.len() + 4));
        }
    });
}

/// Names in the order of a language.
fn sorted<'n>(locale: &str, names: &[&'n str]) -> Vec<&'n str> {
    let language = SearchLanguage::from_locale(&Locale::new(locale).expect("a locale"));
    let mut names = names.to_vec();
    names.sort_by_key(|name| language.build_sort_key(name));
    names
}

#[test]
fn names_are_in_the_order_of_the_alphabet() {
    let names = ["Öljy", "äiti", "Åre", "zoom", "Orsa", "Ånge", "apina", "Ähtäri"];
    assert_eq!(
        sorted("fi-FI", &names),
        ["apina", "Orsa", "zoom", "Ånge", "Åre", "Ähtäri", "äiti", "Öljy"]
    );
    assert_eq!(sorted("sv-SE", &["öl", "ärt", "ås", "zink"]), ["zink", "ås", "ärt", "öl"]);
    assert_eq!(sorted("da", &["Åre", "Øre", "Ære", "zoom"]), ["zoom", "Ære", "Øre", "Åre"]);
    assert_eq!(
        sorted("de-DE", &["Zange", "Öl", "Ofen", "Orgel"]),
        ["Ofen", "Öl", "Orgel", "Zange"]
    );
    assert_eq!(sorted("fr", &["été", "etage", "zéro", "étude"]), ["etage", "été", "étude", "zéro"]);
    // Written with a mark, as some systems do.
    assert_eq!(sorted("fi", &["a\u{308}iti", "zoom", "apina"]), ["apina", "zoom", "a\u{308}iti"]);
}

#[test]
fn numbers_in_names_are_in_the_order_of_their_size() {
    let names =
        ["Patja 120x200", "Patja 80x200", "Patja", "Patja, lasten", "patja 080x060", "7 veljestä"];
    assert_eq!(
        sorted("fi", &names),
        ["7 veljestä", "Patja", "patja 080x060", "Patja 80x200", "Patja 120x200", "Patja, lasten"]
    );
}

#[test]
fn a_sort_key_is_short() {
    let language = SearchLanguage::Finnish;
    assert!(language.build_sort_key(&"määrä ".repeat(1_000)).len() <= 240);
    assert_eq!(language.build_sort_key(" – "), "");
    assert_eq!(language.build_sort_key(&format!("A{}", "9".repeat(99))).len(), 65);
}
