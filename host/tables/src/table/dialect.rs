//! Dialects of CSV: which byte separates cells, which mark they are quoted with, and how a mark
//! inside of a cell is written.
//!
//! Every plausible dialect is tried on the beginning of the file, and the one is chosen under which
//! the rows come out most alike: as many cells in each, names in one of them that the shop knows,
//! no quotation mark in a place where none can be. So a title above the header, decimal commas and
//! sentences in cells do not count for much. What a mapping states is not guessed.
//!
//! `qsv-sniffer` knows neither the shop's names nor a backslash before a mark. It brings parsers of
//! types and dates, which are not needed here.

use crate::byte_reader::QuoteFixes;

mod dialect_fit;

use dialect_fit::{DialectFit, measure_fit};

/// How the rows of a CSV file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CsvDialect {
    pub(crate) delimiter: u8,
    /// Nothing: a quotation mark is a character as any other.
    pub(crate) quote: Option<u8>,
    /// A mark inside of a cell has a backslash before it.
    pub(crate) backslash: bool,
    /// Rows end with CR alone.
    pub(crate) lone_cr: bool,
    /// The first line only names the delimiter, as Excel wants it.
    pub(crate) is_declared: bool,
}

/// What a mapping says of a dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DialectOverride {
    /// What separates cells.
    pub delimiter: Option<u8>,
    /// `Some(None)`: no quotation marks.
    pub quote: Option<Option<u8>>,
}

/// The beginning of a file.
#[derive(Clone, Copy)]
pub(crate) struct FileSample<'s> {
    pub(crate) text: &'s [u8],
    /// It is all there is.
    pub(crate) whole: bool,
}

/// What cells are usually separated by, the likeliest first.
const USUAL_DELIMITERS: [u8; 4] = *b",;\t|";

/// What they are separated by where somebody feared all of these.
const RARE_DELIMITERS: [u8; 4] = *b"^~\x1f\x01";

impl CsvDialect {
    /// Finds the dialect. `known` tells whether a name means something to the shop.
    pub(crate) fn detect_in(
        sample: FileSample<'_>,
        given: DialectOverride,
        known: &dyn Fn(&str) -> bool,
    ) -> Self {
        let text = sample.text;
        let declared = declared_delimiter(text);
        let lone_cr = text.contains(&b'\r') && !text.contains(&b'\n');
        let body = declared.map_or(text, |(_, length)| &text[length..]);
        let body = FileSample { text: body, ..sample };
        let wanted = given.delimiter.or(declared.map(|(delimiter, _)| delimiter));
        let (delimiter, quoting) = match wanted {
            Some(delimiter) => (delimiter, choose_quoting(body, delimiter, given.quote)),
            None => choose_delimiter(body, given.quote, known),
        };
        Self {
            delimiter,
            quote: quoting.quote,
            backslash: quoting.backslash,
            lone_cr,
            is_declared: declared.is_some(),
        }
    }

    /// How it is called on a receipt.
    pub(crate) fn name(self) -> String {
        let quote = self.quote_name().map(|name| format!(", {name}")).unwrap_or_default();
        format!("CSV, {}{quote}", self.delimiter_name())
    }

    /// What the delimiter is called on a receipt.
    fn delimiter_name(self) -> String {
        match self.delimiter {
            b',' => "comma".to_owned(),
            b';' => "semicolon".to_owned(),
            b'\t' => "tab".to_owned(),
            b'|' => "bar".to_owned(),
            b':' => "colon".to_owned(),
            b' ' => "space".to_owned(),
            byte if byte.is_ascii_graphic() => format!("delimiter {}", char::from(byte)),
            byte => format!("delimiter {byte:02X}"),
        }
    }

    /// What the quotation marks are called on a receipt, where they are not the usual ones.
    fn quote_name(self) -> Option<&'static str> {
        match (self.quote, self.backslash) {
            (Some(b'"'), false) => None,
            (Some(b'"'), true) => Some("\\\" for a quotation mark"),
            (Some(_), _) => Some("single quotation marks"),
            (None, _) => Some("no quotation marks"),
        }
    }

    /// What has to be put right on the way in.
    pub(crate) fn quote_fixes(self) -> QuoteFixes {
        QuoteFixes {
            backslash: self.backslash,
            lone_cr: self.lone_cr,
            quote: self.quote.unwrap_or_default(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct QuoteStyle {
    quote: Option<u8>,
    backslash: bool,
}

/// The delimiter that a first line `sep=;` names, and the length of the line.
fn declared_delimiter(text: &[u8]) -> Option<(u8, usize)> {
    let end = text.iter().position(|byte| matches!(byte, b'\r' | b'\n'))?;
    let line = text[..end].trim_ascii_end();
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    // Of `sep=<tab>` the tab was trimmed.
    let delimiter = match line {
        [s @ .., b'=', delimiter] if s.eq_ignore_ascii_case(b"sep") => *delimiter,
        line if line.eq_ignore_ascii_case(b"sep=") && text[..end].ends_with(b"\t") => b'\t',
        _ => return None,
    };
    let feed = usize::from(text[end..].starts_with(b"\r\n"));
    (delimiter.is_ascii() && delimiter != b'"').then_some((delimiter, end + 1 + feed))
}

fn choose_delimiter(
    sample: FileSample<'_>,
    quote: Option<Option<u8>>,
    known: &dyn Fn(&str) -> bool,
) -> (u8, QuoteStyle) {
    let is_decimal = has_decimal_commas_only(sample.text);
    let others = || USUAL_DELIMITERS.iter().any(|it| *it != b',' && sample.text.contains(it));
    let occurs = |delimiter: &u8| {
        sample.text.contains(delimiter) && !(*delimiter == b',' && is_decimal && others())
    };
    let best = |candidates: &[u8]| {
        let scored = candidates.iter().copied().filter(occurs).map(|delimiter| {
            let quoting = choose_quoting(sample, delimiter, quote);
            let scan = measure_fit(sample, delimiter, quoting.quote, quoting.backslash);
            (score_fit(&scan, known), scan, delimiter, quoting)
        });
        // The first of equals.
        scored.fold(None, |best: Option<(f64, DialectFit, u8, QuoteStyle)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
    };
    let usual = best(&USUAL_DELIMITERS);
    let sure = |scan: &DialectFit| scan.usual_width() > 1 && scan.alike_share() > 0.9;
    if !usual.as_ref().is_some_and(|(_, scan, ..)| sure(scan))
        && let Some((points, scan, delimiter, quoting)) = best(&RARE_DELIMITERS)
        && scan.usual_width() > 2
        && scan.alike_share() > 0.95
        && usual.as_ref().is_none_or(|usual| usual.0 < points)
    {
        return (delimiter, quoting);
    }
    match usual {
        Some((_, _, delimiter, quoting)) => (delimiter, quoting),
        None => (b',', choose_quoting(sample, b',', quote)),
    }
}

/// Whether each comma stands between digits, and two behind it: `29,90`.
fn has_decimal_commas_only(text: &[u8]) -> bool {
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    memchr::memchr_iter(b',', text).all(|at| {
        at > 0 && is_digit(at - 1) && is_digit(at + 1) && is_digit(at + 2) && !is_digit(at + 3)
    })
}

/// How good a dialect is: how many rows are alike, and some more for names that are known and for
/// many cells, because a right delimiter makes more of them than a comma in sentences.
fn score_fit(scan: &DialectFit, known: &dyn Fn(&str) -> bool) -> f64 {
    let names =
        scan.lead_names.iter().map(|row| row.iter().filter(|name| known(name)).count()).max();
    let names = names.unwrap_or(0).min(8) as f64;
    let alike = if scan.usual_width() > 1 { scan.alike_share() } else { 0.0 };
    let broken = scan.broken as f64 / scan.row_count().max(1) as f64;
    alike * (1.0 + f64::from(scan.usual_width()).log2() / 5.0) + names / 2.0 - broken.min(1.0)
}

/// How cells are quoted that are separated by this delimiter.
fn choose_quoting(sample: FileSample<'_>, delimiter: u8, given: Option<Option<u8>>) -> QuoteStyle {
    let of = |quote, backslash| measure_fit(sample, delimiter, quote, backslash);
    if let Some(quote) = given {
        let backslash = quote.is_some() && of(quote, true).broken < of(quote, false).broken;
        return QuoteStyle { quote, backslash };
    }
    let double = of(Some(b'"'), false);
    let single = of(Some(b'\''), false);
    // Apostrophes stand in words; quotation marks stand around cells, and around many.
    let is_mostly_whole = single.broken * 4 <= single.quoted;
    if single.quoted >= 2 && single.quoted * 2 >= single.row_count() && is_mostly_whole {
        let more = single.quoted > double.quoted && single.alike_share() >= double.alike_share();
        if double.quoted == 0 || more {
            return QuoteStyle { quote: Some(b'\''), backslash: false };
        }
    }
    if double.broken > 0 {
        let escaped = of(Some(b'"'), true);
        if escaped.broken < double.broken && escaped.escapes > 0 {
            return QuoteStyle { quote: Some(b'"'), backslash: true };
        }
        let none = of(None, false);
        // Marks around some cells are meant, and one that is broken may be a mistake.
        let is_meant = double.quoted + double.enclosed > 0 || double.broken < 2;
        if !is_meant && none.alike_share() >= double.alike_share() {
            return QuoteStyle { quote: None, backslash: false };
        }
    }
    QuoteStyle { quote: Some(b'"'), backslash: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(text: &[u8]) -> String {
        let known = |name: &str| matches!(name, "sku" | "name" | "price");
        let sample = FileSample { text, whole: true };
        let dialect = CsvDialect::detect_in(sample, DialectOverride::default(), &known);
        let mut words = dialect.delimiter_name();
        if let Some(name) = dialect.quote_name() {
            words.push_str(&format!(", {name}"));
        }
        for (is, name) in [(dialect.lone_cr, "CR"), (dialect.is_declared, "told")] {
            if is {
                words.push_str(&format!(", {name}"));
            }
        }
        words
    }

    #[test]
    fn the_delimiter_is_what_makes_rows_alike() {
        for (text, found) in [
            (&b"sku,name\n1;2;3;4\n"[..], "comma"),
            (b"sku;\"name, in Finnish, as sold\";price\n", "semicolon"),
            (b"Artikel;Preis\nA;1,90\nB;2,90\nC;3,90\n", "semicolon"),
            (b"sku\tname\nA\ta, b, c\nB\td, e\n", "tab"),
            (b"A;a;29,90\nB;b;19,90;x\nC;c;9,90\n", "semicolon"),
            (b"sku|name\n", "bar"),
            (b"sku\n", "comma"),
            (b"A\nB\n", "comma"),
            (
                b"Price list, spring, 2026\nof Rain Ltd, Turku\n\nArticle;Text\n1;b\n2;d\n",
                "semicolon",
            ),
            (b"x^y^z\n1^2,5^3\n4^5,5^6\n", "delimiter ^"),
            (b"x\x1fy\x1fz\n1\x1f2\x1f3\n", "delimiter 1F"),
            (b"sku,url\nA,http://a/b|c\nB,http://a/b|d\n", "comma"),
            (b"sep=;\nsku,name;price\n", "semicolon, told"),
            (b"\"sep=|\"\r\nsku|name\r\n", "bar, told"),
            (b"sep=\t\nsku\tname\n", "tab, told"),
            (b"sku;name\rA;B\r", "semicolon, CR"),
            (b"Tag;Zeit\n1;10:30:00\n2;11:30:00\n", "semicolon"),
        ] {
            assert_eq!(dialect(text), found, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn quotation_marks_are_told() {
        for (text, found) in [
            (&b"sku,name\nA,\"a \"\"b\"\"\"\n"[..], "comma"),
            (b"sku,name\nA,\"a \\\"b\\\", c\"\nB,\"d\"\n", "comma, \\\" for a quotation mark"),
            (b"'sku','name'\n'A','a, b'\n'B','it''s'\n", "comma, single quotation marks"),
            (b"'sku';'name'\n'A';'a;\"'\n'B';';\"b\";'\n", "semicolon, single quotation marks"),
            (b"sku;name\n'A';\"a;b\"\n'B';\"b;c\"\n", "semicolon"),
            (b"sku,name\nA,Men's\nB,'n\n", "comma"),
            (
                b"sku;name\nA;55\" TV\nB;\"Kuura\" jacket\nC;\"Halla\" jacket\n",
                "semicolon, no quotation marks",
            ),
            (b"sku;name\nA;\"55\nB;b\nC;c\n", "semicolon"),
            (b"sku;name\nA;\"C:\\dir\\\"\nB;\"b\"\n", "semicolon"),
            (b"sku;name\nA;\"a;\nb\"\nB;b\n", "semicolon"),
            (b"sku,name\nA,\"5\" a\"\nB,\"6\" b\"\nC,\"7\" c\"\n", "comma"),
            (b"sku , name\nA , \"a, b; c\"\nB , \"d, e; f\"\n", "comma"),
            (b"'sku','name'\n'A','a'\n'B','b'c'\n'C','d'\n", "comma, single quotation marks"),
        ] {
            assert_eq!(dialect(text), found, "{}", String::from_utf8_lossy(text));
        }
    }
}
