//! Checks on text from a guest, and cutting it to size.

/// The text up to at most so many bytes, at a character's end.
#[must_use]
pub fn truncate_text(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// What a guest says to people, at most so many bytes of it. Terminals, logs and pages show it, so it
/// has no characters that steer them: no control characters but tab and line feed, and none that turn
/// the direction of what comes after.
#[must_use]
pub fn sanitize_message(text: &str, bytes: usize) -> String {
    let steers = |c: char| {
        (c.is_control() && !matches!(c, '\t' | '\n'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    truncate_text(text, bytes).replace(steers, "\u{fffd}")
}

/// The first character that no feed can carry: control characters other than tab and line breaks
/// are not allowed in XML 1.0 at all, not even escaped.
#[must_use]
pub fn find_unprintable(text: &str) -> Option<char> {
    let wrong = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    // Few texts have any, and a loop that does not stop at the first looks at many bytes at a time.
    if !text.bytes().fold(false, |found, byte| found | wrong(byte)) {
        return None;
    }
    text.bytes().find(|byte| wrong(*byte)).map(char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_keeps_characters_whole() {
        assert_eq!(truncate_text("päivä", 2), "p");
        assert_eq!(truncate_text("päivä", 3), "pä");
        assert_eq!(truncate_text("p", 10), "p");
    }

    #[test]
    fn words_do_not_steer_a_terminal() {
        assert_eq!(sanitize_message("a\tb\nc", 9), "a\tb\nc");
        assert_eq!(
            sanitize_message("\x1b[2J\r\u{9b}\u{202e}ä", 99),
            "\u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}ä"
        );
        assert_eq!(sanitize_message("abc", 2), "ab");
    }

    #[test]
    fn control_characters_are_found() {
        assert_eq!(find_unprintable("a\tb\r\nc ä"), None);
        assert_eq!(find_unprintable("a\u{1}"), Some('\u{1}'));
    }
}
