use expect_test::{Expect, expect};

use super::*;

fn check(csv: &str, expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Stock, "stock.csv", csv.as_bytes()));
}

#[test]
fn a_level_a_row() {
    check(
        "SKU;Location;Qty\nA;helsinki;4\nA;Central warehouse;20\nB;helsinki;-1\nB;helsinki;2\nC;turku;1\nD;central;1.299\nE;central;2,5\nF;central;\nG;;1\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: [2] stock helsinki = 4
            3 A: [2] stock central = 20
            4 B: [2] stock helsinki = -1
            error row 5, B: row 4 of this file speaks about this SKU and location already; this row was not taken; keep one of the two
            error row 6, C, Location "turku": there is no stock location "turku"; there are central, helsinki; the row was not taken
            error row 7, D, Qty "1.299": this may mean 1299 or 1.2990; write the one that is meant, or set `decimal` in a mapping; the row was not taken
            error row 8, E, Qty "2,5": a whole number is asked for; write one such as 12; the row was not taken
            error row 9, F, Qty "": the row has no quantity; write 0 where there is none left; the row was not taken
            error row 10, G, Location "": the row names no stock location; the row was not taken
            9 rows, 6 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_location_a_column() {
    check(
        "sku,stock-helsinki,central\nA,4,20\nB,,3\nC,,\nD,x,1\n",
        expect![[r#"
        CSV, comma, UTF-8
        2 A: [1] stock helsinki = 4; [2] stock central = 20
        3 B: [2] stock central = 3
        error row 4, C: the row has no stock level; the row was not taken
        error row 5, D, stock-helsinki "x": this is not a number; write one such as 1299.50; the row was not taken
        4 rows, 2 rejected, 0 skipped
    "#]],
    );
}

/// Without a location the shop says where pieces are, and a message says how.
#[test]
fn stock_without_a_location_goes_where_the_shop_says() {
    let folder = TestShop::new();
    let read = |name: &str, text: &str| outcome(&folder, DropKind::Stock, name, text.as_bytes());
    let csv = "sku;kpl\nA;4\nB;\n";
    let json = "[{\"sku\": \"A\", \"quantity\": 4}, {\"sku\": \"B\", \"quantity\": 2, \"location\": \"central\"}]";
    expect![[r#"
        file-columns: no column is a stock location; the columns are "sku", "kpl"; name the location of all such files at the top of shop.toml: stock_location = "central"; or write a column "location", or one for each location, such as "stock-central"
    "#]].assert_eq(&read("s.csv", csv));
    folder.write("shop.toml", &format!("stock_location = \"central\"\n{SHOP}"));
    expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] stock central = 4
        info read by what they are called elsewhere: kpl = quantity; a mapping or a header in the shop's own words says something else
        info kpl: pieces of this column went to the location "Central warehouse", which shop.toml names in stock_location
        error row 3, B, kpl "": the row has no quantity; write 0 where there is none left; the row was not taken
        2 rows, 1 rejected, 0 skipped
    "#]].assert_eq(&read("s.csv", csv));
    expect![[r#"
        JSON array, UTF-8
        1 A: [1] stock central = 4
        2 B: [1] stock central = 2
        info quantity: pieces of this column went to the location "Central warehouse", which shop.toml names in stock_location
        2 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&read("s.json", json));
    // A total beside the pieces of each place goes nowhere.
    expect![[r#"
        CSV, comma, UTF-8
        error row 2, A: the row names no stock location; the row was not taken
        1 rows, 1 rejected, 0 skipped
    "#]]
    .assert_eq(&read("w.csv", "sku,stock,helsinki\nA,9,4\n"));
}
