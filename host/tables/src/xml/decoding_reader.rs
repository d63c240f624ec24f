//! Documents in the encoding that their declaration names.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

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

/// A document's bytes as UTF-8.
pub(crate) struct DecodingReader<R> {
    source: R,
    decoder: Decoder,
    raw: Box<[u8]>,
    start: usize,
    end: usize,
    finished: bool,
    /// A character that had no room.
    left: Vec<u8>,
}

impl<R: Read> DecodingReader<R> {
    pub(crate) fn new(source: R, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: vec![0; CHUNK_SIZE].into(),
            start: 0,
            end: 0,
            finished: false,
            left: Vec::new(),
        }
    }
}

impl<R: Read> Read for DecodingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        /// What any character has room in.
        const ROOM: usize = 16;
        if self.left.is_empty() && buffer.len() < ROOM && !buffer.is_empty() {
            let mut room = [0; ROOM];
            let written = self.decode_some(&mut room)?;
            self.left.extend_from_slice(&room[..written]);
        }
        if self.left.is_empty() {
            return self.decode_some(buffer);
        }
        let read = self.left.as_slice().read(buffer)?;
        self.left.drain(..read);
        Ok(read)
    }
}

impl<R: Read> DecodingReader<R> {
    fn decode_some(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.finished {
            if self.start == self.end {
                (self.start, self.end) = (0, self.source.read(&mut self.raw)?);
            }
            let last = self.end == 0;
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(&self.raw[self.start..self.end], buffer, last);
            self.start += read;
            self.finished = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
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
        let mut decoded = DecodingReader::new(&bytes[..], encoding_rs::ISO_8859_15);
        decoded.read_to_string(&mut text).expect("readable");
        assert!(text == "Pääll€".repeat(50_000));
    }
}
