//! Records that raise a question: quotation marks in a text, or behind one, a quotation that goes on over
//! lines, a number of cells that other rows do not have.
//!
//! Reading by the letter may be wrong for them: a mark too few, and a row swallows those below it. So
//! the line is also read on its own, and where a quotation goes on, the line in which it ends. If that
//! line makes a row by itself, its mark opens a quotation and closes none.

use csv::ByteRecord;
use memchr::{memchr, memchr_iter};

use super::line_readings::{LineReadings, QuoteRuns};
use super::record_syntax::{Line, RecordRead, RecordShape, RecordSyntax, find_line};
use super::row_profile::RowProfile;

/// The most lines over which the end of a quotation is looked for that is not closed by the rules.
const MAX_LINES: usize = 200;

/// Judges the record that bytes begin with.
pub(super) struct OddRecord<'r> {
    pub(super) syntax: RecordSyntax,
    pub(super) quote: u8,
    pub(super) profile: &'r RowProfile,
    pub(super) bytes: &'r [u8],
    /// Nothing follows the bytes.
    pub(super) is_end: bool,
}

/// What becomes of a record.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is read by the letter.
    Taken { next: usize },
    /// It is read as its marks are meant, which is no question.
    Repaired { record: ByteRecord, next: usize },
    /// What stands before `next` is no row. Each line of it is refused, or all of it as one row.
    Refused { next: usize, is_each_line: bool },
    /// The file ends inside quotation marks, as where it is cut short.
    CutShort,
}

impl OddRecord<'_> {
    /// Judges the record that was read so by the letter.
    pub(super) fn judge(&self, read: RecordRead, record: &ByteRecord) -> Verdict {
        if let RecordRead::Whole(shape) = read
            && self.is_credible(shape, record)
            && !shape.last_line.is_some_and(|start| self.is_quoting_row_at(start))
            && (!shape.is_doubtful || self.is_end_or_row(shape.next) || !self.is_closed_below())
            && self.find_fragment_behind(shape, record).is_none()
        {
            return match self.has_other_reading(shape, record) {
                true => Verdict::Refused { next: shape.next, is_each_line: false },
                false => Verdict::Taken { next: shape.next },
            };
        }
        let Some(line) = find_line(self.bytes, self.is_end) else {
            return Verdict::Refused { next: self.bytes.len(), is_each_line: false };
        };
        let text = &self.bytes[..line.end];
        if let RecordRead::Whole(shape) = read
            && let Some(next) = self.find_fragment_behind(shape, record)
        {
            return Verdict::Refused { next, is_each_line: true };
        }
        if let Some(record) = self.readings().find_only(text) {
            return match self.find_end_below(text, line.next) {
                Some(next) => Verdict::Refused { next, is_each_line: true },
                None => Verdict::Repaired { record, next: line.next },
            };
        }
        let alone = Verdict::Refused { next: line.next, is_each_line: false };
        match read {
            RecordRead::Whole(shape) if self.is_of_other_length(shape, record) => {
                Verdict::Refused { next: shape.next, is_each_line: false }
            }
            _ if !self.is_open(text) => alone,
            _ => match self.judge_open(line) {
                Verdict::CutShort if read != RecordRead::Open => alone,
                verdict => verdict,
            },
        }
    }

    fn readings(&self) -> LineReadings<'_> {
        LineReadings { syntax: self.syntax, quote: self.quote, profile: self.profile }
    }

    /// Whether a record that follows the rules is as the others are.
    fn is_credible(&self, shape: RecordShape, record: &ByteRecord) -> bool {
        if !self.profile.fits_length(record.len()) {
            return false;
        }
        let is_quoted = |at: usize| at < 64 && shape.quoted >> at & 1 == 1;
        !shape.has_literal_quotes
            || record.iter().enumerate().all(|(at, cell)| {
                is_quoted(at) || memchr(self.quote, cell).is_none() || !self.profile.is_quoted(at)
            }) && self.profile.fits_numbers(record)
    }

    /// Whether a record that follows the rules can be read in another way, too: not all marks of its texts
    /// are doubled, and some cells hold separators.
    fn has_other_reading(&self, shape: RecordShape, record: &ByteRecord) -> bool {
        let text = || self.bytes[..shape.next].trim_ascii_end();
        shape.has_literal_quotes
            && shape.quoted != 0
            && self.readings().has_other_than(text(), record)
    }

    /// Whether a record follows the rules, and only its number of cells differs from most.
    fn is_of_other_length(&self, shape: RecordShape, record: &ByteRecord) -> bool {
        let is_closed = || match shape.last_line {
            Some(last_line) => !self.is_quoting_row_at(last_line) && self.is_end_or_row(shape.next),
            None => !shape.is_doubtful,
        };
        !shape.has_literal_quotes && !self.profile.fits_length(record.len()) && is_closed()
    }

    /// Where the next line ends if the last text of a row goes on in it: the text has no quotation marks
    /// around it, and the first cell of the line closes a quotation.
    fn find_fragment_behind(&self, shape: RecordShape, record: &ByteRecord) -> Option<usize> {
        let last = record.len().checked_sub(1)?;
        let is_quoted = last < 64 && shape.quoted >> last & 1 == 1;
        let has_marks = shape.quoted != 0 || shape.has_literal_quotes;
        // A comma within a text has a space behind it.
        if !has_marks || shape.last_line.is_some() || is_quoted || !record[last].starts_with(b" ") {
            return None;
        }
        let rest = &self.bytes[shape.next..];
        let breaks = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let line = find_line(&rest[breaks..], self.is_end)?;
        let text = &rest[breaks..breaks + line.end];
        let cells = memchr_iter(self.syntax.delimiter, text).count() + 1;
        let is_fragment = cells < self.profile.usual_length()
            && closes_quotation(text, self.syntax.delimiter, self.quote)
            && !self.is_row_at(shape.next + breaks);
        is_fragment.then_some(shape.next + breaks + line.next)
    }

    /// Whether a line below may close a quotation that the first line opens.
    fn is_closed_below(&self) -> bool {
        let Some(line) = find_line(self.bytes, self.is_end) else { return false };
        match self.judge_open(line) {
            Verdict::CutShort => false,
            Verdict::Refused { next, .. } => next > line.next,
            Verdict::Taken { .. } | Verdict::Repaired { .. } => true,
        }
    }

    /// Whether a row comes next, or nothing.
    fn is_end_or_row(&self, at: usize) -> bool {
        let rest = &self.bytes[at..];
        let breaks = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        breaks == rest.len() || self.is_row_at(at + breaks)
    }

    /// Whether a row begins with the line here whose first mark opens a quotation: it closes none.
    fn is_quoting_row_at(&self, start: usize) -> bool {
        let bytes = &self.bytes[start..];
        let mark = memchr(self.quote, bytes).unwrap_or(bytes.len());
        let is_start = |byte: u8| byte == self.syntax.delimiter || matches!(byte, b'\n' | b'\r');
        let cell = bytes[..mark].iter().rposition(|byte| is_start(*byte)).map_or(0, |at| at + 1);
        bytes[cell..mark].trim_ascii().is_empty() && self.is_row_at(start)
    }

    /// Whether a row begins with the line here.
    fn is_row_at(&self, start: usize) -> bool {
        let bytes = &self.bytes[start..];
        let mut record = ByteRecord::new();
        if let RecordRead::Whole(shape) = self.syntax.read_record(bytes, self.is_end, &mut record)
            && self.is_credible(shape, &record)
            && !has_stray_quote(shape, &record, self.quote)
        {
            return record.len() > 1
                && self.profile.fits_numbers(&record)
                && self.profile.fits_key(&record);
        }
        let line = find_line(bytes, self.is_end);
        line.is_some_and(|line| self.readings().find_only(&bytes[..line.end]).is_some())
    }

    /// Whether a cell of a line begins with a mark, and nothing closes it there.
    fn is_open(&self, line: &[u8]) -> bool {
        let parts = || line.split(|byte| *byte == self.syntax.delimiter);
        let quote = [self.quote];
        let closes = |part: &[u8]| {
            let part = part.trim_ascii();
            part.ends_with(&quote) && part.len() > 1
        };
        let count = parts().count();
        let last_closed = parts().collect::<Vec<_>>().iter().rposition(|part| closes(part));
        let behind = last_closed.map_or(0, |at| at + 1);
        let mut open = parts().take(count).skip(behind);
        let Some(part) = open.find(|part| part.trim_ascii().starts_with(&quote)) else {
            return false;
        };
        let quotes = |text: &[u8]| text.iter().filter(|byte| **byte == self.quote).count();
        let rest = quotes(part) + open.map(quotes).sum::<usize>();
        rest % 2 == 1
    }

    /// Where a cell begins with a mark that does not end with one, its quotation may end further below:
    /// in the next line with marks, if that is no row.
    fn find_end_below(&self, line: &[u8], mut at: usize) -> Option<usize> {
        let quote = [self.quote];
        let mut parts = line.split(|byte| *byte == self.syntax.delimiter).map(<[u8]>::trim_ascii);
        parts.find(|part| part.starts_with(&quote) && !part.ends_with(&quote))?;
        for _ in 0..MAX_LINES {
            let rest = &self.bytes[at..];
            let line = find_line(rest, self.is_end).filter(|line| line.next > 0)?;
            let text = &rest[..line.end];
            if memchr(self.quote, text).is_some() {
                let is_end = !self.is_quoting_row_at(at) && self.may_close(text);
                return is_end.then_some(at + line.next);
            }
            at += line.next;
        }
        None
    }

    /// Judges a line that opens a quotation and does not close it.
    fn judge_open(&self, first: Line) -> Verdict {
        let alone = Verdict::Refused { next: first.next, is_each_line: false };
        let (mut at, mut rows, mut others) = (first.next, 0, 0);
        for _ in 0..MAX_LINES {
            let rest = &self.bytes[at..];
            if rest.is_empty() {
                // Rows below show that the file goes on, and that one mark is missing.
                let is_cut = self.is_end && (rows == 0 || rows < others);
                let text = self.bytes.trim_ascii_end();
                return match is_cut.then(|| self.readings().find_only(text)) {
                    Some(Some(record)) => Verdict::Repaired { record, next: self.bytes.len() },
                    Some(None) => Verdict::CutShort,
                    None => alone,
                };
            }
            let Some(line) = find_line(rest, self.is_end) else { return alone };
            let text = &rest[..line.end];
            let is_row = self.is_row_at(at);
            if memchr(self.quote, text).is_some() {
                if self.is_quoting_row_at(at) {
                    return alone;
                }
                if self.may_close(text) {
                    return self.judge_span(at + line.end, at + line.next, rows > 0);
                }
            }
            rows += usize::from(is_row);
            others += usize::from(!is_row && !text.trim_ascii().is_empty());
            at += line.next;
        }
        alone
    }

    /// Judges lines that a quotation holds together, the last of which is no row by itself.
    fn judge_span(&self, end: usize, next: usize, has_rows: bool) -> Verdict {
        match self.readings().find_only(&self.bytes[..end]) {
            Some(record) if !has_rows => Verdict::Repaired { record, next },
            _ => Verdict::Refused { next, is_each_line: has_rows },
        }
    }

    /// Whether a mark stands at the end of a cell, and the marks of the line open nothing else.
    fn may_close(&self, line: &[u8]) -> bool {
        let mut parts = line.split(|byte| *byte == self.syntax.delimiter);
        !memchr_iter(self.quote, line).count().is_multiple_of(2)
            && parts.any(|part| part.trim_ascii().ends_with(&[self.quote]))
    }
}

/// Whether the first cell of a line ends with a mark that closes a quotation from above it.
pub(super) fn closes_quotation(line: &[u8], delimiter: u8, quote: u8) -> bool {
    let cell = line.split(|byte| *byte == delimiter).next().unwrap_or_default().trim_ascii();
    let run = cell.iter().take_while(|byte| **byte == quote).count();
    let is_opened = !run.is_multiple_of(2) && run < cell.len();
    let count = memchr_iter(quote, cell).count();
    !is_opened && cell.ends_with(&[quote]) && !count.is_multiple_of(2)
}

/// The first cell with a mark in it that is neither one of a pair nor one for inches.
pub(super) fn find_stray_quote(
    shape: RecordShape,
    record: &ByteRecord,
    quote: u8,
) -> Option<usize> {
    let is_quoted = |at: usize| at < 64 && shape.quoted >> at & 1 == 1;
    let is_stray = |cell: &[u8]| !QuoteRuns::in_text(cell, quote).is_plausible();
    let mut cells = record.iter().enumerate();
    cells.find(|(at, cell)| !is_quoted(*at) && is_stray(cell)).map(|(at, _)| at)
}

fn has_stray_quote(shape: RecordShape, record: &ByteRecord, quote: u8) -> bool {
    shape.has_literal_quotes && find_stray_quote(shape, record, quote).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYNTAX: RecordSyntax = RecordSyntax { delimiter: b',', quote: Some(b'"') };
    const TABLE: &str = "sku,price,name\nA,1.90,Cup\nB,2.90,Mug\nC,3.90,Jar\n";

    fn judge(text: &str) -> String {
        judge_in(TABLE, text)
    }

    fn judge_in(table: &str, text: &str) -> String {
        let profile = RowProfile::learn_from(table.as_bytes(), true, SYNTAX);
        let bytes = text.as_bytes();
        let odd = OddRecord { syntax: SYNTAX, quote: b'"', profile: &profile, bytes, is_end: true };
        let mut record = ByteRecord::new();
        let read = SYNTAX.read_record(bytes, true, &mut record);
        let shown = |record: &ByteRecord, next: usize| {
            let cells: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
            format!("{} then {:?}", cells.join("|"), &text[next..])
        };
        match odd.judge(read, &record) {
            Verdict::Taken { next } => format!("taken {}", shown(&record, next)),
            Verdict::Repaired { record, next } => format!("repaired {}", shown(&record, next)),
            Verdict::Refused { next, is_each_line } => {
                let each = if is_each_line { "each of " } else { "" };
                format!("refused {each}{:?}", &text[..next])
            }
            Verdict::CutShort => "cut short".to_owned(),
        }
    }

    #[test]
    fn no_row_swallows_the_one_after_it() {
        for (text, expected) in [
            ("D,1.90,Mug 5\"\nE", "taken D|1.90|Mug 5\" then \"E\""),
            ("D,1.90,\"Mug\nblue\"\nE", "taken D|1.90|Mug\nblue then \"E\""),
            (
                "D,1.90,\"Mug 5\"\"\nE,2.90,\"Mug 6\"\"\n",
                "repaired D|1.90|Mug 5\" then \"E,2.90,\\\"Mug 6\\\"\\\"\\n\"",
            ),
            ("D,1.90,\"Mug\nE,2.90,\"Cup\"\n", "refused \"D,1.90,\\\"Mug\\n\""),
            ("D,1.90,\"Mug\nE,2.90,Cup\n", "refused \"D,1.90,\\\"Mug\\n\""),
            ("D,1.90,\"5,\nE,2.90,Mug 6\"\n", "taken D|1.90|5,\nE,2.90,Mug 6 then \"\""),
            // The mark of the next row opens a quotation, though all cells come out.
            ("D,1.90,\"Mug\nE,2.90,\"\nx\"\n", "refused \"D,1.90,\\\"Mug\\n\""),
            ("D,1.90,\"half", "cut short"),
            (
                "D,1.90,\"Line \"1\" of it\nand, more\nend\"\n",
                "repaired D|1.90|Line \"1\" of it\nand, more\nend then \"\"",
            ),
            (
                "D,1.90,\"Line 'A\" of it\nB,5,blue\nend\"\n",
                "refused each of \"D,1.90,\\\"Line 'A\\\" of it\\nB,5,blue\\nend\\\"\\n\"",
            ),
        ] {
            assert_eq!(judge(text), expected, "{text}");
        }
    }

    #[test]
    fn a_record_of_another_length_is_one_row() {
        for (text, expected) in [
            ("D,\"Mug\nblue\"\nE,2.90,Cup\n", "refused \"D,\\\"Mug\\nblue\\\"\\n\""),
            ("\"D\",Mug\nE,2.90,Cup\n", "refused \"\\\"D\\\",Mug\\n\""),
        ] {
            assert_eq!(judge(text), expected, "{text}");
        }
    }

    #[test]
    fn a_mark_before_a_separator_opens_a_text_only_where_one_closes_it() {
        let text = "D,1.90,\"\"\",\"\nE\n";
        assert_eq!(judge(text), "taken D|1.90|\", then \"E\\n\"");
        let text = "D,\"\"\",\"5\",\"\nE\"\n";
        assert!(judge(text).starts_with("refused"), "{}", judge(text));
    }

    #[test]
    fn a_text_that_goes_on_below_takes_its_row_along() {
        assert_eq!(
            judge("D,\"5\", x\nMug\",1.90\nE,2.90,Cup\n"),
            "refused each of \"D,\\\"5\\\", x\\nMug\\\",1.90\\n\""
        );
        assert_eq!(
            judge("D,\"5\",x\nMug\",1.90\nE,2.90,Cup\n"),
            "taken D|5|x then \"Mug\\\",1.90\\nE,2.90,Cup\\n\""
        );
    }

    #[test]
    fn marks_that_are_not_doubled_must_leave_one_reading() {
        let table = "sku,name,note\nA,Cup,x\nB,Mug,y\nC,Jar,z\n";
        let text = "D,\"Pot 5\"\",\", 5\" Mug\"\n";
        assert!(judge_in(table, text).starts_with("refused"), "{}", judge_in(table, text));
        assert_eq!(judge_in(table, "D,\"Pot, 5\",13\"\n"), "taken D|Pot, 5|13\" then \"\"");
    }

    #[test]
    fn a_file_is_cut_short_only_inside_a_quotation() {
        assert_eq!(judge("D,1.90,\"Mug"), "cut short");
        assert_eq!(judge("D,1.90,\"Mug 5\"\"\n"), "repaired D|1.90|Mug 5\" then \"\"");
        assert_eq!(judge("D,1.90,\"Mug\nblue\"E,2.90,Cup\n"), "refused \"D,1.90,\\\"Mug\\n\"");
    }
}
