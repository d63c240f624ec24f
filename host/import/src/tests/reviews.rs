use expect_test::{Expect, expect};

use super::*;

fn check(csv: &str, expected: Expect) {
    expected.assert_eq(&outcome(
        &TestShop::new(),
        DropKind::Reviews,
        "reviews.csv",
        csv.as_bytes(),
    ));
}

#[test]
fn a_review_a_row() {
    check(
        "sku;source;id;Stars;language;headline;review;nickname;created_at;verified_buyer;incentivized\n\
         A;testimonials;1;5;fi;Hyvä;\"Lämmin,\nkestävä\";Maija;2026-02-01T10:00:00Z;kyllä;0\n\
         A;testimonials;1;4;;;;;;;\n\
         A;;;4,5;fr;;Bien;;;;\n\
         B;x;2;6;;;;;;;\n\
         B;x;3;;;;;;;;\n\
         B;x;4;3/5;xx_YYY;;;;03/04/2026;maybe;\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: ReviewRecord { source: "testimonials", id: "1", rating: 5, locale: Some("fi-FI"), title: "Hyvä", text: "Lämmin,\nkestävä", author: "Maija", date: Some("2026-02-01"), verified: true, incentivised: false }
            4 A: ReviewRecord { source: "reviews", id: "113a0ccb7a6826eee8a8f80aafd7a627", rating: 4.5, locale: Some("fr"), title: "", text: "Bien", author: "", date: None, verified: false, incentivised: false }
            7 B: ReviewRecord { source: "x", id: "4", rating: 3, locale: None, title: "", text: "", author: "", date: None, verified: false, incentivised: false }
            error row 3, A: row 2 of this file speaks about this review already; this row was not taken; keep one of the two
            error row 5, B, Stars "6": a rating is from 1 to 5; the row was not taken
            error row 6, B, Stars "": the review has no rating; write one from 1 to 5; the row was not taken
            warning row 7, B, language "xx_YYY": "xx_YYY" is not a locale; write a language and a region, such as fi-FI; the value was left out
            warning row 7, B, created_at "03/04/2026": this may be day/month or month/day; write it as 2026-12-31; the value was left out
            warning row 7, B, verified_buyer "maybe": this is neither yes nor no; write 1 or 0, true or false; the value was left out
            6 rows, 3 rejected, 0 skipped
        "#]],
    );
}
