//! Names in the order of a language's alphabet.
//!
//! A name becomes a key, and keys are compared byte by byte. Case, accents and signs do not count, numbers come before
//! letters and in the order of their size: "Patja 80" before "Patja 120". Where an alphabet has letters behind z, they
//! are behind it: å ä ö in Finnish and Swedish, æ ø å in Danish and Norwegian. It is no full collation (UTS 10), which
//! takes tables of a megabyte.

use tantivy::tokenizer::Language as Snowball;

use super::SearchLanguage;
use crate::analysis::WordSplitter;

/// The longest key in bytes.
const KEY_LIMIT: usize = 240;
/// The most digits by which numbers are told apart in size.
const DIGIT_LIMIT: usize = 40;
/// What stands for letters behind z: the signs behind z in ASCII.
const BEHIND_Z: [char; 3] = ['{', '|', '}'];

impl SearchLanguage {
    /// What a name is sorted by in this language.
    pub(crate) fn build_sort_key(self, name: &str) -> String {
        let mut key = String::new();
        let (mut words, mut word) = (WordSplitter::from_text(name), String::new());
        while key.len() < KEY_LIMIT && words.read_next_word(&mut word) {
            if !key.is_empty() {
                key.push(' ');
            }
            self.push_word(&word, &mut key);
        }
        key.truncate(key.floor_char_boundary(KEY_LIMIT));
        key
    }

    fn push_word(self, word: &str, key: &mut String) {
        let mut rest = word;
        while let Some(letter) = rest.chars().next() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if digits > 0 {
                push_number(&rest[..digits], key);
            } else {
                self.push_letter(letter, key);
            }
            rest = &rest[digits.max(letter.len_utf8())..];
        }
    }

    fn push_letter(self, letter: char, key: &mut String) {
        let behind = self.letters_behind_z();
        let place = behind.iter().position(|letters| letters.contains(letter));
        match (place, letter) {
            (Some(place), _) => key.push(BEHIND_Z[place]),
            // Telephone directories of the North have ü with y.
            (None, 'ü') if !behind[0].is_empty() => key.push('y'),
            (None, 'æ') => key.push_str("ae"),
            (None, 'œ') => key.push_str("oe"),
            (None, 'þ') => key.push_str("th"),
            (None, letter) => key.push(remove_accent(letter)),
        }
    }

    /// Letters that are behind z, and those of neighbouring languages that go with them.
    fn letters_behind_z(self) -> [&'static str; 3] {
        match self {
            Self::Finnish | Self::Swedish => ["å", "äæ", "öø"],
            Self::Stemmed(Snowball::Danish | Snowball::Norwegian) => ["æä", "øö", "å"],
            _ => ["", "", ""],
        }
    }
}

/// A number behind how many digits it has, which is before every letter.
fn push_number(digits: &str, key: &mut String) {
    let digits = digits.trim_start_matches('0');
    let length = digits.len().min(DIGIT_LIMIT) as u8;
    key.push(char::from(b'0' + length));
    key.push_str(digits);
}

fn remove_accent(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ŕ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}
