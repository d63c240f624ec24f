//! Descent: into the objects around the elements, and out of them again.

use std::io::{self, BufRead, Read};

use rikaste_model::words;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{JsonElements, ParserState, RecordContainer};
use crate::read_error::ReadError;

impl JsonElements<'_> {
    /// Goes to where the elements are. Gives whether one of them is in the buffer already.
    pub(crate) fn descend_to_records(&mut self, kind: RecordContainer) -> Result<bool, ReadError> {
        for at in 0..self.path.len() {
            if self.peek_byte()? != Some(b'{') {
                return Err(self.no_records_error(at));
            }
            self.skip_bytes(1);
            self.open_objects += 1;
            if !self.seek_member(at)? {
                return Err(self.no_records_error(at));
            }
        }
        match (self.peek_byte()?, kind) {
            (Some(b'['), _) => {
                self.skip_bytes(1);
                self.state = ParserState::First;
                Ok(false)
            }
            (Some(b'{'), RecordContainer::Members) => {
                self.skip_bytes(1);
                self.state = ParserState::FirstMember;
                Ok(false)
            }
            (Some(b'{'), _) => self.buffer_element(),
            (None, _) => Err(ReadError::CutShort { row: 1 }),
            (Some(_), _) => Err(self.no_records_error(self.path.len())),
        }
    }

    fn no_records_error(&self, at: usize) -> ReadError {
        ReadError::NoRecords {
            records: self.path.join("."),
            missing: self.path.get(at).or(self.path.last()).cloned().unwrap_or_default(),
        }
    }

    /// Goes to the value of the member that the path names; not if the object has none.
    fn seek_member(&mut self, at: usize) -> Result<bool, ReadError> {
        let mut first = true;
        while let Some(name) = self.read_member_name(first)? {
            if name == self.path[at] {
                return Ok(true);
            }
            self.skip_value()?;
            first = false;
        }
        Ok(false)
    }

    /// Puts the next member's value into the buffer.
    pub(crate) fn buffer_member(&mut self) -> Result<bool, ReadError> {
        let Some(name) = self.read_member_name(self.state == ParserState::FirstMember)? else {
            self.state = ParserState::AfterElements;
            return Ok(false);
        };
        self.peek_byte()?;
        self.number = self.number.saturating_add(1);
        self.buffer_value()?;
        self.state = ParserState::FollowingMember;
        self.member = Some(name);
        Ok(true)
    }

    /// Reads over what follows the elements, to the end of the objects around them.
    pub(crate) fn skip_to_end(&mut self) -> Result<(), ReadError> {
        while self.open_objects > 0 {
            while self.read_member_name(false)?.is_some() {
                self.skip_value()?;
            }
            self.open_objects -= 1;
        }
        Ok(())
    }

    /// The next member's name, which is read with its colon; nothing at the object's end.
    fn read_member_name(&mut self, first: bool) -> Result<Option<String>, ReadError> {
        match self.peek_byte()? {
            None => return Err(self.truncated_error()),
            Some(b'}') => {
                self.skip_bytes(1);
                return Ok(None);
            }
            Some(b',') if !first => {
                self.skip_bytes(1);
                self.peek_byte()?;
            }
            Some(_) if !first => {
                return Err(self.not_json_error(words!("json-comma")));
            }
            Some(_) => {}
        }
        if self.peek_byte()? != Some(b'"') {
            return Err(self.not_json_error(words!("json-name")));
        }
        self.buffer_value()?;
        self.input.get_mut().start_record();
        let name = serde_json::from_slice(&self.buffer).map_err(|error| {
            self.not_json_error(words!("json-syntax", reason = error.to_string()))
        })?;
        match self.peek_byte()? {
            Some(b':') => self.skip_bytes(1),
            None => return Err(self.truncated_error()),
            Some(_) => return Err(self.not_json_error(words!("json-colon"))),
        }
        Ok(Some(name))
    }

    /// Reads over a value, however long, without keeping it.
    fn skip_value(&mut self) -> Result<(), ReadError> {
        if let Some(b'{' | b'[' | b'"') = self.peek_byte()? {
            let passed = {
                let mut parser = serde_json::Deserializer::from_reader(SkippedValue(self));
                IgnoredAny::deserialize(&mut parser)
            };
            return passed.map(|_| ()).map_err(|error| match error.classify() {
                serde_json::error::Category::Eof => self.truncated_error(),
                serde_json::error::Category::Io => io::Error::from(error).into(),
                _ => self.not_json_error(words!("json-syntax", reason = error.to_string())),
            });
        }
        // A number is only over when something else follows.
        self.buffer_value()?;
        self.input.get_mut().start_record();
        match serde_json::from_slice::<IgnoredAny>(&self.buffer) {
            Ok(_) => Ok(()),
            Err(error) => {
                Err(self.not_json_error(words!("json-syntax", reason = error.to_string())))
            }
        }
    }

    fn truncated_error(&self) -> ReadError {
        ReadError::CutShort { row: self.number.max(1) }
    }
}

/// The bytes of a value that nobody wants.
struct SkippedValue<'e, 'a>(&'e mut JsonElements<'a>);

impl Read for SkippedValue<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let elements = &mut *self.0;
        elements.input.get_mut().start_record();
        // No more than is asked for: what follows the value belongs to others.
        let read = elements.input.fill_buf()?.read(&mut buffer[..1])?;
        elements.skip_bytes(read);
        Ok(read)
    }
}
