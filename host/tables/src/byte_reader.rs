//! The bytes of a file on their way in: decoded to UTF-8, counted, and cut off where a row
//! grows out of all bounds.
//!
//! Whatever reads from an [`ByteReader`] may keep one row in memory, because a row cannot be longer
//! than [`RECORD_LIMIT`]: after each row the reader calls [`ByteReader::start_record`], and when more
//! than the limit goes by without that, reading fails.

use std::io::{self, Read};

use rikaste_model::words;

use crate::charset::{Charset, Detected};
use crate::format::TextEncoding;
use crate::read_error::{RECORD_LIMIT, ReadError};

mod quote_fixes;

pub(crate) use quote_fixes::QuoteFixes;

/// What is read at once.
pub(crate) const CHUNK_SIZE: usize = 64 << 10;

/// How much of a file its charset is detected from, from the first on that is not
/// ASCII.
const DETECTION_WINDOW: usize = 32 << 10;

/// What stands before that letter and belongs to its word.
const CONTEXT_BEFORE: usize = 64;

/// A file's bytes, row by row bounded: UTF-16 and encodings of several bytes a letter as UTF-8, all others
/// as they are. Whether they are
/// well-formed is left to whoever knows rows and columns.
pub(crate) struct ByteReader<'a> {
    source: Box<dyn Read + 'a>,
    /// Bytes that were read ahead to find out what the file is.
    head: Vec<u8>,
    at: usize,
    charset_state: CharsetState,
    quote_fixes: QuoteFixes,
    /// A backslash whose next byte has not come yet.
    held_backslash: bool,
    decoder: Option<StreamDecoder>,
    left_in_record: u64,
    consumed: u64,
}

/// Which letters a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CharsetState {
    /// Whoever reads takes care of it.
    NotDetected,
    /// Only ASCII has come yet.
    Undetermined,
    /// Only signs have come beyond ASCII, which say the same in many.
    SignsOnly(Charset),
    Known(Charset),
}

impl<'a> ByteReader<'a> {
    pub(crate) fn new(source: Box<dyn Read + 'a>, head: Vec<u8>, encoding: TextEncoding) -> Self {
        Self {
            source,
            charset_state: CharsetState::NotDetected,
            quote_fixes: QuoteFixes::default(),
            held_backslash: false,
            at: encoding.bom_length(&head),
            head,
            decoder: StreamDecoder::from_encoding(encoding),
            left_in_record: RECORD_LIMIT,
            consumed: 0,
        }
    }

    /// Finds out which letters it is written in, unless it is known.
    pub(crate) fn with_charset_detection(mut self, known: Option<Charset>) -> Self {
        let marked = match &self.decoder {
            Some(decoder) => Some(Charset::Decoded(decoder.encoding)),
            None => (self.at > 0).then_some(Charset::Utf8),
        };
        let known = marked.or(known);
        self.charset_state = known.map_or(CharsetState::Undetermined, CharsetState::Known);
        self
    }

    /// Puts marks right.
    pub(crate) fn with_quote_fixes(mut self, marks: QuoteFixes) -> Self {
        self.quote_fixes = marks;
        self
    }

    /// What the bytes that were given out so far are written in; nothing while all were ASCII.
    pub(crate) fn charset(&self) -> Option<Charset> {
        match self.charset_state {
            CharsetState::Known(charset) | CharsetState::SignsOnly(charset) => Some(charset),
            CharsetState::NotDetected | CharsetState::Undetermined => None,
        }
    }

    /// A row is complete: the next may be as long again.
    pub(crate) fn start_record(&mut self) {
        self.left_in_record = RECORD_LIMIT;
    }

    /// The bytes of the file that were read so far.
    pub(crate) fn bytes_consumed(&self) -> u64 {
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

    /// Looks at a chunk before it is given out.
    fn update_charset(&mut self, chunk: &[u8]) -> io::Result<()> {
        match self.charset_state {
            CharsetState::Undetermined | CharsetState::SignsOnly(_) => {
                let Some(first) = chunk.iter().position(|byte| !byte.is_ascii()) else {
                    return Ok(());
                };
                let mut window = chunk[first.saturating_sub(CONTEXT_BEFORE)..].to_vec();
                if window.len() < DETECTION_WINDOW {
                    self.read_ahead(DETECTION_WINDOW)?;
                    let more = &self.head[self.at..];
                    window.extend_from_slice(&more[..more.len().min(DETECTION_WINDOW)]);
                }
                self.charset_state = match Charset::detect_in(&window) {
                    Detected::Certain(charset) => CharsetState::Known(charset),
                    Detected::SignsOnly(charset) => CharsetState::SignsOnly(charset),
                    Detected::Uncertain(readings) => {
                        return Err(io::Error::other(ReadError::UncertainEncoding { readings }));
                    }
                };
            }
            CharsetState::Known(charset) => {
                if let Some(refined) = charset.refine_western(chunk) {
                    self.charset_state = CharsetState::Known(refined);
                }
            }
            CharsetState::NotDetected => {}
        }
        Ok(())
    }

    /// Sees to it that so much is at hand, if the file has it.
    fn read_ahead(&mut self, wanted: usize) -> io::Result<()> {
        let at_hand = self.head.len() - self.at;
        if at_hand < wanted {
            self.head.drain(..self.at);
            self.at = 0;
            let missing = (wanted - at_hand) as u64;
            (&mut self.source).take(missing).read_to_end(&mut self.head)?;
        }
        Ok(())
    }

    fn read_utf8(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(mut decoder) = self.decoder.take() else {
            return self.read_source(buffer);
        };
        let written = loop {
            if decoder.finished {
                break Ok(0);
            }
            match decoder.decode_some(self, buffer) {
                Ok(0) => {}
                result => break result,
            }
        };
        self.decoder = Some(decoder);
        written
    }
}

impl ByteReader<'_> {
    /// Reads behind a backslash that was held back, and puts the marks right.
    fn read_fixed(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let held = usize::from(std::mem::take(&mut self.held_backslash) && !buffer.is_empty());
            buffer[..held].fill(b'\\');
            let read = self.read_utf8(&mut buffer[held..])?;
            let all = held + read;
            if read == 0 {
                return Ok(all);
            }
            if !self.quote_fixes.fix_chunk(&mut buffer[..all]) || buffer.len() == 1 {
                return Ok(all);
            }
            self.held_backslash = true;
            if all > 1 {
                return Ok(all - 1);
            }
        }
    }
}

impl Read for ByteReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.read_fixed(buffer)?;
        if buffer[..read].contains(&0) {
            return Err(io::Error::other(ReadError::Foreign {
                what: words!("foreign-binary"),
                advice: words!("advice-text"),
            }));
        }
        self.update_charset(&buffer[..read])?;
        self.left_in_record = match self.left_in_record.checked_sub(read as u64) {
            Some(left) => left,
            None => return Err(io::Error::other(ReadError::TooLong { row: 0 })),
        };
        Ok(read)
    }
}

/// Decodes what is not UTF-8 while it is read.
struct StreamDecoder {
    encoding: &'static encoding_rs::Encoding,
    decoder: encoding_rs::Decoder,
    raw: Box<[u8]>,
    start: usize,
    end: usize,
    finished: bool,
}

impl StreamDecoder {
    fn from_encoding(encoding: TextEncoding) -> Option<Self> {
        let TextEncoding::Decoded(encoding) = encoding else { return None };
        Some(Self {
            encoding,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: vec![0; CHUNK_SIZE].into(),
            start: 0,
            end: 0,
            finished: false,
        })
    }

    /// Decodes some; nothing when the rest of a character is missing yet.
    fn decode_some(&mut self, reader: &mut ByteReader<'_>, buffer: &mut [u8]) -> io::Result<usize> {
        if self.start == self.end {
            self.start = 0;
            self.end = reader.read_source(&mut self.raw)?;
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
                let byte = reader.consumed - (self.end - self.start) as u64;
                return Err(io::Error::other(ReadError::BrokenEncoding {
                    encoding: Charset::Decoded(self.encoding).name(),
                    byte,
                }));
            }
            encoding_rs::DecoderResult::InputEmpty => self.finished = last,
            encoding_rs::DecoderResult::OutputFull => {}
        }
        Ok(written)
    }
}
