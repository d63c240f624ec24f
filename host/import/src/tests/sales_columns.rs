//! Columns that decide whether, when or for how much something sells: read, or asked about.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rikaste_model::receipt::ColumnQuestion;

use super::*;

/// The columns that a file is held for, each with its values.
fn asked(folder: &TestShop, kind: DropKind, text: &str) -> String {
    let shop = folder.shop();
    let mappings = MappingSet::load_folder(folder.path(), &shop).expect("a folder");
    let importer = FileImporter::new(&shop, &mappings);
    let name = if text.starts_with(['[', '{']) { "file.json" } else { "file.csv" };
    let mut reading = importer.open_source(kind, name, text.as_bytes()).expect("a file");
    let (mut records, mut messages) = (Vec::new(), DiagnosticCollector::default());
    while !reading.next_batch(3, &mut records, &mut messages).expect("rows").finished {}
    let question = |asked: &ColumnQuestion| {
        format!("{} {:?} {}\n", asked.column, asked.class, asked.values.join(" | "))
    };
    reading.list_questions().iter().map(question).collect()
}

fn check(kind: DropKind, text: &str, expected: Expect) {
    expected.assert_eq(&asked(&TestShop::new(), kind, text));
}

#[test]
fn a_campaign_whose_dates_are_not_read_is_asked_about() {
    check(
        DropKind::Products,
        "sku;name;price;Kampanjahinta;Tarjousviikot;Erä;Muokattu;Esillä\n\
         A;Takki;29,90;19,90;1.12.2026-7.12.2026;12;1.1.2026;3/4/2026\n\
         B;Pipo;9,90;;;;2.1.2026;\n",
        expect![[r#"
            Tarjousviikot PriceDates 1.12.2026-7.12.2026
            Esillä PriceDates 3/4/2026
        "#]],
    );
    // Where the days of the sale are known, others are about something else.
    check(
        DropKind::Products,
        "sku;price;sale_price;sale_from;sale_until;Esillä\nA;2;1;1.12.2026;7.12.2026;1.1.2026\n",
        expect![""],
    );
    check(
        DropKind::Products,
        "sku;price;sale_price;sale_from;Esillä\nA;2;1;1.12.2026;7.12.2026\n",
        expect![[r#"
            Esillä PriceDates 7.12.2026
        "#]],
    );
}

/// Each line of a mapping that the question names answers it.
#[test]
fn the_advice_about_dates_works() {
    for (target, cell) in [
        ("sale_from", "5.12.2026"),
        ("sale_until", "6.12.2026"),
        ("sale_dates", "5.12.2026-6.12.2026"),
    ] {
        for kind in [DropKind::Products, DropKind::Prices] {
            let text = format!("sku;price;sale_price;Kampanjakausi\nA;9;8;{cell}\n");
            let folder = TestShop::new();
            assert!(asked(&folder, kind, &text).contains("Kampanjakausi"), "{target}");
            let mapping = format!(
                "files = [\"file.csv\"]\nkind = \"{}\"\n[columns]\nKampanjakausi = \"{target}\"\n",
                kind.folder()
            );
            folder.write("mappings/file.toml", &mapping);
            assert_eq!(asked(&folder, kind, &text), "", "{target}");
        }
    }
}

#[test]
fn the_days_of_an_ordinary_price_are_read_or_asked_about() {
    // In a table they are the price's own.
    check(DropKind::Products, "sku,price,valid_from\nA,9,2027-01-01\n", expect![""]);
    // A name that the first element lacks is compared with the words for it no more.
    check(
        DropKind::Products,
        r#"[{"sku":"A","price":9},{"sku":"B","price":9,"valid_from":"2027-01-01"}]"#,
        expect![""],
    );
    // Of what has no price they say something else, and so do words.
    check(
        DropKind::Products,
        r#"[{"sku":"A"},{"sku":"B","valid_from":"2027-01-01"}]"#,
        expect![""],
    );
    check(
        DropKind::Products,
        r#"[{"sku":"A","price":9},{"sku":"B","price":9,"validity":"two years"}]"#,
        expect![""],
    );
}

#[test]
fn prices_for_others_and_words_for_nothing_are_not_asked_about() {
    check(
        DropKind::Products,
        "sku,price,price-USD,Pris exkl. moms,price-en_GB-shop-EUR,status\nA,2,3,1.60,2.10,-\n",
        expect![""],
    );
    check(
        DropKind::Products,
        "sku,price,price-retial\nA,2,3\n",
        expect![[r#"
        price-retial SecondPrice 3
    "#]],
    );
}

#[test]
fn what_says_nothing_is_not_asked_about() {
    // Empty columns, discounts of nothing, the shop's own currency, single pieces.
    check(
        DropKind::Products,
        "sku,price,sale price,discount,currency,moq,price unit,P1,created_at\n\
         A,1,,0,EUR,1,1,2026-01-01,2026-01-01\nB,2,0.00,0 %,eur,,1,2026-01-01,\n",
        expect![""],
    );
    // A date may be about anything where there is no second price (`P1` above); money may not.
    check(
        DropKind::Products,
        "sku,price,P1,Jälleenmyyjälle\nA,1,joulu,\"7,50 €\"\n",
        expect![[r#"
            Jälleenmyyjälle SecondPrice 7,50 €
        "#]],
    );
}

#[test]
fn a_second_column_of_the_same_name_is_asked_about_where_it_decides() {
    check(
        DropKind::Products,
        "sku,name,price,price,name,status,status\nA,Cup,2,1.50,Mug,active,draft\n",
        expect![[r#"
            price (2) SecondPrice 1.50
            status (2) Publication draft
        "#]],
    );
}

#[test]
fn a_mapping_answers() {
    let text = "sku,price,Jäsenhinta,Laskutusvaluutta\nA,2,1,SEK\n";
    let folder = TestShop::new();
    let asked_of = |columns: &str| {
        folder.write("mappings/m.toml", &format!("files = [\"*\"]\n{columns}"));
        asked(&folder, DropKind::Products, text)
    };
    expect![[r#"
        Jäsenhinta SecondPrice 1
        Laskutusvaluutta Currency SEK
    "#]]
    .assert_eq(&asked_of("sku = \"sku\"\n"));
    let ignored = "[columns]\n\"Jäsenhinta\" = \"ignore\"\nLaskutusvaluutta = \"ignore\"\n";
    expect![""].assert_eq(&asked_of(ignored));
    expect![""].assert_eq(&asked_of("unknown = \"ignore\"\n"));
}

#[test]
fn variants_inside_an_element_are_asked_about_too() {
    check(
        DropKind::Products,
        r#"[{"sku": "M", "variants": [{"sku": "A", "price": 2, "salePrice": 1.5, "size": "s"}]}]"#,
        expect![[r#"
            salePrice SecondPrice 1.5
        "#]],
    );
}

#[test]
fn dates_of_prices_and_edits_are_read_in_every_language() {
    let pairs = [
        "alkaa;päättyy",
        "Alkupäivä;Loppupäivä",
        "Kampanja alkaa;Kampanja päättyy",
        "voimassa alkaen;voimassa asti",
        "from;to",
        "start;end",
        "gäller från;gäller till",
        "Startdatum;Slutdatum",
        "gültig ab;gültig bis",
        "gilt ab;gilt bis",
        "von;bis",
        "gyldig fra;gyldig til",
        "date de début;date de fin",
    ];
    for pair in pairs {
        let prices = format!("sku;price;{pair}\nA;19,90;20.11.2026;1.12.2026\n");
        let read = outcome(&TestShop::new(), DropKind::Prices, "p.csv", prices.as_bytes());
        assert!(read.contains("price retail = 19.90 EUR 2026-11-20..2026-12-"), "{pair}: {read}");
        let edits = format!("sku;attribute;value;{pair}\nA;size;s;20.11.2026;1.12.2026\n");
        let read = outcome(&TestShop::new(), DropKind::Edits, "e.csv", edits.as_bytes());
        assert!(read.contains("size 2026-11-20..2026-12-"), "{pair}: {read}");
    }
    check(
        DropKind::Prices,
        "sku,price,Jaksot,Tiedot\nA,2,2026-11-20,2026-11-20\nB,2,,ei\n",
        expect![[r#"
            Jaksot PriceDates 2026-11-20
        "#]],
    );
    check(
        DropKind::Edits,
        "sku,attribute,value,kausi,hyväksytty\nA,size,s,1.12.2026,x\n",
        expect![[r#"
            kausi PriceDates 1.12.2026
        "#]],
    );
}

proptest! {
    /// Whatever a column of dates in a file of prices is called, it is read or asked about, or its row is
    /// refused because the column is another field.
    #[test]
    fn no_column_of_dates_beside_a_price_is_lost(name in "[a-zåäöé_ ]{1,12}") {
        let named = name.trim();
        prop_assume!(!named.is_empty() && !crate::columns::is_harmless_date(named));
        let text = format!("sku,price,{name}\nA,2,2026-11-20\n");
        let read = outcome(&TestShop::new(), DropKind::Prices, "p.csv", text.as_bytes());
        let parts = ["2026-11-20..", "..2026-11-2", "not understood", "row 2"];
        prop_assert!(parts.iter().any(|part| read.contains(part)), "{}: {}", name, read);
    }
}

/// Prices of so many pieces, in another currency, and what is added to them: read, left out by name or asked.
#[test]
fn odd_columns_beside_a_price_are_not_lost() {
    let read = |name: &str, text: &str| {
        outcome(&TestShop::new(), DropKind::Products, name, text.as_bytes())
    };
    expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] price retail = 12.50 EUR
        error per: this column is not understood, and it seems to say for how many pieces a price is ("100"); nothing of the file was taken. Call the column "price_quantity", or write so in a mapping. To leave it out for good, write in a mapping, under [columns]: "per" = "ignore". To take this file without it, run: rikaste drop approve per.csv
        1 rows, 0 rejected, 0 skipped
        CSV, semicolon, UTF-8
        2 A: [1] price retail = 12.50 EUR
        warning per: nothing was read from this column: nothing in this shop is called "per"; it is filled in 1 of 1 rows, such as "1", and looks like the type integer; `rikaste attribute add per` takes it in
        1 rows, 0 rejected, 0 skipped
        CSV, comma, UTF-8
        2 A: [1] price retail = 20.00 EUR; [2] price sweden = 210.00 SEK
        warning Price [USD]: nothing was read from this column: "USD" is neither a price list of this shop nor the currency of one; there are retail (EUR), sweden (SEK)
        1 rows, 0 rejected, 0 skipped
        CSV, semicolon, UTF-8
        2 A: 
        warning Pris USD: nothing was read from this column: "USD" is neither a price list of this shop nor the currency of one; there are retail (EUR), sweden (SEK)
        1 rows, 0 rejected, 0 skipped
        CSV, comma, UTF-8
        2 A: [1] price retail = 5.00 EUR
        warning Price adjustment: nothing was read from this column: "adjustment" is neither a price list of this shop nor the currency of one; there are retail (EUR), sweden (SEK)
        error Price adjustment: this column is not understood, and it seems to say how much a variant costs more or less than its model ("2.00"); nothing of the file was taken. Whether tax is in it, the file does not say, so it is not added up: write the price of each variant into a column "price", or drop these prices into inbox/prices. To leave it out for good, write in a mapping, under [columns]: "Price adjustment" = "ignore". To take this file without it, run: rikaste drop approve adjusted.csv
        1 rows, 0 rejected, 0 skipped
        CSV, semicolon, UTF-8
        2 A: [1] price retail = 5.00 EUR
        info read by what they are called elsewhere: Preis = price; a mapping or a header in the shop's own words says something else
        warning Aufpreis: nothing was read from this column: nothing in this shop is called "Aufpreis"; it is filled in 1 of 1 rows, such as "0", and looks like the type integer; `rikaste attribute add aufpreis` takes it in
        1 rows, 0 rejected, 0 skipped
    "#]].assert_eq(
        &[
            ("per.csv", "sku;price;per\nA;12,50;100\n"),
            ("one.csv", "sku;price;per\nA;12,50;1\n"),
            ("brackets.csv", "sku,Price [EUR],Price [SEK],Price [USD]\nA,20,210,22\n"),
            ("pris.csv", "sku;Pris USD\nA;20\n"),
            ("adjusted.csv", "sku,price,Price adjustment\nA,5,2.00\n"),
            ("aufpreis.csv", "sku;Preis;Aufpreis\nA;5;0\n"),
        ]
        .map(|(name, text)| read(name, text))
        .concat(),
    );
}
