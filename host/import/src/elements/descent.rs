//! Descent: into the objects around the elements, and out of them again.

use std::io::{self, BufRead, Read};

use rikaste_model::words;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::super::unreadable::Unreadable;
use super::{Elements, Kind, Layout};

impl Elements<'_> {
    /// Goes to where the elements are. Gives whether one of them is in the buffer already.
    pub(super) fn descend(&mut self, kind: Kind) -> Result<bool, Unreadable> {
        for at in 0..self.path.len() {
            if self.peek()? != Some(b'{') {
                return Err(self.nothing_there(at));
            }
            self.skip(1);
            self.around += 1;
            if !self.go_to_member(at)? {
                return Err(self.nothing_there(at));
            }
        }
        match (self.peek()?, kind) {
            (Some(b'['), _) => {
                self.skip(1);
                self.layout = Layout::First;
                Ok(false)
            }
            (Some(b'{'), Kind::Members) => {
                self.skip(1);
                self.layout = Layout::FirstMember;
                Ok(false)
            }
            (Some(b'{'), _) => self.element(),
            (None, _) => Err(Unreadable::CutShort { row: 1 }),
            (Some(_), _) => Err(self.nothing_there(self.path.len())),
        }
    }

    fn nothing_there(&self, at: usize) -> Unreadable {
        Unreadable::NoRecords {
            records: self.path.join("."),
            missing: self.path.get(at).or(self.path.last()).cloned().unwrap_or_default(),
        }
    }

    /// Goes to the value of the member that the path names; not if the object has none.
    fn go_to_member(&mut self, at: usize) -> Result<bool, Unreadable> {
        let mut first = true;
        while let Some(name) = self.member_name(first)? {
            if name == self.path[at] {
                return Ok(true);
            }
            self.pass_over()?;
            first = false;
        }
        Ok(false)
    }

    /// Puts the next member's value into the buffer.
    pub(super) fn next_member(&mut self) -> Result<bool, Unreadable> {
        let Some(name) = self.member_name(self.layout == Layout::FirstMember)? else {
            self.layout = Layout::Around;
            return Ok(false);
        };
        self.peek()?;
        self.number = self.number.saturating_add(1);
        self.value()?;
        self.layout = Layout::FollowingMember;
        self.member = Some(name);
        Ok(true)
    }

    /// Reads over what follows the elements, to the end of the objects around them.
    pub(super) fn leave(&mut self) -> Result<(), Unreadable> {
        while self.around > 0 {
            while self.member_name(false)?.is_some() {
                self.pass_over()?;
            }
            self.around -= 1;
        }
        Ok(())
    }

    /// The next member's name, which is read with its colon; nothing at the object's end.
    fn member_name(&mut self, first: bool) -> Result<Option<String>, Unreadable> {
        match self.peek()? {
            None => return Err(self.cut_off()),
            Some(b'}') => {
                self.skip(1);
                return Ok(None);
            }
            Some(b',') if !first => {
                self.skip(1);
                self.peek()?;
            }
            Some(_) if !first => {
                return Err(self.not_json(words!("json-comma")));
            }
            Some(_) => {}
        }
        if self.peek()? != Some(b'"') {
            return Err(self.not_json(words!("json-name")));
        }
        self.value()?;
        self.input.get_mut().next_record();
        let name = serde_json::from_slice(&self.buffer)
            .map_err(|error| self.not_json(words!("json-syntax", reason = error.to_string())))?;
        match self.peek()? {
            Some(b':') => self.skip(1),
            None => return Err(self.cut_off()),
            Some(_) => return Err(self.not_json(words!("json-colon"))),
        }
        Ok(Some(name))
    }

    /// Reads over a value, however long, without keeping it.
    fn pass_over(&mut self) -> Result<(), Unreadable> {
        if let Some(b'{' | b'[' | b'"') = self.peek()? {
            let passed = {
                let mut parser = serde_json::Deserializer::from_reader(Passing(self));
                IgnoredAny::deserialize(&mut parser)
            };
            return passed.map(|_| ()).map_err(|error| match error.classify() {
                serde_json::error::Category::Eof => self.cut_off(),
                serde_json::error::Category::Io => io::Error::from(error).into(),
                _ => self.not_json(words!("json-syntax", reason = error.to_string())),
            });
        }
        // A number is only over when something else follows.
        self.value()?;
        self.input.get_mut().next_record();
        match serde_json::from_slice::<IgnoredAny>(&self.buffer) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.not_json(words!("json-syntax", reason = error.to_string()))),
        }
    }

    fn cut_off(&self) -> Unreadable {
        Unreadable::CutShort { row: self.number.max(1) }
    }
}

/// The bytes of a value that nobody wants.
struct Passing<'e, 'a>(&'e mut Elements<'a>);

impl Read for Passing<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let elements = &mut *self.0;
        elements.input.get_mut().next_record();
        // No more than is asked for: what follows the value belongs to others.
        let read = elements.input.fill_buf()?.read(&mut buffer[..1])?;
        elements.skip(read);
        Ok(read)
    }
}
