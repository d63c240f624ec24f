//! Tables: rows of cells below a header, from CSV or from a workbook.
//!
//! People put titles above a header and totals below the last row, glue exports together, and
//! leave separators at the ends of lines. So the first rows are read ahead, and the header is the
//! one that looks like it most ([`top`]); what stands above it, and where it stands again, is left
//! out and said. Rows keep the numbers that a spreadsheet gives them.

use std::collections::VecDeque;
use std::io::Read;

use csv::StringRecord;
use rikaste_model::diagnostic::{Diagnostic, excerpt};
use rikaste_model::words;
use smol_str::SmolStr;

use super::charset::Charset;
use super::intake::Intake;
use super::unreadable::{COLUMN_LIMIT, Unreadable};
use super::workbook::{Workbook, column_letters};

mod delimited;
mod dialect;
mod top;
mod totals;

pub(super) use dialect::{Dialect, Given, Sample};
pub(super) use top::Meaning;
pub(super) use totals::is_total;

use delimited::Delimited;

/// Rows among which the header is looked for, and how much text of them is kept.
const LEAD_ROWS: usize = 60;
const LEAD_BYTES: usize = 1 << 20;

/// A table.
pub(super) struct Sheet<'a> {
    source: Source<'a>,
    /// Rows that were read to find the header and have not been given out yet.
    lead: VecDeque<Line>,
    line: Line,
    /// The cells of the header as they stand there.
    header: Line,
    headers: Vec<SmolStr>,
    notes: Vec<Noted>,
}

/// Where rows come from.
enum Source<'a> {
    Delimited(Box<Delimited<'a>>),
    Workbook(Workbook),
}

/// A row and its number.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) number: u32,
    pub(super) record: StringRecord,
    /// What the cells are, where they are not all texts.
    pub(super) kinds: Vec<CellKind>,
}

/// What a cell of a workbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellKind {
    Text,
    /// A number; its decimal mark is a point.
    Number,
    /// An error, or a formula whose value is not known: it says nothing, not even that there is
    /// nothing.
    Unsaid,
}

impl Line {
    /// Adds the empty cells that a workbook does not store at the end of a row.
    fn fill(&mut self, width: usize) {
        while self.record.len() < width {
            self.record.push_field("");
            self.kinds.push(CellKind::Text);
        }
    }
}

/// How the header is found.
#[derive(Clone, Copy)]
pub(super) struct HeaderSearch<'k> {
    /// The row it is in, by a mapping.
    pub(super) row: Option<u32>,
    /// What a name means to the shop.
    pub(super) meaning: &'k dyn Fn(&str) -> Meaning,
}

/// A message about a row, and the column it is about.
pub(super) struct Noted {
    column: Option<usize>,
    diagnostic: Diagnostic,
}

impl Noted {
    /// About the file.
    pub(super) fn about_all(diagnostic: Diagnostic) -> Self {
        Self { column: None, diagnostic }
    }

    pub(super) fn at(diagnostic: Diagnostic, row: u32) -> Self {
        Self { column: None, diagnostic: diagnostic.at_row(row) }
    }

    pub(super) fn in_column(mut self, column: usize) -> Self {
        self.column = Some(column);
        self
    }
}

impl<'a> Sheet<'a> {
    /// Opens CSV and reads its header.
    pub(super) fn delimited(
        intake: Intake<'a>,
        dialect: Dialect,
        search: HeaderSearch<'_>,
    ) -> Result<Self, Unreadable> {
        let rows = Box::new(Delimited::open(intake, dialect)?);
        Self::open(Source::Delimited(rows), Vec::new(), search)
    }

    /// Opens a workbook, chooses its sheet and reads its header.
    pub(super) fn workbook(
        head: &[u8],
        source: impl Read,
        wanted: Option<&str>,
        search: HeaderSearch<'_>,
    ) -> Result<Self, Unreadable> {
        let mut notes = Vec::new();
        let workbook = Workbook::open(head, source, wanted, search.meaning, &mut notes)?;
        Self::open(Source::Workbook(workbook), notes, search)
    }

    /// How the file is called on a receipt, where that is not told from its dialect.
    pub(super) fn workbook_name(&self) -> Option<&str> {
        match &self.source {
            Source::Workbook(workbook) => Some(&workbook.name),
            Source::Delimited(_) => None,
        }
    }

    fn open(
        source: Source<'a>,
        notes: Vec<Noted>,
        search: HeaderSearch<'_>,
    ) -> Result<Self, Unreadable> {
        let mut sheet = Self {
            source,
            lead: VecDeque::new(),
            line: Line::default(),
            header: Line::default(),
            headers: Vec::new(),
            notes,
        };
        sheet.read_lead(search.row)?;
        let at = match search.row {
            Some(row) => sheet.lead.iter().position(|line| line.number == row),
            None => top::header(&sheet.lead, search.meaning),
        };
        let Some(at) = at else {
            return Err(search
                .row
                .map_or(Unreadable::Empty, |row| Unreadable::NoHeaderRow { row }));
        };
        let mut above = sheet.lead.drain(..=at).collect::<Vec<_>>();
        sheet.header = above.pop().unwrap_or_default();
        sheet.note_above(&above);
        sheet.name_columns()?;
        Ok(sheet)
    }

    /// Reads the rows among which the header is.
    fn read_lead(&mut self, wanted: Option<u32>) -> Result<(), Unreadable> {
        let mut bytes = 0;
        while self.lead.len() < LEAD_ROWS && bytes < LEAD_BYTES
            || wanted.is_some_and(|row| self.lead.back().is_none_or(|line| line.number < row))
        {
            let mut line = Line::default();
            if !self.source.read(&mut line, &mut self.notes)? {
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
    fn name_columns(&mut self) -> Result<(), Unreadable> {
        let said = |line: &Line| {
            let filled = |cell: &str| !cell.trim().is_empty();
            line.record.iter().collect::<Vec<_>>().into_iter().rposition(filled)
        };
        let last = self.lead.iter().filter_map(said).max();
        let width = said(&self.header).max(last.filter(|last| *last < self.header.record.len()));
        let width = width.map_or(0, |last| last + 1);
        if width > COLUMN_LIMIT {
            return Err(Unreadable::TooManyColumns);
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

    fn note_above(&mut self, above: &[Line]) {
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
            texts = excerpt(&texts.join(" "))
        );
        let note = Diagnostic::info("rows-above-header", message);
        self.notes.push(Noted::about_all(note));
    }

    pub(super) fn headers(&self) -> &[SmolStr] {
        &self.headers
    }

    /// The row that the header is in.
    pub(super) fn header_row(&self) -> u32 {
        self.header.number
    }

    pub(super) fn consumed(&self) -> u64 {
        match &self.source {
            Source::Delimited(delimited) => delimited.consumed(),
            Source::Workbook(workbook) => workbook.consumed(),
        }
    }

    /// Which letters the rows read so far are written in, where that is a question.
    pub(super) fn charset(&self) -> Option<Charset> {
        match &self.source {
            Source::Delimited(delimited) => Some(delimited.charset()),
            Source::Workbook(_) => None,
        }
    }

    /// What there is to say about rows that were read since it was asked last.
    pub(super) fn notes(&mut self) -> impl Iterator<Item = Diagnostic> {
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
    pub(super) fn next(&mut self) -> Result<Option<&Line>, Unreadable> {
        loop {
            match self.lead.pop_front() {
                Some(line) => self.line = line,
                None => {
                    if !self.source.read(&mut self.line, &mut self.notes)? {
                        return Ok(None);
                    }
                }
            }
            if let Source::Workbook(_) = self.source {
                self.line.fill(self.headers.len());
            }
            if !self.is_header_again() {
                return Ok(Some(&self.line));
            }
            let note = Diagnostic::info("header-repeated", words!("header-repeated"));
            self.notes.push(Noted::at(note, self.line.number));
        }
    }

    fn is_header_again(&self) -> bool {
        let (line, header) = (&self.line.record, &self.header.record);
        line.get(0) == header.get(0)
            && line.len() == header.len()
            && line.iter().zip(header).all(|(cell, name)| cell.trim() == name.trim())
    }
}

impl Source<'_> {
    fn read(&mut self, line: &mut Line, notes: &mut Vec<Noted>) -> Result<bool, Unreadable> {
        match self {
            Self::Delimited(delimited) => delimited.read(line, notes),
            Self::Workbook(workbook) => workbook.read(line, notes),
        }
    }
}
