//! What a file is, told from its first bytes.

use rikaste_catalog::words;

use super::unreadable::Unreadable;

/// How a file's characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

/// How a file's rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Csv { delimiter: u8 },
    JsonLines,
    JsonArray,
    Xml,
}

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

impl Encoding {
    /// Tells the encoding from the byte order mark. Without one it is UTF-8, or fails as such.
    pub(super) fn of(head: &[u8]) -> Self {
        match head {
            [0xff, 0xfe, ..] => Self::Utf16Le,
            [0xfe, 0xff, ..] => Self::Utf16Be,
            _ => Self::Utf8,
        }
    }

    /// How many bytes the byte order mark has.
    pub(super) fn mark_length(self, head: &[u8]) -> usize {
        match self {
            Self::Utf8 if head.starts_with(UTF8_MARK) => 3,
            Self::Utf8 => 0,
            Self::Utf16Le | Self::Utf16Be => 2,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
        }
    }
}

impl Format {
    /// Tells the format from the first characters of a text; its name helps where they do not.
    pub(super) fn of(
        text: &[u8],
        file_name: &str,
        delimiter: Option<u8>,
    ) -> Result<Self, Unreadable> {
        let start = text.trim_ascii_start();
        let named_json = [".json", ".jsonl", ".ndjson"]
            .iter()
            .any(|end| file_name.to_ascii_lowercase().ends_with(end));
        match start.first() {
            None => Err(Unreadable::Empty),
            Some(b'[') => Ok(Self::JsonArray),
            Some(b'{') => Ok(Self::JsonLines),
            Some(b'<') => Ok(Self::Xml),
            Some(_) if named_json => {
                Err(Unreadable::NotJson { row: 1, problem: words!("json-start") })
            }
            Some(_) => {
                Ok(Self::Csv { delimiter: delimiter.unwrap_or_else(|| likely_delimiter(text)) })
            }
        }
    }

    /// How it is called on a receipt.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Csv { delimiter: b',' } => "CSV, comma",
            Self::Csv { delimiter: b';' } => "CSV, semicolon",
            Self::Csv { delimiter: b'\t' } => "CSV, tab",
            Self::Csv { delimiter: b'|' } => "CSV, bar",
            Self::Csv { .. } => "CSV",
            Self::JsonLines => "JSON Lines",
            Self::JsonArray => "JSON array",
            Self::Xml => "XML",
        }
    }
}

/// The candidate that stands most often in the header row, outside quotation marks.
fn likely_delimiter(text: &[u8]) -> u8 {
    const CANDIDATES: [u8; 4] = *b",;\t|";
    let mut counts = [0_u32; CANDIDATES.len()];
    let mut quoted = false;
    for byte in text.trim_ascii_start() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                if let Some(i) = CANDIDATES.iter().position(|c| c == byte) {
                    counts[i] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let first = counts.iter().position(|count| *count == most).unwrap_or(0);
    CANDIDATES[first]
}

/// Refuses what is known not to be a table of text.
pub(super) fn refuse_foreign(head: &[u8]) -> Result<(), Unreadable> {
    let is = |start: &[u8]| head.starts_with(start);
    let text = head.strip_prefix(UTF8_MARK).unwrap_or(head).trim_ascii_start();
    let markup =
        |name: &[u8]| text.len() >= name.len() && text[..name.len()].eq_ignore_ascii_case(name);
    let (what, advice) = if is(b"PK\x03\x04") {
        if contains(head, b"xl/") || contains(head, b"[Content_Types].xml") {
            (words!("foreign-xlsx"), words!("advice-save"))
        } else if contains(head, b"opendocument.spreadsheet") {
            (words!("foreign-ods"), words!("advice-save"))
        } else {
            (words!("foreign-zip"), words!("advice-unpack-zip"))
        }
    } else if is(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        (words!("foreign-xls"), words!("advice-save"))
    } else if is(b"%PDF") {
        (words!("foreign-pdf"), words!("advice-export"))
    } else if is(b"\x89PNG")
        || is(b"\xff\xd8\xff")
        || is(b"GIF8")
        || is(b"RIFF")
        || is(b"II*\0")
        || is(b"MM\0*")
    {
        (words!("foreign-picture"), words!("advice-photo"))
    } else if is(b"\x1f\x8b") || is(b"BZh") || is(b"\x28\xb5\x2f\xfd") || is(b"7z\xbc\xaf") {
        (words!("foreign-compressed"), words!("advice-unpack"))
    } else if is(b"\xff\xfe\0\0") || is(b"\0\0\xfe\xff") {
        (words!("foreign-utf32"), words!("advice-utf8"))
    } else if markup(b"<!doctype html") || markup(b"<html") {
        (words!("foreign-page"), words!("advice-login"))
    } else if Encoding::of(head) == Encoding::Utf8 && head.contains(&0) {
        if looks_utf16(head) {
            (words!("foreign-utf16"), words!("advice-utf8"))
        } else {
            (words!("foreign-binary"), words!("advice-text"))
        }
    } else {
        return Ok(());
    };
    Err(Unreadable::Foreign { what, advice })
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Whether every other byte of the beginning is NUL, as in UTF-16 with Latin letters.
fn looks_utf16(head: &[u8]) -> bool {
    let start = &head[..head.len().min(200)];
    let zeros = |skip: usize| start.iter().skip(skip).step_by(2).filter(|byte| **byte == 0).count();
    let half = start.len() / 2;
    zeros(0).max(zeros(1)) > half * 8 / 10 && zeros(0).min(zeros(1)) < half / 10 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_what_stands_most_often_in_the_header() {
        for (header, delimiter) in [
            ("sku,name\n1;2;3;4\n", b','),
            ("sku;\"name, in Finnish, as sold\";price\n", b';'),
            ("sku\tname\n", b'\t'),
            ("\u{feff}sku|name\n", b'|'),
            ("sku\n", b','),
        ] {
            assert_eq!(likely_delimiter(header.as_bytes()), delimiter, "{header}");
        }
    }

    #[test]
    fn foreign_formats_are_named() {
        let what = |head: &[u8]| refuse_foreign(head).expect_err("refused").to_string();
        let workbook = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0b\xee\x9dh^\x01\0\0\x90\x04\0\0\x13\0\x08\x02[Content_Types].xml";
        expect_test::expect![[r#"the file is an Excel workbook (.xlsx); open it and save it as CSV (in Excel: "CSV UTF-8"), then drop that"#]]
            .assert_eq(&what(workbook));
        expect_test::expect!["the file is a picture; photos go into inbox/images"]
            .assert_eq(&what(b"\xff\xd8\xff\xe0"));
        expect_test::expect!["the file is a web page; most likely a login page was saved in place of the export; export it again"]
            .assert_eq(&what(b"\n<!DOCTYPE HTML><title>Sign in</title>"));
        expect_test::expect![
            "the file is UTF-16 text without a byte order mark; save it as UTF-8 and drop it again"
        ]
        .assert_eq(&what(b"s\0k\0u\0;\0n\0a\0m\0e\0"));
        expect_test::expect!["the file is binary: it contains NUL bytes; save it as CSV or JSON in UTF-8 and drop it again"]
            .assert_eq(&what(b"sku;na\0me"));
        assert!(refuse_foreign(b"sku;name\n").is_ok());
    }
}
