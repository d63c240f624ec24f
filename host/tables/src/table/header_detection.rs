//! The top of a table: which row is the header.
//!
//! It is the first row, unless another is clearly better: one with names that the shop or a mapping
//! knows, or the first that is as wide as the table where a title stands above it. A row of data
//! may contain a known name by chance (edits name attributes), so one alone is not enough.

use std::collections::VecDeque;

use super::TableRow;

/// What a name means to the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameMeaning {
    /// It means nothing.
    Unknown,
    /// It is a column.
    Known,
    /// It is whom a row is about.
    Sku,
}

/// How a row looks.
struct HeaderScore {
    /// Cells that say something.
    filled: usize,
    /// Of these, the names that mean something.
    known: usize,
    sku: bool,
    /// All that is filled is text, and each another.
    names_only: bool,
}

/// The row that is the header, if any row says anything.
pub(crate) fn find_header(
    lead: &VecDeque<TableRow>,
    meaning: &dyn Fn(&str) -> NameMeaning,
) -> Option<usize> {
    /// Below this many rows nobody puts a header.
    const DEEPEST: usize = 40;
    let looks: Vec<HeaderScore> = lead.iter().map(|line| score_row(line, meaning)).collect();
    let first = looks.iter().position(|row| row.filled > 0)?;
    if looks[first].sku && looks[first].names_only {
        return Some(first);
    }
    let top = || looks.iter().enumerate().take(DEEPEST).filter(|(_, row)| row.names_only);
    let enough = |row: &HeaderScore| row.sku || (row.known >= 2 && row.known * 3 >= row.filled);
    // The first of equals.
    let named =
        top().filter(|(_, row)| enough(row)).rev().max_by_key(|(_, row)| (row.sku, row.known));
    if let Some((at, row)) = named {
        let (known, sku) = (looks[first].known, looks[first].sku);
        // A row of data may name the SKU, as a list of attributes does.
        let is_data = row.known <= known && row.filled <= looks[first].filled;
        if known > 0 && looks[first].names_only && is_data {
            return Some(first);
        }
        return Some(if row.known > known || (row.sku && !sku) { at } else { first });
    }
    // By shape: a title is a cell or two above rows of many.
    let width = usual_width(&looks);
    let wide = |row: &HeaderScore| row.filled * 4 >= width * 3;
    match wide(&looks[first]) || looks[first].known > 0 {
        true => Some(first),
        false => Some(top().find(|(_, row)| wide(row)).map_or(first, |(at, _)| at)),
    }
}

/// The first row of data, where what would be the header is such a row, or a title above it: none of its
/// names means anything, and some of its cells are values.
pub(crate) fn find_data(
    lead: &VecDeque<TableRow>,
    header: usize,
    meaning: &dyn Fn(&str) -> NameMeaning,
) -> Option<usize> {
    let scores =
        lead.iter().enumerate().skip(header).map(|(at, row)| (at, score_row(row, meaning)));
    let widest = |filled: usize| filled > 1 || lead.iter().all(|row| row.record.len() < 2);
    let (at, score) = scores.into_iter().find(|(_, row)| widest(row.filled))?;
    (score.known == 0 && is_data_row(lead, at)).then_some(at)
}

/// Whether a row is one of values, as those below it.
fn is_data_row(lead: &VecDeque<TableRow>, at: usize) -> bool {
    let row = &lead[at];
    let below = |column: usize| {
        let cells = lead.iter().skip(at + 1).filter_map(move |line| line.record.get(column));
        cells.map(str::trim).filter(|cell| !cell.is_empty())
    };
    let is_value = |(column, cell): (usize, &str)| {
        let alike = below(column).filter(|other| shape_of(other) == shape_of(cell)).count();
        is_plain_value(cell)
            || cell.bytes().any(|byte| byte.is_ascii_digit())
                && alike > 0
                && alike * 5 >= below(column).count() * 4
                && cell.chars().any(char::is_alphabetic)
    };
    let cells = row.record.iter().map(str::trim).enumerate().filter(|(_, cell)| !cell.is_empty());
    let values = cells.clone().filter(|cell| is_value(*cell)).count();
    values > 0 && values * 4 >= cells.count()
}

/// A decimal number, an address, or digits as of a GTIN: nobody calls a column so.
fn is_plain_value(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let marks = cell.bytes().filter(|byte| matches!(byte, b'.' | b',')).count();
    let is_number = is_data_value(cell) && (marks == 1 && digits > 1 || digits >= 6);
    is_number || cell.starts_with("http://") || cell.starts_with("https://")
}

/// A text with each run of digits as one, and each run of letters: `AB-12` and `C-3` are alike.
fn shape_of(cell: &str) -> String {
    let mut shape = String::new();
    for c in cell.chars().take(60) {
        let kind = match c {
            _ if c.is_ascii_digit() => '9',
            _ if c.is_alphabetic() => 'a',
            _ => c,
        };
        if !shape.ends_with(kind) || !matches!(kind, '9' | 'a') {
            shape.push(kind);
        }
    }
    shape
}

/// How many cells are filled in most rows.
fn usual_width(looks: &[HeaderScore]) -> usize {
    let mut widths: Vec<usize> = looks.iter().map(|row| row.filled).filter(|f| *f > 0).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(1)
}

fn score_row(line: &TableRow, meaning: &dyn Fn(&str) -> NameMeaning) -> HeaderScore {
    let cells: Vec<&str> =
        line.record.iter().map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let mut looks = HeaderScore { filled: cells.len(), known: 0, sku: false, names_only: true };
    let mut seen = std::collections::HashSet::new();
    for cell in &cells {
        let is_name = cell.chars().count() <= 120 && !is_data_value(cell);
        looks.names_only &= is_name;
        // A name that stands there again is read once.
        let meaning =
            if is_name && seen.insert(*cell) { meaning(cell) } else { NameMeaning::Unknown };
        looks.known += usize::from(meaning != NameMeaning::Unknown);
        looks.sku |= meaning == NameMeaning::Sku;
    }
    looks.names_only &= !cells.is_empty();
    looks
}

/// Whether it is a number, a date, a price: what no column is called.
fn is_data_value(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && letters <= 3 && digits >= letters && !is_year(cell)
}

/// A column may be called after a year.
fn is_year(cell: &str) -> bool {
    cell.len() == 4 && (cell.starts_with("19") || cell.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(rows: &str) -> VecDeque<TableRow> {
        let lines = rows.split('/').map(|row| TableRow {
            record: row.split(',').collect::<Vec<_>>().into(),
            ..TableRow::default()
        });
        lines.collect()
    }

    fn meaning(name: &str) -> NameMeaning {
        match name {
            "sku" => NameMeaning::Sku,
            "name" | "price" | "color" => NameMeaning::Known,
            _ => NameMeaning::Unknown,
        }
    }

    fn found(rows: &str) -> Option<usize> {
        find_header(&lead(rows), &meaning)
    }

    #[test]
    fn a_row_of_values_is_no_header() {
        for (rows, is_data) in [
            ("A-1,Mug,9.90/A-2,Cup,8.90", true),
            ("A-1,Mug/A-2,Cup", true),
            ("6410405085436,Mug/5708147010139,Cup", true),
            ("Mug,6410405085436", true),
            ("Mug,blue,9.90", true),
            ("Titles,,/A-1,Mug,9.90", true),
            ("Article,Text,Preis/A-1,Mug,9.90", false),
            ("Article,98,104,110/A-1,3,4,5", false),
            ("Article,2025,2026/A-1,3,4", false),
            ("name,9.90/Mug,8.90", false),
            ("Mug,blue/Cup,red", false),
        ] {
            assert_eq!(find_data(&lead(rows), 0, &meaning).is_some(), is_data, "{rows}");
        }
    }

    #[test]
    fn the_header_is_the_first_row_unless_another_is_better() {
        for (rows, row) in [
            ("sku,name/A,a", 0),
            ("/Price list,/of 1.1.2026,/sku,name/A,a", 3),
            ("Price list,,/2026-01-01,,/Article,Title,Colour/1,b,c/2,d,e", 2),
            ("Article,Title/1,b/2,d", 0),
            ("Article,What/HH-1,name/HH-2,color", 0),
            ("Article,What,With/HH-1,name,price/HH-2,color,name", 1),
            ("Rain Ltd,Turku,+358 2 123/name,price,extra/a,1.90,x", 1),
            ("sku/A/B", 0),
            ("A,1/B,2", 0),
            ("code,name,group,attributes/shoes,Shoes,general,sku/shoes,Shoes,general,name", 0),
        ] {
            assert_eq!(found(rows), Some(row), "{rows}");
        }
        assert_eq!(found(",/,"), None);
    }
}
