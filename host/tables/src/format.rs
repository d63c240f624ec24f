//! The format of a file, detected from its first bytes.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use rikaste_model::words;

use crate::read_error::ReadError;

/// How a file's characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextEncoding {
    Utf8,
    /// Another, decoded while it is read.
    Decoded(&'static Encoding),
}

/// How a file's rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileFormat {
    Csv,
    JsonLines,
    JsonArray,
    Xml,
}

const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

impl TextEncoding {
    /// Tells the encoding from the byte order mark, or from the NUL in every Latin letter of UTF-16.
    /// What is left is ASCII and more: UTF-8, or what a [`Charset`](crate::charset::Charset) tells.
    pub(crate) fn detect_in(head: &[u8]) -> Self {
        match head {
            [0xff, 0xfe, ..] => Self::Decoded(UTF_16LE),
            [0xfe, 0xff, ..] => Self::Decoded(UTF_16BE),
            _ => detect_utf16_without_bom(head).unwrap_or(Self::Utf8),
        }
    }

    /// How many bytes the byte order mark has.
    pub(crate) fn bom_length(self, head: &[u8]) -> usize {
        match self {
            Self::Utf8 if head.starts_with(UTF8_BOM) => 3,
            Self::Utf8 => 0,
            Self::Decoded(encoding) => match head {
                [0xff, 0xfe, ..] | [0xfe, 0xff, ..] if is_utf16(encoding) => 2,
                _ => 0,
            },
        }
    }

    /// The first bytes as text, or as bytes of which all that matters is ASCII; without the byte order
    /// mark.
    pub(crate) fn decode_head(self, head: &[u8]) -> Cow<'_, [u8]> {
        let bytes = &head[self.bom_length(head)..];
        match self {
            Self::Utf8 => Cow::Borrowed(bytes),
            Self::Decoded(encoding) => {
                Cow::Owned(encoding.decode_without_bom_handling(bytes).0.into_owned().into_bytes())
            }
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Decoded(encoding) if is_utf16(encoding) => "UTF-16",
            Self::Decoded(encoding) => encoding.name(),
        }
    }
}

impl FileFormat {
    /// Tells the format from the first characters of a text; its name helps where they do not.
    pub(crate) fn detect_in(text: &[u8], file_name: &str) -> Result<Self, ReadError> {
        let start = text.trim_ascii_start();
        let named_json = [".json", ".jsonl", ".ndjson"]
            .iter()
            .any(|end| file_name.to_ascii_lowercase().ends_with(end));
        match start.first() {
            None => Err(ReadError::Empty),
            Some(b'[') => Ok(Self::JsonArray),
            Some(b'{') => Ok(Self::JsonLines),
            Some(b'<') => Ok(Self::Xml),
            Some(_) if named_json => {
                Err(ReadError::NotJson { row: 1, problem: words!("json-start") })
            }
            Some(_) => Ok(Self::Csv),
        }
    }

    /// How it is called on a receipt.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::JsonLines => "JSON Lines",
            Self::JsonArray => "JSON array",
            Self::Xml => "XML",
        }
    }
}

/// Refuses what is known not to be a table of text.
pub(crate) fn refuse_foreign(head: &[u8]) -> Result<(), ReadError> {
    let is = |start: &[u8]| head.starts_with(start);
    let text = head.strip_prefix(UTF8_BOM).unwrap_or(head).trim_ascii_start();
    let markup =
        |name: &[u8]| text.len() >= name.len() && text[..name.len()].eq_ignore_ascii_case(name);
    let (what, advice) = if is(b"PK\x03\x04") {
        (words!("foreign-zip"), words!("advice-unpack-zip"))
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
    } else if TextEncoding::detect_in(head) == TextEncoding::Utf8 && head.contains(&0) {
        (words!("foreign-binary"), words!("advice-text"))
    } else {
        return Ok(());
    };
    Err(ReadError::Foreign { what, advice })
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// UTF-16 whose every other byte is NUL at the beginning, as Latin letters have it.
fn detect_utf16_without_bom(head: &[u8]) -> Option<TextEncoding> {
    let start = &head[..head.len().min(200)];
    let zeros = |skip: usize| start.iter().skip(skip).step_by(2).filter(|byte| **byte == 0).count();
    let (high, low, half) = (zeros(0), zeros(1), start.len() / 2);
    if half < 2 || high.max(low) * 10 <= half * 8 || high.min(low) > half / 10 {
        return None;
    }
    Some(TextEncoding::Decoded(if low > high { UTF_16LE } else { UTF_16BE }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_formats_are_named() {
        let what = |head: &[u8]| refuse_foreign(head).expect_err("refused").to_string();
        expect_test::expect!["the file is a ZIP archive; unpack it and drop the files in it"]
            .assert_eq(&what(b"PK\x03\x04\x14\0\x06\0\x08\0"));
        expect_test::expect!["the file is a picture; photos go into inbox/images"]
            .assert_eq(&what(b"\xff\xd8\xff\xe0"));
        expect_test::expect!["the file is a web page; most likely a login page was saved in place of the export; export it again"]
            .assert_eq(&what(b"\n<!DOCTYPE HTML><title>Sign in</title>"));
        assert_eq!(
            TextEncoding::detect_in(b"s\0k\0u\0;\0n\0a\0m\0e\0"),
            TextEncoding::Decoded(UTF_16LE)
        );
        assert_eq!(
            TextEncoding::detect_in(b"\0s\0k\0u\0;\0n\0\xe4\0m\0e"),
            TextEncoding::Decoded(UTF_16BE)
        );
        expect_test::expect!["the file is binary: it contains NUL bytes; save it as CSV or JSON in UTF-8 and drop it again"]
            .assert_eq(&what(b"sku;na\0me"));
        assert!(refuse_foreign(b"sku;name\n").is_ok());
    }
}
