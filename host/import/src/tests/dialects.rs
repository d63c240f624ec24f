//! Tables written out in any dialect come back as they were, or with a message that says what may be
//! wrong.
//!
//! What is left out of the generator is what is ambiguous:
//!
//! - With single quotation marks every cell is in them. A few that are look like apostrophes.
//! - Letters of one byte without a mark may be read as others that look as likely. That the letters
//!   were guessed is reported, so only that is checked then; or the file is refused for them.
//! - In a file whose rows end with CR alone, breaks in cells are CR as well.
//! - Where a file leaves out empty cells, a text that ends in a mark and a separator may begin a text of
//!   several lines with its last mark.
//! - Where a file leaves out empty cells at the end of few rows, such a row is refused: another cell may
//!   be the one that is missing.
//! - White space around cells, NUL and other control characters mean nothing, and are not written.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// A table, and how it is written.
#[derive(Debug, Clone)]
struct Written {
    rows: Vec<Vec<String>>,
    above: Vec<Vec<String>>,
    delimiter: char,
    quote: char,
    /// All cells are quoted, or those that need it and some that do not.
    all_quoted: bool,
    /// As long as the first row; else without empty cells at the end.
    padded: bool,
    end: &'static str,
    last_end: bool,
    letters: Letters,
    /// So many rows are read before those that matter.
    before: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    Utf8,
    Utf8Marked,
    Utf16Le,
    Utf16Be,
    Windows,
    Latin9,
}

const NAMES: [&str; 4] = ["sku", "name-fi_FI", "name-sv_SE", "name-en_GB"];

impl Letters {
    fn encode(self, text: &str) -> Vec<u8> {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| {
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
        };
        match self {
            Self::Utf8 => text.into(),
            Self::Utf8Marked => format!("\u{feff}{text}").into(),
            Self::Utf16Le => utf16(u16::to_le_bytes),
            Self::Utf16Be => utf16(u16::to_be_bytes),
            Self::Windows => encoding_rs::WINDOWS_1252.encode(text).0.into(),
            Self::Latin9 => encoding_rs::ISO_8859_15.encode(text).0.into(),
        }
    }

    /// Whether the file says what it is written in.
    fn guessed(self) -> bool {
        matches!(self, Self::Windows | Self::Latin9)
    }
}

impl Written {
    fn bytes(&self) -> Vec<u8> {
        let names: Vec<String> = NAMES[..self.width()].iter().map(|&name| name.into()).collect();
        let before = (0..self.before).map(|at| {
            let mut row = vec![String::new(); self.width()];
            row[0] = format!("before-{at}");
            row[1] = "Takki".to_owned();
            row
        });
        let rows: Vec<Vec<String>> = self
            .above
            .iter()
            .cloned()
            .chain(std::iter::once(names))
            .chain(before)
            .chain(self.rows.iter().cloned())
            .collect();
        let mut text = String::new();
        for (at, row) in rows.iter().enumerate() {
            let cells: Vec<String> =
                row.iter().enumerate().map(|(cell, text)| self.cell(text, at + cell)).collect();
            let mut line = cells.join(&self.delimiter.to_string());
            if !self.padded && row.len() > 1 {
                line.truncate(line.trim_end_matches(self.delimiter).len());
            }
            text.push_str(&line);
            if self.last_end || at + 1 < rows.len() {
                text.push_str(self.end);
            }
        }
        self.letters.encode(&text)
    }

    /// Whether a text ends in a mark and a separator.
    fn has_doubtful_text(&self) -> bool {
        let end = format!("{}{}", self.quote, self.delimiter);
        self.rows.iter().flatten().any(|text| text.ends_with(&end))
    }

    fn width(&self) -> usize {
        self.rows[0].len()
    }

    fn cell(&self, text: &str, at: usize) -> String {
        let text = match self.end {
            "\r" => text.replace('\n', "\r"),
            _ => text.to_owned(),
        };
        let needs = text.starts_with(self.quote) || text.contains([self.delimiter, '\n', '\r']);
        if !needs && !self.all_quoted && (!at.is_multiple_of(3) || text.is_empty()) {
            return text;
        }
        let (quote, twice) = (self.quote, [self.quote; 2].iter().collect::<String>());
        format!("{quote}{}{quote}", text.replace(quote, &twice))
    }

    /// What is to be read of the rows that were taken: SKUs and filled cells.
    fn expected(
        &self,
        taken: &[(String, Vec<(u16, String)>)],
    ) -> Vec<(String, Vec<(u16, String)>)> {
        let is_taken = |sku: &String| taken.iter().any(|(taken, _)| taken == sku);
        let is_cut = |row: &[String]| !self.padded && row.last().is_some_and(String::is_empty);
        let filled = |row: &Vec<String>| {
            let cells = row.iter().enumerate().skip(1).filter(|(_, text)| !text.is_empty());
            cells.map(|(at, text)| (at as u16, without_guard(text).to_owned())).collect()
        };
        let rows = self.rows.iter().filter(|row| is_taken(&row[0]) || !is_cut(row));
        rows.map(|row| (row[0].clone(), filled(row))).collect()
    }
}

/// A cell without what keeps a spreadsheet from calculating it.
fn without_guard(text: &str) -> &str {
    let guarded = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    let quoted = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    guarded.or(quoted.filter(|inner| !inner.contains('"'))).unwrap_or(text)
}

/// The same of what was read.
fn read(records: &[ImportRecord]) -> Vec<(String, Vec<(u16, String)>)> {
    let cells = |record: &ImportRecord| match &record.body {
        RecordBody::Product(product) => product
            .cells
            .iter()
            .map(|cell| match &cell.change {
                CellChange::Set(value) => (cell.column, value.data.to_string()),
                CellChange::Clear { .. } => (cell.column, String::new()),
            })
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        _ => Vec::new(),
    };
    let rows = records.iter().map(|record| (record.sku.to_string(), cells(record)));
    rows.filter(|(sku, _)| !sku.starts_with("before-")).collect()
}

/// What stands in cells: texts with everything in them that means something elsewhere.
fn text(unicode: bool) -> impl Strategy<Value = String> {
    // A mark behind a backslash has two readings, and `="…"` is a spreadsheet's guard: `mistakes` and `separators`
    // have those.
    let pieces = select(vec![
        "Takki",
        "a",
        "sade",
        "Päällystakki",
        "yönsininen",
        "Größe",
        "5 €",
        "12,90",
        "1.299",
        "2026-01-02",
        ",",
        ";",
        "\t",
        "|",
        ", ",
        "; ",
        "\"",
        "'",
        "\"\"",
        "''",
        "\n",
        "\n\n",
        "\\n",
        "it's",
        "55\" TV",
        ":",
        "http://a/b?c=d|e",
        "[x]",
        "{x}",
        "<b>x</b>",
        "#",
        "sku",
        "name",
        "sep=;",
        "^",
        "~",
        " ",
        "-",
    ]);
    let rare = select(vec!["🧥", "Куртка", "č", "日本"]);
    let piece = match unicode {
        true => prop_oneof![12 => pieces, 1 => rare].boxed(),
        false => pieces.boxed(),
    };
    prop_oneof![
        2 => Just(String::new()),
        5 => prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat().trim().to_owned()),
        3 => select(vec!["Takki", "Housut", "Päällystakki", "M"]).prop_map(str::to_owned),
    ]
}

fn above() -> impl Strategy<Value = Vec<Vec<String>>> {
    let title = select(vec!["Hinnasto", "Sade Oy, Turku", "1.3.2026", "Spring range", ""]);
    let row = (title, any::<bool>()).prop_map(|(title, padded)| {
        let mut row = vec![title.to_owned()];
        row.resize(if padded { 3 } else { 1 }, String::new());
        row
    });
    prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(row, 1..4)]
}

fn letters() -> impl Strategy<Value = Letters> {
    select(vec![
        Letters::Utf8,
        Letters::Utf8,
        Letters::Utf8Marked,
        Letters::Utf16Le,
        Letters::Utf16Be,
        Letters::Windows,
        Letters::Latin9,
    ])
}

fn written() -> impl Strategy<Value = Written> {
    (letters(), 2..=NAMES.len(), 1..8_usize).prop_flat_map(|(letters, width, rows)| {
        let row = prop::collection::vec(text(!letters.guessed()), width - 1);
        let dialect = (
            select(vec![',', ';', '\t', '|']),
            prop_oneof![4 => Just('"'), 1 => Just('\'')],
            any::<bool>(),
            any::<bool>(),
            select(vec!["\n", "\r\n", "\r"]),
            any::<bool>(),
            prop_oneof![60 => Just(0_usize), 3 => Just(70), 1 => Just(6_000)],
        );
        (prop::collection::vec(row, rows), above(), dialect).prop_map(
            move |(rows, above, dialect)| {
                let (delimiter, quote, all_quoted, padded, end, last_end, before) = dialect;
                let rows = rows
                    .into_iter()
                    .enumerate()
                    .map(|(at, cells)| std::iter::once(format!("HH-{at}")).chain(cells).collect());
                Written {
                    rows: rows.collect(),
                    above,
                    delimiter,
                    quote,
                    all_quoted: all_quoted || quote == '\'',
                    padded,
                    end,
                    last_end,
                    letters,
                    before,
                }
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_dialect_is_read_as_it_was_written(table in written()) {
        static SHOP: LazyLock<Shop> = LazyLock::new(|| TestShop::new().shop());
        prop_assume!(table.padded || !table.has_doubtful_text());
        let bytes = table.bytes();
        let imported = import(&SHOP, &MappingSet::default(), DropKind::Products, "a.csv", &bytes);
        let shown = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(600)..]).into_owned();
        let imported = match imported {
            Ok(imported) => imported,
            Err(uncertain) if table.letters.guessed() && uncertain.code() == "file-encoding" => {
                return Ok(());
            }
            Err(unreadable) => return Err(TestCaseError::fail(format!("{unreadable}\n{shown}"))),
        };
        let read = read(&imported.records);
        let expected = table.expected(&read);
        let guessed = imported.messages.iter().any(|message| message.contains("not UTF-8"));
        let counted = imported.progress.rows as usize == table.rows.len() + table.before;
        prop_assert!(
            counted && (read == expected || table.letters.guessed() && guessed),
            "read as {}:\n{read:#?}\nnot\n{expected:#?}\n{:#?}\n{shown}",
            imported.read_as,
            imported.messages,
        );
    }
}
