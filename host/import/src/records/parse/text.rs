//! Running text: what may stand in it.

use std::borrow::Cow;

use rikaste_model::value::RichText;

/// A text with one kind of line break and no control characters: they are of no use in a text
/// and forbidden in the formats it is published in.
pub(crate) fn clean_text(text: &str) -> String {
    // Not `any`: without a way out in the middle, many bytes are compared at once.
    let is_control = |byte: u8| (byte < 0x20) & (byte != b'\n') & (byte != b'\t') | (byte == 0x7f);
    if !text.bytes().fold(false, |found, byte| found | is_control(byte)) {
        return text.to_owned();
    }
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    unified.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// A text without white space around it. Most have none, and that is seen without decoding them.
#[inline]
pub(crate) fn trim_text(text: &str) -> &str {
    let is_graphic = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if is_graphic(bytes.first()) && is_graphic(bytes.last()) { text } else { text.trim() }
}

/// A key without what nobody sees in it: a SKU, a GTIN, the name of a location. Spaces of every kind
/// are one space.
pub(crate) fn clean_key(text: &str) -> Cow<'_, str> {
    clean_invisible(text, |_, _| false)
}

/// A name of an option or a category without what nobody sees in it. What joins characters of a script or
/// an emoji stays between them.
pub(crate) fn clean_name(text: &str) -> Cow<'_, str> {
    let is_joined = |before: Option<char>, after: Option<char>| {
        let joins = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !is_invisible(c));
        joins(before) && joins(after)
    };
    clean_invisible(text, is_joined)
}

fn clean_invisible(
    text: &str,
    is_joined: impl Fn(Option<char>, Option<char>) -> bool,
) -> Cow<'_, str> {
    let is_odd = |c: char| is_invisible(c) || c.is_whitespace() && c != ' ';
    if text.is_ascii() || !text.contains(is_odd) {
        return Cow::Borrowed(trim_text(text));
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_joiner = matches!(c, '\u{200c}' | '\u{200d}');
        if is_joiner && is_joined(clean.chars().next_back(), chars.peek().copied()) {
            clean.push(c);
        } else if c.is_whitespace() {
            clean.push(' ');
        } else if !is_invisible(c) {
            clean.push(c);
        }
    }
    Cow::Owned(clean.trim().to_owned())
}

/// Marks of no width: zero-width spaces and joiners, marks of direction, soft hyphens, byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// A cell without what keeps a spreadsheet from calculating it: `'-40` and `="00123"`.
///
/// Exports write the apostrophe before `=`, `+`, `-` and `@`
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
#[inline]
pub(crate) fn strip_guard(text: &str) -> &str {
    match text.as_bytes() {
        [b'\'', b'=' | b'+' | b'-' | b'@', ..] => &text[1..],
        [b'=', b'"', inner @ .., b'"'] if !inner.contains(&b'"') => &text[2..text.len() - 1],
        _ => text,
    }
}

/// Turns a written `\n` into a line break, `\t` into a tab and `\\` into a backslash.
pub(crate) fn unescape_text(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => {}
            Some('t') => out.push('\t'),
            Some('\\') => out.push('\\'),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    Cow::Owned(out)
}

/// What a text was before it was saved as UTF-8 and read as Windows-1252, if that has happened to
/// it: `PÃ¤Ã¤llystakki` → `Päällystakki`.
pub(crate) fn repair_mojibake(text: &str) -> Option<String> {
    // `Ã`, `Â` and `â` begin with the same byte.
    let bytes = text.as_bytes();
    let is_sign = |at: usize| matches!(bytes.get(at + 1), Some(0x82 | 0x83 | 0xa2));
    if !memchr::memchr_iter(0xc3, bytes).any(is_sign) {
        return None;
    }
    let decoded = String::from_utf8(rikaste_tables::encode_western(text)?).ok()?;
    (decoded != text).then_some(decoded)
}

/// A name without the entities of HTML that programs leave in it: `Tops &amp; T-shirts`.
pub(crate) fn decode_entities(name: &str) -> Cow<'_, str> {
    let has_entity = name.contains('&') && name.contains(';') && !name.contains('<');
    match has_entity {
        true => Cow::Owned(RichText::sanitize(name).to_plain_text()),
        false => Cow::Borrowed(name),
    }
}

/// A code made of a name: `Office Furniture` → `office-furniture`.
pub(crate) fn to_slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cleaned_and_otherwise_left_alone() {
        assert_eq!(clean_text("a\r\nb\rc\u{7}d\te"), "a\nb\ncd\te");
        assert_eq!(clean_text("5 < 6 & \"7\""), "5 < 6 & \"7\"");
        assert_eq!(unescape_text(r"a\n\nb \\ \x \"), "a\n\nb \\ \\x \\");
        assert_eq!(repair_mojibake("PÃ¤Ã¤llystakki â‚¬").as_deref(), Some("Päällystakki €"));
        assert_eq!(repair_mojibake("Château à l'âge de l'Ã"), None);
        assert_eq!(to_slug("Default Category/Men/Bottoms"), "default-category-men-bottoms");
        assert_eq!(to_slug("  Kengät & Lapset!"), "kengät-lapset");
    }

    #[test]
    fn keys_lose_what_nobody_sees() {
        for (text, key) in [
            ("\u{feff}A-1\u{a0}", "A-1"),
            ("A\u{200b}-\u{ad}1", "A-1"),
            ("\u{202d}6410000000010\u{202c}", "6410000000010"),
            ("A\u{a0}1", "A 1"),
            ("\u{200d}", ""),
            ("Ä-1", "Ä-1"),
        ] {
            assert_eq!(clean_key(text), key, "{text:?}");
        }
        let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}";
        assert_eq!(clean_name(&format!("{family}\u{200d}")), family);
        assert_eq!(clean_name("blue\u{200b}"), "blue");
    }

    #[test]
    fn guards_of_spreadsheets_are_no_part_of_a_cell() {
        for (cell, text) in [
            ("'-40 °C", "-40 °C"),
            ("'=) smiling", "=) smiling"),
            ("'@home", "@home"),
            ("'t Hoogt", "'t Hoogt"),
            ("'Quoted' print", "'Quoted' print"),
            ("=\"00123\"", "00123"),
            ("=\"a\"&\"b\"", "=\"a\"&\"b\""),
            ("=\"", "=\""),
            ("-7", "-7"),
        ] {
            assert_eq!(strip_guard(cell), text);
        }
    }
}
