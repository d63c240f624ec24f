//! How a file is read, and the mapping that is drafted from it.

use expect_test::{Expect, expect};

use super::*;

fn explained(
    folder: &TestShop,
    kind: DropKind,
    name: &str,
    bytes: &[u8],
) -> super::super::FileExplanation {
    let shop = folder.shop();
    let mappings = MappingSet::load_folder(folder.path(), &shop).expect("valid mappings");
    let importer = FileImporter::new(&shop, &mappings).for_inspection();
    importer
        .open_source(kind, name, bytes)
        .and_then(|file| file.explain_file(kind))
        .expect("explained")
}

const NAMELESS: &str = "Malli;Tunniste;EAN;Title;Amount;Väri;Ryhmä\n\
    HH-1-1;1001;4006381333931;Takki;19,90;moss;A\n\
    HH-1-2;1002;4006381333948;Takki;19,90;night;A\n\
    HH-2-1;1003;4006381333955;Housut;9,90;night;B\n";

#[test]
fn a_file_without_a_sku_is_explained_and_says_which_columns_it_may_be() {
    let explained = explained(&TestShop::new(), DropKind::Products, "x.csv", NAMELESS.as_bytes());
    let mut text = format!("{}\n", explained.lacking.clone().unwrap_or_default());
    for candidate in &explained.candidates {
        writeln!(text, "{candidate:?}").expect("text");
    }
    for column in &explained.columns {
        writeln!(text, "{}: {} {:?}", column.name, column.filled, column.example).expect("text");
    }
    let (rows, rejected, skipped) = (explained.rows, explained.rejected, explained.skipped);
    writeln!(text, "{rows} rows, {rejected} rejected, {skipped} skipped").expect("text");
    expect![[r#"
        no column is the SKU; the columns are "Malli", "Tunniste", "EAN", "Title", "Amount", "Väri", "Ryhmä"; call one of them "sku", or say which it is in a file in mappings/: files = ["x.csv"], sku = "Malli"
        SkuCandidate { column: "Malli", looks_like: ArticleNumber, filled: 3, example: "HH-1-1" }
        SkuCandidate { column: "Tunniste", looks_like: ArticleNumber, filled: 3, example: "1001" }
        SkuCandidate { column: "EAN", looks_like: Gtin, filled: 3, example: "4006381333931" }
        Malli: 3 Some("HH-1-1")
        Tunniste: 3 Some("1001")
        EAN: 3 Some("4006381333931")
        Title: 3 Some("Takki")
        Amount: 3 Some("19,90")
        Väri: 3 Some("moss")
        Ryhmä: 3 Some("A")
        3 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&text);
    assert!(explained.samples.is_empty());
}

fn check_draft(kind: DropKind, name: &str, bytes: &[u8], expected: Expect) {
    expected.assert_eq(&explained(&TestShop::new(), kind, name, bytes).draft_mapping());
}

#[test]
fn a_draft_of_it_is_a_mapping_but_for_the_sku() {
    check_draft(
        DropKind::Products,
        "x.csv",
        NAMELESS.as_bytes(),
        expect![[r##"
            # How x.csv is read. Put this file into mappings/ and change what is wrong.
            # A column is read as what it is set to; "ignore" leaves it out without a word.
            files = ["x.csv"]                # `*` stands for any text, as in "products_*.csv"
            kind = "products"
            sku = "?"                       # the column that the SKU is in
            # sku = "Malli"        # article numbers, each another, in 3 of 3 rows, such as "HH-1-1"
            # sku = "Tunniste"        # article numbers, each another, in 3 of 3 rows, such as "1001"
            # sku = "EAN"        # GTINs, each another, in 3 of 3 rows, such as "4006381333931"
            # source = "erp"                # on whose behalf the file speaks

            [columns]
            # "Malli" = "malli"        # filled in 3 of 3 rows, such as "HH-1-1"; looks like text: first `rikaste attribute add malli`
            # "Tunniste" = "tunniste"        # filled in 3 of 3 rows, such as "1001"; looks like integer: first `rikaste attribute add tunniste`
            "EAN" = "gtin"        # filled in 3 of 3 rows, such as "4006381333931"
            "Title" = "name"        # filled in 3 of 3 rows, such as "Takki"
            # "Amount" = "amount"        # filled in 3 of 3 rows, such as "19,90"; looks like decimal: first `rikaste attribute add amount`
            "Väri" = "color"        # filled in 3 of 3 rows, such as "moss"
            # "Ryhmä" = "ryhma"        # filled in 3 of 3 rows, such as "A"; looks like text: first `rikaste attribute add ryhma`
        "##]],
    );
    let json = br#"{"data": [{"number": "A1", "title": "x"}, {"number": "A2", "title": "x"}]}"#;
    check_draft(
        DropKind::Products,
        "x.json",
        json,
        expect![[r##"
            # How x.json is read. Put this file into mappings/ and change what is wrong.
            # A column is read as what it is set to; "ignore" leaves it out without a word.
            files = ["x.json"]                # `*` stands for any text, as in "products_*.csv"
            kind = "products"
            sku = "?"                       # the column that the SKU is in
            # sku = "number"        # article numbers, each another, in 2 of 2 rows, such as "A1"
            # source = "erp"                # on whose behalf the file speaks

            [columns]
            # "number" = "number"        # filled in 2 of 2 rows, such as "A1"; looks like text: first `rikaste attribute add number`
            "title" = "name"        # filled in 2 of 2 rows, such as "x"
        "##]],
    );
    check_draft(
        DropKind::Stock,
        "s.csv",
        b"thing,amount\nA1,3\nA2,3\n",
        expect![[r##"
        # How s.csv is read. Put this file into mappings/ and change what is wrong.
        # A column is read as what it is set to; "ignore" leaves it out without a word.
        files = ["s.csv"]                # `*` stands for any text, as in "products_*.csv"
        kind = "stock"
        sku = "?"                       # the column that the SKU is in
        # sku = "thing"        # article numbers, each another, in 2 of 2 rows, such as "A1"
        # source = "erp"                # on whose behalf the file speaks

        [columns]
        "thing" = "ignore"        # filled in 2 of 2 rows, such as "A1"; nothing in this shop is called "thing"
        "amount" = "ignore"        # filled in 2 of 2 rows, such as "3"; nothing in this shop is called "amount"
    "##]],
    );
}

#[test]
fn a_file_without_a_header_is_explained_by_numbers() {
    let rows = b"HH-1;Takki;29,90\nHH-2;Housut;19,90\n";
    let explained = explained(&TestShop::new(), DropKind::Products, "x.csv", rows);
    expect![[r#"the file has no header: row 1 is one of data ("HH-1", "Takki", "29,90"); write the names of the columns above it, or name the columns by number in a file in mappings/: files = ["x.csv"], header_row = 0, sku = "1"; `rikaste import --explain` shows what stands in each"#]].assert_eq(explained.lacking.as_deref().unwrap_or_default());
    expect![[r##"
        # How x.csv is read. Put this file into mappings/ and change what is wrong.
        # A column is read as what it is set to; "ignore" leaves it out without a word.
        files = ["x.csv"]                # `*` stands for any text, as in "products_*.csv"
        kind = "products"
        header_row = 0                  # there is none: columns are numbers
        sku = "?"                       # the column that the SKU is in
        # sku = "1"        # article numbers, each another, in 2 of 2 rows, such as "HH-1"
        # source = "erp"                # on whose behalf the file speaks

        [columns]
        # "1" = "1"        # filled in 2 of 2 rows, such as "HH-1"; looks like text: first `rikaste attribute add 1`
        # "2" = "2"        # filled in 2 of 2 rows, such as "Takki"; looks like text: first `rikaste attribute add 2`
        # "3" = "3"        # filled in 2 of 2 rows, such as "29,90"; looks like decimal: first `rikaste attribute add 3`
    "##]].assert_eq(&explained.draft_mapping());
}
