use expect_test::{Expect, expect};

use super::*;

#[test]
fn an_edit_a_row() {
    let csv = "sku,attribute,locale,channel,valid_from,valid_until,value,by\n\
         A,name,fi,,,,Takki,Maija\n\
         A,Color,,,,,Sammal,\n\
         A,description,fi_FI,web,2026-11-20,2026-12-01,<b>x</b>,Maija\n\
         A,weight,,,,,,Maija\n\
         A,nmae,,,,,x,\n\
         A,color,,,,,mos,\n\
         A,weight,fi_FI,,,,1,\n\
         A,name,fi,,,,Toinen,\n";
    let expected: Expect = expect![[r#"
        CSV, comma, UTF-8
        2 A: [6] name fi-FI = Takki by Maija
        3 A: [6] color = moss by edits
        4 A: [6] description fi-FI web 2026-11-20..2026-12-02 = <b>x</b> by Maija
        5 A: [6] weight cleared by Maija
        error row 6, A, attribute "nmae": there is no attribute "nmae"; did you mean "name"?; the row was not taken
        warning row 7, A, value "mos": this is none of the options of color; did you mean "moss"?; the value was left out
        error row 7, A: the edit has no value that can be read; the row was not taken
        error row 8, A, locale "fi_FI": weight is the same in every locale; leave the cell empty; the row was not taken
        error row 9, A: row 2 of this file speaks about this SKU, attribute, locale, channel and time already; this row was not taken; keep one of the two
        8 rows, 4 rejected, 0 skipped
    "#]];
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Edits, "edits.csv", csv.as_bytes()));
}

#[test]
fn a_list_of_gaps_says_what_was_filled_in() {
    let csv = "\u{feff}sku;product_name;attribute;locale;shown_now;new_value\n\
         A;Takki;name;en;Takki;Jacket\n\
         A;Takki;description;en;Lämmin;\n\
         B;Lamppu;color;;;moss\n";
    let expected: Expect = expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [5] name en-GB = Jacket by edits
        4 B: [5] color = moss by edits
        3 rows, 0 rejected, 1 skipped
    "#]];
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Edits, "gaps.csv", csv.as_bytes()));
}

fn check(name: &str, text: &str, expected: Expect) {
    let folder = TestShop::new();
    folder.write("model.toml", &format!("{MODEL}{LANGUAGE}"));
    expected.assert_eq(&outcome(&folder, DropKind::Edits, name, text.as_bytes()));
}

/// An attribute that is called like a part of an edit.
const LANGUAGE: &str =
    "[attributes.book_language]\ntype = \"text\"\nlabel = { fi-FI = \"Kieli\" }\n";

#[test]
fn a_column_for_each_attribute_is_called_as_in_product_files() {
    check(
        "wide.csv",
        "sku;Kuvaus (fi);nimi;väri;Paino (g);Alkaen;muokkaaja\n\
         A;Lämmin;Takki;Sammal;400;2026-12-01;Aino\n\
         B;;Pipo;;n/a;;\n\
         C;;;;;;\n\
         D;;;mos;;;\n\
         A;;Toinen;;;2026-12-01;\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: [1] description fi-FI 2026-12-01.. = Lämmin by Aino
            2 A: [2] name 2026-12-01.. = Takki by Aino
            2 A: [3] color 2026-12-01.. = moss by Aino
            2 A: [4] weight 2026-12-01.. = 0.4 kg by Aino
            3 B: [2] name = Pipo by edits
            info read by what they are called elsewhere: Kuvaus (fi) = description-fi-FI, nimi = name, väri = color, Paino (g) = weight; a mapping or a header in the shop's own words says something else
            info empty cells, which say nothing here: 13; to take an edit back, drop a file with the columns "sku", "attribute" and "value", and leave the value empty
            warning row 5, D, väri "mos": this is none of the options of color; did you mean "moss"?; the value was left out
            error row 5, D: the edit has no value that can be read; the row was not taken
            error row 6, A: row 2 of this file speaks about this SKU, attribute, locale, channel and time already; this row was not taken; keep one of the two
            5 rows, 2 rejected, 1 skipped
        "#]],
    );
    check(
        "rows.csv",
        "sku,locale,name,description,color,weight,weight-unit\n\
         A,fi,Takki,Lämmin,,,\nA,sv,Jacka,,moss,,\nA,nowhere,x,,,,\nA,,,,,400,g\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [2] name fi-FI = Takki by edits
            2 A: [3] description fi-FI = Lämmin by edits
            3 A: [2] name sv-SE = Jacka by edits
            5 A: [5] weight = 0.4 kg by edits
            info empty cells, which say nothing here: 7; to take an edit back, drop a file with the columns "sku", "attribute" and "value", and leave the value empty
            warning row 3, A, color "moss": color is the same in every locale; leave the cell empty; the value was left out
            error row 4, A, locale "nowhere": "nowhere" is no locale of this shop; the row was not taken
            4 rows, 1 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_wide_file_that_is_not_clear_is_refused() {
    check(
        "c.csv",
        "sku;nimi\nA;Takki\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = Takki by edits
        info read by what they are called elsewhere: nimi = name; a mapping or a header in the shop's own words says something else
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        "kieli.csv",
        "sku;nimi;kieli\nA;Takki;en\n",
        expect![[r#"
            file-columns: the column "kieli" is not clear, and the others depend on it: "kieli" is the label of "book_language" in this shop, and may also mean "locale"; say in a mapping which one it is: "kieli" = "locale" or "kieli" = "book_language"; or write columns "sku", "attribute" and "value"
        "#]],
    );
    check(
        "price.csv",
        "sku;nimi;hinta\nA;Takki;9,90\n",
        expect![[r#"
        file-columns: the column "hinta" is about prices or days of sale, which are no edits: nothing of the file was taken; drop prices into inbox/prices and days of sale into inbox/products, and take the column out of this file
    "#]],
    );
    check(
        "date.csv",
        "sku;nimi;vaihtuu\nA;Takki;2026-12-01\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = Takki by edits
        info read by what they are called elsewhere: nimi = name; a mapping or a header in the shop's own words says something else
        error vaihtuu: this column is not understood, and it seems to say when a price holds ("2026-12-01"); nothing of the file was taken. In a file of prices or edits, call such columns "valid_from" and "valid_until"; in a file of products, "sale_from" and "sale_until"; or write in a mapping: "vaihtuu" = "sale_from", "sale_until", or "sale_dates" where both days stand in one cell. To leave it out for good, write in a mapping, under [columns]: "vaihtuu" = "ignore". To take this file without it, run: rikaste drop approve date.csv
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        "none.csv",
        "sku;eikä\nA;Takki\n",
        expect![[r#"
        file-columns: no column is an edit; the columns are "sku", "eikä"; write columns "sku", "attribute" and "value", or "sku" and one for each attribute, such as "name-fi"
    "#]],
    );
    check(
        "half.csv",
        "sku;nimi;value\nA;Takki;x\n",
        expect![[r#"
        file-columns: no column is an edit; the columns are "sku", "nimi", "value"; write columns "sku", "attribute" and "value", or "sku" and one for each attribute, such as "name-fi"
    "#]],
    );
    check(
        "links.csv",
        "sku;nimi;care-product;parent\nA;Takki;B;C\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = Takki by edits
        info read by what they are called elsewhere: nimi = name; a mapping or a header in the shop's own words says something else
        warning care-product: nothing was read from this column: this is no attribute; prices, stock and reviews come in files of their own folders, and links in files of products
        warning parent: nothing was read from this column: this is no attribute; prices, stock and reviews come in files of their own folders, and links in files of products
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn a_mapping_names_columns_of_a_wide_file() {
    let folder = TestShop::new();
    folder.write("model.toml", &format!("{MODEL}{LANGUAGE}"));
    folder.write(
        "mappings/w.toml",
        "files = [\"w.csv\"]\nkind = \"edits\"\n[columns]\nteksti = \"description-fi\"\nKieli = \"book_language\"\nloppu = \"valid_until\"\n",
    );
    let csv = "sku;teksti;Kieli;loppu\nA;Lämmin;ruotsi;2026-12-06\n";
    expect![[r#"
        CSV, semicolon, UTF-8, mapping w.toml
        2 A: [1] description fi-FI ..2026-12-07 = Lämmin by edits
        2 A: [2] book_language ..2026-12-07 = ruotsi by edits
        1 rows, 0 rejected, 0 skipped
    "#]]
    .assert_eq(&outcome(&folder, DropKind::Edits, "w.csv", csv.as_bytes()));
}
