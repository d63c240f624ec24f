//! JSON: an array of objects, an object a line, or a list inside an object, one at a time.
//!
//! A list is never in memory as a whole: its elements are found by counting brackets outside
//! strings, and only then parsed. What stands around the list is read over.

use std::io::{BufRead, BufReader};
use std::str::Utf8Error;

use rikaste_model::words;
use rikaste_model::words::Words;

use super::intake::{CHUNK, Intake};
use super::parse::Problem;
use super::paths::Paths;
use super::row::Leaf;
use super::unreadable::{DEPTH_LIMIT, Unreadable};
use super::value::{Map, Value};

mod descent;
mod flat;
mod outline;
mod scan;

use flat::Trial;
pub(super) use outline::{Kind, Place, first_at, first_of, list_in};
use scan::{Scan, is_deeper};

/// What an element that is a member of an object is called there, as a value of its own.
pub(super) const MEMBER_NAME: &str = "#key";

/// The elements of a JSON file.
pub(super) struct Elements<'a> {
    input: BufReader<Intake<'a>>,
    layout: Layout,
    buffer: Vec<u8>,
    number: u32,
    /// Bytes that are behind, for messages.
    offset: u64,
    /// Names of the objects to go into before there are elements.
    path: Vec<String>,
    /// Objects that are open around the elements.
    around: usize,
    /// The name of the element that was read last, where elements are members.
    member: Option<String>,
    trial: Trial,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Lines,
    /// Objects one after another, over several lines each.
    Sequence,
    /// Before the objects around the elements.
    Outside(Kind),
    /// Before the first or a later member of an object.
    FirstMember,
    FollowingMember,
    /// After the elements, in the objects around them.
    Around,
    /// Before the opening bracket.
    Opening,
    /// After it.
    First,
    /// After an element.
    Following,
    Over,
}

/// What an element comes to at once.
pub(super) enum Parsed<'t> {
    /// Its cells.
    Cells(Vec<Leaf<'t>>),
    Tree(Element<'t>),
}

/// An element, or why it is none.
pub(super) type Element<'t> = Result<Map<'t>, Problem>;

/// Whatever stands where an element should, or why it cannot be read.
type Found<'t> = Result<Value<'t>, Problem>;

impl<'a> Elements<'a> {
    pub(super) fn lines(intake: Intake<'a>) -> Self {
        Self::new(intake, Layout::Lines)
    }

    pub(super) fn array(intake: Intake<'a>) -> Self {
        Self::new(intake, Layout::Opening)
    }

    /// What lies at a place of a file that starts with an object.
    pub(super) fn at(intake: Intake<'a>, place: Place) -> Self {
        match place {
            Place::Lines => Self::lines(intake),
            Place::Sequence => Self::new(intake, Layout::Sequence),
            Place::Within { path, kind } => {
                Self { path, ..Self::new(intake, Layout::Outside(kind)) }
            }
        }
    }

    fn new(intake: Intake<'a>, layout: Layout) -> Self {
        let input = BufReader::with_capacity(CHUNK, intake);
        Self {
            input,
            layout,
            buffer: Vec::new(),
            number: 0,
            offset: 0,
            path: Vec::new(),
            around: 0,
            member: None,
            trial: Trial::default(),
        }
    }

    pub(super) fn consumed(&self) -> u64 {
        self.input.get_ref().consumed()
    }

    /// The next element and its number: of an array's elements counted from 1, of lines the line.
    /// Cells are made of it at once where the paths say of which columns.
    pub(super) fn next(
        &mut self,
        paths: Option<&Paths>,
    ) -> Result<Option<(u32, Parsed<'_>)>, Unreadable> {
        if !self.advance()? {
            return Ok(None);
        }
        let member = self.member.take();
        if let Some(paths) = paths.filter(|_| member.is_none())
            && let Ok(text) = std::str::from_utf8(&self.buffer)
            && let Some(leaves) = self.trial.leaves(text, paths)
        {
            return Ok(Some((self.number, Parsed::Cells(leaves))));
        }
        let object = |value| match value {
            Value::Object(mut object) => {
                if let Some(name) = member {
                    object.insert(MEMBER_NAME, Value::from(name));
                }
                Ok(object)
            }
            _ => Err(Problem::new("json-object", words!("json-object"))),
        };
        Ok(Some((self.number, Parsed::Tree(self.parse()?.and_then(object)))))
    }

    /// The next element, whatever it is.
    #[cfg(test)]
    pub(super) fn next_value(&mut self) -> Result<Option<Found<'_>>, Unreadable> {
        if !self.advance()? {
            return Ok(None);
        }
        self.parse().map(Some)
    }

    /// Puts the next element into the buffer; not if there is none.
    fn advance(&mut self) -> Result<bool, Unreadable> {
        let found = match self.layout {
            Layout::Lines => self.next_line(),
            Layout::Sequence => self.next_in_sequence(),
            _ => self.next_in_array(),
        };
        let found = found.map_err(|error| error.in_row(self.number))?;
        if found {
            self.input.get_mut().next_record();
        }
        Ok(found)
    }

    fn parse(&self) -> Result<Found<'_>, Unreadable> {
        let text = std::str::from_utf8(&self.buffer).map_err(|error| self.not_utf8(error))?;
        if is_deeper(&self.buffer, DEPTH_LIMIT) {
            let message = words!("json-depth", limit = DEPTH_LIMIT);
            return Ok(Err(Problem::new("json-depth", message)));
        }
        match serde_json::from_str(text) {
            Ok(value) => Ok(Ok(value)),
            Err(error) if self.layout == Layout::Lines && error.is_eof() => Err(self.cut_short()),
            Err(error) => Ok(Err(Problem::new(
                "json-syntax",
                words!("json-syntax", reason = error.to_string()),
            ))),
        }
    }

    /// A line that ends in the middle of an object: the file's last, or all of a file that has
    /// its object over several lines.
    fn cut_short(&self) -> Unreadable {
        if self.buffer.ends_with(b"\n") {
            return self.not_json(words!("json-line-over"));
        }
        Unreadable::CutShort { row: self.number }
    }

    fn not_json(&self, problem: Words) -> Unreadable {
        Unreadable::NotJson { row: self.number.max(1), problem }
    }

    fn not_utf8(&self, error: Utf8Error) -> Unreadable {
        let valid = error.valid_up_to();
        Unreadable::NotUtf8 {
            row: self.number,
            column: None,
            byte: self.offset - (self.buffer.len() - valid) as u64,
            found: self.buffer[valid],
            likely: None,
        }
    }

    /// Puts the next line that is not empty into the buffer.
    fn next_line(&mut self) -> Result<bool, Unreadable> {
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
            self.input.get_mut().next_record();
        }
    }

    /// Puts the next element of the array into the buffer.
    fn next_in_array(&mut self) -> Result<bool, Unreadable> {
        loop {
            let next = self.peek()?;
            match (self.layout, next) {
                (Layout::Over, None) => return Ok(false),
                (Layout::Over, Some(_)) => return Err(self.not_json(words!("json-after-array"))),
                (Layout::Outside(kind), _) => {
                    if self.descend(kind)? {
                        self.layout = Layout::Around;
                        return Ok(true);
                    }
                }
                (Layout::Around, _) => {
                    self.leave()?;
                    self.layout = Layout::Over;
                }
                (Layout::FirstMember | Layout::FollowingMember, _) => {
                    if self.next_member()? {
                        return Ok(true);
                    }
                }
                (_, None) => return Err(Unreadable::CutShort { row: self.number.max(1) }),
                (Layout::Opening, Some(b'[')) => {
                    self.skip(1);
                    self.layout = Layout::First;
                }
                (Layout::First | Layout::Following, Some(b']')) => {
                    self.skip(1);
                    self.layout = Layout::Around;
                }
                (Layout::Following, Some(b',')) => {
                    self.skip(1);
                    self.peek()?;
                    return self.element();
                }
                (Layout::Following, Some(_)) => {
                    return Err(self.not_json(words!("json-comma")));
                }
                (Layout::First, Some(_)) => return self.element(),
                (Layout::Opening | Layout::Lines | Layout::Sequence, Some(_)) => {
                    return Err(self.not_json(words!("json-no-array")));
                }
            }
        }
    }

    fn skip(&mut self, count: usize) {
        self.input.consume(count);
        self.offset += count as u64;
    }

    /// The next byte that is not white space, left where it is.
    fn peek(&mut self) -> Result<Option<u8>, Unreadable> {
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(None);
            }
            let Some(at) =
                available.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
            else {
                let all = available.len();
                self.skip(all);
                self.input.get_mut().next_record();
                continue;
            };
            let byte = available[at];
            self.skip(at);
            return Ok(Some(byte));
        }
    }

    /// Puts the next of several objects into the buffer.
    fn next_in_sequence(&mut self) -> Result<bool, Unreadable> {
        match self.peek()? {
            None => Ok(false),
            Some(b'{') => {
                self.number = self.number.saturating_add(1);
                self.value()
            }
            Some(_) => Err(self.not_json(words!("json-between"))),
        }
    }

    /// Puts an element that starts here into the buffer.
    fn element(&mut self) -> Result<bool, Unreadable> {
        self.number = self.number.saturating_add(1);
        self.layout = Layout::Following;
        self.value()
    }

    /// Puts whatever starts here into the buffer.
    fn value(&mut self) -> Result<bool, Unreadable> {
        self.buffer.clear();
        let mut scan = Scan::default();
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Err(Unreadable::CutShort { row: self.number.max(1) });
            }
            let end = scan.end(available);
            let taken = end.unwrap_or(available.len());
            self.buffer.extend_from_slice(&available[..taken]);
            self.skip(taken);
            if end.is_some() {
                return match self.buffer.is_empty() {
                    true => Err(self.not_json(words!("json-no-element"))),
                    false => Ok(true),
                };
            }
        }
    }
}
