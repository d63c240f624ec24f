//! Words that must meet, and words that must not.

use rikaste_model::locale::Locale;

use super::SearchLanguage;

fn meets(language: SearchLanguage, query: &str, text: &str) -> bool {
    let indexed = language.find_index_forms(text);
    query == text || language.find_forms(query).iter().any(|form| indexed.contains(form))
}

/// Each line is one word in several forms, separated by spaces.
fn check_together(language: SearchLanguage, lines: &str) {
    let mut apart = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
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
    check_together(
        SearchLanguage::Finnish,
        "takki takin takit takkia takissa takista takkiin takkeja takkien takeissa takeista takkeihin takilla takille
        kenkä kengän kengät kenkää kengässä kenkiä kenkien kengissä kengistä kenkiin kengillä
        paita paidan paidat paitaa paidassa paitoja paitojen paidoissa paidoista
        housut housuja housujen housuissa housuihin
        hame hameen hameet hametta hameita hameiden hameissa
        mekko mekon mekot mekkoa mekkoja mekkojen mekoissa
        sukka sukan sukat sukkaa sukkia sukkien sukissa
        saapas saappaan saappaat saappaita saappaiden saappaissa
        lapanen lapasen lapaset lapasia lapasten lapasissa
        punainen punaisen punaiset punaista punaisia punaisten punaisissa
        sininen sinisen siniset sinistä sinisiä
        musta mustan mustat mustaa mustia mustien mustissa
        vihreä vihreän vihreät vihreää
        tuoli tuolin tuolit tuolia tuoleja tuolien tuoleissa
        pöytä pöydän pöydät pöytää pöytiä pöytien pöydissä
        sohva sohvan sohvat sohvaa sohvia sohvien sohvissa
        sänky sängyn sängyt sänkyä sänkyjä sänkyjen sängyissä
        hylly hyllyn hyllyt hyllyä hyllyjä hyllyissä
        kaappi kaapin kaapit kaappia kaappeja kaappien kaapeissa
        lamppu lampun lamput lamppua lamppuja lampuissa
        valaisin valaisimen valaisimet valaisimia valaisimien valaisinta
        matto maton matot mattoa mattoja mattojen matoissa
        lakana lakanan lakanat lakanaa lakanoita lakanoiden
        peite peitteen peitteet peitettä peitteitä
        kangas kankaan kankaat kangasta kankaita kankaiden
        villa villan villaa villasta
        nahka nahan nahkaa nahasta
        talvi talven talvet talvella talveksi
        takka takan takat takkaa takkoja takkojen takoissa
        pipo pipon pipot pipoja pipoissa
        verho verhon verhot verhoja verhojen verhoissa
        pusero puserot puseroita puseroiden
        hihaton hihattoman hihattomat hihattomia
        mies miehen miehet miesten miehille
        lapsi lapset lasten lapsille",
    );
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
    check_together(
        SearchLanguage::Swedish,
        "jacka jackan jackor jackorna
        byxa byxan byxor byxorna
        tröja tröjan tröjor tröjorna
        klänning klänningen klänningar klänningarna
        sko skon skor skorna
        stövel stöveln stövlar stövlarna
        mössa mössan mössor
        stol stolen stolar stolarna
        bord bordet borden
        säng sängen sängar sängarna
        täcke täcket täcken
        kudde kudden kuddar
        gardin gardinen gardiner gardinerna
        lampa lampan lampor lamporna
        linne linnet linnen
        röd röda rött
        svart svarta
        man män männen",
    );
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
    check_together(
        SearchLanguage::German,
        "jacke jacken
        hose hosen
        schuh schuhe schuhen
        kleid kleider kleidern kleides
        rock röcke röcken
        stuhl stühle stühlen
        schrank schränke
        tisch tische tischen
        rot rote roter rotes roten",
    );
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
    check_together(
        SearchLanguage::English,
        "jacket jackets\nshelf shelves\nman men\nwoman women\ndress dresses\nshoe shoes",
    );
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
