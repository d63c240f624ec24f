//! Headers in the languages of those who export them.

use expect_test::{Expect, expect};

use super::*;

fn check(file: &str, expected: Expect) {
    let folder = TestShop::new();
    expected.assert_eq(&outcome(&folder, DropKind::Products, "x.csv", file.as_bytes()));
}

#[test]
fn headers_in_four_languages_are_read() {
    check(
        "Tuotenro;Nimi;Hinta;Kuvaus;Väri;Koko;Merkki;EAN-koodi\nA;Takki;19,90;Lämmin;moss;M;Havu;4006381333931\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: [1] name = Takki; [3] description = Lämmin; [4] color = moss; [5] size = M; [6] brand = Havu; [7] gtin = 04006381333931; [2] price retail = 19.90 EUR
            info read by what they are called elsewhere: Tuotenro = sku, Nimi = name, Hinta = price, Kuvaus = description, Väri = color, Koko = size, Merkki = brand, EAN-koodi = gtin; a mapping or a header in the shop's own words says something else
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "Art.nr;Benämning;Pris;Beskrivning;Färg;Storlek;Varumärke;Streckkod\nA;Jacka;19,90;Varm;moss;M;Havu;4006381333931\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: [1] name = Jacka; [3] description = Varm; [4] color = moss; [5] size = M; [6] brand = Havu; [7] gtin = 04006381333931; [2] price retail = 19.90 EUR
            info read by what they are called elsewhere: Art.nr = sku, Benämning = name, Pris = price, Beskrivning = description, Färg = color, Storlek = size, Varumärke = brand, Streckkod = gtin; a mapping or a header in the shop's own words says something else
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "Art.-Nr.;Bezeichnung;Preis;Beschreibung;Farbe;Größe;Hersteller;EAN-Code\nA;Jacke;19,90;Warm;moss;M;Havu;4006381333931\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: [1] name = Jacke; [3] description = Warm; [4] color = moss; [5] size = M; [6] brand = Havu; [7] gtin = 04006381333931; [2] price retail = 19.90 EUR
            info read by what they are called elsewhere: Art.-Nr. = sku, Bezeichnung = name, Preis = price, Beschreibung = description, Farbe = color, Größe = size, Hersteller = brand, EAN-Code = gtin; a mapping or a header in the shop's own words says something else
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "ITEM NO.;Product_Name;Selling price;Colour;Manufacturer;Barcode\nA;Coat;19.90;moss;Havu;4006381333931\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: [1] name = Coat; [3] color = moss; [4] brand = Havu; [5] gtin = 04006381333931; [2] price retail = 19.90 EUR
            info read by what they are called elsewhere: ITEM NO. = sku, Product_Name = name, Selling price = price, Colour = color, Manufacturer = brand, Barcode = gtin; a mapping or a header in the shop's own words says something else
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

/// `Nimi` is what `name` is, whatever language the word is of; a locale is what stands behind it.
#[test]
fn a_words_language_is_no_locale() {
    check(
        "Tuotenumero,Nimi,Benämning (sv),Bezeichnung_en_GB,Hinta EUR,Saldo Helsinki\nA,Coat,Jacka,Coat,1.90,3\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] name = Coat; [2] name sv-SE = Jacka; [3] name en-GB = Coat; [4] price retail = 1.90 EUR; [5] stock helsinki = 3
            info read by what they are called elsewhere: Tuotenumero = sku, Nimi = name, Benämning (sv) = name-sv-SE, Bezeichnung_en_GB = name-en-GB, Hinta EUR = price-EUR, Saldo Helsinki = stock-helsinki; a mapping or a header in the shop's own words says something else
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "Tuotenumero,Nimi,Benämning\nA,Takki,Jacka\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: 
            info read by what they are called elsewhere: Tuotenumero = sku; a mapping or a header in the shop's own words says something else
            warning Nimi: nothing was read from this column: "Nimi" may mean "name", and so may "Benämning"; call the one that is meant "name", or that in a language "name-fi", or say it in a mapping
            warning Benämning: nothing was read from this column: "Benämning" may mean "name", and so may "Nimi"; call the one that is meant "name", or that in a language "name-fi", or say it in a mapping
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn what_is_not_clear_is_proposed_and_not_read() {
    // The convention's own word goes before a synonym, and a near one before one that is far.
    check(
        "sku,Tuotekoodi,name,Nimi,MPN\nA,X1,Takki,Muu,Y1\n",
        expect![[r#"
        CSV, comma, UTF-8
        2 A: [2] name = Takki
        warning Tuotekoodi: nothing was read from this column: "Tuotekoodi" may mean "sku", which the column "sku" says already; if it is another thing, a mapping says so; it is filled in 1 of 1 rows, such as "X1", and looks like the type text; `rikaste attribute add tuotekoodi` takes it in
        warning Nimi: nothing was read from this column: "Nimi" may mean "name", which the column "name" says already; if it is another thing, a mapping says so; it is filled in 1 of 1 rows, such as "Muu", and looks like the type text; `rikaste attribute add nimi` takes it in
        warning MPN: nothing was read from this column: "MPN" may mean "sku", which the column "sku" says already; if it is another thing, a mapping says so; it is filled in 1 of 1 rows, such as "Y1", and looks like the type text; `rikaste attribute add mpn` takes it in
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        "MPN,Artikelnummer,Valmistaja,Brand\nX1,A,Acme,Havu\n",
        expect![[r#"
        CSV, comma, UTF-8
        2 A: [3] brand = Havu
        info read by what they are called elsewhere: Artikelnummer = sku; a mapping or a header in the shop's own words says something else
        warning MPN: nothing was read from this column: "MPN" may mean "sku", which the column "Artikelnummer" says already; if it is another thing, a mapping says so; it is filled in 1 of 1 rows, such as "X1", and looks like the type text; `rikaste attribute add mpn` takes it in
        warning Valmistaja: nothing was read from this column: "Valmistaja" may mean "brand", which the column "Brand" says already; if it is another thing, a mapping says so; it is filled in 1 of 1 rows, such as "Acme", and looks like the type text; `rikaste attribute add valmistaja` takes it in
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    // Of two that mean the same none is read; without the SKU, no row.
    check(
        "Tuotekoodi,Artikelnummer,Nimi\nA,B,Takki\n",
        expect![[r#"
        file-columns: no column is the SKU; the columns are "Tuotekoodi", "Artikelnummer", "Nimi"; call one of them "sku", or say which it is in a file in mappings/: files = ["x.csv"], sku = "Tuotekoodi"
    "#]],
    );
    // What narrows a name may make another of it.
    check(
        "Tuotekoodi,Hinta alv 0 %,Hinta (ovh),Saldo\nA,1,2,3\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [2] price retail = none 1970-01-01T02:00:00..
            info read by what they are called elsewhere: Tuotekoodi = sku, Hinta (ovh) = compare_at_price; a mapping or a header in the shop's own words says something else
            warning former or recommended prices left out because their rows have no price that they stand beside: 1; if they are the price, a mapping says so: to = "price"
            warning Hinta alv 0 %: nothing was read from this column: this is a price without tax, and prices here include it; if the prices of this shop are without tax, a mapping says so: "Hinta alv 0 %" = "price"; to keep it beside the price: `rikaste attribute add price_without_tax`
            warning Saldo: nothing was read from this column: the shop has several stock locations (central, helsinki); call the column "stock-central" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "central"
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn a_mapping_leaves_other_columns_their_words() {
    let folder = TestShop::new();
    folder.write("mappings/x.toml", "files = [\"x.csv\"]\nkind = \"products\"\nsku = \"Koodi\"\n");
    expect![[r#"
        CSV, comma, UTF-8, mapping x.toml
        2 A: [1] name = Takki
        info read by what they are called elsewhere: Nimi = name; a mapping or a header in the shop's own words says something else
        warning Tuotenro: nothing was read from this column: "Tuotenro" may mean "sku", which the column "Koodi" says already; if it is another thing, a mapping says so; it is filled in 1 of 1 rows, such as "B", and looks like the type text; `rikaste attribute add tuotenro` takes it in
        1 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&outcome(
        &folder,
        DropKind::Products,
        "x.csv",
        b"Koodi,Nimi,Tuotenro\nA,Takki,B\n",
    ));
}

#[test]
fn other_kinds_have_their_own_words() {
    let folder = TestShop::new();
    let stock = outcome(
        &folder,
        DropKind::Stock,
        "s.csv",
        "Artikelnr;Lagerort;Bestand\nA;central;4\n".as_bytes(),
    );
    let prices = outcome(
        &folder,
        DropKind::Prices,
        "p.csv",
        "Tuotenro;Hinnasto;Hinta;Valuutta;Alkaen\nA;retail;19,90;EUR;1.12.2026\n".as_bytes(),
    );
    let json =
        "[{\"tuotenumero\": \"A\", \"nimi\": \"Takki\", \"hinta\": 19.9, \"name-sv\": \"Jacka\"}]";
    let json = outcome(&folder, DropKind::Products, "p.json", json.as_bytes());
    expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [2] stock central = 4
        info read by what they are called elsewhere: Artikelnr = sku, Lagerort = location, Bestand = quantity; a mapping or a header in the shop's own words says something else
        1 rows, 0 rejected, 0 skipped
        CSV, semicolon, UTF-8
        2 A: [2] price retail = 19.90 EUR 2026-12-01..
        info read by what they are called elsewhere: Tuotenro = sku, Hinnasto = price_list, Hinta = price, Valuutta = currency, Alkaen = valid_from; a mapping or a header in the shop's own words says something else
        info prices that begin on a day and have no end: 1; if a sale is meant, write its last day in valid_until
        1 rows, 0 rejected, 0 skipped
        JSON array, UTF-8
        1 A: [3] name sv-SE = Jacka; [2] price retail = 19.90 EUR
        info read by what they are called elsewhere: tuotenumero = sku, hinta = price; a mapping or a header in the shop's own words says something else
        warning nimi: nothing was read from this column: "nimi" may mean "name", which the column "name-sv" says already; if it is another thing, a mapping says so; it is filled in 1 of 1 rows, such as "Takki", and looks like the type text; `rikaste attribute add nimi` takes it in
        1 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&[stock, prices, json].concat());
}

/// As an ERP writes it: Windows-1252, semicolons, a title above, blanks at the end.
#[test]
fn an_erps_csv_in_windows_1252_is_read_without_a_mapping() {
    let file = "Tuoteluettelo 22.11.2026;;;;;;\r\n;;;;;;\r\n\
        Tuotenumero;Tuotenimi;Tuotekuvaus;Väri;Hinta;EAN-koodi;Yksikkö\r\n\
        10-4411;Sadetakki \"Räntä\", miesten;\"Pitävä; teipatut saumat\";moss;129,90;6408430000258;kpl\r\n\
        10-4412;Huopatöppöset;Lämpimät – myös märkinä;night;1 049,00;4006381333931;pr\r\n\
        10-4413;Älyhanskat;;moss;kysy;6408430000258;pr\r\n;;;;;;\r\n";
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(file);
    assert!(!lossy);
    expect![[r#"
        CSV, semicolon, Windows-1252, header in row 3
        4 10-4411: [1] name = Sadetakki "Räntä", miesten; [2] description = Pitävä; teipatut saumat; [3] color = moss; [5] gtin = 06408430000258; [4] price retail = 129.90 EUR
        5 10-4412: [1] name = Huopatöppöset; [2] description = Lämpimät – myös märkinä; [3] color = night; [5] gtin = 04006381333931; [4] price retail = 1049.00 EUR
        6 10-4413: [1] name = Älyhanskat; [2] description cleared; [3] color = moss; [5] gtin = 06408430000258
        info read by what they are called elsewhere: Tuotenumero = sku, Tuotenimi = name, Tuotekuvaus = description, Väri = color, Hinta = price, EAN-koodi = gtin; a mapping or a header in the shop's own words says something else
        info the header is in row 3; what stands above it in 1–2 was left out ("Tuoteluettelo 22.11.2026"); if another row is the header, give `header_row` in a mapping
        warning Yksikkö: nothing was read from this column: nothing in this shop is called "Yksikkö"; it is filled in 3 of 3 rows, such as "kpl", and looks like the type text; `rikaste attribute add yksikko` takes it in
        info row 3: the file is not UTF-8; it was read as Windows-1252, in which this says "Väri"; if that is wrong, give the `encoding` in a mapping
        warning row 6, 10-4413, Hinta "kysy": this is not a price; write one such as 29.90 or 29.90 EUR; the value was left out
        3 rows, 0 rejected, 0 skipped
    "#]].assert_eq(&outcome(&TestShop::new(), DropKind::Products, "erp.csv", &bytes));
}
