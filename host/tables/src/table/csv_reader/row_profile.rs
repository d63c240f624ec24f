//! What the rows of a file have in common: how many cells, and what kind of text stands in each column.
//!
//! It is learned from the rows at the beginning that leave no question, and rows that do leave one are
//! judged by it. One row may be another in each column: the header.

use csv::ByteRecord;

use super::record_syntax::{RecordRead, RecordSyntax, find_line};

/// Rows that are learned from.
const MAX_ROWS: usize = 500;

/// Columns whose texts are looked at.
const MAX_COLUMNS: usize = 64;

/// What the rows of a file have in common.
#[derive(Debug, Default)]
pub(super) struct RowProfile {
    lengths: RowLengths,
    /// How many rows it was learned from.
    rows: u32,
    columns: Vec<ColumnTexts>,
    /// Columns of numbers, but for some texts.
    number_columns: Vec<usize>,
}

/// How many cells rows have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowLengths {
    /// All as many.
    Equal(usize),
    /// At most so many: the file leaves out the empty cells at the end of a row.
    CutEnds(usize),
    /// At least so many, with empty cells more at the end of some.
    PaddedEnds(usize),
}

impl Default for RowLengths {
    fn default() -> Self {
        Self::Equal(1)
    }
}

/// How a row ends.
#[derive(Debug, Clone, Copy)]
struct RowEnd {
    length: usize,
    is_empty: bool,
    /// It says one thing only, as a title does.
    is_title: bool,
}

impl RowEnd {
    fn of_record(record: &ByteRecord) -> Self {
        let is_filled = |cell: &&[u8]| !cell.trim_ascii().is_empty();
        Self {
            length: record.len(),
            is_empty: record.len() > 1 && record.iter().next_back().is_some_and(<[u8]>::is_empty),
            is_title: record.iter().filter(is_filled).count() < 2,
        }
    }
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, Default)]
struct ColumnTexts {
    filled: u32,
    numbers: u32,
    quoted: u32,
    /// Quoted texts that need no marks.
    needless_quotes: u32,
}

impl ColumnTexts {
    fn is_number(self) -> bool {
        self.numbers >= 2 && self.numbers + 1 >= self.filled
    }

    /// No number stands in it.
    fn is_text(self) -> bool {
        self.filled >= 3 && self.numbers == 0
    }

    fn is_mostly_number(self) -> bool {
        self.numbers >= 2 && self.numbers * 2 + 1 >= self.filled
    }

    fn is_mostly_text(self) -> bool {
        self.filled >= 3 && self.numbers * 4 <= self.filled
    }

    fn is_quoted(self) -> bool {
        self.needless_quotes >= 5 && (self.quoted + 1) * 4 >= self.filled * 3
    }
}

impl RowProfile {
    /// Learns from the beginning of a file.
    pub(super) fn learn_from(sample: &[u8], is_end: bool, syntax: RecordSyntax) -> Self {
        let mut ends = Vec::new();
        visit_records(sample, is_end, syntax, |record, _| ends.push(RowEnd::of_record(record)));
        let mut profile = Self { lengths: RowLengths::of_rows(&ends), ..Self::default() };
        visit_records(sample, is_end, syntax, |record, quoted| {
            if profile.fits_length(record.len()) {
                profile.add_row(record, quoted, syntax);
            }
        });
        let columns = profile.columns.iter().enumerate();
        profile.number_columns =
            columns.filter(|(_, column)| column.is_mostly_number()).map(|(at, _)| at).collect();
        profile
    }

    fn add_row(&mut self, record: &ByteRecord, quoted: u64, syntax: RecordSyntax) {
        self.rows += 1;
        let width = record.len().min(MAX_COLUMNS);
        if self.columns.len() < width {
            self.columns.resize(width, ColumnTexts::default());
        }
        for (at, (cell, column)) in record.iter().zip(&mut self.columns).enumerate() {
            let cell = cell.trim_ascii();
            if !cell.is_empty() {
                column.filled += 1;
                column.numbers += u32::from(is_number_like(cell));
                let is_quoted = quoted >> at & 1 == 1;
                let needs_marks = |byte: &u8| {
                    matches!(byte, b'\n' | b'\r')
                        || *byte == syntax.delimiter
                        || Some(*byte) == syntax.quote
                };
                let is_needless = is_quoted && !cell.iter().any(needs_marks);
                column.quoted += u32::from(is_quoted);
                column.needless_quotes += u32::from(is_needless);
            }
        }
    }

    /// Whether no text stands in a column of numbers.
    pub(super) fn fits_numbers(&self, record: &ByteRecord) -> bool {
        record.iter().zip(&self.columns).all(|(cell, column)| {
            let cell = cell.trim_ascii();
            cell.is_empty() || !column.is_number() || is_number_like(cell)
        })
    }

    /// Whether the first cell says something, where it does in all rows, and in one line.
    pub(super) fn fits_key(&self, record: &ByteRecord) -> bool {
        let is_always_filled =
            self.columns.first().is_some_and(|column| column.filled >= self.rows);
        let key = record.iter().next().unwrap_or_default();
        !is_always_filled || !key.trim_ascii().is_empty() && !key.contains(&b'\n')
    }

    /// How many cells a row has; the most where that differs.
    pub(super) fn usual_length(&self) -> usize {
        match self.lengths {
            RowLengths::Equal(length)
            | RowLengths::CutEnds(length)
            | RowLengths::PaddedEnds(length) => length,
        }
    }

    /// How many cells a row has at least.
    pub(super) fn least_length(&self) -> usize {
        match self.lengths {
            RowLengths::Equal(length) | RowLengths::PaddedEnds(length) => length,
            RowLengths::CutEnds(_) => 1,
        }
    }

    /// Whether all rows have as many cells.
    pub(super) fn is_regular(&self) -> bool {
        matches!(self.lengths, RowLengths::Equal(_))
    }

    /// Whether rows have so many cells.
    pub(super) fn fits_length(&self, length: usize) -> bool {
        match self.lengths {
            RowLengths::Equal(usual) => length == usual,
            RowLengths::CutEnds(most) => length <= most,
            RowLengths::PaddedEnds(least) => length >= least,
        }
    }

    /// Whether a row fits that has another number of cells than most: what is missing or too much at
    /// its end is empty, as the file has it elsewhere.
    pub(super) fn fits_end(&self, record: &ByteRecord) -> bool {
        let usual = self.usual_length();
        match self.lengths {
            RowLengths::Equal(_) => record.len() == usual || self.is_only_end_missing(record),
            RowLengths::CutEnds(_) => record.len() <= usual && self.fits_texts(record),
            RowLengths::PaddedEnds(_) => {
                record.len() >= usual
                    && record.iter().skip(usual).all(|cell| cell.trim_ascii().is_empty())
            }
        }
    }

    /// Whether one cell is missing, and the columns of numbers leave only the last.
    fn is_only_end_missing(&self, record: &ByteRecord) -> bool {
        let usual = self.usual_length();
        if record.len() + 1 != usual || usual > self.columns.len() || !self.fits_texts(record) {
            return false;
        }
        let is_text_among_numbers = |column: usize, cell: &[u8]| {
            let cell = cell.trim_ascii();
            self.columns[column].is_number() && !cell.is_empty() && !is_number_like(cell)
        };
        // Without the cell of column `missing`, those behind it stand one column too early.
        (0..record.len()).all(|missing| {
            (missing..record.len()).any(|at| is_text_among_numbers(at + 1, &record[at]))
        })
    }

    /// Whether each text is of the kind of its column.
    pub(super) fn fits_texts(&self, record: &ByteRecord) -> bool {
        record.iter().enumerate().all(|(at, cell)| self.fits_column(at, cell))
    }

    fn fits_column(&self, at: usize, cell: &[u8]) -> bool {
        let cell = cell.trim_ascii();
        let Some(column) = self.columns.get(at).filter(|_| !cell.is_empty()) else { return true };
        match is_number_like(cell) {
            true => !column.is_text(),
            false => !column.is_number(),
        }
    }

    /// The column of numbers in which a text stands, where the cells of the row have moved: without one
    /// that is empty, or with one more, each is of the kind of its column.
    pub(super) fn find_moved_column(&self, record: &ByteRecord) -> Option<usize> {
        let is_text = |at: &usize| {
            let first = record.get(*at).and_then(<[u8]>::first);
            first.is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
        };
        let column = self.number_columns.iter().copied().find(is_text)?;
        let is_moved = |at: usize, cell: &[u8]| {
            let cell = cell.trim_ascii();
            let Some(column) = self.columns.get(at).filter(|_| !cell.is_empty()) else {
                return false;
            };
            match is_number_like(cell) {
                true => column.is_mostly_text(),
                false => column.is_mostly_number(),
            }
        };
        let mut numbers = record.iter().enumerate().filter(|(_, cell)| is_number_like(cell));
        if !numbers.any(|(at, cell)| is_moved(at, cell)) {
            return None;
        }
        let fits = |cells: &mut dyn Iterator<Item = &[u8]>| {
            !cells.enumerate().any(|(at, cell)| is_moved(at, cell))
        };
        let is_empty = |at: usize| record[at].trim_ascii().is_empty();
        let without =
            |at: usize| fits(&mut record.iter().take(at).chain(record.iter().skip(at + 1)));
        let with = |at: usize| {
            fits(&mut record.iter().take(at).chain([&b""[..]]).chain(record.iter().skip(at)))
        };
        let mut places = 0..record.len();
        let has_moved = places.clone().any(|at| is_empty(at) && without(at))
            || is_empty(record.len() - 1) && places.any(with);
        has_moved.then_some(column)
    }

    /// Whether the cells of a column stand in quotation marks, all of them.
    pub(super) fn is_quoted(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.is_quoted())
    }
}

impl RowLengths {
    fn of_rows(rows: &[RowEnd]) -> Self {
        let several = || rows.iter().filter(|row| row.length > 1);
        // The length of most rows; of equally many, the one that comes first.
        let usual_of = |is_counted: &dyn Fn(&RowEnd) -> bool| {
            let count = |length: usize| {
                several().filter(|row| row.length == length && is_counted(row)).count()
            };
            let counted = several().filter(|row| is_counted(row));
            counted.rev().max_by_key(|row| count(row.length)).map(|row| row.length)
        };
        let Some(usual) = usual_of(&|row| !row.is_title).or_else(|| usual_of(&|_| true)) else {
            return Self::Equal(1);
        };
        // Titles stand above the header, and are short.
        let first = rows.iter().position(|row| row.length >= usual && !row.is_title);
        let table = &rows[first.unwrap_or_default()..];
        let is_common = |count: usize| count >= 3 && count * 10 >= table.len();
        let most = table.iter().map(|row| row.length).max().unwrap_or(usual);
        let short = table.iter().filter(|row| row.length < most).count();
        let is_header_longest = table.first().is_some_and(|row| row.length == most);
        if is_header_longest && is_common(short) && !table.iter().any(|row| row.is_empty) {
            return Self::CutEnds(most);
        }
        let least = table.iter().map(|row| row.length).min().unwrap_or(usual);
        let padded = table.iter().filter(|row| row.length > least).count();
        if least > 1
            && is_common(padded)
            && table.len() > padded
            && table.iter().all(|row| row.length == least || row.is_empty)
        {
            return Self::PaddedEnds(least);
        }
        Self::Equal(usual)
    }
}

/// Visits the first records that are whole; of a line that is none, the next line is tried.
fn visit_records(
    sample: &[u8],
    is_end: bool,
    syntax: RecordSyntax,
    mut visit: impl FnMut(&ByteRecord, u64),
) {
    let mut record = ByteRecord::new();
    let (mut rest, mut rows) = (sample, 0);
    while !rest.is_empty() && rows < MAX_ROWS {
        let next = match syntax.read_record(rest, is_end, &mut record) {
            RecordRead::Whole(shape) => {
                if record.len() > 1 || !record.as_slice().trim_ascii().is_empty() {
                    visit(&record, shape.quoted);
                    rows += 1;
                }
                shape.next
            }
            RecordRead::Broken | RecordRead::Open => match find_line(rest, is_end) {
                Some(line) => line.next,
                None => return,
            },
            RecordRead::Partial => return,
        };
        rest = &rest[next..];
    }
}

/// Whether it is a number, a price, a date: it begins as one, and has few letters. An inch mark makes
/// a text of it.
fn is_number_like(cell: &[u8]) -> bool {
    let starts =
        |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b',' | b'$');
    let letters = cell.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    cell.first().is_some_and(starts)
        && cell.iter().any(u8::is_ascii_digit)
        && letters <= 3
        && cell.len() <= 40
        && !cell.iter().any(|byte| matches!(byte, b'"' | b'\'' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYNTAX: RecordSyntax = RecordSyntax { delimiter: b',', quote: Some(b'"') };

    fn lengths(text: &str) -> RowLengths {
        RowProfile::learn_from(text.as_bytes(), true, SYNTAX).lengths
    }

    #[test]
    fn rows_are_equally_long_unless_many_say_otherwise() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n1,2\n", RowLengths::Equal(3)),
            ("Titles\n\na,b,c\n1,2,3\n1,2\n", RowLengths::Equal(3)),
            ("a,b,c\n1,2\n1,2\n1\n1,2,3\n", RowLengths::CutEnds(3)),
            ("a,b,c\n1,2\n1,2\n1\n1,2,\n", RowLengths::Equal(3)),
            ("a,b,c\n1,2,3,\n1,2,3,\n1,2,3,\n1,2,3\n", RowLengths::PaddedEnds(3)),
            ("Titles,,,\nof 1.1.,,,\nabove,,,\na,b,c\n1,2,3\n", RowLengths::Equal(3)),
            ("a,b\n1,2\n1,2,3\n1,2,3\n1\n", RowLengths::Equal(2)),
            ("a,b,c,\n1,2,3,\n1,2,3,\n1,2,3,\n1,2,3,\n", RowLengths::Equal(4)),
            ("a\nb\n", RowLengths::Equal(1)),
        ] {
            assert_eq!(lengths(text), expected, "{text}");
        }
    }

    #[test]
    fn a_missing_cell_is_the_last_where_the_others_fit_nowhere_else() {
        let profile = RowProfile::learn_from(
            b"sku,name,color,price\nA,Cup,red,1.90\nB,Mug,blue,2.90\nC,Jar,green,3.90\n",
            true,
            SYNTAX,
        );
        for (row, fits) in [
            (&["D", "Pot", "red"][..], true),
            (&["D", "Pot", "4.90"], false),
            (&["D", "red", "4.90"], false),
            (&["D", "Pot"], false),
            (&["D", "Pot", "red", "4.90"], true),
            (&["D", "Pot", "red", "4.90", ""], false),
        ] {
            assert_eq!(profile.fits_end(&ByteRecord::from(row)), fits, "{row:?}");
        }
        let moved = |row: &[&str]| profile.find_moved_column(&ByteRecord::from(row));
        assert_eq!(moved(&["D", "Pot", "4.90", "red"]), None);
        assert_eq!(moved(&["D", "4.90", "", "Pot"]), None);
        assert_eq!(moved(&["D", "Pot", "red", "on request"]), None);
        assert_eq!(moved(&["D", "Pot", "red", "4.90"]), None);
        let profile = RowProfile::learn_from(
            b"sku,name,price,color\nA,Cup,1.90,red\nB,Mug,2.90,blue\nC,Jar,3.90,green\n",
            true,
            SYNTAX,
        );
        let moved = |row: &[&str]| profile.find_moved_column(&ByteRecord::from(row));
        assert_eq!(moved(&["D", "", "Pot", "4.90"]), Some(2));
        assert_eq!(moved(&["D", "4.90", "red", ""]), Some(2));
    }
}
