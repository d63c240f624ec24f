//! Elements of a format that the caller decodes, such as a plugin does.

use std::collections::VecDeque;
use std::io::Read;

use rikaste_model::diagnostic::{Diagnostic, Severity};
use smol_str::SmolStr;

use crate::byte_reader::CHUNK_SIZE;
use crate::raw_row::{LeafContent, RawRow};
use crate::read_error::ReadError;

/// Decodes the next bytes of a file. `None` says that there are no more; it is called with that
/// until it answers with nothing.
pub type ChunkDecoder<'a> =
    Box<dyn FnMut(Option<&[u8]>) -> Result<Vec<DecodedItem>, DecoderError> + 'a>;

/// What a decoder found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodedItem {
    /// A product, price or review.
    Element(DecodedElement),
    /// A message. An error with a row is an element that was refused.
    Diagnostic(Diagnostic),
}

/// What a row is to a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodedElement {
    /// The number by which a person finds it.
    pub row: u32,
    /// Its contents by path.
    pub leaves: Vec<(String, LeafContent<'static>)>,
}

/// Why a decoder gave up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecoderError {
    /// The decoder's name.
    pub decoder: SmolStr,
    /// Its version.
    pub version: SmolStr,
    /// How many elements it gave before.
    pub elements: u64,
    /// The row of the last of them; 0 when there was none.
    pub row: u32,
    /// What it did, or says.
    pub reason: String,
}

/// The elements of a file that the caller decodes.
pub struct DecodedElements<'a> {
    source: Box<dyn Read + 'a>,
    decoder: ChunkDecoder<'a>,
    chunk: Vec<u8>,
    /// Whether `chunk` holds the beginning of the file, which was read to find out what it is.
    is_head_ready: bool,
    waiting: VecDeque<DecodedItem>,
    consumed: u64,
    is_finished: bool,
}

impl<'a> DecodedElements<'a> {
    /// A file whose beginning was read already.
    pub(crate) fn new(
        source: Box<dyn Read + 'a>,
        head: Vec<u8>,
        decoder: ChunkDecoder<'a>,
    ) -> Self {
        Self {
            source,
            decoder,
            chunk: head,
            is_head_ready: true,
            waiting: VecDeque::new(),
            consumed: 0,
            is_finished: false,
        }
    }

    pub(crate) fn bytes_consumed(&self) -> u64 {
        self.consumed
    }

    pub(crate) fn next_row(&mut self) -> Result<Option<RawRow<'static>>, ReadError> {
        while self.waiting.is_empty() && !self.is_finished {
            self.decode_chunk()?;
        }
        Ok(self.waiting.pop_front().map(|found| match found {
            DecodedItem::Element(DecodedElement { row, leaves }) => {
                RawRow::Decoded { number: row, leaves }
            }
            DecodedItem::Diagnostic(message)
                if message.severity == Severity::Error && message.place.row.is_some() =>
            {
                RawRow::Refused(message)
            }
            DecodedItem::Diagnostic(message) => RawRow::Diagnostic(message),
        }))
    }

    fn decode_chunk(&mut self) -> Result<(), ReadError> {
        if !std::mem::take(&mut self.is_head_ready) {
            self.chunk.clear();
            self.source.by_ref().take(CHUNK_SIZE as u64).read_to_end(&mut self.chunk)?;
        }
        self.consumed += self.chunk.len() as u64;
        let found = if self.chunk.is_empty() {
            let rest = (self.decoder)(None)?;
            self.is_finished = rest.is_empty();
            rest
        } else {
            (self.decoder)(Some(&self.chunk))?
        };
        self.waiting.extend(found);
        Ok(())
    }
}
