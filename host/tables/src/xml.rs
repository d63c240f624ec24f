//! XML: the elements of a document that are records, one at a time.
//!
//! An element becomes what it would be in JSON: children and attributes are members by their
//! names, children that repeat are lists, text beside attributes or children is
//! [`TEXT_KEY`](crate::flatten::TEXT_KEY). A name's prefix is dropped (`g:price`, `@id`) unless the element
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
use rikaste_model::words::DiagnosticMessage;

use crate::byte_reader::{ByteReader, CHUNK_SIZE};
use crate::cell_problem::CellProblem;
use crate::document_value::{DocumentObject, DocumentValue};
use crate::flatten::TEXT_KEY;
use crate::raw_row::ElementResult;
use crate::read_error::ReadError;

mod bmecat;
mod decoding_reader;
mod element_builder;
mod record_path;

use bmecat::BmecatCatalogue;
pub(crate) use decoding_reader::{declared_encoding, decode_document};
use element_builder::ElementBuilder;
pub(crate) use record_path::{RecordPath, first_xml_record};

/// A record of an XML file.
pub(crate) struct XmlRecord {
    pub(crate) number: u32,
    pub(crate) element: ElementResult<'static>,
    /// Whether it goes on about a product that a record before it is about.
    pub(crate) continues_product: bool,
}

/// The records of an XML file.
pub(crate) struct XmlElements<'a> {
    reader: Reader<BufReader<ByteReader<'a>>>,
    records: RecordPath,
    /// Names of the elements that are open around records.
    open: Vec<String>,
    /// Elements that are open, those around records and those inside.
    depth: usize,
    builder: ElementBuilder,
    buffer: Vec<u8>,
    number: u32,
    line: u64,
    finished: bool,
    root_seen: bool,
    bmecat: Option<BmecatCatalogue>,
}

impl<'a> XmlElements<'a> {
    pub(crate) fn new(bytes: ByteReader<'a>, records: RecordPath) -> Self {
        let mut reader = Reader::from_reader(BufReader::with_capacity(CHUNK_SIZE, bytes));
        reader.config_mut().expand_empty_elements = true;
        // `Bosch & Co` is not well-formed, common, and plain.
        reader.config_mut().allow_dangling_amp = true;
        let bmecat = (records == RecordPath::Bmecat).then(BmecatCatalogue::default);
        Self {
            reader,
            records,
            bmecat,
            open: Vec::new(),
            depth: 0,
            builder: ElementBuilder::default(),
            buffer: Vec::new(),
            number: 0,
            line: 1,
            finished: false,
            root_seen: false,
        }
    }

    pub(crate) fn bytes_consumed(&self) -> u64 {
        self.reader.get_ref().get_ref().bytes_consumed()
    }

    /// The next record and its number, counted from 1. What goes on about a record that came
    /// before is a record of its own, and says so.
    pub(crate) fn next_record(&mut self) -> Result<Option<XmlRecord>, ReadError> {
        if let Some(columns) = self.bmecat.as_mut().and_then(BmecatCatalogue::next_further_prices) {
            let (number, element) = (self.number, Ok(columns));
            return Ok(Some(XmlRecord { number, element, continues_product: true }));
        }
        while !self.finished {
            if let Some(element) = self.process_event()? {
                self.number = self.number.saturating_add(1);
                return Ok(Some(XmlRecord {
                    number: self.number,
                    element,
                    continues_product: false,
                }));
            }
        }
        let more = self.bmecat.as_mut().and_then(BmecatCatalogue::next_grouped_product);
        Ok(more.map(|columns| {
            self.number = self.number.saturating_add(1);
            XmlRecord { number: self.number, element: Ok(columns), continues_product: true }
        }))
    }

    /// Takes what comes next; gives the record that it ends.
    fn process_event(&mut self) -> Result<Option<ElementResult<'static>>, ReadError> {
        self.buffer.clear();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(self.to_read_error(error)),
        };
        let mut record = None;
        match event {
            Event::Start(start) => {
                self.root_seen = true;
                self.depth += 1;
                if self.builder.is_building() {
                    self.builder.open_element(&start);
                } else {
                    let name = element_builder::local_name(start.name().as_ref()).to_owned();
                    self.open.push(name);
                    if self.records.is_at(&self.open) {
                        self.builder.open_element(&start);
                    }
                }
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                if self.builder.is_building() {
                    if let Some(built) = self.builder.close_element() {
                        let name = self.open.pop().unwrap_or_default();
                        record = match (&mut self.bmecat, into_record(built)) {
                            (Some(bmecat), Ok(element)) => bmecat.process_element(&name, element),
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
                self.builder.push_text(&text.xml10_content());
            }
            Event::CData(text) if self.builder.is_building() => {
                self.builder.push_text(&text.xml10_content());
            }
            Event::GeneralRef(reference) if self.builder.is_building() => {
                self.builder.push_reference(&reference);
            }
            Event::Eof => self.finish_document()?,
            _ => {}
        }
        self.line += self.buffer.iter().filter(|byte| **byte == b'\n').count() as u64;
        if !self.builder.is_building() {
            self.reader.get_mut().get_mut().start_record();
        }
        Ok(record)
    }

    fn finish_document(&mut self) -> Result<(), ReadError> {
        self.finished = true;
        if self.depth > 0 || !self.root_seen {
            return Err(ReadError::CutShort { row: self.current_record() });
        }
        if self.number == 0 && self.records.is_mapped() {
            let records = self.records.to_string();
            return Err(ReadError::NoRecords { missing: records.clone(), records });
        }
        Ok(())
    }

    /// The record that is being read, or was.
    fn current_record(&self) -> u32 {
        let inside = u32::from(self.builder.is_building());
        self.number.saturating_add(inside).max(1)
    }

    fn to_read_error(&self, error: Error) -> ReadError {
        let row = self.current_record();
        match error {
            Error::Io(error) => {
                let error = Arc::try_unwrap(error)
                    .unwrap_or_else(|shared| io::Error::new(shared.kind(), shared.to_string()));
                ReadError::from(error).with_row(row)
            }
            // Whatever is not closed is found at the end of the file.
            Error::Syntax(_)
            | Error::IllFormed(
                IllFormedError::MissingEndTag(_) | IllFormedError::UnclosedReference,
            ) => ReadError::CutShort { row },
            Error::Encoding(_) => {
                let problem = words!("xml-letters").into();
                ReadError::NotXml { row, line: self.line, problem }
            }
            other => ReadError::NotXml {
                row,
                line: self.line,
                problem: DiagnosticMessage::Plain(other.to_string()),
            },
        }
    }
}

fn into_record(built: Result<DocumentValue<'static>, CellProblem>) -> ElementResult<'static> {
    built.map(|value| match value {
        DocumentValue::Object(object) => object,
        DocumentValue::String(text) if text.trim().is_empty() => DocumentObject::default(),
        text => DocumentObject::from_member(TEXT_KEY, text),
    })
}
