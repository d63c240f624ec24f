use expect_test::{Expect, expect};
use rikaste_model::words::Language;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

type Entries<'e> = &'e [(&'e str, &'e [u8])];

fn archive(entries: Entries<'_>) -> Vec<u8> {
    let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).expect("a file");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

/// What unpacking gives: tables and photos by name, messages.
fn outcome(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("drop.zip");
    std::fs::write(&path, bytes).expect("written");
    let inside = folder.path().join("inside");
    std::fs::create_dir(&inside).expect("a folder");
    if !is_archive(&path) {
        return "no archive".to_owned();
    }
    let unpacked =
        match unpack_archive(&path, &inside, DropKind::Products).expect("the disk is there") {
            Ok(unpacked) => unpacked,
            Err(refusal) => {
                return format!("refused: {}", refusal.to_text(Language::En));
            }
        };
    let mut text = String::new();
    for table in &unpacked.tables {
        assert!(table.path.starts_with(&inside) && table.path.is_file());
        text.push_str(&format!("{}: {}\n", table.kind.folder(), table.name));
    }
    for photo in &unpacked.photos {
        assert!(photo.starts_with(&inside) && photo.is_file());
        text.push_str(&format!("photo {}\n", photo.file_name().expect("a name").display()));
    }
    unpacked.messages.iter().for_each(|message| text.push_str(&format!("{message}\n")));
    text
}

#[expect(clippy::needless_pass_by_value, reason = "`check(…, expect![[…]])` reads best")]
fn check(bytes: &[u8], expected: Expect) {
    expected.assert_eq(&outcome(bytes));
}

#[test]
fn files_are_sorted_by_what_they_are() {
    let entries: Entries<'_> = &[
        ("reviews/all.csv", b"a"),
        ("prices.csv", b"a"),
        ("export/product_variants.csv", b"a"),
        ("export/products.csv", b"a"),
        ("stock_levels.json", b"a"),
        ("product_prices.xml", b"a"),
        ("images/a.jpg", b"a"),
        ("more/a.jpg", b"b"),
        ("images/päällys.webp", b"a"),
        ("readme.pdf", b"a"),
        (&format!("{}.csv", "a".repeat(252)), b"a"),
        ("inner.zip", b"a"),
        ("__MACOSX/._a.jpg", b"a"),
        (".DS_Store", b"a"),
        ("../../etc/evil.csv", b"a"),
        ("/absolute.csv", b"a"),
        ("c:\\evil.csv", b"a"),
    ];
    check(
        &archive(entries),
        expect![[r#"
            products: export/products.csv
            products: export/product_variants.csv
            prices: prices.csv
            prices: product_prices.xml
            stock: stock_levels.json
            reviews: reviews/all.csv
            photo a.jpg
            photo päällys.webp
            photo readme.pdf
            there are two photos called a.jpg in the archive; the first was taken
            the name of aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… in the archive is too long for a file; it was left out: give it a shorter one
            inner.zip is an archive inside the archive and was left out; put its files into this one
            ../../etc/evil.csv in the archive would lie outside of it; it was left out
            /absolute.csv in the archive would lie outside of it; it was left out
            c:\evil.csv in the archive would lie outside of it; it was left out
        "#]],
    );
}

#[test]
fn what_is_no_catalogue_is_refused() {
    check(
        &archive(&[("readme.md", b"a")]),
        expect![
            "refused: there is no table and no photo in the archive; put CSV, JSON, XML or spreadsheet files and pictures into it"
        ],
    );
    check(
        &archive(&[]),
        expect![
            "refused: there is no table and no photo in the archive; put CSV, JSON, XML or spreadsheet files and pictures into it"
        ],
    );
    check(
        &archive(&[("[Content_Types].xml", b"a"), ("xl/workbook.xml", b"a")]),
        expect!["no archive"],
    );
    check(b"sku;name\n", expect!["no archive"]);
    let whole = archive(&[("products.csv", b"sku;name\nA;B\n")]);
    check(
        &whole[..whole.len() - 10],
        expect![
            "refused: the archive is broken (invalid Zip archive: Unexpected end of zip::format::blocks::Zip32CDEBlock); make it again and drop it again"
        ],
    );
    let mut broken = whole.clone();
    broken[45] ^= 0xff;
    check(
        &broken,
        expect![
            "refused: the archive is broken (products.csv: Invalid checksum); make it again and drop it again"
        ],
    );
    let mut encrypted = whole.clone();
    let central = whole.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    encrypted[6] |= 1;
    encrypted[central + 8] |= 1;
    check(
        &encrypted,
        expect![
            "refused: products.csv in the archive is locked with a password; make it again without one"
        ],
    );
}

#[test]
fn bombs_do_not_go_off() {
    let zeros = vec![b'0'; 80 << 20];
    check(
        &archive(&[("products.csv", &zeros)]),
        expect![
            "refused: the archive was not unpacked: at products.csv it came to far more than its size; drop the files in it instead"
        ],
    );
    let half = &zeros[..40 << 20];
    check(
        &archive(&[("a.csv", half), ("b.csv", half)]),
        expect![
            "refused: the archive was not unpacked: at b.csv it came to far more than its size; drop the files in it instead"
        ],
    );
    let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
    for number in 0..100_000 {
        writer.start_file(format!("{number}.csv"), SimpleFileOptions::default()).expect("a file");
    }
    check(
        &writer.finish().expect("an archive").into_inner(),
        expect![
            "refused: the archive has 100 000 files; more than 20 000 are not unpacked; split it"
        ],
    );
}

#[test]
fn a_name_may_be_in_another_encoding() {
    let mut bytes = archive(&[("a__.csv", b"a")]);
    let places: Vec<usize> = bytes
        .windows(7)
        .enumerate()
        .filter(|(_, seven)| seven == b"a__.csv")
        .map(|(at, _)| at)
        .collect();
    for at in places {
        bytes[at + 1] = 0x84;
        bytes[at + 2] = 0x94;
    }
    check(
        &bytes,
        expect![[r#"
        products: aäö.csv
    "#]],
    );
}
