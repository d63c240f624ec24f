//! Headers by the shop's own labels, with units behind them, and in the words that its pages use.

use expect_test::{Expect, expect};

use super::*;

const LABELLED: &str = r#"
[attributes.care_text]
type = "text"
label = { fi-FI = "Hoito-ohje", sv-SE = "Skötselråd" }
[attributes.volume]
type = "measurement"
unit = "l"
label = { fi-FI = "Tilavuus" }
[attributes.pile]
type = "integer"
label = { fi-FI = "Nukan pituus" }
[attributes.fit]
type = "text"
localizable = true
label = { fi-FI = "Istuvuus", en-GB = "Fit (cut)" }
[attributes.price_note]
type = "text"
label = { fi-FI = "Hinta" }
[attributes.left]
type = "text"
label = { fi-FI = "Puoli" }
[attributes.right]
type = "text"
label = { fi-FI = "Puoli" }
[associations.accessory]
label = { fi-FI = "Lisätarvike" }
"#;

fn check(file: &str, expected: Expect) {
    let folder = TestShop::new();
    folder.write("model.toml", &format!("{MODEL}{LABELLED}"));
    expected.assert_eq(&outcome(&folder, DropKind::Products, "x.csv", file.as_bytes()));
}

#[test]
fn labels_in_any_locale_and_case_are_headers() {
    check(
        "sku;HOITO-OHJE;istuvuus (sv);Fit (cut);Lisätarvikkeet;Tuoteperhe;Päätuote;Tuotenimi ruotsiksi;Nimi på finska;picture\n\
         A;Pese 30;Smal;Slim;B|C;Takit;M-1;Jacka;Takki;a.jpg\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            2 A: parent M-1; [1] care_text = Pese 30; [2] fit sv-SE = Smal; [3] fit = Slim; [5] family = jacket; [7] name sv-SE = Jacka; [8] name fi-FI = Takki; [9] images = a.jpg; accessory → B×1 C×1
            info read by what they are called elsewhere: HOITO-OHJE = care_text, istuvuus (sv) = fit-sv-SE, Fit (cut) = fit, Lisätarvikkeet = accessory, Tuoteperhe = family, Päätuote = parent, Tuotenimi ruotsiksi = name-sv-SE, Nimi på finska = name-fi-FI, picture = images; a mapping or a header in the shop's own words says something else
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn units_of_headers_are_read() {
    check(
        "sku,Paino (g),Tilavuus [dl],Nukan pituus (mm)\nA,250,15,4\nB,\"0,3 kg\",2 l,5\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] weight = 0.25 kg; [2] volume = 1.5 l
            3 B: [1] weight = 0.3 kg; [2] volume = 2 l
            info read by what they are called elsewhere: Paino (g) = weight, Tilavuus [dl] = volume; a mapping or a header in the shop's own words says something else
            warning Nukan pituus (mm): nothing was read from this column: "pile" has no unit, and this is in mm; if its numbers are meant so, say it in a mapping: "Nukan pituus (mm)" = "pile"
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "sku,weight_lbs,Tilavuus (kg)\nA,2,15\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] weight = 0.90718474 kg
            info read by what they are called elsewhere: weight_lbs = weight; a mapping or a header in the shop's own words says something else
            warning Tilavuus (kg): nothing was read from this column: "volume" is measured in l, and kg cannot be made of it; correct the header, or say in a mapping what the numbers are: "Tilavuus (kg)" = { to = "volume", unit = "l" }
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

/// A label that elsewhere is money is asked about, unless the money is in another column.
#[test]
fn a_label_is_not_taken_for_money_in_silence() {
    check(
        "sku,Nimi,Hinta,Puoli\nA,Takki,9.90,vasen\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] name = Takki
            info read by what they are called elsewhere: Nimi = name; a mapping or a header in the shop's own words says something else
            warning Hinta: nothing was read from this column: "Hinta" is the label of "price_note" in this shop, and may also mean "price"; say in a mapping which one it is: "Hinta" = "price" or "Hinta" = "price_note"
            warning Puoli: nothing was read from this column: "Puoli" is the label of "left" and of "right"; call the column by the one that is meant, or say it in a mapping
            error Hinta: this column is not understood, and it seems to say a price ("9.90"); nothing of the file was taken. Write in a mapping: "Hinta" = "sale_price", or "compare_at_price", or "price" where it is the price itself; if it belongs to a list of its own, call it "price-" and the list. To leave it out for good, write in a mapping, under [columns]: "Hinta" = "ignore". To take this file without it, run: rikaste drop approve x.csv
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        "sku,Nimi,price,Hinta\nA,Takki,9.90,sis. alv\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: [1] name = Takki; [3] price_note = sis. alv; [2] price retail = 9.90 EUR
            info read by what they are called elsewhere: Nimi = name, Hinta = price_note; a mapping or a header in the shop's own words says something else
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

/// Members that only later elements have are headers all the same, and so are names in cells.
#[test]
fn labels_are_known_in_documents_and_cells() {
    let folder = TestShop::new();
    folder.write("model.toml", &format!("{MODEL}{LABELLED}"));
    folder.write(
        "mappings/p.toml",
        "files = [\"p.csv\"]\n[columns]\nTiedot = { pairs = { between = \";\", within = \"=\" } }\n",
    );
    let json = "[{\"sku\": \"A\"}, {\"sku\": \"B\", \"Paino (g)\": 250, \"Hoito-ohje\": \"Pese\"}]";
    let cells = "sku,Tiedot\nA,Hoito-ohje=Pese;Tilavuus=2 l\n";
    expect![[r#"
        JSON array, UTF-8
        1 A: 
        2 B: [1] weight = 0.25 kg; [2] care_text = Pese
        2 rows, 0 rejected, 0 skipped
        CSV, comma, UTF-8, mapping p.toml
        2 A: [1] care_text = Pese; [1] volume = 2 l
        1 rows, 0 rejected, 0 skipped
    "#]]
    .assert_eq(
        &[("p.json", json), ("p.csv", cells)]
            .map(|(name, text)| outcome(&folder, DropKind::Products, name, text.as_bytes()))
            .concat(),
    );
}

#[test]
fn edits_take_the_words_of_product_files() {
    let folder = TestShop::new();
    folder.write("model.toml", &format!("{MODEL}{LABELLED}"));
    let csv = "sku,attribute,locale,value\nA,kuvaus,fi,Lämmin\nA,Hoito-ohje,,Pese\nA,Nimi ruotsiksi,,Jacka\n\
               A,Nimi (sv),fi,Takki\nA,Saldo Helsinki,,3\nA,Puoli,,vasen\nA,nmae,,x\nA,Materiaali,,Villa\n";
    expect![[r#"
        CSV, comma, UTF-8
        2 A: [3] description fi-FI = Lämmin by edits
        3 A: [3] care_text = Pese by edits
        4 A: [3] name sv-SE = Jacka by edits
        error row 5, A, locale "fi": the attribute names another one; name it in one of the two only; the row was not taken
        error row 6, A, attribute "Saldo Helsinki": this is no attribute; prices, stock and reviews come in files of their own folders, and links in files of products; the row was not taken
        error row 7, A, attribute "Puoli": "Puoli" is the label of "left" and of "right"; call the column by the one that is meant, or say it in a mapping; the row was not taken
        error row 8, A, attribute "nmae": there is no attribute "nmae"; did you mean "name"?; the row was not taken
        error row 9, A, attribute "Materiaali": there is no attribute "Materiaali"; the row was not taken
        8 rows, 5 rejected, 0 skipped
    "#]]
    .assert_eq(&outcome(&folder, DropKind::Edits, "e.csv", csv.as_bytes()));
}

#[test]
fn hints_are_misspelt_names_only() {
    check(
        "sku,nmae,picture_size,wieght,colur,Sizze,prize\nA,Takki,L,1 kg,moss,M,4\n",
        expect![[r#"
            CSV, comma, UTF-8
            2 A: 
            warning nmae: nothing was read from this column: nothing in this shop is called "nmae"; did you mean "name"?
            warning picture_size: nothing was read from this column: nothing in this shop is called "picture_size"; it is filled in 1 of 1 rows, such as "L", and looks like the type text; `rikaste attribute add picture_size` takes it in
            warning wieght: nothing was read from this column: nothing in this shop is called "wieght"; did you mean "weight"?
            warning colur: nothing was read from this column: nothing in this shop is called "colur"; did you mean "color"?
            warning Sizze: nothing was read from this column: nothing in this shop is called "Sizze"; did you mean "size"?
            warning prize: nothing was read from this column: nothing in this shop is called "prize"; did you mean "price"?
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

/// A member that only a later record has means what its header in a CSV would.
#[test]
fn late_members_are_known_by_their_synonyms() {
    let folder = TestShop::new();
    folder.write("model.toml", &format!("{MODEL}{LABELLED}"));
    let json = r#"[{"sku": "A", "name-fi": "Takki"}, {"sku": "B", "Väri": "Sammal", "Tuotenimi": "Pipo", "Tila": "poistettu"},
        {"sku": "C", "Hinta": "9,90", "Ovh": "12,90", "Sävy": "night", "Nollahinta": "1"}, {"sku": "D", "OVH": "8"}]"#;
    let nested = r#"[{"sku": "M", "variants": [{"sku": "M-1", "Väri": "Yönsininen"}, {"sku": "M-2", "Paino": "2 kg"}]}]"#;
    folder.write("mappings/n.toml", "files = [\"n.json\"]\n[variants]\npath = \"variants\"\n");
    let lines = "{\"sku\": \"A\"}\n{\"sku\": \"B\", \"Väri\": \"moss\"}\n";
    let xml = "<r><p><sku>A</sku></p><p><sku>B</sku><Paino>2 kg</Paino></p></r>";
    expect![[r#"
        JSON array, UTF-8
        1 A: [1] name fi-FI = Takki
        2 B: [2] color = moss; [4] status = archived
        3 C: [6] price retail = 12.90 EUR; [6] price retail = none 1970-01-01T02:00:00..
        4 D: 
        info read by what they are called elsewhere: Väri = color; a mapping or a header in the shop's own words says something else
        info read by what they are called elsewhere: Tila = status; a mapping or a header in the shop's own words says something else
        info read by what they are called elsewhere: Ovh = compare_at_price; a mapping or a header in the shop's own words says something else
        info one product of the file is not offered in any channel, because the file says so ("B")
        warning Tuotenimi: nothing was read from this column: "Tuotenimi" may mean "name", which the column "name-fi" says already; if it is another thing, a mapping says so; it is filled in 1 of 4 rows, such as "Pipo", and looks like the type text; `rikaste attribute add tuotenimi` takes it in
        warning Hinta: nothing was read from this column: "Hinta" is the label of "price_note" in this shop, and may also mean "price"; say in a mapping which one it is: "Hinta" = "price" or "Hinta" = "price_note"
        warning Sävy: nothing was read from this column: nothing in this shop is called "Sävy"; it is filled in 1 of 4 rows, such as "night", and looks like the type text; `rikaste attribute add savy` takes it in
        warning OVH: nothing was read from this column: "OVH" may mean "compare_at_price", which the column "Ovh" says already; if it is another thing, a mapping says so; it is filled in 1 of 4 rows, such as "8", and looks like the type integer; `rikaste attribute add ovh` takes it in
        error Hinta: this column is not understood, and it seems to say a price ("9,90"); nothing of the file was taken. Write in a mapping: "Hinta" = "sale_price", or "compare_at_price", or "price" where it is the price itself; if it belongs to a list of its own, call it "price-" and the list. To leave it out for good, write in a mapping, under [columns]: "Hinta" = "ignore". To take this file without it, run: rikaste drop approve a.json
        error Nollahinta: this column is not understood, and it seems to say a price ("1"); nothing of the file was taken. Write in a mapping: "Nollahinta" = "sale_price", or "compare_at_price", or "price" where it is the price itself; if it belongs to a list of its own, call it "price-" and the list. To leave it out for good, write in a mapping, under [columns]: "Nollahinta" = "ignore". To take this file without it, run: rikaste drop approve a.json
        error OVH: this column is not understood, and it seems to say a price ("8"); nothing of the file was taken. Write in a mapping: "OVH" = "sale_price", or "compare_at_price", or "price" where it is the price itself; if it belongs to a list of its own, call it "price-" and the list. To leave it out for good, write in a mapping, under [columns]: "OVH" = "ignore". To take this file without it, run: rikaste drop approve a.json
        4 rows, 0 rejected, 0 skipped
        JSON array, UTF-8, mapping n.toml
        1 M: model
        1 M-1: parent M; [2] color = night
        1 M-2: parent M; [3] weight = 2 kg
        info read by what they are called elsewhere: Väri = color; a mapping or a header in the shop's own words says something else
        info read by what they are called elsewhere: Paino = weight; a mapping or a header in the shop's own words says something else
        1 rows, 0 rejected, 0 skipped
        JSON Lines, UTF-8
        1 A: 
        2 B: [1] color = moss
        info read by what they are called elsewhere: Väri = color; a mapping or a header in the shop's own words says something else
        2 rows, 0 rejected, 0 skipped
        XML, records in r/p, UTF-8
        1 A: 
        2 B: [1] weight = 2 kg
        info read by what they are called elsewhere: Paino = weight; a mapping or a header in the shop's own words says something else
        2 rows, 0 rejected, 0 skipped
    "#]].assert_eq(
        &[("a.json", json), ("n.json", nested), ("l.jsonl", lines), ("x.xml", xml)]
            .map(|(name, text)| outcome(&folder, DropKind::Products, name, text.as_bytes()))
            .concat(),
    );
}
