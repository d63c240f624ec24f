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
