//! ODS: rows of a sheet out of `content.xml`, as a stream.
//!
//! Cells and rows that are alike stand there once, with a number ([OpenDocument 1.3] 19.675): a
//! sheet formatted to its end has a million rows in one element, so empty ones are only counted.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::BufReader;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use rikaste_model::words;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::Spool;
use super::book::SheetName;
use super::cell::{Cell, iso};
use super::rows::Rows;
use crate::unreadable::Unreadable;

/// The most rows of a sheet, and the most cells that are given out of one.
const ROWS: u32 = 1 << 20;
const CELLS: u64 = 100_000_000;

/// Elements inside of cells and sheets whose texts are not the cell's.
const ASIDE: [&str; 7] =
    ["annotation", "frame", "custom-shape", "shapes", "forms", "tracked-changes", "dde-links"];

/// A workbook.
pub(super) struct Ods {
    archive: ZipArchive<Spool>,
    sheets: Vec<SheetName>,
}

type Xml<'z> = Reader<BufReader<ZipFile<'z, Spool>>>;

impl Ods {
    pub(super) fn open(spool: Spool) -> Result<Self, Unreadable> {
        let mut archive = ZipArchive::new(spool).map_err(Unreadable::damaged)?;
        let sheets = Content::of(&mut archive)?.sheets()?;
        Ok(Self { archive, sheets })
    }

    pub(super) fn sheets(&self) -> &[SheetName] {
        &self.sheets
    }

    /// Gives the rows of a sheet until no more are wanted.
    pub(super) fn rows(&mut self, sheet: usize, rows: &mut Rows<'_>) -> Result<(), Unreadable> {
        Content::of(&mut self.archive)?.rows(sheet, rows)
    }
}

/// The part with the sheets.
struct Content<'z> {
    xml: Xml<'z>,
    buffer: Vec<u8>,
}

/// What comes next of it.
enum Piece {
    Start(BytesStart<'static>),
    End(String),
    Text(String),
    Over,
}

/// A row as it stands there.
#[derive(Default)]
struct OdsRow {
    repeated: u32,
    column: u32,
    cells: Vec<(u32, Cell<'static>)>,
}

impl<'z> Content<'z> {
    fn of(archive: &'z mut ZipArchive<Spool>) -> Result<Self, Unreadable> {
        let part = archive.by_name("content.xml").map_err(Unreadable::damaged)?;
        let mut xml = Reader::from_reader(BufReader::with_capacity(64 << 10, part));
        xml.config_mut().expand_empty_elements = true;
        Ok(Self { xml, buffer: Vec::new() })
    }

    fn next(&mut self) -> Result<Piece, Unreadable> {
        loop {
            self.buffer.clear();
            let event = self.xml.read_event_into(&mut self.buffer).map_err(Unreadable::damaged)?;
            return Ok(match event {
                Event::Start(start) => Piece::Start(start.into_owned()),
                Event::End(end) => Piece::End(end.local_name().as_ref().to_owned()),
                Event::Text(text) => {
                    Piece::Text(text.xml_content(XmlVersion::Implicit1_0).into_owned())
                }
                Event::CData(text) => {
                    Piece::Text(text.xml_content(XmlVersion::Implicit1_0).into_owned())
                }
                Event::GeneralRef(reference) => {
                    let named = quick_xml::escape::resolve_predefined_entity(&reference);
                    let c = reference.resolve_char_ref().map_err(Unreadable::damaged)?;
                    Piece::Text(match (c, named) {
                        (Some(c), _) => c.to_string(),
                        (None, Some(named)) => named.to_owned(),
                        (None, None) => String::new(),
                    })
                }
                Event::Eof => Piece::Over,
                _ => continue,
            });
        }
    }

    fn skip(&mut self, start: &BytesStart<'_>) -> Result<(), Unreadable> {
        self.buffer.clear();
        let skipped = self.xml.read_to_end_into(start.name(), &mut self.buffer);
        skipped.map(drop).map_err(Unreadable::damaged)
    }

    fn sheets(mut self) -> Result<Vec<SheetName>, Unreadable> {
        let mut sheets = Vec::new();
        let (mut hidden, mut style) = (HashSet::new(), String::new());
        loop {
            match self.next()? {
                Piece::Start(start) => match start.local_name().as_ref() {
                    "style" => style = attribute(&start, "style:name").unwrap_or_default(),
                    "table-properties"
                        if attribute(&start, "table:display").as_deref() == Some("false") =>
                    {
                        hidden.insert(style.clone());
                    }
                    "table" => {
                        let style = attribute(&start, "table:style-name").unwrap_or_default();
                        let name = attribute(&start, "table:name").unwrap_or_default();
                        sheets.push(SheetName { name, hidden: hidden.contains(&style) });
                        self.skip(&start)?;
                    }
                    _ => {}
                },
                Piece::Over => return Ok(sheets),
                _ => {}
            }
        }
    }

    fn rows(mut self, sheet: usize, rows: &mut Rows<'_>) -> Result<(), Unreadable> {
        let mut left = sheet;
        loop {
            match self.next()? {
                Piece::Start(start) if start.local_name().as_ref() == "table" => {
                    if left == 0 {
                        return self.table(rows);
                    }
                    left -= 1;
                    self.skip(&start)?;
                }
                Piece::Over => return Ok(()),
                _ => {}
            }
        }
    }

    fn table(&mut self, rows: &mut Rows<'_>) -> Result<(), Unreadable> {
        let (mut number, mut given) = (0_u32, 0_u64);
        let mut row = OdsRow::default();
        loop {
            match self.next()? {
                Piece::Start(start) => match start.local_name().as_ref() {
                    "table-row" => {
                        let repeated = repeated(&start, "table:number-rows-repeated");
                        row = OdsRow { repeated, ..OdsRow::default() };
                    }
                    "table-cell" => self.cell(&start, &mut row)?,
                    // What a merged cell covers cannot be seen.
                    "covered-table-cell" => {
                        row.column = row.column.saturating_add(columns(&start));
                        self.skip(&start)?;
                    }
                    name if ASIDE.contains(&name) => self.skip(&start)?,
                    _ => {}
                },
                Piece::End(name) if name == "table-row" => {
                    let last = number.saturating_add(row.repeated);
                    if !row.cells.is_empty() {
                        given += row.cells.len() as u64 * u64::from(row.repeated);
                        if last > ROWS || given > CELLS {
                            let problem =
                                words!("workbook-rows", rows = "1 048 576", cells = "100 000 000");
                            return Err(Unreadable::Oversized { problem });
                        }
                        for number in number..last {
                            for (column, cell) in &row.cells {
                                if !rows.put(number, *column, cell.clone())? {
                                    return Ok(());
                                }
                            }
                        }
                    }
                    number = last;
                }
                Piece::End(name) if name == "table" => break,
                Piece::Over => return Err(Unreadable::crashed()),
                _ => {}
            }
        }
        rows.finish();
        Ok(())
    }

    fn cell(&mut self, start: &BytesStart<'_>, row: &mut OdsRow) -> Result<(), Unreadable> {
        let repeated = columns(start);
        let text = self.text()?;
        let cell = value(start, text);
        if cell != Cell::Empty {
            // The first beyond the limit makes the sheet too wide, and need not be followed by more.
            let limit = crate::unreadable::COLUMN_LIMIT as u32 + 1;
            let last = row.column.saturating_add(repeated).min(limit.max(row.column + 1));
            row.cells.extend((row.column..last).map(|column| (column, cell.clone())));
        }
        row.column = row.column.saturating_add(repeated);
        Ok(())
    }

    /// The paragraphs of the cell that has just begun.
    fn text(&mut self) -> Result<String, Unreadable> {
        let (mut text, mut paragraphs, mut inside) = (String::new(), 0, false);
        loop {
            match self.next()? {
                Piece::Start(start) => match start.local_name().as_ref() {
                    "p" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        inside = true;
                    }
                    "s" => {
                        let count = attribute(&start, "text:c").and_then(|c| c.parse().ok());
                        text.extend(std::iter::repeat_n(' ', count.unwrap_or(1).min(1_000)));
                    }
                    "tab" => text.push('\t'),
                    "line-break" => text.push('\n'),
                    name if ASIDE.contains(&name) => self.skip(&start)?,
                    _ => {}
                },
                Piece::Text(part) if inside => text.push_str(&part),
                Piece::Text(_) => {}
                Piece::End(name) if name == "table-cell" => return Ok(text),
                Piece::End(name) if name == "p" => inside = false,
                Piece::End(_) => {}
                Piece::Over => return Err(Unreadable::crashed()),
            }
        }
    }
}

/// What a cell holds, by its attributes, else by its text.
fn value(start: &BytesStart<'_>, text: String) -> Cell<'static> {
    let is = |name: &str| attribute(start, name);
    if is("calcext:value-type").as_deref() == Some("error") {
        return Cell::Error(text);
    }
    let number = || is("office:value")?.parse().ok().filter(|number: &f64| number.is_finite());
    let owned = |text: &str| match iso(text) {
        Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
        other => Cell::Text(other.text().0.into_owned().into()),
    };
    let by_type = match is("office:value-type").as_deref() {
        Some("float" | "percentage" | "currency") => number().map(Cell::Number),
        Some("boolean") => is("office:boolean-value").map(|value| Cell::Boolean(value == "true")),
        Some("date") => is("office:date-value").map(|date| owned(&date)),
        Some("time") => is("office:time-value").map(|time| Cell::Text(clock(&time).into())),
        Some("string") => is("office:string-value").map(|text| Cell::Text(text.into())),
        _ => None,
    };
    by_type.unwrap_or(match text.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(text.into()),
    })
}

/// `PT06H30M00S` → `06:30:00`.
fn clock(time: &str) -> String {
    let digits = time.strip_prefix("PT").and_then(|time| time.strip_suffix('S'));
    digits.map_or_else(|| time.to_owned(), |digits| digits.replace(['H', 'M'], ":"))
}

fn columns(start: &BytesStart<'_>) -> u32 {
    repeated(start, "table:number-columns-repeated")
}

fn repeated(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}
