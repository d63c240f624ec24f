//! XML: the elements of a document that are records, one at a time.
//!
//! An element becomes what it would be in JSON: children and attributes are members by their
//! names, children that repeat are lists, text beside attributes or children is
//! [`TEXT`](super::tree::TEXT). A name's prefix is dropped (`g:price`, `@id`) unless the element
//! has that name without it, or with another.
//!
//! Nothing is ever fetched or expanded: what a DOCTYPE declares is not known here, and an element
//! that uses an entity of it is refused.

use std::io::{self, BufReader};
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::Event;
use rikaste_model::words;
use rikaste_model::words::Message;

use super::elements::Element;
use super::intake::{CHUNK, Intake};
use super::parse::Problem;
use super::tree::TEXT;
use super::unreadable::Unreadable;
use super::value::{Map, Value};

mod bmecat;
mod build;
mod decoded;
mod place;

use bmecat::Bmecat;
use build::Builder;
pub(super) use decoded::{Decoded, declared};
pub(super) use place::{RecordPath, first_record};

/// A record of an XML file.
pub(super) struct XmlRecord {
    pub(super) number: u32,
    pub(super) element: Element<'static>,
    /// Whether it goes on about a product that a record before it is about.
    pub(super) goes_on: bool,
}

/// The records of an XML file.
pub(super) struct XmlElements<'a> {
    reader: Reader<BufReader<Intake<'a>>>,
    records: RecordPath,
    /// Names of the elements that are open around records.
    open: Vec<String>,
    /// Elements that are open, those around records and those inside.
    depth: usize,
    builder: Builder,
    buffer: Vec<u8>,
    number: u32,
    line: u64,
    finished: bool,
    root_seen: bool,
    bmecat: Option<Bmecat>,
}

impl<'a> XmlElements<'a> {
    pub(super) fn new(intake: Intake<'a>, records: RecordPath) -> Self {
        let mut reader = Reader::from_reader(BufReader::with_capacity(CHUNK, intake));
        reader.config_mut().expand_empty_elements = true;
        // `Bosch & Co` is not well-formed, common, and plain.
        reader.config_mut().allow_dangling_amp = true;
        let bmecat = (records == RecordPath::Bmecat).then(Bmecat::default);
        Self {
            reader,
            records,
            bmecat,
            open: Vec::new(),
            depth: 0,
            builder: Builder::default(),
            buffer: Vec::new(),
            number: 0,
            line: 1,
            finished: false,
            root_seen: false,
        }
    }

    pub(super) fn consumed(&self) -> u64 {
        self.reader.get_ref().get_ref().consumed()
    }

    /// The next record and its number, counted from 1. What goes on about a record that came
    /// before is a record of its own, and says so.
    pub(super) fn next(&mut self) -> Result<Option<XmlRecord>, Unreadable> {
        while !self.finished {
            if let Some(element) = self.step()? {
                self.number = self.number.saturating_add(1);
                return Ok(Some(XmlRecord { number: self.number, element, goes_on: false }));
            }
        }
        let more = self.bmecat.as_mut().and_then(Bmecat::next_member);
        Ok(more.map(|columns| {
            self.number = self.number.saturating_add(1);
            XmlRecord { number: self.number, element: Ok(columns), goes_on: true }
        }))
    }

    /// Takes what comes next; gives the record that it ends.
    fn step(&mut self) -> Result<Option<Element<'static>>, Unreadable> {
        self.buffer.clear();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(self.unreadable(error)),
        };
        let mut record = None;
        match event {
            Event::Start(start) => {
                self.root_seen = true;
                self.depth += 1;
                if self.builder.is_building() {
                    self.builder.open(&start);
                } else {
                    let name = build::local(start.name().as_ref()).to_owned();
                    self.open.push(name);
                    if self.records.is_at(&self.open) {
                        self.builder.open(&start);
                    }
                }
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                if self.builder.is_building() {
                    if let Some(built) = self.builder.close() {
                        let name = self.open.pop().unwrap_or_default();
                        record = match (&mut self.bmecat, into_record(built)) {
                            (Some(bmecat), Ok(element)) => bmecat.take(&name, element),
                            // An empty element says nothing, as an empty line does.
                            (None, Ok(element)) if element.is_empty() => None,
                            (_, element) => Some(element),
                        };
                    }
                } else {
                    self.open.pop();
                }
            }
            Event::Text(text) if self.builder.is_building() => {
                self.builder.text(&text.xml10_content());
            }
            Event::CData(text) if self.builder.is_building() => {
                self.builder.text(&text.xml10_content());
            }
            Event::GeneralRef(reference) if self.builder.is_building() => {
                self.builder.reference(&reference);
            }
            Event::Eof => self.end()?,
            _ => {}
        }
        self.line += self.buffer.iter().filter(|byte| **byte == b'\n').count() as u64;
        if !self.builder.is_building() {
            self.reader.get_mut().get_mut().next_record();
        }
        Ok(record)
    }

    fn end(&mut self) -> Result<(), Unreadable> {
        self.finished = true;
        if self.depth > 0 || !self.root_seen {
            return Err(Unreadable::CutShort { row: self.row() });
        }
        if self.number == 0 && self.records.is_mapped() {
            let records = self.records.to_string();
            return Err(Unreadable::NoRecords { missing: records.clone(), records });
        }
        Ok(())
    }

    /// The record that is being read, or was.
    fn row(&self) -> u32 {
        let inside = u32::from(self.builder.is_building());
        self.number.saturating_add(inside).max(1)
    }

    fn unreadable(&self, error: Error) -> Unreadable {
        let row = self.row();
        match error {
            Error::Io(error) => {
                let error = Arc::try_unwrap(error)
                    .unwrap_or_else(|shared| io::Error::new(shared.kind(), shared.to_string()));
                Unreadable::from(error).in_row(row)
            }
            // Whatever is not closed is found at the end of the file.
            Error::Syntax(_)
            | Error::IllFormed(
                IllFormedError::MissingEndTag(_) | IllFormedError::UnclosedReference,
            ) => Unreadable::CutShort { row },
            Error::Encoding(_) => {
                let problem = words!("xml-letters").into();
                Unreadable::NotXml { row, line: self.line, problem }
            }
            other => Unreadable::NotXml {
                row,
                line: self.line,
                problem: Message::Plain(other.to_string()),
            },
        }
    }
}

fn into_record(built: Result<Value<'static>, Problem>) -> Element<'static> {
    built.map(|value| match value {
        Value::Object(object) => object,
        Value::String(text) if text.trim().is_empty() => Map::default(),
        text => Map::of_one(TEXT, text),
    })
}
