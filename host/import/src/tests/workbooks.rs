//! Workbooks: made here by a writer or by hand, and read as files that were dropped.

use std::io::{Cursor, Write as _};

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

fn check(name: &str, bytes: &[u8], expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Products, name, bytes));
}

fn check_mapped(mapping: &str, bytes: &[u8], expected: Expect) {
    let folder = TestShop::new();
    folder.write("mappings/a.toml", &format!("files = [\"a.*\"]\nkind = \"products\"\n{mapping}"));
    expected.assert_eq(&outcome(&folder, DropKind::Products, "a.xlsx", bytes));
}

fn saved(mut workbook: Workbook) -> Vec<u8> {
    workbook.save_to_buffer().expect("a workbook")
}

/// A sheet of texts.
fn write(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write(row, column, *cell).expect("a cell");
        }
    }
}

fn texts(rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    write(workbook.add_worksheet(), rows);
    saved(workbook)
}

#[test]
fn false_in_a_column_of_states_is_no_empty_cell() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    write(sheet, &[&["sku", "name-fi_FI", "Published"], &["A", "Takki"], &["B", "Pipo"]]);
    sheet.write(1, 2, true).expect("a cell");
    sheet.write(2, 2, false).expect("a cell");
    check(
        "a.xlsx",
        &saved(workbook),
        expect![[r#"
        XLSX, sheet "Sheet1"
        2 A: [1] name fi-FI = Takki; [2] status = active
        3 B: [1] name fi-FI = Pipo; [2] status = draft
        info read by what they are called elsewhere: Published = status; a mapping or a header in the shop's own words says something else
        info one product of the file is not offered in any channel, because the file says so ("B")
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        // Programs leave the type of a package where it can be read without unpacking.
        let method = match *name {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        archive.start_file(*name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("its text");
    }
    archive.finish().expect("an archive").into_inner()
}

/// An XLSX of parts written by hand.
fn package(sheet: &str, strings: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Sheet 1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let sheet = format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>");
    let strings = format!("<sst xmlns=\"{MAIN}\">{strings}</sst>");
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", &strings),
    ])
}

#[test]
fn cells_are_read_by_their_types() {
    let mut workbook = Workbook::new();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let percent = Format::new().set_num_format("0 %");
    let sheet = workbook.add_worksheet();
    write(sheet, &[&["sku", "gtin", "price", "available_from", "weight", "reflective", "name"]]);
    sheet.write(1, 0, 4711).expect("a cell");
    sheet.write(1, 1, 6_412_345_678_907_f64).expect("a cell");
    sheet.write(1, 2, Formula::new("=0.1+0.2").set_result("0.30000000000000004")).expect("a cell");
    let moment = ExcelDateTime::from_ymd(2026, 3, 1).expect("a date");
    sheet.write_with_format(1, 3, moment, &day).expect("a cell");
    sheet.write(1, 4, 1.234).expect("a cell");
    sheet.write(1, 5, true).expect("a cell");
    sheet.write_with_format(1, 6, 0.25, &percent).expect("a cell");
    let quoted = Format::new().set_quote_prefix();
    sheet.write_with_format(3, 0, "0042", &quoted).expect("a cell");
    sheet.write(3, 2, Formula::new("=NA()").set_result("#N/A")).expect("a cell");
    check(
        "a.xlsx",
        &saved(workbook),
        expect![[r#"
            XLSX, sheet "Sheet1"
            2 4711: [1] gtin = 06412345678907; [3] available_from = 2026-03-01; [4] weight = 1.234 kg; [5] reflective = true; [6] name = 0.25; [2] price retail = 0.30 EUR
            4 0042: [1] gtin cleared; [3] available_from cleared; [4] weight cleared; [5] reflective cleared; [6] name cleared
            warning row 4, price: cell C4 is the error #N/A; nothing was read from it; correct its formula
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn the_sheet_with_the_table_is_chosen_and_the_others_named() {
    let mut workbook = Workbook::new();
    write(workbook.add_worksheet().set_name("Read me").expect("a name"), &[&["Prices of spring"]]);
    let hidden = workbook.add_worksheet().set_name("Old").expect("a name").set_hidden(true);
    write(hidden, &[&["sku", "name"], &["Z", "z"], &["Y", "y"], &["X", "x"]]);
    let sheet = workbook.add_worksheet().set_name("Hinnasto").expect("a name");
    sheet.merge_range(0, 0, 0, 2, "Rain Ltd", &Format::new()).expect("merged");
    sheet.write(1, 0, "valid from 1.3.2026").expect("a cell");
    for (row, cells) in (3..).zip([["sku", "name", "price"], ["A", "a", "1"], ["B", "b", "2"]]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    sheet.write(6, 1, "Yhteensä").expect("a cell");
    sheet.write(6, 2, 3).expect("a cell");
    sheet.set_row_hidden(4).expect("a row");
    let bytes = saved(workbook);
    check(
        "a.xlsx",
        &bytes,
        expect![[r#"
            XLSX, sheet "Hinnasto", header in row 4
            5 A: [1] name = a; [2] price retail = 1.00 EUR
            6 B: [1] name = b; [2] price retail = 2.00 EUR
            info only the sheet "Hinnasto" was read; the workbook has "Read me" as well; to read another, give its name as `sheet` in a mapping
            info hidden sheets were not read: "Old"; to read one, make it visible, or give its name as `sheet` in a mapping
            info hidden rows of the sheet were read as the others: 1; delete them if they are not meant
            info the header is in row 4; what stands above it in 1–2 was left out ("Rain Ltd valid from 1.3.2026"); if another row is the header, give `header_row` in a mapping
            info row 7: "Yhteensä" makes this a row of totals; it was left out
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_mapped(
        "sheet = \"old\"\n",
        &bytes,
        expect![[r#"
            XLSX, sheet "Old", mapping a.toml
            2 Z: [1] name = z
            3 Y: [1] name = y
            4 X: [1] name = x
            info only the sheet "Old" was read; the workbook has "Read me", "Hinnasto" as well; to read another, give its name as `sheet` in a mapping
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_mapped(
        "sheet = \"New\"\n",
        &bytes,
        expect![[r#"
        file-sheet: the workbook has no sheet "New", which the mapping asks for; it has "Read me", "Old", "Hinnasto"; correct `sheet` in the mapping, or the name of the sheet
    "#]],
    );
    check_mapped(
        "sheet = \"Hinnasto\"\nheader_row = 4\n",
        &bytes,
        expect![[r#"
            XLSX, sheet "Hinnasto", header in row 4, mapping a.toml
            5 A: [1] name = a; [2] price retail = 1.00 EUR
            6 B: [1] name = b; [2] price retail = 2.00 EUR
            info only the sheet "Hinnasto" was read; the workbook has "Read me" as well; to read another, give its name as `sheet` in a mapping
            info hidden sheets were not read: "Old"; to read one, make it visible, or give its name as `sheet` in a mapping
            info hidden rows of the sheet were read as the others: 1; delete them if they are not meant
            info the header is in row 4; what stands above it in 1–2 was left out ("Rain Ltd valid from 1.3.2026"); if another row is the header, give `header_row` in a mapping
            info row 7: "Yhteensä" makes this a row of totals; it was left out
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn what_other_programs_write_is_read() {
    let inline =
        |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |cells: &[String]| format!("<row>{}</row>", cells.concat());
    // A wrong dimension, rows without numbers, a formula without value.
    let sheet = format!(
        "<dimension ref=\"A1\"/><sheetData>{}{}</sheetData>",
        row(&[inline("A1", "sku"), inline("C1", "name"), inline("D1", "price")]),
        row(&[
            inline("A2", "A"),
            inline("C2", "a"),
            "<c r=\"D2\"><f>1+1</f><v></v></c>".to_owned()
        ]),
    );
    check(
        "a.xlsx",
        &package(&sheet, ""),
        expect![[r#"
            XLSX, sheet "Sheet 1"
            2 A: [2] name = a
            info the header of column 2 is empty; nothing was read from it
            warning formulas whose values are not saved: 1; nothing was read from these cells; open the workbook in a spreadsheet program, save it, and drop it again
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn old_excel_workbooks_are_read() {
    let bytes = include_bytes!("../../../../tests/fixtures/pricelist.xls");
    check(
        "a.xls",
        bytes,
        expect![[r#"
            XLS, sheet "Hinnasto", header in row 3
            4 6412345678910: [1] name fi-FI = Päällystakki; [3] available_from = 2026-03-01; [4] weight = 0.3 kg; [2] price retail = 19.90 EUR
            5 B-2: [1] name fi-FI = Sormikkaat; [3] available_from cleared; [4] weight cleared; [2] price retail = none
            info only the sheet "Hinnasto" was read; the workbook has "Notes" as well; to read another, give its name as `sheet` in a mapping
            info hidden sheets were not read: "Old"; to read one, make it visible, or give its name as `sheet` in a mapping
            info the header is in row 3; what stands above it in 1 was left out ("Hinnasto, kevät 2026"); if another row is the header, give `header_row` in a mapping
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
    for length in [600, 1_000, 3_000, 5_000] {
        let outcome = outcome(&TestShop::new(), DropKind::Products, "a.xls", &bytes[..length]);
        assert!(outcome.starts_with("file-"), "{length}: {outcome}");
    }
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\"><office:automatic-styles><style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"Old\" table:style-name=\"ta2\"><table:table-row><table:table-cell><text:p>sku</text:p></table:table-cell></table:table-row></table:table><table:table table:name=\"Tuotteet\">{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", "<manifest/>"),
    ])
}

fn ods_row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}

#[test]
fn opendocument_is_read() {
    let typed = "<table:table-row>\
        <table:table-cell office:value-type=\"float\" office:value=\"4711\"><text:p>4 711</text:p></table:table-cell>\
        <table:table-cell><text:p>a &amp; <text:span>b</text:span><text:s text:c=\"2\"/>c</text:p><text:p>d</text:p><office:annotation><text:p>not this</text:p></office:annotation></table:table-cell>\
        <table:table-cell office:value-type=\"currency\" office:value=\"0.30000000000000004\"><text:p>0,30 €</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-01T00:00:00\"><text:p>1.3.</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>TOSI</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"string\" calcext:value-type=\"error\"><text:p>#N/A</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated=\"16378\"/></table:table-row>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let end = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let head = ods_row(&["sku", "name", "price", "available_from", "reflective", "color"]);
    let table = format!("{head}{typed}{}{end}", ods_row(&["B", "b"]));
    check(
        "a.ods",
        &ods(&table),
        expect![[r#"
            ODS, sheet "Tuotteet"
            2 4711: [1] name = a & b  c
            d; [3] available_from = 2026-03-01; [4] reflective = true; [2] price retail = 0.30 EUR
            5 B: [1] name = b; [3] available_from cleared; [4] reflective cleared; [5] color cleared; [2] price retail = none
            info hidden sheets were not read: "Old"; to read one, make it visible, or give its name as `sheet` in a mapping
            warning row 2, color: cell F2 is the error #N/A; nothing was read from it; correct its formula
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn workbooks_that_cannot_be_read_say_why() {
    let good = texts(&[&["sku", "name"], &["A", "a"]]);
    check(
        "a.xlsx",
        &good[..good.len() / 2],
        expect![[r#"
        file-damaged: the workbook is damaged: invalid Zip archive: Could not find EOCD; open it in a spreadsheet program, save it as a new file, and drop that
    "#]],
    );
    check(
        "a.xlsx",
        &texts(&[]),
        expect![[r#"
        file-empty: the file is empty; drop one with a header row and a row for each product
    "#]],
    );
    check(
        "a.docx",
        &zipped(&[("[Content_Types].xml", ""), ("word/document.xml", "")]),
        expect![[r#"
            file-format: the file is a document of an office program, but no workbook; save its table as XLSX, ODS or CSV and drop that
        "#]],
    );
    check(
        "a.xlsx",
        &package("<sheetData><row><c r=\"A1\"", ""),
        expect![[r#"
            file-damaged: the workbook is damaged: Xml attribute error: position 7: attribute key must be directly followed by `=` …; open it in a spreadsheet program, save it as a new file, and drop that
        "#]],
    );
    check(
        "a.xlsx",
        &package("<sheetData><row><c r=\"A1\" t=\"s\"><v>7</v></c></row></sheetData>", ""),
        expect![[r#"
            file-damaged: the workbook is damaged: Cell string index not found in shared strings table; open it in a spreadsheet program, save it as a new file, and drop that
        "#]],
    );
    let mut locked = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    locked
        .create_stream("/EncryptedPackage")
        .expect("a stream")
        .write_all(b"secret")
        .expect("text");
    check(
        "a.xlsx",
        &locked.into_inner().into_inner(),
        expect![[r#"
        file-format: the file is a workbook with a password; open it, take the password away, save it, and drop it again
    "#]],
    );
    let no_book = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    check(
        "a.xls",
        &no_book.into_inner().into_inner(),
        expect![[r#"
            file-format: the file is a document of an office program, but no workbook; save its table as XLSX, ODS or CSV and drop that
        "#]],
    );
}

#[test]
fn bombs_do_not_go_off() {
    let strings = "<si><t>x</t></si>".repeat(4_000_001);
    check(
        "a.xlsx",
        &package("<sheetData/>", &strings),
        expect![[r#"
            file-too-large: the workbook has more than 4 000 000 different texts; save the sheet as CSV and drop that
        "#]],
    );
    let long = format!(
        "<sheetData><row><c t=\"str\"><v>{}</v></c></row></sheetData>",
        "x".repeat(5 << 20)
    );
    check(
        "a.xlsx",
        &package(&long, ""),
        expect![[r#"
            file-too-large: the workbook has a cell of more than 4 MiB; save the sheet as CSV and drop that
        "#]],
    );
    let far = "<sheetData><row><c r=\"A1\" t=\"str\"><v>sku</v></c><c r=\"XFD1\" t=\"str\"><v>sku</v></c></row></sheetData>";
    check(
        "a.xlsx",
        &package(far, ""),
        expect![[r#"
            file-too-large: the file has more than 2000 columns; split it into files with fewer
        "#]],
    );
    let wide = "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\"><text:p>sku</text:p></table:table-cell></table:table-row>";
    check(
        "a.ods",
        &ods(wide),
        expect![[r#"
            file-too-large: the file has more than 2000 columns; split it into files with fewer
        "#]],
    );
    let deep = format!(
        "{}<table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell><text:p>A</text:p></table:table-cell></table:table-row>",
        ods_row(&["sku"])
    );
    check(
        "a.ods",
        &ods(&deep),
        expect![[r#"
            file-too-large: the workbook has more than 1 048 576 rows or 100 000 000 cells; save the sheet as CSV and drop that
        "#]],
    );
    // Two cells in opposite corners, in each of many sheets.
    let mut stream = Vec::new();
    for _ in 0..10 {
        stream.extend([0x09, 0x08, 0, 0]);
        for corner in [[0_u8, 0, 0, 0], [0xff, 0xff, 0xff, 0]] {
            stream.extend([0x03, 0x02, 4, 0]);
            stream.extend(corner);
        }
    }
    let mut corners = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    corners.create_stream("/Workbook").expect("a stream").write_all(&stream).expect("records");
    check(
        "a.xls",
        &corners.into_inner().into_inner(),
        expect![[r#"
            file-too-large: the workbook spans more than 40 000 000 cells; save the sheet as CSV and drop that
        "#]],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_bitten_workbook_is_no_danger(
        at in 0.0..1.0_f64, bite in prop::collection::vec(any::<u8>(), 1..40), format in 0..3_usize,
    ) {
        let (name, mut bytes) = match format {
            0 => ("a.xlsx", texts(&[&["sku", "name"], &["A", "a"], &["B", "b"]])),
            1 => ("a.ods", ods(&ods_row(&["sku", "name"]))),
            _ => ("a.xls", include_bytes!("../../../../tests/fixtures/pricelist.xls").to_vec()),
        };
        let at = (at * bytes.len() as f64) as usize;
        for (byte, new) in bytes[at..].iter_mut().zip(bite) {
            *byte = new;
        }
        let _ = outcome(&TestShop::new(), DropKind::Products, name, &bytes);
    }
}

/// A title stands above, and a day is one of Excel's.
#[test]
fn a_workbook_of_edits_has_a_column_for_each_attribute() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows: &[&[&str]] = &[
        &["Muutokset viikolla 48"],
        &[],
        &["Tuotenro", "Nimi (fi)", "Väri", "Päättyy"],
        &["A", "Takki", "Sammal"],
        &["B", "Pipo", ""],
    ];
    write(sheet, rows);
    let day = ExcelDateTime::from_ymd(2026, 12, 6).expect("a day");
    let format = Format::new().set_num_format("d.m.yyyy");
    sheet.write_with_format(3, 3, &day, &format).expect("a cell");
    expect![[r#"
        XLSX, sheet "Sheet1", header in row 3
        4 A: [1] name fi-FI ..2026-12-07 = Takki by edits
        4 A: [2] color ..2026-12-07 = moss by edits
        5 B: [1] name fi-FI = Pipo by edits
        info read by what they are called elsewhere: Tuotenro = sku, Nimi (fi) = name-fi-FI, Väri = color; a mapping or a header in the shop's own words says something else
        info empty cells, which say nothing here: 1; to take an edit back, drop a file with the columns "sku", "attribute" and "value", and leave the value empty
        info the header is in row 3; what stands above it in 1 was left out ("Muutokset viikolla 48"); if another row is the header, give `header_row` in a mapping
        2 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&outcome(
        &TestShop::new(),
        DropKind::Edits,
        "edits.xlsx",
        &saved(workbook),
    ));
}
