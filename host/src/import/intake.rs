//! The bytes of a file on their way in: decoded to UTF-8, counted, and cut off where a row
//! grows out of all bounds.
//!
//! Whatever reads from an [`Intake`] may keep one row in memory, because a row cannot be longer
//! than [`RECORD_LIMIT`]: after each row the reader calls [`Intake::next_record`], and when more
//! than the limit goes by without that, reading fails.

use std::io::{self, Read};

use rikaste_catalog::words;

use super::format::Encoding;
use super::unreadable::{RECORD_LIMIT, Unreadable};

/// What is read at once.
pub(super) const CHUNK: usize = 64 << 10;

/// What follows the last byte of a CSV file: a row of its own, unless the file ends inside
/// quotation marks, which swallow it. No file contains it, because it contains a NUL.
pub(super) const END_MARK: &str = "\0end";

/// A file's bytes as UTF-8, row by row bounded. Whether they are well-formed UTF-8 is left to
/// whoever knows rows and columns.
pub(super) struct Intake<'a> {
    source: Box<dyn Read + 'a>,
    /// Bytes that were read to find out what the file is.
    head: Vec<u8>,
    at: usize,
    utf16: Option<Utf16>,
    left_in_record: u64,
    consumed: u64,
    tail: &'static [u8],
}

impl<'a> Intake<'a> {
    pub(super) fn new(source: Box<dyn Read + 'a>, head: Vec<u8>, encoding: Encoding) -> Self {
        Self {
            source,
            at: encoding.mark_length(&head),
            head,
            utf16: Utf16::of(encoding),
            left_in_record: RECORD_LIMIT,
            consumed: 0,
            tail: b"",
        }
    }

    /// Lets [`END_MARK`] follow the file.
    pub(super) fn with_end_mark(mut self) -> Self {
        self.tail = b"\n\0end";
        self
    }

    /// A row is complete: the next may be as long again.
    pub(super) fn next_record(&mut self) {
        self.left_in_record = RECORD_LIMIT;
    }

    /// The bytes of the file that were taken so far.
    pub(super) fn consumed(&self) -> u64 {
        self.consumed
    }

    fn read_source(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = if self.at < self.head.len() {
            let read = (&self.head[self.at..]).read(buffer)?;
            self.at += read;
            read
        } else {
            self.source.read(buffer)?
        };
        self.consumed += read as u64;
        Ok(read)
    }

    fn read_utf8(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(mut utf16) = self.utf16.take() else {
            return self.read_source(buffer);
        };
        let written = loop {
            if utf16.finished {
                break Ok(0);
            }
            match utf16.step(self, buffer) {
                Ok(0) => {}
                result => break result,
            }
        };
        self.utf16 = Some(utf16);
        written
    }
}

impl Read for Intake<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.read_utf8(buffer)?;
        if read == 0 {
            return self.tail.read(buffer);
        }
        if buffer[..read].contains(&0) {
            return Err(io::Error::other(Unreadable::Foreign {
                what: words!("foreign-binary"),
                advice: words!("advice-text"),
            }));
        }
        self.left_in_record = match self.left_in_record.checked_sub(read as u64) {
            Some(left) => left,
            None => return Err(io::Error::other(Unreadable::TooLong { row: 0 })),
        };
        Ok(read)
    }
}

struct Utf16 {
    decoder: encoding_rs::Decoder,
    raw: Box<[u8]>,
    start: usize,
    end: usize,
    finished: bool,
}

impl Utf16 {
    fn of(encoding: Encoding) -> Option<Self> {
        let encoding = match encoding {
            Encoding::Utf8 => return None,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
        };
        Some(Self {
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: vec![0; CHUNK].into(),
            start: 0,
            end: 0,
            finished: false,
        })
    }

    /// Decodes some; nothing when the rest of a character is missing yet.
    fn step(&mut self, intake: &mut Intake<'_>, buffer: &mut [u8]) -> io::Result<usize> {
        if self.start == self.end {
            self.start = 0;
            self.end = intake.read_source(&mut self.raw)?;
        }
        let last = self.end == 0;
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
            &self.raw[self.start..self.end],
            buffer,
            last,
        );
        self.start += read;
        match result {
            encoding_rs::DecoderResult::Malformed(..) => {
                return Err(io::Error::other(Unreadable::BrokenUtf16 { byte: intake.consumed }));
            }
            encoding_rs::DecoderResult::InputEmpty => self.finished = last,
            encoding_rs::DecoderResult::OutputFull => {}
        }
        Ok(written)
    }
}
