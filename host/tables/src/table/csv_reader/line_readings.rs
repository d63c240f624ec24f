//! The readings of a line whose quotation marks do not follow the rules.
//!
//! Many a program puts marks around a text and does not double those inside, and people type inch
//! marks. So every way to make cells of the line is tried: a text with separators in it needs a mark
//! at each of its ends, a cell is of the kind of its column, a row has as many cells as the others.
//! Where one way is left, the line is read so; where several are, nobody knows.

use std::borrow::Cow;

use csv::ByteRecord;

use super::record_syntax::RecordSyntax;
use super::row_profile::RowProfile;

/// The most parts of a line whose readings are looked for, and the most attempts.
const MAX_PARTS: usize = 2_000;
const MAX_ATTEMPTS: usize = 5_000;

/// The longest line whose readings are looked for.
const MAX_LENGTH: usize = 64 << 10;

/// Looks for the readings of a line.
pub(super) struct LineReadings<'p> {
    pub(super) syntax: RecordSyntax,
    pub(super) quote: u8,
    pub(super) profile: &'p RowProfile,
}

/// Ends of cells, as numbers of parts.
type CellEnds = Vec<usize>;

/// A search among the parts of a line.
struct ReadingSearch<'s> {
    readings: &'s LineReadings<'s>,
    line: &'s [u8],
    /// Where each part begins and ends.
    parts: Vec<(usize, usize)>,
    ends: CellEnds,
    found: Vec<CellEnds>,
    attempts: usize,
}

impl LineReadings<'_> {
    /// The only reading of a line, if there is one.
    pub(super) fn find_only(&self, line: &[u8]) -> Option<ByteRecord> {
        let search = self.search(line)?;
        match &search.found[..] {
            [only] if search.attempts <= MAX_ATTEMPTS => search.record_of(only),
            _ => None,
        }
    }

    /// Whether a line has another reading than this one.
    pub(super) fn has_other_than(&self, line: &[u8], record: &ByteRecord) -> bool {
        let Some(search) = self.search(line) else { return false };
        search.found.iter().any(|ends| search.record_of(ends).is_some_and(|found| found != *record))
    }

    /// Looks for readings until there are two; `None` for a line that is too long.
    fn search<'s>(&'s self, line: &'s [u8]) -> Option<ReadingSearch<'s>> {
        if line.len() > MAX_LENGTH {
            return None;
        }
        let mut parts = Vec::new();
        let mut from = 0;
        for at in memchr::memchr_iter(self.syntax.delimiter, line).take(MAX_PARTS) {
            parts.push((from, at));
            from = at + 1;
        }
        parts.push((from, line.len()));
        if parts.len() > MAX_PARTS {
            return None;
        }
        let mut search = ReadingSearch {
            readings: self,
            line,
            parts,
            ends: Vec::new(),
            found: Vec::new(),
            attempts: 0,
        };
        search.extend_reading();
        Some(search)
    }

    /// The text of a cell that is no more than the characters there; `None` where they cannot be one.
    fn read_cell<'t>(
        &self,
        column: usize,
        text: &'t [u8],
        is_joined: bool,
    ) -> Option<Cow<'t, [u8]>> {
        let inner = trim_blanks(text, self.syntax);
        let is_quoted =
            inner.len() >= 2 && inner.starts_with(&[self.quote]) && inner.ends_with(&[self.quote]);
        if is_quoted {
            return self.read_quoted(&inner[1..inner.len() - 1]);
        }
        let quotes = QuoteRuns::in_text(inner, self.quote);
        let has_breaks = || memchr::memchr2(b'\n', b'\r', inner).is_some();
        let fits = !is_joined
            && !has_breaks()
            && (quotes.is_empty() || quotes.is_plausible() && !self.profile.is_quoted(column))
            && (!inner.starts_with(&[self.quote]) || quotes.are_balanced());
        fits.then_some(Cow::Borrowed(text))
    }

    /// What stands between two marks: all marks in it are doubled, or none is.
    fn read_quoted<'t>(&self, inner: &'t [u8]) -> Option<Cow<'t, [u8]>> {
        let quotes = QuoteRuns::in_text(inner, self.quote);
        if quotes.single == 0 && quotes.others == 0 {
            return Some(match quotes.doubled {
                0 => Cow::Borrowed(inner),
                _ => Cow::Owned(halve_quotes(inner, self.quote)),
            });
        }
        quotes.is_plausible().then_some(Cow::Borrowed(inner))
    }
}

impl ReadingSearch<'_> {
    /// Tries every end of the next cell. A record is found where the last cell ends the line.
    fn extend_reading(&mut self) {
        let from = self.ends.last().copied().unwrap_or_default();
        if from == self.parts.len() {
            if self.readings.profile.fits_length(self.ends.len())
                && self
                    .record_of(&self.ends)
                    .is_some_and(|it| self.readings.profile.fits_texts(&it))
            {
                self.found.push(self.ends.clone());
            }
            return;
        }
        let column = self.ends.len();
        let least = self.readings.profile.least_length();
        let left = self.parts.len() - from;
        for end in from + 1..=self.parts.len() {
            self.attempts += 1;
            if self.found.len() > 1 || self.attempts > MAX_ATTEMPTS {
                return;
            }
            // With a cell of each part that is left there are too few.
            if column + 1 + left - (end - from) < least {
                return;
            }
            let text = &self.line[self.parts[from].0..self.parts[end - 1].1];
            let is_joined = end > from + 1;
            // Where rows differ in length, their number of cells does not tell what belongs together.
            let is_regular = self.readings.profile.is_regular();
            if is_joined && (!is_regular || self.is_boundary(end - 2)) {
                return;
            }
            if self.readings.read_cell(column, text, is_joined).is_some() {
                self.ends.push(end);
                self.extend_reading();
                self.ends.pop();
            }
            // Only a text that begins with a mark goes on behind a separator.
            if !trim_blanks(text, self.readings.syntax).starts_with(&[self.readings.quote]) {
                return;
            }
        }
    }

    /// Whether marks stand on both sides of the separator behind a part: there two cells meet.
    fn is_boundary(&self, part: usize) -> bool {
        let of = |at: usize| {
            let (from, to) = self.parts[at];
            trim_blanks(&self.line[from..to], self.readings.syntax)
        };
        let quote = [self.readings.quote];
        of(part).ends_with(&quote) && of(part + 1).starts_with(&quote)
    }

    fn record_of(&self, ends: &CellEnds) -> Option<ByteRecord> {
        let mut record = ByteRecord::new();
        let mut from = 0;
        for (column, end) in ends.iter().enumerate() {
            let text = &self.line[self.parts[from].0..self.parts[end - 1].1];
            record.push_field(&self.readings.read_cell(column, text, *end > from + 1)?);
            from = *end;
        }
        Some(record)
    }
}

/// The quotation marks in a text, by how many stand beside each other.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct QuoteRuns {
    single: usize,
    doubled: usize,
    others: usize,
    /// Single ones behind a number, as for inches, or inside of a word, as an apostrophe.
    measures: usize,
}

impl QuoteRuns {
    pub(super) fn in_text(text: &[u8], quote: u8) -> Self {
        let mut runs = Self::default();
        let mut at = 0;
        while let Some(found) = memchr::memchr(quote, &text[at..]) {
            let start = at + found;
            let length = text[start..].iter().take_while(|byte| **byte == quote).count();
            at = start + length;
            match length {
                1 => {
                    runs.single += 1;
                    runs.measures += usize::from(is_measure(&text[..start], text.get(at), quote));
                }
                2 => runs.doubled += 1,
                _ => runs.others += 1,
            }
        }
        runs
    }

    fn is_empty(self) -> bool {
        self.single + self.doubled + self.others == 0
    }

    /// Single marks that open and close.
    fn are_balanced(self) -> bool {
        self.doubled + self.others == 0 && self.single.is_multiple_of(2)
    }

    /// Marks that a text may have inside: pairs of them, or inches.
    pub(super) fn is_plausible(self) -> bool {
        self.doubled + self.others == 0
            && (self.single.is_multiple_of(2) || self.measures == self.single)
    }
}

/// Whether a mark behind this text is one for inches, or an apostrophe.
fn is_measure(before: &[u8], after: Option<&u8>, quote: u8) -> bool {
    // ½ and its like in UTF-8 and in Latin-1.
    let is_amount = |byte: &u8| byte.is_ascii_digit() || matches!(byte, 0xbc..=0xbe);
    let before = before.strip_suffix(b" ").unwrap_or(before);
    let is_inch = before.last().is_some_and(is_amount) && !after.is_some_and(u8::is_ascii_digit);
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let is_apostrophe =
        quote == b'\'' && before.last().is_some_and(is_letter) && after.is_some_and(is_letter);
    is_inch || is_apostrophe
}

fn halve_quotes(text: &[u8], quote: u8) -> Vec<u8> {
    let mut halved = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied();
    while let Some(byte) = bytes.next() {
        halved.push(byte);
        if byte == quote {
            bytes.next();
        }
    }
    halved
}

fn trim_blanks(text: &[u8], syntax: RecordSyntax) -> &[u8] {
    let text = &text[syntax.count_blanks(text)..];
    let is_blank = |byte: u8| byte == b' ' || byte == b'\t' && syntax.delimiter != b'\t';
    let end = text.iter().rposition(|byte| !is_blank(*byte)).map_or(0, |last| last + 1);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[u8] = b"sku,name,size,price\nA,Cup,13\",1.90\nB,Mug,S,2.90\nC,Jar,M,3.90\n";

    fn read(line: &str) -> Option<String> {
        let syntax = RecordSyntax { delimiter: b',', quote: Some(b'"') };
        let profile = RowProfile::learn_from(TABLE, true, syntax);
        let readings = LineReadings { syntax, quote: b'"', profile: &profile };
        let record = readings.find_only(line.as_bytes())?;
        Some(record.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn a_line_is_read_where_one_reading_fits() {
        for (line, expected) in [
            (r#"D,"Stand 55" black",55",9.90"#, Some(r#"D|Stand 55" black|55"|9.90"#)),
            (r#"D,"Stand 65", white",65",9.90"#, Some(r#"D|Stand 65", white|65"|9.90"#)),
            (r#"D,"Screen 24"",XL,9.90"#, Some(r#"D|Screen 24"|XL|9.90"#)),
            (r#"D,"A "flat" one, black",S,9.90"#, Some(r#"D|A "flat" one, black|S|9.90"#)),
            (r#"D,"big" mug,S,9.90"#, Some(r#"D|"big" mug|S|9.90"#)),
            (r#"D,""big" mug",S,9.90"#, Some(r#"D|"big" mug|S|9.90"#)),
            // Nobody knows whether this mark belongs to the text.
            (r#"D,"Mug"",S,9.90"#, None),
            (r#"D,"Mu"g",S,9.90"#, None),
            // Doubled marks and others in one text.
            (r#"D,"Tube 1/2"" x 3" long",S,9.90"#, None),
            // A mark is missing.
            (r#"D,"Mug,S,9.90"#, None),
            (r#"D,"Mug, blue,S,9.90"#, None),
            (r#"D,Mug, blue",S,9.90"#, None),
            // A cell too many, and too few.
            (r#"D,"Mug","blue",S,9.90"#, None),
            (r#"D,Mug 5",9.90"#, None),
            // A price that is none.
            (r#"D,"Mug",S,9.90""#, None),
        ] {
            assert_eq!(read(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn apostrophes_stand_in_words() {
        let is_plausible = |text: &str| QuoteRuns::in_text(text.as_bytes(), b'\'').is_plausible();
        assert!(is_plausible("it's"));
        assert!(is_plausible("the 'n' one"));
        assert!(!is_plausible("it''s"));
        assert!(!is_plausible("boys' coat"));
    }
}
