//! Words that rules do not reach: nouns that compounds end in, irregular forms, stop words.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::SearchLanguage;

/// Nouns that the names of garments, shoes, furniture and household goods end in, in their basic
/// form.
const FINNISH_HEADS: &str = "takki paita housu hame mekko neule pusero huppari kenkä saapas sandaali tossu sukka hanska \
    käsine lapanen rukkanen pipo lakki hattu myssy huivi liina laukku reppu kassi lompakko haalari liivi farkku kauluri \
    viitta pyjama tuoli pöytä sohva sänky hylly kaappi lipasto lamppu valaisin matto verho tyyny peitto lakana pyyhe \
    patja peili penkki jakkara naulakko kori astia kuppi muki lautanen kattila pannu veitsi kirja villa nahka laatikko \
    teline pullo teltta pussi säkki lasi kello sormus";
const SWEDISH_HEADS: &str = "jacka byxa tröja klänning kjol skjorta blus kofta väst kappa sko stövel känga sandal toffel \
    strumpa socka vante handske mössa hatt keps halsduk sjal väska ryggsäck plånbok bälte linne pyjamas overall stol \
    bord soffa säng hylla skåp byrå lampa matta gardin kudde täcke lakan madrass spegel bänk pall korg skål kopp mugg \
    tallrik kastrull kniv bok ull läder flaska tält klocka";
const GERMAN_HEADS: &str = "jacke hose hemd kleid rock pullover weste mantel schuh stiefel sandale socke strumpf mütze \
    schal tasche rucksack gürtel bluse stuhl sofa sessel bett regal schrank kommode lampe leuchte teppich vorhang kissen \
    decke handtuch matratze spiegel hocker korb schüssel tasse becher teller topf messer buch wolle leder flasche zelt \
    tisch";

/// Forms that end like one of those and are something else: cotton is no wool.
const WHOLE_WORDS: [&str; 3] = ["puuvilta", "bomull", "baumwoll"];

/// German adjectives end in "-tisch" ("praktisch", "elastisch"); a table has one of these before it.
const GERMAN_TABLE_PREFIXES: [&str; 8] =
    ["beistell", "couch", "ess", "garten", "klapp", "nacht", "schreib", "wohnzimmer"];

/// Inflected forms and what they are forms of.
const FINNISH_FORMS: &str = "miehet:mies miehen:mies miesten:mies miehille:mies lapset:lapsi lasten:lapsi lapsille:lapsi \
    uudet:uusi uuden:uusi uutta:uusi uusia:uusi käden:käsi kädet:käsi veden:vesi vettä:vesi reiät:reikä";
const SWEDISH_FORMS: &str = "män:man männen:man mannen:man böcker:bok händer:hand skor:sko skorna:sko skon:sko \
    rött:röd vitt:vit blått:blå grått:grå grönt:grön gult:gul brunt:brun varmt:varm tunt:tunn ljust:ljus mjukt:mjuk";
const ENGLISH_FORMS: &str = "men:man women:woman children:child shelves:shelf knives:knife scarves:scarf feet:foot \
    wolves:wolf leaves:leaf";

/// Sorted by their bytes.
const FINNISH_STOP_WORDS: [&str; 24] = [
    "ei", "eli", "ennen", "että", "ja", "joka", "jonka", "jossa", "jota", "kanssa", "kuin", "kun",
    "myös", "niin", "olla", "on", "ovat", "se", "sekä", "sen", "siinä", "tai", "tämä", "voi",
];
const SWEDISH_STOP_WORDS: [&str; 24] = [
    "att", "av", "de", "den", "det", "du", "eller", "en", "ett", "från", "för", "har", "i", "inte",
    "kan", "med", "men", "och", "om", "på", "som", "till", "är", "även",
];
const GERMAN_STOP_WORDS: [&str; 28] = [
    "als", "am", "an", "auch", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die",
    "ein", "eine", "einem", "einen", "einer", "für", "im", "in", "ist", "mit", "oder", "und",
    "von", "zu", "zum",
];
const ENGLISH_STOP_WORDS: [&str; 22] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "its", "of",
    "on", "or", "the", "this", "to", "with", "your",
];

/// What is looked up before a word's form is worked out.
#[derive(Default)]
struct LanguageLexicon {
    heads: HashSet<&'static str>,
    lemmas: HashMap<&'static str, &'static str>,
}

impl LanguageLexicon {
    fn from_word_lists(heads: &'static str, forms: &'static str) -> Self {
        let lemmas = forms.split_whitespace().filter_map(|pair| pair.split_once(':'));
        Self { heads: heads.split_whitespace().collect(), lemmas: lemmas.collect() }
    }
}

fn find_lexicon(language: SearchLanguage) -> &'static LanguageLexicon {
    static FINNISH: LazyLock<LanguageLexicon> =
        LazyLock::new(|| LanguageLexicon::from_word_lists(FINNISH_HEADS, FINNISH_FORMS));
    static SWEDISH: LazyLock<LanguageLexicon> =
        LazyLock::new(|| LanguageLexicon::from_word_lists(SWEDISH_HEADS, SWEDISH_FORMS));
    static GERMAN: LazyLock<LanguageLexicon> =
        LazyLock::new(|| LanguageLexicon::from_word_lists(GERMAN_HEADS, ""));
    static ENGLISH: LazyLock<LanguageLexicon> =
        LazyLock::new(|| LanguageLexicon::from_word_lists("", ENGLISH_FORMS));
    static OTHER: LazyLock<LanguageLexicon> = LazyLock::new(LanguageLexicon::default);
    match language {
        SearchLanguage::Finnish => &FINNISH,
        SearchLanguage::Swedish => &SWEDISH,
        SearchLanguage::German => &GERMAN,
        SearchLanguage::English => &ENGLISH,
        SearchLanguage::Stemmed(_) | SearchLanguage::Plain => &OTHER,
    }
}

/// The forms of the heads, as they end the form of a compound.
fn find_head_forms(language: SearchLanguage) -> &'static HashSet<String> {
    static FINNISH: LazyLock<HashSet<String>> =
        LazyLock::new(|| build_head_forms(SearchLanguage::Finnish));
    static SWEDISH: LazyLock<HashSet<String>> =
        LazyLock::new(|| build_head_forms(SearchLanguage::Swedish));
    static GERMAN: LazyLock<HashSet<String>> =
        LazyLock::new(|| build_head_forms(SearchLanguage::German));
    static NONE: LazyLock<HashSet<String>> = LazyLock::new(HashSet::new);
    match language {
        SearchLanguage::Finnish => &FINNISH,
        SearchLanguage::Swedish => &SWEDISH,
        SearchLanguage::German => &GERMAN,
        SearchLanguage::English | SearchLanguage::Stemmed(_) | SearchLanguage::Plain => &NONE,
    }
}

fn build_head_forms(language: SearchLanguage) -> HashSet<String> {
    find_lexicon(language).heads.iter().flat_map(|head| language.find_forms(head)).collect()
}

/// The basic form of an irregular one.
pub(super) fn find_lemma(language: SearchLanguage, word: &str) -> Option<&'static str> {
    find_lexicon(language).lemmas.get(word).copied()
}

/// Where in the form of a compound its last noun begins, if it is one of those known.
pub(super) fn find_head_start(language: SearchLanguage, form: &str) -> Option<usize> {
    /// What stands before a shorter beginning is an accident, not a word.
    const FIRST_MIN: usize = 3;
    if WHOLE_WORDS.iter().any(|whole| form.ends_with(whole)) {
        return None;
    }
    let heads = find_head_forms(language);
    let starts = form.char_indices().map(|(at, _)| at).skip(FIRST_MIN);
    let start = starts.into_iter().find(|at| heads.contains(&form[*at..]))?;
    let is_table = language != SearchLanguage::German
        || &form[start..] != "tisch"
        || GERMAN_TABLE_PREFIXES.contains(&&form[..start]);
    is_table.then_some(start)
}

/// Whether the word is, or ends in, the basic form of a noun that is known: nothing of it is an
/// ending ("paita" is no partitive, "merinovilla" no adessive).
pub(super) fn has_known_head(language: SearchLanguage, word: &str) -> bool {
    // The one plural that ends like another garment.
    if word.ends_with("saappaita") {
        return false;
    }
    let heads = &find_lexicon(language).heads;
    word.char_indices().any(|(at, _)| heads.contains(&word[at..]))
}

pub(super) fn list_stop_words(language: SearchLanguage) -> &'static [&'static str] {
    match language {
        SearchLanguage::Finnish => &FINNISH_STOP_WORDS,
        SearchLanguage::Swedish => &SWEDISH_STOP_WORDS,
        SearchLanguage::German => &GERMAN_STOP_WORDS,
        SearchLanguage::English => &ENGLISH_STOP_WORDS,
        SearchLanguage::Stemmed(_) | SearchLanguage::Plain => &[],
    }
}
