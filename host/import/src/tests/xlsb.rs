//! XLSB, the binary workbook: written by hand, because no library writes it.

use std::io::{Cursor, Write as _};

use expect_test::{Expect, expect};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// Records: a type, a length, what they hold ([MS-XLSB] 2.1.4).
#[derive(Default)]
struct Records(Vec<u8>);

impl Records {
    fn put(mut self, kind: u16, content: &[u8]) -> Self {
        match u8::try_from(kind) {
            Ok(kind) if kind < 0x80 => self.0.push(kind),
            _ => self.0.extend([(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8]),
        }
        let mut length = content.len();
        while length > 0x7f {
            self.0.push((length & 0x7f) as u8 | 0x80);
            length >>= 7;
        }
        self.0.push(length as u8);
        self.0.extend_from_slice(content);
        self
    }

    fn row(self, row: u32) -> Self {
        self.put(0, &[&row.to_le_bytes()[..], &[0; 13]].concat())
    }

    fn cell(self, kind: u16, (column, style): (u32, u32), content: &[u8]) -> Self {
        self.put(kind, &[&column.to_le_bytes(), &style.to_le_bytes(), content].concat())
    }

    fn text(self, column: u32, text: &str) -> Self {
        self.cell(6, (column, 0), &wide(text))
    }
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&(units.len() as u32 / 2).to_le_bytes()[..], &units].concat()
}

/// A workbook of one sheet, with two texts and a format of dates for cells to point to.
fn xlsb(cells: Records) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = format!(
        "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.bin\"/></Relationships>"
    );
    let sheets = [&[0, 0, 0, 0, 1, 0, 0, 0][..], &wide("r1"), &wide("Hinnasto")].concat();
    let workbook = Records::default()
        .put(0x83, &[])
        .put(0x8f, &[])
        .put(0x9c, &sheets)
        .put(0x90, &[])
        .put(0x84, &[]);
    let sheet = Records::default().put(0x81, &[]).put(0x94, &[0; 16]).put(0x91, &[]);
    let sheet = [sheet.0, cells.put(0x92, &[]).put(0x82, &[]).0].concat();
    let text = |text| [&[0][..], &wide(text)].concat();
    let strings = Records::default()
        .put(0x9f, &[2, 0, 0, 0, 2, 0, 0, 0])
        .put(0x13, &text("sku"))
        .put(0x13, &text("name-fi_FI"))
        .put(0xa0, &[]);
    // The second format is that of days.
    let format = |number: u8| [0, 0, number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let styles = Records::default()
        .put(0x116, &[])
        .put(0x269, &[2, 0, 0, 0])
        .put(0x2f, &format(0))
        .put(0x2f, &format(14))
        .put(0x26a, &[]);
    let parts: [(&str, &[u8]); 6] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &workbook.0),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
        ("xl/sharedStrings.bin", &strings.0),
        ("xl/styles.bin", &styles.0),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

/// `sku` and `name-fi_FI`, texts that the workbook has in common, and more headers.
fn head(more: &[&str]) -> Records {
    let head = Records::default().row(0).cell(7, (0, 0), &[0; 4]).cell(7, (1, 0), &[1, 0, 0, 0]);
    (2..).zip(more).fold(head, |head, (column, name)| head.text(column, name))
}

fn check(bytes: &[u8], expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Products, "a.xlsb", bytes));
}

#[test]
fn binary_workbooks_are_read() {
    let cells = head(&["price", "weight", "available_from", "reflective"])
        .row(1)
        .cell(2, (0, 0), &((4711 << 2) | 2_i32).to_le_bytes())
        .text(1, "Päällystakki 🧥")
        .cell(2, (2, 0), &((1990 << 2) | 3_i32).to_le_bytes())
        .cell(5, (3, 0), &0.75_f64.to_le_bytes())
        .cell(5, (4, 1), &46_082_f64.to_le_bytes())
        .cell(4, (5, 0), &[1])
        .row(3)
        .text(0, "B")
        .cell(1, (1, 0), &[])
        .cell(3, (2, 0), &[0x2a]);
    check(
        &xlsb(cells),
        expect![[r#"
        XLSB, sheet "Hinnasto"
        2 4711: [1] name fi-FI = Päällystakki 🧥; [3] weight = 0.75 kg; [4] available_from = 2026-03-01; [5] reflective = true; [2] price retail = 19.90 EUR
        4 B: [1] name fi-FI cleared; [3] weight cleared; [4] available_from cleared; [5] reflective cleared
        warning row 4, price: cell C4 is the error #N/A; nothing was read from it; correct its formula
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn broken_binary_workbooks_say_so() {
    let whole = xlsb(head(&[]).row(1).text(0, "A").text(1, "a"));
    check(
        &whole[..whole.len() - 30],
        expect![[r#"
        file-damaged: the workbook is damaged: invalid Zip archive: Could not find EOCD; open it in a spreadsheet program, save it as a new file, and drop that
    "#]],
    );
    // A cell whose text is declared longer than it is.
    check(
        &xlsb(head(&[]).row(1).cell(6, (0, 0), &[9, 0, 0, 0, 65, 0])),
        expect![[r#"
        file-damaged: the workbook is damaged: Wide str length exceeds buffer length (22 > 9); open it in a spreadsheet program, save it as a new file, and drop that
    "#]],
    );
    // One that goes on behind the end of the sheet.
    let mut open = head(&[]).row(1);
    open.0.extend([6, 0x7f]);
    check(
        &xlsb(open),
        expect![[r#"
        file-damaged: the workbook is damaged: failed to fill whole buffer; open it in a spreadsheet program, save it as a new file, and drop that
    "#]],
    );
}
