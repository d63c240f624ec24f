//! Documents in the encoding that their declaration names.

use std::io::Read;

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::byte_reader::CHUNK_SIZE;

/// The encoding that the declaration at a document's start names, if it is not UTF-8 (or UTF-16,
/// which is detected from the first bytes).
pub(crate) fn declared_encoding(start: &str) -> Option<&'static Encoding> {
    let declaration = start.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let (_, after) = declaration.split_once("encoding")?;
    let quoted = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = quoted[1..].split(quote).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    let known = encoding == encoding_rs::UTF_8 || encoding.output_encoding() != encoding;
    (!known).then_some(encoding)
}

/// A reader of the document as UTF-8.
pub(crate) fn decode_document(source: impl Read, encoding: &'static Encoding) -> impl Read {
    DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .build_with_buffer(source, vec![0; CHUNK_SIZE])
        .expect("the buffer has room for a character")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_names_the_encoding() {
        let name = |start| declared_encoding(start).map(Encoding::name);
        assert_eq!(name("<?xml version='1.0' encoding='ISO-8859-15'?><a/>"), Some("ISO-8859-15"));
        assert_eq!(name("<?xml version=\"1.0\" encoding = \"latin1\" ?>"), Some("windows-1252"));
        assert_eq!(name("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), None);
        assert_eq!(name("<?xml version=\"1.0\" encoding=\"utf-16\"?>"), None);
        assert_eq!(name("<?xml version=\"1.0\"?>"), None);
        assert_eq!(name("<a encoding='latin1'/>"), None);
        let mut text = String::new();
        let bytes = b"P\xe4\xe4ll\xa4".repeat(50_000);
        let mut decoded = decode_document(&bytes[..], encoding_rs::ISO_8859_15);
        decoded.read_to_string(&mut text).expect("readable");
        assert!(text == "Pääll€".repeat(50_000));
        // With less room than a character needs, and with a character cut by the end.
        let mut decoded = decode_document(&b"\x82\xa0\x82"[..], encoding_rs::SHIFT_JIS);
        let mut bytes = Vec::new();
        let mut room = [0; 2];
        loop {
            match decoded.read(&mut room).expect("readable") {
                0 => break,
                read => bytes.extend_from_slice(&room[..read]),
            }
        }
        assert_eq!(String::from_utf8_lossy(&bytes), "あ\u{fffd}");
    }
}
