//! Which encoding a text is in, or which it may be in where that matters.
//!
//! Bytes that are not UTF-8 have a reading in almost every encoding. So each reading is looked at as
//! text: a word in it has letters of one script, and those that are not ASCII are letters of one language. If
//! one text is left, it is taken. If several are left, or none, the caller is told of them all:
//! a letter that is read wrong is wrong on every page.
//!
//! chardetng alone does not do: it gives an answer to every question, and no second one.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::Charset;

/// Languages of Western Europe, whose letters all stand in Windows-1252, by their letters beyond ASCII.
/// Those of the first row stand in any text beside those of another language.
const WESTERN: [&str; 9] = [
    "äöåüßéÄÖÅÜÉ",
    "æøÆØ",
    "õšžÕŠŽ",
    "àâæçèêëîïôœùûÿÀÂÆÇÈÊËÎÏÔŒÙÛŸ",
    "áíóúñÁÍÓÚÑ",
    "áâãàçêíóôõúÁÂÃÀÇÊÍÓÔÕÚ",
    "àèìòùÀÈÌÒÙ",
    "ëïóËÏÓ",
    "áðíóúýþæÁÐÍÓÚÝÞÆ",
];

/// Languages with letters that are others in Windows-1252.
const OTHERS: [(&[&str], &str); 9] = [
    (&["windows-1250", "iso-8859-2"], "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"),
    (&["windows-1250", "iso-8859-2"], "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"),
    (&["windows-1250", "iso-8859-2"], "áäčďéíľňóôšťúýžÁÄČĎÉÍĽŇÓÔŠŤÚÝŽ"),
    (&["windows-1250", "iso-8859-2"], "áéíóöőúüűÁÉÍÓÖŐÚÜŰ"),
    (&["windows-1250", "iso-8859-2"], "čćđšžČĆĐŠŽ"),
    (&["windows-1250", "iso-8859-2", "iso-8859-16"], "ăâîșşțţĂÂÎȘŞȚŢ"),
    (&["windows-1254"], "çğıöşüâÇĞİÖŞÜÂ"),
    (&["windows-1257", "iso-8859-4", "iso-8859-13"], "ąčęėįšųūžĄČĘĖĮŠŲŪŽ"),
    (&["windows-1257", "iso-8859-4", "iso-8859-13"], "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ"),
];

/// Countries whose usual encodings chardetng knows. Its answers for these are the readings that are
/// shown where no language fits.
const COUNTRIES: [&str; 8] = ["pl", "ru", "gr", "tr", "cn", "tw", "jp", "kr"];

/// Countries in which it takes non-Latin letters for what they are.
const LATIN_COUNTRIES: [&str; 4] = ["fi", "pl", "cz", "lt"];

/// So many bytes beyond ASCII make a guess at a script.
const ENOUGH: usize = 8;

/// The most readings that are shown.
const MAX_READINGS: usize = 6;

/// A reading of a text that may be the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharsetReading {
    /// The encoding, as a mapping names it.
    pub encoding: String,
    /// What a part of the text says in it.
    pub sample: String,
}

/// What is known of the encoding of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Detected {
    /// It is this.
    Certain(Charset),
    /// This does for the text, in which only signs are beyond ASCII. Letters may tell another.
    SignsOnly(Charset),
    /// Several are possible, and the text is another in each.
    Uncertain(Vec<CharsetReading>),
}

/// Tells what a text is in that is not UTF-8; `usual` is what looks most like it of the Western ones.
pub(super) fn detect_charset(sample: &[u8], usual: Charset) -> Detected {
    let text = usual.decode_cell(sample);
    let words = words_beyond_ascii(&text);
    if words.is_empty() {
        return Detected::SignsOnly(usual);
    }
    if words.iter().all(|word| is_usual_word(word, usual)) {
        return Detected::Certain(usual);
    }
    let sample = &keep_cells_of_words(sample, usual)[..];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess =
        |country: Option<&str>| detector.guess(country.map(str::as_bytes), Utf8Detection::Deny);
    let likeliest = guess(None);
    let mut fitting = Vec::new();
    if is_western(&words) {
        fitting.push(usual);
    }
    fitting.extend(fitting_encodings(sample).into_iter().map(Charset::SingleByte));
    let is_latin = likeliest.is_single_byte() && !is_of_other_script(likeliest);
    if is_latin && let [first, rest @ ..] = &fitting[..] {
        let text = first.decode_cell(sample);
        if rest.iter().all(|other| other.decode_cell(sample) == text) {
            return Detected::Certain(*first);
        }
    }
    let is_stable = LATIN_COUNTRIES.iter().all(|country| guess(Some(country)) == likeliest);
    let beyond = sample.iter().filter(|byte| !byte.is_ascii()).count();
    if is_of_other_script(likeliest) && is_stable && beyond >= ENOUGH {
        return Detected::Certain(Charset::SingleByte(likeliest));
    }
    let mut readings: Vec<Charset> = Vec::new();
    if likeliest.is_single_byte() && !is_latin || !likeliest.is_single_byte() {
        readings.push(Charset::SingleByte(likeliest));
    }
    readings.extend(fitting);
    if readings.len() < 2 || !likeliest.is_single_byte() {
        readings.push(Charset::SingleByte(likeliest));
        readings.extend(COUNTRIES.iter().map(|country| Charset::SingleByte(guess(Some(country)))));
    }
    readings.push(usual);
    Detected::Uncertain(show_readings(sample, &readings))
}

/// The cells in which letters are beyond ASCII, a line each. What ends a cell is part of no letter in
/// any encoding.
fn keep_cells_of_words(sample: &[u8], usual: Charset) -> Vec<u8> {
    let is_cell_end = |byte: &u8| matches!(byte, b',' | b';' | b'\t' | b'\n' | b'\r' | b'"');
    let cells = sample.split(is_cell_end).filter(|cell| !cell.is_ascii());
    let cells = cells.filter(|cell| !words_beyond_ascii(&usual.decode_cell(cell)).is_empty());
    cells.collect::<Vec<_>>().join(&b'\n')
}

/// Signs that stand beside a word in any language, and those that stand beside a unit or a number.
const MARKS: &str = "®™–—’”“„«»…•©";
const SIGNS: &str = "°²³½¼¾€£×±µ§";

/// The words of a text with letters beyond ASCII, or signs between letters. A single letter is as good
/// as a sign: `Ø 10`.
fn words_beyond_ascii(text: &str) -> Vec<&str> {
    let is_separator = |c: char| c.is_ascii() && !c.is_ascii_alphabetic() || c == '\u{a0}';
    let words = text.split(is_separator).map(|word| word.trim_matches(|c| MARKS.contains(c)));
    let words = words.filter(|word| !word.is_ascii() && word.chars().count() > 1);
    words.filter(|word| word.chars().any(char::is_alphabetic) && !is_unit(word)).collect()
}

/// A unit with a sign, as in `60 °C` or `m²`.
fn is_unit(word: &str) -> bool {
    let inner = word.trim_matches(|c| SIGNS.contains(c));
    inner.is_ascii() && inner.len() <= 2
}

/// Whether a word has the letters of Finnish, Swedish or German in their usual places.
fn is_usual_word(word: &str, charset: Charset) -> bool {
    // In Mac Roman and CP850 é is the lead byte of Japanese.
    let usual = match charset {
        Charset::Western | Charset::Latin9 => "äöåüßéÄÖÅÜÉ",
        Charset::SingleByte(encoding) if encoding == encoding_rs::WINDOWS_1252 => "äöåüßéÄÖÅÜÉ",
        _ => "äöåüßÄÖÅÜ",
    };
    let is_fitting =
        |c: char| c.is_ascii_alphabetic() || usual.contains(c) || "’–\u{ad}".contains(c);
    let mut capital_inside = word.chars().zip(word.chars().skip(1));
    word.chars().all(is_fitting)
        && word.chars().any(|c| c.is_ascii_alphabetic())
        && !capital_inside.any(|(before, c)| {
            (!c.is_ascii() || !before.is_ascii()) && before.is_lowercase() && c.is_uppercase()
        })
}

/// Whether each word is of a Western language; a file may have words of several.
fn is_western(words: &[&str]) -> bool {
    let [usual, languages @ ..] = &WESTERN;
    words
        .iter()
        .all(|word| languages.iter().any(|language| fits_language(word, &[usual, language])))
}

/// Whether a word has the letters of a language, some of them ASCII, and capitals only at its start or
/// throughout.
fn fits_language(word: &str, letters: &[&str]) -> bool {
    let is_known = |c: char| {
        c.is_ascii_alphabetic() || "’–".contains(c) || letters.iter().any(|it| it.contains(c))
    };
    let mut pairs = word.chars().zip(word.chars().skip(1));
    word.chars().all(is_known)
        && word.chars().any(|c| c.is_ascii_alphabetic())
        && !pairs.any(|(before, c)| before.is_lowercase() && c.is_uppercase())
}

/// The encodings other than the Western ones in which the text is of one language.
fn fitting_encodings(sample: &[u8]) -> Vec<&'static Encoding> {
    static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let mut names: Vec<&str> = Vec::new();
        for name in OTHERS.iter().flat_map(|(names, _)| names.iter()) {
            if !names.contains(name) {
                names.push(name);
            }
        }
        names
    });
    let fits = |name: &str| {
        let encoding = Encoding::for_label(name.as_bytes())?;
        let text = encoding.decode_without_bom_handling(sample).0;
        let words = words_beyond_ascii(&text);
        let languages = OTHERS.iter().filter(|(names, _)| names.contains(&name));
        let mut languages = languages.map(|(_, letters)| letters);
        languages
            .any(|letters| words.iter().all(|word| fits_language(word, &[letters])))
            .then_some(encoding)
    };
    NAMES.iter().filter_map(|name| fits(name)).collect()
}

/// Cyrillic, Greek, Hebrew, Arabic, Thai.
fn is_of_other_script(encoding: &'static Encoding) -> bool {
    const LATIN: [&str; 11] = [
        "windows-1252",
        "windows-1250",
        "windows-1254",
        "windows-1257",
        "windows-1258",
        "ISO-8859-2",
        "ISO-8859-3",
        "ISO-8859-4",
        "ISO-8859-13",
        "ISO-8859-15",
        "macintosh",
    ];
    encoding.is_single_byte() && !LATIN.contains(&encoding.name())
}

/// What each says, the first of it that is not the same in all.
fn show_readings(sample: &[u8], charsets: &[Charset]) -> Vec<CharsetReading> {
    let cells = || sample.split(|byte| *byte == b'\n').map(|cell| &cell[..cell.len().min(80)]);
    let differs = |cell: &&[u8]| {
        let mut texts = charsets.iter().map(|charset| charset.decode_cell(cell));
        let first = texts.next();
        texts.any(|text| Some(&text) != first.as_ref())
    };
    let cell = cells().find(differs).or_else(|| cells().next()).unwrap_or(sample);
    let mut readings: Vec<CharsetReading> = Vec::new();
    for charset in charsets {
        let sample = charset.decode_cell(cell).trim().to_owned();
        let is_broken = sample.chars().any(|c| c == '\u{fffd}' || c.is_control());
        let is_known = readings.iter().any(|known| known.sample == sample);
        if !is_broken && !is_known && readings.len() < MAX_READINGS {
            let encoding = charset.name().to_ascii_lowercase().replace("mac roman", "macintosh");
            readings.push(CharsetReading { encoding, sample });
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(text: &str, encoding: &str) -> String {
        let encoding = Encoding::for_label(encoding.as_bytes()).expect("an encoding");
        let (bytes, _, is_unmappable) = encoding.encode(text);
        assert!(!is_unmappable, "{text}");
        match Charset::detect_in(&bytes) {
            Detected::Certain(charset) | Detected::SignsOnly(charset) => {
                charset.decode_cell(&bytes).into_owned()
            }
            Detected::Uncertain(readings) => {
                let shown = readings.iter().map(|it| format!("{} {}", it.encoding, it.sample));
                shown.collect::<Vec<_>>().join("; ")
            }
        }
    }

    #[test]
    fn a_text_is_read_where_one_reading_is_left() {
        for (text, encoding) in [
            ("Päällystakki", "windows-1252"),
            ("Hyvä työ; Yönsininen; HÄÄYÖ; Ääni", "windows-1252"),
            ("Grüße aus Köln; Straßenschuhe; Café", "windows-1252"),
            ("Regnjacka för små barn på väg", "windows-1252"),
            ("Päällystakki; Crème; Smørrebrød", "windows-1252"),
            ("Crème brûlée; fenêtre; où; déjà vu; garçon", "windows-1252"),
            ("Rødgrød med fløde, blåbær, æble", "windows-1252"),
            ("niño español, pingüino", "windows-1252"),
            ("Hinta 12,90 €; 60 °C; 60°C; m²; ½ l; Kuura® – uusi; Ø 10", "windows-1252"),
            ("Kurtka dziecięca, żółta, ciepła", "windows-1250"),
            ("Kurtka dziecięca, ładna, świetna", "iso-8859-2"),
            ("Hrnek modrý, řada, žlutý šálek", "windows-1250"),
            ("Hrnek modrý, řada, žlutý šálek", "iso-8859-2"),
            ("Bőrönd, hűtő", "iso-8859-2"),
            ("Куртка дождевая детская", "windows-1251"),
            ("Μπλούζα παιδική", "windows-1253"),
        ] {
            assert_eq!(detect(text, encoding), text, "{encoding}");
        }
    }

    #[test]
    fn a_text_of_several_readings_is_not_read() {
        for (text, encoding) in [
            ("Őszi", "iso-8859-2"),
            ("Čaj", "iso-8859-2"),
            ("Чай", "windows-1251"),
            ("雨衣 儿童 蓝色", "gbk"),
            ("雨衣 兒童 藍色", "big5"),
            ("レインコート 子供用", "shift_jis"),
            ("レインコート 子供用", "euc-jp"),
            ("우비 어린이 파란색", "euc-kr"),
            ("杯子", "gbk"),
            ("カップ", "shift_jis"),
            ("컵", "euc-kr"),
        ] {
            let found = detect(text, encoding);
            let first = text.split(',').next().expect("a cell");
            assert!(found.contains(';') && found.contains(first), "{text} in {encoding}: {found}");
        }
    }
}
