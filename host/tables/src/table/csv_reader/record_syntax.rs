//! The grammar of a record: cells, what separates them, and the quotation marks around some.
//!
//! Only what RFC 4180 allows is read here, with white space around quotation marks besides. What
//! follows a closing mark and is no separator makes a record [`Broken`](RecordRead::Broken):
//! nothing is guessed.

use csv::ByteRecord;
use memchr::{memchr, memchr_iter, memchr2, memrchr2};

/// How the cells of a record are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RecordSyntax {
    pub(super) delimiter: u8,
    /// `None`: a quotation mark is a character as any other.
    pub(super) quote: Option<u8>,
}

/// What came of reading a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordRead {
    Whole(RecordShape),
    /// Something follows a closing quotation mark.
    Broken,
    /// The bytes end inside quotation marks.
    Open,
    /// The bytes end before the record does.
    Partial,
}

/// What a whole record looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RecordShape {
    /// Where the next record begins.
    pub(super) next: usize,
    /// Where the line begins in which its first quotation over lines ends; `None` in a record of one
    /// line.
    pub(super) last_line: Option<usize>,
    /// Whether a cell without quotation marks around it has one inside.
    pub(super) has_literal_quotes: bool,
    /// Whether a text ends in a mark and a separator: its last mark may open the next cell.
    pub(super) is_doubtful: bool,
    /// Which of the first 64 cells are in quotation marks.
    pub(super) quoted: u64,
}

impl RecordShape {
    /// Nothing about its quotation marks has a second reading.
    pub(super) fn is_plain(self) -> bool {
        self.last_line.is_none() && !self.has_literal_quotes && !self.is_doubtful
    }
}

impl RecordSyntax {
    /// Reads the record that these bytes begin with. `is_end` tells that no bytes follow them.
    pub(super) fn read_record(
        self,
        bytes: &[u8],
        is_end: bool,
        record: &mut ByteRecord,
    ) -> RecordRead {
        record.clear();
        let Some(line) = find_line(bytes, is_end) else { return RecordRead::Partial };
        let text = &bytes[..line.end];
        let mark = self.quote.and_then(|quote| Some((quote, memchr(quote, text)?)));
        let Some((quote, mark)) = mark else {
            self.split_cells(text, record);
            return RecordRead::Whole(RecordShape { next: line.next, ..RecordShape::default() });
        };
        self.read_quoted_record(bytes, is_end, QuotedLine { quote, mark, line }, record)
    }

    /// Reads a record whose first line has a quotation mark.
    fn read_quoted_record(
        self,
        bytes: &[u8],
        is_end: bool,
        first: QuotedLine,
        record: &mut ByteRecord,
    ) -> RecordRead {
        let QuotedLine { quote, mut mark, mut line } = first;
        let mut shape = RecordShape::default();
        let mut unescaped = Vec::new();
        let mut at = 0;
        loop {
            // The cells before the next mark of the line, and the last of the line where none follows.
            while at < mark
                && let Some(found) = memchr(self.delimiter, &bytes[at..mark.min(line.end)])
            {
                record.push_field(&bytes[at..at + found]);
                at += found + 1;
            }
            if mark >= line.end {
                record.push_field(&bytes[at..line.end]);
                shape.next = line.next;
                return RecordRead::Whole(shape);
            }
            let end;
            if at + self.count_blanks(&bytes[at..mark]) == mark {
                let closing = match find_closing(bytes, mark + 1, quote, is_end, &mut unescaped) {
                    Ok(closing) => closing,
                    Err(read) => return read,
                };
                shape.quoted |= 1_u64.checked_shl(record.len() as u32).unwrap_or(0);
                if unescaped.is_empty() {
                    record.push_field(&bytes[mark + 1..closing]);
                } else {
                    record.push_field(&unescaped);
                    shape.is_doubtful |= unescaped.ends_with(&[quote, self.delimiter]);
                }
                if closing > line.end {
                    let breaks = memrchr2(b'\n', b'\r', &bytes[..closing]);
                    shape.last_line = shape.last_line.or(breaks.map(|at| at + 1));
                    let Some(rest) = find_line(&bytes[closing..], is_end) else {
                        return RecordRead::Partial;
                    };
                    line = Line { end: closing + rest.end, next: closing + rest.next };
                }
                end = closing + 1 + self.count_blanks(&bytes[closing + 1..line.end]);
            } else {
                let rest = &bytes[mark..line.end];
                end = mark + memchr(self.delimiter, rest).unwrap_or(rest.len());
                shape.has_literal_quotes = true;
                record.push_field(&bytes[at..end]);
            }
            if end == line.end {
                shape.next = line.next;
                return RecordRead::Whole(shape);
            }
            if bytes[end] != self.delimiter {
                return RecordRead::Broken;
            }
            at = end + 1;
            mark = match bytes.get(at) {
                Some(byte) if *byte == quote => at,
                _ => memchr(quote, &bytes[at..line.end]).map_or(line.end, |found| at + found),
            };
        }
    }

    /// Cuts a line at each separator, whatever quotation marks it has.
    pub(super) fn split_cells(self, line: &[u8], record: &mut ByteRecord) {
        let mut from = 0;
        for at in memchr_iter(self.delimiter, line) {
            record.push_field(&line[from..at]);
            from = at + 1;
        }
        record.push_field(&line[from..]);
    }

    /// How much white space the bytes begin with that separates nothing.
    pub(super) fn count_blanks(self, bytes: &[u8]) -> usize {
        let is_blank = |byte: &u8| *byte == b' ' || *byte == b'\t' && self.delimiter != b'\t';
        bytes.iter().take_while(|byte| is_blank(byte)).count()
    }
}

/// The first line of a record, and its first quotation mark.
#[derive(Clone, Copy)]
struct QuotedLine {
    quote: u8,
    mark: usize,
    line: Line,
}

/// The line that bytes begin with: where its text ends, and where the next line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) end: usize,
    pub(super) next: usize,
}

/// The first line of these bytes; `None` where more of them are needed to see it.
pub(super) fn find_line(bytes: &[u8], is_end: bool) -> Option<Line> {
    let Some(end) = memchr2(b'\n', b'\r', bytes) else {
        return is_end.then_some(Line { end: bytes.len(), next: bytes.len() });
    };
    // A program that translates line feeds twice writes CR CR LF.
    let returns = bytes[end..].iter().take_while(|byte| **byte == b'\r').count();
    match bytes.get(end + returns) {
        Some(b'\n') => Some(Line { end, next: end + returns + 1 }),
        None if !is_end => None,
        _ => Some(Line { end, next: end + 1 }),
    }
}

/// Finds the mark that closes a quotation. Where it holds doubled marks, `unescaped` becomes its text.
fn find_closing(
    bytes: &[u8],
    from: usize,
    quote: u8,
    is_end: bool,
    unescaped: &mut Vec<u8>,
) -> Result<usize, RecordRead> {
    unescaped.clear();
    let mut at = from;
    loop {
        let Some(found) = memchr(quote, &bytes[at..]) else { return Err(RecordRead::Open) };
        let mark = at + found;
        match bytes.get(mark + 1) {
            Some(next) if *next == quote => {
                unescaped.extend_from_slice(&bytes[at..=mark]);
                at = mark + 2;
            }
            None if !is_end => return Err(RecordRead::Partial),
            _ => {
                if !unescaped.is_empty() {
                    unescaped.extend_from_slice(&bytes[at..mark]);
                }
                return Ok(mark);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, is_end: bool) -> String {
        let mut record = ByteRecord::new();
        let syntax = RecordSyntax { delimiter: b',', quote: Some(b'"') };
        match syntax.read_record(text.as_bytes(), is_end, &mut record) {
            RecordRead::Whole(shape) => {
                let cells: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
                let rest = &text[shape.next..];
                let plain = if shape.is_plain() { "" } else { " odd" };
                format!("{}{plain} then {rest:?}", cells.join("|"))
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn records_are_read_by_the_letter() {
        for (text, expected) in [
            ("a,b\nc", r#"a|b then "c""#),
            ("a,b\r\nc", r#"a|b then "c""#),
            ("a,b\r\r\nc", r#"a|b then "c""#),
            ("a,b\rc", r#"a|b then "c""#),
            ("a,,\n", r#"a|| then """#),
            ("\"a\",\"b, c\"\n", r#"a|b, c then """#),
            ("\"a \"\"b\"\"\",\"\"\n", r#"a "b"| then """#),
            (" \"a, b\" , c \n", r#"a, b| c  then """#),
            ("a,\"b\nc\",d\ne", "a|b\nc|d odd then \"e\""),
            ("a,13\",b\n", r#"a|13"|b odd then """#),
            ("a,\"b\"c\n", "Broken"),
            ("a,\"b\n", "Open"),
            ("a,\"b\"", r#"a|b then """#),
        ] {
            assert_eq!(read(text, true), expected, "{text}");
        }
        for text in ["a,b", "a,\"b\"", "a,\"b\",\"c\"\r", "a\r"] {
            assert_eq!(read(text, false), "Partial", "{text}");
        }
        assert_eq!(read("a,\"b\nc", false), "Open");
    }
}
