//! Running text: what may stand in it.

use std::borrow::Cow;

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
    if text.is_ascii() || !text.contains(['Ã', 'Â', 'â']) {
        return None;
    }
    let decoded = String::from_utf8(rikaste_tables::encode_western(text)?).ok()?;
    (decoded != text).then_some(decoded)
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
}
