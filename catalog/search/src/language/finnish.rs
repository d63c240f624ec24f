//! What the inflections of a Finnish noun or adjective have in common.
//!
//! A word loses its case ending; of what is left, the consonants before the last vowel are
//! brought to one grade (takki : takit, pöytä : pöydät, kenkä : kengät), and the last vowel
//! counts only as one of four kinds: i and e (takki : takeissa), a, o, u. Keeping the kind keeps
//! takki (jacket) from takka (fireplace). Where the plural's i may have swallowed an a, or turned
//! it into o (kenkä : kengissä, paita : paidoissa), a word has two keys.
//!
//! Source of the rules: Hakulinen et al., Iso suomen kielioppi, §§ 41–56 (gradation) and §§ 63–104
//! (inflection types), cut down to what names of products need.

use super::SearchLanguage;
use super::lexicon;

/// Endings of cases after a vowel, the longest first, and how many letters must be left.
const AFTER_VOWEL: [(&str, usize); 32] = [
    ("isiin", 3),
    ("itten", 3),
    ("ihin", 3),
    ("iden", 3),
    ("seen", 3),
    ("ien", 3),
    ("jen", 3),
    ("ksi", 4),
    ("ssa", 3),
    ("ssä", 3),
    ("lla", 3),
    ("llä", 3),
    ("lta", 3),
    ("ltä", 3),
    ("lle", 3),
    ("sta", 3),
    ("stä", 3),
    ("tta", 3),
    ("ttä", 3),
    ("ita", 4),
    ("itä", 4),
    ("ja", 4),
    ("jä", 4),
    ("aan", 3),
    ("ään", 3),
    ("een", 3),
    ("iin", 3),
    ("oon", 3),
    ("uun", 3),
    ("yyn", 3),
    ("n", 3),
    ("t", 3),
];

/// What all forms of the word have in common: one key, or two where the form is ambiguous.
pub(super) fn build_stem_keys(word: &str) -> Vec<String> {
    if word.ends_with(is_vowel) && lexicon::has_known_head(SearchLanguage::Finnish, word) {
        return vec![build_stem_key(word, false)];
    }
    let mut keys = Vec::new();
    for stem in find_stems(word) {
        keys.push(build_stem_key(&stem, false));
        if may_have_lost_a(word, &stem) {
            keys.push(build_stem_key(&stem, true));
        }
    }
    keys
}

/// The word without its ending; several where one ending may be two.
fn find_stems(word: &str) -> Vec<String> {
    if let Some(stem) = strip_ending(word, "nen", 3) {
        return vec![format!("{stem}se")];
    }
    let mut stems = Vec::new();
    // Partitive of words in -nen and of those that end in a consonant: punais-ta, lapas-ta,
    // kangas-ta, valaisin-ta.
    for stem in ["ta", "tä", "ten"].iter().filter_map(|ending| strip_ending(word, ending, 4)) {
        if stem.ends_with('s') {
            stems.push(format!("{stem}e"));
        }
        if stem.ends_with(['s', 'n']) && !stem.ends_with("is") {
            stems.push(stem.strip_suffix('n').unwrap_or(stem).to_owned());
        }
    }
    // "takista" is taki-sta, "punaista" punais-ta: the letters are ambiguous.
    let elative = word.ends_with("ista") || word.ends_with("istä");
    if stems.is_empty() || elative {
        stems.push(strip_case_ending(word).to_owned());
    }
    stems
}

fn strip_case_ending(word: &str) -> &str {
    let mut found = AFTER_VOWEL.iter().filter_map(|(ending, left)| {
        let stem = strip_ending(word, ending, *left)?;
        let keeps = match *ending {
            // hame : hametta; but not in a word such as "matta".
            "tta" | "ttä" => stem.ends_with('e'),
            // takki : takkien; the i belongs to the word or to its plural.
            "ien" => return word.strip_suffix("en"),
            "aan" | "ään" | "een" | "iin" | "oon" | "uun" | "yyn" => {
                return word.strip_suffix('n');
            }
            _ => stem.ends_with(is_vowel),
        };
        keeps.then_some(stem)
    });
    found.next().unwrap_or(word)
}

fn strip_ending<'a>(word: &'a str, ending: &str, left: usize) -> Option<&'a str> {
    word.strip_suffix(ending).filter(|stem| stem.chars().count() >= left)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ä' | 'ö' | 'å')
}

/// Whether the last vowel of an inflected form's stem may stand for a or ä. The plural's i swallows
/// every ä, and an a whose word has o or u in the syllable before (kukka : kukissa; what goes with
/// ä has no a, o or u there); it turns other a into o (paita : paidoissa).
fn may_have_lost_a(word: &str, stem: &str) -> bool {
    let basic = collapse_vowels(stem);
    let ending = word.strip_prefix(basic).unwrap_or_default();
    if let Some(body) = basic.strip_suffix('i') {
        let syllable = body.trim_end_matches(|c| !is_vowel(c));
        let vowels = &syllable[syllable.trim_end_matches(is_vowel).len()..];
        // takin, takit: the i is the word's own
        !matches!(ending, "" | "n" | "t")
            && (vowels.starts_with(['o', 'u']) || !vowels.contains(['a', 'o', 'u']))
    } else {
        basic.ends_with(['o', 'ö']) && ending.starts_with(['i', 'j'])
    }
}

/// A long vowel, and a vowel before the plural's i or the partitive's a, count once.
fn collapse_vowels(stem: &str) -> &str {
    let mut stem = stem;
    while stem.chars().count() > 3 {
        let mut last = stem.chars().rev();
        let (Some(second), Some(first)) = (last.next(), last.next()) else { break };
        if !is_vowel(first) || !(second == first || matches!(second, 'i' | 'a' | 'ä')) {
            break;
        }
        stem = &stem[..stem.len() - second.len_utf8()];
    }
    stem
}

/// The stem with its last consonants in one grade and its last vowel as a kind.
fn build_stem_key(stem: &str, lost_a: bool) -> String {
    let stem = restore_nominative(collapse_vowels(stem));
    let stem = collapse_vowels(&stem);
    let Some(last) = stem.chars().next_back().filter(|c| is_vowel(*c)) else {
        return stem.to_owned();
    };
    let mut key = normalize_gradation(&stem[..stem.len() - last.len_utf8()]);
    key.push(match last {
        _ if lost_a => 'a',
        'i' | 'e' => 'i',
        'u' | 'y' => 'u',
        'o' | 'ö' => 'o',
        _ => 'a',
    });
    key
}

/// Brings stems that differ from the basic form by more than a vowel back to it:
/// valaisime- : valaisin, hihattoma- : hihaton, kerrokse- : kerros, kankaa- : kangas.
fn restore_nominative(stem: &str) -> String {
    for (ending, basic, left) in [
        ("ttoma", "to", 2),
        ("ttömä", "tö", 2),
        ("ttomi", "to", 2),
        ("ttömi", "tö", 2),
        ("ime", "i", 4),
        ("imi", "i", 4),
        ("kse", "s", 3),
        ("ksi", "s", 4),
        ("as", "a", 2),
        ("äs", "ä", 2),
    ] {
        if let Some(body) = strip_ending(stem, ending, left) {
            return format!("{body}{basic}");
        }
    }
    stem.to_owned()
}

/// The consonants that gradation turns into each other become one of the pair.
fn normalize_gradation(body: &str) -> String {
    let mut body = body.to_owned();
    if ["kk", "pp", "tt"].iter().any(|double| body.ends_with(double)) {
        body.pop();
    }
    for (weak, strong) in [
        ("ng", "nk"),
        ("mm", "mp"),
        ("nn", "nt"),
        ("ll", "lt"),
        ("rr", "rt"),
        ("lk", "l"),
        ("rk", "r"),
        ("hk", "h"),
        ("d", "t"),
        ("v", "p"),
    ] {
        if let Some(start) = body.strip_suffix(weak) {
            return format!("{start}{strong}");
        }
    }
    body
}
