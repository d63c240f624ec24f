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

use super::SpooledFile;
use super::cell::{WorkbookCell, iso_date_cell};
use super::row_assembler::RowAssembler;
use super::workbook_file::SheetInfo;
use crate::read_error::ReadError;

/// The most rows of a sheet, and the most cells that are given out of one.
const MAX_ROWS: u32 = 1 << 20;
const MAX_CELLS: u64 = 100_000_000;

/// Elements inside of cells and sheets whose texts are not the cell's.
const SKIPPED_ELEMENTS: [&str; 7] =
    ["annotation", "frame", "custom-shape", "shapes", "forms", "tracked-changes", "dde-links"];

/// A workbook.
pub(crate) struct OdsWorkbook {
    archive: ZipArchive<SpooledFile>,
    sheets: Vec<SheetInfo>,
}

type XmlReader<'z> = Reader<BufReader<ZipFile<'z, SpooledFile>>>;

impl OdsWorkbook {
    pub(crate) fn open_spooled(spool: SpooledFile) -> Result<Self, ReadError> {
        let mut archive = ZipArchive::new(spool).map_err(ReadError::damaged_workbook)?;
        let sheets = OdsContent::open_content(&mut archive)?.list_sheets()?;
        Ok(Self { archive, sheets })
    }

    pub(crate) fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// Gives the rows of a sheet until no more are wanted.
    pub(crate) fn read_rows(
        &mut self,
        sheet: usize,
        rows: &mut RowAssembler<'_>,
    ) -> Result<(), ReadError> {
        OdsContent::open_content(&mut self.archive)?.read_sheet(sheet, rows)
    }
}

/// The part with the sheets.
struct OdsContent<'z> {
    xml: XmlReader<'z>,
    buffer: Vec<u8>,
}

/// What comes next of it.
enum OdsEvent {
    Start(BytesStart<'static>),
    End(String),
    Text(String),
    Finished,
}

/// A row as it stands there.
#[derive(Default)]
struct OdsRow {
    repeated: u32,
    column: u32,
    cells: Vec<(u32, WorkbookCell<'static>)>,
}

impl<'z> OdsContent<'z> {
    fn open_content(archive: &'z mut ZipArchive<SpooledFile>) -> Result<Self, ReadError> {
        let part = archive.by_name("content.xml").map_err(ReadError::damaged_workbook)?;
        let mut xml = Reader::from_reader(BufReader::with_capacity(64 << 10, part));
        xml.config_mut().expand_empty_elements = true;
        Ok(Self { xml, buffer: Vec::new() })
    }

    fn next_event(&mut self) -> Result<OdsEvent, ReadError> {
        loop {
            self.buffer.clear();
            let event =
                self.xml.read_event_into(&mut self.buffer).map_err(ReadError::damaged_workbook)?;
            return Ok(match event {
                Event::Start(start) => OdsEvent::Start(start.into_owned()),
                Event::End(end) => OdsEvent::End(end.local_name().as_ref().to_owned()),
                Event::Text(text) => {
                    OdsEvent::Text(text.xml_content(XmlVersion::Implicit1_0).into_owned())
                }
                Event::CData(text) => {
                    OdsEvent::Text(text.xml_content(XmlVersion::Implicit1_0).into_owned())
                }
                Event::GeneralRef(reference) => {
                    let named = quick_xml::escape::resolve_predefined_entity(&reference);
                    let c = reference.resolve_char_ref().map_err(ReadError::damaged_workbook)?;
                    OdsEvent::Text(match (c, named) {
                        (Some(c), _) => c.to_string(),
                        (None, Some(named)) => named.to_owned(),
                        (None, None) => String::new(),
                    })
                }
                Event::Eof => OdsEvent::Finished,
                _ => continue,
            });
        }
    }

    fn skip_element(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        self.buffer.clear();
        let skipped = self.xml.read_to_end_into(start.name(), &mut self.buffer);
        skipped.map(drop).map_err(ReadError::damaged_workbook)
    }

    fn list_sheets(mut self) -> Result<Vec<SheetInfo>, ReadError> {
        let mut sheets = Vec::new();
        let (mut hidden, mut style) = (HashSet::new(), String::new());
        loop {
            match self.next_event()? {
                OdsEvent::Start(start) => match start.local_name().as_ref() {
                    "style" => style = read_attribute(&start, "style:name").unwrap_or_default(),
                    "table-properties"
                        if read_attribute(&start, "table:display").as_deref() == Some("false") =>
                    {
                        hidden.insert(style.clone());
                    }
                    "table" => {
                        let style = read_attribute(&start, "table:style-name").unwrap_or_default();
                        let name = read_attribute(&start, "table:name").unwrap_or_default();
                        sheets.push(SheetInfo { name, hidden: hidden.contains(&style) });
                        self.skip_element(&start)?;
                    }
                    _ => {}
                },
                OdsEvent::Finished => return Ok(sheets),
                _ => {}
            }
        }
    }

    fn read_sheet(mut self, sheet: usize, rows: &mut RowAssembler<'_>) -> Result<(), ReadError> {
        let mut left = sheet;
        loop {
            match self.next_event()? {
                OdsEvent::Start(start) if start.local_name().as_ref() == "table" => {
                    if left == 0 {
                        return self.read_table(rows);
                    }
                    left -= 1;
                    self.skip_element(&start)?;
                }
                OdsEvent::Finished => return Ok(()),
                _ => {}
            }
        }
    }

    fn read_table(&mut self, rows: &mut RowAssembler<'_>) -> Result<(), ReadError> {
        let (mut number, mut given) = (0_u32, 0_u64);
        let mut row = OdsRow::default();
        loop {
            match self.next_event()? {
                OdsEvent::Start(start) => match start.local_name().as_ref() {
                    "table-row" => {
                        let repeated = repeat_count(&start, "table:number-rows-repeated");
                        row = OdsRow { repeated, ..OdsRow::default() };
                    }
                    "table-cell" => self.read_cell(&start, &mut row)?,
                    // What a merged cell covers cannot be seen.
                    "covered-table-cell" => {
                        row.column = row.column.saturating_add(repeated_columns(&start));
                        self.skip_element(&start)?;
                    }
                    name if SKIPPED_ELEMENTS.contains(&name) => self.skip_element(&start)?,
                    _ => {}
                },
                OdsEvent::End(name) if name == "table-row" => {
                    let last = number.saturating_add(row.repeated);
                    if !row.cells.is_empty() {
                        given += row.cells.len() as u64 * u64::from(row.repeated);
                        if last > MAX_ROWS || given > MAX_CELLS {
                            let problem =
                                words!("workbook-rows", rows = "1 048 576", cells = "100 000 000");
                            return Err(ReadError::Oversized { problem });
                        }
                        for number in number..last {
                            for (column, cell) in &row.cells {
                                if !rows.add_cell(number, *column, cell.clone())? {
                                    return Ok(());
                                }
                            }
                        }
                    }
                    number = last;
                }
                OdsEvent::End(name) if name == "table" => break,
                OdsEvent::Finished => return Err(ReadError::crashed_workbook()),
                _ => {}
            }
        }
        rows.finish_row();
        Ok(())
    }

    fn read_cell(&mut self, start: &BytesStart<'_>, row: &mut OdsRow) -> Result<(), ReadError> {
        let repeated = repeated_columns(start);
        let text = self.read_cell_text()?;
        let cell = cell_value(start, text);
        if cell != WorkbookCell::Empty {
            // The first beyond the limit makes the sheet too wide, and need not be followed by more.
            let limit = crate::read_error::COLUMN_LIMIT as u32 + 1;
            let last = row.column.saturating_add(repeated).min(limit.max(row.column + 1));
            row.cells.extend((row.column..last).map(|column| (column, cell.clone())));
        }
        row.column = row.column.saturating_add(repeated);
        Ok(())
    }

    /// The paragraphs of the cell that has just begun.
    fn read_cell_text(&mut self) -> Result<String, ReadError> {
        let (mut text, mut paragraphs, mut inside) = (String::new(), 0, false);
        loop {
            match self.next_event()? {
                OdsEvent::Start(start) => match start.local_name().as_ref() {
                    "p" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        inside = true;
                    }
                    "s" => {
                        let count = read_attribute(&start, "text:c").and_then(|c| c.parse().ok());
                        text.extend(std::iter::repeat_n(' ', count.unwrap_or(1).min(1_000)));
                    }
                    "tab" => text.push('\t'),
                    "line-break" => text.push('\n'),
                    name if SKIPPED_ELEMENTS.contains(&name) => self.skip_element(&start)?,
                    _ => {}
                },
                OdsEvent::Text(part) if inside => text.push_str(&part),
                OdsEvent::Text(_) => {}
                OdsEvent::End(name) if name == "table-cell" => return Ok(text),
                OdsEvent::End(name) if name == "p" => inside = false,
                OdsEvent::End(_) => {}
                OdsEvent::Finished => return Err(ReadError::crashed_workbook()),
            }
        }
    }
}

/// What a cell holds, by its attributes, else by its text.
fn cell_value(start: &BytesStart<'_>, text: String) -> WorkbookCell<'static> {
    let is = |name: &str| read_attribute(start, name);
    if is("calcext:value-type").as_deref() == Some("error") {
        return WorkbookCell::Error(text);
    }
    let number = || is("office:value")?.parse().ok().filter(|number: &f64| number.is_finite());
    let owned = |text: &str| match iso_date_cell(text) {
        WorkbookCell::Text(text) => WorkbookCell::Text(Cow::Owned(text.into_owned())),
        other => WorkbookCell::Text(other.to_text().0.into_owned().into()),
    };
    let by_type = match is("office:value-type").as_deref() {
        Some("float" | "percentage" | "currency") => number().map(WorkbookCell::Number),
        Some("boolean") => {
            is("office:boolean-value").map(|value| WorkbookCell::Boolean(value == "true"))
        }
        Some("date") => is("office:date-value").map(|date| owned(&date)),
        Some("time") => {
            is("office:time-value").map(|time| WorkbookCell::Text(format_time(&time).into()))
        }
        Some("string") => is("office:string-value").map(|text| WorkbookCell::Text(text.into())),
        _ => None,
    };
    by_type.unwrap_or(match text.is_empty() {
        true => WorkbookCell::Empty,
        false => WorkbookCell::Text(text.into()),
    })
}

/// `PT06H30M00S` → `06:30:00`.
fn format_time(time: &str) -> String {
    let digits = time.strip_prefix("PT").and_then(|time| time.strip_suffix('S'));
    digits.map_or_else(|| time.to_owned(), |digits| digits.replace(['H', 'M'], ":"))
}

fn repeated_columns(start: &BytesStart<'_>) -> u32 {
    repeat_count(start, "table:number-columns-repeated")
}

fn repeat_count(start: &BytesStart<'_>, name: &str) -> u32 {
    read_attribute(start, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn read_attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}
