//! Lists in a cell: where its parts end.
//!
//! A mapping or preset names what stands between parts, and what escapes it. By convention a bar divides. A
//! comma may be part of a name, so it divides only where whoever asks says so.

use std::borrow::Cow;

/// What stands between the parts of a list.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ListFormat<'f> {
    /// The separator of a mapping. An empty one: the cell is one part.
    pub(crate) separator: Option<&'f str>,
    /// What makes a separator behind it part of a name.
    pub(crate) escape: Option<char>,
}

/// The parts of a list that are not empty. Without a separator, `divides` says whether the commas between
/// two bars are separators, too.
pub(crate) fn split_list<'t>(
    text: &'t str,
    format: ListFormat<'_>,
    divides: impl Fn(&str) -> bool,
) -> Vec<Cow<'t, str>> {
    let parts: Vec<Cow<'t, str>> = match format.separator {
        Some("") => vec![Cow::Borrowed(text)],
        Some(separator) => split_escaped(text, separator, format.escape),
        None => {
            let mut parts = Vec::new();
            for part in text.split('|') {
                match part.contains(',') && divides(part.trim()) {
                    true => parts.extend(split_at_commas(part).map(Cow::Borrowed)),
                    false => parts.push(Cow::Borrowed(part)),
                }
            }
            parts
        }
    };
    parts.into_iter().map(trim_part).filter(|part| !part.is_empty()).collect()
}

/// The parts between separators that no escape stands before.
fn split_escaped<'t>(text: &'t str, separator: &str, escape: Option<char>) -> Vec<Cow<'t, str>> {
    let Some(escape) = escape.filter(|escape| text.contains(*escape)) else {
        return text.split(separator).map(Cow::Borrowed).collect();
    };
    let mut parts: Vec<Cow<'t, str>> = Vec::new();
    let mut is_continued = false;
    for piece in text.split(separator) {
        let ends_escaped = piece.ends_with(escape);
        let kept = if ends_escaped { &piece[..piece.len() - escape.len_utf8()] } else { piece };
        match parts.last_mut().filter(|_| is_continued) {
            Some(last) => last.to_mut().extend([separator, kept]),
            None => parts.push(Cow::Borrowed(kept)),
        }
        is_continued = ends_escaped;
    }
    // The escape of nothing is a character.
    if is_continued && let Some(last) = parts.last_mut() {
        last.to_mut().push(escape);
    }
    parts
}

/// A text whose escaped separators are part of it.
pub(crate) fn unescape_separators(text: &str, format: ListFormat<'_>) -> String {
    match (format.separator, format.escape) {
        (Some(separator), Some(escape)) if !separator.is_empty() => {
            text.replace(&format!("{escape}{separator}"), separator)
        }
        _ => text.to_owned(),
    }
}

/// The parts between commas. Where a space follows one of them, only such are separators: `1,2 m, 3 m`.
pub(crate) fn split_at_commas(text: &str) -> impl Iterator<Item = &str> {
    let spaced = has_spaced_comma(text);
    let mut start = 0;
    let ends = text.match_indices(',').map(|(at, _)| at);
    let ends = ends.filter(move |at| !spaced || is_space_at(text, at + 1));
    ends.chain([text.len()]).map(move |end| {
        let part = &text[start..end];
        start = (end + 1).min(text.len());
        part.trim()
    })
}

/// Whether commas stand as programs write them between codes: without a space, and not as the decimal
/// mark of a number.
pub(crate) fn has_code_commas(text: &str) -> bool {
    let digit = |at: Option<usize>| {
        at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit)
    };
    let commas: Vec<usize> = text.match_indices(',').map(|(at, _)| at).collect();
    let is_decimal = |at: usize| digit(at.checked_sub(1)) && digit(Some(at + 1));
    let is_number = matches!(&commas[..], [only] if is_decimal(*only));
    !is_number && commas.iter().all(|at| !is_space_at(text, at + 1))
}

/// Whether a space follows a comma.
pub(crate) fn has_spaced_comma(text: &str) -> bool {
    text.match_indices(',').any(|(at, _)| is_space_at(text, at + 1))
}

fn is_space_at(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_whitespace)
}

fn trim_part(part: Cow<'_, str>) -> Cow<'_, str> {
    match part {
        Cow::Borrowed(part) => Cow::Borrowed(part.trim()),
        Cow::Owned(part) => Cow::Owned(part.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str, separator: &'static str, escape: Option<char>) -> Vec<String> {
        let format = ListFormat { separator: Some(separator), escape };
        split_list(text, format, |_| false).into_iter().map(Cow::into_owned).collect()
    }

    #[test]
    fn an_escaped_separator_is_part_of_a_name() {
        let escape = Some('\\');
        assert_eq!(split(r"1\,2 m, 1\,5 m, 3 m", ",", escape), ["1,2 m", "1,5 m", "3 m"]);
        assert_eq!(split(r"Toys/Board \/ card games", "/", escape), ["Toys", "Board / card games"]);
        assert_eq!(split(r"Toys\Outdoor", "/", escape), [r"Toys\Outdoor"]);
        assert_eq!(split(r"a,b\", ",", escape), ["a", r"b\"]);
        assert_eq!(split("a, b", "", None), ["a, b"]);
    }

    #[test]
    fn commas_with_a_space_go_before_others() {
        let parts = |text| split_at_commas(text).collect::<Vec<_>>();
        assert_eq!(parts("1,2 m, 1,5 m, 3 m"), ["1,2 m", "1,5 m", "3 m"]);
        assert_eq!(parts("a,b"), ["a", "b"]);
        assert!(has_code_commas("moss,night") && has_code_commas("38,39,40"));
        assert!(!has_code_commas("1,5 m") && !has_code_commas("Gifts, wrapping"));
    }

    proptest! {
        #[test]
        fn a_list_that_was_joined_comes_apart_again(
            names in proptest::collection::vec("[a-z0-9åö/>|=][a-z0-9åö,;/>|= ]{0,8}[a-z0-9]", 1..6),
            separator in prop::sample::select(vec![",", ";", "|", "/", " > "]),
        ) {
            let escaped = names.iter().map(|name| name.replace(separator, &format!("\\{separator}")));
            let cell = escaped.collect::<Vec<_>>().join(separator);
            let format = ListFormat { separator: Some(separator), escape: Some('\\') };
            let parts: Vec<_> = split_list(&cell, format, |_| false).into_iter().collect();
            prop_assert_eq!(parts, names);
        }

        #[test]
        fn no_letter_of_a_cell_is_lost(cell in "[a-c0-9,| ]{0,16}", divides: bool) {
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
            let parts = split_list(&cell, ListFormat::default(), |_| divides).concat();
            prop_assert_eq!(letters(&parts), letters(&cell));
        }
    }
}
