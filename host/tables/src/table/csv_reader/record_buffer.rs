//! The bytes of a file from the next record on, as many as are needed to read it.

use std::io::Read;

use crate::byte_reader::{ByteReader, CHUNK_SIZE};
use crate::charset::Charset;
use crate::read_error::ReadError;

/// The most that is read at once.
const MOST_AT_ONCE: usize = 1 << 20;

/// The bytes that follow the records which were read.
pub(super) struct RecordBuffer<'a> {
    reader: ByteReader<'a>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Where `start` is among the bytes of the file, as they are decoded.
    position: u64,
    is_end: bool,
}

impl<'a> RecordBuffer<'a> {
    pub(super) fn new(reader: ByteReader<'a>) -> Self {
        Self { reader, buffer: Vec::new(), start: 0, end: 0, position: 0, is_end: false }
    }

    /// What is at hand.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Whether nothing follows what is at hand.
    pub(super) fn is_end(&self) -> bool {
        self.is_end
    }

    pub(super) fn position(&self) -> u64 {
        self.position
    }

    pub(super) fn charset(&self) -> Option<Charset> {
        self.reader.charset()
    }

    /// The bytes of the file that were read, but for those at hand.
    pub(super) fn bytes_consumed(&self) -> u64 {
        self.reader.bytes_consumed().saturating_sub(self.bytes().len() as u64)
    }

    pub(super) fn skip(&mut self, length: usize) {
        self.start += length;
        self.position += length as u64;
    }

    /// Reads until so much is at hand, or all.
    pub(super) fn fill_to(&mut self, length: usize) -> Result<(), ReadError> {
        while self.bytes().len() < length && !self.is_end {
            self.fill_more()?;
        }
        Ok(())
    }

    /// Reads more, and the more the longer the record is already.
    pub(super) fn fill_more(&mut self) -> Result<(), ReadError> {
        let held = self.end - self.start;
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, held);
        let wanted = held + held.clamp(CHUNK_SIZE, MOST_AT_ONCE);
        if self.buffer.len() < wanted + CHUNK_SIZE {
            self.buffer.resize(wanted + CHUNK_SIZE, 0);
        }
        while self.end < wanted && !self.is_end {
            // Whoever reads records bounds them.
            self.reader.start_record();
            let to = (self.end + CHUNK_SIZE).min(self.buffer.len());
            let read = self.reader.read(&mut self.buffer[self.end..to])?;
            self.end += read;
            self.is_end = read == 0;
        }
        Ok(())
    }
}
