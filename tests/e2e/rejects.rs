//! Refused rows: in a file of their own, mended, dropped again; and files that are refused whole.

mod harness;

use std::fs;

use expect_test::expect;
use harness::{Shop, wait_for, zipped};
use serde_json::{Value, json};

fn import(shop: &Shop, file: &str, text: &str) -> Value {
    shop.write(&format!("inbox/{file}"), text);
    let (json, _) = shop.rikaste(&["import", "--json", &format!("inbox/{file}")]);
    serde_json::from_str(&json).unwrap_or_else(|_| panic!("no receipt: {json}"))
}

fn rejects(shop: &Shop, file: &str) -> Option<String> {
    fs::read_to_string(shop.path(&format!("receipts/{file}.rejected.csv"))).ok()
}

fn known(shop: &Shop, sku: &str) -> bool {
    shop.rikaste(&["explain", sku]).1 == 0
}

const MAPPING: &str = r#"
files = ["spring.csv"]
kind = "products"
source = "erp"
delimiter = ";"
[columns]
Artikkeli = "sku"
Nimi = "name-fi_FI"
Hinta = "price-EUR"
"#;

#[test]
fn refused_rows_are_mended_and_dropped_again() {
    let shop = Shop::new();
    shop.write("mappings/erp.toml", MAPPING);
    let file = "Artikkeli;Nimi;Hinta\nA;Takki;89,90\n;\"Pipo; punainen\";19,90\nC;Huivi;ei tiedossa\nA;Takki 2;1\nD;Hanskat;9,90;liikaa\n";
    let first = import(&shop, "products/spring.csv", file);
    assert_eq!(first["rejects"], json!({"file": "products/spring.csv.rejected.csv", "rows": 3}));
    assert_eq!(first["rows"]["rejected"], 3);
    // Where only a cell was bad the row was imported.
    assert_eq!(first["cells_left_out"], 1);
    let rows = rejects(&shop, "products/spring.csv").expect("rejects");
    expect![[r#"
        ~rikaste_reason;rikaste_row;Artikkeli;Nimi;Hinta
        "Artikkeli: riviltä puuttuu tuotenumero (SKU); riviä ei otettu";3;;"Pipo; punainen";19,90
        "Nimi: tämän tiedoston rivillä 2 on samalle tuotteelle toinen name; tätä riviä ei otettu; korjaa rivit yhtäpitäviksi";5;A;Takki 2;1
        "rivillä on 4 solua ja muilla 3, eikä siitä näe, mikä puuttuu tai on liikaa; riviä ei otettu; kirjoita myös tyhjien solujen erottimet ja laita teksti, jossa on erotinmerkki, lainausmerkkeihin";6;D;Hanskat;9,90;liikaa
    "#]]
    .assert_eq(&rows.replace('\u{feff}', "~"));
    let page = fs::read_to_string(shop.path("receipts/products/spring.csv.html")).expect("a page");
    assert!(page.contains("href=\"./spring.csv.rejected.csv\""), "no link");

    // One of them mended, in the spreadsheet's own delimiter; the others are left as they are.
    let half = "\u{feff}rikaste_reason\trikaste_row\tArtikkeli\tNimi\tHinta\n\
        x\t3\tB\tPipo; punainen\t19,90\nx\t6\t\tHanskat\t9,90\n";
    let second = import(&shop, "products/spring.csv.rejected.csv", half);
    assert_eq!((&second["rows"]["new"], &second["rows"]["rejected"]), (&json!(1), &json!(1)));
    assert_eq!(second["message_counts"], json!({"sku-missing": 1}), "{second:#}");
    assert!(second["read_as"].as_str().is_some_and(|words| words.contains("erp.toml")));
    assert!(known(&shop, "A") && known(&shop, "B") && known(&shop, "C") && !known(&shop, "D"));
    let rows = rejects(&shop, "products/spring.csv").expect("those that are left");
    assert!(rows.contains("\t3\t\tHanskat\t9,90"), "{rows}");

    let whole = "rikaste_reason,rikaste_row,Artikkeli,Nimi,Hinta\n,3,D,Hanskat,\"9,90\"\n";
    let third = import(&shop, "products/spring.csv.rejected.csv", whole);
    assert_eq!((&third["rows"]["new"], &third["message_counts"]), (&json!(1), &Value::Null));
    assert!(known(&shop, "D"));
    assert_eq!(rejects(&shop, "products/spring.csv"), None, "mended, and still there");
}

#[test]
fn a_running_shop_serves_the_rejects_until_they_are_mended() {
    let shop = Shop::new();
    let running = shop.run();
    shop.drop_file("products/a b.csv", "sku,name-fi_FI\nA,Takki\n,Pipo\n");
    running.wait_for_release(1);
    let rows = wait_for("the rejects", || rejects(&shop, "products/a b.csv"));
    let served = running.get("/v1/receipts/1/rejected.csv");
    assert_eq!((served.status, &served.body), (200, &rows));
    assert_eq!(running.get("/v1/receipts/2/rejected.csv").status, 404);
    shop.drop_file("products/a b.csv.rejected.csv", rows.replace(",3,,", ",3,B,"));
    running.wait_for_release(2);
    wait_for("the rejects to go", || {
        (running.get("/v1/receipts/1/rejected.csv").status == 404).then_some(())
    });
    assert_eq!(rejects(&shop, "products/a b.csv"), None);
}

#[test]
fn elements_of_json_become_rows_of_their_paths() {
    let shop = Shop::new();
    let file = "{\"sku\":\"A\",\"name\":{\"fi-FI\":\"Takki\"}}\n{\"name\":{\"fi-FI\":\"Pipo\"},\"color\":[\"red\",\"sand\"],\"price\":19.5}\n";
    let receipt = import(&shop, "products/feed.jsonl", file);
    assert_eq!(receipt["rejects"]["rows"], 1, "{receipt:#}");
    let rows = rejects(&shop, "products/feed.jsonl").expect("rejects");
    expect![[r#"
        ~rikaste_reason;rikaste_row;sku;name.fi-FI;color;price
        "sku: riviltä puuttuu tuotenumero (SKU); riviä ei otettu";2;;Pipo;red|sand;19.5
    "#]]
    .assert_eq(&rows.replace('\u{feff}', "~"));
    let mended = rows.replace(";2;;", ";2;B;");
    let receipt = import(&shop, "products/feed.jsonl.rejected.csv", &mended);
    assert_eq!((&receipt["rows"]["new"], &receipt["rows"]["rejected"]), (&json!(1), &json!(0)));
    assert!(known(&shop, "B"));
}

#[test]
fn a_row_about_a_product_that_comes_later_waits_among_the_rejects() {
    let shop = Shop::new();
    import(&shop, "products/a.csv", "sku,name-fi_FI\nA,Takki\n");
    let stock = "sku,location,quantity\nA,helsinki,4\nB,helsinki,5\n";
    let receipt = import(&shop, "stock/today.csv", stock);
    assert_eq!((&receipt["rows"]["rejected"], &receipt["rejects"]["rows"]), (&json!(1), &json!(1)));
    let rows = rejects(&shop, "stock/today.csv").expect("rejects");
    assert!(rows.ends_with(",3,B,helsinki,5\n"), "{rows}");
    import(&shop, "products/b.csv", "sku,name-fi_FI\nB,Pipo\n");
    let receipt = import(&shop, "stock/today.csv.rejected.csv", &rows);
    assert_eq!(receipt["rows"]["accepted"], Value::Null);
    assert_eq!((&receipt["rows"]["changed"], &receipt["rows"]["rejected"]), (&json!(1), &json!(0)));
    assert_eq!(rejects(&shop, "stock/today.csv"), None);
}

#[test]
fn more_bad_rows_than_the_shop_lets_pass_refuse_the_file() {
    let shop = Shop::new();
    let toml = fs::read_to_string(shop.path("shop.toml")).expect("the shop's file");
    shop.write("shop.toml", format!("{toml}\n[import]\nreject_file_above = \"5 %\"\n"));
    let file = |bad: usize| {
        let rows = (0..100).map(|n| match n < bad {
            true => format!(",Tuote {n}\n"),
            false => format!("P{n},Tuote {n}\n"),
        });
        format!("sku,name-fi_FI\n{}", rows.collect::<String>())
    };
    let refused = import(&shop, "products/many.csv", &file(6));
    assert_eq!(refused["outcome"], "rejected");
    assert_eq!(refused["too_many"], json!({"bad": 6, "rows": 100, "limit": "5 %"}));
    assert_eq!(refused["rows"]["rejected"], 100);
    assert_eq!(
        refused["messages"][0]["message"],
        "6 of 100 rows are bad, and at most 5 % may be: nothing of the file was taken; mend the rows in the file and drop it again, or change `reject_file_above`"
    );
    assert_eq!(refused["messages"].as_array().map(Vec::len), Some(2));
    assert_eq!(refused["message_counts"]["sku-missing"], 6);
    assert!(!known(&shop, "P99"), "a row was taken");
    assert_eq!(rejects(&shop, "products/many.csv"), None, "the file itself is to be mended");
    let accepted = import(&shop, "products/many.csv", &file(5));
    assert_eq!((&accepted["outcome"], &accepted["rows"]["new"]), (&json!("released"), &json!(95)));
    // What is mended by half does not wait for the other half.
    let half = "rikaste_reason,rikaste_row,sku,name-fi_FI\n,1,P0,x\n,2,,y\n";
    let mended = import(&shop, "products/many.csv.rejected.csv", half);
    assert_eq!((&mended["rows"]["new"], &mended["rows"]["rejected"]), (&json!(1), &json!(1)));
    // A mapping says something else about its own files.
    shop.write(
        "mappings/loose.toml",
        "files = [\"loose.csv\"]\nkind = \"products\"\nreject_file_above = \"50 %\"\n",
    );
    let loose = import(&shop, "products/loose.csv", &file(50));
    assert_eq!(loose["too_many"], Value::Null, "{loose:#}");
    assert_eq!(loose["rows"]["unchanged"], 50);
}

#[test]
fn a_hopeless_file_is_not_read_to_its_end() {
    let shop = Shop::new();
    shop.write(
        "mappings/m.toml",
        "files = [\"*.csv\"]\nkind = \"products\"\nreject_file_above = \"5 %\"\n",
    );
    let rows: String = (0..20_000).map(|n| format!(",Tuote jolla ei ole numeroa {n}\n")).collect();
    let receipt = import(&shop, "products/hopeless.csv", &format!("sku,name-fi_FI\n{rows}"));
    let read = receipt["too_many"]["rows"].as_u64().expect("too many");
    assert!((1_000..20_000).contains(&read), "{read}");
    // One line for all rows of one mistake, beside the one that the file is refused.
    assert_eq!(receipt["messages"].as_array().map(Vec::len), Some(2));
    assert_eq!(receipt["message_counts"]["sku-missing"], read);
}

#[test]
fn a_file_of_which_nothing_is_taken_is_rejected() {
    let shop = Shop::new();
    shop.write(
        "mappings/m.toml",
        "files = [\"skipped.csv\"]\nkind = \"products\"\n[where]\nstore = [\"FI\"]\n",
    );
    for (file, text, code) in [
        ("skipped.csv", "sku,store\nA,SE\nB,NO\n", "file-skipped"),
        ("bad.csv", "sku,name-fi_FI\n,a\n,b\n", "sku-missing"),
        ("header.csv", "sku,name-fi_FI\n", "file-empty"),
    ] {
        let receipt = import(&shop, &format!("products/{file}"), text);
        assert_eq!(receipt["outcome"], "rejected", "{file}");
        let codes = receipt["message_counts"].as_object().expect("counts");
        assert!(codes.contains_key(code), "{file}: {codes:?}");
    }
}

#[test]
fn a_file_without_a_sku_is_explained_and_drafted_and_still_an_error() {
    let shop = Shop::new();
    shop.write("x.csv", "Malli;Title;Ryhmä\nHH-1;Takki;A\nHH-2;Takki;A\n");
    let (shown, error, code) = shop.run_command(&["import", "--explain", "x.csv"]);
    assert_eq!(code, 3, "{shown}{error}");
    expect![[r#"
        x.csv is read as CSV, semicolon, UTF-8.
        It has 2 rows.

        column                        is read as                  filled  such as
        Malli                         — not known                      2  HH-1
        Title                         name                             2  Takki
        Ryhmä                         — not known                      2  A

        Nothing of it can be taken: no column is the SKU; the columns are "Malli", "Title", "Ryhmä"; call one of them "sku", or say which it is in a file in mappings/: files = ["x.csv"], sku = "Malli".

        The SKU may be in:
          Malli                         article numbers, each another, in 2 of 2 rows, such as HH-1

        The shop has no attribute for these; `rikaste attribute add CODE` takes one in:
          malli                         text (from Malli)
          ryhma                         options (from Ryhmä)

        What there is to say:
          read by what they are called elsewhere: Title = name; a mapping or a header in the shop's own words says something else

        `--draft-mapping` writes this as a mapping, to be changed and put into mappings/.
    "#]]
    .assert_eq(&shown);
    assert!(error.starts_with("x.csv: no column is the SKU"), "{error}");

    let (draft, error, code) = shop.run_command(&["import", "--draft-mapping", "x.csv"]);
    assert_eq!(code, 3, "{draft}{error}");
    assert!(error.starts_with("x.csv: no column is the SKU"), "{error}");
    // With the first of what it proposes it is a mapping.
    shop.write("mappings/x.toml", draft.replace("sku = \"?\"", "sku = \"Malli\""));
    let (shown, error, code) = shop.run_command(&["import", "--explain", "x.csv"]);
    assert_eq!((code, error.as_str()), (0, ""), "{shown}");

    shop.write("empty.csv", "");
    let (shown, error, code) = shop.run_command(&["import", "--explain", "empty.csv"]);
    assert_eq!((shown.as_str(), code), ("", 3));
    assert!(error.starts_with("empty.csv: "), "{error}");
}

#[test]
fn a_broken_mapping_costs_its_files_until_it_is_mended_while_the_shop_runs() {
    let shop = Shop::new();
    let broken = MAPPING.replace("name-fi_FI", "nmae-fi_FI");
    shop.write("mappings/erp.toml", &broken);
    let running = shop.run();
    shop.drop_file("products/other.csv", "sku,name-fi_FI\nX,Muu\n");
    running.wait_for_release(1);
    shop.drop_file("products/spring.csv", "Artikkeli;Nimi;Hinta\nA;Takki;89,90\n");
    let receipt = shop.receipt("products/spring.csv");
    assert_eq!(receipt["outcome"], "rejected");
    assert_eq!(
        receipt["messages"][0]["message"],
        "the mapping erp.toml is for this file, and it cannot be used: line 8: columns.Nimi: nothing in this shop is called \"nmae-fi_FI\"; did you mean \"name\"?; correct it, and a shop that runs takes the file by itself"
    );
    // Mended, the file is imported without being touched.
    shop.write("mappings/erp.toml", MAPPING);
    running.wait_for_release(2);
    assert_eq!(running.documents("web")["A"]["localized"]["fi-FI"]["title"], "Takki");
    // Broken again, what was imported stands, and so does its receipt.
    shop.write("mappings/erp.toml", &broken);
    shop.drop_file("products/spring-2.csv", "sku,name-fi_FI\nB,Bussi\n");
    running.wait_for_release(3);
    assert_eq!(shop.receipt("products/spring.csv")["outcome"], "released");
    drop(running);
    let (text, code) = shop.rikaste(&["verify"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("mapping: ") && text.contains("nmae-fi_FI"), "{text}");
    let (_, error, code) = shop.run_command(&["import", "--explain", "inbox/products/spring.csv"]);
    assert!(code == 3 && error.contains("line 8: columns.Nimi"), "{error}");
}

#[test]
fn an_archive_is_explained_file_by_file() {
    let shop = Shop::new();
    let files: &[(&str, &[u8])] = &[
        ("spring/A.jpg", b"a photo"),
        ("spring/prices.csv", b"Tuotenro;Hinta\nA;19,90\n"),
        ("spring/range.csv", b"Tuotenro;Nimi\nA;Takki\n"),
        ("odd.csv", b"Malli,Title\nA,Takki\n"),
        ("notes.docx", b"x"),
    ];
    shop.write("spring.zip", zipped(files));
    let (shown, error, code) = shop.run_command(&["import", "--explain", "spring.zip"]);
    expect![[r#"
        spring.zip is a ZIP archive; its tables and photos are one drop.

          odd.csv                       products
          spring/range.csv              products
          spring/prices.csv             prices
          1 photo                       A.jpg
          notes.docx is neither a table nor a photo; it was left out

        odd.csv is read as CSV, comma, UTF-8.
        It has 1 rows.

        column                        is read as                  filled  such as
        Malli                         — not known                      1  A
        Title                         name                             1  Takki

        Nothing of it can be taken: no column is the SKU; the columns are "Malli", "Title"; call one of them "sku", or say which it is in a file in mappings/: files = ["odd.csv"], sku = "Malli".

        The shop has no attribute for these; `rikaste attribute add CODE` takes one in:
          malli                         text (from Malli)

        What there is to say:
          read by what they are called elsewhere: Title = name; a mapping or a header in the shop's own words says something else

        `--draft-mapping` writes this as a mapping, to be changed and put into mappings/.

        range.csv is read as CSV, semicolon, UTF-8.
        It has 1 rows.

        column                        is read as                  filled  such as
        Tuotenro                      sku                              1  A
        Nimi                          name                             1  Takki

        The first of it, as it would come out:
          A
            name: Takki

        What there is to say:
          read by what they are called elsewhere: Tuotenro = sku, Nimi = name; a mapping or a header in the shop's own words says something else

        `--draft-mapping` writes this as a mapping, to be changed and put into mappings/.

        prices.csv is read as CSV, semicolon, UTF-8.
        It has 1 rows.

        column                        is read as                  filled  such as
        Tuotenro                      sku                              1  A
        Hinta                         price                            1  19,90

        The first of it, as it would come out:
          A
            price retail: 19.90 EUR

        What there is to say:
          read by what they are called elsewhere: Tuotenro = sku, Hinta = price; a mapping or a header in the shop's own words says something else

        `--draft-mapping` writes this as a mapping, to be changed and put into mappings/.
    "#]].assert_eq(&shown);
    assert_eq!(code, 3);
    assert!(error.starts_with("spring.zip/odd.csv: no column is the SKU"), "{error}");

    let (drafts, _, _) = shop.run_command(&["import", "--draft-mapping", "spring.zip"]);
    let drafted: Vec<_> = drafts
        .lines()
        .filter(|line| line.contains("a file of its own") || line.starts_with("files"))
        .collect();
    expect![[r##"
        # From spring.zip, a file of its own for each table: odd.csv
        files = ["odd.csv"]                # `*` stands for any text, as in "products_*.csv"
        # From spring.zip, a file of its own for each table: spring/range.csv
        files = ["range.csv"]                # `*` stands for any text, as in "products_*.csv"
        # From spring.zip, a file of its own for each table: spring/prices.csv
        files = ["prices.csv"]                # `*` stands for any text, as in "products_*.csv""##]]
    .assert_eq(&drafted.join("\n"));

    shop.write("broken.zip", b"PK\x03\x04 and no more");
    let (shown, error, code) = shop.run_command(&["import", "--explain", "broken.zip"]);
    assert_eq!((shown.as_str(), code), ("", 3));
    assert!(error.starts_with("broken.zip: the archive is broken"), "{error}");
}

#[test]
fn an_attribute_that_is_added_is_taken_in_while_the_shop_runs() {
    let shop = Shop::new();
    let running = shop.run();
    shop.drop_file(
        "products/spring.csv",
        "sku,name-fi_FI,lining\nA,Takki,fleece\nB,Huppari,silk\n",
    );
    running.wait_for_release(1);
    let receipt = shop.receipt("products/spring.csv");
    assert!(receipt["messages"].to_string().contains("lining"), "{receipt}");
    let lining = || running.json("/v1/channels/web/products/A")["attributes"]["lining"].clone();
    assert_eq!(lining(), Value::Null);

    let (output, code) = shop.rikaste(&["attribute", "add", "lining"]);
    assert_eq!(code, 0, "{output}");
    wait_for("the attribute", || (lining() != Value::Null).then_some(()));

    // A model that cannot be read changes nothing.
    let model = fs::read_to_string(shop.path("model.toml")).expect("a model");
    shop.write("model.toml", "[attributes");
    shop.drop_file("products/more.csv", "sku,name-fi_FI,lining\nC,Takki,wool\n");
    wait_for("the product", || {
        (running.get("/v1/channels/web/products/C").status == 200).then_some(())
    });
    assert_ne!(lining(), Value::Null);
    // Other locales need the shop to be opened again, which it does by itself.
    let settings = fs::read_to_string(shop.path("shop.toml")).expect("a shop");
    shop.write("model.toml", model + "[attributes.collar]\ntype = \"text\"\n");
    shop.write("shop.toml", settings.replacen("locales = [", "locales = [\"de-DE\", ", 1));
    shop.drop_file("products/last.csv", "sku,name-de_DE,collar\nD,Jacke,fur\n");
    wait_for("the other attribute", || {
        let answer = running.get("/v1/channels/web/products/D");
        let document: Value = serde_json::from_str(&answer.body).ok()?;
        (answer.status == 200 && document["attributes"]["collar"] != Value::Null).then_some(())
    });
}
