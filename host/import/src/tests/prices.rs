use expect_test::{Expect, expect};

use super::*;

fn check(csv: &str, expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Prices, "prices.csv", csv.as_bytes()));
}

#[test]
fn a_price_a_row() {
    check(
        "sku;price_list;price;currency;valid_from;valid_until\n\
         A;retail;29,90;EUR;;\n\
         A;retail;19,90;;20.11.2026;1.12.2026\n\
         A;;19,90;;2026-11-20;2026-12-01\n\
         B;sweden;129;SEK;2026-11-20T08:00;\n\
         C;;129;SEK;;\n\
         D;retail;;;;\n\
         E;retail;29,90;SEK;;\n\
         F;retial;29,90;;;\n\
         G;;1.299;;;\n\
         H;;5;;2026-12-01;2026-11-20\n\
         I;;-5;;;\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: [2] price retail = 29.90 EUR
            3 A: [2] price retail = 19.90 EUR 2026-11-20..2026-12-02
            5 B: [2] price sweden = 129.00 SEK 2026-11-20T08:00:00..
            6 C: [2] price sweden = 129.00 SEK
            7 D: [2] price retail = none
            info prices that begin on a day and have no end: 1; if a sale is meant, write its last day in valid_until
            error row 4, A: row 3 of this file speaks about this SKU, price list and time already; this row was not taken; keep one of the two
            error row 8, E, price "29,90": prices of the list retail are in EUR; the row was not taken
            error row 9, F, price_list "retial": there is no price list "retial"; there are retail, sweden; did you mean "retail"?; the row was not taken
            error row 10, G, price "1.299": this may mean 1299 or 1.2990; write the one that is meant, or set `decimal` in a mapping; the row was not taken
            error row 11, H, valid_until "2026-11-20": it ends before it begins: 2026-12-01 – 2026-11-20; the row was not taken
            error row 12, I, price "-5": a price cannot be below zero; the row was not taken
            11 rows, 6 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_list_a_column() {
    check(
        "sku,price-retail,price-SEK\nA,29.90,129\nB,,\nC,1,x\n",
        expect![[r#"
        CSV, comma, UTF-8
        2 A: [1] price retail = 29.90 EUR; [2] price sweden = 129.00 SEK
        3 B: [1] price retail = none; [2] price sweden = none
        error row 4, C, price-SEK "x": this is not a price; write one such as 29.90 or 29.90 EUR; the row was not taken
        3 rows, 1 rejected, 0 skipped
    "#]],
    );
}
