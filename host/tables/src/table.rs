//! Tables: rows of cells below a header, from CSV or from a workbook.
//!
//! People put titles above a header and totals below the last row, glue exports together, and
//! leave separators at the ends of lines. So the first rows are read ahead, and the header is the
//! one that looks like it most ([`header_detection`]); what stands above it, and where it stands again, is left
//! out and reported. Rows keep the numbers that a spreadsheet gives them.

use std::collections::VecDeque;
use std::io::Read;

use csv::StringRecord;
use rikaste_model::diagnostic::{Diagnostic, cut_excerpt};
use rikaste_model::words;
use smol_str::SmolStr;

use crate::byte_reader::ByteReader;
use crate::charset::Charset;
use crate::read_error::{COLUMN_LIMIT, ReadError};
use crate::workbook::{WorkbookStream, column_letters};

mod csv_reader;
mod dialect;
mod header_detection;
mod total_rows;

pub use dialect::DialectOverride;
pub(crate) use dialect::{CsvDialect, FileSample};
pub use header_detection::NameMeaning;
pub use total_rows::find_total_word;

use csv_reader::CsvReader;

/// Rows among which the header is looked for, and how much text of them is kept.
const LEAD_ROWS: usize = 60;
const LEAD_BYTES: usize = 1 << 20;

/// A table.
pub(crate) struct TableReader<'a> {
    source: TableSource<'a>,
    /// Rows that were read to find the header and have not been given out yet.
    lead: VecDeque<TableRow>,
    line: TableRow,
    /// The cells of the header as they stand there.
    header: TableRow,
    headers: Vec<SmolStr>,
    /// The first row, where it looks like any other and no header was found: columns have numbers.
    first_row: Option<TableRow>,
    notes: Vec<TableDiagnostic>,
}

/// Where rows come from.
enum TableSource<'a> {
    Csv(Box<CsvReader<'a>>),
    Workbook(WorkbookStream),
}

/// A row and its number.
#[derive(Debug, Clone, Default)]
pub struct TableRow {
    /// Its number, from 1.
    pub number: u32,
    /// Its cells.
    pub record: StringRecord,
    /// What the cells are, where they are not all texts.
    pub kinds: Vec<CellKind>,
    /// Whether it is as the other rows are.
    pub fit: RowFit,
}

/// Whether a row is as the other rows of its file are.
#[derive(Debug, Clone, Default)]
pub enum RowFit {
    /// It is.
    #[default]
    Fits,
    /// Empty cells are missing at its end, as the file leaves them out elsewhere.
    EndMissing,
    /// It is not, and nobody knows which of its cells stand in their columns.
    Misfit(Box<Diagnostic>),
}

/// What a cell of a workbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// A text.
    Text,
    /// A number; its decimal mark is a point.
    Number,
    /// A boolean: `true` or `false`.
    Boolean,
    /// An error, or a formula whose value is not known: it says nothing, not even that there is
    /// nothing.
    NoValue,
}

impl TableRow {
    /// Adds the empty cells that a workbook does not store at the end of a row.
    fn pad_cells(&mut self, width: usize) {
        while self.record.len() < width {
            self.record.push_field("");
            self.kinds.push(CellKind::Text);
        }
    }
}

/// How the header is found.
#[derive(Clone, Copy)]
pub struct HeaderSearch<'k> {
    /// The row it is in, by a mapping; 0 where there is none and columns have numbers.
    pub row: Option<u32>,
    /// What a name means to the shop.
    pub meaning: &'k dyn Fn(&str) -> NameMeaning,
}

/// A message about a row, and the column it is about.
pub(crate) struct TableDiagnostic {
    column: Option<usize>,
    diagnostic: Diagnostic,
}

impl TableDiagnostic {
    /// About the file.
    pub(crate) fn for_file(diagnostic: Diagnostic) -> Self {
        Self { column: None, diagnostic }
    }

    pub(crate) fn for_row(diagnostic: Diagnostic, row: u32) -> Self {
        Self { column: None, diagnostic: diagnostic.at_row(row) }
    }

    pub(crate) fn in_column(mut self, column: usize) -> Self {
        self.column = Some(column);
        self
    }
}

impl<'a> TableReader<'a> {
    /// Opens CSV and reads its header.
    pub(crate) fn open_csv(
        reader: ByteReader<'a>,
        dialect: CsvDialect,
        search: HeaderSearch<'_>,
    ) -> Result<Self, ReadError> {
        let rows = Box::new(CsvReader::open_with_dialect(reader, dialect)?);
        Self::open_source(TableSource::Csv(rows), Vec::new(), search)
    }

    /// Opens a workbook, chooses its sheet and reads its header.
    pub(crate) fn open_workbook(
        head: &[u8],
        source: impl Read,
        wanted: Option<&str>,
        search: HeaderSearch<'_>,
    ) -> Result<Self, ReadError> {
        let mut notes = Vec::new();
        let workbook =
            WorkbookStream::open_sheet(head, source, wanted, search.meaning, &mut notes)?;
        Self::open_source(TableSource::Workbook(workbook), notes, search)
    }

    /// How the file is called on a receipt, where that does not follow from its dialect.
    pub(crate) fn workbook_name(&self) -> Option<&str> {
        match &self.source {
            TableSource::Workbook(workbook) => Some(&workbook.name),
            TableSource::Csv(_) => None,
        }
    }

    fn open_source(
        source: TableSource<'a>,
        notes: Vec<TableDiagnostic>,
        search: HeaderSearch<'_>,
    ) -> Result<Self, ReadError> {
        let mut sheet = Self {
            source,
            lead: VecDeque::new(),
            line: TableRow::default(),
            header: TableRow::default(),
            headers: Vec::new(),
            first_row: None,
            notes,
        };
        sheet.read_lead_rows(search.row)?;
        if search.row == Some(0) {
            sheet.number_columns()?;
            return Ok(sheet);
        }
        let at = match search.row {
            Some(row) => sheet.lead.iter().position(|line| line.number == row),
            None => header_detection::find_header(&sheet.lead, search.meaning),
        };
        let Some(at) = at else {
            return Err(search.row.map_or(ReadError::Empty, |row| ReadError::NoHeaderRow { row }));
        };
        let data = header_detection::find_data(&sheet.lead, at, search.meaning);
        if search.row.is_none()
            && let Some(first) = data
        {
            sheet.lead.drain(..first);
            sheet.first_row = sheet.lead.front().cloned();
            sheet.number_columns()?;
            return Ok(sheet);
        }
        let mut above = sheet.lead.drain(..=at).collect::<Vec<_>>();
        sheet.header = above.pop().unwrap_or_default();
        sheet.report_rows_above(&above);
        sheet.name_columns()?;
        Ok(sheet)
    }

    /// Reads the rows among which the header is.
    fn read_lead_rows(&mut self, wanted: Option<u32>) -> Result<(), ReadError> {
        let mut bytes = 0;
        while self.lead.len() < LEAD_ROWS && bytes < LEAD_BYTES
            || wanted.is_some_and(|row| self.lead.back().is_none_or(|line| line.number < row))
        {
            let mut line = TableRow::default();
            if !self.source.read_row(&mut line, &mut self.notes)? {
                break;
            }
            bytes += line.record.as_slice().len();
            if wanted.is_some_and(|row| line.number < row) && self.lead.len() >= LEAD_ROWS {
                self.lead.clear();
            }
            self.lead.push_back(line);
        }
        Ok(())
    }

    /// Names the columns. Separators at the end of every line make none.
    fn name_columns(&mut self) -> Result<(), ReadError> {
        let last_filled = |line: &TableRow| {
            let filled = |cell: &str| !cell.trim().is_empty();
            line.record.iter().collect::<Vec<_>>().into_iter().rposition(filled)
        };
        let last = self.lead.iter().filter_map(last_filled).max();
        let width =
            last_filled(&self.header).max(last.filter(|last| *last < self.header.record.len()));
        let width = width.map_or(0, |last| last + 1);
        if width > COLUMN_LIMIT {
            return Err(ReadError::TooManyColumns);
        }
        self.headers.clear();
        for name in self.header.record.iter().take(width) {
            let name = name.trim();
            let before = self.header.record.iter().take(self.headers.len());
            let nth = 1 + before.filter(|other| other.trim() == name).count();
            self.headers.push(match nth {
                2.. if !name.is_empty() => SmolStr::new(format!("{name} ({nth})")),
                _ => SmolStr::new(name),
            });
        }
        Ok(())
    }

    /// Names the columns by their numbers, from 1.
    fn number_columns(&mut self) -> Result<(), ReadError> {
        let fits = |line: &&TableRow| !matches!(line.fit, RowFit::Misfit(_));
        let lengths = self.lead.iter().filter(fits).map(|line| line.record.len());
        let Some(width) = lengths.max() else { return Err(ReadError::Empty) };
        if width > COLUMN_LIMIT {
            return Err(ReadError::TooManyColumns);
        }
        self.headers = (1..=width).map(|number| SmolStr::new(number.to_string())).collect();
        Ok(())
    }

    fn report_rows_above(&mut self, above: &[TableRow]) {
        let (Some(first), Some(last)) = (above.first(), above.last()) else {
            return;
        };
        let texts = above.iter().flat_map(|line| &line.record).map(str::trim);
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        let rows = match first.number == last.number {
            true => first.number.to_string(),
            false => format!("{}–{}", first.number, last.number),
        };
        let message = words!(
            "rows-above-header",
            row = self.header.number.to_string(),
            rows = rows,
            texts = cut_excerpt(&texts.join(" "))
        );
        let note = Diagnostic::new_info("rows-above-header", message);
        self.notes.push(TableDiagnostic::for_file(note));
    }

    pub(crate) fn headers(&self) -> &[SmolStr] {
        &self.headers
    }

    /// The first row, where it looks like a row of data and no row is the header.
    pub(crate) fn unnamed_first_row(&self) -> Option<&TableRow> {
        self.first_row.as_ref()
    }

    /// The row that the header is in; 0 where there is none.
    pub(crate) fn header_row(&self) -> u32 {
        self.header.number
    }

    pub(crate) fn bytes_consumed(&self) -> u64 {
        match &self.source {
            TableSource::Csv(delimited) => delimited.bytes_consumed(),
            TableSource::Workbook(workbook) => workbook.bytes_consumed(),
        }
    }

    /// Which letters the rows read so far are written in, where that is a question.
    pub(crate) fn charset(&self) -> Option<Charset> {
        match &self.source {
            TableSource::Csv(delimited) => Some(delimited.charset()),
            TableSource::Workbook(_) => None,
        }
    }

    /// The diagnostics for rows that were read since the last call.
    pub(crate) fn drain_diagnostics(&mut self) -> impl Iterator<Item = Diagnostic> {
        let headers = &self.headers;
        self.notes.drain(..).map(|noted| {
            let mut diagnostic = noted.diagnostic;
            diagnostic.place.column =
                noted.column.map(|at| match headers.get(at).filter(|name| !name.is_empty()) {
                    Some(name) => name.clone(),
                    None => SmolStr::new(format!("column {}", column_letters(at))),
                });
            diagnostic
        })
    }

    /// The next row that is not an empty line.
    pub(crate) fn next_row(&mut self) -> Result<Option<&TableRow>, ReadError> {
        loop {
            match self.lead.pop_front() {
                Some(line) => self.line = line,
                None => {
                    if !self.source.read_row(&mut self.line, &mut self.notes)? {
                        return Ok(None);
                    }
                }
            }
            if let TableSource::Workbook(_) = self.source {
                self.line.pad_cells(self.headers.len());
            }
            if !self.is_repeated_header() {
                return Ok(Some(&self.line));
            }
            let note = Diagnostic::new_info("header-repeated", words!("header-repeated"));
            self.notes.push(TableDiagnostic::for_row(note, self.line.number));
        }
    }

    fn is_repeated_header(&self) -> bool {
        let (line, header) = (&self.line.record, &self.header.record);
        line.get(0) == header.get(0)
            && line.len() == header.len()
            && line.iter().zip(header).all(|(cell, name)| cell.trim() == name.trim())
    }
}

impl TableSource<'_> {
    fn read_row(
        &mut self,
        line: &mut TableRow,
        notes: &mut Vec<TableDiagnostic>,
    ) -> Result<bool, ReadError> {
        match self {
            Self::Csv(delimited) => delimited.read_row(line, notes),
            Self::Workbook(workbook) => workbook.read_row(line, notes),
        }
    }
}
