//! What stands in a cell and says nothing: errors of spreadsheets, words for an empty field, markup
//! without a text.

use rikaste_model::value::RichText;

/// What spreadsheets show where a formula failed, in English and the languages of the program.
const ERRORS: [&str; 34] = [
    "#N/A",
    "#NA",
    "#VALUE!",
    "#REF!",
    "#DIV/0!",
    "#NUM!",
    "#NAME?",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#GETTING_DATA",
    "#ERROR!",
    "#N/A!",
    "#DIV/0",
    "#PUUTTUU!",
    "#ARVO!",
    "#VIITTAUS!",
    "#JAKO/0!",
    "#NIMI?",
    "#LUKU!",
    "#TYHJÄ!",
    "#SAKNAS!",
    "#VÄRDEFEL!",
    "#REFERENS!",
    "#DIVISION/0!",
    "#NAMN?",
    "#OGILTIGT!",
    "#NV",
    "#WERT!",
    "#BEZUG!",
    "#ZAHL!",
    "#VALEUR!",
];

/// Words that programs and people write into a field that has no value.
const PLACEHOLDERS: [&str; 18] = [
    "-",
    "--",
    "—",
    "–",
    "n/a",
    "n.a.",
    "na",
    "null",
    "(null)",
    "none",
    "nil",
    "nan",
    "undefined",
    "(blank)",
    "(empty)",
    "(none)",
    "\\n",
    "?",
];

/// Whether a cell holds the error of a formula, as a value that was pasted.
pub(crate) fn is_spreadsheet_error(text: &str) -> bool {
    match text.as_bytes() {
        [b'#', ..] => ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error)),
        // LibreOffice numbers some of its errors.
        [b'E', b'r', b'r', b':', digits @ ..] => {
            digits.len() == 3 && digits.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// Whether a text may be a [placeholder](is_placeholder) or [blank markup](is_blank_markup). Every cell is
/// asked, and its first byte and length answer for nearly all.
#[inline]
pub(crate) fn may_say_nothing(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'<' | b'&' | b'(' | b'-' | b'?' | b'\\') => true,
        Some(b'n' | b'N') => text.len() <= 4,
        Some(b'u' | b'U') => text.len() == 9,
        // A dash, and spaces that nobody sees.
        Some(0xc2 | 0xe2 | 0xef) => true,
        _ => false,
    }
}

/// Whether a text stands for no value where a value cannot be written so: a number, a date, an option
/// of a list.
pub(crate) fn is_placeholder(text: &str) -> bool {
    text.len() <= 11 && PLACEHOLDERS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a text is what an editor leaves where nothing is written: `<p><br></p>`, `&nbsp;`.
pub(crate) fn is_blank_markup(text: &str) -> bool {
    let has_markup = || memchr::memchr2(b'<', b'&', text.as_bytes()).is_some();
    let has_blanks = || !text.is_ascii() && text.contains(['\u{a0}', '\u{200b}', '\u{feff}']);
    if !has_markup() && !has_blanks() {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let shows = ["<img", "<video", "<iframe", "<object", "<svg", "<audio", "<embed"];
    if shows.iter().any(|tag| lower.contains(tag)) {
        return false;
    }
    let is_only_entities = !text.contains('<');
    if is_only_entities && !is_made_of_spaces(&lower) {
        return false;
    }
    super::clean_key(&RichText::sanitize(text).to_plain_text().replace("&nbsp;", " ")).is_empty()
}

/// Whether a text has nothing but white space and the entities of it.
fn is_made_of_spaces(lower: &str) -> bool {
    let entities = ["&nbsp;", "&#160;", "&#xa0;", "&zwnj;", "&ensp;", "&emsp;", "&thinsp;"];
    let rest = entities.iter().fold(lower.to_owned(), |text, entity| text.replace(entity, " "));
    super::clean_key(&rest).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_formulas_are_known_in_the_languages_of_the_program() {
        for text in ["#N/A", "#n/a", "#VALUE!", "#PUUTTUU!", "#SAKNAS!", "#NV", "Err:502"] {
            assert!(is_spreadsheet_error(text), "{text}");
        }
        for text in ["# 1", "#1", "N/A", "#hashtag", "Err:", "Error"] {
            assert!(!is_spreadsheet_error(text), "{text}");
        }
    }

    #[test]
    fn what_an_editor_leaves_is_no_text() {
        for text in [
            "<p><br></p>",
            "<p>&nbsp;</p>",
            "&nbsp;",
            "<p></p>",
            "<div><p> </p></div>",
            "\u{a0}",
            "\u{200b}",
            "\u{feff}",
        ] {
            assert!(is_blank_markup(text) && may_say_nothing(text), "{text:?}");
        }
        for text in ["", "a", "<p>a</p>", "&amp;", "<p><img src=\"a.jpg\"></p>", "5 < 6", "<"] {
            assert!(!is_blank_markup(text), "{text:?}");
        }
    }

    #[test]
    fn words_for_nothing_are_short_and_whole() {
        assert!(PLACEHOLDERS.into_iter().all(|word| is_placeholder(word) && may_say_nothing(word)));
        assert!(["N/A", "None", "NULL", "Undefined", "\\N"].into_iter().all(is_placeholder));
        assert!(!["", "-7", "Nonesuch", "Nautical", "no"].into_iter().any(is_placeholder));
    }
}
