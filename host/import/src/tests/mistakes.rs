//! Tables with one mistake in one place: whatever is read of them is what was meant, and the rest is refused
//! or reported.
//!
//! A mistake that makes another correct table cannot be seen, and is not made here: a mark behind a number,
//! which may mean inches; a separator in a text; a break in the first or the last cell, of which the part on
//! a line of its own is refused; a mark less around a text of which a line has as many cells as a row, or
//! begins with a separator.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Products, "a.csv", text.as_bytes()));
}

#[test]
fn inch_marks_move_nothing() {
    check(
        "sku,name,size,price\nP-1,Pipe 13\",13\",22.90\nP-2,\"Pipe 15\"\"\",\"15\"\"\",24.90\n\
         P-3,\"Rack 55\" black\",55\",89.00\nP-4,\"Rack 65\", white\",65\",99.00\n\
         P-5,Pipe 17\",17\",26.90\nP-6,Pipe 18\",18\",27.90\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 P-1: [1] name = Pipe 13"; [2] size = 13"; [3] price retail = 22.90 EUR
            3 P-2: [1] name = Pipe 15"; [2] size = 15"; [3] price retail = 24.90 EUR
            4 P-3: [1] name = Rack 55" black; [2] size = 55"; [3] price retail = 89.00 EUR
            5 P-4: [1] name = Rack 65", white; [2] size = 65"; [3] price retail = 99.00 EUR
            6 P-5: [1] name = Pipe 17"; [2] size = 17"; [3] price retail = 26.90 EUR
            7 P-6: [1] name = Pipe 18"; [2] size = 18"; [3] price retail = 27.90 EUR
            warning row 4, name: the quotation marks of this row do not follow the rules; only one reading fits the other rows, in which this says "Rack 55" black"; write each mark inside a text twice
            warning row 5, name: the quotation marks of this row do not follow the rules; only one reading fits the other rows, in which this says "Rack 65", white"; write each mark inside a text twice
            6 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "sku,name,price\nQ-1,\"Tape 2\" wide\",1.00\nQ-2,\"Tape 3\" wide\",2.00\n\
         Q-3,\"Plain tape\",3.00\nQ-4,\"Tape, clear\",4.00\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 Q-1: [1] name = Tape 2" wide; [2] price retail = 1.00 EUR
            3 Q-2: [1] name = Tape 3" wide; [2] price retail = 2.00 EUR
            4 Q-3: [1] name = Plain tape; [2] price retail = 3.00 EUR
            5 Q-4: [1] name = Tape, clear; [2] price retail = 4.00 EUR
            warning row 2, name: the quotation marks of this row do not follow the rules; only one reading fits the other rows, in which this says "Tape 2" wide"; write each mark inside a text twice
            warning row 3, name: the quotation marks of this row do not follow the rules; only one reading fits the other rows, in which this says "Tape 3" wide"; write each mark inside a text twice
            4 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "sku,name,price\nS-1,\"Screen 24\"\",129.00\nS-2,\"Screen 27\"\",189.00\n\
         S-3,\"Cable, 2 m\",9.00\nS-4,\"Stand\",39.00\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 S-1: [1] name = Screen 24"; [2] price retail = 129.00 EUR
            3 S-2: [1] name = Screen 27"; [2] price retail = 189.00 EUR
            4 S-3: [1] name = Cable, 2 m; [2] price retail = 9.00 EUR
            5 S-4: [1] name = Stand; [2] price retail = 39.00 EUR
            warning row 2, name: the quotation marks of this row do not follow the rules; only one reading fits the other rows, in which this says "Screen 24""; write each mark inside a text twice
            warning row 3, name: the quotation marks of this row do not follow the rules; only one reading fits the other rows, in which this says "Screen 27""; write each mark inside a text twice
            4 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "sku,name,description,price\nR-1,Radio,\"With a \"flat\" cable, black\",49.00\n\
         R-2,Plug,\"White, with case\",29.00\nR-3,Horn,\"The \"\"big\"\" one, loud\",99.00\n\
         R-4,\"Tube 1/2\"\" x 3\"\"\",Plain,4.00\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 R-1: [1] name = Radio; [2] description = With a "flat" cable, black; [3] price retail = 49.00 EUR
            3 R-2: [1] name = Plug; [2] description = White, with case; [3] price retail = 29.00 EUR
            4 R-3: [1] name = Horn; [2] description = The "big" one, loud; [3] price retail = 99.00 EUR
            5 R-4: [1] name = Tube 1/2" x 3"; [2] description = Plain; [3] price retail = 4.00 EUR
            warning row 2, description: the quotation marks of this row do not follow the rules; only one reading fits the other rows, in which this says "With a "flat" cable, black"; write each mark inside a text twice
            4 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn one_mistake_is_refused_by_its_row() {
    check(
        "sku , name , price , color , size\nA1 , \"Mug, blue\" , 9.90 , , \nB2,,Plate,4.50,blue,\n\
         C3,Cup,3.90,red,M\nD4,Jar,2.90,moss\nE5,Pot,1.90,moss,L\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A1: [1] name = Mug, blue; [3] color cleared; [4] size cleared; [2] price retail = 9.90 EUR
            4 C3: [1] name = Cup; [4] size = M; [2] price retail = 3.90 EUR
            6 E5: [1] name = Pot; [3] color = moss; [4] size = L; [2] price retail = 1.90 EUR
            error row 3: the row has 6 cells and the others have 5, and it does not show which one is missing or too many; the row was not taken; write the separators of empty cells as well, and put a text that contains a separator in quotation marks
            warning row 4, C3, color "red": this is none of the options of color; write one of them, or add it to model.toml; the value was left out
            error row 5: the row has 4 cells and the others have 5, and it does not show which one is missing or too many; the row was not taken; write the separators of empty cells as well, and put a text that contains a separator in quotation marks
            5 rows, 2 rejected, 0 skipped
        "#]],
    );
    check(
        "sku,name,price\nA,\"Mug,1.90\nB,\"Cup\",2.90\nC,\"two\nlines, and \"\"marks\"\"\",3.90\nD,Jar,4.90\n\
         E,Pot,x,5.90\nF,Can\nG,\"Vase\",7.90\n",
        expect![[r#"
            CSV, comma, UTF-8
            3 B: [1] name = Cup; [2] price retail = 2.90 EUR
            4 C: [1] name = two
            lines, and "marks"; [2] price retail = 3.90 EUR
            5 D: [1] name = Jar; [2] price retail = 4.90 EUR
            7 F: [1] name = Can
            8 G: [1] name = Vase; [2] price retail = 7.90 EUR
            error row 2: the quotation marks of this row do not match, and more than one reading of it is possible; the row was not taken; write each mark inside a text twice, and one at each of its ends
            error row 6: the row has 4 cells and the others have 3 (line 7 of the file), and it does not show which one is missing or too many; the row was not taken; write the separators of empty cells as well, and put a text that contains a separator in quotation marks
            warning row 7: the row ends before "price", which it says nothing about; write the separators of empty cells as well
            7 rows, 2 rejected, 0 skipped
        "#]],
    );
    check(
        "sku,name,price,color,size\nA,Mug,1.90,red,S\nB,Cup,2.90,red,M\nC,Jar,3.90,moss,L\n\
         D,,Pot,4.90,moss\nE,5.90,moss,XL,\nF,Vase,on request,moss,XL\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] name = Mug; [4] size = S; [2] price retail = 1.90 EUR
            3 B: [1] name = Cup; [4] size = M; [2] price retail = 2.90 EUR
            4 C: [1] name = Jar; [3] color = moss; [4] size = L; [2] price retail = 3.90 EUR
            7 F: [1] name = Vase; [3] color = moss; [4] size = XL
            warning row 2, A, color "red": this is none of the options of color; write one of them, or add it to model.toml; the value was left out
            warning row 3, B, color "red": this is none of the options of color; write one of them, or add it to model.toml; the value was left out
            error row 5: column 3 has numbers in the other rows and "Pot" here, where a number stands in a column of texts: the cells of the row have moved; the row was not taken; correct it
            error row 6: column 3 has numbers in the other rows and "moss" here, where a number stands in a column of texts: the cells of the row have moved; the row was not taken; correct it
            warning row 7, F, price "on request": this is not a price; write one such as 29.90 or 29.90 EUR; the value was left out
            6 rows, 2 rejected, 0 skipped
        "#]],
    );
    check(
        "'sku','name','price'\n'A','it's blue','1.90'\n'B','Cup, red','2.90'\n'C','the ''big'' one','3.90'\n\
         'D','Jar,'4.90'\n'E','Pot','5.90'\n",
        expect![[r#"
            CSV, comma, single quotation marks, UTF-8
            2 A: [1] name = it's blue; [2] price retail = 1.90 EUR
            3 B: [1] name = Cup, red; [2] price retail = 2.90 EUR
            4 C: [1] name = the 'big' one; [2] price retail = 3.90 EUR
            6 E: [1] name = Pot; [2] price retail = 5.90 EUR
            warning row 2, name: the quotation marks of this row do not follow the rules; only one reading fits the other rows, in which this says "it's blue"; write each mark inside a text twice
            error row 5: the quotation marks of this row do not match, and more than one reading of it is possible; the row was not taken; write each mark inside a text twice, and one at each of its ends
            5 rows, 1 rejected, 0 skipped
        "#]],
    );
}

/// A table, and a mistake in one of its rows.
#[derive(Debug, Clone)]
struct Mistaken {
    rows: Vec<Vec<String>>,
    delimiter: char,
    all_quoted: bool,
    row: usize,
    at: usize,
    mistake: Mistake,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mistake {
    /// A mark is missing.
    NoMark,
    /// A mark stands where none should.
    StrayMark,
    /// Marks in the row are not doubled.
    NotDoubled,
    /// A separator is missing, or is one too many.
    NoSeparator,
    StraySeparator,
    /// A cell is missing, or is one too many.
    NoCell,
    StrayCell,
    /// A break is in the middle of the row, or missing behind it.
    StrayBreak,
    NoBreak,
}

impl Mistaken {
    fn line(&self, cells: &[String]) -> String {
        self.written_cells(cells).join(&self.delimiter.to_string())
    }

    fn written_cells(&self, cells: &[String]) -> Vec<String> {
        let write =
            |cell: &String| match cell.contains([self.delimiter, '"', '\n']) || self.all_quoted {
                true => format!("\"{}\"", cell.replace('"', "\"\"")),
                false => cell.clone(),
            };
        cells.iter().map(write).collect()
    }

    /// The row with the mistake, and what follows it; `None` where the mistake cannot be made.
    fn mistaken_line(&self) -> Option<String> {
        let mut cells = self.rows[self.row].clone();
        let line = self.line(&cells);
        let nth = |places: Vec<usize>| (!places.is_empty()).then(|| places[self.at % places.len()]);
        // Separators and breaks in quotation marks are text.
        let mut outside = vec![0];
        let mut at = 0;
        for cell in self.written_cells(&cells) {
            let inside = cell.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
            let inside = inside.filter(|_| !cell.starts_with('"'));
            outside.extend(inside.map(|inside| at + inside));
            at += cell.len();
            outside.push(at);
            at += 1;
        }
        let is_separator = |at: &usize| line[*at..].starts_with(self.delimiter);
        let without = |at: usize| format!("{}{}\n", &line[..at], &line[at + 1..]);
        let with = |at: usize, added: char| format!("{}{added}{}\n", &line[..at], &line[at..]);
        Some(match self.mistake {
            Mistake::NoMark => {
                let is_row = |line: &str| {
                    line.starts_with(self.delimiter)
                        || line.matches(self.delimiter).count() + 1 == cells.len()
                };
                let marks = line.match_indices('"').map(|(at, _)| at).collect();
                (!line.lines().skip(1).any(is_row)).then(|| nth(marks))?.map(without)?
            }
            Mistake::StrayMark => {
                let at = nth(line.char_indices().map(|(at, _)| at).collect())?;
                let is_inch = line[..at].trim_end().ends_with(|c: char| c.is_ascii_digit());
                (!is_inch).then(|| with(at, '"'))?
            }
            Mistake::NotDoubled => {
                let naive = line.replace("\"\"", "\"");
                (naive != line && !cells.iter().any(String::is_empty)).then(|| naive + "\n")?
            }
            Mistake::NoSeparator => {
                without(nth(outside.into_iter().filter(is_separator).collect())?)
            }
            Mistake::StraySeparator => with(nth(outside)?, self.delimiter),
            Mistake::NoCell => {
                cells.remove(1 + self.at % (cells.len() - 1));
                self.line(&cells) + "\n"
            }
            Mistake::StrayCell => {
                cells.insert(self.at % (cells.len() + 1), "x".to_owned());
                self.line(&cells) + "\n"
            }
            Mistake::StrayBreak => {
                let cells = line.find(self.delimiter)?..=line.rfind(self.delimiter)?;
                outside.retain(|at| cells.contains(at));
                with(nth(outside)?, '\n')
            }
            Mistake::NoBreak => line,
        })
    }

    fn text(&self) -> Option<String> {
        let names = ["sku", "name-fi_FI", "price", "name-sv_SE", "name-en_GB"];
        let mut text = names.join(&self.delimiter.to_string()) + "\n";
        for (at, cells) in self.rows.iter().enumerate() {
            match at == self.row {
                true => text.push_str(&self.mistaken_line()?),
                false => text.push_str(&format!("{}\n", self.line(cells))),
            }
        }
        Some(text)
    }

    /// What each cell that is filled says, by its SKU and column.
    fn meant(&self) -> BTreeMap<(String, u16), String> {
        let mut meant = BTreeMap::new();
        for cells in &self.rows {
            for (at, cell) in cells.iter().enumerate().skip(1) {
                meant.insert((cells[0].clone(), at as u16), cell.trim().to_owned());
            }
        }
        meant
    }
}

/// What was read, by SKU and column.
fn read(records: &[ImportRecord]) -> BTreeMap<(String, u16), String> {
    let mut read = BTreeMap::new();
    for record in records {
        let RecordBody::Product(product) = &record.body else { continue };
        let sku = record.sku.to_string();
        read.insert((sku.clone(), 0), String::new());
        for cell in &product.cells {
            if let CellChange::Set(value) = &cell.change {
                read.insert((sku.clone(), cell.column), value.data.to_string());
            }
        }
        for price in &product.prices {
            let money = price.money.map(|money| money.to_string()).unwrap_or_default();
            read.insert((sku.clone(), price.column), money.trim_end_matches(" EUR").to_owned());
        }
    }
    read
}

fn name() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "Mug",
        "blue",
        "for two",
        ", ",
        "; ",
        " \"big\" ",
        " 5\" ",
        "\n",
        "it's",
        " and ",
        "2 kg",
        "\n\n",
        ", 4, x",
    ]);
    prop_oneof![
        1 => Just(String::new()),
        4 => select(vec!["Mug", "Cup, red", "Jar", "Pot 5\"", "Can; small"]).prop_map(str::to_owned),
        4 => prop::collection::vec(pieces, 1..5).prop_map(|pieces| pieces.concat().trim().to_owned()),
    ]
}

fn mistaken() -> impl Strategy<Value = Mistaken> {
    let row = (name(), 1..9_000_u32, name(), name());
    let mistake = select(vec![
        Mistake::NoMark,
        Mistake::StrayMark,
        Mistake::NotDoubled,
        Mistake::NoSeparator,
        Mistake::StraySeparator,
        Mistake::NoCell,
        Mistake::StrayCell,
        Mistake::StrayBreak,
        Mistake::NoBreak,
    ]);
    let rows = prop::collection::vec(row, 6..14);
    (rows, select(vec![',', ';', '\t']), any::<bool>(), any::<usize>(), any::<usize>(), mistake)
        .prop_map(|(rows, delimiter, all_quoted, row, at, mistake)| {
            let rows: Vec<Vec<String>> = (0..)
                .zip(rows)
                .map(|(number, (fi, cents, sv, en))| {
                    let price = format!("{}.{:02}", cents / 100, cents % 100);
                    vec![format!("HH-{number}"), fi, price, sv, en]
                })
                .collect();
            // The last row may be cut short, which is another question.
            let row = row % (rows.len() - 1);
            Mistaken { rows, delimiter, all_quoted, row, at, mistake }
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_read_is_what_was_meant(table in mistaken()) {
        static SHOP: LazyLock<Shop> = LazyLock::new(|| TestShop::new().shop());
        let Some(text) = table.text() else { return Ok(()) };
        let imported = import(&SHOP, &MappingSet::default(), DropKind::Products, "a.csv", text.as_bytes());
        let imported = match imported {
            Ok(imported) => imported,
            Err(refused) => return Err(TestCaseError::fail(format!("{refused}\n{text}"))),
        };
        let (read, meant) = (read(&imported.records), table.meant());
        // Where the last cell breaks, what follows the break is refused.
        let is_cut = |key: &(String, u16), value: &str| {
            key.1 == 4
                && imported.progress.rejected > 0
                && meant.get(key).is_some_and(|meant| meant.starts_with(value))
        };
        let is_meant = |(key, value): (&(String, u16), &String)| {
            key.1 == 0 && meant.contains_key(&(key.0.clone(), 1))
                || meant.get(key) == Some(value)
                || is_cut(key, value)
        };
        let is_reported = imported.messages.iter().any(|it| it.contains("quotation mark") && !it.contains("not taken"));
        let wrong: Vec<_> = read.iter().filter(|entry| !is_meant(*entry)).collect();
        prop_assert!(
            wrong.is_empty() || is_reported,
            "{wrong:#?}\n{:#?}\n{text}",
            imported.messages,
        );
        // The other rows are read as ever.
        let is_near = |row: usize| row == table.row || row == table.row + 1;
        for (row, cells) in table.rows.iter().enumerate().filter(|(row, _)| !is_near(*row)) {
            prop_assert!(
                read.contains_key(&(cells[0].clone(), 0)),
                "row {row} is missing\n{:#?}\n{text}",
                imported.messages,
            );
        }
    }
}
