//! Sentences that forbid: negators × processes × conjunctions × word orders × languages. Nothing
//! in them is allowed, so no code may allow anything, and what is forbidden is a code or a remark.

use super::*;

/// What is forbidden, as each negator needs it, and the code that forbids it.
struct BannedItem {
    code: &'static str,
    forms: [&'static str; 3],
}

struct LanguageForms {
    items: &'static [BannedItem],
    /// Before the list, and the form that it takes.
    prefixes: &'static [(&'static str, usize)],
    /// Behind the list.
    suffixes: &'static [(&'static str, usize)],
    and: &'static str,
    or: &'static str,
    /// A word that is in no lexicon.
    unknown: &'static str,
    /// What is allowed, as a sentence and as a phrase.
    wash: &'static str,
    /// A degree that makes the last process something that might be allowed.
    hot: &'static str,
}

const fn item(code: &'static str, forms: [&'static str; 3]) -> BannedItem {
    BannedItem { code, forms }
}

#[rustfmt::skip]
static LANGUAGES: [LanguageForms; 4] = [
    // Nominative, partitive, infinitive.
    LanguageForms {
        items: &[
            item("B0", ["valkaisu", "valkaisua", "valkaista"]),
            item("T0", ["rumpukuivaus", "rumpukuivausta", "rumpukuivata"]),
            item("I0", ["silitys", "silitystä", "silittää"]),
            item("D0", ["kemiallinen pesu", "kemiallista pesua", "pestä kemiallisesti"]),
            item("no-softener", ["huuhteluaineen käyttö", "huuhteluainetta", "käyttää huuhteluainetta"]),
            item("no-soak", ["liotus", "liotusta", "liottaa"]),
            item("no-spin", ["linkous", "linkousta", "lingota"]),
            item("W0", ["vesipesu", "vesipesua", "pestä"]),
            item("", ["konepesu", "konepesua", "pestä koneessa"]),
            item("", ["käsinpesu", "käsinpesua", "pestä käsin"]),
            item("no-chlorine", ["kloorivalkaisu", "kloorivalkaisua", "kloorivalkaista"]),
        ],
        prefixes: &[("Ei", 1), ("Vältä", 1), ("Ilman", 1), ("Älä käytä", 1), ("Tuotetta ei saa", 2), ("Ei saa", 2), ("Kielletty:", 0), ("Ei suositella:", 1)],
        suffixes: &[("kielletty", 0), ("on kielletty", 0), ("kiellettyjä", 0), ("ei sallittu", 0), ("vältettävä", 1), ("ei suositella", 1), (": ei", 0), ("ei saa käyttää", 1)],
        and: "ja", or: "tai", unknown: "hajustetta",
        wash: "Konepesu 40 °C", hot: "kuumalla",
    },
    // Noun, passive, imperative.
    LanguageForms {
        items: &[
            item("B0", ["blekning", "blekas", "bleka"]),
            item("T0", ["torktumling", "torktumlas", "torktumla"]),
            item("I0", ["strykning", "strykas", "stryka"]),
            item("D0", ["kemtvätt", "kemtvättas", "kemtvätta"]),
            item("no-softener", ["sköljmedel", "sköljmedel", "använda sköljmedel"]),
            item("no-soak", ["blötläggning", "blötläggas", "blötlägga"]),
            item("no-spin", ["centrifugering", "centrifugeras", "centrifugera"]),
            item("W0", ["vattentvätt", "tvättas", "tvätta"]),
            item("", ["maskintvätt", "maskintvättas", "maskintvätta"]),
            item("", ["handtvätt", "handtvättas", "handtvätta"]),
        ],
        prefixes: &[("Undvik", 0), ("Ej", 0), ("Tål ej", 0), ("Utan", 0), ("Ingen", 0), ("Får ej", 1), ("Får inte", 1), ("Får varken", 1), ("Undvik att", 2), ("Förbjudet:", 0)],
        suffixes: &[("förbjudet", 0), ("ej tillåten", 0), ("är inte tillåtet", 0), ("rekommenderas inte", 0), ("undviks", 0), ("ej", 2), ("inte", 2), (": nej", 0)],
        and: "och", or: "eller", unknown: "parfym",
        wash: "Maskintvätt 40 °C", hot: "hög värme",
    },
    // Verb, gerund, noun or verb with "use".
    LanguageForms {
        items: &[
            item("B0", ["bleach", "bleaching", "use bleach"]),
            item("T0", ["tumble dry", "tumble drying", "use a tumble dryer"]),
            item("I0", ["iron", "ironing", "use an iron"]),
            item("D0", ["dry clean", "dry cleaning", "use dry cleaning"]),
            item("no-softener", ["use fabric softener", "fabric softener", "use softener"]),
            item("no-soak", ["soak", "soaking", "soak"]),
            item("no-wring", ["wring", "wringing", "twist"]),
            item("W0", ["wash", "washing", "wash"]),
            item("", ["machine wash", "machine washing", "use a washing machine"]),
            item("", ["hand wash", "hand washing", "wash by hand"]),
        ],
        prefixes: &[("Do not", 0), ("Don't", 0), ("Never", 0), ("Must not", 2), ("Avoid", 1), ("No", 1), ("Without", 1), ("Not suitable for", 1), ("Forbidden:", 1), ("Do not:", 0)],
        suffixes: &[("not allowed", 1), ("is forbidden", 1), ("are prohibited", 1), ("must be avoided", 1), ("not recommended", 1), (": no", 1), ("? No", 0), ("not permitted", 0)],
        and: "and", or: "or", unknown: "perfume",
        wash: "Machine wash at 40 °C", hot: "on high heat",
    },
    // Infinitive, noun, noun.
    LanguageForms {
        items: &[
            item("B0", ["bleichen", "Bleichmittel", "Bleiche"]),
            item("T0", ["im Trockner trocknen", "Trockner", "Wäschetrockner"]),
            item("I0", ["bügeln", "Bügeln", "Bügeln"]),
            item("D0", ["chemisch reinigen", "chemische Reinigung", "chemische Reinigung"]),
            item("no-softener", ["Weichspüler verwenden", "Weichspüler", "Weichspüler"]),
            item("no-soak", ["einweichen", "Einweichen", "Einweichen"]),
            item("no-spin", ["schleudern", "Schleudern", "Schleudern"]),
            item("W0", ["waschen", "Wäsche", "Waschen"]),
            item("", ["maschinell waschen", "Maschinenwäsche", "Maschinenwäsche"]),
            item("", ["von Hand waschen", "Handwäsche", "Handwäsche"]),
        ],
        prefixes: &[("Nicht", 0), ("Niemals", 0), ("Darf nicht", 0), ("Kein", 1), ("Keine", 2), ("Ohne", 1), ("Nicht geeignet für", 1), ("Verboten:", 1), ("Weder", 0)],
        suffixes: &[("verboten", 1), ("ist verboten", 0), ("nicht erlaubt", 1), ("vermeiden", 2), ("sind zu vermeiden", 1), ("nicht zulässig", 0), (": nein", 1)],
        and: "und", or: "oder", unknown: "Duftstoffe",
        wash: "Maschinenwäsche bis 40 °C", hot: "bei hoher Temperatur",
    },
];

/// How the items of a list are joined, and whether that leaves no doubt that they belong together.
fn joins(language: &LanguageForms) -> [(String, String, bool); 8] {
    let (and, or) = (language.and, language.or);
    [
        (", ".into(), format!(" {or} "), true),
        (", ".into(), format!(" {and} "), true),
        (", ".into(), format!(", {or} "), true),
        (format!(" {or} "), format!(" {or} "), true),
        (" & ".into(), " & ".into(), true),
        (", ".into(), ", ".into(), false),
        (" / ".into(), " / ".into(), false),
        ("; ".into(), "; ".into(), false),
    ]
}

/// Every list of one to three, and some of four.
fn lists(count: usize) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = (0..count).map(|item| vec![item]).collect();
    let mut longer = lists.clone();
    for (length, step) in [(2, 1), (3, 5), (4, 37)] {
        longer = longer
            .iter()
            .flat_map(|list| {
                let free = (0..count).filter(|item| !list.contains(item));
                free.map(|item| [list.as_slice(), &[item]].concat()).collect::<Vec<_>>()
            })
            .collect();
        assert!(longer.iter().all(|list| list.len() == length));
        lists.extend(longer.iter().step_by(step).cloned());
    }
    lists
}

fn join_list(words: &[String], (between, last, _): &(String, String, bool)) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{}{last}{end}", first.join(between)),
    }
}

fn is_ban(code: &str) -> bool {
    CareCode::find_by_name(code).is_some_and(CareCode::is_ban)
}

/// What is wrong with the reading of a text that forbids these items, beside what it may allow.
fn find_mistake(
    text: &str,
    items: &[(&str, &str)],
    allowed: &[&str],
    is_plain: bool,
) -> Option<String> {
    let reading = read(text);
    let codes: Vec<&str> = reading.label.codes().iter().map(|code| code.as_str()).collect();
    let remarks: String =
        reading.diagnostics.iter().map(|remark| format!("{remark:?}\n")).collect();
    let allows = codes.iter().find(|code| !is_ban(code) && !allowed.contains(code));
    // No code forbids one way of washing, but the one that forbids all of them.
    let has = |code: &str| codes.contains(&if code.is_empty() { "W0" } else { code });
    let lost = items.iter().find(|(code, word)| !has(code) && !remarks.contains(word));
    let unread =
        items.iter().find(|(code, _)| is_plain && !code.is_empty() && !codes.contains(code));
    let mistake = match (allows, lost, unread) {
        (Some(code), ..) => format!("allows {code}"),
        (_, Some((_, word)), _) => format!("loses {word}"),
        (.., Some((code, _))) => format!("does not read {code}"),
        _ => return None,
    };
    Some(format!("{mistake}: {text}\n   {codes:?} {remarks}"))
}

/// What a sentence has beside the bare list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SentenceExtra {
    Nothing,
    /// A word in the midst of the list that is not understood.
    UnknownWord,
    HotFirst,
    HotLast,
}

/// A sentence that forbids, and what it is made of.
struct BanSentence<'a> {
    language: &'a LanguageForms,
    list: &'a [usize],
    /// The negator and whether it stands before the list; the form of the items.
    negator: (&'a str, bool, usize),
    join: &'a (String, String, bool),
}

impl<'a> BanSentence<'a> {
    /// Whether nobody doubts that everything is forbidden.
    fn is_plain(&self) -> bool {
        self.join.2 || self.list.len() == 1 || self.negator.0.ends_with(':')
    }

    /// The codes and words of what is forbidden.
    fn items(&self) -> Vec<(&'a str, &'a str)> {
        let item = |&item: &usize| &self.language.items[item];
        self.list.iter().map(item).map(|item| (item.code, item.forms[self.negator.2])).collect()
    }

    fn write(&self, extra: SentenceExtra) -> String {
        let mut words: Vec<String> =
            self.items().iter().map(|(_, word)| (*word).to_owned()).collect();
        let hot = |word: &String| format!("{word} {}", self.language.hot);
        match extra {
            SentenceExtra::Nothing => {}
            SentenceExtra::UnknownWord => {
                words.insert(words.len() / 2, self.language.unknown.to_owned())
            }
            SentenceExtra::HotFirst => words[0] = hot(&words[0]),
            SentenceExtra::HotLast => {
                let last = words.len() - 1;
                words[last] = hot(&words[last]);
            }
        }
        let list = join_list(&words, self.join);
        match self.negator {
            (negator, true, _) => format!("{negator} {list}"),
            (negator, false, _) => format!("{list} {negator}"),
        }
    }
}

/// Runs over each sentence of every language, or one in so many of them.
fn check_all(step: usize, mut find_mistakes: impl FnMut(&BanSentence<'_>) -> Vec<String>) {
    let (mut count, mut mistakes) = (0_usize, Vec::new());
    for language in &LANGUAGES {
        let (lists, joins) = (lists(language.items.len()), joins(language));
        let before = language.prefixes.iter().map(|(negator, form)| (*negator, true, *form));
        let behind = language.suffixes.iter().map(|(negator, form)| (*negator, false, *form));
        for (at, negator) in before.chain(behind).enumerate() {
            for (index, list) in lists.iter().enumerate() {
                // A pair takes every conjunction, and a long list one of them in turn.
                let turn = (index + at) % joins.len();
                let turns = match list.len() {
                    1 => 0..1,
                    2 => 0..joins.len(),
                    _ => turn..turn + 1,
                };
                for join in &joins[turns] {
                    count += 1;
                    if count % step == 0 {
                        mistakes.extend(find_mistakes(&BanSentence {
                            language,
                            list,
                            negator,
                            join,
                        }));
                    }
                }
            }
        }
    }
    assert!(count > 20_000, "{count}");
    let shown: Vec<&String> = mistakes.iter().step_by(mistakes.len() / 40 + 1).collect();
    assert!(mistakes.is_empty(), "{} of {count}\n{shown:#?}", mistakes.len());
}

#[test]
fn a_ban_covers_its_list_and_allows_nothing() {
    check_all(1, |ban| {
        let mistake =
            find_mistake(&ban.write(SentenceExtra::Nothing), &ban.items(), &[], ban.is_plain());
        mistake.into_iter().collect()
    });
}

#[test]
fn a_word_that_is_not_understood_ends_no_ban() {
    check_all(7, |ban| {
        let mut items = ban.items();
        items.push(("", ban.language.unknown));
        let is_plain = ban.join.2;
        find_mistake(&ban.write(SentenceExtra::UnknownWord), &items, &[], is_plain)
            .into_iter()
            .collect()
    });
}

#[test]
fn a_degree_in_a_ban_allows_nothing() {
    check_all(7, |ban| {
        let extras = [SentenceExtra::HotFirst, SentenceExtra::HotLast];
        let texts = extras.iter().filter(|_| ban.is_plain()).map(|&extra| ban.write(extra));
        texts.filter_map(|text| find_mistake(&text, &ban.items(), &[], false)).collect()
    });
}

#[test]
fn a_ban_leaves_its_neighbours_alone() {
    check_all(7, |ban| {
        let (wash, text) = (ban.language.wash, ban.write(SentenceExtra::Nothing));
        let texts =
            [format!("{wash}. {text}"), format!("{wash}, {text}"), format!("{text}. {wash}")];
        let washes = ["", "W0"];
        let items = ban.items();
        let is_apart = items.iter().all(|(code, _)| !washes.contains(code));
        let mut mistakes = Vec::new();
        for text in texts {
            mistakes.extend(find_mistake(&text, &items, &["W40"], ban.is_plain()));
            if is_apart && !codes(&text).starts_with("W40") {
                mistakes.push(format!("loses the washing: {text}\n   {}", codes(&text)));
            }
        }
        mistakes
    });
}

proptest! {
    /// Whatever follows in the sentence, where no word of it allows anything.
    #[test]
    fn a_sentence_that_begins_with_a_ban_allows_nothing(
        negator in proptest::sample::select(vec![
            "do not", "avoid", "never", "no", "without", "ei saa", "vältä", "ei", "ilman", "kielletty:", "undvik",
            "får ej", "inte", "ingen", "utan", "nicht", "kein", "ohne", "weder", "verboten:", "ikke", "❌",
        ]),
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "bleach", "iron", "tumble dry", "dry clean", "hand wash", "wash", "soak", "softener", "steam",
                "professional wet cleaning", "non-chlorine bleach", "valkaisua", "silitä", "rumpukuivausta", "käsinpesua",
                "kemiallista pesua", "happivalkaisua", "blekas", "stryk", "torktumlas", "handtvätt", "bleichen", "bügeln",
                "im Trockner trocknen", "chemisch reinigen", "Handwäsche", "dishwasher", "no-bleach", "use", "with",
                "the", "garment", "water", "embroidery", "kangasta", ",", ",", "and", "or", "/", "&", ";", "tai", "ja",
                "eller", "och", "oder", "und", "nor", "eikä", "noch", "but", "mutta", "not", "ei", "ej", "kielletty", "DNB",
                "verboten", "forbidden",
            ]),
            1..10,
        ),
    ) {
        let text = format!("{negator} {}", words.join(" "));
        let reading = read(&text);
        let allowed = reading.label.codes().iter().find(|code| !code.is_ban());
        prop_assert!(allowed.is_none(), "{}: {}", text, codes(&text));
    }

    /// Whatever precedes in the sentence, where no word of it allows or forbids anything.
    #[test]
    fn a_sentence_that_ends_in_a_ban_allows_nothing(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "bleach", "iron", "tumble dry", "dry clean", "hand wash", "wash", "soak", "softener", "steam",
                "professional wet cleaning", "non-chlorine bleach", "valkaisu", "silitä", "rumpukuivaus", "käsinpesu",
                "kemiallinen pesu", "blekning", "stryk", "torktumlas", "handtvätt", "bleichen", "bügeln", "embroidery",
                "im Trockner trocknen", "Handwäsche", "dishwasher", "use", "with", "the", "garment", ",", ",", "and",
                "or", "/", "&", ";", "tai", "ja", "eller", "och", "oder", "und",
            ]),
            1..10,
        ),
        negator in proptest::sample::select(vec![
            "iron forbidden", "bleaching not allowed", "valkaisu kielletty", "silitystä vältettävä", "blekning förbjuden",
            "stryk ej", "Bleichen verboten", "Bügeln vermeiden", "silitys: ei", "bleach ❌", ", kielletty",
        ]),
    ) {
        let text = format!("{} {negator}", words.join(" "));
        let reading = read(&text);
        let allowed = reading.label.codes().iter().find(|code| !code.is_ban());
        prop_assert!(allowed.is_none(), "{}: {}", text, codes(&text));
    }
}
