use std::io::{self, Read};

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn check(name: &str, bytes: &[u8], expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Products, name, bytes));
}

#[test]
fn files_without_rows_are_refused() {
    check(
        "a.csv",
        b"",
        expect![[r#"
        file-empty: the file is empty; drop one with a header row and a row for each product
    "#]],
    );
    check(
        "a.csv",
        b"\xef\xbb\xbf \r\n",
        expect![[r#"
        file-empty: the file is empty; drop one with a header row and a row for each product
    "#]],
    );
    check(
        "a.csv",
        b"sku;name\n\n;\n",
        expect![[r#"
        file-empty: the file has no rows that say anything; drop it again when it has some
    "#]],
    );
    check(
        "a.json",
        b"[]",
        expect![[r#"
        file-empty: the file has no rows that say anything; drop it again when it has some
    "#]],
    );
}

#[test]
fn a_file_without_a_sku_says_how_to_name_one() {
    check(
        "erp.csv",
        b"Article;Name\n1;a\n",
        expect![[r#"
        file-columns: no column is the SKU; the columns are "Article", "Name"; call one of them "sku", or say which it is in a file in mappings/: files = ["erp.csv"], sku = "Article"
    "#]],
    );
    check(
        "erp.json",
        b"[{\"article\": 1}]",
        expect![[r#"
        file-columns: no column is the SKU; the columns are "article"; call one of them "sku", or say which it is in a file in mappings/: files = ["erp.json"], sku = "article"
    "#]],
    );
}

#[test]
fn encodings_are_told_or_refused() {
    let utf16 = |big: bool, text: &str| -> Vec<u8> {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
    };
    check(
        "a.csv",
        &utf16(false, "sku;name\nA;Päällys 🧥\n"),
        expect![[r#"
        CSV, semicolon, UTF-16
        2 A: [1] name = Päällys 🧥
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        "a.csv",
        &utf16(true, "sku\tname\nA;B\n"),
        expect![[r#"
            CSV, tab, UTF-16
            error row 2: the row has 1 cells and the others have 2, and it does not show which one is missing or too many; the row was not taken; write the separators of empty cells as well, and put a text that contains a separator in quotation marks
            1 rows, 1 rejected, 0 skipped
        "#]],
    );
    check(
        "a.csv",
        b"\xef\xbb\xbfsku,name\nA,B\n",
        expect![[r#"
        CSV, comma, UTF-8
        2 A: [1] name = B
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        "a.csv",
        b"sku;name-fi_FI\nA;Takki\nB;P\xe4\xe4llystakki\n",
        expect![[r#"
            CSV, semicolon, Windows-1252
            2 A: [1] name fi-FI = Takki
            3 B: [1] name fi-FI = Päällystakki
            info row 3: the file is not UTF-8; it was read as Windows-1252, in which this says "Päällystakki"; if that is wrong, give the `encoding` in a mapping
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
    let mut broken = utf16(false, "sku;name\nA;B\n");
    broken.extend([0x00, 0xd8, 0x41, 0x00]);
    check(
        "a.csv",
        &broken,
        expect![[r#"
            file-encoding: the file is to be UTF-16 text, but is broken near byte 28; correct the `encoding` of its mapping, or save it as UTF-8 and drop it again
        "#]],
    );
    check(
        "a.json",
        b"[{\"sku\": \"A\", \"name\": \"P\xe4\"}]",
        expect![[r#"
        file-encoding: row 1: the byte E4 at position 24 is not UTF-8 text; save the file as UTF-8 (in Excel: "CSV UTF-8") and drop it again
    "#]],
    );
}

#[test]
fn half_written_files_are_refused() {
    check(
        "a.csv",
        b"sku;name\nA;a\nB;\"half",
        expect![[r#"
        file-cut-short: row 3: the file ends inside quotation marks that are opened in this row: it was cut short, or a closing mark is missing; export it again, or close the mark
    "#]],
    );
    check(
        "a.csv",
        b"sku;name\nA;a\nB;\"whole\"",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = a
        3 B: [1] name = whole
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        "a.json",
        b"[{\"sku\": \"A\"}, {\"sku\": \"B\", \"na",
        expect![[r#"
        file-cut-short: row 2: the file ends in the middle of this element: it was cut short; export it again
    "#]],
    );
    check(
        "a.json",
        b"[{\"sku\": \"A\"}",
        expect![[r#"
        file-cut-short: row 1: the file ends in the middle of this element: it was cut short; export it again
    "#]],
    );
    check(
        "a.json",
        b"[{\"sku\": \"A\"} {\"sku\": \"B\"}]",
        expect![[r#"
        file-json: row 1: the file is not the JSON that is asked for: a comma is missing between two elements; write an array of objects, or one object a line
    "#]],
    );
    check(
        "a.jsonl",
        b"{\"sku\": \"A\"}\n{\"sku\": ",
        expect![[r#"
        file-cut-short: row 2: the file ends in the middle of this element: it was cut short; export it again
    "#]],
    );
    check(
        "a.json",
        b"{\n  \"products\": []\n}",
        expect![[r#"
            file-empty: the file has no rows that say anything; drop it again when it has some
        "#]],
    );
}

/// The same bytes for ever, counting how many were asked for.
struct Endless<'c>(&'c [u8], &'c std::cell::Cell<u64>);

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for (to, from) in buffer.iter_mut().zip(self.0.iter().cycle()) {
            *to = *from;
        }
        self.1.set(self.1.get() + buffer.len() as u64);
        Ok(buffer.len())
    }
}

#[test]
fn what_never_ends_is_given_up_soon() {
    let folder = TestShop::new();
    let shop = folder.shop();
    let mappings = MappingSet::default();
    let give_up = |start: &'static [u8], rest: &'static [u8]| {
        let count = std::cell::Cell::new(0);
        let importer = FileImporter::new(&shop, &mappings);
        let outcome = importer
            .open_source(DropKind::Products, "a.csv", start.chain(Endless(rest, &count)))
            .and_then(|mut reading| {
                let mut records = Vec::new();
                loop {
                    records.clear();
                    if reading
                        .next_batch(100, &mut records, &mut DiagnosticCollector::default())?
                        .rows
                        > 1_000_000
                    {
                        panic!("nobody gave up");
                    }
                }
            });
        assert!(count.get() < 6 << 20, "{} bytes were read", count.get());
        let unreadable: Result<(), FileError> = outcome;
        unreadable.expect_err("refused").to_diagnostic().to_string()
    };
    expect!["row 1: a row that starts here is longer than 4 MiB; most likely a quotation mark is opened in it and never closed"].assert_eq(&give_up(b"", b"x"));
    expect!["row 2: a row that starts here is longer than 4 MiB; most likely a quotation mark is opened in it and never closed"].assert_eq(&give_up(b"sku,name\nA,\"", b"x"));
    expect!["row 1: a row that starts here is longer than 4 MiB; most likely a quotation mark is opened in it and never closed"].assert_eq(&give_up(b"", b"x,"));
    expect!["row 2: a row that starts here is longer than 4 MiB; most likely a quotation mark is opened in it and never closed"].assert_eq(&give_up(b"[{\"sku\": \"A\"}, {\"a\": \"", b"x"));
    expect!["row 1: a row that starts here is longer than 4 MiB; most likely a quotation mark is opened in it and never closed"].assert_eq(&give_up(b"[{\"sku\": \"A\", \"a\": ", b"["));
    expect!["the file is binary: it contains NUL bytes; save it as CSV or JSON in UTF-8 and drop it again"].assert_eq(&give_up(b"sku\nA\n", b"\0"));
}

#[test]
fn depth_and_width_are_limited() {
    let deep = format!("[{{\"sku\": \"A\", \"x\": {}1{}}}]", "[".repeat(80), "]".repeat(80));
    check(
        "a.json",
        deep.as_bytes(),
        expect![[r#"
        JSON array, UTF-8
        error row 1: the element is nested deeper than 64 levels; it was not taken
        1 rows, 1 rejected, 0 skipped
    "#]],
    );
    let wide: String = (0..2_001).map(|n| format!("c{n},")).collect();
    check(
        "a.csv",
        format!("sku,{wide}\nA\n").as_bytes(),
        expect![[r#"
        file-too-large: the file has more than 2000 columns; split it into files with fewer
    "#]],
    );
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0..6_usize) {
        let folder = TestShop::new();
        let _ = outcome(&folder, DropKind::ALL[kind], "a.csv", &bytes);
    }

    #[test]
    fn nor_are_tables(text in "sku[,;]?[a-z_]{0,9}\\PC{0,9}([A-C]?[,;\"\n\r|=.0-9 {}\\[\\]:xä-]{0,9}){0,20}", kind in 0..6_usize) {
        let _ = outcome(&TestShop::new(), DropKind::ALL[kind], "a.csv", text.as_bytes());
    }

    #[test]
    fn nor_is_json(text in "\\[?(\\{\"sku\": ?\"[A-C]\"(,\"[a-z]{1,3}\":[0-9{}\\[\\]\",:\\\\eE+-]{0,9})?\\}[,\n]?){0,5}\\]?") {
        let _ = outcome(&TestShop::new(), DropKind::Products, "a.json", text.as_bytes());
    }
}
