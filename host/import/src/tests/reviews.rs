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
            error row 5, B, Stars "6": a rating is from 1 to 5; if it is on another scale, a mapping says so: scale = 10; the row was not taken
            error row 6, B, Stars "": the review has no rating; write one from 1 to 5; the row was not taken
            warning row 7, B, language "xx_YYY": "xx_YYY" is not a locale; write a language and a region, such as fi-FI; the value was left out
            warning row 7, B, created_at "03/04/2026": this may be day/month or month/day; write it as 2026-12-31; the value was left out
            warning row 7, B, verified_buyer "maybe": this is neither yes nor no; write 1 or 0, true or false; the value was left out
            6 rows, 3 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn ratings_of_another_scale_are_asked_about() {
    check(
        "sku,id,rating\nA,1,9\nA,2,10\nA,3,3\n",
        expect![[r#"
        rating-scale: 2 of 3 ratings are above 5, up to 10: they are on another scale; nothing was read; write the scale in a mapping: [columns] "rating" = { to = "rating", scale = 10 }
    "#]],
    );
    check(
        "sku,id,rating\nA,1,90\nA,2,35\n",
        expect![[r#"
        rating-scale: 2 of 2 ratings are above 5, up to 90: they are on another scale; nothing was read; write the scale in a mapping: [columns] "rating" = { to = "rating", scale = 100 }
    "#]],
    );
    check(
        "sku,id,rating\nA,1,8/10\nA,2,80 %\nA,3,★★★★☆\nA,4,4 stars\nA,5,4 out of 5\nA,6,★★\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: ReviewRecord { source: "reviews", id: "1", rating: 4, locale: None, title: "", text: "", author: "", date: None, verified: false, incentivised: false }
            3 A: ReviewRecord { source: "reviews", id: "2", rating: 4, locale: None, title: "", text: "", author: "", date: None, verified: false, incentivised: false }
            4 A: ReviewRecord { source: "reviews", id: "3", rating: 4, locale: None, title: "", text: "", author: "", date: None, verified: false, incentivised: false }
            5 A: ReviewRecord { source: "reviews", id: "4", rating: 4, locale: None, title: "", text: "", author: "", date: None, verified: false, incentivised: false }
            6 A: ReviewRecord { source: "reviews", id: "5", rating: 4, locale: None, title: "", text: "", author: "", date: None, verified: false, incentivised: false }
            7 A: ReviewRecord { source: "reviews", id: "6", rating: 2, locale: None, title: "", text: "", author: "", date: None, verified: false, incentivised: false }
            6 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_mapping_states_the_scale() {
    let folder = TestShop::new();
    folder.write(
        "mappings/portal.toml",
        "files = [\"portal.csv\"]\nkind = \"reviews\"\nsku = \"sku\"\n[columns]\nscore = { to = \"rating\", scale = 10 }\n",
    );
    expect![[r#"
        CSV, comma, UTF-8, mapping portal.toml
        2 A: ReviewRecord { source: "reviews", id: "1", rating: 4.5, locale: None, title: "", text: "", author: "", date: None, verified: false, incentivised: false }
        3 A: ReviewRecord { source: "reviews", id: "2", rating: 5, locale: None, title: "", text: "", author: "", date: None, verified: false, incentivised: false }
        4 A: ReviewRecord { source: "reviews", id: "3", rating: 1, locale: None, title: "", text: "", author: "", date: None, verified: false, incentivised: false }
        error row 5, A, score "11": a rating is from 1 to 5; if it is on another scale, a mapping says so: scale = 10; the row was not taken
        error row 6, A, score "0": a rating is from 1 to 5; if it is on another scale, a mapping says so: scale = 10; the row was not taken
        5 rows, 2 rejected, 0 skipped
    "#]].assert_eq(&outcome(
        &folder,
        DropKind::Reviews,
        "portal.csv",
        b"sku,id,score\nA,1,9\nA,2,10\nA,3,1\nA,4,11\nA,5,0\n",
    ));
    folder.write(
        "mappings/portal.toml",
        "files = [\"portal.csv\"]\nkind = \"reviews\"\n[columns]\nscore = { to = \"rating\", scale = 1 }\n",
    );
    expect!["SHOP/mappings/portal.toml: columns.score.scale: write the best rating that there is, such as 10 or 100"].assert_eq(&outcome(&folder, DropKind::Reviews, "portal.csv", b"sku\nA\n"));
}

#[test]
fn texts_have_no_tags_and_no_escapes() {
    check(
        "sku,id,rating,title,text,author\n\
         A,1,5,Fits &amp; warms,Warm and <b>soft</b>.<script>alert(1)</script>,Ann\n\
         A,2,4,5 < 6 & more,&lt;b&gt;Bold&lt;/b&gt; &amp;amp; plain,Bo\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: ReviewRecord { source: "reviews", id: "1", rating: 5, locale: None, title: "Fits & warms", text: "Warm and soft.", author: "Ann", date: None, verified: false, incentivised: false }
            3 A: ReviewRecord { source: "reviews", id: "2", rating: 4, locale: None, title: "5 < 6 & more", text: "Bold & plain", author: "Bo", date: None, verified: false, incentivised: false }
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}
