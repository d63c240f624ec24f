//! What a row says about prices beside the price: what it was before, a sale and its days, a currency, how
//! many pieces, tax.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rikaste_model::record::{DropKind, RecordBody};
use rust_decimal::Decimal;

use super::{TestShop, import, outcome};
use crate::MappingSet;

fn check(kind: DropKind, name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), kind, name, text.as_bytes()));
}

fn check_products(text: &str, expected: Expect) {
    check(DropKind::Products, "products.csv", text, expected);
}

fn check_prices(text: &str, expected: Expect) {
    check(DropKind::Prices, "prices.csv", text, expected);
}

#[test]
fn what_a_product_cost_before_makes_its_price_a_sale() {
    check_products(
        "sku,price,compare_at_price\nA,12.00,15.00\nB,12.00,0\nC,12.00,\nD,12.00,10.00\nE,,15.00\nF,12.00,12.00\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [2] price retail = 15.00 EUR; [1] price retail = 12.00 EUR 1970-01-01T02:00:00..
            3 B: [1] price retail = 12.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            4 C: [1] price retail = 12.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            5 D: [1] price retail = 12.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            6 E: [1] price retail = none; [2] price retail = none 1970-01-01T02:00:00..
            7 F: [1] price retail = 12.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            warning former or recommended prices left out because their rows have no price that they stand beside: 1; if they are the price, a mapping says so: to = "price"
            info sale prices without an end, which hold until a file takes them back: 1
            6 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_sale_has_days_or_holds_until_it_is_taken_back() {
    check_products(
        "sku,price,sale price,sale_from,sale_until\n\
         A,100,80,2026-12-01,2026-12-06\nB,100,80,,\nC,100,,,\nD,100,120,,\nE,100,100,,\n\
         F,,80,,\nG,100,80,2026-12-06,2026-12-01\nH,100,0,,\nI,100,80,soon,\nJ,100,80,,2026-12-06T18:00\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] price retail = 100.00 EUR; [2] price retail = none 1970-01-01T02:00:00..; [2] price retail = 80.00 EUR 2026-12-01..2026-12-07
            3 B: [1] price retail = 100.00 EUR; [2] price retail = 80.00 EUR 1970-01-01T02:00:00..
            4 C: [1] price retail = 100.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            5 D: [1] price retail = 100.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            6 E: [1] price retail = 100.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            7 F: [1] price retail = none; [2] price retail = none 1970-01-01T02:00:00..
            8 G: [1] price retail = 100.00 EUR
            9 H: [1] price retail = 100.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            10 I: [1] price retail = 100.00 EUR
            11 J: [1] price retail = 100.00 EUR; [2] price retail = none 1970-01-01T02:00:00..; [2] price retail = 80.00 EUR ..2026-12-06T18:00:00
            info sale prices of 0 taken for none: 1
            info sale prices without an end, which hold until a file takes them back: 1
            warning row 5, D, sale price "120.00 EUR": the sale price 120.00 EUR is above the price 100.00 EUR, so it is no sale; the value was left out
            warning row 7, F, sale price "80.00 EUR": the row has no price that the sale price 80.00 EUR reduces; the value was left out
            warning row 8, G, sale_until "2026-12-01": it ends before it begins: 2026-12-06 – 2026-12-01; the value was left out
            warning row 10, I, sale_from "soon": this is not a date; write it as 2026-12-31; the value was left out
            10 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_discount_is_taken_off_in_decimals() {
    check_products(
        "sku,price,Alennus-%\nA,19.99,15\nB,0.99,50 %\nC,10,0\nD,10,\nE,10,100\nF,10,-20 %\nG,10,viisi\nH,10,0.2\nI,10,0.5 %\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] price retail = 19.99 EUR; [2] price retail = 16.99 EUR 1970-01-01T02:00:00..
            3 B: [1] price retail = 0.99 EUR; [2] price retail = 0.50 EUR 1970-01-01T02:00:00..
            4 C: [1] price retail = 10.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            5 D: [1] price retail = 10.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            6 E: [1] price retail = 10.00 EUR
            7 F: [1] price retail = 10.00 EUR; [2] price retail = 8.00 EUR 1970-01-01T02:00:00..
            8 G: [1] price retail = 10.00 EUR
            9 H: [1] price retail = 10.00 EUR
            10 I: [1] price retail = 10.00 EUR; [2] price retail = 9.95 EUR 1970-01-01T02:00:00..
            info read by what they are called elsewhere: Alennus-% = discount_percent; a mapping or a header in the shop's own words says something else
            info sale prices without an end, which hold until a file takes them back: 4
            warning row 6, E, Alennus-% "100": a discount is from 1 to less than 100 percent; write a smaller one with its sign, as in 0.5 %; the value was left out
            warning row 8, G, Alennus-% "viisi": this is not a number; write one such as 1299.50; the value was left out
            warning row 9, H, Alennus-% "0.2": a discount is from 1 to less than 100 percent; write a smaller one with its sign, as in 0.5 %; the value was left out
            9 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_products(
        "sku,price-EUR,price-SEK,discount_amount-EUR\nA,19.90,199,5\nB,19.90,199,20\nC,19.90,199,0\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] price retail = 19.90 EUR; [3] price retail = 14.90 EUR 1970-01-01T02:00:00..; [2] price sweden = 199.00 SEK
            3 B: [1] price retail = 19.90 EUR; [3] price retail = none 1970-01-01T02:00:00..; [2] price sweden = 199.00 SEK
            4 C: [1] price retail = 19.90 EUR; [3] price retail = none 1970-01-01T02:00:00..; [2] price sweden = 199.00 SEK
            info sale prices without an end, which hold until a file takes them back: 1
            warning row 3, B, discount_amount-EUR "20.00 EUR": the discount 20.00 EUR is not less than the price 19.90 EUR; the value was left out
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn erps_call_them_otherwise() {
    for header in [
        "Tuotenro;Normaalihinta;Tarjoushinta;Tarjous alkaa;Tarjous päättyy",
        "Artikelnr;Ordinarie pris;Kampanjpris;Kampanj start;Kampanj slut",
        "Art.-Nr.;UVP;Aktionspreis;Aktion ab;Aktion bis",
        "Item no.;RRP;Special price;Sale starts;Sale ends",
        "SKU;Price;Sale Price;valid from;valid until",
    ] {
        let text = format!("{header}\nA;100,00;79,90;1.12.2026;6.12.2026\n");
        let outcome = outcome(&TestShop::new(), DropKind::Products, "erp.csv", text.as_bytes());
        let record = outcome.lines().find(|line| line.starts_with("2 A: ")).unwrap_or_default();
        let (ordinary, rest) = record.split_once("; ").unwrap_or_default();
        assert_eq!(ordinary, "2 A: [1] price retail = 100.00 EUR", "{header}: {outcome}");
        assert!(rest.ends_with("[2] price retail = 79.90 EUR 2026-12-01..2026-12-07"), "{outcome}");
    }
    check_products(
        "Tuotenro;Ovh;Hinta\nA;100,00;79,90\nB;;79,90\nC;50;79,90\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] price retail = 100.00 EUR; [2] price retail = 79.90 EUR 1970-01-01T02:00:00..
        3 B: [2] price retail = 79.90 EUR; [1] price retail = none 1970-01-01T02:00:00..
        4 C: [2] price retail = 79.90 EUR; [1] price retail = none 1970-01-01T02:00:00..
        info read by what they are called elsewhere: Tuotenro = sku, Ovh = compare_at_price, Hinta = price; a mapping or a header in the shop's own words says something else
        info sale prices without an end, which hold until a file takes them back: 1
        3 rows, 0 rejected, 0 skipped
    "#]],
    );
    check_products(
        "Tuotenro;Ovh\nA;100,00\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] price retail = 100.00 EUR; [1] price retail = none 1970-01-01T02:00:00..
        info read by what they are called elsewhere: Tuotenro = sku, Ovh = compare_at_price; a mapping or a header in the shop's own words says something else
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn days_beside_a_price_alone_are_its_own() {
    check_products(
        "sku,price,valid_from,valid_until\nA,79.90,2026-12-01,2026-12-06\nB,79.90,,\nC,79.90,2099-12-01,\nD,79.90,2020-01-01,\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] price retail = 79.90 EUR 2026-12-01..2026-12-07
            3 B: [1] price retail = 79.90 EUR
            4 C: [1] price retail = 79.90 EUR 2099-12-01..
            5 D: [1] price retail = 79.90 EUR
            info read by what they are called elsewhere: valid_from = sale_from, valid_until = sale_until; a mapping or a header in the shop's own words says something else
            info prices that begin on a day and have no end: 1; if a sale is meant, write its last day in valid_until
            4 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_currency_without_a_list_is_counted() {
    check_products(
        "sku,price,currency\nA,39.99,EUR\nB,39.99,USD\nC,39.99,usd\nD,39.99,SEK\nE,39.99,\nF,39.99,euros\nG,,USD\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] price retail = 39.99 EUR
            3 B: 
            4 C: 
            5 D: [1] price sweden = 39.99 SEK
            6 E: [1] price retail = 39.99 EUR
            7 F: 
            8 G: 
            warning prices left out because no price list of this shop is in USD: 2; if they are meant, add a list under [price_lists] in shop.toml
            warning row 7, F, currency "euros": "euros" is not a currency; write its three-letter code, such as EUR; the prices of the row were left out
            7 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_prices(
        "sku,price,currency\nA,39.99,EUR\nB,39.99,USD\nC,39.99,SEK\n",
        expect![[r#"
        CSV, comma, UTF-8
        2 A: [1] price retail = 39.99 EUR
        4 C: [1] price sweden = 39.99 SEK
        warning prices left out because no price list of this shop is in USD: 1; if they are meant, add a list under [price_lists] in shop.toml
        3 rows, 0 rejected, 1 skipped
    "#]],
    );
}

#[test]
fn a_price_of_many_is_divided_or_refused() {
    check_products(
        "sku,price,price_quantity\nA,21.16,100\nB,12.50,1\nC,12.50,\nD,10.00,3\nE,12.50,C\nF,9,100 kpl\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] price retail = 0.2116 EUR
            3 B: [1] price retail = 12.50 EUR
            4 C: [1] price retail = 12.50 EUR
            5 D: 
            6 E: 
            7 F: [1] price retail = 0.09 EUR
            warning row 5, D, price "10.00": 10.00 is the price of 3 pieces, and one is not exact to four decimals; write the price of one; the value was left out
            warning row 6, E, price_quantity "C": it is not clear how many pieces the price is for; write a number, such as 100; the prices of the row were left out
            6 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_products(
        "Art.-Nr.;Preis pro 100 Stück\nA;12,50\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] price retail = 0.125 EUR
        info read by what they are called elsewhere: Art.-Nr. = sku, Preis pro 100 Stück = price-per-100; a mapping or a header in the shop's own words says something else
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check_products(
        "Tuotenro;Hinta/100 kpl;Hinta / 100 g\nA;12,50;3\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: [1] price retail = 0.125 EUR
            info read by what they are called elsewhere: Tuotenro = sku, Hinta/100 kpl = price-per-100; a mapping or a header in the shop's own words says something else
            error Hinta / 100 g: this column is not understood, and it seems to say a price ("3"); nothing of the file was taken. Write in a mapping: "Hinta / 100 g" = "sale_price", or "compare_at_price", or "price" where it is the price itself; if it belongs to a list of its own, call it "price-" and the list. To leave it out for good, write in a mapping, under [columns]: "Hinta / 100 g" = "ignore". To take this file without it, run: rikaste drop approve products.csv
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_prices(
        "sku,price per 100\nA,12.50\n",
        expect![[r#"
        CSV, comma, UTF-8
        2 A: [1] price retail = 0.125 EUR
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn a_price_from_a_second_piece_on_is_not_the_price() {
    check_prices(
        "sku;price;lower_bound\nA;10,00;100\nA;20,00;1\nB;24,90;0,19\nC;5,00;\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            3 A: [1] price retail = 20.00 EUR
            4 B: [1] price retail = 24.90 EUR
            5 C: [1] price retail = 5.00 EUR
            warning prices left out because they hold from a second piece on only: 1
            4 rows, 0 rejected, 1 skipped
        "#]],
    );
    check_prices(
        "sku;pris;antal\nA;9,00;10\nA;10,00;1\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        3 A: [1] price retail = 10.00 EUR
        info read by what they are called elsewhere: pris = price, antal = minimum_quantity; a mapping or a header in the shop's own words says something else
        warning prices left out because they hold from a second piece on only: 1
        2 rows, 0 rejected, 1 skipped
    "#]],
    );
}

#[test]
fn prices_have_tax() {
    check_products(
        "sku,price_net,price_gross,purchase_price\nA,8.00,10.00,4.00\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [2] price retail = 10.00 EUR
            warning price_net: nothing was read from this column: this is a price without tax, and prices here include it; if the prices of this shop are without tax, a mapping says so: "price_net" = "price"; to keep it beside the price: `rikaste attribute add price_without_tax`
            warning purchase_price: nothing was read from this column: nothing in this shop is called "purchase_price"; it is filled in 1 of 1 rows, such as "4.00", and looks like the type integer; `rikaste attribute add purchase_price` takes it in
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_products(
        "Artikelnr;Pris exkl. moms;Pris inkl. moms\nA;8;10\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: [2] price retail = 10.00 EUR
            info read by what they are called elsewhere: Artikelnr = sku, Pris inkl. moms = price; a mapping or a header in the shop's own words says something else
            warning Pris exkl. moms: nothing was read from this column: this is a price without tax, and prices here include it; if the prices of this shop are without tax, a mapping says so: "Pris exkl. moms" = "price"; to keep it beside the price: `rikaste attribute add price_without_tax`
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_products(
        "Art.-Nr.;Netto\nA;8\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: 
            info read by what they are called elsewhere: Art.-Nr. = sku; a mapping or a header in the shop's own words says something else
            warning Netto: nothing was read from this column: this is a price without tax, and prices here include it; if the prices of this shop are without tax, a mapping says so: "Netto" = "price"; to keep it beside the price: `rikaste attribute add price_without_tax`
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_prices(
        "sku,price excl. tax\nA,8\n",
        expect![[r#"
        file-columns: no column is a price; the columns are "sku", "price excl. tax"; write a column "price", or one for each list, such as "price-retail"
    "#]],
    );
    let folder = TestShop::new();
    let model = std::fs::read_to_string(folder.path().join("model.toml")).expect("a file");
    folder.write("model.toml", &(model + "[attributes.price_without_tax]\ntype = \"money\"\n"));
    expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] price_without_tax = 8.00 EUR; [2] price retail = 10.00 EUR
        info read by what they are called elsewhere: Tuotenro = sku, Hinta alv 0 % = price_without_tax, Hinta = price; a mapping or a header in the shop's own words says something else
        1 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&outcome(
        &folder,
        DropKind::Products,
        "a.csv",
        b"Tuotenro;Hinta alv 0 %;Hinta\nA;8;10\n",
    ));
}

#[test]
fn a_price_file_may_have_both_prices_in_a_row() {
    check_prices(
        "sku,price,sale_price,valid_from,valid_until\n\
         A,100,80,2026-12-01,2026-12-06\nA,100,70,2026-12-24,2026-12-26\nA,100,70,2026-12-24,2026-12-26\n\
         B,100,,,\nC,100,120,2026-12-01,2026-12-06\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] price retail = 100.00 EUR; [2] price retail = none 1970-01-01T02:00:00..; [2] price retail = 80.00 EUR 2026-12-01..2026-12-07
            3 A: [2] price retail = 70.00 EUR 2026-12-24..2026-12-27
            5 B: [1] price retail = 100.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            6 C: [1] price retail = 100.00 EUR; [2] price retail = none 1970-01-01T02:00:00..
            error row 4, A: row 2 of this file speaks about this SKU, price list and time already; this row was not taken; keep one of the two
            warning row 6, C, sale_price "120.00 EUR": the sale price 120.00 EUR is above the price 100.00 EUR, so it is no sale; the value was left out
            5 rows, 1 rejected, 0 skipped
        "#]],
    );
    check_prices(
        "sku;hinta;normaalihinta;alkaa;päättyy\nA;80;100;1.12.2026;6.12.2026\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: [2] price retail = 100.00 EUR; [1] price retail = none 1970-01-01T02:00:00..; [1] price retail = 80.00 EUR 2026-12-01..2026-12-07
            info read by what they are called elsewhere: hinta = price, normaalihinta = compare_at_price, alkaa = valid_from, päättyy = valid_until; a mapping or a header in the shop's own words says something else
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_prices(
        "sku,price,from,to\nA,80,2026-12-05,2026-12-06\n",
        expect![[r#"
        CSV, comma, UTF-8
        2 A: [1] price retail = 80.00 EUR 2026-12-05..2026-12-07
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn shopify_and_spree_compare() {
    check_products(
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price\n\
         tea,Tea,Size,100 g,T-100,12.00,15.00\ntea,,,250 g,T-250,25.00,0\n",
        expect![[r#"
            CSV, comma, UTF-8, preset Shopify
            2 tea: model; parent none; [1] name = Tea
            2 T-100: parent tea; [3] size = 100 g; [6] price retail = 15.00 EUR; [5] price retail = 12.00 EUR 1970-01-01T02:00:00..
            3 T-250: parent tea; [3] size = 250 g; [5] price retail = 25.00 EUR; [6] price retail = none 1970-01-01T02:00:00..
            info sale prices without an end, which hold until a file takes them back: 1
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_products(
        "product_id,sku,name,slug,price,compare_at_price,currency,option1_name,option1_value\n\
         22,HB-S,Shirt,hemp,39.99,49.99,EUR,Size,S\n22,HB-M,,hemp,39.99,,USD,Size,M\n",
        expect![[r#"
            CSV, comma, UTF-8, preset Spree
            2 hemp: model; parent none; [2] name = Shirt
            2 HB-S: parent hemp; [8] size = S; [5] price retail = 49.99 EUR; [4] price retail = 39.99 EUR 1970-01-01T02:00:00..
            3 HB-M: parent hemp; [8] size = M
            warning prices left out because no price list of this shop is in USD: 1; if they are meant, add a list under [price_lists] in shop.toml
            info sale prices without an end, which hold until a file takes them back: 1
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn prestashop_discounts() {
    check_products(
        "Product ID;Name *;Reference #;Price tax excluded;Price tax included;On sale (0/1);Discount amount;Discount percent;Discount from (yyyy-mm-dd);Discount to (yyyy-mm-dd)\n\
         1;Takki;A;80;100;1;;20;2026-12-01;2026-12-06\n2;Pipo;B;16;20;0;5;;;\n",
        expect![[r#"
            CSV, semicolon, UTF-8, preset PrestaShop
            2 A: [1] name = Takki; [4] price retail = 100.00 EUR; [7] price retail = none 1970-01-01T02:00:00..; [7] price retail = 80.00 EUR 2026-12-01..2026-12-07
            3 B: [1] name = Pipo; [4] price retail = 20.00 EUR; [6] price retail = 15.00 EUR 1970-01-01T02:00:00..
            info sale prices without an end, which hold until a file takes them back: 1
            warning Price tax excluded: nothing was read from this column: this is a price without tax, and prices here include it; if the prices of this shop are without tax, a mapping says so: "Price tax excluded" = "price"; to keep it beside the price: `rikaste attribute add price_without_tax`
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn google_sales_have_their_days() {
    check_products(
        "id,title,link,image link,availability,price,sale_price,sale_price_effective_date\n\
         A,Tee,https://x.example,,in stock,29.90 EUR,19.90 EUR,2026-12-01T00:00+0200/2026-12-08T23:59+0200\n\
         B,Tee,https://x.example,,in stock,10.20,,\n\
         C,Tee,https://x.example,,in stock,\"1,010.20 USD\",9.00 EUR,\n",
        expect![[r#"
            CSV, comma, UTF-8, preset Google Merchant
            2 A: [1] name = Tee; [3] images cleared; [4] status = active; [5] price retail = 29.90 EUR; [6] price retail = none 1970-01-01T02:00:00..; [6] price retail = 19.90 EUR 2026-12-01..2026-12-08T23:59:00
            3 B: [1] name = Tee; [3] images cleared; [4] status = active; [5] price retail = 10.20 EUR; [6] price retail = none 1970-01-01T02:00:00..
            4 C: [1] name = Tee; [3] images cleared; [4] status = active; [6] price retail = none 1970-01-01T02:00:00..
            warning prices left out because no price list of this shop is in USD: 1; if they are meant, add a list under [price_lists] in shop.toml
            warning row 4, C, sale_price "9.00 EUR": the row has no price that the sale price 9.00 EUR reduces; the value was left out
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn medusa_has_prices_by_currency_and_region() {
    check_products(
        "Product Id,Product Handle,Product Title,Product Status,Variant Id,Variant Title,Variant Sku,Variant Price EUR,Variant Price USD,Variant Price Nordics [EUR],Variant Option 1 Name,Variant Option 1 Value\n\
         p1,cap,Cap,published,v1,S,CAP-S,25,27,22,Size,S\np1,cap,Cap,published,v2,M,CAP-M,25,27,22,Size,M\np2,pin,Pin,draft,v3,Default,PIN-1,4.5,5,,,\n",
        expect![[r#"
            CSV, comma, UTF-8, preset Medusa
            2 cap: model; parent none; [2] name = Cap; [3] status = active
            2 CAP-S: parent cap; [11] size = S; [7] price retail = 25.00 EUR
            3 CAP-M: parent cap; [11] size = M; [7] price retail = 25.00 EUR
            4 PIN-1: parent none; [2] name = Pin; [3] status = draft; [7] price retail = 4.50 EUR
            info one product of the file is not offered in any channel, because the file says so ("PIN-1")
            warning Variant Price USD: nothing was read from this column: "USD" is neither a price list of this shop nor the currency of one; there are retail (EUR), sweden (SEK)
            warning Variant Price Nordics [EUR]: nothing was read from this column: "Nordics [EUR]" is neither a price list of this shop nor the currency of one; there are retail (EUR), sweden (SEK)
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn akeneo_has_several_currencies_in_a_cell() {
    check_products(
        "sku;family;groups;categories;enabled;price\n\
         A;jacket;;sale;1;129.00 EUR,149.00 USD\nB;jacket;;sale;1;123 EUR, ARS,23423 AUD\nC;jacket;;sale;1;EUR,99.00 USD\n",
        expect![[r#"
            CSV, semicolon, UTF-8, preset Akeneo products
            2 A: [1] family = jacket; [3] categories = sale; [4] status = active; [5] price retail = 129.00 EUR
            3 B: [1] family = jacket; [3] categories = sale; [4] status = active; [5] price retail = 123.00 EUR
            4 C: [1] family = jacket; [3] categories = sale; [4] status = active; [5] price retail = none
            warning prices left out because no price list of this shop is in ARS: 1; if they are meant, add a list under [price_lists] in shop.toml
            warning prices left out because no price list of this shop is in AUD: 1; if they are meant, add a list under [price_lists] in shop.toml
            warning prices left out because no price list of this shop is in USD: 2; if they are meant, add a list under [price_lists] in shop.toml
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_products(
        "sku;family;groups;categories;enabled;name-fi_FI-ecommerce;price-fi_FI-ecommerce-EUR\nA;jacket;;sale;1;Matto;59.00\n",
        expect![[r#"
            CSV, semicolon, UTF-8, preset Akeneo products
            2 A: [1] family = jacket; [3] categories = sale; [4] status = active
            warning name-fi_FI-ecommerce: nothing was read from this column: there is no channel "ecommerce" (channels/ecommerce.toml); to read the column for all channels, a mapping says: "name-fi_FI-ecommerce" = "name-fi-FI"
            warning price-fi_FI-ecommerce-EUR: nothing was read from this column: there is no channel "ecommerce" (channels/ecommerce.toml); to read the column for all channels, a mapping says: "price-fi_FI-ecommerce-EUR" = "price-EUR"
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn shopware_has_net_and_gross() {
    check_products(
        "id;parent_id;product_number;active;name;price_net;price_gross;purchase_prices_net;tax_rate\n\
         0a1b000000000000000000000000aa01;;SW-1;1;Reppu;75.546218487395;89.9;40;19\n\
         0a1b000000000000000000000000aa02;0a1b000000000000000000000000aa01;SW-1.1;1;;;;;19\n\
         0a1b000000000000000000000000aa03;0a1b000000000000000000000000aaff;SW-1.2;1;;79.747899159664;94.9;42;19\n",
        expect![[r#"
            CSV, semicolon, UTF-8, preset Shopware
            2 SW-1: parent none; [3] status = active; [4] name = Reppu; [6] price retail = 89.90 EUR
            3 SW-1.1: parent SW-1; [3] status = active; [4] name cleared; [6] price retail = none
            4 SW-1.2: [3] status = active; [4] name cleared; [6] price retail = 94.90 EUR
            warning row 4, SW-1.2, parent_id "0a1b000000000000000000000000aaff": no row of this file has the number 0a1b000000000000000000000000aaff; put the model into the same file; the value was left out
            3 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn bmecat_prices_of_a_hundred() {
    let article = |sku: &str, quantity: &str, prices: &str| {
        format!(
            "<ARTICLE><SUPPLIER_AID>{sku}</SUPPLIER_AID><ARTICLE_ORDER_DETAILS><PRICE_QUANTITY>{quantity}</PRICE_QUANTITY></ARTICLE_ORDER_DETAILS><ARTICLE_PRICE_DETAILS>{prices}</ARTICLE_PRICE_DETAILS></ARTICLE>"
        )
    };
    let price = |amount: &str, bound: &str| {
        format!(
            "<ARTICLE_PRICE price_type='gros_list'><PRICE_AMOUNT>{amount}</PRICE_AMOUNT><PRICE_CURRENCY>EUR</PRICE_CURRENCY><LOWER_BOUND>{bound}</LOWER_BOUND></ARTICLE_PRICE>"
        )
    };
    let articles = [
        article("A", "100", &price("12.50", "1")),
        article("B", "1", &(price("8.00", "100") + &price("10.00", "1"))),
        article("C", "1", &price("24.90", "0.19")),
        article(
            "D",
            "1",
            &price("30.00</PRICE_AMOUNT><PRICE_FACTOR>0.8</PRICE_FACTOR><PRICE_AMOUNT>", "1"),
        ),
    ]
    .concat();
    check(
        DropKind::Products,
        "catalogue.xml",
        &format!(
            "<BMECAT version='1.2'><HEADER><CATALOG><LANGUAGE>deu</LANGUAGE></CATALOG></HEADER><T_NEW_CATALOG>{articles}</T_NEW_CATALOG></BMECAT>"
        ),
        expect![[r#"
            BMEcat, UTF-8
            1 A: [2] price retail = 0.125 EUR
            2 B: [2] price retail = 10.00 EUR
            3 C: [2] price retail = 24.90 EUR
            4 D: 
            warning gros_list.EUR.100: nothing was read from this column: nothing in this shop is called "gros_list.EUR.100"; it is filled in 1 of 4 rows, such as "8.00", and looks like the type integer; `rikaste attribute add gros_list_eur_100` takes it in
            warning gros_list.EUR.factor-0.8: nothing was read from this column: nothing in this shop is called "gros_list.EUR.factor-0.8"; it is filled in 1 of 4 rows, such as "30.00", and looks like the type integer; `rikaste attribute add gros_list_eur_factor_0_8` takes it in
            4 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_sale_price_in_json_has_the_currency_beside_it() {
    check(
        DropKind::Products,
        "products.json",
        r#"[{"sku": "A", "price": 59, "regular_price": 79, "sale_price": 59, "currency": "EUR"}, {"sku": "B", "price": 59, "currency": "USD"}]"#,
        expect![[r#"
            JSON array, UTF-8
            1 A: [2] price retail = 79.00 EUR; [3] price retail = 59.00 EUR 1970-01-01T02:00:00..
            2 B: 
            info read by what they are called elsewhere: regular_price = compare_at_price; a mapping or a header in the shop's own words says something else
            warning prices left out because no price list of this shop is in USD: 1; if they are meant, add a list under [price_lists] in shop.toml
            info sale prices without an end, which hold until a file takes them back: 1
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn variants_inside_a_product_have_its_currency() {
    check(
        DropKind::Products,
        "products.json",
        r#"[{"sku": "M", "currency": "USD", "variants": [{"sku": "A", "price": 12, "compare_at_price": 15}, {"sku": "B", "price": 12, "currency": "EUR"}]},
            {"sku": "N", "variants": [{"sku": "C", "price": "12.00", "compare_at_price": "15.00"}]}]"#,
        expect![[r#"
            JSON array, UTF-8
            1 M: model
            1 A: parent M
            1 B: parent M; [3] price retail = 12.00 EUR
            2 N: model
            2 C: parent N; [4] price retail = 15.00 EUR; [3] price retail = 12.00 EUR 1970-01-01T02:00:00..
            warning prices left out because no price list of this shop is in USD: 2; if they are meant, add a list under [price_lists] in shop.toml
            info sale prices without an end, which hold until a file takes them back: 1
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever a row says, a sale is below the ordinary price beside it, and no price is made up.
    #[test]
    fn a_sale_is_below_the_price_beside_it(
        price in proptest::option::of(0_i64..10_000),
        sale in proptest::option::of(0_i64..10_000),
        before in proptest::option::of(0_i64..10_000),
        percent in proptest::option::of(0_i64..110),
    ) {
        let folder = TestShop::new();
        let shop = folder.shop();
        let cell = |cents: Option<i64>| cents.map_or(String::new(), |c| Decimal::new(c, 2).to_string());
        let percent_cell = percent.map_or(String::new(), |p| p.to_string());
        let text = format!(
            "sku,price,sale_price,compare_at_price,discount_percent\nA,{},{},{},{percent_cell}\n",
            cell(price), cell(sale), cell(before),
        );
        let read = import(&shop, &MappingSet::default(), DropKind::Products, "a.csv", text.as_bytes());
        let read = read.expect("a file with a SKU");
        let RecordBody::Product(product) = &read.records[0].body else { panic!("a product") };
        let amount = |always: bool| {
            let of = product.prices.iter().filter(|price| price.window.is_always() == always);
            of.filter_map(|price| price.money).map(|money| money.amount).next_back()
        };
        let (ordinary, reduced) = (amount(true), amount(false));
        if let Some(reduced) = reduced {
            prop_assert!(ordinary.is_some_and(|ordinary| reduced < ordinary), "{text}");
        }
        let stated: Vec<Decimal> =
            [price, before].into_iter().flatten().map(|c| Decimal::new(c, 2)).collect();
        prop_assert!(ordinary.is_none_or(|ordinary| stated.contains(&ordinary)), "{text}");
        prop_assert_eq!(ordinary.is_some(), price.is_some(), "{}", text);
    }
}

/// Prices of a BMEcat catalogue hold from a day to a day, which is inside.
#[test]
fn prices_of_bmecat_have_their_days() {
    let date = |name: &str, day: &str, time: &str| {
        format!("<DATETIME type='{name}'><DATE>{day}</DATE>{time}</DATETIME>")
    };
    let details = |dates: &str, amount: &str| {
        format!(
            "<ARTICLE_PRICE_DETAILS>{dates}<ARTICLE_PRICE price_type='nrp'><PRICE_AMOUNT>{amount}</PRICE_AMOUNT><PRICE_CURRENCY>EUR</PRICE_CURRENCY></ARTICLE_PRICE></ARTICLE_PRICE_DETAILS>"
        )
    };
    let (from, until) = ("valid_start_date", "valid_end_date");
    let days = date(from, "2099-01-01", "") + &date(until, "2099-06-30", "");
    let midnights = date(from, "2099-01-01", "<TIME>00:00:00</TIME>")
        + &date(until, "2099-06-30", "<TIME>00:00:00</TIME>");
    let times = date(until, "2099-06-30", "<TIME>18:00:00</TIME><TIMEZONE>+01:00</TIMEZONE>");
    let late = date(from, "2099-07-01", "");
    let begun = date(from, "2020-01-01", "");
    let newer = date(from, "2021-01-01", "");
    let elements = "<VALID_START_DATE>2099-01-01</VALID_START_DATE><VALID_END_DATE>2099-01-31</VALID_END_DATE>";
    let wrong = date(until, "soon", "");
    let order =
        "<ARTICLE_ORDER_DETAILS><PRICE_QUANTITY>100</PRICE_QUANTITY></ARTICLE_ORDER_DETAILS>";
    let articles = [
        ("A", details(&days, "10.00")),
        ("B", details(&midnights, "10.00")),
        ("C", details(&times, "10.00")),
        ("D", order.to_owned() + &details(&days, "10.00") + &details(&late, "12.00")),
        ("E", details(&newer, "12.00") + &details(&begun, "10.00") + &details(&days, "9.00")),
        ("F", details(elements, "7.00") + &details("", "8.00") + &details("", "9.00")),
        ("G", details(&wrong, "7.00")),
    ]
    .map(|(sku, rest)| format!("<ARTICLE><SUPPLIER_AID>{sku}</SUPPLIER_AID>{rest}</ARTICLE>"));
    check(
        DropKind::Products,
        "catalogue.xml",
        &format!(
            "<BMECAT version='1.2'><HEADER/><T_NEW_CATALOG>{}</T_NEW_CATALOG></BMECAT>",
            articles.concat()
        ),
        expect![[r#"
            BMEcat, UTF-8
            1 A: [1] price retail = 10.00 EUR 2099-01-01..2099-07-01
            2 B: [1] price retail = 10.00 EUR 2099-01-01..2099-07-01
            3 C: [1] price retail = 10.00 EUR ..2099-06-30T20:00:00
            4 D: [1] price retail = 0.10 EUR 2099-01-01..2099-07-01
            4 D: [1] price retail = 0.12 EUR 2099-07-01..
            5 E: [1] price retail = 10.00 EUR
            5 E: [1] price retail = 12.00 EUR
            5 E: [1] price retail = 9.00 EUR 2099-01-01..2099-07-01
            6 F: [1] price retail = 8.00 EUR
            6 F: [1] price retail = 7.00 EUR 2099-01-01..2099-02-01
            7 G: 
            info prices that begin on a day and have no end: 1; if a sale is meant, write its last day in valid_until
            warning nrp.EUR: nothing was read from this column: nothing in this shop is called "nrp.EUR"; it is filled in 1 of 11 rows, such as "9.00", and looks like the type integer; `rikaste attribute add nrp_eur` takes it in
            warning row 7, G, sale_until "soon": this is not a date; write it as 2026-12-31; the value was left out
            11 rows, 0 rejected, 0 skipped
        "#]],
    );
}
