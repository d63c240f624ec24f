//! JSON: an array of objects, an object a line, or a list inside an object, one at a time.
//!
//! A list is never in memory as a whole: its elements are found by counting brackets outside
//! strings, and only then parsed. What stands around the list is read over.
//!
//! A broken element is one rejected row, and reading goes on behind its closing bracket. The stream
//! readers of `struson` and `serde_json` cannot go on after a syntax error. `StreamDeserializer` also
//! reads no elements of a list.

use std::io::{BufRead, BufReader};
use std::str::Utf8Error;

use rikaste_model::words;
use rikaste_model::words::LocalizedText;

use crate::byte_reader::{ByteReader, CHUNK_SIZE};
use crate::cell_problem::CellProblem;
use crate::document_value::DocumentValue;
use crate::path_columns::PathColumns;
use crate::raw_row::{ElementResult, LeafCell};
use crate::read_error::{DEPTH_LIMIT, ReadError};

mod element_scanner;
mod envelope;
mod flat_fast_path;
mod record_location;

use element_scanner::{ElementScanner, is_nested_deeper};
use flat_fast_path::FlatFastPath;
pub(crate) use record_location::{
    RecordContainer, RecordLocation, find_record_list, first_json_record, first_record_at,
};

/// What an element that is a member of an object is called there, as a value of its own.
pub const MEMBER_NAME: &str = "#key";

/// The elements of a JSON file.
pub(crate) struct JsonElements<'a> {
    input: BufReader<ByteReader<'a>>,
    state: ParserState,
    buffer: Vec<u8>,
    number: u32,
    /// Bytes that are behind, for messages.
    offset: u64,
    /// Names of the objects to go into before there are elements.
    path: Vec<String>,
    /// Objects that are open around the elements.
    open_objects: usize,
    /// The name of the element that was read last, where elements are members.
    member: Option<String>,
    fast_path: FlatFastPath,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ParserState {
    Lines,
    /// Objects one after another, over several lines each.
    Sequence,
    /// Before the objects around the elements.
    Outside(RecordContainer),
    /// Before the first or a later member of an object.
    FirstMember,
    FollowingMember,
    /// After the elements, in the objects around them.
    AfterElements,
    /// Before the opening bracket.
    Opening,
    /// After it.
    First,
    /// After an element.
    Following,
    Done,
}

/// What an element comes to at once.
pub(crate) enum ParsedElement<'t> {
    /// Its cells.
    Cells(Vec<LeafCell<'t>>),
    Tree(ElementResult<'t>),
}

/// Whatever stands where an element should, or why it cannot be read.
type ValueResult<'t> = Result<DocumentValue<'t>, CellProblem>;

impl<'a> JsonElements<'a> {
    pub(crate) fn from_lines(reader: ByteReader<'a>) -> Self {
        Self::new(reader, ParserState::Lines)
    }

    pub(crate) fn from_array(reader: ByteReader<'a>) -> Self {
        Self::new(reader, ParserState::Opening)
    }

    /// What lies at a place of a file that starts with an object.
    pub(crate) fn from_location(reader: ByteReader<'a>, place: RecordLocation) -> Self {
        match place {
            RecordLocation::Lines => Self::from_lines(reader),
            RecordLocation::Sequence => Self::new(reader, ParserState::Sequence),
            RecordLocation::Within { path, kind } => {
                Self { path, ..Self::new(reader, ParserState::Outside(kind)) }
            }
        }
    }

    fn new(reader: ByteReader<'a>, state: ParserState) -> Self {
        let input = BufReader::with_capacity(CHUNK_SIZE, reader);
        Self {
            input,
            state,
            buffer: Vec::new(),
            number: 0,
            offset: 0,
            path: Vec::new(),
            open_objects: 0,
            member: None,
            fast_path: FlatFastPath::default(),
        }
    }

    pub(crate) fn bytes_consumed(&self) -> u64 {
        self.input.get_ref().bytes_consumed()
    }

    /// The next element and its number: of an array's elements counted from 1, of lines the line.
    /// Cells are made of it at once where the paths say of which columns.
    pub(crate) fn next_element(
        &mut self,
        paths: Option<&PathColumns>,
    ) -> Result<Option<(u32, ParsedElement<'_>)>, ReadError> {
        if !self.buffer_next()? {
            return Ok(None);
        }
        let member = self.member.take();
        if let Some(paths) = paths.filter(|_| member.is_none())
            && let Ok(text) = std::str::from_utf8(&self.buffer)
            && let Some(leaves) = self.fast_path.parse_leaves(text, paths)
        {
            return Ok(Some((self.number, ParsedElement::Cells(leaves))));
        }
        let object = |value| match value {
            DocumentValue::Object(mut object) => {
                if let Some(name) = member {
                    object.insert(MEMBER_NAME, DocumentValue::from(name));
                }
                Ok(object)
            }
            _ => Err(CellProblem::new("json-object", words!("json-object"))),
        };
        Ok(Some((self.number, ParsedElement::Tree(self.parse_buffer()?.and_then(object)))))
    }

    /// The next element, whatever it is.
    #[cfg(test)]
    pub(crate) fn next_value(&mut self) -> Result<Option<ValueResult<'_>>, ReadError> {
        if !self.buffer_next()? {
            return Ok(None);
        }
        self.parse_buffer().map(Some)
    }

    /// Puts the next element into the buffer; not if there is none.
    fn buffer_next(&mut self) -> Result<bool, ReadError> {
        let found = match self.state {
            ParserState::Lines => self.buffer_line(),
            ParserState::Sequence => self.buffer_sequence_element(),
            _ => self.buffer_array_element(),
        };
        let found = found.map_err(|error| error.with_row(self.number))?;
        if found {
            self.input.get_mut().start_record();
        }
        Ok(found)
    }

    fn parse_buffer(&self) -> Result<ValueResult<'_>, ReadError> {
        let text = std::str::from_utf8(&self.buffer).map_err(|error| self.not_utf8_error(error))?;
        if is_nested_deeper(&self.buffer, DEPTH_LIMIT) {
            let message = words!("json-depth", limit = DEPTH_LIMIT);
            return Ok(Err(CellProblem::new("json-depth", message)));
        }
        match serde_json::from_str(text) {
            Ok(value) => Ok(Ok(value)),
            Err(error) if self.state == ParserState::Lines && error.is_eof() => {
                Err(self.incomplete_line_error())
            }
            Err(error) => Ok(Err(CellProblem::new(
                "json-syntax",
                words!("json-syntax", reason = error.to_string()),
            ))),
        }
    }

    /// A line that ends in the middle of an object: the file's last, or all of a file that has
    /// its object over several lines.
    fn incomplete_line_error(&self) -> ReadError {
        if self.buffer.ends_with(b"\n") {
            return self.not_json_error(words!("json-line-over"));
        }
        ReadError::CutShort { row: self.number }
    }

    fn not_json_error(&self, problem: LocalizedText) -> ReadError {
        ReadError::NotJson { row: self.number.max(1), problem }
    }

    fn not_utf8_error(&self, error: Utf8Error) -> ReadError {
        let valid = error.valid_up_to();
        ReadError::NotUtf8 {
            row: self.number,
            column: None,
            byte: self.offset - (self.buffer.len() - valid) as u64,
            found: self.buffer[valid],
            likely: None,
        }
    }

    /// Puts the next line that is not empty into the buffer.
    fn buffer_line(&mut self) -> Result<bool, ReadError> {
        loop {
            self.buffer.clear();
            self.number = self.number.saturating_add(1);
            let read = self.input.read_until(b'\n', &mut self.buffer)?;
            self.offset += read as u64;
            if read == 0 {
                return Ok(false);
            }
            if !self.buffer.trim_ascii().is_empty() {
                return Ok(true);
            }
            self.input.get_mut().start_record();
        }
    }

    /// Puts the next element of the array into the buffer.
    fn buffer_array_element(&mut self) -> Result<bool, ReadError> {
        loop {
            let next = self.peek_byte()?;
            match (self.state, next) {
                (ParserState::Done, None) => return Ok(false),
                (ParserState::Done, Some(_)) => {
                    return Err(self.not_json_error(words!("json-after-array")));
                }
                (ParserState::Outside(kind), _) => {
                    if self.descend_to_records(kind)? {
                        self.state = ParserState::AfterElements;
                        return Ok(true);
                    }
                }
                (ParserState::AfterElements, _) => {
                    self.skip_to_end()?;
                    self.state = ParserState::Done;
                }
                (ParserState::FirstMember | ParserState::FollowingMember, _) => {
                    if self.buffer_member()? {
                        return Ok(true);
                    }
                }
                (_, None) => return Err(ReadError::CutShort { row: self.number.max(1) }),
                (ParserState::Opening, Some(b'[')) => {
                    self.skip_bytes(1);
                    self.state = ParserState::First;
                }
                (ParserState::First | ParserState::Following, Some(b']')) => {
                    self.skip_bytes(1);
                    self.state = ParserState::AfterElements;
                }
                (ParserState::Following, Some(b',')) => {
                    self.skip_bytes(1);
                    self.peek_byte()?;
                    return self.buffer_element();
                }
                (ParserState::Following, Some(_)) => {
                    return Err(self.not_json_error(words!("json-comma")));
                }
                (ParserState::First, Some(_)) => return self.buffer_element(),
                (ParserState::Opening | ParserState::Lines | ParserState::Sequence, Some(_)) => {
                    return Err(self.not_json_error(words!("json-no-array")));
                }
            }
        }
    }

    fn skip_bytes(&mut self, count: usize) {
        self.input.consume(count);
        self.offset += count as u64;
    }

    /// The next byte that is not white space, left where it is.
    fn peek_byte(&mut self) -> Result<Option<u8>, ReadError> {
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(None);
            }
            let Some(at) =
                available.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
            else {
                let all = available.len();
                self.skip_bytes(all);
                self.input.get_mut().start_record();
                continue;
            };
            let byte = available[at];
            self.skip_bytes(at);
            return Ok(Some(byte));
        }
    }

    /// Puts the next of several objects into the buffer.
    fn buffer_sequence_element(&mut self) -> Result<bool, ReadError> {
        match self.peek_byte()? {
            None => Ok(false),
            Some(b'{') => {
                self.number = self.number.saturating_add(1);
                self.buffer_value()
            }
            Some(_) => Err(self.not_json_error(words!("json-between"))),
        }
    }

    /// Puts an element that starts here into the buffer.
    fn buffer_element(&mut self) -> Result<bool, ReadError> {
        self.number = self.number.saturating_add(1);
        self.state = ParserState::Following;
        self.buffer_value()
    }

    /// Puts whatever starts here into the buffer.
    fn buffer_value(&mut self) -> Result<bool, ReadError> {
        self.buffer.clear();
        let mut scan = ElementScanner::default();
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Err(ReadError::CutShort { row: self.number.max(1) });
            }
            let end = scan.find_end(available);
            let length = end.unwrap_or(available.len());
            self.buffer.extend_from_slice(&available[..length]);
            self.skip_bytes(length);
            if end.is_some() {
                return match self.buffer.is_empty() {
                    true => Err(self.not_json_error(words!("json-no-element"))),
                    false => Ok(true),
                };
            }
        }
    }
}
