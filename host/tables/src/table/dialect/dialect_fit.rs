//! Cutting the beginning of a file into cells by a dialect that may be the wrong one, to see how
//! well it fits.

use super::FileSample;
use crate::charset::Charset;

/// Rows that are looked at.
const MAX_ROWS: usize = 500;

/// Of these, how many have their names looked at, and how many of each.
const NAME_ROWS: usize = 12;
const MAX_NAMES: usize = 64;

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct DialectFit {
    /// How many rows have how many cells.
    widths: Vec<(u32, u32)>,
    /// What could be names, of the first rows.
    pub(crate) lead_names: Vec<Vec<String>>,
    /// Cells in quotation marks.
    pub(crate) quoted: usize,
    /// Quotation marks that are followed by what should stand inside of them, or never closed.
    pub(crate) broken: usize,
    /// In rows with such marks, cells that begin and end with one.
    pub(crate) enclosed: usize,
    /// Marks inside of cells with a backslash before them.
    pub(crate) escapes: usize,
}

impl DialectFit {
    pub(crate) fn row_count(&self) -> usize {
        self.widths.iter().map(|(_, rows)| *rows as usize).sum()
    }

    /// How many cells most rows have that have several; 1 when none has.
    pub(crate) fn usual_width(&self) -> u32 {
        self.most_common_width().0
    }

    /// The share of rows that have as many.
    pub(crate) fn alike_share(&self) -> f64 {
        f64::from(self.most_common_width().1) / self.row_count().max(1) as f64
    }

    fn most_common_width(&self) -> (u32, u32) {
        let several = self.widths.iter().filter(|(width, _)| *width > 1);
        let most = several.max_by_key(|(width, rows)| (*rows, *width));
        most.or(self.widths.first()).copied().unwrap_or((1, 0))
    }

    fn count_width(&mut self, width: u32) {
        match self.widths.iter_mut().find(|(known, _)| *known == width) {
            Some((_, rows)) => *rows += 1,
            None => self.widths.push((width, 1)),
        }
    }
}

/// Cuts the sample. Its last row does not count where more of it may follow.
pub(crate) fn measure_fit(
    sample: FileSample<'_>,
    delimiter: u8,
    quote: Option<u8>,
    backslash: bool,
) -> DialectFit {
    let mut found = DialectFit::default();
    let mut cutter = SampleCutter { text: sample.text, at: 0, delimiter, quote, backslash };
    while !cutter.is_at_end() && found.row_count() < MAX_ROWS {
        let began = cutter.at;
        let mut row = cutter.cut_row();
        if !sample.whole && (row.open || cutter.is_at_end()) {
            // A quotation mark that is open for half of the sample is none.
            let most = (sample.text.len() - began) * 2 > sample.text.len();
            found.broken += usize::from(row.open && most);
            if found.row_count() > 0 {
                break;
            }
        }
        found.broken += row.broken + usize::from(row.swallowed && sample.whole);
        found.quoted += row.quoted;
        found.escapes += row.escapes;
        if row.broken > 0 || row.open {
            // The line by itself says how many cells it has, nearly.
            cutter.at = began;
            row = cutter.cut_line();
            found.enclosed += row.enclosed;
        }
        if row.cells.len() == 1 && row.cells[0].trim_ascii().is_empty() {
            continue;
        }
        found.count_width(u32::try_from(row.width).unwrap_or(u32::MAX));
        if found.lead_names.len() < NAME_ROWS {
            let names = row
                .cells
                .iter()
                .map(|cell| cell.trim_ascii())
                .filter(|cell| is_possible_name(cell));
            let names = names.map(|name| Charset::Western.decode_cell(name).into_owned());
            found.lead_names.push(names.collect());
        }
    }
    found
}

fn is_possible_name(cell: &[u8]) -> bool {
    (1..=60).contains(&cell.len()) && !cell[0].is_ascii_digit()
}

struct SampleCutter<'s> {
    text: &'s [u8],
    at: usize,
    delimiter: u8,
    quote: Option<u8>,
    backslash: bool,
}

#[derive(Default)]
struct SampleRow<'s> {
    /// The first of them.
    cells: Vec<&'s [u8]>,
    width: usize,
    quoted: usize,
    broken: usize,
    enclosed: usize,
    escapes: usize,
    /// It ends inside of quotation marks.
    open: bool,
    /// And what they hold goes on over lines: it was not just cut short.
    swallowed: bool,
}

impl<'s> SampleCutter<'s> {
    fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    fn cut_row(&mut self) -> SampleRow<'s> {
        let mut row = SampleRow::default();
        loop {
            let cell = self.cut_cell(&mut row);
            row.width += 1;
            if row.cells.len() < MAX_NAMES {
                row.cells.push(cell);
            }
            match self.text.get(self.at) {
                Some(byte) if *byte == self.delimiter => self.at += 1,
                Some(b'\r') if self.text.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return row;
                }
                Some(_) => {
                    self.at += 1;
                    return row;
                }
                None => return row,
            }
        }
    }

    /// Cuts a line at each delimiter, whatever marks there are.
    fn cut_line(&mut self) -> SampleRow<'s> {
        let quote = self.quote.take();
        let mut row = self.cut_row();
        self.quote = quote;
        let is_enclosed = |cell: &&[u8]| {
            let cell = cell.trim_ascii();
            cell.len() > 1 && cell.first() == quote.as_ref() && cell.last() == quote.as_ref()
        };
        row.enclosed = row.cells.iter().copied().filter(is_enclosed).count();
        row
    }

    fn skip_blanks(&mut self) {
        let is_blank = |byte: &u8| *byte == b' ' && self.delimiter != b' ';
        self.at += self.text[self.at..].iter().take_while(|byte| is_blank(byte)).count();
    }

    /// A cell, up to what ends it.
    fn cut_cell(&mut self, row: &mut SampleRow<'s>) -> &'s [u8] {
        self.skip_blanks();
        let start = self.at;
        if self.quote.is_none() || self.text.get(start).copied() != self.quote {
            self.skip_plain();
            return &self.text[start..self.at];
        }
        self.at += 1;
        if !self.skip_quoted(row) {
            row.open = true;
            row.swallowed = self.text[start..].trim_ascii_end().contains(&b'\n');
            return &self.text[start + 1..];
        }
        let inside = &self.text[start + 1..self.at - 1];
        self.skip_blanks();
        let end = self.at;
        self.skip_plain();
        if end == self.at {
            row.quoted += 1;
        } else {
            row.broken += 1;
        }
        inside
    }

    fn skip_plain(&mut self) {
        let ends = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\r' | b'\n');
        let rest = &self.text[self.at..];
        self.at += rest.iter().position(ends).unwrap_or(rest.len());
    }

    /// Goes behind the closing mark; false when there is none.
    fn skip_quoted(&mut self, row: &mut SampleRow<'s>) -> bool {
        while let Some(byte) = self.text.get(self.at) {
            self.at += 1;
            let next = self.text.get(self.at).copied();
            if self.backslash && *byte == b'\\' {
                row.escapes += usize::from(next == self.quote);
                self.at += usize::from(next.is_some());
            } else if Some(*byte) == self.quote {
                if next != self.quote {
                    return true;
                }
                self.at += 1;
            }
        }
        false
    }
}
