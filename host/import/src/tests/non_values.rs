//! Cells that say nothing, and keys with characters that nobody sees.

use expect_test::{Expect, expect};
use rikaste_model::record::DropKind;

use super::{TestShop, outcome};

fn check(csv: &str, expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Products, "a.csv", csv.as_bytes()));
}

#[test]
fn keys_lose_what_nobody_sees() {
    check(
        "sku,parent,color,gtin,care-product\n\u{200b}A-1,\u{feff}M\u{ad},moss\u{200b},\u{202d}6409100040611\u{202c},X\u{200b}\nA-2\u{a0},M,moss,,\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A-1: parent M; [2] color = moss; [3] gtin = 06409100040611; care-product → X×1
            3 A-2: parent M; [2] color = moss; [3] gtin cleared; care-product → 
            info row 2, sku "[U+200B]A-1": characters that nobody sees were taken off
            info row 2, A-1, parent "[U+FEFF]M[U+00AD]": characters that nobody sees were taken off
            info row 2, A-1, color "moss[U+200B]": characters that nobody sees were taken off
            info row 2, A-1, gtin "[U+202D]6409100040611[U+202C]": characters that nobody sees were taken off
            info row 2, A-1, care-product "X[U+200B]": characters that nobody sees were taken off
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn errors_of_formulas_and_blank_markup_are_no_values() {
    check(
        "sku,name-fi_FI,description-fi_FI,price,weight\nA,#N/A,<p><br></p>,#VALUE!,1\nB,Takki,&nbsp;,5,#REF!\n#N/A,Jakku,x,5,1\n",
        expect![[r##"
            CSV, comma, UTF-8
            2 A: [2] description fi-FI cleared; [4] weight = 1 kg
            3 B: [1] name fi-FI = Takki; [2] description fi-FI cleared; [3] price retail = 5.00 EUR
            warning row 2, name-fi_FI "#N/A": this is the error of a formula; nothing was read from it; correct the formula where the file comes from
            warning row 2, price "#VALUE!": this is the error of a formula; nothing was read from it; correct the formula where the file comes from
            warning row 3, weight "#REF!": this is the error of a formula; nothing was read from it; correct the formula where the file comes from
            warning row 4, sku "#N/A": this is the error of a formula; nothing was read from it; correct the formula where the file comes from
            error row 4, sku "": the row has no SKU; the row was not taken
            3 rows, 1 rejected, 0 skipped
        "##]],
    );
}

#[test]
fn words_for_an_empty_field_count_where_no_value_is_written_so() {
    check(
        "sku,name-fi_FI,price,stock-helsinki,weight,available_from,color,care-product,family\n\
         A,-,-,n/a,NULL,None,-,-,n/a\nB,NULL,5,1,2,2026-01-01,moss,X,jacket\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] name fi-FI = -; [4] weight cleared; [5] available_from cleared; [6] color cleared; [8] family cleared; care-product → 
            3 B: [1] name fi-FI = NULL; [4] weight = 2 kg; [5] available_from = 2026-01-01; [6] color = moss; [8] family = jacket; care-product → X×1; [2] price retail = 5.00 EUR; [3] stock helsinki = 1
            info row 2, A, price "-": this is no number; what was there before stays
            info row 2, A, stock-helsinki "n/a": this is no number; what was there before stays
            info row 2, A, weight "NULL": this was read as an empty cell
            info row 2, A, available_from "None": this was read as an empty cell
            info row 2, A, color "-": this was read as an empty cell
            info row 2, A, care-product "-": this was read as an empty cell
            info row 2, A, family "n/a": this was read as an empty cell
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}
