//! Letters of a table: which bytes beyond ASCII are which.
//!
//! A table in UTF-16 is decoded on its way in. All others are cut into cells as bytes, because
//! whatever separates cells is ASCII in each of them, and only then read. So the question is put
//! where the first byte beyond ASCII is met, however late, and answered from what surrounds it:
//!
//! 1. What is UTF-8 for the most part is UTF-8; a cell in it that is not is read as Windows-1252,
//!    and reported, each time.
//! 2. Where letters have several readings, [`detection`] tells the one that makes words of a language, or that
//!    there is no such.
//! 3. Of the Western ones the likeliest is the one in which the bytes are letters among letters:
//!    `8A` is an ä on an old Mac, and an upper-case Š inside of a word elsewhere. ISO-8859-15 differs
//!    from Windows-1252 in eight bytes; until one of them comes it need not be decided.

use std::borrow::Cow;

use encoding_rs::Encoding;

mod detection;

pub use detection::CharsetReading;
pub(crate) use detection::Detected;

/// What the bytes of cells are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    Utf8,
    /// Decoded on the way in from this: its cells are UTF-8.
    Decoded(&'static Encoding),
    /// Windows-1252 or ISO-8859-15: no byte has decided it yet.
    Western,
    Latin9,
    Cp850,
    /// One of a byte a letter, or one that is looked at before it is known.
    SingleByte(&'static Encoding),
}

/// Bytes that distinguish ISO-8859-15 from Windows-1252: € Š š Ž ž Œ œ Ÿ, or ¤ ¦ ¨ ´ ¸ ¼ ½ ¾.
const LATIN9_BYTES: [u8; 8] = [0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe];
const LATIN9_CHARS: [char; 8] = ['€', 'Š', 'š', 'Ž', 'ž', 'Œ', 'œ', 'Ÿ'];

/// Code page 850, of DOS and of the cash registers that outlived it, from 80 on. `oem_cp` has the same
/// 128 characters, with the tables of seventeen other code pages and a hash map for each.
const CP850_CHARS: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', 'É', 'æ', 'Æ',
    'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ', 'á', 'í', 'ó', 'ú', 'ñ', 'Ñ',
    'ª', 'º', '¿', '®', '¬', '½', '¼', '¡', '«', '»', '░', '▒', '▓', '│', '┤', 'Á', 'Â', 'À', '©',
    '╣', '║', '╗', '╝', '¢', '¥', '┐', '└', '┴', '┬', '├', '─', '┼', 'ã', 'Ã', '╚', '╔', '╩', '╦',
    '╠', '═', '╬', '¤', 'ð', 'Ð', 'Ê', 'Ë', 'È', 'ı', 'Í', 'Î', 'Ï', '┘', '┌', '█', '▄', '¦', 'Ì',
    '▀', 'Ó', 'ß', 'Ô', 'Ò', 'õ', 'Õ', 'µ', 'þ', 'Þ', 'Ú', 'Û', 'Ù', 'ý', 'Ý', '¯', '´', '\u{ad}',
    '±', '‗', '¾', '¶', '§', '÷', '¸', '°', '¨', '·', '¹', '³', '²', '■', '\u{a0}',
];

impl Charset {
    /// The one of this name, as a mapping gives it.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let folded = name.trim().to_ascii_lowercase().replace(['_', ' '], "-");
        Some(match folded.as_str() {
            "cp850" | "ibm850" | "850" => Self::Cp850,
            "latin9" | "latin-9" => Self::Latin9,
            "macroman" | "mac-roman" => Self::SingleByte(encoding_rs::MACINTOSH),
            label => match Encoding::for_label(label.as_bytes())? {
                encoding if encoding == encoding_rs::UTF_8 => Self::Utf8,
                encoding if encoding == encoding_rs::ISO_8859_15 => Self::Latin9,
                encoding if encoding.is_single_byte() => Self::SingleByte(encoding),
                encoding if encoding == encoding_rs::REPLACEMENT => return None,
                encoding => Self::Decoded(encoding),
            },
        })
    }

    /// How it is called on a receipt.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Decoded(encoding) if encoding.name().starts_with("UTF-16") => "UTF-16",
            Self::Decoded(encoding) => encoding.name(),
            Self::Western => "Windows-1252",
            Self::Latin9 => "ISO-8859-15",
            Self::Cp850 => "CP850",
            Self::SingleByte(encoding) if encoding == encoding_rs::MACINTOSH => "Mac Roman",
            Self::SingleByte(encoding) if encoding == encoding_rs::WINDOWS_1252 => "Windows-1252",
            Self::SingleByte(encoding) => encoding.name(),
        }
    }

    /// Whether cells come as UTF-8.
    pub(crate) fn is_utf8(self) -> bool {
        matches!(self, Self::Utf8 | Self::Decoded(_))
    }

    /// The text of a cell. UTF-8 is the caller's to check.
    pub(crate) fn decode_cell(self, cell: &[u8]) -> Cow<'_, str> {
        let through = |of: fn(u8) -> char| cell.iter().map(|byte| of(*byte)).collect();
        match self {
            Self::Utf8 | Self::Decoded(_) => String::from_utf8_lossy(cell),
            Self::Western => encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0,
            Self::Latin9 => Cow::Owned(through(latin9_char)),
            Self::Cp850 => Cow::Owned(through(cp850_char)),
            Self::SingleByte(encoding) => encoding.decode_without_bom_handling(cell).0,
        }
    }

    /// What a text is in that has these bytes beyond ASCII. The last character may be cut.
    pub(crate) fn detect_in(sample: &[u8]) -> Detected {
        let (whole, broken) = count_utf8_sequences(sample);
        if broken == 0 || whole * 2 >= broken {
            return Detected::Certain(Self::Utf8);
        }
        let western = Self::Western.refine_western(sample).unwrap_or(Self::Western);
        let mac = Self::SingleByte(encoding_rs::MACINTOSH);
        // The first of equals: the more usual one.
        let usual = [western, mac, Self::Cp850]
            .into_iter()
            .rev()
            .max_by_key(|charset| score_charset(sample, *charset));
        detection::detect_charset(sample, usual.unwrap_or(western))
    }

    /// Whether it is Windows-1252 or ISO-8859-15, if these bytes decide it.
    pub(crate) fn refine_western(self, bytes: &[u8]) -> Option<Self> {
        if self != Self::Western {
            return None;
        }
        let windows = Self::SingleByte(encoding_rs::WINDOWS_1252);
        let mut points = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if (0x80..0xa0).contains(byte) {
                return Some(windows);
            }
            if LATIN9_BYTES.contains(byte) {
                let before = at.checked_sub(1).map(|at| bytes[at]);
                points += score_latin9(*byte, before, bytes.get(at + 1).copied());
            }
        }
        match points {
            0 => None,
            1.. => Some(Self::Latin9),
            _ => Some(windows),
        }
    }
}

/// For ISO-8859-15 or against it: a euro is likelier than a currency sign wherever it stands, a
/// letter among letters, and a fraction beside anything else.
fn score_latin9(byte: u8, before: Option<u8>, after: Option<u8>) -> i32 {
    let letter =
        |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || byte >= 0xc0);
    match byte {
        0xa4 => 1,
        _ if letter(before) || letter(after) => 1,
        _ => -1,
    }
}

/// How many characters beyond ASCII are well-formed UTF-8, and how many bytes are not.
fn count_utf8_sequences(mut bytes: &[u8]) -> (usize, usize) {
    let beyond = |text: &[u8]| text.iter().filter(|byte| **byte >= 0xc0).count();
    let (mut whole, mut broken) = (0, 0);
    loop {
        match std::str::from_utf8(bytes) {
            Ok(text) => return (whole + beyond(text.as_bytes()), broken),
            Err(error) => {
                whole += beyond(&bytes[..error.valid_up_to()]);
                let Some(length) = error.error_len() else {
                    // A character that the end cuts, or a single letter of another alphabet.
                    let cut = whole > 0 || broken > 0;
                    return (whole, broken + usize::from(!cut));
                };
                broken += length;
                bytes = &bytes[error.valid_up_to() + length..];
            }
        }
    }
}

/// How much the bytes beyond ASCII look like letters in their places.
fn score_charset(sample: &[u8], charset: Charset) -> i64 {
    let as_char = |at: usize| charset.decode_cell(&sample[at..=at]).chars().next();
    let mut points = 0;
    for at in (0..sample.len()).filter(|at| sample[*at] >= 0x80) {
        let Some(c) = as_char(at) else { continue };
        let before = at.checked_sub(1).and_then(as_char).filter(|c| c.is_alphabetic());
        let after = Some(at + 1)
            .filter(|at| *at < sample.len())
            .and_then(as_char)
            .filter(|c| c.is_alphabetic());
        points += i64::from(score_character(c, before, after));
    }
    points
}

/// How plausible a character is beside these letters.
fn score_character(c: char, before: Option<char>, after: Option<char>) -> i32 {
    const USUAL: &str = "äöåüßõéÄÖÅÜÕæøÆØ";
    const KNOWN: &str = "šžŠŽàèêëçáíóúñôîïâûùÉÀÈÇÁÍÓÚÑ";
    let in_word = before.is_some() || after.is_some();
    if c.is_alphabetic() {
        let shouting = c.is_uppercase() && before.is_some_and(char::is_lowercase);
        return match (USUAL.contains(c), KNOWN.contains(c)) {
            _ if shouting => -6,
            _ if !in_word => -1,
            (true, _) => 4,
            (_, true) => 2,
            _ => -1,
        };
    }
    match c {
        '\u{80}'..='\u{9f}' => -6,
        '°' | '€' | '–' | '—' | '’' | '”' | '“' | '½' | '®' | '™' | '²' | '³' | '\u{a0}' | '×'
            if before.is_none() || after.is_none() =>
        {
            2
        }
        _ if in_word => -4,
        _ => -1,
    }
}

fn latin9_char(byte: u8) -> char {
    match LATIN9_BYTES.iter().position(|telling| *telling == byte) {
        Some(at) => LATIN9_CHARS[at],
        None => char::from(byte),
    }
}

fn cp850_char(byte: u8) -> char {
    match byte {
        0x80.. => CP850_CHARS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The bytes of a text in Windows-1252; `None` where one of its letters is not in it.
#[must_use]
pub fn encode_western(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(sample: &[u8]) -> Charset {
        match Charset::detect_in(sample) {
            Detected::Certain(charset) | Detected::SignsOnly(charset) => charset,
            Detected::Uncertain(readings) => panic!("{readings:?}"),
        }
    }

    fn bytes(charset: Charset, text: &str) -> Vec<u8> {
        let all: Vec<String> =
            (0..=255_u8).map(|byte| charset.decode_cell(&[byte]).into_owned()).collect();
        let byte = |c: char| all.iter().position(|known| *known == c.to_string()).expect("a byte");
        text.chars().map(|c| byte(c) as u8).collect()
    }

    #[test]
    fn western_letters_are_told_by_their_places() {
        let windows = Charset::SingleByte(encoding_rs::WINDOWS_1252);
        let mac = Charset::SingleByte(encoding_rs::MACINTOSH);
        for (text, expected) in [
            ("Päällystakki", Charset::Western),
            ("Hyvä työ", Charset::Western),
            ("Päällystakki", mac),
            ("TYÖKENKÄ;Yönsininen", mac),
            ("Grüße aus Köln;Straßenschuhe", mac),
            ("Päällystakki", Charset::Cp850),
            ("Grüße aus Köln;Straßenschuhe", Charset::Cp850),
            ("Lasteriided, õhuke müts, käterätik", Charset::Western),
            ("Lasteriided, õhuke müts, käterätik", Charset::Cp850),
            ("Regnjacka för små barn på väg", Charset::Western),
            ("Regnjacka för små barn på väg", mac),
            ("Regnjacka för små barn på väg", Charset::Cp850),
            ("Hinta 12,90 €", windows),
            ("Hinta 12,90 €", Charset::Latin9),
            ("Pesu 60°, ½ tuntia", windows),
            ("Šampoo, roosa; žakett", Charset::Latin9),
            ("Šampoo – roosa; žakett", windows),
        ] {
            let written = bytes(expected, text);
            let found = detect(&written);
            assert_eq!(found, expected, "{text} in {}", expected.name());
            assert_eq!(found.decode_cell(&written), text);
        }
    }

    #[test]
    fn utf8_stays_utf8_for_a_few_broken_bytes() {
        assert_eq!(detect("Päällystakki".as_bytes()), Charset::Utf8);
        assert_eq!(detect(b"P\xc3\xa4\xc3\xa4llystakki; j\xe4\xe4"), Charset::Utf8);
        assert_eq!(detect(b"Takki \xc3\xa4\xc3"), Charset::Utf8);
        assert_eq!(detect(b"J\xe4"), Charset::Western);
    }

    #[test]
    fn other_alphabets_are_told_where_there_is_enough() {
        let russian = "Куртка дождевая детская, тёплая подкладка";
        let (written, ..) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(detect(&written).decode_cell(&written), russian);
        let polish = "Kurtka przeciwdeszczowa dziecięca, żółta, ciepła podszewka, łatwa w myciu, świetna jakość, gwarancja";
        let (written, ..) = encoding_rs::WINDOWS_1250.encode(polish);
        assert_eq!(detect(&written).decode_cell(&written), polish);
    }

    #[test]
    fn western_letters_are_not_taken_for_another_alphabet() {
        for text in [
            "Päällystakki, yönsininen; hyvä työtakki äidille; pölynimuri; sähkö; lämpö; käyttöohje",
            "Süße Früchte; Öl; Straßenschuhe für Damen; Größe; schön; Äpfel; Übergrößen; Füße",
            "Regnställ för små barn; Blåbärsröd; Gröna stövlar; Kläder åt pojkar; Storlek på väg",
            "Lasteriided; õhuke müts; jõulukingid; käterätik; öökleit; püksid; jope õue; tüdrukutele",
            "Crème brûlée; fenêtre; où; déjà vu; garçon; élève; noël; à côté; très léger",
            "Hinta 12,90 €; 4,90 €; 7,00 €; 8,00 €; 9,00 €; 10,00 €; 11,00 €; 12,00 €; 13,00 €",
        ] {
            let (written, ..) = encoding_rs::WINDOWS_1252.encode(text);
            assert_eq!(detect(&written).decode_cell(&written), text);
        }
    }

    #[test]
    fn names_of_mappings_are_known() {
        let name = |name: &str| Charset::from_name(name).map(Charset::name);
        assert_eq!(name("latin1"), Some("Windows-1252"));
        assert_eq!(name("ISO-8859-15"), Some("ISO-8859-15"));
        assert_eq!(name("cp850"), Some("CP850"));
        assert_eq!(name("macintosh"), Some("Mac Roman"));
        assert_eq!(name("utf8"), Some("UTF-8"));
        assert_eq!(name("shift_jis"), Some("Shift_JIS"));
        assert_eq!(name("replacement"), None);
        assert_eq!(name("windows"), None);
    }
}
