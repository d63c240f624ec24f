//! Dialects of CSV: which byte separates cells, which mark they are quoted with, and how a mark
//! inside of a cell is written.
//!
//! Every plausible dialect is tried on the beginning of the file, and the one is taken under which
//! the rows come out most alike: as many cells in each, names in one of them that the shop knows,
//! no quotation mark in a place where none can be. So a title above the header, decimal commas and
//! sentences in cells do not count for much. What a mapping says is not asked.

use crate::intake::Marks;

mod scan;

use scan::{Scan, scan};

/// How the rows of a CSV file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    /// Nothing: a quotation mark is a character as any other.
    pub(crate) quote: Option<u8>,
    /// A mark inside of a cell has a backslash before it.
    pub(crate) backslash: bool,
    /// Rows end with CR alone.
    pub(crate) lone_cr: bool,
    /// The first line only names the delimiter, as Excel wants it.
    pub(crate) told: bool,
}

/// What a mapping says of a dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Given {
    pub(crate) delimiter: Option<u8>,
    /// `Some(None)`: no quotation marks.
    pub(crate) quote: Option<Option<u8>>,
}

/// The beginning of a file.
#[derive(Clone, Copy)]
pub(crate) struct Sample<'s> {
    pub(crate) text: &'s [u8],
    /// It is all there is.
    pub(crate) whole: bool,
}

/// What cells are usually separated by, the likeliest first.
const USUAL: [u8; 4] = *b",;\t|";

/// What they are separated by where somebody feared all of these.
const UNUSUAL: [u8; 4] = *b"^~\x1f\x01";

impl Dialect {
    /// Finds the dialect. `known` tells whether a name means something to the shop.
    pub(crate) fn of(sample: Sample<'_>, given: Given, known: &dyn Fn(&str) -> bool) -> Self {
        let text = sample.text;
        let told = told_delimiter(text);
        let lone_cr = text.contains(&b'\r') && !text.contains(&b'\n');
        let body = told.map_or(text, |(_, length)| &text[length..]);
        let body = Sample { text: body, ..sample };
        let wanted = given.delimiter.or(told.map(|(delimiter, _)| delimiter));
        let (delimiter, quoting) = match wanted {
            Some(delimiter) => (delimiter, best_quoting(body, delimiter, given.quote)),
            None => best_delimiter(body, given.quote, known),
        };
        Self {
            delimiter,
            quote: quoting.quote,
            backslash: quoting.backslash,
            lone_cr,
            told: told.is_some(),
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
    pub(crate) fn marks(self) -> Marks {
        Marks {
            backslash: self.backslash,
            lone_cr: self.lone_cr,
            quote: self.quote.unwrap_or_default(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quoting {
    quote: Option<u8>,
    backslash: bool,
}

/// The delimiter that a first line `sep=;` names, and the length of the line.
fn told_delimiter(text: &[u8]) -> Option<(u8, usize)> {
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

fn best_delimiter(
    sample: Sample<'_>,
    quote: Option<Option<u8>>,
    known: &dyn Fn(&str) -> bool,
) -> (u8, Quoting) {
    let occurs = |delimiter: &u8| sample.text.contains(delimiter);
    let best = |candidates: &[u8]| {
        let scored = candidates.iter().copied().filter(occurs).map(|delimiter| {
            let quoting = best_quoting(sample, delimiter, quote);
            let scan = scan(sample, delimiter, quoting.quote, quoting.backslash);
            (score(&scan, known), scan, delimiter, quoting)
        });
        // The first of equals.
        scored.fold(None, |best: Option<(f64, Scan, u8, Quoting)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
    };
    let usual = best(&USUAL);
    let sure = |scan: &Scan| scan.width() > 1 && scan.alike() > 0.9;
    if !usual.as_ref().is_some_and(|(_, scan, ..)| sure(scan))
        && let Some((points, scan, delimiter, quoting)) = best(&UNUSUAL)
        && scan.width() > 2
        && scan.alike() > 0.95
        && usual.as_ref().is_none_or(|usual| usual.0 < points)
    {
        return (delimiter, quoting);
    }
    match usual {
        Some((_, _, delimiter, quoting)) => (delimiter, quoting),
        None => (b',', best_quoting(sample, b',', quote)),
    }
}

/// How good a dialect is: how many rows are alike, and some more for names that are known and for
/// many cells, because a right delimiter makes more of them than a comma in sentences.
fn score(scan: &Scan, known: &dyn Fn(&str) -> bool) -> f64 {
    let names = scan.leads.iter().map(|row| row.iter().filter(|name| known(name)).count()).max();
    let names = names.unwrap_or(0).min(8) as f64;
    let alike = if scan.width() > 1 { scan.alike() } else { 0.0 };
    let broken = scan.broken as f64 / scan.rows().max(1) as f64;
    alike * (1.0 + f64::from(scan.width()).log2() / 5.0) + names / 2.0 - broken.min(1.0)
}

/// How cells are quoted that are separated by this delimiter.
fn best_quoting(sample: Sample<'_>, delimiter: u8, given: Option<Option<u8>>) -> Quoting {
    let of = |quote, backslash| scan(sample, delimiter, quote, backslash);
    if let Some(quote) = given {
        let backslash = quote.is_some() && of(quote, true).broken < of(quote, false).broken;
        return Quoting { quote, backslash };
    }
    let double = of(Some(b'"'), false);
    let single = of(Some(b'\''), false);
    // Apostrophes stand in words; quotation marks stand around cells, and around many.
    if single.quoted >= 2 && single.quoted * 2 >= single.rows() && single.broken == 0 {
        let more = single.quoted > double.quoted && single.alike() >= double.alike();
        if double.quoted == 0 || more {
            return Quoting { quote: Some(b'\''), backslash: false };
        }
    }
    if double.broken > 0 {
        let escaped = of(Some(b'"'), true);
        if escaped.broken < double.broken && escaped.escapes > 0 {
            return Quoting { quote: Some(b'"'), backslash: true };
        }
        let none = of(None, false);
        if double.quoted <= double.broken && none.alike() >= double.alike() {
            return Quoting { quote: None, backslash: false };
        }
    }
    Quoting { quote: Some(b'"'), backslash: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(text: &[u8]) -> String {
        let known = |name: &str| matches!(name, "sku" | "name" | "price");
        let sample = Sample { text, whole: true };
        let dialect = Dialect::of(sample, Given::default(), &known);
        let mut words = dialect.delimiter_name();
        if let Some(name) = dialect.quote_name() {
            words.push_str(&format!(", {name}"));
        }
        for (is, name) in [(dialect.lone_cr, "CR"), (dialect.told, "told")] {
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
            (b"sku;name\nA;\"55\nB;b\nC;c\n", "semicolon, no quotation marks"),
            (b"sku;name\nA;\"C:\\dir\\\"\nB;\"b\"\n", "semicolon"),
            (b"sku;name\nA;\"a;\nb\"\nB;b\n", "semicolon"),
        ] {
            assert_eq!(dialect(text), found, "{}", String::from_utf8_lossy(text));
        }
    }
}
